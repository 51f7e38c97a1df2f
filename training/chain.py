"""Fitting the two looks of the tagger: gradients, and the steps that are taken along them.

Stochastic gradients with a rate of its own for each weight (AdaGrad: Duchi et al. 2011), features dropped at random
so that none is relied upon alone (Srivastava et al. 2014), and in the end the mean of the later weights (Polyak and
Juditsky 1992). The same seed gives the same weights.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from onrecord.features.tagging.decoding import CROSSINGS
from onrecord.features.tagging.tagger import softmax
from onrecord.features.tagging.tags import TAGS

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

RATE = 0.04
DROPPED = 0.5
DECAY = 1e-6
TRANSITION_DECAY = 1e-3
# Tokens in a step.
BATCH = 6_000
# Weights are averaged from this share of all steps on, every so many steps.
AVERAGED_FROM, AVERAGED_EVERY = 0.3, 8


@dataclass(frozen=True, slots=True)
class Examples:
    """n tokens to learn from.

    Attributes:
        places: (n, f) int32, the rows of their features in the table of weights.
        tags: (n,) what they are.
        crossing: (n,) the class of the transition into each.
        chains: (c, 2) ranges of tokens whose tags depend on each other.
    """

    places: npt.NDArray[np.int32]
    tags: Ints
    crossing: Ints
    chains: Ints


@dataclass(frozen=True, slots=True)
class Field:
    """What is fitted: a (rows, TAGS) table, (CROSSINGS, TAGS, TAGS) transitions, and the (TAGS,) start of a chain."""

    table: Floats
    transitions: Floats
    start: Floats


def fit(examples: Examples, rows: int, epochs: int, seed: int, *, chained: bool) -> Field:
    """Fit a table of so many rows: `chained` with the transitions, else as if each token stood alone."""
    rng = np.random.default_rng(seed)
    table, transitions, start = _Parameter(rows, TAGS), _Parameter(CROSSINGS, TAGS, TAGS), _Parameter(TAGS)
    batches = [batch for _ in range(epochs) for batch in _batches(examples.chains, rng)]
    for number, batch in enumerate(batches):
        rate = RATE * (1 - 0.9 * number / len(batches))
        grid, inside = _grid(batch)
        tokens = grid[inside]
        features = _sparse(examples.places[tokens], rows, rng)
        scores = features @ table.value
        if chained:
            laid_out = np.zeros((*grid.shape, TAGS), dtype=np.float32)
            laid_out[inside] = scores
            node, edge = _forward_backward(laid_out, examples.crossing[grid], transitions.value, start.value, inside)
            chances = node[inside]
            _step_edges(examples, grid, inside, node, edge, transitions, start, rate)
        else:
            chances = softmax(scores)
        _step_table(table, features, chances, examples.tags[tokens], rate)
        is_last = number == len(batches) - 1
        if is_last or (number >= AVERAGED_FROM * len(batches) and number % AVERAGED_EVERY == 0):
            for parameter in (table, transitions, start):
                parameter.remember()
    return Field(table.mean(), transitions.mean(), start.mean())


def weigh(places: npt.NDArray[np.int32], table: Floats) -> Floats:
    """(n, TAGS) the sum of the weights of (n, f) features."""
    return np.concatenate(
        [_ones(part, len(table)) @ table for part in np.array_split(places, len(places) // BATCH + 1)]
    )


class _Parameter:
    """Weights, their squared gradients so far, and the sum of their later values."""

    def __init__(self, *shape: int) -> None:
        self.value = np.zeros(shape, dtype=np.float32)
        self._squares = np.full(shape, 0.01, dtype=np.float32)
        self._sum = np.zeros(shape, dtype=np.float32)
        self._count = 0

    def step(self, gradient: Floats, rate: float, rows: Ints | slice = slice(None)) -> None:
        self._squares[rows] += gradient * gradient
        self.value[rows] -= rate * gradient / np.sqrt(self._squares[rows])

    def remember(self) -> None:
        self._sum += self.value
        self._count += 1

    def mean(self) -> Floats:
        return self._sum / np.float32(self._count)


def _batches(chains: Ints, rng: np.random.Generator) -> Iterator[Ints]:
    """Chains of about equal length together, BATCH tokens at a time, in random order."""
    lengths = np.diff(chains, axis=1).ravel()
    order = np.argsort(lengths + 8 * rng.random(len(lengths)), kind="stable")
    cuts = np.flatnonzero(np.diff(np.cumsum(lengths[order]) // BATCH)) + 1
    batches = np.split(chains[order], cuts)
    rng.shuffle(batches)
    yield from batches


def _grid(chains: Ints) -> tuple[Ints, Flags]:
    """(c, longest) the tokens of each chain in a row, and which of these places lie inside it."""
    first, last = chains.T
    steps = np.arange(int((last - first).max()))
    grid = first[:, None] + steps
    return np.minimum(grid, last[:, None] - 1), grid < last[:, None]


def _ones(places: npt.NDArray[np.int32], rows: int, data: Floats | None = None) -> Any:
    """(n, rows) sparse matrix of (n, f) features."""
    from scipy import sparse

    n, f = places.shape
    data = np.ones(n * f, dtype=np.float32) if data is None else data
    return sparse.csr_matrix((data, places.ravel(), np.arange(0, n * f + 1, f)), shape=(n, rows))


def _sparse(places: npt.NDArray[np.int32], rows: int, rng: np.random.Generator) -> Any:
    """The same with features dropped at random, the others weighing so much the more."""
    kept = rng.random(places.size, dtype=np.float32) >= DROPPED
    return _ones(places, rows, kept.astype(np.float32) / np.float32(1 - DROPPED))


def _step_table(table: _Parameter, features: Any, chances: Floats, tags: Ints, rate: float) -> None:
    error = chances.copy()
    error[np.arange(len(tags)), tags] -= 1
    gradient = np.asarray(features.T @ error)
    rows = np.flatnonzero(gradient.any(axis=1))
    table.step(gradient[rows] + DECAY * len(tags) * table.value[rows], rate, rows)


def _step_edges(
    examples: Examples,
    grid: Ints,
    inside: Flags,
    node: Floats,
    edge: Floats,
    transitions: _Parameter,
    start: _Parameter,
    rate: float,
) -> None:
    tags, crossing = examples.tags[grid], examples.crossing[grid]
    both = inside[:, 1:]
    gradient = TRANSITION_DECAY * transitions.value
    np.add.at(gradient, crossing[:, 1:][both], edge[:, 1:][both])
    np.add.at(gradient, (crossing[:, 1:][both], tags[:, :-1][both], tags[:, 1:][both]), -1)
    transitions.step(gradient, rate)
    start.step(node[:, 0].sum(axis=0) - np.bincount(tags[:, 0], minlength=TAGS).astype(np.float32), rate)


def _forward_backward(
    scores: Floats, crossing: Ints, transitions: Floats, start: Floats, inside: Flags
) -> tuple[Floats, Floats]:
    """(c, longest, TAGS) chances of each tag, and (c, longest, TAGS, TAGS) of each pair with the tag before.

    Chances are scaled at each token, so that long chains do not vanish (Rabiner 1989).
    """
    chains, longest, _ = scores.shape
    odds = np.exp(scores - scores.max(axis=2, keepdims=True))
    moves = np.exp(transitions)[crossing]
    forward = np.empty_like(scores)
    scale = np.ones((chains, longest, 1), dtype=np.float32)
    here = odds[:, 0] * np.exp(start)
    scale[:, 0] = here.sum(axis=1, keepdims=True)
    forward[:, 0] = here / scale[:, 0]
    for k in range(1, longest):
        here = np.matmul(forward[:, k - 1, None], moves[:, k])[:, 0] * odds[:, k]
        scale[:, k] = np.where(inside[:, k, None], here.sum(axis=1, keepdims=True), 1)
        forward[:, k] = np.where(inside[:, k, None], here / scale[:, k], forward[:, k - 1])
    node = np.empty_like(scores)
    edge = np.zeros((chains, longest, TAGS, TAGS), dtype=np.float32)
    backward = np.ones((chains, TAGS), dtype=np.float32)
    node[:, -1] = forward[:, -1]
    for k in range(longest - 1, 0, -1):
        ahead = odds[:, k] * backward / scale[:, k]
        edge[:, k] = forward[:, k - 1, :, None] * moves[:, k] * ahead[:, None]
        backward = np.where(inside[:, k, None], np.matmul(moves[:, k], ahead[:, :, None])[:, :, 0], backward)
        node[:, k - 1] = forward[:, k - 1] * backward
    return node / node.sum(axis=2, keepdims=True), edge
