"""Taking a model into use: only one that is no worse, or with force."""

from pathlib import Path

import numpy as np
import pytest

from onrecord.errors import LabelError, ModelError, WorseModelError
from onrecord.scoring.model import Model, Scorecard, to_json
from onrecord.training.adopt import TOLERANCE, use
from onrecord.training.answers import answer, save_answers
from onrecord.training.label_set import read_label_set
from onrecord.training.registry import Registry

FILE = Path(__file__).parents[2] / "examples" / "labels.csv"
LABELS = read_label_set([FILE])
RATING = np.array([example.rating for example in LABELS.examples])
USUAL = answer(LABELS.examples, "default", jobs=1).score
SIDE = np.sign(USUAL - RATING)  # a point further this way is a point more of error


@pytest.fixture
def home(tmp_path):
    return Registry(tmp_path / "registry")


def put(folder, score):
    """A model whose answers to the labels are these."""
    folder.mkdir()
    card = Scorecard(50.0, {}, 8.0, 1.6, ())
    (folder / "model.json").write_text(to_json(Model(folder.name, "1", "", card)), encoding="utf-8")
    (folder / "evaluation.json").write_bytes(
        save_answers((folder / "model.json").read_bytes(), LABELS.examples, score, np.full(len(score), 5.0))
    )
    return str(folder)


@pytest.mark.parametrize("more", [-0.1, 0.0, TOLERANCE - 0.01])
def test_a_model_that_is_no_worse_is_adopted(home, tmp_path, more):
    adopted = use(put(tmp_path / "new", USUAL + more * SIDE), [FILE], registry=home, jobs=1)
    assert (adopted.name, adopted.before) == ("new@1", "default") and home.state().in_use == "new@1"
    assert adopted.comparison.error.value == pytest.approx(more, abs=1e-3)


@pytest.mark.parametrize("more", [TOLERANCE + 0.01, 3.0])
def test_a_model_that_is_worse_is_not(home, tmp_path, more):
    new = put(tmp_path / "new", USUAL + more * SIDE)
    with pytest.raises(WorseModelError) as caught:
        use(new, [FILE], registry=home, jobs=1)
    assert f"its mean absolute error is {more:.2f} points" in str(caught.value)
    assert "larger than that of default; give --force to adopt it" in str(caught.value)
    assert home.state().in_use == "default" and not home.state().versions
    forced = use(new, [FILE], force=True, registry=home, jobs=1)
    assert forced.name == home.state().in_use == "new@1"
    assert forced.comparison.error.value == pytest.approx(more, abs=1e-3)


def test_it_is_compared_with_the_model_in_use(home, tmp_path):
    use(put(tmp_path / "good", RATING), [FILE], registry=home, jobs=1)
    with pytest.raises(WorseModelError, match="larger than that of good@1"):
        use(put(tmp_path / "fair", RATING + SIDE), [FILE], registry=home, jobs=1)
    with pytest.raises(WorseModelError, match="default is not adopted"):
        use("default", [FILE], registry=home, jobs=1)
    assert use("default", force=True, registry=home).before == "good@1"
    assert use("good", [FILE], registry=home, jobs=1).name == "good@1"
    assert home.state().history == ("good@1", "default", "good@1")


def test_pairs_count_too(home, tmp_path):
    order = np.argsort(-USUAL)
    best, worst = (LABELS.examples[k].id for k in (order[0], order[-1]))
    pairs = tmp_path / "pairs.csv"
    pairs.write_text(f"better,worse\n{best},{worst}\n", encoding="utf-8")
    # Better on the ratings, but it has the pair the wrong way round.
    score = USUAL - 3 * SIDE
    score[order[0]], score[order[-1]] = score[order[-1]] - 1, score[order[0]]
    ratings = tmp_path / "ratings.csv"
    ratings.write_text(FILE.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(WorseModelError, match=r"its share of pairs in order is 1\.000 smaller than that of default"):
        use(put(tmp_path / "new", score), [ratings, pairs], registry=home, jobs=1)


def test_without_labels_force_is_needed(home, tmp_path):
    new = put(tmp_path / "new", RATING)
    with pytest.raises(ModelError, match=r"without labels .*; give --labels FILE, or --force"):
        use(new, registry=home)
    assert use(new, force=True, registry=home).comparison is None


def test_bad_labels_or_no_model_change_nothing(home, tmp_path):
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"text": "It rained.", "rating": 5}\n', encoding="utf-8")
    new = put(tmp_path / "new", RATING)
    with pytest.raises(LabelError, match="1 of 1 rows cannot be used"):
        use(new, [bad], registry=home)
    with pytest.raises(ModelError, match="there is no model 'nowhere'"):
        use("nowhere", [FILE], registry=home)
    assert use(new, [bad, FILE], registry=home, skip_bad=True, jobs=1).name == "new@1"
