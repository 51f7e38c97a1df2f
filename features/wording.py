"""What the words of an article say of it: a linear model over its own words, outside quotation marks.

Single words and phrases of two (as in Wang and Manning 2012, Baselines and bigrams), each weighed by the logarithm of
how often it stands there and by how rare it is elsewhere (tf-idf: Salton and Buckley 1988), the whole scaled to length
1, so that a long text says no more than a short one for its length alone. What a source says in quotation marks is
not the article's wording: a quotation is one token, wherever it is and whatever is in it.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from onrecord.errors import refusing_damage
from onrecord.features.document import Document, Span
from onrecord.features.lexicon import words_of
from onrecord.features.once import once_a_document

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

# All numbers are one token, and so are all names and all quotations.
NUMBER, NAME, QUOTATION = "0", "<name>", "<quotation>"
# Which dash is printed is house style, and a quotation mark that opens no quotation is no word.
_AS_ONE = {"–": "-", "—": "-"} | dict.fromkeys('"“”„«»‘`', "")


@dataclass(frozen=True, slots=True)
class Passage:
    """Words that speak for a class: `weight` is what they add to the logarithm of its odds."""

    span: Span
    weight: float


@dataclass(frozen=True)
class Wording:
    """A trained model of c classes, or of c numbers, over v phrases.

    Attributes:
        classes: the c names.
        names: whether names are words like others; else all of them are one token.
        phrases: the v words and phrases of two words (joined by a blank), as `own_words` writes them.
        rarity: (v,) how much a phrase counts for being rare, above 0.
        weights: (v, c) int8; times `scale` it is what a phrase speaks for a class.
        intercept: (c,) what speaks for a class without any word.
        temperature: by which the sums are divided, so that the probabilities hold on other publishers.
    """

    classes: tuple[str, ...]
    names: bool
    phrases: tuple[str, ...]
    rarity: npt.NDArray[np.float32]
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
        """(c,) logarithms of the probabilities, but for a constant; or the numbers themselves."""
        return self.read(document).sums

    def read(self, document: Document) -> "Reading":
        """The phrases of the model that stand in a document."""
        words = own_words(document, names=self.names)
        places = self._places(words.tokens)
        at = np.flatnonzero(places >= 0)
        phrases, inverse, counts = np.unique(places[at], return_inverse=True, return_counts=True)
        shares: Floats = (1 + np.log(counts)) * self.rarity[phrases].astype(np.float64)
        shares /= max(float(np.linalg.norm(shares)), 1e-9)
        return Reading(self, document, words, phrases, shares, counts, at, inverse)

    def _places(self, tokens: list[str]) -> Places:
        """Where in `phrases` each of the n tokens stands, and then each of the n - 1 pairs; -1 for what is unknown."""
        index = self._index
        numbers = np.fromiter(map(index.numbers.__getitem__, tokens), np.int64, len(tokens))
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


@dataclass(frozen=True, slots=True)
class Reading:
    """The f phrases of a model in a document.

    Attributes:
        phrases: (f,) their places in the model.
        shares: (f,) how much each counts, of length 1.
        counts: (f,) how often each stands there.
        at, inverse: where known phrases stand (a token's number, or that of two and the number of tokens), and which of
            the f it is.
    """

    wording: Wording
    document: Document
    words: "OwnWords"
    phrases: Places
    shares: Floats
    counts: Places
    at: Places
    inverse: Places

    @property
    def sums(self) -> Floats:
        """(c,) what `Wording.sums` gives."""
        model = self.wording
        sums: Floats = (model.intercept + self.shares @ model.weights[self.phrases] * model.scale) / model.temperature
        return sums

    def passages(self, label: str, most: int = 10, sign: int = 1) -> tuple[Passage, ...]:
        """The passages that speak most for a class (with a `sign` of -1: against it), the strongest first.

        None overlaps another. A phrase that stands in several places has its weight shared out among them.
        """
        model = self.wording
        weights = model.weights[self.phrases, model.classes.index(label)] * self.shares / self.counts
        each = weights[self.inverse] * model.scale / model.temperature
        size = len(self.words.tokens)
        taken: set[int] = set()
        passages: list[Passage] = []
        for k in np.argsort(-sign * each, kind="stable").tolist():
            if len(passages) == most or sign * each[k] <= 0:
                break
            one, two = int(self.at[k] % size), int(self.at[k] % size + self.at[k] // size)
            if taken.isdisjoint((one, two)):
                taken.update((one, two))
                passages.append(Passage(self._span(one, two), float(each[k])))
        return tuple(passages)

    def _span(self, one: int, two: int) -> Span:
        """The passage of one token or of two; of a word beside a quotation it is the word that speaks."""
        words = self.words
        if one < two and words.tokens[one] == QUOTATION:
            one = two
        elif one < two and words.tokens[two] == QUOTATION:
            two = one
        return self.document.span(words.first[one], words.last[two])


@dataclass(frozen=True, slots=True)
class OwnWords:
    """The tokens of a text as phrases are made of them, and the document's tokens (`first` to `last`) behind each."""

    tokens: list[str]
    first: list[int]
    last: list[int]


@once_a_document
def own_words(document: Document, *, names: bool) -> OwnWords:
    """The own words of a document: a quotation is one token, and so is a name unless `names` are to be kept.

    A name is a run of words with capitals where no sentence begins; a pronoun of one letter ("I") is none.
    """
    pronouns = {word for word in words_of("sources", document.language, "pronoun_first") if len(word) == 1}
    tokens: list[str] = []
    first: list[int] = []
    last: list[int] = []
    begins = set(document.sentences[:, 0].tolist())
    quoted = document.quoted.tolist()
    before = ""
    for i, (word, token) in enumerate(zip(document.words, document.lower, strict=True)):
        if quoted[i]:
            token = QUOTATION
        elif token[0].isdigit():
            token = NUMBER
        elif not names and i not in begins and word[0].isupper() and token not in pronouns:
            token = NAME
        else:
            token = _AS_ONE.get(token, token)
        if token == before and token in (QUOTATION, NAME):
            last[-1] = i + 1
        else:
            tokens.append(token)
            first.append(i)
            last.append(i + 1)
        before = token
    return OwnWords(tokens, first, last)


def save(wording: Wording, path: Path) -> None:
    """Write a model as .npz: plain arrays, the phrases as UTF-8 lines."""
    np.savez_compressed(
        path,
        allow_pickle=False,
        classes=_packed(wording.classes),
        names=np.array(wording.names),
        phrases=_packed(wording.phrases),
        rarity=wording.rarity,
        weights=wording.weights,
        scale=np.array(wording.scale),
        intercept=wording.intercept,
        temperature=np.array(wording.temperature),
    )


@lru_cache(maxsize=8)  # all that ship; a program that reads many others must not keep them all
def load(path: Path) -> Wording:
    """Read a model, once; nothing is unpickled.

    Raises:
        ModelError: the file is missing or damaged.
    """
    with refusing_damage(f"the model of words {path}", "install onrecord or train it again"):
        with np.load(path, allow_pickle=False) as arrays:
            wording = Wording(
                classes=_unpacked(arrays["classes"]),
                names=bool(arrays["names"]),
                phrases=_unpacked(arrays["phrases"]),
                rarity=arrays["rarity"].astype(np.float32, casting="same_kind"),
                weights=arrays["weights"].astype(np.int8, casting="safe"),
                scale=float(arrays["scale"]),
                intercept=arrays["intercept"].astype(np.float64, casting="safe"),
                temperature=float(arrays["temperature"]),
            )
        _check(wording)
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
    if wording.rarity.shape != (phrases,) or not (np.isfinite(wording.rarity) & (wording.rarity > 0)).all():
        raise ValueError("its parts differ in size, or a phrase does not count")
    if not np.isfinite([wording.scale, wording.temperature, *wording.intercept]).all() or wording.temperature <= 0:
        raise ValueError("a number that is none")


def _packed(lines: tuple[str, ...]) -> npt.NDArray[np.uint8]:
    return np.frombuffer("\n".join(lines).encode(), dtype=np.uint8)


def _unpacked(data: npt.NDArray[np.uint8]) -> tuple[str, ...]:
    """The lines of `_packed`. A line holds no line break of any kind but "\\n": a token has no white space."""
    text = data.astype(np.uint8, casting="safe").tobytes().decode()
    return tuple(text.split("\n")) if text else ()
