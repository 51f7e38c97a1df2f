"""The subject of a verb of saying: the noun phrase before it, behind it or inside it."""

from onrecord.features.lexicon import Hit
from onrecord.features.rules import appositions, phrases, quoted_names, times
from onrecord.features.rules.context import MAX_SOURCE_TOKENS, STOPS, Context
from onrecord.features.statement import Range


def before(context: Context, cue: int, first: int) -> Range | None:
    """The noun phrase before a verb: back to a stop, a comma of no apposition, or the word of another clause."""
    words, lower = context.document.words, context.document.lower
    end = begin = appositions.before_acronym(context, skip_back(context, cue, first), first)
    named = quoted_names.ending_at(context, end, first) is not None
    if end <= first or (words[end - 1] in STOPS and not named) or lower[end - 1] in context.grammar.copulative:
        return None
    if words[end - 1] == "," and (aside := appositions.aside_start(context, end - 1, first)) is not None:
        end = begin = aside
    elif words[end - 1] == ",":
        opened = appositions.apposition_start(context, end - 1, first)
        if opened is None and "somebody_speaks" in context.grammar.trait:
            opened = appositions.addressed_before(context, end - 1, first)
        if opened is None:
            return None
        begin = opened
    while begin > first and end - begin < MAX_SOURCE_TOKENS:
        token = words[begin - 1]
        if (opened := quoted_names.ending_at(context, begin, first)) is not None:
            begin = opened
            continue
        if (
            token == ")"
            and begin < end
            and (opened := appositions.bracket_start(context, begin - 1, first)) is not None
        ):
            begin = opened
            continue
        if token in STOPS or context.document.quoted[begin - 1]:
            break
        if token == ",":
            opened = appositions.another_start(context, begin - 1, first) if begin < end else None
            if opened is None:
                break
            begin = opened
            continue
        ends = lower[begin - 1] in context.words.boundary and lower[begin - 1] not in context.words.within
        if ends and not appositions.restricts(context, begin - 1, first):
            break
        begin -= 1
    return _body_in_place(context, cue, begin, end) or phrases.noun_phrase(context, begin, end)


def opening(context: Context, first: int, cue: int) -> Range | None:
    """The name that opens a sentence before a verb at a token, with the titles and roles in front of it."""
    document, words = context.document, context.words
    while first < cue and (document.lower[first] in words.no_head or times.is_time(context, first)):
        first += 1
    end, cue = first, min(cue, first + MAX_SOURCE_TOKENS)
    while end < cue and document.lower[end] in words.holder and document.words[end + 1 : end + 2] != [","]:
        end += 1
    name = end
    while end < cue and (document.words[end][0].isupper() or (end > name and document.words[end] in "-–")):
        end += 1
    while end > name and not document.is_word[end - 1]:
        end -= 1
    return (first, end) if end > name else None


def _body_in_place(context: Context, cue: int, begin: int, end: int) -> Range | None:
    """The body behind "in" before a verb in the plural, in a language that lets bodies speak so."""
    lower, grammar = context.document.lower, context.grammar
    if "bodies_in_place" not in grammar.trait or not lower[cue].endswith(grammar.plural_verb_ending):
        return None
    for i in range(begin, end - 1):
        if lower[i] in grammar.where and not times.is_time(context, i + 1):
            return i + 1, end
        if not (lower[i] in context.words.no_head or lower[i] in context.words.auxiliary or times.is_time(context, i)):
            return None
    return None


def inside(context: Context, verb: Hit) -> Range | None:
    """The pronoun between an auxiliary and its verb (French "a-t-elle dit")."""
    within = range(verb.first + 1, verb.last - 1)
    return next(((i, i + 1) for i in within if context.document.lower[i] in context.words.pronoun), None)


def relative(context: Context, verb: int, first: int) -> Range | None:
    """The relative pronoun behind a comma that is the subject of a verb at a token: "Roe, who added that ..."."""
    lower = context.document.lower
    is_subject = verb - 2 >= first and lower[verb - 2] == "," and lower[verb - 1] in context.grammar.personal_relative
    return (verb - 1, verb) if is_subject else None


def skip_back(context: Context, cue: int, first: int) -> int:
    """Past the auxiliaries, the adverbs and the date before a verb."""
    lower, adverb = context.document.lower, context.grammar.adverb_ending
    i = cue
    while i > first and (lower[i - 1] in context.words.auxiliary or lower[i - 1].endswith(adverb)):
        i -= 1
    return times.past_date(context, i, first)


def after(context: Context, start: int, last: int) -> Range | None:
    """The noun phrase behind an inverted verb ("said Ann Roe, the mayor, on Monday"), or behind the time of day."""
    while start < last and context.document.lower[start] in context.words.addressee:
        start += 1
    end = start = times.past_time(context, start, last)
    while end < last and end - start < MAX_SOURCE_TOKENS:
        if (closed := quoted_names.past(context, end, last)) is not None:
            end = closed
            continue
        if context.document.words[end] == ",":
            if end + 1 >= last or not appositions.apposes(context, start, end):
                break
        elif _ends_subject(context, end, last) or phrases.ends_noun_phrase(context, start, end, last):
            break
        end += 1
    while end > start and _is_no_part(context, end - 1):
        end -= 1
    if start == end or context.document.lower[start] in context.words.boundary:
        return None
    return phrases.noun_phrase(context, start, end)


def _is_no_part(context: Context, i: int) -> bool:
    """Whether a token ends no noun phrase: a comma, a time, an article."""
    return (
        context.document.words[i] == ","
        or times.is_time(context, i)
        or context.document.lower[i] in context.grammar.article
    )


def _ends_subject(context: Context, i: int, last: int) -> bool:
    lower, words = context.document.lower, context.document.words
    if lower[i] in context.words.portfolio and i + 1 < last and words[i + 1][0].isupper():
        return lower[i - 1] not in context.words.holder
    if words[i] in STOPS or lower[i] in context.words.end or lower[i] in context.grammar.complementiser:
        return True
    if lower[i] not in context.grammar.copulative or i + 1 >= last:
        return False
    return not words[i + 1][0].isupper() and lower[i + 1] not in context.grammar.article
