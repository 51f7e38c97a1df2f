"""Splits by publisher, with a text that two outlets printed on one side."""

import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

Indices = npt.NDArray[np.int64]

SHINGLE_WORDS = 12
SAMPLE = 8
MIN_SAMPLE = 8
SHARED = 0.3


def groups(publishers: Sequence[str], texts: Sequence[str]) -> Indices:
    """(n,) group numbers: articles of one publisher, and publishers that share a near-duplicate, are in one group."""
    parent = {name: name for name in publishers}

    def root(name: str) -> str:
        while parent[name] != name:
            name = parent[name]
        return name

    for one, other in near_duplicates(texts):
        parent[root(publishers[other])] = root(publishers[one])
    numbers = {name: k for k, name in enumerate(sorted({root(p) for p in publishers}))}
    return np.array([numbers[root(p)] for p in publishers], dtype=np.int64)


def near_duplicates(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs of near-duplicates, the earlier one first.

    They share SHARED of a sample of their 12-word shingles (Broder 1997); of a short text all are kept.
    """
    samples = [_shingles(text) for text in texts]
    where: dict[int, list[int]] = defaultdict(list)
    for i, sample in enumerate(samples):
        shared: dict[int, int] = defaultdict(int)
        for shingle in sample:
            for other in where[shingle]:
                shared[other] += 1
            where[shingle].append(i)
        for other, count in shared.items():
            if count >= SHARED * min(len(sample), len(samples[other])) and count > 1:
                yield other, i


def _shingles(text: str) -> set[int]:
    words = text.lower().split()
    shingles = (" ".join(words[i : i + SHINGLE_WORDS]) for i in range(len(words) - SHINGLE_WORDS + 1))
    hashes = {zlib.crc32(shingle.encode("utf-8", "replace")) for shingle in shingles}
    sample = {h for h in hashes if h % SAMPLE == 0}
    return sample if len(sample) >= MIN_SAMPLE else hashes


def folds(publishers: Indices, count: int, seed: int = 0) -> Iterator[tuple[Indices, Indices]]:
    """Train and test indices of `count` folds; a publisher is in one fold only, and folds are about equally large."""
    rng = np.random.default_rng(seed)
    names, sizes = np.unique(publishers, return_counts=True)
    order = rng.permutation(len(names))
    order = order[np.argsort(-sizes[order], kind="stable")]
    load = np.zeros(count)
    fold_of = {}
    for k in order:
        smallest = int(load.argmin())
        fold_of[names[k]] = smallest
        load[smallest] += sizes[k]
    fold = np.array([fold_of[p] for p in publishers])
    for k in range(count):
        test = np.flatnonzero(fold == k)
        if len(test):
            yield np.flatnonzero(fold != k), test
