"""Fit the scorecard of a language with few ratings: `python -m onrecord.training.languages FILE LANGUAGE OUT`.

FILE has articles with their `overall` ratings, `fake` and site (`vfnd_vi.jsonl`); OUT is a folder such as
`scoring/models/vi`, for model.json and card.md. A hundred articles cannot teach what thousands do, so only features
that mean the same in every language are weighed, each by few steps and in one direction only: a ridge regression on
"at least so much" with coefficients that are never negative (monotone additive models: Tutz and Leitenstorfer 2007).
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from onrecord.features.document import Article
from onrecord.scoring.model import MODEL_FILE, Model, Scorecard, Steps, to_json
from onrecord.scoring.ranking.publishers import publisher_of
from onrecord.training.card import CARD_FILE
from onrecord.training.evaluate import OutOfFold, half_widths, interval_of
from onrecord.training.labels import read_rows
from onrecord.training.languages_card import render
from onrecord.training.matrix import Floats, columns, measure_articles
from onrecord.training.policy import direction
from onrecord.training.splits import Indices
from onrecord.training.train import usual_surprise

# What `policy` leaves to the labels and these few articles need not decide: sources and figures make a report,
# the author's own voice makes something else.
SIGNS = {
    "attribution.rate": 1,
    "readability.numbers": 1,
    "hedging.boosters": -1,
    "hedging.outside_quotations": -1,
    "tone.argument": -1,
    "tone.colloquial": -1,
    "tone.first_person_singular": -1,
    "tone.questions": -1,
    "tone.second_person": -1,
    "tone.subjective": -1,
}
WEIGHED = (
    "attribution.attributed_numbers", "attribution.longest_gap", "attribution.share_of_sentences",
    "named_sourcing.distinct", "named_sourcing.documents", "named_sourcing.full_names", "named_sourcing.kinds",
    "named_sourcing.named_rate", "named_sourcing.organisations", "named_sourcing.persons", "named_sourcing.with_role",
    "tone.exclamations", "tone.loaded", *SIGNS,
)  # fmt: skip
ALPHA = 3.0
MEMBERS = 12
# A column with a larger share of zeros is cut at the first value above and at the middle of those.
MANY_ZEROS = 0.3
# A step must part so many articles from the others.
MIN_STEP = 5


@dataclass(frozen=True, slots=True)
class Rated:
    """n articles of one language: (n, f) values of f of WEIGHED, ratings, labels, and the numbers of their sites."""

    features: tuple[str, ...]
    values: Floats
    ratings: Floats
    fake: npt.NDArray[np.bool_]
    sites: Indices
    names: tuple[str, ...]

    def rows(self, keep: Indices) -> "Rated":
        """Some of the articles, given by index."""
        return replace(
            self, values=self.values[keep], ratings=self.ratings[keep], fake=self.fake[keep], sites=self.sites[keep]
        )

    def without(self, *families: str) -> "Rated":
        """The same articles without the features of some families."""
        keep = [k for k, name in enumerate(self.features) if name.partition(".")[0] not in families]
        return replace(self, features=tuple(self.features[k] for k in keep), values=self.values[:, keep])


def read(path: Path) -> Rated:
    """Measure the articles of a file.

    Raises:
        LabelError: the file is missing or a row cannot be read.
    """
    rows = list(read_rows(path))
    articles = [Article(row["text"], title=row["title"] or "") for row in rows]
    names, sites = np.unique([publisher_of(row["url"], row["domain"]) for row in rows], return_inverse=True)
    return Rated(
        features=WEIGHED,
        values=measure_articles(articles, jobs=1)[:, columns(WEIGHED)],
        ratings=np.array([row["overall"] for row in rows], dtype=float),
        fake=np.array([row["fake"] for row in rows], dtype=bool),
        sites=sites.astype(np.int64),
        names=tuple(names.tolist()),
    )


def fit(rated: Rated, seed: int = 0) -> Scorecard:
    """A scorecard, the mean over members that saw resampled sites; its residual and factor not yet known."""
    edges = [_edges(column) for column in rated.values.T]
    drawn = list(_resampled(rated.sites, seed))
    fitted = [_tables(rated.rows(rows), edges) for rows in drawn]
    baselines = np.array([baseline for baseline, _ in fitted])
    steps = {}
    for j, name in enumerate(rated.features):
        tables = np.array([tables[j] for _, tables in fitted])
        places = _places(rated.values[:, j], edges[j])
        centres = tables[:, places].mean(axis=1)
        tables = np.round(tables - centres[:, None], 4)
        baselines = baselines + centres
        if np.ptp(tables) == 0:
            continue
        mean = np.round(tables.mean(axis=0), 4)
        seen = rated.values[~np.isnan(rated.values[:, j]), j]
        quantiles = np.quantile(seen, np.linspace(0, 1, 101))
        steps[name] = Steps(
            edges=tuple(edges[j].tolist()),
            points=tuple(mean[:-1].tolist()),
            missing=float(mean[-1]),
            members=tuple(tuple(row.tolist()) for row in tables),
            quantiles=tuple(_short(value) for value in quantiles),
        )
    return Scorecard(float(np.round(baselines.mean(), 4)), steps, 0.0, 0.0, ())


def cross_validate(rated: Rated) -> OutOfFold:
    """Answers for each site by a card that saw nothing of it."""
    total, spread = np.zeros(len(rated.ratings)), np.zeros(len(rated.ratings))
    splits = [(np.flatnonzero(rated.sites != site), np.flatnonzero(rated.sites == site)) for site in set(rated.sites)]
    for train, test in splits:
        card = fit(rated.rows(train))
        for i in test.tolist():
            values = dict(zip(rated.features, rated.values[i].tolist(), strict=True))
            total[i], spread[i] = card.total(values), card.spread(values)
    return OutOfFold(total, spread, half_widths(total, spread, rated.ratings, splits, interval_of))


def train(rated: Rated, language: str) -> tuple[Model, OutOfFold]:
    """The model of a language, and what models that saw nothing of a site say of its articles."""
    outside = cross_validate(rated)
    card = fit(rated)
    residual, factor = interval_of(outside.total, outside.spread, rated.ratings)
    totals = [card.total(dict(zip(rated.features, row, strict=True))) for row in rated.values.tolist()]
    card = replace(
        card,
        residual=round(residual, 4),
        factor=round(factor, 4),
        reference=tuple(np.round(np.quantile(totals, np.linspace(0, 1, 101)), 3).tolist()),
        usual=usual_surprise(card, rated.features, rated.values),
    )
    return Model(language, "1", "", card), outside


def _edges(column: Floats) -> Floats:
    """Where the steps of a feature are: three at most."""
    seen = column[~np.isnan(column)]
    above = seen[seen > 0]
    shares = (0.0, 0.5) if (seen == 0).mean() > MANY_ZEROS else (0.25, 0.5, 0.75)
    cut = np.quantile(above if len(shares) == 2 else seen, shares, method="higher") if len(above) else np.array([])
    edges = np.unique([_short(value) for value in cut])
    return np.array([edge for edge in edges if MIN_STEP <= (seen >= edge).sum() <= len(seen) - MIN_STEP])


def _short(value: float) -> float:
    """A number of four digits that is not above the given one, so that what is at a step's edge stays on it."""
    rounded = float(f"{value:.4g}")
    return rounded if rounded <= value else float(f"{value * (1 - 1e-3):.4g}")


