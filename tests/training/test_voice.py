"""From ratings to the words that speak for them."""

from types import SimpleNamespace

import numpy as np
import pytest

from onrecord.features.document import Article, read
from onrecord.features.voice import OUTPUTS
from onrecord.training import voice
from onrecord.training.labels import Example
from onrecord.training.voice import Lessons, lessons, of_many_outlets

PUBLISHERS = 6
# Each publisher's own mark is in every stretch of twelve words: no text of one is a near-duplicate of another's.
REPORT = "The {boat} left {mark} on time, Marta Quill said on Monday. Officials {mark} said the {boat} return {mark}."
COLUMN = "Why must the {boat} wait {mark}, of course? They think {mark} must go now, and so must the {boat}, {mark}."


def examples(turned=()):
    """Reports rated 70 and columns rated 20 of six publishers; those in `turned` the other way round."""
    found = []
    for publisher in range(PUBLISHERS):
        for number, boat in enumerate(("ferry", "barge", "tug", "yacht") * 2):
            for kind, rating in ((REPORT, 70.0), (COLUMN, 20.0)):
                rating = 90 - rating if publisher in turned else rating
                text = kind.format(boat=boat, mark=f"house{'abcdef'[publisher]}")
                name = f"{publisher}-{number}-{rating}"
                found.append(Example(name, Article(text), rating, f"p{publisher}.org", {"language": rating / 25}))
    return found


UNRATED = [
    {"id": f"u{k}", "domain": f"p{k % PUBLISHERS}.org", "text": (REPORT, COLUMN)[k % 2].format(boat="canoe", mark="we")}
    for k in range(24)
]


@pytest.fixture(scope="module", autouse=True)
def small():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(voice, "RECIPE", voice.Recipe(publishers=3, articles=6))
        patch.setattr(voice, "SHORTEST", 50)
        patch.setattr(voice, "DIMENSIONS", 5)
        yield


@pytest.fixture(scope="module")
def learnt(small):
    return lessons(examples(), UNRATED)


def test_the_words_of_well_rated_articles_speak_for_them(learnt):
    wording = learnt.wording()
    assert wording.classes == OUTPUTS and not wording.names
    report, column = (wording.sums(read(Article(kind.format(boat="raft", mark="")))) for kind in (REPORT, COLUMN))
    assert report[0] > 60 > 30 > column[0]
    assert report[1] == pytest.approx(report[0], abs=1), "both readings were rated alike"


def test_what_is_written_down_says_what_was_fitted(learnt):
    """One weight a phrase, in whole numbers, against the kernel that they come from."""
    every = np.arange(len(learnt.targets))
    kernel = learnt._kernel(learnt._directions(learnt.publishers))
    fitted = learnt._answer(kernel, every, every)
    sums = np.array([learnt.wording().sums(read(example.article)) for example in examples()])
    assert np.abs(fitted - sums).max() < 0.5


def test_nothing_of_its_own_publisher_judges_an_article():
    """A publisher whose ratings are turned round is judged as the others would have it."""
    rated = examples(turned=(0,))
    values = lessons(rated, UNRATED).values(np.arange(len(rated)))[:, 0]
    first = np.array([example.publisher == "p0.org" for example in rated])
    ratings = np.array([example.rating for example in rated])
    assert (np.sign(values - 45) == np.sign(ratings - 45))[~first].all()
    assert (np.sign(values - 45) == -np.sign(ratings - 45))[first].all()


def test_ratings_that_are_not_learnt_from_have_no_part(learnt):
    learn = np.flatnonzero(learnt.publishers[: len(learnt.targets)] != learnt.publishers[0])
    rest = np.setdiff1d(np.arange(len(learnt.targets)), learn)
    targets = learnt.targets.copy()
    targets[rest] = 0.0
    other = Lessons(learnt.corpus, learnt.vocabulary, learnt.vectors, targets, learnt.publishers)
    assert np.array_equal(learnt.values(learn), other.values(learn))


def test_words_of_a_publisher_that_is_left_out_are_not_looked_at(learnt):
    learn = np.flatnonzero(learnt.publishers[: len(learnt.targets)] != learnt.publishers[0])
    seen = []
    only = SimpleNamespace(randomized_svd=lambda matrix, *args, **kwargs: seen.append(matrix.shape[0]) or (0, 0, 0))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sklearn.utils.extmath.randomized_svd", only.randomized_svd)
        learnt._directions(learnt.publishers[learn])
    assert seen == [int((learnt.publishers != learnt.publishers[0]).sum())]


def test_no_outlet_has_too_many_articles_and_none_that_is_rated():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(voice, "MOST_OF_AN_OUTLET", 2)
        kept = [
            row["id"] for row in of_many_outlets([*UNRATED, {"id": "s", "domain": "x.org", "text": "Short."}], {"u0"})
        ]
        again = [row["id"] for row in of_many_outlets(UNRATED[::-1], {"u0"})]
    assert len(kept) == 2 * PUBLISHERS and "u0" not in kept and "s" not in kept
    assert kept == again, "always the same ones"
