"""Fit the voice of an article (`features/voice.py`): what words and phrases say of its ratings.

A ridge regression over the words (Hoerl and Kennard 1970), in a space of half the phrases themselves and half their
first DIMENSIONS latent directions (Deerwester et al. 1990, Indexing by latent semantic analysis), which are found in
many articles without ratings, so that a phrase that few rated articles have learns from those that it goes with. All
of it is linear: what is written down is one weight a phrase.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from onrecord.features.document import Document
from onrecord.features.own_text import read
from onrecord.features.voice import LEARNT, OUTPUTS
from onrecord.features.wording import Floats, Wording
from onrecord.scoring.extract import from_record
from onrecord.training.labels import Example
from onrecord.training.outlets import Row, at_most
from onrecord.training.splits import Indices, folds, groups
from onrecord.training.vocabulary import nameless
from onrecord.training.wording import Corpus, Recipe, Vocabulary, choose, vectors, write

# Of each outlet, so many articles without ratings at most; shorter ones (in characters) tell little.
MOST_OF_AN_OUTLET, SHORTEST = 500, 600
RECIPE = Recipe(publishers=20, articles=200, phrases=50_000)
DIMENSIONS = 100
# The share of the latent directions, and how strongly the weights are held back.
LATENT, RIDGE = 0.5, 0.1
FOLDS = 8
# The rubric's line for language goes from 0 to 4.
_LINE = 25.0


@dataclass(frozen=True)
class Lessons:
    """What the voice is learnt from.

    Attributes:
        vectors: (n + m, v) sparse: the phrases of n rated articles, and behind them those of m others.
        targets: (n, OUTPUTS) what readers said, in points of 0 to 100.
        publishers: (n + m,) numbers that group the articles of one publisher, or of several that share texts.
    """

    corpus: Corpus
    vocabulary: Vocabulary
    vectors: Any
    targets: Floats
    publishers: Indices

    @property
    def features(self) -> tuple[str, ...]:
        """The ids of the features that are learnt."""
        return tuple(feature.id for feature in LEARNT)

    def values(self, learn: Indices) -> Floats:
        """(n, OUTPUTS) what the voice says of each rated article if only those in `learn` had ratings.

        What it says of one that has comes from the others, without its publisher. Nothing of the publishers of the
        rest, ratings or words, is used.
        """
        kernel = self._kernel(self._directions(self.publishers[learn]))
        found = np.empty(self.targets.shape)
        rest = np.setdiff1d(np.arange(len(self.targets)), learn)
        found[rest] = self._answer(kernel, learn, rest)
        for apart, test in folds(self.publishers[learn], FOLDS):
            found[learn[test]] = self._answer(kernel, learn[apart], learn[test])
        return found

    def wording(self) -> Wording:
        """The model from all ratings, as it ships."""
        every = np.arange(len(self.targets))
        directions = self._directions(self.publishers)
        weights, mean = self._solve(self._kernel(directions), every)
        spread = self.vectors[every].T @ weights
        table = (1 - LATENT) * spread + LATENT * self._stretch(directions) * (directions.T @ (directions @ spread))
        return write(self.corpus, self.vocabulary, OUTPUTS, table, mean, 1.0)

    def _directions(self, publishers: Indices) -> Floats:
        """(DIMENSIONS, v) latent directions of all articles but those of the rated publishers that are left out."""
        from sklearn.utils.extmath import randomized_svd

        out = np.setdiff1d(self.publishers[: len(self.targets)], publishers)
        seen = self.vectors[np.flatnonzero(~np.isin(self.publishers, out))]
        dimensions = min(DIMENSIONS, min(seen.shape) - 1)
        directions: Floats = randomized_svd(seen, dimensions, n_iter=4, random_state=0)[2]
        return directions

    def _stretch(self, directions: Floats) -> float:
        """What brings the latent part of a rated article to a mean length of 1, as the other part has."""
        latent = self.vectors[: len(self.targets)] @ directions.T
        return float(1 / (latent**2).sum(axis=1).mean())

    def _kernel(self, directions: Floats) -> Floats:
        """(n, n) how alike the rated articles are."""
        rated = self.vectors[: len(self.targets)]
        latent = rated @ directions.T
        alike: Floats = (1 - LATENT) * (rated @ rated.T).toarray()
        alike += LATENT * self._stretch(directions) * (latent @ latent.T)
        return alike

    def _solve(self, kernel: Floats, learn: Indices) -> tuple[Floats, Floats]:
        """(l, OUTPUTS) weights of the articles that are learnt from, and the (OUTPUTS,) mean of their targets."""
        mean = self.targets[learn].mean(axis=0)
        ridge = kernel[np.ix_(learn, learn)] + RIDGE * np.eye(len(learn))
        return np.linalg.solve(ridge, self.targets[learn] - mean), mean

    def _answer(self, kernel: Floats, learn: Indices, test: Indices) -> Floats:
        weights, mean = self._solve(kernel, learn)
        answers: Floats = kernel[np.ix_(test, learn)] @ weights + mean
        return answers


def lessons(rated: Sequence[Example], unrated: Sequence[Row]) -> Lessons:
    """What there is to learn from articles with `overall` and `language`, and others without ratings."""
    rest = list(of_many_outlets(unrated, {example.id for example in rated}))
    corpus = Corpus.of(_documents(rated, rest), names=False)
    publishers = [example.publisher for example in rated] + [str(row["domain"]) for row in rest]
    texts = [example.article.text for example in rated] + [""] * len(rest)
    outlets = np.unique(publishers, return_inverse=True)[1].astype(np.int64)
    vocabulary = choose(corpus, outlets, replace(RECIPE, allowed=nameless(corpus)))
    return Lessons(
        corpus=corpus,
        vocabulary=vocabulary,
        vectors=vectors(corpus, vocabulary),
        targets=np.array([[e.rating, _LINE * float(e.record["language"])] for e in rated]),
        publishers=groups(publishers, texts),
    )


def of_many_outlets(rows: Sequence[Row], without: set[str]) -> Iterator[Row]:
    """At most MOST_OF_AN_OUTLET articles of each outlet that are not too short, none of those whose id is given."""
    usable = (row for row in rows if str(row["id"]) not in without and len(row["text"] or "") >= SHORTEST)
    return at_most(MOST_OF_AN_OUTLET, usable, lambda row: str(row["domain"]))


def _documents(rated: Sequence[Example], rest: Sequence[Row]) -> Iterator[Document]:
    yield from (read(example.article) for example in rated)
    yield from (read(from_record(row)) for row in rest)
