"""Templates: what they ask for, where their features stand in the table, and that they never look too far."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.features.document import Article, read
from onrecord.features.tagging import tagger
from onrecord.features.tagging.looks import look_again
from onrecord.features.tagging.observations import Piece, block, observe
from onrecord.features.tagging.tags import TAGS
from onrecord.features.tagging.templates import (
    EDGE,
    FIRST_LOOK,
    SECOND_LOOK,
    Surroundings,
    is_lexical,
    parse,
    place,
)


@pytest.mark.parametrize(
    ("line", "template"),
    [
        ("word", (("word", 0),)),
        ("word-1 word", (("word", -1), ("word", 0))),
        ("stem middle+1 middle+2", (("stem", 0), ("middle", 1), ("middle", 2))),
        ("say_left_gap quote", (("say_left_gap", 0), ("quote", 0))),
        ("word+0", (("word", 0),)),
        ("word-4", (("word", -4),)),
    ],
)
def test_a_template_is_written_as_words(line, template):
    assert parse([line]) == (template,)


@pytest.mark.parametrize(
    ("line", "lexical"),
    [("word", True), ("word-3", True), ("word+1 shape+1", True), ("word-1 word", False), ("word quote", False),
     ("quote", False), ("say_left", False)],
)  # fmt: skip
def test_lexical_templates_ask_for_one_word_by_itself(line, lexical):
    assert is_lexical(parse([line])[0]) == lexical


@pytest.mark.parametrize("templates", [FIRST_LOOK, SECOND_LOOK])
def test_no_template_is_listed_twice(templates):
    assert len(set(templates)) == len(templates)


def test_the_weights_of_a_token_fit_into_sixteen_bits():
    """Sums are made in int16: all templates of both looks, each with the largest weight that a byte can hold."""
    assert (len(FIRST_LOOK) + len(SECOND_LOOK)) * np.iinfo(np.int8).max <= np.iinfo(np.int16).max


def test_a_template_joins_no_more_observations_than_are_told_apart():
    assert max(len(template) for template in (*FIRST_LOOK, *SECOND_LOOK)) <= 4


HASHES = st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=20)


@given(HASHES, st.integers(1, 20), st.sampled_from(FIRST_LOOK + SECOND_LOOK))
def test_a_place_is_a_row_of_the_table_and_the_same_every_time(hashes, bits, template):
    values = [np.array(hashes, dtype=np.uint32)] * len(template)
    found = place(template, values, bits)
    assert found.shape == (len(hashes),)
    assert found.min() >= 0 and found.max() < 1 << bits
    assert (place(template, values, bits) == found).all()


def test_places_do_not_change_between_versions():
    """They are in the trained files: whoever changes them has to train again."""
    one, two = parse(["word", "word-1 word"])
    values = np.array([1, 2, 0xFFFFFFFF], dtype=np.uint32)
    assert place(one, [values], 18).tolist() == [89019, 200387, 40403]
    assert place(two, [values, values[::-1]], 18).tolist() == [132449, 119705, 95002]


def test_places_tell_order_and_templates_apart():
    rng = np.random.default_rng(0)
    a, b = rng.integers(0, 2**32, (2, 4000), dtype=np.uint32)
    pair, other = parse(["word-1 word", "word word+1"])
    assert (place(pair, [a, b], 18) == place(pair, [b, a], 18)).mean() < 0.01
    assert (place(pair, [a, b], 18) == place(other, [a, b], 18)).mean() < 0.01


def test_places_are_spread_over_the_table():
    small = np.arange(5000, dtype=np.uint32)
    used = len(np.unique(place(parse(["place quote"])[0], [small % 50, small // 50], 15)))
    assert used > 4500


# -- never beyond a paragraph or a piece ---------------------------------------------------------

TEXT = (
    "Ann Roe said the bridge is safe. The town is happy.\n\n"
    "No.\n\n"
    "“It will open in May,” said Tom Bell, who is the mayor and a friend of hers."
)


def around_of(text, words, *cuts):
    """The surroundings in a block of pieces that are cut at these tokens."""
    document = read(Article(text))
    bounds = [0, *cuts, len(document.words)]
    here = block([Piece(document, a, b) for a, b in pairwise(bounds)], words)
    seen = observe(here, words)
    chances = np.random.default_rng(0).random((len(here.numbers), TAGS), dtype=np.float32)
    return here, seen | look_again(here, seen["word"], chances)


@pytest.mark.parametrize("cuts", [(), (4,), (4, 9, 20)])
def test_what_stands_beyond_a_paragraph_or_a_piece_is_an_edge(words, cuts):
    here, seen = around_of(TEXT, words, *cuts)
    n = len(here.numbers)
    around = Surroundings(seen, here.paragraph)
    for offset in range(-5, 6):
        for i, found in enumerate(around.at("word", offset).tolist()):
            j = i + offset
            same = 0 <= j < n and here.paragraph[i] == here.paragraph[j] and here.piece[i] == here.piece[j]
            assert found == (int(seen["word"][j]) if same else EDGE)


@pytest.mark.parametrize("templates", [FIRST_LOOK, SECOND_LOOK])
def test_every_template_can_be_placed_at_every_token(words, templates):
    here, seen = around_of(TEXT, words)
    around = Surroundings(seen, here.paragraph)
    for template in templates:
        found = around.places(template, 15)
        assert found.shape == here.numbers.shape and found.min() >= 0 and found.max() < 1 << 15


def test_a_paragraph_looks_the_same_whatever_stands_in_other_texts(words):
    """Two texts in one block, and each by itself: the same features at the same tokens."""
    documents = [read(Article(text)) for text in (TEXT, "Ann Roe left.\n\nTom Bell said so.")]
    parts = [Piece(document, 0, len(document.words)) for document in documents]

    def places(parts):
        here = block(parts, words)
        around = Surroundings(observe(here, words), here.paragraph)
        return np.stack([around.places(template, 18) for template in FIRST_LOOK], axis=1)

    assert (places(parts) == np.concatenate([places(parts[:1]), places(parts[1:])])).all()


# -- what is kept of words -----------------------------------------------------------------------


@pytest.mark.parametrize("text", [TEXT, "No.", "The man\n\n" * 3])
def test_weights_kept_by_word_are_the_plain_sum_over_all_templates(text):
    trained = tagger.load("en")
    document = read(Article(text))
    here = block([Piece(document, 0, len(document.words))], trained.words)
    seen = observe(here, trained.words)
    around = Surroundings(seen, here.paragraph)
    plain = sum(trained._table[around.places(template, trained._bits)].astype(np.int64) for template in FIRST_LOOK)
    assert (trained.first_scores(here, seen) == plain).all()
