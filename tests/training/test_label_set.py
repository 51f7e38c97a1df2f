"""Label files as a whole: pairs, and every bad row by its number, with what is wrong and what to do."""

import json
import math

import pytest

from onrecord.errors import LabelError
from onrecord.training.label_set import check_variety, read_label_set

BODY = "The ferry will not sail on Sunday, said Marta Quill, the harbour master of {place}. " * 6
TURKISH = "Feribot pazar sabahı limandan kalkmayacak, dedi liman müdürü bütün çalışma arkadaşlarına. " * 6


def text(place):
    return BODY.format(place=place)


def article(name, rating=None, **more):
    return {"id": name, "text": text(name), "publisher": f"{name}.example", "rating": rating} | more


def pair(better, worse):
    return {"better": better, "worse": worse}


def write(path, rows):
    lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return path


def read(tmp_path, rows, **more):
    return read_label_set([write(tmp_path / "l.jsonl", rows)], **more)


def found(labels):
    names = [example.id for example in labels.examples]
    return names, [(names[p.better], names[p.worse]) for p in labels.pairs]


# What is taken


def test_pairs_name_articles_with_and_without_a_rating(tmp_path):
    labels = read(tmp_path, [pair("a", "b"), article("a", 60), article("b"), article("c", 40), pair("b", "c")])
    assert found(labels) == (["a", "b", "c"], [("a", "b"), ("b", "c")])
    assert [example.rating for example in labels.examples] == pytest.approx([60, math.nan, 40], nan_ok=True)
    assert [p.where.rpartition("/")[2] for p in labels.pairs] == ["l.jsonl row 1", "l.jsonl row 5"]


def test_pairs_may_bring_their_own_texts(tmp_path):
    row = {"better_text": text("x"), "better_title": "Ferry", "better_publisher": "x.example", "worse_text": text("y")}
    labels = read(tmp_path, [row, {"better": "a", "worse_text": text("x")}, article("a", 60)])
    a, x, y = labels.examples
    assert (x.article.title, x.publisher, y.publisher) == ("Ferry", "x.example", "row 1 worse")
    assert [(p.better, p.worse) for p in labels.pairs] == [(1, 2), (0, 1)]  # x is one article, though given twice
    assert a.rating == 60 and math.isnan(x.rating) and math.isnan(y.rating)


def test_pairs_may_bring_paths_relative_to_their_file(tmp_path):
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "x.txt").write_text(text("x"), encoding="utf-8")
    labels = read(tmp_path, [{"better_path": "texts/x.txt", "worse": "a"}, article("a", 60)])
    assert labels.examples[1].article.text == text("x")


def test_pairs_and_articles_may_lie_in_different_files(tmp_path):
    one = write(tmp_path / "a.jsonl", [article("a", 60), article("b")])
    two = tmp_path / "b.csv"
    two.write_text("better,worse\na,b\n", encoding="utf-8")
    assert found(read_label_set([one, two])) == (["a", "b"], [("a", "b")])


def test_an_unrated_copy_of_a_rated_article_is_that_article(tmp_path):
    rows = [article("a", 60), article("z", text=text("a")), article("b", 40), pair("z", "b")]
    assert found(read(tmp_path, rows)) == (["a", "b"], [("a", "b")])


# What is not

