"""Statements found by rules, for languages that have words but no tagger.

The rules follow how the press writes (Pareti 2015 on cue, source and content; Newell et al. 2018
for the spans of PolNeAR): a cue stands between or after its source and its content; a quotation
before a cue is its content; a quotation without a cue carries on the one before it. Where languages differ, the
lexicon of grammar says so by a trait.
"""

from bisect import bisect_left
from dataclasses import dataclass, replace

from onrecord.features import quotations
from onrecord.features.clauses import MAX_SOURCE_TOKENS, STOPS, Subjects
from onrecord.features.document import Document
from onrecord.features.lexicon import Hit, Lexicon, load
from onrecord.features.statement import Range, Statement

MIN_QUOTATION_WORDS = 4
# So much of a sentence stands in quotation marks that all of it is what somebody says.
MIN_QUOTED = 0.6
_BREAKS = frozenset(',"”»')
_CLOSING = frozenset("\"”»'’")
_DASHES = frozenset("—–")
_PARTS = frozenset(",—–-")
_JOINS_NAMES = frozenset("-&")
_ENDS = frozenset(",.;:—–")
_OPENING = frozenset('"“«')


def statements(document: Document) -> list[Statement]:
    """The statements of a document, in order of place; none where its language has no lexicon of cues."""
    lexicon = load("attribution", document.language)
    if lexicon is None:
        return []
    cues = _cues(document, lexicon)
    verbs = frozenset(hit.first for hits in cues.values() for hit in hits)
    finder = _Finder(document, Subjects.of(document), cues, verbs)
    found: list[Statement] = []
    for number in range(len(document.sentences)):
        found.extend(finder.in_sentence(number))
    return quotations.whole(document, found)


def _cues(document: Document, lexicon: Lexicon) -> dict[int, list[Hit]]:
    """The cues outside quotations, by the number of their sentence."""
    by_sentence: dict[int, list[Hit]] = {}
    for hit in lexicon.find(document.lower, "say", "think", "accord", "accord_verb"):
        if not document.quoted[hit.first] and not _in_a_name(document, hit.first):
            by_sentence.setdefault(int(document.sentence_of[hit.first]), []).append(hit)
    return by_sentence


def _in_a_name(document: Document, i: int) -> bool:
    """Nobody says anything in "United States"; a headline above a sentence is no part of its first name."""
    words, sentence = document.words, document.sentence_of
    if i == 0 or not words[i][0].isupper() or sentence[i] != sentence[i - 1]:
        return False
    joins = i + 1 < len(words) and words[i + 1][0].isupper() and words[i - 1] in _JOINS_NAMES
    return words[i - 1][0].isupper() or joins


