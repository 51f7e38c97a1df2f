"""The tagger that ships, and words without clusters."""

from importlib.resources import files

import numpy as np
import pytest

from onrecord.features.grammar import Grammar
from onrecord.features.tagging.weights import read_weights
from onrecord.features.tagging.words import Clusters, Words


@pytest.fixture(scope="session")
def weights():
    return read_weights(files("onrecord.features.tagging") / "models" / "en.npz")


@pytest.fixture
def words(weights):
    """What is seen in words by a tagger that knows the lexicons and no clusters."""
    return Words(Clusters(np.zeros(0, np.uint32), np.zeros((0, 4), np.uint16)), weights.classes, Grammar.of("en"))
