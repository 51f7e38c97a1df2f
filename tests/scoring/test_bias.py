"""Bias beside the score: what raises it, what must not move it, and when nothing is told."""

import json
import math
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import ModelError
from onrecord.features.document import Article, read
from onrecord.features.lexicon import load as load_lexicon
from onrecord.features.wording import Wording, save
from onrecord.scoring.bias import (
    INPUTS,
    OPINION,
    SIDES,
    BiasModel,
    Input,
    judge,
    load_bias,
    measure,
    probability,
    to_json,
)
from onrecord.scoring.score import score_article

SHIPPED = Path(str(files("onrecord.scoring") / "models" / "bias"))

REPORT = (
    "ORLOW (AP) - The harbour board voted on Tuesday to close the north pier for repairs, according to a statement. "
    "The work will take about 14 weeks and cost $2 million, said Marta Quill, who heads the board. Ferries will leave "
    "from the south pier, she said. A spokesman for the company told reporters that 300 people use the line each day. "
    "The board said it had asked two engineers for a report before the decision, including one from the university."
)
COLUMN = (
    "Why do we even pretend that this government listens? It is a shameful fact that the liberals in the senate, and "
    "the conservatives who clap for them, have sold us out. And every voter knows it. This is not politics. It is a "
    "disgrace, an outrage, a corrupt and hypocritical farce. So do not believe their lies about the election. We have "
    "only one way to answer: with our own votes, and with the truth. But of course the radical elites will whine."
)


def bias_of(text, title=""):
    return score_article(Article(text, title=title)).bias


def hyperpartisan(text, title=""):
    return bias_of(text, title).hyperpartisan


def words(classes, **spoken):
    """A model of words that speak for the first of some classes."""
    weights = np.zeros((len(spoken), len(classes)), dtype=np.int8)
    weights[:, 0] = list(spoken.values())
    rarity = np.ones(len(spoken), dtype=np.float32)
    return Wording(classes, True, tuple(spoken), rarity, weights, 0.1, np.zeros(len(classes)), 1.0)


def words_of(text):
    return set(text.split())


SMALL = BiasModel(
    intercept=-1.0,
    inputs={"opinion": Input(0.5, 1.0), "politics": Input(2.0, 0.5), "loaded": Input(1.0, 2.0)},
    opinion=words(OPINION, why=30, shameful=10),
    leaning=words(SIDES, pier=20),
    sure=0.6,
)


# ---- hyperpartisan ----------------------------------------------------------------------------------------


def test_a_tirade_about_politics_is_likelier_than_a_report():
    assert hyperpartisan(COLUMN) > 0.8 > 0.2 > hyperpartisan(REPORT)


def test_it_is_a_logistic_regression_by_hand():
    seen = {"opinion": 1.5, "politics": 3.0, "loaded": 0.0}
    odds = -1.0 + 1.0 * (1.5 - 0.5) + 0.5 * (3.0 - 2.0) + 2.0 * (0.0 - 1.0)
    assert probability(seen, SMALL.intercept, SMALL.inputs) == pytest.approx(1 / (1 + math.exp(-odds)))
    missing = probability(seen | {"loaded": math.nan}, SMALL.intercept, SMALL.inputs)
    assert missing == pytest.approx(1 / (1 + math.exp(-(odds + 2.0))))


@pytest.mark.parametrize("name", INPUTS)
def test_more_of_each_input_raises_it_and_without_overflow(name):
    model = load_bias()
    usual = {key: each.mean for key, each in model.inputs.items()}
    found = [probability(usual | {name: x}, model.intercept, model.inputs) for x in (-1e6, -1.0, 0.0, 1.0, 5.0, 1e6)]
    assert found == sorted(found) and found[0] == 0.0 and found[-1] == 1.0


def test_the_inputs_of_a_document():
    document = read(Article("Why would liberals vote? “The Senate”, Quill said. It is shameful.", title="The senators"))
    seen = measure(document, 9.0, SMALL.opinion)
    assert seen["opinion"] == pytest.approx(0.1 * (30 + 10) / 2**0.5)
    assert seen["politics"] == pytest.approx(math.log1p(1000 * 4 / (document.word_count + 2)))
    assert seen["loaded"] == pytest.approx(math.log(10))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("liberals", "conservatives"),
        ("Liberal", "Conservative"),
        ("Democrats", "Republicans"),
        ("Democratic", "Republican"),
        ("leftists", "rightists"),
        ("left-wing", "right-wing"),
        ("the left", "the right"),
        ("pro-choice", "pro-life"),
        ("socialist", "fascist"),
        ("Obama", "Trump"),
        ("Clinton", "Bush"),
        ("Hillary", "Donald"),
        ("Sanders", "Cruz"),
        ("Pelosi", "McConnell"),
        ("Soros", "Koch"),
        ("MSNBC", "Fox"),
        ("Marta Quill", "Jonas Reed"),
        ("Orlow", "Tarn"),
    ],
)
@pytest.mark.parametrize("text", [REPORT, COLUMN], ids=["report", "column"])
def test_it_does_not_matter_which_camp_or_who(one, two, text):
    both = [f"{text} Nobody believes {name} any more. {name} said so, and then {name} lost." for name in (one, two)]
    assert hyperpartisan(both[0]) == hyperpartisan(both[1])


def test_the_words_of_opinion_name_nobody_and_no_camp():
    lexicon = load_lexicon("politics", "en")
    camps = {token for label in ("camp", "ambiguous") for phrase in lexicon.words(label) for token in phrase.split()}
    people = words_of("obama trump clinton bush hillary donald barack bernie sanders biden pence pelosi mcconnell")
    places = words_of("america american russia china texas washington california london monday january")
    tokens = {token for phrase in load_bias().opinion.phrases for token in phrase.split(" ")}
    assert len(tokens) > 1000 and not tokens & (camps | people | places)


