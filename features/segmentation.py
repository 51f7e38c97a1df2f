"""Where paragraphs and sentences begin and end."""

import re

import numpy as np

from onrecord.features.arrays import Ints
from onrecord.features.lexicon import words_of
from onrecord.features.quotation_marks import MARKS
from onrecord.features.tokens import lowered

LINE = re.compile(r"[^\n]+")

_TERMINAL = frozenset(".!?…")
_CLOSING = frozenset("\"'”’»)]")
_OPENING = frozenset("\"'“‘«„([")


def paragraphs(text: str, bounds: Ints) -> Ints:
    """(p, 2) first and past-the-last token of each paragraph, of tokens at (n, 2) offsets.

    A line is a paragraph, unless the next begins in lower case: then it was only wrapped.
    """
    if len(bounds) == 0:
        return np.zeros((0, 2), dtype=np.int32)
    lines = [line.start() for line in LINE.finditer(text)]
    cuts = [0]
    for first in np.searchsorted(bounds[:, 0], lines).tolist():
        if cuts[-1] < first < len(bounds):
            begin = bounds[first, 0]
            wrapped = text[begin].islower() and text.count("\n", bounds[first - 1, 1], begin) < 2
            if not wrapped:
                cuts.append(first)
    return np.array(list(zip(cuts, [*cuts[1:], len(bounds)], strict=True)), dtype=np.int32)


def sentences(words: list[str], bounds: Ints, paragraphs: Ints, language: str) -> Ints:
    """(s, 2) first and past-the-last token of each sentence.

    Cut after . ! ? (and what closes them) before a gap and a capital, a digit or an opening mark.
    """
    abbreviations, letters, apart, dashes = (
        words_of("document", language, label) for label in ("abbreviation", "letter", "closing_apart", "inset_dash")
    )
    cuts: list[tuple[int, int]] = []
    start, end = bounds[:, 0].tolist(), bounds[:, 1].tolist()
    for first, last in paragraphs.tolist():
        begin = i = first
        while i < last:
            if words[i] in _TERMINAL:
                j = i + 1
                while j < last and (words[j] in _CLOSING or words[j] in _TERMINAL):
                    if start[j] > end[j - 1] and words[j] not in apart:
                        break
                    j += 1
                goes_on = j < last and words[j] in dashes and words[j - 1] in _CLOSING
                opens = j < last and not goes_on and start[j] > end[j - 1]
                opens = opens and (_opens(words[j]) or _is_tokenised(words, i, start[i] - end[i - 1]))
                if opens and not (words[i] == "." and i > begin and _abbreviates(words[i - 1], abbreviations, letters)):
                    cuts.append((begin, j))
                    begin = j
                i = j
            else:
                i += 1
        cuts.append((begin, last))
    return np.array(cuts, dtype=np.int32).reshape(-1, 2)


def _opens(word: str) -> bool:
    return word[0].isupper() or word[0].isdigit() or word[0] in _OPENING or not word[0].isascii()


def _is_tokenised(words: list[str], i: int, gap: int) -> bool:
    """Whether the stop at token i stands apart between two words, as in text that was tokenised: no abbreviation's."""
    opens = words[i + 1][0].isalnum() or words[i + 1] in MARKS
    return i > 0 and gap > 0 and words[i - 1][0].isalnum() and opens


def _abbreviates(word: str, abbreviations: frozenset[str], letters: frozenset[str]) -> bool:
    """Whether a full stop behind a word belongs to it: an abbreviation, or an initial and no word of one letter."""
    lower = lowered(word)
    return lower in abbreviations or (len(word) == 1 and word.isupper() and lower not in letters)
