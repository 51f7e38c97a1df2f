"""Quotations of several sentences, whose cue stands in one of them."""

from bisect import bisect_right
from dataclasses import replace

from onrecord.features.document import Document
from onrecord.features.statement import Range, Statement


def whole(document: Document, statements: list[Statement]) -> list[Statement]:
    """Statements, in order of place, whose content takes in all of each quotation that it opens or closes in.

    What stands in such a quotation without a cue is no statement of its own.
    """
    spoken = {_quotation(document, part[k] - k) for s in statements if s.cue for part in s.content for k in (0, 1)}
    spoken -= {None}
    kept = [s for s in statements if s.cue or not any(_quotation(document, part[0]) in spoken for part in s.content)]
    return [replace(s, content=_merged([_widened(document, part) for part in s.content])) if s.cue else s for s in kept]


def _quotation(document: Document, i: int) -> Range | None:
    """The quotation in which token i stands; None outside of all."""
    k = bisect_right(document.quotations, i, key=lambda each: int(each[0])) - 1
    if k < 0 or not document.quotations[k][0] <= i < document.quotations[k][1]:
        return None
    first, last = document.quotations[k].tolist()
    return first, last


def _widened(document: Document, part: Range) -> Range:
    first, last = _quotation(document, part[0]) or part, _quotation(document, part[1] - 1) or part
    return min(part[0], first[0]), max(part[1], last[1])


def _merged(parts: list[Range]) -> tuple[Range, ...]:
    """Parts in order of place, those that overlap made one."""
    merged: list[Range] = []
    for part in sorted(parts):
        if merged and part[0] < merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], part[1])
        else:
            merged.append(part)
    return tuple(merged)
