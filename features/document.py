"""The article as it was read, and the article as everything here measures it.

`Article` is what a person would recognise: text, title, byline. `Document` adds tokens, sentences,
paragraphs and quotation marks, with offsets, made once and shared by all that is measured.
All offsets are Unicode code points into `Article.text`, half-open.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property

import numpy as np
import numpy.typing as npt

from onrecord.features.language import identify
from onrecord.features.lexicon import compounds, cut, languages, load

Ints = npt.NDArray[np.int32]
Bools = npt.NDArray[np.bool_]

TOKEN = re.compile(r"\w+(?:[-'’.]\w+)*|[^\w\s]")
LINE = re.compile(r"[^\n]+")
_APOSTROPHE = re.compile("['’]")

# Fewer words than this are too few to judge an article by.
MIN_WORDS = 50
# A text of so many tokens without a single quotation mark may have lost them.
MIN_UNQUOTED = 300

_TERMINAL = frozenset(".!?…")
_CLOSING = frozenset("\"'”’»)]")
_OPENING = frozenset("\"'“‘«„([")
# Opening glyph -> the glyphs that may close it. „ closes with “ in German and ” elsewhere.
_QUOTES = {'"': '"', "“": '”"', "«": "»", "„": "“”", "‘": "’", "'": "'", "`": "'"}
_SINGLE = frozenset("‘'`")
# What stands before a dash between what is said and who says it.
_TURNS = frozenset(",.!?…")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A passage: code points `start` to `end` of the text, half-open."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Note:
    """Something the reader of a score should know: a stable `code`, and a sentence."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link in the body of a page: where it goes, and the words that carry it."""

    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it was read. What is not known is empty, or None.

    Attributes:
        text: the body, to which all offsets refer.
        published: an ISO date, if one is given.
        language: a BCP 47 primary tag that the source declares; `Document.language` is measured.
        aside: what the page held besides the article; None when the input was no page.
        links: links in the body; None when the input could not carry any.
    """

    text: str
    title: str = ""
    url: str = ""
    domain: str = ""
    byline: str | None = None
    published: str | None = None
    language: str = ""
    aside: str | None = None
    links: tuple[Link, ...] | None = None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, eq=False)
class Document:
    """An article with its tokens, sentences, paragraphs and quotations (made by `read`); equal to itself alone.

    Attributes:
        words, lower: the n tokens as written; lower-cased, with a straight apostrophe. A word of several syllables
            that a language writes apart is one token, with low lines ("Tổng_thống").
        start, end: (n,) code point offsets of the tokens.
        sentences: (s, 2) first and past-the-last token of each sentence.
        paragraphs: (p, 2) first and past-the-last token of each paragraph.
        quotations: (q, 2) tokens of each quotation, its marks included.
        quoted: (n,) whether a token stands inside quotation marks.
        is_word: (n,) whether a token has a letter or a digit.
        language: the language measured in the text, "" where it cannot be told.
        page: the document with what was set aside from this one (`own_text.own`); None where nothing was.
    """

    article: Article
    words: list[str] = field(repr=False)
    lower: list[str] = field(repr=False)
    start: Ints = field(repr=False)
    end: Ints = field(repr=False)
    sentences: Ints = field(repr=False)
    paragraphs: Ints = field(repr=False)
    quotations: Ints = field(repr=False)
    quoted: Bools = field(repr=False)
    is_word: Bools = field(repr=False)
    language: str
    notes: tuple[Note, ...]
    page: "Document | None" = field(default=None, repr=False)

    @property
    def whole(self) -> "Document":
        """The document with all that stands in the text."""
        return self.page or self

    @cached_property
    def word_count(self) -> int:
        """Tokens with a letter or a digit."""
        return int(self.is_word.sum())

    @cached_property
    def sentence_of(self) -> Ints:
        """(n,) the sentence in which each token stands."""
        return _place(self.sentences)

    @cached_property
    def paragraph_of(self) -> Ints:
        """(n,) the paragraph in which each token stands."""
        return _place(self.paragraphs)

    def span(self, first: int, last: int) -> Span:
        """The passage of tokens `first` to `last`, half-open."""
        return Span(int(self.start[first]), int(self.end[last - 1]))

    def text_of(self, span: Span) -> str:
        """The characters of a passage."""
        return self.article.text[span.start : span.end]


def _place(parts: Ints) -> Ints:
    """The number of the part in which each token stands, of (k, 2) parts that hold them all."""
    return np.repeat(np.arange(len(parts), dtype=np.int32), np.diff(parts, axis=1).ravel())


@dataclass(frozen=True, slots=True)
class Joins:
    """How a language writes two words as one, so that they can be parted; what joins them is then in no token.

    Attributes:
        elision: words that lose a vowel before an apostrophe ("l'eau" is "l" and "eau").
        elision_in_name: those of them that with a capital belong to a name ("D'Alema").
        enclitic: pronouns that a hyphen ties to the end of a verb, with that hyphen ("dit-il" is "dit" and "il").
    """

    elision: frozenset[str]
    elision_in_name: frozenset[str]
    enclitic: tuple[str, ...]

    @staticmethod
    @cache
    def of(language: str) -> "Joins":
        """Those of a language; all are empty where its lexicon has none."""
        lexicon = load("document", language)
        elision, in_name, enclitic = (
            lexicon.words(label) if lexicon else frozenset[str]()
            for label in ("elision", "elision_in_name", "enclitic")
        )
        endings = sorted((word.replace(" ", "") for word in enclitic), key=lambda ending: (-len(ending), ending))
        return Joins(elision | in_name, in_name, tuple(endings))

    @property
    def any(self) -> bool:
        """Whether the language joins words at all."""
        return bool(self.elision or self.enclitic)

    def parted(self, word: str, start: int, end: int) -> list[tuple[int, int]]:
        """The places of the words in a token at code points `start` to `end`."""
        places: list[tuple[int, int]] = []
        first = 0
        for mark in _APOSTROPHE.finditer(word):
            head = word[first : mark.start()]
            in_name = head[:1].isupper() and word[mark.end()].isupper() and head.lower() in self.elision_in_name
            if in_name or head.lower() not in self.elision:
                break
            places.append((start + first, start + mark.start()))
            first = mark.end()
        if "-" in word and word.endswith(self.enclitic):
            tied = next(ending for ending in self.enclitic if word.endswith(ending))
            if first < len(word) - len(tied):
                places.append((start + first, end - len(tied)))
                first = len(word) - len(tied.rpartition("-")[2])
        places.append((start + first, end))
        return places


def lowered(word: str) -> str:
    """A token as lexicons write it: lower case, straight apostrophe (which one is printed is house style)."""
    return word.lower().replace("’", "'")


def lower_tokens(text: str) -> list[str]:
    """The tokens of a title or a line, as lexicons write them."""
    return [lowered(word) for word in TOKEN.findall(text)]


def read(article: Article) -> Document:
    """Tokenise an article, once.

    Time and memory are linear in the text; any string is accepted, the empty one too.

    >>> document = read(Article("He said: “Stop.” Nobody did."))
    >>> [" ".join(document.words[a:b]) for a, b in document.sentences]
    ['He said : “ Stop . ”', 'Nobody did .']
    """
    text = article.text
    places = [m.span() for m in TOKEN.finditer(text)]
    bounds = np.array(places, dtype=np.int32).reshape(-1, 2)
    words = [text[a:b] for a, b in places]
    lower = [word.lower() for word in words]  # what `lowered` does, for all of them at once
    if "’" in text:
        lower = [word.replace("’", "'") for word in lower]
    is_word = np.array([word[0].isalnum() or word[0] == "_" for word in words], dtype=np.bool_)
    language = identify(lower, int(is_word.sum()))
    if (joins := Joins.of(language)).any:
        places = [part for (a, b), word in zip(places, words, strict=True) for part in joins.parted(word, a, b)]
        bounds = np.array(places, dtype=np.int32).reshape(-1, 2)
        words = [text[a:b] for a, b in places]
        lower = [lowered(word) for word in words]
        is_word = np.array([word[0].isalnum() or word[0] == "_" for word in words], dtype=np.bool_)
    if compounds(language):
        words, lower, bounds = _words(text, words, lower, bounds, language)
        is_word = np.array([word[0].isalnum() or word[0] == "_" for word in words], dtype=np.bool_)
    paragraphs = _paragraphs(text, bounds)
    quotations, unclosed = _quotations(text, words, bounds, paragraphs, language)
    quoted = np.zeros(len(words), dtype=np.bool_)
    for first, last in quotations.tolist():
        quoted[first:last] = True
    return Document(
        article=article,
        words=words,
        lower=lower,
        start=bounds[:, 0],
        end=bounds[:, 1],
        sentences=_sentences(words, lower, bounds, paragraphs, language),
        paragraphs=paragraphs,
        quotations=quotations,
        quoted=quoted,
        is_word=is_word,
        language=language,
        notes=_notes(words, language, unclosed, bool(len(quotations))),
    )


def _words(
    text: str, words: list[str], lower: list[str], bounds: Ints, language: str
) -> tuple[list[str], list[str], Ints]:
    """Tokens with the syllables of a word joined, where the lexicons know it and a blank on one line parts them."""
    start, end = bounds[:, 0].tolist(), bounds[:, 1].tolist()
    joined: list[tuple[int, int]] = []
    for first, last in cut(lower, compounds(language)):
        gaps = [text[end[k] : start[k + 1]] for k in range(first, last - 1)]
        apart = any(len(gap) != 1 or gap == "\n" for gap in gaps)
        joined += [(k, k + 1) for k in range(first, last)] if apart else [(first, last)]
    return (
        ["_".join(words[first:last]) for first, last in joined],
        ["_".join(lower[first:last]) for first, last in joined],
        np.array([(start[first], end[last - 1]) for first, last in joined], dtype=np.int32).reshape(-1, 2),
    )


def _paragraphs(text: str, bounds: Ints) -> Ints:
    """A line is a paragraph, unless the next begins in lower case: then it was only wrapped."""
    if len(bounds) == 0:
        return np.zeros((0, 2), dtype=np.int32)
    lines = [line.start() for line in LINE.finditer(text)]
    cuts = [0]
    for first in np.searchsorted(bounds[:, 0], lines).tolist():
        if cuts[-1] < first < len(bounds):
            begin = bounds[first, 0]
            wrapped = text[begin].islower() and text.count("\n", bounds[first - 1, 1], begin) < 2
            if not wrapped:
                cuts.append(first)
    return np.array(list(zip(cuts, [*cuts[1:], len(bounds)], strict=True)), dtype=np.int32)


def _sentences(words: list[str], lower: list[str], bounds: Ints, paragraphs: Ints, language: str) -> Ints:
    """Cut after . ! ? (and what closes them) before a gap and a capital, a digit or an opening mark."""
    lexicon = load("document", language)
    abbreviations = lexicon.words("abbreviation") if lexicon else frozenset()
    letters = lexicon.words("letter") if lexicon else frozenset()
    apart = lexicon.words("closing_apart") if lexicon else frozenset()
    dashes = lexicon.words("inset_dash") if lexicon else frozenset()
    cuts: list[tuple[int, int]] = []
    start, end = bounds[:, 0].tolist(), bounds[:, 1].tolist()
    for first, last in paragraphs.tolist():
        begin = i = first
        while i < last:
            if words[i] in _TERMINAL:
                j = i + 1
                while j < last and (words[j] in _CLOSING or words[j] in _TERMINAL):
                    if start[j] > end[j - 1] and words[j] not in apart:
                        break
                    j += 1
                goes_on = j < last and words[j] in dashes and words[j - 1] in _CLOSING
                opens = j < last and not goes_on and start[j] > end[j - 1]
                opens = opens and (_opens(words[j]) or _is_tokenised(words, i, start[i] - end[i - 1]))
                if opens and not (words[i] == "." and i > begin and _abbreviates(words[i - 1], abbreviations, letters)):
                    cuts.append((begin, j))
                    begin = j
                i = j
            else:
                i += 1
        cuts.append((begin, last))
    return np.array(cuts, dtype=np.int32).reshape(-1, 2)


def _opens(word: str) -> bool:
    return word[0].isupper() or word[0].isdigit() or word[0] in _OPENING or not word[0].isascii()


def _is_tokenised(words: list[str], i: int, gap: int) -> bool:
    """Whether the stop at token i stands apart between two words, as in text that was tokenised: no abbreviation's."""
    opens = words[i + 1][0].isalnum() or words[i + 1] in _QUOTES
    return i > 0 and gap > 0 and words[i - 1][0].isalnum() and opens


