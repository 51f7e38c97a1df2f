"""Decoding: the likeliest row of tags, found without trying all of them."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.features.document import Article, read
from onrecord.features.tagging.decoding import CROSSINGS, MAX_CHAIN, chains, crossings, viterbi
from onrecord.features.tagging.observations import Piece, block, observe


def total(tags, scores, crossing, transitions, start):
    """What one row of tags weighs."""
    own = sum(int(scores[k, tag]) for k, tag in enumerate(tags))
    steps = sum(int(transitions[tags[k - 1], crossing[k], tags[k]]) for k in range(1, len(tags)))
    return int(start[tags[0]]) + own + steps


@st.composite
def problems(draw):
    """Chains of zero to five tokens, two or three tags, four classes of transition."""
    lengths = draw(st.lists(st.integers(1, 5), max_size=5))
    kinds = draw(st.integers(2, 3))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    n = sum(lengths)
    ends = np.cumsum(lengths, dtype=np.int64)
    return (
        rng.integers(-1000, 1000, (n, kinds), dtype=np.int32),
        rng.integers(0, 4, n),
        rng.integers(-1000, 1000, (kinds, 4, kinds), dtype=np.int32),
        rng.integers(-1000, 1000, kinds, dtype=np.int32),
        np.stack([ends - lengths, ends], axis=1).astype(np.int64),
    )


@given(problems())
@settings(deadline=None)
def test_no_row_of_tags_is_likelier_than_the_one_that_is_found(problem):
    scores, crossing, transitions, start, ranges = problem
    found = viterbi(scores, crossing, transitions, start, ranges)
    assert found.shape == (len(scores),)
    for a, b in ranges.tolist():
        here = scores[a:b], crossing[a:b], transitions, start
        best = max(total(tags, *here) for tags in product(range(scores.shape[1]), repeat=b - a))
        assert total(found[a:b].tolist(), *here) == best


@given(problems(), st.randoms(use_true_random=False))
@settings(deadline=None, max_examples=30)
def test_chains_are_decoded_together_as_one_by_one_in_any_order(problem, random):
    scores, crossing, transitions, start, ranges = problem
    shuffled = np.array(random.sample(ranges.tolist(), len(ranges)), dtype=np.int64).reshape(-1, 2)
    together = viterbi(scores, crossing, transitions, start, shuffled)
    for a, b in ranges.tolist():
        alone = viterbi(scores[a:b], crossing[a:b], transitions, start, np.array([[0, b - a]]))
        assert together[a:b].tolist() == alone.tolist()


def test_a_tag_that_scores_little_by_itself_wins_when_its_neighbours_want_it():
    scores = np.array([[0, 9], [1, 0], [0, 9]], dtype=np.int32)
    stay = np.where(np.eye(2, dtype=bool), 0, -5)[:, None, :].astype(np.int32)
    free = np.zeros((2, 1, 2), dtype=np.int32)
    nothing, one = np.zeros(3, dtype=np.int64), np.array([[0, 3]])
    start = np.zeros(2, dtype=np.int32)
    assert viterbi(scores, nothing, free, start, one).tolist() == [1, 0, 1]
    assert viterbi(scores, nothing, stay, start, one).tolist() == [1, 1, 1]


def test_nothing_to_decode():
    empty = np.zeros((0, 7), dtype=np.int32)
    none = np.zeros((0, 2), dtype=np.int64)
    found = viterbi(empty, none[:, 0], np.zeros((7, 4, 7), np.int32), np.zeros(7, np.int32), none)
    assert found.tolist() == []


def test_the_largest_weights_that_training_can_write_do_not_overflow():
    """Rows of 16-bit sums over a whole chain, the transitions as large as a file can hold."""
    largest = np.iinfo(np.int16).max
    scores = np.full((MAX_CHAIN, 7), -largest, dtype=np.int32)
    scores[:, 3] = largest
    transitions = np.full((7, 1, 7), -largest, dtype=np.int32)
    transitions[3, 0, 3] = largest
    start = np.zeros(7, dtype=np.int32)
    found = viterbi(scores, np.zeros(MAX_CHAIN, np.int64), transitions, start, np.array([[0, MAX_CHAIN]]))
    assert set(found.tolist()) == {3}


def laid_out(text, words):
    document = read(Article(text))
    here = block([Piece(document, 0, len(document.words))], words)
    return document, here, observe(here, words)


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ([3, 2], [3, 2]),
        ([MAX_CHAIN], [MAX_CHAIN]),
        ([MAX_CHAIN + 1], [MAX_CHAIN, 1]),
        ([2, 2 * MAX_CHAIN + 5, 1], [2, MAX_CHAIN, MAX_CHAIN, 5, 1]),
    ],
)
def test_a_chain_is_a_paragraph_and_a_long_one_is_cut(words, sizes, expected):
    _, here, _ = laid_out("\n\n".join("A " * size for size in sizes), words)
    found = chains(here)
    assert (found[:, 1] - found[:, 0]).tolist() == expected
    assert found.ravel().tolist() == sorted(found.ravel().tolist())


def test_crossings_tell_quotation_marks_sentence_ends_and_punctuation_apart(words):
    text = "The man said: “The bridge is safe.” The end is near, he said. The end is here."
    document, here, seen = laid_out(text, words)
    found = crossings(here, seen)
    assert found.min() >= 0 and found.max() < CROSSINGS
    by_word = {word: found[k] for k, word in enumerate(document.words)}  # the last "The" begins a sentence
    kinds = [by_word[word] for word in ("man", ":", "“", "bridge", "”", ",", "The")]
    assert len(set(kinds)) == len(kinds)
    assert by_word["man"] == by_word["near"]
