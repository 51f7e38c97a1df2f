"""Tokens: what a text is cut into before anything is measured.

A word is a token, and so is each mark. Where the language writes two words as one they are parted, and where it writes
the syllables of one word apart they are joined.
"""

import re
from typing import NamedTuple

import numpy as np

from onrecord.features.arrays import Bools, Ints
from onrecord.features.joins import Joins
from onrecord.features.language import identify
from onrecord.features.lexicon import compounds, cut

TOKEN = re.compile(r"\w+(?:[-'’.]\w+)*|[^\w\s]")


class Tokens(NamedTuple):
    """The n tokens of a text.

    Attributes:
        words, lower: as written; lower-cased, with a straight apostrophe.
        bounds: (n, 2) code point offsets, half-open.
        is_word: (n,) whether a token has a letter or a digit.
        language: the language measured in the text, "" where it cannot be told.
    """

    words: list[str]
    lower: list[str]
    bounds: Ints
    is_word: Bools
    language: str


def lowered(word: str) -> str:
    """A token as lexicons write it: lower case, straight apostrophe (which one is printed is house style)."""
    return word.lower().replace("’", "'")


def lower_tokens(text: str) -> list[str]:
    """The tokens of a title or a line, as lexicons write them."""
    return [lowered(word) for word in TOKEN.findall(text)]


def tokenise(text: str) -> Tokens:
    """Cut a text into tokens, as its language does.

    >>> tokenise("Ann's dog barked.").lower
    ["ann's", 'dog', 'barked', '.']
    """
    places = [m.span() for m in TOKEN.finditer(text)]
    words = [text[a:b] for a, b in places]
    lower = [word.lower() for word in words]  # what `lowered` does, for all of them at once
    if "’" in text:
        lower = [word.replace("’", "'") for word in lower]
    is_word = _is_word(words)
    language = identify(lower, int(is_word.sum()))
    if (joins := Joins.of(language)).any:
        places = [part for (a, b), word in zip(places, words, strict=True) for part in joins.parted(word, a, b)]
        words = [text[a:b] for a, b in places]
        lower = [lowered(word) for word in words]
        is_word = _is_word(words)
    bounds = np.array(places, dtype=np.int32).reshape(-1, 2)
    if compounds(language):
        words, lower, bounds = _words(text, words, lower, bounds, language)
        is_word = _is_word(words)
    return Tokens(words, lower, bounds, is_word, language)


def _is_word(words: list[str]) -> Bools:
    return np.array([word[0].isalnum() or word[0] == "_" for word in words], dtype=np.bool_)


def _words(
    text: str, words: list[str], lower: list[str], bounds: Ints, language: str
) -> tuple[list[str], list[str], Ints]:
    """Tokens with the syllables of a word joined, where the lexicons know it and a blank on one line parts them."""
    start, end = bounds[:, 0].tolist(), bounds[:, 1].tolist()
    joined: list[tuple[int, int]] = []
    for first, last in cut(lower, compounds(language)):
        gaps = [text[end[k] : start[k + 1]] for k in range(first, last - 1)]
        apart = any(len(gap) != 1 or gap == "\n" for gap in gaps)
        joined += [(k, k + 1) for k in range(first, last)] if apart else [(first, last)]
    return (
        ["_".join(words[first:last]) for first, last in joined],
        ["_".join(lower[first:last]) for first, last in joined],
        np.array([(start[first], end[last - 1]) for first, last in joined], dtype=np.int32).reshape(-1, 2),
    )
