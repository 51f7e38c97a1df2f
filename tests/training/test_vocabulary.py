"""Words that no model may judge an article by."""

import pytest

from onrecord.features.document import Article, read
from onrecord.training.vocabulary import nameless, tokens_of
from onrecord.training.wording import Corpus

CORPUS = Corpus.of(
    [read(Article("So Marta Quill of Port Ellery and I left. The anti-Quill crowd, in the end, likes Quill."))],
    names=False,
)


@pytest.mark.parametrize("token", ["quill", "ellery", "anti-quill", "democrats", "liberal", "anti-liberal", "left"])
def test_names_and_camps_are_not_allowed(token):
    assert not nameless(CORPUS)(token)


@pytest.mark.parametrize("token", ["i", "crowd", "the", "so", "end", "said"])
def test_other_words_are(token):
    assert nameless(CORPUS)(token)


def test_names_of_any_corpus_are_not_allowed():
    other = Corpus.of([read(Article("They saw Roe and then Roe saw them."))], names=True)
    assert nameless(CORPUS)("roe") and not nameless(CORPUS, other)("roe")


def test_tokens_of_a_lexicon():
    assert "democrats" in tokens_of("politics", "camp") and "ballot" not in tokens_of("politics", "camp")
    assert "ballot" in tokens_of("politics")
    assert tokens_of("astrology") == frozenset()
