"""Fit what tells genre: the words of each, and what weighs beside them.

The genres of the articles were told by a language model that rated them; press releases from elsewhere teach their
genre too. What an article is tested with saw nothing of its publisher, neither the words nor the weights.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

import numpy as np

from onrecord.features import measure_all
from onrecord.features.wording import Floats, Wording
from onrecord.scoring.genre import (
    FEATURES,
    FORM,
    INPUTS,
    RELEASE,
    GenreModel,
    Input,
    logarithms,
    measure,
    probabilities,
    spoken,
)
from onrecord.scoring.report import GENRES
from onrecord.training.bias_fit import NEVER, Articles, Flags, surest
from onrecord.training.outlets import Row
from onrecord.training.splits import Indices, folds, near_duplicates
from onrecord.training.vocabulary import nameless
from onrecord.training.wording import Corpus, Recipe, fit, learn

# What a press release from elsewhere counts: there are many, all of one field.
RELEASE_WEIGHT = 0.3
FOLDS = 5
# How far words and weights may follow the genres (scikit-learn's C).
RECIPE = Recipe(strength=10.0)
STRENGTH = 0.1
# Values beyond those of nearly all articles count as these.
USUAL = (0.01, 0.99)
# A genre is told only if so many answers could be checked, and where it is likelier than not.
MIN_ANSWERS, LIKELY = 10, 0.5


@dataclass(frozen=True, slots=True)
class Teachers:
    """The n articles that teach.

    Attributes:
        genres: (n,) places in GENRES.
        weights: (n,) how much each counts.
        seen: (n, k) FEATURES and FORM.
        rated: (n,) those whose genre was told of the very article; all figures are of these.
    """

    articles: Articles
    corpus: Corpus
    genres: Indices
    weights: Floats
    seen: Floats
    rated: Flags


@dataclass(frozen=True, slots=True)
class Trained:
    """The model, and the (n, c) probabilities of its teachers by models that saw nothing of their publisher."""

    model: GenreModel
    teachers: Teachers
    chances: Floats


def train(rated: Sequence[Row], releases: Sequence[Row]) -> Trained:
    """Fit a model to articles with `genre`, and to press releases; those rated already count once."""
    teachers = read_teachers(rated, releases)
    everybody = np.arange(len(teachers.genres))
    chances = np.zeros((len(everybody), len(GENRES)))
    for known, tested in folds(teachers.articles.publishers, FOLDS, seed=1):
        model = fit_to(teachers, known)
        for k in tested.tolist():
            chances[k] = _answer(model, teachers, k)
    rated_ones = teachers.rated
    sure = surest_of_each(chances[rated_ones], teachers.genres[rated_ones], answers(teachers, chances)[rated_ones])
    return Trained(replace(fit_to(teachers, everybody), sure=sure), teachers, chances)


def read_teachers(rated: Sequence[Row], releases: Sequence[Row]) -> Teachers:
    """Read the articles, and measure what is weighed beside the words."""
    copies = {
        two - len(rated)
        for one, two in near_duplicates([str(row["text"]) for row in (*rated, *releases)])
        if one < len(rated) <= two
    }
    others = [dict(row) | {"genre": RELEASE} for k, row in enumerate(releases) if k not in copies]
    articles = Articles.of([dict(row) | {"domain": _publisher(row)} for row in (*rated, *others)])
    values = [{m.feature.id: m.value for m in measurements} for _, measurements in measure_all(articles.documents)]
    seen = [measure(document, value) for document, value in zip(articles.documents, values, strict=True)]
    is_rated = np.arange(len(articles.rows)) < len(rated)
    return Teachers(
        articles=articles,
        corpus=Corpus.of(articles.documents, names=False),
        genres=np.array([GENRES.index(row["genre"]) for row in articles.rows], dtype=np.int64),
        weights=np.where(is_rated, 1.0, RELEASE_WEIGHT),
        seen=np.array([[each[name] for name in (*FEATURES, *FORM)] for each in seen]),
        rated=is_rated,
    )


def _publisher(row: Row) -> str:
    """Whose article it is; the host of its page, or itself, where that is not known."""
    return str(row.get("domain") or urlsplit(str(row.get("url") or "")).hostname or row["id"])


def fit_to(teachers: Teachers, rows: Indices) -> GenreModel:
    """A model of the articles given by index, which tells nothing yet: nothing says where it is sure."""
    corpus = replace(teachers.corpus, texts=[teachers.corpus.texts[k] for k in rows.tolist()])
    recipe = replace(RECIPE, allowed=nameless(corpus))
    labels = [GENRES[k] for k in teachers.genres[rows].tolist()]
    weights = teachers.weights[rows]
    learnt = learn(corpus, labels, teachers.articles.publishers[rows], weights, recipe)
    of_words = np.full((len(rows), len(GENRES)), np.finfo(float).tiny)
    of_words[:, [GENRES.index(name) for name in learnt.wording.classes]] = learnt.out_of_fold
    seen = np.concatenate([logarithms(np.log(of_words)), teachers.seen[rows]], axis=1)
    intercept, inputs = weigh(seen, teachers.genres[rows], weights)
    return GenreModel(intercept, inputs, of_all_genres(learnt.wording), {})


def of_all_genres(wording: Wording) -> Wording:
    """The same model with GENRES as its classes; one that was not among its articles is never likely."""
    places = [GENRES.index(name) for name in wording.classes]
    table = np.zeros((len(wording.phrases), len(GENRES)), dtype=np.int8)
    table[:, places] = wording.weights
    intercept = np.full(len(GENRES), -700.0 * wording.temperature)
    intercept[places] = wording.intercept
    return replace(wording, classes=GENRES, weights=table, intercept=intercept)


def weigh(seen: Floats, genres: Indices, weights: Floats) -> tuple[tuple[float, ...], dict[str, Input]]:
    """A logistic regression over (n, k) INPUTS, a missing one as the mean: the intercept, and each input's weights."""
    seen = np.where(np.isnan(seen).all(axis=0), 0.0, seen)  # what no article has weighs nothing
    low, high = np.nanquantile(seen, USUAL, axis=0)
    usual = np.clip(seen, low, high)
    mean, deviation = np.nanmean(usual, axis=0), np.maximum(np.nanstd(usual, axis=0), 1e-9)
    table, intercept = fit(np.nan_to_num((usual - mean) / deviation), genres, weights, len(GENRES), STRENGTH)
    columns = zip(*(np.round(part, 5).tolist() for part in (mean, low, high, table / deviation[:, None])), strict=True)
    inputs = {name: Input(m, a, b, tuple(w)) for name, (m, a, b, w) in zip(INPUTS, columns, strict=True)}
    return tuple(np.round(intercept, 5).tolist()), inputs


