"""Fit a model of words (`features/wording.py`) to labelled documents.

Only phrases that several publishers print are learnt, so that no outlet can be told by its own words, and what is
predicted of each article comes from a model that saw nothing of its publisher.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import numpy as np
import numpy.typing as npt

from onrecord.errors import LabelError
from onrecord.features.document import Document
from onrecord.features.wording import Floats, Wording, own_tokens
from onrecord.training.splits import Indices, folds

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
class Corpus:
    """Documents as numbers, which take a tenth of their memory.

    Attributes:
        tokens: the token of each number; number 0 stands for what is quoted.
        texts: for each document its tokens' numbers.
        capitals, inner: by number, how often the token begins with a capital where no sentence begins, and how
            often it stands there at all.
    """

    tokens: list[str]
    texts: list[npt.NDArray[np.int32]]
    capitals: Floats
    inner: Floats

    @classmethod
    def of(cls, documents: Iterable[Document]) -> "Corpus":
        """Number the own words of documents, which are read one by one and not kept."""
        numbers: defaultdict[str, int] = defaultdict(count().__next__)
        numbers[""]
        texts: list[npt.NDArray[np.int32]] = []
        capital, inner = array("q"), array("q")
        for document in documents:
            text = np.array([numbers[token] for token in own_tokens(document)], dtype=np.int32)
            begins = np.zeros(len(text), dtype=np.bool_)
            begins[document.sentences[:, 0]] = True
            is_capital = np.array([word[0].isupper() for word in document.words], dtype=np.bool_)
            texts.append(text)
            inner.extend(text[~begins].tolist())
            capital.extend(text[~begins & is_capital].tolist())
        size = len(numbers)
        counts = [np.bincount(np.asarray(seen, dtype=np.int64), minlength=size) for seen in (capital, inner)]
        return cls(list(numbers), texts, counts[0].astype(float), counts[1].astype(float))

    def names(self) -> frozenset[str]:
        """The tokens that are mostly written with a capital where no sentence begins."""
        share = self.capitals / np.maximum(self.inner, 1)
        return frozenset(token for token, s in zip(self.tokens, share.tolist(), strict=True) if s >= NAME_SHARE)

    def keys(self, k: int) -> npt.NDArray[np.int64]:
        """The distinct phrases of document k, as whole numbers: a token's own, or those of two tokens in one."""
        text = self.texts[k].astype(np.int64)
        pairs = ((text[:-1] << 32) | text[1:])[(text[:-1] > 0) & (text[1:] > 0)]
        return np.unique(np.concatenate([text[text > 0], pairs]))

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
    keys = choose(corpus, publishers, recipe)
    if not len(keys):
        problem = f"no word stands in {recipe.articles} articles of {recipe.publishers} publishers"
        raise LabelError(problem, "give more articles, or ask for fewer")
    features = presence(corpus, keys)
    classes, target = np.unique(np.asarray(labels), return_inverse=True)
    sums = np.zeros((len(target), len(classes)))
    for train, test in folds(publishers, recipe.folds):
        table, intercept = fit(features[train], target[train], weights[train], len(classes), recipe.strength)
        sums[test] = features[test] @ table + intercept
    temperature = best_temperature(sums, target, weights)
    table, intercept = fit(features, target, weights, len(classes), recipe.strength)
    scale = max(float(np.abs(table).max(initial=0.0)), 1e-9) / 127
    wording = Wording(
        classes=tuple(str(name) for name in classes),
        phrases=tuple(corpus.phrase(key) for key in keys.tolist()),
        weights=np.round(table / scale).astype(np.int8),
        scale=scale,
        intercept=intercept,
        temperature=temperature,
    )
    return Learnt(wording, softmax(sums / temperature))


def choose(corpus: Corpus, publishers: Indices, recipe: Recipe) -> npt.NDArray[np.int64]:
    """The keys of the phrases to learn, ascending."""
    forbidden = np.array([not token or not recipe.allowed(token) for token in corpus.tokens])
    seen: list[npt.NDArray[np.int64]] = []
    articles: npt.NDArray[np.int64] = np.zeros(0, dtype=np.int64)
    for publisher in np.unique(publishers).tolist():
        texts = [corpus.keys(k) for k in np.flatnonzero(publishers == publisher).tolist()]
        keys = np.concatenate(texts)
        keys = keys[~(forbidden[keys & 0xFFFFFFFF] | (forbidden[keys >> 32] & (keys >> 32 > 0)))]
        here, counts = np.unique(keys, return_counts=True)
        seen.append(here)
        articles = np.concatenate([articles, counts])
    every = np.concatenate(seen)
    keys, inverse, spread = np.unique(every, return_inverse=True, return_counts=True)
    total = np.bincount(inverse, articles, len(keys))
    kept = np.flatnonzero((spread >= recipe.publishers) & (total >= recipe.articles))
    order = np.lexsort((keys[kept], -total[kept], -spread[kept]))
    return np.sort(keys[kept[order[: recipe.phrases]]])


def presence(corpus: Corpus, keys: npt.NDArray[np.int64]) -> Any:
    """(n, v) sparse: 1 over the square root of their number for the phrases that a document has."""
    from scipy.sparse import csr_matrix

    columns, values, starts = [], [], [0]
    for k in range(len(corpus.texts)):
        found = corpus.keys(k)
        place = np.searchsorted(keys, found)
        place = place[keys.take(place, mode="clip") == found]
        columns.append(place)
        values.append(np.full(len(place), 1 / max(len(place), 1) ** 0.5))
        starts.append(starts[-1] + len(place))
    return csr_matrix((np.concatenate(values), np.concatenate(columns), starts), (len(columns), len(keys)))


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
