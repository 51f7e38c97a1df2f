"""Transcripts and interviews: texts that are mostly turns of speakers, with labels or without."""

import re
from collections import Counter
from functools import cache
from itertools import pairwise, takewhile

import numpy as np

from onrecord.features import layout
from onrecord.features.document import Document, Note
from onrecord.features.lexicon import load, words_of

LEXICON = "form"

# How a turn begins, besides what `layout` knows: with the letter of a class ("Q:", "A.", "Q —", "A The"), or with a
# name ("[Roe]", ">> ROE:", "ROE —", "ROE.").
_LEAD = r"(?:>>+ ?|[-–—] ?)?"
_LETTER = re.compile(_LEAD + r"([^\W\d_])(?: ?[:.)—–-]| (?=[A-Z]))")
_NAME = re.compile(_LEAD + r"(?:\[([^\]\n]{2,40})\]|([A-Z][A-Z .'’-]{1,40})(?::|\.|(?: ?[—–]| --) ))")
_LABEL_CHARACTERS = 60
_MIN_TURNS, _MIN_TURN_WORDS = 4, 6
# Turns take up so much of the text, are so large a share of the paragraphs there, and speakers change so often.
_MIN_SPOKEN, _MIN_LABELLED, _MIN_CHANGES = 0.6, 0.3, 0.6

# An interview without labels has so many questions, so large a share of its paragraphs, and answers that say "I".
_MIN_QUESTIONS, _MIN_ASKED, _QUESTION_TOKENS, _MIN_FIRST_PERSON = 5, 0.15, 100, 0.02


def recognise(document: Document) -> Note | None:
    """A note of code `transcript`, or None."""
    turns = _labelled(document) or _questions(document)
    if len(turns) < _MIN_TURNS:
        return None
    paragraphs = document.paragraphs
    spoken = int(np.count_nonzero(document.is_word[paragraphs[turns[0], 0] : paragraphs[turns[-1], 1]]))
    if spoken < max(_MIN_SPOKEN * document.word_count, _MIN_TURN_WORDS * len(turns)):
        return None
    share = f"{100 * spoken / document.word_count:.0f}%"
    message = f"Most of the text ({share}) is turns of speakers: a transcript, which is scored as if it were a report."
    return Note("transcript", message)


def _labelled(document: Document) -> list[int]:
    """The paragraphs that begin with who speaks; none where labels are too few, or those of a list or a form."""
    speakers = [_speaker(document, first, last) for first, last in document.paragraphs.tolist()]
    times = Counter(speakers)
    turns = [number for number, speaker in enumerate(speakers) if speaker and times[speaker] > 1]
    if len(turns) < _MIN_TURNS or len(turns) < _MIN_LABELLED * (turns[-1] - turns[0] + 1):
        return []
    changes = sum(speakers[a] != speakers[b] for a, b in pairwise(turns))
    return turns if changes >= _MIN_CHANGES * (len(turns) - 1) else []


def _speaker(document: Document, first: int, last: int) -> str:
    """The label of a paragraph: of a name its last word, for later turns leave out the others. "" for no label."""
    found = layout.label(document, first, last)
    if found:
        names = list(takewhile(lambda i: document.words[i] not in ("(", ","), range(*found)))
        if not all(document.words[i][0].isupper() or document.words[i] == "." for i in names):
            return ""
        label = [document.lower[i] for i in names if document.is_word[i]]
    else:
        start = int(document.start[first])
        label = _label(document, start)
    return label[-1] if label and _nobody(document.language).isdisjoint(label) else ""


def _label(document: Document, start: int) -> list[str]:
    """The words of the label that stands at a character, lower-cased."""
    text, end = document.article.text, start + _LABEL_CHARACTERS
    letter = _LETTER.match(text, start, end)
    if letter and letter.group(1).isupper() and letter.group(1).lower() in _letters(document.language):
        return [letter.group(1).lower()]
    name = _NAME.match(text, start, end)
    return next(filter(None, name.groups())).lower().split() if name else []


@cache
def _letters(language: str) -> frozenset[str]:
    """The letters with which questions and answers begin."""
    return words_of(LEXICON, language, "letter")


@cache
def _nobody(language: str) -> frozenset[str]:
    """Words that are in no name of a speaker; but "A" answers "Q"."""
    return (words_of("document", language, "function") | words_of(LEXICON, language, "no_speaker")) - _letters(language)


def _questions(document: Document) -> list[int]:
    """The paragraphs that ask somebody something, where the text between them answers in the first person."""
    lexicon = load(LEXICON, document.language)
    if lexicon is None:
        return []
    you, me = lexicon.words("second_person"), lexicon.words("first_person")
    found = [
        number
        for number, (first, last) in enumerate(document.paragraphs.tolist())
        if document.words[last - 1] == "?"
        and last - first <= _QUESTION_TOKENS
        and not document.words[first][0].isdigit()
        and not document.quoted[last - 1]
        and not you.isdisjoint(document.lower[first:last])
    ]
    if len(found) < max(_MIN_QUESTIONS, _MIN_ASKED * len(document.paragraphs)):
        return []
    own = sum(word in me for word, quoted in zip(document.lower, document.quoted.tolist(), strict=True) if not quoted)
    return found if own >= _MIN_FIRST_PERSON * document.word_count else []
