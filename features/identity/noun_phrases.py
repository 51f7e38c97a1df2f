"""Noun phrases: the pieces between commas, the core of one, its head noun, the name in it."""

from dataclasses import dataclass, fields
from functools import cache
from itertools import pairwise

from onrecord.features.document import Document
from onrecord.features.grammar import Grammar
from onrecord.features.identity.names import Name, Names
from onrecord.features.lexicon import load
from onrecord.features.measurement import Kind

Range = tuple[int, int]

# Marks that end a noun phrase.
_MARKS = frozenset("([“\"—–:;-’'")


@dataclass(frozen=True, slots=True)
class Nouns:
    """The lexicon's classes of common nouns and pronouns, and what ends a noun phrase."""

    role: frozenset[str]
    title: frozenset[str]
    organisation_noun: frozenset[str]
    document: frozenset[str]
    unnamed: frozenset[str]
    quantity: frozenset[str]
    male: frozenset[str]
    female: frozenset[str]
    pronoun_person: frozenset[str]
    pronoun_group: frozenset[str]
    pronoun_thing: frozenset[str]
    pronoun_first: frozenset[str]
    pronoun_relative: frozenset[str]
    phrase_end: frozenset[str]
    definite: frozenset[str]
    indefinite: frozenset[str]
    conjunction: frozenset[str]
    reflexive: frozenset[str]
    naming: frozenset[str]
    well_known: frozenset[str]
    another: frozenset[str]
    territory: frozenset[str]
    only_by_name: frozenset[str]
    courtesy: frozenset[str]
    grammar: Grammar

    @staticmethod
    @cache
    def of(language: str) -> "Nouns | None":
        """The nouns of a language; None when it has no lexicon of sources."""
        lexicon = load("sources", language)
        if lexicon is None:
            return None
        labels = [each.name for each in fields(Nouns) if each.name != "grammar"]
        found = {label: lexicon.words(label) for label in labels}
        return Nouns(**{**found, "phrase_end": found["phrase_end"] | _MARKS}, grammar=Grammar.of(language))

    def is_role(self, word: str) -> bool:
        """Whether a word tells what one person is."""
        return word in self.role or word in self.title

    def is_determiner(self, word: str) -> bool:
        """Whether a word begins a noun phrase and says nothing of it."""
        return word in self.definite or word in self.indefinite

    def is_people(self, word: str) -> bool:
        """Whether a word is one for people or bodies of them."""
        listed = word in self.unnamed or self.is_role(word) or word in self.organisation_noun or word in self.quantity
        return listed or (word.endswith(self.grammar.people_ending) and len(word) > 5)

    def is_known(self, word: str) -> bool:
        """Whether a word is a noun for some kind of source."""
        return word in self.document or word in self.unnamed or self.is_role(word) or word in self.organisation_noun

    def gender(self, word: str) -> str:
        """ "male" or "female", "" where a word does not tell."""
        return "male" if word in self.male else "female" if word in self.female else ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase.

    Attributes:
        pieces: its token ranges between commas.
        core: the first piece up to what hangs on its noun ("the head" of "the head of the port").
        noun: the last word of the core, lower-cased.
        name: the last name in the core, or None.
    """

    pieces: tuple[Range, ...]
    core: Range
    noun: str
    name: Name | None

    @property
    def is_named(self) -> bool:
        """Whether the name is what the phrase is about, and not "the Roe campaign"."""
        return self.name is not None and self.name.last >= self.core[1]


@dataclass(frozen=True, slots=True)
class Parser:
    """Finds the parts of noun phrases in one document."""

    document: Document
    names: Names
    nouns: Nouns

    def parse(self, source: Range) -> Phrase:
        """The parts of a noun phrase, in time linear in its length."""
        first, last = source
        cuts = [first - 1] + [i for i in range(first, last) if self.document.words[i] == ","] + [last]
        pieces = tuple((a + 1, b) for a, b in pairwise(cuts) if b > a + 1) or (source,)
        core = self.core(pieces[0])
        if core[0] not in self.names.at:
            core = self._about(pieces[0], core)
        core = self._shared(pieces[0], core)
        return Phrase(pieces, core, self.head_noun(core), self.last_name(core))

    def core(self, piece: Range) -> Range:
        """A piece up to the first preposition, relative pronoun or participle outside a name."""
        i = piece[0]
        while i < piece[1]:
            name = self.names.at.get(i)
            if name is not None and name.last > i:
                i = name.last
            elif i > piece[0] and self._ends_core(i, piece[1]):
                break
            else:
                i += 1
        return piece[0], min(i, piece[1])

    def _ends_core(self, i: int, last: int) -> bool:
        """Whether a core ends before token i; the apostrophe of "the Bells' lawyer" does not end it."""
        words, lower, nouns = self.document.words, self.document.lower, self.nouns
        if words[i] in "'’" and i + 1 < last and lower[i - 1].endswith(nouns.grammar.plural_ending):
            return False
        is_participle = lower[i].endswith(nouns.grammar.participle_ending) and (
            lower[i - 1] in nouns.document or lower[i - 1] in nouns.unnamed
        )
        return is_participle or lower[i] in nouns.phrase_end

    def _about(self, piece: Range, core: Range) -> Range:
        """What "one of the polls" and "national and local polls" are about."""
        lower, end, grammar = self.document.lower, core[1], self.nouns.grammar
        if end + 1 >= piece[1]:
            return core
        if lower[end] in grammar.genitive and lower[end - 1] in self.nouns.quantity:
            inner = self.core((end + 1, piece[1]))
            return inner if self.head_noun(inner) in self.nouns.document else core
        coordinates = lower[end] in grammar.copulative or lower[end] in grammar.disjunctive
        if coordinates and end - core[0] == 1 and not lower[core[0]].endswith(grammar.plural_ending):
            return core[0], self.core((end + 1, piece[1]))[1]
        return core

    def _shared(self, piece: Range, core: Range) -> Range:
        """The noun that two names share: "Roe and Bell supporters"."""
        lower, end = self.document.lower, core[1]
        if end + 1 >= piece[1] or lower[end] not in self.nouns.grammar.copulative or end - 1 not in self.names.at:
            return core
        other = self.names.at.get(end + 1)
        noun = lower[other.last] if other is not None and other.last < piece[1] else ""
        if noun in self.nouns.unnamed or noun in self.nouns.document:
            return core[0], self.core((end + 1, piece[1]))[1]
        return core

    def head_noun(self, core: Range) -> str:
        """The last word of a core, or the first noun where heads come first; "" when it has no word."""
        if "head_first" in self.nouns.grammar.trait:
            heads = [word for word in self.document.lower[core[0] : core[1]] if self.nouns.is_known(word)]
            if heads:
                return heads[0]
        words = (i for i in range(core[1] - 1, core[0] - 1, -1) if self.document.is_word[i])
        return next((self.nouns.grammar.stem(self.document.lower[i]) for i in words), "")

    def last_name(self, core: Range) -> Name | None:
        """The last name that begins in a core."""
        found, i = None, core[0]
        while i < core[1]:
            name = self.names.at.get(i)
            found = name or found
            i = max(name.last, i + 1) if name is not None else i + 1
        return found

    def named(self, phrase: Phrase) -> Name | None:
        """The name that a phrase is about; none where a noun for a document or for people heads it ("опрос ВЦИОМ")."""
        name, grammar = phrase.name, self.nouns.grammar
        if name is None or not phrase.is_named:
            return None
        if "head_first" in grammar.trait and name.begin > phrase.core[0]:
            is_people = phrase.noun in self.nouns.unnamed and not self.nouns.is_role(phrase.noun)
            heads = is_people and name.entity.kind is Kind.NAMED_ORGANISATION
            governs = phrase.noun in self.nouns.organisation_noun and name.entity.is_place
            if heads or governs or phrase.noun in self.nouns.document:
                return None
        return name

    def addressed(self, phrase: Phrase) -> Name | None:
        """The person behind a form of address, however the phrase goes on ("ông Hùng buồn rầu")."""
        begin, lower = phrase.core[0], self.document.lower
        if "head_first" not in self.nouns.grammar.trait or lower[begin] not in self.names.words.form_of_address:
            return None
        name = self.names.at.get(begin) or self.names.at.get(begin + 1)
        is_person = name is not None and name.entity.kind is Kind.NAMED_PERSON
        return name if name is not None and is_person and name.first == begin + 1 else None

    def apposed(self, phrase: Phrase) -> Name | None:
        """The name that stands in apposition to the noun: "a spokesman, Tom Bell"; "Alton, Mayor Ann Roe"."""
        if len(phrase.pieces) < 2:
            return None
        core = self.core(phrase.pieces[1])
        name = self.last_name(core)
        if name is None or name is phrase.name or name.last < core[1]:
            return None
        if name.entity.kind is not Kind.NAMED_PERSON:
            return name if not phrase.is_named and phrase.noun in self.nouns.organisation_noun else None
        if phrase.is_named:
            return name if phrase.name is not None and self._is_apart(phrase, phrase.name) else None
        return name if self.nouns.is_role(phrase.noun) or phrase.noun in self.nouns.unnamed else None

    def _is_apart(self, phrase: Phrase, inner: Name) -> bool:
        """Whether the name in a phrase is not who it means: "Alton, Mayor Ann Roe"; "ketua KPK, Ann Roe"."""
        is_role = "head_first" in self.nouns.grammar.trait and self.nouns.is_role(phrase.noun)
        address, behind = self.names.words.form_of_address, self.document.lower[phrase.pieces[1][0]]
        if is_role and phrase.noun not in address and behind in address:
            return True  # "vợ anh Hùng, chị Mai"
        return inner.entity.is_place or (is_role and inner.entity.kind is Kind.NAMED_ORGANISATION)

    def holder(self, phrase: Phrase) -> Name | None:
        """The person behind a role and what hangs on it, where heads come first: "el alcalde de Alba Juan Ruiz"."""
        lower, grammar = self.document.lower, self.nouns.grammar
        if "head_first" not in grammar.trait or not self.nouns.is_role(phrase.noun):
            return None
        for i in range(phrase.core[1], phrase.pieces[0][1]):
            name = self.names.at.get(i)
            if (
                name is None
                or name.entity.kind is not Kind.NAMED_PERSON
                or lower[name.first - 1] in self.nouns.phrase_end
            ):
                continue
            return name
        return None

    def example(self, source: Range) -> Name | None:
        """The name in "critics, including Ann Roe"."""
        lower = self.document.lower
        for i in range(source[0] + 1, source[1] - 1):
            if self.nouns.grammar.is_example(lower[i - 1], lower[i]):
                return self.names.at.get(i + 1) or self.names.at.get(i + 2)
        return None

    def joint(self, name: Name, last: int) -> list[Name]:
        """The other names of the same kind in "Ann Roe, Tom Bell and Jo May", before token `last`."""
        lower, names, listed, i = self.document.lower, list[Name](), 0, name.last
        grammar = self.nouns.grammar
        while i + 1 < last and (lower[i] == "," or lower[i] in grammar.copulative or lower[i] in grammar.disjunctive):
            closes = lower[i] != "," or lower[i + 1] in grammar.copulative
            i += 2 if lower[i] == "," and closes else 1
            other = self.names.at.get(i)
            if other is not None and lower[other.last - 1].endswith(grammar.possessive_ending):
                other = self.names.at.get(other.last)  # "and the Herald's Tom Bell"
            if other is None or other.entity.kind is not name.entity.kind or other.entity is name.entity:
                break
            names.append(other)
            listed = len(names) if closes else listed
            i = max(other.last, i + 1)
        return names[:listed]

    def before(self, place: int) -> Range | None:
        """The noun phrase that ends right before a relative pronoun, or None."""
        document, end = self.document, place
        while end > 0 and place - end < 2 and not document.is_word[end - 1]:
            end -= 1
        first = int(document.sentences[document.sentence_of[place], 0])
        if end <= first:
            return None
        name = self.names.at.get(end - 1)
        if name is not None:
            return name.begin, end
        for begin in range(end - 1, max(first, end - 7) - 1, -1):
            if self.nouns.is_determiner(document.lower[begin]):
                return begin, end
            if not document.is_word[begin] or document.lower[begin] in self.nouns.phrase_end:
                break
        return end - 1, end

    def plain(self, first: int, last: int) -> str:
        """The text of a range on one line, "" when it is empty."""
        return " ".join(self.document.text_of(self.document.span(first, last)).split()) if first < last else ""

    def description(self, piece: Range) -> str:
        """The text of a piece without the relative clause in it."""
        lower, relative = self.document.lower, self.nouns.grammar.relative
        end = next((i for i in range(piece[0] + 1, piece[1]) if lower[i] in relative), piece[1])
        return self.plain(piece[0], end)
