"""Words that a language writes as one: elided articles ("l'eau") and pronouns tied to a verb ("dit-il")."""

import re
from dataclasses import dataclass
from functools import cache

from onrecord.features.lexicon import words_of

_APOSTROPHE = re.compile("['’]")


@dataclass(frozen=True, slots=True)
class Joins:
    """How a language writes two words as one, so that they can be parted; what joins them is then in no token.

    Attributes:
        elision: words that lose a vowel before an apostrophe ("l'eau" is "l" and "eau").
        elision_in_name: those of them that with a capital belong to a name ("D'Alema").
        enclitic: pronouns that a hyphen ties to the end of a verb, with that hyphen ("dit-il" is "dit" and "il").
    """

    elision: frozenset[str]
    elision_in_name: frozenset[str]
    enclitic: tuple[str, ...]

    @staticmethod
    @cache
    def of(language: str) -> "Joins":
        """Those of a language; all are empty where its lexicon has none."""
        elision, in_name, enclitic = (
            words_of("document", language, label) for label in ("elision", "elision_in_name", "enclitic")
        )
        endings = sorted((word.replace(" ", "") for word in enclitic), key=lambda ending: (-len(ending), ending))
        return Joins(elision | in_name, in_name, tuple(endings))

    @property
    def any(self) -> bool:
        """Whether the language joins words at all."""
        return bool(self.elision or self.enclitic)

    def parted(self, word: str, start: int, end: int) -> list[tuple[int, int]]:
        """The places of the words in a token at code points `start` to `end`."""
        places: list[tuple[int, int]] = []
        first = 0
        for mark in _APOSTROPHE.finditer(word):
            head = word[first : mark.start()]
            in_name = head[:1].isupper() and word[mark.end()].isupper() and head.lower() in self.elision_in_name
            if in_name or head.lower() not in self.elision:
                break
            places.append((start + first, start + mark.start()))
            first = mark.end()
        if "-" in word and word.endswith(self.enclitic):
            tied = next(ending for ending in self.enclitic if word.endswith(ending))
            if first < len(word) - len(tied):
                places.append((start + first, end - len(tied)))
                first = len(word) - len(tied.rpartition("-")[2])
        places.append((start + first, end))
        return places
