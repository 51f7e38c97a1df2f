"""The card of what tells genre: every figure is of publishers that neither words nor weights had seen."""

from collections.abc import Mapping, Sequence
from textwrap import fill

import numpy as np

from onrecord.features.wording import Floats
from onrecord.scoring.genre import FEATURES, FORM
from onrecord.scoring.report import GENRES
from onrecord.training.bias_fit import RIGHT, Flags
from onrecord.training.evaluate import Statistic, auc, figure_by_publisher
from onrecord.training.genre_fit import FOLDS, LIKELY, MIN_ANSWERS, Trained, answers, surest_of_each, told
from onrecord.training.splits import Indices, folds

# A publisher of fewer articles has no share of its own.
MIN_ARTICLES = 10

_HEAD = """# Card: genre

What kind of piece an article is, reported beside the score and never inside it. Made by
`python -m onrecord.training.genre`. The genres of the articles were told by a language model that rated them; no person
did. All figures are of publishers that neither words nor weights had seen; 95% intervals are over resampled publishers.
Which inputs to use was decided on these articles, so the figures flatter a little.
"""

_LIMITS = """## Limits

English only. The articles are of United States news sites and blogs, most about politics. News and analysis are hard to
tell apart, for readers too; a piece that retells others' reports is worded like a report. So mostly it can only say
whether something is news or opinion. Press releases were learnt from those of medicine; one is told only where a sign
of it stands in the text, such as a contact for the media. Whoever asks for a genre with few articles above should
count on "cannot tell".
"""


def render(trained: Trained) -> str:
    """The card as Markdown."""
    teachers = trained.teachers
    rated = teachers.rated
    chances, genres, publishers = trained.chances[rated], teachers.genres[rated], teachers.articles.publishers[rated]
    answer = answers(teachers, trained.chances)[rated]
    given = told(chances, answer, trained.model.sure)
    parts = [
        _HEAD,
        _counts(trained),
        _accuracy(chances, genres, publishers, answer, given),
        _each(chances, genres, publishers, answer, given),
        _confusion(np.where(given, answer, -1), genres),
        _reliability(chances, genres),
        _publishers(answer == genres, given, publishers),
        _LIMITS,
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _counts(trained: Trained) -> str:
    teachers = trained.teachers
    inputs = ", ".join(f"`{name}`" for name in (*FEATURES, *FORM))
    sure = ", ".join(f"{_plain(name)} from {least:.3f}" for name, least in trained.model.sure.items()) or "nothing"
    return fill(
        f"{int(teachers.rated.sum())} rated articles and {int((~teachers.rated).sum())} press releases from elsewhere, "
        f"{len(np.unique(teachers.articles.publishers))} groups of publishers. A logistic regression over the "
        f"probability of each genre by {len(trained.model.words.phrases)} words and phrases of two words outside "
        f"quotation marks, no names among them, and over {inputs}. A genre is told where {RIGHT:.0%} of such answers "
        f"were right (and at least {MIN_ANSWERS} could be checked), from {LIKELY:.0%} on: {sure}.",
        120,
        break_on_hyphens=False,
    )


def _plain(name: str) -> str:
    return name.replace("_", " ")


def _share(of: Flags, among: Flags) -> Statistic:
    return lambda i: float((of & among)[i].sum() / among[i].sum()) if among[i].any() else float("nan")


def _accuracy(chances: Floats, genres: Indices, publishers: Indices, answer: Indices, given: Flags) -> str:
    every, right = np.ones(len(genres), dtype=np.bool_), answer == genres
    crossed = _crossed(chances, genres, publishers, answer)
    commonest = np.bincount(genres).max() / len(genres)
    of_genre = chances[np.arange(len(genres)), genres]
    rows = {
        f"likeliest genre right (who always says the commonest: {commonest:.3f})": _share(
            chances.argmax(axis=1) == genres, every
        ),
        "logarithmic loss": lambda i: float(-np.log(of_genre[i] + 1e-12).mean()),
        "articles with an answer": _share(given, every),
        "answers right": _share(right, given),
        "articles with an answer, thresholds from other publishers": _share(crossed, every),
        "answers right, thresholds from other publishers": _share(right, crossed),
    }
    return _table("| | |", {name: [str(figure_by_publisher(each, publishers))] for name, each in rows.items()})


def _crossed(chances: Floats, genres: Indices, publishers: Indices, answer: Indices) -> Flags:
    """Where an answer would be given by thresholds that were chosen on other publishers."""
    given = np.zeros(len(genres), dtype=np.bool_)
    for known, tested in folds(publishers, FOLDS, seed=2):
        sure = surest_of_each(chances[known], genres[known], answer[known])
        given[tested] = told(chances[tested], answer[tested], sure)
    return given


def _each(chances: Floats, genres: Indices, publishers: Indices, answer: Indices, given: Flags) -> str:
    rows = {}
    for k, name in enumerate(GENRES):
        here, said = genres == k, given & (answer == k)
        right = figure_by_publisher(_share(here, said), publishers) if said.any() else "never told"
        found = figure_by_publisher(_share(said, here), publishers) if said.any() else "–"
        rows[_plain(name)] = [int(here.sum()), f"{auc(chances[:, k], here):.3f}", int(said.sum()), right, found]
    return _table("| genre | articles | AUC against the rest | answers | right | found |", rows)


def _confusion(answer: Indices, genres: Indices) -> str:
    columns = [k for k in range(len(GENRES)) if (answer == k).any()]
    rows = {
        _plain(name): [int(((answer == k) & (genres == row)).sum()) for k in (*columns, -1)]
        for row, name in enumerate(GENRES)
    }
    head = " | ".join([*(_plain(GENRES[k]) for k in columns), "cannot tell"])
    return f"What is said (columns) of articles of each genre (rows):\n\n{_table(f'| genre | {head} |', rows)}"


def _reliability(chances: Floats, genres: Indices) -> str:
    top, right = chances.max(axis=1), chances.argmax(axis=1) == genres
    rows = {
        f"{top[part].mean():.2f}": [f"{right[part].mean():.2f}", len(part)]
        for part in np.array_split(np.argsort(top, kind="stable"), 5)
        if len(part)
    }
    table = _table("| mean probability | right | articles |", rows)
    return f"Fifths by the probability of the likeliest genre:\n\n{table}"


def _publishers(right: Flags, given: Flags, publishers: Indices) -> str:
    names, counts = np.unique(publishers, return_counts=True)
    shares = []
    for name in names[counts >= MIN_ARTICLES].tolist():
        here = given & (publishers == name)
        if here.any():
            shares.append(float(right[here].mean()))
    if not shares:
        return f"No group of publishers has {MIN_ARTICLES} articles."
    low, quarter, middle, high = np.quantile(shares, [0, 0.25, 0.5, 1]).tolist()
    return fill(
        f"By publisher ({len(shares)} groups with {MIN_ARTICLES} articles or more), answers right: {middle:.2f} in the "
        f"median, {quarter:.2f} or less in a quarter, from {low:.2f} to {high:.2f}.",
        120,
    )


def _table(head: str, rows: Mapping[str, Sequence[object]]) -> str:
    lines = [f"| {name} | {' | '.join(map(str, cells))} |" for name, cells in rows.items()]
    return "\n".join([head, "|" + " --- |" * (head.count("|") - 1), *lines])
