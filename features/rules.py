"""Rules that find cue, source and content in one pass over a document: for languages that have words but no tagger.

The rules follow how the press writes (Pareti 2015 on cue, source and content; Newell et al. 2018
for the spans of PolNeAR): a cue stands between or after its source and its content; a quotation
before a cue is its content; a quotation without a cue carries on the one before it.
"""

from bisect import bisect_left
from dataclasses import dataclass

from onrecord.features.document import Document
from onrecord.features.lexicon import Hit, Lexicon, load
from onrecord.features.statement import Range, Statement

MAX_SOURCE_TOKENS = 25
MIN_QUOTATION_WORDS = 4
_STOPS = frozenset(';:!?"“”«»()[]—–')
_APPOSITIONS = frozenset(("a", "an", "the", "who", "whose", "which"))
# Words that a subject may hold though a clause may begin with them, and those that it never begins with.
_WITHIN = frozenset(("of", "for", "in", "at", "with", "from", "and"))
_NO_HEAD = frozenset(("and", "but", "or", "in", "for", "at", "with", "from", "if", "so", "yet", "nor"))
_DETERMINERS = frozenset(("a", "an", "the", "one"))
_RELATIVE = frozenset(("which", "who", "that"))
_DATED = frozenset(("on", "in", "last", "this", "late", "early"))
# What may follow a cue that ends its sentence: "..., she said in a letter".
_TAILS = frozenset(("in", "on", "during", "at", "as", "when", "after", "while", "of", "before"))
_BREAKS = frozenset(',"”»')
_CLOSING = frozenset("\"”»'’")


@dataclass(frozen=True, slots=True)
class _Words:
    """The lexicon's classes that the rules ask for."""

    auxiliary: frozenset[str]
    boundary: frozenset[str]
    addressee: frozenset[str]
    time: frozenset[str]
    pronoun: frozenset[str]

    @classmethod
    def of(cls, lexicon: Lexicon) -> "_Words":
        return cls(*(lexicon.words(label) for label in ("auxiliary", "boundary", "addressee", "time", "pronoun")))


def statements(document: Document) -> list[Statement]:
    """The statements of a document, in order of place; none where its language has no lexicon of cues."""
    lexicon = load("attribution", document.language)
    if lexicon is None:
        return []
    words = _Words.of(lexicon)
    cues = [
        hit
        for hit in lexicon.find(document.lower, "say", "think", "accord")
        if not document.quoted[hit.first] and not _in_a_name(document, hit.first)
    ]
    by_sentence: dict[int, list[Hit]] = {}
    for hit in cues:
        by_sentence.setdefault(int(document.sentence_of[hit.first]), []).append(hit)
    found: list[Statement] = []
    for number, (first, end) in enumerate(document.sentences.tolist()):
        here: list[Statement] = []
        begin, last = first, _trim(document, first, end)
        for hit in by_sentence.get(number, ()):
            if hit.first < begin:
                continue
            statement = _statement(document, words, hit, (begin, last))
            if statement is not None:
                here.append(statement)
                begin = max([hit.last] + [b for a, b in statement.content if a < hit.first])
        here = _outermost(here)
        if not here:
            here = _carried_on(document, (first, end))
        found.extend(here)
    return found


def _in_a_name(document: Document, i: int) -> bool:
    """Nobody says anything in "United States"; a headline above a sentence is no part of its first name."""
    capitals = i > 0 and document.words[i][0].isupper() and document.words[i - 1][0].isupper()
    return bool(capitals and document.sentence_of[i] == document.sentence_of[i - 1])


def _statement(document: Document, words: _Words, cue: Hit, sentence: Range) -> Statement | None:
    """The attribution around one cue, or None when nobody says anything there."""
    if cue.label == "accord":
        return _according_to(document, words, cue, sentence)
    first, last = sentence
    subject = _subject_before(document, words, cue.first, first)
    left = subject[0] if subject else _skip_back(document, words, cue.first, first)
    after = _skip_complement(document, words, cue.last, last)
    is_tail = _is_short_tail(document, words, after, last)
    resumes = left > first and _resumes(document, left, cue.last, after, last)
    if left > first and _closes_content(document, left, first) and (subject is None or is_tail or resumes):
        source = subject or _subject_after(document, words, cue.last, last)
        content = [(first, _trim(document, first, left))]
        tail = (after, last) if resumes else _quotation_after(document, cue.last, last)
        if tail:
            content.append(tail)
        content = [part for part in content if part[0] < part[1]]
        return Statement(tuple(content), (cue.first, cue.last), source) if source and content else None
    if subject is None or is_tail or last - after < (2 if cue.label == "think" else 1):
        return None
    start = _verb_start(document, cue.first, subject[1])
    return Statement(((after, last),), (start, cue.last), subject)


