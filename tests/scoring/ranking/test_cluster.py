"""A cluster: a real scheduler and two real workers on this machine, one of which is killed."""

import json
import os
import signal
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec

import pytest

from onrecord.errors import MissingExtraError, OnrecordError
from onrecord.scoring.ranking import RankOptions, cluster, rank, shards
from onrecord.scoring.ranking.shards import BatchSize

REQUIRED = "cluster" in os.environ.get("ONRECORD_REQUIRE", "")
pytestmark = pytest.mark.skipif(not find_spec("distributed") and not REQUIRED, reason="needs onrecord[cluster]")

SENTENCE = "The mayor said on Tuesday that the bridge over the river would be closed, and that nobody had been told. "


@contextmanager
def started(*command):
    """A command of Dask that runs on this machine, and the lines that it writes."""
    environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
    full = [sys.executable, "-m", "distributed.cli.dask_" + command[0], *command[1:], "--no-dashboard"]
    with subprocess.Popen(
        full, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def line_with(process, words):
    """What follows some words in what a process writes."""
    for line in process.stdout:
        if words in line:
            return line.split(words)[1].strip()
    raise AssertionError(f"it ended without {words!r}")


@contextmanager
def workers(address, folder, number):
    with ExitStack() as stack:
        found = []
        for n in range(number):
            place = ("--local-directory", str(folder / f"worker{n}"))
            found.append(stack.enter_context(started("worker", address, "--nthreads", "1", "--no-nanny", *place)))
        for worker in found:
            line_with(worker, "Registered to:")
        yield found


@pytest.fixture(scope="module")
def scheduler():
    with started("scheduler", "--host", "127.0.0.1", "--port", "0") as process:
        yield line_with(process, "Scheduler at:")


@pytest.fixture
def corpus(tmp_path):
    texts = [SENTENCE * 4, "It rained.", "", SENTENCE * 5 + "I hate it!"]
    path = tmp_path / "in.jsonl"
    records = [{"id": str(n), "text": texts[n % 4], "mine": n} for n in range(200)]
    path.write_text("".join(json.dumps(record) + "\n" for record in records))
    return path


@pytest.mark.slow
def test_a_worker_that_is_killed_loses_nothing_and_the_cluster_gives_what_one_machine_gives(
    tmp_path, corpus, scheduler, monkeypatch, in_process
):
    monkeypatch.setattr(cluster, "BATCH", BatchSize(8, 100_000))
    monkeypatch.setattr(shards, "SHARD_ENTRIES", 50)
    here, there = tmp_path / "here.jsonl", tmp_path / "there.jsonl"
    rank([str(corpus)], here)
    with workers(scheduler, tmp_path, 2) as (victim, _):

        def kill(now):
            if 0 < now.done < 200:
                victim.send_signal(signal.SIGKILL)

        options = RankOptions(engine="dask", scheduler=scheduler)
        summary = rank([str(corpus)], there, options, kill)
        assert victim.wait(30) == -signal.SIGKILL
    assert (summary.articles, summary.errors) == (150, 50)
    for end in ("", ".errors.jsonl"):
        assert there.with_name(there.name + end).read_bytes() == here.with_name(here.name + end).read_bytes()


def test_a_cluster_gives_what_one_machine_gives_and_one_of_another_version_is_refused(
    tmp_path, corpus, scheduler, monkeypatch, in_process
):
    here, there = tmp_path / "here.jsonl", tmp_path / "there.jsonl"
    rank([str(corpus)], here)
    options = RankOptions(engine="dask", scheduler=scheduler)
    with workers(scheduler, tmp_path, 1):
        rank([str(corpus)], there, options)
        monkeypatch.setattr(cluster, "VERSION", "0.0.1")
        with pytest.raises(OnrecordError, match=r"the run was started by 0\.0\.1; install"):
            rank([str(corpus)], tmp_path / "out.jsonl", options)
    assert there.read_bytes() == here.read_bytes()


def test_a_scheduler_without_workers_is_an_error(tmp_path, corpus, scheduler, monkeypatch):
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 0.5)
    with pytest.raises(OnrecordError, match="has no workers; start some"):
        rank([str(corpus)], tmp_path / "out.jsonl", RankOptions(engine="dask", scheduler=scheduler))


@pytest.mark.parametrize(
    ("address", "problem"),
    [("", "needs a scheduler; give --scheduler"), ("tcp://127.0.0.1:1", "no Dask scheduler at"), ("x://y", "no Dask")],
)
def test_an_address_without_a_scheduler_is_an_error(tmp_path, corpus, monkeypatch, address, problem):
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 0.5)
    with pytest.raises(OnrecordError, match=problem) as caught:
        rank([str(corpus)], tmp_path / "out.jsonl", RankOptions(engine="dask", scheduler=address))
    assert "\n" not in str(caught.value)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl"]


def test_without_dask_the_remedy_is_named(tmp_path, corpus, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingExtraError, match=r"onrecord\[cluster\]"):
        rank([str(corpus)], tmp_path / "out.jsonl", RankOptions(engine="dask", scheduler="tcp://127.0.0.1:1"))
