"""A score in plain words, made of what each feature says of itself."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.features.document import Article, Note, Span
from onrecord.features.measurement import Attribution, Feature, Kind, Mention, Quote
from onrecord.scoring.explain import BANDS, Explanation, explain, in_unit, number, sources
from onrecord.scoring.report import Bias, Contribution, FamilyPoints, ModelIdentity, Report, Score


def make_report(
    *contributions: Contribution,
    value: float | None = 50.0,
    reasons: tuple[str, ...] = (),
    notes: tuple[Note, ...] = (),
    attributions: tuple[Attribution, ...] = (),
) -> Report:
    return Report(
        article=Article("Some text."),
        language="en",
        words=2,
        score=Score(value, value, value, 0.5, value is None, reasons, 50.0, None),
        families=(FamilyPoints("any", sum(each.points for each in contributions), contributions),),
        attributions=attributions,
        evidence={},
        bias=Bias(None, None, None),
        notes=notes,
        model=ModelIdentity("m", "1", "0" * 64),
    )


def contribution(
    unit: str,
    direction: str,
    value: float | None,
    points: float,
    percentile: float | None = None,
    name: str = "any.one",
) -> Contribution:
    return Contribution(Feature(name, unit, direction, ""), value, points, percentile, (Span(0, 4),))


def only_reason(explanation: Explanation) -> str:
    (reason,) = explanation.raised + explanation.lowered
    return reason.text


@pytest.mark.parametrize(
    ("unit", "direction", "value", "points", "percentile", "text"),
    [
        ("count", "more named sources", 7, 6.1, None, "7 named sources raise it by 6.1"),
        ("count", "more named sources", 7, 6.1, 83.9, "7 named sources (more than in 83% of articles) raise it by 6.1"),
        ("count", "more named sources", 2, -1, 12, "2 named sources (only 12% of articles have less) lower it by 1.0"),
        ("count", "more named sources", 1, -3.24, None, "1 named source lowers it by 3.2"),
        ("count", "more agencies credited", 1, 1, None, "1 agency credited raises it by 1.0"),
        ("count", "more press releases", 1, -1, None, "1 press release lowers it by 1.0"),
        ("count", "more named sources", 0, -5.2, 0, "no named sources lower it by 5.2"),
        ("share", "more of the text is quoted", 0.625, 2, None, "62% of the text is quoted, which raises it by 2.0"),
        ("share", "more sentences that ask", 0.125, -2, None, "sentences that ask: 12.5%, which lowers it by 2.0"),
        (
            "per 1,000 words",
            "more loaded words",
            3.25,
            -2,
            None,
            "loaded words: 3.2 per 1,000 words, which lowers it by 2.0",
        ),
        ("per 1,000 words", "more of the author's I", 0, 0.5, 0, "the author's I: none, which raises it by 0.5"),
        ("yes/no", "more clearly dated", 1, 1, 60, "clearly dated: yes, which raises it by 1.0"),
        ("yes/no", "more clearly dated", 0, -1, 0, "clearly dated: no, which lowers it by 1.0"),
        ("grade", "harder to read", 11.25, -1, None, "harder to read: grade 11.2, which lowers it by 1.0"),
        ("words", "longer sentences", 21.5, 1, None, "longer sentences: 22 words, which raises it by 1.0"),
        ("a unit of tomorrow", "more of it", 2, 1, None, "it: 2 a unit of tomorrow, which raises it by 1.0"),
        ("count", "more named sources", None, -1, None, "named sources: not measured, which lowers it by 1.0"),
        ("count", "more named sources", math.nan, -1, math.nan, "named sources: not measured, which lowers it by 1.0"),
    ],
)
def test_a_reason_is_worded_from_the_direction_and_the_unit(
    unit: str, direction: str, value: float | None, points: float, percentile: float | None, text: str
) -> None:
    explanation = explain(make_report(contribution(unit, direction, value, points, percentile)))
    assert only_reason(explanation) == text
    assert bool(explanation.raised) == (points > 0)


@given(st.lists(st.floats(-30, 30, allow_nan=False), max_size=12), st.integers(0, 5))
def test_reasons_are_split_by_sign_and_sorted_by_weight(points: list[float], limit: int) -> None:
    report = make_report(*(contribution("count", "more x", 2, p, name=f"any.f{i}") for i, p in enumerate(points)))
    explanation, shortened = explain(report), explain(report, limit)
    for side, kept in ((explanation.raised, shortened.raised), (explanation.lowered, shortened.lowered)):
        weights = [abs(reason.points) for reason in side]
        assert weights == sorted(weights, reverse=True)
        assert kept == side[:limit]
    assert sorted(r.points for r in explanation.raised + explanation.lowered) == sorted(
        p for p in points if abs(p) >= 0.05
    )


def test_what_the_model_does_not_weigh_is_no_reason() -> None:
    explanation = explain(make_report(contribution("count", "more links", 3, 0.0)))
    assert explanation.raised == explanation.lowered == ()


def test_a_reason_carries_its_feature_and_its_passages() -> None:
    (reason,) = explain(make_report(contribution("count", "more links", 3, 1.0, name="a.links"))).raised
    assert (reason.feature, reason.points, reason.what, reason.passages) == ("a.links", 1.0, "3 links", (Span(0, 4),))


@pytest.mark.parametrize(
    ("value", "band"),
    [(0, 0), (19.99, 0), (20, 1), (39.9, 1), (40, 2), (59.9, 2), (60, 3), (79.9, 3), (80, 4), (100, 4)],
)
def test_each_fifth_of_the_scale_has_its_meaning(value: float, band: int) -> None:
    explanation = explain(make_report(value=value))
    assert (explanation.label, explanation.summary) == BANDS[band]


@pytest.mark.parametrize(
    ("reasons", "summary"),
    [
        (("too_short: 12 words are too few",), "12 words are too few."),
        (("too_short",), "The text has 12 words."),
        (("odd_text",), "Odd text."),
        (("It is a menu.", "odd: it has no verbs"), "It is a menu; it has no verbs."),
    ],
)
def test_an_abstention_says_why_and_gives_no_points(reasons: tuple[str, ...], summary: str) -> None:
    weighed = contribution("count", "more links", 3, 5.0)
    notes = (Note("too_short", "The text has 12 words."),)
    assert explain(make_report(weighed, value=None, reasons=reasons, notes=notes)) == Explanation(
        "No score", summary, (), ()
    )


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (0.004, "share", "0.4%"),
        (1, "share", "100%"),
        (0.5, "share of sentences", "50%"),
        (0, "yes/no", "no"),
        (12, "words", "12 words"),
        (None, "x", "not measured"),
    ],
)
def test_values_carry_their_unit(value: float | None, unit: str, words: str) -> None:
    assert in_unit(value, unit) == words


@given(st.floats(-1e9, 1e9, allow_nan=False))
def test_numbers_are_short_and_close(value: float) -> None:
    assert len(number(value)) <= 14
    assert float(number(value).replace(",", "")) == pytest.approx(value, rel=0.5)


def said(source: str, kind: Kind, resolved: str | None = None, role: str | None = None) -> Attribution:
    return Attribution((Span(0, 4),), (), (), source, kind, Mention.NAME, resolved, role, Quote.DIRECT)


def test_sources_are_told_apart_by_their_fullest_name() -> None:
    person, unnamed, nobody = Kind.NAMED_PERSON, Kind.UNNAMED, Kind.UNRESOLVED
    report = make_report(
        attributions=(
            said("critics", unnamed),
            said("Ines Calder", person, "Ines Calder"),
            said("she", nobody, "Ines Calder", "harbour master"),
            said("", nobody),
            said("Critics", unnamed),
        )
    )
    assert [(s.name, s.kind, s.role, len(s.statements)) for s in sources(report)] == [
        ("critics", unnamed, None, 2),
        ("Ines Calder", person, "harbour master", 2),
        ("", nobody, None, 1),
    ]
