"""The proper names of an article: who is meant by each, learnt within the article.

The press gives a full name first, and the surname, the title or the acronym later; so full names are learnt from the
whole text before anything shorter is resolved. Only capitalised words are looked at.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from onrecord.features.document import Document
from onrecord.features.identity.capitals import on_names
from onrecord.features.identity.naming import ProperNoun
from onrecord.features.identity.proper_nouns import find
from onrecord.features.identity.words import Words
from onrecord.features.lexicon import load
from onrecord.features.measurement import Kind

# How many people of one surname are told apart.
MAX_NAMESAKES = 16
# What the roles of all deputies ("vice president") are kept under: no single word.
DEPUTY = "deputy of"
# How far before a name its role may begin.
MAX_ROLE_TOKENS = 9


@dataclass(slots=True)
class Entity:
    """Somebody (or some body) that the article names.

    Attributes:
        name: the fullest name it gives.
        is_sure: whether more than the capital of a sentence's first word speaks for a name.
        addresses: the forms of address before the name ("ông"), where they are pronouns too.
        places: the first tokens of all mentions, in order.
    """

    name: str
    kind: Kind
    gender: str = ""
    is_place: bool = False
    is_sure: bool = False
    addresses: set[str] = field(default_factory=set)
    places: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Name:
    """One mention: titles from token `begin`, the name itself at tokens `first` to `last`."""

    begin: int
    first: int
    last: int
    text: str
    entity: Entity


@dataclass
class Names:
    """The names of one document.

    Attributes:
        mentions: in order of place.
        at: the mention that each token belongs to, titles included.
        roles: for each word of a role ("senator"), the places where somebody was said to have it, and who.
        bodies: for each noun ("campaign"), the places of what is called by a name and that noun ("Roe campaign").
    """

    document: Document
    words: Words
    synonyms: dict[str, str]
    mentions: list[Name] = field(default_factory=list)
    at: dict[int, Name] = field(default_factory=dict)
    roles: dict[str, list[tuple[int, Entity]]] = field(default_factory=lambda: defaultdict(list))
    bodies: dict[str, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    _named_bodies: set[tuple[str, ...]] = field(default_factory=set)
    _surnames: dict[str, list[Entity]] = field(default_factory=lambda: defaultdict(list))
    _given: dict[str, list[Entity]] = field(default_factory=lambda: defaultdict(list))
    _bodies: dict[str, Entity] = field(default_factory=dict)
    _acronyms: dict[str, Entity] = field(default_factory=dict)
    _heads: dict[str, Entity] = field(default_factory=dict)
    _tails: dict[str, list[Entity]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, document: Document) -> "Names | None":
        """Learn the names of a document, in time linear in its length; None where its language has no lexicons."""
        words, sources = Words.of(document.language), load("sources", document.language)
        if words is None or sources is None:
            return None
        synonyms = {
            word: label.partition(":")[2] for label in sources.classes if ":" in label for word in sources.words(label)
        }
        learnt = cls(document, words, synonyms)
        found = find(on_names(document, words), words)
        learnt._named_bodies.update(one.words for one in found if one.kind is Kind.NAMED_ORGANISATION)
        for one in found:
            if len(one.words) > 1 and not one.is_headline:
                learnt._learn(one)
        for one in found:
            learnt._mention(one)
        return learnt

    # -- who is meant ----------------------------------------------------------------------------

    def _learn(self, found: ProperNoun) -> Entity:
        """The entity of a full name, new or known."""
        is_person = found.kind is Kind.NAMED_PERSON and (found.has_title or found.words not in self._named_bodies)
        return self._person(found) if is_person else self._body(found)

    def _person(self, found: ProperNoun) -> Entity:
        bare = self.words.grammar.bare
        given, surname = bare(found.words[0]), self._surname(found.words)
        for entity in self._surnames[surname][:MAX_NAMESAKES]:
            other = [bare(word) for word in entity.name.lower().split()]
            initial = other[0][:1] == given[:1] and "." in (other[0][1:2], given[1:2], found.text[1:2])
            if len(found.words) == 1 or initial or given in other[:-1] or other[0] in map(bare, found.words[:-1]):
                if self._is_fuller(found, entity.name.lower().split()):
                    entity.name, entity.gender = found.text, entity.gender or self._gender(found.words[0])
                return entity
        entity = Entity(found.text, Kind.NAMED_PERSON, self._gender(found.words[0]))
        self._surnames[surname].append(entity)
        if (
            len(found.words) > 2
            and "two_surnames" in self.words.grammar.trait
            and found.words[-2] not in self.words.given
        ):
            self._surnames[found.words[-2]].append(entity)
        if len(found.words) > 1:
            self._given[given].append(entity)
        return entity

    def _is_fuller(self, found: ProperNoun, name: list[str]) -> bool:
        """Whether a mention tells more of a person than the name so far: more words, or a first name uninflected."""
        if len(found.text.split()) != len(name):
            return len(found.text.split()) > len(name)
        inflects, told = bool(self.words.grammar.case_ending), self._gender(found.words[0])
        return inflects and bool(told) and not self._gender(name[0])

    def _body(self, found: ProperNoun) -> Entity:
        """The entity of an organisation or a place by its whole name."""
        whole, key = " ".join(found.words), " ".join(map(self.words.grammar.bare, found.words))
        entity = self._bodies.get(key)
        short = self._abbreviated(found.words) if entity is None else ()
        if entity is None and (known := next((k for k in short if k in self._bodies), None)):
            entity = self._bodies[key] = self._bodies[known]
            entity.name = found.text
        if entity is None:
            entity = Entity(found.text, Kind.NAMED_ORGANISATION, is_place=whole in self.words.place or found.is_where)
            self._bodies.update(dict.fromkeys((key, *short), entity))
            if len(found.words) > 1 and not entity.is_place:
                self._learn_short(found, entity)
        return entity

    def _abbreviated(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """A body's name with initials for its words ("Sở GTVT" for "Sở Giao thông vận tải Hà Nội"), without its place.

        Only in a language whose words have several syllables, each of which gives an initial.
        """
        grammar = self.words.grammar
        if not grammar.rime or words[0] not in self.words.organisation:
            return ()
        some = (self.words.place, grammar.place_noun, self.words.demonym)
        end = next((k for k in range(1, len(words)) if any(words[k] in each for each in some)), len(words))
        syllables = [part for word in words[1:end] if word not in grammar.copulative for part in word.split("_")]
        if len(syllables) < 3:
            return ()
        short = f"{words[0]} {''.join(part[0] for part in syllables)}"
        return (" ".join((short, *words[end:])), short) if end < len(words) else (short,)

    def _learn_short(self, found: ProperNoun, entity: Entity) -> None:
        """What else an organisation is known by: its acronym, its first word, its last."""
        words, document = found.words, self.document
        joins, articles = self.words.join, self.words.grammar.definite_article
        self._acronyms.setdefault("".join(w[0] for w in words if w not in joins and w not in articles), entity)
        self._acronyms.setdefault("".join(w[0] for w in words), entity)
        bracket = found.last + 2 < len(document.words) and document.words[found.last] == "("
        if bracket and document.words[found.last + 2] == ")":
            self._acronyms[document.lower[found.last + 1].replace(".", "")] = entity
        if not (
            words[0] in self.words.organisation_word or words[0] in self.words.place or words[0] in self.words.weak
        ):
            self._heads.setdefault(words[0], entity)
        self._tails[words[-1]].append(entity)

    def _mention(self, found: ProperNoun) -> None:
        if found.kind is Kind.UNRESOLVED and self.words.grammar.bare(found.words[0]) not in self._surnames:
            return  # "President", unless somebody's name is that
        if found.is_headline and len(found.words) > 1:
            known = self._known(found)
            if known is None:
                return
            found = known
        entity = self._meant(found)
        entity.is_sure |= not found.opens or len(found.words) > 1
        name = Name(found.begin, found.first, found.last, found.text, entity)
        entity.places.append(found.first)
        if found.first and self.document.lower[found.first - 1] in self.words.form_of_address:
            entity.addresses.add(self.document.lower[found.first - 1])
        self.mentions.append(name)
        for i in range(found.begin, found.last):
            self.at[i] = name
        if entity.kind is Kind.NAMED_PERSON:
            self._learn_roles(name)
        noun = self.document.lower[name.last] if name.last < len(self.document.lower) else ""
        if noun in self.words.organisation_noun:
            text = self.document.text_of(self.document.span(name.first, name.last + 1))
            self.bodies[noun].append((name.first, " ".join(text.split())))

    def _known(self, found: ProperNoun) -> ProperNoun | None:
        """What part of a headline's capitals is a name that the article gives elsewhere; None when none is."""
        words, key = self.words, " ".join(found.words)
        if key in self._bodies or key in words.known or found.words[-1] in self._surnames:
            return found
        if found.words[0] in words.given and found.last - found.first >= 2:
            text = " ".join(self.document.words[found.first : found.first + 2])
            return found._replace(last=found.first + 2, text=text, words=found.words[:2], kind=Kind.NAMED_PERSON)
        if found.words[-1] in words.organisation and len(found.words) <= 3:
            return found
        for i in range(found.first, found.last):
            word = words.grammar.stem(self.document.lower[i])
            if word in self._surnames:
                text = self.document.words[i]
                return found._replace(last=i + 1, text=text, words=(word,), kind=Kind.NAMED_PERSON, has_title=False)
        return None

    def _meant(self, found: ProperNoun) -> Entity:
        if len(found.words) > 1:
            return self._learn(found) if found.kind is Kind.NAMED_PERSON else self._part(found) or self._body(found)
        word = found.words[0]
        plain = word.replace(".", "")
        if found.kind is Kind.NAMED_ORGANISATION and not found.has_title:
            if plain in self._acronyms and found.text.isupper():
                return self._acronyms[plain]
            if found.has_article and self._tails.get(word) and word not in self.words.known:
                return self._tails[word][0]
            if word in self.words.known or word in self.words.place:
                return self._body(found)
        persons = [e for e in self._surnames.get(self.words.strict(word), ())[:MAX_NAMESAKES] if self._fits(e, found)]
        if not persons and len(self._given.get(word, ())) == 1:
            persons = self._given[word]
        if persons:
            return max(persons, key=lambda entity: len(entity.places))
        if word in self._heads and not found.has_title:
            return self._heads[word]
        return self._body(found) if found.kind is Kind.NAMED_ORGANISATION else self._person(found)

    def _part(self, found: ProperNoun) -> Entity | None:
        """The longer name of which an organisation's is a part ("Security Council")."""
        if " ".join(found.words) in self.words.known:
            return None
        for entity in self._tails.get(found.words[-1], ())[:8]:
            if tuple(entity.name.lower().split()[-len(found.words) :]) == found.words:
                return entity
        return None

    def _gender(self, given: str) -> str:
        return "male" if given in self.words.given_male else "female" if given in self.words.given_female else ""

    def _fits(self, entity: Entity, found: ProperNoun) -> bool:
        """Whether a title's gender ("Mrs.") fits."""
        gender = self._gender_of_titles(found.begin, found.first)
        return not gender or not entity.gender or gender == entity.gender

    def _gender_of_titles(self, first: int, last: int) -> str:
        for word in self.document.lower[first:last]:
            if word in self.words.male:
                return "male"
            if word in self.words.female:
                return "female"
        return ""

    def _learn_roles(self, name: Name) -> None:
        """Roles, titles and parties before a name, and in the apposition after it."""
        lower, words, grammar = self.document.lower, self.document.words, self.words.grammar
        start = self.role_start(name) if self.words.heads_first else name.begin
        comma = start > 1 and words[start - 1] == ","  # "the group's president, Ann Roe"
        if (
            start == name.begin
            and start > comma
            and (lower[start - 1 - comma] in self.words.role or lower[start - 1 - comma] in self.words.title)
        ):
            start -= comma
            while (
                start > 0
                and name.begin - start < 5
                and self.document.is_word[start - 1]
                and lower[start - 1] not in grammar.role_stop
            ):
                start -= 1
        places = list(range(start, name.first))
        if name.last < len(words) and words[name.last] == "," and " " in name.text:
            for i in range(name.last + 1, min(name.last + 9, len(words))):
                if words[i] in ",.;:" or (lower[i] in grammar.role_stop and lower[i] not in grammar.genitive):
                    break
                places.append(i)
        if grammar.former.isdisjoint(lower[i] for i in places):
            for i in places:
                deputy = lower[i - 1] in grammar.deputy
                word = grammar.stem(lower[i])
                self.roles[DEPUTY if deputy else self.synonyms.get(word, word)].append((name.first, name.entity))
        if not name.entity.gender:
            name.entity.gender = self._gender_of_titles(start, name.first)

    def role_start(self, name: Name) -> int:
        """Where the role before a name begins, if heads come first ("el alcalde de Alba, Juan Ruiz"); else the name."""
        if not self.words.heads_first:
            return name.begin
        lower, is_word = self.document.lower, self.document.is_word
        last = name.begin - 1 if name.begin and self.document.words[name.begin - 1] == "," else name.begin
        if last == name.first and lower[last - 1] in self.words.grammar.genitive:
            return name.begin  # "concejal de Obras"
        for i in range(last - 1, max(last - MAX_ROLE_TOKENS, -1), -1):
            if not is_word[i] or self._is_clause(i):
                break
            if lower[i] in self.words.role or lower[i] in self.words.title:
                return i
        return name.begin

    def _is_clause(self, i: int) -> bool:
        """Whether a token is no part of a role where all nouns have a capital: a verb or an adverb."""
        grammar = self.words.grammar
        if "nouns_capitalised" not in grammar.trait or self.document.words[i][0].isupper():
            return False
        word = self.document.lower[i]
        return not any(
            word in some
            for some in (grammar.article, grammar.genitive, grammar.where, grammar.copulative, grammar.role_stop)
        )

    def _surname(self, words: tuple[str, ...]) -> str:
        last = words[-2] if words[-1] in self.words.suffix and len(words) > 1 else words[-1]
        return self.words.strict(last)
