"""The words that tell names apart: what the lexicons of names and of sources know."""

from dataclasses import dataclass
from functools import cache

from onrecord.features.grammar import Grammar
from onrecord.features.lexicon import load, words_of

_NOUNS = ("role", "document", "unnamed", "organisation_noun")


@dataclass(frozen=True, slots=True)
class Words:
    """The classes of the lexicons that tell names apart.

    Attributes:
        cue: verbs of saying and thinking.
        telling: what says something of the name after it ("spokesman").
        empty: what makes no name, however many of them stand together ("Former American").
        longest_name: how many words the longest known name or place has that begins with a word.
        grammar: function words and endings of the language. heads_first: its trait `head_first`.
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
    suffix: frozenset[str]
    join: frozenset[str]
    join_purpose: frozenset[str]
    join_subject: frozenset[str]
    compound: frozenset[str]
    form_of_address: frozenset[str]
    representative: frozenset[str]
    unnamed: frozenset[str]
    cue: frozenset[str]
    surname_head: tuple[str, ...]
    prefix: tuple[str, ...]
    loose_prefix: tuple[str, ...]
    telling: frozenset[str]
    empty: frozenset[str]
    grammar: Grammar
    heads_first: bool
    longest_name: dict[str, int]

    @staticmethod
    @cache
    def of(language: str) -> "Words | None":
        """The words of a language; None when it has no lexicons of names and sources."""
        sources, names = load("sources", language), load("names", language)
        if sources is None or names is None:
            return None
        common = (
            "title", "role", "male", "female", "particle", "weak", "not_a_name", "organisation_noun", "document_name",
            "form_of_address", "representative", "unnamed",
        )  # fmt: skip
        proper = (
            "organisation", "organisation_word", "known", "place", "demonym", "surname", "suffix", "join",
            "join_purpose", "join_subject", "compound",
        )  # fmt: skip
        heads = tuple(word.capitalize() for word in _joined(names.words("surname_head")))
        grammar = Grammar.of(language)
        noun = frozenset[str]().union(*(sources.words(label) for label in _NOUNS))
        verbs = words_of("attribution", language, "say", "think")
        found = {label: sources.words(label) for label in common} | {label: names.words(label) for label in proper}
        found["not_a_name"] |= verbs if "verb_first" in grammar.trait else frozenset()
        return Words(
            **found,
            given=names.words("male") | names.words("female") | names.words("first_name"),
            given_male=names.words("male") - names.words("female"),
            given_female=names.words("female") - names.words("male"),
            noun=noun,
            cue=verbs,
            empty=sources.words("weak") | found["not_a_name"] | names.words("demonym"),
            telling=noun | sources.words("title") | grammar.where | grammar.definite_article,
            surname_head=heads + tuple(head.replace("'", "’") for head in heads if "'" in head),
            prefix=_joined(names.words("prefix")),
            loose_prefix=_joined(names.words("loose_prefix")),
            grammar=grammar,
            heads_first="head_first" in grammar.trait,
            longest_name=_longest(found["known"] | found["place"]),
        )

    def strict(self, surname: str) -> str:
        """A surname without a prefix that may be left out ("al-") and without its case."""
        for prefix in self.loose_prefix:
            if surname.startswith(prefix):
                surname = surname[len(prefix) :] or surname
                break
        return self.grammar.bare(surname)


def _longest(phrases: frozenset[str]) -> dict[str, int]:
    """The number of words of the longest phrase by its first word."""
    found: dict[str, int] = {}
    for tokens in map(str.split, phrases):
        found[tokens[0]] = max(found.get(tokens[0], 0), len(tokens))
    return found


def _joined(words: frozenset[str]) -> tuple[str, ...]:
    """Parts of words, which lexicons write as texts are cut ("al -")."""
    return tuple(sorted(word.replace(" ", "") for word in words))
