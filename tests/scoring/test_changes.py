"""What would raise a score: the claims are what one gets who makes the change."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.features.document import Article
from onrecord.scoring import changes
from onrecord.scoring.changes import with_changes
from onrecord.scoring.edits import NAMES, edited, proposals
from onrecord.scoring.model import Model, Scorecard, Steps, load_model
from onrecord.scoring.ranking import RankOptions, rank
from onrecord.scoring.record import to_json
from onrecord.scoring.render import to_html
from onrecord.scoring.report import Report
from onrecord.scoring.score import score_article
from onrecord.scoring.source import read_source
from onrecord.scoring.terminal import to_text

EXAMPLES = Path(__file__).parents[2] / "examples"


def model(**steps: tuple[tuple[float, ...], tuple[float, ...]]) -> Model:
    """A scorecard of 50 points and the given edges and points of a few features ("family__name")."""
    weighed = {name.replace("__", "."): Steps(*each, 0.0, (), ()) for name, each in steps.items()}
    return replace(load_model(), score=Scorecard(50.0, weighed, 8.0, 1.6, (0.0, 100.0)))


def changed(text: str, card: Model) -> Report:
    return with_changes(score_article(Article(text), card), card)


TEXT = """The old pier at Sallow Point will close in May after a disastrous survey.

Officials said that the town might sell the land. A spokesman said that no contract was signed. Ines Calder said \
that the shameful state of the piles had been known for years.

The repairs would take 140 workers and 26 months.

