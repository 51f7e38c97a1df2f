"""A disk that is full or read-only: one line that names the file and what to do, nothing old lost, and on it goes."""

import errno
import json
import os
import re
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord.cli import main
from onrecord.errors import UnsavedError
from onrecord.scoring.ranking import RankOptions, rank, work_folder
from onrecord.training import adapt
from onrecord.training.fit import fit
from onrecord.training.ratings import RatingFile, ratings_file
from onrecord.training.registry import Registry

EXAMPLES = Path(__file__).parents[2] / "examples"
TEXT = "The mayor said on Monday that the old bridge will stay shut until divers have looked at its piers. " * 5

TROUBLES = ["full", "read_only"]


def run(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def one_line(result, path):
    assert result.exit_code == 2, result.output
    assert result.stderr.count("\n") == 1 and result.stderr.startswith("onrecord: ")
    assert str(path) in result.stderr and "; " in result.stderr
    return result.stderr


@pytest.fixture
def small_fit(monkeypatch):
    monkeypatch.setattr(adapt, "fit", partial(fit, members=2))


COMMANDS = {
    "rank": lambda d: ["rank", EXAMPLES / "corpus.jsonl", "-o", d / "out.jsonl"],
    "report": lambda d: ["rank", EXAMPLES / "corpus.jsonl", "-o", d.parent / "o.jsonl", "--report", d / "out.html"],
    "label": lambda d: ["label", EXAMPLES / "corpus.jsonl", "-o", d / "out.jsonl", "--count", 2, "--jobs", 1],
    "plot": lambda d: ["evaluate", EXAMPLES / "labels.csv", "--plot", d / "out.svg"],
    "train": lambda d: ["train", EXAMPLES / "labels.csv", "-o", d / "out"],
    "use": lambda d: ["models", "use", d.parent / "model", "--force", "--registry", d / "out"],
    "rollback": lambda d: ["models", "rollback", "--registry", d / "out"],
}
SLOW = {"report", "label", "plot", "train"}


@pytest.mark.parametrize(
    "command", [pytest.param(name, marks=[pytest.mark.slow] * (name in SLOW)) for name in COMMANDS]
)
@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_command_says_so_and_leaves_what_was_there(disk, put, small_shards, small_fit, tmp_path, command, trouble):
    arguments = COMMANDS[command](disk.folder)
    name = next(Path(each).name for each in arguments if "out." in str(each) or str(each).endswith("out"))
    put(tmp_path / "model", "mine")
    if command in ("use", "rollback"):
        Registry(disk.folder / "out").adopt(put(tmp_path / "first", "first"), "default")
    elif command == "train":
        assert run(*arguments).exit_code == 0
    else:
        (disk.folder / name).write_text("old")
    before = disk.content()
    getattr(disk, trouble)()
    error = one_line(run(*arguments), disk.folder / name)
    assert ("No space left" if trouble == "full" else "Read-only") in error
    assert disk.content() == before
    if command in ("use", "rollback"):
        assert Registry(disk.folder / "out").state().in_use == "first@1"
    disk.well()
    more = ["--resume"] if "--resume" in error else ["--name", "another"] if command == "train" else []
    again = run(*arguments, *more)
    assert again.exit_code == (1 if arguments[0] == "rank" else 0), again.output
    assert disk.content() != before
    assert not [path for path in disk.folder.rglob(".*") if path.name != ".lock"]


def test_a_run_on_a_full_disk_goes_on_when_there_is_room(disk, small_shards, tmp_path):
    corpus = tmp_path / "in.jsonl"
    corpus.write_text("".join(json.dumps({"id": str(n), "text": f"{n} {TEXT}"}) + "\n" for n in range(20)))
    out, unbroken = disk.folder / "out.jsonl", tmp_path / "out.jsonl"
    rank([str(corpus)], unbroken)

    def fill(progress):
        if progress.done == 10:
            disk.full()

    options = {"report": disk.folder / "page.html"}
    with pytest.raises(Exception, match=r"No space left on device\); .* --resume to go on"):
        rank([str(corpus)], out, RankOptions(**options), fill)
    assert not out.exists() and len(list(work_folder(out).glob("part-*.done"))) == 2
    disk.well()
    rank([str(corpus)], out, RankOptions(resume=True, **options))
    assert out.read_bytes() == unbroken.read_bytes() and not work_folder(out).exists()


BLOCK = 4096


@pytest.mark.parametrize("room", [0, 1, 700, BLOCK, BLOCK + 700])
def test_an_answer_is_a_whole_line_or_none(disk, tmp_path, room):
    """Wherever within a line the disk is full, nothing of it stays, and the next answer begins a line."""
    RatingFile(tmp_path / "r.jsonl").add(TEXT, "Ann", 40, {"title": ""})
    path, padding = disk.folder / "r.jsonl", -((tmp_path / "r.jsonl").stat().st_size + room) % BLOCK
    answers = RatingFile(path)
    answers.add(TEXT, "Ann", 40, {"title": "x" * padding})
    (disk.folder / "spare").write_bytes(b"x" * BLOCK * (room >= BLOCK))
    disk.full()
    (disk.folder / "spare").unlink()
    before = path.read_bytes()
    for reason in ("No space left", "Read-only"):
        with pytest.raises(UnsavedError, match=rf"r\.jsonl \({reason}.*\); see to that, and answer again"):
            answers.add(TEXT, "Bo", 60, {"title": "x" * 3 * BLOCK})
        assert path.read_bytes() == before
        disk.read_only()
    assert answers.by_article() == RatingFile(path).by_article() == [{"Ann": 40}]
    disk.well()
    answers.add(TEXT, "Bo", 70, {})
    assert path.read_bytes().startswith(before)
    assert [json.loads(line)["rating"] for line in path.read_text().splitlines()] == [40, 70]


def test_an_answer_in_a_file_that_may_not_grow_is_none(tmp_path):
    resource = pytest.importorskip("resource")
    path, before = tmp_path / "r.jsonl", resource.getrlimit(resource.RLIMIT_FSIZE)
    answers = RatingFile(path)
    answers.add(TEXT, "Ann", 40, {})
    whole = path.read_bytes()
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(whole) + 100, before[1]))
    try:
        with pytest.raises(UnsavedError, match="File too large"):
            answers.add(TEXT, "Bo", 60, {})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert path.read_bytes() == whole and answers.by_article() == [{"Ann": 40}]


