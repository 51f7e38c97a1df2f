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
from onrecord.features.compounds import headed
from onrecord.features.document import Document
from onrecord.features.lexicon import Hit, Lexicon, load
from onrecord.features.statement import Range, Statement

MIN_QUOTATION_WORDS = 4
# So much of a sentence stands in quotation marks that all of it is what somebody says.
MIN_QUOTED = 0.6
# So far into a clause a subjunctive of hearsay is sought.
MAX_CLAUSE = 60
_CUES = ("say", "think", "accord", "accord_first", "accord_verb", "accord_behind", "accord_back")
_BREAKS = frozenset(',"”»')
_CLOSING = frozenset("\"”»'’")
_DASHES = frozenset("—–")
_PARTS = frozenset(",—–-")
_JOINS_NAMES = frozenset("-&")
_ENDS = frozenset(",.;:—–")
_OPENING = frozenset('"“„«»')
# Marks that close a quotation in some languages and open one in others.
_EITHER = frozenset("“«")


def statements(document: Document) -> list[Statement]:
    """The statements of a document, in order of place; none where its language has no lexicon of cues."""
    lexicon = load("attribution", document.language)
    if lexicon is None:
        return []
    cues = _cues(document, lexicon)
    document = headed(document)
    verbs = frozenset(hit.first for hits in cues.values() for hit in hits)
    finder = _Finder(document, Subjects.of(document), cues, verbs)
    found: list[Statement] = []
    for number in range(len(document.sentences)):
        found.extend(finder.in_sentence(number))
    return quotations.whole(document, found)


