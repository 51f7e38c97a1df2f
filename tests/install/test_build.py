"""Two builds of the same files are the same to the byte, and hold all that they should."""

import os
import shutil
import subprocess
import tarfile
from pathlib import Path
from zipfile import ZipFile

import pytest

from .conftest import ROOT, build, copy

pytestmark = pytest.mark.slow
EPOCH = {"SOURCE_DATE_EPOCH": "1764547200"}


@pytest.fixture(scope="module")
def one(tmp_path_factory):
    folder = tmp_path_factory.mktemp("one")
    return build(copy(folder / "onrecord"), folder / "dist", EPOCH)


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    """Built in another folder from files of another date and mode, made in another order, in another zone and umask."""
    folder = tmp_path_factory.mktemp("other")
    first, source = copy(folder / "first"), folder / "deeper" / "down"
    for path in sorted((path for path in first.rglob("*") if path.is_file()), reverse=True):
        target = source / path.relative_to(first)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        target.chmod(0o700 if os.access(path, os.X_OK) else 0o600)
        os.utime(target, (1_000_000_000, 1_000_000_000))
    return build(source, folder / "dist", {**EPOCH, "TZ": "Asia/Tokyo", "LC_ALL": "C"}, umask=0o077)


def test_two_wheels_are_the_same(one, other):
    assert one.wheel.name == other.wheel.name
    assert one.wheel.read_bytes() == other.wheel.read_bytes()


def test_two_source_distributions_are_the_same(one, other):
    assert one.sdist.name == other.sdist.name
    assert one.sdist.read_bytes() == other.sdist.read_bytes()


def test_the_wheel_of_the_source_distribution_is_the_same(one, tmp_path):
    with tarfile.open(one.sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    (source,) = tmp_path.iterdir()
    assert build(source, tmp_path / "dist", EPOCH).wheel.read_bytes() == one.wheel.read_bytes()


def test_another_date_is_another_wheel(one, tmp_path):
    later = build(copy(tmp_path / "source"), tmp_path / "dist", {"SOURCE_DATE_EPOCH": "1764547260"})
    assert later.wheel.read_bytes() != one.wheel.read_bytes()
    assert later.sdist.read_bytes() != one.sdist.read_bytes()


def test_the_wheel_is_the_package_alone(one):
    with ZipFile(one.wheel) as wheel:
        names = wheel.namelist()
    assert {name.partition("/")[0] for name in names} == {"onrecord", one.wheel.name.split("-py3")[0] + ".dist-info"}
    assert not [name for name in names if name.startswith(("onrecord/tests/", "onrecord/tools/", "onrecord/docs/s/"))]


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="only a checkout knows its files")
def test_the_source_distribution_holds_the_whole_project(one):
    with tarfile.open(one.sdist) as archive:
        held = {str(Path(*Path(name).parts[1:])) for name in archive.getnames()}
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    assert {name for name in listed.split("\0") if name} - held == set()
