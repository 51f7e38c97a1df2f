"""What the tagger sees in a word by itself, whatever stands around it; made once a word and kept."""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from onrecord.features.grammar import Grammar
from onrecord.features.tokens import lowered

Hashes = npt.NDArray[np.uint32]
Numbers = npt.NDArray[np.int64]

# Observations of a word: its letters, its form, its classes in the lexicons, and clusters of words used alike.
OBSERVED = ("word", "stem", "prefix", "suffix", "ending", "shape", "lexicon", "coarse", "middle", "fine", "finest")
# Properties of a word from which the observations of its surroundings are made.
MARKS = ("say", "think", "capital", "complementiser", "punctuation")
COMMA, STOP, PAUSE, DASH, QUOTE, BRACKET, OTHER = range(1, 8)
PUNCTUATION = (
    {",": COMMA}
    | dict.fromkeys(".!?…", STOP)
    | dict.fromkeys(":;", PAUSE)
    | dict.fromkeys("-–—", DASH)
    | dict.fromkeys("\"“”«»„`'‘’", QUOTE)
    | dict.fromkeys("()[]", BRACKET)
)
# Clusters of a word, from the coarse to the finest.
LEVELS = 4
# What is seen beyond the edges of a paragraph, whatever is asked.
EDGE = 0x3C6EF35F
# Words kept from one call to the next: a corpus has no end of new ones, and memory must stay flat.
MAX_KEPT = 60_000


# Odd numbers, one for each observation that is a number already.
_SPREAD = np.array([0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F, 0x165667B1], dtype=np.int64)


def hashed(text: str, kind: str = "") -> int:
    """A 32-bit hash of any string, the same everywhere (CRC-32), another for each kind of observation."""
    return zlib.crc32(text.encode("utf-8", "surrogatepass"), _seed(kind))


@cache
def _seed(kind: str) -> int:
    return zlib.crc32(kind.encode())


def stem(lower: str, endings: Sequence[str]) -> str:
    """A word without the first of these endings that it has: enough to bring "claims" and "claimed" together."""
    for ending in endings:
        if lower.endswith(ending) and len(lower) > len(ending) + 2:
            return lower.removesuffix(ending)
    return lower


def shape(word: str) -> str:
    """Its form: X for capitals, x for small letters, d for digits, at most two of a kind in a row."""
    if word.isalpha() and word[1:].islower():  # nearly every word
        return ("X" if word[0].isupper() else "x") + "xx"[: len(word) - 1]
    out = ""
    for letter in word[:12]:
        kind = "X" if letter.isupper() else "x" if letter.islower() else "d" if letter.isdigit() else letter
        if out[-2:] != 2 * kind:
            out += kind
    return out


@dataclass(frozen=True, slots=True)
class Clusters:
    """Words used alike, by what stands beside them (Brown et al. 1992 on such classes of words).

    Attributes:
        words: (v,) ascending hashes of the words that are in clusters.
        levels: (v, 4) the coarse, middle, fine and finest cluster of each.
    """

    words: Hashes
    levels: npt.NDArray[np.uint16]

    def of(self, lower: Sequence[str], grammar: Grammar) -> Numbers:
        """(k, LEVELS) coarse, middle, fine and finest cluster of each of k words; -1 for those that have none."""
        plain = np.array([hashed(grammar.stem(word)) for word in lower], dtype=np.uint32)
        whole = np.array([hashed(word) for word in lower], dtype=np.uint32)
        found = np.full((len(lower), LEVELS), -1, dtype=np.int64)
        for keys in (plain, whole):  # a word that is known with its ending keeps that cluster
            places = find_sorted(self.words, keys)
            found[places >= 0] = self.levels[places[places >= 0]]
        return found


@dataclass(frozen=True, slots=True)
class Classes:
    """Words that lexicons know: what they knew when the tagger was trained, so that a word added since changes no tag.

    Attributes:
        words: (m,) ascending hashes of words.
        bits: (m,) one bit for each class that a word is in; the first is of cues that say, the second that think.
    """

    words: Hashes
    bits: Hashes

    def of(self, lower: Sequence[str]) -> Numbers:
        """(k,) the bits of each of k words; 0 for those that no lexicon knows."""
        places = find_sorted(self.words, np.array([hashed(word) for word in lower], dtype=np.uint32))
        found = np.zeros(len(lower), dtype=np.int64)
        found[places >= 0] = self.bits[places[places >= 0]]
        return found


def find_sorted(ascending: Hashes, keys: Hashes) -> Numbers:
    """(k,) where each of k keys stands in an ascending array; -1 for those that do not."""
    if len(ascending) == 0:
        return np.full(len(keys), -1)
    places = np.minimum(np.searchsorted(ascending, keys), len(ascending) - 1)
    return np.where(ascending[places] == keys, places, -1)


class Words:
    """Numbers for words, and what is seen in the word behind each number.

    Number 0 is no word: what stands beyond the edge of a paragraph. `generation` changes when numbers lose their
    meaning, which they do only between two calls of `number`.

    Attributes:
        observed: (capacity, len(OBSERVED)) hashes.
        marks: (capacity, len(MARKS)) small numbers.
    """

    def __init__(self, clusters: Clusters, classes: Classes, grammar: Grammar) -> None:
        self._grammar = grammar
        self._clusters = clusters
        self._classes = classes
        self.generation = 0
        self._forget()

    def __len__(self) -> int:
        return len(self._numbers) + 1

    def number(self, tokens: Iterable[str]) -> Numbers:
        """(n,) the number of each token."""
        if len(self) > MAX_KEPT:
            self._forget()
        known, new = self._numbers, list[str]()
        found = []
        for token in tokens:
            number = known.get(token)
            if number is None:
                number = known[token] = len(known) + 1
                new.append(token)
            found.append(number)
        if new:
            self._learn(new)
        return np.array(found, dtype=np.int64)

    def _forget(self) -> None:
        self.generation += 1
        self._numbers: dict[str, int] = {}
        self.observed = np.full((1024, len(OBSERVED)), EDGE, dtype=np.uint32)
        self.marks = np.zeros((1024, len(MARKS)), dtype=np.int64)

    def _learn(self, new: Sequence[str]) -> None:
        """Observe words that have just got the last numbers."""
        while len(self) > len(self.marks):
            self.observed = np.concatenate([self.observed, np.zeros_like(self.observed)])
            self.marks = np.concatenate([self.marks, np.zeros_like(self.marks)])
        rows = slice(len(self) - len(new), len(self))
        lower = [lowered(word) for word in new]
        classes = self._classes.of(lower)
        letters = (
            lower,
            [stem(word, self._grammar.inflection) for word in lower],
            [word[:4] for word in lower],
            [word[-3:] for word in lower],
            [word[-2:] for word in lower],
            [shape(word) for word in new],
        )
        seen = [[hashed(value, name) for value in values] for name, values in zip(OBSERVED, letters, strict=False)]
        numbers = np.column_stack([classes, self._clusters.of(lower, self._grammar)])
        self.observed[rows, : len(letters)] = np.array(seen, dtype=np.uint32).T
        self.observed[rows, len(letters) :] = ((numbers + 2) * _SPREAD & 0xFFFFFFFF).astype(np.uint32)
        self.marks[rows, 0], self.marks[rows, 1] = classes & 1, classes >> 1 & 1
        self.marks[rows, 2] = [word[0].isupper() for word in new]
        self.marks[rows, 3] = [word in self._grammar.complementiser for word in lower]
        self.marks[rows, 4] = [
            0 if word[0].isalnum() or word[0] == "_" else PUNCTUATION.get(word, OTHER) for word in new
        ]
