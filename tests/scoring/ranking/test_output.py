"""What is written of a ranking: which articles, which columns, of which types."""

import csv
import json

import pyarrow as pa
import pytest
from pyarrow import parquet

from onrecord.errors import InputError
from onrecord.features.document import Article
from onrecord.scoring.ranking import RankOptions, columns, rank, shards
from onrecord.scoring.ranking.columns import arrow_type, flat_columns
from onrecord.scoring.ranking.table import check_where
from onrecord.scoring.record import to_record, to_row
from onrecord.scoring.score import score_article

pytestmark = pytest.mark.usefixtures("in_process")

GOOD = "The mayor, Ann Roe, said on Tuesday that the bridge would be closed. A report found nine cracks. " * 4
POOR = "You will not believe what these idiots want to do to our bridge! They are liars, and everybody knows it! " * 4
LONG = " ".join(f"On day {n} the pier was closed, crew {n} of the harbour said." for n in range(30))
SHORT = "It rained."
SUFFIXES = [".jsonl", ".csv", ".parquet"]


def ranked(tmp_path, records, suffix=".jsonl", **options):
    """The summary of a ranking of records, and what it wrote."""
    source, out = tmp_path / "in.jsonl", tmp_path / f"out{suffix}"
    source.write_text("".join(json.dumps({"id": str(n)} | r) + "\n" for n, r in enumerate(records)), encoding="utf-8")
    summary = rank([str(source)], out, RankOptions(**options))
    return summary, {".jsonl": of_jsonl, ".csv": of_csv, ".parquet": of_parquet}[suffix](out)


def of_jsonl(out):
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def of_csv(out):
    with out.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def of_parquet(out):
    return parquet.read_table(out).to_pylist()


def ids(written):
    return [record["id"] for record in written]


# Columns


def test_the_columns_are_those_of_the_flat_row():
    row = to_row(to_record(score_article(Article(text=GOOD, url="https://a.example/"))))
    assert list(row) == list(flat_columns())
    for name, kind in flat_columns().items():
        pa.array([row[name]], arrow_type(kind))


def test_parquet_has_types(tmp_path):
    ranked(tmp_path, [{"text": GOOD}, {"text": SHORT}], ".parquet", evidence=True, text=True)
    schema = parquet.read_schema(tmp_path / "out.parquet")
    assert schema.names == [*flat_columns(), "report", "text"]
    kinds = {name: str(schema.field(name).type) for name in ("id", "words", "score", "abstained", "points_tone")}
    assert kinds == {"id": "string", "words": "int64", "score": "double", "abstained": "bool", "points_tone": "double"}


CARRIED = [
    ([1, 2, None], "int64", [1, 2, None]),
    ([1, 2.5, None], "double", [1.0, 2.5, None]),
    ([True, False, None], "bool", [True, False, None]),
    (["a", None, "b"], "string", ["a", None, "b"]),
    ([None, None, None], "string", [None, None, None]),
    ([1, "1", True], "string", ["1", "1", "true"]),
    ([[1], {"a": None}, "x"], "string", ["[1]", '{"a": null}', "x"]),
    ([2**70, 1, 2], "string", [str(2**70), "1", "2"]),
    (["\ud800", "é", ""], "string", ["\ufffd", "é", ""]),
]


@pytest.mark.parametrize(("values", "kind", "read"), CARRIED)
def test_carried_columns_have_the_type_that_holds_all_their_values(tmp_path, monkeypatch, values, kind, read):
    monkeypatch.setattr(shards, "SHARD_ENTRIES", 1)
    _, written = ranked(tmp_path, [{"text": SHORT, "mine": value} for value in values], ".parquet")
    assert [record["mine"] for record in written] == read
    assert str(parquet.read_schema(tmp_path / "out.parquet").field("mine").type) == kind
    _, nested = ranked(tmp_path, [{"text": SHORT, "mine": value} for value in values])
    assert [record["mine"] for record in nested] == ["\ufffd" if value == "\ud800" else value for value in values]


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("name", ["Score", "", "a.b", 'a"b', "report", "carried", "record", "number", "é\n"])
def test_carried_columns_may_have_any_name(tmp_path, suffix, name):
    _, written = ranked(tmp_path, [{"text": SHORT, name: "kept"}], suffix)
    assert written[0][name] == "kept" and written[0]["id"] == "0"


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_records_that_all_have_other_columns_keep_them_in_one(tmp_path, monkeypatch, suffix):
    monkeypatch.setattr(columns, "MAX_CARRIED", 3)
    monkeypatch.setattr("onrecord.scoring.ranking.output.MAX_CARRIED", 3)
    monkeypatch.setattr("onrecord.scoring.ranking.parts.MAX_CARRIED", 3)
    _, written = ranked(tmp_path, [{"text": SHORT, f"c{n}": n} for n in range(3)], suffix)
    assert [str(record[f"c{n}"]) for n, record in enumerate(written)] == ["0", "1", "2"]
    _, written = ranked(tmp_path, [{"text": SHORT, f"c{n}": n} for n in range(5)] + [{"text": SHORT}], suffix)
    found = [json.loads(record["carried"] or "{}") for record in written]
    assert found == [*({f"c{n}": n} for n in range(5)), {}]
    assert "c0" not in written[0]