def _answer(model: GenreModel, teachers: Teachers, k: int) -> list[float]:
    seen = dict(zip((*FEATURES, *FORM), teachers.seen[k].tolist(), strict=True))
    chances = probabilities(seen | spoken(teachers.articles.documents[k], model.words), model)
    return [chances[name] for name in GENRES]


def answers(teachers: Teachers, chances: Floats) -> Indices:
    """(n,) places in GENRES of the likeliest genres; -1 where that is a press release without a sign of one."""
    likeliest = chances.argmax(axis=1)
    signed = teachers.seen[:, (*FEATURES, *FORM).index("release")] > 0
    return np.where(signed | (likeliest != GENRES.index(RELEASE)), likeliest, -1)


def surest_of_each(chances: Floats, genres: Indices, answer: Indices) -> dict[str, float]:
    """For each genre the least probability, LIKELY or more, at which RIGHT of the answers that name it are right.

    A genre of which fewer than MIN_ANSWERS answers could be given so is left out: it is never told.
    """
    sure = {}
    for k, name in enumerate(GENRES):
        here = answer == k
        least = max(surest(chances[here], genres[here], np.ones(int(here.sum()))), LIKELY)
        if (chances[here, k] >= least).sum() >= MIN_ANSWERS:
            sure[name] = least
    return sure


def told(chances: Floats, answer: Indices, sure: Mapping[str, float]) -> Flags:
    """(n,) where an answer is given."""
    least = np.array([*(sure.get(name, NEVER) for name in GENRES), NEVER])
    result: Flags = chances.max(axis=1) >= least[answer]
    return result