def _places(column: Floats, edges: Floats) -> Indices:
    """The step of each value, the last one for what is missing."""
    return np.where(np.isnan(column), len(edges) + 1, np.searchsorted(edges, column, side="right")).astype(np.int64)


def _resampled(sites: Indices, seed: int) -> Sequence[Indices]:
    """Rows of sites drawn with replacement, one draw a member."""
    rng = np.random.default_rng(seed)
    rows = [np.flatnonzero(sites == site) for site in np.unique(sites)]
    return [np.concatenate([rows[k] for k in rng.integers(0, len(rows), len(rows))]) for _ in range(MEMBERS)]


def _tables(rated: Rated, edges: Sequence[Floats]) -> tuple[float, list[Floats]]:
    """A baseline, and for each feature the points of its steps; what is missing has those of the lowest step."""
    from sklearn.linear_model import Ridge

    signs = [direction(name) or SIGNS[name] for name in rated.features]
    parts = [
        sign * (np.nan_to_num(column, nan=-np.inf, neginf=-np.inf)[:, None] >= cuts[None, :])
        for sign, column, cuts in zip(signs, rated.values.T, edges, strict=True)
    ]
    ridge = Ridge(alpha=ALPHA, positive=True).fit(np.hstack(parts).astype(float), rated.ratings)
    bounds = np.cumsum([0, *(len(cuts) for cuts in edges)])
    tables = []
    for sign, first, last in zip(signs, bounds[:-1], bounds[1:], strict=True):
        points = np.concatenate([[0.0], np.cumsum(sign * ridge.coef_[first:last])])
        tables.append(np.append(points, points[0]))
    return float(ridge.intercept_), tables


def main(data: Path, language: str, out: Path) -> None:
    """Train, write model.json and card.md to `out`, print the card; deterministic, about a minute on one core."""
    rated = read(data)
    model, outside = train(rated, language)
    out.mkdir(parents=True, exist_ok=True)
    (out / MODEL_FILE).write_text(to_json(model), encoding="utf-8")
    plain = cross_validate(rated.without("tone", "hedging")).total
    card = render(model, rated.ratings, rated.fake, [rated.names[k] for k in rated.sites], outside, plain)
    (out / CARD_FILE).write_text(card, encoding="utf-8")
    print(card)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
