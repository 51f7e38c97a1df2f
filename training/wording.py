"""Fit a model of words (`features/wording.py`) to labelled documents.

Only phrases that several publishers print are learnt, so that no outlet can be told by its own words, and what is
predicted of each article comes from a model that saw nothing of its publisher.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import numpy as np
import numpy.typing as npt

from onrecord.errors import LabelError
from onrecord.features.document import Document
from onrecord.features.wording import Floats, Wording, own_words
from onrecord.training.splits import Indices, folds

Keys = npt.NDArray[np.int64]

# A token is a name if so much of it has a capital where no sentence begins.
NAME_SHARE = 0.5
# Temperatures that are tried.
_TEMPERATURES = np.geomspace(0.25, 4.0, 81)


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a model of words is made.

    Attributes:
        publishers, articles: a phrase is learnt if at least so many of each have it.
        phrases: at most so many are learnt, those of most publishers and articles.
        strength: how far the weights may follow the labels (scikit-learn's C).
        folds: parts of the cross-validation by publisher.
        allowed: whether a token may be in a phrase.
    """

    publishers: int = 5
    articles: int = 10
    phrases: int = 30_000
    strength: float = 30.0
    folds: int = 5
    allowed: Callable[[str], bool] = field(default=lambda token: True)


@dataclass(frozen=True, slots=True)
class Learnt:
    """A model, and the (n, c) probabilities of the articles by models that saw nothing of their publisher."""

    wording: Wording
    out_of_fold: Floats


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The phrases of a model: (v,) their keys, ascending, and how much each counts for being rare."""

    keys: Keys
    rarity: Floats


@dataclass(frozen=True, slots=True)
class Corpus:
    """Documents as numbers, which take a tenth of their memory.

    Attributes:
        kept: whether names are words like others.
        tokens: the token of each number; number 0 stands for a mark that is none.
        texts: for each document its tokens' numbers.
        names: the tokens that are mostly written with a capital where no sentence begins.
    """

    kept: bool
    tokens: list[str]
    texts: list[npt.NDArray[np.int32]]
    names: frozenset[str]

    @classmethod
    def of(cls, documents: Iterable[Document], *, names: bool) -> "Corpus":
        """Number the own words of documents (see `own_words`), which are read one by one and not kept."""
        numbers: defaultdict[str, int] = defaultdict(count().__next__)
        numbers[""]
        texts: list[npt.NDArray[np.int32]] = []
        capital: Counter[str] = Counter()
        inner: Counter[str] = Counter()
        for document in documents:
            tokens = own_words(document, names=names).tokens
            texts.append(np.array([numbers[token] for token in tokens], dtype=np.int32))
            own = np.flatnonzero(~document.quoted)
            inside = own[~np.isin(own, document.sentences[:, 0])].tolist()
            inner.update(document.lower[i] for i in inside)
            capital.update(document.lower[i] for i in inside if document.words[i][0].isupper())
        mostly = frozenset(token for token, seen in capital.items() if seen >= NAME_SHARE * inner[token])
        return cls(names, list(numbers), texts, mostly)

    def keys(self, k: int) -> tuple[Keys, Keys]:
        """The distinct phrases of document k, and how often each stands there.

        They are whole numbers: a token's own, or those of two tokens in one.
        """
        text = self.texts[k].astype(np.int64)
        pairs = ((text[:-1] << 32) | text[1:])[(text[:-1] > 0) & (text[1:] > 0)]
        return np.unique(np.concatenate([text[text > 0], pairs]), return_counts=True)

    def phrase(self, key: int) -> str:
        """The phrase of a key."""
        one, two = key >> 32, key & 0xFFFFFFFF
        return f"{self.tokens[one]} {self.tokens[two]}" if one else self.tokens[two]


def learn(
    corpus: Corpus, labels: Sequence[str], publishers: Indices, weights: Floats, recipe: Recipe | None = None
) -> Learnt:
    """Fit a model to the documents of a corpus.

    Args:
        labels: (n,) the class of each document; at least two classes.
        publishers: (n,) numbers that group documents which must stay together (`splits.groups`).
        weights: (n,) how much each document counts.

    Raises:
        LabelError: too few articles or publishers share a word.
    """
    recipe = recipe or Recipe()
    vocabulary = choose(corpus, publishers, recipe)
    features = vectors(corpus, vocabulary)
    classes, target = np.unique(np.asarray(labels), return_inverse=True)
    sums = np.zeros((len(target), len(classes)))
    for train, test in folds(publishers, recipe.folds):
        table, intercept = fit(features[train], target[train], weights[train], len(classes), recipe.strength)
        sums[test] = features[test] @ table + intercept
    temperature = best_temperature(sums, target, weights)
    table, intercept = fit(features, target, weights, len(classes), recipe.strength)
    names = tuple(str(name) for name in classes)
    return Learnt(write(corpus, vocabulary, names, table, intercept, temperature), softmax(sums / temperature))


def write(
    corpus: Corpus,
    vocabulary: Vocabulary,
    classes: tuple[str, ...],
    table: Floats,
    intercept: Floats,
    temperature: float,
) -> Wording:
    """A model from its (v, c) weights, which are rounded to whole numbers, and (c,) intercepts."""
    scale = max(float(np.abs(table).max(initial=0.0)), 1e-9) / 127
    return Wording(
        classes=classes,
        names=corpus.kept,
        phrases=tuple(corpus.phrase(key) for key in vocabulary.keys.tolist()),
        rarity=vocabulary.rarity.astype(np.float32),
        weights=np.round(table / scale).astype(np.int8),
        scale=scale,
        intercept=intercept,
        temperature=temperature,
    )


def choose(corpus: Corpus, publishers: Indices, recipe: Recipe) -> Vocabulary:
    """The phrases to learn.

    Raises:
        LabelError: there are none.
    """
    forbidden = np.array([not token or not recipe.allowed(token) for token in corpus.tokens])
    seen: list[npt.NDArray[np.int64]] = []
    articles: npt.NDArray[np.int64] = np.zeros(0, dtype=np.int64)
    for publisher in np.unique(publishers).tolist():
        keys = np.concatenate([corpus.keys(k)[0] for k in np.flatnonzero(publishers == publisher).tolist()])
        keys = keys[~(forbidden[keys & 0xFFFFFFFF] | (forbidden[keys >> 32] & (keys >> 32 > 0)))]
        here, counts = np.unique(keys, return_counts=True)
        seen.append(here)
        articles = np.concatenate([articles, counts])
    every = np.concatenate(seen)
    keys, inverse, spread = np.unique(every, return_inverse=True, return_counts=True)
    total = np.bincount(inverse, articles, len(keys))
    kept = np.flatnonzero((spread >= recipe.publishers) & (total >= recipe.articles))
    if not len(kept):
        problem = f"no word stands in {recipe.articles} articles of {recipe.publishers} publishers"
        raise LabelError(problem, "give more articles, or ask for fewer")
    order = np.lexsort((keys[kept], -total[kept], -spread[kept]))
    kept = np.sort(kept[order[: recipe.phrases]])
    return Vocabulary(keys[kept], 1 + np.log(len(corpus.texts) / total[kept]))


def vectors(corpus: Corpus, vocabulary: Vocabulary) -> Any:
    """(n, v) sparse: each document's phrases as `Wording` weighs them, each row of length 1 (or 0)."""
    from scipy.sparse import csr_matrix

    columns, values, starts = [], [], [0]
    for k in range(len(corpus.texts)):
        found, counts = corpus.keys(k)
        place = np.searchsorted(vocabulary.keys, found)
        known = vocabulary.keys.take(place, mode="clip") == found
        shares = (1 + np.log(counts[known])) * vocabulary.rarity[place[known]]
        columns.append(place[known])
        values.append(shares / max(float(np.linalg.norm(shares)), 1e-9))
        starts.append(starts[-1] + len(shares))
    return csr_matrix((np.concatenate(values), np.concatenate(columns), starts), (len(columns), len(vocabulary.keys)))


