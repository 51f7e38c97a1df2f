"""Noun phrases: where they begin and end, and whether they name anything."""

from onrecord.features.rules import times
from onrecord.features.rules.context import MAX_SOURCE_TOKENS, Context
from onrecord.features.statement import Range


def ends_noun_phrase(context: Context, start: int, i: int, last: int) -> bool:
    """Whether token i stands behind the noun phrase from token `start`, where nouns are told by their capitals.

    Behind a noun goes on what opens another ("von Kiel", "der Stadt"), but no article behind a bare name.
    """
    words, lower = context.document.words, context.document.lower
    if not context.capitals or i <= start or not (words[i - 1][0].isupper() or words[i - 1][0].isdigit()):
        return False
    if lower[i] in context.grammar.article:
        return lower[start] not in context.words.determiner and lower[start] not in context.words.within
    if words[i][0].isupper() or not context.document.is_word[i] or lower[i] in context.grammar.copulative:
        return False
    opens = i + 1 < last and (
        words[i + 1][0].isupper() or words[i + 1][0].isdigit() or lower[i + 1] in context.words.determiner
    )
    return not (lower[i] in context.words.within and opens)


def noun_phrase(context: Context, begin: int, end: int) -> Range | None:
    """Without what cannot head a noun phrase ("And", "In 2011"); None when nothing that names anybody is left."""
    lower, words, stripped = context.document.lower, context.words, False
    while begin < end and (
        lower[begin] in words.no_head or times.is_time(context, begin) or _is_year(context, begin, end)
    ):
        opens = lower[begin] in words.within and lower[begin] not in context.grammar.copulative
        stripped = opens or (stripped and not times.is_time(context, begin))
        begin += 1
    if stripped and "verb_second" in context.grammar.trait:
        return None
    if stripped and "dropped_subject" in context.grammar.trait:
        begin = _past_adjunct(context, begin, end)
    return (begin, end) if has_head(context, begin, end) else None


def has_head(context: Context, begin: int, end: int) -> bool:
    """Whether anything in a noun phrase names anybody."""
    lower, words = context.document.lower, context.words
    return any(
        context.document.is_word[i]
        and lower[i] not in context.grammar.article
        and lower[i] not in words.empty
        and (lower[i] not in words.boundary or lower[i] in words.pronoun)
        for i in range(begin, end)
    )


def _past_adjunct(context: Context, begin: int, end: int) -> int:
    """Behind what a preposition at the head holds ("in the end Roe said"); `end` where nothing stands behind it."""
    lower, words = context.document.lower, context.document.words
    for i in range(begin + 1, end):
        opens = lower[i] in context.grammar.article or (words[i][0].isupper() and words[i - 1].islower())
        opens |= not context.grammar.definite_article and lower[i] in context.words.holder
        if opens and lower[i - 1] not in context.words.boundary and lower[i - 1] not in context.grammar.article:
            return i
    return end


def _is_year(context: Context, i: int, end: int) -> bool:
    """Whether token i is the year in "In 2011 a report"."""
    return (
        context.document.words[i].isdigit() and i + 1 < end and context.document.lower[i + 1] in context.grammar.article
    )


def framed(context: Context, end: int, first: int) -> int:
    """Where a noun phrase begins that a word behind it frames: "dem Bericht der Stadt zufolge"."""
    words, lower, begin = context.document.words, context.document.lower, end
    while begin > first and end - begin < MAX_SOURCE_TOKENS and context.document.is_word[begin - 1]:
        word, capital = lower[begin - 1], words[begin - 1][0].isupper()
        named = begin < end and (words[begin][0].isupper() or lower[begin] in context.words.determiner)
        if not (capital or word in context.words.determiner or (named and word in context.words.within)):
            determined = begin - 2 >= first and lower[begin - 2] in context.words.determiner
            if not (determined and begin < end):
                break
        begin -= 1
        if lower[begin] in context.words.determiner and not (begin > first and words[begin - 1][0].isupper()):
            break
    return begin
