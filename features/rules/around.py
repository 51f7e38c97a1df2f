"""Verbs whose content may follow without any word between: before the cue, behind it or on both sides."""

from onrecord.features.lexicon import Hit
from onrecord.features.rules import closing, marks, speakers, subjects, verbs
from onrecord.features.rules.context import Context
from onrecord.features.statement import Range, Statement

_BREAKS = frozenset(',"”»')


def around(context: Context, cue: Hit, sentence: Range) -> Statement | None:
    """Before the cue, behind it or on both sides of it, told by commas and quotation marks."""
    first, last = sentence
    if cue.first > first and context.document.lower[cue.first - 1] in context.words.nominal:
        return None
    if verbs.is_impersonal(context, subjects.skip_back(context, cue.first, first), cue):
        return None
    subject = subjects.before(context, cue.first, first)
    if subject and "somebody_speaks" in context.grammar.trait:
        subject = speakers.speaker(context, subject)
    if subject and _is_aside(context, subject[0], first):
        return None
    if subject is None and _goes_on(context, cue.first, first):
        subject = subjects.opening(context, first, cue.first)
        told = verbs.skip_complement(context, cue.last, last)
        return Statement(((told, last),), (cue.first, cue.last), subject) if subject and told < last else None
    left = subject[0] if subject else subjects.skip_back(context, cue.first, first)
    after = verbs.skip_complement(context, cue.last, last)
    is_tail = verbs.is_short_tail(context, after, last)
    resumes = left > first and _resumes(context, left, cue.last, after, last)
    ends = subject is None or is_tail or resumes or _follows_quotation(context, left, first)
    if left > first and ends and marks.closes_content(context, left, first):
        tail = (after, last) if resumes else marks.quotation_after(context, cue.last, last)
        return closing.closing(context, cue, first, left, subject, tail, last)
    if subject is None or is_tail or last - after < (2 if cue.label == "think" else 1):
        return None
    return Statement(((after, last),), (verbs.verb_start(context, cue.first, subject[1]), cue.last), subject)


def citing(context: Context, cue: Hit, sentence: Range) -> Statement | None:
    """What somebody passes on who quotes another: all that stands behind the verb."""
    first, last = sentence
    subject = subjects.before(context, cue.first, first)
    source = speakers.speaker(context, subject) if subject else None
    return Statement(((cue.last, last),), (cue.first, cue.last), source) if source and cue.last < last else None


def _goes_on(context: Context, cue: int, first: int) -> bool:
    """Whether a verb is another one of its clause's subject: "Roe came to the bridge and said"."""
    before = context.document.lower[subjects.skip_back(context, cue, first) - 1] if cue > first else ""
    joins = before in context.grammar.copulative or before in context.words.because
    return joins and "somebody_speaks" in context.grammar.trait


def _is_aside(context: Context, start: int, first: int) -> bool:
    """Whether a clause only tells of what was said: "the cuts that Roe announced", "as the Herald reported"."""
    if start == first or "comma_opens" not in context.grammar.trait:
        return False
    before = context.document.lower[start - 1]
    return before in context.grammar.relative - context.grammar.personal_relative or before in context.words.accord_verb


def _resumes(context: Context, left: int, cue_end: int, after: int, last: int) -> bool:
    """Whether what is said goes on behind the cue: "If it closes, Ann Roe said, the town will suffer"."""
    words = context.document.words
    if "comma_opens" in context.grammar.trait:
        return False
    return words[left - 1] in _BREAKS and after < last and words[cue_end] in ",:"


def _follows_quotation(context: Context, left: int, first: int) -> bool:
    """Whether a quotation ends before token `left`, where what is said is not told by what may follow a cue."""
    return "comma_opens" in context.grammar.trait and marks.closes_quotation(context, left, first)
