"""Capitalised phrases that may be names: each is found by its capitals, and read for what it names."""

from dataclasses import dataclass, field

import numpy as np

from onrecord.features.arrays import Bools
from onrecord.features.document import Document
from onrecord.features.identity.boundaries import Boundaries
from onrecord.features.identity.kinds import is_acronym
from onrecord.features.identity.naming import Around, Naming, ProperNoun
from onrecord.features.identity.words import Words

# What the same phrase must share to be parsed the same.
_Key = tuple[tuple[str, ...], Around]
_CLOSES_SENTENCE = frozenset(".!?\"”'’")


def find(document: Document, words: Words) -> list[ProperNoun]:
    """The proper nouns of a document, in order of place; time linear in its capitals."""
    return _Finder(document, words, Boundaries(document, words), Naming(document, words)).find()


@dataclass
class _Finder:
    """Finds the capitalised phrases that may be names."""

    document: Document
    words: Words
    boundaries: Boundaries
    naming: Naming
    _places: dict[_Key, int] = field(default_factory=dict)
    _parsed: dict[_Key, ProperNoun | None] = field(default_factory=dict)

    def find(self) -> list[ProperNoun]:
        """The proper nouns, in order of place."""
        written, lower, words = self.document.words, self.document.lower, self.words
        grammar = words.grammar
        capitals = [i for i, word in enumerate(written) if word[0].isupper()]
        opens = set(self.document.sentences[:, 0].tolist())
        headlines = self._headlines(capitals).tolist()
        sentence_of = self.document.sentence_of[capitals].tolist()
        found: list[ProperNoun] = []
        reach = 0
        for i, sentence in zip(capitals, sentence_of, strict=True):
            if i < reach:
                continue
            word = lower[i]
            common = grammar.stem(word) in words.not_a_name and not (
                is_acronym(written[i]) or self.boundaries.is_initial(i)
            )
            if common or ("-" in word and written[i].endswith(grammar.adjective_ending)):
                if word in words.surname:
                    found.append(self.naming.tentative(i, i + 1, [word]))
                continue
            reach = self.boundaries.end(i, opens)
            opening = i in opens or (not self.document.is_word[i - 1] and written[i - 1] not in ",.")
            common = opening and (word in self.naming.seen or (reach == i + 1 and self.naming.looks_common(word)))
            one = self._parse(i, reach, common)
            if one is not None:
                opening = opening and not one.has_title
                found.append(
                    one._replace(opens=opening, is_headline=headlines[sentence])
                    if opening or headlines[sentence]
                    else one
                )
        return found

    def _parse(self, begin: int, last: int, common: bool) -> ProperNoun | None:
        """What a phrase names; the same phrase in the same surroundings is parsed once."""
        lower, articles = self.document.lower, self.words.grammar.definite_article
        before = lower[begin - 1] if begin and lower[begin - 1] in self.words.telling else ""
        placed = before in self.words.grammar.place_noun
        if placed and begin > 1:
            role = lower[begin - 2]  # "chủ tịch xã Ann Roe"
            before = role if role in self.words.role or role in self.words.title else before
        modifies = before in articles and last < len(lower) and lower[last] in self.words.noun
        around = Around(common, before, modifies, placed)
        key = (tuple(self.document.words[begin:last]), around)
        if key in self._parsed:
            known = self._parsed[key]
            if known is None:
                return None
            shift = begin - self._places[key]
            return (
                known._replace(begin=known.begin + shift, first=known.first + shift, last=known.last + shift)
                if shift
                else known
            )
        self._places[key] = begin
        one = self._parsed[key] = self.naming.name(begin, last, around)
        return one

    def _headlines(self, capitals: list[int]) -> Bools:
        """Sentences in which most words have a capital, as in the headlines of the American press.

        Where words have several syllables, names make up so much of a sentence that only words all in capitals count.
        """
        document = self.document
        if self.words.grammar.rime:
            capitals = [i for i in capitals if document.words[i].isupper() and len(document.words[i]) > 1]
        if len(document.sentences) == 0:
            return np.zeros(0, dtype=np.bool_)
        flags = np.zeros(len(document.words), dtype=np.int32)
        flags[capitals] = 1
        starts = document.sentences[:, 0]
        upper = np.add.reduceat(flags, starts)
        total = np.add.reduceat(document.is_word.astype(np.int32), starts)
        closes = np.array([document.words[k - 1] in _CLOSES_SENTENCE for k in document.sentences[:, 1].tolist()])
        return np.where(closes, (total >= 8) & (upper >= 0.7 * total), (total >= 4) & (upper >= 0.6 * total))
