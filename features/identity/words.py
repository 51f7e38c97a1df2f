"""The words that tell names apart: what the lexicons of names and of sources know."""

from dataclasses import dataclass
from functools import cache

from onrecord.features.lexicon import load

# What stands before the name of a place.
WHERE = frozenset(("in", "near", "outside"))
_NOUNS = ("role", "document", "unnamed", "organisation_noun")


@dataclass(frozen=True, slots=True)
class Words:
    """The classes of the lexicons that tell names apart.

    Attributes:
        telling: what says something of the name after it ("spokesman").
        empty: what makes no name, however many of them stand together ("Former American").
    """

    title: frozenset[str]
    role: frozenset[str]
    male: frozenset[str]
    female: frozenset[str]
    given: frozenset[str]
    given_male: frozenset[str]
    given_female: frozenset[str]
    organisation: frozenset[str]
    organisation_word: frozenset[str]
    organisation_noun: frozenset[str]
    known: frozenset[str]
    place: frozenset[str]
    demonym: frozenset[str]
    particle: frozenset[str]
    not_a_name: frozenset[str]
    weak: frozenset[str]
    noun: frozenset[str]
    document_name: frozenset[str]
    surname: frozenset[str]
    telling: frozenset[str]
    empty: frozenset[str]

    @staticmethod
    @cache
    def of(language: str) -> "Words | None":
        """The words of a language; None when it has no lexicons of names and sources."""
        sources, names = load("sources", language), load("names", language)
        if sources is None or names is None:
            return None
        common = (
            "title", "role", "male", "female", "particle", "weak", "not_a_name", "organisation_noun", "document_name",
        )  # fmt: skip
        proper = ("organisation", "organisation_word", "known", "place", "demonym", "surname")
        noun = frozenset[str]().union(*(sources.words(label) for label in _NOUNS))
        return Words(
            **{label: sources.words(label) for label in common},
            **{label: names.words(label) for label in proper},
            given=names.words("male") | names.words("female") | names.words("first_name"),
            given_male=names.words("male") - names.words("female"),
            given_female=names.words("female") - names.words("male"),
            noun=noun,
            empty=sources.words("weak") | sources.words("not_a_name") | names.words("demonym"),
            telling=noun | sources.words("title") | WHERE | {"the"},
        )


def stem(word: str) -> str:
    """A lower-cased word without the 's of the possessive."""
    return word.removesuffix("'s")
