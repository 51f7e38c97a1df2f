"""Pairs of articles, one better than the other, as something that a regression can learn.

A pair says no rating, so ratings are found for all paired articles together: each starts at its own rating, or, if it
has none, at the score of the model before; then all move as little as possible (weighted least squares) until in
every pair the better one is ahead by MARGIN points, or by as much as their own ratings already put it ahead. A point
that an article with a rating moves costs FIRM times as much, so that it is the others that move.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

# About half the width of an interval: two articles so far apart surely differ. (Less teaches less, more hardly more.)
MARGIN = 20.0
FIRM = 20.0
# The method stops when nothing moves by more than _CLOSE, after _SWEEPS rounds, or after about _STEPS single steps.
_CLOSE = 1e-7
_SWEEPS = 2000
_STEPS = 3_000_000


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles by their places in a list, and the row that says so."""

    better: int
    worse: int
    where: str


def wrong_pairs(pairs: Sequence[Pair], ratings: Sequence[float]) -> dict[int, str]:
    """What is wrong with pairs, by their place in the list.

    Args:
        ratings: of all articles; nan where there is none.
    """
    wrong: dict[int, str] = {}
    seen: dict[tuple[int, int], str] = {}
    for k, pair in enumerate(pairs):
        if pair.better == pair.worse:
            wrong[k] = "it says that an article is better than itself"
        elif (pair.better, pair.worse) in seen:
            wrong[k] = f"it repeats {seen[pair.better, pair.worse]}"
        else:
            seen[pair.better, pair.worse] = pair.where
    rest = [k for k in range(len(pairs)) if k not in wrong]
    component = _components([pairs[k] for k in rest], len(ratings))
    for k in rest:
        pair = pairs[k]
        if component[pair.better] == component[pair.worse]:
            reverse = seen.get((pair.worse, pair.better))
            wrong[k] = f"it contradicts {reverse}" if reverse else "it is part of a circle of pairs"
    sound = [k for k in rest if k not in wrong]
    order = _from_worst([pairs[k] for k in sound], len(ratings))
    floor, ceiling = _reach([pairs[k] for k in sound], order, ratings)
    for k in sound:
        low, high = floor[pairs[k].worse], ceiling[pairs[k].better]
        if high < low:
            wrong[k] = f"it contradicts the ratings: what it puts first has {high:g} or less, the other {low:g} or more"
    return wrong


