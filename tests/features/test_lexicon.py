"""Lexicon files: what the parser refuses, what `find` finds, and that every shipped file is sound."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord.features
from onrecord.errors import LexiconError
from onrecord.features.lexicon import HEADER, load, parse
from onrecord.features.tokens import TOKEN

SHIPPED = sorted((Path(onrecord.features.__file__).parent / "lexicons").glob("*.tsv"))
SMALL = f"# ours\n{HEADER}\nin\tplace\nin fact\tbooster\nin fact\tclaim\nof course\tbooster\n"


def hits(text, *labels):
    return [(hit.first, hit.last, hit.label) for hit in parse("small", SMALL).find(text.split(), *labels)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("in fact it is", [(0, 2, "booster"), (0, 2, "claim"), (0, 1, "place")]),
        ("he is in", [(2, 3, "place")]),
        ("of in fact", [(1, 3, "booster"), (1, 3, "claim"), (1, 2, "place")]),
        ("in factual terms", [(0, 1, "place")]),
        ("of", []),
        ("", []),
    ],
)
def test_phrases_are_found_whole(text, found):
    assert hits(text) == found


def test_only_the_classes_asked_for():
    assert hits("in fact of course", "booster") == [(0, 2, "booster"), (2, 4, "booster")]


def test_the_longest_phrase_of_a_class_wins_and_its_hits_never_overlap():
    lexicon = parse("x", f"{HEADER}\nno\tdoubt\nno doubt\tdoubt\nno doubt at all\tdoubt\n")
    assert [(h.first, h.last) for h in lexicon.find(["no", "doubt", "at", "all", "no", "doubt", "no"])] == [
        (0, 4),
        (4, 6),
        (6, 7),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "does not begin with the columns"),
        ("may\tepistemic\n", "does not begin with the columns"),
        (f"{HEADER}\nmay\n", "has the row ('may',)"),
        (f"{HEADER}\nmay\tepistemic\textra\n", "has the row"),
        (f"{HEADER}\n\tepistemic\n", "has the row"),
        (f"{HEADER}\nMay\tepistemic\n", "give a lower-case phrase"),
        (f"{HEADER}\nmay\ta\nmay\ta\n", "duplicate or unsorted"),
        (f"{HEADER}\nmight\ta\nmay\ta\n", "duplicate or unsorted"),
    ],
)
def test_a_broken_file_is_refused_in_one_line(text, said):
    with pytest.raises(LexiconError) as error:
        parse("broken.en", text)
    assert said in str(error.value)
    assert "broken.en" in str(error.value)
    assert "\n" not in str(error.value)


def test_a_language_without_a_lexicon_has_none():
    assert load("hedging", "xx") is None
    assert load("hedging", "") is None


def test_lexicons_are_shipped():
    names = {path.name for path in SHIPPED}
    assert {f"{f}.en.tsv" for f in ("document", "hedging", "boilerplate", "transparency", "tone")} <= names


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_lexicon_parses_and_names_its_source_and_licence(path):
    text = path.read_text(encoding="utf-8")
    parse(path.stem, text)
    header = text.partition(HEADER)[0]
    assert "Source:" in header
    assert "icence" in header


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_phrase_is_cut_as_texts_are_so_that_it_can_be_found(path):
    phrases = [row.partition("\t")[0] for row in path.read_text(encoding="utf-8").splitlines() if row[:1] != "#"]
    assert [p for p in phrases if [m.group() for m in TOKEN.finditer(p)] != p.split(" ")] == []


@given(st.lists(st.sampled_from(["in", "fact", "of", "course", "x"])))
def test_hits_are_the_phrases_they_say(tokens):
    lexicon = parse("small", SMALL)
    for hit in lexicon.find(tokens):
        assert " ".join(tokens[hit.first : hit.last]) in lexicon.words(hit.label)
