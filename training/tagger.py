"""Train the tagger of attributions: `python -m onrecord.training.tagger ../shared/data features/tagging/models/en.npz`.

Reads from the first folder `polnear_train.jsonl` (articles with the source, cue and content spans of PolNeAR: Newell
et al. 2018) and `articles.parquet` (unlabelled articles of many outlets: for clusters of words, and to be tagged by a
first tagger, from which the second learns how other outlets write). Articles in `rubric_ratings.jsonl` are left out,
since what is found is measured on them. It takes about seven minutes on one core, and 6 GB.
"""

import sys
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from onrecord.features.document import Document
from onrecord.features.grammar import Grammar
from onrecord.features.lexicon import load
from onrecord.features.tagging.decoding import chains, crossings
from onrecord.features.tagging.looks import look_again
from onrecord.features.tagging.observations import Block, Observations, Piece, block, observe
from onrecord.features.tagging.tagger import Tagger, softmax
from onrecord.features.tagging.tags import Tag
from onrecord.features.tagging.templates import FIRST_LOOK, SECOND_LOOK, Surroundings, Template
from onrecord.features.tagging.weights import Weights, save
from onrecord.features.tagging.words import Classes, Clusters, Words, hashed
from onrecord.training.chain import Examples, Field, Floats, fit, weigh
from onrecord.training.clusters import learn_clusters
from onrecord.training.labels import read_rows
from onrecord.training.tagged import TaggedArticle, from_labels, sample, tagged_by

LABELLED = "polnear_train.jsonl"
UNLABELLED = "articles.parquet"
MEASURED = "rubric_ratings.jsonl"
BITS, SECOND_BITS = 18, 15
FOLDS = 5
# Unlabelled articles that the first tagger tags for the second.
TAUGHT = 1_500
FIRST_EPOCHS, SECOND_EPOCHS = 3, 4
# Most tokens are outside, so that a likely source or cue loses to it too easily: what is taken from its weight.
BOLDNESS = 0.3
# The share of all weights that fit into a byte as they are; the few larger ones are cut off.
FITTING = 0.9995
LANGUAGE = "en"

_CLASSES = {
    "attribution": ("say", "think", "auxiliary", "boundary", "pronoun", "time", "addressee"),
    "sources": (
        "title", "role", "organisation", "organisation_noun", "document", "unnamed", "place", "particle",
        "pronoun_person", "pronoun_group", "pronoun_thing", "pronoun_relative",
    ),
}  # fmt: skip

Places = npt.NDArray[np.int32]


def main(data: Path, out: Path) -> None:
    """Train on the files in `data`, write to `out`."""
    measured = {str(row["id"]) for row in read_rows(data / MEASURED)}
    texts, outlets = _unlabelled(data / UNLABELLED, measured)
    trained_on = tuple(f"{name} {sha256((data / name).read_bytes()).hexdigest()}" for name in (LABELLED, UNLABELLED))
    clusters = learn_clusters(texts)
    labelled = [from_labels(row) for row in read_rows(data / LABELLED)]
    teacher = Tagger(train(labelled, clusters, trained_on), Grammar.of(LANGUAGE))
    taught = tagged_by(teacher, sample(texts, outlets, TAUGHT))
    out.parent.mkdir(parents=True, exist_ok=True)
    save(train([*labelled, *taught], clusters, trained_on), out)


