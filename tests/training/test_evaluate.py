"""Figures: against cases worked by hand, and never a warning."""

import math

import numpy as np
import pytest
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.scoring.model import locate
from onrecord.training.evaluate import NORMAL_FACTOR, Figure, auc, cross_validate, evaluate, interval_of, spearman
from onrecord.training.matrix import MATRIX_FILE, load

pytestmark = pytest.mark.filterwarnings("error")


@pytest.mark.parametrize(
    ("a", "b", "rho"),
    [
        ([1, 2, 3, 4], [1, 2, 3, 4], 1.0),
        ([1, 2, 3, 4], [40, 30, 20, 10], -1.0),
        ([1, 2, 3], [1, 10, 9], 0.5),
        ([1, 2, 2, 3], [1, 2, 3, 4], 4.5 / math.sqrt(4.5 * 5)),
        ([1, 2], [1, 2], math.nan),
        ([1, 1, 1], [1, 2, 3], math.nan),
        ([1, 2, 3], [5, 5, 5], math.nan),
    ],
)
def test_spearman(a, b, rho):
    assert spearman(np.array(a, float), np.array(b, float)) == pytest.approx(rho, nan_ok=True)


numbers = st.integers(0, 8).map(float)


@settings(deadline=None)
@given(pairs=st.lists(st.tuples(numbers, numbers), min_size=3, max_size=40))
def test_spearman_is_scipys(pairs):
    a, b = np.array(pairs).T
    if np.ptp(a) and np.ptp(b):
        assert spearman(a, b) == pytest.approx(scipy.stats.spearmanr(a, b).statistic)


@settings(deadline=None)
@given(score=st.lists(numbers, min_size=2, max_size=30), data=st.data())
def test_auc_is_the_share_of_pairs_in_order(score, data):
    label = np.array(data.draw(st.lists(st.booleans(), min_size=len(score), max_size=len(score))))
    score = np.array(score)
    pairs = [(p > n) + (p == n) / 2 for p in score[label] for n in score[~label]]
    assert auc(score, label) == pytest.approx(np.mean(pairs) if pairs else math.nan, nan_ok=True)


def test_a_comparison_worked_by_hand():
    score = np.array([10.0, 20.0, 30.0, 60.0, 80.0])
    rating = np.array([12.0, 16.0, 40.0, 60.0, 90.0])
    found = evaluate(score, score - 5, score + 5, rating, 3)
    assert (found.articles, found.publishers) == (5, 3)
    assert found.spearman.value == pytest.approx(1.0)
    assert found.mean_absolute_error.value == pytest.approx((2 + 4 + 10 + 0 + 10) / 5)
    assert found.coverage.value == 0.6
    assert found.reliability == tuple((s, r, 1) for s, r in zip(score.tolist(), rating.tolist(), strict=True))
    assert found.auc.value == 1.0
    for figure in (found.spearman, found.mean_absolute_error, found.coverage):
        assert figure.low <= figure.value + 1e-9 and figure.value <= figure.high + 1e-9


@pytest.mark.parametrize(
    ("score", "rating"),
    [([50.0], [50.0]), ([50.0, 60.0], [10.0, 90.0]), ([50.0] * 4, [1.0, 2.0, 3.0, 4.0]), ([1.0, 2.0, 3.0], [50.0] * 3)],
    ids=["one", "two", "constant scores", "constant ratings"],
)
def test_too_little_to_tell_is_said_without_a_warning(score, rating):
    s = np.array(score)
    found = evaluate(s, s - 1, s + 1, np.array(rating), 1)
    assert math.isnan(found.spearman.value)
    assert str(found.spearman) == "cannot be told"
    assert math.isfinite(found.mean_absolute_error.value)
    assert sum(count for *_, count in found.reliability) == len(score)


def test_a_figure_is_read_with_its_interval():
    assert str(Figure(0.8214, 0.8, 0.8391)) == "0.821 (0.800 to 0.839)"


def test_an_interval_covers_nine_of_ten_errors():
    rng = np.random.default_rng(0)
    target = rng.uniform(20, 80, 5000)
    total, spread = target + rng.normal(0, 9, 5000), np.full(5000, 2.0)
    residual, factor = interval_of(total, spread, target)
    assert residual == pytest.approx(9, abs=0.3)
    assert np.mean(np.abs(total - target) <= factor * np.hypot(residual, spread)) == pytest.approx(0.9, abs=0.02)


@pytest.mark.parametrize("count", [2, 39, 40, 400])
def test_an_interval_without_errors_has_no_width_and_no_warning(count):
    same = np.full(count, 50.0)
    assert interval_of(same, same * 0, same) == (0.0, NORMAL_FACTOR)


def test_few_errors_are_not_trusted_with_their_own_factor():
    total = np.full(10, 50.0)
    assert interval_of(total, total * 0, total + np.arange(10))[1] == NORMAL_FACTOR


def test_cross_validation_learns_nothing_from_a_publishers_own_articles():
    matrix = load(locate("default").parent / MATRIX_FILE)
    names, sizes = np.unique(matrix.publishers, return_counts=True)
    mine = np.flatnonzero(matrix.publishers == names[sizes.argmax()])
    before = cross_validate(matrix, members=1).total[mine]
    matrix.target[mine] = 100 - matrix.target[mine]
    assert np.array_equal(cross_validate(matrix, members=1).total[mine], before)


class Oracle:
    """A feature that is the rating itself for what is learnt from, and nothing for the rest: as if it had learnt."""

    features = ("tone.loaded",)

    def __init__(self, target):
        self.target, self.asked = target, []

    def values(self, learn):
        self.asked.append(learn)
        found = np.full((len(self.target), 1), np.nan)
        found[learn, 0] = self.target[learn]
        return found


def test_what_is_learnt_from_ratings_is_learnt_anew_for_each_fold():
    """A fifth's ratings have no part in the features by which it is judged, even if they would tell everything."""
    matrix = load(locate("default").parent / MATRIX_FILE)
    oracle = Oracle(matrix.target)
    out = cross_validate(matrix, oracle, members=1)
    tested = [np.setdiff1d(np.arange(len(matrix.target)), learn) for learn in oracle.asked]
    assert sorted(np.concatenate(tested).tolist()) == list(range(len(matrix.target)))
    for test, learn in zip(tested, oracle.asked, strict=True):
        assert not set(matrix.publishers[test].tolist()) & set(matrix.publishers[learn].tolist())
    assert spearman(out.total, matrix.target) < 0.95, "it was not told"
