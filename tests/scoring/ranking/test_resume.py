"""A run may be cut short at any moment; resumed, it gives what an unbroken one gives."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from onrecord.errors import InputError, OnrecordError
from onrecord.scoring.lock import locked
from onrecord.scoring.ranking import RankOptions, rank, shards, work_folder
from onrecord.scoring.ranking.parts import LOCK

PROGRAM = Path(__file__).with_name("programs") / "rank_until.py"
SENTENCE = "The mayor said on Tuesday that the bridge over the river would be closed, and that nobody had been told. "


@pytest.fixture
def corpus(tmp_path):
    """20 records: some fail, some have no score, some have columns of their own, some share an id."""
    texts = [SENTENCE * 4, "It rained.", "", SENTENCE * 5, SENTENCE * 3 + "I hate it!"]
    path = tmp_path / "in.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for n in range(20):
            record = {"id": f"a{n % 18}", "text": texts[n % 5], "url": f"https://s{n % 3}.example/{n}"}
            file.write(json.dumps(record | ({"mine": n} if n % 4 == 0 else {})) + "\n")
    return path


@pytest.fixture(scope="module")
def run():
    """A function that ranks up to the moment at which it is killed (0: never), and tells whether it came to its end."""
    if not hasattr(os, "fork"):
        pytest.skip("needs fork and SIGKILL")
    with subprocess.Popen(
        [sys.executable, PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as ranker:

        def once(corpus, out, moment=0, resume=False):
            print(json.dumps([str(corpus), str(out), moment, resume]), file=ranker.stdin, flush=True)
            ended = int(ranker.stdout.readline())
            assert ended in (0, -signal.SIGKILL)
            return ended == 0

        yield once
        ranker.stdin.close()


def contents(out):
    return out.read_bytes(), out.with_name(f"{out.name}.errors.jsonl").read_bytes()


@pytest.mark.parametrize("suffix", [".jsonl", ".parquet"])
def test_a_run_that_is_killed_again_and_again_gives_what_an_unbroken_one_gives(tmp_path, corpus, run, suffix):
    unbroken, out = tmp_path / f"unbroken{suffix}", tmp_path / f"out{suffix}"
    assert run(corpus, unbroken)
    moments = random.Random(suffix)
    kills = sum(not run(corpus, out, moments.randint(1, 9), resume=True) for _ in range(5))
    assert kills > 2
    assert run(corpus, out, 0, resume=True)
    assert contents(out) == contents(unbroken)
    assert not work_folder(out).exists()


def test_a_run_that_is_killed_while_it_ends_gives_what_an_unbroken_one_gives(tmp_path, corpus, run):
    unbroken, out = tmp_path / "unbroken.jsonl", tmp_path / "out.jsonl"
    assert run(corpus, unbroken)
    moment = 1 + 4 * 3 + 1  # the run, four shards with errors, and then the error file
    for more in (0, 1, 2, 4):
        shutil.rmtree(work_folder(out), ignore_errors=True)
        out.unlink(missing_ok=True)
        assert not run(corpus, out, moment + more)
        assert out.exists() == (more > 1)
        assert run(corpus, out, 0, resume=True)
        assert contents(out) == contents(unbroken)


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT")
def test_ctrl_c_stops_at_once_and_leaves_no_process(tmp_path):
    (tmp_path / "in.jsonl").write_text(json.dumps({"text": SENTENCE * 9}) + "\n")
    with (tmp_path / "in.jsonl").open("a") as file:
        file.writelines('{"text": "It rained."}\n' for _ in range(300))
    code = """
        import os, signal
        signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have its background jobs ignore it
        from pathlib import Path
        from onrecord.scoring.ranking import RankOptions, rank

        sent = []

        def stop(now):
            if now.done and not sent:
                sent.append(os.killpg(0, signal.SIGINT))

        try:
            rank(["in.jsonl"], Path("out.jsonl"), RankOptions(jobs=1), stop)
        except KeyboardInterrupt:
            try:
                os.wait()
            except ChildProcessError:
                print("stopped, alone,", *os.listdir())
        """
    script = [sys.executable, "-c", textwrap.dedent(code)]
    done = subprocess.run(script, capture_output=True, text=True, cwd=tmp_path, start_new_session=True, timeout=60)
    assert (done.stdout, done.stderr) == ("stopped, alone, in.jsonl\n", "")


# What stands in the way


@pytest.fixture
def small(monkeypatch, in_process):
    """Shards of five articles, one of which fails; an engine that starts no processes."""
    monkeypatch.setattr(shards, "SHARD_ENTRIES", 5)


def stop_after(done):
    def stop(now):
        if now.done >= done:
            raise KeyboardInterrupt

    return stop


def cut_short(inputs, out, done=10, **options):
    with pytest.raises(KeyboardInterrupt):
        rank(inputs, out, RankOptions(**options), stop_after(done))
    assert work_folder(out).is_dir()


def test_what_is_finished_is_not_scored_again(tmp_path, corpus, small):
    out, seen = tmp_path / "out.jsonl", []
    cut_short([str(corpus)], out)
    rank([str(corpus)], out, RankOptions(resume=True), seen.append)
    assert [(now.done, now.failed) for now in seen[:2]] == [(10, 2), (15, 3)]
    assert (seen[-1].done, seen[-1].failed) == (20, 4)


def test_a_folder_that_is_left_is_not_run_over(tmp_path, corpus, small):
    out = tmp_path / "out.jsonl"
    cut_short([str(corpus)], out)
    with pytest.raises(InputError, match=r"add --resume .* or remove that folder"):
        rank([str(corpus)], out)
    assert len(list(work_folder(out).glob("part-*.done"))) == 2


def test_resuming_nothing_begins(tmp_path, corpus, small):
    assert rank([str(corpus)], tmp_path / "out.jsonl", RankOptions(resume=True)).articles == 16
    work_folder(tmp_path / "again.jsonl").mkdir()  # of a run that was killed at once
    assert rank([str(corpus)], tmp_path / "again.jsonl", RankOptions(resume=True)).articles == 16


def append(path, tmp_path):
    with path.open("a") as file:
        file.write('{"text": "More."}\n')


def touch(path, tmp_path):
    os.utime(path, (1, 1))


CHANGES = [
    (append, {}, "input in.jsonl"),
    (touch, {}, "input in.jsonl"),
    (lambda path, tmp_path: (tmp_path / "folder" / "new.txt").write_text("New."), {}, "input folder"),
    (lambda path, tmp_path: None, {"evidence": True}, "--evidence"),
    (lambda path, tmp_path: None, {"text": True, "evidence": True}, "--evidence, --text"),
]


@pytest.mark.parametrize(("change", "options", "named"), CHANGES)
def test_a_run_of_something_else_is_not_resumed(tmp_path, corpus, small, monkeypatch, change, options, named):
    monkeypatch.chdir(tmp_path)
    Path("folder").mkdir()
    Path("folder/a.txt").write_text("A.")
    inputs, out = ["in.jsonl", "folder"], Path("out.jsonl")
    cut_short(inputs, out)
    change(Path("in.jsonl"), tmp_path)
    with pytest.raises(InputError, match=rf"have changed: {named}; put them back, or remove"):
        rank(inputs, out, RankOptions(resume=True, **options))
    assert work_folder(out).is_dir()


def test_a_run_with_another_model_is_not_resumed(tmp_path, corpus, small):
    from onrecord.scoring.model import locate

    text = locate("default").read_text(encoding="utf-8")
    model, out = tmp_path / "model.json", tmp_path / "out.jsonl"
    model.write_text(text, encoding="utf-8")
    cut_short([str(corpus)], out, model=str(model))
    model.write_text(text.replace('"baseline": ', '"baseline": 1'), encoding="utf-8")
    with pytest.raises(InputError, match="have changed: model;"):
        rank([str(corpus)], out, RankOptions(model=str(model), resume=True))


def test_a_run_may_be_resumed_in_another_way(tmp_path, corpus, small):
    out, unbroken = tmp_path / "out.jsonl", tmp_path / "unbroken.jsonl"
    cut_short([str(corpus)], out, jobs=1)
    again = {"jobs": 2, "where": "score > 0"}
    rank([str(corpus)], out, RankOptions(resume=True, **again))
    rank([str(corpus)], unbroken, RankOptions(**again))
    assert contents(out) == contents(unbroken)


def test_one_process_at_a_time(tmp_path, corpus, small):
    out = tmp_path / "out.jsonl"
    cut_short([str(corpus)], out)
    with locked(work_folder(out) / LOCK), pytest.raises(OnrecordError, match="another process"):
        rank([str(corpus)], out, RankOptions(resume=True))
    assert rank([str(corpus)], out, RankOptions(resume=True)).articles == 16


def test_a_folder_that_holds_all_of_it_is_still_the_same_input(tmp_path, small):
    folder = tmp_path / "folder"
    folder.mkdir()
    for n in range(12):
        (folder / f"{n:02}.txt").write_text(SENTENCE * (n + 1))
    out = folder / "out.jsonl"
    cut_short([str(folder)], out)
    summary = rank([str(folder)], out, RankOptions(resume=True))
    assert (summary.articles, summary.errors) == (12, 0)
    assert rank([str(folder)], out).articles == 12