def _resumes(document: Document, left: int, cue_end: int, after: int, last: int) -> bool:
    """Whether what is said goes on behind the cue: "If it closes, Ann Roe said, the town will suffer"."""
    return document.words[left - 1] in _BREAKS and after < last and document.words[cue_end] in ",:"


def _according_to(document: Document, words: _Words, cue: Hit, sentence: Range) -> Statement | None:
    first, last = sentence
    end, limit = cue.last, min(last, cue.last + MAX_SOURCE_TOKENS)
    while end < limit and document.words[end] not in ",.;:—–" and document.lower[end] not in _RELATIVE:
        end += 1
    if end == cue.last:
        return None
    before = (first, _trim(document, first, cue.first))
    after = (min(end + 1, last), last)
    if cue.first - first <= 1:
        parts = [after]
    elif end + 1 < last and document.words[end] == "," and document.lower[end + 1] in words.auxiliary:
        parts = [before, after]  # "The plan, according to a consultant, would save money"
    else:
        parts = [before]
    content = tuple(part for part in parts if part[0] < part[1])
    return Statement(content, (cue.first, cue.last), (cue.last, end)) if content else None


def _subject_before(document: Document, words: _Words, cue: int, first: int) -> Range | None:
    """The noun phrase that ends before a verb: back to a stop, a comma that opens no apposition, or a clause word."""
    end = _before_acronym(document, _skip_back(document, words, cue, first), first)
    if end <= first or document.words[end - 1] in _STOPS:
        return None
    lower = document.lower
    if document.words[end - 1] == ",":
        opened = _apposition_start(document, end - 1, first)
        if opened is None:
            return None
        begin = opened
    else:
        begin = end
    while begin > first and end - begin < MAX_SOURCE_TOKENS:
        token = document.words[begin - 1]
        if token in _STOPS or document.quoted[begin - 1]:
            break
        if token == ",":
            opened = _apposition_start(document, begin - 1, first)
            if opened is None or lower[begin] in words.pronoun:
                break
            begin = opened
            continue
        if (
            lower[begin - 1] in words.boundary
            and lower[begin - 1] not in _WITHIN
            and not _restricts(document, begin - 1, first)
        ):
            break
        begin -= 1
    return _noun_phrase(document, words, begin, end)


def _restricts(document: Document, i: int, first: int) -> bool:
    """Whether token i is the "who" in "an official who has seen it"."""
    return i > first and document.lower[i] == "who" and document.words[i - 1].islower()


def _before_acronym(document: Document, end: int, first: int) -> int:
    """Before the brackets in "the National Weather Service (NWS)"."""
    bracketed = end - 3 > first and document.words[end - 1] == ")" and document.words[end - 3] == "("
    return end - 3 if bracketed else end


def _noun_phrase(document: Document, words: _Words, begin: int, end: int) -> Range | None:
    """Without what cannot head a noun phrase ("And", "In 2011"); None when nothing that names anybody is left."""
    lower = document.lower
    while begin < end and (lower[begin] in _NO_HEAD or lower[begin] in words.time or _is_year(document, begin, end)):
        begin += 1
    names_somebody = any(
        document.is_word[i]
        and lower[i] not in _DETERMINERS
        and (lower[i] not in words.boundary or lower[i] in words.pronoun)
        for i in range(begin, end)
    )
    return (begin, end) if names_somebody else None


def _is_year(document: Document, i: int, end: int) -> bool:
    """Whether token i is the year in "In 2011 a report"."""
    return document.words[i].isdigit() and i + 1 < end and document.lower[i + 1] in _DETERMINERS


