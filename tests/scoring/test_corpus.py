"""From folders and files to one entry an article, broken ones included."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.scoring.corpus import entries


def found(*inputs, skip=()):
    """Each entry as its id and what it is."""
    kinds = []
    for entry in entries([str(name) for name in inputs], skip):
        kind = "error" if entry.error else "record" if entry.record is not None else "file"
        assert [entry.error, entry.record, entry.path].count(None) == 2
        kinds.append((entry.id, kind))
    return kinds


def test_a_folder_is_read_in_order_with_all_below_it(tmp_path):
    (tmp_path / "b").mkdir()
    for name in ("c.txt", "b/x.HTML", "b/a.md", "a.json", "notes.pdf", "b/.keep", "d.htm"):
        (tmp_path / name).write_text("text")
    (tmp_path / "e.jsonl").write_text('{"id": "one"}\n{"id": 2}\n')
    (tmp_path / "folder.txt").mkdir()
    names = ["a.json", "b/a.md", "b/x.HTML", "c.txt", "d.htm"]
    assert found(tmp_path) == [*((name, "file") for name in names), ("one", "record"), ("2", "record")]


def test_what_is_to_be_skipped_is_skipped_in_folders(tmp_path):
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("text")
    assert found(tmp_path, skip={(tmp_path / "a.txt").resolve()}) == [("b.txt", "file")]


@pytest.mark.parametrize("name", ["nowhere", "nowhere.jsonl", "nul\0"])
def test_a_missing_input_is_an_error(tmp_path, name):
    with pytest.raises(InputError, match="no file or folder"):
        found(tmp_path / name)


@pytest.mark.parametrize("name", ["a.pdf", "a.jsonl.gz", "a"])
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

    monkeypatch.setattr(type(path), "open", refuse)
    (entry,) = entries([str(path)])
    assert entry.error and str(entry.error) == "the file cannot be read (permission denied); check its permissions"


@given(st.lists(st.binary(max_size=30)))
def test_any_lines_give_an_entry_each(tmp_path_factory, lines):
    path = tmp_path_factory.mktemp("lines") / "a.jsonl"
    path.write_bytes(b"\n".join(lines))
    given = [line for line in path.read_bytes().split(b"\n") if line.strip()]
    assert len(found(path)) == len(given)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_csv_is_read_to_its_end(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("rows") / "a.csv"
    path.write_text("id,text\n" + text, encoding="utf-8", newline="")
    found(path)
