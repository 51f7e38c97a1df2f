"""The forms that programs read: the record against its schema, and the flat row."""

import csv
import io
import json
import math
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.features.document import Article, Note, Span
from onrecord.features.measurement import Attribution, Feature, Kind, Mention, Quote
from onrecord.scoring.record import to_json, to_record, to_row
from onrecord.scoring.report import (
    GENRES,
    Bias,
    Change,
    Contribution,
    Evidence,
    FamilyPoints,
    Genre,
    Leaning,
    ModelIdentity,
    Report,
    Score,
)

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "report.schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)

SCORED = Score(62.25, 51.0, 70.5, 0.8, False, (), 58.0, 61.0)
ABSTAINED = Score(None, None, None, 0.0, True, ("too_short: 4 words", "unsupported_language"), 58.0, None)
MODEL = ModelIdentity("default", "2024.1", "ab" * 32)
NAMED = Contribution(Feature("named_sourcing.named", "count", "more named sources", ""), 3.0, 6.25, 70.0, (Span(0, 4),))
TONE = Contribution(Feature("tone.loaded", "per 1,000 words", "more loaded words", ""), math.nan, -2.0, math.nan, ())
SAID = Attribution(
    (Span(0, 4), Span(6, 9)),
    (Span(10, 14),),
    (),
    "she",
    Kind.NAMED_PERSON,
    Mention.PRONOUN,
    "Ines Calder",
    None,
    Quote.MIXED,
)


TOLD = Genre("news", {"news": 0.75, "opinion": 0.25})
UNTOLD = Genre(None, {"news": 0.5, "opinion": 0.5})


def make_report(
    score: Score = SCORED, text: str = "Rain, she said.", leaning: Leaning | None = None, genre: Genre = TOLD
) -> Report:
    return Report(
        article=Article(text, title="Rain; “more” rain", url="https://news.example/rain", domain="news.example"),
        language="en",
        words=3,
        score=score,
        families=(FamilyPoints("named_sourcing", 6.25, (NAMED,)), FamilyPoints("tone", -2.0, (TONE,))),
        attributions=(SAID,),
        evidence={"tone": (Evidence(Span(0, 4), "tone.loaded"),)},
        bias=Bias(0.25, leaning, math.nan),
        genre=genre,
        notes=(Note("short", "It is short."), Note("lowercased", "No capitals.")),
        model=MODEL,
        changes=()
        if score.abstained
        else (Change("Naming her", 2.5, (Span(6, 9),), 1), Change("One more", 1.0, (), 1)),
    )


LEANING = Leaning(0.5, 0.25, 0.25)


@pytest.mark.parametrize("score", [SCORED, ABSTAINED])
@pytest.mark.parametrize("leaning", [None, LEANING])
@pytest.mark.parametrize("genre", [TOLD, UNTOLD, Genre(None, None)])
def test_a_record_validates_against_the_published_schema(score: Score, leaning: Leaning | None, genre: Genre) -> None:
    VALIDATOR.validate(json.loads(to_json(make_report(score, leaning=leaning, genre=genre))))


def test_the_schema_names_every_genre() -> None:
    assert SCHEMA["$defs"]["genre"]["properties"]["value"]["enum"] == [*GENRES, None]


@pytest.mark.parametrize(
    ("genre", "value", "confidence"),
    [(TOLD, "news", 0.75), (UNTOLD, None, 0.5), (Genre(None, None), None, None)],
    ids=["told", "cannot tell", "not looked for"],
)
def test_a_genre_is_told_or_not(genre: Genre, value: str | None, confidence: float | None) -> None:
    record = to_record(make_report(genre=genre))
    assert record["article"]["genre"] == {"value": value, "confidence": confidence}
    assert to_row(record)["genre"] == value


