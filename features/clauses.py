"""Who a verb of saying has as its subject: the noun phrase before it, or behind it."""

from dataclasses import dataclass, fields
from functools import cache

from onrecord.features.document import Document
from onrecord.features.grammar import Grammar
from onrecord.features.lexicon import Hit, load
from onrecord.features.statement import Range

MAX_SOURCE_TOKENS = 25
# How far back an apposition may begin: "Ann Roe, a spokeswoman for the city,".
MAX_APPOSITION_TOKENS = 18
MAX_ASIDE_TOKENS = 4
# How long a name in quotation marks is, with them.
MAX_NAME_TOKENS = 7
MAX_BRACKET_TOKENS = 16
# What is told from the classes of several lexicons.
_TOLD = ("holder", "determiner", "speaking", "teller", "title")
STOPS = frozenset(';:!?"“”„«»()[]—–')


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
    holder: frozenset[str]
    determiner: frozenset[str]
    speaking: frozenset[str]
    teller: frozenset[str]
    title: frozenset[str]

    @staticmethod
    @cache
    def of(language: str) -> "Words":
        """The words of a language; a class is empty where it has none (never another's)."""
        lexicon, sources = load("attribution", language), load("sources", language)
        labels = [each.name for each in fields(Words) if each.name not in _TOLD]
        found = {label: lexicon.words(label) if lexicon else frozenset[str]() for label in labels}
        nouns = ("role", "title", "unnamed", "organisation_noun")
        holder, determiner, document, unnamed, title = (
            frozenset[str]().union(*(sources.words(label) for label in some if sources))
            for some in (nouns, ("definite", "indefinite"), ("document",), ("unnamed",), ("title",))
        )
        speaking = holder | document | found["pronoun"]
        teller = found["apposition"] - unnamed if "frame_apart" in Grammar.of(language).trait else holder
        return Words(**found, holder=holder, determiner=determiner, speaking=speaking, teller=teller, title=title)