def _cues(document: Document, lexicon: Lexicon) -> dict[int, list[Hit]]:
    """The cues outside quotations, by the number of their sentence."""
    by_sentence: dict[int, list[Hit]] = {}
    silent = {hit.last for hit in lexicon.find(document.lower, "silence")}  # "did not answer"
    for hit in lexicon.find(document.lower, *_CUES):
        if not document.is_word[hit.first]:  # ", so Roe"
            hit = replace(hit, first=hit.first + 1)
        if not document.quoted[hit.first] and hit.last not in silent and not _in_a_name(document, hit.first):
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
            return None if self._is_noun(cue.first) else self._by_frame(cue, sentence)
        if cue.label == "accord_back":
            return self._by_pronoun(cue, sentence)
        if cue.label == "accord_behind":
            return self._by_frame_behind(cue, sentence)
        if cue.label == "accord_first":
            found = self._by_frame(cue, sentence) if cue.first == sentence[0] else None
            return found if found and found.source and self.subjects.names_holder(found.source) else None
        if cue.label == "accord_verb":
            return None
        if not self.subjects.grammar.trait.isdisjoint(("complementiser_needed", "comma_needed")):
            return self._explicit(cue, sentence)
        return self._around(cue, sentence)

    def _is_noun(self, i: int) -> bool:
        """Whether a determiner right before token i makes it no frame (Italian "il secondo ponte")."""
        return i > 0 and self.document.lower[i - 1] in self.subjects.words.determiner

    # -- according to ----------------------------------------------------------------------------

    def _by_frame(self, cue: Hit, sentence: Range) -> Statement | None:
        """ "According to Ann Roe, ...", "..., according to Ann Roe", or both sides of it."""
        first, last = sentence
        words, lower, grammar = self.document.words, self.document.lower, self.subjects.grammar
        if "frame_apart" in grammar.trait and not self._opens_clause(cue.first, first):
            return None
        end, limit = cue.last, min(last, cue.last + MAX_SOURCE_TOKENS)
        while end < limit and lower[end] not in grammar.relative:
            joins = words[end] == "," and end + 1 < last and self._joins_role(cue.last, end, last)
            closes = words[end] == ")" and "(" not in words[cue.last : end]
            if (words[end] in _ENDS and not joins) or closes or self.subjects.ends_noun_phrase(cue.last, end, last):
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
        told = end + 1 < last and words[end] == "," and lower[end + 1] in grammar.relative
        if told and "," in words[end + 1 : last]:  # "a report, which was leaked, ..."
            after = (words.index(",", end + 1, last) + 1, last)
        elif end < last and lower[end] in grammar.relative:  # "a report that was leaked, ..."
            after = (min(words.index(",", end, last) + 1 if "," in words[end:last] else last, last), last)
            while end - 1 > cue.last and lower[end - 1] in self.subjects.words.boundary:
                end -= 1
        else:
            behind = end if end < last and self.document.is_word[end] else end + 1
            after = (min(behind, last), last)
        if cue.first - first <= 1 or " ".join(lower[first : before[1]]) in self.subjects.words.aside:
            parts = [after]
        elif self._runs_on(end, last):
            parts = [before, after]  # German "Der Plan ist laut Roth gut"
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

    def _joins_role(self, start: int, comma: int, last: int) -> bool:
        """Whether a comma joins a role and a name in a frame; where no article tells it, a comma must close it."""
        if not self.subjects.tells_role(start, comma):
            return False
        end = comma + 1
        while end < last and self.document.words[end][0].isupper():
            end += 1
        closed = comma + 1 < end < last and self.document.words[end] == ","
        return closed or bool(self.subjects.grammar.definite_article)

    def _runs_on(self, end: int, last: int) -> bool:
        """Whether a sentence goes on without a comma behind the source of a frame."""
        return self.subjects.capitals and end < last and bool(self.document.is_word[end])

    def _by_pronoun(self, cue: Hit, sentence: Range) -> Statement | None:
        """What a frame with a pronoun for whoever spoke holds: Russian "по его словам"."""
        first, last = sentence
        begin = min(cue.last + (self.document.words[min(cue.last, last - 1)] == ","), last)
        parts = ((first, self._trim(first, cue.first)), (begin, last))
        content = tuple(part for part in parts if part[0] < part[1])
        return Statement(content, (cue.first, cue.last), None) if content else None

    def _by_frame_behind(self, cue: Hit, sentence: Range) -> Statement | None:
        """What a word behind its source frames: German "dem Bericht zufolge"."""
        first, last = sentence
        begin = self.subjects.framed(cue.first, first)
        parts = ((first, self._trim(first, begin)), (cue.last, last))
        content = tuple(part for part in parts if part[0] < part[1])
        return Statement(content, (cue.first, cue.last), (begin, cue.first)) if content and begin < cue.first else None

    # -- verbs whose content may follow without any word between ---------------------------------

    def _around(self, cue: Hit, sentence: Range) -> Statement | None:
        """Before the cue, behind it or on both sides of it, told by commas and quotation marks."""
        first, last = sentence
        if self._is_impersonal(self.subjects.skip_back(cue.first, first), cue):
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
        if tail and self.document.lower[tail[0] - 1] in self.subjects.grammar.article:
            tail = None  # German "sagte Roth dem „Boten“"
        parts = [(first, self._trim(first, left)), *([tail] if tail else [])]
        content = tuple(part for part in parts if part[0] < part[1])
        dropped = self._drops_subject() and self._closes_quotation(left, first) and not self._is_title(left)
        return Statement(content, (cue.first, cue.last), source) if content and (source or dropped) else None

    def _is_title(self, left: int) -> bool:
        """Whether a quotation right before token `left` is a name and no speech, as no comma or dash follows it."""
        return "quoted_names" in self.subjects.grammar.trait and self.document.words[left - 1] not in ",—–"

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
        if self._is_impersonal(start, cue):
            return None
        if self._is_relative(start, first):
            return None
        inside = self.subjects.inside(cue)
        subject = inside or self._subject(cue, start, sentence)
        opener, quotation = self._opener(cue.last, last), self._quotation_after(cue.last, last)
        if quotation and self._is_quoted_name(quotation[0], last):
            quotation = None
        begins = (opener, last) if opener is not None else (quotation[0], last) if quotation else None
        left = subject[0] if subject and not inside else start
        if left > first and lower[left - 1] in self.subjects.words.accord_verb and not quotation:
            return self._framed_verb(cue, subject, left - 1, sentence)
        quoted = self._closes_quotation(left, first)
        if quoted or (begins is None and self._closes_content(left, first)):
            told = subject or self.subjects.after(cue.last, last)
            is_sure = quoted or (told is not None and self.subjects.names_somebody(told))
            if is_sure and (subject is None or inside or self._is_short_tail(cue.last, last)):
                return self._closing(cue, first, left, subject, quotation, last)
        inset = self._inset(cue, first, start, last) if begins is None else None
        if inset is not None:
            return inset
        if begins is not None:
            return self._opened(cue, begins, subject or self._behind(cue, begins[0], first), start)
        source = self.subjects.after(cue.last, last)
        if source and not self.subjects.words.resumed.isdisjoint(lower[start : cue.first]):
            before = self._sentence_before(first)
            return Statement((before,), (cue.first, cue.last), source) if before else None
        return None

    def _is_quoted_name(self, opened: int, last: int) -> bool:
        """Whether a quotation is a body's name: it follows no colon, and an article in a language that has articles."""
        before, articles = self.document.lower[opened - 1], self.subjects.grammar.definite_article
        named = before != ":" and (not articles or before in articles)
        return named and self.subjects.past_quoted_name(opened, last) is not None

    def _subject(self, cue: Hit, start: int, sentence: Range) -> Range | None:
        """The subject before a verb, unless what stands there ends what is said and the subject follows."""
        first, last = sentence
        second = "verb_second" in self.subjects.grammar.trait
        if second and start > first and self.document.words[start - 1] == "," and self.subjects.after(cue.last, last):
            return None
        return self.subjects.before(cue.first, first) or self.subjects.relative(start, first)

    def _behind(self, cue: Hit, end: int, first: int) -> Range | None:
        """The subject behind a verb; for "es hieß" what stands around it ("aus Kreisen der Polizei hieß es")."""
        subjects = self.subjects
        if self.document.lower[cue.last - 1] not in subjects.words.impersonal:
            return subjects.after(cue.last, end)
        if cue.first > first + 1 and self.document.lower[first] in subjects.words.within:
            return first + 1, cue.first
        opens = cue.last < end and self.document.lower[cue.last] in subjects.words.within
        return subjects.after(cue.last + 1, end) if opens else None

    def _framed_verb(self, cue: Hit, subject: Range | None, frame: int, sentence: Range) -> Statement | None:
        """What a clause such as "as Roe said" frames, before or behind it or on both sides."""
        first, last = sentence
        words = self.document.words
        close = next((i for i in range(cue.last, last) if words[i] == ","), last)
        source = subject or self.subjects.after(cue.last, close)
        parts = ((first, self._trim(first, frame)), (min(close + 1, last), last))
        content = tuple(part for part in parts if part[0] < part[1])
        return Statement(content, (cue.first, cue.last), source) if content and source else None

    def _is_impersonal(self, start: int, cue: Hit) -> bool:
        """Whether nobody in particular says it: "se dice", or behind a hyphen "diz-se", "dit-on"."""
        document, impersonal = self.document, self.subjects.words.impersonal
        if not impersonal.isdisjoint(document.lower[start : cue.first]):
            return True
        tied = cue.last < len(document.lower) and document.lower[cue.last] in impersonal
        return tied and document.article.text[document.end[cue.last - 1] : document.start[cue.last]] == "-"

    def _inset(self, cue: Hit, first: int, start: int, last: int) -> Statement | None:
        """What a verb and its subject between commas interrupt: "The plan, insists Roe, will cost nothing"."""
        words, source = self.document.words, self.subjects.after(cue.last, last)
        if source is None or start <= first + 1 or words[start - 1] != "," or not self.subjects.names_somebody(source):
            return None
        behind = (source[1] + 1, last)
        if source[1] >= last or words[source[1]] != "," or behind[0] >= behind[1]:
            return None
        return Statement(((first, start - 1), behind), (cue.first, cue.last), source)

    def _is_relative(self, start: int, first: int) -> bool:
        """Whether a verb tells of whom one speaks and not what is said: "those who say that ..."."""
        lower = self.document.lower
        relative = start > first and lower[start - 1] in self.subjects.grammar.relative
        return relative and (start < first + 2 or lower[start - 2] != ",")

    def _opened(self, cue: Hit, content: Range, source: Range | None, start: int) -> Statement | None:
        """A cue before its content; its subject may be missing where the language drops subjects."""
        is_noun = (
            source is None and cue.first > 0 and self.document.lower[cue.first - 1] in self.subjects.grammar.article
        )
        if is_noun or (source is None and not self._drops_subject()):  # "la denuncia que ..."
            return None
        begin = self._verb_start(cue.first, source[1]) if source and source[1] <= cue.first else start
        return Statement((content,), (min(begin, cue.first), cue.last), source) if content[0] < content[1] else None

    def _opener(self, start: int, last: int) -> int | None:
        """The complementiser that opens what is said, or the infinitive right behind the verb; None without any."""
        grammar, lower, words = self.subjects.grammar, self.document.lower, self.document.words
        if "comma_needed" in grammar.trait:
            return self._behind_comma(start, last)
        at = start
        while at < last - 1 and lower[at] in grammar.infinitive_mark:
            at += 1
        if at < last and lower[at] not in self.subjects.words.holder and lower[at].endswith(grammar.infinitive_ending):
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

    def _behind_comma(self, start: int, last: int) -> int | None:
        """Where a clause opens behind a comma and tells what is said: by a complementiser, or, in a language that can
        do without, right behind the verb or by a subjunctive of hearsay.
        """
        grammar, lower, words = self.subjects.grammar, self.document.lower, self.document.words
        needs, past = "complementiser_needed" in grammar.trait, 0
        for i in range(start, min(start + MAX_SOURCE_TOKENS, last - 1)):
            past = max(past, self.subjects.past_quoted_name(i, last) or 0)
            if i < past:
                continue
            if words[i] in STOPS or i in self.verbs:
                return None
            if words[i] != ",":
                continue
            if lower[i + 1] in grammar.complementiser:
                return i + 1
            follows = lower[i - 1] in self.subjects.words.within or self._skip_complement(start, last) > i
            if not needs and (follows or self._is_reported(i + 1, last)):
                return i + 1
            if not (i > start and self.subjects.apposes(start, i)):
                return None
        return None

    def _is_reported(self, start: int, last: int) -> bool:
        """Whether a subjunctive of hearsay, or an infinitive at its end, tells that a clause is what somebody says."""
        grammar, lower = self.subjects.grammar, self.document.lower
        if not self.subjects.words.reported.isdisjoint(lower[start : min(last, start + MAX_CLAUSE)]):
            return True
        end = self._trim(start, last)
        if end < start + 2 or not lower[end - 1].endswith(grammar.infinitive_ending):
            return False
        return lower[end - 2] in grammar.infinitive_mark or any(
            mark in lower[end - 1][2:] for mark in grammar.infinitive_mark
        )

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
        if left > first + 1 and self.document.words[left - 1] in _DASHES and self.document.words[left - 2] == ",":
            return self._closes_content(left - 1, first)
        return self._closes_quotation(left, first) or (comma and left - first >= MIN_QUOTATION_WORDS)

    def _closes_quotation(self, left: int, first: int) -> bool:
        """Whether a quotation ends right before token `left`, or before a comma there."""
        words = self.document.words
        if left > first + 1 and words[left - 1] in _DASHES and words[left - 2] in ',”»"':
            left -= 1  # "«...», — сказал Рогов"
            if self.document.quoted[left - 1]:
                return True
        marks = _PARTS if "comma_opens" in self.subjects.grammar.trait else ","
        end = left - 1 if left > first and words[left - 1] in marks else left
        if end <= first:
            return False
        before = words[end - 1]
        return before in _CLOSING or (before in _DASHES | _EITHER and bool(self.document.quoted[end - 1]))

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
