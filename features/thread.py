"""Comments of readers and threads of forums: short lines with a name and a time, or "Reply" and a number of votes."""

import re
from dataclasses import dataclass

import numpy as np

from onrecord.features.document import LINE, Document, Note
from onrecord.features.lexicon import Lexicon, load

LEXICON = "form"

# A line that stands above or below a comment has so many words at most, a name so many.
_MARK_WORDS, _NAME_WORDS = 12, 4
# A thread has so many comments, and so many words at most between the marks of one and those of the next.
_MIN_COMMENTS, _MAX_APART = 3, 400
# What a page may hold above a thread without being an article itself.
_TITLE_WORDS, _TITLE_SHARE = 100, 0.3
_HEADING_LINES = 4

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
    comments = _comments(marks)
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
        if last - first <= 3 * _MARK_WORDS and int(document.is_word[first:last].sum()) <= _MARK_WORDS:
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
    digits = any(token[0].isdigit() for token in tokens) or "an" in tokens or "a" in tokens
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
    words = [word for word in document.lower[first:end] if word[0].isalnum() and word not in ("a", "an", "on")]
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


def _comments(marks: list[_Mark]) -> int:
    """How many comments there are at least: marks of one kind with other lines between them."""
    heads = [mark.line for mark in marks if mark.kind in ("age", "date", "poster")]
    feet = [mark.line for mark in marks if mark.kind in ("reply", "control")]
    return max(sum(b - a > 1 for a, b in zip([-2, *lines], lines, strict=False)) for lines in (heads, feet))


def _is_sure(marks: list[_Mark]) -> bool:
    """Whether people are named beside times, or can be replied to, again and again: a live blog has neither."""
    kinds = [mark.kind for mark in marks]
    named = [mark for mark in marks if mark.name]
    several = len(named) >= _MIN_COMMENTS and len({mark.name for mark in named}) > 1
    frames = kinds.count("reply") + kinds.count("age") + kinds.count("poster")
    return kinds.count("reply") >= _MIN_COMMENTS or (several and frames > 1)


def _begin(document: Document, lexicon: Lexicon, lines: list[tuple[int, int]], marks: list[_Mark]) -> int:
    """The first token of a thread: its heading, else the name over the first comment, else its first mark."""
    mark = marks[0]
    for number in range(mark.line, max(mark.line - _HEADING_LINES, -1), -1):
        first, last = lines[number]
        tokens = [token for token in document.lower[first:last] if token[0].isalpha()]
        hits = list(lexicon.find(tokens, "comments")) if 0 < len(tokens) <= _MARK_WORDS else []
        if any(hit.last - hit.first == len(tokens) for hit in hits):
            return first
    return (
        lines[mark.line - 1][0]
        if mark.line and mark.kind in ("age", "date") and _above(document, lines, mark)
        else mark.first
    )


def _above(document: Document, lines: list[tuple[int, int]], mark: _Mark) -> bool:
    """Whether the name of a mark stands in the line above it."""
    first, last = lines[mark.line - 1]
    return bool(mark.name) and " ".join(w for w in document.lower[first:last] if w[0].isalnum()) == mark.name
