"""How far raters agree: Krippendorff's alpha for ratings on a scale with even steps.

The library for it is under the GPL. Source: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability", University
of Pennsylvania 2011, with the squared difference of interval data.
"""

from collections.abc import Iterable, Sequence

import numpy as np


def alpha(units: Iterable[Sequence[float]]) -> float | None:
    """1 where raters agree on everything, 0 where they agree as by chance, below that where they do less.

    Args:
        units: for each article the ratings that it has; those with fewer than two do not count.

    Returns:
        None where nothing can be said: no article has two ratings, or all ratings are alike.

    >>> alpha([[20, 30], [60, 60], [80, 70]]) > 0.9
    True
    """
    pairable = [np.array(unit, dtype=float) for unit in units if len(unit) > 1]
    if not pairable:
        return None
    every = np.concatenate(pairable)
    expected = 2 * _squares(every) / (len(every) - 1)
    if expected == 0:
        return None
    observed = sum(2 * len(unit) * _squares(unit) / (len(unit) - 1) for unit in pairable) / len(every)
    return float(1 - observed / expected)


def _squares(values: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> float:
    """The sum of squared distances to the mean; times n it is half the sum over all ordered pairs."""
    return float(((values - values.mean()) ** 2).sum())
