"""Files that appear whole or not at all, also when the machine stops in between."""

import os
import tempfile
from pathlib import Path


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file: beside its place first, then flushed to the disk, then renamed into place."""
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:  # an interruption too must leave no half file behind
            file.close()
            Path(file.name).unlink()
            raise
    Path(file.name).chmod(0o644)
    Path(file.name).replace(path)
    flush_folder(path.parent)


def move(source: Path, path: Path) -> None:
    """Put a finished file in its place, in the same file system: flushed to the disk first, then renamed."""
    with source.open("rb") as file:
        os.fsync(file.fileno())
    source.replace(path)
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Make the names in a folder last: a rename is safe only when its folder is on the disk. (Windows cannot.)"""
    if os.name == "posix":
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
