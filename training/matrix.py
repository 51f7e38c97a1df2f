"""Measured articles as a matrix of bins: what a model is fitted to, and what ships with it.

The shipped matrix holds numbers only: the bin of each feature in each article, its rating, a number for its
publisher, and a hash of its text. No text and no name can be read from it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import IO

import numpy as np
import numpy.typing as npt

from onrecord.errors import refusing_damage
from onrecord.features import CATALOGUE, measure_all
from onrecord.features.document import Article
from onrecord.features.own_text import read

Floats = npt.NDArray[np.float64]
Bytes = npt.NDArray[np.uint8]

# Articles that are measured together.
BATCH = 16
MAX_BINS = 16
MISSING = 255
MATRIX_FILE = "matrix.npz"


@dataclass(frozen=True, slots=True)
class Matrix:
    """n articles in f features.

    Attributes:
        features: the f feature ids.
        edges: f ascending arrays; a value v is in bin `searchsorted(edges, v, side="right")`.
        quantiles: f arrays of 101 values at even shares of the articles (empty: never measured).
        bins: (n, f) uint8; MISSING where the feature was.
        target: (n,) ratings from 0 to 100.
        publishers: (n,) numbers that group articles of one publisher.
        weights: (n,) how much each article counts.
        fingerprints: (n,) of the texts, UNKNOWN where it is not known; None in files written before there were any.
    """

    features: tuple[str, ...]
    edges: tuple[Floats, ...]
    quantiles: tuple[Floats, ...]
    bins: Bytes
    target: Floats
    publishers: npt.NDArray[np.int64]
    weights: Floats
    fingerprints: npt.NDArray[np.uint64] | None = None

    def rows(self, keep: npt.NDArray[np.int64]) -> "Matrix":
        """The same features of some of the articles, given by index."""
        return replace(
            self,
            bins=self.bins[keep],
            target=self.target[keep],
            publishers=self.publishers[keep],
            weights=self.weights[keep],
            fingerprints=None if self.fingerprints is None else self.fingerprints[keep],
        )

    def with_values(self, features: tuple[str, ...], values: Floats) -> "Matrix":
        """The same with other (n, g) values of g of its features, in the bins that it has."""
        places = [self.features.index(name) for name in features]
        bins = self.bins.copy()
        bins[:, places] = to_bins(values, tuple(self.edges[k] for k in places))
        return replace(self, bins=bins)


def measure_articles(articles: Iterable[Article], jobs: int = -1) -> Floats:
    """(n, f) values of all features of CATALOGUE, in its order; nan where missing."""
    from joblib import Parallel, delayed

    rest = iter(articles)
    batches: Iterable[list[Article]] = iter(lambda: list(islice(rest, BATCH)), [])
    parts = Parallel(n_jobs=jobs)(delayed(_values)(batch) for batch in batches)
    return np.array([row for part in parts for row in part], dtype=float).reshape(-1, len(CATALOGUE))


def _values(articles: list[Article]) -> list[list[float]]:
    return [[m.value for m in found] for _, found in measure_all([read(article) for article in articles])]


def columns(features: Iterable[str]) -> list[int]:
    """The places of features in the order of CATALOGUE."""
    order = {name: k for k, name in enumerate(CATALOGUE)}
    return [order[name] for name in features]


def learn_bins(values: Floats) -> tuple[tuple[Floats, ...], tuple[Floats, ...]]:
    """Edges between at most MAX_BINS bins of about equal size, and 101 quantiles, for each column of (n, f) values.

    Numbers are rounded to four digits, so that the model file can be read.
    """
    edges, quantiles = [], []
    for column in values.T:
        seen = np.sort(column[~np.isnan(column)])
        if len(seen) == 0:
            edges.append(np.array([]))
            quantiles.append(np.array([]))
            continue
        cuts = np.unique(np.quantile(seen, np.linspace(0, 1, MAX_BINS + 1)[1:-1], method="higher"))
        edges.append(np.unique([_short(x) for x in cuts if x > seen[0]]))
        quantiles.append(np.array([_short(x) for x in np.quantile(seen, np.linspace(0, 1, 101))]))
    return tuple(edges), tuple(quantiles)


def _short(value: float) -> float:
    return float(f"{value:.4g}")


def to_bins(values: Floats, edges: tuple[Floats, ...]) -> Bytes:
    """(n, f) values to (n, f) bins."""
    bins = np.empty(values.shape, dtype=np.uint8)
    for k, cuts in enumerate(edges):
        bins[:, k] = np.searchsorted(cuts, values[:, k], side="right")
    bins[np.isnan(values)] = MISSING
    return bins


def save(matrix: Matrix, file: Path | IO[bytes]) -> None:
    """Write a matrix as .npz: plain arrays."""
    arrays: dict[str, npt.NDArray[np.generic]] = {
        "features": np.array(matrix.features),
        "bins": matrix.bins,
        "target": matrix.target,
        "publishers": matrix.publishers,
        "weights": matrix.weights,
        "edges": _ragged(matrix.edges),
        "quantiles": _ragged(matrix.quantiles),
    }
    if matrix.fingerprints is not None:
        arrays["fingerprints"] = matrix.fingerprints
    np.savez_compressed(file, allow_pickle=False, **arrays)


def load(path: Path) -> Matrix:
    """Read a matrix; nothing is unpickled.

    Raises:
        ModelError: it is missing or damaged.
    """
    with refusing_damage(f"the matrix {path}", "install onrecord or train the model again"):
        with np.load(path, allow_pickle=False) as file:
            matrix = Matrix(
                features=tuple(str(name) for name in file["features"]),
                edges=_unragged(file["edges"]),
                quantiles=_unragged(file["quantiles"]),
                bins=file["bins"].astype(np.uint8, casting="safe"),
                target=file["target"].astype(float, casting="safe"),
                publishers=file["publishers"].astype(np.int64, casting="safe"),
                weights=file["weights"].astype(float, casting="safe"),
                fingerprints=_fingerprints(file),
            )
        _check(matrix)
    return matrix


def _fingerprints(file: Mapping[str, npt.NDArray[np.generic]]) -> npt.NDArray[np.uint64] | None:
    return file["fingerprints"].astype(np.uint64, casting="safe") if "fingerprints" in file else None


def _check(matrix: Matrix) -> None:
    """Raise ValueError where the parts of a matrix do not fit each other, or the features measured here."""
    articles, features = len(matrix.target), len(matrix.features)
    unknown = [name for name in matrix.features if name not in CATALOGUE]
    if unknown:
        raise ValueError(f"{unknown[0]!r} is no feature of this version")
    if matrix.bins.shape != (articles, features) or len(matrix.edges) != features or len(matrix.quantiles) != features:
        raise ValueError("its parts differ in size")
    if not articles or matrix.publishers.shape != (articles,) or matrix.weights.shape != (articles,):
        raise ValueError("its parts differ in size")
    if matrix.fingerprints is not None and matrix.fingerprints.shape != (articles,):
        raise ValueError("its parts differ in size")
    if not (np.isfinite(matrix.target).all() and np.isfinite(matrix.weights).all() and (matrix.weights > 0).all()):
        raise ValueError("a rating or a weight is no number")
    steps = np.array([len(edges) for edges in matrix.edges])
    if ((matrix.bins > steps) & (matrix.bins != MISSING)).any() or any((np.diff(e) <= 0).any() for e in matrix.edges):
        raise ValueError("bins that do not fit their edges")


def _ragged(rows: tuple[Floats, ...]) -> Floats:
    """Rows of different lengths as one array, nan behind the short ones."""
    array = np.full((len(rows), max((len(r) for r in rows), default=0)), np.nan)
    for k, row in enumerate(rows):
        array[k, : len(row)] = row
    return array


def _unragged(array: Floats) -> tuple[Floats, ...]:
    return tuple(row[~np.isnan(row)] for row in array)
