"""What training learns, as a file; and the file that ships."""

import re
from dataclasses import fields
from importlib.resources import files

import numpy as np
import pytest

from onrecord.errors import ModelError
from onrecord.features.tagging import tagger
from onrecord.features.tagging.decoding import CROSSINGS
from onrecord.features.tagging.tags import TAGS
from onrecord.features.tagging.weights import Weights, read_weights, save
from onrecord.features.tagging.words import hashed

SHIPPED = files("onrecord.features.tagging") / "models" / "en.npz"
MEGABYTE = 1_000_000
SAYS, THINKS = 1, 2


def arrays_of(weights):
    """All that weights hold, by name."""
    found = {}
    for field in fields(weights):
        value = getattr(weights, field.name)
        found |= arrays_of(value) if hasattr(value, "__dataclass_fields__") else {field.name: value}
    return found


def test_what_is_saved_is_what_is_read(tmp_path, weights):
    save(weights, tmp_path / "again.npz")
    one, two = arrays_of(weights), arrays_of(read_weights(tmp_path / "again.npz"))
    assert one.keys() == two.keys()
    for name, value in one.items():
        assert type(value) is type(two[name]), name
        assert np.array_equal(value, two[name]), name
        assert getattr(value, "dtype", None) == getattr(two[name], "dtype", None), name


def test_a_file_needs_no_unpickling(tmp_path, weights):
    save(weights, tmp_path / "again.npz")
    with np.load(tmp_path / "again.npz", allow_pickle=False) as arrays:
        assert all(arrays[name].dtype != object for name in arrays.files)


@pytest.mark.parametrize("language", ["", "xx", "vi", "EN"])
def test_a_language_without_a_model_has_no_tagger(language):
    assert tagger.load(language) is None


def test_a_tagger_is_loaded_once():
    assert tagger.load("en") is tagger.load("en")


# -- the file that ships -------------------------------------------------------------------------


def test_the_model_is_small():
    assert len(SHIPPED.read_bytes()) <= 4 * MEGABYTE


def test_the_model_holds_whole_numbers_of_the_right_shapes(weights):
    assert isinstance(weights, Weights)
    assert weights.looks.dtype == weights.second.dtype == np.int8
    assert weights.transitions.dtype == weights.start.dtype == np.int16
    assert weights.looks.shape[1] == 2 * TAGS
    assert weights.second.shape[1] == TAGS
    assert weights.transitions.shape == (CROSSINGS, TAGS, TAGS)
    assert weights.start.shape == (TAGS,)
    assert 0 < weights.unit < 1


@pytest.mark.parametrize("name", ["looks", "second"])
def test_tables_are_as_long_as_a_hash_of_so_many_bits(weights, name):
    rows = len(getattr(weights, name))
    assert rows & (rows - 1) == 0


def test_the_words_of_clusters_ascend_and_each_has_one(weights):
    clusters = weights.clusters
    assert (np.diff(clusters.words.astype(np.int64)) >= 0).all()
    assert clusters.levels.shape == (len(clusters.words), 4)


def test_the_words_of_classes_ascend_and_verbs_of_saying_come_first(weights):
    words, bits = weights.classes.words, weights.classes.bits
    assert (np.diff(words.astype(np.int64)) > 0).all()
    assert words.shape == bits.shape and bits.all()
    known = dict(zip(words.tolist(), bits.tolist(), strict=True))
    assert known[hashed("said")] & 3 == SAYS
    assert known[hashed("believes")] & 3 == THINKS


def test_the_model_says_what_it_was_trained_on(weights):
    assert weights.trained_on
    for line in weights.trained_on:
        assert re.fullmatch(r"\S+ [0-9a-f]{64}", line)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not an archive", None])
def test_a_damaged_model_is_named_with_the_remedy(tmp_path, content):
    path = tmp_path / "xx.npz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ModelError, match="cannot be read"):
        read_weights(path)


def test_a_model_that_lacks_a_table_is_damaged(tmp_path):
    np.savez(tmp_path / "xx.npz", words=np.zeros(3))
    with pytest.raises(ModelError, match="KeyError"):
        read_weights(tmp_path / "xx.npz")
