"""Articles with a tag for every token: from the spans that people marked, or from another tagger.

A tagger that learns from what another found in unlabelled text (self-training: Yarowsky 1995) sees how outlets write
of which nobody marked an article. Some of these texts lose their capitals or their quotation marks, but keep the tags.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from onrecord.features.document import Article, Document, read
from onrecord.features.tagging.tagger import Tagger
from onrecord.features.tagging.tags import Tag

Ints = npt.NDArray[np.int64]

MIN_WORDS, MAX_WORDS = 150, 1_500
# One text in so many is read without capitals, and one without quotation marks.
DEGRADED_EVERY = 6
_NO_MARKS = str.maketrans(dict.fromkeys('"“”', " "))
_SIDES = {
    "content": (Tag.CONTENT_BEFORE, Tag.CONTENT_AFTER),
    "source": (Tag.SOURCE_BEFORE, Tag.SOURCE_AFTER),
    "cue": (Tag.CUE, Tag.CUE),
}


@dataclass(frozen=True, slots=True)
class TaggedArticle:
    """A document of n tokens, and their (n,) tags."""

    document: Document
    tags: Ints


def from_labels(row: Mapping[str, Any]) -> TaggedArticle:
    """An article from a record with `text` and `attributions` of [start, end] spans."""
    document = read(Article(row["text"]))
    return TaggedArticle(document, gold_tags(document, row["attributions"]))


def sample(texts: Sequence[str], outlets: Sequence[str], count: int, seed: int = 0) -> list[str]:
    """Texts of middling length, at random, from as many outlets as there are."""
    most = max(3, count // 60)
    taken: Counter[str] = Counter()
    found: list[str] = []
    for k in np.random.default_rng(seed).permutation(len(texts)).tolist():
        if len(found) < count and taken[outlets[k]] < most and MIN_WORDS <= len(texts[k].split()) <= MAX_WORDS:
            taken[outlets[k]] += 1
            found.append(texts[k])
    return found


def tagged_by(teacher: Tagger, texts: Iterable[str]) -> Iterator[TaggedArticle]:
    """What a tagger makes of texts; some of them degraded afterwards, with the tags of the whole text."""
    documents = [read(Article(text)) for text in texts]
    for k, (document, tags) in enumerate(zip(documents, teacher.tag(documents), strict=True)):
        found = TaggedArticle(document, tags.astype(np.int64))
        if k % DEGRADED_EVERY == 0:
            yield _degraded(found, document.article.text.lower(), [True] * len(tags))
        elif k % DEGRADED_EVERY == 1:
            yield _degraded(found, document.article.text.translate(_NO_MARKS), [w not in '"“”' for w in document.words])
        else:
            yield found


def _degraded(article: TaggedArticle, text: str, kept: list[bool]) -> TaggedArticle:
    """The article with another text, in which those of its tokens are left; itself where that is not so."""
    document = read(Article(text))
    return TaggedArticle(document, article.tags[kept]) if len(document.words) == sum(kept) else article


def gold_tags(document: Document, attributions: Iterable[Mapping[str, Any]]) -> Ints:
    """(n,) the tags that labelled spans give the tokens; where spans overlap, a cue wins over a source over content."""
    tags = np.full(len(document.words), Tag.OUTSIDE, dtype=np.int64)
    spans: dict[str, list[tuple[int, int, Tag]]] = {"content": [], "source": [], "cue": []}
    for attribution in attributions:
        pivot = next((attribution[part][0][0] for part in ("cue", "source") if attribution[part]), math.inf)
        parts = [(part, *_tokens(document, start, end), start) for part in spans for start, end in attribution[part]]
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
