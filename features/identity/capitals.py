"""Capitals on names alone, in text that has none and in languages that write all nouns with one.

Names are told by first names, titles, foreign syllables, what stands beside a verb of saying, and what is repeated.
"""

from collections.abc import Iterator
from dataclasses import replace

from onrecord.features.document import Document
from onrecord.features.identity.words import Words
from onrecord.features.lexicon import words_of

# Running text has a capital in every eight words or so; text with fewer than one in this many has lost them.
MAX_WORDS_A_CAPITAL = 100
# So many tokens tell whether it has.
SEEN = 1_000


def on_names(document: Document, words: Words) -> Document:
    """The document with capitals on the names that can be told, and where all nouns have one, on names alone."""
    return _without_nouns(document, words) if "nouns_capitalised" in words.grammar.trait else restore(document, words)


def restore(document: Document, words: Words) -> Document:
    """The document with capitals on the names that can be told without them; itself where it has its own capitals."""
    opening = document.words[:SEEN]
    capitals = sum(word[0].isupper() for word in opening)
    if capitals * MAX_WORDS_A_CAPITAL > len(opening):
        return document
    names = _names(document.lower, words, _common(document.language, words))
    written = [word.capitalize() if i in names else word for i, word in enumerate(document.words)]
    return replace(document, words=written)


def _common(language: str, words: Words) -> frozenset[str]:
    function = words_of("document", language, "function")
    return words.noun | words.weak | words.not_a_name | words.surname | function


def _names(lower: list[str], words: Words, common: frozenset[str]) -> set[int]:
    """The places of names: known ones, a first name with the word after it, the word after a title, and their like.

    Where the syllables of the language are known, a first name is a foreign one, and so is every other foreign word.
    """
    grammar = words.grammar

    def may_end(i: int) -> bool:
        return i < len(lower) and lower[i].isalpha() and len(lower[i]) > 2 and lower[i] not in common

    found = set(_known(lower, words, common))
    surnames: set[str] = set()
    for i, word in enumerate(lower):
        if grammar.rime:
            opens = len(word) > 2 and word not in common and grammar.is_foreign(word)
            found |= {i} if opens else set()
        elif word in words.given and word not in common and may_end(i + 1):
            found |= {i, i + 1}
            surnames.add(lower[i + 1])
        elif word in words.title:
            after = i + 2 if lower[i + 1 : i + 2] == ["."] else i + 1
            if may_end(after) and lower[after] not in words.title:
                found.add(after)
                surnames.add(lower[after])
    return found | {i for i, word in enumerate(lower) if grammar.stem(word) in surnames}


def _known(lower: list[str], words: Words, common: frozenset[str]) -> Iterator[int]:
    """The places of known names and places, of one word or of several."""
    for i, word in enumerate(lower):
        for size in range(words.longest_name.get(word, 0), 0, -1):
            phrase = " ".join(lower[i : i + size])
            if (phrase in words.known or phrase in words.place) and (size > 1 or word not in common):
                yield from range(i, i + size)
                break


# -- where all nouns have a capital ---------------------------------------------------------------


def _without_nouns(document: Document, words: Words) -> Document:
    """The document with capitals on names only, where the language gives them to all nouns."""
    names = _Capitals(document, words).names()
    written = [word if i in names or not word[0].isupper() else word.lower() for i, word in enumerate(document.words)]
    return replace(document, words=written)


