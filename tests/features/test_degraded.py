"""Texts that have been through the mill: degraded in each way they are told, and clean ones are not."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.features import degraded, own_text
from onrecord.features.document import Article, read
from onrecord.training.degrading import WAYS

EXAMPLES = Path(__file__).parents[2] / "examples"
PLAIN = {path.name: path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.txt"))}
TOLD = [code for code in degraded.CODES if code != "sentences_shuffled"]

# Its quotations run over several sentences, and people are named once in full.
REPORT = """The ferry between Alba and Port Roe will not sail this winter, the harbour master said on Monday.

“The hull is safe. The engine is not,” said Marta Quill, who has run the harbour since 2009. “We asked for money in \
May. We got a letter in June.”

Quill said the engine would cost two million dollars, twice what the island council has set aside for the harbour.

Council leader Tom Bell said the council would meet on Friday to vote on a loan for the engine. “Nobody wants to lose \
the ferry. But the money has to come from somewhere,” Bell said.

Bell said the loan would raise taxes on the island by four per cent, and that the vote would be close.

The ferry carries 300 passengers a day, most of them pupils of the school in Port Roe. “My daughter gets up at five \
already. If the ferry stops she will have to board,” said Jo May, whose house stands above the harbour.

May said she had asked the school for a place, and that the school had told her to wait for the vote on Friday.

The school did not answer questions about places for pupils of the island.
"""


def codes(text):
    document = own_text.read(Article(text))
    return [note.code for note in (*document.notes, *degraded.recognise(document))]


def shuffled(text, seed):
    return WAYS["sentences_shuffled"](read(Article(text)), random.Random(seed))


@pytest.mark.parametrize("name", PLAIN)
def test_articles_are_not_degraded(name):
    assert {*degraded.CODES, degraded.CODE}.isdisjoint(codes(PLAIN[name]))


@pytest.mark.parametrize("name", PLAIN)
@pytest.mark.parametrize("way", TOLD)
def test_what_was_done_is_noted(name, way):
    found = codes(WAYS[way](read(Article(PLAIN[name])), random.Random(0)))
    assert [code for code in found if code in degraded.CODES] == [way]
    assert found[-1] == degraded.CODE


@pytest.mark.parametrize("name", PLAIN)
def test_all_that_was_done_is_named_in_one_note(name):
    document = read(Article(WAYS["degraded_text"](read(Article(PLAIN[name])), random.Random(0))))
    message = degraded.recognise(document)[-1].message
    assert all(code.replace("_", " ") in message for code in TOLD)


def test_lost_order_is_told_where_several_signs_agree():
    assert "sentences_shuffled" not in codes(REPORT)
    told = [seed for seed in range(40) if "sentences_shuffled" in codes(shuffled(REPORT, seed))]
    assert len(told) >= 6


def test_the_note_says_what_was_seen():
    texts = (shuffled(REPORT, seed) for seed in range(40))
    notes = [note for text in texts for note in degraded.recognise(read(Article(text)))]
    messages = [note.message for note in notes if note.code == "sentences_shuffled"]
    assert all(message.count(";") >= 1 for message in messages)
    assert any("inside another" in message for message in messages)
    assert any("share no more words" in message for message in messages)


LINES = "The mayor said that it was late, and that the council, which met on Monday, had voted for the bridge. "


@pytest.mark.parametrize(
    ("text", "code", "present"),
    [
        (LINES.replace(",", " ,").replace(".", " .") * 5, "tokenised", True),
        (LINES.replace(",", " ,") * 5, "tokenised", True),  # most marks, not all
        (LINES.replace(".", " .") * 5, "tokenised", False),  # as some write: a third of the marks
        (LINES * 5, "tokenised", False),
        ("Qui a dit cela ? Le maire : « Le pont, dit-il, est sûr ! » La ville se tait. " * 8, "tokenised", False),
        (LINES.replace(",", " ,"), "tokenised", False),  # too short to tell
        ("Mayor Ann Roe announced Monday council approved bridge repairs worth twenty million. " * 8,
         "stop_words_removed", True),
        (LINES * 5, "stop_words_removed", False),
        ("Burmistrz miasta ogłosił we wtorek, że prace na moście rozpoczną się w marcu. " * 8,
         "stop_words_removed", False),  # no lexicon tells which words are missing
    ],
)  # fmt: skip
def test_hits_and_misses(text, code, present):
    assert (code in codes(text)) is present


@pytest.mark.parametrize("text", ["", "...", "“", "a " * 60, "“ " * 60, "He said. " * 30])
def test_odd_texts_are_read(text):
    assert "sentences_shuffled" not in codes(text)


@given(st.lists(st.sampled_from([*REPORT.split(), "\n\n", "“", "”", '"', "He", ",", " ."]), max_size=200).map(" ".join))
def test_one_note_names_all_others_and_stands_last(text):
    document = read(Article(text))
    notes = [note.code for note in degraded.recognise(document)]
    assert notes.count(degraded.CODE) == bool(notes) and notes[-1:] in ([], [degraded.CODE])
