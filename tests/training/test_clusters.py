"""Clusters: words used alike are put together, by what stands beside them."""

import random

import numpy as np
import pytest

from onrecord.features.grammar import Grammar
from onrecord.features.tagging.words import hashed
from onrecord.training import clusters
from onrecord.training.clusters import learn_clusters

OTHERS = 30  # the rank of all words that are not kept
# Words that stand in the same places of made-up sentences, and in no others.
GROUPS = {
    "people": ["ann", "tom", "helen", "peter", "grace"],
    "verbs": ["said", "claimed", "argued", "warned", "insisted"],
    "things": ["bridge", "dam", "road", "school", "plant"],
    "states": ["safe", "closed", "old", "new", "unsafe"],
}


def corpus(sentences=3000, seed=0):
    pick = random.Random(seed).choice
    for _ in range(sentences // 10):
        yield " ".join("{} {} that the {} is {} .".format(*map(pick, GROUPS.values())) for _ in range(10))


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setattr(clusters, "WORDS", OTHERS)
    monkeypatch.setattr(clusters, "CONTEXTS", 30)
    monkeypatch.setattr(clusters, "DIMENSIONS", 6)
    monkeypatch.setattr(clusters, "LEVELS", (2, 4, 7, 10))


@pytest.fixture(scope="module")
def texts():
    return list(corpus())


def test_words_used_alike_are_in_one_cluster(texts):
    found = learn_clusters(texts)
    groups = {}
    for name, words in GROUPS.items():
        of_group = set(found.of(list(words), Grammar.of("en"))[:, 2].tolist())
        assert len(of_group) == 1, name
        groups[name] = of_group.pop()
    assert len(set(groups.values())) == len(GROUPS)


def test_every_word_has_a_cluster_of_each_level(texts):
    found = learn_clusters(texts)
    vocabulary = {word for words in GROUPS.values() for word in words} | {"that", "the", "is", "."}
    assert {hashed(word) for word in vocabulary} == set(found.words.tolist())
    assert (np.diff(found.words.astype(np.int64)) > 0).all()
    assert found.levels.shape == (len(vocabulary), 4)
    assert (found.levels < (2, 4, 7, 10)).all()
    assert found.of(["mayor"], Grammar.of("en")).tolist() == [[-1, -1, -1, -1]]


def test_the_same_texts_give_the_same_clusters(texts):
    one, two = learn_clusters(texts), learn_clusters(iter(texts))
    assert (one.words == two.words).all() and (one.levels == two.levels).all()


def test_only_the_commonest_words_are_kept(monkeypatch, texts):
    monkeypatch.setattr(clusters, "WORDS", 20)
    found = learn_clusters([*texts, "a rare word or two"])
    assert len(found.words) == 20
    assert (found.of(["rare"], Grammar.of("en")) == -1).all()
    assert (found.of(["the"], Grammar.of("en")) != -1).all()


def test_no_word_stands_beside_a_word_of_another_text():
    words, row = clusters._ranked(["a b", "b a a"])
    assert words == ["a", "b"]
    assert row.tolist() == [0, 1, OTHERS, OTHERS, 1, 0, 0, OTHERS, OTHERS]
