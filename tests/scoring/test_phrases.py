"""The words of a report: every value of every feature, alone and in its theme."""

import math
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord
from onrecord.features import CATALOGUE
from onrecord.features.document import Article, Span
from onrecord.features.measurement import Feature
from onrecord.scoring.phrases import (
    COLUMNS,
    families,
    generic,
    in_unit,
    in_words,
    number,
    phrases,
    portion,
    sentence,
    themes,
)
from onrecord.scoring.report import Contribution

WORDS = 500


def told(name: str, value: float | None, passages: int = 0, percentile: float | None = None) -> Contribution:
    """What a report holds of a feature of the catalogue."""
    spans = tuple(Span(i, i + 1) for i in range(passages))
    return Contribution(CATALOGUE[name], value, 1.0, percentile, spans)


def made(unit: str, direction: str, value: float | None, percentile: float | None = None) -> Contribution:
    """The same of a feature that has no phrase."""
    return Contribution(Feature("any.one", unit, direction, ""), value, 1.0, percentile, ())


# --- the table


def test_every_phrase_is_of_a_feature_and_those_of_a_theme_stand_together() -> None:
    known = phrases()
    assert COLUMNS == ("feature", "theme", "none", "one", "many", "same", "missing")
    assert set(known) <= set(CATALOGUE) and list(known) == [phrase.feature for phrase in known.values()]
    order = [(CATALOGUE[name].family, phrase.theme) for name, phrase in known.items()]
    assert [pair for i, pair in enumerate(order) if pair in order[:i] and order[i - 1] != pair] == []


@pytest.mark.parametrize("name", list(phrases()))
def test_what_a_phrase_counts_fits_the_unit(name: str) -> None:
    phrase, unit = phrases()[name], CATALOGUE[name].unit
    counted = {"per 1,000 words": {"passages", "times"}, "yes/no": set()}.get(unit, {"value"})
    counted = {"share"} if unit.startswith("share") else counted
    fields = {field for _, field, _, _ in Formatter().parse(phrase.many + phrase.same) if field}
    assert fields <= counted and (fields or not phrase.many or not counted)
    assert "{" not in phrase.none + phrase.one + phrase.missing


@pytest.mark.parametrize("name", list(CATALOGUE))
@pytest.mark.parametrize("value", [None, math.nan, 0.0, 0.002, 0.5, 1.0, 2.0, 7.0, 123.0])
def test_every_value_of_every_feature_is_a_sentence(name: str, value: float | None) -> None:
    for passages in (0, 1, 5):
        said = sentence([told(name, value, passages, 83.0)], WORDS)
        assert said and "{" not in said and "  " not in said and not said.endswith((".", ",", ":", " "))
        assert said[0] == said[0].upper() and not said.startswith((",", "(", ":"))


# --- one theme, one sentence


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ((0, 0, 0, 0, 0), "No source in it could be looked up"),
        ((1, 1, 0, 0, 0), "One source could be looked up: one named person (role not given)"),
        ((1, 1, 1, 0, 0), "One source could be looked up: one named person (with their role)"),
        ((1, 0, 0, 1, 0), "One source could be looked up: one organisation"),
        (
            (6, 4, 3, 1, 1),
            "Six sources could be looked up: four named people (three with their role), one organisation, one document",
        ),
        (
            (14, 5, 1, 2, 7),
            "14 sources could be looked up: five named people (one with a role), two organisations, seven documents",
        ),
        ((None,) * 5, "Distinct sources that could be looked up: not measured"),
    ],
)
def test_the_sources(values: tuple[float | None, ...], text: str) -> None:
    names = ("distinct", "persons", "with_role", "organisations", "documents")
    members = [told(f"named_sourcing.{name}", value) for name, value in zip(names, values, strict=True)]
    assert sentence(members, WORDS) == text


@pytest.mark.parametrize(
    ("values", "text"),
    [
        ((0, 0, 0), "No source is unnamed"),
        ((1, 1, 2), "One source is unnamed (without a reason), and one statement rests on that"),
        ((3, 2, 10), "Three sources are unnamed (two without a reason), and five statements rest on that"),
        ((2, 0, 4), "Two sources are unnamed (the reason is given), and two statements rest on that"),
    ],
)
def test_the_unnamed(values: tuple[float, ...], text: str) -> None:
    names = ("unnamed", "anonymity_unexplained", "unnamed_rate")
    members = [told(f"named_sourcing.{name}", value) for name, value in zip(names, values, strict=True)]
    assert sentence(members, WORDS) == text