def _abbreviates(word: str, abbreviations: frozenset[str], letters: frozenset[str]) -> bool:
    """Whether a full stop behind a word belongs to it: an abbreviation, or an initial and no word of one letter."""
    lower = lowered(word)
    return lower in abbreviations or (len(word) == 1 and word.isupper() and lower not in letters)


def _quotations(text: str, words: list[str], bounds: Ints, paragraphs: Ints, language: str) -> tuple[Ints, int]:
    """Quotations by paragraph; one that stays open ends with its paragraph, as the press prints long ones."""
    lexicon = load("document", language)
    dashes = lexicon.words("quotation_dash") if lexicon else frozenset()
    spaced = lexicon.words("spaced_dash") if lexicon else frozenset()
    pairs = lexicon.words("quotation_pair") if lexicon else frozenset()
    marks = _QUOTES | {pair[0]: pair[-1] for pair in pairs}
    found: list[tuple[int, int]] = []
    unclosed = 0
    start, end = bounds[:, 0].tolist(), bounds[:, 1].tolist()
    for first, last in paragraphs.tolist():
        if words[first] in dashes and first + 1 < last and start[first + 1] == end[first]:
            found.extend(_dashed(words, start, end, (first, last)))
            continue
        if words[first] in spaced:
            found.extend(_spaced(words, (first, last)))
            continue
        opened = -1
        closers = ""
        for i in range(first, last):
            word = words[i]
            if opened < 0:
                if word in marks and _is_opening(text, word, start[i], end[i]):
                    opened, closers = i, marks[word]
            elif word in closers and (closers not in "’'" or _is_closing(text, end[i])):
                doubled = words[opened] == "`" and text[end[i] : end[i] + 1] == "'"
                found.append((opened, i + 1 + doubled))
                opened = -1
        if opened >= 0 and words[opened] not in _SINGLE:
            unclosed += 1
            found.append((opened, last))
    return np.array(found, dtype=np.int32).reshape(-1, 2), unclosed


