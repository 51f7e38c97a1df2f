"""The lines of a page as they are seen, with their links."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.features.document import Link
from onrecord.scoring.urls import is_absolute

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# A line that is one link of so many words is a headline of another article.
TEASER_WORDS = 4

_WORD = re.compile(r"\w+")
_UNSEEN = frozenset(
    {"head", "script", "style", "noscript", "template", "svg", "iframe", "object", "textarea", "select"}
)
# fmt: off
_INLINE = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label",
    "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
})
# fmt: on


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page as it is seen, and its links; `teaser` if it is one link and nothing else."""

    text: str
    links: tuple[Link, ...]
    teaser: bool


def lines(tree: "HtmlElement") -> Iterator[Line]:
    """The lines of a page in order; a line ends where a block element or a line break does."""
    from lxml.etree import iterwalk

    pieces: list[tuple[str, str | None]] = []
    href: str | None = None
    walk = iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start" and tag in _UNSEEN:
            walk.skip_subtree()
        if tag not in _INLINE and pieces:
            yield from _flush(pieces)
        if tag == "a":
            href = element.get("href", "") if event == "start" else None
        text = element.tail if event == "end" else None if tag in _UNSEEN else element.text
        if text:
            pieces.append((text, href))
    yield from _flush(pieces)


def folded_words(text: str) -> list[str]:
    """The words of a text, without the difference of small and capital letters."""
    return _WORD.findall(text.casefold())


def word_count(text: str) -> int:
    """The words of a text; a long one counts for several, because some scripts put no blanks between words."""
    return sum(1 + len(word) // 12 for word in _WORD.findall(text))


def key(line: str) -> str:
    """A line's letters and digits, by which two readings of a page are compared."""
    return "".join(folded_words(line))


def _flush(pieces: list[tuple[str, str | None]]) -> Iterator[Line]:
    text = " ".join("".join(piece for piece, _ in pieces).split())
    if text:
        anchors: list[tuple[str, str]] = []
        for piece, href in pieces:
            if href is not None and piece.strip():
                same = anchors and anchors[-1][0] == href
                anchors[-1:] = [(href, anchors[-1][1] + piece)] if same else [*anchors[-1:], (href, piece)]
        links = tuple(Link(href.strip(), " ".join(words.split())) for href, words in anchors)
        teaser = len(links) == 1 and len(text.split()) >= TEASER_WORDS and key(links[0].text) == key(text)
        yield Line(text, tuple(link for link in links if is_absolute(link.url)), teaser)
    pieces.clear()
