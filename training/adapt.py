"""Joining labels of another standard with what ships.

Two readers of the same articles differ first of all in how high they rate, then in how far apart, and only then in
order. So what ships is put on the scale of the new labels before the two are joined: its ratings are moved along a
straight line, found from the scores of the base model and the new ratings. A line found on few articles of few
publishers may be chance, so its slope is drawn to 1 by a ridge, and its height to where it was by its own standard
error, which is taken over publishers (Liang and Zeger 1986). `benchmarks/retrain.py` compares this with other rules.
"""

from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import numpy.typing as npt

from onrecord.errors import LabelError
from onrecord.scoring.model import Scorecard
from onrecord.training.evaluate import FOLDS, MIN_ERRORS, OutOfFold, finish, half_widths, interval_of
from onrecord.training.fingerprints import UNKNOWN
from onrecord.training.fit import fit, predict
from onrecord.training.matrix import Bytes, Floats, Matrix
from onrecord.training.splits import Indices, folds

# Together the new labels count this share of what ships, but no single one as more than so many.
SHARE = 0.5
MAX_LABEL_WEIGHT = 20.0
# How many articles' worth of doubt there is that a slope other than 1 is real, and the slopes that are believed at all.
DOUBT = 10
STRETCH = (0.2, 3.0)


@dataclass(frozen=True, slots=True)
class Line:
    """A rating of the shipped standard as one of the new: `centre + shift + slope * (rating - centre)`."""

    centre: float
    shift: float
    slope: float

    def at(self, rating: Floats) -> Floats:
        """(n,) ratings on the new scale, 0 to 100."""
        return np.clip(self.centre + self.shift + self.slope * (rating - self.centre), 0, 100)


def line(score: Floats, rating: Floats, publishers: Indices, variance: float) -> Line:
    """The line from (n,) scores of the base model to (n,) new ratings.

    Args:
        variance: of the shipped ratings, in square points.
    """
    centre, apart = float(score.mean()), score - score.mean()
    shift = float((rating - score).mean())
    spread = float((apart**2).sum()) + DOUBT * variance
    tilt = float((apart * (rating - score - shift)).sum()) / spread if spread else 0.0
    rest = rating - score - shift - tilt * apart
    # Drawn to nothing the more the larger its error, as James and Stein (1961) do.
    doubt = _squared_error(rest, publishers)
    believed = shift**3 / (shift**2 + doubt) if shift**2 + doubt else 0.0
    return Line(centre, believed, float(np.clip(1 + tilt, *STRETCH)))


def _squared_error(rest: Floats, publishers: Indices) -> float:
    """The squared standard error of a mean over articles, when those of one publisher err together."""
    names, place = np.unique(publishers, return_inverse=True)
    sums = np.bincount(place, rest) if len(names) > 1 else rest
    return float((sums**2).sum()) / len(rest) ** 2 * len(sums) / max(1, len(sums) - 1)


def adapt(old: Matrix, new: Matrix, base: Scorecard) -> tuple[Matrix, OutOfFold, Scorecard]:
    """Learn new labels on top of what a model was trained on.

    Args:
        old: what the base model was trained on.
        new: the new labels, in the features and bins of `old`.
        base: the model before.

    Returns:
        the two joined; what models that saw nothing of its publisher say of each new article; the new scorecard.

    Raises:
        LabelError: all articles, old and new, are of one publisher.
    """
    old, new = without(old, new)
    score = np.clip(predict(base, new)[0], 0, 100)
    matrix = check_publishers(join(old, new, score))
    out = cross_validate(old, new, score, base)
    card = finish(fit(matrix), matrix, *interval(out.total, out.spread, new.target, base))
    return matrix, out, replace(card, usual=base.usual)


def check_publishers(matrix: Matrix) -> Matrix:
    """The matrix, if its articles are of two publishers or more; raises LabelError."""
    if len(np.unique(matrix.publishers)) < 2:
        problem = f"all {len(matrix.target)} labelled articles are of one publisher"
        raise LabelError(problem, "give articles of at least two")
    return matrix


