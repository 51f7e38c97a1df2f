"""Who a source is: its kind, how it is mentioned, the fullest name the article gives, and the role."""

from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypedDict

from onrecord.features.document import Document
from onrecord.features.lexicon import Lexicon, load
from onrecord.features.measurement import Kind, Mention
from onrecord.features.names import Entity, Name, Names
from onrecord.features.proper_nouns import stem

Range = tuple[int, int]

# Marks that end a noun phrase.
_MARKS = frozenset("([“\"—–:;-’'")
_DETERMINERS = frozenset(
    ("the", "a", "an", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my")
)
_DEFINITE = _DETERMINERS - {"a", "an"}
# How nouns for people end: "drillers", "guitarists", "librarians".
_PEOPLE_ENDS = ("ers", "ists", "ians", "ors", "ees", "men", "women", "ist", "ian")
_REFLEXIVE = frozenset(("himself", "herself", "itself", "themselves"))
_EXAMPLES = frozenset(("including", "like", "as"))
# Words of courtesy tell nobody's role.
_COURTESY = frozenset(("dr", "mr", "mrs", "ms", "miss", "mx", "sir", "dame", "lord", "lady"))
MAX_ROLE_TOKENS = 20
# How far back the antecedent of a pronoun is looked for: mentions, sentences.
MAX_CANDIDATES = 12
MAX_DISTANCE = 6


class Identity(TypedDict):
    """What is known of one source at one place."""

    kind: Kind
    mention: Mention
    resolved: str | None
    role: str | None


@dataclass(frozen=True, slots=True)
class _Nouns:
    """The lexicon's classes of common nouns and pronouns."""

    role: frozenset[str]
    title: frozenset[str]
    organisation_noun: frozenset[str]
    document: frozenset[str]
    unnamed: frozenset[str]
    male: frozenset[str]
    female: frozenset[str]
    pronoun_person: frozenset[str]
    pronoun_group: frozenset[str]
    pronoun_thing: frozenset[str]
    pronoun_first: frozenset[str]
    pronoun_relative: frozenset[str]
    phrase_end: frozenset[str]
    quantity: frozenset[str]

    @classmethod
    def of(cls, lexicon: Lexicon) -> "_Nouns":
        found = {label: lexicon.words(label) for label in cls.__slots__}
        return cls(**{**found, "phrase_end": found["phrase_end"] | _MARKS})


@dataclass(frozen=True, slots=True)
class _Last:
    """The source before: who, and where."""

    place: int
    identity: Identity
    entity: Entity | None
    is_plural: bool
    is_person: bool


@dataclass
class Sources:
    """The names of one document, and who spoke last; `identify` is to be called in order of place."""

    document: Document
    names: Names
    nouns: _Nouns
    last: _Last | None = None
    _starts: list[int] = field(default_factory=list)
    _papers: dict[str, str] = field(default_factory=dict)
    _last_body: str | None = None
    _last_person: Entity | None = None
    _roles: dict[int, str | None] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Document) -> "Sources | None":
        """Learn the names of a document; None where its language has no lexicon of sources."""
        lexicon, names = load("sources", document.language), Names.of(document)
        if lexicon is None or names is None:
            return None
        return cls(document, names, _Nouns.of(lexicon), _starts=[name.begin for name in names.mentions])

    def identify(self, source: Range | None) -> Identity:
        """Kind, mention, resolved name and role of the source at a token range (None: nobody is given)."""
        source = self._trimmed(source) if source else None
        if source is None:
            return _identity(Kind.UNRESOLVED, Mention.NONE, None)
        entity: Entity | None = None
        found = self._pronoun(source)
        if found is None:
            found, entity = self._phrase(source)
        elif found["resolved"]:
            entity = next(
                (name.entity for name in self._before(source[0]) if name.entity.name == found["resolved"]), None
            )
        if found["kind"] is Kind.NAMED_ORGANISATION:
            self._last_body = found["resolved"]
        plural = self._is_plural(source, found)
        noun = self._head_noun(self._core(self._pieces(*source)[0]))
        person = (noun in self.nouns.role or noun in self.nouns.unnamed) and not plural
        if found["mention"] is Mention.PRONOUN and self.last is not None:
            plural, person = self.last.is_plural, self.last.is_person
        self.last = _Last(source[0], found, entity, plural, person)
        return found

    def _trimmed(self, source: Range) -> Range | None:
        """Without the punctuation and the conjunctions at its edges."""
        first, last = source
        words, lower = self.document.is_word, self.document.lower
        while first < last - 1 and (not words[first] or lower[first] in ("and", "but", "or", "as", "so")):
            first += 1
        while last - 1 > first and (
            (not words[last - 1] and self.document.words[last - 1] != ")") or lower[last - 1] in _REFLEXIVE
        ):
            last -= 1
        return (first, last) if first < last else None

    def _is_plural(self, source: Range, found: Identity) -> bool:
        last = self.document.lower[source[1] - 1]
        return (found["kind"] is Kind.UNNAMED and last.endswith("s") and not last.endswith("ss")) or " and " in (
            found["resolved"] or ""
        )

    # -- pronouns --------------------------------------------------------------------------------

    def _pronoun(self, source: Range) -> Identity | None:
        word, nouns = self.document.lower[source[0]].partition("'")[0], self.nouns
        if source[1] - source[0] > 1:
            return None
        if word in nouns.pronoun_person:
            return self._person_pronoun(source[0], "male" if word in nouns.male else "female")
        if word in nouns.pronoun_relative:
            relative = self._relative(source[0])
            if relative is not None:
                return relative
        if word in nouns.pronoun_group:
            return self._group_pronoun(source[0])
        if word in nouns.pronoun_thing or word == "its":
            return self._thing_pronoun(source[0])
        if word in nouns.pronoun_first:  # the author, the reader, or whoever is being quoted
            return _identity(Kind.UNRESOLVED, Mention.PRONOUN, None)
        return _identity(Kind.UNRESOLVED, Mention.PRONOUN, None) if word in nouns.pronoun_relative else None

    def _before(self, place: int) -> list[Name]:
        """The last names before a place, the latest first."""
        at = bisect_left(self._starts, place)
        return self.names.mentions[max(at - MAX_CANDIDATES, 0) : at][::-1]

    def _salience(self, name: Name, place: int, quoted: bool) -> float:
        """How readily a pronoun is taken for a name: near, subject of its sentence, the last to speak."""
        document = self.document
        sentence = int(document.sentence_of[name.first])
        distance = int(document.sentence_of[place]) - sentence
        if distance > MAX_DISTANCE:
            return -99.0
        opening = name.begin - int(document.sentences[sentence, 0])
        score = -float(distance)
        score += 1.0 if opening <= 1 else 0.4 if document.words[name.begin - 1] == "," else 0.0
        score -= 1.5 if document.quoted[name.first] and not quoted else 0.0
        score -= 0.7 if document.lower[name.last - 1].endswith("'s") else 0.0
        score -= 0.5 if document.lower[name.begin - 1] in self.nouns.phrase_end and opening > 0 else 0.0
        if self.last is not None and self.last.entity is name.entity:
            score += 1.5
        return score

    def _person_pronoun(self, place: int, gender: str) -> Identity:
        """The most salient person before, if the gender fits."""
        quoted = bool(self.document.quoted[place])
        best, most = None, -50.0
        for name in self._before(place):
            entity = name.entity
            if (
                entity.kind is not Kind.NAMED_PERSON
                or not entity.is_sure
                or (gender and entity.gender not in ("", gender))
            ):
                continue
            score = self._salience(name, place, quoted) + (0.7 if entity.gender else 0.0)
            if score > most:
                best, most = entity, score
        last = self.last
        if (
            last is not None
            and last.identity["kind"] is Kind.NAMED_PERSON
            and last.entity is not None
            and not last.is_plural
        ):
            distance = int(self.document.sentence_of[place] - self.document.sentence_of[last.place])
            if (not gender or last.entity.gender in ("", gender)) and 1.8 - distance > most:
                best, most = last.entity, 1.8 - distance
        if last is not None and last.identity["kind"] is Kind.UNNAMED and last.is_person:
            distance = int(self.document.sentence_of[place] - self.document.sentence_of[last.place])
            if 1.5 - distance > most:
                return _identity(Kind.UNNAMED, Mention.PRONOUN, last.identity["resolved"])
        if best is None:
            return _identity(Kind.UNRESOLVED, Mention.PRONOUN, None)
        best.gender = best.gender or gender
        self._last_person = best
        return _identity(Kind.NAMED_PERSON, Mention.PRONOUN, best.name, self._role_of(best))

    def _relative(self, place: int) -> Identity | None:
        """ "Who" is the noun phrase right before it."""
        end = place
        document = self.document
        while end > 0 and place - end < 2 and not document.is_word[end - 1]:
            end -= 1
        first = int(document.sentences[document.sentence_of[place], 0])
        if end <= first:
            return None
        name = self.names.at.get(end - 1)
        begin = name.begin if name is not None else end - 1
        while name is None and begin > first and end - begin < 7:
            lower = document.lower[begin - 1]
            if not document.is_word[begin - 1] or lower in self.nouns.phrase_end:
                break
            begin -= 1
            if lower in _DETERMINERS:
                break
        if name is None and self.document.lower[begin] not in _DETERMINERS:
            begin = end - 1
        found, _ = self._phrase((begin, end))
        if end < place and document.lower[place] == "who" and found["kind"] is not Kind.NAMED_PERSON:
            noun = self._head_noun((begin, end))
            persons = [n for n in self._before(place) if n.entity.kind is Kind.NAMED_PERSON and n.first >= first]
            if persons and noun not in self.nouns.role and noun not in self.nouns.unnamed:
                found = _identity(
                    Kind.NAMED_PERSON, Mention.PRONOUN, persons[0].entity.name, self._role_of(persons[0].entity)
                )
        return _identity(found["kind"], Mention.PRONOUN, found["resolved"], found["role"])

    def _group_pronoun(self, place: int) -> Identity:
        """ "They" are the source before, unless that was one person."""
        last = self.last
        if last is not None and (last.identity["kind"] not in (Kind.NAMED_PERSON, Kind.UNRESOLVED) or last.is_plural):
            return _identity(last.identity["kind"], Mention.PRONOUN, last.identity["resolved"])
        return _identity(Kind.UNRESOLVED, Mention.PRONOUN, None)

    def _thing_pronoun(self, place: int) -> Identity:
        """ "It" is the document or the organisation that spoke before, or the last organisation named as a subject."""
        last = self.last
        if last is not None and last.identity["kind"] in (Kind.DOCUMENT, Kind.NAMED_ORGANISATION):
            return _identity(last.identity["kind"], Mention.PRONOUN, last.identity["resolved"])
        quoted = bool(self.document.quoted[place])
        bodies = [name for name in self._before(place) if name.entity.kind is Kind.NAMED_ORGANISATION]
        best = max(bodies, key=lambda name: self._salience(name, place, quoted), default=None)
        if best is not None and self._salience(best, place, quoted) >= 0:
            return _identity(Kind.NAMED_ORGANISATION, Mention.PRONOUN, best.entity.name)
        if self._last_body:
            return _identity(Kind.NAMED_ORGANISATION, Mention.PRONOUN, self._last_body)
        return _identity(Kind.UNRESOLVED, Mention.PRONOUN, None)

    # -- noun phrases ----------------------------------------------------------------------------

    def _phrase(self, source: Range) -> tuple[Identity, Entity | None]:
        """A noun phrase: by the name that heads it, or else by its head noun."""
        pieces = self._pieces(*source)
        core = self._core(pieces[0])
        if core[0] not in self.names.at:
            core = self._inner(pieces[0], core)
        name = self._last_name(core)
        if name is not None and name.entity.is_place and len(pieces) > 1 and name.last >= core[1]:
            second = self.names.at.get(pieces[1][0])  # "Alton, Mayor Ann Roe"
            name = second if second is not None and second.entity.kind is Kind.NAMED_PERSON else name
            if name is second and second is not None:
                return self._named(second, pieces, source)
        if name is not None and name.last >= core[1]:
            return self._named(name, pieces, source)
        noun = self._head_noun(core)
        if len(pieces) > 1:
            apposed_core = self._core(pieces[1])
            apposed = self._last_name(apposed_core)
            if (
                apposed is not None
                and apposed is not name
                and apposed.last >= apposed_core[1]
                and self._agrees(noun, apposed)
            ):
                return self._named(apposed, pieces, source)
        example = self._example(source)
        if example is not None and noun not in self.nouns.document:
            return self._named(example, [source], source)
        return self._described(noun, core, pieces[0], name)

    def _agrees(self, noun: str, name: Name) -> bool:
        """Whether a noun can be said of a name: a role of a person, a kind of body of an organisation."""
        nouns = self.nouns
        if name.entity.kind is Kind.NAMED_PERSON:
            return noun in nouns.role or noun in nouns.title or noun in nouns.unnamed
        return noun in nouns.organisation_noun

    def _pieces(self, first: int, last: int) -> list[Range]:
        """A phrase cut at its commas."""
        cuts = [first - 1] + [i for i in range(first, last) if self.document.words[i] == ","] + [last]
        return [(a + 1, b) for a, b in pairwise(cuts) if b > a + 1] or [(first, last)]

    def _core(self, piece: Range) -> Range:
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
        """Whether a noun phrase ends before token i; the apostrophe of "the Bells' lawyer" does not end it."""
        document = self.document
        if document.words[i] in "'’" and i + 1 < last and document.lower[i - 1].endswith("s"):
            return False
        return document.lower[i] in self.nouns.phrase_end or self._is_participle(i)

    def _is_participle(self, i: int) -> bool:
        """Whether a word behind a noun tells what was done to it or what it does ("a study released on Friday")."""
        lower = self.document.lower
        return lower[i].endswith(("ed", "ing")) and (
            lower[i - 1] in self.nouns.document or lower[i - 1] in self.nouns.unnamed
        )

    def _inner(self, piece: Range, core: Range) -> Range:
        """What "one of the polls" and "national and local polls" are about."""
        lower, end = self.document.lower, core[1]
        if end + 1 < piece[1] and lower[end] == "of" and lower[end - 1] in self.nouns.quantity:
            return self._core((end + 1, piece[1]))
        if (
            end + 1 < piece[1]
            and lower[end] in ("and", "or")
            and core[1] - core[0] == 1
            and not lower[core[0]].endswith("s")
        ):
            return core[0], self._core((end + 1, piece[1]))[1]
        return core

    def _last_name(self, core: Range) -> Name | None:
        found, i = None, core[0]
        while i < core[1]:
            name = self.names.at.get(i)
            if name is not None:
                found, i = name, max(name.last, i + 1)
            else:
                i += 1
        return found

    def _example(self, source: Range) -> Name | None:
        """The name in "critics, including Ann Roe"."""
        for i in range(source[0] + 1, source[1] - 1):
            if self.document.lower[i] in _EXAMPLES and (
                self.document.lower[i] != "as" or self.document.lower[i - 1] == "such"
            ):
                return self.names.at.get(i + 1)
        return None

    def _head_noun(self, core: Range) -> str:
        """The last word of the core."""
        return next(
            (stem(self.document.lower[i]) for i in range(core[1] - 1, core[0] - 1, -1) if self.document.is_word[i]), ""
        )

    def _named(self, name: Name, pieces: list[Range], source: Range) -> tuple[Identity, Entity | None]:
        entity = name.entity
        full = entity.name
        joint = self._joint(name, source)
        if joint:
            full = " and ".join([full, *(other.entity.name for other in joint)])
        partial = name.text.lower() != entity.name.lower() or (
            " " not in name.text and entity.kind is Kind.NAMED_PERSON
        )
        role = None
        if entity.kind is Kind.NAMED_PERSON:
            role = self._role(name, pieces, source) or self._role_of(entity)
        return _identity(entity.kind, Mention.PARTIAL if partial else Mention.NAME, full, role), entity

    def _joint(self, name: Name, source: Range) -> list[Name]:
        """The other names of the same kind in "Ann Roe and Tom Bell"."""
        lower, joint, i = self.document.lower, list[Name](), name.last
        while i + 1 < source[1] and lower[i] in ("and", ",", "or"):
            i += 1 + (lower[i] == "," and lower[i + 1] == "and")
            other = self.names.at.get(i)
            if other is None or other.entity.kind is not name.entity.kind or other.entity is name.entity:
                break
            joint.append(other)
            i = max(other.last, i + 1)
        listed = any(lower[k] == "and" for k in range(name.last, source[1]))
        return joint if listed else []

    # -- roles -----------------------------------------------------------------------------------

    def _role_of(self, entity: Entity) -> str | None:
        """The role that the article gives a person wherever it first tells one."""
        key = id(entity)
        if key not in self._roles:
            self._roles[key] = None
            for place in entity.places[:4]:
                name = self.names.at[place]
                role = self._role(name, [(name.first, name.last)], (name.begin, name.last))
                if role:
                    self._roles[key] = role
                    break
        return self._roles[key]

    def _role(self, name: Name, pieces: list[Range], source: Range) -> str | None:
        """What stands before a name and what the first apposition says of it, courtesy left out."""
        head = pieces[0][0]
        if head < name.begin:
            before = self._plain(head, name.first)
        else:
            start = self._role_start(name)
            before = self._plain(start, name.first) if start < name.first else ""
        inner = next((self._plain(*p) for p in pieces[1:] if not p[0] <= name.first < p[1]), "")
        after = inner or self._apposition(name)
        words = [word for word in before.strip(", ").split() if word.lower().rstrip(".") not in _COURTESY]
        before = " ".join(words)
        return ", ".join(part for part in (before, after) if part and part.lower() not in ("the", "and")) or None

    def _role_start(self, name: Name) -> int:
        """Where the titles and role nouns before a name begin: "party spokesman Tom Bell"."""
        document, nouns = self.document, self.nouns
        start = name.begin
        if start == 0 or not (document.lower[start - 1] in nouns.role or document.lower[start - 1] in nouns.title):
            return start
        opens = int(document.sentences[document.sentence_of[name.first], 0])
        while start > max(opens, name.begin - 6):
            word = document.lower[start - 1]
            if (
                not document.is_word[start - 1]
                or word in self.nouns.phrase_end
                or word in _DETERMINERS
                or word in nouns.pronoun_first
            ):
                break
            start -= 1
        return start

    def _apposition(self, name: Name) -> str:
        """What follows a name between commas, if it tells a role."""
        document, nouns = self.document, self.nouns
        i, n = name.last, len(document.words)
        if i + 1 >= n or document.words[i] != ",":
            return ""
        end = i + 1
        while end < min(n, i + 1 + MAX_ROLE_TOKENS) and (document.is_word[end] or document.words[end] == "."):
            end += 1
        words = document.lower[i + 1 : end]
        tells = any(word in nouns.role or word in nouns.title for word in words[:8])
        closed = (end < n and document.words[end] in ',;—–"”') or (end > i + 1 and document.words[end - 1] == ".")
        return self._plain(i + 1, end).rstrip(".") if words and tells and closed else ""

    # -- descriptions ----------------------------------------------------------------------------

    def _described(self, noun: str, core: Range, piece: Range, name: Name | None) -> tuple[Identity, Entity | None]:
        """A description without a name at its head: "the report", "the senator", "the Roe campaign", "officials"."""
        nouns = self.nouns
        noun = noun or self.document.lower[core[0]]
        definite = self.document.lower[core[0]] in _DEFINITE
        if noun in nouns.document and not self._is_person(noun, definite, core):
            return self._paper(noun, piece, core), None
        if noun in nouns.role or noun in nouns.title:
            entity = self._holder(noun, core) if definite or core[1] - core[0] == 1 or name is not None else None
            if entity is not None:
                return _identity(
                    Kind.NAMED_PERSON, Mention.DESCRIPTION, entity.name, self._role_of(entity) or noun
                ), entity
            if (
                self.document.lower[core[0]] == "the"
                and (piece[1] == core[1] or self.document.lower[core[1]] == "and")
                and noun not in nouns.unnamed
                and not noun.endswith("s")
            ):
                gender = "male" if noun in nouns.male else "female" if noun in nouns.female else ""
                meant = self._person_pronoun(core[0], gender)
                if meant["kind"] is not Kind.UNRESOLVED:
                    return _identity(
                        meant["kind"], Mention.DESCRIPTION, meant["resolved"], meant["role"]
                    ), self._last_person
        if noun in nouns.organisation_noun:
            body = self._body(noun, core, piece, name)
            if body is not None:
                return body, None
        if self._is_people(noun, core):
            return _identity(Kind.UNNAMED, Mention.DESCRIPTION, self._plain(*self._stretch(piece))), None
        return _identity(Kind.UNRESOLVED, Mention.DESCRIPTION, None), None

    def _is_people(self, noun: str, core: Range) -> bool:
        """Whether a noun is one for people or bodies of them."""
        nouns, demonyms = self.nouns, self.names.words.demonym
        if noun in nouns.unnamed or noun in nouns.role or noun in nouns.title or noun in nouns.organisation_noun:
            return True
        if noun in demonyms or noun in self.nouns.quantity or noun in self.names.words.known:
            return True
        return noun.endswith(_PEOPLE_ENDS) and len(noun) > 5

    def _is_person(self, noun: str, definite: bool, core: Range) -> bool:
        return noun in self.nouns.role and noun in self.names.roles

    def _key(self, noun: str) -> str:
        return self.names.synonyms.get(noun, noun)

    def _holder(self, noun: str, core: Range) -> Entity | None:
        """Whoever was said to be what most words of a description say, the last one before it or the first after."""
        lower = self.document.lower
        words = [self._key(stem(word)) for word in lower[core[0] : core[1]]]
        if {"former", "ex", "another", "a", "an"} & set(words):
            return None
        head = "vice president" if words[-2:-1] == ["vice"] else self._key(noun)
        scores: dict[int, tuple[float, int, Entity]] = {}
        for word in {*words, head}:
            held = self.names.roles.get(word, ())
            at = bisect_left(held, core[0], key=lambda pair: pair[0])
            for place, entity in held[max(at - MAX_CANDIDATES, 0) : at + 3]:
                score, last, _ = scores.get(id(entity), (0.0, -place - len(lower), entity))
                scores[id(entity)] = (score, max(last, place if place < core[0] else -place), entity)
            for entity in {id(e): e for _, e in held[max(at - MAX_CANDIDATES, 0) : at + 3]}.values():
                score, last, _ = scores[id(entity)]
                scores[id(entity)] = (score + (1.5 if word == head else 1.0), last, entity)
        best = max(scores.values(), key=lambda found: found[:2], default=None)
        return best[2] if best is not None and best[0] >= 1 else None

    def _paper(self, noun: str, piece: Range, core: Range) -> Identity:
        """A document; "the poll" is the one that was described before."""
        key = self._key(noun)
        definite = self.document.lower[core[0]] in ("the", "this", "that", "its")
        bare = piece[1] - piece[0] <= 2
        text = self._plain(*self._stretch(piece))
        if definite and bare and key in self._papers:
            return _identity(Kind.DOCUMENT, Mention.DESCRIPTION, self._papers[key])
        self._papers[key] = text
        return _identity(Kind.DOCUMENT, Mention.DESCRIPTION, text)

    def _stretch(self, piece: Range) -> Range:
        """A description without the relative clause after it."""
        lower = self.document.lower
        end = next((i for i in range(piece[0] + 1, piece[1]) if lower[i] in ("which", "that", "who")), piece[1])
        return piece[0], end

    def _body(self, noun: str, core: Range, piece: Range, name: Name | None) -> Identity | None:
        """ "The Roe campaign", "a panel of the High Court", "the agency"; None when nobody could look it up."""
        text = self._without_article(core)
        if name is not None:
            return _identity(Kind.NAMED_ORGANISATION, Mention.NAME, text)
        inner = self.names.at.get(min(core[1] + 1, piece[1] - 1)) or self.names.at.get(min(core[1] + 2, piece[1] - 1))
        if core[1] < piece[1] and self.document.lower[core[1]] == "of" and inner is not None:
            return _identity(Kind.NAMED_ORGANISATION, Mention.NAME, inner.entity.name)
        lower = self.document.lower
        if lower[core[0]] in ("the", "this", "that") or core[1] - core[0] == 1:
            resolved = self._antecedent_body(noun, core[0])
            if resolved is not None:
                return _identity(Kind.NAMED_ORGANISATION, Mention.DESCRIPTION, resolved)
        if lower[core[0]] == "the" and noun in ("government", "administration", "campaign"):
            return _identity(Kind.NAMED_ORGANISATION, Mention.DESCRIPTION, text)
        return None

    def _antecedent_body(self, noun: str, place: int) -> str | None:
        """The organisation meant by "the agency": one whose name has that noun, or the last one."""
        held = self.names.bodies.get(noun, ())
        at = bisect_left(held, place, key=lambda pair: pair[0])
        if held:
            return held[max(at - 1, 0)][1]
        mentions = [name for name in self._before(place) if name.entity.kind is Kind.NAMED_ORGANISATION]
        before = [name.entity for name in mentions]
        named = next((e for e in before if noun in e.name.lower().split()), None)
        if named is not None:
            return named.name
        if noun in ("police", "court", "department"):
            return None
        if noun in ("government", "country", "state", "city"):
            return next((e.name for e in before if e.is_place), None)
        last = self.last
        if last is not None and last.identity["kind"] is Kind.NAMED_ORGANISATION:
            return last.identity["resolved"]
        quoted = bool(self.document.quoted[place])
        others = [name for name in mentions if not name.entity.is_place]
        best = max(others, key=lambda name: self._salience(name, place, quoted), default=None)
        return best.entity.name if best is not None else self._last_body

    # -- text ------------------------------------------------------------------------------------

    def _plain(self, first: int, last: int) -> str:
        """The text of a range on one line."""
        return " ".join(self.document.text_of(self.document.span(first, last)).split()) if first < last else ""

    def _without_article(self, core: Range) -> str:
        article = self.document.lower[core[0]] in ("the", "a", "an")
        return self._plain(core[0] + (article and core[1] - core[0] > 1), core[1])


def _identity(kind: Kind, mention: Mention, resolved: str | None, role: str | None = None) -> Identity:
    return Identity(kind=kind, mention=mention, resolved=resolved, role=role)
