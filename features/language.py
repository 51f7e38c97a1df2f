"""Which language a text is in: by CLD2, checked against the function words of languages that have a lexicon.

CLD2 (Compact Language Detector 2, Apache-2.0) weighs sequences of four letters, so it needs neither capitals nor
punctuation nor function words. It is sure of itself too early on short texts and on letters without their accents:
an answer counts where function words bear it out, or where the text is much more like that language than by chance.
"""

import math
from collections.abc import Sequence
from itertools import islice

import pycld2

from onrecord.features.lexicon import languages, load

# A language's function words fill at least this share of its running text.
MIN_FUNCTION_SHARE = 0.18
# More words tell nothing more.
_WORDS = 200
# (fewer words than this, the least score of CLD2 that counts): per 1,024 letters, about 1,100 in running text.
# Vietnamese without accents gets 500 to 800, and as much where ten words of it are taken for English.
_SURE = ((20, 1000), (50, 700), (math.inf, 500))
# Of a text in one language at least this percentage is in it.
_MIN_PERCENT = 80
_UNKNOWN = "un"


def identify(lower: Sequence[str], total: int) -> str:
    """The language of lower-cased tokens, `total` of which are words: a BCP 47 primary tag; "" where it cannot be told.

    Time is linear in the text.
    """
    tag, score = _detected(lower)
    if tag in languages("document") and function_share(lower, total, tag) >= MIN_FUNCTION_SHARE:
        return tag
    counted = _counted(lower, total)
    if not tag:
        return counted
    if counted and total < _SURE[0][0]:
        return ""
    return tag if score >= next(least for words, least in _SURE if total < words) else ""


def function_share(lower: Sequence[str], total: int, language: str) -> float:
    """The share of function words of a language, words of kindred ones counting against it; 0 without a lexicon."""
    lexicon = load("document", language)
    if lexicon is None:
        return 0.0
    function, foreign = lexicon.words("function"), lexicon.words("foreign")
    found = sum(map(function.__contains__, lower))
    found -= sum(map(foreign.__contains__, lower)) if foreign else 0
    return found / max(total, 1)


def _detected(lower: Sequence[str]) -> tuple[str, float]:
    """The language in which CLD2 reliably sees most of the text, "" for none, and how much the text is like it."""
    text = " ".join(islice((word for word in lower if word[0].isalpha()), _WORDS))
    encoded = text.encode()
    reliable, _, found = pycld2.detect(encoded, isPlainText=True)
    _, tag, percent, score = found[0]
    if not reliable or tag == _UNKNOWN or percent < _MIN_PERCENT:
        return "", 0.0
    # CLD2 scores bytes, of which a letter of Cyrillic has two. "zh-Hant" is Chinese as well.
    return tag.partition("-")[0], score * len(encoded) / len(text)


def _counted(lower: Sequence[str], total: int) -> str:
    """The language whose function words fill most of a text, if that is enough, and more than any other's."""
    shares = sorted(((function_share(lower, total, each), each) for each in languages("document")), reverse=True)
    (share, best), (next_share, _) = shares[:2]
    return best if share >= MIN_FUNCTION_SHARE and share > next_share else ""
