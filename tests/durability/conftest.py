"""What tests of durability share: models, a ranking that starts no processes, disks that fill up."""

import shutil
import subprocess
import sys
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from onrecord.scoring.model import Model, Scorecard, to_json
from onrecord.scoring.ranking import local, shards
from onrecord.scoring.ranking.batch import score_batch

PROGRAMS = Path(__file__).with_name("programs")


@pytest.fixture
def power_cut(monkeypatch):
    """The module that tells what a disk may hold after a power cut."""
    if not hasattr(sys, "addaudithook") or sys.platform == "win32":
        pytest.skip("needs folders that can be synced")
    monkeypatch.syspath_prepend(str(PROGRAMS))
    import power_cut

    return power_cut


@pytest.fixture
def put():
    """`put(folder, name)`: a folder with a model of this name, which gives every article the same score."""

    def make(folder, name):
        folder.mkdir(parents=True, exist_ok=True)
        model = Model(name, "1", "", Scorecard(50.0, {}, 8.0, 1.6, ()))
        (folder / "model.json").write_text(to_json(model), encoding="utf-8")
        (folder / "card.md").write_text(f"# {name}\n", encoding="utf-8")
        return str(folder)

    return make


class InProcess:
    """An engine that scores where it is called, at once."""

    def __init__(self, recipe):
        self.function = partial(score_batch, recipe=recipe)

    def map_batches(self, batches):
        return map(self.function, batches)


@pytest.fixture
def small_shards(monkeypatch):
    """A ranking starts no processes, and keeps what is finished after every five articles."""

    @contextmanager
    def open_engine(recipe, options):
        yield InProcess(recipe)

    monkeypatch.setattr(local, "open_engine", open_engine)
    monkeypatch.setattr(shards, "SHARD_ENTRIES", 5)


class Disk:
    """A file system of 1 MB."""

    def __init__(self, folder):
        self.folder = folder
        self._mount("size=1m")

    def _mount(self, options):
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", self.folder]
        if not shutil.which("mount") or subprocess.run(command, capture_output=True).returncode:
            pytest.skip("needs leave to mount")

    def full(self):
        """Leave no room."""
        with (self.folder / "ballast").open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(b"\0" * 4096)
            except OSError:
                pass

    def read_only(self):
        """Let nothing be written."""
        self._mount("remount,ro,size=1m")

    def well(self):
        """Undo `full` and `read_only`."""
        self._mount("remount,rw,size=1m")
        (self.folder / "ballast").unlink(missing_ok=True)

    def content(self):
        """All files but what fills it."""
        found = {str(path): path.read_bytes() for path in sorted(self.folder.rglob("*")) if path.is_file()}
        found.pop(str(self.folder / "ballast"), None)
        return found


@pytest.fixture
def disk(tmp_path):
    """A disk that can be filled up, and made read-only."""
    folder = tmp_path / "disk"
    folder.mkdir()
    made = Disk(folder)
    try:
        yield made
    finally:
        subprocess.run(["umount", folder], check=True)
