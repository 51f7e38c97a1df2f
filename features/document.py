"""The article as it was read, and the article as everything here measures it.

`Article` is what a person would recognise: text, title, byline. `Document` adds tokens, sentences,
paragraphs and quotation marks, with offsets, made once and shared by all that is measured.
All offsets are Unicode code points into `Article.text`, half-open.
"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from onrecord.features import quotation_marks, segmentation
from onrecord.features.arrays import Bools, Ints
from onrecord.features.lexicon import languages
from onrecord.features.tokens import tokenise

# Fewer words than this are too few to judge an article by.
MIN_WORDS = 50
# A text of so many tokens without a single quotation mark may have lost them.
MIN_UNQUOTED = 300


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


def read(article: Article) -> Document:
    """Tokenise an article, once.

    Time and memory are linear in the text; any string is accepted, the empty one too.

    >>> document = read(Article("He said: “Stop.” Nobody did."))
    >>> [" ".join(document.words[a:b]) for a, b in document.sentences]
    ['He said : “ Stop . ”', 'Nobody did .']
    """
    text = article.text
    words, lower, bounds, is_word, language = tokenise(text)
    paragraphs = segmentation.paragraphs(text, bounds)
    quotations, unclosed = quotation_marks.quotations(text, words, bounds, paragraphs, language)
    quoted = np.zeros(len(words), dtype=np.bool_)
    for first, last in quotations.tolist():
        quoted[first:last] = True
    return Document(
        article=article,
        words=words,
        lower=lower,
        start=bounds[:, 0],
        end=bounds[:, 1],
        sentences=segmentation.sentences(words, bounds, paragraphs, language),
        paragraphs=paragraphs,
        quotations=quotations,
        quoted=quoted,
        is_word=is_word,
        language=language,
        notes=_notes(words, language, unclosed, bool(len(quotations))),
    )


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
