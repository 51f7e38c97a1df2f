"""Quotations without a cue: those that go on, and those that only a name follows."""

from onrecord.features.rules import marks, speakers, subjects
from onrecord.features.rules.context import Context
from onrecord.features.rules.marks import MIN_QUOTATION_WORDS
from onrecord.features.statement import Range, Statement

# So much of a sentence stands in quotation marks that all of it is what somebody says.
_MIN_QUOTED = 0.6


def carried_on(context: Context, first: int, last: int) -> list[Statement]:
    """A sentence of quotation without a cue: of who is given behind it, or of the last source."""
    inside = [i for i in range(first, last) if context.document.quoted[i]]
    if len(inside) < MIN_QUOTATION_WORDS or len(inside) < _MIN_QUOTED * (last - first):
        return []
    content = (inside[0], inside[-1] + 1)
    before = _given_before(context, first, content[0])
    if before:
        return [Statement((content,), (content[0] - 1, content[0]), before)]
    source = _given_behind(context, content[1], last)
    cue = (source[1], end) if source and source[1] < (end := marks.trim(context, source[1], last)) else None
    return [Statement((content,), cue, source)]


def _given_before(context: Context, first: int, opened: int) -> Range | None:
    """Who stands before a colon and a quotation without a verb."""
    if (
        "somebody_speaks" not in context.grammar.trait
        or opened < first + 2
        or context.document.words[opened - 1] != ":"
    ):
        return None
    source = subjects.before(context, opened - 1, first)
    return speakers.speaker(context, source) if source and source[1] == opened - 1 else None


def _given_behind(context: Context, end: int, last: int) -> Range | None:
    """Who stands behind a quotation and a comma without a verb, up to the end of the sentence."""
    last = marks.trim(context, end, last)
    if "somebody_speaks" not in context.grammar.trait or end + 1 >= last or context.document.words[end] != ",":
        return None
    told = last
    while told > end + 2 and context.document.lower[told - 1] in context.words.auxiliary:
        told -= 1  # "anh Hùng bức xúc"
    source = subjects.after(context, end + 1, told)
    return speakers.speaker(context, source) if source and source[1] == told else None
