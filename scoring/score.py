"""From an article to its report: measure, look up, add."""

import math
from collections.abc import Mapping, Sequence

from onrecord.features import CATALOGUE, FAMILIES, attribution, degraded, form, measure_all, one_source, unmeasured
from onrecord.features.document import MIN_WORDS, Article, Document, Note
from onrecord.features.lexicon import languages
from onrecord.features.measurement import Attribution, Measurement
from onrecord.features.own_text import read
from onrecord.features.voice import COMMON as COMMON_WORDS
from onrecord.scoring import bias, degradation, genre
from onrecord.scoring.model import Model, Scorecard, load_model, percentile
from onrecord.scoring.report import (
    EVIDENCE_GROUPS,
    Contribution,
    Evidence,
    FamilyPoints,
    ModelIdentity,
    Report,
    Score,
)

# What surprises so much more than 99 in 100 articles that the model saw gets no score: twice as much.
UNLIKE = 1.0
# The least share of an article's words that are common in news. Program code and lists have less.
COMMON = 0.6


def score_article(article: Article, model: Model | None = None) -> Report:
    """Score one article with a model (the one that ships, if none is given; it has others for some languages)."""
    return score_articles([article], model)[0]


def score_articles(articles: Sequence[Article], model: Model | None = None) -> list[Report]:
    """Score several articles: the same reports as one by one, in less time."""
    model = model or load_model()
    documents = [read(article) for article in articles]
    measured = measure_all(documents)
    return [
        _report(document, model.of(document.language), *found)
        for document, found in zip(documents, measured, strict=True)
    ]


def _report(
    document: Document, model: Model, attributions: tuple[Attribution, ...], measurements: tuple[Measurement, ...]
) -> Report:
    score, notes = judge(document, model.score, attributions, measurements)
    values = {m.feature.id: m.value for m in measurements}
    return Report(
        article=document.article,
        language=document.language,
        words=document.word_count,
        score=score,
        families=_families(model.score, measurements),
        attributions=attributions,
        evidence=_evidence(measurements),
        bias=bias.judge(document, values, abstains=score.abstained),
        genre=genre.judge(document, values, silent=_is_no_article(document, notes)),
        notes=document.article.notes + notes + _notes(document, model.score, values),
        model=ModelIdentity(model.name, model.version, model.sha256),
    )


def judge(
    document: Document, card: Scorecard, attributions: tuple[Attribution, ...], measurements: Sequence[Measurement]
) -> tuple[Score, tuple[Note, ...]]:
    """The score of a document and what was noticed about its text, without the rest of a report."""
    values = {m.feature.id: m.value for m in measurements}
    one = one_source.recognise(attributions)
    forms = form.recognise(document.whole)
    notes = (*document.notes, *forms, *degraded.recognise(document), *((one,) if one else ()))
    reasons = _reasons(document, notes, card, values)
    doubt = math.hypot(card.untold(unmeasured(document.language)), degradation.deviation(notes))
    return _score(card, values, reasons, doubt), notes


def family_points(card: Scorecard, measurements: Sequence[Measurement]) -> float:
    """What the measurements of a family bring, in points."""
    return sum(_points(card, measurement) for measurement in measurements)


def _score(card: Scorecard, values: Mapping[str, float], reasons: tuple[str, ...], doubt: float) -> Score:
    """The score, unless there are reasons for none; `doubt`, a standard deviation in points, widens its interval."""
    if reasons:
        return Score(None, None, None, 0.0, True, reasons, card.baseline, None)
    total = card.total(values)
    deviation = math.hypot(card.residual, card.spread(values), doubt)
    half = card.factor * deviation * (1 + card.unfamiliar(values))
    value = min(100.0, max(0.0, total))
    low, high = max(0.0, min(value, total - half)), min(100.0, max(value, total + half))
    return Score(
        value=value,
        low=low,
        high=high,
        confidence=max(0.0, 1.0 - (high - low) / 100.0),
        abstained=False,
        reasons=(),
        baseline=card.baseline,
        percentile=percentile(card.reference, total),
    )


def _reasons(
    document: Document, notes: Sequence[Note], card: Scorecard, values: Mapping[str, float]
) -> tuple[str, ...]:
    """Why there is no score, if there is none: what programs read, and a sentence."""
    reasons = []
    if document.word_count < MIN_WORDS:
        reasons.append(f"too_short: {document.word_count} words, at least {MIN_WORDS} are needed")
    if not document.language:
        reasons.append("unsupported_language: the text is in no language that can be told")
    elif document.language not in languages(*attribution.LEXICONS):
        reasons.append(f"unsupported_language: sources cannot be found in this language ({document.language})")
    elif values.get(COMMON_WORDS.id, 1.0) < COMMON:
        reasons.append(f"not_an_article: only {values[COMMON_WORDS.id]:.0%} of the words are common in news")
    elif card.unfamiliar(values) > UNLIKE:
        reasons.append("unfamiliar: the text is unlike all articles that the model saw")
    reasons += [f"not_an_article: {note.message}" for note in notes if note.code in form.NO_ARTICLE]
    return (*reasons, too_far_gone) if (too_far_gone := degradation.reason(notes)) else tuple(reasons)


def _is_no_article(document: Document, notes: Sequence[Note]) -> bool:
    """Whether there is too little text, or none of an article."""
    return document.word_count < MIN_WORDS or any(note.code in form.NO_ARTICLE for note in notes)


def _families(card: Scorecard, measurements: tuple[Measurement, ...]) -> tuple[FamilyPoints, ...]:
    by_id = {m.feature.id: _contribution(card, m) for m in measurements}
    families = []
    for family in FAMILIES:
        features = tuple(by_id[feature.id] for feature in family.FEATURES)
        families.append(FamilyPoints(family.NAME, sum(f.points for f in features), features))
    return tuple(families)


def _contribution(card: Scorecard, measurement: Measurement) -> Contribution:
    steps = card.steps.get(measurement.feature.id)
    value = measurement.value
    return Contribution(
        feature=measurement.feature,
        value=None if math.isnan(value) else value,
        points=_points(card, measurement),
        percentile=percentile(steps.quantiles, value) if steps else None,
        spans=measurement.spans,
    )


def _points(card: Scorecard, measurement: Measurement) -> float:
    steps = card.steps.get(measurement.feature.id)
    return steps.at(measurement.value) if steps else 0.0


def _evidence(measurements: tuple[Measurement, ...]) -> dict[str, tuple[Evidence, ...]]:
    groups: dict[str, list[Evidence]] = {group: [] for group in EVIDENCE_GROUPS}
    for m in measurements:
        if m.feature.evidence:
            groups.setdefault(m.feature.evidence, []).extend(Evidence(span, m.feature.id) for span in m.spans)
    return {group: tuple(sorted(found, key=lambda e: (e.span, e.feature))) for group, found in groups.items()}


def _notes(document: Document, card: Scorecard, values: Mapping[str, float]) -> tuple[Note, ...]:
    notes = []
    lacking = [name for name in unmeasured(document.language) if math.isnan(values.get(name, math.nan))]
    missing = sorted({CATALOGUE[name].family for name in lacking if name in card.steps})
    if document.language and 0 < document.word_count < MIN_WORDS:
        notes.append(Note("too_short", f"{document.word_count} words are too few for a score."))
    if missing:
        notes.append(Note("missing_families", f"Not measured in this language: {', '.join(missing)}."))
    if document.language and 0 < card.unfamiliar(values) <= UNLIKE:
        notes.append(Note("unfamiliar", "The article is unlike those the model saw, so its interval is wider."))
    return tuple(notes)
