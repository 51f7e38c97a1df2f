"""Web archives: which records are pages, what is told of them, and what one bad record costs."""

import gzip
import io
import zlib

import pytest

from onrecord.scoring.corpus import entries, rows
from onrecord.scoring.corpus.compression import zstd_module
from onrecord.scoring.corpus.warc import warc_rows

zstd = zstd_module()

HTML = b"Content-Type: text/html\r\n"


def read(data, suffix=""):
    """Places with the page, or the problem."""
    found = warc_rows(io.BufferedReader(io.BytesIO(data)), suffix)
    return [(place, row["html"] if isinstance(row, dict) else row.problem) for place, row in found]


def pages(data):
    return [page for _, page in read(data)]


def chunked(body):
    return (
        b"".join(b"%x\r\n%b\r\n" % (len(body[k : k + 7]), body[k : k + 7]) for k in range(0, len(body), 7))
        + b"0\r\n\r\n"
    )


def test_a_page_has_an_id_a_url_and_html_and_no_date(warc):
    data = warc(warc.response(b"<p>\xc3\xa9"), "0a-1", url="https://press.example/a?b=1")
    ((place, row),) = warc_rows(io.BufferedReader(io.BytesIO(data)), "")
    assert (place, row) == (0, {"id": "0a-1", "url": "https://press.example/a?b=1", "html": "<p>é"})


@pytest.mark.parametrize(
    ("kind", "status", "headers", "is_page"),
    [
        ("response", "200 OK", HTML, True),
        ("response", "200", b"content-type: TEXT/HTML; charset=utf-8\r\n", True),
        ("response", "200 OK", b"Content-Type: application/xhtml+xml\r\n", True),
        ("Response", "200 OK", HTML, True),
        ("response", "200 OK", b"Content-Type: image/png\r\n", False),
        ("response", "200 OK", b"", False),
        ("response", "204 No Content", HTML, False),
        ("response", "301 Moved", HTML, False),
        ("response", "404 Not Found", HTML, False),
        ("response", "x", HTML, False),
        ("request", "200 OK", HTML, False),
        ("resource", "200 OK", HTML, False),
        ("revisit", "200 OK", HTML, False),
        ("warcinfo", "200 OK", HTML, False),
        ("metadata", "200 OK", HTML, False),
    ],
)
def test_which_records_are_pages(warc, kind, status, headers, is_page):
    record = warc(warc.response(b"<p>one", status, headers), kind=kind)
    last = warc(warc.response(b"<p>last"))
    assert pages(record + last) == (["<p>one"] if is_page else []) + ["<p>last"]


@pytest.mark.parametrize(
    "block", [b"", b"garbage", b"HTTP/1.1 200 OK", b"HTTP/1.1 200 OK\r\n", b"\0" * 50, b"\r\n\r\n"]
)
def test_a_response_that_is_no_http_is_passed_over(warc, block):
    assert pages(warc(block) + warc(warc.response(b"<p>last"))) == ["<p>last"]


@pytest.mark.parametrize(
    ("headers", "body", "text"),
    [
        (b"Content-Type: text/html; charset=iso-8859-1\r\n", b"<p>\x93no\x94", "<p>“no”"),
        (b"Content-Type: text/html; charset=koi8-r\r\n", "<p>да".encode("koi8-r"), "<p>да"),
        (b"Content-Type: text/html; charset=iso-8859-1\r\n", "<p>“no”".encode(), "<p>“no”"),
        (HTML, b'<meta charset="koi8-r"><p>' + "да".encode("koi8-r"), '<meta charset="koi8-r"><p>да'),
        (HTML + b"Content-Encoding: gzip\r\n", gzip.compress(b"<p>one", mtime=0), "<p>one"),
        (HTML + b"Content-Encoding: deflate\r\n", zlib.compress(b"<p>one"), "<p>one"),
        (HTML + b"Content-Encoding: zstd\r\n", zstd.compress(b"<p>one"), "<p>one"),
        (HTML + b"Content-Encoding: identity\r\n", b"<p>one", "<p>one"),
        (HTML + b"Transfer-Encoding: chunked\r\n", chunked(b"<p>one and two"), "<p>one and two"),
        (
            HTML + b"Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n",
            chunked(gzip.compress(b"<p>1", mtime=0)),
            "<p>1",
        ),
        # Archives that keep the headers and decode the page.
        (HTML + b"Content-Encoding: gzip\r\n", b"\n<p>one", "\n<p>one"),
        (HTML + b"Transfer-Encoding: chunked\r\n", b"<p>one", "<p>one"),
    ],
)
def test_pages_are_decoded(warc, headers, body, text):
    assert pages(warc(warc.response(body, headers=headers))) == [text]


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        (b"Content-Encoding: gzip\r\n", b"\x1f\x8bdamaged"),
        (b"Content-Encoding: gzip\r\n", b"plain"),
        (b"Content-Encoding: x-other\r\n", b"\1\2\3"),
        (b"Transfer-Encoding: chunked\r\n", b"zz\r\n"),
    ],
)
def test_a_page_that_cannot_be_decoded_does_not_cost_its_siblings(warc, headers, body):
    first, last = warc(warc.response(b"<p>first")), warc(warc.response(b"<p>last"))
    (_, one), (place, problem), (_, three) = read(first + warc(warc.response(body, headers=HTML + headers)) + last)
    assert (one, place, three) == ("<p>first", len(first), "<p>last")
    assert problem.startswith("the page cannot be decoded (")


