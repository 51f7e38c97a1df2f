"""A report as strict JSON and as one flat row: the forms that programs read.

`docs/report.schema.json` describes the record; a test holds the two together.
"""

import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from onrecord.features.document import Article, Span
from onrecord.features.measurement import Attribution
from onrecord.scoring.report import EVIDENCE_GROUPS, SCHEMA_VERSION, Bias, FamilyPoints, Genre, Report, Score

_SURROGATE = re.compile("[\ud800-\udfff]")


def replace_surrogates(text: str) -> str:
    """Put U+FFFD for each lone surrogate, which UTF-8 cannot carry; offsets stay as they are.

    >>> replace_surrogates("a" + chr(0xD800) + "b") == "a" + chr(0xFFFD) + "b"
    True
    """
    return _SURROGATE.sub("\ufffd", text)


def to_record(report: Report) -> dict[str, Any]:
    """The nested record of a report: dicts, lists, strings, finite numbers, booleans and None only.

    Nothing is rounded: baseline and points add up to the score to 1e-6 (before it is clipped to
    0..100). What is missing is None. Offsets refer to `Article.text` exactly as it was given.
    """
    groups = dict.fromkeys(EVIDENCE_GROUPS, ()) | report.evidence
    record = {
        "schema_version": SCHEMA_VERSION,
        "article": _article(report),
        "score": _score(report.score),
        "families": [_family(family) for family in report.families],
        "bias": _bias(report.bias),
        "attributions": [_attribution(attribution) for attribution in report.attributions],
        "evidence": {
            group: [_span(passage.span) | {"feature": passage.feature} for passage in passages]
            for group, passages in groups.items()
        },
        "changes": [
            {"text": change.text, "points": _number(change.points), "spans": _spans(change.spans)}
            for change in report.changes
        ],
        "notes": [{"code": note.code, "message": note.message} for note in report.notes],
        "model": asdict(report.model),
    }
    whole: dict[str, Any] = _whole(record)
    return whole


def to_json(report: Report, indent: int | None = 2) -> str:
    """The record as JSON text, without NaN and without lone surrogates: any strict parser reads it.

    Args:
        indent: blanks a level; None gives a single line.
    """
    return json.dumps(to_record(report), indent=indent, ensure_ascii=False, allow_nan=False)


def to_row(record: Mapping[str, Any], record_id: str = "") -> dict[str, Any]:
    """One flat row of a record: the columns of .csv and .parquet, in their order.

    Args:
        record: as `to_record` gives it.
        record_id: what the input calls this article.

    Returns:
        Scalars and None. `reasons` and `notes` (codes) are joined with ";"; `duplicate_of` is
        empty, for only a whole ranking can tell.
    """
    article, score, bias = record["article"], record["score"], record["bias"]
    leaning = bias["leaning"] or {}
    return {
        "id": record_id,
        **{key: article[key] for key in ("url", "title", "domain", "language", "words")},
        "score": score["value"],
        **{key: score[key] for key in ("low", "high", "confidence", "abstained")},
        "reasons": ";".join(score["reasons"]),
        **{f"points_{family['name'].replace(' ', '_')}": family["points"] for family in record["families"]},
        "hyperpartisan": bias["hyperpartisan"],
        **{f"leaning_{side}": leaning.get(side) for side in ("left", "center", "right")},
        "loaded_per_1000_words": bias["loaded_per_1000_words"],
        "genre": article["genre"]["value"],
        "notes": ";".join(note["code"] for note in record["notes"]),
        "duplicate_of": "",
    }


def _article(report: Report) -> dict[str, Any]:
    article: Article = report.article
    return {
        "url": article.url,
        "domain": article.domain,
        "title": article.title,
        "byline": article.byline,
        "published": article.published,
        "language": report.language,
        "words": int(report.words),
        "sha256": sha256(article.text.encode("utf-8", errors="surrogatepass")).hexdigest(),
        "genre": _genre(report.genre),
    }


def _genre(genre: Genre) -> dict[str, Any]:
    return {"value": genre.name, "confidence": _number(genre.confidence)}


def _score(score: Score) -> dict[str, Any]:
    return {
        "value": _number(score.value),
        "low": _number(score.low),
        "high": _number(score.high),
        "confidence": _number(score.confidence),
        "abstained": bool(score.abstained),
        "reasons": list(score.reasons),
        "baseline": _number(score.baseline),
        "percentile": _number(score.percentile),
    }


def _family(family: FamilyPoints) -> dict[str, Any]:
    features = [
        {
            "id": each.feature.id,
            "value": _number(each.value),
            "unit": each.feature.unit,
            "points": _number(each.points),
            "percentile": _number(each.percentile),
        }
        for each in family.features
    ]
    return {"name": family.name, "points": _number(family.points), "features": features}


def _bias(bias: Bias) -> dict[str, Any]:
    leaning = bias.leaning and {side: _number(p) for side, p in asdict(bias.leaning).items()}
    return {
        "hyperpartisan": _number(bias.hyperpartisan),
        "leaning": leaning,
        "loaded_per_1000_words": _number(bias.loaded_per_1000_words),
    }


def _attribution(attribution: Attribution) -> dict[str, Any]:
    return {
        "content": _spans(attribution.content),
        "cue": _spans(attribution.cue),
        "source": _spans(attribution.source),
        "source_text": attribution.source_text,
        "kind": str(attribution.kind),
        "mention": str(attribution.mention),
        "resolved": attribution.resolved,
        "role": attribution.role,
        "quote": str(attribution.quote),
    }


def _spans(spans: Iterable[Span]) -> list[dict[str, Any]]:
    return [_span(span) for span in spans]


def _span(span: Span) -> dict[str, Any]:
    return {"start": int(span.start), "end": int(span.end)}


def _number(value: float | None) -> float | None:
    """A built-in float (NumPy's are no JSON); NaN is how arrays write "missing", None how JSON does."""
    return None if value is None or math.isnan(value) else float(value)


def _whole(value: Any) -> Any:
    """The same value with lone surrogates replaced in every string."""
    if isinstance(value, str):
        return replace_surrogates(value)
    if isinstance(value, dict):
        return {replace_surrogates(key): _whole(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_whole(item) for item in value]
    return value
