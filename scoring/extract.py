"""From a page, a text or a record to an `Article`. Opens no socket and no file.

The body of a page is found by trafilatura (Barbaresi 2021, ACL demonstrations). What trafilatura
leaves out is kept in `Article.aside`, because what surrounds an article says something about it too.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from onrecord.errors import InputError
from onrecord.features.document import Article, Link, Note
from onrecord.scoring import html_tree, main_text, metadata, page_lines
from onrecord.scoring.page_lines import key, word_count
from onrecord.scoring.record import replace_surrogates
from onrecord.scoring.urls import registered_domain

MIN_WORDS = 25

_MARKDOWN_LINK = re.compile(r"\[([^\[\]\n]*)\]\((https?://[^()\s]+)\)")


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
    links = tuple(Link(match[2], match[1]) for match in _MARKDOWN_LINK.finditer(body))
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
    published = metadata.iso_date(given)
    authors = (metadata.names(record.get(key)) for key in ("authors", "author", "byline"))
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
        html: the page; at most `html_tree.MAX_CHARACTERS` characters.
        url: where it was found; without it, the address that the page declares for itself is used.

    Raises:
        InputError: no HTML, too large or too deep, or fewer than `MIN_WORDS` words of an article.
    """
    tree, notes = html_tree.parse(html)
    lines = list(page_lines.lines(tree))
    linked = metadata.linked_data(tree)
    found, meta = main_text.find(tree)
    title = metadata.line(linked.get("headline")) or metadata.line(meta.title)
    titles = {key(title), *(key(heading.text_content()) for heading in tree.iter("h1"))} - {""}
    text = main_text.without_teasers(found, lines, titles)
    count = word_count(text)
    if count < MIN_WORDS:
        raise InputError(
            f"the page holds no article that could be found ({count} words; at least {MIN_WORDS} are needed)",
            html_tree.OWN_PAGE,
        )
    inside = main_text.Inside(text)
    standing = [inside.holds(line.text) or key(line.text) in titles for line in lines]
    url = url or metadata.canonical(tree)
    authors = metadata.names(linked.get("author"), linked.get("@known"))
    return Article(
        text=text,
        title=title,
        url=url,
        domain=registered_domain(url),
        byline=authors or metadata.names(metadata.line(meta.author).split("; ")),
        published=metadata.iso_date(linked.get("datePublished")) or metadata.iso_date(meta.date),
        language=metadata.language(tree, linked),
        aside="\n".join(line.text for line, stands in zip(lines, standing, strict=True) if not stands),
        links=tuple(link for line, stands in zip(lines, standing, strict=True) if stands for link in line.links),
        notes=notes,
    )


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
