"""The commas and quotation marks that bound what is said."""

from bisect import bisect_left

from onrecord.features.rules.context import Context
from onrecord.features.statement import Range

MIN_QUOTATION_WORDS = 4
_CLOSING = frozenset("\"”»'’")
_DASHES = frozenset("—–")
_PARTS = frozenset(",—–-")
# Marks that close a quotation in some languages and open one in others.
_EITHER = frozenset("“«")


def closes_content(context: Context, left: int, first: int) -> bool:
    """Whether a comma or a closing quotation mark stands right before token `left`."""
    comma = left > first and context.document.words[left - 1] == ","
    if left > first + 1 and context.document.words[left - 1] in _DASHES and context.document.words[left - 2] == ",":
        return closes_content(context, left - 1, first)
    return closes_quotation(context, left, first) or (comma and left - first >= MIN_QUOTATION_WORDS)


def closes_quotation(context: Context, left: int, first: int) -> bool:
    """Whether a quotation ends right before token `left`, or before a comma there."""
    words = context.document.words
    if left > first + 1 and words[left - 1] in _DASHES and words[left - 2] in ',”»"':
        left -= 1  # "«...», — сказал Рогов"
        if context.document.quoted[left - 1]:
            return True
    marks = _PARTS if "comma_opens" in context.grammar.trait else ","
    end = left - 1 if left > first and words[left - 1] in marks else left
    if end <= first:
        return False
    before = words[end - 1]
    return before in _CLOSING or (before in _DASHES | _EITHER and bool(context.document.quoted[end - 1]))


def quotation_after(context: Context, start: int, last: int) -> Range | None:
    """The first quotation that opens at token `start` or later in a sentence that ends at `last`."""
    k = bisect_left(context.document.quotations, start, key=lambda quotation: int(quotation[0]))
    if k == len(context.document.quotations):
        return None
    first, end = context.document.quotations[k].tolist()
    return (first, min(end, last)) if first < last else None


def trim(context: Context, first: int, last: int) -> int:
    """Without the punctuation at the end, unless it belongs to a quotation."""
    while last > first and not context.document.is_word[last - 1] and not context.document.quoted[last - 1]:
        last -= 1
    return last


def sentence_before(context: Context, first: int) -> Range | None:
    """The sentence before the one that begins at a token, without its full stop."""
    if first == 0:
        return None
    begin, end = context.document.sentences[context.document.sentence_of[first - 1]].tolist()
    part = begin, trim(context, begin, end)
    return part if part[0] < part[1] else None
