"""What raters said: kept line by line, read back as labels."""

import json

import pytest

from onrecord.errors import InputError, LabelError
from onrecord.training.agreement import alpha
from onrecord.training.ratings import RatingFile, article_key, merged

A, B = "Ann", "Bo"


def told(*rows):
    return [(number, row["rating"]) for number, row in merged(rows)]


def said(article, rater, rating, **more):
    return {"article": article, "rater": rater, "rating": rating, **more}


MERGES = [
    ("one rater", [said("x", A, 50)], [(1, 50)]),
    ("the mean of two", [said("x", A, 50), said("y", A, 10), said("x", B, 60)], [(1, 55), (2, 10)]),
    ("the last of one", [said("x", A, 50), said("x", A, 70)], [(1, 70)]),
    ("taken back", [said("x", A, 50), {"retracts": "x", "rater": A}], []),
    ("taken back by one", [said("x", A, 50), said("x", B, 60), {"retracts": "x", "rater": A}], [(1, 60)]),
    ("said again", [said("x", A, 50), {"retracts": "x", "rater": A}, said("x", A, 20)], [(1, 20)]),
    ("nothing to take back", [{"retracts": "x", "rater": A}, said("x", A, 20)], [(2, 20)]),
    ("plain rows stay", [{"text": "a", "rating": 5}, said("x", A, "50")], [(1, 5), (2, 50)]),
    ("by text", [{"text": "a b", "rater": A, "rating": 1}, {"text": "A  b", "rater": B, "rating": 3}], [(1, 2)]),
    ("by path", [{"path": "p", "rater": A, "rating": 1}, {"path": "p", "rater": B, "rating": 3}], [(1, 2)]),
]


@pytest.mark.parametrize(("rows", "found"), [case[1:] for case in MERGES], ids=[case[0] for case in MERGES])
def test_rows_of_raters_become_one_an_article(rows, found):
    assert told(*rows) == found


def test_what_is_wrong_is_left_for_the_reader():
    error = InputError("no", "none")
    rows = [error, said("x", A, "high"), said("x", A, 101), said("x", A, True)]
    assert list(merged(rows)) == list(enumerate(rows, start=1))


def test_answers_are_read_back(tmp_path):
    path = tmp_path / "r.jsonl"
    first = RatingFile(path)
    first.add("One text.", A, 40, {"id": "1"})
    first.add("One text.", B, 60, {})
    first.add("Another.", A, 20, {})
    assert first.undo(A) == article_key("Another.") and first.undo("Cy") is None
    for each in (first, RatingFile(path)):
        assert each.by_article() == [{A: 40, B: 60}]
        assert each.of(article_key("One text.")) == {A: 40, B: 60}
    assert len(path.read_text().splitlines()) == 4


def test_a_line_that_a_crash_cut_short_is_cut_and_the_rest_stays(tmp_path):
    path = tmp_path / "r.jsonl"
    RatingFile(path).add("One text.", A, 40, {})
    whole = path.read_bytes()
    path.write_bytes(whole + b'{"article": "12')
    again = RatingFile(path)
    assert again.by_article() == [{A: 40}]
    again.add("Another.", A, 20, {})
    assert path.read_bytes().startswith(whole)
    assert [json.loads(line)["rating"] for line in path.read_text().splitlines()] == [40, 20]


def test_a_last_line_without_its_end_counts(tmp_path):
    path = tmp_path / "r.jsonl"
    RatingFile(path).add("One text.", A, 40, {})
    path.write_bytes(path.read_bytes().removesuffix(b"\n"))
    again = RatingFile(path)
    assert again.by_article() == [{A: 40}]
    again.add("Another.", A, 20, {})
    path.write_bytes(path.read_bytes().removesuffix(b"\n"))
    again.add("A third.", A, 30, {})
    assert again.by_article() == RatingFile(path).by_article() == [{A: 40}, {A: 20}, {A: 30}]
    assert [json.loads(line)["rating"] for line in path.read_text().splitlines()] == [40, 20, 30]


@pytest.mark.parametrize("line", ["no json", "[]", "{}", '{"rater": "A", "article": "x", "rating": "high"}'])
def test_a_file_that_is_none_is_refused(tmp_path, line):
    path = tmp_path / "r.jsonl"
    path.write_text(line + "\n")
    with pytest.raises(LabelError):
        RatingFile(path)


def test_what_cannot_be_written_is_an_error_and_no_answer(tmp_path):
    answers = RatingFile(tmp_path / "missing" / "r.jsonl")
    with pytest.raises(LabelError, match="cannot be written"):
        answers.add("One text.", A, 40, {})
    assert answers.by_article() == []


# Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", example C: four observers, twelve units.
PUBLISHED = [
    (1, 1, 1),
    (2, 2, 3, 2),
    (3, 3, 3, 3),
    (3, 3, 3, 3),
    (2, 2, 2, 2),
    (1, 2, 3, 4),
    (4, 4, 4, 4),
    (1, 1, 2, 1),
    (2, 2, 2, 2),
    (5, 5, 5),
    (1, 1),
    (3,),
]


def test_alpha_is_that_of_the_published_example():
    assert alpha(PUBLISHED) == pytest.approx(0.849, abs=0.0005)


@pytest.mark.parametrize(
    ("units", "found"),
    [([], None), ([(50,), (60,)], None), ([(50, 50), (50, 50)], None), ([(10, 10), (90, 90)], 1.0)],
)
def test_alpha_where_little_is_known(units, found):
    assert alpha(units) == found


def test_alpha_is_below_nothing_where_raters_contradict_each_other():
    assert alpha([(0, 100), (100, 0)]) < 0
