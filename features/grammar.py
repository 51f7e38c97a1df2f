"""The grammar of a language as far as finding sources needs it: function words, endings, and what it does otherwise.

All of it is in `lexicons/grammar.LANGUAGE.tsv`. A class that a language lacks is empty, so that a rule which asks for
it does nothing there. An ending is written as `tokens.TOKEN` cuts it ("' s" for 's) and joined here.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache

from onrecord.features.lexicon import words_of

# What a language may do otherwise, as rows of the class `trait`:
# comma_opens: a comma behind a verb of saying opens what is said, as a colon does.
# comma_needed: what is said indirectly stands behind a comma (German "sagte, dass").
# compounds: nouns are written as one word with what tells more of them (German "Polizeisprecherin").
# complementiser_needed: what is said indirectly opens with a complementiser or is an infinitive (Spanish "que").
# bodies_in_place: "in" before a body makes it the source of a verb in the plural (Russian "в МИД заявили").
# dropped_subject: a verb may stand without its subject.
# frame_apart: "according to" opens a clause; elsewhere its word means something else.
# head_first: a noun stands before what is told of it ("portavoz policial").
# lower_case_bodies: the name of a body goes on in lower case ("Organisation mondiale de la santé").
# nouns_capitalised: all nouns have a capital, not only names.
# quoted_names: bodies have their names in quotation marks (Russian "пишет «Труд»").
# role_first: a role may stand before a name and a comma ("the mayor of the city, Ann Roe, said").
# somebody_speaks: the subject of a verb of saying holds a name, a pronoun or a noun for people, bodies or documents.
# two_surnames: a person has two, and is called by the first ("Juan Ruiz López", then "Ruiz").
# verb_first: a verb of saying may open a sentence, before its subject.
# verb_second: a verb stands behind one phrase; behind one with a preposition, its subject follows.
TRAITS = frozenset(
    (
        "bodies_in_place", "comma_needed", "comma_opens", "complementiser_needed", "compounds", "dropped_subject",
        "frame_apart", "head_first", "lower_case_bodies", "nouns_capitalised", "quoted_names", "role_first",
        "somebody_speaks", "two_surnames", "verb_first", "verb_second",
    )
)  # fmt: skip

# So many letters of a name are left without its case.
MIN_STEM = 3
# The marks of tones in decomposed text: grave, acute, tilde, hook, dot below.
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")

Words = frozenset[str]
Endings = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grammar:
    """The classes of a lexicon of grammar.

    Attributes:
        article: definite and indefinite articles.
        complementiser: what opens an indirect statement ("that").
        comparative: words behind which a complementiser compares (Spanish "más que").
        copulative, disjunctive, adversative: conjunctions ("and", "or", "but").
        genitive: prepositions of belonging ("of"). where: those before names of places.
        relative, personal_relative: relative pronouns, and those that mean persons.
        example: what stands before an example ("such as").
        role_stop: what ends the words of a role beside a name.
        former: what makes a role one of the past. deputy: what makes it another one ("vice president").
        adjective_ending: of words with a hyphen that are no names ("Alton-based").
        case_ending: of the cases of names (Russian "Рогов", "Рогова").
        common_ending: of words that are no names though they open a sentence.
        infinitive_ending: of verbs that may open what is said (Spanish "negó haber ...").
        infinitive_mark: what stands before an infinitive or in it (Italian "di non aver ...", German "aufzutun").
        inflection: endings of verbs and plurals, by which the tagger brings the forms of a word together.
        joint: the one word that stands between names that are given as one ("Roe and Bell").
        joining_ending: of verbs that share the source of the verb before ("..., adding").
        people_ending: of nouns for people ("drillers"). participle_ending: of what follows a noun ("a poll taken").
        onset, rime: of which, without tones, every syllable of the language is made; other words are foreign.
        place_noun: nouns before the name of a place or a street (Vietnamese "đường"), which names no person.
        plural_article: what makes a noun mean several, where no ending does.
        plural_ending, singular_ending: of nouns; the second are exceptions to the first ("boss").
        plural_verb_ending: of verbs whose subject, where dropped, is several.
        possessive_ending: of a noun that owns something.
        trait: which of TRAITS the language has.
    """

    definite_article: Words
    indefinite_article: Words
    article: Words
    demonstrative: Words
    complementiser: Words
    comparative: Words
    copulative: Words
    disjunctive: Words
    adversative: Words
    genitive: Words
    where: Words
    relative: Words
    personal_relative: Words
    example: Words
    role_stop: Words
    former: Words
    deputy: Words
    adjective_ending: Endings
    adverb_ending: Endings
    case_ending: Endings
    common_ending: Endings
    infinitive_ending: Endings
    infinitive_mark: Words
    inflection: Endings
    joint: Words
    onset: Words
    rime: Words
    joining_ending: Endings
    people_ending: Endings
    participle_ending: Endings
    place_noun: Words
    plural_article: Words
    plural_ending: Endings
    plural_verb_ending: Endings
    singular_ending: Endings
    possessive_ending: Endings
    trait: Words

    @staticmethod
    @cache
    def of(language: str) -> "Grammar":
        """The grammar of a language; all classes are empty when it has no lexicon (never another's)."""
        found: dict[str, Words | Endings] = {
            each.name: _joined(words) if each.name.endswith(("ending", "inflection")) else words
            for each in fields(Grammar)
            if each.name != "article"
            for words in [words_of("grammar", language, each.name)]
        }
        found["article"] = frozenset(found["definite_article"]) | frozenset(found["indefinite_article"])
        return Grammar(**found)  # type: ignore[arg-type]

    def stem(self, word: str) -> str:
        """A lower-cased word without the ending of the possessive."""
        if not word.endswith(self.possessive_ending):
            return word
        return word[: -len(next(ending for ending in self.possessive_ending if word.endswith(ending)))]

    def bare(self, name: str) -> str:
        """A lower-cased name without the ending of its case, if enough of it is left to tell it by."""
        for ending in self.case_ending:
            if name.endswith(ending) and len(name) - len(ending) >= MIN_STEM:
                return name[: -len(ending)]
        return name

    def joined(self, names: Sequence[str]) -> str:
        """Names given as one, with the language's word between them."""
        return f" {min(self.joint, default='/')} ".join(names)

    def is_foreign(self, word: str) -> bool:
        """Whether a lower-cased word is no syllable of the language; False where its syllables are not known."""
        return bool(self.rime) and word.isalpha() and not self._is_syllable(toneless(word))

    def _is_syllable(self, word: str) -> bool:
        return word in self.rime or any(word[:k] in self.onset and word[k:] in self.rime for k in (1, 2, 3))

    def is_plural(self, noun: str) -> bool:
        """Whether a noun looks like one in the plural."""
        return noun.endswith(self.plural_ending) and not noun.endswith(self.singular_ending)

    def is_example(self, before: str, word: str) -> bool:
        """Whether a word, or it and the word before it, introduce an example."""
        return word in self.example or f"{before} {word}" in self.example


def toneless(word: str) -> str:
    """A word without the marks of tones; those that make another vowel ("ă", "ơ") stay."""
    marked = "".join(mark for mark in unicodedata.normalize("NFD", word) if mark not in _TONES)
    return unicodedata.normalize("NFC", marked)


def _joined(words: Words) -> Endings:
    """Endings, the longest first."""
    return tuple(sorted((word.replace(" ", "") for word in words), key=lambda ending: (-len(ending), ending)))
