"""The card of a language's model: what it was made of and how good it is on sites that it did not see."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from onrecord.scoring.model import Model
from onrecord.training.evaluate import OutOfFold, auc, evaluate, figure, figure_by_publisher, spearman
from onrecord.training.matrix import Floats

Flags = npt.NDArray[np.bool_]
# A site with so many articles has figures of its own.
LARGE = 20

_TEXT = """# Model card: {name}, version {version}

An additive monotone scorecard for articles in the language "{name}": a baseline and a few steps a feature, by ridge
regression whose coefficients may only raise or only lower a score, averaged over resampled sites. It weighs features
that mean the same in every language; the default model, which learnt from English, weighs none of its answers.

## Data

{articles} articles of {sites} sites, rated by a language model against the rubric of this project; no human rated
them. People told real from fake by the site and by cross-checking. {one_sided} of the sites carry one label only, so
what tells real from fake may be what tells one site from another, and the figures of single sites below say more.
The articles are news and gossip of 2013 to 2018, most from {largest}.

## Figures

Each article was predicted by models that saw nothing of its site. 95% intervals over articles.

| | figure |
| --- | --- |
| Spearman with the ratings | {spearman} |
| the same, over resampled sites | {by_site} |
| mean absolute error | {error} |
| 90% interval covers | {coverage} |
| real above fake, AUC | {auc} |
{each}

The features and the words of tone were chosen by somebody who had seen how features of these articles go with their
ratings, and the titles, so these figures may flatter the card on other articles. Without any words of tone or hedging
the same fit has Spearman {plain}. The model's use and its limits are those of the default model.

## What weighs how much

| feature | lowest | highest |
| --- | --- | --- |
{weights}
"""


def render(model: Model, ratings: Floats, fake: Flags, sites: Sequence[str], outside: OutOfFold, plain: Floats) -> str:
    """The card as Markdown; `plain` are the answers on unseen sites of a card without words of tone and hedging."""
    score = np.clip(outside.total, 0, 100)
    low, high = score - outside.half, score + outside.half
    found = evaluate(score, low, high, ratings, len(set(sites)))
    _, numbers = np.unique(sites, return_inverse=True)
    counts = Counter(sites)
    labels = {site: {bool(f) for f, s in zip(fake, sites, strict=True) if s == site} for site in counts}
    return _TEXT.format(
        name=model.name,
        version=model.version,
        articles=len(ratings),
        sites=len(counts),
        one_sided=f"{sum(len(kinds) == 1 for kinds in labels.values())} of {len(counts)}",
        largest=" and ".join(f"{site} ({count})" for site, count in counts.most_common(2)),
        spearman=found.spearman,
        by_site=figure_by_publisher(lambda i: spearman(score[i], ratings[i]), numbers.astype(np.int64)),
        error=found.mean_absolute_error,
        coverage=found.coverage,
        auc=figure(lambda i: auc(score[i], ~fake[i]), len(score)),
        plain=f"{spearman(np.clip(plain, 0, 100), ratings):.3f}",
        each="\n".join(_of_site(site, score, ratings, sites) for site, n in counts.most_common() if n >= LARGE),
        weights="\n".join(_weights(model)),
    )


def _of_site(site: str, score: Floats, ratings: Floats, sites: Sequence[str]) -> str:
    own = np.flatnonzero(np.array(sites) == site)
    within = figure(lambda i: spearman(score[own[i]], ratings[own[i]]), len(own))
    return f"| Spearman within {site} ({len(own)} articles) | {within} |"


def _weights(model: Model) -> list[str]:
    steps = sorted(model.score.steps.items(), key=lambda item: -float(np.ptp(item[1].points)))
    return [f"| {name} | {min(each.points):+.1f} | {max(each.points):+.1f} |" for name, each in steps]