def settle(start: Sequence[float], firm: Sequence[bool], pairs: Sequence[Pair]) -> list[float]:
    """Ratings of all articles (0 to 100) in which every pair holds, as near as possible to where they start.

    Solved by Hildreth's method (1957): one pair after another is put right, with a memory of what it took. Where a
    chain of pairs is too long for 0 to 100, the margin is what a chain so long can have.

    Args:
        start: own ratings, or scores of the model before; 0 to 100.
        firm: which of them are own ratings.
        pairs: without contradictions, as `wrong_pairs` finds them.
    """
    order = _from_worst(pairs, len(start))
    margins = _margins(start, firm, pairs, order)
    rating, weight = list(start), [FIRM if own else 1.0 for own in firm]
    force, ground, lid = [0.0] * len(pairs), [0.0] * len(start), [0.0] * len(start)
    paired = sorted({k for pair in pairs for k in (pair.better, pair.worse)})
    for _ in range(min(_SWEEPS, _STEPS // max(1, len(pairs) + len(paired)))):
        moved = 0.0
        for k, (pair, margin) in enumerate(zip(pairs, margins, strict=True)):
            up, down = 1 / weight[pair.better], 1 / weight[pair.worse]
            step = max((margin - rating[pair.better] + rating[pair.worse]) / (up + down), -force[k])
            force[k] += step
            rating[pair.better] += step * up
            rating[pair.worse] -= step * down
            moved = max(moved, abs(step))
        for a in paired:
            lift = max(-rating[a] * weight[a], -ground[a])
            ground[a] += lift
            rating[a] += lift / weight[a]
            push = max((rating[a] - 100) * weight[a], -lid[a])
            lid[a] += push
            rating[a] -= push / weight[a]
            moved = max(moved, abs(lift), abs(push))
        if moved < _CLOSE:
            break
    return _exact(rating, pairs, margins, order)


def in_order(score: Sequence[float], pairs: Sequence[Pair]) -> list[float]:
    """For each pair 1 if the scores put it in order, 0 if not, a half for equal scores."""
    gaps = [score[pair.better] - score[pair.worse] for pair in pairs]
    return [0.5 if gap == 0 else float(gap > 0) for gap in gaps]


def _margins(start: Sequence[float], firm: Sequence[bool], pairs: Sequence[Pair], order: Sequence[int]) -> list[float]:
    below = _below(pairs)
    length = [0] * len(start)
    for a in order:
        length[a] = max((1 + length[pairs[k].worse] for k in below.get(a, ())), default=0)
    margin = min(MARGIN, 100 / max([1, *length]))
    margins = []
    for pair in pairs:
        ahead = start[pair.better] - start[pair.worse]
        margins.append(min(margin, ahead) if firm[pair.better] and firm[pair.worse] and ahead > 0 else margin)
    return margins


def _exact(rating: list[float], pairs: Sequence[Pair], margins: Sequence[float], order: Sequence[int]) -> list[float]:
    """The same ratings without what the method leaves undone: no pair is short, nothing is out of 0 to 100."""
    below = _below(pairs)
    room = [100.0] * len(rating)
    for a in reversed(order):
        for k in below.get(a, ()):
            room[pairs[k].worse] = min(room[pairs[k].worse], room[a] - margins[k])
    for a in order:
        least = max((rating[pairs[k].worse] + margins[k] for k in below.get(a, ())), default=0.0)
        rating[a] = max(least, min(rating[a], room[a]))
    return rating


def _below(pairs: Sequence[Pair]) -> dict[int, list[int]]:
    """The pairs in which an article is the better one."""
    below: dict[int, list[int]] = {}
    for k, pair in enumerate(pairs):
        below.setdefault(pair.better, []).append(k)
    return below


def _reach(pairs: Sequence[Pair], order: Sequence[int], ratings: Sequence[float]) -> tuple[list[float], list[float]]:
    """For each article the highest rating of it and those it is better than, and the lowest of it and those above."""
    known = [not np.isnan(rating) for rating in ratings]
    floor = [r if own else -np.inf for r, own in zip(ratings, known, strict=True)]
    ceiling = [r if own else np.inf for r, own in zip(ratings, known, strict=True)]
    below = _below(pairs)
    for a in order:
        floor[a] = max([floor[a], *(floor[pairs[k].worse] for k in below.get(a, ()))])
    for a in reversed(order):
        for k in below.get(a, ()):
            ceiling[pairs[k].worse] = min(ceiling[pairs[k].worse], ceiling[a])
    return floor, ceiling


def _from_worst(pairs: Sequence[Pair], articles: int) -> list[int]:
    """All articles, each behind those that it is better than (Kahn 1962)."""
    below, above = [0] * articles, [[] for _ in range(articles)]  # type: tuple[list[int], list[list[int]]]
    for pair in pairs:
        below[pair.better] += 1
        above[pair.worse].append(pair.better)
    order = [a for a in range(articles) if not below[a]]
    for a in order:
        for b in above[a]:
            below[b] -= 1
            if not below[b]:
                order.append(b)
    return order


def _components(pairs: Sequence[Pair], articles: int) -> list[int]:
    """For each article the number of its strongly connected component: articles in one circle share one."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    ones = np.ones(len(pairs))
    rows, columns = [pair.better for pair in pairs], [pair.worse for pair in pairs]
    graph = coo_matrix((ones, (rows, columns)), shape=(articles, articles))
    numbers: list[int] = connected_components(graph, directed=True, connection="strong")[1].tolist()
    return numbers
