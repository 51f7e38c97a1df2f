"""Statements by rules, by span: what hangs on a source, and sentences in which nobody says anything."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.features import rules
from onrecord.features.document import Article, read

# Enough plain English around a sentence for its language to be told; nobody says anything in it.
PLAIN = "The council met in the town hall on Monday and all of the members were there for the vote on the bridge."


def found_in(text):
    document = read(Article(f"{text}\n\n{PLAIN}"))
    return document, rules.statements(document)


def text_of(document, part):
    return document.text_of(document.span(*part)) if part else ""


def contents(document, statement):
    return [text_of(document, part) for part in statement.content]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        # before, after, inverted
        ("Ann Roe said the bridge is safe.", "Ann Roe", "said", "the bridge is safe"),
        ("Ann Roe said that the bridge is safe.", "Ann Roe", "said", "that the bridge is safe"),
        ("The bridge is safe, Ann Roe said.", "Ann Roe", "said", "The bridge is safe"),
        ("The bridge is safe, Ann Roe said on Monday.", "Ann Roe", "said", "The bridge is safe"),
        ("The bridge is safe, said Ann Roe.", "Ann Roe", "said", "The bridge is safe"),
        ("“The bridge is safe,” Ann Roe said.", "Ann Roe", "said", "“The bridge is safe,”"),
        ("“The bridge is safe,” said Ann Roe.", "Ann Roe", "said", "“The bridge is safe,”"),
        ('"The bridge is safe," Ann Roe said.', "Ann Roe", "said", '"The bridge is safe,"'),
        ("‘The bridge is safe,’ Ann Roe said.", "Ann Roe", "said", "‘The bridge is safe,’"),
        ("«The bridge is safe», said Ann Roe.", "Ann Roe", "said", "«The bridge is safe»"),
        ("“Is it safe?” asked Ann Roe.", "Ann Roe", "asked", "“Is it safe?”"),
        ("Ann Roe has repeatedly said the bridge is safe.", "Ann Roe", "has repeatedly said", "the bridge is safe"),
        ("Ann Roe did not say that it is safe.", "Ann Roe", "did not say", "that it is safe"),
        # according to
        ("According to Ann Roe, the bridge is safe.", "Ann Roe", "According to", "the bridge is safe"),
        ("The bridge is safe, according to Ann Roe.", "Ann Roe", "according to", "The bridge is safe"),
        ("The bridge is safe, according to Ann Roe, who built it.", "Ann Roe", "according to", "The bridge is safe"),
        ("In 2011, according to a report, it closed.", "a report", "according to", "In 2011"),
        ("Bridge Plan\nAccording to a report, it is safe.", "a report", "According to", "it is safe"),
        # whom, when and where it was said is no part of what was said
        ("Ann Roe told reporters that it is safe.", "Ann Roe", "told", "that it is safe"),
        ("Ann Roe told reporters on Monday that it is safe.", "Ann Roe", "told", "that it is safe"),
        ("In a letter, Ann Roe said that it is safe.", "Ann Roe", "said", "that it is safe"),
        ("Ann Roe tweeted: “The bridge is safe.”", "Ann Roe", "tweeted", "“The bridge is safe.”"),
        ("“The bridge is safe,” Ann Roe tweeted.", "Ann Roe", "tweeted", "“The bridge is safe,”"),
        ("As Ann Roe said on Monday, the bridge is safe.", "Ann Roe", "said", "the bridge is safe"),
        # who they are belongs to the source
        ("Mayor Ann Roe said the bridge is safe.", "Mayor Ann Roe", "said", "the bridge is safe"),
        ("Ann Roe, the mayor, said it is safe.", "Ann Roe, the mayor,", "said", "it is safe"),
        ("Ann Roe, who runs the port, said it is safe.", "Ann Roe, who runs the port,", "said", "it is safe"),
        ("“It is safe,” said Ann Roe, the mayor.", "Ann Roe, the mayor", "said", "“It is safe,”"),
        ("The Alton Agency (TAA) said it is safe.", "The Alton Agency", "said", "it is safe"),
        ("An official who has seen it said it is safe.", "An official who has seen it", "said", "it is safe"),
        # what cannot head a noun phrase is no part of a source
        ("And Ann Roe said it is safe.", "Ann Roe", "said", "it is safe"),
        ("In 2011 a report said it is safe.", "a report", "said", "it is safe"),
        ("A 2011 study said it is safe.", "A 2011 study", "said", "it is safe"),
        ("Last year the county said it is safe.", "the county", "said", "it is safe"),
        # what they say others say is theirs
        ("Ann Roe said Tom Bell claimed it is safe.", "Ann Roe", "said", "Tom Bell claimed it is safe"),
    ],
)
def test_one_statement(text, source, cue, content):
    document, found = found_in(text)
    assert [(text_of(document, s.source), text_of(document, s.cue), contents(document, s)) for s in found] == [
        (source, cue, [content])
    ]


@pytest.mark.parametrize(
    ("text", "source", "parts"),
    [
        ("“The bridge,” Ann Roe said, “is safe.”", "Ann Roe", ["“The bridge,”", "“is safe.”"]),
        ("If the bridge closes, Ann Roe said, we lose.", "Ann Roe", ["If the bridge closes", "we lose"]),
        ("The plan, according to a consultant, would fail.", "a consultant", ["The plan", "would fail"]),
    ],
)
def test_a_statement_that_its_source_interrupts(text, source, parts):
    document, found = found_in(text)
    assert [(text_of(document, s.source), contents(document, s)) for s in found] == [(source, parts)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The bridge was built in 2011 and it is the longest in the county.",
        "The so-called “fast lane” was not open on Monday.",
        "The choir sang “Bridge over the Water” and all of us were there.",
        "The “bridge” is a plank.",
        "The United States and the county paid for it.",
        "Roads were closed, and a dog was in the river.",
        "Told of the plan, the crowd went home.",
        "It goes without saying.",
        "That said, the bridge is safe and it will open.",
        "The village is called Said.",
        "If said.",
        "A said.",
        "According to.",
        "According to, the bridge.",
        "Ann Roe declined to comment.",
        "Ann Roe, the mayor, left.",
        "Ann Roe said.",
    ],
)
def test_nobody_says_anything(text):
    document, found = found_in(text)
    assert [(text_of(document, s.source), contents(document, s)) for s in found] == []


def test_a_source_never_begins_with_a_subordinating_word():
    document, found = found_in(
        "It is feared that patients would travel further. “It is true,” said that report of the county."
    )
    sources = [text_of(document, s.source).lower() for s in found]
    assert not [source for source in sources if source.startswith(("that ", "if ", "because ", "when "))]


def test_a_quotation_without_a_cue_is_kept_without_a_source():
    document, found = found_in("“It is a gift to us,” Ann Roe said. “It has cost us a lot of money.”")
    assert [(text_of(document, s.source), contents(document, s)) for s in found] == [
        ("Ann Roe", ["“It is a gift to us,”"]),
        ("", ["“It has cost us a lot of money.”"]),
    ]
    assert found[1].cue is None and found[1].source is None


def test_a_quotation_of_several_paragraphs():
    text = (
        "“It is a gift to us,” Ann Roe said.\n\n“It will open in May and all will come.\n\n“It will never close again.”"
    )
    document, found = found_in(text)
    assert [contents(document, s) for s in found] == [
        ["“It is a gift to us,”"],
        ["“It will open in May and all will come."],
        ["“It will never close again.”"],
    ]


def test_cues_inside_a_quotation_are_what_is_said():
    document, found = found_in("“My sister said it is safe,” Ann Roe said.")
    assert [(text_of(document, s.source), contents(document, s)) for s in found] == [
        ("Ann Roe", ["“My sister said it is safe,”"])
    ]


@pytest.mark.parametrize(
    "text", ["", "...", "xqz vbn wrt", "Ann Roe köprünün güvenli olduğunu ve açılacağını söyledi."]
)
def test_a_text_in_no_known_language_attributes_nothing(text):
    assert rules.statements(read(Article(text))) == []


PIECES = st.sampled_from(
    ["Ann Roe", "the mayor", "said", "told reporters", "according to", "that", "if", "who", "he", "it", "The", "report",
     "a", "is", "of", "in", "on Monday", "2011", ",", ".", "“", "”", '"', "(", ")", ":", "\n\n", "\x00",
     "\ud800", "东", "🙂"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=80))
def test_any_text_gives_statements_within_it_and_in_order(pieces):
    document, found = found_in(" ".join(pieces))
    for s in found:
        assert s.content
        parts = [*s.content, *(part for part in (s.cue, s.source) if part)]
        assert all(0 <= a < b <= len(document.words) for a, b in parts)
        taken = sorted(part for part in (*s.content, s.cue) if part)
        assert all(one[1] <= two[0] for one, two in pairwise(taken))
    loose = [s.content[0] for s in found if not s.cue]
    cues = [s.cue for s in found if s.cue]
    assert loose == sorted(loose) and cues == sorted(cues)


def test_time_is_linear(repeated):
    document = read(Article(repeated * 8_000))
    begun = time.process_time()
    rules.statements(document)
    assert time.process_time() - begun < 10  # about a second; what is quadratic takes minutes
