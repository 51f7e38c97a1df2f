"""Pairs: the ratings that satisfy them, and which of them cannot be satisfied."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.training.pairs import FIRM, MARGIN, Pair, in_order, settle, wrong_pairs

NAN = math.nan


def pairs(*couples):
    return [Pair(better, worse, f"row {k}") for k, (better, worse) in enumerate(couples, start=1)]


@pytest.mark.parametrize(
    ("start", "own", "couples", "found"),
    [
        ([50, 50], [], [], [50, 50]),
        ([50, 50], [], [(0, 1)], [60, 40]),
        ([70, 50], [], [(0, 1)], [70, 50]),
        ([40, 60], [], [(0, 1)], [60, 40]),
        ([50, 50, 50], [], [(0, 1), (1, 2)], [70, 50, 30]),
        ([50, 50, 50], [], [(0, 1), (0, 2)], [50 + 40 / 3, 50 - 20 / 3, 50 - 20 / 3]),
        ([0, 0], [], [(0, 1)], [20, 0]),
        ([98, 100], [], [(0, 1)], [100, 80]),
        ([50, 50, 30], [], [(0, 1)], [60, 40, 30]),
        ([60, 58], [0, 1], [(0, 1)], [60, 58]),
        ([60, 60], [0, 1], [(0, 1)], [70, 50]),
        ([60, 60], [0], [(0, 1)], [60 + 20 / (FIRM + 1), 60 - 20 * FIRM / (FIRM + 1)]),
    ],
    ids=[
        "no pairs",
        "alike",
        "apart already",
        "the wrong way round",
        "a chain",
        "one above two",
        "at the bottom",
        "at the top",
        "one that no pair names",
        "two ratings in order stay",
        "two equal ratings part",
        "a rating hardly moves",
    ],
)
def test_ratings_move_as_little_as_will_do(start, own, couples, found):
    firm = [k in own for k in range(len(start))]
    assert settle(start, firm, pairs(*couples)) == pytest.approx(found, abs=1e-4)


def test_a_chain_too_long_for_the_scale_has_smaller_steps():
    found = settle([50.0] * 26, [False] * 26, pairs(*((k + 1, k) for k in range(25))))
    assert found == pytest.approx([4.0 * k for k in range(26)], abs=1e-3)


@st.composite
def consistent(draw):
    """Articles, some with ratings, and pairs that follow a hidden order, which the ratings follow too."""
    n = draw(st.integers(2, 12))
    hidden = draw(st.permutations(range(n)))
    ranks = sorted(draw(st.lists(st.floats(0, 100), min_size=n, max_size=n)))
    own = draw(st.lists(st.booleans(), min_size=n, max_size=n))
    start = [ranks[hidden[k]] if own[k] else draw(st.floats(0, 100)) for k in range(n)]
    drawn = draw(st.sets(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=25))
    return start, own, pairs(*sorted((a, b) for a, b in drawn if hidden[a] > hidden[b]))


@settings(deadline=None, max_examples=200)
@given(consistent())
def test_every_consistent_set_of_pairs_is_satisfied(case):
    start, own, drawn = case
    assert wrong_pairs(drawn, [s if known else NAN for s, known in zip(start, own, strict=True)]) == {}
    found = settle(start, own, drawn)
    assert all(0 <= rating <= 100 for rating in found)
    longest = len(start) - 1
    for pair in drawn:
        gap, given_gap = found[pair.better] - found[pair.worse], start[pair.better] - start[pair.worse]
        both = own[pair.better] and own[pair.worse] and given_gap > 0
        assert gap >= min(MARGIN, 100 / longest, *([given_gap] if both else [])) - 1e-6
    untouched = set(range(len(start))) - {k for pair in drawn for k in (pair.better, pair.worse)}
    assert all(found[k] == start[k] for k in untouched)


@settings(deadline=None, max_examples=100)
@given(consistent(), st.randoms())
def test_nothing_else_that_satisfies_them_is_nearer(case, random):
    """Any other ratings that keep the same gaps are farther from the start, in the same measure."""
    start, own, drawn = case
    found = np.array(settle(start, own, drawn))
    weight = np.where(own, FIRM, 1.0)
    gaps = [found[p.better] - found[p.worse] for p in drawn]
    for _ in range(5):
        step = np.array([random.uniform(-3, 3) for _ in start])
        other = np.clip(found + step, 0, 100)
        if all(other[p.better] - other[p.worse] >= min(gap, MARGIN) for p, gap in zip(drawn, gaps, strict=True)):
            near, far = (float((weight * (x - np.array(start)) ** 2).sum()) for x in (found, other))
            assert near <= far + 1e-2


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=25),
    st.lists(st.one_of(st.just(NAN), st.floats(0, 100)), min_size=8, max_size=8),
)
def test_without_the_wrong_ones_the_rest_can_be_satisfied(couples, ratings):
    drawn = pairs(*couples)
    wrong = wrong_pairs(drawn, ratings)
    sound = [pair for k, pair in enumerate(drawn) if k not in wrong]
    assert wrong_pairs(sound, ratings) == {}
    firm = [not math.isnan(rating) for rating in ratings]
    found = settle([r if own else 50.0 for r, own in zip(ratings, firm, strict=True)], firm, sound)
    assert all(found[pair.better] >= found[pair.worse] for pair in sound)


@pytest.mark.parametrize(
    ("couples", "ratings", "wrong"),
    [
        ([(0, 1), (1, 2), (0, 2)], [NAN] * 3, {}),
        ([(0, 0)], [NAN], {0: "better than itself"}),
        ([(0, 1), (0, 1)], [NAN] * 2, {1: "repeats row 1"}),
        ([(0, 1), (1, 0)], [NAN] * 2, {0: "contradicts row 2", 1: "contradicts row 1"}),
        ([(0, 1), (1, 2), (2, 0), (3, 0)], [NAN] * 4, {0: "circle", 1: "circle", 2: "circle"}),
        ([(0, 1)], [80, 40], {}),
        ([(0, 1)], [60, 60], {}),
        ([(0, 1)], [40, 80], {0: "what it puts first has 40 or less, the other 80 or more"}),
        ([(0, 1), (1, 2)], [40, NAN, 80], {0: "has 40 or less", 1: "the other 80 or more"}),
        ([(0, 1), (1, 2)], [80, NAN, 40], {}),
    ],
)
def test_what_is_wrong_with_a_pair(couples, ratings, wrong):
    found = wrong_pairs(pairs(*couples), ratings)
    assert found.keys() == wrong.keys()
    for k, words in wrong.items():
        assert words in found[k]


def test_the_share_of_pairs_in_order():
    assert in_order([3, 2, 2], pairs((0, 1), (1, 0), (1, 2))) == [1, 0, 0.5]


def test_a_very_long_chain_is_no_problem():
    n = 20_000
    chain = pairs(*((k + 1, k) for k in range(n - 1)))
    assert wrong_pairs(chain, [NAN] * n) == {}
    found = settle([50.0] * n, [False] * n, chain)
    assert (np.diff(found) > 0).all() and found[0] >= 0 and found[-1] <= 100