def _apposition_start(document: Document, comma: int, first: int) -> int | None:
    """Where the noun begins to which ", a spokesman for the city," belongs; None when the comma opens none."""
    for i in range(comma - 1, max(first, comma - 18), -1):
        token = document.words[i]
        if token in _STOPS or document.quoted[i]:
            return None
        if token == "," and (document.lower[i + 1] in _APPOSITIONS or document.words[i + 1][0].islower()):
            name = i
            while name > first and document.words[name - 1][0].isupper():
                name -= 1
            return name if name < i else None
    return None


def _subject_after(document: Document, words: _Words, start: int, last: int) -> Range | None:
    """The noun phrase behind an inverted verb ("said Ann Roe, the mayor, on Monday")."""
    end = start
    while end < last and end - start < MAX_SOURCE_TOKENS:
        token, lower = document.words[end], document.lower[end]
        if (
            token == ","
            and end + 1 < last
            and document.lower[end + 1] in ("a", "an", "the", "who", "chief", "director")
        ):
            end += 1
            continue
        if token in _STOPS or token == "," or lower in ("in", "on", "when", "as", "after", "before", "during", "while"):
            break
        end += 1
    while end > start and (document.words[end - 1] == "," or document.lower[end - 1] in words.time):
        end -= 1
    if start == end or document.lower[start] in words.boundary:
        return None
    return _noun_phrase(document, words, start, end)


def _skip_back(document: Document, words: _Words, cue: int, first: int) -> int:
    """Past the auxiliaries and adverbs before a verb."""
    i = cue
    while i > first and (document.lower[i - 1] in words.auxiliary or document.lower[i - 1].endswith("ly")):
        i -= 1
    return i


def _verb_start(document: Document, cue: int, subject_end: int) -> int:
    """Where the auxiliaries before a verb begin, if they are few."""
    follows = subject_end < cue and cue - subject_end <= 4 and document.words[subject_end] != "("
    return subject_end if follows else cue


def _skip_complement(document: Document, words: _Words, start: int, last: int) -> int:
    """Past whom it was told to, when and where, up to the content (its "that" belongs to the content)."""
    i = start
    if i < last and document.lower[i] in words.addressee:
        i += 1
    while i < last:
        dated = document.lower[i] in _DATED and i + 1 < last and document.lower[i + 1] in words.time
        if not (dated or document.lower[i] in words.time or document.words[i] in ",:"):
            break
        i += 1
    return i


def _is_short_tail(document: Document, words: _Words, start: int, last: int) -> bool:
    """Whether nothing but time, place or a full stop follows a cue."""
    i = start
    lower = document.lower
    while i < last and (lower[i] in words.time or lower[i] in words.addressee or not document.is_word[i]):
        if document.words[i] in '"“«':
            return False
        i += 1
    return i >= last or document.lower[i] in _TAILS


def _closes_content(document: Document, left: int, first: int) -> bool:
    """Whether a comma or a closing quotation mark stands right before token `left`."""
    before = document.words[left - 1]
    return before in _CLOSING or (before == "," and left - first >= MIN_QUOTATION_WORDS)


def _quotation_after(document: Document, start: int, last: int) -> Range | None:
    """The first quotation that opens at token `start` or later in a sentence that ends at `last`."""
    k = bisect_left(document.quotations, start, key=lambda quotation: int(quotation[0]))
    if k == len(document.quotations):
        return None
    first, end = document.quotations[k].tolist()
    return (first, min(end, last)) if first < last else None


def _trim(document: Document, first: int, last: int) -> int:
    """Without the punctuation at the end, unless it belongs to a quotation."""
    while last > first and not document.is_word[last - 1] and not document.quoted[last - 1]:
        last -= 1
    return last


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


def _carried_on(document: Document, sentence: Range) -> list[Statement]:
    """A sentence of quotation without a cue goes on with what the last source said."""
    first, last = sentence
    quoted = int(document.quoted[first:last].sum())
    if quoted < MIN_QUOTATION_WORDS or quoted < 0.6 * (last - first):
        return []
    inside = [i for i in range(first, last) if document.quoted[i]]
    return [Statement(((inside[0], inside[-1] + 1),), None, None)]
