"""Who the sources are: named or not, with a role or not, how many, and whether the other side is heard."""

import math
from collections import Counter

import numpy as np

from onrecord.features.document import Document, Span
from onrecord.features.lexicon import Hit, languages, load
from onrecord.features.measurement import Attribution, Feature, Kind, Measurement, Mention
from onrecord.features.rates import missing, per_1000, share, spans

NAME = "named_sourcing"
LEXICONS: tuple[str, ...] = ("attribution", "sources", "names")

_SPJ = "Society of Professional Journalists, Code of Ethics (2014)"
_AP = "Associated Press, News Values and Principles: anonymous sources"
_REUTERS = "Reuters Handbook of Journalism: the two-source rule, named and described sources"
_PEJ = "Pew Project for Excellence in Journalism (2005): number and transparency of sources"
_NAMED = (Kind.NAMED_PERSON, Kind.NAMED_ORGANISATION, Kind.DOCUMENT)

FEATURES: tuple[Feature, ...] = (
    Feature("named_sourcing.distinct", "count", "more distinct sources that could be looked up", _PEJ, 0.0),
    Feature("named_sourcing.persons", "count", "more distinct named persons", _PEJ, 0.0),
    Feature("named_sourcing.organisations", "count", "more distinct named organisations", _PEJ, 0.0),
    Feature("named_sourcing.documents", "count", "more distinct documents, polls and studies", _PEJ, 0.0),
    Feature("named_sourcing.with_role", "count", "more named persons whose role is given", _REUTERS, 0.0),
    Feature("named_sourcing.named_rate", "per 1,000 words", "more statements by named sources", _PEJ),
    Feature("named_sourcing.unnamed_rate", "per 1,000 words", "more statements by nobody who could be looked up", _AP),
    Feature("named_sourcing.unnamed", "count", "more distinct unnamed sources", _AP, 0.0),
    Feature("named_sourcing.on_record_share", "share", "more of the attributions have a named source", _AP),
    Feature("named_sourcing.largest_share", "share", "more of what is said comes from one source", _REUTERS),
    Feature("named_sourcing.one_source", "yes/no", "all that anybody says comes from one source", _REUTERS),
    Feature("named_sourcing.kinds", "count", "more kinds of source: persons, organisations, documents", _PEJ, 0.0),
    Feature("named_sourcing.full_names", "per 1,000 words", "more sources given by their full name", _REUTERS),
    Feature("named_sourcing.response_sought", "count", "more signs that the other side was asked", _SPJ, 0.0),
    Feature("named_sourcing.anonymity_explained", "count", "more reasons given for anonymity", _AP, 0.0),
    Feature(
        "named_sourcing.anonymity_unexplained", "count", "more unnamed sources without a reason near them", _AP, 0.0
    ),
)


def measure(document: Document, attributions: tuple[Attribution, ...]) -> tuple[Measurement, ...]:
    """One measurement for each of FEATURES: nan where the language lacks LEXICONS, `empty` without words."""
    if not document.word_count:
        return tuple(Measurement(f, f.empty) for f in FEATURES)
    lexicon = load("attribution", document.language)
    if lexicon is None or document.language not in languages(*LEXICONS):
        return missing(FEATURES)
    words = document.word_count
    hits = list(lexicon.find(document.lower, "response", "silence", "anonymity"))
    response = [hit for hit in hits if hit.label == "response"]
    given = _given(document, attributions, [hit for hit in hits if hit.label == "silence"])
    named = [a for a in given if a.kind in _NAMED]
    unnamed = [a for a in given if a.kind is Kind.UNNAMED]
    by_kind = {kind: _distinct([a for a in given if a.kind is kind]) for kind in _NAMED}
    statements = Counter(a.source_key for a in given)
    largest, times = max(statements.items(), key=lambda item: item[1], default=("", 0))
    anonymity = [hit for hit in hits if hit.label == "anonymity"]
    unexplained = _without_reason(document, unnamed, anonymity)
    roles = [a for a in named if a.role and a.kind is Kind.NAMED_PERSON]
    full = [a for a in named if a.mention is Mention.NAME]
    values: tuple[tuple[float, tuple[Span, ...]], ...] = (
        (_distinct(named), _spans(named)),
        (by_kind[Kind.NAMED_PERSON], _spans(named, Kind.NAMED_PERSON)),
        (by_kind[Kind.NAMED_ORGANISATION], _spans(named, Kind.NAMED_ORGANISATION)),
        (by_kind[Kind.DOCUMENT], _spans(named, Kind.DOCUMENT)),
        (_distinct(roles), _spans(roles)),
        (per_1000(len(named), words), _spans(named)),
        (per_1000(len(unnamed), words), _spans(unnamed)),
        (_distinct(unnamed), _spans(unnamed)),
        (share(len(named), len(given)), _spans(named)),
        (share(times, len(given)), _spans([a for a in given if a.source_key == largest])),
        (float(len(statements) == 1) if statements else math.nan, _spans(given) if len(statements) == 1 else ()),
        (sum(count > 0 for count in by_kind.values()), ()),
        (per_1000(len(full), words), _spans(full)),
        (len(response), spans(document, response)),
        (len(anonymity), spans(document, anonymity)),
        (_distinct(unexplained), _spans(unexplained)),
    )
    return tuple(Measurement(f, float(v), s) for f, (v, s) in zip(FEATURES, values, strict=True))


def _distinct(attributions: list[Attribution]) -> int:
    return len({a.source_key for a in attributions})


def _given(document: Document, attributions: tuple[Attribution, ...], silence: list[Hit]) -> list[Attribution]:
    """The attributions to a source, without those that only say that somebody did not answer."""
    silent = {int(document.start[i]) for hit in silence for i in range(hit.first, hit.last)}
    return [a for a in attributions if a.is_sourced and not (a.cue and a.cue[0].start in silent)]


def _without_reason(document: Document, unnamed: list[Attribution], reasons: list[Hit]) -> list[Attribution]:
    """The unnamed sources that have no reason for their anonymity in their sentence or the ones beside it."""
    explained = {int(document.sentence_of[hit.first]) + k for hit in reasons for k in (-1, 0, 1)}
    starts = np.array([(a.source or a.content)[0].start for a in unnamed], dtype=np.int64)
    sentences = document.sentence_of[np.searchsorted(document.start, starts)]
    return [a for a, sentence in zip(unnamed, sentences.tolist(), strict=True) if sentence not in explained]


def _spans(attributions: list[Attribution], kind: Kind | None = None) -> tuple[Span, ...]:
    return tuple(span for a in attributions if kind in (None, a.kind) for span in a.source)
