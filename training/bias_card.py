"""The card of what tells bias: every figure is of publishers that the tables had not seen."""

from textwrap import fill

import numpy as np

from onrecord.features.own_text import read
from onrecord.features.wording import Floats
from onrecord.scoring.bias import INPUTS, OPINION, SIDES
from onrecord.training.bias_fit import ARGUES, RIGHT, Articles, Flags, Sided, Trained, inputs, out_of_fold, surest
from onrecord.training.bias_fit import chances as chances_of
from onrecord.training.evaluate import Statistic, auc, figure_by_publisher
from onrecord.training.splits import Indices, folds
from onrecord.training.swaps import PAIRS, swapped

_HEAD = """# Card: bias

Reported beside the score, never inside it. Made by `python -m onrecord.training.bias`. All figures are of articles by
publishers that were not trained on; 95% intervals are over resampled publishers.

## Hyperpartisan

The probability that a reader would call the piece hyperpartisan: a logistic regression over three numbers, fitted to
articles labelled by people (SemEval-2019 task 4, by article). `opinion`: how much its words, outside quotation marks,
are those of columns rather than reports, learnt from {teachers} articles by other publishers whose genre a language
model told. `politics`: names of camps and words of politics per 1,000 words, whoever says them. `loaded`: loaded
words per 1,000 words outside quotation marks. No name of a party, a camp, a person or a place is among the words of
opinion, and the names of all camps count alike. Which inputs to use was decided on these articles, so the figures
flatter a little.
"""

_LIMITS = """## Limits

English only. The labels are of United States news and blogs of 2016 to 2018, a third of them hyperpartisan, more than
among news at large, so the probability is too high for ordinary news; people disagree about many of them. Too few of
them are by outlets known to be of the left to tell whether it finds their partisans as well as those of the right.
Nothing here says whether a piece is true. The leaning is learnt from the side of outlets, not of articles: a plain
report by an outlet of the left counts as left, and an answer means "worded as outlets of that side word things". So
it is given only where it is sure, which is seldom.
"""


