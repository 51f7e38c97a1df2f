"""What makes files last: each appears whole or not at all, also when the machine stops in between."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from onrecord.scoring.lock import locked

NEXT = ".next"
_NEW = ".new-"


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file: beside its place first, then flushed to the disk, then renamed into place."""
    number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(data)
            file.flush()
            temporary.chmod(0o644)
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:  # an interruption too must leave no half file behind
        temporary.unlink(missing_ok=True)
        raise
    flush_folder(path.parent)


def write_together(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files of a folder that belong together; the folder need not exist. Others that are in it stay.

    They are written to a folder of their own, which counts as soon as it is called NEXT: a reader that looks there
    first (`model.locate`) finds either all that were or all that are written. Then they are put in their places, and
    NEXT goes; where that was cut short, the next call does it first.

    Raises:
        OnrecordError: another process writes to the folder for long.
        OSError: it cannot be written; the files that were there are.
    """
    make_folder(folder)
    with locked(folder / ".lock"):
        _settle(folder)
        for stale in folder.glob(f"{_NEW}*"):
            shutil.rmtree(stale)
        new = Path(tempfile.mkdtemp(prefix=_NEW, dir=folder))
        try:
            for name, data in files.items():
                write_bytes(new / name, data)
            new.chmod(0o755)
            new.rename(folder / NEXT)
        except BaseException:  # as above: nor half a folder
            shutil.rmtree(new, ignore_errors=True)
            raise
        flush_folder(folder)
        _settle(folder)


def _settle(folder: Path) -> None:
    """Put the files of NEXT in their places. They are linked, not moved, for a reader may be at work in NEXT."""
    following = folder / NEXT
    if not following.is_dir():
        return
    done = folder / f"{_NEW}done"
    shutil.rmtree(done, ignore_errors=True)
    for path in following.iterdir():
        _place(path, folder / path.name)
    flush_folder(folder)
    following.rename(done)
    flush_folder(folder)
    shutil.rmtree(done)


def _place(source: Path, path: Path) -> None:
    linked = path.with_name(f".{path.name}{NEXT}")
    linked.unlink(missing_ok=True)
    try:
        os.link(source, linked)  # which needs no room, so that a disk that is full does not stop here
    except OSError:  # a file system without links
        write_bytes(path, source.read_bytes())
        return
    linked.replace(path)
    linked.unlink(missing_ok=True)  # a rename does nothing where both are the same file already


def move(source: Path, path: Path) -> None:
    """Put a finished file in its place, in the same file system: flushed to the disk first, then renamed."""
    with source.open("rb") as file:
        os.fsync(file.fileno())
    source.replace(path)
    flush_folder(path.parent)


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it, whose names last."""
    made = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for each in made:
        flush_folder(each.parent)


def flush_folder(folder: Path) -> None:
    """Make the names in a folder last: a rename is safe only when its folder is on the disk. (Windows cannot.)"""
    if os.name == "posix":
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
