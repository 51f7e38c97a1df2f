"""How observations are joined into features, and where in the table of weights a feature stands.

A template names one observation or several, each at a token or so many tokens from it ("word-1 word"). A feature
is a template with the values it has at a token; its place in the table is a hash of both (Weinberger et al.
2009 on hashed features), so that no dictionary of features is kept.
"""

from collections.abc import Iterable, Mapping
from functools import cache

import numpy as np
import numpy.typing as npt

from onrecord.features.tagging.words import EDGE, OBSERVED, Hashes, Numbers, hashed

Template = tuple[tuple[str, int], ...]
Indices = npt.NDArray[np.intp]

_SLOTS = tuple(np.uint32(k) for k in (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F))
_FINAL = np.uint32(0x2C1B3C6D)


def parse(lines: Iterable[str]) -> tuple[Template, ...]:
    """Templates from words: "word-1 word" is the word before and the word itself.

    >>> parse(["word-1 quote"])
    ((('word', -1), ('quote', 0)),)
    """
    return tuple(tuple(_part(part) for part in line.split()) for line in lines)


def _part(part: str) -> tuple[str, int]:
    for sign in "+-":
        name, found, offset = part.partition(sign)
        if found:
            return name, int(sign + offset)
    return part, 0


def _around(names: str, first: int, last: int) -> list[str]:
    """Single observations at each of a range of places."""
    return [f"{name}{offset:+d}" for name in names.split() for offset in range(first, last + 1)]


_LINES = [
    *_around("word", -4, 4),
    *_around("coarse middle fine finest", -3, 3),
    *_around("shape suffix lexicon", -2, 2),
    *_around("quote quote_end", -1, 1),
    "prefix", "ending", "stem",
    # neighbouring words, and the classes that words belong to
    "word-1 word", "word word+1",
    *[f"{k}{a:+d} {k}{a + 1:+d}" for k in ("coarse", "middle", "fine") for a in (-2, -1, 0, 1)],
    *[f"{k}{a:+d} {k}{a + 1:+d} {k}{a + 2:+d}" for k in ("coarse", "middle") for a in (-2, -1, 0)],
    "coarse-2 coarse-1 coarse coarse+1", "coarse-1 coarse coarse+1 coarse+2",
    "lexicon lexicon+1", "lexicon-1 lexicon", "lexicon-1 lexicon lexicon+1", "lexicon lexicon+1 lexicon+2",
    "stem word-1", "stem word+1", "stem middle-1", "stem middle+1", "stem middle-1 middle+1", "stem middle+1 middle+2",
    "word middle-1", "word middle+1", "word middle-1 middle+1", "word coarse+1 coarse+2", "word coarse-1 coarse-2",
    "word shape+1", "word shape-1", "shape shape+1", "shape-1 shape",
    # quotation marks
    "quote_length", "quote-1 quote quote+1", "word quote", "fine quote_length", "word-1 word quote", "word+1 quote",
    # place in the sentence, the paragraph and the text
    "place", "from_start word", "from_start middle", "sentence_place quote", "paragraph_place quote",
    "stem quote from_start", "edges quote", "edges from_start", "edges to_end", "edges sentence_quote",
    # how much of the sentence is quoted, and how many cues it has
    "sentence_quote quote", "sentence_quote from_start", "sentence_quote to_end", "sentence_quote says",
    "cues sentence_quote",
    # the nearest verb of saying, and the nearest cue of any kind
    *[
        line.replace("@", kind)
        for kind in ("say", "cue")
        for line in (
            "@_left", "@_right", "@_left_gap", "@_right_gap", "@_left @_left_gap", "@_right @_right_gap",
            "@_left_gap @_right_gap", "@_left @_right", "@_left_gap quote", "@_right_gap quote", "@_left_gap shape",
            "@_right_gap shape", "@_left_gap middle", "@_right_gap middle",
            "@_left_gap @_right_gap sentence_quote", "@_left_gap punctuation", "@_right_gap punctuation",
        )
    ],
    "far_left_gap far_right_gap quote", "far_left far_left_gap", "far_right far_right_gap", "far_right_gap quote_end",
    "between_left", "between_right", "between_left between_right", "cue_left between_left", "cue_right between_right",
    "cue_left_gap between_left", "cue_right_gap between_right", "between_left quote", "between_right quote",
    # whether this word speaks elsewhere in the text
    "speaker", "speaker lexicon", "speaker shape lexicon+1", "speaker cueword+1", "speaker cueword-1",
]  # fmt: skip

