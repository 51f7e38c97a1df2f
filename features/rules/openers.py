"""Where what is said opens: at a complementiser, an infinitive, or behind a comma."""

from onrecord.features.rules import appositions, marks, quoted_names, verbs
from onrecord.features.rules.context import MAX_SOURCE_TOKENS, STOPS, Context

# So far into a clause a subjunctive of hearsay is sought.
_MAX_CLAUSE = 60


def opener(context: Context, start: int, last: int) -> int | None:
    """The complementiser that opens what is said, or the infinitive right behind the verb; None without any."""
    grammar, lower, words = context.grammar, context.document.lower, context.document.words
    if "comma_needed" in grammar.trait:
        return _behind_comma(context, start, last)
    at = start
    while at < last - 1 and lower[at] in grammar.infinitive_mark:
        at += 1
    if at < last and lower[at] not in context.words.holder and lower[at].endswith(grammar.infinitive_ending):
        return start
    apposed = False
    for i in range(start, min(start + MAX_SOURCE_TOKENS, last)):
        if lower[i] in grammar.complementiser and lower[i - 1] not in grammar.comparative:
            return i if words[i - 1] != "," or apposed else None
        if words[i] in STOPS or i in context.verbs:
            return None
        if words[i] == "," and i + 1 < last and not apposed:
            apposed = appositions.tells_role(context, start, i)
            if not apposed:
                return None
    return None


def _behind_comma(context: Context, start: int, last: int) -> int | None:
    """Where a clause opens behind a comma and tells what is said: by a complementiser, or, in a language that can
    do without, right behind the verb or by a subjunctive of hearsay.
    """
    grammar, lower, words = context.grammar, context.document.lower, context.document.words
    needs, past = "complementiser_needed" in grammar.trait, 0
    for i in range(start, min(start + MAX_SOURCE_TOKENS, last - 1)):
        past = max(past, quoted_names.past(context, i, last) or 0)
        if i < past:
            continue
        if words[i] in STOPS or i in context.verbs:
            return None
        if words[i] != ",":
            continue
        if lower[i + 1] in grammar.complementiser:
            return i + 1
        follows = lower[i - 1] in context.words.within or verbs.skip_complement(context, start, last) > i
        if not needs and (follows or _is_reported(context, i + 1, last)):
            return i + 1
        if not (i > start and appositions.apposes(context, start, i)):
            return None
    return None


def _is_reported(context: Context, start: int, last: int) -> bool:
    """Whether a subjunctive of hearsay, or an infinitive at its end, tells that a clause is what somebody says."""
    grammar, lower = context.grammar, context.document.lower
    if not context.words.reported.isdisjoint(lower[start : min(last, start + _MAX_CLAUSE)]):
        return True
    end = marks.trim(context, start, last)
    if end < start + 2 or not lower[end - 1].endswith(grammar.infinitive_ending):
        return False
    return lower[end - 2] in grammar.infinitive_mark or any(
        mark in lower[end - 1][2:] for mark in grammar.infinitive_mark
    )
