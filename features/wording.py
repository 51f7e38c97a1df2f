"""What the words of an article say of it: a linear model over its own words, outside quotation marks.

Multinomial logistic regression over the presence of single words and phrases of two (as in Wang and Manning 2012,
Baselines and bigrams), calibrated with a temperature (Guo et al. 2017). What a source says in quotation marks is not
the article's wording. Each phrase counts once, however often it stands there, and the sum is divided by the square
root of their number, so that a long text is not surer of itself than a short one for its length alone.
"""

import zlib
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from onrecord.errors import ModelError
from onrecord.features.document import Document, Span

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

# All numbers are one token.
NUMBER = "0"
# Which dash is printed is house style, and a quotation mark that opens no quotation is no word.
_AS_ONE = {"–": "-", "—": "-"} | dict.fromkeys('"“”„«»‘`', "")


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that speak for a class: `weight` is what they add to the logarithm of its odds."""

    span: Span
    weight: float


@dataclass(frozen=True)
class Wording:
    """A trained model of c classes over v phrases.

    Attributes:
        classes: the c names.
        phrases: the v words and phrases of two words (joined by a blank), as `own_tokens` writes them.
        weights: (v, c) int8; times `scale` it is what a phrase speaks for a class. Each row adds up to about 0.
        intercept: (c,) what speaks for a class without any word.
        temperature: by which the sums are divided, so that the probabilities hold on other publishers.
    """

    classes: tuple[str, ...]
    phrases: tuple[str, ...]
    weights: npt.NDArray[np.int8]
    scale: float
    intercept: Floats
    temperature: float

    def probabilities(self, document: Document) -> dict[str, float]:
        """The probability of each class; they add up to 1. Without any known phrase only the intercept speaks."""
        sums = self.sums(document)
        chances = np.exp(sums - sums.max())
        return dict(zip(self.classes, (chances / chances.sum()).tolist(), strict=True))

    def sums(self, document: Document) -> Floats:
        """(c,) logarithms of the probabilities, but for a constant."""
        places = self._places(document)
        found = np.unique(places[places >= 0])
        share = self.scale / max(len(found), 1) ** 0.5
        spoken = self.weights[found].sum(axis=0, dtype=np.int64) * share
        sums: Floats = (self.intercept + spoken) / self.temperature
        return sums

    def passages(self, document: Document, label: str, most: int = 10) -> tuple[Passage, ...]:
        """The passages that speak most for a class, the strongest first; none overlaps another.

        A phrase that stands in several places has its weight shared out among them.
        """
        places = self._places(document)
        at = np.flatnonzero(places >= 0)
        found, inverse, counts = np.unique(places[at], return_inverse=True, return_counts=True)
        share = self.scale / max(len(found), 1) ** 0.5 / self.temperature
        weights = (self.weights[found, self.classes.index(label)] * share / counts)[inverse]
        size = len(document.words)
        taken: set[int] = set()
        passages: list[Passage] = []
        for k in np.argsort(-weights, kind="stable").tolist():
            if len(passages) == most or weights[k] <= 0:
                break
            first, last = int(at[k] % size), int(at[k] % size + at[k] // size)
            if taken.isdisjoint((first, last)):
                taken.update((first, last))
                passages.append(Passage(document.span(first, last + 1), float(weights[k])))
        return tuple(passages)

    def _places(self, document: Document) -> Places:
        """Where in `phrases` each of the n tokens stands, and then each of the n - 1 pairs; -1 for what is unknown."""
        index = self._index
        numbers = np.fromiter(map(index.numbers.__getitem__, own_tokens(document)), np.int64, len(document.words))
        keys = numbers[:-1] * len(index.singles) + numbers[1:]
        near = np.minimum(np.searchsorted(index.keys, keys), len(index.keys) - 1)
        pairs = np.where(index.keys[near] == keys, index.pairs[near], -1)
        return np.concatenate([index.singles[numbers], pairs])

    @cached_property
    def _index(self) -> "_Index":
        return _Index.of(self.phrases)


class _Numbers(dict[str, int]):
    """Numbers of tokens; 0 for one that is in no phrase."""

    def __missing__(self, token: str) -> int:
        return 0


@dataclass(frozen=True, slots=True)
class _Index:
    """Places of phrases, by the numbers of their tokens: a pair's key is `first * len(singles) + second`.

    The first pair is that of two unknown tokens, at place -1: something must be there to be compared with.
    """

    numbers: _Numbers
    singles: Places
    keys: Places
    pairs: Places

    @classmethod
    def of(cls, phrases: tuple[str, ...]) -> "_Index":
        """Number the tokens of phrases, and find the places of the phrases by them."""
        split = [phrase.split(" ") for phrase in phrases]
        tokens = dict.fromkeys(token for parts in split for token in parts)
        numbers = _Numbers((token, k) for k, token in enumerate(tokens, start=1))
        singles = np.full(len(numbers) + 1, -1, dtype=np.int64)
        pairs = {0: -1}
        for place, parts in enumerate(split):
            if len(parts) == 1:
                singles[numbers[parts[0]]] = place
            else:
                pairs[numbers[parts[0]] * len(singles) + numbers[parts[1]]] = place
        keys = np.array(sorted(pairs), dtype=np.int64)
        return cls(numbers, singles, keys, np.array([pairs[key] for key in keys.tolist()], dtype=np.int64))


def own_tokens(document: Document) -> list[str]:
    """(n,) the tokens of a document as phrases are made of them; "" for what is quoted, and for quotation marks."""
    return [
        "" if quoted else NUMBER if token[0].isdigit() else _AS_ONE.get(token, token)
        for token, quoted in zip(document.lower, document.quoted.tolist(), strict=True)
    ]


def save(wording: Wording, path: Path) -> None:
    """Write a model as .npz: plain arrays, the phrases as UTF-8 lines."""
    np.savez_compressed(
        path,
        allow_pickle=False,
        classes=_packed(wording.classes),
        phrases=_packed(wording.phrases),
        weights=wording.weights,
        scale=np.array(wording.scale),
        intercept=wording.intercept,
        temperature=np.array(wording.temperature),
    )


@cache
def load(path: Path) -> Wording:
    """Read a model, once; nothing is unpickled.

    Raises:
        ModelError: the file is missing or damaged.
    """
    try:
        with np.load(path, allow_pickle=False) as arrays:
            wording = Wording(
                classes=_unpacked(arrays["classes"]),
                phrases=_unpacked(arrays["phrases"]),
                weights=arrays["weights"].astype(np.int8, casting="safe"),
                scale=float(arrays["scale"]),
                intercept=arrays["intercept"].astype(np.float64, casting="safe"),
                temperature=float(arrays["temperature"]),
            )
        _check(wording)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, EOFError, BadZipFile, zlib.error) as error:
        problem = f"the model of words {path} cannot be read ({type(error).__name__}: {error})"
        raise ModelError(problem, "install onrecord or train it again") from error
    return wording


def _check(wording: Wording) -> None:
    """Raise ValueError where the parts of a model do not fit each other."""
    classes, phrases = len(wording.classes), len(wording.phrases)
    if classes < 2 or len(set(wording.classes)) < classes or len(set(wording.phrases)) < phrases:
        raise ValueError("classes or phrases that are not distinct")
    if not all(0 < len(phrase.split(" ")) <= 2 and all(phrase.split(" ")) for phrase in wording.phrases):
        raise ValueError("a phrase that is neither a word nor two")
    if wording.weights.shape != (phrases, classes) or wording.intercept.shape != (classes,):
        raise ValueError("its parts differ in size")
    if not np.isfinite([wording.scale, wording.temperature, *wording.intercept]).all() or wording.temperature <= 0:
        raise ValueError("a number that is none")


def _packed(lines: tuple[str, ...]) -> npt.NDArray[np.uint8]:
    return np.frombuffer("\n".join(lines).encode(), dtype=np.uint8)


def _unpacked(data: npt.NDArray[np.uint8]) -> tuple[str, ...]:
    """The lines of `_packed`. A line holds no line break of any kind but "\\n": a token has no white space."""
    text = data.astype(np.uint8, casting="safe").tobytes().decode()
    return tuple(text.split("\n")) if text else ()
