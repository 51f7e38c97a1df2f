"""Who a source is: its kind, how it is mentioned, the fullest name the article gives, and the role.

Names are learnt within the article: the full name comes first, the surname or the title later.
"""

from collections import defaultdict, deque
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypedDict

from onrecord.features.document import Document
from onrecord.features.lexicon import load
from onrecord.features.measurement import Kind, Mention

Range = tuple[int, int]

MAX_NAME_TOKENS = 8
_CLASSES = (
    "title", "role", "organisation", "organisation_noun", "document", "unnamed", "pronoun_person", "pronoun_group",
    "pronoun_thing", "pronoun_relative", "male", "female", "particle", "not_a_name", "place",
)  # fmt: skip
_PREPOSITIONS = frozenset(
    ["of", "for", "with", "from", "in", "at", "on", "by", "to", "who", "whose", "close", "familiar"]
)
# Words of courtesy tell nobody's role.
_COURTESY = frozenset(["dr", "mr", "mrs", "ms", "miss", "mx", "sir", "dame", "lord", "lady"])


class Identity(TypedDict):
    """What is known of one source at one place."""

    kind: Kind
    mention: Mention
    resolved: str | None
    role: str | None


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name at tokens `first` to `last`; `role` is what stands before it in capitals."""

    first: int
    last: int
    text: str
    role: str | None
    kind: Kind


@dataclass
class Sources:
    """The names of one document, and who spoke last; `identify` is to be called in order of place."""

    document: Document
    classes: dict[str, frozenset[str]]
    names: dict[int, Name] = field(default_factory=dict)
    by_word: dict[str, list[Name]] = field(default_factory=lambda: defaultdict(list))
    roles: dict[str, str] = field(default_factory=dict)
    gender: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, Kind] = field(default_factory=dict)
    subjects: deque[Name] = field(default_factory=deque)
    last_person: tuple[int, str] | None = None
    last_organisation: str | None = None
    last_source: Identity | None = None

    @classmethod
    def of(cls, document: Document) -> "Sources | None":
        """Learn the names of a document; None where its language has no lexicon of sources."""
        lexicon = load("sources", document.language)
        if lexicon is None:
            return None
        sources = cls(document, {label: lexicon.words(label) for label in _CLASSES})
        sources._learn()
        return sources

    # -- learning the names ---------------------------------------------------------------------

    def _learn(self) -> None:
        opens_sentence = set(self.document.sentences[:, 0].tolist())
        for run in self._runs():
            if run[0] in opens_sentence and run[1] == run[0] + 1 and self._is_common(self.document.lower[run[0]]):
                continue  # "Officials" has its capital from the sentence
            name = self._name(run)
            if name is None:
                continue
            self.names[run[0]] = self.names[name.first] = name
            if " " in name.text:
                self._learn_full(name)
            if name.kind is Kind.NAMED_PERSON and run[0] in opens_sentence:
                self.subjects.append(name)

    def _learn_full(self, name: Name) -> None:
        """What else a full name is known by: the surname, an organisation's first word or acronym, the role."""
        words = name.text.split()
        self.kinds.setdefault(name.text, name.kind)
        self.by_word[words[-1].lower()].append(name)
        if name.kind is Kind.NAMED_ORGANISATION:
            self.by_word["".join(w[0] for w in words if w[0].isupper()).lower()].append(name)
            self.by_word[words[0].lower()].append(name)
        for word in (name.role or "").lower().split():
            self._learn_role(word, name)

    def _learn_role(self, word: str, name: Name) -> None:
        word = word.rstrip(".")
        if word in self.classes["male"] or word in self.classes["female"]:
            self.gender.setdefault(name.text, "male" if word in self.classes["male"] else "female")
        if word in self.classes["role"] or word in self.classes["title"]:
            self.roles.setdefault(word, name.text)

    def _runs(self) -> list[Range]:
        """Runs of capitalised words, with what may join them."""
        lower = self.document.lower
        runs: list[Range] = []
        i, n = 0, len(lower)
        while i < n:
            if not self._is_capital(i):
                i += 1
                continue
            j = i + 1
            while j < n and j - i < MAX_NAME_TOKENS and not lower[j - 1].endswith(("'s", "s'")) and self._goes_on(j):
                j += 1
            while j > i and not self.document.is_word[j - 1]:
                j -= 1
            runs.append((i, j))
            i = j
        return runs

    def _goes_on(self, j: int) -> bool:
        """Whether a name goes on at token j: a capital, the full stop of an initial, "van der", "Ministry of"."""
        lower, particles = self.document.lower, self.classes["particle"]
        if self._is_capital(j):
            return True
        if self.document.words[j] == ".":
            return len(lower[j - 1]) == 1 or lower[j - 1] in self.classes["title"]
        joins = lower[j] in ("of", "and", "for", "&") and lower[j - 1] in self.classes["organisation"]
        if not (joins or lower[j] in particles):
            return False
        after = next((k for k in range(j + 1, min(j + 3, len(lower))) if lower[k] not in particles), None)
        return after is not None and self._is_capital(after)

    def _is_capital(self, i: int) -> bool:
        words, lower = self.document.words, self.document.lower
        if not words[i][0].isupper():
            return False
        heads_organisation = (
            i + 1 < len(words) and words[i + 1][0].isupper() and lower[i + 1] in self.classes["organisation"]
        )
        return lower[i] not in self.classes["not_a_name"] or words[i] in ("US", "UN", "WHO") or heads_organisation

    def _name(self, run: Range) -> Name | None:
        """What a run names: titles and roles at its head are cut off and kept as the role."""
        first, last = run
        lower = [self.document.lower[i].removesuffix("'s") for i in range(first, last)]
        cut = 0
        for k, word in enumerate(lower):
            if word in self.classes["title"] or word in self.classes["role"]:
                cut = k + 1
        if cut < len(lower) and not self.document.is_word[first + cut]:
            cut += 1
        if cut >= len(lower):
            return None
        text = self._clean(first + cut, last)
        role = self._clean(first, first + cut) if cut else None
        organisation = any(word in self.classes["organisation"] for word in lower[cut:]) or self._is_acronym(text)
        is_place = len(lower) - cut == 1 and lower[-1] in self.classes["place"]
        kind = Kind.NAMED_ORGANISATION if (organisation or is_place) and not role else Kind.NAMED_PERSON
        return Name(first + cut, last, text, role, kind)

    @staticmethod
    def _is_acronym(text: str) -> bool:
        letters = text.replace(".", "")
        return " " not in text and letters.isupper() and 2 <= len(letters) <= 6

    def _plain(self, first: int, last: int) -> str:
        """The text of a range on one line."""
        return " ".join(self.document.text_of(self.document.span(first, last)).split())

    def _clean(self, first: int, last: int) -> str:
        """A name on one line, without the 's of the possessive."""
        return self._plain(first, last).removesuffix("'s").removesuffix("’s")

    # -- identifying a source --------------------------------------------------------------------

    def identify(self, source: Range | None) -> Identity:
        """Kind, mention, resolved name and role of the source at a token range (None: nobody is given)."""
        if source is None:
            return Identity(kind=Kind.UNRESOLVED, mention=Mention.NONE, resolved=None, role=None)
        identity = self._pronoun(source) or self._phrase(source)
        if identity["kind"] is Kind.NAMED_PERSON and identity["resolved"]:
            self.last_person = (source[0], identity["resolved"])
            for word in (identity["role"] or "").lower().split():
                self.roles.setdefault(word, identity["resolved"])
        elif identity["kind"] is Kind.NAMED_ORGANISATION:
            self.last_organisation = identity["resolved"]
        self.last_source = identity
        return identity

    def _pronoun(self, source: Range) -> Identity | None:
        word = self.document.lower[source[0]]
        if source[1] - source[0] > 1:
            return None
        if word in self.classes["pronoun_person"] and word != "i":
            person = self._antecedent(source[0], word)
            kind = Kind.NAMED_PERSON if person else Kind.UNRESOLVED
            return Identity(kind=kind, mention=Mention.PRONOUN, resolved=person, role=None)
        if word in self.classes["pronoun_group"] or word in self.classes["pronoun_relative"]:
            return self._group_pronoun(word)
        if word in self.classes["pronoun_thing"]:
            return self._thing_pronoun()
        if word == "i":  # the author, or whoever is being quoted
            return Identity(kind=Kind.UNRESOLVED, mention=Mention.PRONOUN, resolved=None, role=None)
        return None

    def _group_pronoun(self, word: str) -> Identity:
        """ "They" are the source before, unless that was one person."""
        last = self.last_source
        if last and word in self.classes["pronoun_group"] and last["kind"] is not Kind.NAMED_PERSON:
            return Identity(kind=last["kind"], mention=Mention.PRONOUN, resolved=last["resolved"], role=None)
        return Identity(kind=Kind.UNNAMED, mention=Mention.PRONOUN, resolved=None, role=None)

    def _thing_pronoun(self) -> Identity:
        """ "It" is the document or the organisation that spoke before, or the last organisation that did."""
        last = self.last_source
        kind, resolved = Kind.UNRESOLVED, None
        if last and last["kind"] in (Kind.DOCUMENT, Kind.NAMED_ORGANISATION):
            kind, resolved = last["kind"], last["resolved"]
        elif self.last_organisation:
            kind, resolved = Kind.NAMED_ORGANISATION, self.last_organisation
        return Identity(kind=kind, mention=Mention.PRONOUN, resolved=resolved, role=None)

    def _antecedent(self, place: int, pronoun: str) -> str | None:
        """The later of the last person quoted and the last person who opened a sentence, if the gender fits."""
        gender = "male" if pronoun in self.classes["male"] else "female"
        while len(self.subjects) > 1 and self.subjects[1].first < place:
            self.subjects.popleft()
        candidates = [self.last_person] if self.last_person else []
        if self.subjects and self.subjects[0].first < place:
            candidates.append((self.subjects[0].first, self._fullest(self.subjects[0])))
        for _, person in sorted(candidates, reverse=True):
            if self.gender.get(person, gender) == gender:
                self.gender.setdefault(person, gender)
                return person
        return None

    def _phrase(self, source: Range) -> Identity:
        """A noun phrase: by the name in it, or else by its head noun."""
        first, last = source
        pieces = self._pieces(first, last)
        head = pieces[0]
        name = self._name_in(head) or (self._name_in(pieces[1]) if len(pieces) > 1 and self._is_role(head) else None)
        noun = self._head_noun(head)
        is_head = name is not None and (name.last >= head[1] or not self._is_common(noun))
        if name is not None and (is_head or not head[0] <= name.first < head[1]):
            return self._named(name, pieces, source)
        return self._described(noun, head, name)

    def _pieces(self, first: int, last: int) -> list[Range]:
        """A phrase cut at its commas."""
        cuts = [first - 1] + [i for i in range(first, last) if self.document.words[i] == ","] + [last]
        return [(a + 1, b) for a, b in pairwise(cuts) if b > a + 1] or [(first, last)]

    def _name_in(self, piece: Range) -> Name | None:
        """The last name before the first preposition outside it."""
        found = None
        i = piece[0]
        while i < piece[1]:
            name = self.names.get(i)
            if name is not None:
                found = name
                i = max(name.last, i + 1)
                continue
            if self.document.lower[i] in _PREPOSITIONS and i > piece[0]:
                break
            i += 1
        return found

    def _head_noun(self, piece: Range) -> str:
        """The last word before the first preposition."""
        noun = self.document.lower[piece[0]]
        for i in range(*piece):
            if self.document.lower[i] in _PREPOSITIONS and i > piece[0]:
                break
            if self.document.is_word[i]:
                noun = self.document.lower[i]
        return noun

    def _is_common(self, noun: str) -> bool:
        return any(noun in self.classes[label] for label in ("document", "organisation_noun", "unnamed", "role"))

    def _is_role(self, piece: Range) -> bool:
        return self._head_noun(piece) in self.classes["role"]

    def _named(self, name: Name, pieces: list[Range], source: Range) -> Identity:
        full = self._fullest(name)
        kind = self.kinds.get(full, name.kind)
        if self.document.lower[max(source[0], name.first - 1)] == "the" and name.role is None:
            kind = Kind.NAMED_ORGANISATION
        partial = len(name.text.split()) == 1 and (kind is Kind.NAMED_PERSON or full != name.text)
        role = self._role(name, pieces) if kind is Kind.NAMED_PERSON else None
        return Identity(kind=kind, mention=Mention.PARTIAL if partial else Mention.NAME, resolved=full, role=role)

    def _role(self, name: Name, pieces: list[Range]) -> str | None:
        """What stands before a name and what the first apposition says of it, courtesy left out."""
        head = pieces[0][0]
        is_joint = any(self.names.get(i, name) is not name for i in range(head, name.first))
        before = self._plain(head, name.first) if head < name.first and not is_joint else name.role or ""
        after = next((self._plain(*p) for p in pieces[1:] if not p[0] <= name.first < p[1]), "")
        words = [word for word in before.removesuffix(",").split() if word.lower().rstrip(".") not in _COURTESY]
        return ", ".join(part for part in (" ".join(words), after) if part) or None

    def _fullest(self, name: Name) -> str:
        """The first full name of the article that ends in (or abbreviates to) this one."""
        words = name.text.split()
        if len(words) > 1:
            return name.text
        for other in self.by_word.get(words[0].lower(), ()):
            if other.text != name.text:
                return other.text
        return name.text

    def _described(self, noun: str, head: Range, name: Name | None) -> Identity:
        """A description without a name of its own: "the report", "the senator", "officials"."""
        definite = self.document.lower[head[0]] in ("the", "his", "her", "its", "their", "this", "that")
        bare = head[1] - head[0] == 1
        if noun in self.classes["document"]:
            return Identity(kind=Kind.DOCUMENT, mention=Mention.DESCRIPTION, resolved=self._clean(*head), role=None)
        singular = noun in self.classes["role"] or noun in self.classes["title"]
        if singular and definite and noun in self.roles:
            return Identity(kind=Kind.NAMED_PERSON, mention=Mention.DESCRIPTION, resolved=self.roles[noun], role=noun)
        if noun in self.classes["organisation_noun"] and (definite or name or bare):
            resolved = self._clean(*head) if name else self.last_organisation or self._clean(*head)
            return Identity(kind=Kind.NAMED_ORGANISATION, mention=Mention.DESCRIPTION, resolved=resolved, role=None)
        if name is not None and noun not in self.classes["unnamed"]:
            return Identity(kind=name.kind, mention=Mention.PARTIAL, resolved=self._fullest(name), role=None)
        return Identity(kind=Kind.UNNAMED, mention=Mention.DESCRIPTION, resolved=None, role=None)
