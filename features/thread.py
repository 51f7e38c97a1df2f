"""Comments of readers and threads of forums: short lines with a name and a time, or "Reply" and a number of votes."""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from onrecord.features import cut
from onrecord.features.document import Document, Note
from onrecord.features.lexicon import Lexicon, load
from onrecord.features.segmentation import LINE

LEXICON = "form"

# A line that stands above or below a comment has so many tokens at most, a name so many words.
_MARK_TOKENS, _NAME_WORDS = 24, 4
# A thread has so many comments, and so many words at most between the marks of one and those of the next.
_MIN_COMMENTS, _MAX_APART = 3, 400
# What a page may hold above a thread without being an article itself.
_TITLE_WORDS, _TITLE_SHARE = 100, 0.3
_HEADING_LINES, _COMMENT_LINES = 4, 20

_CLOCK = re.compile(r"\b\d{1,2}[:.h]\d{2}\b")
_NUMERIC_DATE = re.compile(r"\b\d{1,4}[./-]\d{1,2}[./-]\d{2,4}\b")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A line that belongs to the frame of a comment.

    Attributes:
        line: its number. first: its first token.
        name: who comments, where a time or "wrote:" stands beside it.
        kind: "age" ("2 hours ago"), "date", "poster" ("Ann wrote:"), "reply", or "control" for weaker signs.
    """

    line: int
    first: int
    name: str
    kind: str


def recognise(document: Document) -> Note | None:
    """A note of code `comment_thread` where comments are all, `comments_below` where an article precedes them."""
    lexicon = load(LEXICON, document.language)
    if lexicon is None:
        return None
    lines = _lines(document)
    marks = _last_run(document, _marks(document, lexicon, lines))
    comments = _comments(document, lines, marks)
    if comments < _MIN_COMMENTS or not _is_sure(marks):
        return None
    first = _begin(document, lexicon, lines, marks)
    before = int(np.count_nonzero(document.is_word[:first]))
    if before < min(_TITLE_WORDS, _TITLE_SHARE * document.word_count):
        return Note("comment_thread", f"The text is a thread of {comments} comments or more, which is no article.")
    start = int(document.start[first])
    return Note(
        "comments_below",
        f"Comments of readers follow the article from character {start}: they are counted as if they were part of it.",
    )


def _lines(document: Document) -> list[tuple[int, int]]:
    """The tokens of each line that has any; a paragraph may run over several."""
    bounds = np.array([line.span() for line in LINE.finditer(document.article.text)], dtype=np.int64).reshape(-1, 2)
    tokens = np.searchsorted(document.start, bounds)
    return [(first, last) for first, last in tokens.tolist() if first < last]


def _marks(document: Document, lexicon: Lexicon, lines: list[tuple[int, int]]) -> list[_Mark]:
    found = []
    for number, (first, last) in enumerate(lines):
        if last - first <= _MARK_TOKENS:
            kind = _kind(document, lexicon, first, last)
            if kind:
                above = lines[number - 1] if number and kind in ("age", "date") else None
                found.append(_Mark(number, first, _name(document, lexicon, (first, last), above), kind))
    return found


def _kind(document: Document, lexicon: Lexicon, first: int, last: int) -> str:
    """What a short line tells of the comment it stands beside; "" for any other line."""
    tokens = document.lower[first:last]
    if "@" in tokens:  # a post from elsewhere
        return ""
    hits = list(lexicon.find(tokens, "reply", "control", "age", "poster"))
    labels = {hit.label for hit in hits}
    digits = any(token[0].isdigit() for token in tokens) or not lexicon.words("one").isdisjoint(tokens)
    if "age" in labels and (digits or len(tokens) <= _NAME_WORDS) and tokens[-1] != ".":
        return "age"
    if "poster" in labels:
        return "poster"
    covered = {i for hit in hits for i in range(hit.first, hit.last)}
    if all(i in covered or token[0].isdigit() or not token[0].isalnum() for i, token in enumerate(tokens)) and covered:
        return "reply" if "reply" in labels else "control"
    line = document.text_of(document.span(first, last))
    dated = any(lexicon.find(tokens, "month")) or _NUMERIC_DATE.search(line)
    return "date" if dated and _CLOCK.search(line) and tokens[-1] != "." else ""


def _name(document: Document, lexicon: Lexicon, line: tuple[int, int], above: tuple[int, int] | None) -> str:
    """The words of a line in front of its time, or the line above it where that is as short as a name."""
    first, last = line
    ends = [hit.first for hit in lexicon.find(document.lower[first:last], "age", "poster", "month")]
    end = min([first + at for at in ends] or [last])
    end = next((i for i in range(first, end) if document.words[i][0].isdigit()), end)
    beside = lexicon.words("one") | lexicon.words("at")
    words = [word for word in document.lower[first:end] if word[0].isalnum() and word not in beside]
    if not words and above is not None:
        closed = document.words[above[1] - 1] in '.!?…”"'
        words = [] if closed else [word for word in document.lower[above[0] : above[1]] if word[0].isalnum()]
    return " ".join(words) if len(words) <= _NAME_WORDS else ""


def _last_run(document: Document, marks: list[_Mark]) -> list[_Mark]:
    """The marks at the end of a text that stand close to each other."""
    for at in range(len(marks) - 1, 0, -1):
        if marks[at].first - marks[at - 1].first > _MAX_APART:
            return marks[at:]
    return marks


def _comments(document: Document, lines: list[tuple[int, int]], marks: list[_Mark]) -> int:
    """How many comments there are at least: sentences below the marks that name who comments, or above the others."""
    heads = [mark.line for mark in marks if mark.kind in ("age", "date", "poster")]
    feet = [mark.line for mark in marks if mark.kind in ("reply", "control")]
    below = pairwise([*heads, min(heads[-1] + _COMMENT_LINES, len(lines))] if heads else [])
    above = pairwise([max(feet[0] - _COMMENT_LINES, -1), *feet] if feet else [])
    return max(sum(_holds_sentence(document, lines[a + 1 : b]) for a, b in gaps) for gaps in (below, above))


def _holds_sentence(document: Document, lines: list[tuple[int, int]]) -> bool:
    return any(cut.closes(document, first, last) for first, last in lines)


def _is_sure(marks: list[_Mark]) -> bool:
    """Whether people are named beside times, or can be replied to, again and again: a live blog has neither."""
    kinds = Counter(mark.kind for mark in marks)
    names = [mark.name for mark in marks if mark.name]
    several = len(names) >= _MIN_COMMENTS and len(set(names)) > 1
    frames = kinds["reply"] + kinds["age"] + min(kinds["poster"], kinds["date"])
    return kinds["reply"] >= _MIN_COMMENTS or (several and frames > 1)


def _begin(document: Document, lexicon: Lexicon, lines: list[tuple[int, int]], marks: list[_Mark]) -> int:
    """The first token of a thread: its heading, else the name over the first comment, else its first mark."""
    mark = marks[0]
    for number in range(mark.line, max(mark.line - _HEADING_LINES, -1), -1):
        first, last = lines[number]
        tokens = [token for token in document.lower[first:last] if token[0].isalpha()]
        hits = list(lexicon.find(tokens, "comments")) if 0 < len(tokens) <= _MARK_TOKENS else []
        if any(hit.last - hit.first == len(tokens) for hit in hits):
            return first
    if mark.kind in ("reply", "control"):
        names = range(mark.line - 1, max(mark.line - _HEADING_LINES - 1, -1), -1)
        return next((lines[number][0] for number in names if _is_name(document, *lines[number])), mark.first)
    return lines[mark.line - 1][0] if _is_above(document, lines, mark) else mark.first


def _is_name(document: Document, first: int, last: int) -> bool:
    """Whether a line is as short as a name, with a time behind it perhaps."""
    return last - first <= 2 * _NAME_WORDS and not cut.closes(document, first, last)


def _is_above(document: Document, lines: list[tuple[int, int]], mark: _Mark) -> bool:
    """Whether the name of a mark stands in the line above it."""
    if not mark.line or not mark.name:
        return False
    first, last = lines[mark.line - 1]
    return " ".join(word for word in document.lower[first:last] if word[0].isalnum()) == mark.name
