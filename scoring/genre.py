"""Genre, which is reported beside the score and never inside it: what kind of piece is this?

A multinomial logistic regression over what the article's own words say of each genre (`features/wording.py`) and a few
things that those do not tell: how much is attributed, how long text and paragraphs are, what the title asks, how often
media are named. No name of a person, a place or a camp is among its words. A genre is told only where it is sure.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import numpy as np

from onrecord.errors import refusing_damage
from onrecord.features import cut, rates
from onrecord.features.document import Document
from onrecord.features.lexicon import load as load_lexicon
from onrecord.features.tokens import lower_tokens
from onrecord.features.wording import Floats, Wording
from onrecord.features.wording import load as load_wording
from onrecord.scoring.model import finite
from onrecord.scoring.report import GENRES, Genre

FORMAT = 1
GENRE_FILE, WORDS_FILE = "genre.json", "words.npz"
LANGUAGE = "en"
LEXICON = "genre"
# It is told only where a sign of it stands in the text: its words are mostly those of its field.
RELEASE = "press_release"
# What families measured that tells genres apart. A logarithm is taken of all inputs but those of words.
FEATURES = ("attribution.share_of_sentences", "named_sourcing.organisations", "readability.words", "tone.loaded")
# Media named and signs of press releases per 1,000 words, whether the title asks or explains, the share of paragraphs
# that ask, how long paragraphs are.
FORM = ("outlets", "release", "asks", "questions", "paragraph_words")
# Of a text with fewer paragraphs their length tells nothing: its line breaks may be lost.
MIN_PARAGRAPHS = 3
WORDS = tuple(f"words.{name}" for name in GENRES)
INPUTS = (*WORDS, *FEATURES, *FORM)


@dataclass(frozen=True, slots=True)
class Input:
    """What is weighed: for each genre a weight for each unit above `mean`; nothing where it is missing.

    Attributes:
        low, high: nearly all articles lie between; what is beyond counts as these.
    """

    mean: float
    low: float
    high: float
    weights: tuple[float, ...]


@dataclass(frozen=True)
class GenreModel:
    """A multinomial logistic regression over INPUTS.

    Attributes:
        intercept: for each of GENRES what speaks for it in an article whose inputs are all average.
        words: a model of words with the classes GENRES.
        sure: the least probability with which each genre is told; a genre that is not there never is.
    """

    intercept: tuple[float, ...]
    inputs: Mapping[str, Input]
    words: Wording
    sure: Mapping[str, float]


def judge(document: Document, values: Mapping[str, float], *, silent: bool, model: GenreModel | None = None) -> Genre:
    """The genre of an article.

    Args:
        values: by feature id; FEATURES are used.
        silent: whether the text is too short to tell, or no article.
        model: the one that ships, if none is given.
    """
    if silent or document.language != LANGUAGE:
        return Genre(None, None)
    model = model or load_genre()
    seen = measure(document, values) | spoken(document, model.words)
    chances = probabilities(seen, model)
    likeliest = max(GENRES, key=chances.__getitem__)
    told = chances[likeliest] >= model.sure.get(likeliest, math.inf) and (likeliest != RELEASE or seen["release"] > 0)
    return Genre(likeliest if told else None, chances)


def spoken(document: Document, words: Wording) -> dict[str, float]:
    """The inputs WORDS: the logarithm of each genre's probability by the words alone."""
    return dict(zip(WORDS, logarithms(words.sums(document)[None])[0].tolist(), strict=True))


def logarithms(sums: Floats) -> Floats:
    """(n, c) logarithms of the probabilities of (n, c) sums."""
    shifted = sums - sums.max(axis=1, keepdims=True)
    result: Floats = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return result


def measure(document: Document, values: Mapping[str, float]) -> dict[str, float]:
    """The inputs FEATURES and FORM; nan where missing."""
    found = {name: values.get(name, math.nan) for name in FEATURES} | _form(document)
    return {name: math.log1p(value) for name, value in found.items()}


def _form(document: Document) -> dict[str, float]:
    lexicon = load_lexicon(LEXICON, document.language)
    if lexicon is None:
        return dict.fromkeys(FORM, math.nan)
    labels = [hit.label for hit in lexicon.find(document.lower, "outlet", "release")]
    asks = [*lexicon.find(lower_tokens(document.article.title), "asks")]
    asked = sum(cut.asks(document, first, last) for first, last in document.paragraphs.tolist())
    count = len(document.paragraphs)
    return {
        "outlets": rates.per_1000(labels.count("outlet"), document.word_count),
        "release": rates.per_1000(labels.count("release"), document.word_count),
        "asks": float(bool(asks)),
        "questions": rates.share(asked, count),
        "paragraph_words": document.word_count / count if count >= MIN_PARAGRAPHS else math.nan,
    }


def probabilities(seen: Mapping[str, float], model: GenreModel) -> dict[str, float]:
    """The probability of each genre for an article with these INPUTS; they add up to 1."""
    sums = np.array(model.intercept)
    for name, each in model.inputs.items():
        if not math.isnan(seen[name]):
            sums = sums + np.array(each.weights) * (min(max(seen[name], each.low), each.high) - each.mean)
    return dict(zip(GENRES, np.exp(logarithms(sums[None])[0]).tolist(), strict=True))


def to_json(model: GenreModel, trained_on: tuple[str, ...] = ()) -> str:
    """All but the words, as JSON that a person can read."""
    record = {
        "format": FORMAT,
        "genres": GENRES,
        "sure": dict(model.sure),
        "intercept": model.intercept,
        "inputs": {
            name: {"mean": each.mean, "low": each.low, "high": each.high, "weights": each.weights}
            for name, each in model.inputs.items()
        },
        "trained_on": trained_on,
    }
    return json.dumps(record, indent=1) + "\n"


@lru_cache(maxsize=2)
def load_genre(folder: Path | None = None) -> GenreModel:
    """The tables of a folder that `onrecord.training.genre` wrote (those that ship, if none is given), read once.

    Raises:
        ModelError: a file is missing or damaged.
    """
    folder = folder or Path(str(files("onrecord.scoring") / "models" / "genre"))
    words = load_wording(folder / WORDS_FILE)
    path = folder / GENRE_FILE
    with refusing_damage(f"the tables of genre {path}", "install onrecord or train them again"):
        record = json.loads(path.read_text(encoding="utf-8"))
        model = GenreModel(
            intercept=_weights(record["intercept"]),
            inputs={name: _input(record["inputs"][name]) for name in INPUTS},
            words=words,
            sure={name: finite(record["sure"][name]) for name in record["sure"]},
        )
        if repr(record["format"]) != repr(FORMAT) or tuple(record["genres"]) != GENRES or words.classes != GENRES:
            raise ValueError("of another format, or of other genres")
        if not set(model.sure) <= set(GENRES):
            raise ValueError(f"{sorted(model.sure)} are not all genres")
    return model


def _input(record: Mapping[str, object]) -> Input:
    mean, low, high = (finite(record[key]) for key in ("mean", "low", "high"))
    return Input(mean, low, high, _weights(record["weights"]))


def _weights(values: object) -> tuple[float, ...]:
    """Raises ValueError or TypeError where these are not one number for each genre."""
    if not isinstance(values, list) or len(values) != len(GENRES):
        raise ValueError(f"{values!r} is not a number for each of {len(GENRES)} genres")
    return tuple(finite(value) for value in values)
