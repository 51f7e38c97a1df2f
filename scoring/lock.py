"""One process at a time: a lock on a file, which the system lets go of when its holder ends, however it ends."""

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

    def _take(number: int) -> None:
        msvcrt.locking(number, msvcrt.LK_NBLCK, 1)

    def _release(number: int) -> None:
        msvcrt.locking(number, msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _take(number: int) -> None:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _release(number: int) -> None:
        fcntl.flock(number, fcntl.LOCK_UN)


@contextmanager
def locked(path: Path, seconds: float = SECONDS) -> Iterator[None]:
    """Hold the lock of a file, which stays, empty.

    Raises:
        OnrecordError: another process holds it for longer than `seconds`.
    """
    with path.open("a") as file:
        until = time.monotonic() + seconds
        while True:
            try:
                _take(file.fileno())
                break
            except OSError as error:
                if time.monotonic() > until:
                    problem = f"another process has been at work in {path.parent} for {seconds:g} seconds"
                    raise OnrecordError(problem, "wait for it to end") from error
                time.sleep(_PAUSE)
        try:
            yield
        finally:
            _release(file.fileno())
