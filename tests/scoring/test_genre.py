"""Genre beside the score: what it is told from, what must not move it, and when nothing is told."""

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
from onrecord.scoring.genre import (
    FEATURES,
    FORM,
    INPUTS,
    WORDS,
    GenreModel,
    Input,
    judge,
    load_genre,
    measure,
    probabilities,
    spoken,
    to_json,
)
from onrecord.scoring.report import GENRES
from onrecord.scoring.score import score_article

SHIPPED = Path(str(files("onrecord.scoring") / "models" / "genre"))

REPORT = (
    "ORLOW (AP) - The harbour board voted on Tuesday to close the north pier for repairs, according to a statement.\n\n"
    "The work will take about 14 weeks and cost $2 million, said Marta Quill, who heads the board.\n\n"
    "Ferries will leave from the south pier, she said.\n\n"
    "A spokesman for the company told reporters that 300 people use the line each day. He declined to comment on the "
    "cost.\n\n"
    "The board said on Monday it had asked two engineers for a report before the decision, including one from the "
    "university, which said in a statement that it had no comment."
)
COLUMN = (
    "Why do we even pretend that this government listens? It is a shameful fact that we have all been sold out, and "
    "every one of us knows it. This is not politics. It is a disgrace, an outrage, a hypocritical farce, and it is "
    "time that somebody said so. We should not believe a word of it.\n\n"
    "So what should we do? We have only one way to answer: with our own votes, and with the truth. Of course the "
    "powerful will whine. They never do anything else, and it is too late for them to learn. But let's be honest: "
    "even if they did, would any of us trust them? The very idea makes no sense.\n\n"
    "That is the reality of power. It is ours to take back, and I believe that we can. Indeed, we must."
)
RELEASE = (
    "FOR IMMEDIATE RELEASE\n\nORLOW, May 3 - Patients treated with a new drug lived longer than those in the control "
    "group, according to results of a clinical trial published in the Journal of Bridges by researchers at the "
    "University of Orlow.\n\nThe study, which was supported by grants from the Quill Foundation, found that the "
    "treatment was effective and reduced the risk of disease in 300 patients. “These results are an important step,” "
    "said Marta Quill, professor of medicine and lead author of the study.\n\nThe researchers are planning more "
    "clinical studies of blood and cells.\n\nMedia contact: Jonas Reed, Office of Media Relations\n\n###"
)


def genre_of(text, title=""):
    return score_article(Article(text, title=title)).genre


def words(**spoken_for):
    """A model of words, each of which speaks for one genre."""
    weights = np.zeros((len(spoken_for), len(GENRES)), dtype=np.int8)
    for row, name in enumerate(spoken_for.values()):
        weights[row, GENRES.index(name)] = 50
    rarity = np.ones(len(spoken_for), dtype=np.float32)
    return Wording(GENRES, True, tuple(spoken_for), rarity, weights, 0.1, np.zeros(len(GENRES)), 1.0)


def small(**sure):
    """A model that listens to its words alone."""
    inputs = {name: Input(0.0, -9.0, 9.0, (0.0,) * len(GENRES)) for name in INPUTS}
    for row, name in enumerate(WORDS):
        inputs[name] = replace(inputs[name], weights=tuple(float(row == k) for k in range(len(GENRES))))
    return GenreModel((0.0,) * len(GENRES), inputs, words(pier="news", shame="opinion", drug="press_release"), sure)


def told(text, **sure):
    return judge(read(Article(text)), {}, silent=False, model=small(**sure))


# ---- what it tells ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "name"), [(REPORT, "news"), (COLUMN, "opinion"), (RELEASE, "press_release")])
def test_a_plain_case_of_each_is_told(text, name):
    genre = genre_of(text)
    assert genre.name == name and genre.confidence == genre.probabilities[name] >= 0.5


def test_a_title_that_explains_makes_an_explainer_likelier():
    plain, asks = (genre_of(REPORT, title).probabilities["explainer"] for title in ("The pier", "Why the pier closes"))
    assert asks > 2 * plain


