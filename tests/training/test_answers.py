"""Models on labels: what they answer to articles that they were trained on, and two of them side by side."""

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from onrecord.errors import LabelError, ModelError
from onrecord.features.document import Article
from onrecord.scoring.model import Model, Scorecard, load_model, to_json
from onrecord.scoring.score import score_article
from onrecord.training.answers import answer, compare, evaluate_labels, judge, mean, save_answers
from onrecord.training.label_set import LabelSet, read_label_set
from onrecord.training.pairs import Pair

pytestmark = pytest.mark.filterwarnings("error")

FILE = Path(__file__).parents[2] / "examples" / "labels.csv"
LABELS = read_label_set([FILE])
N = len(LABELS.examples)
RATING = np.array([example.rating for example in LABELS.examples])


def put(folder, score):
    """A model that gives every article the same score."""
    folder.mkdir()
    card = Scorecard(score, {}, 8.0, 1.6, ())
    (folder / "model.json").write_text(to_json(Model(folder.name, "1", "", card)), encoding="utf-8")
    return folder


def remember(folder, examples, score, half=5.0):
    (folder / "evaluation.json").write_bytes(
        save_answers((folder / "model.json").read_bytes(), examples, np.array(score), np.full(len(score), half))
    )
    return str(folder)


def test_articles_are_scored_as_score_does():
    found = answer(LABELS.examples[:3], "default", jobs=1)
    for k, example in enumerate(LABELS.examples[:3]):
        score = score_article(example.article).score
        assert (found.score[k], found.low[k], found.high[k]) == (score.value, score.low, score.high)
    assert found.unseen == 0


def test_an_article_it_was_trained_on_is_answered_as_in_training(tmp_path):
    model = remember(put(tmp_path / "m", 50.0), LABELS.examples[:2], [98.0, 1.0])
    found = answer(LABELS.examples[:3], model, jobs=1)
    assert found.score.tolist() == [98, 1, 50] and found.unseen == 2
    assert found.low[:2].tolist() == [93, 0] and found.high[:2].tolist() == [100, 6]


def test_it_is_the_text_that_counts_not_its_layout(tmp_path):
    model = remember(put(tmp_path / "m", 50.0), LABELS.examples[:1], [98.0])
    example = LABELS.examples[0]
    moved = replace(example, id="other", article=replace(example.article, text=example.article.text.replace(" ", "\n")))
    assert answer([moved], model, jobs=1).score.tolist() == [98]


def test_answers_of_another_model_are_not_taken(tmp_path):
    folder = put(tmp_path / "m", 50.0)
    model = remember(folder, LABELS.examples[:1], [98.0])
    text = (folder / "model.json").read_text(encoding="utf-8")
    (folder / "model.json").write_text(text.replace('"version": "1"', '"version": "2"'), encoding="utf-8")
    assert answer(LABELS.examples[:1], model, jobs=1).unseen == 0


@pytest.mark.parametrize(
    "damage",
    [
        lambda record: "{",
        lambda record: "[]",
        lambda record: record | {"format": True},
        lambda record: {"format": 1},
        lambda record: record | {"answers": {"xyz": [1, 0, 2]}},
        lambda record: record | {"answers": {"1f": [1, 0]}},
        lambda record: record | {"answers": {"1f": [1, 2, 3]}},
        lambda record: record | {"answers": {"1f": [math.nan, 0, 1]}},
        lambda record: record | {"answers": {"1f": ["1", "0", "2"]}},
        lambda record: record | {"answers": {"1f": [101, 0, 200]}},
    ],
)
def test_damaged_answers_are_an_error(tmp_path, damage):
    folder = put(tmp_path / "m", 50.0)
    remember(folder, LABELS.examples[:1], [98.0])
    path = folder / "evaluation.json"
    found = damage(json.loads(path.read_text(encoding="utf-8")))
    path.write_text(found if isinstance(found, str) else json.dumps(found), encoding="utf-8")
    with pytest.raises(ModelError, match=r"evaluation\.json cannot be read .*; train the model again"):
        answer(LABELS.examples[:1], str(folder), jobs=1)


