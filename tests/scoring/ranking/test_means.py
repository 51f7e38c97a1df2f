"""What a corpus says of each publisher."""

import math

import numpy as np
import pytest
from scipy import stats

from onrecord.scoring.ranking.means import FEW, PRIOR, by_publisher

from .conftest import row


@pytest.fixture
def means(connection, store):
    """The rows of by_publisher for (publisher, score) pairs, by publisher, in their order."""

    def found(scores, pairs=()):
        store([row(i, publisher, score) for i, (publisher, score) in enumerate(scores)], pairs)
        made = by_publisher(connection, "articles", "duplicates")
        return {each[0]: dict(zip(made.columns, each, strict=True)) for each in made.fetchall()}

    return found


def test_a_mean_is_the_plain_mean_and_abstentions_are_counted_apart(means):
    found = means([("roepost.com", 40), ("roepost.com", 60), ("roepost.com", None), ("other.org", 10)])
    roe = found["roepost.com"]
    assert (roe["articles"], roe["texts"], roe["scored"], roe["mean"]) == (3, 3, 2, 50)
    assert roe["abstained"] == pytest.approx(1 / 3, abs=1e-6)
    assert (found["other.org"]["mean"], found["other.org"]["abstained"]) == (10, 0)


def test_the_interval_is_students_with_a_variance_drawn_to_that_of_all(means):
    one, other = [30, 50, 70, 40, 60], [20, 22, 24]
    found = means([("one.com", score) for score in one] + [("other.com", score) for score in other])
    squares = {name: np.var(scores, ddof=1) * (len(scores) - 1) for name, scores in (("one", one), ("other", other))}
    pooled = sum(squares.values()) / (len(one) + len(other) - 2)
    freedom = PRIOR + len(other) - 1
    half = stats.t.ppf(0.975, freedom) * math.sqrt((PRIOR * pooled + squares["other"]) / freedom / len(other))
    assert found["other.com"]["low"] == pytest.approx(22 - half, abs=1e-3)
    assert found["other.com"]["high"] == pytest.approx(22 + half, abs=1e-3)


def test_one_article_has_an_interval_and_it_is_wider_than_that_of_many(means):
    found = means([("many.com", 40 + i % 20) for i in range(300)] + [("one.com", 50)])
    width = {name: each["high"] - each["low"] for name, each in found.items()}
    assert width["one.com"] > 20 > 5 > width["many.com"] > 0


def test_equal_scores_do_not_give_an_interval_of_no_width(means):
    found = means([("equal.com", 50), ("equal.com", 50), ("many.com", 20), ("many.com", 80)])
    assert found["equal.com"]["high"] - found["equal.com"]["low"] > 5


def test_an_interval_stays_on_the_scale(means):
    found = means([("low.com", 1), ("high.com", 99), ("many.com", 10), ("many.com", 90)])
    assert (found["low.com"]["low"], found["high.com"]["high"]) == (0, 100)


def test_where_no_publisher_has_two_scores_there_is_no_interval(means):
    found = means([("one.com", 40), ("other.com", 60), ("none.com", None)])
    assert [(each["mean"], each["low"], each["high"]) for each in found.values()] == [
        (60, None, None),
        (40, None, None),
        (None, None, None),
    ]


def test_the_best_come_first_then_those_with_few_scores_then_the_unknown(means):
    many = [(name, score) for name, score in (("b.com", 50), ("a.com", 70)) for _ in range(FEW)]
    found = means([("", 99)] * FEW + [("few.com", 95), ("none.com", None), *many])
    assert list(found) == ["a.com", "b.com", "few.com", "none.com", ""]
    assert [each["few"] for each in found.values()] == [False, False, True, True, False]


def test_copies_count_once_for_a_publisher_with_their_mean_score(means):
    scores = [("roepost.com", 80), ("roepost.com", 60), ("roepost.com", 20), ("other.org", 70), ("other.org", 30)]
    found = means(scores, [(1, 0), (3, 0)])
    roe, other = found["roepost.com"], found["other.org"]
    assert (roe["articles"], roe["texts"], roe["scored"], roe["mean"]) == (3, 2, 2, 45)
    assert (other["articles"], other["texts"], other["mean"]) == (2, 2, 50)
    assert (roe["syndicated"], other["syndicated"]) == (1, 1)


def test_fifty_copies_of_one_report_weigh_as_one(means):
    found = means([("wire.com", 90)] * 50 + [("wire.com", 10)], [(i, 0) for i in range(1, 50)])
    assert found["wire.com"]["mean"] == 50
    assert (found["wire.com"]["articles"], found["wire.com"]["texts"], found["wire.com"]["syndicated"]) == (51, 2, 0)


def test_what_an_unknown_publisher_printed_is_not_syndicated(means):
    assert means([("roepost.com", 50), ("", 50)], [(1, 0)])["roepost.com"]["syndicated"] == 0


def test_a_mean_depends_on_the_copies_of_a_publisher_and_not_on_which_is_the_original(means):
    scores = [("a.com", 80), ("a.com", 60), ("b.com", 20)]
    assert means(scores, [(1, 0), (2, 0)]) == means(scores, [(0, 2), (1, 2)])


def test_no_articles_no_publishers(means):
    assert means([]) == {}