def without(old: Matrix, new: Matrix) -> tuple[Matrix, Matrix]:
    """The old matrix without the texts that are labelled anew, and the new one, its publishers numbered likewise.

    A publisher of the new labels is known to be one of the old only by a text that both have. Such a text keeps the
    bins that it had: what was learnt from its rating must not judge it.
    """
    publishers = new.publishers + old.publishers.max() + 1
    if old.fingerprints is None or new.fingerprints is None:
        return old, replace(new, publishers=publishers)
    known = {int(key): int(p) for key, p in zip(old.fingerprints, old.publishers, strict=True) if key != UNKNOWN}
    for key, publisher in zip(new.fingerprints.tolist(), publishers.tolist(), strict=True):
        if key in known:
            publishers[publishers == publisher] = known[key]
    keep = np.flatnonzero(~np.isin(old.fingerprints, new.fingerprints[new.fingerprints != UNKNOWN]))
    return old.rows(keep), replace(new, publishers=publishers, bins=_bins(old, new))


def _bins(old: Matrix, new: Matrix) -> Bytes:
    """The bins of the new articles, those of texts that the old matrix has as they are there."""
    bins = new.bins.copy()
    if old.fingerprints is not None and new.fingerprints is not None:
        place = {int(key): k for k, key in enumerate(old.fingerprints.tolist()) if key != UNKNOWN}
        for k, key in enumerate(new.fingerprints.tolist()):
            if key in place:
                bins[k] = old.bins[place[key]]
    return bins


def join(old: Matrix, new: Matrix, score: Floats) -> Matrix:
    """Shipped articles on the scale of the new labels, and behind them the new ones with their weight.

    Args:
        old, new: as `without` gives them.
        score: (n,) scores of the new articles by the base model.
    """
    if not len(old.target):
        return new
    moved = line(score, new.target, new.publishers, float(old.target.var())).at(old.target)
    weight = min(MAX_LABEL_WEIGHT, max(1.0, SHARE * float(old.weights.sum()) / len(new.target)))
    return replace(
        old,
        bins=np.concatenate([old.bins, new.bins]),
        target=np.concatenate([moved, new.target]),
        publishers=np.concatenate([old.publishers, new.publishers]),
        weights=np.concatenate([old.weights, np.full(len(new.target), weight)]),
        fingerprints=_fingerprints(old, new),
    )


def _fingerprints(old: Matrix, new: Matrix) -> npt.NDArray[np.uint64]:
    parts = [
        np.full(len(part.target), UNKNOWN, dtype=np.uint64) if part.fingerprints is None else part.fingerprints
        for part in (old, new)
    ]
    return np.concatenate(parts)


def cross_validate(old: Matrix, new: Matrix, score: Floats, base: Scorecard) -> OutOfFold:
    """Answers to the new labels, each by a model that saw nothing of its publisher: neither article nor rating.

    Args:
        old, new, score: as for `join`.
        base: the model before.
    """
    total, spread = np.zeros(len(new.target)), np.zeros(len(new.target))
    splits = list(folds(new.publishers, FOLDS))
    for learn, test in splits:
        apart = old.rows(np.flatnonzero(~np.isin(old.publishers, new.publishers[test])))
        card = fit(join(apart, new.rows(learn), score[learn]) if len(learn) else apart)
        total[test], spread[test] = predict(card, new.rows(test))
    return OutOfFold(total, spread, half_widths(total, spread, new.target, splits, partial(interval, base=base)))


def interval(total: Floats, spread: Floats, target: Floats, base: Scorecard) -> tuple[float, float]:
    """The residual and the factor of a 90% interval, from errors on the new labels; few may not make it narrower."""
    if not len(total):
        return base.residual, base.factor
    residual, factor = interval_of(total, spread, target)
    return (max(residual, base.residual), factor) if len(total) < MIN_ERRORS else (residual, factor)
