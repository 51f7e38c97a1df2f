"""The figures of an overview, as types."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from onrecord.scoring.report import ModelIdentity


@dataclass(frozen=True, slots=True)
class Tables:
    """What an overview is about: tables or views, as SQL names them.

    Attributes:
        articles: number, publisher, and the columns of `record.to_row`.
        duplicates: number and duplicate_of, as `duplicates.duplicates` makes it.
        errors: a row with `reason` for each record that failed; "" if there is none.
    """

    articles: str
    duplicates: str
    errors: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """How often each value occurs.

    Attributes:
        values: (n,) distinct values, rising, to a tenth.
        counts: (n,) how often each occurs.
    """

    values: npt.NDArray[np.float64]
    counts: npt.NDArray[np.int64]

    @property
    def total(self) -> int:
        """How many values there are."""
        return int(self.counts.sum())

    @property
    def mean(self) -> float:
        """The mean; nan where there is no value."""
        return float(self.values @ self.counts / self.total) if self.total else float("nan")

    def quantile(self, share: float) -> float:
        """The smallest value that `share` of all values do not exceed; nan where there is no value."""
        if not self.total:
            return float("nan")
        return float(self.values[np.searchsorted(self.counts.cumsum(), share * self.total)])

    def histogram(self, edges: npt.ArrayLike) -> npt.NDArray[np.int64]:
        """How many values lie in each bin, the upper edge of the last included."""
        found, _ = np.histogram(self.values, edges, weights=self.counts)
        return found.astype(np.int64)


@dataclass(frozen=True, slots=True)
class Publisher:
    """A publisher, as `means.by_publisher` describes it."""

    name: str
    articles: int
    texts: int
    scored: int
    abstained: float
    syndicated: int
    mean: float | None
    low: float | None
    high: float | None
    few: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """An article in a list; `copies` other articles have nearly the same text, and `publishers` printed it."""

    title: str
    url: str
    publisher: str
    score: float | None
    copies: int
    publishers: int


@dataclass(frozen=True, slots=True)
class Count:
    """How often something occurs."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Tallies:
    """All that an overview shows.

    Attributes:
        articles: records with a result; `texts` of them are no copy of another.
        copied, syndicated: texts with a copy; those that several publishers printed.
        publisher_count: known publishers, of which `publishers` holds those with the most articles.
        half_width: half the interval of a score, on average; nan without scores.
        families: the points of each family in the scores.
    """

    articles: int
    texts: int
    copied: int
    syndicated: int
    scores: Spread
    half_width: float
    families: tuple[tuple[str, Spread], ...]
    publisher_count: int
    publishers: tuple[Publisher, ...]
    best: tuple[Listed, ...]
    worst: tuple[Listed, ...]
    most_copied: tuple[Listed, ...]
    reasons: tuple[Count, ...]
    notes: tuple[Count, ...]
    languages: tuple[Count, ...]
    errors: tuple[Count, ...]
    failed: int
    model: ModelIdentity
