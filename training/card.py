"""The model card (Mitchell et al. 2019): what a model was made from, how well it does, what it is not for."""

import numpy as np

from onrecord.features import CATALOGUE
from onrecord.scoring.model import Model, Steps
from onrecord.training.evaluate import Evaluation
from onrecord.training.policy import direction

CARD_FILE = "card.md"

_USE = """## What it is for, and what not

It says how well an article is *sourced*: who stands behind its claims, and can a reader tell? It does not say
whether the claims are true, and it knows nothing of the publisher. A false story can be well sourced; a true one
can be badly sourced. Do not use it to rank people, to remove texts unread, or to compare genres: an opinion column
is rarely sourced like a report, and its score says just that.
"""


def render(model: Model, evaluation: Evaluation, before: Evaluation | None, extra: str = "") -> str:
    """The card as Markdown; `extra` is added as it stands."""
    parts = [
        f"# Model card: {model.name}, version {model.version}",
        "An additive monotone scorecard: a baseline and one number a feature, from boosted trees that use one feature "
        "each, averaged over resampled publishers.",
        f"## Figures\n\nEach article was predicted by models that saw nothing of its publisher. {_counts(evaluation)}",
        _table(evaluation, before),
        _reliability(evaluation),
        extra,
        _USE,
        _weights(model),
    ]
    return "\n\n".join(part.strip() for part in parts if part) + "\n"


def _counts(evaluation: Evaluation) -> str:
    return f"{evaluation.articles} articles, {evaluation.publishers} groups of publishers; 95% intervals over articles."


def _table(evaluation: Evaluation, before: Evaluation | None) -> str:
    names = {"Spearman": "spearman", "mean absolute error": "mean_absolute_error", "90% interval covers": "coverage"}
    head = "| | this model |" + (" the model before |" if before else "")
    rows = [head, "| --- | --- |" + (" --- |" if before else "")]
    for label, key in names.items():
        row = f"| {label} | {getattr(evaluation, key)} |"
        rows.append(row + (f" {getattr(before, key)} |" if before else ""))
    return "\n".join(rows)


def _reliability(evaluation: Evaluation) -> str:
    rows = ["Fifths of the articles by score:", "", "| mean score | mean rating | articles |", "| --- | --- | --- |"]
    rows += [f"| {score:.1f} | {rating:.1f} | {count} |" for score, rating, count in evaluation.reliability]
    return "\n".join(rows)


def _weights(model: Model) -> str:
    rows = [
        "## What weighs how much",
        "",
        "The range of points that a feature can add or take, and the direction that it is held to.",
        "",
        "| feature | lowest | highest | held to |",
        "| --- | --- | --- | --- |",
    ]
    held = {1: "never lowers", -1: "never raises", 0: "free"}
    for name, steps in sorted(model.score.steps.items(), key=lambda item: -_range(item[1])):
        if name in CATALOGUE:
            rows.append(f"| {name} | {min(steps.points):+.1f} | {max(steps.points):+.1f} | {held[direction(name)]} |")
    return "\n".join(rows)


def _range(steps: Steps) -> float:
    return float(np.ptp(steps.points))