Subscribe to our newsletter."""


# Each change as a writer would make it, in words of our own: not those that the edits put in.
BY_HAND = [
    (
        "Naming the two unnamed sources, with their roles",
        2,
        {"Officials said": "Peter Holm, the treasurer, said", "A spokesman said": "Rita Vance, the builder, said"},
        model(named_sourcing__with_role=((1, 2, 3), (-5, -2, 1, 3))),
        6.0,
    ),
    (
        "Naming the two unnamed sources, with their roles",
        2,
        {"Officials said": "Peter Holm, the treasurer, said", "A spokesman said": "Rita Vance, the builder, said"},
        model(named_sourcing__unnamed=((1, 2), (3, 0.5, -1.5))),
        4.5,
    ),
    (
        "Giving the role of the named person without one",
        1,
        {"Ines Calder": "Ines Calder, the harbour master,"},
        model(named_sourcing__with_role=((1,), (0, 2.5))),
        2.5,
    ),
    (
        "Saying who stands behind the sentence with figures and no source",
        1,
        {"26 months.": "26 months, according to Ines Calder."},
        model(attribution__attributed_numbers=((0.5,), (-1, 0.5))),
        1.5,
    ),
    (
        "Leaving out the two loaded words",
        2,
        {"disastrous ": "", "shameful ": ""},
        model(tone__loaded=((1, 20), (2, -1, -4))),
        6.0,
    ),
    (
        "Removing the subscription and newsletter line",
        1,
        {"Subscribe to our newsletter.": ""},
        model(boilerplate__subscription=((1,), (0.5, -1.5))),
        2.0,
    ),
    (
        "One more independent source, named and with a role",
        1,
        {"26 months.": "26 months.\n\nDora Finch, a bridge builder, said that piles of this age fail."},
        model(named_sourcing__distinct=((2, 3), (-3, 1, 2))),
        4.0,
    ),
    (
        "Asking those who are criticised for an answer, and saying so",
        1,
        {"26 months.": "26 months.\n\nThe surveyors declined to comment."},
        model(named_sourcing__response_sought=((1,), (-1, 1))),
        2.0,
    ),
]


@pytest.mark.parametrize(("what", "count", "by_hand", "card", "points"), BY_HAND)
def test_who_makes_the_change_gets_the_points(
    what: str, count: int, by_hand: dict[str, str], card: Model, points: float
) -> None:
    report = changed(TEXT, card)
    (change,) = [each for each in report.changes if each.text == what]
    text = TEXT
    for old, new in by_hand.items():
        assert TEXT.count(old) == 1
        text = text.replace(old, new)
    before, after = report.score.value, score_article(Article(text), card).score.value
    assert before is not None and after is not None
    assert (change.points, change.count) == (pytest.approx(points), count)
    assert after - before == pytest.approx(points)


def test_the_best_come_first_and_five_are_enough() -> None:
    card = model(
        named_sourcing__with_role=((1, 2, 3), (-5, -2, 1, 3)),
        named_sourcing__response_sought=((1,), (-1, 1)),
        attribution__attributed_numbers=((0.5,), (-1, 0.5)),
        tone__loaded=((1, 20), (2, -1, -4)),
        boilerplate__subscription=((1,), (0.5, -1.5)),
    )
    report = changed(TEXT, card)
    assert len(proposals(report)) > 5 == len(report.changes)
    points = [each.points for each in report.changes]
    assert points == sorted(points, reverse=True)
    assert report == replace(score_article(Article(TEXT), card), changes=report.changes)


@pytest.mark.parametrize(("points", "kept"), [(1.0, True), (0.99, False), (0.0, False), (-3.0, False)])
def test_what_brings_less_than_a_point_is_not_worth_saying(points: float, kept: bool) -> None:
    report = changed(TEXT, model(named_sourcing__response_sought=((1,), (0, points))))
    assert [each.points for each in report.changes] == ([points] if kept else [])


def test_what_only_the_wording_of_an_edit_brings_is_no_change() -> None:
    by_length = model(readability__words=((float(len(TEXT.split()) + 2),), (-5, 5)))
    assert changed(TEXT, by_length).changes == ()


def test_where_nothing_can_be_bettered_there_is_no_change() -> None:
    assert changed(TEXT, model()).changes == ()
    best = model(named_sourcing__distinct=((1,), (60, 60)), named_sourcing__with_role=((1,), (0, 9)))
    assert changed(TEXT, best).score.value == 100 and changed(TEXT, best).changes == ()


@pytest.mark.parametrize("text", ["Officials said no.", "", "Officials said that “it is a disaster”. " * 5100])
def test_no_score_or_no_article_no_change(text: str) -> None:
    card = model(named_sourcing__with_role=((1,), (0, 9)))
    report = changed(text, card)
    assert report.changes == () and (report.score.abstained or len(text) > changes.LONGEST)


FRAGMENTS = [
    "Officials said that the ferry will not sail.", "Ines Calder said on Sunday that 412 boats were inspected.",
    "“We were never asked,” she said.", "A disastrous, shameful mess!", "Subscribe to our newsletter.", "\n\n", "\n",
    "The company did not respond to a request for comment.", "Prices rose 32% in May", "“", "Some say no.",
    "Critics and residents told the council to wait, an official said.", "I think we all know who is to blame.",
]  # fmt: skip
articles = st.lists(st.sampled_from(FRAGMENTS), min_size=8, max_size=40).map(" ".join)


def all_measured(report: Report, card: Model) -> list[tuple[str, float]]:
    """What is to be claimed, found by scoring every edited article as a whole."""
    found = []
    for each in proposals(report):
        after = score_article(replace(report.article, text=edited(report.article.text, each.edits)), card)
        if report.score.value is not None and after.score.value is not None:
            gain = after.score.value - report.score.value
            pairs = zip(report.families, after.families, strict=True)
            due = sum(b.points - a.points for a, b in pairs if a.name in (each.families or (a.name,)))
            if gain >= changes.LEAST and 2 * due >= gain:
                found.append((each.text, gain))
    return sorted(found, key=lambda change: (-change[1], change[0]))[: changes.MOST]


@pytest.mark.parametrize("name", ["council-water.html", "rant.txt", "port-strike.md", "phone-rumour.html"])
def test_nothing_is_missed_for_not_being_measured(name: str) -> None:
    card = load_model()
    report = with_changes(score_article(read_source(str(EXAMPLES / name)), card), card)
    assert [(each.text, each.points) for each in report.changes] == all_measured(report, card)


@settings(max_examples=40, deadline=None)
@given(articles)
def test_what_is_claimed_is_what_the_edited_article_scores(text: str) -> None:
    card = load_model()
    report = changed(text, card)
    claimed = {each.text: each.points for each in report.changes}
    assert len(claimed) == len(report.changes) <= changes.MOST
    for each in proposals(report) if claimed else ():
        if each.text in claimed:
            after = score_article(replace(report.article, text=edited(text, each.edits)), card).score.value
            assert after is not None and report.score.value is not None
            assert claimed.pop(each.text) == pytest.approx(after - report.score.value, abs=1e-9)
            assert after - report.score.value >= changes.LEAST
    assert not claimed


@pytest.mark.parametrize("name", ["rant.txt", "port-strike.md", "phone-rumour.html", "column.txt"])
def test_a_reader_never_sees_a_stand_in(name: str) -> None:
    card = load_model()
    report = with_changes(score_article(read_source(str(EXAMPLES / name)), card), card)
    assert report.changes
    shown = to_text(report) + to_html(report) + to_json(report)
    assert [name for name in NAMES if name in shown] == [] and report.changes[0].text in to_html(report)


def test_a_ranking_does_not_look_for_changes(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    rank([str(EXAMPLES / "rant.txt")], out, RankOptions(jobs=1))
    assert '"changes": []' in out.read_text(encoding="utf-8")
