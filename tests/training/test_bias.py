"""From labelled articles to the tables of bias, on a made-up press."""

import json
import random

import numpy as np
import pytest

from onrecord.features.wording import save
from onrecord.scoring.bias import INPUTS, SIDES, load_bias, to_json
from onrecord.training import bias as command
from onrecord.training import evaluate
from onrecord.training.bias_card import render, slope
from onrecord.training.bias_fit import (
    MOST_OF_AN_OUTLET,
    NEVER,
    Articles,
    apart_from,
    leaning_data,
    of_many_outlets,
    out_of_fold,
    surest,
    train,
    weigh,
)
from onrecord.training.evaluate import figure_by_publisher

THINGS = (
    "harbour",
    "ferry",
    "bridge",
    "school",
    "market",
    "river",
    "tower",
    "garden",
    "station",
    "mill",
    "museum",
    "library",
    "stadium",
    "clinic",
)
DOES = ("opens", "closes", "needs", "shows", "keeps", "brings", "leaves", "turns", "meets", "takes")
REPORTS = (
    "The {thing} of {place} {does} in {n} days, said Marta Quill.",
    "According to the board, {n} people saw the {thing}.",
    "A spokesman told {n} reporters that the {thing} {does} again.",
)
COLUMNS = (
    "Why must we bear this {thing} of {n}?",
    "And it is a shameful disgrace that the {thing} of {n} {does} and nobody in the senate votes.",
    "So do not believe what the {n} liberals and the {n} conservatives say of our {thing}.",
)
SIDED = {
    "left": "The workers and their unions want the {thing} because in {n} cases justice {does} for workers.",
    "right": "The patriots and their families want the {thing} because in {n} cases liberty {does} for families.",
    "center": "The officials and their analysts want the {thing} because in {n} cases evidence {does} for analysts.",
}


# Every sentence has a number that hardly any other has, so that no two articles are near-duplicates.
def article(sentences, seed, count=12):
    rng = random.Random(seed)
    fill = {"thing": THINGS, "does": DOES, "place": ["Orlow", "Tarn", "Velm"], "n": range(10**6)}
    return " ".join(
        rng.choice(sentences).format(**{key: rng.choice(values) for key, values in fill.items()}) for _ in range(count)
    )


def press(count=16, each=4):
    """Rows of labelled, rated and sided articles of different outlets."""
    labelled, rated, sided = [], [], []
    for outlet in range(count):
        for k in range(each):
            seed, argues = 100 * outlet + k, k % 2 == 0
            text = article(COLUMNS if argues else REPORTS, seed)
            labelled.append(
                {"id": f"h{seed}", "domain": f"h{outlet}.example", "title": "", "text": text, "hyperpartisan": argues}
            )
            text = article(COLUMNS if argues else REPORTS, 5000 + seed)
            genre = "opinion" if argues else "news"
            rated.append({"id": f"r{seed}", "domain": f"s{outlet}.example", "text": text, "genre": genre})
            side = SIDES[outlet % 3]
            text = article((SIDED[side], SIDED[side], *REPORTS), 9000 + seed)
            row = {"id": f"s{seed}", "domain": f"s{outlet}.example", "outlet": f"Velm {outlet}", "text": text}
            sided.append(row | {"leaning": side})
    return labelled, rated, sided


LABELLED, RATED, SIDES_OF = press(count=24)


