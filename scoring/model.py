"""The scorecard: one table of steps a feature, in a JSON file that a person can read and diff.

A score is `baseline + one number a feature`, in points of 0 to 100 (a generalised additive model in
the sense of Hastie and Tibshirani 1990; tables as in Lou et al. 2012). Nothing is unpickled.
"""

import hashlib
import json
import math
import os
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from onrecord.errors import ModelError
from onrecord.features import CATALOGUE
from onrecord.features.lexicon import languages
from onrecord.scoring.atomic import NEXT

FORMAT = 2
MODEL_FILE = "model.json"
DEFAULT = "default"
# The smallest share of reference articles that 101 quantiles can tell from none.
_RAREST = 1 / 202


@dataclass(frozen=True, slots=True)
class Steps:
    """A step function: `points[k]` between `edges[k - 1]` (inclusive) and `edges[k]`, `missing` for nan.

    `members` has, for each model of the ensemble, its own points (the missing ones last); `points` is their mean.
    `quantiles` are the feature's values at even shares of the reference articles; empty when none had a value.
    """

    edges: tuple[float, ...]
    points: tuple[float, ...]
    missing: float
    members: tuple[tuple[float, ...], ...]
    quantiles: tuple[float, ...]

    def bin(self, value: float) -> int:
        """The step in which a value lies; the last one (`len(points)`) for a missing value."""
        return len(self.points) if math.isnan(value) else bisect_right(self.edges, value)

    def at(self, value: float) -> float:
        """The points of a value."""
        return self.missing if math.isnan(value) else self.points[self.bin(value)]

    def surprise(self, value: float) -> float:
        """How far out a value lies: 0 in the middle of the reference articles, 0.7 where a quarter lie beyond it.

        It is the logarithm of how much rarer such a value is than one in the middle; 0 without a value.
        """
        size = len(self.quantiles)
        if not size or math.isnan(value):
            return 0.0
        beyond = min(bisect_right(self.quantiles, value), size - bisect_left(self.quantiles, value)) / size
        return max(0.0, -math.log(2 * max(beyond, _RAREST)))


@dataclass(frozen=True, slots=True)
class Scorecard:
    """An additive model: `baseline + sum of steps`.

    Attributes:
        residual: standard deviation of its errors on other publishers.
        factor: how many standard deviations a 90% interval takes, from the same errors.
        reference: its values at even shares of the reference articles, ascending.
        usual: the surprise that 99 in 100 reference articles stay below; 0 where it is not known.
    """

    baseline: float
    steps: Mapping[str, Steps]
    residual: float
    factor: float
    reference: tuple[float, ...]
    usual: float = 0.0

    def total(self, values: Mapping[str, float]) -> float:
        """Baseline and all points, not clipped. A feature that is not in `values` counts as missing."""
        return self.baseline + sum(steps.at(values.get(name, math.nan)) for name, steps in self.steps.items())

    def spread(self, values: Mapping[str, float]) -> float:
        """The standard deviation of the ensemble's answers, in points."""
        columns = []
        for name, steps in self.steps.items():
            if steps.members:
                k = steps.bin(values.get(name, math.nan))
                columns.append([member[k] for member in steps.members])
        totals = [sum(column) for column in zip(*columns, strict=True)]
        if len(totals) < 2:
            return 0.0
        mean = sum(totals) / len(totals)
        return math.sqrt(sum((t - mean) ** 2 for t in totals) / (len(totals) - 1))

    def surprise(self, values: Mapping[str, float]) -> float:
        """The mean of how far out the values of weighed features lie (`Steps.surprise`)."""
        each = [steps.surprise(values.get(name, math.nan)) for name, steps in self.steps.items()]
        return math.fsum(each) / len(each) if each else 0.0

    def untold(self, names: Set[str]) -> float:
        """The standard deviation, in points, of what these features say of the reference articles."""
        known = [steps for name, steps in self.steps.items() if name in names and steps.quantiles]
        return math.sqrt(sum(_variance([steps.at(value) for value in steps.quantiles]) for steps in known))

    def unfamiliar(self, values: Mapping[str, float]) -> float:
        """How far from what the model saw: 0 for 99 in 100 of those articles, 1 at twice their surprise."""
        return max(0.0, self.surprise(values) / self.usual - 1) if self.usual else 0.0


@dataclass(frozen=True, slots=True)
class Model:
    """A scorecard, and who it is.

    Attributes:
        others: the models of other languages that ship with it, by language; empty for one that was trained by a user.
    """

    name: str
    version: str
    sha256: str
    score: Scorecard
    others: Mapping[str, "Model"] = field(default_factory=dict)

    def of(self, language: str) -> "Model":
        """The model for articles in a language: its own where it has one."""
        return self.others.get(language, self)


def _variance(points: list[float]) -> float:
    mean = sum(points) / len(points)
    return sum((each - mean) ** 2 for each in points) / len(points)