def train(articles: Sequence[TaggedArticle], clusters: Clusters, trained_on: tuple[str, ...], seed: int = 0) -> Weights:
    """Fit both looks to tagged articles.

    What the second look sees of the first comes from models that had not seen the article (out of fold), as it will
    when the tagger reads what it was not trained on.
    """
    classes = learn_classes(LANGUAGE)
    words = Words(clusters, classes, Grammar.of(LANGUAGE))
    seen = [_Seen.of(article.document, words) for article in articles]
    starts = np.concatenate([[0], np.cumsum([len(article.tags) for article in articles])])
    places = np.concatenate([one.places(FIRST_LOOK, BITS) for one in seen])
    tags = np.concatenate([article.tags for article in articles])
    crossing = np.concatenate([crossings(one.block, one.observations) for one in seen])
    ranges = [chains(one.block) + start for one, start in zip(seen, starts, strict=False)]
    fold = np.random.default_rng(seed).integers(0, FOLDS, len(articles))

    def fitted(keep: Sequence[int], features: Places, rows: int, epochs: int, *, chained: bool) -> Field:
        examples = Examples(features, tags, crossing, np.concatenate([ranges[k] for k in keep]))
        return fit(examples, rows, epochs, seed, chained=chained)

    again = np.empty((len(tags), len(SECOND_LOOK)), dtype=np.int32)
    for k in range(FOLDS):
        others = np.flatnonzero(fold != k).tolist()
        field = fitted(others, places, 1 << BITS, FIRST_EPOCHS, chained=False)
        for j in np.flatnonzero(fold == k).tolist():
            here = slice(starts[j], starts[j + 1])
            chances = softmax(weigh(places[here], field.table))
            again[here] = seen[j].again(chances).places(SECOND_LOOK, SECOND_BITS)
    everything = range(len(articles))
    first = fitted(everything, places, 1 << BITS, FIRST_EPOCHS, chained=False)
    both = np.hstack([places, again + (1 << BITS)])
    second = fitted(everything, both, (1 << BITS) + (1 << SECOND_BITS), SECOND_EPOCHS, chained=True)
    return _whole_numbers(first, second, clusters, classes, trained_on)


@dataclass(frozen=True, slots=True)
class _Seen:
    """An article as the tagger sees it."""

    block: Block
    observations: Observations

    @classmethod
    def of(cls, document: Document, words: Words) -> "_Seen":
        here = block([Piece(document, 0, len(document.words))], words)
        return cls(here, observe(here, words))

    def again(self, chances: Floats) -> "_Seen":
        """The same article after a first look."""
        more = look_again(self.block, self.observations["word"], chances)
        return replace(self, observations=self.observations | more)

    def places(self, templates: Sequence[Template], bits: int) -> Places:
        """(n, templates) the rows of its features."""
        around = Surroundings(self.observations, self.block.paragraph)
        return np.stack([around.places(template, bits) for template in templates], axis=1).astype(np.int32)


def learn_classes(language: str) -> Classes:
    """The single words of those classes of the lexicons that the tagger looks at."""
    bits: dict[int, int] = {}
    labels = [(family, label) for family, found in _CLASSES.items() for label in found]
    for bit, (family, label) in enumerate(labels):
        lexicon = load(family, language)
        for word in lexicon.words(label) if lexicon else ():
            bits[hashed(word)] = bits.get(hashed(word), 0) | 1 << bit
    words = sorted(bits)
    return Classes(np.array(words, dtype=np.uint32), np.array([bits[word] for word in words], dtype=np.uint32))


def _whole_numbers(
    first: Field, second: Field, clusters: Clusters, classes: Classes, trained_on: tuple[str, ...]
) -> Weights:
    """Weights rounded to steps so small that nearly the largest still fits into a byte."""
    unit = _unit(first.table)
    step = _unit(second.table)
    transitions, start = second.transitions.copy(), second.start.copy()
    transitions[:, :, Tag.OUTSIDE] -= BOLDNESS
    start[Tag.OUTSIDE] -= BOLDNESS
    table = _rounded(second.table, step, np.int8)
    return Weights(
        clusters=clusters,
        classes=classes,
        looks=np.hstack([_rounded(first.table, unit, np.int8), table[: 1 << BITS]]),
        second=table[1 << BITS :],
        transitions=_rounded(transitions, step, np.int16),
        start=_rounded(start, step, np.int16),
        unit=unit,
        trained_on=trained_on,
    )


def _unit(table: Floats) -> float:
    return float(np.quantile(np.abs(table[table != 0]), FITTING)) / np.iinfo(np.int8).max


def _rounded(weights: Floats, unit: float, kind: type[Any]) -> npt.NDArray[Any]:
    largest = np.iinfo(kind).max
    return np.asarray(np.clip(np.rint(weights / unit), -largest, largest), dtype=kind)


def _unlabelled(path: Path, without: Container[str]) -> tuple[list[str], list[str]]:
    """The texts of unlabelled articles, and their outlets; articles whose id is in `without` left out."""
    import pyarrow.parquet as parquet

    rows = parquet.read_table(path, columns=["id", "text", "outlet"]).to_pylist()
    kept = [row for row in rows if str(row["id"]) not in without]
    return [str(row["text"]) for row in kept], [str(row["outlet"]) for row in kept]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
