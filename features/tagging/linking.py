"""From tagged tokens to statements: which source and which content belong to which cue.

The tagger tells on which side of its cue a source or a content stands, so most links are to the nearest cue on
that side. What remains are the ways in which the press shares and nests: one source with several cues
("Roe said ..., adding that ..."), and a cue whose content is another statement ("Roe said Poe believes ...").
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from operator import itemgetter

import numpy as np

from onrecord.features.document import Document
from onrecord.features.grammar import Grammar
from onrecord.features.lexicon import load
from onrecord.features.statement import Range, Statement
from onrecord.features.tagging.drafts import Draft, complete, correct_sources, is_title, names_a_work
from onrecord.features.tagging.tags import Tag, Tags

# A statement that begins so few tokens behind a cue is what the cue introduces ("said that Poe believes").
MAX_NESTING_GAP = 3
# What is said without a cue has so many words, and so much of it stands in quotation marks.
MIN_QUOTATION_WORDS, MIN_QUOTED = 3, 0.8


@dataclass(slots=True)
class _Paragraph:
    """What was found in one paragraph: cues with their parts, and what is said without any cue."""

    drafts: list[Draft] = field(default_factory=list)
    loose: list[Range] = field(default_factory=list)


def link(document: Document, tags: Tags) -> list[Statement]:
    """The statements of a document whose n tokens carry `tags`, in order of place."""
    lexicon = load("attribution", document.language)
    paragraphs = {number: _attach(document, runs) for number, runs in _runs(document, tags)}
    for number, paragraph in list(paragraphs.items()):
        _share_sources(document, paragraph.drafts)
        if lexicon:
            correct_sources(document, lexicon, paragraph.drafts)
        _nest(paragraph.drafts)
        if paragraph.drafts and number + 1 < len(document.paragraphs):
            _announce(document, paragraph.drafts[-1], number + 1, paragraphs)
        if lexicon:
            complete(document, lexicon, paragraph.drafts)
            paragraph.drafts = [one for one in paragraph.drafts if not names_a_work(document, lexicon, one)]
    statements: list[Statement] = []
    for number in sorted(paragraphs):
        drafts, loose = paragraphs[number].drafts, paragraphs[number].loose
        told = [Statement(tuple(sorted(draft.content)), draft.cue, draft.source) for draft in drafts if draft.content]
        told += [Statement((part,), None, None) for part in loose if _is_quotation(document, part)]
        statements += sorted(told, key=lambda statement: statement.first)
    return statements


def _runs(document: Document, tags: Tags) -> Iterator[tuple[int, list[tuple[int, Range]]]]:
    """For each paragraph with any, its number and its runs of one tag, those outside and between left out."""
    starts = document.paragraphs[:, 0]
    changes = np.diff(tags, prepend=Tag.OUTSIDE) != 0
    changes[starts] = True
    first = np.flatnonzero(changes)
    last = np.append(first[1:], len(tags))
    tells = tags[first] > Tag.BETWEEN
    first, last = first[tells], last[tells]
    paragraph = np.searchsorted(starts, first, side="right") - 1
    runs = zip(paragraph.tolist(), tags[first].tolist(), first.tolist(), last.tolist(), strict=True)
    for number, group in groupby(runs, key=itemgetter(0)):
        yield number, [(tag, (a, b)) for _, tag, a, b in group]


def _attach(document: Document, runs: Iterable[tuple[int, Range]]) -> _Paragraph:
    """Each part that has a word in it to the nearest cue on the side that its tag tells."""
    found = _Paragraph()
    drafts = found.drafts
    source: Range | None = None
    content: list[Range] = []
    for tag, where in runs:
        if not document.is_word[slice(*where)].any() and (tag != Tag.CUE or document.words[where[0]] != ":"):
            continue
        if tag == Tag.CUE:
            drafts.append(Draft(where, source, content))
            source, content = None, []
        elif tag == Tag.SOURCE_AFTER and drafts and drafts[-1].source is None:
            drafts[-1].source = where
        elif tag in (Tag.SOURCE_BEFORE, Tag.SOURCE_AFTER):
            source = where
        elif tag == Tag.CONTENT_AFTER and drafts:
            drafts[-1].content.append(where)
        else:
            content.append(where)
    if not drafts:
        found.loose = content
        return found
    drafts[-1].content += content
    drafts[-1].source = drafts[-1].source or source
    return found


def _announce(document: Document, draft: Draft, number: int, paragraphs: dict[int, _Paragraph]) -> None:
    """Give the last cue of a paragraph what it announces: "Roe wrote:", and the next paragraph has her words.

    Also where the colon is missing but the cue has no content, and the next paragraph opens with a quotation
    that is nobody else's.
    """
    first, last = document.paragraphs[number].tolist()
    behind = paragraphs.get(number, _Paragraph())
    colon = document.words[first - 1] == ":"
    if not colon and (draft.content or behind.drafts or not document.quoted[first]):
        return
    if behind.loose:
        draft.content += behind.loose
        behind.loose = []
    elif not draft.content:
        draft.content.append((first, last))


def _is_quotation(document: Document, part: Range) -> bool:
    """Whether a passage may be what somebody said though nothing says so: words in quotation marks, and no title."""
    inside = slice(*part)
    is_long = document.is_word[inside].sum() >= MIN_QUOTATION_WORDS
    return bool(is_long and document.quoted[inside].mean() >= MIN_QUOTED) and not is_title(document, part)


def _share_sources(document: Document, drafts: list[Draft]) -> None:
    """A cue that joins the one before it has the same source: "Roe said ... and added", "..., noting"."""
    for before, draft in pairwise(drafts):
        start = draft.cue[0]
        same_sentence = document.sentence_of[before.cue[0]] == document.sentence_of[start]
        if draft.source is None and same_sentence and _joins(document, start):
            draft.source = before.source


def _joins(document: Document, start: int) -> bool:
    """Whether the verb at a token follows "and" or a comma, or is a participle."""
    grammar, before = Grammar.of(document.language), document.lower[start - 1]
    joined = before == "," or before in grammar.copulative or before in grammar.adversative
    return joined or document.lower[start].endswith(grammar.joining_ending)


def _nest(drafts: list[Draft]) -> None:
    """A cue that was left without content introduces the statement right behind it."""
    for draft, inner in reversed(list(pairwise(drafts))):
        first, last = inner.hull()
        reach = max(draft.cue[1], draft.source[1] if draft.source else 0)
        if not draft.content and reach <= first <= reach + MAX_NESTING_GAP:
            draft.content.append((first, last))
