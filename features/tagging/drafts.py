"""Statements in the making, and what the words of their cues tell that the tags do not."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.features.document import Document
from onrecord.features.lexicon import Lexicon
from onrecord.features.statement import Range

# A rest of a sentence is content if it has so many tokens.
MIN_REST = 2
# Titles of songs and films have so many words at most, and only words as short as "with" in small letters.
MAX_TITLE_WORDS, LONGEST_SMALL_WORD = 8, 4


@dataclass(slots=True)
class Draft:
    """A cue, and what has been found to belong to it."""

    cue: Range
    source: Range | None = None
    content: list[Range] = field(default_factory=list)

    def hull(self) -> Range:
        """From its first token to its last."""
        parts = [self.cue, *self.content, *([self.source] if self.source else [])]
        return min(a for a, _ in parts), max(b for _, b in parts)


def correct_sources(document: Document, lexicon: Lexicon, drafts: Sequence[Draft]) -> None:
    """Take sources away where a cue says that they are none, and give one to a cue that must have one."""
    _drop_subjects(document, lexicon, drafts)
    _turn_round(document, lexicon, drafts)
    _name_agents(document, lexicon, drafts)


def _drop_subjects(document: Document, lexicon: Lexicon, drafts: Sequence[Draft]) -> None:
    """Whoever "is accused" or "was seen as" something is spoken of, and no source."""
    be, spoken_of = lexicon.words("be"), lexicon.words("spoken_of")
    for draft in drafts:
        words = document.lower[slice(*draft.cue)]
        passive = any(word in be for word in words) and any(word in spoken_of for word in words)
        if passive and draft.source is not None and draft.source[0] < draft.cue[0]:
            draft.source = None


def _turn_round(document: Document, lexicon: Lexicon, drafts: Sequence[Draft]) -> None:
    """What stands right behind "according to" is a source, even where it looks like something said."""
    for draft in drafts:
        if draft.source is not None or len(draft.content) < 2:
            continue
        behind = next((part for part in draft.content if part[0] == draft.cue[1]), None)
        if behind is not None and _has(document, lexicon, draft, "accord"):
            draft.source = behind
            draft.content.remove(behind)


def _name_agents(document: Document, lexicon: Lexicon, drafts: Sequence[Draft]) -> None:
    """Who denounces what "was denounced by videos published by local sources": the last that "by" stands before."""
    be, agent, end = (lexicon.words(label) for label in ("be", "agent", "end"))
    for draft in drafts:
        behind = next((part for part in draft.content if part[0] == draft.cue[1]), None)
        passive = not be.isdisjoint(document.lower[slice(*draft.cue)])
        if draft.source is not None or not passive or behind is None or len(draft.content) < 2:
            continue
        places = [i for i in range(*behind) if document.lower[i] in agent]
        if places[:1] != [behind[0]] or places[-1] + 1 >= behind[1]:
            continue
        first = places[-1] + 1
        last = next((i for i in range(first + 1, behind[1]) if document.lower[i] in end), behind[1])
        draft.source = (first, last)
        draft.content.remove(behind)


def complete(document: Document, lexicon: Lexicon, drafts: Sequence[Draft]) -> None:
    """Give a verb of saying that has a source but no content what is left of its sentence behind it, or else before."""
    for k, draft in enumerate(drafts):
        if draft.content or draft.source is None or not _has(document, lexicon, draft, "say", "accord"):
            continue
        begin, end = document.sentences[document.sentence_of[draft.cue[0]]].tolist()
        first, last = draft.hull()
        begin = max([begin, *(other.hull()[1] for other in drafts[max(k - 1, 0) : k])])
        end = min([end, *(other.hull()[0] for other in drafts[k + 1 : k + 2])])
        for part in (_trimmed(document, last, end), _trimmed(document, begin, first)):
            if part[1] - part[0] >= MIN_REST:
                draft.content.append(part)
                break


def names_a_work(document: Document, lexicon: Lexicon, draft: Draft) -> bool:
    """Whether all that a cue is about is the title of a song or a film ("played the lead in “The Long Winter”")."""
    about_a_title = len(draft.content) == 1 and is_title(document, draft.content[0])
    return about_a_title and not _has(document, lexicon, draft, "say", "think", "accord")


def is_title(document: Document, part: Range) -> bool:
    """Whether a passage is a few words in quotation marks: two of them, and all the longer ones, have a capital."""
    inside = slice(*part)
    words = [word for word, is_word in zip(document.words[inside], document.is_word[inside], strict=True) if is_word]
    capitals = sum(word[0].isupper() for word in words)
    longer_ones = all(word[0].isupper() for word in words if len(word) > LONGEST_SMALL_WORD)
    one_sentence = "." not in document.words[part[0] : part[1] - 2]
    is_short = one_sentence and len(words) <= MAX_TITLE_WORDS
    return capitals > 1 and longer_ones and is_short and bool(document.quoted[inside].all())


def _has(document: Document, lexicon: Lexicon, draft: Draft, *labels: str) -> bool:
    """Whether a cue holds a phrase of these classes."""
    return any(lexicon.find(document.lower[slice(*draft.cue)], *labels))


def _trimmed(document: Document, first: int, last: int) -> Range:
    """A range without the punctuation at its edges, unless that belongs to a quotation."""
    while first < last and not document.is_word[first] and not document.quoted[first]:
        first += 1
    while first < last and not document.is_word[last - 1] and not document.quoted[last - 1]:
        last -= 1
    return first, last
