"""From hits in a lexicon to rates and passages: what the lexical families share."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from onrecord.features.document import Document, Span
from onrecord.features.lexicon import Hit, load
from onrecord.features.measurement import Feature, Measurement

PER_1000 = "per 1,000 words"
Hits = dict[str, list[Hit]]


def find(document: Document, family: str) -> Hits | None:
    """The hits of each class of a family's lexicon, in order of place; none of a class that it lacks.

    None when the language of the document has no such lexicon.
    """
    lexicon = load(family, document.language)
    if lexicon is None:
        return None
    found: Hits = defaultdict(list, {label: [] for label in lexicon.classes})
    for hit in lexicon.find(document.lower):
        found[hit.label].append(hit)
    return found


def outside(document: Document, hits: Iterable[Hit]) -> list[Hit]:
    """The hits that begin outside quotation marks: the article's own words."""
    quoted = document.quoted
    return [hit for hit in hits if not quoted[hit.first]]


def own_words(document: Document, found: Hits) -> Hits:
    """The hits of each class that begin outside quotation marks; none of a class that the lexicon lacks."""
    return defaultdict(list, {label: outside(document, hits) for label, hits in found.items()})


def inside(document: Document, hits: Iterable[Hit]) -> list[Hit]:
    """The hits that begin inside quotation marks: somebody else's words."""
    quoted = document.quoted
    return [hit for hit in hits if quoted[hit.first]]


def apart(hits: Iterable[Hit], exceptions: Iterable[Hit]) -> list[Hit]:
    """The hits that share no token with any of the exceptions."""
    taken = {i for hit in exceptions for i in range(hit.first, hit.last)}
    return [hit for hit in hits if taken.isdisjoint(range(hit.first, hit.last))]


def spans(document: Document, hits: Iterable[Hit]) -> tuple[Span, ...]:
    """The passages of hits, in order of place."""
    return tuple(document.span(first, last) for first, last in sorted((hit.first, hit.last) for hit in hits))


def per_1000(count: float, words: int) -> float:
    """A count per 1,000 words; nan without words."""
    return 1000.0 * count / words if words else math.nan


def words_outside(document: Document) -> int:
    """Words that stand outside quotation marks."""
    return int(np.count_nonzero(document.is_word & ~document.quoted))


def rate(feature: Feature, document: Document, hits: Sequence[Hit], words: int) -> Measurement:
    """Hits per 1,000 of `words`, with their passages; missing where there are no words."""
    return Measurement(feature, per_1000(len(hits), words), spans(document, hits))


def flag(feature: Feature, document: Document, hits: Sequence[Hit]) -> Measurement:
    """1 where there is a hit, 0 where there is none; missing in a text without words."""
    value = float(bool(hits)) if document.word_count else math.nan
    return Measurement(feature, value, spans(document, hits))


def missing(features: Iterable[Feature]) -> tuple[Measurement, ...]:
    """Each feature as missing: what a language without a lexicon gets."""
    return tuple(Measurement(feature, math.nan) for feature in features)


def share(part: float, whole: float) -> float:
    """A part of a whole, 0 to 1; nan without a whole."""
    return part / whole if whole else math.nan
