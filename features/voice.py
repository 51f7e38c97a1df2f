"""Voice: how much an article's own words are those of articles that readers found well sourced and restrained.

A linear model over words and phrases of two (`wording.py`), each with one weight that anybody can look up. Names are
one token, whoever bears them, and so are quotations and numbers; names of parties and camps are no words of it. So
what is weighed is how an article tells its story, not of whom, and not what its sources say.
"""

from importlib.resources import files
from pathlib import Path

import numpy as np

from onrecord.features.document import Document, Span
from onrecord.features.measurement import Attribution, Feature, Measurement
from onrecord.features.rates import missing, share
from onrecord.features.wording import NAME as ANY_NAME
from onrecord.features.wording import Reading, load

NAME = "voice"
# Weights take the place of a lexicon.
LEXICONS: tuple[str, ...] = ()
_LEARNT_IN = ("en",)

_RIDGE = "Hoerl and Kennard 1970, Ridge regression, over tf-idf of words and phrases"
_SUBJECTIVE = "Wiebe and Riloff 2005, Creating subjective and objective sentence classifiers"
_POINTS = "points"

REPORTING = Feature("voice.reporting", _POINTS, "more words of well-sourced articles", _RIDGE, norms=_LEARNT_IN)
RESTRAINT = Feature("voice.restraint", _POINTS, "more words of restrained articles", _SUBJECTIVE, norms=_LEARNT_IN)
COMMON = Feature("voice.common_words", "share", "more words that are common in news", _RIDGE, norms=_LEARNT_IN)
LEARNT = (REPORTING, RESTRAINT)
FEATURES: tuple[Feature, ...] = (*LEARNT, COMMON)

# What the model of words calls those that it has learnt.
OUTPUTS = tuple(feature.id.partition(".")[2] for feature in LEARNT)
_PASSAGES = 8


def weights(language: str) -> Path:
    """The file with the weights of a language."""
    return Path(str(files("onrecord.features") / "weights" / f"{NAME}.{language}.npz"))


def measure(document: Document, attributions: tuple[Attribution, ...]) -> tuple[Measurement, ...]:
    """The voice of the article's own words, in points of 0 to 100.

    The passages are those that take it furthest to the side of the average on which it lies. Missing in a language
    without weights, and in a text without a known phrase.
    """
    if document.language not in _LEARNT_IN:
        return missing(FEATURES)
    reading = load(weights(document.language)).read(document)
    if not len(reading.phrases):
        return (*missing(LEARNT), _common(document, reading))
    averages = reading.wording.intercept
    learnt = (
        Measurement(feature, min(100.0, max(0.0, value)), _passages(reading, output, 1 if value > average else -1))
        for feature, output, value, average in zip(LEARNT, OUTPUTS, reading.sums.tolist(), averages, strict=True)
    )
    return (*learnt, _common(document, reading))


def _passages(reading: Reading, output: str, sign: int) -> tuple[Span, ...]:
    return tuple(sorted(passage.span for passage in reading.passages(output, _PASSAGES, sign)))


def _common(document: Document, reading: Reading) -> Measurement:
    """The share of words outside quotations, each name and each number one, that the weights know."""
    tokens = reading.words.tokens
    words = np.array([token == ANY_NAME or token[:1].isalnum() for token in tokens], dtype=np.bool_)
    known = np.zeros(len(tokens), dtype=np.bool_)
    known[reading.at[reading.at < len(tokens)]] = True
    return Measurement(COMMON, share(float((known & words).sum()), float(words.sum())))
