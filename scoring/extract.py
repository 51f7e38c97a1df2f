"""From a page, a text or a record to an `Article`. Opens no socket and no file.

The body of a page is found by trafilatura (Barbaresi 2021, ACL demonstrations). What trafilatura
leaves out is kept in `Article.aside`, because what surrounds an article says something about it too.
"""

import json
import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from email.utils import parsedate_to_datetime
from functools import cache, lru_cache
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from onrecord.errors import InputError
from onrecord.features.document import Article, Link, Note
from onrecord.scoring.record import replace_surrogates

if TYPE_CHECKING:
    from lxml.html import HtmlElement
    from tldextract import TLDExtract

MIN_WORDS = 25
MAX_CHARACTERS = 10_000_000
MAX_ELEMENTS = 100_000
# trafilatura takes time cubic in the depth of nested tables; layouts of the 1990s nested five or six.
MAX_TABLES = 24
# A line that is one link of so many words is a headline of another article.
TEASER_WORDS = 4
# A line of so many words or more stands in the text if its first and last so many do.
SHINGLE = 5

# There was no newspaper before; pages write year 1 for "unknown".
FIRST_YEAR = 1600

WORD = re.compile(r"\w+")
OWN_PAGE = "give the article's own page, or save its text as a .txt file"
TAG = re.compile(r"<[!?/a-zA-Z]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
BY = re.compile(r"^by:? +", re.IGNORECASE)
MARKDOWN_LINK = re.compile(r"\[([^\[\]\n]*)\]\((https?://[^()\s]+)\)")

UNSEEN = frozenset({"head", "script", "style", "noscript", "template", "svg", "iframe", "object", "textarea", "select"})
# fmt: off
INLINE = frozenset({
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd", "label",
    "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
})
# fmt: on


def from_text(text: str, url: str = "") -> Article:
    """An article in plain text, which is kept exactly as given.

    Raises:
        InputError: the text is blank.
    """
    if not text.strip():
        raise InputError("the text is empty", "give the text of an article")
    # Half a surrogate pair cannot be written anywhere; its stand-in has the same length, so offsets hold.
    whole = replace_surrogates(text)
    notes = (Note("damaged_text", "Characters that are no Unicode were replaced."),) if whole != text else ()
    return Article(text=whole, url=url, domain=registered_domain(url), notes=notes)


def from_markdown(text: str, url: str = "") -> Article:
    """An article in Markdown: the text without front matter and without a first `# ` line, the title.

    `title`, `author` or `byline`, `date` or `published` are read from front matter of the form `key: value`.

    Raises:
        InputError: nothing is left.
    """
    matter, body = _front_matter(text)
    first, _, rest = body.lstrip("\r\n").partition("\n")
    title = matter.get("title")
    if first.startswith("# "):
        title, body = first[2:].strip(" #\r"), rest
    body = body.lstrip("\r\n")
    record = {**matter, "url": url or matter.get("url", ""), "title": title, "text": body, "html": None}
    links = tuple(Link(match[2], match[1]) for match in MARKDOWN_LINK.finditer(body))
    return replace(from_record(record), links=links)


def from_record(record: Mapping[str, object]) -> Article:
    """An article from a record: a JSON object, or a row of a corpus.

    Args:
        record: `text` (kept exactly as given) or `html`, and where known `url`, `title`, `published`
            (or `date`: ISO, RFC 2822 or a date object) and `authors` (or `author`, `byline`: a name or
            a list of names). What the record gives goes before what its page says; other keys are ignored.

    Raises:
        InputError: neither text nor html, an empty one, one that is no string, or a page without an article.
    """
    text, html, url = (_string(record, key) for key in ("text", "html", "url"))
    if text.strip():
        article = from_text(text, url)
    elif html.strip():
        article = from_html(html, url)
    else:
        raise InputError("the record has no text", "give it a 'text' or an 'html' that is not empty")
    return described(article, record)


def described(article: Article, record: Mapping[str, object]) -> Article:
    """An article with what a record says of it, which goes before what its page says; but a page knows its URL best."""
    url, title = _string(record, "url"), _string(record, "title")
    if url and not article.url:
        article = replace(article, url=url, domain=registered_domain(url))
    given = next((record[key] for key in ("published", "date") if not _missing(record.get(key))), None)
    published = _iso_date(given)
    authors = (_names(record.get(key)) for key in ("authors", "author", "byline"))
    notes = article.notes
    if given is not None and published is None:
        notes += (Note("unreadable_date", f"The date {str(given)[:40]!r} is not an ISO date, so it was left out."),)
    return replace(
        article,
        title=title.strip() or article.title,
        published=published or article.published,
        byline=next(filter(None, authors), None) or article.byline,
        notes=notes,
    )


def from_html(html: str, url: str = "") -> Article:
    """The article in a page; fragments and damaged HTML are read as a browser would.

    Args:
        html: the page; at most `MAX_CHARACTERS` characters.
        url: where it was found; without it, the address that the page declares for itself is used.

    Raises:
        InputError: no HTML, too large or too deep, or fewer than `MIN_WORDS` words of an article.
    """
    tree, notes = _parse(html)
    blocks = list(_blocks(tree))
    linked = _linked_data(tree)
    found, meta = _trafilatura(tree)
    title = _line(linked.get("headline")) or _line(meta.title)
    titles = {_key(title), *(_key(heading.text_content()) for heading in tree.iter("h1"))} - {""}
    text = _body(found, blocks, titles)
    count = sum(1 + len(word) // 12 for word in WORD.findall(text))  # some scripts put no blanks between words
    if count < MIN_WORDS:
        raise InputError(
            f"the page holds no article that could be found ({count} words; at least {MIN_WORDS} are needed)",
            OWN_PAGE,
        )
    inside = _Inside(text)
    standing = [inside.holds(block.text) or _key(block.text) in titles for block in blocks]
    url = url or _canonical(tree)
    return Article(
        text=text,
        title=title,
        url=url,
        domain=registered_domain(url),
        byline=_names(linked.get("author"), linked.get("@known")) or _names(_line(meta.author).split("; ")),
        published=_iso_date(linked.get("datePublished")) or _iso_date(meta.date),
        language=_language(tree, linked),
        aside="\n".join(b.text for b, stands in zip(blocks, standing, strict=True) if not stands),
        links=tuple(link for b, stands in zip(blocks, standing, strict=True) if stands for link in b.links),
        notes=notes,
    )


@lru_cache(maxsize=4096)
def registered_domain(url: str) -> str:
    """The domain that a publisher registers: `bbc.co.uk` of `https://www.bbc.co.uk/news`.

    An IP address or a local name is its own domain; a string without a host has none ("").
    """
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return ""
    if "." not in host or ":" in host:
        return host
    parts = _suffixes()(host)
    return f"{parts.domain}.{parts.suffix}" if parts.domain and parts.suffix else host


@cache
def _suffixes() -> "TLDExtract":
    from tldextract import TLDExtract

    return TLDExtract(cache_dir=None, suffix_list_urls=())


@dataclass(frozen=True, slots=True)
class _Block:
    """A line of a page as it is seen, and its links; `teaser` if it is one link and nothing else."""

    text: str
    links: tuple[Link, ...]
    teaser: bool


class _Inside:
    """Which lines of a page stand in the article's text. Linear in both."""

    def __init__(self, text: str) -> None:
        self.lines = {_key(line) for line in text.split("\n")}
        words = _words(text)
        self.shingles = {tuple(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1)}

    def holds(self, line: str) -> bool:
        words = _words(line)
        if len(words) < SHINGLE:
            return _key(line) in self.lines
        return tuple(words[:SHINGLE]) in self.shingles and tuple(words[-SHINGLE:]) in self.shingles


def _parse(html: str) -> "tuple[HtmlElement, tuple[Note, ...]]":
    """The tree of a page, and a note if libxml2 gave up on it: it stops where elements nest 2,048 deep."""
    from lxml.etree import ParserError
    from lxml.html import HTMLParser, document_fromstring

    if not TAG.search(html):
        raise InputError("the page holds no HTML tags", "give plain text as .txt, or as 'text' in a record")
    if len(html) > MAX_CHARACTERS:
        raise InputError(f"the page has more than {MAX_CHARACTERS:,} characters", OWN_PAGE)
    # Without huge_tree the limit is 256, which old pages with unclosed tags reach.
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False, huge_tree=True)
    try:
        tree = document_fromstring(CONTROL.sub("", html).encode("utf-8", "replace"), parser=parser)
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


def _trafilatura(tree: "HtmlElement") -> tuple[str, Any]:
    """The text that trafilatura finds ("" for none), and its metadata."""
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


def _unframe(tree: "HtmlElement") -> None:
    """Tables whose cells hold paragraphs or tables lay a page out: without them its lines stay lines."""
    for table in tree.iter("table"):
        if table.find(".//td//p") is not None or table.find(".//td//table") is not None:
            for part in table.xpath(". | tbody | tr | tbody/tr | tr/td | tr/th | tbody/tr/td | tbody/tr/th"):
                part.tag = "div"


def _body(found: str, blocks: list[_Block], titles: set[str]) -> str:
    """The lines found, without a title at their head and without teasers of other articles."""
    teasers = {_key(block.text) for block in blocks if block.teaser}
    lines = found.split("\n")
    if _key(lines[0]) in titles:
        del lines[0]
    return "\n".join(line for line in lines if _key(line) not in teasers).strip()


def _blocks(tree: "HtmlElement") -> Iterator[_Block]:
    """The lines of a page in order; a line ends where a block element or a line break does."""
    from lxml.etree import iterwalk

    pieces: list[tuple[str, str | None]] = []
    href: str | None = None
    walk = iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start" and tag in UNSEEN:
            walk.skip_subtree()
        if tag not in INLINE and pieces:
            yield from _flush(pieces)
        if tag == "a":
            href = element.get("href", "") if event == "start" else None
        text = element.tail if event == "end" else None if tag in UNSEEN else element.text
        if text:
            pieces.append((text, href))
    yield from _flush(pieces)


def _flush(pieces: list[tuple[str, str | None]]) -> Iterator[_Block]:
    text = " ".join("".join(piece for piece, _ in pieces).split())
    if text:
        anchors: list[tuple[str, str]] = []
        for piece, href in pieces:
            if href is not None and piece.strip():
                same = anchors and anchors[-1][0] == href
                anchors[-1:] = [(href, anchors[-1][1] + piece)] if same else [*anchors[-1:], (href, piece)]
        links = tuple(Link(href.strip(), " ".join(words.split())) for href, words in anchors)
        teaser = len(links) == 1 and len(text.split()) >= TEASER_WORDS and _key(links[0].text) == _key(text)
        yield _Block(text, tuple(link for link in links if _is_absolute(link.url)), teaser)
    pieces.clear()


def _linked_data(tree: "HtmlElement") -> dict[str, Any]:
    """The first article that the page describes in JSON-LD (schema.org), or nothing."""
    nodes: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            queue: list[Any] = [json.loads(script.text or "", strict=False)]
        except (ValueError, RecursionError):  # a page's own mistake; its visible text still tells
            continue
        for item in queue:  # grows as it goes
            if isinstance(item, dict):
                nodes.append(item)
                queue.extend(item.values())
            elif isinstance(item, list):
                queue.extend(item)
    known = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and "name" in node}
    for node in nodes:
        kinds = node.get("@type")
        kinds = kinds if isinstance(kinds, list) else [kinds]
        if any(isinstance(kind, str) and kind.endswith(("Article", "BlogPosting")) for kind in kinds):
            return {**node, "@known": known}
    return {}


