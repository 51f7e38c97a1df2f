"""From labels to a model folder, on any machine: only what ships is needed."""

import json
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from onrecord.errors import LabelError, ModelError
from onrecord.features.document import Article
from onrecord.scoring.model import load_model, locate, to_json
from onrecord.scoring.score import score_article
from onrecord.training import adapt
from onrecord.training import fit as fitting
from onrecord.training import train as training
from onrecord.training.evaluate import cross_validate
from onrecord.training.fit import fit
from onrecord.training.labels import Example, read_labels
from onrecord.training.matrix import MATRIX_FILE, load
from onrecord.training.train import train, write

pytestmark = pytest.mark.filterwarnings("error")

LABELS = read_labels(Path(__file__).parents[2] / "examples" / "labels.csv")
SHIPPED = load(locate("default").parent / MATRIX_FILE)


@pytest.fixture(scope="module", autouse=True)
def small_ensembles():
    """Two members of few trees say the same as twelve of many of what is tested here, in little of the time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fitting, "TREES", 40)
        patch.setattr(fitting, "LEARNING_RATE", 0.2)
        patch.setattr(training, "fit", partial(fit, members=2))
        patch.setattr(adapt, "fit", partial(fit, members=2))
        patch.setattr(training, "cross_validate", partial(cross_validate, members=2))
        yield


@pytest.fixture(scope="module")
def trained(small_ensembles):
    return train(LABELS, "mine", jobs=1)


@pytest.fixture(scope="module")
def folder(trained, tmp_path_factory):
    folder = tmp_path_factory.mktemp("models") / "mine"
    write(trained, folder, "## A word of our own")
    return folder


def test_the_folder_is_a_model_that_scores(folder, trained):
    model = load_model(str(folder))
    assert replace(model, sha256="") == trained.model
    report = score_article(LABELS[0].article, model)
    assert report.model.name == "mine" and report.model.sha256 == model.sha256
    assert 0 <= report.score.low <= report.score.value <= report.score.high <= 100
    files = {file.name: file.stat().st_mode & 0o777 for file in folder.iterdir() if file.name != ".lock"}
    assert files == dict.fromkeys(("model.json", "matrix.npz", "card.md", "evaluation.json"), 0o644)


def test_it_is_compared_with_the_model_before_on_the_new_labels_alone(trained):
    for evaluation in (trained.before, trained.evaluation):
        assert evaluation.articles == len(LABELS) == len(trained.examples) == len(trained.predicted)
        assert evaluation.publishers == 6
        assert evaluation.spearman.value > 0.5 and evaluation.auc.value > 0.8
    assert trained.evaluation.mean_absolute_error.value < trained.before.mean_absolute_error.value


def test_new_labels_join_what_ships_and_count_as_much_up_to_a_limit(trained):
    assert len(trained.matrix.target) == len(SHIPPED.target) + len(LABELS)
    assert trained.matrix.features == SHIPPED.features
    new = trained.matrix.weights[len(SHIPPED.target) :]
    assert set(new.tolist()) == {adapt.MAX_LABEL_WEIGHT}
    assert not set(trained.matrix.publishers[: len(SHIPPED.target)]) & set(
        trained.matrix.publishers[len(SHIPPED.target) :]
    )


def test_training_twice_gives_the_same_file(trained):
    assert to_json(train(LABELS, "mine", jobs=2).model) == to_json(trained.model)


def test_the_card_states_sizes_and_both_evaluations(folder):
    card = (folder / "card.md").read_text(encoding="utf-8")
    total = len(SHIPPED.target) + len(LABELS)
    assert f"Fitted to {total} articles ({len(SHIPPED.target)} with weight 1, {len(LABELS)} with weight 20)" in card
    assert f"{len(LABELS)} articles, 6 groups of publishers" in card
    assert "the model before" in card and "## A word of our own" in card


def test_a_trained_folder_is_a_base_in_turn(folder):
    again = train(with_rating(50, LABELS[:6]), "again", base=str(folder), jobs=1)
    assert again.before.articles == 6
    # Its own labels of the same texts give way to the new ones, and the last rows are the new ones.
    assert len(again.matrix.target) == len(SHIPPED.target) + len(LABELS)
    assert again.matrix.target[-6:].tolist() == [50] * 6


def test_labels_teach():
    """A desk that rates its columns high and its reports low gets a model that agrees."""
    contrary = [replace(example, rating=100 - example.rating) for example in LABELS]
    taught = train(contrary, "contrary", jobs=1).model
    usual = load_model()
    low = [e.article for e in LABELS if e.rating < 30]
    gain = [score_article(a, taught).score.value - score_article(a, usual).score.value for a in low]
    assert np.mean(gain) > 3


def test_labels_can_stand_alone():
    alone = train(LABELS, "alone", base=None, jobs=1)
    assert alone.before is None and len(alone.matrix.target) == len(LABELS)
    assert score_article(LABELS[0].article, alone.model).score.value is not None


def with_rating(rating, examples=LABELS):
    return [replace(example, rating=float(rating)) for example in examples]


def with_publisher(publisher, examples=LABELS):
    return [replace(example, publisher=publisher) for example in examples]


SHORT = Example("short", Article("The ferry will not sail, said Marta Quill."), 50.0, "x.example", {})
FOREIGN = Example("foreign", Article("Feribot pazar sabahı limandan kalkmayacak. " * 20), 50.0, "y.example", {})


@pytest.mark.parametrize(
    "examples",
    [
        with_rating(50),
        with_rating(0),
        with_publisher("one.example"),
        LABELS[:2],
        [LABELS[0]] * 3,
        [LABELS[0], replace(LABELS[0], publisher="copycat.example")],
        [*LABELS, *with_publisher("copycat.example", LABELS[:3])],
    ],
    ids=[
        "one rating",
        "all 0",
        "one publisher",
        "two articles",
        "one article thrice",
        "two outlets, one text",
        "copies",
    ],
)
def test_odd_labels_give_a_model_without_a_warning(examples, tmp_path):
    found = train(examples, "odd", jobs=1)
    write(found, tmp_path / "odd")
    assert score_article(LABELS[0].article, load_model(str(tmp_path / "odd"))).score.value is not None
    assert found.evaluation.articles == len(examples)
    assert " nan" not in (tmp_path / "odd" / "card.md").read_text(encoding="utf-8")


def test_a_text_in_two_outlets_makes_them_one_group():
    plain = train(LABELS, "plain", jobs=1).evaluation.publishers
    copies = train([*LABELS, replace(LABELS[0], publisher=LABELS[1].publisher)], "copies", jobs=1)
    assert copies.evaluation.publishers == plain - 1


def test_what_cannot_be_used_is_set_aside(trained):
    mixed = train([SHORT, *LABELS, FOREIGN], "mine", jobs=1)
    assert mixed.examples == trained.examples
    assert to_json(mixed.model) == to_json(trained.model)


@pytest.mark.parametrize(
    ("examples", "message"),
    [
        ([], "only 0 of 0 labelled articles can be used"),
        (LABELS[:1], "only 1 of 1 labelled articles can be used"),
        ([SHORT] * 5, "only 0 of 5 labelled articles can be used"),
        ([SHORT, FOREIGN, LABELS[0]], "only 1 of 3 labelled articles can be used"),
    ],
)
def test_too_few_articles_are_counted(examples, message):
    with pytest.raises(LabelError, match=message) as caught:
        train(examples, "none", jobs=1)
    assert "at least two of 50 words" in caught.value.remedy


def test_one_publisher_cannot_stand_alone():
    with pytest.raises(LabelError, match="all 24 labelled articles are of one publisher"):
        train(with_publisher("one.example"), "alone", base=None, jobs=1)


def test_a_base_without_its_matrix_is_an_error(folder, tmp_path):
    (tmp_path / "model.json").write_bytes((folder / "model.json").read_bytes())
    with pytest.raises(ModelError, match=r"matrix\.npz"):
        train(LABELS, "mine", base=str(tmp_path), jobs=1)
    with pytest.raises(ModelError, match="there is no model"):
        train(LABELS, "mine", base="nowhere", jobs=1)


def test_writing_again_replaces_the_model(trained, tmp_path):
    write(trained, tmp_path)
    write(replace(trained, model=replace(trained.model, name="second")), tmp_path)
    assert json.loads((tmp_path / "model.json").read_text(encoding="utf-8"))["name"] == "second"
    assert len(list(tmp_path.iterdir())) == 5
