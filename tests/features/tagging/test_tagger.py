"""Tagging: the tags of a text depend on that text alone."""

from functools import partial
from itertools import chain

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.features.document import Article, read
from onrecord.features.grammar import Grammar
from onrecord.features.tagging import observations, words
from onrecord.features.tagging import tagger as module
from onrecord.features.tagging.observations import pieces
from onrecord.features.tagging.tagger import Tagger, softmax
from onrecord.features.tagging.tags import TAGS, Tag

TEXTS = [
    "Ann Roe said the bridge is safe.\n\n“It will open in May,” said Tom Bell, the mayor. “All will come.”",
    "The council met on Monday. Two men were arrested near the station, police said.\n\nNobody was hurt.",
    "ROE: I think the road is old.\n\nAccording to a report, the town cannot pay for it, and it will be closed.",
    "",
    "...",
    "xqz vbn wrt",
    "Snow fell on the hills.\n\n" * 20,
    "“He told me ‘no’ and he left,” Okafor said, adding that she had not been called.",
]
DOCUMENTS = [read(Article(text)) for text in TEXTS]


@pytest.fixture(scope="module")
def fresh(weights):
    """A tagger that has seen nothing, at each call."""
    return partial(Tagger, weights, Grammar.of("en"))


@pytest.fixture(scope="module")
def alone(fresh):
    """The tags of each text by itself."""
    return [tags(fresh(), [document])[0] for document in DOCUMENTS]


def tags(tagger, documents):
    return [found.tolist() for found in tagger.tag(documents)]


def test_every_token_has_a_tag(alone):
    for document, found in zip(DOCUMENTS, alone, strict=True):
        assert len(found) == len(document.words)
        assert set(found) <= set(range(TAGS))


def test_something_is_found(alone):
    """Lest all that follows be true of a tagger that finds nothing."""
    assert set(chain.from_iterable(alone)) > {
        Tag.CUE,
        Tag.SOURCE_BEFORE,
        Tag.SOURCE_AFTER,
        Tag.CONTENT_BEFORE,
        Tag.CONTENT_AFTER,
    }


def test_tags_do_not_depend_on_what_is_tagged_with_a_text(fresh, alone):
    assert tags(fresh(), DOCUMENTS) == alone


@given(st.permutations(range(len(TEXTS))))
@settings(deadline=None, max_examples=10)
def test_tags_do_not_depend_on_the_order_of_texts(fresh, alone, order):
    assert tags(fresh(), [DOCUMENTS[k] for k in order]) == [alone[k] for k in order]


def test_tags_do_not_depend_on_what_was_tagged_before(fresh, alone):
    tagger = fresh()
    for _ in range(2):
        for document, expected in zip(DOCUMENTS, alone, strict=True):
            assert tags(tagger, [document]) == [expected]


@pytest.mark.parametrize("kept", [0, 10, 40])
def test_tags_do_not_depend_on_what_has_been_forgotten(fresh, monkeypatch, kept, alone):
    monkeypatch.setattr(words, "MAX_KEPT", kept)
    tagger = fresh()
    for documents in (DOCUMENTS, DOCUMENTS[::-1]):
        for document in documents:
            tags(tagger, [document])
    assert tagger.words.generation > 2
    assert tags(tagger, DOCUMENTS) == alone


@pytest.mark.parametrize("size", [1, 30, 100])
def test_tags_do_not_depend_on_how_many_are_tagged_at_once(fresh, monkeypatch, size, alone):
    monkeypatch.setattr(module, "BLOCK", size)
    assert tags(fresh(), DOCUMENTS) == alone


def test_more_new_words_than_were_made_room_for(fresh, alone):
    many = read(Article("Ann Roe said " + " ".join(f"w{k}" for k in range(3000)) + "."))
    assert tags(fresh(), [many, *DOCUMENTS]) == [*tags(fresh(), [many]), *alone]


# -- pieces --------------------------------------------------------------------------------------


@given(
    st.lists(st.integers(1, 30), max_size=12),
    st.integers(1, 40),
)
@settings(deadline=None)
def test_pieces_hold_every_token_once_and_end_with_a_paragraph_where_they_can(sizes, size):
    document = read(Article("\n\n".join("A " * tokens for tokens in sizes)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(observations, "PIECE", size)
        found = pieces(document)
    bounds = [part.first for part in found] + [part.last for part in found[-1:]]
    assert bounds == sorted(set(bounds))
    assert bounds[:1] + bounds[-1:] == ([0, len(document.words)] if sizes else [])
    ends = set(document.paragraphs[:, 1].tolist())
    for part in found:
        assert part.document is document
        assert part.last - part.first <= size
        # Cut within a paragraph only where that paragraph alone is too long.
        assert part.last in ends or not any(part.first < end <= part.first + size for end in ends)


def test_a_text_in_pieces_has_a_tag_for_every_token(fresh, monkeypatch):
    monkeypatch.setattr(observations, "PIECE", 7)
    for document, found in zip(DOCUMENTS, tags(fresh(), DOCUMENTS), strict=True):
        assert len(found) == len(document.words)
    monkeypatch.setattr(module, "BLOCK", 1)
    one_by_one = tags(fresh(), DOCUMENTS)
    monkeypatch.setattr(module, "BLOCK", 8_000)
    assert tags(fresh(), DOCUMENTS) == one_by_one


def test_pieces_are_tagged_as_texts_of_their_own(fresh, monkeypatch):
    """A text cut at the end of a paragraph: each part gets the tags that it gets as a text."""
    halves = ["Ann Roe said the bridge is safe.", "“It will open,” said Tom Bell, the mayor of Alton."]
    whole = read(Article("\n\n".join(halves)))
    monkeypatch.setattr(observations, "PIECE", 20)
    assert len(pieces(whole)) == 2
    assert tags(fresh(), [whole]) == [
        list(chain.from_iterable(tags(fresh(), [read(Article(half)) for half in halves])))
    ]


@given(st.lists(st.lists(st.floats(-50, 50, width=32), min_size=TAGS, max_size=TAGS), min_size=1, max_size=5))
def test_probabilities_sum_to_one_and_keep_the_order(scores):
    scores = np.array(scores, dtype=np.float32)
    chances = softmax(scores)
    assert chances.dtype == np.float32
    assert np.allclose(chances.sum(axis=1), 1, atol=1e-5)
    assert (chances[np.arange(len(scores)), scores.argmax(axis=1)] == chances.max(axis=1)).all()
