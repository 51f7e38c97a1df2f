"""The reliability as a picture."""

import sys
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest

from onrecord.errors import InputError, LabelError, MissingExtraError
from onrecord.training.answers import Judgement
from onrecord.training.evaluate import evaluate
from onrecord.training.plot import plot_reliability

SCORE = np.linspace(5, 95, 20)
FOUND = Judgement(evaluate(SCORE, SCORE - 9, SCORE + 9, SCORE[::-1], 3), None, 0, 0)


def test_it_is_an_svg_the_same_every_time(tmp_path):
    pytest.importorskip("matplotlib")
    for name in ("a.svg", "b.svg"):
        plot_reliability(FOUND, tmp_path / name)
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()
    root = ElementTree.parse(tmp_path / "a.svg").getroot()
    words = {"".join(element.itertext()).strip() for element in root.iter("{http://www.w3.org/2000/svg}text")}
    assert root.tag.endswith("svg") and {"mean score", "mean rating", "Fifths of 20 articles by score"} <= words


def test_without_matplotlib_the_extra_is_named(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingExtraError) as caught:
        plot_reliability(FOUND, tmp_path / "a.svg")
    assert str(caught.value) == "drawing needs Matplotlib; pip install 'onrecord[plots]'"


@pytest.mark.parametrize(
    ("judgement", "name", "error", "message"),
    [
        (FOUND, "a.png", InputError, "is no picture file; give a name that ends in .svg"),
        (replace(FOUND, evaluation=None), "a.svg", LabelError, "pairs alone have no reliability"),
        (FOUND, "none/a.svg", InputError, "cannot be written"),
    ],
)
def test_what_cannot_be_drawn(tmp_path, judgement, name, error, message):
    with pytest.raises(error, match=message):
        plot_reliability(judgement, tmp_path / name)
    assert list(tmp_path.iterdir()) == []