def test_what_a_source_says_is_not_what_the_article_argues():
    quoted = REPORT + " “" + COLUMN.replace("?", ".").replace("\n\n", " ") + "” Quill said."
    assert genre_of(REPORT).probabilities["opinion"] <= genre_of(quoted).probabilities["opinion"] < 0.5
    assert genre_of(REPORT + "\n\n" + COLUMN).probabilities["opinion"] > 0.5


def test_a_press_release_is_told_only_where_a_sign_of_it_stands():
    assert told("The drug is new.\n\nMedia contact: Reed", press_release=0.5).name == "press_release"
    assert told("The drug is new.", press_release=0.5).name is None


# ---- the inputs -------------------------------------------------------------------------------------------


def test_the_inputs_of_a_document():
    text = "The New York Times asked.\n\nWhy?\n\nFox News did not.\n\nNewswise did."
    document = read(Article(text, title="How it came about"))
    seen = measure(document, {"tone.loaded": 3.0})
    assert seen["tone.loaded"] == pytest.approx(math.log(4)) and math.isnan(seen["readability.words"])
    assert seen["outlets"] == pytest.approx(math.log1p(1000 * 2 / 12))
    assert seen["release"] == pytest.approx(math.log1p(1000 * 1 / 12))
    assert seen["asks"] == pytest.approx(math.log(2)) and seen["questions"] == pytest.approx(math.log1p(1 / 4))
    assert seen["paragraph_words"] == pytest.approx(math.log1p(12 / 4))
    assert tuple(seen) == (*FEATURES, *FORM)


def test_paragraphs_tell_nothing_where_line_breaks_are_lost():
    assert math.isnan(measure(read(Article(COLUMN.replace("\n\n", " "))), {})["paragraph_words"])


def test_a_language_without_a_lexicon_has_no_form():
    document = replace(read(Article(REPORT)), language="xx")
    assert all(math.isnan(measure(document, {})[name]) for name in FORM)


def test_what_words_say_are_logarithms_of_probabilities():
    seen = spoken(read(Article("The pier is closed.")), small().words)
    assert sum(map(math.exp, seen.values())) == pytest.approx(1)
    assert max(seen, key=seen.get) == "words.news"


def test_it_is_a_logistic_regression_by_hand():
    inputs = {"asks": Input(0.5, 0.0, 1.0, (2.0, *[0.0] * 7)), "release": Input(1.0, 0.0, 9.0, (0.0, 1.0, *[0.0] * 6))}
    model = GenreModel((0.5, *[0.0] * 7), inputs, small().words, {})
    odds = [0.5 + 2.0 * (1.0 - 0.5), 1.0 * (3.0 - 1.0), *[0.0] * 6]
    expected = np.exp(odds) / np.exp(odds).sum()
    assert list(probabilities({"asks": 7.0, "release": 3.0}, model).values()) == pytest.approx(list(expected))
    without = probabilities({"asks": math.nan, "release": math.nan}, model)
    assert without["aggregation"] == pytest.approx(math.exp(0.5) / (math.exp(0.5) + 7))


# ---- what must not move it --------------------------------------------------------------------------------


def test_the_words_name_nobody_no_place_and_no_camp():
    lexicon = load_lexicon("politics", "en")
    camps = {token for label in ("camp", "ambiguous") for phrase in lexicon.words(label) for token in phrase.split()}
    named = "obama trump clinton bush hillary donald barack bernie sanders biden pence pelosi mcconnell america russia "
    named += "american china texas washington california london monday january fox cnn msnbc breitbart reuters"
    tokens = {token for phrase in load_genre().words.phrases for token in phrase.split(" ")}
    assert len(tokens) > 1000 and not tokens & (camps | set(named.split()))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("liberals", "conservatives"),
        ("Democrats", "Republicans"),
        ("leftists", "rightists"),
        ("Obama", "Trump"),
        ("Clinton", "Bush"),
        ("MSNBC", "Fox News"),
        ("Orlow", "Tarn"),
    ],
)
@pytest.mark.parametrize("text", [REPORT, COLUMN], ids=["report", "column"])
def test_it_does_not_matter_which_camp_or_who(one, two, text):
    both = [genre_of(f"{text} Nobody saw {name} in the end.").probabilities for name in (one, two)]
    assert both[0] == pytest.approx(both[1], abs=0.01)


