"""What the tagger sees at each token of a block of text: the word, the quotation marks, the cues around it.

All of it is made for all tokens at once. The observations are hashes or small numbers; `templates.py` joins them.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from onrecord.features.document import Document
from onrecord.features.tagging.words import COMMA, MARKS, OBSERVED, QUOTE, STOP, Hashes, Numbers, Words

Flags = npt.NDArray[np.bool_]
Observations = dict[str, Hashes]

# Documents are seen in pieces of at most so many tokens, so that memory does not grow with their length.
PIECE = 16_384
# Distances in tokens, by the number that stands for them: exact up to six, then coarser.
_GAPS = np.digitize(np.arange(61), [1, 2, 3, 4, 5, 6, 7, 10, 15, 25]).astype(np.uint32)
NOWHERE = 99
# What stands in the sentence or paragraph beside one that has none beside it: no tag, and no mark.
NOTHING = 9
OUTSIDE, INSIDE, OPENS, CLOSES = range(4)


@dataclass(frozen=True, slots=True)
class Piece:
    """Tokens `first` to `last` of a document, half-open."""

    document: Document
    first: int
    last: int


def pieces(document: Document) -> list[Piece]:
    """A document cut where paragraphs end, or anywhere in a paragraph that is longer than a piece."""
    ends = document.paragraphs[:, 1]
    cuts = [0]
    total = len(document.words)
    while cuts[-1] < total:
        k = bisect_right(ends, cuts[-1] + PIECE) - 1
        cuts.append(int(ends[k]) if k >= 0 and ends[k] > cuts[-1] else min(cuts[-1] + PIECE, total))
    return [Piece(document, a, b) for a, b in pairwise(cuts)]


@dataclass(frozen=True, slots=True)
class Block:
    """Pieces of documents as one row of n tokens; all ranges are (first, past the last) in this row.

    Attributes:
        numbers: (n,) the words, as `Words` numbers them.
        piece: (n,) the piece that each token is in.
        sentences, paragraphs, quotations: (k, 2) ranges, cut off at the ends of their piece.
        sentence, paragraph: (n,) the sentence and paragraph that each token is in.
        kind: (n,) the same number for tokens of a piece that are one word, whatever their capitals.
    """

    numbers: Numbers
    piece: Numbers
    sentences: Numbers
    paragraphs: Numbers
    quotations: Numbers
    sentence: Numbers
    paragraph: Numbers
    kind: Numbers


def block(parts: Sequence[Piece], words: Words) -> Block:
    """Lay pieces out in one row."""
    sizes = [part.last - part.first for part in parts]
    starts = np.concatenate([[0], np.cumsum(sizes)])
    numbers = words.number(token for part in parts for token in part.document.words[part.first : part.last])

    def laid_out(name: str) -> Numbers:
        found = [np.zeros((0, 2), dtype=np.int64)]
        for part, start in zip(parts, starts.tolist(), strict=False):
            ranges = getattr(part.document, name)
            within = slice(bisect_right(ranges[:, 1], part.first), bisect_left(ranges[:, 0], part.last))
            found.append(np.clip(ranges[within].astype(np.int64), part.first, part.last) + (start - part.first))
        return np.concatenate(found)

    sentences, paragraphs = laid_out("sentences"), laid_out("paragraphs")
    piece = _member_of(np.stack([starts[:-1], starts[1:]], axis=1))
    word = words.observed[numbers, OBSERVED.index("word")]
    return Block(
        numbers=numbers,
        piece=piece,
        sentences=sentences,
        paragraphs=paragraphs,
        quotations=laid_out("quotations"),
        sentence=_member_of(sentences),
        paragraph=_member_of(paragraphs),
        kind=_kinds(piece, word),
    )


def _member_of(ranges: Numbers) -> Numbers:
    """(n,) for each token the range it is in, where the ranges cover all tokens in order."""
    return np.repeat(np.arange(len(ranges)), np.diff(ranges, axis=1).ravel())


def _kinds(piece: Numbers, word: Hashes) -> Numbers:
    """(n,) the same number for the same word of the same piece."""
    _, kind = np.unique((piece.astype(np.uint64) << np.uint64(32)) | word, return_inverse=True)
    return np.asarray(kind, dtype=np.int64)


def observe(here: Block, words: Words) -> Observations:
    """(n,) observations by name, for all tokens of a block."""
    seen: Observations = dict(zip(OBSERVED, np.ascontiguousarray(words.observed[here.numbers].T), strict=True))
    marks = dict(zip(MARKS, np.ascontiguousarray(words.marks[here.numbers].T), strict=True))
    index = np.arange(len(here.numbers))
    sentence, paragraph = here.sentences[here.sentence], here.paragraphs[here.paragraph]
    seen |= _quotations(here, marks["punctuation"])
    quoted = seen["quote"] != OUTSIDE
    say = (marks["say"] > 0) & ~quoted
    cue = say | ((marks["think"] > 0) & ~quoted)
    left, right = _gap(index - sentence[:, 0]), _gap(sentence[:, 1] - 1 - index)
    seen["from_start"], seen["to_end"] = left, right
    seen["place"] = left * 20 + np.minimum(right, 5)
    seen["sentence_place"] = _place(here.sentence, here.sentence[paragraph[:, 0]], here.sentence[paragraph[:, 1] - 1])
    first = here.paragraph[np.searchsorted(here.piece, here.piece)]
    seen["paragraph_place"] = np.minimum(here.paragraph - first, 3).astype(np.uint32)
    seen["edges"] = _edges(here, marks["punctuation"])
    seen["cueword"] = (marks["say"] + 2 * marks["think"]).astype(np.uint32)
    seen["punctuation"] = marks["punctuation"].astype(np.uint32)
    seen |= nearest(say, "say", sentence, seen["word"])
    seen |= nearest(say, "far", paragraph, seen["word"])
    seen |= nearest(cue, "cue", sentence, seen["word"])
    seen |= _between(marks, cue, sentence)
    seen["speaker"] = _speaker(here.kind, say, marks["capital"] > 0)
    seen |= _sentence_counts(here, quoted, say, cue)
    return seen


def _gap(distance: Numbers) -> Hashes:
    return _GAPS[np.minimum(np.abs(distance), 60)]


def _place(at: Numbers, first: Numbers, last: Numbers) -> Hashes:
    """How near to the first and the last of its kind, up to three."""
    near: Numbers = np.minimum(at - first, 3) * 4 + np.minimum(last - at, 3)
    return near.astype(np.uint32)


def _edges(here: Block, punctuation: Numbers) -> Hashes:
    """How the paragraph and the one before it end, and how the one behind it begins ("Roe said:", then a quotation)."""
    last = here.paragraphs[:, 1] - 1
    before, behind = beside(here, here.paragraphs, punctuation)
    edges: Numbers = (punctuation[last] * 16 + before) * 16 + behind
    return edges[here.paragraph].astype(np.uint32)


def beside(here: Block, ranges: Numbers, values: Numbers) -> tuple[Numbers, Numbers]:
    """(k,) the value of the last token before each of k ranges, and of the first behind it, within the same piece."""
    first, last = ranges[:, 0], ranges[:, 1] - 1
    before, behind = np.full(len(ranges), NOTHING), np.full(len(ranges), NOTHING)
    same = here.piece[first[1:]] == here.piece[last[:-1]]
    before[1:] = np.where(same, values[last[:-1]], NOTHING)
    behind[:-1] = np.where(same, values[first[1:]], NOTHING)
    return before, behind


def _quotations(here: Block, punctuation: Numbers) -> Observations:
    """Whether a token stands in a quotation, how long that is, and how it ends (", she said" or a full stop)."""
    state, length, end = (np.zeros(len(punctuation), dtype=np.uint32) for _ in range(3))
    first, last = here.quotations.T
    if len(first):
        sizes = last - first
        inside = np.repeat(first - np.concatenate([[0], np.cumsum(sizes)[:-1]]), sizes) + np.arange(sizes.sum())
        state[inside] = INSIDE
        length[inside] = np.repeat(np.digitize(sizes - 2, [3, 5, 9]) + 1, sizes)
        before = punctuation[np.maximum(last - 2, first)]
        end[inside] = np.repeat(np.where(before == COMMA, 1, np.where(before == STOP, 2, 3)), sizes)
        state[first], state[last - 1] = OPENS, CLOSES
    return {"quote": state, "quote_length": state * 10 + length, "quote_end": state * 100 + length * 10 + end}


def _neighbours(mask: Flags) -> tuple[Numbers, Numbers]:
    """(n,) the last marked token before each token (-1: none) and the first behind it (n: none)."""
    n = len(mask)
    index = np.arange(n)
    left, right = np.full(n, -1), np.full(n, n)
    left[1:] = np.maximum.accumulate(np.where(mask, index, -1))[:-1]
    right[:-1] = np.minimum.accumulate(np.where(mask, index, n)[::-1])[::-1][1:]
    return left, right


def nearest(mask: Flags, name: str, within: Numbers, word: Hashes) -> Observations:
    """The nearest marked token on either side, within (n, 2) ranges: its word, and how far away it is."""
    n = len(mask)
    index = np.arange(n)
    left, right = _neighbours(mask)
    to_left, to_right = left >= within[:, 0], right < within[:, 1]
    padded = np.append(word, np.uint32(NOWHERE))
    return {
        f"{name}_left": padded[np.where(to_left, left, n)],
        f"{name}_right": padded[np.where(to_right, right, n)],
        f"{name}_left_gap": np.where(to_left, _gap(index - left), np.uint32(NOWHERE)),
        f"{name}_right_gap": np.where(to_right, _gap(right - index), np.uint32(NOWHERE)),
    }


def _between(marks: dict[str, Numbers], cue: Flags, sentence: Numbers) -> Observations:
    """How many commas, complementisers and quotation marks stand between a token and the nearest cue on either side."""
    left, right = _neighbours(cue)
    to_left, to_right = left >= sentence[:, 0], right < sentence[:, 1]
    since, until = (np.zeros(len(cue), dtype=np.uint32) for _ in range(2))
    for kind in (marks["punctuation"] == COMMA, marks["complementiser"] > 0, marks["punctuation"] == QUOTE):
        before = np.concatenate([[0], np.cumsum(kind)])
        here = before[:-1]
        since = since * 4 + np.where(to_left, np.minimum(here - before[left], 2), 3).astype(np.uint32)
        until = until * 4 + np.where(to_right, np.minimum(before[right] - here, 2), 3).astype(np.uint32)
    return {"between_left": since, "between_right": until}


def _speaker(kind: Numbers, say: Flags, capital: Flags) -> Hashes:
    """How often the piece has a word with a capital, and how often beside a verb of saying: up to three each."""
    adjoins = np.zeros(len(say), dtype=np.bool_)
    adjoins[:-1] |= say[1:]
    adjoins[1:] |= say[:-1]
    speaks = np.bincount(kind, weights=adjoins & capital)[kind]
    stands = np.bincount(kind, weights=capital)[kind]
    return (np.minimum(speaks, 3) * 4 + np.minimum(stands, 3)).astype(np.uint32)


def _sentence_counts(here: Block, quoted: Flags, say: Flags, cue: Flags) -> Observations:
    """How much of the sentence is quotation, whether it begins in one, and how many cues it has."""

    def count(mask: Flags) -> Numbers:
        before = np.concatenate([[0], np.cumsum(mask)])
        counts: Numbers = before[here.sentences[:, 1]] - before[here.sentences[:, 0]]
        return counts[here.sentence]

    sizes = np.diff(here.sentences, axis=1).ravel()[here.sentence]
    inside = count(quoted)
    extent = np.where(inside == 0, 0, np.where(inside >= 0.8 * sizes, 3, np.where(inside < 4, 1, 2)))
    begins = quoted[here.sentences[:, 0]][here.sentence]
    return {
        "sentence_quote": (extent * 2 + begins).astype(np.uint32),
        "says": np.minimum(count(say), 3).astype(np.uint32),
        "cues": np.minimum(count(cue), 3).astype(np.uint32),
    }
