"""RSS and Atom feeds, and sitemaps: XML that lists pages, or other lists."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader, BytesIO
from typing import Any
from urllib.parse import urljoin

from onrecord.errors import InputError
from onrecord.scoring.corpus.compression import decompressed, explained, faults

MAX_BYTES = 50_000_000  # what the protocol of sitemaps allows

_ROOTS = frozenset({"rss", "RDF", "feed", "urlset", "sitemapindex"})
_NO_LIST = "give a feed or a sitemap; for one page use `onrecord score`"


@dataclass(frozen=True, slots=True)
class Listing:
    """What a feed or a sitemap lists, in its order.

    Attributes:
        pages: URLs of pages.
        lists: URLs of other lists.
        error: why there may be more; None if all was read.
    """

    pages: tuple[str, ...]
    lists: tuple[str, ...]
    error: InputError | None = None


def read_listing(body: bytes, url: str) -> Listing:
    """Read a feed (RSS, Atom) or a sitemap (or an index of them), gzip or not.

    No entity is expanded and no DTD loaded. XML with an error is read as far as it goes.

    Args:
        url: where it was found; relative links are relative to it.

    Raises:
        InputError: it is none, damaged, or larger than MAX_BYTES.
    """
    from lxml import etree

    events = etree.iterparse(
        BytesIO(_plain(body, url).lstrip()),
        events=("end",),
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
    )
    pages: list[str] = []
    lists: list[str] = []
    try:
        for _, element in events:
            name = _name(element)
            if name in ("url", "item", "entry", "sitemap"):
                found = lists if name == "sitemap" else pages
                found.extend(_joined(url, link) for link in _links(element, name))
                element.clear()
    except etree.XMLSyntaxError as error:
        raise InputError(f"{url} is no feed or sitemap ({error.msg})", _NO_LIST) from None
    root = getattr(events, "root", None)
    if root is None or _name(root) not in _ROOTS:
        raise InputError(f"{url} is no feed or sitemap", _NO_LIST)
    return Listing(tuple(pages), tuple(lists), _broken(events.error_log, url))


def _plain(body: bytes, url: str) -> bytes:
    content = bytearray()
    file = decompressed(BufferedReader(BytesIO(body)))
    try:
        while piece := file.read(1 << 16):
            content += piece
            if len(content) > MAX_BYTES:
                raise InputError(f"{url} is larger than {MAX_BYTES:,} bytes", "give the lists that it is made of")
    except faults() as fault:
        error = explained(fault)
        raise InputError(f"{url}: {error.problem}", error.remedy) from None
    return bytes(content)


def _name(element: Any) -> str:
    """The name without its namespace; "" of comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _links(element: Any, name: str) -> Iterator[str]:
    """The link of an entry of a list, if it has one."""
    wanted = {"url": ("loc",), "sitemap": ("loc",), "item": ("link", "guid"), "entry": ("link",)}[name]
    # An element with children (an entity, say) is no plain URL.
    children = [child for key in wanted for child in element if _name(child) == key and not len(child)]
    for child in children:
        link = child.get("href") if name == "entry" else child.text
        other = child.get("rel", "alternate") != "alternate" or child.get("isPermaLink") == "false"
        if _name(child) == "guid" and not (link or "").strip().lower().startswith("http"):
            continue  # an identifier of another kind
        if link and link.strip() and not other:
            yield link.strip()
            return


def _joined(url: str, link: str) -> str:
    try:
        return urljoin(url, link)
    except ValueError:  # it is refused when it comes to fetching it
        return link


def _broken(log: Any, url: str) -> InputError | None:
    """The first error of a parser that may have cost a link. Names of HTML (`&nbsp;`) in summaries do not."""
    for error in log:
        if error.level_name == "FATAL" and error.type_name != "ERR_UNDECLARED_ENTITY":
            problem = f"{url} is damaged in line {error.line} ({error.message.strip()})"
            return InputError(f"{problem}, so some of its links may be missing", "tell its publisher")
    return None
