"""Words used alike, learnt from unlabelled text: what the tagger knows of words that stood in no labelled article.

A word is described by the words one and two places before and behind it: positive pointwise mutual information,
then its strongest dimensions (Levy, Goldberg and Dagan 2015). Words near each other make a cluster. Only hashes of
words and the numbers of their clusters are kept.
"""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from onrecord.features.tagging.words import Clusters, hashed
from onrecord.features.tokens import lower_tokens

WORDS = 40_000
CONTEXTS = 3_000
DIMENSIONS = 100
LEVELS = (24, 96, 384, 1_200)
_OFFSETS = (-2, -1, 1, 2)
_GAP = [-1, -1]  # between two texts: no word of one stands beside a word of the other

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]


def learn_clusters(texts: Iterable[str], seed: int = 0) -> Clusters:
    """Clusters of the commonest words; the same for the same texts in the same order."""
    words, row = _ranked(texts)
    vectors = _vectors(row, len(words), seed)
    levels = np.stack([_nearest_centres(vectors, k, seed) for k in LEVELS], axis=1)
    hashes = np.array([hashed(word) for word in words], dtype=np.uint32)
    order = np.argsort(hashes, kind="stable")
    return Clusters(hashes[order], levels[order])


def _ranked(texts: Iterable[str]) -> tuple[list[str], Ints]:
    """The commonest words, the most frequent first, and the corpus as their ranks; WORDS stands for all others."""
    numbers: dict[str, int] = {}
    parts = []
    for text in texts:
        parts.append(np.array([numbers.setdefault(word, len(numbers)) for word in lower_tokens(text)], dtype=np.int32))
        parts.append(np.array(_GAP, dtype=np.int32))
    row = np.concatenate(parts)
    order = np.argsort(-np.bincount(row[row >= 0], minlength=len(numbers)), kind="stable")[:WORDS]
    rank = np.full(len(numbers) + 1, WORDS, dtype=np.int32)  # the last is that of -1
    rank[order] = np.arange(len(order))
    words = list(numbers)
    return [words[k] for k in order.tolist()], rank[row]


def _vectors(row: Ints, words: int, seed: int) -> Floats:
    """(words, DIMENSIONS) unit vectors."""
    from scipy import sparse
    from sklearn.utils.extmath import randomized_svd

    counts = []
    for offset in _OFFSETS:
        here, there = row[max(0, -offset) : len(row) - max(0, offset)], row[max(0, offset) : len(row) + min(0, offset)]
        both = (here < words) & (there < CONTEXTS)
        ones = np.ones(int(both.sum()), dtype=np.float32)
        counts.append(sparse.coo_matrix((ones, (here[both], there[both])), shape=(words, CONTEXTS)).tocsr())
    found = sparse.hstack(counts).tocsr()
    of_words = np.asarray(found.sum(axis=1)).ravel()
    of_contexts = np.asarray(found.sum(axis=0)).ravel() ** 0.75
    found = found.tocoo()
    information = np.log(found.data / (of_words[found.row] * (of_contexts / of_contexts.sum())[found.col]))
    keep = information > 0
    matrix = sparse.csr_matrix((np.sqrt(information[keep]), (found.row[keep], found.col[keep])), shape=found.shape)
    left, strength, _ = randomized_svd(matrix, DIMENSIONS, n_iter=4, random_state=seed)
    vectors = left * np.sqrt(strength)
    return np.asarray(vectors / (np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9), dtype=np.float32)


def _nearest_centres(vectors: Floats, k: int, seed: int) -> npt.NDArray[np.uint16]:
    """(n,) the number of the cluster, of k at most, that each vector is in."""
    from sklearn.cluster import MiniBatchKMeans

    clusters = min(k, len(vectors))
    means = MiniBatchKMeans(clusters, random_state=seed, batch_size=4096, n_init=2, max_iter=60).fit(vectors)
    return np.asarray(means.labels_, dtype=np.uint16)