def _names(value: object, known: Mapping[str, Any] | None = None) -> str | None:
    """Names out of a name, a record with a `name`, a reference (`@id`) to one that is known, or a list of these."""
    found: list[str] = []
    for item in value if isinstance(value, list | tuple) else [value]:
        if isinstance(item, dict):
            item = item.get("name") or (known or {}).get(str(item.get("@id")), {}).get("name")
        name = BY.sub("", _line(item))
        if name and not _is_absolute(name) and name not in found:
            found.append(name)
    return ", ".join(found) or None


def _iso_date(value: object) -> str | None:
    """YYYY-MM-DD of an ISO date or time, an RFC 2822 date or a date object; None if it is none of these."""
    text = value.isoformat() if isinstance(value, date) else _line(value)
    try:
        day = date.fromisoformat(text[:10]) if text[:4].isdigit() else parsedate_to_datetime(text).date()
    except (ValueError, TypeError):
        return None
    return day.isoformat() if day.year >= FIRST_YEAR else None


def _language(tree: "HtmlElement", linked: Mapping[str, Any]) -> str:
    """The primary tag of the language that the page declares."""
    for declared in (linked.get("inLanguage"), tree.get("lang"), tree.get("xml:lang")):
        tag = re.split(r"[-_]", _line(declared))[0].lower()
        if 2 <= len(tag) <= 3 and tag.isalpha():
            return tag
    return ""


def _canonical(tree: "HtmlElement") -> str:
    """The absolute address that a page declares for itself, or ""."""
    hrefs = [e.get("href") for e in tree.iter("link") if (e.get("rel") or "").lower() == "canonical"]
    hrefs += [e.get("content") for e in tree.iter("meta") if e.get("property") == "og:url"]
    return next((href.strip() for href in hrefs if href and _is_absolute(href.strip())), "")


def _is_absolute(url: str) -> bool:
    return url.lower().startswith(("http://", "https://"))


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """The `key: value` lines between a first line `---` and the next, and what follows."""
    lines = text.splitlines(keepends=True)
    if not lines or lines[0].rstrip() != "---":
        return {}, text
    end = next((i for i, line in enumerate(lines) if i and line.rstrip() == "---"), 0)
    pairs = (line.partition(":") for line in lines[1:end])
    matter = {key.strip().lower(): value.strip().strip("\"'[]") for key, _, value in pairs if value.strip()}
    return (matter, "".join(lines[end + 1 :])) if end else ({}, text)


def _string(record: Mapping[str, object], key: str) -> str:
    value = record.get(key)
    if _missing(value):
        return ""
    if not isinstance(value, str):
        raise InputError(f"the record's '{key}' is {type(value).__name__}, not text", "give it as a string")
    return value


def _missing(value: object) -> bool:
    """None, "" or nan, which is how tables write what they lack."""
    return value is None or value == "" or value != value


def _line(value: object) -> str:
    return " ".join(unescape(value).split()) if isinstance(value, str) else ""


def _words(text: str) -> list[str]:
    return WORD.findall(text.casefold())


def _key(line: str) -> str:
    """A line's letters and digits, by which two readings of a page are compared."""
    return "".join(_words(line))
