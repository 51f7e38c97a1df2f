"""The article's text in a page: what trafilatura finds, and which lines of the page stand in it."""

import logging
from typing import TYPE_CHECKING, Any

from onrecord.errors import InputError
from onrecord.scoring.html_tree import OWN_PAGE
from onrecord.scoring.page_lines import Line, folded_words, key

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# A line of so many words or more stands in the text if its first and last so many do.
SHINGLE = 5


def find(tree: "HtmlElement") -> tuple[str, Any]:
    """The text that trafilatura finds ("" for none), and its metadata; tables that lay the page out are undone.

    Raises:
        InputError: elements nest deeper than trafilatura can go.
    """
    import trafilatura
    from trafilatura.metadata import extract_metadata

    for name in ("trafilatura", "htmldate", "courlan"):
        logger = logging.getLogger(name)
        if not logger.handlers:  # or Python would print their warnings
            logger.addHandler(logging.NullHandler())
    _unframe(tree)
    try:
        meta = extract_metadata(tree, extensive=False)
        found = trafilatura.bare_extraction(tree, fast=True, include_comments=False)
    except RecursionError:
        raise InputError("the page nests its elements too deeply", OWN_PAGE) from None
    return getattr(found, "text", None) or "", meta


def without_teasers(found: str, page: list[Line], titles: set[str]) -> str:
    """The lines found, without a title at their head and without teasers of other articles.

    Args:
        found: what `find` found in a page.
        page: all lines of that page.
        titles: the keys of what may be the title.
    """
    teasers = {key(line.text) for line in page if line.teaser}
    lines = found.split("\n")
    if key(lines[0]) in titles:
        del lines[0]
    return "\n".join(line for line in lines if key(line) not in teasers).strip()


class Inside:
    """Which lines of a page stand in the article's text. Linear in both."""

    def __init__(self, text: str) -> None:
        self.lines = {key(line) for line in text.split("\n")}
        words = folded_words(text)
        self.shingles = {tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}

    def holds(self, line: str) -> bool:
        """Whether a line stands in the text."""
        words = folded_words(line)
        if len(words) < SHINGLE:
            return key(line) in self.lines
        return tuple(words[:SHINGLE]) in self.shingles and tuple(words[-SHINGLE:]) in self.shingles


def _unframe(tree: "HtmlElement") -> None:
    """Tables whose cells hold paragraphs or tables lay a page out: without them its lines stay lines."""
    for table in tree.iter("table"):
        if table.find(".//td//p") is not None or table.find(".//td//table") is not None:
            for part in table.xpath(". | tbody | tr | tbody/tr | tr/td | tr/th | tbody/tr/td | tbody/tr/th"):
                part.tag = "div"
