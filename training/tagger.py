"""Train the tagger of attributions: `python -m onrecord.training.tagger ../shared/data features/tagging/models/en.npz`.

Reads from the first folder `polnear_train.jsonl` (articles with the source, cue and content spans of PolNeAR: Newell
et al. 2018) and `articles.parquet` (unlabelled text, for clusters of words). It takes some minutes on one core.
"""

import json
import math
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from onrecord.features.document import Article, Document, read
from onrecord.features.lexicon import load
from onrecord.features.tagging.decoding import chains, crossings
from onrecord.features.tagging.looks import look_again
from onrecord.features.tagging.observations import Block, Observations, Piece, block, observe
from onrecord.features.tagging.tagger import softmax
from onrecord.features.tagging.tags import Tag
from onrecord.features.tagging.templates import FIRST_LOOK, SECOND_LOOK, Surroundings, Template
from onrecord.features.tagging.weights import Weights, save
from onrecord.features.tagging.words import Classes, Clusters, Words, hashed
from onrecord.training.chain import Examples, Field, Floats, Ints, fit, weigh
from onrecord.training.clusters import learn_clusters

LABELLED = "polnear_train.jsonl"
UNLABELLED = "articles.parquet"
BITS, SECOND_BITS = 18, 15
FOLDS = 5
FIRST_EPOCHS, SECOND_EPOCHS = 3, 4
# Most tokens are outside, so that a likely source or cue loses to it too easily: what is taken from its weight.
BOLDNESS = 0.35
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
_SIDES = {
    "content": (Tag.CONTENT_BEFORE, Tag.CONTENT_AFTER),
    "source": (Tag.SOURCE_BEFORE, Tag.SOURCE_AFTER),
    "cue": (Tag.CUE, Tag.CUE),
}


def main(data: Path, out: Path) -> None:
    """Train on the files in `data`, write to `out`."""
    clusters = learn_clusters(_texts(data / UNLABELLED))
    rows = [json.loads(line) for line in (data / LABELLED).read_text(encoding="utf-8").splitlines()]
    trained_on = tuple(f"{name} {sha256((data / name).read_bytes()).hexdigest()}" for name in (LABELLED, UNLABELLED))
    out.parent.mkdir(parents=True, exist_ok=True)
    save(train(rows, clusters, trained_on), out)


def train(rows: Sequence[Mapping[str, Any]], clusters: Clusters, trained_on: tuple[str, ...], seed: int = 0) -> Weights:
    """Fit both looks to labelled articles: records with `text` and `attributions` of [start, end] spans.

    What the second look sees of the first comes from models that had not seen the article (out of fold), as it will
    when the tagger reads what it was not trained on.
    """
    classes = learn_classes(LANGUAGE)
    words = Words(clusters, classes)
    articles = [_Article.of(row, words) for row in rows]
    sizes = [len(article.tags) for article in articles]
    starts = np.concatenate([[0], np.cumsum(sizes)])
    places = np.concatenate([article.places(FIRST_LOOK, BITS) for article in articles])
    tags = np.concatenate([article.tags for article in articles])
    crossing = np.concatenate([crossings(article.block, article.seen) for article in articles])
    ranges = [chains(article.block) + start for article, start in zip(articles, starts, strict=False)]
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
            again[here] = articles[j].again(chances).places(SECOND_LOOK, SECOND_BITS)
    everything = range(len(articles))
    first = fitted(everything, places, 1 << BITS, FIRST_EPOCHS, chained=False)
    both = np.hstack([places, again + (1 << BITS)])
    second = fitted(everything, both, (1 << BITS) + (1 << SECOND_BITS), SECOND_EPOCHS, chained=True)
    return _whole_numbers(first, second, clusters, classes, trained_on)


@dataclass(frozen=True, slots=True)
class _Article:
    """A labelled article as the tagger sees it."""

    block: Block
    seen: Observations
    tags: Ints

    @classmethod
    def of(cls, row: Mapping[str, Any], words: Words) -> "_Article":
        document = read(Article(row["text"]))
        here = block([Piece(document, 0, len(document.words))], words)
        return cls(here, observe(here, words), gold_tags(document, row["attributions"]))

    def again(self, chances: Floats) -> "_Article":
        """The same article after a first look."""
        return replace(self, seen=self.seen | look_again(self.block, self.seen["word"], chances))

    def places(self, templates: Sequence[Template], bits: int) -> Places:
        """(n, templates) the rows of its features."""
        around = Surroundings(self.seen, self.block.paragraph)
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


def gold_tags(document: Document, attributions: Iterable[Mapping[str, Any]]) -> Ints:
    """(n,) the tags that labelled spans give the tokens; where spans overlap, a cue wins over a source over content."""
    tags = np.full(len(document.words), Tag.OUTSIDE, dtype=np.int64)
    spans: dict[str, list[tuple[int, int, Tag]]] = {"content": [], "source": [], "cue": []}
    for attribution in attributions:
        pivot = next((attribution[part][0][0] for part in ("cue", "source") if attribution[part]), math.inf)
        parts = [
            (
                part,
                int(np.searchsorted(document.end, start, "right")),
                int(np.searchsorted(document.start, end, "left")),
                start,
            )
            for part in spans
            for start, end in attribution[part]
        ]
        if parts:
            first, last = min(a for _, a, _, _ in parts), max(b for _, _, b, _ in parts)
            tags[first:last] = Tag.BETWEEN
        for part, a, b, start in parts:
            spans[part].append((a, b, _SIDES[part][start > pivot]))
    for part in ("content", "source", "cue"):
        for a, b, tag in spans[part]:
            tags[a:b] = tag
    return tags


def _tokens(document: Document, start: int, end: int) -> tuple[int, int]:
    """The tokens that stand in a span of characters, half-open."""
    first, last = np.searchsorted(document.end, start, "right"), np.searchsorted(document.start, end, "left")
    return int(first), int(last)


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
    return np.clip(np.rint(weights / unit), -largest, largest).astype(kind)


def _texts(path: Path) -> Iterator[str]:
    import pyarrow.parquet as parquet

    for batch in parquet.ParquetFile(path).iter_batches(columns=["text"]):
        yield from batch.column("text").to_pylist()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
