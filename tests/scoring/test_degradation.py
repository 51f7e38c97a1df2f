"""What degrading does to a score: a note, a small move, a wider interval; too much of it, and there is no score."""

import random
from pathlib import Path

import pytest

from onrecord.features.degraded import CODES
from onrecord.features.document import Article, Note, read
from onrecord.scoring.degradation import ADDED, deviation, reason
from onrecord.scoring.model import load_model
from onrecord.scoring.score import score_article
from onrecord.training.degrading import WAYS

EXAMPLES = Path(__file__).parents[2] / "examples"
NAMES = [path.name for path in sorted(EXAMPLES.glob("*.txt"))]


def text_of(name):
    return (EXAMPLES / name).read_text(encoding="utf-8")


def after(name, way):
    return score_article(Article(WAYS[way](read(Article(text_of(name))), random.Random(0))))


def notes(*codes):
    return [Note(code, "") for code in codes]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("way", ["lowercased", "tokenised", "stop_words_removed"])
def test_a_degraded_article_is_noted_moves_little_and_is_less_sure(name, way):
    before, found = score_article(Article(text_of(name))).score, after(name, way)
    assert {way, "degraded_text"} <= {note.code for note in found.notes}
    assert abs(found.score.value - before.value) <= 2.5 * max(ADDED[way], load_model().score.residual)
    half, was = found.score.value - found.score.low, before.value - before.low
    assert half > was or found.score.low == 0
    assert found.score.confidence <= before.confidence or found.score.low == 0


@pytest.mark.parametrize("name", NAMES)
def test_too_much_of_it_and_there_is_no_score(name):
    found = after(name, "degraded_text")
    assert found.score.abstained and found.score.confidence == 0
    assert any(each.startswith("degraded_text: ") and "tokenised" in each for each in found.score.reasons)


@pytest.mark.parametrize(
    ("codes", "points"),
    [
        ((), 0.0),
        (("unclosed_quotation", "degraded_text"), 0.0),
        (("lowercased",), ADDED["lowercased"]),
        (("lowercased", "lowercased"), ADDED["lowercased"]),
        (("truncated", "stub"), (ADDED["truncated"] ** 2 + ADDED["stub"] ** 2) ** 0.5),
    ],
)
def test_what_notes_add_to_the_deviation(codes, points):
    assert deviation(notes(*codes)) == pytest.approx(points)


@pytest.mark.parametrize(
    ("codes", "told"),
    [
        ((), False),
        (("stop_words_removed",), False),
        (("lowercased", "tokenised", "sentences_shuffled"), False),
        (("stop_words_removed", "truncated"), False),
        (("stop_words_removed", "lowercased"), True),
        (("tokenised", "stop_words_removed"), True),
        (("stop_words_removed", "sentences_shuffled"), True),
    ],
)
def test_which_texts_are_too_far_gone(codes, told):
    assert bool(reason(notes(*codes))) is told


def test_every_code_of_a_degraded_text_has_its_points():
    assert {*CODES} <= {*ADDED} and all(points > 0 for points in ADDED.values())
    assert {*ADDED} <= {*WAYS}