def test_the_schema_is_itself_valid_and_describes_every_object_strictly() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)

    def objects(node: Any) -> list[dict[str, Any]]:
        inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
        here = [node] if isinstance(node, dict) and "required" in node and "properties" in node else []
        return here + [found for each in inner for found in objects(each)]

    assert len(objects(SCHEMA)) >= 12
    for each in objects(SCHEMA):
        assert set(each["required"]) == set(each["properties"])
        assert each["additionalProperties"] is False or "hedging" in each["required"]


BREAKS: list[tuple[tuple[Any, ...], Any]] = [
    (("article", "words"), -1),
    (("article", "author"), "an unknown key"),
    (("article", "sha256"), "short"),
    (("article", "genre"), "news"),
    (("article", "genre", "value"), "poem"),
    (("article", "genre", "confidence"), None),
    (("article", "genre", "confidence"), 75),
    (("score", "value"), None),
    (("score", "value"), 100.5),
    (("score", "reasons"), ["a reason without an abstention"]),
    (("score", "abstained"), True),
    (("families", 0, "features", 0, "id"), "nofamily"),
    (("families", 0, "points"), None),
    (("attributions", 0, "kind"), "somebody"),
    (("attributions", 0, "content", 0), [0, 4]),
    (("evidence", "tone", 0, "start"), 0.5),
    (("evidence", "other"), "no list"),
    (("bias", "hyperpartisan"), 1.5),
    (("changes", 0, "points"), 0),
    (("changes", 0, "text"), ""),
    (("changes", 1, "spans"), None),
    (("schema_version",), "2"),
]


@pytest.mark.parametrize(("path", "value"), BREAKS)
def test_the_schema_rejects_what_is_no_record(path: tuple[Any, ...], value: Any) -> None:
    record = to_record(make_report())
    place: Any = record
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate(record)


def test_the_record_in_full() -> None:
    assert to_record(make_report(leaning=LEANING)) == {
        "schema_version": "1",
        "article": {
            "url": "https://news.example/rain",
            "domain": "news.example",
            "title": "Rain; “more” rain",
            "byline": None,
            "published": None,
            "language": "en",
            "words": 3,
            "sha256": sha256(b"Rain, she said.").hexdigest(),
            "genre": {"value": "news", "confidence": 0.75},
        },
        "score": {
            "value": 62.25,
            "low": 51.0,
            "high": 70.5,
            "confidence": 0.8,
            "abstained": False,
            "reasons": [],
            "baseline": 58.0,
            "percentile": 61.0,
        },
        "families": [
            {
                "name": "named_sourcing",
                "points": 6.25,
                "features": [
                    {"id": "named_sourcing.named", "value": 3.0, "unit": "count", "points": 6.25, "percentile": 70.0}
                ],
            },
            {
                "name": "tone",
                "points": -2.0,
                "features": [
                    {"id": "tone.loaded", "value": None, "unit": "per 1,000 words", "points": -2.0, "percentile": None}
                ],
            },
        ],
        "bias": {
            "hyperpartisan": 0.25,
            "leaning": {"left": 0.5, "center": 0.25, "right": 0.25},
            "loaded_per_1000_words": None,
        },
        "attributions": [
            {
                "content": [{"start": 0, "end": 4}, {"start": 6, "end": 9}],
                "cue": [{"start": 10, "end": 14}],
                "source": [],
                "source_text": "she",
                "kind": "named_person",
                "mention": "pronoun",
                "resolved": "Ines Calder",
                "role": None,
                "quote": "mixed",
            }
        ],
        "evidence": {
            "hedging": [],
            "boilerplate": [],
            "tone": [{"start": 0, "end": 4, "feature": "tone.loaded"}],
            "transparency": [],
        },
        "changes": [
            {"text": "Naming her", "points": 2.5, "spans": [{"start": 6, "end": 9}]},
            {"text": "One more", "points": 1.0, "spans": []},
        ],
        "notes": [{"code": "short", "message": "It is short."}, {"code": "lowercased", "message": "No capitals."}],
        "model": {"name": "default", "version": "2024.1", "sha256": "ab" * 32},
    }


