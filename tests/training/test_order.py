"""Which articles to label next."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.scoring.model import Scorecard, Steps
from onrecord.training.order import FEW, PLAIN, UNCERTAIN, UNFAMILIAR, UNLIKE, Candidates, doubt, order, place


def candidates(places, doubts=None, unfamiliar=None, publishers=None):
    n = len(places)
    return Candidates(
        np.array(places, np.float32).reshape(n, -1 if n else 1),
        np.ones(n) if doubts is None else np.array(doubts, float),
        np.zeros(n) if unfamiliar is None else np.array(unfamiliar, float),
        [""] * n if publishers is None else publishers,
    )


def indices(choices):
    return [choice.index for choice in choices]


@pytest.mark.parametrize(
    ("given", "labelled", "chosen"),
    [
        (candidates([0, 1, 2], [1, 5, 2]), None, [1, 2, 0]),
        (candidates([0, 1, 9, 10]), None, [0, 3, 1]),
        (candidates([0, 1, 9, 10], [1, 1, 3, 1]), None, [2, 0, 1]),
        (candidates([0, 1, 9, 10]), [[10.0]], [0, 1, 2]),
        (candidates([0, 10, 20, 30], publishers=["a", "a", "a", "b"]), None, [0, 3, 1]),
    ],
    ids=["the most uncertain first", "the farthest next", "uncertain and far", "far from labelled ones", "publishers"],
)
def test_the_order(given, labelled, chosen):
    near = None if labelled is None else np.array(labelled, np.float32)
    assert indices(order(given, 3, near)) == chosen


def test_at_most_a_few_of_one_publisher_while_there_are_others():
    given = candidates(np.arange(60), [9] * 20 + [1] * 40, publishers=["big"] * 20 + [f"p{k}" for k in range(20)] * 2)
    names = [given.publishers[k] for k in indices(order(given, 30))]
    assert names.count("big") == 3 and max(map(names.count, names)) <= 3
    alone = candidates(np.arange(20), publishers=["big"] * 20)
    assert len(order(alone, 10)) == 10
    assert [alone.publishers[k] for k in indices(order(alone, 10))] == ["big"] * 10


def test_articles_without_a_publisher_are_not_of_one():
    assert len(indices(order(candidates(np.arange(20)), 10))) == 10 > FEW


def test_why_is_said_in_words():
    given = candidates([0, 0.1, 50, 0.2], [5, 1, 1, 1], [0, 0.3, 0, 0])
    assert [choice.why for choice in order(given, 4)] == [UNCERTAIN, UNLIKE, UNLIKE, f"{UNFAMILIAR}, {UNLIKE}"]
    assert [choice.why for choice in order(candidates([5, 5, 5]), 1)] == [PLAIN]


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(-50, 50, width=32), st.floats(0, 20), st.floats(0, 1), st.sampled_from(["", "a", "b"])),
        max_size=25,
    ),
    st.integers(1, 30),
)
def test_every_article_is_chosen_at_most_once(rows, count):
    columns = zip(*rows, strict=True) if rows else ([], [], [], [])
    places, doubts, unfamiliar, publishers = (list(column) for column in columns)
    chosen = order(candidates(places, doubts, unfamiliar, publishers), count)
    assert len(chosen) == len(set(indices(chosen))) == min(count, len(rows))
    assert all(choice.why for choice in chosen)


STEPS = Steps((1.0, 2.0), (-4.0, 0.0, 6.0), 0.0, ((-4.0, 0.0, 6.0, 0.0), (-2.0, 0.0, 8.0, 0.0)), (0.0, 3.0))
CARD = Scorecard(50.0, {"tone.loaded": STEPS}, 8.0, 1.6, (), usual=math.log(101) / 2)


@pytest.mark.parametrize(("value", "where"), [(0.5, 10 / 6), (1.5, 5.0), (7.0, 50 / 6), (math.nan, 5.0)])
def test_an_article_stands_at_its_rank_times_what_the_feature_weighs(value, where):
    assert place(CARD, {"tone.loaded": value}) == pytest.approx([where])


def test_doubt_is_the_spread_and_more_outside_what_the_model_saw():
    assert doubt(CARD, {"tone.loaded": 1.5}) == 0
    assert doubt(CARD, {"tone.loaded": 2.5}) == pytest.approx(math.sqrt(2))
    assert doubt(CARD, {"tone.loaded": 9.0}) == pytest.approx(2 * math.sqrt(2))