A, B, C = article("a", 80), article("b", 50), article("c", 20)
BAD = {
    "no text": ([A, {"rating": 50}], {2: "it has none of text, html, path, url; give each row an article"}),
    "an empty text": ([A, article("b", 50, text=" ")], {2: "no text"}),
    "no label": ([A, article("b")], {2: "no rating and the label None; give good or bad, 1 or 0, or name its id"}),
    "no such label": ([A, article("b", label="fine")], {2: "no rating and the label 'fine'"}),
    "a rating out of range": ([A, article("b", 101)], {2: "it has the rating 101; give a number from 0 to 100"}),
    "a rating that is no number": ([A, article("b", "high")], {2: "it has the rating 'high'"}),
    "too short": ([A, {"text": "It rained.", "rating": 5}], {2: "the text has 2 words; give at least 50"}),
    "another language": ([A, article("b", 50, text=TURKISH)], {2: "in no language that is scored"}),
    "no JSON": ([A, '{"text": '], {2: "not valid JSON"}),
    "no file": ([A, {"path": "nowhere.txt", "rating": 5}], {2: "nowhere.txt"}),
    "a text twice": ([A, B, A], {3: "it repeats {} row 1; mend it, or pass it over with --skip-bad"}),
    "two ratings of a text": (
        [A, B, A | {"rating": 20}],
        {1: "the same text has 80 here and 20 in {} row 3", 3: "the same text has 20 here and 80 in {} row 1"},
    ),
    "a rating and a label of a text": (
        [A | {"text": A["text"].upper()}, B, A | {"rating": None, "label": "bad"}],
        {1: "has 80 here and 25 in", 3: "has 25 here and 80 in"},
    ),
    "an unknown id": ([A, B, pair("a", "x")], {3: "no row has the id 'x'; give the id of an article in these files"}),
    "an id of two texts": (
        [A, B, article("a", 70, text=text("z")), pair("a", "b")],
        {4: "2 texts have the id 'a'; give each an id of its own"},
    ),
    "an id of a bad row": ([A, article("b", 500), pair("a", "b")], {2: "the rating 500", 3: "mend that row first"}),
    "an id of a contradiction": (
        [A, A | {"rating": 1}, B, pair("a", "b")],
        {1: "the same text", 2: "the same text", 4: "the row with the id 'a' cannot be used"},
    ),
    "a pair of one": ([A, B, pair("a", "a")], {3: "an article is better than itself"}),
    "half a pair": ([A, {"better": "a"}], {2: "the pair has neither 'worse' nor 'worse_text'"}),
    "too much of a pair": (
        [A, B, {"better": "a", "better_text": text("x"), "worse": "b"}],
        {3: "the pair has both 'better' and 'better_text'"},
    ),
    "a pair and an article": ([A, B | pair("a", "b")], {2: "it is an article and a pair at once"}),
    "a short text in a pair": ([A, B, {"better": "a", "worse_text": "It rained."}], {3: "the text has 2 words"}),
    "a pair twice": ([A, B, pair("a", "b"), pair("a", "b")], {4: "it repeats {} row 3"}),
    "a pair and its reverse": (
        [article("a"), article("b"), pair("a", "b"), pair("b", "a")],
        {3: "it contradicts {} row 4", 4: "it contradicts {} row 3"},
    ),
    "a circle": (
        [article("a"), article("b"), article("c"), pair("a", "b"), pair("b", "c"), pair("c", "a")],
        {4: "circle of pairs", 5: "circle of pairs", 6: "circle of pairs"},
    ),
    "a pair against ratings": ([A, B, pair("b", "a")], {3: "it contradicts the ratings: what it puts first has 50"}),
    "a chain against ratings": (
        [A, article("b"), C, pair("c", "b"), pair("b", "a")],
        {4: "what it puts first has 20 or less", 5: "the other 80 or more"},
    ),
    "many things": (
        [A, {"rating": 5}, B, article("c", -1), pair("a", "x"), B],
        {2: "none of text", 4: "the rating -1", 5: "the id 'x'", 6: "repeats"},
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_every_bad_row_is_named_with_what_is_wrong(tmp_path, case):
    rows, messages = BAD[case]
    with pytest.raises(LabelError) as caught:
        read(tmp_path, rows)
    assert str(caught.value).startswith(f"{len(messages)} of {len(rows)} rows cannot be used; mend them")
    path = tmp_path / "l.jsonl"
    assert [line.partition(": ")[0] for line in caught.value.rows] == [f"{path} row {k}" for k in messages]
    for line, message in zip(caught.value.rows, messages.values(), strict=True):
        assert message.format(path) in line and "; " in line and "\n" not in line


@pytest.mark.parametrize("case", BAD)
def test_without_the_bad_rows_the_rest_is_used(tmp_path, case):
    rows, messages = BAD[case]
    labels = read(tmp_path, rows, skip_bad=True)
    assert len(labels.skipped) == len(messages)
    # What is left is in order by itself, but for articles that only a bad pair spoke of.
    left = [row for k, row in enumerate(rows, start=1) if k not in messages]
    again = read(tmp_path, left, skip_bad=True)
    assert found(again) == found(labels)
    assert all("no rating" in line for line in again.skipped)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("none.csv", None, "is no label file"),
        ("labels.docx", b"x", "is no label file"),
        ("empty.jsonl", b"", "has no rows"),
        ("head.csv", b"text,rating\n", "has no rows"),
    ],
)
def test_a_file_of_another_kind_is_an_error_even_when_rows_are_skipped(tmp_path, name, data, message):
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(LabelError, match=message):
        read_label_set([tmp_path / name], skip_bad=True)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([A], "only 1 labelled articles can be used"),
        ([A, B | {"rating": 80}], "all 2 labelled articles are rated 80; label better and worse ones"),
        ([A | {"rating": None, "label": "good"}, B | {"rating": None, "label": "good"}], "are rated 65"),
        ([A, B | {"publisher": "a.example"}], "all 2 labelled articles are of one publisher, 'a.example'"),
    ],
)
def test_labels_that_teach_nothing(tmp_path, rows, message):
    with pytest.raises(LabelError, match=message):
        check_variety(read(tmp_path, rows))


def test_a_pair_teaches_where_ratings_are_all_alike(tmp_path):
    check_variety(read(tmp_path, [A, B | {"rating": 80}, pair("a", "b")]))
