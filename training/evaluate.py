"""How well scores agree with labels: cross-validation over publishers, figures with 95% intervals."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import numpy.typing as npt

from onrecord.scoring.model import Scorecard
from onrecord.training.fit import COVERAGE, MEMBERS, fit, predict
from onrecord.training.matrix import Floats, Matrix
from onrecord.training.splits import Indices, folds

FOLDS = 5
DRAWS = 400
# The wider of 90% and what few labels can tell: below this many, the normal distribution stands in.
MIN_ERRORS = 40
NORMAL_FACTOR = 1.645


class Taught(Protocol):
    """Features that are themselves learnt from the ratings, such as `training/voice.py`."""

    @property
    def features(self) -> tuple[str, ...]:
        """Their ids."""

    def values(self, learn: Indices, /) -> Floats:
        """(n, features) what they are if only the ratings of `learn` are known; nothing from its own publisher."""


Statistic = Callable[[Indices], float]
IntervalOf = Callable[[Floats, Floats, Floats], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its 95% interval, from resampled articles (Efron 1979)."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        if np.isnan(self.value):
            return "cannot be told"
        return f"{self.value:.3f} ({self.low:.3f} to {self.high:.3f})"


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Scores against ratings.

    Attributes:
        articles, publishers: how many, without those the model abstained on.
        spearman: rank correlation.
        mean_absolute_error: in points.
        coverage: share of ratings inside their 90% interval.
        reliability: for five groups of rising score: mean score, mean rating, how many.
        auc: share of pairs of a label above and one below 50 that the score puts in order; None with one kind.
    """

    articles: int
    publishers: int
    spearman: Figure
    mean_absolute_error: Figure
    coverage: Figure
    reliability: tuple[tuple[float, float, int], ...]
    auc: Figure | None


@dataclass(frozen=True, slots=True)
class OutOfFold:
    """Answers of models that saw nothing of an article's publisher: (n,) totals, spreads, half-widths."""

    total: Floats
    spread: Floats
    half: Floats


def evaluate(score: Floats, low: Floats, high: Floats, rating: Floats, publishers: int) -> Evaluation:
    """Compare (n,) scores and their intervals with (n,) ratings."""
    inside = ((low <= rating) & (rating <= high)).astype(float)
    order = np.array_split(np.argsort(score, kind="stable"), 5)
    above = rating > 50
    both = bool(above.any() and not above.all())
    return Evaluation(
        articles=len(score),
        publishers=publishers,
        spearman=figure(lambda i: spearman(score[i], rating[i]), len(score)),
        mean_absolute_error=figure(lambda i: float(np.abs(score[i] - rating[i]).mean()), len(score)),
        coverage=figure(lambda i: float(inside[i].mean()), len(score)),
        reliability=tuple((float(score[g].mean()), float(rating[g].mean()), len(g)) for g in order if len(g)),
        auc=figure(lambda i: auc(score[i], above[i]), len(score)) if both else None,
    )


def cross_validate(matrix: Matrix, taught: Taught | None = None, *, members: int = MEMBERS) -> OutOfFold:
    """Fit on all publishers but a fifth, and predict that fifth; five times.

    The half-width of each 90% interval comes from the errors on the other folds.

    Args:
        taught: the features of `matrix` that are learnt anew without that fifth.
    """
    total, spread = np.zeros(len(matrix.target)), np.zeros(len(matrix.target))
    splits = list(folds(matrix.publishers, FOLDS))
    for train, test in splits:
        seen = matrix.with_values(taught.features, taught.values(train)) if taught else matrix
        card = fit(seen.rows(train), members=members)
        total[test], spread[test] = predict(card, seen.rows(test))
    return OutOfFold(total, spread, half_widths(total, spread, matrix.target, splits, interval_of))


def half_widths(
    total: Floats, spread: Floats, target: Floats, splits: Iterable[tuple[Indices, Indices]], interval: IntervalOf
) -> Floats:
    """(n,) half-widths of 90% intervals, each from the errors on the other folds.

    Args:
        interval: what finds residual and factor, as `interval_of` does.
    """
    half = np.zeros(len(total))
    for train, test in splits:
        residual, factor = interval(total[train], spread[train], target[train])
        half[test] = factor * np.hypot(residual, spread[test])
    return half


def interval_of(total: Floats, spread: Floats, target: Floats) -> tuple[float, float]:
    """The residual and the factor with which COVERAGE of the targets lie within factor * hypot(residual, spread)."""
    error = np.clip(total, 0, 100) - target
    residual = float(np.sqrt((error**2).mean()))
    if len(error) < MIN_ERRORS or residual == 0:
        return residual, NORMAL_FACTOR
    return residual, float(np.quantile(np.abs(error) / np.hypot(residual, spread), COVERAGE))


def finish(card: Scorecard, matrix: Matrix, residual: float, factor: float) -> Scorecard:
    """A scorecard with its interval (from errors on other publishers) and its reference distribution."""
    reference = np.quantile(predict(card, matrix)[0], np.linspace(0, 1, 101))
    return replace(
        card,
        residual=round(residual, 4),
        factor=round(factor, 4),
        reference=tuple(np.round(reference, 3).tolist()),
    )


def spearman(a: Floats, b: Floats) -> float:
    """Rank correlation, ties at their mean rank; nan for fewer than three pairs or a constant."""
    if len(a) < 3 or np.ptp(a) == 0 or np.ptp(b) == 0:
        return float("nan")
    return float(np.corrcoef(_ranks(a), _ranks(b))[0, 1])


def auc(score: Floats, positive: npt.NDArray[np.bool_]) -> float:
    """The probability that a positive scores above a negative (Hanley and McNeil 1982); nan without both."""
    n = int(positive.sum())
    if n in (0, len(positive)):
        return float("nan")
    ranks = _ranks(score) + 1
    return float((ranks[positive].sum() - n * (n + 1) / 2) / (n * (len(positive) - n)))


def _ranks(x: npt.ArrayLike) -> Floats:
    _, inverse, counts = np.unique(x, return_inverse=True, return_counts=True)
    after = np.cumsum(counts)
    mean: Floats = (after - (counts + 1) / 2)[inverse]
    return mean


def figure(statistic: Statistic, n: int) -> Figure:
    """A statistic of n articles (given by index) with its 95% interval, from resampled articles (Efron 1979)."""
    rng = np.random.default_rng(0)
    return _figure(statistic, n, (rng.integers(0, n, n) for _ in range(DRAWS)))


def figure_by_publisher(statistic: Statistic, publishers: Indices) -> Figure:
    """The same of (n,) articles with the numbers of their publishers, which are resampled with all their articles."""
    rng = np.random.default_rng(0)
    rows = [np.flatnonzero(publishers == name) for name in np.unique(publishers).tolist()]
    chosen = (rng.integers(0, len(rows), len(rows)).tolist() for _ in range(DRAWS))
    return _figure(statistic, len(publishers), (np.concatenate([rows[k] for k in some]) for some in chosen))


def _figure(statistic: Statistic, n: int, samples: Iterable[Indices]) -> Figure:
    draws = np.array([statistic(sample) for sample in samples])
    draws = draws[~np.isnan(draws)]
    low, high = np.quantile(draws, [0.025, 0.975]) if len(draws) else (float("nan"), float("nan"))
    return Figure(statistic(np.arange(n)), float(low), float(high))
