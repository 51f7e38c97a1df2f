"""WARC, the format of web archives: the pages of a crawl."""

from collections import deque
from io import BufferedReader, RawIOBase
from typing import Any, Literal

from onrecord.errors import InputError, MissingExtraError
from onrecord.scoring.charset import decode
from onrecord.scoring.corpus import rows
from onrecord.scoring.corpus.compression import decompressed, explained, faults
from onrecord.scoring.corpus.rows import Rows, too_large

_HTML = ("text/html", "application/xhtml+xml")
_HEADERS = 1 << 17  # bytes of a record too large to be kept, enough for its HTTP headers
_AGAIN = "copy or download it again"
_ENVELOPE = (
    b"WARC/1.1\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
    b"Content-Length: %d\r\n\r\n%b\r\n\r\n"
)


def warc_rows(file: BufferedReader, suffix: str) -> Rows:
    """The HTML pages of a crawl, each with the byte at which it begins (in a .gz, that of its gzip member).

    Only responses with status 200 that say they are HTML are pages; all other records are passed over. A
    row has `id` (the WARC-Record-ID without `<urn:uuid:>`), `url` and `html`. It has no date: a WARC-Date is
    when the page was visited, not when it was published.

    Args:
        suffix: as in `compression.decompressed`.

    Raises:
        MissingExtraError: without FastWARC.
    """
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError:
        raise MissingExtraError("reading .warc needs FastWARC", "pip install 'onrecord[bulk]'") from None
    source = _Source(file, suffix)
    place: int | None = None
    try:
        # All types, and HTTP by ourselves: it does not say that a record which it skips is cut short, nor does it go
        # on after a page that it cannot decode.
        for record in ArchiveIterator(source, WarcRecordType.any_type, parse_http=False, stream_detect=False):
            place = source.offset(record.stream_pos)
            row = _row(record)
            if row is not None:
                yield place, row
    except InputError as error:
        yield place, error
    except faults() as fault:
        if isinstance(fault, OSError) and fault.errno is None:  # FastWARC's own
            what = "the file" if place is None else "what comes after the record here"
            yield place, InputError(f"{what} is no WARC record ({fault})", _AGAIN)
        else:
            yield source.latest(place), explained(fault)


def _row(record: Any) -> dict[str, Any] | InputError | None:
    """What a record, read to its end, is to us; None if it is passed over.

    Raises:
        InputError: it is cut short.
    """
    length = record.headers.get("Content-Length", "")
    if not length.isdecimal():
        raise InputError("the file is cut short, or the record has no Content-Length", _AGAIN)
    size = int(length)
    if record.headers.get("WARC-Type", "").lower() != "response":
        block = b""
    else:
        block = record.reader.read(size if size <= rows.MAX_RECORD else _HEADERS)
    if len(block) + record.consume() != size:
        raise InputError("the file is cut short: its last record does not end", _AGAIN)
    try:
        html = _page(block, size) if block else None
    except OSError as error:
        return InputError(f"the page cannot be decoded ({error})", "leave it out")
    if html is None or isinstance(html, InputError):
        return html
    name = record.headers.get("WARC-Record-ID", "").strip("<> ").removeprefix("urn:uuid:")
    return {"id": name, "url": record.headers.get("WARC-Target-URI", "").strip("<> "), "html": html}


def _page(block: bytes, size: int) -> str | InputError | None:
    """The HTML in an HTTP response; None if it is no page.

    Raises:
        OSError: it cannot be decoded.
    """
    page = _response(block, "none")
    headers = page.http_headers
    if headers is None or headers.status_code != 200 or (page.http_content_type or "").lower() not in _HTML:
        return None
    if size > rows.MAX_RECORD:
        return too_large()
    body = page.reader.read()
    if any(headers.get(name, "identity") != "identity" for name in ("Content-Encoding", "Transfer-Encoding")):
        try:
            body = _response(block, "all").reader.read(rows.MAX_RECORD + 1)
        except OSError:
            # Some archives hold a page decoded, under the headers with which it came.
            if not body.lstrip().startswith(b"<"):
                raise
    return too_large() if len(body) > rows.MAX_RECORD else decode(body, headers.get("Content-Type", ""))


def _response(block: bytes, encodings: Literal["none", "all"]) -> Any:
    """A response as a record by itself, so that what is wrong with it is not in the way of its siblings."""
    from fastwarc.warc import WarcRecord

    record = WarcRecord.from_bytes(_ENVELOPE % (len(block), block))
    record.parse_http(auto_decode=encodings, quirks_mode=True)
    return record


class _Source(RawIOBase):
    """What FastWARC reads from: forwards only, and it knows where gzip members begin."""

    def __init__(self, file: BufferedReader, suffix: str) -> None:
        self._members: deque[tuple[int, int]] = deque()
        self._content = decompressed(file, suffix, began=lambda *member: self._members.append(member))
        self._given = 0

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes, b"" at the end."""
        data = self._content.read1(size)  # and not `read`, which loses what it has where it then comes to a cut
        self._given += len(data)
        return data

    def tell(self) -> int:
        """How many bytes were given."""
        return self._given

    def offset(self, position: int) -> int:
        """The byte of the file for a position in its content; positions may only grow."""
        while len(self._members) > 1 and self._members[1][0] <= position:
            self._members.popleft()
        return self._members[0][1] if self._members else position

    def latest(self, place: int | None) -> int | None:
        """Where the gzip member begins that was read last; without any, `place`."""
        return self._members[-1][1] if self._members else place
