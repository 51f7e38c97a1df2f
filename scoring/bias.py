"""Bias, which is reported beside the score and never inside it: is the piece hyperpartisan, and where does it lean?

Hyperpartisan is what argues (its words are those of columns, not of reports), about politics, in loaded words: three
numbers, weighed by a logistic regression that was fitted to articles labelled by people (Kiesel et al. 2019). No name
of a party, a camp, a person or a place is among the words, and all camps count alike. Leaning is told from all words,
names too, as learnt from outlets of each side (Baly et al. 2020). It is told only where it is sure: seldom.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from onrecord.errors import refusing_damage
from onrecord.features import rates
from onrecord.features.document import Document
from onrecord.features.lexicon import load as load_lexicon
from onrecord.features.tokens import lower_tokens
from onrecord.features.wording import Wording
from onrecord.features.wording import load as load_wording
from onrecord.scoring.model import finite
from onrecord.scoring.report import Bias, Leaning

FORMAT = 1
BIAS_FILE, OPINION_FILE, LEANING_FILE = "bias.json", "opinion.npz", "leaning.npz"
OPINION = ("opinion", "report")
SIDES = ("center", "left", "right")
INPUTS = ("opinion", "politics", "loaded")
LOADED = "tone.loaded"
LANGUAGE = "en"
LEXICON = "politics"
COUNTED = ("camp", "politics")


@dataclass(frozen=True, slots=True)
class Input:
    """What is weighed: `weight` log-odds for each unit above `mean`; nothing where it is missing."""

    mean: float
    weight: float


@dataclass(frozen=True)
class BiasModel:
    """A logistic regression over INPUTS, and the words of opinion and of each side.

    Attributes:
        intercept: log-odds of an article whose inputs are all average.
        opinion, leaning: models of words with the classes OPINION and SIDES.
        sure: the least probability of a side with which a leaning is told.
    """

    intercept: float
    inputs: Mapping[str, Input]
    opinion: Wording
    leaning: Wording
    sure: float


def judge(document: Document, values: Mapping[str, float], *, abstains: bool, model: BiasModel | None = None) -> Bias:
    """The bias of an article.

    Args:
        values: by feature id; LOADED is used.
        abstains: whether the article gets no score; then only loaded words are reported.
        model: the one that ships, if none is given.
    """
    loaded = values.get(LOADED, math.nan)
    per_1000 = None if math.isnan(loaded) else loaded
    if abstains or document.language != LANGUAGE:
        return Bias(None, None, per_1000)
    model = model or load_bias()
    seen = measure(document, loaded, model.opinion)
    return Bias(probability(seen, model.intercept, model.inputs), _leaning(document, model), per_1000)


def measure(document: Document, loaded: float, opinion: Wording) -> dict[str, float]:
    """The INPUTS of an article: log-odds of opinion, and logarithms of rates per 1,000 words; nan where missing."""
    sums = dict(zip(opinion.classes, opinion.sums(document).tolist(), strict=True))
    argues, reports = (sums[name] for name in OPINION)
    return {"opinion": argues - reports, "politics": math.log1p(_politics(document)), "loaded": math.log1p(loaded)}


def _politics(document: Document) -> float:
    """Names of camps and words of politics per 1,000 words of text and title, whoever says them."""
    lexicon = load_lexicon(LEXICON, document.language)
    title = lower_tokens(document.article.title)
    words = document.word_count + len(title)
    if lexicon is None:
        return math.nan
    return rates.per_1000(sum(1 for tokens in (document.lower, title) for _ in lexicon.find(tokens, *COUNTED)), words)


def probability(seen: Mapping[str, float], intercept: float, inputs: Mapping[str, Input]) -> float:
    """The probability that an article with these INPUTS is hyperpartisan."""
    odds = intercept
    for name, each in inputs.items():
        if not math.isnan(seen[name]):
            odds += each.weight * (seen[name] - each.mean)
    return 0.5 + 0.5 * math.tanh(odds / 2)  # the logistic function, without overflow


def _leaning(document: Document, model: BiasModel) -> Leaning | None:
    chances = model.leaning.probabilities(document)
    return Leaning(**chances) if max(chances.values()) >= model.sure else None


def to_json(model: BiasModel, trained_on: tuple[str, ...] = ()) -> str:
    """All but the words, as JSON that a person can read."""
    record = {
        "format": FORMAT,
        "hyperpartisan": {
            "intercept": model.intercept,
            "inputs": {name: {"mean": each.mean, "weight": each.weight} for name, each in model.inputs.items()},
        },
        "leaning": {"sure": model.sure},
        "trained_on": trained_on,
    }
    return json.dumps(record, indent=1) + "\n"


@lru_cache(maxsize=2)
def load_bias(folder: Path | None = None) -> BiasModel:
    """The tables of a folder that `onrecord.training.bias` wrote (those that ship, if none is given), read once.

    Raises:
        ModelError: a file is missing or damaged.
    """
    folder = folder or Path(str(files("onrecord.scoring") / "models" / "bias"))
    opinion, leaning = load_wording(folder / OPINION_FILE), load_wording(folder / LEANING_FILE)
    path = folder / BIAS_FILE
    with refusing_damage(f"the tables of bias {path}", "install onrecord or train them again"):
        record = json.loads(path.read_text(encoding="utf-8"))
        inputs = record["hyperpartisan"]["inputs"]
        model = BiasModel(
            intercept=finite(record["hyperpartisan"]["intercept"]),
            inputs={name: Input(finite(inputs[name]["mean"]), finite(inputs[name]["weight"])) for name in INPUTS},
            opinion=opinion,
            leaning=leaning,
            sure=finite(record["leaning"]["sure"]),
        )
        if repr(record["format"]) != repr(FORMAT) or opinion.classes != OPINION or leaning.classes != SIDES:
            raise ValueError("of another format, or its words tell other things apart")
    return model
