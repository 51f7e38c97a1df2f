"""Roles: what an article says of how a person knows, before the name ("Mayor Ann Roe") or after it."""

from dataclasses import dataclass, field

from onrecord.features.document import Document
from onrecord.features.identity.names import Entity, Name, Names
from onrecord.features.identity.noun_phrases import Nouns, Parser, Range

MAX_ROLE_TOKENS = 20
# How many mentions of a person are searched for a role.
MAX_MENTIONS = 4
_CLOSING = frozenset(',;—–"”-)')
# What opens an apposition where a dash or a bracket is as common as a comma.
_APPOSED = frozenset(",-–—(")


@dataclass
class Roles:
    """The roles that one document gives."""

    document: Document
    names: Names
    nouns: Nouns
    parser: Parser
    _known: dict[int, str | None] = field(default_factory=dict)

    def of(self, entity: Entity) -> str | None:
        """The role that the article gives a person, wherever it first tells one."""
        key = id(entity)
        if key not in self._known:
            mentions = (self.names.at[place] for place in entity.places[:MAX_MENTIONS])
            told = (self.at(name, ((name.begin, name.last),)) for name in mentions)
            self._known[key] = next((role for role in told if role), None)
        return self._known[key]

    def at(self, name: Name, pieces: tuple[Range, ...]) -> str | None:
        """What stands before a name in a phrase and what the first apposition says of it, courtesy left out."""
        start = pieces[0][0] if pieces[0][0] < name.begin else self._start(name)
        words = self.parser.plain(start, name.first).strip(", ").split()
        words = [word for word in words if word.lower().rstrip(".") not in self.nouns.courtesy]
        grammar = self.nouns.grammar
        leads = bool(words) and (words[0].lower() in grammar.definite_article or words[0].lower() in grammar.copulative)
        before = " ".join(words[leads:]).strip(", ")
        if before and "head_first" in grammar.trait:  # what follows such a name is seldom another role
            return before
        apposed = (self._told(*piece) for piece in pieces[1:] if not piece[0] <= name.first < piece[1])
        after = next(apposed, "") or self._apposition(name)
        return ", ".join(part for part in (before, after) if part) or None

    def _start(self, name: Name) -> int:
        """Where the titles and role nouns before a name begin: "party spokesman Tom Bell"."""
        document, nouns, start = self.document, self.nouns, self.names.role_start(name)
        if start < name.begin:
            return start
        if start == 0 or not nouns.is_role(document.lower[start - 1]):
            return start
        opens = int(document.sentences[document.sentence_of[name.first], 0])
        while start > max(opens, name.begin - 6):
            word = document.lower[start - 1]
            ends = word in nouns.phrase_end or nouns.is_determiner(word) or word in nouns.pronoun_first
            if ends or not document.is_word[start - 1]:
                break
            start -= 1
        return start

    def _apposition(self, name: Name) -> str:
        """What follows a name between commas, if it tells a role."""
        document, begin, n = self.document, name.last + 1, len(self.document.words)
        marks = _APPOSED if "head_first" in self.nouns.grammar.trait else ","
        if begin >= n or document.words[begin - 1] not in marks:
            return ""
        limit = min(begin + MAX_ROLE_TOKENS, int(document.sentences[document.sentence_of[begin - 1], 1]))
        end = begin
        while end < limit and (document.is_word[end] or document.words[end] == "."):
            end += 1
        tells = any(self.nouns.is_role(word) for word in document.lower[begin : min(end, begin + 8)])
        closed = end > begin and (document.words[end - 1] == "." or (end < n and document.words[end] in _CLOSING))
        return self._told(begin, end).rstrip(".") if tells and closed else ""

    def _told(self, first: int, last: int) -> str:
        """An apposition without the relative clause behind its noun; "" where it is nothing but "who"."""
        lower, relative = self.document.lower, self.nouns.pronoun_relative
        if last - first == 1 and lower[first] in relative:
            return ""
        return self.parser.plain(first, next((i for i in range(first + 1, last) if lower[i] in relative), last))