_SECOND_LINES = [
    *_around("tag", -3, 3),
    *_around("p_cue p_source p_content p_outside", -1, 1),
    "p_cue p_source p_content", "p_before p_after", "tag-1 tag tag+1", "tag-2 tag-1 tag", "tag tag+1 tag+2",
    "tag p_cue+1 p_cue-1",
    # the nearest cue and source that were found
    "found_left found_left_gap", "found_right found_right_gap", "found_left_gap found_right_gap",
    "found_left_gap tag", "found_right_gap tag", "found_left_gap found_right_gap tag",
    "named_left_gap tag", "named_right_gap tag", "named_left_gap named_right_gap",
    "found_left_gap named_left_gap", "found_right_gap named_right_gap",
    "maybe_left_gap maybe_right_gap p_cue", "maybe_left_gap p_content", "maybe_right_gap p_content",
    "wide_left_gap wide_right_gap tag",
    # the likeliest cue, source and content of the sentence
    "best_cue tag", "best_source tag", "best_content tag", "best_cue best_source p_content", "best_cue p_cue",
    "best_source p_source", "best_cue p_source", "best_source p_cue", "best_cue best_source best_content",
    # how the same word was taken elsewhere in the text
    "source_elsewhere", "cue_elsewhere", "source_elsewhere p_source", "cue_elsewhere p_cue", "source_elsewhere tag",
    "source_elsewhere p_cue+1", "source_elsewhere p_cue-1",
    # the sentences before and behind
    "tag_before tag", "tag_behind tag", "tag_before tag_behind", "tag_before p_content", "tag_behind p_content",
    # what was found, with what was seen
    "word p_cue", "word p_source", "word p_content", "quote tag", "quote_end p_content", "shape p_source",
    "middle p_cue", "middle p_source", "middle p_content", "fine p_cue", "lexicon p_source", "lexicon p_cue",
    "sentence_quote tag", "punctuation tag", "stem p_cue", "edges tag",
]  # fmt: skip

FIRST_LOOK = parse(_LINES)
SECOND_LOOK = parse(_SECOND_LINES)


def is_lexical(template: Template) -> bool:
    """Whether a template asks for nothing but one word by itself, so that its feature is the word's at that place."""
    return len({offset for _, offset in template}) == 1 and all(name in OBSERVED for name, _ in template)


def place(template: Template, values: Iterable[Hashes], bits: int) -> Indices:
    """(n,) rows in a table of 2**bits for a template whose observations have these (n,) values."""
    first, *others = (value * slot for slot, value in zip(_SLOTS, values, strict=False))
    total: Hashes = first + _name(template)
    for other in others:
        total += other
    total ^= total >> np.uint32(15)
    total *= _FINAL
    total >>= np.uint32(32 - bits)
    return total.astype(np.intp)


@cache
def _name(template: Template) -> np.uint32:
    """What tells a template from others with the same values."""
    return np.uint32(hashed(repr(template)))


class Surroundings:
    """The observations of a block at each token and so many tokens from it, within its paragraph."""

    def __init__(self, seen: Mapping[str, Hashes], paragraph: Numbers) -> None:
        self._seen = seen
        self._paragraph = paragraph
        self._padded: dict[str, Hashes] = {}
        self._shifts: dict[int, Numbers] = {}
        self._made: dict[tuple[str, int], Hashes] = {}

    def shift(self, offset: int) -> Numbers:
        """(n,) the token so many from each, or n where that lies beyond the paragraph."""
        if offset not in self._shifts:
            n = len(self._paragraph)
            there = np.arange(n) + offset
            inside = (there >= 0) & (there < n)
            inside[inside] = self._paragraph[there[inside]] == self._paragraph[inside]
            self._shifts[offset] = np.where(inside, there, n)
        return self._shifts[offset]

    def at(self, name: str, offset: int) -> Hashes:
        """(n,) an observation so many tokens from each."""
        if offset == 0:
            return self._seen[name]
        if (name, offset) not in self._made:
            if name not in self._padded:
                self._padded[name] = np.append(self._seen[name], np.uint32(EDGE))
            self._made[name, offset] = self._padded[name].take(self.shift(offset))
        return self._made[name, offset]

    def places(self, template: Template, bits: int) -> Indices:
        """(n,) the rows of a template's features."""
        return place(template, (self.at(name, offset) for name, offset in template), bits)
