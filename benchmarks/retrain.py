"""What a newsroom gets from a few labels: `python benchmarks/retrain.py ../shared/data`. Some minutes on one core.

Newsrooms are simulated from `rubric_ratings.jsonl`: half of the publishers "ship", rated `overall`; of the other half a
few give labels in another standard (one line of the rubric, all ratings lowered, one genre), and the rest are the test.
Mean absolute error and rank correlation are on publishers of which the model saw nothing, averaged over newsrooms.

1. How labels are joined with what ships, by rule and standard.
2. Which articles to label: those that `onrecord label` chooses, against chance.
3. Pairs in place of ratings.
4. Seconds from label file to model.

The rule, the order and the margin of pairs were chosen with newsrooms like these, from the same articles: the tables
compare, and flatter what was chosen a little. Intervals take each newsroom and standard for independent: too narrow.
"""

import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from onrecord.scoring.model import Scorecard
from onrecord.training.adapt import MAX_LABEL_WEIGHT, join, line
from onrecord.training.answers import mean
from onrecord.training.evaluate import spearman
from onrecord.training.fit import fit, predict
from onrecord.training.labels import read_labels
from onrecord.training.matrix import Floats, Matrix, columns, learn_bins, measure_articles, to_bins
from onrecord.training.order import Candidates, order, place
from onrecord.training.pairs import Pair, settle
from onrecord.training.policy import UNWEIGHED
from onrecord.training.retrain import retrain
from onrecord.training.splits import groups

NEWSROOMS = 4
LABELS = 50
BY_PUBLISHER = 10
POOL = 250
MEMBERS = 2
LINES = ("attribution", "named", "diversity", "primary", "fairness", "language")

Indices = npt.NDArray[np.int64]
Rule = Callable[[Matrix, Matrix, Floats], Matrix]


@dataclass(frozen=True, slots=True)
class Standard:
    """How a newsroom rates: (n,) ratings, and which articles it rates at all."""

    name: str
    ratings: Floats
    rated: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Data:
    """All rated articles, as values and as a matrix."""

    values: Floats
    matrix: Matrix
    records: list[dict[str, object]]


def read(path: Path) -> Data:
    """Measure all rated articles."""
    from onrecord.features import CATALOGUE

    examples = read_labels(path)
    features = tuple(name for name in CATALOGUE if name not in UNWEIGHED)
    values = measure_articles((example.article for example in examples), 1)[:, columns(features)]
    edges, quantiles = learn_bins(values)
    publishers = groups([e.publisher for e in examples], [e.article.text for e in examples])
    target = np.array([e.rating for e in examples])
    bins = to_bins(values, edges)
    matrix = Matrix(features, edges, quantiles, bins, target, publishers, np.ones(len(examples)))
    return Data(values, matrix, [dict(e.record) for e in examples])


def standards(data: Data) -> Iterator[Standard]:
    """The standards of the simulated newsrooms."""
    overall, all_of_them = data.matrix.target, np.ones(len(data.records), dtype=bool)
    genre = np.array([record["genre"] for record in data.records])
    for name in LINES:
        yield Standard(name, 25 * np.array([record[name] for record in data.records], dtype=float), all_of_them)
    yield Standard("the same", overall, all_of_them)
    yield Standard("stricter (x 0.6)", 0.6 * overall, all_of_them)
    yield Standard("news alone", overall, genre == "news")
    yield Standard("opinion alone", overall, genre == "opinion")


@dataclass(frozen=True, slots=True)
class Newsroom:
    """Indices of the articles that ship, of those that may be labelled, and of the test."""

    shipped: Indices
    pool: Indices
    test: Indices


