"""From folders and files to one entry an article, broken ones included."""

import gc
import gzip
import io
import json
import pickle
import sys
from itertools import islice
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import InputError, MissingExtraError
from onrecord.scoring.corpus import Entry, entries
from onrecord.scoring.corpus.compression import zstd_module
from onrecord.scoring.corpus.robots import Robots
from onrecord.scoring.fetch import FetchOptions
from onrecord.scoring.formats import ARTICLES, COMPRESSED, RECORDS

zstd = zstd_module()


def found(*inputs, skip=()):
    """Each entry as its id and what it is."""
    kinds = []
    for entry in entries([str(name) for name in inputs], skip):
        kind = "error" if entry.error else "record" if entry.record is not None else "file"
        assert [entry.error, entry.record, entry.path].count(None) == 2 and entry.url is None
        kinds.append((entry.id, kind))
    return kinds


def test_a_folder_is_read_in_order_with_all_below_it(tmp_path):
    (tmp_path / "b").mkdir()
    for name in ("c.txt", "b/x.HTML", "b/a.md", "a.json", "notes.pdf", "b/.keep", "d.htm", "f.txt.gz"):
        (tmp_path / name).write_text("text")
    (tmp_path / "e.jsonl").write_text('{"id": "one"}\n{"id": 2}\n')
    (tmp_path / "g.ndjson.gz").write_bytes(gzip.compress(b'{"id": 3}\n'))
    (tmp_path / "folder.txt").mkdir()
    names = ["a.json", "b/a.md", "b/x.HTML", "c.txt", "d.htm"]
    records = [("one", "record"), ("2", "record"), ("3", "record")]
    assert found(tmp_path) == [*((name, "file") for name in names), *records]


@pytest.mark.parametrize("suffix", ARTICLES)
def test_what_is_read_as_one_article_is_read_in_a_folder(tmp_path, suffix):
    (tmp_path / f"a{suffix.upper()}").write_text("text")
    assert found(tmp_path) == found(tmp_path / f"a{suffix.upper()}") == [(f"a{suffix.upper()}", "file")]


def test_what_is_to_be_skipped_is_skipped_in_folders(tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("text")
    assert found(tmp_path, skip={(tmp_path / "a.txt").resolve()}) == [("b.txt", "file")]


@pytest.mark.parametrize("name", ["nowhere", "nowhere.jsonl", "nul\0"])
def test_a_missing_input_is_an_error(tmp_path, name):
    with pytest.raises(InputError, match="no file or folder"):
        found(tmp_path / name)


@pytest.mark.parametrize("name", ["a.pdf", "a.txt.gz", "a.parquet.gz", "a.gz", "a"])
def test_an_input_of_another_kind_is_an_error(tmp_path, name):
    (tmp_path / name).write_text("text")
    with pytest.raises(InputError, match="no corpus; give a folder"):
        found(tmp_path / name)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (b'{"id": "x", "text": "y"}', "record"),
        (b'\xef\xbb\xbf{"id": "x"}', "record"),
        (b'{"id": "x"}\r', "record"),
        (b'{"id": "x", "text": "\\ud800"}', "record"),
        (b"{", "error"),
        (b"[1]", "error"),
        (b"null", "error"),
        (b"\xff\xfe", "error"),
        (b'{"id": "\xe9"}', "error"),
        (b"[" * 100_000, "error"),
        (b'{"id": ' + b"1" * 5000 + b"}", "error"),
    ],
)
def test_a_line_is_a_record_or_an_error_and_the_next_is_read(tmp_path, line, kind):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"id": "before"}\n\n' + line + b'\n \n{"id": "after"}')
    name = "x" if kind == "record" else f"{path}:3"
    assert found(path) == [("before", "record"), (name, kind), ("after", "record")]


@pytest.mark.parametrize("value", [None, "", "absent"])
def test_a_record_without_an_id_has_its_place_as_id(tmp_path, value):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({} if value == "absent" else {"id": value}))
    assert found(path) == [(f"{path}:1", "record")]


@pytest.mark.parametrize(("value", "name"), [(0, "0"), (7.5, "7.5"), (False, "False"), ("ä b", "ä b"), ("  ", "  ")])
def test_an_id_is_kept(tmp_path, value, name):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"id": value}))
    assert found(path) == [(name, "record")]


@pytest.mark.parametrize(
    ("content", "kinds"),
    [
        ("id,text\nx,one\ny,two\n", [("x", "record"), ("y", "record")]),
        ("\ufeffid,text\nx,one\n", [("x", "record")]),
        ('id,text\nx,"one\ntwo"\ny,three\n', [("x", "record"), ("y", "record")]),
        ("id,text\nx,one,more\ny,two\n", [("PLACE:2", "error"), ("y", "record")]),
        ("id,text\nx,one,\ny,two\n", [("PLACE:2", "error"), ("y", "record")]),
        ("id,text\nx\ny,two\n", [("x", "record"), ("y", "record")]),
        (",id,text\n0,x,one\n1,y,two\n", [("x", "record"), ("y", "record")]),  # as pandas writes it
        ("id,text\n", []),
        ("", []),
        ("id,text\nx," + "long " * 50_000 + "\n", [("x", "record")]),
    ],
)
def test_a_csv_row_is_a_record_or_an_error(tmp_path, content, kinds):
    path = tmp_path / "a.csv"
    path.write_text(content, encoding="utf-8")
    assert found(path) == [(name.replace("PLACE", str(path)), kind) for name, kind in kinds]