# ---- when nothing is told ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sure", "name"),
    [({"news": 0.5}, "news"), ({"news": 0.999}, None), ({"opinion": 0.5}, None), ({}, None)],
    ids=["sure enough", "not sure enough", "another one", "never"],
)
def test_it_is_told_only_where_it_is_sure(sure, name):
    genre = told("The pier is closed.", **sure)
    assert genre.name == name and genre.confidence == pytest.approx(genre.probabilities["news"])
    assert 0.5 < genre.confidence < 0.999


def test_every_threshold_that_ships_is_likelier_than_not():
    sure = load_genre().sure
    assert {"news", "opinion"} <= set(sure) <= set(GENRES) and all(0.5 <= least < 1 for least in sure.values())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A shameful pier.",
        "Le ferry ne partira pas dimanche matin. " * 20,
        "\n\n".join(["Ferry Is Late Again"] * 30),
    ],
    ids=["empty", "too short", "another language", "a list of headlines"],
)
def test_it_is_not_looked_for_where_there_is_no_article(text):
    genre = genre_of(text)
    assert genre.name is None and genre.probabilities is None and genre.confidence is None


@settings(deadline=None)
@given(
    st.lists(st.sampled_from([*REPORT.split(), *COLUMN.split(), "“", "”", "\n\n", "2024"]), max_size=80).map(" ".join)
)
def test_any_text_has_probabilities_that_add_up(text):
    genre = judge(replace(read(Article(text)), language="en"), {}, silent=False)
    assert sum(genre.probabilities.values()) == pytest.approx(1)
    assert tuple(genre.probabilities) == GENRES and genre.name in (None, *GENRES)


# ---- the files --------------------------------------------------------------------------------------------


def test_the_tables_are_small_read_once_and_need_no_unpickling():
    assert load_genre() is load_genre()
    assert len((SHIPPED / "words.npz").read_bytes()) < 300_000
    with np.load(SHIPPED / "words.npz", allow_pickle=False) as arrays:
        assert all(arrays[key].dtype != object for key in arrays.files)


def written(folder, model):
    save(model.words, folder / "words.npz")
    (folder / "genre.json").write_text(to_json(model, ("a.jsonl 0",)), encoding="utf-8")
    return folder


def test_what_is_written_is_what_is_read(tmp_path):
    model = small(news=0.75)
    back = load_genre(written(tmp_path, model))
    assert (back.intercept, back.inputs, back.sure) == (model.intercept, model.inputs, model.sure)
    assert back.words.phrases == model.words.phrases


@pytest.mark.parametrize("name", ["genre.json", "words.npz"])
@pytest.mark.parametrize("content", [None, b"", b"{}", b"PK\x03\x04", b"[1]", b"\xff"])
def test_damage_is_named_with_the_remedy(tmp_path, name, content):
    written(tmp_path, small())
    if content is None:
        (tmp_path / name).unlink()
    else:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(ModelError, match=rf"{name} cannot be read.*; install onrecord or train"):
        load_genre(tmp_path)


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        (("format",), True),
        (("genres",), ["news"]),
        (("intercept",), [0.0]),
        (("intercept",), None),
        (("inputs",), {}),
        (("inputs", "asks", "mean"), "0"),
        (("inputs", "asks", "weights"), 1.0),
        (("sure",), [0.5]),
        (("sure", "news"), math.nan),
        (("sure", "poem"), 0.5),
    ],
    ids=lambda value: ".".join(value) if isinstance(value, tuple) else str(value),
)
def test_a_value_of_another_kind_is_damage(tmp_path, keys, value):
    record = json.loads((written(tmp_path, small(news=0.5)) / "genre.json").read_text(encoding="utf-8"))
    parent = record
    for key in keys[:-1]:
        parent = parent[key]
    parent[keys[-1]] = value
    (tmp_path / "genre.json").write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(ModelError, match="cannot be read"):
        load_genre(tmp_path)
