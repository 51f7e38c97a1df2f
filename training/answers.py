"""A model's answers to labelled articles, and two models side by side.

An article that a model was trained on is answered as it was while the model was trained: by members that saw nothing
of its publisher. `train` writes those answers beside the model (`evaluation.json`: hashes of texts, and numbers).
"""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np

from onrecord.errors import LabelError, ModelError
from onrecord.scoring.model import DEFAULT, load_model, locate
from onrecord.scoring.report import Score
from onrecord.scoring.score import score_article
from onrecord.training.evaluate import Evaluation, Figure, evaluate, figure
from onrecord.training.fingerprints import fingerprint
from onrecord.training.label_set import LabelSet, read_label_set
from onrecord.training.labels import Example
from onrecord.training.matrix import Floats
from onrecord.training.pairs import in_order

FORMAT = 1
EVALUATION_FILE = "evaluation.json"
MIN_ARTICLES = 3

Answer = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Answers:
    """(n,) scores with the ends of their 90% intervals; nan where the model abstained.

    `unseen` is how many were made without the article's publisher, because the model was trained on it.
    """

    score: Floats
    low: Floats
    high: Floats
    unseen: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """Answers against labels: `evaluation` is None without ratings, `pairs` (the share in order) None without pairs."""

    evaluation: Evaluation | None
    pairs: Figure | None
    abstained: int
    unseen: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two models on the same labels.

    Attributes:
        error: how much larger the second one's absolute error is, in points, article by article; None without ratings.
        pairs: how much larger the share of pairs is that it puts in order; None without pairs.
    """

    first: Judgement
    second: Judgement
    error: Figure | None
    pairs: Figure | None


def save_answers(model: bytes, examples: Sequence[Example], score: Floats, half: Floats) -> bytes:
    """The content of EVALUATION_FILE for a model file with this content."""
    rows = []
    for example, value, width in zip(examples, score.tolist(), half.tolist(), strict=True):
        numbers = [round(x, 4) for x in (value, max(0.0, value - width), min(100.0, value + width))]
        rows.append(f"  {json.dumps(f'{fingerprint(example.article.text):016x}')}: {json.dumps(numbers)}")
    head = f'{{"format": {FORMAT}, "model": {json.dumps(sha256(model).hexdigest())}, "answers": {{\n'
    return (head + ",\n".join(rows) + "\n}}\n").encode()


def load_answers(model: str) -> Mapping[int, Answer]:
    """The answers beside a model, by fingerprint; none where there is no file, or one of another model.

    Raises:
        ModelError: the file is damaged.
    """
    path = locate(model).parent / EVALUATION_FILE
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        if repr(record["format"]) != repr(FORMAT):
            raise ValueError(f"format {record['format']!r}, expected {FORMAT}")
        if record["model"] != load_model(model).sha256:
            return {}
        return {int(key, 16): _answer(*numbers) for key, numbers in record["answers"].items()}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        problem = f"{path} cannot be read ({type(error).__name__}: {error})"
        raise ModelError(problem, "train the model again") from error


def _answer(score: float, low: float, high: float) -> Answer:
    if not 0 <= low <= score <= high <= 100:
        raise ValueError(f"{score!r} from {low!r} to {high!r} is no answer")
    return score, low, high


def answer(examples: Sequence[Example], model: str, jobs: int = -1) -> Answers:
    """A model's answers.

    Args:
        model: what `load_model` takes.
    """
    from joblib import Parallel, delayed

    known = load_answers(model)
    prints = [fingerprint(example.article.text) for example in examples]
    path = str(locate(model).absolute())  # a worker may stand in another folder
    new = [k for k, key in enumerate(prints) if key not in known]
    scores = Parallel(n_jobs=jobs, batch_size=16)(delayed(_score)(examples[k], path) for k in new)
    rows = np.array([known.get(key, (math.nan,) * 3) for key in prints]).reshape(-1, 3)
    rows[new] = np.array([(s.value, s.low, s.high) for s in scores], dtype=float).reshape(-1, 3)  # None becomes nan
    score, low, high = rows.T
    return Answers(score, low, high, len(prints) - len(new))


def _score(example: Example, path: str) -> Score:
    return score_article(example.article, load_model(path)).score


def judge(labels: LabelSet, answers: Answers) -> Judgement:
    """Answers against labels.

    Raises:
        LabelError: there is neither a pair nor MIN_ARTICLES rated articles with a score.
    """
    rating = np.array([example.rating for example in labels.examples])
    rated = np.flatnonzero(~np.isnan(rating) & ~np.isnan(answers.score))
    pairs = _in_order(labels, answers)
    if len(rated) < MIN_ARTICLES and not len(pairs):
        problem = f"{len(rated)} of {len(labels.examples)} labelled articles have a rating and got a score"
        raise LabelError(problem, f"give at least {MIN_ARTICLES}, or pairs")
    evaluation = None
    if len(rated) >= MIN_ARTICLES:
        publishers = len({labels.examples[k].publisher for k in rated})
        score, low, high = answers.score[rated], answers.low[rated], answers.high[rated]
        evaluation = evaluate(score, low, high, rating[rated], publishers)
    abstained = int(np.isnan(answers.score).sum())
    return Judgement(evaluation, mean(pairs) if len(pairs) else None, abstained, answers.unseen)


def evaluate_labels(
    labels: Sequence[Path], model: str = DEFAULT, *, skip_bad: bool = False, jobs: int = -1
) -> tuple[LabelSet, Judgement]:
    """A model against label files.

    Args:
        model: what `load_model` takes.
        skip_bad: pass over the rows that cannot be used, in place of an error.

    Raises:
        LabelError: labels that cannot be used, or too few.
    """
    found = read_label_set(labels, skip_bad=skip_bad)
    return found, judge(found, answer(found.examples, model, jobs))


def compare(labels: LabelSet, first: str, second: str, jobs: int = -1) -> Comparison:
    """Two models on the same labels; where one of them abstains, the article counts for neither.

    Args:
        first, second: what `load_model` takes.

    Raises:
        LabelError: there is neither a pair nor MIN_ARTICLES rated articles with a score.
    """
    one, two = answer(labels.examples, first, jobs), answer(labels.examples, second, jobs)
    rating = np.array([example.rating for example in labels.examples])
    worse = np.abs(two.score - rating) - np.abs(one.score - rating)
    worse = worse[~np.isnan(worse)]
    better = _in_order(labels, two) - _in_order(labels, one)
    return Comparison(
        judge(labels, one),
        judge(labels, two),
        mean(worse) if len(worse) >= MIN_ARTICLES else None,
        mean(better) if len(better) else None,
    )


def compare_labels(
    labels: Sequence[Path], first: str, second: str, *, skip_bad: bool = False, jobs: int = -1
) -> tuple[LabelSet, Comparison]:
    """Two models on the same label files; `evaluate_labels` and `compare` say what is taken and raised."""
    found = read_label_set(labels, skip_bad=skip_bad)
    return found, compare(found, first, second, jobs)


def _in_order(labels: LabelSet, answers: Answers) -> Floats:
    return np.array(in_order(answers.score.tolist(), labels.pairs))


def mean(values: Floats) -> Figure:
    """A mean with its 95% interval."""
    return figure(lambda i: float(values[i].mean()), len(values))
