"""How much a cue weighs, and so which sentences are hedged.

Each cue adds the weight of its class and its own to the sentence; the sentence is hedged where they add up to more
than the threshold. The weights are a table, `weights/hedging.LANGUAGE.tsv`, made by `onrecord.training.hedging`:
comment lines, a header `kind<TAB>name<TAB>weight`, then a row for the threshold, each class and each phrase.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from onrecord.errors import LexiconError
from onrecord.features.lexicon import Hit

HEADER = "kind\tname\tweight"
THRESHOLD = ("threshold", "")
# ("class", its label) or ("phrase", its words).
Key = tuple[str, str]


@dataclass(frozen=True)
class Weights:
    """What the weights in a sentence must exceed, and the weights."""

    threshold: float
    of: dict[Key, float]

    def add(self, keys: Iterable[Key]) -> float:
        """The sum of their weights, the same in any order of a set; a key that has none adds nothing."""
        return math.fsum(self.of.get(key, 0.0) for key in keys)


@dataclass(frozen=True)
class Cued:
    """A sentence that holds cues.

    Attributes:
        sentence: its place in the document.
        keys: each class and each phrase that stands in it, once.
        shown: the cues that may be shown, in order of place (of two from one place the longer first), with their keys.
    """

    sentence: int
    keys: frozenset[Key]
    shown: tuple[tuple[Hit, tuple[Key, Key]], ...]

    def weighing(self, weights: Weights) -> list[Hit]:
        """The cues that may be shown and speak for a hedge, none inside another."""
        kept: list[Hit] = []
        for hit, keys in self.shown:
            if weights.add(keys) > 0 and (not kept or hit.first >= kept[-1].last):
                kept.append(hit)
        return kept

    def evidence(self, weights: Weights) -> list[Hit]:
        """Those cues, if the sentence is hedged; a sentence without any is not."""
        return self.weighing(weights) if weights.add(self.keys) > weights.threshold else []


def parse(name: str, text: str) -> Weights:
    """Read a table of weights.

    Raises:
        LexiconError: a missing header, a row that is not a kind, a name and a number, or no threshold.
    """
    rows = [line for line in text.splitlines() if line and not line.startswith("#")]
    if not rows or rows[0] != HEADER:
        raise LexiconError(f"table {name} does not begin with its columns", "add the header kind, name, weight")
    try:
        of = {(kind, key): float(weight) for kind, key, weight in (row.split("\t") for row in rows[1:])}
        return Weights(of.pop(THRESHOLD), of)
    except (KeyError, ValueError) as error:
        raise LexiconError(
            f"table {name} has a bad row ({error})", "make it anew with onrecord.training.hedging"
        ) from None


@cache
def load_weights(language: str) -> Weights | None:
    """The weights of a language; None when it has none (never another's)."""
    name = f"hedging.{language}.tsv"
    path = files("onrecord.features") / "weights" / name
    return parse(name, path.read_text(encoding="utf-8")) if path.is_file() else None
