"""Readability: figures counted by hand, and grades that agree with textstat's."""

import math
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.features import readability
from onrecord.features.document import Article, read

TEXT = (
    "The council of the northern town voted on Monday to rebuild the bridge that fell in the storm last winter. "
    "Engineers had warned for years that the foundations were weak, and the mayor said that repairs would cost "
    "about twelve million euros. Residents who cross the river every day have had to take a ferry since January. "
    "The work begins in spring. It should be finished before the schools open again, according to the contract, "
    "which was published on the website of the council after the vote."
)


def measure(text):
    return {m.feature.id.removeprefix("readability."): m.value for m in readability.measure(read(Article(text)), ())}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("words", 9),
        ("sentence_words", 4.5),
        ("long_sentences", 0),
        ("lexical_variety", 8 / 9),
        ("word_letters", 34 / 9),
        ("long_words", 1 / 9),
        ("numbers", 1000 / 9),
    ],
)
def test_counted_by_hand(name, value):
    assert measure("The old bridges fell in 1953. The town wept.")[name] == pytest.approx(value)


def test_a_sentence_is_long_above_forty_words():
    forty, more = " ".join(["word"] * 40) + ".", " ".join(["Word"] * 41) + "."
    assert measure(f"{forty} {more}")["long_sentences"] == 0.5


@given(st.lists(st.sampled_from("abcdef"), max_size=40), st.integers(1, 12))
def test_lexical_variety_is_the_mean_over_windows(tokens, window):
    size = min(window, len(tokens))
    ratios = [len(set(tokens[i : i + size])) / size for i in range(len(tokens) - size + 1) if size]
    expected = sum(ratios) / len(ratios) if ratios else math.nan
    assert readability.lexical_variety(tokens, window) == pytest.approx(expected, nan_ok=True)


def test_the_grades_agree_with_those_of_textstat():
    ours, theirs = measure(TEXT), readability.textstat_grades(read(Article(TEXT)))
    assert set(theirs) == {"automated_readability_index", "coleman_liau_index"}
    for name, grade in theirs.items():
        assert ours[name] == pytest.approx(grade, rel=0.15)


def test_measuring_does_not_import_textstat():
    code = (
        "import sys; from onrecord.features import readability; from onrecord.features.document import Article, read;"
        f"readability.measure(read(Article({TEXT!r})), ()); sys.exit('textstat' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_line_breaks_carry_no_weight():
    assert measure(TEXT) == measure(TEXT.replace(" the ", "\nthe "))


@pytest.mark.parametrize("text", ["", "!!! ***", "—"])
def test_without_words_there_are_none_and_the_rest_is_missing(text):
    found = measure(text)
    assert found.pop("words") == 0
    assert all(math.isnan(value) for value in found.values())


def test_one_word():
    found = measure("Bridge")
    assert (found["words"], found["sentence_words"], found["lexical_variety"], found["numbers"]) == (1, 1, 1, 0)


def test_grades_are_norms_of_english():
    found = measure("Burmistrz miasta mówił wczoraj wieczorem przed radą, jego zastępczyni milczała dość długo.")
    assert math.isnan(found["coleman_liau_index"])
    assert found["words"] == 12
