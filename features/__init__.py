"""Text to numbers and evidence. A family is one module with `NAME`, `LEXICONS`, `FEATURES` and `measure`."""

from collections.abc import Sequence
from functools import cache
from typing import Protocol

from onrecord.features import (
    attribution,
    attributions,
    boilerplate,
    hedging,
    named_sourcing,
    readability,
    tone,
    transparency,
    voice,
)
from onrecord.features.document import Document
from onrecord.features.lexicon import languages
from onrecord.features.measurement import Attribution, Feature, Measurement


class Family(Protocol):
    """What every family module offers. LEXICONS are those without which a language gets nothing of it measured."""

    NAME: str
    LEXICONS: tuple[str, ...]
    FEATURES: tuple[Feature, ...]

    def measure(self, document: Document, attributions: tuple[Attribution, ...], /) -> tuple[Measurement, ...]:
        """One measurement for each of FEATURES, in that order."""


FAMILIES: tuple[Family, ...] = (
    attribution,
    named_sourcing,
    hedging,
    boilerplate,
    transparency,
    tone,
    voice,
    readability,
)

CATALOGUE: dict[str, Feature] = {feature.id: feature for family in FAMILIES for feature in family.FEATURES}


@cache
def languages_of(feature: Feature) -> tuple[str, ...]:
    """The languages in which a feature is measured: those that have the lexicons of its family."""
    family = next(family for family in FAMILIES if feature.family == family.NAME)
    found = languages("document", *family.LEXICONS)
    return tuple(language for language in found if language in feature.norms or not feature.norms)


@cache
def unmeasured(language: str) -> frozenset[str]:
    """The ids of the features that are missing in every text of a language."""
    return frozenset(feature.id for feature in CATALOGUE.values() if language not in languages_of(feature))


def measure(document: Document) -> tuple[tuple[Attribution, ...], tuple[Measurement, ...]]:
    """All attributions and all measurements of a document, in the order of CATALOGUE."""
    return measure_all([document])[0]


def measure_all(documents: Sequence[Document]) -> list[tuple[tuple[Attribution, ...], tuple[Measurement, ...]]]:
    """The same for each of several documents, whose attributions are found together because that is faster."""
    found = attributions.find_all(documents)
    return [
        (here, tuple(m for family in FAMILIES for m in family.measure(document, here)))
        for document, here in zip(documents, found, strict=True)
    ]
