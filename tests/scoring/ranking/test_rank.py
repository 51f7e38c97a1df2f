"""Ranking: every article in comes out once, in the output or in the error file, whatever it is."""

import csv
import json
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from onrecord.errors import InputError, ModelError
from onrecord.scoring.ranking import RankOptions, rank
from onrecord.scoring.ranking import batch as module

pytestmark = pytest.mark.usefixtures("in_process")

HERE = RankOptions(jobs=1)
OUTPUTS = ["out.jsonl", "out.csv", "out.parquet"]
GOOD = (
    "The town council voted on Tuesday to close the old harbour bridge for two years of repairs. "
    "“We cannot wait for another winter,” said Mara Lindqvist, the council's engineer. A survey by the port "
    "authority found cracks in nine of the twelve piers, according to a report that the council published last week. "
    "Shop owners on the quay said that they had not been asked, and want the mayor to pay for a ferry."
)
POOR = (
    "You will not believe what these disgusting idiots want to do to our bridge! They are liars, all of them, and "
    "everybody knows it. Some say that it is all about money, and of course it is. It is a total disaster for us and "
    "for this town, and nobody dares to say so. Wake up, people, before they have taken it all from you and from me!"
)
SHORT = "It rained."


def run(tmp_path, records, out="out.jsonl", **options):
    """What a ranking of these records gives: its summary, the records written, the errors written."""
    source = tmp_path / "in.jsonl"
    source.write_text("".join((r if isinstance(r, str) else json.dumps(r)) + "\n" for r in records), encoding="utf-8")
    summary = rank([str(source)], tmp_path / out, RankOptions(**{"jobs": 1, **options}))
    return summary, read(tmp_path / out), read(summary.error_file) if summary.error_file else []


def read(path):
    """The records of a .jsonl, .csv or .parquet file."""
    if path.suffix == ".parquet":
        return parquet.read_table(path).to_pylist()
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file)) if path.suffix == ".csv" else [json.loads(line) for line in file]


def article(name, text=GOOD, **more):
    return {"id": name, "text": text, **more}


@pytest.mark.parametrize("out", OUTPUTS)
def test_the_best_come_first_and_what_has_no_score_last(tmp_path, out):
    records = [article("short", SHORT), article("poor", POOR), article("good"), article("also short", SHORT)]
    summary, written, errors = run(tmp_path, records, out)
    names = ["good", "poor", "short", "also short"]
    assert [record["id"] for record in written] == names
    assert [ranked.id for ranked in summary.top(9)] == names
    assert (errors, summary.errors, summary.error_file) == ([], 0, None)
    best = summary.top(4)
    assert best[0].score > best[1].score
    assert best[2].score is best[3].score is None
    assert summary.top(2) == best[:2]


def test_an_error_says_which_where_why_and_what_to_do(tmp_path):
    _, written, errors = run(tmp_path, [article("a"), article("b", ""), "{", article("c", 7)])
    assert [record["id"] for record in written] == ["a"]
    source = tmp_path / "in.jsonl"
    assert [(error["id"], error["place"]) for error in errors] == [
        ("b", f"{source}:2"),
        (f"{source}:3", f"{source}:3"),
        ("c", f"{source}:4"),
    ]
    for error in errors:
        assert list(error) == ["id", "place", "reason", "remedy"] and all(error.values())


ANY_VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)
RECORDS = st.fixed_dictionaries(
    {"text": st.sampled_from([GOOD, POOR, SHORT, "", None, 7, "\ud800 " + GOOD])},
    optional={
        "id": ANY_VALUE,
        "title": st.text(st.characters(), max_size=5),
        "html": st.just("<p>"),
        "score": ANY_VALUE,
        "language": ANY_VALUE,
        "mine": ANY_VALUE,
        "": ANY_VALUE,
    },
)
LINES = st.one_of(RECORDS.map(json.dumps), st.sampled_from(["{", "[]", "null", '"text"', "NaN"]))


