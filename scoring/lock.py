"""One process at a time: a lock on a file, which the system lets go of when its holder ends, however it ends."""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from onrecord.errors import OnrecordError

SECONDS = 30.0
_PAUSE = 0.02

if sys.platform == "win32":
    import msvcrt

    _FAR = 2**31 - 2  # behind what is in the file, for nobody else can write to a byte that is locked

    def _take(number: int) -> None:
        os.lseek(number, _FAR, os.SEEK_SET)
        msvcrt.locking(number, msvcrt.LK_NBLCK, 1)

    def _release(number: int) -> None:
        os.lseek(number, _FAR, os.SEEK_SET)
        msvcrt.locking(number, msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _take(number: int) -> None:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _release(number: int) -> None:
        fcntl.flock(number, fcntl.LOCK_UN)


def _wait(number: int, path: Path, seconds: float) -> None:
    """Take the lock of an open file as soon as it is free."""
    until = time.monotonic() + seconds
    while True:
        try:
            return _take(number)
        except OSError as error:
            if time.monotonic() > until:
                since = f"has been at work in {path.parent} for {seconds:g} seconds"
                problem = f"another process {since if seconds else f'is at work in {path.parent}'}"
                raise OnrecordError(problem, "wait for it to end") from error
            time.sleep(_PAUSE)


@contextmanager
def locked(path: Path, seconds: float = SECONDS) -> Iterator[None]:
    """Hold the lock of a file, which is made if it is not there, and stays as it is.

    Raises:
        OnrecordError: another process holds it for longer than `seconds`, or has removed it.
        OSError: it cannot be made.
    """
    with path.open("a") as file:
        _wait(file.fileno(), path, seconds)
        try:
            if not path.exists() or os.fstat(file.fileno()).st_ino != path.stat().st_ino:
                raise OnrecordError(f"another process was at work in {path.parent} and removed it", "try again")
            yield
        finally:
            _release(file.fileno())
