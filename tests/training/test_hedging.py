"""Weighing the cues of hedging: what tells hedged sentences apart gets weight, and neighbours stay together."""

import json
from itertools import product

import numpy as np
import pytest

from onrecord.features.hedge_weights import parse
from onrecord.training import hedging

PLACES = ["bridge", "mill", "harbour", "school", "library", "market", "chapel", "station"]
HEDGED = ["It is believed that the {} is unsafe.", "Some people say the {} is old.", "The {} will probably be sold."]
PLAIN = ["The {} was often closed.", "The owner of the {} has sold it.", "The {} usually opens at nine."]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    path = tmp_path_factory.mktemp("corpus") / "sentences.jsonl"
    rows = [
        {"text": form.format(place), "hedged": hedged}
        for hedged, forms in ((False, PLAIN), (True, HEDGED))
        for place, form in product(PLACES, forms)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def examples(corpus):
    return hedging.read_examples(corpus)


def test_words_of_hedged_sentences_weigh_more(examples):
    weights = hedging.train(examples).of
    assert weights["phrase", "probably"] > 0 > weights["phrase", "often"]
    assert weights["class", "weasel"] > weights["class", "approximation"]


def test_sentences_that_were_not_trained_on_are_told_apart(examples):
    assert hedging.cross_validate(examples, folds=4).f1 == 1.0


def test_a_file_gives_one_table_and_the_table_its_weights(corpus, examples, tmp_path, capsys):
    tables = []
    for name in ("one.tsv", "two.tsv"):
        hedging.main(corpus, tmp_path / name)
        tables.append((tmp_path / name).read_text(encoding="utf-8"))
    assert tables[0] == tables[1]
    assert set(json.loads(capsys.readouterr().out.splitlines()[0])) == {"precision", "recall", "f1"}
    trained, read = hedging.train(examples), parse("one", tables[0])
    assert read.threshold == pytest.approx(trained.threshold, abs=1e-3)
    assert all(read.of.get(key, 0.0) == pytest.approx(weight, abs=0.006) for key, weight in trained.of.items())


def test_a_fold_is_a_block_of_each_label(examples):
    fold = hedging.blocks(examples, 4)
    for hedged in (False, True):
        here = fold[[example.hedged == hedged for example in examples]]
        assert (np.diff(here) >= 0).all() and set(here.tolist()) == {0, 1, 2, 3}


@pytest.mark.parametrize(
    ("balances", "chances", "marked"),
    [
        ([3, 2, 1, 0], [1, 1, 0, 0], 2),
        ([3, 2, 1, 0], [1, 1, 1, 1], 4),
        ([3, 3, 1, 0], [1, 0.9, 0.1, 0], 2),
        ([3, -np.inf, -np.inf], [0.9, 0.9, 0.9], 1),
        ([-np.inf, -np.inf], [0.5, 0.5], 0),
    ],
)
def test_the_threshold_marks_what_is_likely_to_be_hedged(balances, chances, marked):
    threshold = hedging.best_threshold(np.array(balances, dtype=float), np.array(chances, dtype=float))
    assert (np.array(balances) > threshold).sum() == marked


def test_precision_recall_and_f1():
    found = hedging.accuracy(np.array([True, True, False, False]), np.array([True, False, True, True]))
    assert (found.precision, found.recall) == (0.5, pytest.approx(1 / 3))
    assert found.f1 == pytest.approx(0.4)
    assert hedging.accuracy(np.zeros(2, dtype=bool), np.zeros(2, dtype=bool)).f1 == 0