class _Capitals:
    """Tells the names among the capitalised words of one document."""

    def __init__(self, document: Document, words: Words) -> None:
        self.written, self.lower, self.words = document.words, document.lower, words
        self.opens = set(document.sentences[:, 0].tolist())
        self.common = _common(document.language, words) - words.place - words.known
        seen = [word for word in document.words if word[0].islower()]
        determined = (
            self.lower[i + 1]
            for i in range(len(self.lower) - 1)
            if self._determines(i) and self._has_capital(i + 1) and not self._has_capital(i + 2)
        )
        self.nouns = self.common | set(seen) | set(determined)

    def names(self) -> set[int]:
        """The places of all words that names are made of."""
        found = self._listed()
        people = self._people()
        surnames = {self.lower[i] for i in people if self.lower[i] not in self.words.given}
        found |= people | {i for i, word in enumerate(self.lower) if word in surnames and self._has_capital(i)}
        return found | self._bodies(found)

    def _has_capital(self, i: int) -> bool:
        return i < len(self.written) and self.written[i][0].isupper()

    def _determines(self, i: int) -> bool:
        grammar = self.words.grammar
        return self.lower[i] in grammar.article or self.lower[i] in grammar.demonstrative

    def _may_name(self, i: int) -> bool:
        """Whether token i has a capital that no common noun and no sentence gives it."""
        word = self.lower[i] if i < len(self.lower) else ""
        return (
            self._has_capital(i)
            and word not in self.nouns
            and not (word.endswith(self.words.grammar.common_ending) and len(word) > 5)
        )

    def _listed(self) -> set[int]:
        """Acronyms, places and bodies that the lexicon knows, by their longest name."""
        known, lower, found = self.words.known | self.words.place, self.lower, set[int]()
        longest = max((phrase.count(" ") + 1 for phrase in known), default=0)
        for i, word in enumerate(self.written):
            if not word[0].isupper():
                continue
            if len(word) > 1 and word.isupper():
                found.add(i)
            for n in range(longest, 0, -1):
                if " ".join(lower[i : i + n]) in known and self._has_capital(i + n - 1):
                    found.update(range(i, i + n))
                    break
        return found

    def _people(self) -> set[int]:
        """First names with what follows, what follows a title or a role, and bare names beside a verb of saying."""
        found, lower, words = set[int](), self.lower, self.words
        for i, word in enumerate(lower):
            if not self._has_capital(i):
                continue
            if word in words.given and (self._has_capital(i + 1) or self._is_particle(i + 1)):
                found |= self._full_name(i)
            elif (word in words.title or word in words.role) and self._has_capital(i + 1):
                after = i + 1
                is_surname = lower[after] in words.surname and lower[after] not in words.title
                if self._may_name(after) or (word in words.form_of_address and is_surname):
                    found |= self._full_name(after)
            elif word in words.form_of_address and i + 2 < len(lower) and lower[i + 1] == ".":
                found |= self._full_name(i + 2)
            elif self._is_speaker(i):
                found.add(i)
        return found

    def _full_name(self, i: int) -> set[int]:
        """The places of a name from token i: capitals and particles, before a common noun behind the surname."""
        found, end = {i}, i + 1
        while end < len(self.lower) and end - i < 5 and end not in self.opens:
            particle = self._is_particle(end)
            initial = self.lower[end] == "." and len(self.lower[end - 1]) == 1
            if self._has_capital(end):
                if end > i + 1 and self.lower[end] in self.common:
                    break
                found.add(end)
            elif not (particle or initial):
                break
            end += 1
        return found

    def _is_particle(self, i: int) -> bool:
        """Whether token i stands within a name: "von" in "von der Leyen", which a capital ends."""
        while i < len(self.lower) and self.lower[i] in self.words.particle:
            i += 1
            if self._has_capital(i):
                return self.lower[i] not in self.words.organisation
        return False

    def _is_speaker(self, i: int) -> bool:
        """Whether a bare capitalised word stands right before or behind a verb of saying: "Roth sagte"."""
        if not self._may_name(i):
            return False
        behind = i > 0 and self.lower[i - 1] in self.words.cue
        before = i in self.opens and i + 1 < len(self.lower) and self.lower[i + 1] in self.words.cue
        return (behind or before) and not self._has_capital(i + 1)

    def _bodies(self, names: set[int]) -> set[int]:
        """Nouns for bodies before a name, and capitalised adjectives with the noun behind them."""
        found, words = set[int](), self.words
        for i, word in enumerate(self.lower):
            if not self._has_capital(i) or i in names:
                continue
            named = i + 1 in names and self.lower[i + 1] not in words.given and self.lower[i + 1] not in words.known
            if word in words.organisation and named:
                found.add(i)
            elif word in words.organisation_word and self._has_capital(i + 1) and i not in self.opens:
                found |= {i, i + 1}
            elif word in words.organisation and self.lower[i + 1 : i + 2] and self.lower[i + 1] in words.join_purpose:
                found |= {i, *(k for k in (i + 2,) if self._has_capital(k))}
        return found