@dataclass(frozen=True, slots=True)
class Subjects:
    """Finds the subjects of verbs in one document."""

    document: Document
    words: Words
    grammar: Grammar

    @classmethod
    def of(cls, document: Document) -> "Subjects":
        """With the words of the document's language."""
        return cls(document, Words.of(document.language), Grammar.of(document.language))

    @property
    def capitals(self) -> bool:
        """Whether all nouns have a capital."""
        return "nouns_capitalised" in self.grammar.trait

    def ends_noun_phrase(self, start: int, i: int, last: int) -> bool:
        """Whether token i stands behind the noun phrase from token `start`, where nouns are told by their capitals.

        Behind a noun goes on what opens another ("von Kiel", "der Stadt"), but no article behind a bare name.
        """
        words, lower = self.document.words, self.document.lower
        if not self.capitals or i <= start or not (words[i - 1][0].isupper() or words[i - 1][0].isdigit()):
            return False
        if lower[i] in self.grammar.article:
            return lower[start] not in self.words.determiner and lower[start] not in self.words.within
        if words[i][0].isupper() or not self.document.is_word[i] or lower[i] in self.grammar.copulative:
            return False
        opens = i + 1 < last and (
            words[i + 1][0].isupper() or words[i + 1][0].isdigit() or lower[i + 1] in self.words.determiner
        )
        return not (lower[i] in self.words.within and opens)

    # -- before a verb ---------------------------------------------------------------------------

    def before(self, cue: int, first: int) -> Range | None:
        """The noun phrase before a verb: back to a stop, a comma of no apposition, or the word of another clause."""
        words, lower = self.document.words, self.document.lower
        end = begin = self._before_acronym(self.skip_back(cue, first), first)
        named = self._quoted_name(end, first) is not None
        if end <= first or (words[end - 1] in STOPS and not named) or lower[end - 1] in self.grammar.copulative:
            return None
        if words[end - 1] == "," and (aside := self._aside_start(end - 1, first)) is not None:
            end = begin = aside
        elif words[end - 1] == ",":
            opened = self._apposition_start(end - 1, first)
            if opened is None:
                return None
            begin = opened
        while begin > first and end - begin < MAX_SOURCE_TOKENS:
            token = words[begin - 1]
            if (opened := self._quoted_name(begin, first)) is not None:
                begin = opened
                continue
            if token == ")" and begin < end and (opened := self._bracket_start(begin - 1, first)) is not None:
                begin = opened
                continue
            if token in STOPS or self.document.quoted[begin - 1]:
                break
            if token == ",":
                opened = self._another_start(begin - 1, first) if begin < end else None
                if opened is None:
                    break
                begin = opened
                continue
            ends = lower[begin - 1] in self.words.boundary and lower[begin - 1] not in self.words.within
            if ends and not self._restricts(begin - 1, first):
                break
            begin -= 1
        return self._body_in_place(cue, begin, end) or self._noun_phrase(begin, end)

    def _body_in_place(self, cue: int, begin: int, end: int) -> Range | None:
        """The body behind "in" before a verb in the plural, in a language that lets bodies speak so."""
        lower, grammar = self.document.lower, self.grammar
        if "bodies_in_place" not in grammar.trait or not lower[cue].endswith(grammar.plural_verb_ending):
            return None
        for i in range(begin, end - 1):
            if lower[i] in grammar.where and not self._is_time(i + 1):
                return i + 1, end
            if not (lower[i] in self.words.no_head or lower[i] in self.words.auxiliary or self._is_time(i)):
                return None
        return None

    def _quoted_name(self, end: int, first: int) -> int | None:
        """Where a name in quotation marks opens that ends before a token; None where there is none."""
        if "quoted_names" not in self.grammar.trait or end <= first or self.document.words[end - 1] not in '»“”"':
            return None
        opened = end - 2
        least = max(first, end - MAX_NAME_TOKENS - 1)
        while opened > least and self.document.quoted[opened - 1] and self.document.words[opened] not in "«„":
            opened -= 1
        named = end - opened <= MAX_NAME_TOKENS and self.document.words[opened + 1][0].isupper()
        before = self.document.lower[opened - 1] if opened > first else ""
        return opened if named and (before in self.words.holder or before in self.grammar.definite_article) else None

    def inside(self, verb: Hit) -> Range | None:
        """The pronoun between an auxiliary and its verb (French "a-t-elle dit")."""
        within = range(verb.first + 1, verb.last - 1)
        return next(((i, i + 1) for i in within if self.document.lower[i] in self.words.pronoun), None)

    def relative(self, verb: int, first: int) -> Range | None:
        """The relative pronoun behind a comma that is the subject of a verb at a token: "Roe, who added that ..."."""
        lower = self.document.lower
        is_subject = verb - 2 >= first and lower[verb - 2] == "," and lower[verb - 1] in self.grammar.personal_relative
        return (verb - 1, verb) if is_subject else None

    def skip_back(self, cue: int, first: int) -> int:
        """Past the auxiliaries, the adverbs and the date before a verb."""
        lower, adverb = self.document.lower, self.grammar.adverb_ending
        i = cue
        while i > first and (lower[i - 1] in self.words.auxiliary or lower[i - 1].endswith(adverb)):
            i -= 1
        return self._past_date(i, first)

    def _past_date(self, end: int, first: int) -> int:
        """Before "Monday" or "day 6/10" that ends at a token; the token itself where no date does."""
        words, i = self.document.words, end
        while i > first and (words[i - 1].isdigit() or (words[i - 1] in "/-" and i < end)):
            i -= 1
        dated = i > first and self._is_time(i - 1)
        while i > first and self._is_time(i - 1):
            i -= 1
        return i if dated and i > first else end

    def framed(self, end: int, first: int) -> int:
        """Where a noun phrase begins that a word behind it frames: "dem Bericht der Stadt zufolge"."""
        words, lower, begin = self.document.words, self.document.lower, end
        while begin > first and end - begin < MAX_SOURCE_TOKENS and self.document.is_word[begin - 1]:
            word, capital = lower[begin - 1], words[begin - 1][0].isupper()
            named = begin < end and (words[begin][0].isupper() or lower[begin] in self.words.determiner)
            if not (capital or word in self.words.determiner or (named and word in self.words.within)):
                determined = begin - 2 >= first and lower[begin - 2] in self.words.determiner
                if not (determined and begin < end):
                    break
            begin -= 1
            if lower[begin] in self.words.determiner and not (begin > first and words[begin - 1][0].isupper()):
                break
        return begin

    def _restricts(self, i: int, first: int) -> bool:
        """Whether token i is the "who" in "an official who has seen it"."""
        return (
            i > first
            and self.document.lower[i] in self.grammar.personal_relative
            and self.document.words[i - 1].islower()
        )

    def _another_start(self, comma: int, first: int) -> int | None:
        """Where what stands before a comma begins, if what stands behind it is told of it."""
        behind = self.document.lower[comma + 1]
        if behind in self.words.apposition and behind not in self.words.title:
            return self._named_before(comma, first, relative=False)
        return self._role_start(comma, first) if self.document.words[comma + 1][0].isupper() else None

    def _bracket_start(self, closing: int, first: int) -> int | None:
        """The bracket that opens what is told of a name ("Ann Roe (34, of Alton) then said"); None without any."""
        words = self.document.words
        for i in range(closing - 1, max(first, closing - MAX_BRACKET_TOKENS), -1):
            if words[i] == "(":
                return i if self.document.is_word[i - 1] else None
            if words[i] in STOPS:
                return None
        return None

    def _before_acronym(self, end: int, first: int) -> int:
        """Before the brackets in "the National Weather Service (NWS)"."""
        words = self.document.words
        if end - 1 <= first or words[end - 1] != ")":
            return end
        opened = self._bracket_start(end - 1, first)
        return end if opened is None else opened

    def _aside_start(self, comma: int, first: int) -> int | None:
        """The comma before a set phrase that ends at another ("Roe, for her part, said"); None where there is none."""
        for i in range(comma - 1, max(first, comma - MAX_ASIDE_TOKENS - 1), -1):
            if self.document.words[i] == ",":
                return i if " ".join(self.document.lower[i + 1 : comma]) in self.words.aside else None
        return None

    def _apposition_start(self, comma: int, first: int) -> int | None:
        """Where the noun begins to which ", a spokesman for the city," belongs; None when the comma closes none."""
        words, lower = self.document.words, self.document.lower
        inside = range(0)
        for i in range(comma - 1, max(first, comma - MAX_APPOSITION_TOKENS), -1):
            if words[i] == ")" and (opened := self._bracket_start(i, first)) is not None:
                inside = range(opened, i)
            if i in inside or i == inside.stop:
                continue
            if words[i] in STOPS or self.document.quoted[i]:
                return None
            if words[i] != ",":
                continue
            if (
                lower[i + 1] in self.words.apposition
                or (words[i + 1][0].islower() and lower[i + 1] not in self.words.boundary)
                or (self.capitals and lower[i + 1] in self.words.holder)
            ):
                return self._named_before(i, first, lower[i + 1] in self.grammar.relative)
            return self._role_start(i, first) if words[i + 1][0].isupper() else None
        return None

    def _named_before(self, comma: int, first: int, relative: bool) -> int | None:
        """Where the name that ends at a comma begins, or else the role (before "who", any noun); None without any."""
        words, name = self.document.words, comma
        while name > first and words[name - 1][0].isupper():
            name -= 1
        return name if name < comma else self._role_start(comma, first, any_noun=relative)

    def _role_start(self, comma: int, first: int, *, any_noun: bool = False) -> int | None:
        """Where the role begins in "the mayor of the city, Ann Roe,"; None when what ends at the comma tells none.

        Only in a language that gives the role first.
        """
        if "role_first" not in self.grammar.trait:
            return None
        words, lower, begin = self.document.words, self.document.lower, comma
        while begin > first and comma - begin < MAX_APPOSITION_TOKENS:
            ends = lower[begin - 1] in self.words.boundary and lower[begin - 1] not in self.words.within
            if ends or words[begin - 1] in STOPS or words[begin - 1] == ",":
                break
            begin -= 1
        while begin < comma and lower[begin] in self.words.no_head and lower[begin] not in self.words.within:
            begin += 1
        heads = begin < comma and (lower[begin] in self.words.determiner or lower[begin] in self.words.holder)
        told = any_noun or not self.words.holder.isdisjoint(lower[begin:comma])
        return begin if heads and told else None

    # -- behind a verb ---------------------------------------------------------------------------

    def after(self, start: int, last: int) -> Range | None:
        """The noun phrase behind an inverted verb ("said Ann Roe, the mayor, on Monday"), or behind the time of day."""
        while start < last and self.document.lower[start] in self.words.addressee:
            start += 1
        end = start = self._past_time(start, last)
        while end < last and end - start < MAX_SOURCE_TOKENS:
            if (closed := self.past_quoted_name(end, last)) is not None:
                end = closed
                continue
            if self.document.words[end] == ",":
                if end + 1 >= last or not self.apposes(start, end):
                    break
            elif self._ends_subject(end, last) or self.ends_noun_phrase(start, end, last):
                break
            end += 1
        while end > start and self._is_no_part(end - 1):
            end -= 1
        if start == end or self.document.lower[start] in self.words.boundary:
            return None
        return self._noun_phrase(start, end)

    def past_quoted_name(self, i: int, last: int) -> int | None:
        """Behind a name in quotation marks that opens at token i; None where there is none."""
        words = self.document.words
        if (
            "quoted_names" not in self.grammar.trait
            or words[i] not in "«„"
            or not words[min(i + 1, last - 1)][0].isupper()
        ):
            return None
        return next((k + 1 for k in range(i + 2, min(i + MAX_NAME_TOKENS, last)) if words[k] in "»“"), None)

    def _is_no_part(self, i: int) -> bool:
        """Whether a token ends no noun phrase: a comma, a time, an article."""
        return self.document.words[i] == "," or self._is_time(i) or self.document.lower[i] in self.grammar.article

    def names_somebody(self, source: Range) -> bool:
        """Whether a noun phrase holds a capital, a pronoun or a noun for people or bodies."""
        inside = range(*source)
        capital = any(self.document.words[i][0].isupper() for i in inside)
        known = self.words.holder | self.words.pronoun
        return capital or any(self.document.lower[i] in known for i in inside)

    def names_holder(self, source: Range) -> bool:
        """Whether a noun phrase holds both a noun for people or bodies and a name, and no infinitive ends it."""
        inside = range(*source)
        lower, infinitive = self.document.lower, self.grammar.infinitive_ending
        named = any(self.document.words[i][0].isupper() for i in inside)
        told = any(lower[i] in self.words.holder for i in inside)
        return (
            named
            and told
            and not (self.document.words[inside[-1]].islower() and lower[inside[-1]].endswith(infinitive))
        )

    def apposes(self, start: int, comma: int) -> bool:
        """Whether a comma opens an apposition to what stands before it, from token `start`."""
        lower = self.document.lower
        told = self.capitals and lower[comma + 1] in self.words.holder
        return told or lower[comma + 1] in self.words.apposition or self.tells_role(start, comma)

    def tells_role(self, start: int, comma: int) -> bool:
        """Whether a comma joins a role and a name, in a language that may give the role first."""
        if "role_first" not in self.grammar.trait:
            return False
        lower, behind = self.document.lower, comma + 1
        named = self.document.words[behind][0].isupper() and not self.words.holder.isdisjoint(lower[start:comma])
        return named or lower[behind] in self.words.teller

    def _ends_subject(self, i: int, last: int) -> bool:
        lower, words = self.document.lower, self.document.words
        if lower[i] in self.words.portfolio and i + 1 < last and words[i + 1][0].isupper():
            return lower[i - 1] not in self.words.holder
        if words[i] in STOPS or lower[i] in self.words.end or lower[i] in self.grammar.complementiser:
            return True
        if lower[i] not in self.grammar.copulative or i + 1 >= last:
            return False
        return not words[i + 1][0].isupper() and lower[i + 1] not in self.grammar.article

    def _past_time(self, start: int, last: int) -> int:
        """Behind the time that stands at a token ("this Monday morning")."""
        while start < last and (
            self._is_time(start) or (self.document.lower[start] in self.words.dated and self._dates(start, last))
        ):
            start += 1
        return start

    def _dates(self, start: int, last: int) -> bool:
        """Whether token `start` stands before a time."""
        return start + 1 < last and self._is_time(start + 1)

    def _is_time(self, i: int) -> bool:
        return self.document.lower[i] in self.words.time

    # -- both ------------------------------------------------------------------------------------

    def _noun_phrase(self, begin: int, end: int) -> Range | None:
        """Without what cannot head a noun phrase ("And", "In 2011"); None when nothing that names anybody is left."""
        lower, words, stripped = self.document.lower, self.words, False
        while begin < end and (lower[begin] in words.no_head or self._is_time(begin) or self._is_year(begin, end)):
            opens = lower[begin] in words.within and lower[begin] not in self.grammar.copulative
            stripped = opens or (stripped and not self._is_time(begin))
            begin += 1
        if stripped and "verb_second" in self.grammar.trait:
            return None
        if stripped and "dropped_subject" in self.grammar.trait:
            begin = self._past_adjunct(begin, end)
        return (begin, end) if self.has_head(begin, end) else None

    def has_head(self, begin: int, end: int) -> bool:
        """Whether anything in a noun phrase names anybody."""
        lower, words = self.document.lower, self.words
        return any(
            self.document.is_word[i]
            and lower[i] not in self.grammar.article
            and lower[i] not in words.empty
            and (lower[i] not in words.boundary or lower[i] in words.pronoun)
            for i in range(begin, end)
        )

    def _past_adjunct(self, begin: int, end: int) -> int:
        """Behind what a preposition at the head holds ("in the end Roe said"); `end` where nothing stands behind it."""
        lower, words = self.document.lower, self.document.words
        for i in range(begin + 1, end):
            opens = lower[i] in self.grammar.article or (words[i][0].isupper() and words[i - 1].islower())
            opens |= not self.grammar.definite_article and lower[i] in self.words.holder
            if opens and lower[i - 1] not in self.words.boundary and lower[i - 1] not in self.grammar.article:
                return i
        return end

    def _is_year(self, i: int, end: int) -> bool:
        """Whether token i is the year in "In 2011 a report"."""
        return self.document.words[i].isdigit() and i + 1 < end and self.document.lower[i + 1] in self.grammar.article
