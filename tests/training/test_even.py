"""Even-handedness: errors by group, the part of the side, and names that change places."""

import numpy as np
import pytest

from onrecord.features.document import Article
from onrecord.scoring.model import Scorecard, Steps
from onrecord.training.even import SMALLEST, examine, right_of, table
from onrecord.training.labels import Example
from onrecord.training.plot import plot_groups

CARD = Scorecard(50.0, {"tone.loaded": Steps((0.1,), (5.0, -5.0), 0.0, (), ())}, 8.0, 1.6, ())
TEXT = "The council met in May. Marta Quill, the mayor, said that the liberal party would win. " * 5


def example(k, leaning="left", genre="news", rating=50.0, named=2, text=TEXT, published="2016-05-01"):
    record = {"leaning": leaning, "genre": genre, "named_sources": named, "unnamed_sources": 0, "distinct_sources": 2}
    return Example(str(k), Article(text, published=published), rating, f"p{k}.org", record)


def rated(n=40, right=0.0):
    """As many articles of the left as of the right, which have more sources, and `right` points more for nothing."""
    rng = np.random.default_rng(0)
    found = []
    for k in range(2 * n):
        side, named = k % 2, int(rng.integers(0, 6)) + 3 * (k % 2)
        rating = 20 + 5 * named + right * side + float(rng.normal())
        found.append(example(k, ("left", "right")[side], ("news", "opinion")[k % 3 == 0], rating, named))
    return found


@pytest.mark.parametrize("right", [0.0, 4.0, -6.0])
def test_the_part_of_the_side_is_found_beside_that_of_sources(right):
    articles = rated(right=right)
    ratings = np.array([each.rating for each in articles])
    found = right_of(articles, ratings, np.arange(len(articles)))
    assert found.value == pytest.approx(right, abs=1)
    assert found.low <= right + 0.5 and found.high >= right - 0.5
    assert ratings[1::2].mean() - ratings[::2].mean() > right + 10, "without them it would not be"


def test_too_few_articles_of_either_side_tell_nothing():
    few = [example(k, "center") for k in range(30)]
    assert np.isnan(right_of(few, np.zeros(30), np.arange(30)).value)


def test_errors_are_given_by_group():
    articles = rated()
    ratings = np.array([each.rating for each in articles])
    predicted = ratings + np.where(np.arange(len(articles)) % 2, 3.0, -1.0)
    even = examine(articles, predicted, np.arange(len(articles)), CARD)
    errors = {(group.by, group.name): group.error.value for group in even.groups}
    assert errors["leaning of the outlet", "left"] == pytest.approx(-1)
    assert errors["leaning of the outlet", "right"] == pytest.approx(3)
    assert {"news", "opinion"} <= {name for by, name in errors if by == "genre"}
    assert ("length", "under 400 words") in errors and ("decade", "2010s") in errors
    assert all(f"| {group.name} | {group.articles} |" in table(even) for group in even.groups)


def test_small_groups_are_not_told_apart():
    articles = [*rated(), *(example(k, genre="poem") for k in range(1000, 1000 + SMALLEST - 1))]
    even = examine(articles, np.zeros(len(articles)), np.arange(len(articles)), CARD)
    assert "poem" not in {group.name for group in even.groups}


def test_names_that_change_places_move_a_score_only_where_the_model_minds_them():
    articles = [example(k, text=TEXT + " The Democrats, Obama said, are loud.") for k in range(SMALLEST)]
    assert examine(articles, np.zeros(SMALLEST), np.arange(SMALLEST), CARD).swap == (0.0, 0.0)


def test_groups_are_drawn_always_the_same(tmp_path):
    pytest.importorskip("matplotlib")
    even = examine(rated(), np.zeros(80), np.arange(80), CARD)
    for name in ("one.svg", "two.svg"):
        plot_groups(even, tmp_path / name)
    drawn = (tmp_path / "one.svg").read_text(encoding="utf-8")
    assert drawn == (tmp_path / "two.svg").read_text(encoding="utf-8")
    assert "leaning of the outlet: right (40)" in drawn