def newsroom(data: Data, rated: npt.NDArray[np.bool_], seed: int, most: int, size: int) -> Newsroom:
    """Half of the publishers ship; of the others so many may be labelled that there are `size` articles."""
    rng = np.random.default_rng(seed)
    publishers = data.matrix.publishers
    names = rng.permutation(np.unique(publishers))
    ours = np.isin(publishers, names[: len(names) // 2])
    mine = np.flatnonzero(ours & rated)
    pool: list[int] = []
    used: set[int] = set()
    for name in rng.permutation(np.unique(publishers[mine])).tolist():
        if len(pool) >= size:
            break
        pool += rng.permutation(mine[publishers[mine] == name]).tolist()[:most]
        used.add(name)
    test = mine[~np.isin(publishers[mine], list(used))]
    return Newsroom(np.flatnonzero(~ours), np.array(pool[:size] if most < size else pool), test)


def added(share: float, limit: float = np.inf) -> Rule:
    """Labels beside what ships as it is, together `share` of its weight."""

    def rule(old: Matrix, new: Matrix, score: Floats) -> Matrix:
        return _weighted(join(old, new, score), old, old.target, min(limit, share * len(old.target) / len(new.target)))

    return rule


def moved(share: float) -> Rule:
    """Labels beside what ships put on their scale, together `share` of its weight."""

    def rule(old: Matrix, new: Matrix, score: Floats) -> Matrix:
        found = line(score, new.target, new.publishers, float(old.target.var())).at(old.target)
        return _weighted(join(old, new, score), old, found, share * len(old.target) / len(new.target))

    return rule


def _weighted(joined: Matrix, old: Matrix, target: Floats, weight: float) -> Matrix:
    n = len(old.target)
    weights = np.where(np.arange(len(joined.target)) < n, 1.0, max(weight, 1e-6))
    return replace(joined, target=np.concatenate([target, joined.target[n:]]), weights=weights)


OURS = "this package"
RULES: dict[str, Rule] = {
    "model before": lambda old, new, score: old,
    "labels alone": lambda old, new, score: new,
    "added, x 1 to 20 each": added(1.0, MAX_LABEL_WEIGHT),
    "added, x 4": added(4.0),
    "scale alone": moved(0.0),
    "scale, x 0.25": moved(0.25),
    OURS: join,
    "scale, x 1": moved(1.0),
    "scale, x 2": moved(2.0),
}


def trial(data: Data, room: Newsroom, labels: Indices, ratings: Floats, rule: Rule) -> tuple[float, float]:
    """Mean absolute error and rank correlation on the test, of a model from labels."""
    rated = replace(data.matrix, target=ratings)
    old, new, test = data.matrix.rows(room.shipped), rated.rows(labels), rated.rows(room.test)
    score = np.clip(predict(base(data, room), new)[0], 0, 100)
    found = np.clip(predict(fit(rule(old, new, score), members=MEMBERS), test)[0], 0, 100)
    return float(np.abs(found - test.target).mean()), spearman(found, test.target)


_BASES: dict[bytes, Scorecard] = {}


def base(data: Data, room: Newsroom) -> Scorecard:
    """The model that ships, for this newsroom."""
    key = room.shipped.tobytes()
    if key not in _BASES:
        _BASES[key] = fit(data.matrix.rows(room.shipped), members=6)
    return _BASES[key]


Results = dict[str, dict[str, list[tuple[float, float]]]]


def compare_rules(data: Data) -> None:
    """The first table."""
    found: Results = {}
    for standard in standards(data):
        for seed in range(NEWSROOMS):
            room = newsroom(data, standard.rated, seed, BY_PUBLISHER, LABELS)
            for name, rule in RULES.items():
                answer = trial(data, room, room.pool, standard.ratings, rule)
                found.setdefault(name, {}).setdefault(standard.name, []).append(answer)
    print(f"\n1. {LABELS} labels of {LABELS // BY_PUBLISHER} publishers, {NEWSROOMS} newsrooms a standard")
    _print(found, OURS)


def compare_orders(data: Data) -> None:
    """The second table."""
    found: Results = {}
    chosen = [standard for standard in standards(data) if standard.rated.all()]
    for seed in range(2 * NEWSROOMS):
        room = newsroom(data, chosen[0].rated, seed, POOL, POOL)
        for count in (LABELS // 2, LABELS):
            for name, picked in _orders(data, room, count, seed).items():
                for standard in chosen:
                    answer = trial(data, room, picked, standard.ratings, join)
                    found.setdefault(f"{name}, {count}", {}).setdefault(standard.name, []).append(answer)
    print(f"\n2. Labels chosen from about {POOL} articles of some publishers, {2 * NEWSROOMS} newsrooms")
    for count in (LABELS // 2, LABELS):
        _print({name: rows for name, rows in found.items() if name.endswith(f", {count}")}, f"onrecord label, {count}")


def _orders(data: Data, room: Newsroom, count: int, seed: int) -> dict[str, Indices]:
    card, pool = base(data, room), data.matrix.rows(room.pool)
    names = data.matrix.features
    values = [dict(zip(names, row.tolist(), strict=True)) for row in data.values[room.pool]]
    places = np.array([place(card, row) for row in values], dtype=np.float32)
    unfamiliar = np.array([card.surprise(row) for row in values])
    doubt = predict(card, pool)[1] * [1 + card.unfamiliar(row) for row in values]
    publishers = [str(p) for p in pool.publishers]

    def pick(doubt: Floats) -> Indices:
        candidates = Candidates(places, doubt, unfamiliar, publishers)
        return room.pool[[choice.index for choice in order(candidates, count)]]

    rng = np.random.default_rng(seed)
    return {
        "chance": room.pool[rng.permutation(len(places))[:count]],
        "chance, few a publisher": _spread(rng.permutation(len(places)), publishers, count, room.pool),
        "varied alone": pick(np.ones(len(places))),
        "uncertain alone": _spread(np.argsort(-doubt, kind="stable"), publishers, count, room.pool),
        "onrecord label": pick(doubt),
    }


def _spread(ranked: Indices, publishers: list[str], count: int, pool: Indices) -> Indices:
    """The first of a ranking, at most a tenth of one publisher while that will do."""
    most, taken, picked, late = max(2, -(-count // 10)), dict.fromkeys(publishers, 0), [], []
    for k in ranked.tolist():
        (picked if taken[publishers[k]] < most else late).append(k)
        taken[publishers[k]] += 1
    return pool[(picked + late)[:count]]


def compare_pairs(data: Data) -> None:
    """The third table: pairs drawn from labels, learnt as the package does it, with other margins."""
    found: Results = {}
    chosen = [standard for standard in standards(data) if standard.rated.all()]
    for standard in chosen:
        for seed in range(NEWSROOMS):
            room = newsroom(data, standard.rated, seed, BY_PUBLISHER, LABELS)
            answers = {
                "model before": trial(data, room, room.pool, standard.ratings, RULES["model before"]),
                f"{LABELS} ratings": trial(data, room, room.pool, standard.ratings, join),
                f"{LABELS} pairs": trial_of_pairs(data, room, standard.ratings, seed, LABELS),
                f"{3 * LABELS} pairs": trial_of_pairs(data, room, standard.ratings, seed, 3 * LABELS),
            }
            for name, answer in answers.items():
                found.setdefault(name, {}).setdefault(standard.name, []).append(answer)
    print(f"\n3. Pairs of the same {LABELS} articles; they say nothing of height, so look at the rank correlation")
    _print(found, "model before")


def trial_of_pairs(data: Data, room: Newsroom, ratings: Floats, seed: int, count: int) -> tuple[float, float]:
    """As `trial`, from pairs of labelled articles whose ratings differ."""
    rng = np.random.default_rng(seed)
    own, n = ratings[room.pool], len(room.pool)
    drawn = [(int(a), int(b)) for a, b in rng.integers(0, n, (20 * count, 2)) if own[a] > own[b]]
    pairs = [Pair(a, b, "") for a, b in list(dict.fromkeys(drawn))[:count]]
    start = np.clip(predict(base(data, room), data.matrix.rows(room.pool))[0], 0, 100)
    settled = np.array(ratings, dtype=float)
    settled[room.pool] = settle(start.tolist(), [False] * n, pairs)
    rated, truth = replace(data.matrix, target=settled), ratings[room.test]
    old, new = data.matrix.rows(room.shipped), rated.rows(room.pool)
    found = np.clip(predict(fit(join(old, new, start), members=MEMBERS), rated.rows(room.test))[0], 0, 100)
    return float(np.abs(found - truth).mean()), spearman(found, truth)


def _print(found: Results, against: str) -> None:
    """A row a method: its error by standard, the mean error and rank correlation, and how it compares with another."""
    names = list(next(iter(found.values())))
    print(f"{'mean absolute error':28}" + "".join(f"{name[:11]:>12}" for name in names) + f"{'all':>8}{'rho':>7}  less")
    mine = np.array([[error for error, _ in found[against][name]] for name in names])
    for method, rows in found.items():
        errors = np.array([[error for error, _ in rows[name]] for name in names])
        rho = np.array([[rank for _, rank in rows[name]] for name in names])
        cells = "".join(f"{error:12.2f}" for error in errors.mean(axis=1))
        known = f"{np.nanmean(rho):7.3f}" if not np.isnan(rho).any() else "      -"
        less = "" if method == against else str(mean((errors - mine).ravel()))
        print(f"{method:28}{cells}{errors.mean():8.2f}{known}  {less}")
    print(f"{'':28}(less: the error less that of {against!r}, with its 95% interval over newsrooms)")


def seconds(path: Path) -> None:
    """The last line: the whole of `onrecord train`, with two processes."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()[: 2 * LABELS]]
    print(f"\n4. From label file to model folder: {'labels':>8}{'seconds':>9}")
    for count in (LABELS, 2 * LABELS):
        with tempfile.TemporaryDirectory() as folder:
            labels = Path(folder) / "labels.jsonl"
            labels.write_text("".join(json.dumps(row) + "\n" for row in rows[:count]), encoding="utf-8")
            started = time.perf_counter()
            retrain([labels], Path(folder) / "model", skip_bad=True, jobs=2)
            print(f"{'':36}{count:8d}{time.perf_counter() - started:9.1f}")


def main(data: Path) -> None:
    """Print the tables."""
    path = data / "rubric_ratings.jsonl"
    measured = read(path)
    publishers = len(np.unique(measured.matrix.publishers))
    print(f"{len(measured.records)} articles of {publishers} groups of publishers; models of {MEMBERS} members")
    compare_rules(measured)
    compare_orders(measured)
    compare_pairs(measured)
    seconds(path)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
