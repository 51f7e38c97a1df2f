"""Label files: what is taken, and for every bad row its number and a remedy."""

import csv
import gzip
import json

import pytest

from onrecord.errors import LabelError
from onrecord.training.labels import BAD, GOOD, read_labels

TEXT = "The ferry will not sail on Sunday, said Marta Quill, the harbour master."


def write(path, rows):
    if path.suffix == ".csv":
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, sorted({key for row in rows for key in row}))
            writer.writeheader()
            writer.writerows(rows)
    elif path.suffix == ".parquet":
        parquet, table = pytest.importorskip("pyarrow.parquet"), pytest.importorskip("pyarrow").Table
        parquet.write_table(table.from_pylist(rows), path)
    else:
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".parquet"])
def test_every_kind_of_file_gives_the_same_examples(tmp_path, suffix):
    rows = [
        {"id": "a", "text": TEXT, "title": "Ferry", "rating": 72.5, "publisher": "gazette.example"},
        {"id": "b", "text": TEXT * 2, "title": "", "rating": 0.0, "publisher": "echo.example"},
    ]
    examples = read_labels(write(tmp_path / f"labels{suffix}", rows))
    assert [(e.id, e.rating, e.publisher) for e in examples] == [
        ("a", 72.5, "gazette.example"),
        ("b", 0.0, "echo.example"),
    ]
    assert [(e.article.text, e.article.title) for e in examples] == [(TEXT, "Ferry"), (TEXT * 2, "")]


@pytest.mark.parametrize("suffix", [".csv", ".jsonl"])
def test_label_files_may_be_compressed(tmp_path, suffix):
    plain = write(tmp_path / f"labels{suffix}", [{"id": "a", "text": TEXT, "rating": 72.5}])
    packed = tmp_path / f"labels{suffix}.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert [(e.id, e.rating) for e in read_labels(packed)] == [(e.id, e.rating) for e in read_labels(plain)]
    packed.write_bytes(packed.read_bytes()[:-9])
    with pytest.raises(LabelError, match="cut short"):
        read_labels(packed)


@pytest.mark.parametrize(
    ("label", "rating"),
    [
        ({"rating": 0}, 0.0),
        ({"rating": "100"}, 100.0),
        ({"rating": " 41.5 "}, 41.5),
        ({"overall": 30}, 30.0),
        ({"rating": None, "overall": 30}, 30.0),
        ({"rating": "", "overall": 30}, 30.0),
        ({"rating": 10, "overall": 30, "label": "good"}, 10.0),
        ({"label": "good"}, GOOD),
        ({"label": " Bad "}, BAD),
        ({"label": 1}, GOOD),
        ({"label": 0}, BAD),
        ({"label": "1.0"}, GOOD),
        ({"label": True}, GOOD),
        ({"label": False}, BAD),
        ({"rating": "", "label": "bad"}, BAD),
    ],
)
def test_a_rating_or_a_label_is_taken(tmp_path, label, rating):
    assert [e.rating for e in read_labels(write(tmp_path / "l.jsonl", [{"text": TEXT} | label]))] == [rating]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"rating": 50}, "has none of text, html, path, url; give each row an article"),
        ({"text": "", "rating": 50}, "has none of"),
        ({"text": TEXT}, "has no rating and the label None; give good or bad, 1 or 0"),
        ({"text": TEXT, "label": "fine"}, "has no rating and the label 'fine'"),
        ({"text": TEXT, "label": 2}, "has no rating and the label 2"),
        ({"text": TEXT, "rating": "high"}, "has the rating 'high'; give a number from 0 to 100"),
        ({"text": TEXT, "rating": 100.1}, "has the rating 100.1"),
        ({"text": TEXT, "rating": -1}, "has the rating -1"),
        ({"text": TEXT, "rating": float("nan")}, "has the rating nan"),
        ({"text": TEXT, "rating": 10**400}, "has the rating 1000"),
        ({"text": TEXT, "rating": True}, "has the rating True"),
        ({"text": TEXT, "rating": [50]}, "has the rating"),
        ({"path": "nowhere.txt", "rating": 50}, "nowhere.txt"),
        ({"path": 7, "rating": 50}, "7"),
        ({"url": "http://127.0.0.1:1/x", "rating": 50}, "127.0.0.1"),
    ],
)
def test_a_bad_row_is_named_by_its_number(tmp_path, row, message):
    path = write(tmp_path / "l.jsonl", [{"text": TEXT, "rating": 50}, row])
    with pytest.raises(LabelError) as caught:
        read_labels(path)
    line = str(caught.value)
    assert message in line and "l.jsonl row 2" in line and "\n" not in line
    assert caught.value.remedy


def test_a_path_is_relative_to_the_label_file(tmp_path, monkeypatch):
    (tmp_path / "labels" / "texts").mkdir(parents=True)
    (tmp_path / "labels" / "texts" / "a.txt").write_text(TEXT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    path = write(tmp_path / "labels" / "l.csv", [{"path": "texts/a.txt", "rating": 50}])
    assert [e.article.text.strip() for e in read_labels(path)] == [TEXT]


def test_html_is_read_as_a_page(tmp_path):
    html = f"<html><head><title>Ferry</title></head><body><article><p>{TEXT} {TEXT}</p></article></body></html>"
    article = read_labels(write(tmp_path / "l.jsonl", [{"html": html, "rating": 50}]))[0].article
    assert TEXT in article.text and "<" not in article.text


@pytest.mark.parametrize(
    ("given", "publisher"),
    [
        ({"publisher": "Gazette", "domain": "x.example", "url": "http://y.example/1"}, "Gazette"),
        ({"domain": "x.example", "url": "http://y.example/1"}, "x.example"),
        ({"url": "http://www.ferry-times.com/1"}, "ferry-times.com"),
        ({"id": "n1"}, "row n1"),
        ({}, "row 1"),
    ],
)
def test_the_publisher_is_the_best_that_is_known(tmp_path, given, publisher):
    assert read_labels(write(tmp_path / "l.jsonl", [{"text": TEXT, "rating": 1} | given]))[0].publisher == publisher


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("none.csv", None, "is no label file"),
        ("labels.docx", b"x", "is no label file"),
        ("labels.warc", b"", "is no label file"),
        ("empty.jsonl", b"", "has no rows"),
        ("empty.csv", b"", "has no rows"),
        ("head.csv", b"text,rating\n", "has no rows"),
        ("broken.jsonl", b'{"text": "x", "rating": 5}\n{"text": \n', "broken.jsonl"),
        ("no.parquet", b"PAR1 not", "no.parquet"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_line(tmp_path, name, data, message):
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(LabelError, match=message) as caught:
        read_labels(tmp_path / name)
    assert "\n" not in str(caught.value)
