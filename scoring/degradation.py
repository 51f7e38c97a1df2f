"""How far a score can be trusted of a text that is not as it was published."""

import math
from collections.abc import Iterable

from onrecord.features.document import Note

# By code of a note: the standard deviation, in points, that what was done to the text adds to the error of a score, so
# that 90% of the ratings of the text as it was lie in the interval. Measured by `benchmarks/degraded.py` on 300 rated
# English articles and a model that saw nothing of their publishers.
ADDED = {
    "lowercased": 3.5,
    "tokenised": 1.0,
    "stop_words_removed": 10.0,
    "sentences_shuffled": 12.0,
    "truncated": 10.0,
    "stub": 20.0,
}

# Without function words a text hardly says who said what; with its order, names or marks gone too, it does not.
_ESSENTIAL = "stop_words_removed"
_BESIDE = frozenset({"lowercased", "tokenised", "sentences_shuffled"})


def deviation(notes: Iterable[Note]) -> float:
    """The standard deviation, in points, that a score has in addition because of what notes say; 0 for a whole text."""
    return math.hypot(*(ADDED[code] for code in {note.code for note in notes} if code in ADDED))


def reason(notes: Iterable[Note]) -> str:
    """Why a text is too far gone for a score; "" where it is not."""
    codes = {note.code for note in notes}
    if _ESSENTIAL not in codes or _BESIDE.isdisjoint(codes):
        return ""
    what = ", ".join(code for code in ADDED if code in codes & {_ESSENTIAL, *_BESIDE})
    return f"degraded_text: too little is left of the text as it was published ({what})"
