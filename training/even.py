"""Is a model even-handed? What it does to articles of one side, genre, length or decade that it does not to others."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from onrecord.features import CATALOGUE
from onrecord.features.document import Article
from onrecord.features.tokens import TOKEN
from onrecord.scoring.model import Scorecard
from onrecord.training.evaluate import Figure, figure_by_publisher
from onrecord.training.labels import Example
from onrecord.training.matrix import Floats, measure_articles
from onrecord.training.splits import Indices
from onrecord.training.swaps import swapped

# A group of fewer articles is not told apart.
SMALLEST = 15
SIDES = ("left", "right")
_LENGTHS = ((0, 400, "under 400 words"), (400, 800, "400 to 800"), (800, 1600, "800 to 1,600"))
_LONGEST = "over 1,600"
_ORDER = {name: k for k, (*_, name) in enumerate(_LENGTHS)} | {_LONGEST: len(_LENGTHS)}


@dataclass(frozen=True, slots=True)
class Group:
    """Articles that have something in common, and the mean of score less rating, in points."""

    by: str
    name: str
    articles: int
    error: Figure


@dataclass(frozen=True, slots=True)
class Even:
    """How even-handed a model is.

    Attributes:
        groups: by leaning of the outlet, genre, length and decade.
        right: the points by which a score moves with an outlet of the right in place of one of the left, at equal
            counts of sources, length and genre; `right_of_ratings`: the same of the ratings.
        swap: the mean and the greatest change of a score, in points, when names of camps and politicians change places.
    """

    groups: tuple[Group, ...]
    right: Figure
    right_of_ratings: Figure
    swap: tuple[float, float]


def examine(examples: Sequence[Example], predicted: Floats, publishers: Indices, card: Scorecard) -> Even:
    """How even-handed a model is to (n,) labelled articles.

    Args:
        predicted: (n,) scores by models that saw nothing of the article's publisher.
        publishers: (n,) numbers that group articles.
        card: the model, whose scores are compared before and after names change places.
    """
    ratings = np.array([example.rating for example in examples])
    return Even(
        groups=tuple(_groups(examples, predicted - ratings, publishers)),
        right=right_of(examples, predicted, publishers),
        right_of_ratings=right_of(examples, ratings, publishers),
        swap=_swap(examples, card),
    )


def _groups(examples: Sequence[Example], error: Floats, publishers: Indices) -> list[Group]:
    kinds: Mapping[str, Callable[[Example], str]] = {
        "leaning of the outlet": lambda e: str(e.record.get("leaning") or "unknown"),
        "genre": lambda e: str(e.record.get("genre") or "unknown"),
        "length": _length,
        "decade": _decade,
    }
    found = []
    for by, name_of in kinds.items():
        names = np.array([name_of(example) for example in examples])
        for name in sorted(set(names.tolist()), key=lambda name: (_ORDER.get(name, 0), name)):
            here = np.flatnonzero(names == name)
            if len(here) >= SMALLEST:
                found.append(Group(by, name, len(here), _mean(error[here], publishers[here])))
    return found


def _mean(values: Floats, publishers: Indices) -> Figure:
    return figure_by_publisher(lambda i: float(values[i].mean()), publishers)


def _length(example: Example) -> str:
    words = _words(example)
    return next((name for low, high, name in _LENGTHS if low <= words < high), _LONGEST)


def _words(example: Example) -> int:
    return sum(1 for token in TOKEN.findall(example.article.text) if token[0].isalnum())


def _decade(example: Example) -> str:
    year = (example.article.published or "")[:4]
    return f"{year[:3]}0s" if year.isdigit() else "unknown"


def right_of(examples: Sequence[Example], values: Floats, publishers: Indices) -> Figure:
    """The coefficient of "outlet of the right" in a regression of (n,) values over articles of both SIDES.

    Beside it stand the readers' counts of named, unnamed and distinct sources, the logarithm of the length, and genre.
    """
    here = np.array([k for k, example in enumerate(examples) if example.record.get("leaning") in SIDES], dtype=np.int64)
    if len(here) < SMALLEST:
        return Figure(math.nan, math.nan, math.nan)
    design = _design([examples[k] for k in here.tolist()])
    target = values[here]

    def coefficient(rows: Indices) -> float:
        return float(np.linalg.lstsq(design[rows], target[rows], rcond=None)[0][0])

    return figure_by_publisher(coefficient, publishers[here])


def _design(examples: Sequence[Example]) -> Floats:
    """(n, k) what the regression is over; the side stands first."""
    genres = sorted({str(example.record.get("genre")) for example in examples})
    rows = []
    for example in examples:
        record = example.record
        named, unnamed, distinct = (
            float(record.get(key) or 0) for key in ("named_sources", "unnamed_sources", "distinct_sources")
        )
        side = float(record["leaning"] == SIDES[1])
        genre = [float(record.get("genre") == name) for name in genres]
        rows.append([side, math.log(max(_words(example), 1)), named, unnamed, distinct, math.log1p(named), *genre])
    return np.array(rows)


def _swap(examples: Sequence[Example], card: Scorecard) -> tuple[float, float]:
    """The mean and the greatest absolute change of a score when names change places."""
    articles = [example.article for example in examples]
    change = np.abs(_scores(articles, card) - _scores([swapped(article) for article in articles], card))
    return float(change.mean()), float(change.max())


def _scores(articles: Sequence[Article], card: Scorecard) -> Floats:
    rows = measure_articles(articles).tolist()
    return np.clip([card.total(dict(zip(CATALOGUE, row, strict=True))) for row in rows], 0, 100)


def table(even: Even) -> str:
    """The groups as Markdown."""
    rows = ["| by | | articles | mean of score less rating |", "| --- | --- | --- | --- |"]
    before = ""
    for group in even.groups:
        by = "" if group.by == before else group.by
        rows.append(f"| {by} | {group.name} | {group.articles} | {group.error} |")
        before = group.by
    return "\n".join(rows)
