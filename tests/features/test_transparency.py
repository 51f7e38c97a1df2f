"""Transparency, by span: datelines, credits, corrections, disclosures and bylines."""

import math

import pytest

from onrecord.features import transparency
from onrecord.features.document import Article, Link, read

PLAIN = "The council met in the town hall on Monday and all of the members were there for the vote on the bridge."


def measure(text, **known):
    document = read(Article(text, **known))
    return document, {m.feature.id.removeprefix("transparency."): m for m in transparency.measure(document, ())}


def passages(text, name):
    document, found = measure(text)
    return [document.text_of(span) for span in found[name].spans], found[name].value


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("WASHINGTON (AP) — The bill passed.", ["WASHINGTON (AP)"]),
        ("PARIS (Reuters) - The bill passed.", ["PARIS (Reuters)"]),
        ("London, March 3 - The bill passed.", ["London, March 3"]),
        ("NEW YORK, N.Y. — The bill passed.", ["NEW YORK, N.Y."]),
        ("ST. LOUIS -- The bill passed.", ["ST. LOUIS"]),
        ("SEOUL, South Korea — The bill passed.", ["SEOUL, South Korea"]),
        ("RIO DE JANEIRO–The bill passed.", ["RIO DE JANEIRO"]),
        ("A bridge too far\n\nGENEVA — The bill passed.", ["GENEVA"]),
        ("UPDATE — The bill passed.", []),
        ("WATCH: The bill passed.", []),
        ("Ana Ruiz — who won — left town.", []),
        ("Washington - the man, not the city - is on the note.", []),
        ("SEOUL-based firms rejoiced.", []),
        ("The bill passed in WASHINGTON — at last.", []),
    ],
)
def test_datelines(text, found):
    assert passages(f"{text}\n\n{PLAIN}", "dateline") == (found, float(bool(found)))


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("ROME (AFP) — The bill passed.", "agency_credit", ["AFP"]),
        ("Ana Ruiz of The Associated Press contributed to this report.", "agency_credit", ["The Associated Press"]),
        ("He told Reuters that it had passed.", "agency_credit", []),
        ("Correction: the year was wrong.", "correction", ["Correction:"]),
        ("Editor’s note: the year was wrong.", "correction", ["Editor’s note"]),
        ("The editor took note. A correction in prices followed.", "correction", []),
        ("Disclosure: the author owns shares.", "disclosure", ["Disclosure:", "the author owns"]),
        ("The law asks for disclosure of gifts.", "disclosure", []),
        ("Ana Ruiz contributed reporting.", "contributed", ["contributed reporting"]),
        ("Ana Ruiz contributed to the fund.", "contributed", []),
        ("Write to ana.ruiz@example.org today.", "contact", ["ana.ruiz@example.org"]),
        ("She tweets as @anaruiz from home.", "contact", []),
        ("Ana Ruiz is a columnist here.", "opinion_note", ["is a columnist"]),
        ("The views expressed are her own.", "opinion_note", ["The views expressed"]),
        ("Her views are well known.", "opinion_note", []),
    ],
)
def test_hits_and_misses(text, name, found):
    assert passages(f"{text}\n\n{PLAIN}", name) == (found, float(bool(found)))


def test_an_authors_note_stands_at_the_foot():
    assert passages(f"Ana Ruiz is a columnist here.\n\n{' '.join([PLAIN] * 8)}", "opinion_note") == ([], 0.0)


@pytest.mark.parametrize(
    ("byline", "person", "desk"),
    [
        ("Jane Roe", 1, 0),
        ("By JANE ROE", 1, 0),
        ("Jane Roe and Ana de la Cruz", 1, 0),
        ("Jane Roe, Associated Press", 1, 1),
        ("Reuters", 0, 1),
        ("Staff", 0, 1),
        ("News Desk", 0, 1),
        ("admin", 0, 1),
        ("", 0, 0),
    ],
)
def test_who_signs(byline, person, desk):
    found = measure(PLAIN, byline=byline)[1]
    assert (found["byline_person"].value, found["byline_desk_or_agency"].value) == (person, desk)


def test_an_agency_in_the_byline_is_a_credit():
    assert measure(PLAIN, byline="Jane Roe, Associated Press")[1]["agency_credit"].value == 1
    assert measure(PLAIN, byline="Jane Roe")[1]["agency_credit"].value == 0


@pytest.mark.parametrize(
    ("top", "found"),
    [("By Jane Roe", ["By Jane Roe"]), ("BY JANE ROE", ["BY JANE ROE"]), ("By and by it rained.", [])],
)
def test_a_byline_at_the_top_of_the_text_is_read(top, found):
    spans, value = passages(f"{top}\n\n{PLAIN}", "byline_person")
    assert spans == found
    assert value == 1 if found else math.isnan(value)


@pytest.mark.parametrize(
    ("known", "value"),
    [
        ({"published": "2024-03-03"}, 1.0),
        ({"links": (Link("https://example.org", "here"),)}, 0.0),
        ({"aside": ""}, 0.0),
        ({}, math.nan),
    ],
)
def test_a_date_is_absent_only_from_a_page(known, value):
    assert measure(PLAIN, **known)[1]["date_given"].value == pytest.approx(value, nan_ok=True)


@pytest.mark.parametrize("text", ["", "Roe", "1234 !!! ***", "—", "(AP)", "ROME (AP) —"])
def test_without_english_everything_is_missing(text):
    found = transparency.measure(read(Article(text, byline="Jane Roe", published="2024-03-03")), ())
    assert tuple(m.feature for m in found) == transparency.FEATURES
    assert all(math.isnan(m.value) and m.spans == () for m in found)


@pytest.mark.parametrize("text", ["By", "By\n\n—", "— By", "The —"])
def test_scraps_of_english_show_nothing(text):
    found = transparency.measure(read(Article(text)), ())
    assert {m.value for m in found if not math.isnan(m.value)} == {0.0}
