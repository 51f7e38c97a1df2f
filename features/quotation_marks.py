"""What stands in quotation marks, or behind the dashes that some languages print instead."""

from collections.abc import Iterator

import numpy as np

from onrecord.features.arrays import Ints
from onrecord.features.lexicon import words_of

# Opening glyph -> the glyphs that may close it. „ closes with “ in German and ” elsewhere.
MARKS = {'"': '"', "“": '”"', "«": "»", "„": "“”", "‘": "’", "'": "'", "`": "'"}
_SINGLE = frozenset("‘'`")
# What stands before a dash between what is said and who says it.
_TURNS = frozenset(",.!?…")


def quotations(text: str, words: list[str], bounds: Ints, paragraphs: Ints, language: str) -> tuple[Ints, int]:
    """(q, 2) tokens of each quotation, its marks included, and how many never close.

    Quotations by paragraph; one that stays open ends with its paragraph, as the press prints long ones.
    """
    dashes, spaced = words_of("document", language, "quotation_dash"), words_of("document", language, "spaced_dash")
    marks = MARKS | {pair[0]: pair[-1] for pair in words_of("document", language, "quotation_pair")}
    found: list[tuple[int, int]] = []
    unclosed = 0
    start, end = bounds[:, 0].tolist(), bounds[:, 1].tolist()
    for first, last in paragraphs.tolist():
        if words[first] in dashes and first + 1 < last and start[first + 1] == end[first]:
            found.extend(_dashed(words, start, end, (first, last)))
            continue
        if words[first] in spaced:
            found.extend(_spaced(words, (first, last)))
            continue
        opened = -1
        closers = ""
        for i in range(first, last):
            word = words[i]
            if opened < 0:
                if word in marks and _is_opening(text, word, start[i], end[i]):
                    opened, closers = i, marks[word]
            elif word in closers and (closers not in "’'" or _is_closing(text, end[i])):
                doubled = words[opened] == "`" and text[end[i] : end[i] + 1] == "'"
                found.append((opened, i + 1 + doubled))
                opened = -1
        if opened >= 0 and words[opened] not in _SINGLE:
            unclosed += 1
            found.append((opened, last))
    return np.array(found, dtype=np.int32).reshape(-1, 2), unclosed


def _dashed(
    words: list[str], start: list[int], end: list[int], paragraph: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    """What is said in a paragraph that opens with a dash: all but the insets ("—No —dijo Ruiz—. Nunca.")."""
    first, last = paragraph
    opened = first
    for i in range(first + 1, last):
        if words[i] != words[first]:
            continue
        opens_inset = i + 1 < last and start[i] > end[i - 1] and start[i + 1] == end[i]
        if opened >= 0 and opens_inset:
            yield opened, i + 1
            opened = -1
        elif opened < 0:
            opened = next((k for k in range(i + 1, last) if words[k][0].isalnum()), -1)
    if opened >= 0:
        yield opened, last


def _spaced(words: list[str], paragraph: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """What is said in a paragraph that opens with a dash and a gap: insets stand between a dash behind a comma or a
    full stop and the next such ("— Нет, — сказал Рогов. — Никогда").
    """
    first, last = paragraph
    turns = [i for i in range(first + 1, last) if words[i] == words[first] and words[i - 1] in _TURNS]
    bounds = [first, *turns, last]
    yield from zip(bounds[::2], bounds[1::2], strict=False)


def _is_opening(text: str, mark: str, start: int, end: int) -> bool:
    """A mark opens before a letter; a single one must also follow a gap, or it is an apostrophe."""
    if mark == "`":
        return text[start : start + 2] == "``"
    if mark not in _SINGLE:
        return True
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return (before.isspace() or before in "([—–-") and after.isalpha()


def _is_closing(text: str, end: int) -> bool:
    return end >= len(text) or not text[end].isalnum()
