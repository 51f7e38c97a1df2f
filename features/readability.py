"""Readability: how long the words and sentences are, how varied the words, how many the figures.

The grades are computed here, because textstat takes longer to import than thousands of articles to
measure; `textstat_grades` gives textstat's own, for comparison.
"""

import math

import numpy as np

from onrecord.features.arrays import Ints
from onrecord.features.document import Document
from onrecord.features.measurement import Attribution, Feature, Measurement
from onrecord.features.rates import PER_1000, per_1000

NAME = "readability"
LEXICONS: tuple[str, ...] = ()

# The languages whose schools the grades are those of.
_GRADED = ("en",)

_MATTR = "Covington and McFall 2010, moving-average type-token ratio"
_ARI = "Smith and Senter 1967, Automated Readability Index; Kincaid et al. 1975"
_COLEMAN = "Coleman and Liau 1975, A computer readability formula"
_LIX = "Björnsson 1968, LIX: long words and long sentences"
_DATA = "Trust Project indicators: references and figures behind a claim"

WORDS = Feature("readability.words", "words", "a longer text", _LIX, empty=0.0)
SENTENCE_WORDS = Feature("readability.sentence_words", "words", "longer sentences", _LIX)
LONG_SENTENCES = Feature("readability.long_sentences", "share", "more sentences of over 40 words", _LIX)
VARIETY = Feature("readability.lexical_variety", "share", "more different words in a hundred", _MATTR)
WORD_LETTERS = Feature("readability.word_letters", "letters", "longer words", _COLEMAN)
LONG_WORDS = Feature("readability.long_words", "share", "more words of over six letters", _LIX)
NUMBERS = Feature("readability.numbers", PER_1000, "more figures", _DATA)
ARI = Feature("readability.automated_readability_index", "grade", "harder to read", _ARI, norms=_GRADED)
COLEMAN_LIAU = Feature("readability.coleman_liau_index", "grade", "harder to read", _COLEMAN, norms=_GRADED)
FEATURES: tuple[Feature, ...] = (
    WORDS,
    SENTENCE_WORDS,
    LONG_SENTENCES,
    VARIETY,
    WORD_LETTERS,
    LONG_WORDS,
    NUMBERS,
    ARI,
    COLEMAN_LIAU,
)

LONG_SENTENCE = 40
LONG_WORD = 6
WINDOW = 100


def measure(document: Document, attributions: tuple[Attribution, ...]) -> tuple[Measurement, ...]:
    """Lengths, variety and grades; all but the number of words are missing without words.

    Nothing here needs a lexicon, but the grades are norms of one language: elsewhere they are missing.
    """
    words = document.word_count
    if not words:
        return (Measurement(WORDS, 0.0), *(Measurement(feature, math.nan) for feature in FEATURES[1:]))
    tokens = [word for word, is_word in zip(document.lower, document.is_word.tolist(), strict=True) if is_word]
    letters = np.array([len(token) for token in tokens])
    numbers = sum(token[0].isdigit() for token in tokens)
    lengths = _sentence_lengths(document)
    mean_letters, mean_words = float(letters.mean()), float(lengths.mean())
    graded = document.language in _GRADED
    ari = 4.71 * mean_letters + 0.5 * mean_words - 21.43
    coleman_liau = 5.88 * mean_letters - 29.6 / mean_words - 15.8
    return (
        Measurement(WORDS, float(words)),
        Measurement(SENTENCE_WORDS, mean_words),
        Measurement(LONG_SENTENCES, float(np.mean(lengths > LONG_SENTENCE))),
        Measurement(VARIETY, lexical_variety(tokens)),
        Measurement(WORD_LETTERS, mean_letters),
        Measurement(LONG_WORDS, float(np.mean(letters > LONG_WORD))),
        Measurement(NUMBERS, per_1000(numbers, words)),
        Measurement(ARI, ari if graded else math.nan),
        Measurement(COLEMAN_LIAU, coleman_liau if graded else math.nan),
    )


def lexical_variety(tokens: list[str], window: int = WINDOW) -> float:
    """Different words as a share of the words, averaged over every window of consecutive words.

    Linear in the text: a token is new in the windows that begin after its previous occurrence and
    reach it. A text shorter than the window is one window; nan without tokens.

    >>> lexical_variety(["a", "b", "a", "a"], window=2)
    0.8333333333333334
    """
    n = len(tokens)
    if not n:
        return math.nan
    window = min(window, n)
    seen: dict[str, int] = {}
    previous = np.empty(n, dtype=np.int64)
    for i, token in enumerate(tokens):
        previous[i] = seen.get(token, -1)
        seen[token] = i
    at = np.arange(n)
    first = np.maximum(np.maximum(previous + 1, at - window + 1), 0)
    last = np.minimum(at, n - window)
    new = np.maximum(last - first + 1, 0).sum()
    return float(new / (window * (n - window + 1)))


def textstat_grades(document: Document) -> dict[str, float]:
    """textstat's own grades of the text: `automated_readability_index` and `coleman_liau_index`.

    Slow to import (over a second), and for comparison only; neither counts syllables, so neither
    fetches a dictionary.
    """
    import textstat

    text = document.article.text
    return {
        "automated_readability_index": float(textstat.automated_readability_index(text)),
        "coleman_liau_index": float(textstat.coleman_liau_index(text)),
    }


def _sentence_lengths(document: Document) -> Ints:
    """(s,) the words of each sentence that has any."""
    lengths = np.add.reduceat(document.is_word.astype(np.int32), document.sentences[:, 0])
    return lengths[lengths > 0]