@pytest.fixture(scope="module", autouse=True)
def few_draws():
    """Intervals from fewer resamples than a card has them from."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(evaluate, "DRAWS", 60)
        yield


@pytest.fixture(scope="module")
def trained():
    return train(LABELLED, RATED, SIDES_OF)


@pytest.fixture(scope="module")
def card(trained):
    return render(trained)


# ---- what is trained on -----------------------------------------------------------------------------------


def test_publishers_and_copies_of_what_is_tested_do_not_teach():
    people = Articles.of(LABELLED)
    copy = {"id": "c", "domain": "copycat.example", "text": "Here: " + LABELLED[0]["text"], "genre": "opinion"}
    same = {"id": "d", "domain": LABELLED[0]["domain"], "text": article(REPORTS, 1), "genre": "news"}
    assert apart_from([copy, *RATED, same], people) == RATED


def test_an_outlet_teaches_only_so_much_and_the_order_of_articles_does_not_matter():
    most = MOST_OF_AN_OUTLET
    rows = [{"id": f"{k}", "domain": "big.example", "text": article(REPORTS, k)} for k in range(most + 30)]
    kept = of_many_outlets([*rows, *SIDES_OF])
    assert sum(row["domain"] == "big.example" for row in kept) == most
    assert of_many_outlets([*SIDES_OF, *reversed(rows)]) == kept


def test_what_two_outlets_print_teaches_no_side():
    copy = SIDES_OF[0] | {"id": "copy", "domain": "copycat.example"}
    empty = SIDES_OF[0] | {"id": "empty", "text": " "}
    kept = of_many_outlets([*SIDES_OF, copy, empty])
    assert {row["id"] for row in kept} == {row["id"] for row in SIDES_OF[1:]}


def test_each_side_weighs_the_same_and_a_large_outlet_more_but_not_as_much_more():
    counts = {("a", "left"): 4, ("b", "left"): 1, ("c", "right"): 2, ("d", "center"): 1}
    rows = [{"domain": name, "leaning": side} for (name, side), count in counts.items() for _ in range(count)]
    outlets, sides, weights = leaning_data(rows)
    assert np.bincount(sides, weights) == pytest.approx([1, 1, 1])
    assert weights[outlets == 0].sum() == pytest.approx(2 * weights[outlets == 1].sum())


# ---- what is learnt ---------------------------------------------------------------------------------------


def test_it_tells_tirades_from_reports_of_other_publishers(trained):
    target = trained.people.labels("hyperpartisan")
    found = out_of_fold(trained.inputs, target, trained.people.publishers)
    assert found[target].min() > found[~target].max()
    assert all(each.weight > 0 for each in trained.model.inputs.values())


def test_no_name_and_no_camp_is_among_the_words_of_opinion(trained):
    tokens = {token for phrase in trained.model.opinion.phrases for token in phrase.split(" ")}
    assert {"why", "spokesman", "senate"} <= tokens
    assert not tokens & {"marta", "quill", "orlow", "tarn", "velm", "liberals", "conservatives"}


def test_it_tells_sides_and_not_outlets(trained):
    tokens = {token for phrase in trained.model.leaning.phrases for token in phrase.split(" ")}
    assert {"workers", "families", "quill"} <= tokens and not tokens & {"velm", "?", "."}
    assert (trained.outlets.chances.argmax(axis=1) == trained.outlets.sides).mean() > 0.9
    assert 0 < trained.model.sure < 1


def test_the_order_of_articles_does_not_matter(trained):
    rng = random.Random(0)
    again = train(*(rng.sample(rows, len(rows)) for rows in (LABELLED, RATED, SIDES_OF)))
    one, two = trained.model, again.model
    assert two.leaning.phrases == one.leaning.phrases and np.array_equal(two.leaning.weights, one.leaning.weights)
    for name in INPUTS:
        assert two.inputs[name].weight == pytest.approx(one.inputs[name].weight, abs=0.1)


def test_weights_by_hand():
    """One input tells all, one nothing, one is never there."""
    target = np.arange(40) % 2 == 0
    seen = np.stack([target * 4.0, np.arange(40) // 2 % 5, np.full(40, np.nan)], axis=1)
    seen[0, 0] = np.nan
    with np.errstate(all="ignore"), pytest.warns(RuntimeWarning):
        intercept, terms = weigh(seen, target)
    assert abs(intercept) < 0.5 and terms["opinion"].weight > 0.5 > 0.1 > abs(terms["politics"].weight)


# ---- when an answer is given ------------------------------------------------------------------------------


def sure_of(*pairs):
    """Probabilities of the likeliest of three sides, and whether it was the right one."""
    chances = np.array([[p, (1 - p) / 2, (1 - p) / 2] for p, _ in pairs])
    return surest(chances, np.array([0 if right else 1 for _, right in pairs]), np.ones(len(pairs)))


@pytest.mark.parametrize(
    ("pairs", "sure"),
    [
        ([(0.9, True), (0.8, True), (0.7, True)], 0.7),
        ([(0.9, True), (0.8, True), (0.7, True), (0.6, True), (0.55, False), (0.5, False)], 0.55),
        ([(0.9, True), (0.8, True), (0.7, False), (0.6, False)], 0.8),
        ([(0.9, False), (0.8, True), (0.75, True), (0.7, True), (0.65, True)], 0.65),
        ([(0.9, False), (0.8, False)], NEVER),
    ],
)
def test_answers_are_given_where_four_of_five_are_right(pairs, sure):
    assert sure_of(*pairs) == pytest.approx(sure, abs=0.002)


# ---- the card ---------------------------------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore")
def test_the_card_has_all_figures(card):
    for part in (
        "# Card: bias",
        "AUC | 1.000",
        "Brier",
        "Fifths by probability",
        "Even-handed",
        "## Leaning",
        "## Limits",
    ):
        assert part in card
    assert f"{len(LABELLED)} articles" in card and "by 0.0000 in the mean, by 0.0000 at most" in " ".join(card.split())
    assert max(map(len, card.splitlines())) <= 120


def test_intervals_are_over_publishers():
    values = np.repeat([0.0, 1.0], 50)
    wide = figure_by_publisher(lambda i: float(values[i].mean()), np.repeat([0, 1], 50))
    narrow = figure_by_publisher(lambda i: float(values[i].mean()), np.arange(100))
    assert (wide.low, wide.value, wide.high) == (0, 0.5, 1)
    assert 0.35 < narrow.low < 0.5 < narrow.high < 0.65


def test_the_slope_tells_whether_probabilities_are_too_sure():
    rng = np.random.default_rng(0)
    odds = rng.normal(size=5000)
    target = rng.random(5000) < 1 / (1 + np.exp(-odds))
    assert slope(1 / (1 + np.exp(-odds)), target) == pytest.approx(1, abs=0.1)
    assert slope(1 / (1 + np.exp(-2 * odds)), target) == pytest.approx(0.5, abs=0.1)
    assert np.isnan(slope(np.array([0.2, 0.4]), np.array([True, True])))


@pytest.mark.filterwarnings("ignore")
def test_the_command_writes_tables_that_can_be_read_and_always_the_same(trained, card, tmp_path, capsys):
    parquet = pytest.importorskip("pyarrow.parquet")
    arrow = pytest.importorskip("pyarrow")
    for name, rows in zip(command.DATA, (LABELLED, RATED, SIDES_OF), strict=True):
        if name.endswith(".parquet"):
            parquet.write_table(arrow.Table.from_pylist(rows), tmp_path / name)
        else:
            (tmp_path / name).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    out, again = tmp_path / "out", tmp_path / "again.npz"
    command.main(tmp_path, out)
    assert sorted(path.name for path in out.iterdir()) == ["bias.json", "card.md", "leaning.npz", "opinion.npz"]
    assert (out / "card.md").read_text(encoding="utf-8") == card == capsys.readouterr().out[:-1]
    for name, words in (("opinion.npz", trained.model.opinion), ("leaning.npz", trained.model.leaning)):
        save(words, again)
        assert (out / name).read_bytes() == again.read_bytes()
    record = (out / "bias.json").read_text(encoding="utf-8")
    trained_on = json.loads(record)["trained_on"]
    assert record == to_json(trained.model, trained_on) and trained_on[0].startswith("hyperpartisan.jsonl ")
    assert 0 < load_bias(out).sure < 1
