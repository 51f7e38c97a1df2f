"""The words around cues: what the lexicons of attribution and of sources know of them."""

from dataclasses import dataclass, fields
from functools import cache

from onrecord.features.grammar import Grammar
from onrecord.features.lexicon import words_of

# What is told from the classes of several lexicons.
_NAMES = ("known", "place", "first_name", "male", "female")
_TOLD = ("holder", "determiner", "speaking", "named", "land", "teller", "title")


@dataclass(frozen=True, slots=True)
class Words:
    """Classes of the lexicon of attribution, and nouns that tell who somebody is.

    Attributes:
        auxiliary: what may stand between a subject and its verb. addressee: whom something is told.
        boundary: what begins another phrase; within: those of them that a subject may hold.
        no_head: what no subject begins with. empty: what names nobody by itself ("one").
        apposition: what opens an apposition. aside: set phrases between commas ("for her part").
        end: what a subject behind its verb ends before.
        tail: what may follow a cue that ends its sentence ("..., she said in a letter").
        time: days, months, times of day; dated: what stands before them.
        portfolio: those of them that between a role and a capital do not end it (Italian "ministro alla Salute").
        impersonal: what before a verb says that nobody in particular says it (Spanish "se").
        holder: nouns that tell who somebody is (roles, titles, bodies, the unnamed). determiner: what they begin with.
        be: forms of "to be". title: nouns that open the name of another person.
        teller: what, behind a comma, tells who somebody before it is.
        speaking: pronouns, and nouns for any kind of source.
        resumed: what before a verb stands for all that the sentence before said (Spanish "lo").
        because: what joins a verb of thinking to the one before it ("vì cho rằng").
        nominal: what makes a noun of the verb behind it (Vietnamese "lời").
        toward: what stands before whom one speaks to (Vietnamese "với").
        named: single words that are names: places, bodies, first names. land: names of countries and peoples.
        reported: subjunctives of hearsay (German "sei"). accord_verb: what frames a verb of saying ("as").
    """

    auxiliary: frozenset[str]
    addressee: frozenset[str]
    boundary: frozenset[str]
    within: frozenset[str]
    no_head: frozenset[str]
    empty: frozenset[str]
    apposition: frozenset[str]
    aside: frozenset[str]
    end: frozenset[str]
    tail: frozenset[str]
    time: frozenset[str]
    dated: frozenset[str]
    pronoun: frozenset[str]
    portfolio: frozenset[str]
    be: frozenset[str]
    impersonal: frozenset[str]
    resumed: frozenset[str]
    reported: frozenset[str]
    accord_verb: frozenset[str]
    toward: frozenset[str]
    nominal: frozenset[str]
    because: frozenset[str]
    holder: frozenset[str]
    determiner: frozenset[str]
    speaking: frozenset[str]
    named: frozenset[str]
    land: frozenset[str]
    teller: frozenset[str]
    title: frozenset[str]

    @staticmethod
    @cache
    def of(language: str) -> "Words":
        """The words of a language; a class is empty where it has none (never another's)."""
        labels = [each.name for each in fields(Words) if each.name not in _TOLD]
        found = {label: words_of("attribution", language, label) for label in labels}
        holder = words_of("sources", language, "role", "title", "unnamed", "organisation_noun")
        told = found["apposition"] - words_of("sources", language, "unnamed")
        return Words(
            **found,
            holder=holder,
            determiner=words_of("sources", language, "definite", "indefinite"),
            speaking=holder | words_of("sources", language, "document") | found["pronoun"],
            named=words_of("names", language, *_NAMES),
            land=words_of("names", language, "demonym"),
            teller=told if "frame_apart" in Grammar.of(language).trait else holder,
            title=words_of("sources", language, "title"),
        )