def test_the_row_in_full() -> None:
    assert list(to_row(to_record(make_report(leaning=LEANING)), "a17").items()) == [
        ("id", "a17"),
        ("url", "https://news.example/rain"),
        ("title", "Rain; “more” rain"),
        ("domain", "news.example"),
        ("language", "en"),
        ("words", 3),
        ("score", 62.25),
        ("low", 51.0),
        ("high", 70.5),
        ("confidence", 0.8),
        ("abstained", False),
        ("reasons", ""),
        ("points_named_sourcing", 6.25),
        ("points_tone", -2.0),
        ("hyperpartisan", 0.25),
        ("leaning_left", 0.5),
        ("leaning_center", 0.25),
        ("leaning_right", 0.25),
        ("loaded_per_1000_words", None),
        ("genre", "news"),
        ("notes", "short;lowercased"),
        ("duplicate_of", ""),
    ]


def test_every_row_has_the_same_columns_and_fits_a_table() -> None:
    scored, abstained = (to_row(to_record(report)) for report in (make_report(leaning=LEANING), make_report(ABSTAINED)))
    assert list(scored) == list(abstained)
    assert abstained["score"] is abstained["leaning_left"] is None
    assert abstained["reasons"] == "too_short: 4 words;unsupported_language"
    file = io.StringIO()
    csv.DictWriter(file, scored).writerows([scored, abstained])
    assert len(file.getvalue().splitlines()) == 2


@given(st.text(st.characters()), st.text(st.characters()))
def test_any_text_gives_strict_json_in_utf_8(text: str, title: str) -> None:
    report = make_report(text=text)
    report = replace(report, article=replace(report.article, title=title, byline=title), notes=(Note("odd", text),))
    record = json.loads(to_json(report).encode("utf-8"))
    VALIDATOR.validate(record)
    assert len(record["article"]["title"]) == len(title)
    assert record["article"]["sha256"] == sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()


def test_lone_surrogates_are_replaced_one_for_one() -> None:
    report = replace(make_report(), notes=(Note("odd", "half \ud83d of a pair"),))
    assert to_record(report)["notes"][0]["message"] == "half \ufffd of a pair"


@given(st.lists(st.floats(-40, 40, allow_nan=False), max_size=30))
def test_points_still_add_up_after_a_round_trip(points: list[float]) -> None:
    features = tuple(replace(NAMED, points=each) for each in points)
    report = replace(make_report(), families=(FamilyPoints("named_sourcing", math.fsum(points), features),))
    (family,) = json.loads(to_json(report))["families"]
    assert sum(each["points"] for each in family["features"]) == pytest.approx(family["points"], abs=1e-6)


def test_numbers_of_numpy_become_plain_ones() -> None:
    contribution = replace(NAMED, value=np.float64(2.5), points=np.float32(1.5), spans=())
    report = replace(
        make_report(),
        words=np.int64(7),  # type: ignore[arg-type]
        families=(FamilyPoints("named_sourcing", np.float64(1.5), (contribution,)),),
        evidence={"tone": (Evidence(Span(np.int32(1), np.int32(2)), "tone.loaded"),)},  # type: ignore[arg-type]
    )
    record = json.loads(to_json(report))
    VALIDATOR.validate(record)
    assert record["families"][0]["features"][0]["value"] == 2.5


def test_infinity_is_a_bug_and_never_written() -> None:
    report = replace(make_report(), bias=Bias(math.inf, None, None))
    with pytest.raises(ValueError, match="JSON compliant"):
        to_json(report)


def test_a_single_line_on_request() -> None:
    assert "\n" not in to_json(make_report(), indent=None)


def test_evidence_of_a_new_group_is_kept() -> None:
    report = replace(make_report(), evidence={"numbers": (Evidence(Span(0, 1), "numbers.bare"),)})
    record = to_record(report)
    VALIDATOR.validate(record)
    assert list(record["evidence"]) == ["hedging", "boilerplate", "tone", "transparency", "numbers"]
