"""Splits: a publisher, and a text that two outlets printed, stay on one side."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.training.splits import folds, groups


def story(seed, words=300):
    rng = np.random.default_rng(seed)
    return " ".join(f"w{k}" for k in rng.integers(0, 5000, words))


WIRE = story(0)


@settings(deadline=None)
@given(
    publishers=st.lists(st.integers(0, 12), min_size=1, max_size=80), count=st.integers(2, 6), seed=st.integers(0, 3)
)
def test_a_publisher_is_never_on_two_sides_and_every_article_is_tested_once(publishers, count, seed):
    numbers = np.array(publishers)
    tested = []
    for train, test in folds(numbers, count, seed):
        assert not set(numbers[train]) & set(numbers[test])
        assert sorted([*train, *test]) == list(range(len(numbers)))
        tested += test.tolist()
    assert sorted(tested) == list(range(len(numbers)))


def test_folds_are_about_equally_large_and_always_the_same():
    publishers = np.repeat(np.arange(100), np.random.default_rng(0).integers(1, 20, 100))
    first, again = list(folds(publishers, 5)), list(folds(publishers, 5))
    sizes = [len(test) for _, test in first]
    assert max(sizes) - min(sizes) <= 3
    assert all(np.array_equal(a, b) for x, y in zip(first, again, strict=True) for a, b in zip(x, y, strict=True))


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        (WIRE, WIRE, True),
        (WIRE, WIRE.upper(), True),
        (WIRE, WIRE.replace(" ", "\n"), True),
        (WIRE, f"{story(1, 40)} {WIRE} {story(2, 40)}", True),
        (WIRE, " ".join(WIRE.split()[:150]), True),
        (WIRE, " ".join(w if k % 60 else "cut" for k, w in enumerate(WIRE.split())), True),
        (story(3, 55), story(3, 55), True),
        (story(3, 12), story(3, 12) + " end", False),
        (WIRE, story(1), False),
        (f"{WIRE} {story(9, 20)}", f"{story(1)} {story(9, 20)}", False),
        ("", "", False),
        ("same few words", "same few words", False),
    ],
    ids=["same", "capitals", "layout", "framed", "first half", "edited", "short", "too short to tell", "others",
         "a line in common", "empty", "few words"],
)  # fmt: skip
def test_near_duplicates_join_their_publishers(one, other, together):
    a, b, _ = groups(["a.example", "b.example", "c.example"], [one, other, story(7)])
    assert (a == b) is np.bool_(together)


def test_groups_are_joined_through_others_and_with_all_their_articles():
    texts = [WIRE, story(1), story(1), story(2), story(2), story(3), story(4)]
    found = groups(["a", "b", "c", "c", "d", "a", "e"], texts)
    assert found.tolist() == [found[0], found[1], found[1], found[1], found[1], found[0], found[6]]
    assert len(set(found.tolist())) == 3


def test_ten_thousand_articles_are_grouped_in_seconds():
    texts = [f"{story(k % 700, 60)} {k}" for k in range(10_000)]
    assert len(set(groups([str(k % 700) for k in range(10_000)], texts).tolist())) == 700
