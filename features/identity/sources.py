"""Who a source is: its kind, how it is mentioned, the fullest name the article gives, and the role."""

from dataclasses import dataclass, replace
from typing import TypedDict

from onrecord.features.compounds import headed
from onrecord.features.document import Document
from onrecord.features.identity.antecedents import NOBODY, Antecedents, Referent
from onrecord.features.identity.names import Entity, Name, Names
from onrecord.features.identity.noun_phrases import Nouns, Parser, Phrase, Range
from onrecord.features.identity.roles import Roles
from onrecord.features.measurement import Kind, Mention


class Identity(TypedDict):
    """What is known of one source at one place."""

    kind: Kind
    mention: Mention
    resolved: str | None
    role: str | None


@dataclass
class Sources:
    """The names of one document, and who spoke last; `identify` is to be called in order of place."""

    document: Document
    names: Names
    nouns: Nouns
    parser: Parser
    antecedents: Antecedents
    roles: Roles

    @classmethod
    def of(cls, document: Document) -> "Sources | None":
        """Learn the names of a document; None where its language has no lexicon of sources."""
        document = headed(document)
        names, nouns = Names.of(document), Nouns.of(document.language)
        if names is None or nouns is None:
            return None
        parser = Parser(document, names, nouns)
        roles = Roles(document, names, nouns, parser)
        return cls(document, names, nouns, parser, Antecedents(document, names, nouns), roles)

    def identify(self, source: Range | None) -> tuple[Identity, ...]:
        """Kind, mention, resolved name and role of the source at a token range (None: nobody is given).

        One identity, or one for each person where several stand together ("Ann Roe and Tom Bell").
        """
        source = self._trimmed(source) if source else None
        if source is None:
            return (Identity(kind=Kind.UNRESOLVED, mention=Mention.NONE, resolved=None, role=None),)
        referent, mention, role = self._pronoun(source) or self._phrase(self.parser.parse(source), source)
        if referent.kind is Kind.NAMED_PERSON and role is None and referent.entity is not None:
            role = self.roles.of(referent.entity)
        self.antecedents.spoke(replace(referent, place=source[0]))
        others = (self._identity(entity, mention) for entity in referent.others)
        return (Identity(kind=referent.kind, mention=mention, resolved=referent.resolved, role=role), *others)

    def dropped(self, cue: Range) -> Identity | None:
        """Who is meant by a verb without a subject, in a language that drops it: who spoke last, or is spoken of."""
        place = cue[0]
        if "dropped_subject" not in self.nouns.grammar.trait:
            return None
        joined = place > 0 and self.document.lower[place - 1] in self.nouns.grammar.copulative
        subject = self.antecedents.subject(place) if joined else None
        referent = subject or self.antecedents.speaker(place)
        several = self.document.lower[cue[1] - 1].endswith(self.nouns.grammar.plural_verb_ending)
        if several and not referent.is_plural:
            referent = NOBODY  # "dicen que": people say
        role = self.roles.of(referent.entity) if referent.entity is not None else None
        return Identity(kind=referent.kind, mention=Mention.NONE, resolved=referent.resolved, role=role)

    def names_at(self, first: int, last: int) -> bool:
        """Whether tokens `first` to `last` are one name of a person or a body, and nothing else."""
        name = self.names.at.get(first)
        return name is not None and (name.begin, name.last) == (first, last) and not name.entity.is_place

    def announcer(self, first: int, last: int) -> Identity | None:
        """The first person named at tokens `first` to `last`, who is about to be quoted; None when nobody is."""
        names = (name for name in reversed(self.antecedents.before(last)) if name.first >= first)
        person = next((name for name in names if name.entity.kind is Kind.NAMED_PERSON), None)
        if person is None:
            return None
        self.antecedents.spoke(replace(_person(person.entity), place=person.first))
        return self._identity(person.entity, Mention.NONE)

    def _identity(self, entity: Entity, mention: Mention) -> Identity:
        return Identity(kind=entity.kind, mention=mention, resolved=entity.name, role=self.roles.of(entity))

    def _trimmed(self, source: Range) -> Range | None:
        """Without the punctuation and the conjunctions at its edges, and without "himself"."""
        first, last = source
        is_word, words, lower = self.document.is_word, self.document.words, self.document.lower
        while first < last - 1 and (not is_word[first] or lower[first] in self.nouns.conjunction):
            first += 1
        while first < last - 1 and (
            lower[last - 1] in self.nouns.reflexive or not (is_word[last - 1] or words[last - 1] == ")")
        ):
            last -= 1
        return (first, last) if first < last else None

    # -- pronouns --------------------------------------------------------------------------------

    def _pronoun(self, source: Range) -> "tuple[Referent, Mention, str | None] | None":
        if source[1] - source[0] > 1:
            return None
        nouns, place = self.nouns, source[0]
        word = self.document.lower[place].partition("'")[0]
        if word in nouns.pronoun_person:
            address = word.partition("_")[0] if word.partition("_")[0] in self.names.words.form_of_address else ""
            return self.antecedents.person(place, nouns.gender(word), address), Mention.PRONOUN, None
        if word in nouns.pronoun_relative:
            relative = self._relative(place)
            if relative is not None or word not in nouns.pronoun_thing:
                return relative or NOBODY, Mention.PRONOUN, None
        if word in nouns.pronoun_group:
            return self.antecedents.group(), Mention.PRONOUN, None
        if word in nouns.pronoun_thing:
            return self.antecedents.thing(place), Mention.PRONOUN, None
        if word in nouns.pronoun_first:  # the author, the reader, or whoever is being quoted
            return NOBODY, Mention.PRONOUN, None
        return None

    def _relative(self, place: int) -> Referent | None:
        """ "Who" is the noun phrase right before it, or the person that an age or a town stands after."""
        before = self.parser.before(place)
        if before is None:
            return None
        phrase = self.parser.parse(before)
        found, _, _ = self._phrase(phrase, before)
        is_people = self.nouns.is_role(phrase.noun) or phrase.noun in self.nouns.unnamed
        is_apart = before[1] < place and not is_people
        if self.document.lower[place] in self.nouns.grammar.personal_relative and (
            is_apart or found.kind is Kind.NAMED_ORGANISATION
        ):
            opens = int(self.document.sentences[self.document.sentence_of[place], 0])
            for name in self.antecedents.before(place):
                if name.entity.kind is Kind.NAMED_PERSON and name.first >= opens:
                    return _person(name.entity)
        return found

    # -- noun phrases ----------------------------------------------------------------------------

    def _phrase(self, phrase: Phrase, source: Range) -> tuple[Referent, Mention, str | None]:
        """A noun phrase: by the name that heads it, or else by its head noun."""
        name = (
            self.parser.apposed(phrase)
            or self.parser.named(phrase)
            or self.parser.holder(phrase)
            or self.parser.addressed(phrase)
        )
        if name is not None and self._is_held(name, phrase):
            name = None
        if name is not None:
            return self._named(name, phrase.pieces, source)
        if phrase.noun in self.nouns.document:
            return self._document(phrase), Mention.DESCRIPTION, None
        example = self.parser.example(source)
        if example is not None:
            return self._named(example, (source,), source)
        if self.nouns.is_role(phrase.noun):
            person = self._role(phrase)
            if person is not NOBODY:
                return person, Mention.DESCRIPTION, None
        if phrase.noun in self.nouns.organisation_noun:
            body, mention = self._body(phrase)
            if body is not NOBODY:
                return body, mention, None
        return self._people(phrase)

    def _is_held(self, name: Name, phrase: Phrase) -> bool:
        """Whether a body is only what a role belongs to, where heads come first ("chủ tịch UBND Alba")."""
        if "head_first" not in self.nouns.grammar.trait or name.entity.kind is not Kind.NAMED_ORGANISATION:
            return False
        before = self.document.lower[phrase.core[0] : name.first]
        return self.nouns.is_role(phrase.noun) and phrase.noun in before

    def _named(self, name: Name, pieces: tuple[Range, ...], source: Range) -> tuple[Referent, Mention, str | None]:
        entity = name.entity
        joint = self.parser.joint(name, source[1])
        is_person = entity.kind is Kind.NAMED_PERSON
        others = tuple(other.entity for other in joint) if is_person else ()
        full = (
            entity.name
            if is_person
            else self.nouns.grammar.joined([entity.name, *(other.entity.name for other in joint)])
        )
        is_part = name.text.lower() != entity.name.lower() or (is_person and " " not in name.text)
        role = self.roles.at(name, pieces) if is_person else None
        referent = Referent(entity.kind, full, entity, bool(joint), is_person, others=others)
        return referent, Mention.PARTIAL if is_part else Mention.NAME, role

    def _document(self, phrase: Phrase) -> Referent:
        piece, (begin, end) = phrase.pieces[0], phrase.core
        is_bare = self.document.lower[begin] in self.nouns.definite and end - begin <= 2 and piece[1] == end
        text = self.antecedents.paper(phrase.noun, self.parser.description(piece), is_bare)
        return Referent(Kind.DOCUMENT, text)

    def _role(self, phrase: Phrase) -> Referent:
        """Whoever has a role: "the senator"; for public roles nobody was said to have, the person spoken of."""
        lower, (begin, end), grammar = self.document.lower, phrase.core, self.nouns.grammar
        one = lower[begin] not in grammar.plural_article
        if phrase.name is not None and phrase.noun in self.names.words.representative:
            return NOBODY  # "a representative of Roe Air"
        if one and (lower[begin] in self.nouns.definite or end - begin == 1 or phrase.name is not None):
            entity = self.antecedents.holder(phrase)
            if entity is not None:
                return _person(entity)
        is_whole = end == phrase.pieces[0][1] or lower[end] in grammar.copulative
        is_public = phrase.noun not in self.nouns.unnamed and not phrase.noun.endswith(grammar.plural_ending)
        if one and lower[begin] in grammar.definite_article and is_whole and is_public:
            return self.antecedents.person(begin, self.nouns.gender(phrase.noun))
        return NOBODY

    def _body(self, phrase: Phrase) -> tuple[Referent, Mention]:
        """ "The Roe campaign", "a panel of the High Court", "the agency"; nobody when none could be looked up."""
        lower, (begin, end), grammar = self.document.lower, phrase.core, self.nouns.grammar
        opening = self.names.at.get(begin)
        is_body = opening is not None and opening.entity.kind is Kind.NAMED_ORGANISATION
        if opening and is_body and "head_first" in grammar.trait and phrase.noun in lower[opening.first : opening.last]:
            return Referent(Kind.NAMED_ORGANISATION, opening.entity.name, opening.entity), Mention.NAME
        article = lower[begin] in grammar.article and end - begin > 1
        text = self.parser.plain(begin + article, end)
        is_national = lower[begin] not in grammar.indefinite_article and not self.names.words.demonym.isdisjoint(
            lower[begin:end]
        )
        if phrase.name is not None or is_national:
            return Referent(Kind.NAMED_ORGANISATION, text), Mention.NAME
        last = phrase.pieces[0][1]
        inner = self.names.at.get(min(end + 1, last - 1)) or self.names.at.get(min(end + 2, last - 1))
        if end < last and lower[end] in self.nouns.naming and inner is not None:
            return Referent(Kind.NAMED_ORGANISATION, inner.entity.name, inner.entity), Mention.NAME
        is_definite = lower[begin] in grammar.definite_article - grammar.plural_article
        if not grammar.definite_article and end - begin > 1 and phrase.noun in self.nouns.well_known:
            return Referent(Kind.NAMED_ORGANISATION, text), Mention.DESCRIPTION
        if is_definite or lower[begin] in grammar.demonstrative or end - begin == 1:
            resolved = self.antecedents.body(phrase.noun, begin)
            is_bare = not grammar.definite_article or "nouns_capitalised" in grammar.trait
            if resolved is None and (is_definite or is_bare) and phrase.noun in self.nouns.well_known:
                resolved = text
            if resolved is not None:
                return Referent(Kind.NAMED_ORGANISATION, resolved), Mention.DESCRIPTION
        return NOBODY, Mention.DESCRIPTION

    def _people(self, phrase: Phrase) -> tuple[Referent, Mention, str | None]:
        """People whom nobody could look up; nobody when the noun is not one for people."""
        noun, words = phrase.noun, self.names.words
        if self.nouns.is_people(noun) or noun in words.demonym or noun in words.known:
            is_plural = self.nouns.grammar.is_plural(noun)
            is_person = not is_plural and (noun in self.nouns.role or noun in self.nouns.unnamed)
            text = self.parser.description(phrase.pieces[0])
            return Referent(Kind.UNNAMED, text, None, is_plural, is_person), Mention.DESCRIPTION, None
        first = self.names.at.get(phrase.core[0])
        is_owner = first is not None and self.document.lower[first.last - 1].endswith(
            self.nouns.grammar.possessive_ending
        )
        if (
            first is not None
            and (first.entity.kind is Kind.NAMED_PERSON or "head_first" in self.nouns.grammar.trait)
            and not is_owner
        ):  # the source runs on into a verb
            return self._named(first, (phrase.core,), phrase.core)
        return NOBODY, Mention.DESCRIPTION, None


def _person(entity: Entity) -> Referent:
    return Referent(Kind.NAMED_PERSON, entity.name, entity, is_person=True)