@dataclass(frozen=True, slots=True)
class _Finder:
    """Finds the statements of one document."""

    document: Document
    subjects: Subjects
    cues: dict[int, list[Hit]]
    verbs: frozenset[int]

    def in_sentence(self, number: int) -> list[Statement]:
        """The statements of one sentence, in order of place."""
        first, end = self.document.sentences[number].tolist()
        here: list[Statement] = []
        begin, last = first, self._trim(first, end)
        for hit in _joined(self.cues.get(number, []), self.subjects):
            if hit.first < begin:
                continue
            statement = self._statement(hit, (begin, last))
            if statement is None:
                continue
            here = self._shortened(here, statement)
            here.append(statement)
            begin = max([hit.last] + [b for a, b in statement.content if a < hit.first])
            begin = max(begin, statement.source[1]) if statement.source else begin
        return _outermost(here) or self._carried_on(first, end)

    def _statement(self, cue: Hit, sentence: Range) -> Statement | None:
        """The attribution around one cue, or None when nobody says anything there."""
        if cue.label == "accord":
            return self._by_frame(cue, sentence)
        if cue.label == "accord_verb":
            return None
        if "complementiser_needed" in self.subjects.grammar.trait:
            return self._explicit(cue, sentence)
        return self._around(cue, sentence)

    # -- according to ----------------------------------------------------------------------------

    def _by_frame(self, cue: Hit, sentence: Range) -> Statement | None:
        """ "According to Ann Roe, ...", "..., according to Ann Roe", or both sides of it."""
        first, last = sentence
        words, lower, grammar = self.document.words, self.document.lower, self.subjects.grammar
        if "frame_apart" in grammar.trait and not self._opens_clause(cue.first, first):
            return None
        end, limit = cue.last, min(last, cue.last + MAX_SOURCE_TOKENS)
        while end < limit and lower[end] not in grammar.relative:
            joins = words[end] == "," and end + 1 < last and self.subjects.tells_role(cue.last, end)
            if (words[end] in _ENDS and not joins) or (words[end] == ")" and "(" not in words[cue.last : end]):
                break
            if end > cue.last and self._is_verb(end):
                break
            end += 1
        if end == cue.last or lower[cue.last] in self.subjects.words.empty or not self.subjects.has_head(cue.last, end):
            return None
        begin = cue.last
        if "somebody_speaks" in grammar.trait:
            source = self._speaker((begin, end))
            if source is None:
                return None
            begin = source[0]
        before = (first, self._trim(first, cue.first))
        if end < last and lower[end] in grammar.relative:  # "a report that was leaked, ..."
            after = (min(words.index(",", end, last) + 1 if "," in words[end:last] else last, last), last)
            while end - 1 > cue.last and lower[end - 1] in self.subjects.words.boundary:
                end -= 1
        else:
            behind = end if end < last and self.document.is_word[end] else end + 1
            after = (min(behind, last), last)
        if cue.first - first <= 1:
            parts = [after]
        elif end + 1 < last and words[end] == "," and lower[end + 1] in self.subjects.words.auxiliary:
            parts = [before, after]  # "The plan, according to a consultant, would save money"
        else:
            parts = [before]
        content = tuple(part for part in parts if part[0] < part[1])
        if not content and "frame_apart" in grammar.trait:  # a line that credits what stands above it
            credited = self._sentence_before(first)
            content = (credited,) if credited else ()
        return Statement(content, (cue.first, cue.last), (begin, end)) if content else None

    def _opens_clause(self, i: int, first: int) -> bool:
        """Whether token i opens a sentence, but for words that head nothing, or stands behind a mark."""
        while i > first and self.document.lower[i - 1] in self.subjects.words.no_head:
            i -= 1
        return i == first or not self.document.is_word[i - 1]

    # -- verbs whose content may follow without any word between ---------------------------------

    def _around(self, cue: Hit, sentence: Range) -> Statement | None:
        """Before the cue, behind it or on both sides of it, told by commas and quotation marks."""
        first, last = sentence
        if self._is_impersonal(cue, first):
            return None
        subject = self.subjects.before(cue.first, first)
        if subject and "somebody_speaks" in self.subjects.grammar.trait:
            subject = self._speaker(subject)
        left = subject[0] if subject else self.subjects.skip_back(cue.first, first)
        after = self._skip_complement(cue.last, last)
        is_tail = self._is_short_tail(after, last)
        resumes = left > first and self._resumes(left, cue.last, after, last)
        ends = subject is None or is_tail or resumes or self._follows_quotation(left, first)
        if left > first and ends and self._closes_content(left, first):
            tail = (after, last) if resumes else self._quotation_after(cue.last, last)
            return self._closing(cue, first, left, subject, tail, last)
        if subject is None or is_tail or last - after < (2 if cue.label == "think" else 1):
            return None
        return Statement(((after, last),), (self._verb_start(cue.first, subject[1]), cue.last), subject)

    def _closing(
        self, cue: Hit, first: int, left: int, subject: Range | None, tail: Range | None, last: int
    ) -> Statement | None:
        """A cue behind its content ("..., Roe said"), which may go on behind it."""
        source = subject or self.subjects.after(cue.last, last)
        parts = [(first, self._trim(first, left)), *([tail] if tail else [])]
        content = tuple(part for part in parts if part[0] < part[1])
        dropped = self._drops_subject() and self._closes_quotation(left, first)
        return Statement(content, (cue.first, cue.last), source) if content and (source or dropped) else None

    def _drops_subject(self) -> bool:
        return "dropped_subject" in self.subjects.grammar.trait

    def _resumes(self, left: int, cue_end: int, after: int, last: int) -> bool:
        """Whether what is said goes on behind the cue: "If it closes, Ann Roe said, the town will suffer"."""
        words = self.document.words
        if "comma_opens" in self.subjects.grammar.trait:
            return False
        return words[left - 1] in _BREAKS and after < last and words[cue_end] in ",:"

    def _follows_quotation(self, left: int, first: int) -> bool:
        """Whether a quotation ends before token `left`, where what is said is not told by what may follow a cue."""
        return "comma_opens" in self.subjects.grammar.trait and self._closes_quotation(left, first)

    def _speaker(self, subject: Range) -> Range | None:
        """A subject from the word on that heads somebody who may speak; None without any such word.

        What stands before a title, a role or a name that is not at the head of the phrase belongs to another clause.
        """
        first, last = subject
        words, lower = self.subjects.words, self.document.lower
        while first < last - 1 and (lower[first] in words.determiner or not lower[first][0].isalpha()):
            first += 1
        if lower[first] in words.speaking or self._opens_name(first, last):
            return subject
        where = self.subjects.grammar.where
        named = (i for i in range(first + 1, last) if self._opens_name(i, last) and lower[i - 1] not in where)
        titled = (i for i in range(first + 1, last) if lower[i] in words.title)
        head = min((i for i in (next(named, None), next(titled, None)) if i is not None), default=None)
        return (head, last) if head is not None else None

    def _opens_name(self, i: int, last: int) -> bool:
        """Whether a capital is that of a name: not one that any word has at the head of a sentence."""
        words, grammar = self.document.words, self.subjects.grammar
        if not words[i][0].isupper() or not self.document.is_word[i]:
            return False
        if i > self.document.sentences[self.document.sentence_of[i], 0]:
            return True
        alone = i + 1 >= last or not self.document.is_word[i + 1]
        return alone or words[i + 1][0].isupper() or grammar.is_foreign(self.document.lower[i])

    def _is_verb(self, i: int) -> bool:
        """Whether a verb or what stands before one ends the noun phrase of a frame that needs no comma behind it."""
        if "frame_apart" not in self.subjects.grammar.trait:
            return False
        word, words = self.document.lower[i], self.subjects.words
        if i + 1 < len(self.document.words) and not self.document.is_word[i + 1]:
            return False  # "một khảo sát mới,"
        return word in words.auxiliary or word in words.be or i in self.verbs

    def _skip_complement(self, start: int, last: int) -> int:
        """Past whom it was told to, when and where, up to the content (its "that" belongs to the content)."""
        lower, words = self.document.lower, self.subjects.words
        i = start
        if i < last and lower[i] in words.addressee:
            i += 1
        while i < last:
            dated = lower[i] in words.dated and i + 1 < last and lower[i + 1] in words.time
            if not (dated or lower[i] in words.time or lower[i] in ",:"):
                break
            i += 1
        return i

    def _is_short_tail(self, start: int, last: int) -> bool:
        """Whether nothing but time, place or a full stop follows a cue."""
        i = start
        lower, words = self.document.lower, self.subjects.words
        while i < last and (lower[i] in words.time or lower[i] in words.addressee or not self.document.is_word[i]):
            if lower[i] in _OPENING:
                return False
            i += 1
        return i >= last or lower[i] in words.tail

    def _verb_start(self, cue: int, subject_end: int) -> int:
        """Where the auxiliaries before a verb begin, if they are few."""
        follows = subject_end < cue and cue - subject_end <= 4 and self.document.words[subject_end] != "("
        return subject_end if follows else cue

    # -- verbs whose content must be opened ------------------------------------------------------

    def _explicit(self, cue: Hit, sentence: Range) -> Statement | None:
        """In a language where a complementiser, an infinitive or a quotation must open what is said."""
        first, last = sentence
        lower = self.document.lower
        start = self.subjects.skip_back(cue.first, first)
        if self._is_impersonal(cue, first):
            return None
        if self._is_relative(start, first):
            return None
        subject = self.subjects.before(cue.first, first) or self.subjects.relative(start, first)
        opener, quotation = self._opener(cue.last, last), self._quotation_after(cue.last, last)
        begins = (opener, last) if opener is not None else (quotation[0], last) if quotation else None
        left = subject[0] if subject else start
        quoted = self._closes_quotation(left, first)
        if quoted or (begins is None and self._closes_content(left, first)):
            told = subject or self.subjects.after(cue.last, last)
            is_sure = quoted or (told is not None and self.subjects.names_somebody(told))
            if is_sure and (subject is None or self._is_short_tail(cue.last, last)):
                return self._closing(cue, first, left, subject, quotation, last)
        inset = self._inset(cue, first, start, last) if begins is None else None
        if inset is not None:
            return inset
        if begins is not None:
            return self._opened(cue, begins, subject or self.subjects.after(cue.last, begins[0]), start)
        source = self.subjects.after(cue.last, last)
        if source and not self.subjects.words.resumed.isdisjoint(lower[start : cue.first]):
            before = self._sentence_before(first)
            return Statement((before,), (cue.first, cue.last), source) if before else None
        return None

    def _inset(self, cue: Hit, first: int, start: int, last: int) -> Statement | None:
        """What a verb and its subject between commas interrupt: "The plan, insists Roe, will cost nothing"."""
        words, source = self.document.words, self.subjects.after(cue.last, last)
        if source is None or start <= first + 1 or words[start - 1] != "," or not self.subjects.names_somebody(source):
            return None
        behind = (source[1] + 1, last)
        if source[1] >= last or words[source[1]] != "," or behind[0] >= behind[1]:
            return None
        return Statement(((first, start - 1), behind), (cue.first, cue.last), source)

    def _is_impersonal(self, cue: Hit, first: int) -> bool:
        """Whether what stands before a verb says that its subject is not who speaks: "se dice que"."""
        start = self.subjects.skip_back(cue.first, first)
        return not self.subjects.words.impersonal.isdisjoint(self.document.lower[start : cue.first])

    def _is_relative(self, start: int, first: int) -> bool:
        """Whether a verb tells of whom one speaks and not what is said: "those who say that ..."."""
        lower = self.document.lower
        relative = start > first and lower[start - 1] in self.subjects.grammar.relative
        return relative and (start < first + 2 or lower[start - 2] != ",")

    def _opened(self, cue: Hit, content: Range, source: Range | None, start: int) -> Statement | None:
        """A cue before its content; its subject may be missing where the language drops subjects."""
        if source is None and not self._drops_subject():
            return None
        begin = self._verb_start(cue.first, source[1]) if source and source[1] <= cue.first else start
        return Statement((content,), (min(begin, cue.first), cue.last), source) if content[0] < content[1] else None

    def _opener(self, start: int, last: int) -> int | None:
        """The complementiser that opens what is said, or the infinitive right behind the verb; None without any."""
        grammar, lower, words = self.subjects.grammar, self.document.lower, self.document.words
        told = start < last and lower[start] not in self.subjects.words.holder
        if told and lower[start].endswith(grammar.infinitive_ending):
            return start
        apposed = False
        for i in range(start, min(start + MAX_SOURCE_TOKENS, last)):
            if lower[i] in grammar.complementiser and lower[i - 1] not in grammar.comparative:
                return i if words[i - 1] != "," or apposed else None
            if words[i] in STOPS or i in self.verbs:
                return None
            if words[i] == "," and i + 1 < last and not apposed:
                apposed = self.subjects.tells_role(start, i)
                if not apposed:
                    return None
        return None

    def _sentence_before(self, first: int) -> Range | None:
        """The sentence before the one that begins at a token, without its full stop."""
        if first == 0:
            return None
        begin, end = self.document.sentences[self.document.sentence_of[first - 1]].tolist()
        part = begin, self._trim(begin, end)
        return part if part[0] < part[1] else None

    # -- all -------------------------------------------------------------------------------------

    def _closes_content(self, left: int, first: int) -> bool:
        """Whether a comma or a closing quotation mark stands right before token `left`."""
        comma = left > first and self.document.words[left - 1] == ","
        return self._closes_quotation(left, first) or (comma and left - first >= MIN_QUOTATION_WORDS)

    def _closes_quotation(self, left: int, first: int) -> bool:
        """Whether a quotation ends right before token `left`, or before a comma there."""
        marks = _PARTS if "comma_opens" in self.subjects.grammar.trait else ","
        end = left - 1 if left > first and self.document.words[left - 1] in marks else left
        if end <= first:
            return False
        before = self.document.words[end - 1]
        return before in _CLOSING or (before in _DASHES and bool(self.document.quoted[end - 1]))

    def _quotation_after(self, start: int, last: int) -> Range | None:
        """The first quotation that opens at token `start` or later in a sentence that ends at `last`."""
        k = bisect_left(self.document.quotations, start, key=lambda quotation: int(quotation[0]))
        if k == len(self.document.quotations):
            return None
        first, end = self.document.quotations[k].tolist()
        return (first, min(end, last)) if first < last else None

    def _trim(self, first: int, last: int) -> int:
        """Without the punctuation at the end, unless it belongs to a quotation."""
        while last > first and not self.document.is_word[last - 1] and not self.document.quoted[last - 1]:
            last -= 1
        return last

    def _shortened(self, here: list[Statement], new: Statement) -> list[Statement]:
        """End what was said before "and added", whose subject is the one before."""
        if not here or new.source is not None or new.cue is None:
            return here
        at = new.cue[0]
        if self.document.lower[at - 1] not in self.subjects.grammar.copulative:
            return here
        before = here[-1]
        parts = tuple((a, self._trim(a, min(b, at - 1))) for a, b in before.content)
        parts = tuple(part for part in parts if part[0] < part[1])
        return [*here[:-1], replace(before, content=parts)] if parts else here

    def _carried_on(self, first: int, last: int) -> list[Statement]:
        """A sentence of quotation without a cue: of who is given behind it, or of the last source."""
        inside = [i for i in range(first, last) if self.document.quoted[i]]
        if len(inside) < MIN_QUOTATION_WORDS or len(inside) < MIN_QUOTED * (last - first):
            return []
        content = (inside[0], inside[-1] + 1)
        return [Statement((content,), None, self._given_behind(content[1], last))]

    def _given_behind(self, end: int, last: int) -> Range | None:
        """Who stands behind a quotation and a comma without a verb, up to the end of the sentence."""
        last = self._trim(end, last)
        if "somebody_speaks" not in self.subjects.grammar.trait or end + 1 >= last or self.document.words[end] != ",":
            return None
        source = self.subjects.after(end + 1, last)
        return self._speaker(source) if source and source[1] == last else None


def _joined(cues: list[Hit], subjects: Subjects) -> list[Hit]:
    """Cues, frames that hold a verb of saying made one ("según explicó")."""
    joined: list[Hit] = []
    verb_first = "verb_first" in subjects.grammar.trait
    for hit in cues:
        frame = joined[-1] if joined else None
        frames = (
            verb_first
            and frame is not None
            and frame.label in ("accord", "accord_verb")
            and hit.label in ("say", "think")
        )
        if frame is not None and frames and subjects.skip_back(hit.first, frame.last) == frame.last:
            joined[-1] = Hit(frame.first, hit.last, "accord")
        elif frame is None or hit.first >= frame.last:
            joined.append(hit)
    return joined


def _outermost(statements: list[Statement]) -> list[Statement]:
    """What people say people say is theirs: drop an attribution whose cue lies within the content of another."""
    contents = sorted(content for statement in statements for content in statement.content)
    kept: list[Statement] = []
    opened = reach = 0
    for statement in statements:
        first, last = statement.cue or (0, 0)
        while opened < len(contents) and contents[opened][0] <= first:
            reach = max(reach, contents[opened][1])
            opened += 1
        if last > reach:
            kept.append(statement)
    return kept