# Which articles


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_best_are_read_from_the_output(tmp_path, suffix):
    summary, written = ranked(tmp_path, [{"text": t} for t in (SHORT, POOR, GOOD, "", GOOD)], suffix)
    assert ids(written) == ["2", "4", "1", "0"]
    assert (summary.articles, summary.written, summary.errors) == (4, 4, 1)
    assert [article.id for article in summary.top(2)] == ["2", "4"]


CONDITIONS = [
    ("score > 0", ["2", "1"]),
    ("score IS NULL or words < 5", ["0"]),
    ("language = 'en' and words > (9 - 1) -- more\n", ["2", "1"]),
    ("publisher = 'b.example'", ["1"]),
    ("title LIKE '%''%'", ["2"]),
    ("false", []),
]


@pytest.mark.parametrize(("where", "found"), CONDITIONS)
def test_only_those_are_written_of_which_a_condition_is_true(tmp_path, where, found):
    texts = [{"text": SHORT}, {"text": POOR, "url": "https://b.example/1"}, {"text": GOOD, "title": "The mayor's"}]
    summary, written = ranked(tmp_path, texts, where=where)
    assert ids(written) == found
    assert (summary.articles, summary.written) == (3, len(found))


NO_CONDITIONS = ["", "score", "words", "sum(score) > 1", "scor < 3", "score < 1, true", "true) or (true", "1; DROP x"]


@pytest.mark.parametrize("where", [*NO_CONDITIONS, "score <", "mine = 1", "'a' || id", "true) --", "/*"])
def test_what_is_no_condition_is_refused_before_anything_is_scored(tmp_path, where):
    with pytest.raises(InputError, match=r"^--where .* is .*; give one such as") as caught:
        check_where(where)
    assert "\n" not in str(caught.value)


def test_articles_that_share_an_id_are_counted(tmp_path):
    summary, written = ranked(tmp_path, [{"id": i, "text": GOOD} for i in ("a", "b", "a", "a", "b", "c")])
    assert (summary.repeated, len(written)) == (3, 6)


@pytest.mark.parametrize("where", ["", "publisher <> 'c.example'"])
def test_publishers_are_ranked_by_their_mean(tmp_path, where):
    records = [("a", GOOD), ("a", POOR), ("a", SHORT), ("b", GOOD), ("c", SHORT), ("", POOR)]
    inputs = [{"text": text} | ({"url": f"https://{name}.example/"} if name else {}) for name, text in records]
    summary, _ = ranked(tmp_path, inputs, where=where, by="publisher")
    good, poor = (round(score_article(Article(text=text)).score.value, 6) for text in (GOOD, POOR))
    found = [(each.name, each.articles, each.scored, each.mean) for each in summary.publishers]
    expected = [
        ("b.example", 1, 1, good),
        ("a.example", 3, 2, pytest.approx((good + poor) / 2)),
        ("c.example", 1, 0, None),
        ("", 1, 1, poor),
    ]
    assert found == [each for each in expected if not where or each[0] != "c.example"]


def test_publishers_are_summed_up_only_when_asked_for(tmp_path):
    assert ranked(tmp_path, [{"text": GOOD, "url": "https://b.example/"}])[0].publishers == ()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_copies_name_their_original_by_its_id(tmp_path, suffix):
    """The original is the one published first, wherever it stands; what is too short has no copies."""
    dates = {"late": "2020-02-02", "early": "2020-01-01"}
    records = [{"id": name, "text": LONG + extra, "published": dates.get(name)} for name, extra in
               (("late", ""), ("early", " The end."), ("undated", ""))]  # fmt: skip
    records += [{"id": "short", "text": SHORT}, {"id": "short again", "text": SHORT}, {"id": "other", "text": GOOD}]
    summary, written = ranked(tmp_path, records, suffix)
    assert {row["id"]: row["duplicate_of"] or "" for row in written} == {
        "late": "early", "early": "", "undated": "early", "short": "", "short again": "", "other": ""
    }  # fmt: skip
    assert summary.copies == 2


def test_a_condition_may_leave_out_copies(tmp_path):
    records = [{"id": name, "text": LONG} for name in "ab"]
    _, written = ranked(tmp_path, records, where="duplicate_of = ''")
    assert ids(written) == ["a"]


def test_a_report_is_a_page_about_all_of_it(tmp_path):
    pytest.importorskip("matplotlib")
    page = tmp_path / "page.html"
    ranked(tmp_path, [{"id": "a", "text": GOOD, "url": "https://b.example/1"}, {"id": "b"}], report=page)
    written = page.read_text(encoding="utf-8")
    assert "b.example" in written and "the record has no text" in written


@pytest.mark.parametrize("name", ["page.pdf", "page"])
def test_a_report_that_is_no_page_is_refused_before_anything_is_read(tmp_path, name):
    with pytest.raises(InputError, match="is no page"):
        rank(["missing.jsonl"], tmp_path / "out.jsonl", RankOptions(report=tmp_path / name))


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_folder_of_any_name_will_do(tmp_path, suffix):
    folder = tmp_path / "it's [a] *folder?"
    folder.mkdir()
    _, written = ranked(folder, [{"text": SHORT}], suffix)
    assert ids(written) == ["0"]