def percentile(quantiles: tuple[float, ...], value: float) -> float | None:
    """The share (0 to 100) of the reference below a value: midway where it equals several of them."""
    if not quantiles or math.isnan(value):
        return None
    return 50.0 * (bisect_left(quantiles, value) + bisect_right(quantiles, value)) / len(quantiles)


def to_json(model: Model) -> str:
    """The model as JSON, one feature a line, so that two of them can be compared line by line."""
    card = model.score
    top = {"format": FORMAT, "name": model.name, "version": model.version}
    head = {k: getattr(card, k) for k in ("baseline", "residual", "factor", "usual", "reference")}
    rows = [f"  {json.dumps(name)}: {json.dumps(_steps_record(steps))}" for name, steps in card.steps.items()]
    table = ' "score": ' + json.dumps(head)[:-1] + ', "steps": {\n' + ",\n".join(rows)
    return json.dumps(top)[:-1] + ",\n" + table + "}}}\n"


def _steps_record(steps: Steps) -> dict[str, Any]:
    return {k: getattr(steps, k) for k in ("edges", "points", "missing", "members", "quantiles")}


def load_model(name: str = DEFAULT) -> Model:
    """The model that ships (`default`), or the one in a folder or file written by `onrecord train`.

    Raises:
        ModelError: no such model, a damaged one, or one that weighs what is not measured here.
    """
    model = _load(locate(name))
    return replace(model, others=_others()) if name == DEFAULT else model


@cache
def _others() -> Mapping[str, Model]:
    """The models that ship for languages other than that of the default."""
    folder = files("onrecord.scoring") / "models"
    found = {path.name: Path(str(path)) / MODEL_FILE for path in folder.iterdir() if path.name in languages("document")}
    return {language: _load(path) for language, path in found.items() if path.is_file()}


def _load(path: Path) -> Model:
    try:
        model = parse(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise ModelError(f"{path} cannot be read ({error})", "train the model again") from error
    unknown = sorted({*model.score.steps} - {*CATALOGUE})
    if unknown:
        raise ModelError(f"{path} weighs {unknown[0]!r}, which is no feature of this version", "train the model again")
    return model


def locate(name: str) -> Path:
    """The file of a model given by its name, folder or file; a bare name that ships always means what ships."""
    given = Path(name)
    shipped = [Path(str(files("onrecord.scoring") / "models")) / name / MODEL_FILE] if name == given.name else []
    for path in (*shipped, given / NEXT / MODEL_FILE, given / MODEL_FILE, given):
        if os.path.isfile(path):  # noqa: PTH113 (Path.is_file raises for a name that is too long)
            return path
    raise ModelError(f"there is no model {name!r}", "give 'default' or a folder that 'onrecord train' wrote")


@lru_cache(maxsize=4)
def parse(text: str, name: str) -> Model:
    """Read a model's JSON.

    Raises:
        ModelError: it is not JSON, of another format, or has steps that do not fit their edges.
    """
    try:
        record = json.loads(text)
        if repr(record["format"]) != repr(FORMAT):  # JSON's true equals 1
            problem = f"{name} has model format {record['format']!r}, expected {FORMAT}"
            raise ModelError(problem, "train the model again")
        return Model(
            name=_text(record["name"]),
            version=_text(record["version"]),
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            score=_scorecard(record["score"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        problem = f"{name} is not a model of onrecord ({type(error).__name__}: {error})"
        raise ModelError(problem, "train the model again") from error


def _scorecard(record: dict[str, Any]) -> Scorecard:
    steps = {name: _steps(steps) for name, steps in record["steps"].items()}
    if len({len(s.members) for s in steps.values()}) > 1:
        raise ValueError("features with different numbers of members")
    return Scorecard(
        baseline=finite(record["baseline"]),
        steps=steps,
        residual=finite(record["residual"]),
        factor=finite(record["factor"]),
        reference=_ascending(record["reference"]),
        usual=finite(record["usual"]),
    )


def _steps(record: dict[str, Any]) -> Steps:
    points = tuple(finite(x) for x in record["points"])
    members = tuple(tuple(finite(x) for x in member) for member in record["members"])
    edges = _ascending(record["edges"])
    if len(points) != len(edges) + 1 or any(len(member) != len(points) + 1 for member in members):
        raise ValueError(f"{len(points)} points for {len(edges)} edges")
    return Steps(edges, points, finite(record["missing"]), members, _ascending(record["quantiles"]))


def _ascending(values: list[Any]) -> tuple[float, ...]:
    numbers = tuple(finite(x) for x in values)
    if list(numbers) != sorted(numbers):
        raise ValueError("numbers out of order")
    return numbers


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not a text")
    return value


def finite(value: Any) -> float:
    """A number of a model file as a float; raises TypeError or ValueError for what is none."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{value!r} is not a number")
    number = float(value)
    if not math.isfinite(number):
        raise ValueError(f"{value!r} is not a finite number")
    return number
