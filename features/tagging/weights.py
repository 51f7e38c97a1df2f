"""What training learns, as a file of numbers."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from onrecord.errors import refusing_damage
from onrecord.features.tagging.words import Classes, Clusters


@dataclass(frozen=True, slots=True)
class Weights:
    """What training learns: numbers only.

    Attributes:
        clusters: classes of words, by how they are used.
        classes: classes of words, by the lexicons.
        looks: (2**a, 2 * TAGS) int8, the weights of FIRST_LOOK's features in the first and in the second look.
        second: (2**b, TAGS) int8, the weights of SECOND_LOOK's features.
        transitions: (CROSSINGS, TAGS, TAGS) int16, from one tag to the next.
        start: (TAGS,) int16, for the first token of a chain.
        unit: what a weight of 1 in the first look is worth as a logarithm of odds.
        trained_on: what it was trained on, as lines of text: file name and SHA-256.
    """

    clusters: Clusters
    classes: Classes
    looks: npt.NDArray[np.int8]
    second: npt.NDArray[np.int8]
    transitions: npt.NDArray[np.int16]
    start: npt.NDArray[np.int16]
    unit: float
    trained_on: tuple[str, ...]


def save(weights: Weights, path: Path) -> None:
    """Write weights as .npz: plain arrays."""
    np.savez_compressed(
        path,
        allow_pickle=False,
        words=weights.clusters.words,
        levels=weights.clusters.levels,
        lexicon=weights.classes.words,
        bits=weights.classes.bits,
        looks=weights.looks,
        second=weights.second,
        transitions=weights.transitions,
        start=weights.start,
        unit=np.array(weights.unit),
        trained_on=np.array(weights.trained_on),
    )


def read_weights(path: Path) -> Weights:
    """Read weights; nothing is unpickled.

    Raises:
        ModelError: the file is missing or damaged.
    """
    refusing = refusing_damage(f"the tagger {path}", "install onrecord or train the tagger again")
    with refusing, np.load(path, allow_pickle=False) as arrays:
        return Weights(
            clusters=Clusters(arrays["words"], arrays["levels"]),
            classes=Classes(arrays["lexicon"], arrays["bits"]),
            looks=arrays["looks"],
            second=arrays["second"],
            transitions=arrays["transitions"],
            start=arrays["start"],
            unit=float(arrays["unit"]),
            trained_on=tuple(str(line) for line in arrays["trained_on"]),
        )
