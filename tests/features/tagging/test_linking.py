"""From tags to statements: whose words they are when sources are shared, nested, behind, or nowhere."""

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.features.document import Article, read
from onrecord.features.tagging.linking import link
from onrecord.features.tagging.tags import TAGS, Tag

# <s: a source before its cue, <S: behind it; <c: a cue; <b: content before its cue, <a: behind it; <x: in between.
LETTERS = {"s": Tag.SOURCE_BEFORE, "S": Tag.SOURCE_AFTER, "c": Tag.CUE, "b": Tag.CONTENT_BEFORE,
           "a": Tag.CONTENT_AFTER, "x": Tag.BETWEEN}  # fmt: skip


def tagged(marked):
    """A document and its tags from "<s Roe> <c said> <a it is safe>."."""
    text, spans = "", []
    for plain, letter, inside in re.findall(r"([^<]*)(?:<(\w) ([^>]*)>)?", marked):
        text += plain
        spans += [(len(text), len(text) + len(inside), LETTERS[letter])] if letter else []
        text += inside
    document = read(Article(text))
    tags = np.zeros(len(document.words), dtype=np.int8)
    for start, end, tag in spans:
        tags[(document.start >= start) & (document.end <= end)] = tag
    return document, tags


def linked(marked):
    document, tags = tagged(marked)

    def text(part):
        return document.text_of(document.span(*part)) if part else None

    return [(text(s.source), text(s.cue), *map(text, s.content)) for s in link(document, tags)]


@pytest.mark.parametrize(
    ("marked", "statements"),
    [
        ("<s Roe> <c said> <a it is safe>.", [("Roe", "said", "it is safe")]),
        ("<b “It is safe,”> <s Roe> <c said>.", [("Roe", "said", "“It is safe,”")]),
        ("<b “It is safe,”> <c said> <S Roe>.", [("Roe", "said", "“It is safe,”")]),
        ("<c According to> <S Roe>, <a it is safe>.", [("Roe", "According to", "it is safe")]),
        ("<b It is safe>, <c according to> <S Roe>.", [("Roe", "according to", "It is safe")]),
        ("<a It> <c is said> <a to be safe>.", [(None, "is said", "It", "to be safe")]),
        ("<s Roe>, <x who runs the port>, <c said> <a it is safe>.", [("Roe", "said", "it is safe")]),
    ],
)
def test_each_part_goes_to_its_cue(marked, statements):
    assert linked(marked) == statements


@pytest.mark.parametrize(
    ("marked", "statements"),
    [
        ("<b “It,”> <s Roe> <c said>, <a “is safe.”>", [("Roe", "said", "“It,”", "“is safe.”")]),
        ("<b “It is,”> <c said> <S Roe>. <a “It was.”>", [("Roe", "said", "“It is,”", "“It was.”")]),
        ("<s Roe> <c said> <a “yes”> and then <a “no”>.", [("Roe", "said", "“yes”", "“no”")]),
        ("<s Roe> <c said> <a yes>. <b “It is safe.”>", [("Roe", "said", "yes", "“It is safe.”")]),
    ],
)
def test_a_cue_may_have_two_contents(marked, statements):
    assert linked(marked) == statements


@pytest.mark.parametrize(
    ("marked", "sources"),
    [
        ("<s Roe> <c said> <a it is safe> and <c added> <a it is new>.", ["Roe", "Roe"]),
        ("<s Roe> <c said> <a it is safe>, <c adding> <a it is new>.", ["Roe", "Roe"]),
        ("<s Roe> <c said> <a it is safe> before <c adding> <a it is new>.", ["Roe", "Roe"]),
        ("<s Roe> <c said> <a it is safe> but <c denied> <a it is new>.", ["Roe", "Roe"]),
        ("<s Roe> <c said> <a one>, <c adding> <a two> and <c noting> <a three>.", ["Roe", "Roe", "Roe"]),
        ("<s Roe> <c said> <a it is safe> and <s Poe> <c added> <a it is new>.", ["Roe", "Poe"]),
        # another sentence, or a verb that follows something else: nobody's
        ("<s Roe> <c said> <a it is safe>. It is new, <c adding> <a to it>.", ["Roe", None]),
        ("<s Roe> <c said> <a it is safe> though it <c was said> <a to be new>.", ["Roe", None]),
    ],
)
def test_a_cue_that_joins_another_shares_its_source(marked, sources):
    assert [source for source, *_ in linked(marked)] == sources


