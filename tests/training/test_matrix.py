"""The matrix: values to bins as the scorecard looks them up, and a file that is numbers only."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import ModelError
from onrecord.features import CATALOGUE
from onrecord.features.document import Article
from onrecord.scoring.model import Steps, locate
from onrecord.training.matrix import (
    MATRIX_FILE,
    MAX_BINS,
    MISSING,
    Matrix,
    columns,
    learn_bins,
    load,
    measure_articles,
    save,
    to_bins,
)

SHIPPED = load(locate("default").parent / MATRIX_FILE)
SMALL = Matrix(
    features=("tone.loaded", "tone.questions"),
    edges=(np.array([1.0, 2.5]), np.array([])),
    quantiles=(np.linspace(0, 4, 101), np.array([])),
    bins=np.array([[0, 0], [2, MISSING], [MISSING, 0]], dtype=np.uint8),
    target=np.array([10.0, 50.0, 90.0]),
    publishers=np.array([0, 1, 1]),
    weights=np.array([1.0, 1.0, 20.0]),
)

values = st.floats(-1e6, 1e6) | st.just(math.nan) | st.integers(0, 3).map(float)


@settings(deadline=None)
@given(column=st.lists(values, min_size=1, max_size=60), others=st.lists(values, max_size=20))
def test_a_value_is_in_the_bin_in_which_the_scorecard_looks_it_up(column, others):
    edges, quantiles = learn_bins(np.array(column)[:, None])
    assert len(edges[0]) < MAX_BINS and (np.diff(edges[0]) > 0).all() and (np.diff(quantiles[0]) >= 0).all()
    steps = Steps(tuple(edges[0].tolist()), (0.0,) * (len(edges[0]) + 1), 0.0, (), tuple(quantiles[0].tolist()))
    for value in column + others:
        found = int(to_bins(np.array([[value]]), edges)[0, 0])
        assert found == (MISSING if math.isnan(value) else steps.bin(value))


def test_bins_are_about_equally_full():
    column = np.random.default_rng(0).lognormal(size=3200)[:, None]
    edges, _ = learn_bins(column)
    counts = np.bincount(to_bins(column, edges)[:, 0])
    assert len(counts) == MAX_BINS
    assert counts.min() > 150 and counts.max() < 250


@pytest.mark.parametrize(
    ("column", "edges"),
    [([math.nan] * 4, []), ([3.0] * 4, []), ([0.0, 0.0, 0.0, 1.0], [1.0]), ([0.0, 1.0, math.nan], [1.0])],
)
def test_few_values_need_few_edges(column, edges):
    assert learn_bins(np.array(column)[:, None])[0][0].tolist() == edges


def test_values_come_in_the_order_of_the_catalogue():
    found = measure_articles([Article("The ferry, said Marta Quill, will not sail."), Article("")], jobs=1)
    assert found.shape == (2, len(CATALOGUE))
    assert found[:, columns(["readability.words"])].ravel()[0] == 8
    assert columns(reversed(CATALOGUE)) == list(range(len(CATALOGUE)))[::-1]
    assert measure_articles([], jobs=1).shape == (0, len(CATALOGUE))


def same(a, b):
    parts = ("bins", "target", "publishers", "weights")
    return (
        a.features == b.features
        and all(np.array_equal(getattr(a, p), getattr(b, p)) for p in parts)
        and all(np.array_equal(x, y) for x, y in zip(a.edges + a.quantiles, b.edges + b.quantiles, strict=True))
    )


@pytest.mark.parametrize("matrix", [SMALL, SHIPPED], ids=["small", "shipped"])
def test_it_survives_the_way_to_a_file_and_back(tmp_path, matrix):
    save(matrix, tmp_path / MATRIX_FILE)
    assert same(load(tmp_path / MATRIX_FILE), matrix)


@pytest.mark.parametrize("fingerprints", [None, np.array([2**64 - 1, 0, 7], dtype=np.uint64)], ids=["without", "with"])
def test_fingerprints_may_be_there_or_not(tmp_path, fingerprints):
    save(replace(SMALL, fingerprints=fingerprints), tmp_path / MATRIX_FILE)
    found = load(tmp_path / MATRIX_FILE)
    assert same(found, SMALL) and np.array_equal(found.fingerprints, fingerprints)
    part = found.rows(np.array([2, 0]))
    assert part.fingerprints is None if fingerprints is None else part.fingerprints.tolist() == [7, 2**64 - 1]


def test_what_ships_is_numbers_and_the_names_of_features():
    with np.load(locate("default").parent / MATRIX_FILE, allow_pickle=False) as file:
        kinds = {name: file[name].dtype.kind for name in file.files}
    assert {name for name, kind in kinds.items() if kind not in "iuf"} <= {"features", "allow_pickle"}
    assert set(SHIPPED.features) <= set(CATALOGUE)
    assert len(np.unique(SHIPPED.publishers)) > 100


def test_rows_keep_what_belongs_together():
    part = SMALL.rows(np.array([2, 2, 0]))
    assert part.target.tolist() == [90, 90, 10] and part.weights.tolist() == [20, 20, 1]
    assert part.bins.tolist() == [[MISSING, 0], [MISSING, 0], [0, 0]] and part.publishers.tolist() == [1, 1, 0]


DAMAGED = {
    "fewer ratings": replace(SMALL, target=SMALL.target[:2]),
    "fewer weights": replace(SMALL, weights=SMALL.weights[:2]),
    "fewer publishers": replace(SMALL, publishers=SMALL.publishers[:2]),
    "fewer features": replace(SMALL, features=SMALL.features[:1]),
    "an unknown feature": replace(SMALL, features=("tone.loaded", "tone.astrology")),
    "a bin beyond the edges": replace(SMALL, bins=SMALL.bins + np.uint8([[3, 0], [0, 0], [0, 0]])),
    "edges out of order": replace(SMALL, edges=(np.array([2.5, 1.0]), np.array([]))),
    "a rating that is no number": replace(SMALL, target=np.array([1.0, np.nan, 2.0])),
    "a weight of nothing": replace(SMALL, weights=np.array([1.0, 0.0, 1.0])),
    "ratings in words": replace(SMALL, target=np.array(["a", "b", "c"])),
    "fewer fingerprints": replace(SMALL, fingerprints=np.array([1, 2], dtype=np.uint64)),
    "fingerprints below nothing": replace(SMALL, fingerprints=np.array([-1, 2, 3])),
    "no articles": SMALL.rows(np.array([], dtype=int)),
}


@pytest.mark.parametrize("damage", DAMAGED)
def test_parts_that_do_not_fit_are_an_error(tmp_path, damage):
    save(DAMAGED[damage], tmp_path / MATRIX_FILE)
    with pytest.raises(ModelError, match="cannot be read"):
        load(tmp_path / MATRIX_FILE)


@pytest.mark.parametrize("kind", ["missing", "empty", "text", "truncated", "flipped", "one array", "objects", "folder"])
def test_a_damaged_file_is_an_error(tmp_path, kind):
    path = tmp_path / MATRIX_FILE
    save(SMALL, path)
    data = path.read_bytes()
    match kind:
        case "missing":
            path.unlink()
        case "empty":
            path.write_bytes(b"")
        case "text":
            path.write_text("not a matrix")
        case "truncated":
            path.write_bytes(data[: len(data) // 2])
        case "flipped":
            path.write_bytes(data[:60] + bytes(255 - b for b in data[60:400]) + data[400:])
        case "one array":
            with path.open("wb") as file:
                np.save(file, np.arange(3))
        case "objects":
            with path.open("wb") as file:
                np.savez(file, features=np.array([{"a": 1}], dtype=object))
        case "folder":
            path.unlink()
            path.mkdir()
    with pytest.raises(ModelError, match="cannot be read"):
        load(path)