def _dashed(
    words: list[str], start: list[int], end: list[int], paragraph: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    """What is said in a paragraph that opens with a dash: all but the insets ("—No —dijo Ruiz—. Nunca.")."""
    first, last = paragraph
    opened = first
    for i in range(first + 1, last):
        if words[i] != words[first]:
            continue
        opens_inset = i + 1 < last and start[i] > end[i - 1] and start[i + 1] == end[i]
        if opened >= 0 and opens_inset:
            yield opened, i + 1
            opened = -1
        elif opened < 0:
            opened = next((k for k in range(i + 1, last) if words[k][0].isalnum()), -1)
    if opened >= 0:
        yield opened, last


def _spaced(words: list[str], paragraph: tuple[int, int]) -> Iterator[tuple[int, int]]:
    """What is said in a paragraph that opens with a dash and a gap: insets stand between a dash behind a comma or a
    full stop and the next such ("— Нет, — сказал Рогов. — Никогда").
    """
    first, last = paragraph
    turns = [i for i in range(first + 1, last) if words[i] == words[first] and words[i - 1] in _TURNS]
    bounds = [first, *turns, last]
    yield from zip(bounds[::2], bounds[1::2], strict=False)


def _is_opening(text: str, mark: str, start: int, end: int) -> bool:
    """A mark opens before a letter; a single one must also follow a gap, or it is an apostrophe."""
    if mark == "`":
        return text[start : start + 2] == "``"
    if mark not in _SINGLE:
        return True
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return (before.isspace() or before in "([—–-") and after.isalpha()


def _is_closing(text: str, end: int) -> bool:
    return end >= len(text) or not text[end].isalnum()


def _notes(words: list[str], language: str, unclosed: int, has_quotations: bool) -> tuple[Note, ...]:
    notes = []
    if words and language not in languages("document"):
        what = f"a language that onrecord cannot read ({language})" if language else "no language that can be told"
        notes.append(Note("unsupported_language", f"The text is in {what}, so it gets no score."))
    if unclosed:
        message = f"{unclosed} quotation(s) never close; each was read to the end of its paragraph."
        notes.append(Note("unclosed_quotation", message))
    letters = "".join(word for word in words[:400] if word.replace("_", "").isalpha()).replace("_", "")
    if len(letters) >= 200 and letters.islower():
        notes.append(Note("lowercased", "The text has no capital letters; names and sources are hard to find."))
    if language and not has_quotations and len(words) >= MIN_UNQUOTED:
        message = "The text has no quotation marks, so what sources say word for word cannot be told from the rest."
        notes.append(Note("no_quotation_marks", message))
    return tuple(notes)