def render(trained: Trained) -> str:
    """The card as Markdown."""
    people = trained.people
    target = people.labels("hyperpartisan")
    found = out_of_fold(trained.inputs, target, people.publishers)
    parts = [
        _HEAD.format(teachers=len(trained.teachers.rows)),
        _accuracy(found, target, people.publishers),
        _reliability(found, target),
        _parts(trained, target),
        _even(trained, found, target),
        _leaning(trained.outlets, trained.model.sure),
        _LIMITS,
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _accuracy(found: Floats, target: Flags, publishers: Indices) -> str:
    rows = {
        "AUC": lambda i: auc(found[i], target[i]),
        "accuracy at 0.5": lambda i: float(((found[i] >= 0.5) == target[i]).mean()),
        "Brier score": lambda i: float(((found[i] - target[i]) ** 2).mean()),
        "mean probability less share": lambda i: float((found[i] - target[i]).mean()),
        "calibration slope": lambda i: slope(found[i], target[i]),
    }
    share = target.mean()
    lines = [
        fill(
            f"{len(target)} articles, {int(target.sum())} of them hyperpartisan, {len(np.unique(publishers))} "
            f"groups of publishers. Who always says no is right in {1 - share:.3f}; who always says {share:.2f} has a "
            f"Brier score of {share * (1 - share):.3f}.",
            120,
        ),
        "",
        "| | |",
        "| --- | --- |",
        *(f"| {name} | {figure_by_publisher(statistic, publishers)} |" for name, statistic in rows.items()),
    ]
    return "\n".join(lines)


def slope(found: Floats, target: Flags) -> float:
    """What log-odds must be multiplied by to fit best: below 1 they are too sure, above 1 not enough (Cox 1958)."""
    from sklearn.linear_model import LogisticRegression

    if target.all() or not target.any():
        return float("nan")
    sure = np.clip(found, 1e-6, 1 - 1e-6)
    fitted = LogisticRegression(C=1e6).fit(np.log(sure / (1 - sure))[:, None], target)
    return float(fitted.coef_[0, 0])


def _reliability(found: Floats, target: Flags) -> str:
    rows = [
        "Fifths by probability:",
        "",
        "| mean probability | share hyperpartisan | articles |",
        "| --- | --- | --- |",
    ]
    for part in np.array_split(np.argsort(found, kind="stable"), 5):
        rows.append(f"| {found[part].mean():.2f} | {target[part].mean():.2f} | {len(part)} |")
    return "\n".join(rows)


def _parts(trained: Trained, target: Flags) -> str:
    publishers = trained.people.publishers
    rows = ["| input | weight | alone, AUC | without it, AUC |", "| --- | --- | --- | --- |"]
    for k, name in enumerate(INPUTS):
        other = trained.inputs.copy()
        other[:, k] = 0.0
        alone = auc(trained.inputs[:, k], target)
        without = auc(out_of_fold(other, target, publishers), target)
        rows.append(f"| {name} | {trained.model.inputs[name].weight:+.2f} | {alone:.3f} | {without:.3f} |")
    return "\n".join(rows)


def _even(trained: Trained, found: Floats, target: Flags) -> str:
    people = trained.people
    sides = np.array([trained.sides.get(str(row.get("domain")), "") for row in people.rows])
    rows = [
        "### Even-handed?",
        "",
        "Articles labelled by people, by the side of the outlet where it is known:",
        "",
        "| side | articles | share hyperpartisan | mean probability | AUC |",
        "| --- | --- | --- | --- | --- |",
    ]
    for side in SIDES:
        here = sides == side
        if here.any():
            numbers = f"{target[here].mean():.2f} | {found[here].mean():.2f} | {auc(found[here], target[here]):.2f}"
            rows.append(f"| {side} | {int(here.sum())} | {numbers} |")
    return "\n".join([*rows, "", *_by_genre(trained), "", _swaps(trained)])


def _by_genre(trained: Trained) -> list[str]:
    """Mean probability of articles of one genre by side, worded by models that had not seen the publisher."""
    teachers, model = trained.teachers, trained.model
    seen = inputs(teachers.documents, model.opinion)
    argues, reports = (model.opinion.classes.index(name) for name in OPINION)
    seen[:, 0] = np.log(trained.opinion[:, argues] / trained.opinion[:, reports])
    found = chances_of(seen, model.intercept, model.inputs)
    sides = np.array([trained.sides.get(str(row.get("domain")), "") for row in teachers.rows])
    opinion = np.array([row["genre"] in ARGUES for row in teachers.rows])
    rows = [
        "Mean probability of articles of known genre, by the side of the outlet:",
        "",
        "| side | opinion and analysis | articles | reports and others | articles |",
        "| --- | --- | --- | --- | --- |",
    ]
    for side in SIDES:
        cells = []
        for genre in (opinion, ~opinion):
            here = np.flatnonzero(genre & (sides == side))
            mean = figure_by_publisher(_mean(found[here]), teachers.publishers[here]) if len(here) else "none"
            cells.append(f"{mean} | {len(here)}")
        rows.append(f"| {side} | {' | '.join(cells)} |")
    return rows


def _mean(values: Floats) -> Statistic:
    return lambda i: float(values[i].mean())


def _swaps(trained: Trained) -> str:
    changed = [_change(trained, articles) for articles in (trained.people, trained.teachers)]
    change = np.concatenate(changed)
    pairs = ", ".join("/".join(pair) for pair in PAIRS)
    return fill(
        f"Exchanging the names of camps and politicians ({pairs}) changes the probability of {len(change)} articles by "
        f"{np.abs(change).mean():.4f} in the mean, by {np.abs(change).max():.4f} at most.",
        120,
        break_on_hyphens=False,
    )


def _change(trained: Trained, articles: Articles) -> Floats:
    model = trained.model
    both = []
    for documents in (articles.documents, [read(swapped(each.article)) for each in articles.documents]):
        both.append(chances_of(inputs(documents, model.opinion), model.intercept, model.inputs))
    change: Floats = both[1] - both[0]
    return change


def _leaning(outlets: Sided, sure: float) -> str:
    answer, top = outlets.chances.argmax(axis=1), outlets.chances.max(axis=1)
    right, weights = answer == outlets.sides, outlets.weights

    def share(of: Flags, among: Flags) -> Statistic:
        return lambda i: float((weights * of * among)[i].sum() / max((weights * among)[i].sum(), 1e-12))

    every = np.ones(len(right), dtype=np.bool_)
    told = top >= sure
    crossed = _crossed(outlets)
    rows = {
        "best guess right (a third by chance)": share(right, every),
        f"articles with an answer (from {sure:.3f})": share(told, every),
        "answers right": share(right, told),
        "articles with an answer, threshold from other outlets": share(crossed, every),
        "answers right, threshold from other outlets": share(right, crossed),
    }
    for k, side in enumerate(SIDES):
        rows[f"answers that say {side}"] = share(answer == k, told)
        rows[f"right where it says {side}"] = share(right, told & (answer == k))
    lines = [
        "## Leaning",
        "",
        fill(
            "Words and phrases of two words, names too but those of outlets, of "
            f"{len(right)} articles of {len(np.unique(outlets.outlets))} outlets. The side is the outlet's. An outlet "
            "of four times as many articles counts twice as much, and each side as much as another. An answer is given "
            f"where {RIGHT:.0%} of such answers were right; else it cannot tell.",
            120,
        ),
        "",
        "| | |",
        "| --- | --- |",
        *(f"| {name} | {figure_by_publisher(statistic, outlets.outlets)} |" for name, statistic in rows.items()),
        "",
        "| probability of the likeliest side | right | share of articles |",
        "| --- | --- | --- |",
    ]
    for low, high in ((0.0, 0.4), (0.4, 0.5), (0.5, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 1.01)):
        here = (top >= low) & (top < high)
        if here.any():
            mean = float((weights * top)[here].sum() / weights[here].sum())
            of_all = float(weights[here].sum() / weights.sum())
            lines.append(
                f"| {mean:.2f} | {float((weights * right)[here].sum() / weights[here].sum()):.2f} | {of_all:.3f} |"
            )
    return "\n".join(lines)


def _crossed(outlets: Sided) -> Flags:
    """Where an answer would be given by a threshold that was chosen on other outlets."""
    told = np.zeros(len(outlets.sides), dtype=np.bool_)
    for train, test in folds(outlets.outlets, 5, seed=1):
        sure = surest(outlets.chances[train], outlets.sides[train], outlets.weights[train])
        told[test] = outlets.chances[test].max(axis=1) >= sure
    return told
