"""The tree of a page: HTML read as a browser would, within limits."""

import re
from typing import TYPE_CHECKING

from onrecord.errors import InputError
from onrecord.features.document import Note

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_CHARACTERS = 10_000_000
MAX_ELEMENTS = 100_000
# trafilatura takes time cubic in the depth of nested tables; layouts of the 1990s nested five or six.
MAX_TABLES = 24

TAG = re.compile(r"<[!?/a-zA-Z]")
# What to do about a page in which there is no article.
OWN_PAGE = "give the article's own page, or save its text as a .txt file"

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def parse(html: str) -> "tuple[HtmlElement, tuple[Note, ...]]":
    """The tree of a page, and a note if libxml2 gave up on it: it stops where elements nest 2,048 deep.

    Raises:
        InputError: no HTML, nothing in it, more than MAX_CHARACTERS or MAX_ELEMENTS, or deeper than MAX_TABLES.
    """
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, document_fromstring

    if not TAG.search(html):
        raise InputError("the page holds no HTML tags", "give plain text as .txt, or as 'text' in a record")
    if len(html) > MAX_CHARACTERS:
        raise InputError(f"the page has more than {MAX_CHARACTERS:,} characters", OWN_PAGE)
    # Without huge_tree the limit is 256, which old pages with unclosed tags reach.
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, huge_tree=True)
    try:
        tree = document_fromstring(_CONTROL.sub("", html).encode("utf-8", "replace"), parser=parser)
    except ParserError:
        raise InputError("the page is empty", OWN_PAGE) from None
    if sum(1 for _ in tree.iter()) > MAX_ELEMENTS:
        raise InputError(f"the page has more than {MAX_ELEMENTS:,} elements", OWN_PAGE)
    if _table_depth(tree) > MAX_TABLES:
        raise InputError(f"the page nests more than {MAX_TABLES} tables", OWN_PAGE)
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        return tree, (Note("truncated_page", "Elements nest so deeply in the page that only a part could be read."),)
    return tree, ()


def _table_depth(tree: "HtmlElement") -> int:
    from lxml.etree import iterwalk

    depth = deepest = 0
    for event, _ in iterwalk(tree, events=("start", "end"), tag="table"):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest
