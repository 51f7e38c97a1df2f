"""A linear model of an article's own words."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import ModelError
from onrecord.features.document import Article, read
from onrecord.features.wording import NAME, QUOTATION, Wording, load, own_words, save

MODEL = Wording(
    classes=("column", "report"),
    names=False,
    phrases=("said", "i think", "?", "0", "the council", "it -"),
    rarity=np.ones(6, dtype=np.float32),
    weights=np.array([[-90, 90], [100, -100], [60, -60], [-20, 20], [-40, 40], [5, -5]], dtype=np.int8),
    scale=0.02,
    intercept=np.array([0.1, -0.1]),
    temperature=0.8,
)
REPORT = "The council said 12 ferries will stop. Nobody at the council knows why, Quill said."
COLUMN = "I think the ferries must sail. Who stops them? I think nobody does."

texts = st.lists(
    st.sampled_from(["said", "I think", "?", "12", "the council", "“said the council”", "ferry", "\n\n", ". A", "—"])
).map(" ".join) | st.text(max_size=60)


def probability(text, label="column", model=MODEL):
    return model.probabilities(read(Article(text)))[label]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nobody said it.", ["nobody", "said", "it", "."]),
        ("In 2019 it cost $1,500.", ["in", "0", "it", "cost", "$", "0", ",", "0", "."]),
        ("A 3-year plan — or 4 – for Covid-19", ["a", "0", "plan", "-", "or", "0", "-", "for", NAME]),
        ("He said “no, never” twice", ["he", "said", QUOTATION, "twice"]),
        ("“No”, said Marta Quill of the Bureau.", [QUOTATION, ",", "said", NAME, "of", "the", NAME, "."]),
        ("Marta Quill and I met Roe, Poe.", ["marta", NAME, "and", "i", "met", NAME, ",", NAME, "."]),
        ("It’s the council's", ["it's", "the", "council's"]),
        ("A stray ” mark", ["a", "stray", "", "mark"]),
        ("", []),
    ],
)
def test_own_words(text, expected):
    assert own_words(read(Article(text)), names=False).tokens == expected


def test_names_may_be_kept():
    document = read(Article("He met Marta Quill, “who” waited."))
    kept = own_words(document, names=True)
    assert kept.tokens == ["he", "met", "marta", "quill", ",", QUOTATION, "waited", "."]


@given(texts, st.booleans())
def test_own_words_cover_a_document_in_order(text, names):
    document = read(Article(text))
    words = own_words(document, names=names)
    assert words.first == [0, *words.last][: len(words.first)]
    assert words.last[-1:] == [len(document.words)][: len(words.last)]


def test_words_and_phrases_speak_for_their_class():
    assert probability(COLUMN) > 0.9 > 0.1 > probability(REPORT)


def test_by_hand():
    """Two known phrases, "said" and "the council": each has an equal share of a vector of length 1."""
    sums = (np.array([0.1, -0.1]) + np.array([-130, 130]) * 0.02 / 2**0.5) / 0.8
    assert probability("Yes, the council said so.", "report") == pytest.approx(1 / (1 + np.exp(sums[0] - sums[1])))


def test_a_phrase_counts_with_its_rarity_and_the_logarithm_of_how_often():
    rare = replace(MODEL, rarity=np.array([2, 1, 1, 1, 1, 1], dtype=np.float32))
    shares = np.array([2 * (1 + np.log(3)), 1.0])
    shares /= np.linalg.norm(shares)
    sums = (np.array([0.1, -0.1]) + shares @ np.array([[-90, 90], [-40, 40]]) * 0.02) / 0.8
    assert rare.sums(read(Article("The council said, said, said."))) == pytest.approx(sums)


@pytest.mark.parametrize("text", ["", "Une phrase sans rien.", "“I think?”", "I do think so."])
def test_without_a_known_phrase_only_the_intercept_speaks(text):
    assert probability(text) == pytest.approx(1 / (1 + np.exp(-0.2 / 0.8)))


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("I think so. The council said Marta Quill.", "I think so. The council said Roe."),
        ("The council said “no”.", "The council said “I think”."),
        ("It – 12.", "It — 345."),
    ],
    ids=["names", "quotations", "dashes and numbers"],
)
def test_what_makes_no_difference(one, two):
    assert probability(one) == probability(two)


def test_a_phrase_does_not_reach_across_a_quotation():
    assert probability("I “do not” think") == probability("")


@given(texts)
def test_probabilities_add_up_to_1(text):
    found = MODEL.probabilities(read(Article(text)))
    assert tuple(found) == MODEL.classes
    assert sum(found.values()) == pytest.approx(1)
    assert all(0 <= p <= 1 for p in found.values())


@given(texts, st.sampled_from(MODEL.classes))
def test_passages_lie_in_the_text_apart_and_speak_for_the_class(text, label):
    document = read(Article(text))
    found = MODEL.read(document).passages(label)
    assert all(0 <= p.span.start < p.span.end <= len(text) and p.weight > 0 for p in found)
    assert [p.weight for p in found] == sorted((p.weight for p in found), reverse=True)
    spans = sorted(p.span for p in found)
    assert all(one.end <= two.start for one, two in pairwise(spans))


def test_passages_are_the_strongest_and_add_up():
    document = read(Article(COLUMN))
    found = MODEL.read(document).passages("column")
    assert [document.text_of(p.span) for p in found] == ["I think", "I think", "?"]
    sums = MODEL.sums(document)
    assert sum(p.weight for p in found) == pytest.approx(sums[0] - 0.1 / 0.8)
    assert MODEL.read(document).passages("column", most=1) == found[:1]
    assert MODEL.read(document).passages("report") == ()


def test_what_speaks_against_a_class_is_told_with_the_sign_turned():
    document = read(Article(REPORT))
    found = MODEL.read(document).passages("column", sign=-1)
    assert "said" in [document.text_of(p.span) for p in found] and all(p.weight < 0 for p in found)


def test_of_a_word_beside_a_quotation_the_word_is_shown():
    said = replace(MODEL, phrases=(f"{QUOTATION} said", *MODEL.phrases[1:]))
    document = read(Article("“Never again, whatever they say,” said Quill."))
    (found,) = said.read(document).passages("report")
    assert document.text_of(found.span) == "said"


def test_temperature_only_tempers():
    warm = replace(MODEL, temperature=5.0)
    assert 0.5 < probability(COLUMN, model=warm) < probability(COLUMN)


def test_a_model_without_phrases_has_only_its_intercept():
    empty = replace(MODEL, phrases=(), rarity=np.ones(0, np.float32), weights=np.zeros((0, 2), dtype=np.int8))
    assert probability(COLUMN, model=empty) == probability("")
    assert empty.read(read(Article(COLUMN))).passages("column") == ()


# -- the file ------------------------------------------------------------------------------------


def test_what_is_saved_is_what_is_read_and_read_once(tmp_path):
    save(MODEL, tmp_path / "one.npz")
    back = load(tmp_path / "one.npz")
    assert (back.classes, back.phrases, back.scale, back.temperature) == (
        MODEL.classes, MODEL.phrases, MODEL.scale, MODEL.temperature,
    )  # fmt: skip
    assert np.array_equal(back.weights, MODEL.weights) and np.array_equal(back.intercept, MODEL.intercept)
    assert load(tmp_path / "one.npz") is back
    with np.load(tmp_path / "one.npz", allow_pickle=False) as arrays:
        assert all(arrays[name].dtype != object for name in arrays.files)


def test_a_model_without_phrases_is_read_too(tmp_path):
    empty = replace(MODEL, phrases=(), rarity=np.ones(0, np.float32), weights=np.zeros((0, 2), dtype=np.int8))
    save(empty, tmp_path / "one.npz")
    assert load(tmp_path / "one.npz").phrases == ()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not an archive", None])
def test_a_damaged_file_is_named_with_the_remedy(tmp_path, content):
    if content is not None:
        (tmp_path / "one.npz").write_bytes(content)
    with pytest.raises(ModelError, match=r"cannot be read .*train it again"):
        load(tmp_path / "one.npz")


@pytest.mark.parametrize(
    "wrong",
    [
        {"classes": ("column",)},
        {"classes": ("column", "column")},
        {"phrases": MODEL.phrases[1:]},
        {"phrases": ("said", *MODEL.phrases[:-1])},
        {"phrases": ("one of three", *MODEL.phrases[1:])},
        {"phrases": ("", *MODEL.phrases[1:])},
        {"weights": MODEL.weights[:, :1]},
        {"weights": MODEL.weights.astype(float)},
        {"intercept": np.array([0.0, np.nan])},
        {"rarity": np.ones(5, dtype=np.float32)},
        {"rarity": np.zeros(6, dtype=np.float32)},
        {"scale": np.inf},
        {"temperature": 0.0},
    ],
    ids=lambda wrong: " ".join(wrong),
)
def test_parts_that_do_not_fit_each_other_are_damage(tmp_path, wrong):
    save(replace(MODEL, **wrong), tmp_path / "one.npz")
    with pytest.raises(ModelError, match="cannot be read"):
        load(tmp_path / "one.npz")


def test_a_missing_part_and_an_object_are_damage(tmp_path):
    np.savez(tmp_path / "one.npz", classes=np.zeros(3, dtype=np.uint8))
    np.savez(tmp_path / "two.npz", classes=np.array([{"a": 1}], dtype=object))
    for name in ("one", "two"):
        with pytest.raises(ModelError, match="cannot be read"):
            load(tmp_path / f"{name}.npz")
