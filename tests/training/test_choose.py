"""From a corpus to a file of articles to label, and from that file to labels."""

import csv
import json
from pathlib import Path

import pytest

from onrecord.errors import InputError, LabelError, ModelError
from onrecord.scoring.score import score_article
from onrecord.training.choose import COLUMNS, ChooseOptions, choose
from onrecord.training.label_set import read_label_set
from onrecord.training.labels import read_labels

EXAMPLES = Path(__file__).parents[2] / "examples"
LABELS = EXAMPLES / "labels.csv"


def rows(path):
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def run(inputs, out, **more):
    return choose([str(name) for name in inputs], out, ChooseOptions(jobs=1, **more))


def test_the_file_has_all_that_a_person_needs(tmp_path):
    found = run([LABELS, EXAMPLES / "rant.txt"], tmp_path / "next.jsonl", count=25)
    written = rows(tmp_path / "next.jsonl")
    assert (found.articles, found.chosen, found.known, found.unscored, found.errors) == (25, 25, 0, 0, 0)
    assert all(
        list(row) == [c for c in COLUMNS if c in row] and row["rating"] is None and row["why"] for row in written
    )
    known = {example.id: example for example in read_labels(LABELS)}
    for row in written:
        if row["id"] == "rant.txt":
            assert row["path"] == str(EXAMPLES / "rant.txt") and "text" not in row
            continue
        example = known.pop(row["id"])
        assert (row["text"], row["title"], row["publisher"]) == (
            example.article.text,
            example.article.title,
            example.publisher,
        )
        score = score_article(example.article).score
        assert (row["score"], row["low"], row["high"]) == pytest.approx((score.value, score.low, score.high), abs=0.051)
    assert not known


@pytest.mark.parametrize("suffix", [".jsonl", ".csv"])
def test_once_rated_it_is_a_label_file(tmp_path, suffix):
    out = tmp_path / f"next{suffix}"
    run([LABELS, EXAMPLES / "rant.txt"], out, count=5)
    written = rows(out)
    with pytest.raises(LabelError, match="5 of 5 rows cannot be used"):
        read_label_set([out])
    for k, row in enumerate(written):
        row["rating"] = 10 * k
    if suffix == ".csv":
        with out.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(written[0]))
            writer.writeheader()
            writer.writerows(written)
    else:
        out.write_text("".join(json.dumps(row) + "\n" for row in written), encoding="utf-8")
    labels = read_label_set([out])
    assert [example.rating for example in labels.examples] == [0, 10, 20, 30, 40]
    assert [example.id for example in labels.examples] == [row["id"] for row in written]


def test_labelled_articles_copies_and_what_has_no_score_are_passed_over(tmp_path):
    first = run([LABELS], tmp_path / "first.jsonl", count=10)
    taken = rows(tmp_path / "first.jsonl")
    for row in taken:
        row["rating"] = 50
    labelled = tmp_path / "labelled.jsonl"
    labelled.write_text("".join(json.dumps(row) + "\n" for row in taken), encoding="utf-8")
    short = tmp_path / "short.txt"
    short.write_text("It rained.", encoding="utf-8")
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"text": \n', encoding="utf-8")
    found = run([LABELS, LABELS, short, broken], tmp_path / "next.jsonl", labelled=[labelled])
    assert first.chosen == 10
    assert (found.articles, found.chosen, found.known, found.unscored, found.errors) == (50, 14, 34, 1, 1)
    assert not {row["id"] for row in rows(tmp_path / "next.jsonl")} & {row["id"] for row in taken}


def test_the_order_is_the_same_however_many_processes(tmp_path):
    run([LABELS], tmp_path / "a.jsonl", count=6)
    choose([str(LABELS)], tmp_path / "b.jsonl", ChooseOptions(count=6, jobs=2))
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()


def test_a_folder_may_hold_the_output(tmp_path):
    (tmp_path / "a.txt").write_text((EXAMPLES / "rant.txt").read_text(encoding="utf-8"), encoding="utf-8")
    for _ in range(2):
        assert run([tmp_path], tmp_path / "next.jsonl").articles == 1


@pytest.mark.parametrize(
    ("inputs", "out", "more", "error", "message"),
    [
        (["nowhere"], "next.jsonl", {}, InputError, "there is no file or folder"),
        ([LABELS, "-"], "next.jsonl", {}, InputError, "standard input cannot be read twice"),
        (["HTTPS://a.example/feed"], "next.jsonl", {}, InputError, "HTTPS://a.example/feed cannot be read twice"),
        ([LABELS], "next.xlsx", {}, InputError, "is no output file; give a name that ends in .jsonl or .csv"),
        ([LABELS], "none/next.jsonl", {}, InputError, "cannot be written"),
        ([LABELS], "next.jsonl", {"labelled": [LABELS]}, InputError, "no article of the corpus can be chosen"),
        ([LABELS], "next.jsonl", {"labelled": [Path("none.csv")]}, LabelError, "is no label file"),
        ([LABELS], "next.jsonl", {"model": "nowhere"}, ModelError, "there is no model"),
    ],
)
def test_what_cannot_be_done(tmp_path, inputs, out, more, error, message):
    with pytest.raises(error, match=message):
        run(inputs, tmp_path / out, **more)
    assert list(tmp_path.iterdir()) == []


def test_an_input_is_never_overwritten(tmp_path):
    own = tmp_path / "own.csv"
    own.write_bytes(LABELS.read_bytes())
    for more in ({}, {"labelled": [own]}):
        with pytest.raises(InputError, match="is an input, and would be overwritten"):
            run([own if not more else LABELS], own, **more)
    assert own.read_bytes() == LABELS.read_bytes()
