"""Statements that layout tells: the turns of a transcript, and posts with the name of whoever wrote them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.features import layout
from onrecord.features.document import Article, read
from onrecord.features.statement import Statement

INTERVIEW = (
    "BELL: You said that the bridge would open in May.\n\n"
    "ROE: It will open in May, and all of the town will be there.\n\n"
    "BELL: The last one was closed after a week.\n\n"
    "ROE: This one is safe, and we have tested it for a year."
)


def told(text, found=()):
    document = read(Article(text))
    statements = layout.add(document, list(found))

    def words(part):
        return document.text_of(document.span(*part)) if part else None

    return [(words(s.source), words(s.cue), *map(words, s.content)) for s in statements]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (INTERVIEW, ["BELL", "ROE", "BELL", "ROE"]),
        (INTERVIEW.title(), ["Bell", "Roe", "Bell", "Roe"]),
        (INTERVIEW.replace("ROE", "MAYOR ANN ROE"), ["BELL", "MAYOR ANN ROE", "BELL", "MAYOR ANN ROE"]),
        (f"The mayor came to the studio on Monday.\n\n{INTERVIEW}\n\nThey left.", ["BELL", "ROE", "BELL", "ROE"]),
        (f"{INTERVIEW}\n\nPOE: I have come too late for all of it.", ["BELL", "ROE", "BELL", "ROE"]),
    ],
)
def test_who_speaks_in_a_transcript(text, speakers):
    assert [source for source, *_ in told(text)] == speakers


def test_a_turn_is_all_that_follows_the_colon_in_its_paragraph():
    assert told(INTERVIEW)[0] == ("BELL", ":", "You said that the bridge would open in May.")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Police: Two men were arrested near the station on Monday.",  # one line is no transcript
        "Time: It begins at noon on Monday.\n\nPlace: It is in the town hall.\n\nPrice: It is free for all of us.",
        INTERVIEW.replace("ROE", "BELL"),  # nobody answers
        "Home: 1\n\nAway: 2\n\nHome: 3\n\nAway: 4",  # a table
        "The train leaves at 10:30 and 11:30.\n\nThe bus leaves at 10:40.",
        INTERVIEW.replace(":", " said"),
    ],
)
def test_what_is_no_transcript(text):
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "What a night for this town! — Ann Roe (@annroe) May 4, 2016",
        "What a night for this town!\n\n— Ann Roe (@annroe) May 4, 2016",
        "What a night for this town! - Ann Roe (@annroe)",
    ],
)
def test_a_post_is_of_whoever_signs_it(text):
    assert told(text) == [("Ann Roe", None, "What a night for this town!")]


def test_two_posts_in_one_line():
    text = "What a night! — Ann Roe (@annroe) May 4, 2016 I was not there. — Tom Bell (@bell) May 5, 2016"
    assert told(text) == [("Ann Roe", None, "What a night!"), ("Tom Bell", None, "I was not there.")]


@pytest.mark.parametrize(
    "text",
    [
        "Write to roe@alton.example or to @annroe on any day.",
        "Follow Ann Roe (@annroe) for more of it.",
        "— Ann Roe (@annroe)",
        "The road — the old one (see map @ page 4) — is closed.",
    ],
)
def test_what_is_no_post(text):
    assert told(text) == []


def test_what_was_found_by_words_stays_as_it_is():
    document = read(Article(INTERVIEW))
    turns = layout.add(document, [])
    assert layout.add(document, turns) == turns
    first = turns[0]
    by_words = [Statement(first.content, None, first.source)]
    assert layout.add(document, by_words) == [*by_words, *turns[1:]]


def test_a_quotation_without_a_source_gives_way_to_the_turn_it_is_in():
    document = read(Article(INTERVIEW))
    turns = layout.add(document, [])
    loose = Statement(turns[1].content, None, None)
    assert layout.add(document, [loose]) == turns


PIECES = st.sampled_from(["ROE", "BELL", "Ann", ":", "—", "-", "(", "@", "annroe", ")", ".", "the", "is", "4", "\n\n"])


@given(st.lists(PIECES, max_size=60).map(" ".join))
def test_any_layout_gives_statements_within_a_text_and_in_order(text):
    document = read(Article(text))
    found = layout.add(document, [])
    assert [s.first for s in found] == sorted(s.first for s in found)
    for s in found:
        parts = [*s.content, *filter(None, (s.cue, s.source))]
        assert s.content and all(0 <= a < b <= len(document.words) for a, b in parts)


@pytest.mark.parametrize("unit", ["— ", "@ ", "— A (@a) ", "A: the ", "ROE: the\n\nBELL: is\n\n", "A (@a)\n\n"])
def test_time_is_linear(unit):
    document = read(Article(unit * 20_000))
    begun = time.process_time()
    layout.add(document, [])
    assert time.process_time() - begun < 5  # a fraction of a second; what is quadratic takes minutes
