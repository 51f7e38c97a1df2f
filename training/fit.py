"""Fit an additive monotone scorecard to a matrix, and write it down as tables.

Boosted trees that may each use one feature only (Lou et al. 2012, Nori et al. 2019) are a sum of step
functions of single features; probing them bin by bin gives the tables exactly. The model is the mean
of an ensemble over resampled publishers, so that no publisher can carry it and its spread can be told.
"""

import importlib
from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt

from onrecord.scoring.model import Scorecard, Steps
from onrecord.training.matrix import MISSING, Floats, Matrix
from onrecord.training.policy import direction

MEMBERS = 12
TREES = 160
LEARNING_RATE = 0.06
LEAVES = 4
MIN_LEAF = 25
L2 = 20.0
COVERAGE = 0.90


def fit(matrix: Matrix, *, members: int = MEMBERS, seed: int = 0) -> Scorecard:
    """A scorecard, its residual and factor not yet known.

    Args:
        matrix: the articles.
        members: the size of the ensemble.
    """
    from threadpoolctl import threadpool_limits

    importlib.import_module("sklearn.ensemble")  # the limit binds only what is loaded by then
    # Trees this small grow faster in one thread than in many that wait for each other (measured: six times).
    with threadpool_limits(limits=1, user_api="openmp"):
        drawn = _resampled(matrix, members, seed)
        fitted = [_tables(matrix.rows(rows), seed + k) for k, rows in enumerate(drawn)]
    baselines = np.array([baseline for baseline, _ in fitted])
    steps = {}
    for j, name in enumerate(matrix.features):
        tables = np.array([t[j] for _, t in fitted])
        counts = np.bincount(np.minimum(matrix.bins[:, j], tables.shape[1] - 1), matrix.weights, tables.shape[1])
        centres = tables @ counts / counts.sum()
        tables = np.round(tables - centres[:, None], 5)
        if not counts[-1]:
            tables[:, -1] = 0.0  # what no article lacked is nothing in one that does
        baselines = baselines + centres
        mean = tables.mean(axis=0)
        if not np.abs(mean).max() > 0:
            continue
        steps[name] = Steps(
            edges=tuple(matrix.edges[j].tolist()),
            points=tuple(np.round(mean[:-1], 5).tolist()),
            missing=float(np.round(mean[-1], 5)),
            members=tuple(tuple(row.tolist()) for row in tables),
            quantiles=tuple(matrix.quantiles[j].tolist()),
        )
    return Scorecard(float(np.round(baselines.mean(), 5)), steps, 0.0, 0.0, ())


def _resampled(matrix: Matrix, members: int, seed: int) -> Iterator[npt.NDArray[np.int64]]:
    """Rows of publishers drawn with replacement; all rows where there is only one member or one publisher."""
    names = np.unique(matrix.publishers)
    rng = np.random.default_rng(seed)
    rows_of = {name: np.flatnonzero(matrix.publishers == name) for name in names}
    for _ in range(members):
        if members == 1 or len(names) == 1:
            yield np.arange(len(matrix.target))
            continue
        yield np.concatenate([rows_of[name] for name in rng.choice(names, len(names))])


def _tables(matrix: Matrix, seed: int) -> tuple[float, list[Floats]]:
    """A baseline, and for each feature the points of its bins, the missing one last."""
    from sklearn.ensemble import HistGradientBoostingRegressor

    model = HistGradientBoostingRegressor(
        max_iter=TREES,
        learning_rate=LEARNING_RATE,
        max_leaf_nodes=LEAVES,
        min_samples_leaf=MIN_LEAF,
        l2_regularization=L2,
        max_features=0.3,
        interaction_cst="no_interactions",
        monotonic_cst=[direction(name) for name in matrix.features],
        early_stopping=False,
        random_state=seed,
    )
    x = matrix.bins.astype(float)
    x[matrix.bins == MISSING] = np.nan
    x[:, np.isnan(x).all(axis=0)] = 0.0  # boosting cannot bin a column without values; a constant is never split
    model.fit(x, matrix.target, sample_weight=matrix.weights)
    return _probe(model.predict, matrix)


def _probe(answer: Callable[[Floats], Floats], matrix: Matrix) -> tuple[float, list[Floats]]:
    """The answer for the first bin of every feature, and what each other bin changes: exact for an additive model."""
    probes = [np.append(np.arange(len(edges) + 1, dtype=float), np.nan) for edges in matrix.edges]
    grid = np.zeros((1 + sum(len(p) for p in probes), len(probes)))
    row = 1
    for j, probe in enumerate(probes):
        grid[row : row + len(probe), j] = probe
        row += len(probe)
    answers = answer(grid)
    tables, row = [], 1
    for probe in probes:
        tables.append(answers[row : row + len(probe)] - answers[0])
        row += len(probe)
    return float(answers[0]), tables


def predict(card: Scorecard, matrix: Matrix) -> tuple[Floats, Floats]:
    """(n,) totals and (n,) ensemble spreads of a matrix's articles, by table look-up."""
    total = np.full(len(matrix.target), card.baseline)
    columns = []
    for j, name in enumerate(matrix.features):
        steps = card.steps.get(name)
        if steps is None:
            continue
        table = np.append(steps.points, steps.missing)
        place = np.minimum(matrix.bins[:, j], len(table) - 1)
        total += table[place]
        columns.append(np.array(steps.members)[:, place])
    members = np.sum(columns, axis=0) if columns else np.zeros((1, len(total)))
    return total, np.std(members, axis=0, ddof=1) if len(members) > 1 else np.zeros(len(total))
