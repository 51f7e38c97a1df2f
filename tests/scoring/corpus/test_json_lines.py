"""JSON lines: a record or an error for every line, however long."""

import io
import tracemalloc
import zlib

import pytest

from onrecord.errors import InputError
from onrecord.scoring.corpus import entries, rows
from onrecord.scoring.corpus.compression import zstd_module
from onrecord.scoring.corpus.json_lines import json_lines

zstd = zstd_module()


def read(data):
    return [(line, row if isinstance(row, dict) else str(row)) for line, row in json_lines(io.BytesIO(data))]


@pytest.mark.parametrize("end", [b"\n", b""])
@pytest.mark.parametrize("length", [20, 21, 22, 200_000])
def test_a_line_over_the_limit_is_passed_by(monkeypatch, length, end):
    monkeypatch.setattr(rows, "MAX_RECORD", 20)
    line = b'{"id":' + b"1" * (length - 7) + b"}"
    fits = length <= 20
    (number, row), *others = read(b"{}\n" + line + end + (b"{}" if end else b""))[1:]
    assert number == 2
    assert row == ({"id": int(b"1" * 13)} if fits else "the record is larger than 20 bytes; split it, or leave it out")
    assert others == ([(3, {})] if end else [])


def test_errors_name_what_was_expected():
    assert read(b"{\n[]\n \n1")[1:] == [
        (2, "the line is a JSON list; write one JSON object a line"),
        (4, "the line is a JSON int; write one JSON object a line"),
    ]
    assert read(b"{\n")[0][1].endswith("; write one JSON object a line, in UTF-8")


def write_bomb(path, compressor):
    """200 MB in one line, between two records."""
    with path.open("wb") as file:
        file.write(compressor.compress(b'{"id": 1}\n{"x": "'))
        for _ in range(200):
            file.write(compressor.compress(b"0" * 1_000_000))
        file.write(compressor.compress(b'"}\n{"id": 2}\n') + compressor.flush())


@pytest.mark.parametrize(
    ("suffix", "compressor"),
    [(".jsonl.gz", lambda: zlib.compressobj(1, zlib.DEFLATED, 31)), (".jsonl.zst", lambda: zstd.ZstdCompressor(1))],
)
def test_a_bomb_takes_no_more_memory_than_a_record_may(tmp_path, monkeypatch, suffix, compressor):
    monkeypatch.setattr(rows, "MAX_RECORD", 1_000_000)
    path = tmp_path / f"a{suffix}"
    write_bomb(path, compressor())
    tracemalloc.start()
    try:
        first, middle, last = entries([str(path)])
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (first.id, last.id, middle.place) == ("1", "2", f"{path}:2")
    assert isinstance(middle.error, InputError) and "larger than 1,000,000 bytes" in middle.error.problem
    assert peak < 6_000_000