def fit(features: Any, target: Indices, weights: Floats, classes: int, strength: float) -> tuple[Floats, Floats]:
    """(v, c) weights and (c,) intercepts of a logistic regression; a class that is not in `target` is never likely."""
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits

    table, intercept = np.zeros((features.shape[1], classes)), np.full(classes, -20.0)
    present = np.unique(target)
    if len(present) < 2:
        intercept[present] = 0.0
        return table, intercept
    with threadpool_limits(limits=1):
        model = LogisticRegression(C=strength, max_iter=300, tol=1e-4)
        model.fit(features, target, sample_weight=weights * (len(weights) / weights.sum()))
    if len(present) == 2:
        table[:, present] = model.coef_.T * (-0.5, 0.5)
        intercept[present] = model.intercept_[0] * np.array([-0.5, 0.5])
    else:
        table[:, present] = model.coef_.T
        intercept[present] = model.intercept_
    return table, intercept


def best_temperature(sums: Floats, target: Indices, weights: Floats) -> float:
    """The temperature of the least weighted log loss."""
    rows = np.arange(len(target))
    losses = [-(weights * np.log(softmax(sums / t)[rows, target] + 1e-12)).sum() for t in _TEMPERATURES]
    return float(_TEMPERATURES[int(np.argmin(losses))])


def softmax(sums: Floats) -> Floats:
    """(n, c) probabilities of (n, c) sums."""
    chances = np.exp(sums - sums.max(axis=1, keepdims=True))
    result: Floats = chances / chances.sum(axis=1, keepdims=True)
    return result