@pytest.mark.parametrize("length", [300_000, 2_000_000])
def test_a_record_over_the_limit_does_not_cost_its_siblings(monkeypatch, warc, length):
    monkeypatch.setattr(rows, "MAX_RECORD", 250_000)
    last = warc(warc.response(b"<p>last"))
    page = warc(warc.response(b"<" * length))
    image = warc(warc.response(b"<" * length, headers=b"Content-Type: image/png\r\n"))
    other = warc(b"x" * length, kind="metadata")
    assert pages(page + image + other + last) == ["the record is larger than 250,000 bytes", "<p>last"]
    for encoding, compress in ((b"gzip", gzip.compress), (b"zstd", zstd.compress)):
        headers = HTML + b"Content-Encoding: %b\r\n" % encoding
        bomb = warc(warc.response(compress(b"<" * length), headers=headers))
        assert pages(bomb + last) == ["the record is larger than 250,000 bytes", "<p>last"]


def test_places_are_bytes_of_the_file(tmp_path, warc):
    records = [warc(warc.response(b"<p>%d" % k * 999), f"id-{k}") for k in range(3)]
    for name, parts in {"a.warc": records, "a.warc.gz": [gzip.compress(record) for record in records]}.items():
        path = tmp_path / name
        path.write_bytes(b"".join(parts))
        starts = [sum(map(len, parts[:k])) for k in range(3)]
        assert [entry.place for entry in entries([str(path)])] == [f"{path}:{start}" for start in starts]
    # Whoever compresses a crawl as a whole has one place for all.
    assert [place for place, _ in read(gzip.compress(b"".join(records)))] == [0, 0, 0]


@pytest.mark.parametrize(
    ("broken", "place", "problem"),
    [
        (lambda record: b"no archive at all", None, "the file is no WARC record ("),
        (
            lambda record: record + b"garbage\r\n\r\n" + record,
            0,
            "what comes after the record here is no WARC record (",
        ),
        (lambda record: record + record.replace(b"Content-Length", b"X-Length"), 1, "the file is cut short, or the"),
        (lambda record: record + record.replace(b"Length: ", b"Length: -"), 1, "the file is cut short, or the record"),
        (lambda record: record + record.replace(b"Length: ", b"Length: 9"), 1, "the file is cut short: its last"),
        (lambda record: record + record.replace(b"response", b"metadata")[:-9], 1, "the file is cut short: its last"),
    ],
)
def test_where_no_record_can_be_found_reading_ends_with_one_error(warc, broken, place, problem):
    record = warc(warc.response(b"<p>one, two, three"))
    *good, (found, line) = read(broken(record))
    assert [page for _, page in good] == ([] if place is None else ["<p>one, two, three"])
    assert line.startswith(problem)
    assert found == (None if place is None else place * len(record))


def test_a_record_without_an_id_has_its_place_as_id(tmp_path, warc):
    path = tmp_path / "a.warc"
    path.write_bytes(warc(warc.response(b"<p>one")).replace(b"WARC-Record-ID", b"X-Id"))
    (entry,) = entries([str(path)])
    assert entry.id == entry.place == f"{path}:0"
