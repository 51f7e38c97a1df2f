"""The model that ships treats left and right alike, on real articles.

They are not part of the project: without them these tests are skipped, or fail if ONRECORD_REQUIRE names "shared".
"""

import os
from pathlib import Path

import numpy as np
import pytest

from onrecord.scoring.model import load_model
from onrecord.scoring.score import score_article
from onrecord.training.answers import load_answers
from onrecord.training.even import right_of
from onrecord.training.fingerprints import fingerprint
from onrecord.training.labels import read_labels
from onrecord.training.swaps import swapped

RATINGS = Path(__file__).parents[2] / "shared" / "data" / "rubric_ratings.jsonl"
REQUIRED = "shared" in os.environ.get("ONRECORD_REQUIRE", "")

pytestmark = pytest.mark.skipif(not RATINGS.exists() and not REQUIRED, reason="needs the folder ../shared")


@pytest.fixture(scope="module")
def rated():
    return read_labels(RATINGS)


def test_an_outlet_of_the_right_moves_a_score_as_little_as_one_of_the_left(rated):
    """Scores by models that saw nothing of the publisher, at equal counts of sources, length and genre."""
    answers = load_answers("default")
    known = [example for example in rated if fingerprint(example.article.text) in answers]
    scores = np.array([answers[fingerprint(example.article.text)][0] for example in known])
    outlets = np.unique([example.publisher for example in known], return_inverse=True)[1]
    assert len(known) > 1000
    assert abs(right_of(known, scores, outlets).value) <= 2.5
    ratings = np.array([example.rating for example in known])
    assert right_of(known, ratings, outlets).value < -2.5, "the readers themselves do not"


@pytest.mark.parametrize("every", [pytest.param(4, marks=pytest.mark.slow), 20])
def test_names_of_camps_and_politicians_may_change_places(rated, every):
    """Some of the articles, those with the most words to exchange among them."""
    model = load_model()
    changed = [(e.article, swapped(e.article)) for e in rated[::every]]
    assert sum(one != other for one, other in changed) > 400 / every
    moved = [[score_article(article, model).score.value for article in pair] for pair in changed]
    moved = [abs(one - other) for one, other in moved if one is not None and other is not None]
    assert np.mean(moved) <= 0.3
