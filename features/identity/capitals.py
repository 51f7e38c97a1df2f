"""Capitals for text that has none: names told by first names, titles, foreign syllables and what is repeated."""

from collections.abc import Iterator
from dataclasses import replace

from onrecord.features.document import Document
from onrecord.features.identity.words import Words
from onrecord.features.lexicon import load

# Running text has a capital in every eight words or so; text with fewer than one in this many has lost them.
MAX_WORDS_A_CAPITAL = 100
# So many tokens tell whether it has.
SEEN = 1_000


def restore(document: Document, words: Words) -> Document:
    """The document with capitals on the names that can be told without them; itself where it has its own capitals."""
    opening = document.words[:SEEN]
    capitals = sum(word[0].isupper() for word in opening)
    if capitals * MAX_WORDS_A_CAPITAL > len(opening):
        return document
    names = _names(document.lower, words, _common(document.language, words))
    written = [word.capitalize() if i in names else word for i, word in enumerate(document.words)]
    return replace(document, words=written)


def _common(language: str, words: Words) -> frozenset[str]:
    lexicon = load("document", language)
    function = lexicon.words("function") if lexicon else frozenset[str]()
    return words.noun | words.weak | words.not_a_name | words.surname | function


def _names(lower: list[str], words: Words, common: frozenset[str]) -> set[int]:
    """The places of names: known ones, a first name with the word after it, the word after a title, and their like.

    Where the syllables of the language are known, a first name is a foreign one, and so is every other foreign word.
    """
    grammar = words.grammar

    def may_end(i: int) -> bool:
        return i < len(lower) and lower[i].isalpha() and len(lower[i]) > 2 and lower[i] not in common

    found = set(_known(lower, words, common))
    surnames: set[str] = set()
    for i, word in enumerate(lower):
        if grammar.rime:
            opens = len(word) > 2 and word not in common and grammar.is_foreign(word)
            found |= {i} if opens else set()
        elif word in words.given and word not in common and may_end(i + 1):
            found |= {i, i + 1}
            surnames.add(lower[i + 1])
        elif word in words.title:
            after = i + 2 if lower[i + 1 : i + 2] == ["."] else i + 1
            if may_end(after) and lower[after] not in words.title:
                found.add(after)
                surnames.add(lower[after])
    return found | {i for i, word in enumerate(lower) if grammar.stem(word) in surnames}


def _known(lower: list[str], words: Words, common: frozenset[str]) -> Iterator[int]:
    """The places of known names and places, of one word or of several."""
    for i, word in enumerate(lower):
        for size in range(words.longest_name.get(word, 0), 0, -1):
            phrase = " ".join(lower[i : i + size])
            if (phrase in words.known or phrase in words.place) and (size > 1 or word not in common):
                yield from range(i, i + size)
                break