def test_an_answer_that_cannot_be_synced_is_none(tmp_path, monkeypatch):
    path, sync = tmp_path / "r.jsonl", os.fsync
    answers = RatingFile(path)
    answers.add(TEXT, "Ann", 40, {})
    whole = path.read_bytes()

    def broken(number):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(UnsavedError, match="error"):
        answers.add(TEXT, "Bo", 60, {})
    assert path.read_bytes() == whole and answers.by_article() == [{"Ann": 40}]
    monkeypatch.setattr(os, "fsync", sync)
    answers.add(TEXT, "Bo", 60, {})
    assert RatingFile(path).by_article() == [{"Ann": 40, "Bo": 60}]


def article(client, rater):
    return re.search(r'name="article" value="(\w+)"', client.get("/label", params={"rater": rater}).text)[1]


def answer(client, rater, rating, key=None):
    return client.post("/label", data={"article": key or article(client, rater), "rater": rater, "rating": rating})


@pytest.mark.parametrize("trouble", ["full", pytest.param("read_only", marks=pytest.mark.slow)])
def test_a_server_says_that_an_answer_is_not_saved_and_saves_the_next(disk, serving, trouble):
    path = disk.folder / "next.jsonl"
    path.write_text("".join(json.dumps({"id": str(k), "text": f"{k}. {TEXT}"}) + "\n" for k in range(30)))
    with serving("--label", path) as (process, client):
        assert answer(client, "Ann", 30).status_code == 303
        before, shown = ratings_file(path).read_bytes(), article(client, "Ann")
        getattr(disk, trouble)()
        for _ in range(20):  # what room is left in the last block of the file is used up
            refused = answer(client, "Ann", 60)
            if refused.status_code != 303:
                break
            before, shown = ratings_file(path).read_bytes(), article(client, "Ann")
        assert refused.status_code == 507 and "next.jsonl.ratings.jsonl" in refused.text
        assert "answer again" in refused.text and 'role="alert"' in refused.text
        assert ratings_file(path).read_bytes() == before and article(client, "Ann") == shown
        assert client.post("/label/undo", data={"rater": "Ann"}).status_code in (303, 507)
        before = ratings_file(path).read_bytes()
        disk.well()
        assert answer(client, "Bo", 90).status_code == 303 and process.poll() is None
        assert ratings_file(path).read_bytes().startswith(before)
    assert RatingFile(ratings_file(path)).by_article()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("buffered", [True, False])
@pytest.mark.parametrize(
    "arguments",
    [
        ["features"],
        pytest.param(["--help"], marks=pytest.mark.slow),
        pytest.param(["score", EXAMPLES / "council-water.html"], marks=pytest.mark.slow),
        pytest.param(["score", "--format", "json", EXAMPLES / "council-water.html"], marks=pytest.mark.slow),
        pytest.param(["extract", EXAMPLES / "council-water.html"], marks=pytest.mark.slow),
        pytest.param(["models", "list"], marks=pytest.mark.slow),
    ],
)
def test_an_output_that_takes_no_more_is_one_line(arguments, buffered):
    command = [sys.executable, *["-u"] * (not buffered), "-m", "onrecord", *map(str, arguments)]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, timeout=60)
    reason = "standard output cannot be written (No space left on device)"
    assert (done.returncode, done.stderr) == (2, f"onrecord: {reason}; see to that, and run it again\n")
