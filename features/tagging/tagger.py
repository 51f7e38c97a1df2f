"""The trained tagger: a linear-chain conditional random field over hashed features, in two looks.

The first look weighs each token by itself. The second weighs the same features anew, and with them what the first
took the tokens around for (stacking: Cohen and Carvalho 2005). Its weights, and those between neighbouring tags, make
the field (Lafferty et al. 2001), of which the likeliest row of tags is taken. All weights are whole numbers and all
sums exact, so that the tags of a text do not depend on the texts that are read with it.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import as_file, files

import numpy as np
import numpy.typing as npt

from onrecord.features.document import Document
from onrecord.features.grammar import Grammar
from onrecord.features.statement import Statement
from onrecord.features.tagging.decoding import chains, crossings, viterbi
from onrecord.features.tagging.linking import link
from onrecord.features.tagging.looks import Floats, look_again
from onrecord.features.tagging.observations import Block, Observations, Piece, block, observe, pieces
from onrecord.features.tagging.tags import TAGS, Tags
from onrecord.features.tagging.templates import FIRST_LOOK, SECOND_LOOK, Indices, Surroundings, is_lexical, place
from onrecord.features.tagging.weights import Weights, read_weights
from onrecord.features.tagging.words import OBSERVED, Words

Scores = npt.NDArray[np.int16]

# Tokens that are tagged at once: enough to be fast, few enough to stay in the processor's cache.
BLOCK = 24_000
_LEXICAL = [(offset, [t for t in FIRST_LOOK if is_lexical(t) and t[0][1] == offset]) for offset in range(-4, 5)]
_CONTEXTUAL = [t for t in FIRST_LOOK if not is_lexical(t)]


@cache
def load(language: str) -> "Tagger | None":
    """The tagger of a language; None when none was trained for it (never another's)."""
    name = files("onrecord.features.tagging") / "models" / f"{language}.npz"
    if not name.is_file():
        return None
    with as_file(name) as path:
        return Tagger(read_weights(path), Grammar.of(language))


class Tagger:
    """Tags documents. It keeps what it has seen of words between calls."""

    def __init__(self, weights: Weights, grammar: Grammar) -> None:
        self.clusters = weights.clusters
        self.words = Words(weights.clusters, weights.classes, grammar)
        self._bits = len(weights.looks).bit_length() - 1
        self._second_bits = len(weights.second).bit_length() - 1
        # Rows of 16 bytes, and of 8, are fetched faster than those of 14 and 7.
        self._table = np.zeros((len(weights.looks), 16), dtype=np.int8)
        self._table[:, : 2 * TAGS] = weights.looks
        self._second = np.zeros((len(weights.second), 8), dtype=np.int8)
        self._second[:, :TAGS] = weights.second
        self._unit = np.float32(weights.unit)
        self._start = weights.start.astype(np.int32)
        # First the tag before, then the crossing, then the tag: the order in which decoding reads them.
        self._transitions = np.ascontiguousarray(weights.transitions.astype(np.int32).transpose(1, 0, 2))
        self._generation = 0

    def statements(self, documents: Sequence[Document]) -> list[list[Statement]]:
        """The statements of each document, in order of place."""
        return [link(document, tags) for document, tags in zip(documents, self.tag(documents), strict=True)]

    def tag(self, documents: Sequence[Document]) -> list[Tags]:
        """(n,) tags for the n tokens of each document."""
        found = [np.zeros(len(document.words), dtype=np.int8) for document in documents]
        todo = ((k, part) for k, document in enumerate(documents) for part in pieces(document))
        for group in _groups(todo):
            here = block([part for _, part in group], self.words)
            tags = self._decode(here)
            start = 0
            for k, part in group:
                found[k][part.first : part.last] = tags[start : start + part.last - part.first]
                start += part.last - part.first
        return found

    def _decode(self, here: Block) -> Tags:
        seen = observe(here, self.words)
        scores = self.first_scores(here, seen)
        chances = softmax(scores[:, :TAGS] * self._unit)
        again = look_again(here, seen["word"], chances)
        scores = scores[:, TAGS : 2 * TAGS] + self.second_scores(here, seen | again)
        return viterbi(scores.astype(np.int32), crossings(here, seen), self._transitions, self._start, chains(here))

    def first_scores(self, here: Block, seen: Observations) -> Scores:
        """(n, 16) what FIRST_LOOK's features weigh in the first look and in the second, by tag."""
        around = Surroundings(seen, here.paragraph)
        numbers = np.append(here.numbers, 0)
        self._weigh_words()
        scores = np.zeros((len(here.numbers), 16), dtype=np.int16)
        for k, (offset, _) in enumerate(_LEXICAL):
            scores += self._lexical[k].take(numbers[around.shift(offset)], axis=0)
        _add(scores, self._table, (around.places(template, self._bits) for template in _CONTEXTUAL))
        return scores

    def second_scores(self, here: Block, seen: Observations) -> Scores:
        """(n, TAGS) what SECOND_LOOK's features weigh, by tag."""
        around = Surroundings(seen, here.paragraph)
        scores = np.zeros((len(here.numbers), 8), dtype=np.int16)
        _add(scores, self._second, (around.places(template, self._second_bits) for template in SECOND_LOOK))
        return scores[:, :TAGS]

    def _weigh_words(self) -> None:
        """Add up, for each new word and each place around a token, the weights of all that it shows by itself."""
        words = self.words
        if self._generation != words.generation:
            self._generation, self._weighed = words.generation, 0
            self._lexical = np.zeros((len(_LEXICAL), len(words.marks), 16), dtype=np.int16)
        if self._lexical.shape[1] < len(words.marks):
            more = len(words.marks) - self._lexical.shape[1]
            self._lexical = np.pad(self._lexical, ((0, 0), (0, more), (0, 0)))
        if self._weighed == len(words):
            return
        new = slice(self._weighed, len(words))
        values = dict(zip(OBSERVED, words.observed[new].T, strict=True))
        for k, (_, templates) in enumerate(_LEXICAL):
            for template in templates:
                rows = place(template, (values[name] for name, _ in template), self._bits)
                self._lexical[k][new] += self._table[rows]
        self._weighed = len(words)


def _add(scores: Scores, table: npt.NDArray[np.int8], places: Iterable[Indices]) -> None:
    """Add up the rows of a table. No row is out of bounds: "clip" only spares NumPy a look at each."""
    rows = np.empty(scores.shape, dtype=np.int8)
    for rows_of_one in places:
        table.take(rows_of_one, axis=0, out=rows, mode="clip")
        scores += rows


def _groups(parts: Iterator[tuple[int, Piece]]) -> Iterator[list[tuple[int, Piece]]]:
    """Neighbours that make a block together."""
    group: list[tuple[int, Piece]] = []
    size = 0
    for k, part in parts:
        if group and size + part.last - part.first > BLOCK:
            yield group
            group, size = [], 0
        group.append((k, part))
        size += part.last - part.first
    if group:
        yield group


def softmax(scores: Floats) -> Floats:
    """(n, TAGS) probabilities from logarithms of odds."""
    odds = np.exp(scores - scores.max(axis=1, keepdims=True))
    chances: Floats = odds / odds.sum(axis=1, keepdims=True)
    return chances
