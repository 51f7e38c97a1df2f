"""What is seen in a word by itself, and how long it is remembered."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.features.grammar import Grammar
from onrecord.features.tagging import words as module
from onrecord.features.tagging.words import (
    MARKS,
    OBSERVED,
    OTHER,
    PUNCTUATION,
    STOP,
    Classes,
    Clusters,
    Words,
    hashed,
    shape,
    stem,
)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("I", "X"),
        ("a", "x"),
        ("Ann", "Xxx"),
        ("bridge", "xxx"),
        ("Bridge", "Xxx"),
        ("UN", "XX"),
        ("NATO", "XX"),
        ("McBell", "XxXxx"),
        ("O'Dell", "X'Xxx"),
        ("re-election", "xx-xx"),
        ("3.5", "d.d"),
        ("2011", "dd"),
        ("B2", "Xd"),
        ("U.S", "X.X"),
        ("東京", "東京"),
        ("“", "“"),
        ("\ud800", "\ud800"),
    ],
)
def test_shape(word, expected):
    assert shape(word) == expected


@given(st.text(min_size=1))
def test_a_shape_is_short_and_repeats_no_kind_more_than_twice(word):
    found = shape(word)
    assert 1 <= len(found) <= 12
    assert "xxxx" not in found and "XXX" not in found and "ddd" not in found


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("claim", "claim"),
        ("claims", "claim"),
        ("claimed", "claim"),
        ("claiming", "claim"),
        ("sing", "sing"),
        ("red", "red"),
        ("is", "is"),
        ("ing", "ing"),
        ("s", "s"),
        ("", ""),
    ],
)
def test_stem(word, expected):
    assert stem(word, Grammar.of("en").inflection) == expected


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("bridge", "", 1769475999),
        ("bridge", "word", 1039395013),
        ("bridge", "stem", 4184599026),
        ("\ud800", "", 499426600),
    ],
)
def test_hashes_are_the_same_everywhere_and_ever(text, kind, value):
    """They are in the trained files: whoever changes them has to train again."""
    assert hashed(text, kind) == value


@given(st.text())
def test_any_text_has_a_hash_of_32_bits(text):
    assert 0 <= hashed(text) < 2**32


def clusters_of(table):
    """Clusters from {word: k}: its coarse, middle, fine and finest ones are k, 10 + k, 20 + k and 30 + k."""
    order = sorted(table, key=hashed)
    levels = [[table[word] + level for level in (0, 10, 20, 30)] for word in order]
    hashes = np.array([hashed(word) for word in order], dtype=np.uint32)
    return Clusters(hashes, np.array(levels, dtype=np.uint16).reshape(-1, 4))


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("mayor", (0, 10, 20, 30)),
        ("said", (2, 12, 22, 32)),
        ("mayor's", (0, 10, 20, 30)),  # a possessive is used as its noun
        ("it's", (1, 11, 21, 31)),  # unless it has a cluster of its own
        ("it", (-1, -1, -1, -1)),
        ("bridge", (-1, -1, -1, -1)),
        ("", (-1, -1, -1, -1)),
    ],
)
def test_clusters_of_a_word(word, expected):
    assert clusters_of({"mayor": 0, "it's": 1, "said": 2}).of([word], Grammar.of("en")).tolist() == [list(expected)]


def test_without_clusters_no_word_has_one():
    assert clusters_of({}).of(["mayor", "said"], Grammar.of("en")).tolist() == [[-1, -1, -1, -1]] * 2
    assert clusters_of({"mayor": 0}).of([], Grammar.of("en")).shape == (0, 4)


def seen_in(words, token):
    number = int(words.number([token])[0])
    return (
        dict(zip(OBSERVED, words.observed[number].tolist(), strict=True)),
        dict(zip(MARKS, words.marks[number].tolist(), strict=True)),
    )


@pytest.mark.parametrize(
    ("token", "marks"),
    [
        ("said", {"say": 1, "capital": 0, "complementiser": 0, "punctuation": 0}),
        ("Said", {"say": 1, "capital": 1}),
        ("believes", {"think": 1}),
        ("bridge", {"say": 0, "think": 0}),
        ("That", {"complementiser": 1, "capital": 1}),
        ("“", {"punctuation": PUNCTUATION["“"]}),
        (".", {"punctuation": STOP}),
        ("%", {"punctuation": OTHER}),
        ("_", {"punctuation": 0}),
        ("7", {"punctuation": 0}),
    ],
)
def test_marks_of_a_word(words, token, marks):
    found = seen_in(words, token)[1]
    assert {name: found[name] for name in marks} == marks


def test_capitals_change_the_shape_and_nothing_else(weights):
    words = Words(clusters_of({"mayor": 0}), weights.classes, Grammar.of("en"))
    small, capital = seen_in(words, "mayor")[0], seen_in(words, "Mayor")[0]
    assert {name for name in OBSERVED if small[name] != capital[name]} == {"shape"}


def test_the_glyph_of_the_apostrophe_carries_no_weight(words):
    straight, curly = seen_in(words, "don't")[0], seen_in(words, "don’t")[0]
    assert {name for name in OBSERVED if straight[name] != curly[name]} <= {"shape"}


def test_the_same_word_has_the_same_number_and_no_word_has_none(words):
    numbers = words.number(["the", "bridge", "the"]).tolist()
    assert numbers[0] == numbers[2] != numbers[1]
    assert 0 not in numbers
    assert len(words) == 3  # the two, and number 0


def test_words_that_no_lexicon_has_are_seen_all_the_same():
    none = Classes(np.zeros(0, np.uint32), np.zeros(0, np.uint32))
    observed, marks = seen_in(Words(clusters_of({}), none, Grammar.of("en")), "said")
    assert marks["say"] == 0
    assert observed["word"] == hashed("said", "word")


def test_more_words_than_were_made_room_for(words):
    tokens = [f"w{k}" for k in range(5000)]
    numbers = words.number(tokens)
    assert numbers.tolist() == list(range(1, 5001))
    assert words.observed[numbers, 0].tolist() == [hashed(token, "word") for token in tokens]


def test_words_are_forgotten_only_between_two_calls(words, monkeypatch):
    monkeypatch.setattr(module, "MAX_KEPT", 100)
    before = words.generation
    numbers = words.number(f"w{k}" for k in range(500))
    assert words.generation == before
    assert len(set(numbers.tolist())) == 500
    words.number(["the"])
    assert words.generation != before
    assert len(words) == 2