@pytest.mark.parametrize(
    ("name", "value", "passages", "percentile", "text"),
    [
        ("tone.loaded", 0, 0, 12, "No loaded words in the article's own voice"),
        ("tone.loaded", 4.5, 1, None, "One loaded word in the article's own voice"),
        (
            "tone.loaded",
            31,
            11,
            97.6,
            "11 loaded words in the article's own voice (more than in 97% of articles, for its length)",
        ),
        ("tone.loaded", None, 0, None, "Loaded words: not measured"),
        ("attribution.longest_gap", 0.34, 0, None, "The longest stretch without a source is a third of the text"),
        ("attribution.longest_gap", 1, 0, None, "The longest stretch without a source is all of the text"),
        (
            "attribution.quoted_share",
            0.12,
            0,
            8,
            "12% of the text is in quotation marks (less than in 92% of articles)",
        ),
        ("attribution.quoted_share", 0.5, 0, 53, "Half of the text is in quotation marks (about average)"),
        ("named_sourcing.response_sought", 0, 0, None, "Nothing says that the other side was asked"),
        ("transparency.dateline", 1, 1, 90, "A dateline says where it was reported"),
        ("transparency.dateline", 0, 0, 40, "No dateline says where it was reported"),
        ("tone.clickbait_title", None, 0, None, "There is no title"),
        ("readability.words", 1234, 0, 100, "The text has 1,234 words (more than in 99% of articles)"),
        (
            "readability.sentence_words",
            17.5,
            0,
            2,
            "A sentence has 17.5 words on average (fewer than in 98% of articles)",
        ),
        ("readability.numbers", 14, 0, None, "The text has seven figures"),
    ],
)
def test_one_feature(name: str, value: float | None, passages: int, percentile: float | None, text: str) -> None:
    assert sentence([told(name, value, passages, percentile)], WORDS) == text


def test_a_rank_stands_after_what_it_is_of() -> None:
    members = [told("named_sourcing.distinct", 2, 2, 70.0), told("named_sourcing.documents", 2, 2, 90.0)]
    assert sentence(members, WORDS) == ("Two sources could be looked up (more than in 70% of articles): two documents")


def test_themes_are_made_within_a_family_and_lose_no_feature() -> None:
    features = [told(name, 1.0) for name in CATALOGUE if CATALOGUE[name].family == "named_sourcing"]
    grouped = dict(themes([*reversed(features), made("count", "more x", 1)]))
    assert sorted(each.feature.id for group in grouped.values() for each in group) == sorted(
        ["any.one", *(each.feature.id for each in features)]
    )
    assert [each.feature.id for each in grouped["any.one"]] == ["any.one"]
    assert grouped["named_sourcing: sources"][0].feature.id == "named_sourcing.distinct"


# --- without a phrase


@pytest.mark.parametrize(
    ("unit", "direction", "value", "percentile", "text"),
    [
        ("count", "more named sources", 7, None, "7 named sources"),
        ("count", "more named sources", 7, 83.9, "7 named sources (more than in 83% of articles)"),
        ("count", "more named sources", 2, 12, "2 named sources (fewer than in 88% of articles)"),
        ("count", "more named sources", 2, 51, "2 named sources (about average)"),
        ("count", "more named sources", 1, None, "1 named source"),
        ("count", "more agencies credited", 1, None, "1 agency credited"),
        ("count", "more press releases", 1, None, "1 press release"),
        ("count", "more named sources", 0, 0, "no named sources"),
        ("share", "more of the text is quoted", 0.625, None, "62% of the text is quoted"),
        ("share", "more sentences that ask", 0.125, 20, "sentences that ask: 12.5% (less than in 80% of articles)"),
        ("per 1,000 words", "more loaded words", 3.25, None, "loaded words: 3.2 per 1,000 words"),
        ("per 1,000 words", "more of the author's I", 0, 0, "the author's I: none"),
        ("yes/no", "more clearly dated", 1, 60, "clearly dated: yes"),
        ("yes/no", "more clearly dated", 0, 0, "clearly dated: no"),
        ("grade", "harder to read", 11.25, None, "harder to read: grade 11.2"),
        ("words", "longer sentences", 21.5, None, "longer sentences: 22 words"),
        ("a unit of tomorrow", "more of it", 2, None, "it: 2 a unit of tomorrow"),
        ("count", "more named sources", None, None, "named sources: not measured"),
        ("count", "more named sources", math.nan, math.nan, "named sources: not measured"),
    ],
)
def test_a_feature_without_a_phrase_is_worded_from_its_direction_and_unit(
    unit: str, direction: str, value: float | None, percentile: float | None, text: str
) -> None:
    each = made(unit, direction, value, percentile)
    assert generic(each) == text
    assert sentence([each], WORDS) == text[0].upper() + text[1:]


def test_a_rate_whose_passages_are_not_known_is_no_none() -> None:
    assert sentence([told("tone.loaded", 3.25)], WORDS) == "Loaded words: 3.2 per 1,000 words"


# --- numbers


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0, "0%"),
        (0.004, "less than 1%"),
        (0.26, "a quarter"),
        (0.3, "30%"),
        (0.66, "two thirds"),
        (0.75, "three quarters"),
        (0.997, "nearly all"),
        (1, "all"),
    ],
)
def test_a_share_is_said_as_the_press_says_it(share: float, text: str) -> None:
    assert portion(share) == text


@given(st.floats(0, 1))
def test_a_share_in_words_is_close(share: float) -> None:
    text = portion(share)
    known = {"all": 1, "nearly all": 1, "less than 1%": 0, "a quarter": 0.25, "a third": 1 / 3, "half": 0.5}
    known |= {"two thirds": 2 / 3, "three quarters": 0.75}
    assert (known[text] if text in known else float(text[:-1]) / 100) == pytest.approx(share, abs=0.016)


@pytest.mark.parametrize(("count", "text"), [(0, "no"), (1, "one"), (10, "ten"), (11, "11"), (2.5, "2.5")])
def test_counts_up_to_ten_are_words(count: float, text: str) -> None:
    assert in_words(count) == text


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


def test_every_family_says_what_it_is_about() -> None:
    report = onrecord.score_article(Article("One sentence."))
    assert sorted(families()) == list(families()) == sorted(family.name for family in report.families)
