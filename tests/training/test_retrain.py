"""`onrecord train`: from label files to a model's folder, with ratings and with pairs."""

import csv
import json
from functools import partial
from pathlib import Path

import pytest

from onrecord.errors import LabelError
from onrecord.scoring.model import load_model
from onrecord.training import adapt
from onrecord.training import fit as fitting
from onrecord.training.answers import answer
from onrecord.training.fit import fit
from onrecord.training.retrain import retrain

FILE = Path(__file__).parents[2] / "examples" / "labels.csv"
with FILE.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))


@pytest.fixture(scope="module", autouse=True)
def small_ensembles():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fitting, "TREES", 40)
        patch.setattr(fitting, "LEARNING_RATE", 0.2)
        patch.setattr(adapt, "fit", partial(fit, members=2))
        yield


def write(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def retrained(small_ensembles, tmp_path_factory):
    folder = tmp_path_factory.mktemp("models") / "mine"
    return retrain([FILE], folder, jobs=1), folder


def test_a_folder_holds_all_that_belongs_to_a_model(retrained):
    result, folder = retrained
    names = {path.name for path in folder.iterdir()} - {".lock"}
    assert names == {"model.json", "matrix.npz", "card.md", "evaluation.json"}
    assert load_model(str(folder)).name == result.trained.model.name == "mine"
    assert "## Pairs" not in (folder / "card.md").read_text(encoding="utf-8")


def test_before_and_after_are_on_the_same_articles(retrained):
    result, _ = retrained
    before, after = result.before.evaluation, result.after.evaluation
    assert before.articles == after.articles == len(ROWS) and before.publishers == after.publishers == 6
    assert after.mean_absolute_error.value < before.mean_absolute_error.value
    assert (result.before.pairs, result.after.pairs) == (None, None)


def test_its_answers_to_its_labels_are_those_made_without_their_publisher(retrained):
    result, folder = retrained
    found = answer(result.labels.examples, str(folder), jobs=1)
    assert found.unseen == len(ROWS)
    assert found.score == pytest.approx(result.trained.predicted, abs=1e-4)


def test_a_model_of_its_own_answers_is_no_better_than_chance(small_ensembles, tmp_path):
    """Ratings that follow nothing: what the folder says of its labels does not flatter it."""
    rows = [row | {"rating": 90 if k % 2 else 10} for k, row in enumerate(sorted(ROWS, key=lambda row: row["title"]))]
    result = retrain([write(tmp_path / "l.jsonl", rows)], tmp_path / "m", jobs=1)
    assert result.after.evaluation.mean_absolute_error.value > 35


def test_pairs_alone_teach(small_ensembles, tmp_path):
    """A desk that puts its columns above its reports, in nothing but pairs."""
    plain = [
        {"id": row["id"], "text": row["text"], "title": row["title"], "publisher": row["publisher"]} for row in ROWS
    ]
    low, high = (sorted(ROWS, key=lambda row: float(row["rating"]))[part] for part in (slice(8), slice(-8, None)))
    pairs = [{"better": a["id"], "worse": b["id"]} for a in low for b in high if a["publisher"] != b["publisher"]]
    paired = {name for pair in pairs for name in pair.values()}
    labels = write(tmp_path / "l.jsonl", [row for row in plain if row["id"] in paired] + pairs)
    result = retrain([labels], tmp_path / "m", "upside-down", jobs=1)
    assert result.before.evaluation is result.after.evaluation is None
    assert result.before.pairs.value < 0.1 and result.after.pairs.value > result.before.pairs.value
    card = (tmp_path / "m" / "card.md").read_text(encoding="utf-8")
    assert f"{len(pairs)} pairs were learnt from" in card and str(result.after.pairs) in card


def test_bad_rows_are_an_error_or_passed_over(small_ensembles, tmp_path):
    labels = write(tmp_path / "l.jsonl", [*ROWS, {"text": "It rained.", "rating": 5}])
    with pytest.raises(LabelError, match="1 of 25 rows cannot be used"):
        retrain([labels], tmp_path / "m", jobs=1)
    assert not (tmp_path / "m").exists()
    result = retrain([labels], tmp_path / "m", skip_bad=True, jobs=1)
    assert [line.partition(": ")[2] for line in result.labels.skipped] == ["the text has 2 words; give at least 50"]
    assert len(result.trained.examples) == len(ROWS)


def test_labels_that_teach_nothing_are_an_error(tmp_path):
    labels = write(tmp_path / "l.jsonl", [row | {"rating": 50} for row in ROWS])
    with pytest.raises(LabelError, match="all 24 labelled articles are rated 50"):
        retrain([labels], tmp_path / "m", jobs=1)
