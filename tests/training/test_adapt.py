"""Joining labels of another standard with what ships: the line between two scales, and whose rows give way."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import LabelError
from onrecord.scoring.model import Scorecard
from onrecord.training import adapt as adapting
from onrecord.training.adapt import (
    MAX_LABEL_WEIGHT,
    SHARE,
    STRETCH,
    adapt,
    cross_validate,
    interval,
    join,
    line,
    without,
)
from onrecord.training.evaluate import MIN_ERRORS
from onrecord.training.fit import fit
from onrecord.training.matrix import Matrix

pytestmark = pytest.mark.filterwarnings("error")
BASE = Scorecard(50.0, {}, 8.0, 1.7, ())


def matrix(target, publishers=None, fingerprints=None):
    """Articles in one feature, of which nothing but their ratings, publishers and texts matters."""
    n = len(target)
    return Matrix(
        features=("tone.loaded",),
        edges=(np.array([1.0]),),
        quantiles=(np.linspace(0, 2, 101),),
        bins=(np.arange(n) % 2).astype(np.uint8)[:, None],
        target=np.array(target, float),
        publishers=np.arange(n) if publishers is None else np.array(publishers),
        weights=np.ones(n),
        fingerprints=None if fingerprints is None else np.array(fingerprints, np.uint64),
    )


SCORES = np.linspace(20, 80, 60)
MANY = np.arange(60)


@pytest.mark.parametrize(
    ("rating", "shift", "slope"),
    [
        (SCORES, 0.0, 1.0),
        (SCORES - 15, -15.0, 1.0),
        (50 + 0.5 * (SCORES - 50), 0.0, 0.55),
        (100 - SCORES, 0.0, STRETCH[0]),
    ],
    ids=["the same standard", "a stricter one", "one that keeps to the middle", "a contrary one"],
)
def test_the_line_between_two_standards(rating, shift, slope):
    found = line(SCORES, rating, MANY, 300.0)
    assert (found.shift, found.slope) == pytest.approx((shift, slope), abs=0.06)
    assert found.at(np.array([0.0, 100.0])).tolist() == sorted(found.at(np.array([0.0, 100.0])))


def test_a_height_that_hangs_on_one_publisher_is_not_believed():
    """Every second article is rated higher: by chance, as it were, or because one of two publishers is."""
    rating = SCORES + 20 * (MANY % 2)
    by_many, by_two = (line(SCORES, rating, who, 300.0).shift for who in (MANY, MANY % 2))
    assert 9 < by_many <= 10 and by_two < 0.7 * by_many


@settings(deadline=None)
@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0, 100), st.integers(0, 3)), min_size=1, max_size=20))
def test_a_line_never_falls_and_never_leaves_the_scale(rows):
    score, rating, publishers = (np.array(column) for column in zip(*rows, strict=True))
    found = line(score, rating, publishers, 300.0)
    moved = found.at(np.linspace(0, 100, 11))
    assert (np.diff(moved) >= 0).all() and moved.min() >= 0 and moved.max() <= 100
    assert abs(found.shift) <= abs((rating - score).mean()) + 1e-9


@pytest.mark.parametrize(("labels", "weight"), [(5, MAX_LABEL_WEIGHT), (50, SHARE * 1000 / 50), (5000, 1.0)])
def test_new_labels_have_a_share_of_the_weight_within_limits(labels, weight):
    joined = join(matrix([50] * 1000), matrix([50] * labels), np.full(labels, 50.0))
    assert joined.weights[:1000].tolist() == [1] * 1000
    assert set(joined.weights[1000:].tolist()) == {weight}


def test_what_ships_is_put_on_the_scale_of_the_new_labels():
    joined = join(matrix([40, 60] * 20), matrix(SCORES - 15), SCORES)
    assert joined.target[:2] == pytest.approx([25, 45], abs=0.1)
    assert joined.target[40:].tolist() == (SCORES - 15).tolist()


def test_a_text_that_is_labelled_anew_gives_way():
    old = matrix([10, 20, 30, 40], [0, 0, 1, 2], [11, 12, 13, 0])
    new = matrix([90, 80, 70], [0, 0, 1], [12, 99, 98])
    kept, numbered = without(old, new)
    assert kept.target.tolist() == [10, 30, 40] and kept.fingerprints.tolist() == [11, 13, 0]
    # The first two are of a publisher that the old matrix knows: by the text that both have.
    assert numbered.publishers[0] == numbered.publishers[1] == 0
    assert numbered.publishers[2] not in old.publishers


def test_without_fingerprints_nothing_gives_way():
    old, new = matrix([10, 20]), matrix([30, 40], fingerprints=[7, 8])
    kept, numbered = without(old, new)
    assert kept.target.tolist() == [10, 20] and not set(numbered.publishers.tolist()) & {0, 1}
    assert join(kept, numbered, np.array([30.0, 40.0])).fingerprints.tolist() == [0, 0, 7, 8]


@pytest.fixture
def spied(monkeypatch):
    """What every fold is fitted to."""
    seen = []

    def small(given):
        seen.append(given)
        return fit(given, members=1)

    monkeypatch.setattr(adapting, "fit", small)
    return seen


def test_no_fold_sees_a_publishers_articles_or_ratings(spied):
    old, new = matrix([50] * 40, [0] * 20 + list(range(1, 21))), matrix([60] * 12, [0] * 4 + [30] * 4 + [31] * 4)
    out = cross_validate(old, new, np.full(12, 50.0), BASE)
    assert out.total.shape == out.half.shape == (12,)
    assert len(spied) == 3
    # Each of the new publishers is missing once; the one that also has shipped articles, with those.
    missing = [{0, 30, 31} - set(fold.publishers.tolist()) for fold in spied]
    assert sorted(map(sorted, missing)) == [[0], [30], [31]]
    assert sorted(len(fold.target) for fold in spied) == [20 + 8, 48, 48]


def test_one_publisher_is_predicted_by_what_ships(spied):
    old, new = matrix([50] * 40), matrix([90] * 4, [77] * 4)
    out = cross_validate(old, new, np.full(4, 50.0), BASE)
    assert out.total == pytest.approx([50] * 4) and out.half == pytest.approx([1.7 * 8] * 4)


def test_labels_of_all_that_ships_stand_alone(spied):
    old = matrix([50, 60, 70, 80] * 10, list(range(4)) * 10, range(1, 41))
    joined, _, card = adapt(old, replace(old, target=old.target - 30), BASE)
    assert joined.target.tolist() == (old.target - 30).tolist() and joined.weights.tolist() == [1] * 40
    assert len(card.reference) == 101 and card.residual > 0


def test_one_publisher_in_all_is_an_error():
    one = matrix([50, 60], [3, 3], [1, 2])
    with pytest.raises(LabelError, match="of one publisher"):
        adapt(one, one, BASE)


def test_few_errors_do_not_make_the_interval_narrower():
    few, many = np.zeros(MIN_ERRORS - 1), np.zeros(MIN_ERRORS)
    assert interval(few, few, few + 1, BASE)[0] == BASE.residual
    assert interval(many, many, many + 1, BASE)[0] == 1
    assert interval(few, few, few + 20, BASE)[0] == 20
    assert interval(few[:0], few[:0], few[:0], BASE) == (BASE.residual, BASE.factor)


def test_a_text_that_ships_keeps_its_bins():
    """What was learnt from its rating, such as the weights of words, must not judge it anew."""
    old, new = matrix([10, 90, 50], fingerprints=[7, 8, 9]), matrix([20, 30], fingerprints=[8, 6])
    assert old.bins[:, 0].tolist() == [0, 1, 0] and new.bins[:, 0].tolist() == [0, 1]
    assert without(old, new)[1].bins[:, 0].tolist() == [1, 1]
