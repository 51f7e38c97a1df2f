"""Fitting: the tables say exactly what the boosted trees say, and keep to the policy."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from onrecord.scoring.model import locate
from onrecord.training import fit as fitting
from onrecord.training.fit import fit, predict
from onrecord.training.matrix import MATRIX_FILE, MISSING, load
from onrecord.training.policy import direction

MATRIX = load(Path(locate("default")).parent / MATRIX_FILE)


def as_boosting_sees_it(matrix):
    x = matrix.bins.astype(float)
    x[matrix.bins == MISSING] = np.nan
    x[:, np.isnan(x).all(axis=0)] = 0.0
    return x


def test_tables_give_the_predictions_of_the_boosting_model(monkeypatch):
    seen = []
    probe = fitting._probe
    monkeypatch.setattr(fitting, "_probe", lambda answer, matrix: seen.append(answer) or probe(answer, matrix))
    card = fit(MATRIX, members=1)
    total, spread = predict(card, MATRIX)
    # Points are rounded to five digits.
    assert np.abs(total - seen[0](as_boosting_sees_it(MATRIX))).max() < 1e-5 * (len(card.steps) + 1)
    assert not spread.any()


@pytest.fixture(scope="module")
def card():
    return fit(MATRIX, members=3)


def test_prediction_by_matrix_is_scoring_by_values(card):
    """The middle of each bin, looked up by value as an article is, gives what the matrix gives."""
    totals, spreads = predict(card, MATRIX)
    for i in range(0, len(totals), 97):
        values = {}
        for j, name in enumerate(MATRIX.features):
            edges, k = MATRIX.edges[j], MATRIX.bins[i, j]
            values[name] = np.nan if k == MISSING else edges[k - 1] if k else (edges[0] - 1 if len(edges) else 0.0)
        assert card.total(values) == pytest.approx(totals[i], abs=1e-9)
        assert card.spread(values) == pytest.approx(spreads[i], abs=1e-9)


def test_the_baseline_is_the_average_article(card):
    assert predict(card, MATRIX)[0].mean() == pytest.approx(card.baseline, abs=0.01)
    assert card.baseline == pytest.approx(MATRIX.target.mean(), abs=3)


def test_points_are_the_mean_of_the_members(card):
    for steps in card.steps.values():
        mean = np.mean(steps.members, axis=0)
        assert np.allclose(mean, [*steps.points, steps.missing], atol=1e-5)


def test_the_policy_holds_whatever_the_labels_say():
    upside_down = replace(MATRIX, target=100 - MATRIX.target)
    for name, steps in fit(upside_down, members=1).steps.items():
        slope = np.diff(steps.points) * direction(name)
        assert (slope >= 0).all(), name


def test_the_labels_decide_where_the_policy_is_silent():
    plain, turned = (fit(replace(MATRIX, target=t), members=1) for t in (MATRIX.target, 100 - MATRIX.target))
    free = [n for n, s in plain.steps.items() if not direction(n) and np.ptp(s.points) > 1]
    assert free
    for name in free:
        assert np.corrcoef(plain.steps[name].points, turned.steps[name].points)[0, 1] < 0, name


def test_fitting_twice_gives_the_same(card):
    assert fit(MATRIX, members=3) == card
    assert fit(MATRIX, members=3, seed=1) != card


def test_weight_pulls():
    low, high = MATRIX.target < 30, MATRIX.target > 70
    heavy_low, heavy_high = (fit(replace(MATRIX, weights=np.where(w, 20.0, 1.0)), members=1) for w in (low, high))
    assert predict(heavy_low, MATRIX)[0].mean() < predict(heavy_high, MATRIX)[0].mean() - 5


@pytest.mark.parametrize("count", [1, 2, 30])
def test_few_articles_give_a_model_that_says_little(count):
    few = fit(MATRIX.rows(np.arange(count)), members=2)
    total, spread = predict(few, MATRIX)
    assert np.isfinite(total).all() and np.isfinite(spread).all()
    assert np.ptp(total) < np.ptp(MATRIX.target)


def test_a_feature_that_was_never_measured_is_left_out():
    bins = MATRIX.bins.copy()
    bins[:, 0] = MISSING
    assert MATRIX.features[0] not in fit(replace(MATRIX, bins=bins), members=1).steps
