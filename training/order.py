"""Which articles to label next: uncertain ones, unlike each other, at most a few of one publisher.

Each is the farthest from those chosen before it (farthest-first: Gonzalez 1985; Sener and Savarese 2018), its distance
times how uncertain the model is of it. `benchmarks/retrain.py` compares this with chance.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from onrecord.scoring.model import Scorecard
from onrecord.training.matrix import Floats

Places = npt.NDArray[np.float32]

# At most this share of the chosen is of one publisher, but always a few may be.
PUBLISHER_SHARE = 0.1
FEW = 2
# The part of all articles that is called uncertain, or unlike others.
TOP = 0.25

UNCERTAIN, UNFAMILIAR, UNLIKE = "the model is uncertain", "unlike those the model saw", "unlike those above"
PLAIN = "adds variety"


@dataclass(frozen=True, slots=True)
class Candidates:
    """n articles that may be labelled.

    Attributes:
        places: (n, f) where they stand (`place`).
        doubt: (n,) how uncertain the model is of each (`doubt`).
        unfamiliar: (n,) how far out their values lie among those that the model saw (`Scorecard.surprise`).
        publishers: n names; an empty one stands for a publisher of its own.
    """

    places: Places
    doubt: Floats
    unfamiliar: Floats
    publishers: Sequence[str]


@dataclass(frozen=True, slots=True)
class Choice:
    """An article by its index, and why it is chosen, in words."""

    index: int
    why: str


def place(card: Scorecard, values: Mapping[str, float]) -> list[float]:
    """Where an article stands: for each feature that the card weighs its rank in the reference articles (0 to 1; the
    middle, if it is missing), times the range of points that the feature has."""
    found = []
    for name, steps in card.steps.items():
        value = values.get(name, math.nan)
        rank = 0.5 if math.isnan(value) else (steps.bin(value) + 0.5) / len(steps.points)
        found.append(rank * (max(steps.points) - min(steps.points)))
    return found


def doubt(card: Scorecard, values: Mapping[str, float]) -> float:
    """How uncertain a model is of an article: the spread of its ensemble, as much wider as its interval is."""
    return card.spread(values) * (1 + card.unfamiliar(values))


def order(candidates: Candidates, count: int, labelled: Places | None = None) -> list[Choice]:
    """The articles to label, the most telling first; fewer than `count` if there are not so many.

    Args:
        labelled: (k, f) where articles stand that are labelled already.
    """
    places = candidates.places
    most = max(FEW, math.ceil(PUBLISHER_SHARE * count))
    uncertain, odd = _top(candidates.doubt), _top(candidates.unfamiliar)
    free = np.ones(len(places), dtype=bool)
    nearest = np.full(len(places), np.inf)
    for row in labelled if labelled is not None else ():
        nearest = np.minimum(nearest, _distance(places, row))
    names, publisher = np.unique(np.array(candidates.publishers, dtype=str), return_inverse=True)
    named, taken = names != "", np.zeros(len(names), dtype=int)
    chosen: list[Choice] = []
    while len(chosen) < min(count, len(places)):
        allowed = free & ~(named & (taken >= most))[publisher]
        if not allowed.any():
            allowed = free  # few publishers: then as many of each as it takes
        far = np.where(np.isinf(nearest), 1.0, nearest)
        worth = np.where(allowed, candidates.doubt * far, -1.0)
        best = int(worth.argmax())
        unlike = bool(chosen) and bool(nearest[best] >= np.quantile(nearest[free], 1 - TOP))
        words = ((uncertain[best], UNCERTAIN), (odd[best], UNFAMILIAR), (unlike, UNLIKE))
        chosen.append(Choice(best, ", ".join(word for true, word in words if true) or PLAIN))
        free[best] = False
        taken[publisher[best]] += 1
        nearest = np.minimum(nearest, _distance(places, places[best]))
    return chosen


def _top(values: Floats) -> npt.NDArray[np.bool_]:
    """Which values are in the upper part; none where they are all alike."""
    if not len(values):
        return np.zeros(0, dtype=bool)
    found: npt.NDArray[np.bool_] = (values >= np.quantile(values, 1 - TOP)) & (values > values.min())
    return found


def _distance(places: Places, row: Places) -> Floats:
    found: Floats = np.sqrt(((places - row) ** 2).sum(axis=1)).astype(float)
    return found
