"""Antecedents: who is meant by "she", "the senator", "it", "the agency" or "the poll".

A candidate is the more salient the nearer it stands, as the subject of its sentence, outside quotations, as the last
to speak (after Lappin and Leass 1994, "An Algorithm for Pronominal Anaphora Resolution", Computational Linguistics 20).
"""

from bisect import bisect_left
from dataclasses import dataclass, field

from onrecord.features.document import Document
from onrecord.features.identity.names import DEPUTY, Entity, Name, Names
from onrecord.features.identity.noun_phrases import Nouns, Phrase
from onrecord.features.measurement import Kind

# How far back is looked: mentions, sentences.
MAX_CANDIDATES = 12
MAX_DISTANCE = 6
# A verb without a subject goes on with who spoke so many sentences before at most.
MAX_SILENCE = 3
# What counts for and against a candidate, in sentences of distance.
_SUBJECT, _AFTER_COMMA, _LAST_SPEAKER, _SAME_GENDER, _SAME_ADDRESS = 1.4, 0.8, 1.5, 1.2, 1.2
_QUOTED, _POSSESSIVE, _OBJECT = 2.5, 0.7, 0.5
# The last source itself, though its name may stand further back.
_LAST_PERSON, _LAST_UNNAMED = 1.8, 0.8
# A description fits if its head or the party fits; other words only choose between those that do.
_FITS = 10.0


@dataclass(frozen=True, slots=True)
class Referent:
    """Who or what is meant: a kind, the name or the description, the entity the article names, others named with it."""

    kind: Kind
    resolved: str | None
    entity: Entity | None = None
    is_plural: bool = False
    is_person: bool = False
    place: int = 0
    others: tuple[Entity, ...] = ()


NOBODY = Referent(Kind.UNRESOLVED, None)


