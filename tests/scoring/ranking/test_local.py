"""Rankings with processes of this machine."""

import json
import sys
from pathlib import Path

import pytest

from onrecord.errors import OnrecordError
from onrecord.scoring.corpus import Entry
from onrecord.scoring.pool import Failure
from onrecord.scoring.ranking import RankOptions, local, rank, shards
from onrecord.scoring.ranking.batch import failed
from onrecord.scoring.ranking.shards import BatchSize

PROGRAMS = Path(__file__).with_name("programs")
TEXT = "The mayor said on Tuesday that the bridge over the river would be closed, and that nobody had been told. " * 5


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def write(path, records):
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return [str(path)]


@pytest.fixture
def fragile(monkeypatch):
    """Processes that crash or run out of memory over articles of that name."""
    monkeypatch.syspath_prepend(str(PROGRAMS))
    import fragile_scoring

    monkeypatch.setattr(local, "score_batch", fragile_scoring.score_or_else)


def test_an_article_that_ends_its_process_is_an_error_record_and_the_run_goes_on(tmp_path, fragile):
    names = ["a", "crashes", "b", "swells", "c"]
    inputs = write(tmp_path / "in.jsonl", [{"id": name, "text": TEXT} for name in names])
    summary = rank(inputs, tmp_path / "out.jsonl", RankOptions(jobs=1))
    assert [record["id"] for record in lines(tmp_path / "out.jsonl")] == ["a", "b", "c"]
    crashed, swelled = lines(summary.error_file)
    assert (crashed["id"], crashed["place"]) == ("crashes", f"{inputs[0]}:2")
    assert crashed["reason"] == "the article ended the process that read it (signal 11)"
    assert (swelled["id"], swelled["reason"][:35]) == ("swells", "the article needs more memory than ")


FAILURES = [
    (Failure("time", "60 s"), "the article took longer than 60 s"),
    (Failure("memory", "4,000 MB"), "the article needs more memory than 4,000 MB"),
    (Failure("end", "signal 11"), "the article ended the process that read it (signal 11)"),
]


@pytest.mark.parametrize(("failure", "reason"), FAILURES)
def test_an_error_record_says_what_happened(failure, reason):
    error = failed(Entry("a\ud800", "in:1"), failure).error
    assert (error["id"], error["place"], error["reason"]) == ("a\ufffd", "in:1", reason) and error["remedy"]


def test_the_number_of_processes_changes_nothing(tmp_path, monkeypatch, request):
    monkeypatch.setattr(shards, "SHARD_ENTRIES", 17)
    monkeypatch.setattr(local, "BATCH", BatchSize(4, 2_000))
    texts = [TEXT, "It rained.", "", TEXT + "I hate it!"]
    inputs = write(
        tmp_path / "in.jsonl", [{"id": f"{n}", "text": texts[n % 4] + " More." * (n % 7)} for n in range(60)]
    )
    files = []
    for jobs in (1, 2, 0):
        if jobs == 0:
            request.getfixturevalue("in_process")
        out = tmp_path / f"{jobs}.jsonl"
        rank(inputs, out, RankOptions(jobs=jobs, evidence=True, text=True))
        files.append(out.read_bytes())
    assert files[0] == files[1] == files[2]


def test_processes_are_in_the_folder_of_whoever_starts_them(tmp_path, monkeypatch):
    for name in ("one", "two"):
        (tmp_path / name / "in").mkdir(parents=True)
        (tmp_path / name / "in" / f"{name}.txt").write_text(TEXT)
        monkeypatch.chdir(tmp_path / name)
        summary = rank(["in"], Path("out.jsonl"), RankOptions(jobs=1))
        assert [ranked.id for ranked in summary.top(2)] == [f"{name}.txt"]


def test_processes_that_cannot_start_are_an_error(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no python"))
    inputs = write(tmp_path / "in.jsonl", [{"text": TEXT}])
    with pytest.raises(OnrecordError, match="a process for scoring cannot be started"):
        rank(inputs, tmp_path / "out.jsonl", RankOptions(jobs=1))
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]
