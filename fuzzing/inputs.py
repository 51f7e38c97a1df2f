"""What fuzzing begins with: inputs that are right, and words that mutations put in."""

import gzip
import json
from io import BytesIO
from pathlib import Path

from onrecord.scoring.model import locate

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"


def texts() -> list[bytes]:
    return [(EXAMPLES / name).read_bytes() for name in ("hospital-merger.txt", "column.txt", "rant.txt")]


def pages() -> list[bytes]:
    names = ("council-water.html", "phone-rumour.html", "port-strike.md")
    record = b'{"title": "A", "text": "Ann Roe said no.", "authors": ["B"], "published": "2024-01-02", "html": "<p>x"}'
    return [*((EXAMPLES / name).read_bytes() for name in names), record]


def corpora() -> list[bytes]:
    import pyarrow
    import pyarrow.parquet

    rows = [{"id": str(n), "text": text.decode(), "url": "https://example.org/"} for n, text in enumerate(texts())]
    lines = "".join(json.dumps(row) + "\n" for row in rows).encode()
    csv = b'id,text,url\n1,"Ann Roe said, ""no"".",https://example.org/\n2,x,\n'
    table = BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), table)
    html = (EXAMPLES / "phone-rumour.html").read_bytes()
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s" % (len(html), html)
    warc = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/\r\n"
        b"WARC-Date: 2024-01-02T03:04:05Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n" % (len(http), http)
    )
    bodies = [lines, csv, table.getvalue(), warc, gzip.compress(warc), gzip.compress(lines)]
    return [bytes([kind]) + body for kind, body in enumerate(bodies)]


def feeds() -> list[bytes]:
    return [
        b'<?xml version="1.0"?><rss><channel><item><link>https://example.org/a</link></item></channel></rss>',
        b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="/b"/></entry></feed>',
        b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>/c</loc></url></urlset>',
        gzip.compress(b"<sitemapindex><sitemap><loc>https://example.org/d.xml</loc></sitemap></sitemapindex>"),
    ]


def labels() -> list[bytes]:
    rows = b'{"text": "Ann Roe said no.", "rating": 70}\n{"better": {"text": "a"}, "worse": {"text": "b"}}\n'
    return [
        b"\x01" + (EXAMPLES / "labels.csv").read_bytes(),
        b"\x01" + (EXAMPLES / "pairs.csv").read_bytes(),
        b"\0" + rows,
    ]


def models() -> list[bytes]:
    found = json.loads(locate("vi").read_text(encoding="utf-8"))
    return [json.dumps(found).encode(), json.dumps(found, indent=1).encode()]


def arrays() -> list[bytes]:
    folder = locate("default").parents[1]
    return [(folder / "bias" / "leaning.npz").read_bytes()[:200_000], (folder / "genre" / "words.npz").read_bytes()]


def lexicons() -> list[bytes]:
    folder = ROOT / "features" / "lexicons"
    return [(folder / name).read_bytes()[:4000] for name in ("hedging.en.tsv", "grammar.vi.tsv")]


def answers() -> list[bytes]:
    html = (EXAMPLES / "phone-rumour.html").read_bytes()
    plain = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n%s"
    chunked = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n"
    packed = gzip.compress(html)
    zipped = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%s"
    return [
        plain % (len(html), html),
        chunked % (len(html), html),
        zipped % (len(packed), packed),
        b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\n\r\n",
    ]


def requests(host: str, port: int) -> list[bytes]:
    part = '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nb\r\n--x--'
    form, data = "application/x-www-form-urlencoded", "application/json"
    text = {"text": "Ann Roe, the mayor, said no. " * 12, "changes": True}
    asked = [
        ("POST", "/api/score", data, json.dumps(text)),
        ("POST", "/api/rank", data, json.dumps({"articles": [{"id": "a", "text": "b"}]})),
        ("GET", "/api/models", data, ""),
        ("GET", "/api/health", data, ""),
        ("POST", "/", form, "text=Ann+Roe+said+no"),
        ("POST", "/compare", form, "first=a&second=b"),
        ("POST", "/label", form, "rater=a&rating=50"),
        ("GET", "/corpus?sort=score&where=x", form, ""),
        ("POST", "/", "multipart/form-data; boundary=x", part),
    ]
    head = "{} {} HTTP/1.1\r\nHost: {}:{}\r\nConnection: close\r\nContent-Type: {}\r\nContent-Length: {}\r\n\r\n{}"
    return [head.format(*line, host, port, kind, len(body), body).encode() for *line, kind, body in asked]


_TEXT_WORDS = (
    '"', "“", "”", "«", "»", "'", "’", "``", "„", "—No ", "(", ")", "[", "\n", "\n\n", ".", "…", "!", " , ", "said ",
    "according to ", "Mr. ", "U.S. ", "a\u0301", "\u200b", "\u202e",
    "\ufeff", "\U0001f600", "مرحبا", "你好。", "İ", "ß", "ǅ",
    "0" * 300, "x" * 3000, "the " * 40, "Ann Roe, ", "<script>alert(1)</script>", "{{ 7 * 7 }}", "javascript:",
    "\u2028", "theo ", "cho biết ", "\x00", "\x1b[31m", "_",
)  # fmt: skip
TEXT_WORDS = (*(word.encode() for word in _TEXT_WORDS), b"\xed\xa0\x80", b"\xff\xfe")
HTML_WORDS = (
    *TEXT_WORDS, b"<div>" * 300, b"<table><tr><td>" * 60, b"</p>", b"<p>", b"<!--", b"-->", b"<![CDATA[",
    b"&#0;", b"&#x110000;", b"&amp" * 50, b"<script type='application/ld+json'>", b'{"@graph": [',
    b"<meta charset=utf-16>", b"<base href=//x>",
    b"<svg><title>", b"<title>", b'<link rel=canonical href="http://[">', b"<article>", b"<body ",
    b"---\n", b"](", b"![",
)  # fmt: skip
DATA_WORDS = (
    b"null", b"-1", b"1e999", b"NaN", b"Infinity", b"[" * 5000, b'{"a":' * 500, b'"\\ud800"', b"\\u0000", b",",
    b";", b'"',
    b"\r", b"\n", b"\x00", b"\xff", b"true", b"9" * 400, b"\xef\xbb\xbf", b"text", b"html", b"path",
    b"/etc/passwd", b"url",
    b"rating",
)  # fmt: skip
HTTP_WORDS = (
    b"\r\n", b"\r\n\r\n", b"\n", b"\x00", b"Content-Length: -1\r\n", b"Content-Length: 99999999999999999999\r\n",
    b"Transfer-Encoding: chunked\r\n", b"Content-Encoding: br\r\n", b"Content-Encoding: deflate\r\n",
    b"Location: \r\n",
    b"Location: http://[::\r\n", b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/9.9 ", b"ffffffff\r\n",
    b"Content-Type: \xff\r\n", b"charset=utf-7", b"charset=\xc3\x9f", b"X: " + b"a" * 70_000 + b"\r\n",
)  # fmt: skip
REQUEST_WORDS = (*DATA_WORDS, *HTTP_WORDS, b"articles", b"model", b"../../x", b"Expect: 100-continue\r\n")
