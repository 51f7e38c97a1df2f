"""Reading one source, wherever it is: a URL, a file, or standard input."""

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.errors import FetchError, InputError
from onrecord.features.document import Article
from onrecord.scoring.charset import byte_order_mark, nearly_utf_8
from onrecord.scoring.charset import decode as decode_bytes
from onrecord.scoring.extract import described, from_html, from_markdown, from_record, from_text
from onrecord.scoring.formats import COMPRESSIONS, article_format, record_format
from onrecord.scoring.html_tree import TAG

if TYPE_CHECKING:
    from onrecord.scoring.corpus import Entry
    from onrecord.scoring.fetch import FetchOptions, Page

MAX_BYTES = 20_000_000
# The share of characters that may be broken in a text that is still read.
MAX_DAMAGE = 0.01

_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b")) + b"\x7f"


def read_source(source: str, options: "FetchOptions | None" = None) -> Article:
    """The article in a source.

    Args:
        source: an http(s) URL, the path of a file (its suffix, or failing that its content, tells
            HTML, Markdown, JSON and text apart), or "-" for standard input.
        options: how to fetch a URL.

    Raises:
        FetchError: the URL cannot or may not be fetched.
        InputError: missing, empty, too large, binary, damaged, or without an article.
    """
    if re.match(r"https?://", source, re.IGNORECASE):
        return _from_url(source, options)
    if source == "-":
        name, kind = "standard input", ""
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
    else:
        name, kind = source, article_format(source)
        data = _bytes_of(source)
    return read_data(data, name, kind)


def read_data(data: bytes, name: str, kind: str = "") -> Article:
    """The article in the bytes of a file.

    Args:
        name: what to call them in an error.
        kind: "html", "markdown", "json" or "text"; if it is not given, how they begin tells.

    Raises:
        InputError: empty, too large, binary, damaged, or without an article.
    """
    if len(data) > MAX_BYTES:
        raise InputError(
            f"{name} holds more than {MAX_BYTES // 1_000_000} MB", "give one article, or use `onrecord rank`"
        )
    text = decode(data, name)
    if not text.strip():
        raise InputError(f"{name} is empty", "give a source that holds an article")
    return _article(name, kind or _sniff(text), text, "")


def read_entry(entry: "Entry") -> Article:
    """The article of an entry of a corpus; a page is fetched when it is its turn.

    Raises:
        FetchError: the page cannot or may not be fetched.
        InputError: there is no article, or it cannot be read.
    """
    if entry.error is not None:
        raise entry.error
    if entry.path is not None:
        article = read_source(entry.path)
    elif entry.url is not None:
        article = _read_in_turn(entry.url, entry.delay, entry.options)
    else:
        return from_record(entry.record or {})
    return article if entry.record is None else described(article, entry.record)


def _read_in_turn(url: str, delay: float, options: "FetchOptions | None") -> Article:
    from onrecord.scoring.corpus.turns import turn
    from onrecord.scoring.fetch import FetchOptions, origin

    options = options or FetchOptions()
    with turn(origin(url, options), delay):
        return _from_url(url, options)


def decode(data: bytes, name: str) -> str:
    """Bytes as text, as `charset.decode` reads them.

    Args:
        name: what to call the bytes in an error.

    Raises:
        InputError: binary data, or bytes in no encoding that can be told.
    """
    if not byte_order_mark(data):
        _check_text(data, name)
    text = decode_bytes(data)
    if text.count("\ufffd") > MAX_DAMAGE * len(text) and not nearly_utf_8(data):
        raise InputError(f"{name} is in an encoding that cannot be told", "save it as UTF-8")
    return text


def _check_text(data: bytes, name: str) -> None:
    """A stray control character does not make a page binary; a NUL in a text does."""
    head = data.lstrip()[:1]
    controls = len(data) - len(data.translate(None, _CONTROLS))
    if (b"\0" in data and head != b"<") or controls > MAX_DAMAGE * len(data):
        raise InputError(
            f"{name} is binary, not text", "give HTML, text, Markdown or JSON; for corpora use `onrecord rank`"
        )


def _bytes_of(source: str) -> bytes:
    path = Path(source)
    if "://" in source:
        raise InputError(f"{source} is no http or https URL", "give an http(s) URL or the path of a file")
    try:
        if path.is_dir():
            raise InputError(f"{source} is a folder", "use `onrecord rank` for folders")
        if (record_format(path) or path.suffix.lower() in COMPRESSIONS) and path.exists():
            raise InputError(f"{source} is a corpus, not one article", "use `onrecord rank` for corpora")
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise InputError(f"there is no file {source}", "check the path, or give a URL with https://") from None
    except (OSError, ValueError) as error:  # ValueError: a path that no file can have
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(
            f"{source!r} cannot be read ({reason.lower()})", "check its permissions and its path"
        ) from None


def _from_url(url: str, options: "FetchOptions | None") -> Article:
    from onrecord.scoring.fetch import FetchOptions, fetch

    return read_page(fetch(url, options or FetchOptions()), url)


def read_page(page: "Page", url: str) -> Article:
    """The article in a page that was fetched.

    Args:
        url: what was asked for, to name it in an error.

    Raises:
        FetchError: the page is empty.
        InputError: it has no article.
    """
    if not page.text.strip():
        raise FetchError(f"{url} is an empty page", "open it in a browser and save it, then give the file")
    media = page.content_type.partition(";")[0].strip().lower()
    kind = "json" if media.endswith("json") else "html" if "html" in media else ""
    if media.startswith("text/") and not kind:
        kind = "markdown" if "markdown" in media else "text"
    return _article(url, kind or _sniff(page.text), page.text, page.url)


def _article(name: str, kind: str, text: str, url: str) -> Article:
    try:
        if kind == "json":
            record = _json_object(text)
            return from_record({**record, "url": url} if url else record)
        readers: dict[str, Callable[[str, str], Article]] = {"html": from_html, "markdown": from_markdown}
        return readers.get(kind, from_text)(text, url)
    except InputError as error:
        raise InputError(f"{name}: {error.problem}", error.remedy) from None


def _json_object(text: str) -> dict[str, object]:
    try:
        record = json.loads(text)
    except RecursionError:
        raise InputError("the JSON is nested too deeply", "give one object with 'text' or 'html'") from None
    except ValueError as error:
        raise InputError(f"the JSON is not valid ({error})", "give one object with 'text' or 'html'") from None
    if not isinstance(record, dict):
        raise InputError(
            f"the JSON is a {type(record).__name__}, not an object",
            "give one object with 'text' or 'html'; for many articles use `onrecord rank` with .jsonl",
        )
    return record


def _sniff(text: str) -> str:
    """JSON, HTML or text, by how it begins."""
    head = text.lstrip()[:1000]
    if head.startswith("{"):
        return "json"
    return "html" if head.startswith("<") and TAG.match(head) else "text"
