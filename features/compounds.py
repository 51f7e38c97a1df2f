"""Compound nouns, looked up by their last part ("Polizeisprecherin" as "Sprecherin", "CDU-Chef" as "Chef")."""

from dataclasses import replace
from functools import cache

from onrecord.features.document import Document
from onrecord.features.grammar import Grammar
from onrecord.features.lexicon import load, words_of

# The parts of a compound have so many letters at least.
MIN_HEAD, MIN_FIRST = 4, 3
_LABELS = ("role", "document", "unnamed", "organisation_noun")


def headed(document: Document) -> Document:
    """The document with the last part in the place of each lower-cased compound that no lexicon lists.

    The document itself in a language that does not write compounds as one word (trait `compounds`).
    """
    if "compounds" not in Grammar.of(document.language).trait:
        return document
    lower = [
        _head(document.language, word) if document.words[i][0].isupper() else word
        for i, word in enumerate(document.lower)
    ]
    return replace(document, lower=lower)


@cache
def _listed(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """Nouns that head compounds, and all words that stand for themselves."""
    sources, names = load("sources", language), load("names", language)
    listed = [words for lexicon in (sources, names) if lexicon for words in lexicon.classes.values()]
    return words_of("sources", language, *_LABELS), frozenset[str]().union(*listed)


def _head(language: str, word: str) -> str:
    heads, listed = _listed(language)
    if word in listed:
        return word
    last = word.rpartition("-")[2]
    if last != word and last in heads:
        return last
    ends = (word[k:] for k in range(MIN_FIRST, len(word) - MIN_HEAD + 1))
    return next((end for end in ends if end in heads), word)