def test_what_sources_say_is_not_what_the_article_argues():
    quoted = REPORT + " “" + COLUMN.replace("?", ".") + "” Quill said."
    assert hyperpartisan(REPORT) < hyperpartisan(quoted) < hyperpartisan(REPORT + " " + COLUMN)


# ---- leaning ----------------------------------------------------------------------------------------------


def test_leaning_is_told_only_where_it_is_sure():
    sure, unsure = (
        judge(read(Article(t)), {}, abstains=False, model=SMALL) for t in ("The pier is the one.", "It is a.")
    )
    assert sure.leaning.center > 0.6 and unsure.leaning is None
    assert sure.leaning.center + sure.leaning.left + sure.leaning.right == pytest.approx(1)


def test_mostly_it_cannot_tell():
    assert 1 / 3 < load_bias().sure < 1
    assert bias_of(REPORT).leaning is None


def test_the_words_of_leaning_name_no_outlet():
    tokens = {token for phrase in load_bias().leaning.phrases for token in phrase.split(" ")}
    assert len(tokens) > 5000
    outlets = words_of("fox cnn msnbc breitbart vox npr politico reuters bbc newsmax salon guardian slate bloomberg")
    assert not tokens & outlets


# ---- when nothing is told ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "loaded"),
    [("", None), ("The pier is shameful and old.", 166.7), ("Feribot pazar sabahı limandan kalkmayacak. " * 20, None)],
    ids=["empty", "too short", "another language"],
)
def test_where_the_score_abstains_only_loaded_words_are_told(text, loaded):
    bias = bias_of(text)
    assert bias.hyperpartisan is None and bias.leaning is None
    assert bias.loaded_per_1000_words == (None if loaded is None else pytest.approx(loaded, abs=0.1))


def test_a_language_that_the_words_are_not_of():
    document = replace(read(Article(REPORT)), language="xx")
    assert judge(document, {}, abstains=False).hyperpartisan is None


def test_an_article_that_is_one_quotation():
    bias = bias_of("“" + COLUMN.replace("?", ".") + "”")
    assert bias.loaded_per_1000_words is None and 0 < bias.hyperpartisan < 1


@settings(deadline=None)
@given(
    st.lists(st.sampled_from([*REPORT.split(), *COLUMN.split(), "“", "”", "\n\n", "2024"]), max_size=80).map(" ".join)
)
def test_any_text_has_a_probability_and_sides_that_add_up(text):
    bias = judge(read(Article(text)), {}, abstains=False, model=replace(load_bias(), sure=0.0))
    if bias.hyperpartisan is not None:
        assert 0 <= bias.hyperpartisan <= 1
        assert bias.leaning.left + bias.leaning.center + bias.leaning.right == pytest.approx(1)


# ---- the files --------------------------------------------------------------------------------------------


def test_the_tables_are_small_read_once_and_need_no_unpickling():
    assert load_bias() is load_bias()
    for name in ("opinion.npz", "leaning.npz"):
        assert len((SHIPPED / name).read_bytes()) < 500_000
        with np.load(SHIPPED / name, allow_pickle=False) as arrays:
            assert all(arrays[key].dtype != object for key in arrays.files)


def written(folder, model=SMALL):
    save(model.opinion, folder / "opinion.npz")
    save(model.leaning, folder / "leaning.npz")
    (folder / "bias.json").write_text(to_json(model, ("a.jsonl 0",)), encoding="utf-8")
    return folder


def test_what_is_written_is_what_is_read(tmp_path):
    back = load_bias(written(tmp_path))
    assert (back.intercept, back.inputs, back.sure) == (SMALL.intercept, SMALL.inputs, SMALL.sure)
    assert back.opinion.phrases == SMALL.opinion.phrases and back.leaning.classes == SIDES


@pytest.mark.parametrize("name", ["bias.json", "opinion.npz", "leaning.npz"])
@pytest.mark.parametrize("content", [None, b"", b"{}", b"PK\x03\x04", b"[1]", b"\xff"])
def test_damage_is_named_with_the_remedy(tmp_path, name, content):
    written(tmp_path)
    if content is None:
        (tmp_path / name).unlink()
    else:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(ModelError, match=rf"{name} cannot be read.*; install onrecord or train"):
        load_bias(tmp_path)


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        (("format",), 2),
        (("format",), True),
        (("hyperpartisan", "intercept"), "0"),
        (("hyperpartisan", "intercept"), math.nan),
        (("hyperpartisan", "inputs"), {}),
        (("hyperpartisan", "inputs", "politics"), 1.0),
        (("hyperpartisan", "inputs", "loaded", "weight"), None),
        (("leaning", "sure"), True),
    ],
    ids=lambda value: ".".join(value) if isinstance(value, tuple) else str(value),
)
def test_a_value_of_another_kind_is_damage(tmp_path, keys, value):
    record = json.loads((written(tmp_path) / "bias.json").read_text(encoding="utf-8"))
    parent = record
    for key in keys[:-1]:
        parent = parent[key]
    parent[keys[-1]] = value
    (tmp_path / "bias.json").write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(ModelError, match="cannot be read"):
        load_bias(tmp_path)


def test_words_that_tell_other_things_apart_are_damage(tmp_path):
    written(tmp_path, replace(SMALL, leaning=replace(SMALL.leaning, classes=("right", "left", "center"))))
    with pytest.raises(ModelError, match="tell other things apart"):
        load_bias(tmp_path)
