"""What stands around a verb of saying: auxiliaries, whom something is told, when and where."""

from onrecord.features.lexicon import Hit
from onrecord.features.rules.context import Context

_OPENING = frozenset('"“„«»')


def is_short_tail(context: Context, start: int, last: int) -> bool:
    """Whether nothing but time, place or a full stop follows a cue."""
    i = start
    lower, words = context.document.lower, context.words
    while i < last and (lower[i] in words.time or lower[i] in words.addressee or not context.document.is_word[i]):
        if lower[i] in _OPENING:
            return False
        i += 1
    return i >= last or lower[i] in words.tail


def skip_complement(context: Context, start: int, last: int) -> int:
    """Past whom it was told to, when and where, up to the content (its "that" belongs to the content)."""
    lower, words = context.document.lower, context.words
    i = start
    if i < last and lower[i] in words.addressee:
        i += 1
    while i < last:
        dated = lower[i] in words.dated and i + 1 < last and lower[i + 1] in words.time
        if not (dated or lower[i] in words.time or lower[i] in ",:"):
            break
        i += 1
    return i


def verb_start(context: Context, cue: int, subject_end: int) -> int:
    """Where the auxiliaries before a verb begin, if they are few."""
    follows = subject_end < cue and cue - subject_end <= 4 and context.document.words[subject_end] != "("
    return subject_end if follows else cue


def is_impersonal(context: Context, start: int, cue: Hit) -> bool:
    """Whether nobody in particular says it: "se dice", or behind a hyphen "diz-se", "dit-on"."""
    document, impersonal = context.document, context.words.impersonal
    if not impersonal.isdisjoint(document.lower[start : cue.first]):
        return True
    tied = cue.last < len(document.lower) and document.lower[cue.last] in impersonal
    return tied and document.article.text[document.end[cue.last - 1] : document.start[cue.last]] == "-"
