"""Whatever the disk holds after a power cut: what was acknowledged is there, and work goes on."""

import json
import os
from random import Random

import pytest

from onrecord.errors import ModelError
from onrecord.scoring.atomic import move, write_bytes, write_together
from onrecord.scoring.model import load_model, locate
from onrecord.scoring.ranking import RankOptions, rank, work_folder
from onrecord.training.ratings import RatingFile, article_key
from onrecord.training.registry import Registry

SENTENCE = "The mayor said on Tuesday that the bridge over the river would be closed, and that nobody had been told. "


@pytest.fixture
def disk(tmp_path):
    """The folder whose disk loses power."""
    folder = tmp_path / "disk"
    folder.mkdir()
    return folder


@pytest.fixture
def disks(power_cut, tmp_path, request):
    """`disks(recording)`: each disk that may be left, and how much was acknowledged."""
    return lambda recording: power_cut.crashed(recording, tmp_path / "crashed", Random(request.node.name))


# The harness


def rename_only(path, data):
    part = path.with_suffix(".part")
    part.write_bytes(data)
    part.replace(path)


def no_folder(path, data):
    with path.with_suffix(".part").open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    path.with_suffix(".part").replace(path)


def in_place(path, data):
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


@pytest.mark.parametrize("careless", [rename_only, no_folder, in_place])
def test_carelessness_is_found_out(power_cut, disk, disks, careless):
    (disk / "a").write_bytes(b"old content")
    with power_cut.recorded(disk) as recording:
        careless(disk / "a", b"new content")
        recording.acknowledge()
    found = {(done, (left / "a").read_bytes()) for left, done in disks(recording)}
    assert not found <= {(0, b"old content"), (0, b"new content"), (1, b"new content")}


# Files


def test_a_file_is_the_old_or_the_new_one(power_cut, disk, disks):
    (disk / "a").write_bytes(b"old content")
    with power_cut.recorded(disk) as recording:
        write_bytes(disk / "a", b"new content")
        recording.acknowledge()
    found = {(done, (left / "a").read_bytes()) for left, done in disks(recording)}
    assert found == {(0, b"old content"), (0, b"new content"), (1, b"new content")}


def test_a_file_that_is_moved_is_the_old_or_the_new_one(power_cut, disk, disks):
    (disk / "a").write_bytes(b"old content")
    with power_cut.recorded(disk) as recording:
        (disk / "work").mkdir()
        (disk / "work" / "new").write_bytes(b"new content")
        move(disk / "work" / "new", disk / "a")
        recording.acknowledge()
    found = {(done, (left / "a").read_bytes()) for left, done in disks(recording)}
    assert found == {(0, b"old content"), (0, b"new content"), (1, b"new content")}


def model_files(name, put, tmp_path):
    folder = tmp_path / "sources" / name
    put(folder, name)
    (folder / "matrix.npz").write_bytes(name.encode() * 50)
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def seen(folder):
    """The files of a model, as its readers find them."""
    found = locate(str(folder)).parent
    load_model(str(folder))
    return {name: (found / name).read_bytes() for name in ("card.md", "matrix.npz", "model.json")}


@pytest.mark.parametrize("first", [True, False])
def test_the_files_of_a_model_change_together(power_cut, disk, disks, put, tmp_path, first):
    old, new, newer = (model_files(name, put, tmp_path) for name in ("old", "new", "newer"))
    out = disk / "models" / "mine"
    if not first:
        write_together(out, old)
        (out / "notes.txt").write_text("mine")
    with power_cut.recorded(disk) as recording:
        write_together(out, new)
        recording.acknowledge()
    for left, done in disks(recording):
        found = left / "models" / "mine"
        try:
            assert seen(found) in ([new] if done else [old, new])
        except ModelError as error:  # where no model was, there may be none
            assert first and not done and "there is no model" in str(error)
        assert first or (found / "notes.txt").read_text() == "mine"
        write_together(found, newer)
        assert seen(found) == newer and not (found / ".next").exists()


# The registry


def take(registry, name):
    return registry.adopt(name, registry.state().in_use)


def test_the_registry_knows_what_is_in_use(power_cut, disk, disks, put, tmp_path):
    one, two, three = (put(tmp_path / name, name) for name in ("one", "two", "three"))
    registry = Registry(disk / "data" / "onrecord")
    in_use = ["default"]
    with power_cut.recorded(disk) as recording:
        for step in (lambda: take(registry, one), lambda: take(registry, two), registry.rollback):
            step()
            recording.acknowledge()
            in_use.append(registry.state().in_use)
    assert in_use == ["default", "one@1", "two@1", "one@1"]
    for left, done in disks(recording):
        found = Registry(left / "data" / "onrecord")
        assert found.state().in_use in in_use[done : done + 2]
        found.resolve()
        for name in in_use[1 : done + 1]:
            found.check(found.version(name))
        assert found.resolve(take(found, three))


# Answers


def test_answers_stay_and_the_next_one_is_a_line_of_its_own(power_cut, disk, disks):
    answers = RatingFile(disk / "r.jsonl")
    steps = [
        lambda: answers.add("One text.", "Ann", 40, {"title": "One"}),
        lambda: answers.add("Another text.", "Ann", 20, {}),
        lambda: answers.undo("Ann"),
        lambda: answers.add("One text.", "Bo", 80, {"title": "x" * 9000}),
        lambda: answers.add("One text.", "Ann", 45, {}),
    ]
    known = [answers.by_article()]
    with power_cut.recorded(disk) as recording:
        for step in steps:
            step()
            recording.acknowledge()
            known.append(answers.by_article())
    for left, done in disks(recording):
        path = left / "r.jsonl"
        assert RatingFile(path).by_article() in known[done : done + 2]
        RatingFile(path).add("A third text.", "Cy", 5, {})
        again = RatingFile(path)
        assert again.of(article_key("A third text.")) == {"Cy": 5}
        assert len([json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]) >= done + 1


# Rankings


def ranked(out):
    return out.read_bytes(), out.with_name(f"{out.name}.errors.jsonl").read_bytes()


@pytest.mark.parametrize("suffix", [".jsonl", pytest.param(".parquet", marks=pytest.mark.slow)])
@pytest.mark.slow
def test_a_ranking_is_finished_or_can_be(power_cut, disk, disks, small_shards, tmp_path, suffix):
    corpus, unbroken, out = tmp_path / "in.jsonl", tmp_path / f"unbroken{suffix}", disk / f"out{suffix}"
    texts = [SENTENCE * 4, "It rained.", "", SENTENCE * 5]
    corpus.write_text("".join(json.dumps({"id": str(n), "text": texts[n % 4]}) + "\n" for n in range(12)))
    rank([str(corpus)], unbroken)
    with power_cut.recorded(disk) as recording:
        rank([str(corpus)], out, RankOptions(report=disk / "page.html"))
        recording.acknowledge()
    page = (disk / "page.html").read_bytes()
    for left, done in disks(recording):
        found = left / out.name
        if (left / "page.html").exists():
            assert (left / "page.html").read_bytes() == page
        if done:
            assert ranked(found) == ranked(unbroken) and (left / "page.html").exists()
        elif found.exists():
            assert ranked(found) == ranked(unbroken)
        if not done or work_folder(found).exists():
            rank([str(corpus)], found, RankOptions(resume=True))
        assert ranked(found) == ranked(unbroken) and not work_folder(found).exists()
