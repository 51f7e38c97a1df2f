"""Statements that layout tells, not words: transcripts ("ROE: ..."), and posts signed by whoever wrote them.

What is found here holds in any language. A label makes a transcript only where labels come back: one line that begins
with a word and a colon is none.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from onrecord.features.document import Document
from onrecord.features.statement import Range, Statement

MAX_LABEL_TOKENS = 5
MAX_NAME_TOKENS = 8
# A transcript has so many turns, by two speakers or more who each speak twice, and they say so many tokens on average.
MIN_TURNS, MIN_SPEAKERS, MIN_TURN_TOKENS = 4, 2, 6
MIN_TOKENS = 3
_DASHES = frozenset("-–—")


def add(document: Document, found: Sequence[Statement]) -> list[Statement]:
    """Statements found by words, in order of place, and those that layout tells of sources not found so far."""
    told = [*_turns(document), *_posts(document)]
    if not told:
        return list(found)
    taken = {token for statement in found if statement.source for token in range(*statement.source)}
    new = [one for one in told if one.source and taken.isdisjoint(range(*one.source))]
    said = {token for one in new for part in one.content for token in range(*part)}
    kept = [one for one in found if one.cue or one.source or one.content[0][0] not in said]
    return sorted([*kept, *new], key=lambda statement: statement.first)


def _turns(document: Document) -> Iterator[Statement]:
    """The turns of a transcript: a label and a colon, and what follows in the paragraph."""
    labels = [label(document, first, last) for first, last in document.paragraphs.tolist()]
    times = Counter(_name(document, found) for found in labels if found)
    speakers = {name for name, count in times.items() if count > 1}
    if len(speakers) < MIN_SPEAKERS or sum(times[name] for name in speakers) < MIN_TURNS:
        return
    turns = [
        Statement(((found[1] + 1, last),), (found[1], found[1] + 1), found)
        for found, last in zip(labels, document.paragraphs[:, 1].tolist(), strict=True)
        if found and _name(document, found) in speakers
    ]
    if sum(turn.last - turn.first for turn in turns) >= MIN_TURN_TOKENS * len(turns):
        yield from turns


def label(document: Document, first: int, last: int) -> Range | None:
    """The tokens before a colon near the beginning of a paragraph, if they may be a name."""
    for colon in range(first + 1, min(first + MAX_LABEL_TOKENS, last - MIN_TOKENS) + 1):
        if document.words[colon] == ":":
            named = document.words[first][0].isupper() and len(document.words[first]) > 1
            return (first, colon) if named else None
        if not document.is_word[colon] and document.words[colon] != ".":
            return None
    return None


def _name(document: Document, label: Range) -> str:
    return " ".join(document.lower[label[0] : label[1]])


def _posts(document: Document) -> Iterator[Statement]:
    """Posts on social media as pages embed them: the words, a dash, a name and a handle ("— Ann Roe (@annroe)")."""
    words, paragraphs = document.words, document.paragraphs
    reach = 0
    for at in (i for i, word in enumerate(words) if word == "@"):
        dash = next((i for i in range(at - 2, max(at - 3 - MAX_NAME_TOKENS, -1), -1) if words[i] in _DASHES), None)
        if dash is None or dash + 2 > at - 1 or words[at - 1] != "(" or words[at + 2 : at + 3] != [")"]:
            continue
        number = int(document.paragraph_of[dash])
        first, last = max(int(paragraphs[number, 0]), reach), dash
        reach = _past_date(words, at + 3)
        if last - first < MIN_TOKENS and number > 0:
            first, last = paragraphs[number - 1].tolist()
        if last - first >= MIN_TOKENS:
            yield Statement(((first, last),), None, (dash + 1, at - 1))


def _past_date(words: Sequence[str], at: int) -> int:
    """Behind "August 3, 2017" at a token, if there is a date."""
    date = words[at : at + 4]
    return at + 4 if date[1:2] and date[1].isdigit() and date[2:3] == [","] and date[-1].isdigit() else at
