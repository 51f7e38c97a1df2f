"""CSV and Parquet."""

import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.scoring.corpus import entries, rows
from onrecord.scoring.corpus.rows import ARTICLE_KEYS
from onrecord.scoring.corpus.tables import csv_rows, parquet_rows


def read(content, needed=()):
    data = io.BytesIO(content.encode() if isinstance(content, str) else content)
    return [(line, row if isinstance(row, dict) else str(row)) for line, row in csv_rows(data, needed)]


def texts(content):
    return [(line, row["text"] if isinstance(row, dict) else row.partition(";")[0]) for line, row in read(content)]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("id,text\nx,one\n\ny,two", [(2, "one"), (4, "two")]),
        ('id,text\nx,"one\r\ntwo"\r\ny,three\r\n', [(2, "one\r\ntwo"), (4, "three")]),
        ("id,text\rx,one\ry,two\r", [(2, "one"), (3, "two")]),
        ("\n\nid,text\nx,one\n", [(4, "one")]),
        ("text\n\xe9\n".encode("latin-1"), [(2, "\udce9")]),
        ("id,text\nx\ny,two\n", [(2, None), (3, "two")]),
        ("id,text\ny,two\nx", [(2, "two"), (3, "the file is cut short: its last row does not end")]),
        ('id,text\nx,"one" and\ny,two\n', [(2, "the row is not valid CSV (',' expected after '\"')"), (3, "two")]),
        ('id,text\nx,"one\ny,two\n', [(2, "the row is not valid CSV (unexpected end of data)")]),
        ('"id","te', [(None, "the row is not valid CSV (unexpected end of data)")]),
    ],
)
def test_rows_have_the_line_on_which_they_begin(content, found):
    assert texts(content) == found


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ("x," + "a" * 30 + "\n", "passed by"),
        ("x," + "a" * 200_000 + "\n", "passed by"),
        ('x,"' + "a\n" * 15 + '"\n', "passed by"),
        ('x,"' + 'a""\n' * 50_000 + '"\n', "passed by"),
        ("x," + "a" * 17 + "\n", "a" * 17),
        ("x," + "a" * 18 + "\n", "passed by"),
    ],
)
def test_a_row_over_the_limit_is_passed_by_to_its_end(monkeypatch, row, found):
    monkeypatch.setattr(rows, "MAX_RECORD", 20)
    (line, first), last = texts("id,text\n" + row + "y,two\n")
    assert (line, first) == (2, "the record is larger than 20 bytes" if found == "passed by" else found)
    assert last == (2 + row.count("\n"), "two")


def test_a_quotation_mark_that_is_never_closed_is_one_error(monkeypatch):
    monkeypatch.setattr(rows, "MAX_RECORD", 20)
    assert [line for line, _ in read('id,text\nx,"' + "y,two\n" * 100)] == [2]


@pytest.mark.parametrize("header", ["name,body", "Text,HTML", "id"])
def test_a_table_without_articles_is_named_once(tmp_path, header):
    path = tmp_path / "a.csv"
    path.write_text(header + "\n" + "x\n" * 5)
    (entry,) = entries([str(path)])
    assert entry.place == entry.id == str(path)
    assert str(entry.error) == (
        f"the table has no column html, path, text, url (it has {header.replace(',', ', ')}); "
        "name the column with the articles 'text', or 'html' if they are pages"
    )


def test_a_table_of_many_columns_is_named_in_one_line():
    ((_, line),) = read(",".join(f"c{k}" for k in range(500)), ARTICLE_KEYS)
    assert "c9, ...)" in line and len(line) < 250


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_csv_is_read_to_its_end(text):
    found = read("id,text\n" + text)
    assert [line for line, _ in found] == sorted(line for line, _ in found)


# Parquet


def table(columns, **more):
    pyarrow = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    file = io.BytesIO()
    parquet.write_table(pyarrow.table(columns), file, **more)
    return file


def found(file, needed=()):
    return [(number, row if isinstance(row, dict) else str(row)) for number, row in parquet_rows(file, needed)]


def test_columns_of_any_type_are_carried_as_they_are():
    row = {"id": 7, "text": "x", "day": date(2020, 2, 3), "tags": ["a", "b"], "by": {"name": "Ann"}, "none": None}
    assert found(table({key: [value] for key, value in row.items()})) == [(1, row)]


def test_rows_are_numbered_through_row_groups():
    file = table({"text": [str(n) for n in range(600)]}, row_group_size=100)
    assert found(file) == [(n + 1, {"text": str(n)}) for n in range(600)]


def test_a_row_that_is_too_large_or_unreadable_does_not_cost_its_siblings(monkeypatch):
    import pyarrow

    monkeypatch.setattr(rows, "MAX_RECORD", 1000)
    broken = pyarrow.array([b"one", b"\xff", b"three", b"four"]).view(pyarrow.string())
    texts = table({"id": [1, 2, 3, 4], "text": broken})
    kinds = [(number, row["id"] if isinstance(row, dict) else row.partition(" (")[0]) for number, row in found(texts)]
    assert kinds == [(1, 1), (2, "the row holds a value that cannot be read"), (3, 3), (4, 4)]
    large = table({"id": [1, 2, 3], "text": ["a", "b" * 2000, "c"]})
    kinds = [(number, row["id"] if isinstance(row, dict) else row.partition(";")[0]) for number, row in found(large)]
    assert kinds == [(1, 1), (2, "the record is larger than 1,000 bytes"), (3, 3)]


def test_a_parquet_file_without_articles_is_named_once():
    ((number, line),) = found(table({"name": ["x"] * 9}), ARTICLE_KEYS)
    assert number is None and "has no column html, path, text, url (it has name)" in line


def test_damage_in_a_row_group_costs_no_other():
    from pyarrow.parquet import ParquetFile

    file = table({"text": [f"{n} " * 50 for n in range(300)]}, row_group_size=100, use_dictionary=False)
    data = bytearray(file.getvalue())
    place = ParquetFile(file).metadata.row_group(1).column(0).data_page_offset
    data[place : place + 20] = b"\xff" * 20
    read_rows = found(io.BytesIO(data))
    assert [number for number, _ in read_rows] == [*range(1, 102), *range(201, 301)]
    line = read_rows[100][1]
    assert line.startswith("what is left of the row group is damaged or cut short (") and "\n" not in line