def test_answers_hold_no_text(tmp_path):
    folder = put(tmp_path / "m", 50.0)
    remember(folder, LABELS.examples, RATING)
    record = json.loads((folder / "evaluation.json").read_text(encoding="utf-8"))
    assert record.keys() == {"format", "model", "answers"} and record["model"] == load_model(str(folder)).sha256
    assert all(len(key) == 16 and len(numbers) == 3 for key, numbers in record["answers"].items())


def test_a_model_is_judged_on_ratings_and_pairs(tmp_path):
    labels = replace(LABELS, pairs=(Pair(0, 1, "row 1"), Pair(1, 0, "row 2"), Pair(2, 3, "row 3")))
    model = remember(put(tmp_path / "m", 50.0), LABELS.examples, [60.0, 50.0, 40.0, 30.0, *RATING[4:]])
    found = judge(labels, answer(labels.examples, model, jobs=1))
    error = np.abs(np.array([60, 50, 40, 30]) - RATING[:4]).sum() / N
    assert found.evaluation.mean_absolute_error.value == pytest.approx(error)
    assert (found.evaluation.articles, found.evaluation.publishers, found.unseen) == (N, 6, N)
    assert found.pairs.value == pytest.approx(2 / 3)


def test_what_has_no_rating_or_no_score_does_not_count():
    short = replace(LABELS.examples[0], article=Article("It rained."))
    unrated = replace(LABELS.examples[1], rating=math.nan)
    labels = LabelSet((short, unrated, *LABELS.examples[2:]), (), ())
    found = judge(labels, answer(labels.examples, "default", jobs=1))
    assert (found.evaluation.articles, found.abstained, found.pairs) == (N - 2, 1, None)


def test_pairs_alone_will_do_and_too_few_ratings_will_not():
    unrated = tuple(replace(example, rating=math.nan) for example in LABELS.examples[:4])
    answers = answer(unrated, "default", jobs=1)
    found = judge(LabelSet(unrated, (Pair(0, 1, "row 1"),), ()), answers)
    assert found.evaluation is None and found.pairs.value in (0, 1)
    with pytest.raises(LabelError, match=r"0 of 4 labelled articles have a rating and got a score; give at least 3"):
        judge(LabelSet(unrated, (), ()), answers)


def test_two_models_are_compared_article_by_article(tmp_path):
    exact = remember(put(tmp_path / "a", 50.0), LABELS.examples, RATING)
    off = remember(put(tmp_path / "b", 50.0), LABELS.examples, np.clip(RATING + 3, 0, 100))
    found = compare(LABELS, exact, off, jobs=1)
    assert (found.error.value, found.error.low, found.error.high) == pytest.approx((3, 3, 3))
    assert found.first.evaluation.mean_absolute_error.value == 0 and found.pairs is None
    assert compare(LABELS, off, exact, jobs=1).error.value == pytest.approx(-3)
    assert compare(LABELS, off, off, jobs=1).error.value == 0


def test_models_are_compared_on_pairs(tmp_path):
    labels = replace(LABELS, pairs=(Pair(0, 1, "row 1"), Pair(2, 3, "row 2")))
    right = remember(put(tmp_path / "a", 50.0), LABELS.examples[:4], [60.0, 50.0, 60.0, 50.0])
    half = remember(put(tmp_path / "b", 50.0), LABELS.examples[:4], [60.0, 50.0, 40.0, 50.0])
    assert compare(labels, right, half, jobs=1).pairs.value == -0.5


def test_label_files_are_evaluated_in_one_call():
    found, judgement = evaluate_labels([FILE], jobs=1)
    assert len(found.examples) == judgement.evaluation.articles == N


def test_a_mean_has_its_interval():
    found = mean(np.random.default_rng(1).normal(5, 2, 400))
    assert found.value == pytest.approx(5, abs=0.3)
    assert found.high - found.low == pytest.approx(2 * 1.96 * 2 / 20, rel=0.15)