def test_parquet_is_read_in_order(tmp_path):
    pa = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "a.parquet"
    parquet.write_table(pa.table({"id": [str(n) for n in range(600)], "text": ["x"] * 600}), path)
    assert found(path) == [(str(n), "record") for n in range(600)]


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1" + b"\0" * 100 + b"PAR1", b"text"])
def test_a_damaged_parquet_file_is_one_error(tmp_path, content):
    pytest.importorskip("pyarrow")
    path = tmp_path / "a.parquet"
    path.write_bytes(content)
    (entry,) = entries([str(path)])
    assert entry.error and "damaged" in entry.error.problem and "\n" not in str(entry.error)


def test_a_record_file_that_cannot_be_opened_is_one_error(tmp_path, monkeypatch):
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": 1}\n')

    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    (entry,) = entries([str(path)])
    assert entry.error and str(entry.error) == "the file cannot be read (permission denied); check its permissions"


@given(st.lists(st.binary(max_size=30)))
def test_any_lines_give_an_entry_each(tmp_path_factory, lines):
    path = tmp_path_factory.mktemp("lines") / "a.jsonl"
    path.write_bytes(b"{\n" + b"\n".join(lines))  # what begins otherwise may be compressed
    given = [line for line in path.read_bytes().split(b"\n") if line.strip()]
    assert len(found(path)) == len(given)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_csv_is_read_to_its_end(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("rows") / "a.csv"
    path.write_text("id,text\n" + text, encoding="utf-8", newline="")
    found(path)


LINES = b'{"id": "x"}\n{\n{"id": "y"}\n'


@pytest.mark.parametrize("compress", [bytes, gzip.compress, zstd.compress])
def test_standard_input_is_json_lines_compressed_or_not(monkeypatch, compress):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(compress(LINES))))
    assert found("-") == [("x", "record"), ("standard input:2", "error"), ("y", "record")]


def test_standard_input_that_is_cut_short_says_so(monkeypatch):
    data = gzip.compress(b'{"id": "x"}\n') + gzip.compress(b"{}")[:-9]
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BufferedReader(io.BytesIO(data))))
    first, last = entries(["-"])
    assert (first.id, last.place) == ("x", "standard input:2") and "cut short" in str(last.error)


def test_a_record_may_stand_for_a_file(tmp_path):
    (tmp_path / "a.csv").write_text("id,path,desk\nx,pages/a.html,city\ny,,\n")
    first, last = entries([str(tmp_path / "a.csv")])
    assert first == Entry(
        "x",
        f"{tmp_path / 'a.csv'}:2",
        {"id": "x", "path": "pages/a.html", "desk": "city"},
        path=str(tmp_path / "pages/a.html"),
    )
    assert (last.id, last.path) == ("y", None)


@pytest.mark.parametrize("record", [{"text": ""}, {"text": None}, {"html": None}, {"text": "x"}, {"html": "x"}])
def test_a_record_that_has_a_place_for_its_text_stands_for_nothing_else(tmp_path, record):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"id": "x", "url": "https://press.example/", "path": "a.html", **record}))
    assert found(path) == [("x", "record")]


def test_a_record_may_stand_for_a_page(tmp_path, monkeypatch):
    monkeypatch.setattr(Robots, "delay", lambda self, url: 2.5)
    path = tmp_path / "a.jsonl"
    record = {"url": "https://press.example/a", "desk": "city"}
    path.write_text(json.dumps(record))
    options = FetchOptions(timeout=3)
    (entry,) = entries([str(path)], options=options)
    place = f"{path}:1"
    assert entry == Entry(place, place, record, url=record["url"], delay=2.5, options=options)


def test_entries_can_be_sent_to_other_processes():
    entry = Entry(
        "x", "a:1", {"id": "x"}, None, InputError("wrong", "right it"), "https://a.example", 1.0, FetchOptions()
    )
    again = pickle.loads(pickle.dumps(entry))
    assert str(again.error) == str(entry.error)
    assert [getattr(again, name) for name in ("id", "record", "url", "delay", "options")] == [
        getattr(entry, name) for name in ("id", "record", "url", "delay", "options")
    ]


@pytest.mark.parametrize(
    ("name", "module", "library"),
    [
        ("a.parquet", "pyarrow", "PyArrow"),
        ("a.warc", "fastwarc.warc", "FastWARC"),
        ("https://127.0.0.1/feed", "protego", "Protego"),
    ],
)
def test_without_its_library_a_format_is_an_error_that_says_what_to_install(
    tmp_path, monkeypatch, name, module, library
):
    monkeypatch.setitem(sys.modules, module, None)
    (tmp_path / "a.parquet").write_bytes(b"PAR1")
    (tmp_path / "a.warc").write_bytes(b"WARC/1.1")
    with pytest.raises(MissingExtraError, match=rf"needs {library}; pip install 'onrecord\[bulk\]'"):
        found(name if "://" in name else tmp_path / name)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("suffix", [*RECORDS, *COMPRESSED])
@pytest.mark.parametrize("taken", [1, 9])
def test_no_file_is_left_open(tmp_path, writers, suffix, taken):
    path = tmp_path / f"a{suffix}"
    path.write_bytes(writers[suffix]([{"id": str(k), "url": "https://a.example", "html": "x"} for k in range(3)]))
    source = entries([str(path)])
    assert len(list(islice(source, taken))) == min(taken, 3)
    del source
    gc.collect()
