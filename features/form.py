"""The form of a text, where it is none of an ordinary article: what was seen, and what follows from it for the score.

A note is given only where layout or wording leaves little doubt. Layout tells most of it in any language; wording tells
the rest where the language has a lexicon.
"""

import re
from collections.abc import Iterator

import numpy as np

from onrecord.features import cut, thread, transcript, transparency
from onrecord.features.document import Document, Note
from onrecord.features.lexicon import words_of
from onrecord.features.tokens import TOKEN

# The codes of what is no article at all and gets no score.
NO_ARTICLE = frozenset({"link_list", "comment_thread"})

LEXICON = "form"

# A headline has so many words at most. A list has so many items, and they hold this share of its words.
_HEADLINE_WORDS, _MIN_ITEMS, _MIN_LISTED = 20, 8, 0.8
# An item with an address may have a sentence or two beside it.
_ITEM_WORDS = 60
_ADDRESS = re.compile(r"https?://|www\.", re.IGNORECASE)

# How an entry of a live blog begins: "9:15", "9.15 CET", "9 a.m.", "9h15".
_CLOCK = re.compile(
    r"\W{0,3}(?:[01]?\d|2[0-3])(?::[0-5]\d(?![\d:])|[.:]?(?:[0-5]\d)?\s?([^\W\d_]{1,4}(?:\.[^\W\d_])?))"
)
_ZONES = frozenset(("gmt", "bst", "utc", "cet"))
_CLOCK_CHARACTERS, _MIN_ENTRIES, _MIN_DATELINES = 30, 4, 3

# What stands in a full dateline, and seldom in a heading in capitals.
_BESIDE = frozenset("(,")

# A paragraph of fewer words may stand twice on purpose; what is repeated must be this share of the words.
_REPEATED_WORDS, _MIN_REPEATED = 12, 0.05


def recognise(document: Document) -> tuple[Note, ...]:
    """Notes on the form of a text; none for an ordinary article. Time is linear in the text.

    Codes: `link_list`, `comment_thread` (nothing but comments), `comments_below` (an article, then comments),
    `transcript`, `several_articles`, of which there is one at most; `stub` or `truncated`; `repeated`.
    """
    if not document.word_count:
        return ()
    forms = (_link_list, thread.recognise, transcript.recognise, _several_articles)
    form = next((note for note in (recognise_form(document) for recognise_form in forms) if note), None)
    whole = form is not None and form.code in NO_ARTICLE
    notes = (form, None if whole else cut.recognise(document), _repeated(document))
    return tuple(note for note in notes if note)


def _paragraphs(document: Document) -> Iterator[tuple[int, int, int]]:
    """The first and the past-the-last token of each paragraph, and how many words it has."""
    words = np.concatenate([[0], np.cumsum(document.is_word)])
    counts = words[document.paragraphs[:, 1]] - words[document.paragraphs[:, 0]]
    for (first, last), count in zip(document.paragraphs.tolist(), counts.tolist(), strict=True):
        yield first, last, count


def _percent(share: float) -> str:
    return f"{100 * min(share, 1.0):.0f}%"


# ---- lists -----------------------------------------------------------------------------------------------


def _link_list(document: Document) -> Note | None:
    """A list of links or of headlines, by the links of the page, by addresses, or by lines without full stops."""
    for items in (_linked, _addressed, _headlines):
        count, words, what = items(document)
        if count >= _MIN_ITEMS and words >= _MIN_LISTED * document.word_count:
            share = _percent(words / document.word_count)
            return Note("link_list", f"The text is a list of {count} {what} ({share} of it), which is no article.")
    return None


def _linked(document: Document) -> tuple[int, int, str]:
    texts = [link.text for link in document.article.links or () if link.text.strip()]
    return len(texts), sum(match.group()[0].isalnum() for text in texts for match in TOKEN.finditer(text)), "links"


def _addressed(document: Document) -> tuple[int, int, str]:
    """Short paragraphs with an address, and the headline right before such; posts with handles are none."""
    count = total = above = 0
    for first, last, words in _paragraphs(document):
        if words <= _ITEM_WORDS and _has_address(document, first, last):
            count, total, above = count + 1, total + words + above, 0
        else:
            above = words if words <= _HEADLINE_WORDS else 0
    return count, total, "items with an address each"


def _has_address(document: Document, first: int, last: int) -> bool:
    text = document.article.text[document.start[first] : document.end[last - 1]]
    return "@" not in text and _ADDRESS.search(text) is not None


def _headlines(document: Document) -> tuple[int, int, str]:
    """Short paragraphs that begin like a sentence and do not end like one."""
    sizes = [
        words
        for first, last, words in _paragraphs(document)
        if 0 < words <= _HEADLINE_WORDS and _is_headline(document, first, last)
    ]
    return len(sizes), sum(sizes), "headlines or other lines without a full stop"


def _is_headline(document: Document, first: int, last: int) -> bool:
    begins = next(document.words[i] for i in range(first, last) if document.is_word[i])
    return not begins[0].islower() and not cut.closes(document, first, last)


# ---- several pieces in one -------------------------------------------------------------------------------


def _several_articles(document: Document) -> Note | None:
    """Entries with times, or stories with datelines of different places."""
    entries = {clock.group() for clock in _clocks(document)}
    if len(entries) >= _MIN_ENTRIES:
        message = f"The text is a run of {len(entries)} entries with times, like a live blog: they are scored as one."
        return Note("several_articles", message)
    places = _datelines(document)
    if len(places) >= _MIN_DATELINES:
        message = f"The text holds {len(places)} pieces with datelines of different places: they are scored as one."
        return Note("several_articles", message)
    return None


def _clocks(document: Document) -> Iterator[re.Match[str]]:
    """The times at which paragraphs begin: those with minutes, or with a word or a time zone behind the hour."""
    marks = _ZONES | words_of(LEXICON, document.language, "clock")
    for first in document.paragraphs[:, 0].tolist():
        start = int(document.start[first])
        clock = _CLOCK.match(document.article.text, start, start + _CLOCK_CHARACTERS)
        if clock and (clock.group(1) is None or clock.group(1).lower() in marks):
            yield clock


def _datelines(document: Document) -> set[str]:
    """The places of full datelines ("PARIS (AP) —", "London, May 3 -"): capitals alone may be those of a heading."""
    found = (transparency.dateline(document, first, last) for first, last in document.paragraphs.tolist())
    return {
        document.lower[hit.first]
        for hit in found
        if hit and not _BESIDE.isdisjoint(document.words[hit.first : hit.last])
    }


# ---- repetition ------------------------------------------------------------------------------------------


def _repeated(document: Document) -> Note | None:
    """Paragraphs that stand in the text more than once, word for word."""
    seen: set[tuple[str, ...]] = set()
    again = 0
    for first, last, words in _paragraphs(document):
        if words >= _REPEATED_WORDS:
            paragraph = tuple(document.lower[first:last])
            again += words if paragraph in seen else 0
            seen.add(paragraph)
    if again < _MIN_REPEATED * document.word_count or not again:
        return None
    share = _percent(again / document.word_count)
    return Note("repeated", f"Paragraphs stand in the text more than once ({share} of it): each is counted every time.")