@given(
    lines=st.lists(LINES, max_size=8),
    out=st.sampled_from(OUTPUTS),
    evidence=st.booleans(),
)
@example(lines=[json.dumps({"id": "\ud800", "text": GOOD, "mine": float("nan")})], out="out.jsonl", evidence=False)
@example(lines=[json.dumps({"id": "\ud800", "text": ""})], out="out.csv", evidence=True)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_line_gives_one_record_or_one_error(tmp_path, lines, out, evidence):
    summary, written, errors = run(tmp_path, lines, out, evidence=evidence)
    assert len(written) + len(errors) == len(lines)
    assert (len(written), len(errors)) == (summary.articles, summary.errors)


CELLS = st.lists(st.sampled_from([GOOD, POOR, SHORT, "", 'a "quoted", cell', "=1+1"]), min_size=1, max_size=4)


@given(rows=st.lists(CELLS, max_size=8), out=st.sampled_from(OUTPUTS))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_row_gives_one_record_or_one_error(tmp_path, rows, out):
    with (tmp_path / "in.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([["text", "title", "mine"], *rows])
    summary = rank([str(tmp_path / "in.csv")], tmp_path / out, HERE)
    assert summary.articles + summary.errors == len(rows)
    assert len(read(tmp_path / out)) == summary.articles


@pytest.mark.parametrize("out", OUTPUTS)
def test_unknown_columns_are_carried_through_and_own_ones_win(tmp_path, out):
    records = [
        article("a", section="news", score=1e9, text_length=5),
        article("b", POOR, section="sport", domain="x", mine=[1]),
    ]
    _, (first, second), _ = run(tmp_path, records, out)
    assert (first["section"], second["section"]) == ("news", "sport")
    assert str(first["text_length"]) == "5"
    assert str(second["mine"]) == "[1]"
    assert "1000000000" not in str(first["score"])
    if out == "out.csv":
        assert second["domain"] == ""
    assert "text" not in first


def test_own_columns_come_first_in_csv(tmp_path):
    run(tmp_path, [article("a", zebra=1), article("b", ant=2)], "out.csv")
    header = (tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
    assert header[:7] == ["id", "url", "title", "domain", "language", "words", "score"]
    assert header[-2:] == ["zebra", "ant"]


def test_what_parquet_holds_is_carried_as_json_can(tmp_path):
    from datetime import UTC, datetime
    from decimal import Decimal

    columns = {
        "text": [GOOD],
        "when": [datetime(2024, 5, 1, tzinfo=UTC)],
        "price": [Decimal("1.50")],
        "share": [float("nan")],
        "raw": [b"\xff"],
        "inner": [{"x": 1}],
    }
    parquet.write_table(pa.table(columns), tmp_path / "in.parquet")
    summary = rank([str(tmp_path / "in.parquet")], tmp_path / "out.jsonl", HERE)
    assert summary.errors == 0
    (record,) = read(tmp_path / "out.jsonl")
    assert record["when"].startswith("2024-05-01") and record["price"] == "1.50" and record["share"] is None
    assert record["inner"] == {"x": 1}


def test_duplicate_ids_are_kept(tmp_path):
    _, written, _ = run(tmp_path, [article("a"), article("a"), article("a", POOR)])
    assert [record["id"] for record in written] == ["a", "a", "a"]


def test_evidence_and_text_come_when_asked_for(tmp_path):
    (plain,) = run(tmp_path, [article("a")])[1]
    (full,) = run(tmp_path, [article("a")], evidence=True, text=True)[1]
    assert {"attributions", "evidence", "text"} & set(plain) == set()
    assert set(plain["families"][0]) == {"name", "points"}
    assert full["text"] == GOOD and full["attributions"]
    sources = [span for attribution in full["attributions"] for span in attribution["source"]]
    assert any(full["text"][span["start"] : span["end"]].startswith("Mara Lindqvist") for span in sources)
    (row,) = run(tmp_path, [article("a")], "out.csv", evidence=True, text=True)[1]
    assert row["text"] == GOOD
    assert {"id": "a", "text": GOOD, "duplicate_of": None, **json.loads(row["report"])} == full


def test_an_exception_in_one_article_leaves_the_others(tmp_path, monkeypatch):
    score = module.score_articles

    def fragile(articles, model):
        if any(article.title == "fatal" for article in articles):
            raise RecursionError("too deep")
        return score(articles, model)

    monkeypatch.setattr(module, "score_articles", fragile)
    monkeypatch.setattr("onrecord.scoring.score.score_articles", fragile)  # what scoring one by one calls
    _, written, errors = run(tmp_path, [article("a"), article("b", title="fatal"), article("c"), article("d", "")])
    assert [record["id"] for record in written] == ["a", "c"]
    assert [error["id"] for error in errors] == ["b", "d"]
    assert errors[0]["reason"] == "RecursionError: too deep"


def test_progress_counts_every_article(tmp_path):
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(article(n)) + "\n" for n in range(3)) + "{\n")
    seen = []
    rank([str(tmp_path / "in.jsonl")], tmp_path / "out.jsonl", HERE, seen.append)
    assert [(now.done, now.failed, now.total) for now in seen] == [(0, 0, None), (4, 1, None)]


