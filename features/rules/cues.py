"""The cues of a document: the words that say that somebody says something."""

from dataclasses import replace

from onrecord.features.document import Document
from onrecord.features.lexicon import Hit, Lexicon
from onrecord.features.rules import subjects
from onrecord.features.rules.context import Context

_LABELS = ("say", "think", "accord", "accord_first", "accord_verb", "accord_behind", "accord_back", "cite")
_JOINS_NAMES = frozenset("-&")


def outside_quotations(document: Document, lexicon: Lexicon) -> dict[int, list[Hit]]:
    """The cues outside quotations, by the number of their sentence."""
    by_sentence: dict[int, list[Hit]] = {}
    silent = {hit.last for hit in lexicon.find(document.lower, "silence")}  # "did not answer"
    for hit in lexicon.find(document.lower, *_LABELS):
        if not document.is_word[hit.first]:  # ", so Roe"
            hit = replace(hit, first=hit.first + 1)
        if not document.quoted[hit.first] and hit.last not in silent and not _in_a_name(document, hit.first):
            by_sentence.setdefault(int(document.sentence_of[hit.first]), []).append(hit)
    return by_sentence


def _in_a_name(document: Document, i: int) -> bool:
    """Nobody says anything in "United States"; a headline above a sentence is no part of its first name."""
    words, sentence = document.words, document.sentence_of
    if i == 0 or not words[i][0].isupper() or sentence[i] != sentence[i - 1]:
        return False
    joins = i + 1 < len(words) and words[i + 1][0].isupper() and words[i - 1] in _JOINS_NAMES
    return words[i - 1][0].isupper() or joins


def joined(context: Context, cues: list[Hit]) -> list[Hit]:
    """Cues, frames that hold a verb of saying made one ("según explicó")."""
    found: list[Hit] = []
    verb_first = "verb_first" in context.grammar.trait
    for hit in cues:
        frame = found[-1] if found else None
        frames = (
            verb_first
            and frame is not None
            and frame.label in ("accord", "accord_verb")
            and hit.label in ("say", "think")
        )
        if frame is not None and frames and subjects.skip_back(context, hit.first, frame.last) == frame.last:
            found[-1] = Hit(frame.first, hit.last, "accord")
        elif frame is None or hit.first >= frame.last:
            found.append(hit)
    return found
