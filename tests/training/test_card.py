"""The model card: whole, readable Markdown, with the figures it was given."""

import math

import pytest

from onrecord.scoring.model import Model, Scorecard, Steps, load_model
from onrecord.training.card import render
from onrecord.training.evaluate import Evaluation, Figure
from onrecord.training.listing import model_card

LOADED = Steps((1.0,), (2.5, -4.25), 0.0, (), ())
QUESTIONS = Steps((1.0,), (0.5, -0.25), 0.0, (), ())
CARD = Scorecard(50.0, {"tone.questions": QUESTIONS, "tone.loaded": LOADED}, 8.0, 1.6, ())
MODEL = Model("mine", "2024-05-01", "", CARD)
AFTER = Evaluation(24, 6, Figure(0.5, 0.4, 0.6), Figure(9, 8, 10), Figure(0.9, 0.8, 1), ((30.0, 28.0, 5),), None)
BEFORE = Evaluation(24, 6, Figure(0.25, 0.1, 0.4), Figure(12, 8, 14), Figure(0.7, 0.6, 0.8), (), None)
UNKNOWN = Figure(math.nan, math.nan, math.nan)


def tables(card):
    """The tables of a card, each a list of rows of cells."""
    blocks = [block.splitlines() for block in card.split("\n\n") if block.startswith("|")]
    return [[[c.strip() for c in row.strip("|").split("|")] for row in block] for block in blocks]


@pytest.mark.parametrize("before", [None, BEFORE])
def test_tables_are_rectangular(before):
    for rows in tables(render(MODEL, AFTER, before)):
        assert len({len(row) for row in rows}) == 1, rows


def test_it_names_the_model_and_both_evaluations():
    card = render(MODEL, AFTER, BEFORE, "## More\n\nA word.")
    assert card.startswith("# Model card: mine, version 2024-05-01\n")
    assert "24 articles, 6 groups of publishers" in card
    assert "| Spearman | 0.500 (0.400 to 0.600) | 0.250 (0.100 to 0.400) |" in card
    assert "| 30.0 | 28.0 | 5 |" in card
    assert "\n## More\n\nA word.\n" in card
    assert "the model before" not in render(MODEL, AFTER, None)


def test_weights_are_listed_the_heaviest_first_with_what_they_are_held_to():
    rows = tables(render(MODEL, AFTER, None))[-1][2:]
    assert rows == [["tone.loaded", "-4.2", "+2.5", "never raises"], ["tone.questions", "-0.2", "+0.5", "free"]]


def test_a_figure_that_cannot_be_told_is_not_printed_as_a_number():
    assert "nan" not in render(MODEL, Evaluation(2, 1, UNKNOWN, AFTER.coverage, AFTER.coverage, (), None), None)


def test_it_says_what_a_score_is_not():
    for card in (render(MODEL, AFTER, None), model_card("default")):
        assert "It does not say\nwhether the claims are true" in card


def test_the_card_that_ships_belongs_to_the_model_that_ships():
    model, card = load_model(), model_card("default")
    assert f"# Model card: {model.name}, version {model.version}" in card
    weights = {row[0]: row[1:3] for row in tables(card)[-1][2:]}
    assert weights == {n: [f"{min(s.points):+.1f}", f"{max(s.points):+.1f}"] for n, s in model.score.steps.items()}
