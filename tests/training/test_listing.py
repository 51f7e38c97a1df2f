"""The models on this machine."""

import pytest

from onrecord.errors import ModelError
from onrecord.scoring.model import Model, Scorecard, Steps, load_model, to_json
from onrecord.training.listing import list_models, model_card

CARD = Scorecard(50.0, {"tone.loaded": Steps((1.0,), (1.0, -1.0), 0.0, (), ())}, 8.0, 1.6, ())


def put(folder, name):
    (folder / name).mkdir()
    (folder / name / "model.json").write_text(to_json(Model(name, "1", "", CARD)), encoding="utf-8")
    return folder / name


def test_what_ships_is_always_listed():
    listed = list_models()
    assert [(x.name, x.sha256) for x in listed] == [(name, load_model(name).sha256) for name in ("default", "vi")]
    assert all((x.folder / "model.json").is_file() for x in listed)


def test_a_folders_models_are_listed_by_name_and_nothing_else_is(tmp_path):
    first, second = put(tmp_path, "a"), put(tmp_path, "b")
    (tmp_path / "notes").mkdir()
    (tmp_path / "model.json").write_text("{}")
    assert {x.folder for x in list_models(tmp_path)} - {x.folder for x in list_models()} == {first, second}


def test_a_damaged_model_is_named(tmp_path):
    (put(tmp_path, "a") / "model.json").write_text("{}")
    with pytest.raises(ModelError, match=r"a/model\.json is not a model"):
        list_models(tmp_path)


def test_the_card_is_shown_or_what_the_model_itself_says(tmp_path):
    folder = put(tmp_path, "a")
    assert model_card(str(folder)).startswith("# a, version 1\n\n1 features; no model card")
    (folder / "card.md").write_text("# By hand: “a”\n", encoding="utf-8")
    assert model_card(str(folder)) == "# By hand: “a”\n"
    assert model_card("default").startswith("# Model card: default")
    with pytest.raises(ModelError, match="there is no model"):
        model_card("nowhere")
