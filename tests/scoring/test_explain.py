"""A score in plain words: which reasons, and what they add up to."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.features import CATALOGUE
from onrecord.features.document import Article, Note, Span
from onrecord.features.measurement import Attribution, Feature, Kind, Mention, Quote
from onrecord.scoring.explain import BANDS, SMALLEST, Explanation, Reason, explain, sources
from onrecord.scoring.report import Bias, Contribution, FamilyPoints, Genre, ModelIdentity, Report, Score


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
        genre=Genre(None, None),
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


@given(st.lists(st.floats(-30, 30, allow_nan=False), max_size=12), st.integers(0, 5))
def test_reasons_are_split_by_sign_and_sorted_by_weight(points: list[float], limit: int) -> None:
    report = make_report(*(contribution("count", "more x", 2, p, name=f"any.f{i}") for i, p in enumerate(points)))
    explanation, shortened = explain(report), explain(report, limit)
    for side, kept in ((explanation.raised, shortened.raised), (explanation.lowered, shortened.lowered)):
        weights = [abs(reason.points) for reason in side]
        assert weights == sorted(weights, reverse=True)
        assert kept == side[:limit]
    assert sorted(r.points for r in explanation.raised + explanation.lowered) == sorted(
        p for p in points if abs(p) >= SMALLEST
    )


@given(
    st.dictionaries(st.sampled_from(list(CATALOGUE)), st.floats(-30, 30, allow_nan=False)),
    st.one_of(st.none(), st.integers(0, 5)),
)
def test_reasons_and_the_rest_add_up_to_all_points(points: dict[str, float], limit: int | None) -> None:
    weighed = [Contribution(CATALOGUE[name], 2.0, each, None, ()) for name, each in points.items()]
    families = {
        each.feature.family: [x for x in weighed if x.feature.family == each.feature.family] for each in weighed
    }
    report = replace(
        make_report(),
        families=tuple(FamilyPoints(n, sum(x.points for x in found), tuple(found)) for n, found in families.items()),
    )
    explanation = explain(report, limit)
    shown = explanation.raised + explanation.lowered
    assert sum(reason.points for reason in shown) + explanation.rest == pytest.approx(sum(points.values()), abs=1e-9)
    for reason in shown:
        assert reason.points == pytest.approx(sum(points[name] for name in reason.features))
        assert len({CATALOGUE[name].family for name in reason.features}) == 1


def test_features_that_say_nearly_the_same_are_one_reason() -> None:
    values = {"persons": (2, 0.5), "distinct": (3, 4.0), "with_role": (1, -1.5), "organisations": (1, 0.25)}
    weighed = (
        Contribution(CATALOGUE[f"named_sourcing.{name}"], value, points, None, ())
        for name, (value, points) in values.items()
    )
    (reason,) = explain(make_report(*weighed)).raised
    assert reason.points == 3.25
    assert reason.text == "Three sources could be looked up: two named people (one with a role), one organisation"
    assert set(reason.features) == {f"named_sourcing.{name}" for name in values}


def test_what_the_model_does_not_weigh_is_no_reason() -> None:
    explanation = explain(make_report(contribution("count", "more links", 3, 0.0)))
    assert explanation.raised == explanation.lowered == ()


def test_a_reason_carries_its_feature_and_its_passages() -> None:
    (reason,) = explain(make_report(contribution("count", "more links", 3, 1.0, name="a.links"))).raised
    assert reason == Reason("a.links", ("a.links",), 1.0, "3 links", (Span(0, 4),))


def test_of_each_source_one_passage_is_shown_and_no_pronoun() -> None:
    places = [Span(0, 4), Span(5, 8), Span(9, 12), Span(13, 16)]
    names = [("Ann Roe", Mention.NAME), ("She", Mention.PRONOUN), ("Roe", Mention.PARTIAL), ("Tom Bell", Mention.NAME)]
    said = tuple(
        Attribution(
            (),
            (),
            (place,),
            text,
            Kind.NAMED_PERSON,
            mention,
            "Tom Bell" if "Bell" in text else "Ann Roe",
            None,
            Quote.DIRECT,
        )
        for place, (text, mention) in zip(places, names, strict=True)
    )
    weighed = Contribution(CATALOGUE["named_sourcing.persons"], 2, 1.0, None, tuple(places))
    (reason,) = explain(make_report(weighed, attributions=said)).raised
    assert reason.spans == (places[0], places[3])


def test_passages_of_what_a_sentence_does_not_tell_are_not_shown() -> None:
    told = Contribution(CATALOGUE["tone.argument"], 0.0, 1.0, None, ())
    untold = Contribution(CATALOGUE["tone.contrast"], 2.0, 3.0, None, (Span(0, 4),))
    (reason,) = explain(make_report(told, untold)).raised
    assert (reason.points, reason.spans) == (4.0, ())


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
