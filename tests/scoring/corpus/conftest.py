"""Files of records, as other programs write them."""

import csv
import gzip
import io
import json
from functools import partial

import pytest

from onrecord.scoring.corpus.compression import zstd_module

zstd = zstd_module()


def _json_lines(records):
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode("utf-8", "surrogatepass")


def _csv(records):
    text = io.StringIO(newline="")
    columns = list(dict.fromkeys(key for record in records for key in record)) or ["id", "text"]
    writer = csv.DictWriter(text, columns, quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(records)
    return text.getvalue().encode()


def _parquet(records):
    import pyarrow
    from pyarrow import parquet

    columns = list(dict.fromkeys(key for record in records for key in record)) or ["id", "text"]
    table = pyarrow.table({name: pyarrow.array([record[name] for record in records]) for name in columns})
    file = io.BytesIO()
    parquet.write_table(table, file, row_group_size=2)
    return file.getvalue()


def _response(body, status="200 OK", headers=b"Content-Type: text/html; charset=utf-8\r\n"):
    return b"HTTP/1.1 " + status.encode() + b"\r\n" + headers + b"\r\n" + body


def _record(block, name="", kind="response", url="https://press.example/"):
    """One WARC record."""
    head = [b"WARC/1.1", b"WARC-Type: " + kind.encode(), b"WARC-Date: 2020-02-03T04:05:06Z"]
    head += [b"WARC-Record-ID: <urn:uuid:%b>" % name.encode(), b"WARC-Target-URI: " + url.encode()]
    head += [b"Content-Length: %d" % len(block)]
    return b"\r\n".join(head) + b"\r\n\r\n" + block + b"\r\n\r\n"


def _crawl(records):
    return [_record(_response(r["html"].encode()), r["id"], url=r["url"]) for r in records]


def _members(parts):
    return b"".join(gzip.compress(part, 1, mtime=0) for part in parts)


WRITERS = {
    ".jsonl": _json_lines,
    ".ndjson": _json_lines,
    ".csv": _csv,
    ".parquet": _parquet,
    ".jsonl.gz": lambda records: gzip.compress(_json_lines(records), 1, mtime=0),
    ".ndjson.gz": lambda records: _members([_json_lines([record]) for record in records] or [b""]),
    ".csv.gz": lambda records: gzip.compress(_csv(records), 1, mtime=0),
    ".jsonl.zst": lambda records: zstd.compress(_json_lines(records)),
    ".ndjson.zst": lambda records: b"".join(zstd.compress(_json_lines([r])) for r in records) or zstd.compress(b""),
    ".csv.zst": lambda records: zstd.compress(_csv(records)),
    ".warc": lambda records: b"".join(_crawl(records)),
    ".warc.gz": lambda records: _members(_crawl(records) or [b""]),
}


@pytest.fixture(scope="session")
def writers():
    """By suffix, a function from records to the bytes of a file."""
    return WRITERS


@pytest.fixture(scope="session")
def warc():
    """`warc(block, name, kind, url)`: a record as bytes; `warc.response(body, status, headers)`: its block."""
    record = partial(_record)
    record.response = _response
    return record
