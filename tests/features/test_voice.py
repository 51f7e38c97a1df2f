"""The voice: how an article is worded, whoever it is about and whatever its sources say."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.features import voice
from onrecord.features.document import Article, read

REPORT = (
    "The council voted on Tuesday to close the bridge, a spokeswoman said in a statement. “It is not safe,” said Marta "
    "Quill, who runs the harbour. Researchers at the university told reporters that the study, released on Monday, had "
    "found cracks in the deck. The company declined to comment, and officials said the work would cost $2 million. "
)
RANT = (
    "Of course they lie to you! Everybody knows the truth: nothing will ever stop these people, and we all pay for it. "
    "This disaster is just a joke, and frankly, you should be furious. Wake up! How can anybody believe that nonsense? "
)


def measured(text):
    document = read(Article(text))
    return document, {m.feature: m for m in voice.measure(document, ())}


def test_a_report_sounds_like_one_and_a_rant_does_not():
    for feature in voice.LEARNT:
        assert measured(REPORT)[1][feature].value > 55 > 25 > measured(RANT)[1][feature].value


@pytest.mark.parametrize(
    ("hit", "text"),
    [("spokeswoman", REPORT), ("said in", REPORT), ("Of course", RANT), ("just a", RANT), ("!", RANT)],
)
def test_the_passages_are_the_words_that_say_so(hit, text):
    document, found = measured(text)
    assert any(hit in document.text_of(span) for span in found[voice.REPORTING].spans)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Marta Quill", "Barack Obama"),
        ("“It is not safe,”", "“Wake up, you fools! It is a disaster and a joke,”"),
        ("$2 million", "$700 million"),
    ],
    ids=["who is named", "what is quoted", "numbers"],
)
def test_what_makes_no_difference(one, other):
    assert one in REPORT
    before, after = (measured(text)[1] for text in (REPORT, REPORT.replace(one, other)))
    for feature in voice.FEATURES:
        assert after[feature].value == pytest.approx(before[feature].value)


def test_camps_make_no_difference():
    one = "The council heard that liberal groups, and Democrats in the north, had said so in a letter."
    other = "The council heard that conservative groups, and Republicans in the north, had said so in a letter."
    assert measured(one)[1][voice.REPORTING].value == pytest.approx(measured(other)[1][voice.REPORTING].value)


def test_common_words_are_those_of_news():
    assert measured(REPORT)[1][voice.COMMON].value > 0.8
    strange = "It is the zxq wvb qqp grn, and this is a zxq of the wvb. " * 9
    assert measured(strange)[1][voice.COMMON].value < 0.75
    assert math.isnan(measured("")[1][voice.COMMON].value)


@pytest.mark.parametrize("text", ["", "Le maire a dit que le pont ne sera pas fermé dans la ville, et il est sûr."])
def test_without_a_language_all_is_missing(text):
    assert all(math.isnan(m.value) for m in measured(text)[1].values())


@given(st.lists(st.sampled_from([*REPORT.split(), *RANT.split(), "“", "”", "\n\n"])).map(" ".join))
def test_passages_lie_in_the_text_apart(text):
    for m in measured(text)[1].values():
        assert all(0 <= span.start < span.end <= len(text) for span in m.spans)
        assert all(a.end <= b.start for a, b in zip(m.spans, m.spans[1:], strict=False))
