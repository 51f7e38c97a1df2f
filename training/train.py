"""The way from labels to a model folder: measure, bin, cross-validate, fit, write down."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from onrecord.errors import LabelError
from onrecord.features import CATALOGUE
from onrecord.features.document import MIN_WORDS, read
from onrecord.scoring.model import DEFAULT, MODEL_FILE, Model, Scorecard, load_model, locate, to_json
from onrecord.scoring.report import Score
from onrecord.scoring.score import score_article
from onrecord.training.card import CARD_FILE, render
from onrecord.training.evaluate import Evaluation, cross_validate, evaluate, finish
from onrecord.training.fit import fit, predict
from onrecord.training.labels import Example
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

# Together the new labels count as much as those that ship, but no single one as more than this many.
MAX_LABEL_WEIGHT = 20.0


@dataclass(frozen=True, slots=True)
class Trained:
    """A model, the matrix it was fitted to, and how it did on articles of publishers that it had not seen.

    `predicted` has the score of each of `examples` by a model that saw nothing of its publisher.
    """

    model: Model
    matrix: Matrix
    examples: tuple[Example, ...]
    predicted: Floats
    evaluation: Evaluation
    before: Evaluation | None


def train(examples: Sequence[Example], name: str, *, base: str | None = DEFAULT, jobs: int = -1) -> Trained:
    """Fit a model to labelled articles.

    With a `base` the new labels are added to the matrix which that model was trained on; its features and bins
    are kept. The evaluation is on the new labels alone, each predicted
    without its publisher; `before` is the base model on the same articles. Without a base
    the labels stand alone.

    Raises:
        LabelError: fewer than two usable articles; without a base, fewer than two publishers.
        ModelError: the base model or its matrix is missing or damaged.
    """
    usable = [example for example in examples if _usable(example)]
    if len(usable) < 2:
        problem = f"only {len(usable)} of {len(examples)} labelled articles can be used"
        raise LabelError(problem, f"give at least two of {MIN_WORDS} words or more in a supported language")
    old = load(locate(base).parent / MATRIX_FILE) if base else None
    new = _matrix(usable, old, jobs)
    matrix = _join(old, new) if old else new
    if len(np.unique(matrix.publishers)) < 2:
        raise LabelError(f"all {len(usable)} labelled articles are of one publisher", "give articles of at least two")
    out = cross_validate(matrix)
    card = finish(fit(matrix), matrix, out)
    mine = np.arange(len(matrix.target) - len(new.target), len(matrix.target))
    parent = load_model(base) if base else None
    return Trained(
        model=Model(name, date.today().isoformat(), "", card),
        matrix=matrix,
        examples=tuple(usable),
        predicted=np.clip(out.total[mine], 0, 100),
        evaluation=_evaluation(out.total[mine], out.half[mine], matrix.rows(mine)),
        before=_compare(parent.score, new) if parent else None,
    )


def write(trained: Trained, folder: Path, extra: str = "") -> None:
    """Write model.json, matrix.npz and card.md (with `extra` in it); each appears whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    _replace(folder / MODEL_FILE, to_json(trained.model).encode())
    with tempfile.TemporaryDirectory(dir=folder) as temporary:
        save(trained.matrix, Path(temporary) / MATRIX_FILE)
        (Path(temporary) / MATRIX_FILE).replace(folder / MATRIX_FILE)
    text = "\n\n".join(part for part in (_sizes(trained.matrix), extra) if part)
    _replace(folder / CARD_FILE, render(trained.model, trained.evaluation, trained.before, text).encode())


def _sizes(matrix: Matrix) -> str:
    """What a model was fitted to, for its card."""
    weights, counts = np.unique(matrix.weights, return_counts=True)
    parts = ", ".join(f"{count} with weight {weight:.4g}" for weight, count in zip(weights, counts, strict=True))
    publishers = len(np.unique(matrix.publishers))
    return (
        f"Fitted to {len(matrix.target)} articles ({parts}) of {publishers} groups of publishers, "
        f"in {len(matrix.features)} features."
    )


def _usable(example: Example) -> bool:
    document = read(example.article)
    return bool(document.language) and document.word_count >= MIN_WORDS


def _matrix(examples: Sequence[Example], like: Matrix | None, jobs: int) -> Matrix:
    """Labelled articles as a matrix, in the features and bins of another if one is given."""
    features = like.features if like else tuple(name for name in CATALOGUE if name not in UNWEIGHED)
    values = measure_articles((example.article for example in examples), jobs)[:, columns(features)]
    edges, quantiles = (like.edges, like.quantiles) if like else learn_bins(values)
    return Matrix(
        features=features,
        edges=edges,
        quantiles=quantiles,
        bins=to_bins(values, edges),
        target=np.array([example.rating for example in examples]),
        publishers=groups([e.publisher for e in examples], [e.article.text for e in examples]),
        weights=np.ones(len(examples)),
    )


def _join(old: Matrix, new: Matrix) -> Matrix:
    """Shipped rows and new ones; the new count as much together, up to MAX_LABEL_WEIGHT each."""
    weight = min(MAX_LABEL_WEIGHT, max(1.0, float(old.weights.sum()) / len(new.target)))
    return replace(
        old,
        bins=np.concatenate([old.bins, new.bins]),
        target=np.concatenate([old.target, new.target]),
        publishers=np.concatenate([old.publishers, new.publishers + old.publishers.max() + 1]),
        weights=np.concatenate([old.weights, np.full(len(new.target), weight)]),
    )


def _compare(card: Scorecard, matrix: Matrix) -> Evaluation:
    """A finished scorecard on articles that it has not seen."""
    total, spread = predict(card, matrix)
    return _evaluation(total, card.factor * np.hypot(card.residual, spread), matrix)


def _evaluation(total: Floats, half: Floats, matrix: Matrix) -> Evaluation:
    score = np.clip(total, 0, 100)
    return evaluate(score, score - half, score + half, matrix.target, len(np.unique(matrix.publishers)))


def _replace(path: Path, data: bytes) -> None:
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(data)
    Path(file.name).chmod(0o644)
    Path(file.name).replace(path)


def evaluate_model(examples: Sequence[Example], name: str = DEFAULT, jobs: int = -1) -> tuple[Evaluation, int]:
    """A model on labelled articles: the comparison, and on how many it abstained.

    Raises:
        LabelError: fewer than three articles got a score.
    """
    from joblib import Parallel, delayed

    name = str(locate(name).absolute())  # a worker may stand in another folder
    scores = Parallel(n_jobs=jobs, batch_size=16)(delayed(_score)(example, name) for example in examples)
    scored = [(score, example) for score, example in zip(scores, examples, strict=True) if score.value is not None]
    if len(scored) < 3:
        raise LabelError(f"{len(scored)} of {len(examples)} labelled articles got a score", "give at least three")
    value, low, high = (np.array([getattr(s, key) for s, _ in scored]) for key in ("value", "low", "high"))
    rating = np.array([example.rating for _, example in scored])
    publishers = len({example.publisher for _, example in scored})
    return evaluate(value, low, high, rating, publishers), len(examples) - len(scored)


def _score(example: Example, name: str) -> Score:
    return score_article(example.article, load_model(name)).score
