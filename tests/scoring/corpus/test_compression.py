"""gzip and zstd: told by content, read little by little, noticed when cut or damaged."""

import gzip
import io
import sys
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import MissingExtraError
from onrecord.scoring.corpus.compression import decompressed, explained, faults, zstd_module

zstd = zstd_module()

PARTS = st.lists(st.binary(max_size=20).map(lambda part: part * 50), min_size=1, max_size=4)


def read(data, suffix="", **more):
    return decompressed(io.BufferedReader(io.BytesIO(data)), suffix, **more).read()


def fault(data, suffix=""):
    with pytest.raises(faults()) as caught:
        read(data, suffix)
    return str(explained(caught.value))


@pytest.mark.parametrize("suffix", ["", ".gz", ".zst", ".jsonl"])
@pytest.mark.parametrize(
    "data",
    [
        b"plain\n",
        gzip.compress(b"plain\n", mtime=0),
        zstd.compress(b"plain\n"),
        b"\x52\x2a\x4d\x18\2\0\0\0ab" + zstd.compress(b"plain\n"),  # a frame to skip, then one
        gzip.compress(b"pla", mtime=0)
        + gzip.compress(b"", mtime=0)
        + b"\0" * 9
        + gzip.compress(b"in\n", mtime=0)
        + b"\0" * 70_000,
        zstd.compress(b"pla") + zstd.compress(b"in\n"),
    ],
)
def test_the_content_decides_and_not_the_name(data, suffix):
    assert read(data, suffix) == b"plain\n"


@pytest.mark.parametrize("data", [b"", b"P", b"PK", b'{"a": 1}', b"(x)", b"\xff\xfe"])
def test_what_is_not_compressed_is_left_alone(data):
    assert read(data) == data


@given(PARTS, st.sampled_from([gzip.compress, zstd.compress]))
def test_members_are_read_one_after_the_other(parts, compress):
    assert read(b"".join(compress(part) for part in parts)) == b"".join(parts)


@given(PARTS, st.sampled_from([(gzip.compress, ".gz"), (zstd.compress, ".zst")]), st.data())
def test_a_cut_within_a_member_is_noticed(parts, kind, data):
    compress, suffix = kind
    members = [compress(part) for part in parts]
    last = len(members[-1])
    cut = b"".join(members)[: -data.draw(st.integers(1, last - (len(members) > 1)))]
    assert fault(cut, suffix).startswith("the file is cut short")


@pytest.mark.parametrize(
    "data",
    [
        gzip.compress(b"text" * 99, mtime=0)[:-8] + b"\0" * 8,  # another checksum
        gzip.compress(b"text", mtime=0) + b"more",
        b"\x1f\x8b\x09" + b"\0" * 20,  # no method of that number
        zstd.compress(b"text") + b"more",
        zstd.compress(b"text" * 99)[:9] + b"\xff" * 9,
    ],
)
def test_damage_is_noticed(data):
    assert fault(data).startswith("the compressed data are damaged (")


@given(PARTS)
def test_it_says_where_gzip_members_begin(parts):
    members = [gzip.compress(part) for part in parts]
    began = []
    read(b"".join(members), began=lambda *place: began.append(place))
    lengths = range(len(parts))
    assert began == [(sum(map(len, parts[:k])), sum(map(len, members[:k]))) for k in lengths]


def test_what_cannot_be_read_is_explained():
    assert str(explained(PermissionError(13, "Permission denied"))) == (
        "the file cannot be read (permission denied); check its permissions"
    )
    assert zlib.error in faults() and zstd.ZstdError in faults()


def test_without_its_library_zstd_is_an_error_that_says_what_to_install(monkeypatch):
    data = zstd.compress(b"x")
    faults.cache_clear()
    with monkeypatch.context() as patch:
        for name in ("backports", "compression"):
            patch.setitem(sys.modules, name, None)
        with pytest.raises(MissingExtraError, match=r"onrecord\[bulk\]"):
            read(data)
        assert read(gzip.compress(b"x")) == b"x" and zlib.error in faults()
    faults.cache_clear()
