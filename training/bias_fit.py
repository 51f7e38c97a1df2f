"""Fit what tells bias: how opinion is worded, what makes an article hyperpartisan, and the words of each side.

No publisher of the articles labelled by people, nor a near-duplicate of theirs, is among those that teach how opinion
is worded. So the words have not seen what the three weights over them are fitted to and tested on.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from onrecord.features import tone
from onrecord.features.document import Document
from onrecord.features.own_text import read
from onrecord.features.tokens import lower_tokens
from onrecord.features.wording import NUMBER, Floats, Wording
from onrecord.scoring.bias import (
    INPUTS,
    OPINION,
    SIDES,
    BiasModel,
    Input,
    measure,
    probability,
)
from onrecord.scoring.extract import from_record
from onrecord.training.outlets import Row, at_most
from onrecord.training.splits import Indices, folds, groups, near_duplicates
from onrecord.training.vocabulary import nameless, tokens_of
from onrecord.training.wording import Corpus, Learnt, Recipe, learn

ARGUES = ("opinion", "analysis")
# What stands beside pictures; with outlets' names and boilerplate it would tell the page, not the article.
AROUND = frozenset({"caption", "captions", "file", "image", "images", "getty", "photo", "photos", "picture"})
# Of each outlet, so many articles at most teach leaning, and each counts the less the more there are.
MOST_OF_AN_OUTLET = 200
# The share of answers that must be right on outlets not trained on.
RIGHT = 0.8
NEVER = 1.1
FOLDS = 10
# How far the weights may follow the labels (scikit-learn's C).
STRENGTH = 0.3
OPINION_RECIPE = Recipe(strength=10.0)
LEANING_RECIPE = Recipe(publishers=8, articles=20, phrases=30_000, strength=2.0)


Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Articles:
    """Articles as documents, their records, and numbers that group those of one publisher."""

    rows: Sequence[Row]
    documents: Sequence[Document]
    publishers: Indices

    @classmethod
    def of(cls, rows: Sequence[Row]) -> "Articles":
        """Read articles from records with a text, and a domain or an id."""
        documents = [read(from_record(row)) for row in rows]
        names, texts = [publisher(row) for row in rows], [document.article.text for document in documents]
        return cls(rows, documents, groups(names, texts))

    def labels(self, key: str) -> Flags:
        """(n,) what the records say."""
        return np.array([bool(row[key]) for row in self.rows])


@dataclass(frozen=True, slots=True)
class Sided:
    """Articles with the side of their outlet: (n,) outlet, side and weight, (n, 3) probabilities out of fold."""

    outlets: Indices
    sides: Indices
    weights: Floats
    chances: Floats


@dataclass(frozen=True, slots=True)
class Trained:
    """The model, and what its figures are taken from.

    Attributes:
        people: the articles labelled by people, (n, 3) `inputs` of the logistic regression.
        teachers: the articles that teach how opinion is worded, (m, 2) `opinion` its probabilities out of fold.
        outlets: the articles that teach leaning.
        sides: the leaning of outlets by domain.
    """

    model: BiasModel
    people: Articles
    inputs: Floats
    teachers: Articles
    opinion: Floats
    outlets: Sided
    sides: Mapping[str, str]


def train(labelled: Sequence[Row], rated: Sequence[Row], sided: Sequence[Row]) -> Trained:
    """Fit both models.

    Args:
        labelled: articles with `hyperpartisan`.
        rated: articles with `genre`; those of publishers in `labelled` are left out.
        sided: articles with the `leaning` of their outlet.
    """
    people = Articles.of(labelled)
    teachers = Articles.of(apart_from(rated, people))
    outlets = of_many_outlets(sided)
    corpus = Corpus.of((read(from_record(row)) for row in outlets), names=True)
    opinion = learn_opinion(teachers, corpus)
    leaning = learn_leaning(outlets, corpus)
    seen = inputs(people.documents, opinion.wording)
    intercept, weights = weigh(seen, people.labels("hyperpartisan"))
    numbers, sides, counts = leaning_data(outlets)
    sure = surest(leaning.out_of_fold, sides, counts)
    return Trained(
        model=BiasModel(intercept, weights, opinion.wording, leaning.wording, sure),
        people=people,
        inputs=seen,
        teachers=teachers,
        opinion=opinion.out_of_fold,
        outlets=Sided(numbers, sides, counts, leaning.out_of_fold),
        sides={publisher(row): str(row["leaning"]) for row in sided},
    )


def publisher(row: Row) -> str:
    """Whose article it is; itself where that is not known."""
    return str(row.get("domain") or row["id"])


def apart_from(rows: Sequence[Row], others: Articles) -> list[Row]:
    """The articles that are of no publisher of the others, and near-duplicates of none."""
    taken = {publisher(row) for row in others.rows}
    texts = [document.article.text for document in others.documents]
    pairs = near_duplicates([*texts, *(from_record(row).text for row in rows)])
    copies = {two - len(texts) for one, two in pairs if one < len(texts)}
    return [row for k, row in enumerate(rows) if k not in copies and publisher(row) not in taken]


def of_many_outlets(rows: Sequence[Row]) -> list[Row]:
    """At most MOST_OF_AN_OUTLET articles of each outlet, always the same ones, without those that another has too."""
    kept = list(at_most(MOST_OF_AN_OUTLET, (row for row in rows if str(row.get("text") or "").strip()), publisher))
    pairs = near_duplicates([str(row["text"]) for row in kept])
    shared = {k for pair in pairs if publisher(kept[pair[0]]) != publisher(kept[pair[1]]) for k in pair}
    return [row for k, row in enumerate(kept) if k not in shared]


def learn_opinion(articles: Articles, outlets: Corpus) -> Learnt:
    """What tells columns from reports, without the names in either."""
    corpus = Corpus.of(articles.documents, names=False)
    recipe = replace(OPINION_RECIPE, allowed=nameless(corpus, outlets))
    labels = [OPINION[0] if row["genre"] in ARGUES else OPINION[1] for row in articles.rows]
    return learn(corpus, labels, articles.publishers, np.ones(len(labels)), recipe)


def learn_leaning(rows: Sequence[Row], corpus: Corpus) -> Learnt:
    """What tells outlets of one side from those of another, without names of outlets and what pages print around."""
    names = {token for row in rows for token in lower_tokens(str(row.get("outlet") or ""))}
    names |= {publisher(row).partition(".")[0] for row in rows}
    around = AROUND | (names | tokens_of("boilerplate")) - tokens_of("document", "function")

    def allowed(token: str) -> bool:
        return token not in around and (token[0].isalpha() or token == NUMBER)

    numbers, sides, weights = leaning_data(rows)
    labels = [SIDES[side] for side in sides.tolist()]
    return learn(corpus, labels, numbers, weights, replace(LEANING_RECIPE, allowed=allowed))


def leaning_data(rows: Sequence[Row]) -> tuple[Indices, Indices, Floats]:
    """(n,) outlet, side (place in SIDES) and weight of each article.

    An outlet of four times as many articles counts twice as much, and each side as much as another.
    """
    numbers = np.unique([publisher(row) for row in rows], return_inverse=True)[1].astype(np.int64)
    sides = np.array([SIDES.index(row["leaning"]) for row in rows], dtype=np.int64)
    weights: Floats = np.bincount(numbers)[numbers].astype(float) ** -0.5
    weights /= np.bincount(sides, weights)[sides]
    return numbers, sides, weights


def surest(chances: Floats, sides: Indices, weights: Floats) -> float:
    """The least probability at and above which RIGHT of the answers are right; above 1 where none is."""
    order = np.argsort(-chances.max(axis=1), kind="stable")
    right = (chances.argmax(axis=1) == sides)[order]
    share = np.cumsum(weights[order] * right) / np.cumsum(weights[order])
    enough = np.flatnonzero(share >= RIGHT)
    return float(np.ceil(1000 * chances.max(axis=1)[order[enough[-1]]]) / 1000) if len(enough) else NEVER


def inputs(documents: Iterable[Document], opinion: Wording) -> Floats:
    """(n, 3) what is weighed, in the order of INPUTS; nan where missing."""
    rows = []
    for document in documents:
        loaded = next(m.value for m in tone.measure(document, ()) if m.feature is tone.LOADED)
        seen = measure(document, loaded, opinion)
        rows.append([seen[name] for name in INPUTS])
    return np.array(rows, dtype=float).reshape(-1, len(INPUTS))


def weigh(seen: Floats, target: Flags) -> tuple[float, dict[str, Input]]:
    """A logistic regression over (n, 3) inputs, a missing one as the mean: the intercept, and each input's weight."""
    from sklearn.linear_model import LogisticRegression

    mean, deviation = np.nanmean(seen, axis=0), np.maximum(np.nanstd(seen, axis=0), 1e-9)
    scaled = np.nan_to_num((seen - mean) / deviation)
    fitted = LogisticRegression(C=STRENGTH).fit(scaled, target)
    weights = (fitted.coef_[0] / deviation).tolist()
    pairs = zip(mean.tolist(), weights, strict=True)
    terms = {name: Input(round(m, 5), round(w, 5)) for name, (m, w) in zip(INPUTS, pairs, strict=True)}
    return round(float(fitted.intercept_[0]), 5), terms


def chances(seen: Floats, intercept: float, terms: Mapping[str, Input]) -> Floats:
    """(n,) probabilities of (n, 3) inputs."""
    rows = (dict(zip(INPUTS, row, strict=True)) for row in seen.tolist())
    return np.array([probability(row, intercept, terms) for row in rows])


def out_of_fold(seen: Floats, target: Flags, publishers: Indices) -> Floats:
    """(n,) probabilities by weights that were fitted without the publisher."""
    found = np.empty(len(target))
    for train, test in folds(publishers, FOLDS):
        found[test] = chances(seen[test], *weigh(seen[train], target[train]))
    return found