@dataclass
class Antecedents:
    """What the statements of a document have been about so far; places must not go back."""

    document: Document
    names: Names
    nouns: Nouns
    last: Referent | None = None
    _last_body: str | None = None
    _papers: dict[str, str] = field(default_factory=dict)
    _starts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._starts = [name.begin for name in self.names.mentions]

    def spoke(self, referent: Referent) -> None:
        """Note who spoke last."""
        self.last = referent
        if referent.kind is Kind.NAMED_ORGANISATION:
            self._last_body = referent.resolved

    def before(self, place: int) -> list[Name]:
        """The last names before a place, the latest first."""
        at = bisect_left(self._starts, place)
        return self.names.mentions[max(at - MAX_CANDIDATES, 0) : at][::-1]

    def key(self, noun: str) -> str:
        """The noun under which synonyms ("survey", "poll") are kept."""
        return self.names.synonyms.get(noun, noun)

    def _salience(self, name: Name, place: int) -> float:
        document = self.document
        sentence = int(document.sentence_of[name.first])
        distance = int(document.sentence_of[place]) - sentence
        if distance > MAX_DISTANCE:
            return -100.0
        opening = name.begin - int(document.sentences[sentence, 0])
        score = -float(distance)
        score += _SUBJECT if opening <= 1 else _AFTER_COMMA if document.words[name.begin - 1] == "," else 0.0
        score -= _QUOTED if document.quoted[name.first] and not document.quoted[place] else 0.0
        score -= _POSSESSIVE if document.lower[name.last - 1].endswith(self.nouns.grammar.possessive_ending) else 0.0
        score -= _OBJECT if opening > 0 and document.lower[name.begin - 1] in self.nouns.phrase_end else 0.0
        return score + (_LAST_SPEAKER if self.last is not None and self.last.entity is name.entity else 0.0)

    def person(self, place: int, gender: str, address: str = "") -> Referent:
        """The most salient person before a place, if the gender ("" for any) fits, and how people are addressed."""
        best, most = NOBODY, -50.0
        for name in self.before(place):
            entity = name.entity
            fits = not gender or entity.gender in ("", gender)
            often = len(entity.places) > 1 and not address
            is_sure = entity.is_sure and (" " in entity.name or bool(entity.gender or entity.addresses) or often)
            if entity.kind is not Kind.NAMED_PERSON or not is_sure or not (fits and _is_called(entity, address)):
                continue
            score = self._salience(name, place) + (_SAME_GENDER if entity.gender else 0.0)
            score += _SAME_ADDRESS if address in entity.addresses else 0.0
            if score > most:
                best, most = Referent(Kind.NAMED_PERSON, entity.name, entity, is_person=True), score
        last = self.last
        if last is not None and last.is_person and not last.is_plural:
            score = (_LAST_PERSON if last.entity else _LAST_UNNAMED) - float(self._distance(last.place, place))
            fits = last.entity is None or (
                (not gender or last.entity.gender in ("", gender)) and _is_called(last.entity, address)
            )
            if fits and score > most:
                best = last
        if best.entity is not None and gender:
            best.entity.gender = gender
        if best.entity is not None and address:
            best.entity.addresses.add(address)
        return best

    def subject(self, place: int) -> Referent | None:
        """The name that opens the sentence of a place ("Roe came late and said ..."); None where none does."""
        opens = int(self.document.sentences[self.document.sentence_of[place], 0])
        names = [name for name in self.before(place) if opens <= name.begin <= opens + 1 and not name.entity.is_place]
        return Referent(names[0].entity.kind, names[0].entity.name, names[0].entity) if names else None

    def speaker(self, place: int) -> Referent:
        """Whoever goes on at a place without being named: who spoke right before, or a person who came up since."""
        last = self.last if self.last is not None and self.last.kind is not Kind.UNRESOLVED else None
        silence = self._distance(last.place, place) if last is not None else MAX_SILENCE + 1
        if last is not None and silence <= 1:
            return last
        person = self.person(place, "")
        return last if last is not None and person is NOBODY and silence <= MAX_SILENCE else person

    def _distance(self, first: int, last: int) -> int:
        return int(self.document.sentence_of[last]) - int(self.document.sentence_of[first])

    def group(self) -> Referent:
        """ "They" are the source before, unless that was one person."""
        last = self.last
        if last is None or last.kind is Kind.UNRESOLVED or (last.kind is Kind.NAMED_PERSON and not last.is_plural):
            return NOBODY
        return last

    def thing(self, place: int) -> Referent:
        """ "It" is the document or the organisation that spoke before, or the organisation most salient."""
        if self.last is not None and self.last.kind in (Kind.DOCUMENT, Kind.NAMED_ORGANISATION):
            return self.last
        bodies = [name for name in self.before(place) if name.entity.kind is Kind.NAMED_ORGANISATION]
        best = max(bodies, key=lambda name: self._salience(name, place), default=None)
        if best is not None and self._salience(best, place) >= 0:
            return Referent(Kind.NAMED_ORGANISATION, best.entity.name, best.entity)
        return Referent(Kind.NAMED_ORGANISATION, self._last_body) if self._last_body else NOBODY

    def holder(self, phrase: Phrase) -> Entity | None:
        """Whoever was said to be what most words of a description say: the last before it, or the first after it."""
        begin, end = phrase.core
        words = [self.key(self.nouns.grammar.stem(word)) for word in self.document.lower[begin:end]]
        if not self.nouns.another.isdisjoint(words):
            return None
        is_deputy = len(words) > 1 and words[-2] in self.nouns.grammar.deputy
        head = DEPUTY if is_deputy else self.key(phrase.noun)
        scores: dict[int, tuple[float, int]] = {}
        entities: dict[int, Entity] = {}
        for word in {*words, head}:
            held = self.names.roles.get(word, ())
            at = bisect_left(held, begin, key=lambda pair: pair[0])
            weight = _FITS + 2 if word in self.names.words.demonym else _FITS if word == head else 1.0
            near = {id(entity): (place, entity) for place, entity in held[max(at - MAX_CANDIDATES, 0) : at + 3]}
            for key, (place, entity) in near.items():
                score, latest = scores.get(key, (0.0, -2 * len(self.document.lower)))
                scores[key] = (score + weight, max(latest, place if place < begin else -place))
                entities[key] = entity
        best = max(scores, key=lambda key: scores[key], default=None)
        return entities[best] if best is not None and scores[best][0] >= _FITS else None

    def body(self, noun: str, place: int) -> str | None:
        """The organisation meant by "the agency": one whose name has that noun, or else the most salient."""
        held = self.names.bodies.get(noun, ())
        if held:
            return held[max(bisect_left(held, place, key=lambda pair: pair[0]) - 1, 0)][1]
        mentions = [name for name in self.before(place) if name.entity.kind is Kind.NAMED_ORGANISATION]
        named = next((name.entity for name in mentions if noun in name.entity.name.lower().split()), None)
        if named is not None or noun in self.nouns.only_by_name:
            return named.name if named is not None else None
        if noun in self.nouns.territory:
            return next((name.entity.name for name in mentions if name.entity.is_place), None)
        if self.last is not None and self.last.kind is Kind.NAMED_ORGANISATION:
            return self.last.resolved
        others = [name for name in mentions if not name.entity.is_place]
        best = max(others, key=lambda name: self._salience(name, place), default=None)
        return best.entity.name if best is not None else self._last_body

    def paper(self, noun: str, text: str, is_bare: bool) -> str:
        """The document meant: "the poll" (`is_bare`) is the one that was described before."""
        key = self.key(noun)
        if not is_bare or key not in self._papers:
            self._papers[key] = text
        return self._papers[key]


def _is_called(entity: Entity, address: str) -> bool:
    """Whether a pronoun that is a form of address ("anh") may mean somebody: not where others are used of them."""
    return not address or not entity.addresses or address in entity.addresses
