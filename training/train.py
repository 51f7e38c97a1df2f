"""The way from labels to a model folder: measure, bin, cross-validate, fit, write down."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from io import BytesIO
from pathlib import Path

import numpy as np

from onrecord.errors import LabelError, ModelError
from onrecord.features import CATALOGUE
from onrecord.features.document import MIN_WORDS
from onrecord.scoring.atomic import write_together
from onrecord.scoring.model import DEFAULT, MODEL_FILE, Model, Scorecard, load_model, locate, to_json
from onrecord.training.adapt import adapt, check_publishers
from onrecord.training.answers import EVALUATION_FILE, save_answers
from onrecord.training.card import CARD_FILE, render
from onrecord.training.evaluate import Evaluation, Taught, cross_validate, evaluate, finish, interval_of
from onrecord.training.fingerprints import fingerprint
from onrecord.training.fit import fit, predict
from onrecord.training.labels import Example, unscored
from onrecord.training.matrix import (
    MATRIX_FILE,
    Floats,
    Matrix,
    columns,
    learn_bins,
    load,
    measure_articles,
    save,
    to_bins,
)
from onrecord.training.policy import UNWEIGHED
from onrecord.training.splits import groups


@dataclass(frozen=True, slots=True)
class Trained:
    """A model, the matrix it was fitted to, and how it did on articles of publishers that it had not seen.

    `predicted` has the score of each of `examples` by a model that saw nothing of its publisher, and `half` the
    half-width of its interval.
    """

    model: Model
    matrix: Matrix
    examples: tuple[Example, ...]
    predicted: Floats
    half: Floats
    evaluation: Evaluation
    before: Evaluation | None


def train(
    examples: Sequence[Example],
    name: str,
    *,
    base: str | None = DEFAULT,
    taught: Taught | None = None,
    jobs: int = -1,
) -> Trained:
    """Fit a model to labelled articles.

    With a `base` the new labels are joined (see `adapt`) with the matrix which that model was trained on; its features
    and bins are kept. The evaluation is on the new labels alone, each predicted
    without its publisher; `before` is the base model on the same articles. Without a base
    the labels stand alone.

    Args:
        taught: features that are learnt from the ratings of these very articles (without a base; all must be usable).

    Raises:
        LabelError: fewer than two usable articles; without a base, fewer than two publishers.
        ModelError: the base model or its matrix is missing or damaged.
    """
    examples = usable(examples)
    old = load(locate(base).parent / MATRIX_FILE) if base else None
    parent = load_model(base) if base else None
    new, values = _matrix(examples, old, taught, jobs)
    if old and parent:
        matrix, out, card = adapt(old, new, parent.score)
    else:
        matrix, out = new, cross_validate(check_publishers(new), taught)
        card = finish(fit(matrix), matrix, *interval_of(out.total, out.spread, matrix.target))
        card = replace(card, usual=usual_surprise(card, matrix.features, values))
    return Trained(
        model=Model(name, date.today().isoformat(), "", card),
        matrix=matrix,
        examples=tuple(examples),
        predicted=np.clip(out.total, 0, 100),
        half=out.half,
        evaluation=_evaluation(out.total, out.half, new),
        before=_compare(parent.score, new) if parent else None,
    )


def write(trained: Trained, folder: Path, extra: str = "") -> None:
    """Write model.json, matrix.npz, evaluation.json and card.md (with `extra` in it): all of them, or none.

    Raises:
        ModelError: the folder cannot be written; what was in it still is.
    """
    model, matrix = to_json(trained.model).encode(), BytesIO()
    save(trained.matrix, matrix)
    text = "\n\n".join(part for part in (_sizes(trained.matrix), extra) if part)
    files = {
        MODEL_FILE: model,
        MATRIX_FILE: matrix.getvalue(),
        EVALUATION_FILE: save_answers(model, trained.examples, trained.predicted, trained.half),
        CARD_FILE: render(trained.model, trained.evaluation, trained.before, text).encode(),
    }
    try:
        write_together(folder, files)
    except OSError as error:
        problem = f"the model cannot be written to {folder} ({error.strerror or error})"
        raise ModelError(problem, "see to that, or choose another folder") from error


def _sizes(matrix: Matrix) -> str:
    """What a model was fitted to, for its card."""
    weights, counts = np.unique(matrix.weights, return_counts=True)
    parts = ", ".join(f"{count} with weight {weight:.4g}" for weight, count in zip(weights, counts, strict=True))
    publishers = len(np.unique(matrix.publishers))
    return (
        f"Fitted to {len(matrix.target)} articles ({parts}) of {publishers} groups of publishers, "
        f"in {len(matrix.features)} features."
    )


def usable(examples: Sequence[Example]) -> list[Example]:
    """The examples that a model can learn from.

    Raises:
        LabelError: there are fewer than two.
    """
    found = [example for example in examples if unscored(example.article) is None]
    if len(found) < 2:
        problem = f"only {len(found)} of {len(examples)} labelled articles can be used"
        raise LabelError(problem, f"give at least two of {MIN_WORDS} words or more in a supported language")
    return found


def _matrix(
    examples: Sequence[Example], like: Matrix | None, taught: Taught | None, jobs: int
) -> tuple[Matrix, Floats]:
    """Labelled articles as a matrix, in the features and bins of another if one is given; and the values in it."""
    features = like.features if like else tuple(name for name in CATALOGUE if name not in UNWEIGHED)
    values = measure_articles((example.article for example in examples), jobs)[:, columns(features)]
    if taught:
        values[:, [features.index(name) for name in taught.features]] = taught.values(np.arange(len(examples)))
    edges, quantiles = (like.edges, like.quantiles) if like else learn_bins(values)
    matrix = Matrix(
        features=features,
        edges=edges,
        quantiles=quantiles,
        bins=to_bins(values, edges),
        target=np.array([example.rating for example in examples]),
        publishers=groups([e.publisher for e in examples], [e.article.text for e in examples]),
        weights=np.ones(len(examples)),
        fingerprints=np.array([fingerprint(e.article.text) for e in examples], dtype=np.uint64),
    )
    return matrix, values


def usual_surprise(card: Scorecard, features: Sequence[str], values: Floats) -> float:
    """The surprise that 99 in 100 articles stay below, from their (n, f) values."""
    found = [card.surprise(dict(zip(features, row, strict=True))) for row in values.tolist()]
    return round(float(np.quantile(found, 0.99)), 4)


def _compare(card: Scorecard, matrix: Matrix) -> Evaluation:
    """A finished scorecard on articles that it has not seen."""
    total, spread = predict(card, matrix)
    return _evaluation(total, card.factor * np.hypot(card.residual, spread), matrix)


def _evaluation(total: Floats, half: Floats, matrix: Matrix) -> Evaluation:
    score = np.clip(total, 0, 100)
    return evaluate(score, score - half, score + half, matrix.target, len(np.unique(matrix.publishers)))