@pytest.mark.parametrize(
    ("marked", "statements"),
    [
        (
            "<s Roe> <c said> <s Poe> <c believes> <a it is safe>.",
            [("Roe", "said", "Poe believes it is safe"), ("Poe", "believes", "it is safe")],
        ),
        (
            "<s Roe> <c said> that <s Poe> <c believes> <a it is safe>.",
            [("Roe", "said", "Poe believes it is safe"), ("Poe", "believes", "it is safe")],
        ),
        (
            "<s Roe> <c said> <s Poe> <c believes> <s Bell> <c fears> <a it is unsafe>.",
            [
                ("Roe", "said", "Poe believes Bell fears it is unsafe"),
                ("Poe", "believes", "Bell fears it is unsafe"),
                ("Bell", "fears", "it is unsafe"),
            ],
        ),
        (
            "<c According to> <S Roe>, <s Poe> <c believes> <a it is safe>.",
            [("Roe", "According to", "Poe believes it is safe"), ("Poe", "believes", "it is safe")],
        ),
        # too far away to be introduced
        ("<s Roe> <c spoke> on a cold day in May. <s Poe> <c said> <a no>.", [("Poe", "said", "no")]),
    ],
)
def test_a_cue_without_content_introduces_the_statement_behind_it(marked, statements):
    assert linked(marked) == statements


@pytest.mark.parametrize(
    ("marked", "source"),
    [
        ("<s Roe> <c is accused of> <a a theft in the town>.", None),
        ("<s Roe> <c was said> <a to be in the town>.", None),
        ("<s Roe> <c has accused> <a him of a theft in the town>.", "Roe"),
        ("<s Roe> <c is saying> <a that it is in the town>.", "Roe"),
        ("<b The man> <c was accused> by <S Roe> <a of a theft>.", "Roe"),
    ],
)
def test_whoever_is_spoken_of_is_no_source(marked, source):
    assert [found for found, *_ in linked(marked)] == [source]


@pytest.mark.parametrize(
    ("marked", "statements"),
    [
        ("<b “It is safe. It is new.”>", [(None, None, "“It is safe. It is new.”")]),
        ("<a “It is safe.”>", [(None, None, "“It is safe.”")]),
        ("<b “It is safe.”> Then <a “It is new.”>", [(None, None, "“It is safe.”"), (None, None, "“It is new.”")]),
    ],
)
def test_a_quotation_without_a_cue_stands_by_itself(marked, statements):
    assert linked(marked) == statements


@pytest.mark.parametrize(
    ("marked", "statements"),
    [
        ("<s Roe> <c wrote>:\n\n<a “It is safe.”>", [("Roe", "wrote", "“It is safe.”")]),
        ("<s Roe> <c wrote> to us.\n\n<a “It is safe.”>", [("Roe", "wrote", "“It is safe.”")]),
        ("<s Roe> <c wrote>:\n\nIt is safe.", [("Roe", "wrote", "It is safe.")]),
        (
            "<s Roe> <c said> <a two things>:\n\n<a “It is safe.”>\n\n<a “It is new.”>",
            [("Roe", "said", "two things", "“It is safe.”"), (None, None, "“It is new.”")],
        ),
        ("<s Roe> <c said> <a no>.\n\n<b “It is safe.”>", [("Roe", "said", "no"), (None, None, "“It is safe.”")]),
    ],
)
def test_a_cue_announces_the_paragraph_behind_it(marked, statements):
    assert linked(marked) == statements


@pytest.mark.parametrize(
    "marked", ["", "Roe left.", "<s Roe> left.", "<s Roe> <c spoke>.", "<c Said> <c and> <S Roe>.", "<x Roe said it>."]
)
def test_where_nothing_is_said_there_is_no_statement(marked):
    assert linked(marked) == []


def test_nothing_reaches_over_the_end_of_a_paragraph():
    assert linked("<s Roe> <c spoke>.\n\nNobody left.\n\n<a “It is new.”> <c added> <S Poe>.") == [
        ("Poe", "added", "“It is new.”"),
    ]


def test_content_without_cue_or_quotation_marks_is_nobodys():
    assert linked("<a It is safe.>") == []
    assert linked("<a “It is safe.”>") == [(None, None, "“It is safe.”")]


