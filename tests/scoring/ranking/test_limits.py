"""Where there is not enough: of memory, of room on the disk."""

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from onrecord.errors import InputError, MissingExtraError
from onrecord.scoring.ranking import RankOptions, rank, shards, work_folder

CANNED = Path(__file__).with_name("programs") / "rank_canned.py"
TEXT = "It rained, said the mayor. "


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize(
    ("few", "many", "more"), [(1500, 6000, 60), pytest.param(1500, 14_000, 90, marks=pytest.mark.slow)]
)
def test_memory_does_not_grow_with_the_corpus(tmp_path, few, many, more):
    """A thousand records more have 11 MB more to write, and as much again to put in order."""
    peaks = []
    for records in (few, many):
        command = [sys.executable, CANNED, tmp_path, str(records)]
        peaks.append(int(subprocess.run(command, capture_output=True, check=True, text=True).stdout))
    assert peaks[1] < peaks[0] + more


@pytest.fixture
def corpus(tmp_path, monkeypatch):
    """30 files of 4 kB, in shards of five."""
    monkeypatch.setattr(shards, "SHARD_ENTRIES", 5)
    folder = tmp_path / "in"
    folder.mkdir()
    for n in range(30):
        (folder / f"{n:02}.txt").write_text(f"{n}. {TEXT}" + os.urandom(2000).hex())
    return [str(folder)]


@pytest.fixture
def small_disk(tmp_path):
    """A folder with room for 150 kB, and a function that gives it more."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o"]
    if (
        not shutil.which("mount")
        or subprocess.run([*mount, "size=152k", "tmpfs", folder], capture_output=True).returncode
    ):
        pytest.skip("needs leave to mount")
    try:
        yield folder, lambda: subprocess.run([*mount, "remount,size=9m", "tmpfs", folder], check=True)
    finally:
        subprocess.run(["umount", folder], check=True)


@contextmanager
def files_up_to(size):
    """No file may become larger than so many bytes."""
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_disk_that_is_full_is_one_line_and_nothing_is_lost(tmp_path, corpus, small_disk, in_process):
    folder, enlarge = small_disk
    out, unbroken = folder / "out.jsonl", tmp_path / "unbroken.jsonl"
    rank(corpus, unbroken, RankOptions(text=True))
    with pytest.raises(InputError, match=r"No space left on device\); see to that, then add --resume") as caught:
        rank(corpus, out, RankOptions(text=True))
    assert "\n" not in str(caught.value) and not out.exists()
    assert 0 < len(list(work_folder(out).glob("part-*.done"))) < 6
    enlarge()
    rank(corpus, out, RankOptions(text=True, resume=True))
    assert out.read_bytes() == unbroken.read_bytes()


def test_an_output_that_cannot_be_finished_is_finished_later(tmp_path, corpus, in_process):
    out, unbroken = tmp_path / "out.jsonl", tmp_path / "unbroken.jsonl"
    rank(corpus, unbroken, RankOptions(text=True))
    too_large = pytest.raises(InputError, match=r"File too large\); see to that, then add --resume")
    with files_up_to(60_000), too_large:
        rank(corpus, out, RankOptions(text=True))
    assert len(list(work_folder(out).glob("part-*.done"))) == 6
    seen = []
    rank(corpus, out, RankOptions(text=True, resume=True), seen.append)
    assert [now.done for now in seen] == [30]
    assert out.read_bytes() == unbroken.read_bytes()


def test_a_part_that_cannot_be_written_leaves_nothing(tmp_path, corpus, in_process):
    out = tmp_path / "out.jsonl"
    with files_up_to(5_000), pytest.raises(InputError, match=r"cannot be written \(File too large\); choose another"):
        rank(corpus, out, RankOptions(text=True))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in"]


@pytest.mark.parametrize("module", ["duckdb", "pyarrow"])
def test_without_the_extra_the_remedy_is_named(tmp_path, corpus, monkeypatch, module):
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtraError, match=r"pip install 'onrecord\[bulk\]'"):
        rank(corpus, tmp_path / "out.jsonl")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in"]