# The output


@pytest.mark.parametrize("name", ["out.txt", "out", "out.jsonl.gz"])
def test_an_output_of_another_kind_is_refused(tmp_path, name):
    with pytest.raises(InputError, match=r"ends in \.jsonl or \.csv or \.parquet"):
        run(tmp_path, [], name)


@pytest.mark.parametrize(
    ("out", "problem"), [("missing/out.jsonl", "cannot be written"), ("folder.jsonl", "is a folder")]
)
def test_an_output_that_cannot_be_written_is_one_line(tmp_path, out, problem):
    (tmp_path / "folder.jsonl").mkdir()
    with pytest.raises(InputError, match=problem) as caught:
        run(tmp_path, [article("a")], out)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("name", ["a.jsonl", "./a.jsonl", "sub/../a.jsonl", "link.jsonl", "a.jsonl.errors.jsonl"])
def test_an_input_is_never_overwritten(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    Path("sub").mkdir()
    Path("link.jsonl").symlink_to("a.jsonl")
    for path in ("a.jsonl", "a.jsonl.errors.jsonl"):
        Path(path).write_text(json.dumps(article("a")))
    with pytest.raises(InputError, match="is an input"):
        rank([name], Path("a.jsonl"), HERE)
    assert Path("a.jsonl").read_text() == json.dumps(article("a"))


def test_a_folder_that_holds_the_output_gives_the_same_twice(tmp_path):
    (tmp_path / "a.txt").write_text(GOOD)
    (tmp_path / "b.txt").write_text("")
    contents = []
    for _ in range(2):
        summary = rank([str(tmp_path)], tmp_path / "out.jsonl", HERE)
        assert (summary.articles, summary.errors) == (1, 1)
        contents.append((tmp_path / "out.jsonl").read_bytes() + (tmp_path / "out.jsonl.errors.jsonl").read_bytes())
    assert contents[0] == contents[1]
    assert len(list(tmp_path.iterdir())) == 4


def test_an_error_file_of_an_earlier_run_goes(tmp_path):
    run(tmp_path, [article("a", "")])
    assert (tmp_path / "out.jsonl.errors.jsonl").exists()
    run(tmp_path, [article("a")])
    assert not (tmp_path / "out.jsonl.errors.jsonl").exists()


@pytest.mark.parametrize("error", [KeyboardInterrupt, ModelError("gone", "train")])
def test_a_run_that_is_cut_short_before_a_shard_is_done_leaves_all_as_it_was(tmp_path, monkeypatch, error):
    (tmp_path / "out.jsonl").write_text("earlier\n")
    (tmp_path / "in.jsonl").write_text((json.dumps(article("a")) + "\n") * 3)

    def stop(now):
        raise error

    with pytest.raises(error if isinstance(error, type) else type(error)):
        rank([str(tmp_path / "in.jsonl")], tmp_path / "out.jsonl", HERE, stop)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.jsonl"]
    assert (tmp_path / "out.jsonl").read_text() == "earlier\n"


def test_a_missing_input_leaves_nothing_behind(tmp_path):
    with pytest.raises(InputError, match="no file or folder"):
        rank([str(tmp_path / "nowhere")], tmp_path / "out.jsonl", HERE)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("out", OUTPUTS)
def test_nothing_in_nothing_out(tmp_path, out):
    summary, written, _ = run(tmp_path, [], out)
    assert (summary.articles, summary.errors, summary.publishers, summary.top(3), written) == (0, 0, (), [], [])