@pytest.mark.parametrize(
    ("marked", "statements"),
    [
        ("<c According to> <s Roe>, it is safe.", [("Roe", "According to", "it is safe")]),
        ("<s Roe> <c said> it is safe. It is.", [("Roe", "said", "it is safe")]),
        ("It is safe, <s Roe> <c said>.", [("Roe", "said", "It is safe")]),
        (
            "<s Roe> <c said> it is, and <s Poe> <c said> <a no>.",
            [("Roe", "said", "it is, and"), ("Poe", "said", "no")],
        ),
        # neither a verb of another kind, nor a verb of saying without a source
        ("<s Roe> <c left> the town hall.", []),
        ("It was <c said> to be safe.", []),
        ("<s Roe> <c said>.", []),
    ],
)
def test_a_verb_of_saying_with_a_source_has_the_rest_of_its_sentence(marked, statements):
    assert linked(marked) == statements


@pytest.mark.parametrize(
    ("marked", "statements"),
    [
        ("<b It is safe>, <c according to> <a a report>.", [("a report", "according to", "It is safe")]),
        ("<c According to> <a a report>, <a it is safe>.", [("a report", "According to", "it is safe")]),
        (
            "<b It is safe>, <c according to> <S Roe>, <a who left>.",
            [("Roe", "according to", "It is safe", "who left")],
        ),
        ("<b It is safe>, <c wrote> <a a man>.", [(None, "wrote", "It is safe", "a man")]),
    ],
)
def test_what_stands_behind_according_to_is_a_source(marked, statements):
    assert linked(marked) == statements


@pytest.mark.parametrize(
    ("marked", "statements"),
    [
        ("<s Roe> <c sang> <a “Bridge over the Wend”>.", []),
        ("<s Roe> <c is known for> <a “The Long Winter.”>", []),
        ("<s Roe> <c called> <a “The Long Winter”> old.", [("Roe", "called", "“The Long Winter”")]),
        ("<s Roe> <c backs> <a “more bridges for all”>.", [("Roe", "backs", "“more bridges for all”")]),
        ("<s Roe> <c backs> <a The Long Winter>.", [("Roe", "backs", "The Long Winter")]),
    ],
)
def test_the_title_of_a_work_is_nothing_that_is_said(marked, statements):
    assert linked(marked) == statements


def test_contents_are_in_order_of_place():
    assert linked("<s Roe> <c said> <b one>, <a two>.") == [("Roe", "said", "one", "two")]


def test_a_source_behind_the_last_cue_is_its_own():
    assert linked("<c said> <s Roe> <a it is>") == [("Roe", "said", "it is")]


def test_a_cue_without_a_colon_announces_nothing_that_is_another_persons():
    assert linked("<s Roe> <c spoke>.\n\n<b “It is safe,”> <s Poe> <c said>.") == [("Poe", "said", "“It is safe,”")]


def test_parts_without_a_word_are_no_parts():
    assert linked("<s Roe> <c said> <a no> <c ,> <a “>.") == [("Roe", "said", "no")]


def test_a_run_of_one_tag_is_cut_where_a_paragraph_ends():
    assert linked("<s Roe> <c said>: <a “It is safe.\n\n“It is new.”>") == [
        ("Roe", "said", "“It is safe."),
        (None, None, "“It is new.”"),
    ]


TEXT = (
    "Ann Roe said it. Tom and, but saying\n\nThe bridge is safe, he added.\n\nNo. “It is” and adding it. That is all."
)


@given(st.lists(st.integers(0, TAGS - 1), min_size=len(read(Article(TEXT)).words), max_size=60))
@settings(deadline=None, max_examples=200)
def test_any_tags_give_statements_in_order_and_within_a_paragraph(tags):
    document = read(Article(TEXT))
    found = link(document, np.array(tags[: len(document.words)], dtype=np.int8))
    assert [s.first for s in found] == sorted(s.first for s in found)
    cues = [s.cue for s in found if s.cue]
    assert len(set(cues)) == len(cues)
    for s in found:
        assert s.content
        assert all(0 <= a < b <= len(document.words) for a, b in (*s.content, *filter(None, (s.cue, s.source))))
        assert any(a <= s.first and s.last <= b for a, b in document.paragraphs.tolist())
        assert not s.cue or all(b <= s.cue[0] or s.cue[1] <= a for a, b in s.content)
