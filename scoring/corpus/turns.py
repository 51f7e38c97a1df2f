"""Turns at a host: one request at a time, and a pause before the next, whichever process makes it."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from time import sleep, time
from urllib.parse import urlsplit

from onrecord.errors import InputError

_REMEDY = "point TMPDIR to a folder of your own"


@contextmanager
def turn(origin: str, delay: float) -> Iterator[None]:
    """Wait until nobody else on this machine is at the host, and `delay` seconds have passed since the last was.

    Args:
        origin: what `fetch.origin` gives; hosts with the same name are one, whatever the scheme and the port.

    Raises:
        InputError: there is no place to note who is at a host.
    """
    from filelock import FileLock

    host = urlsplit(origin).hostname or ""
    note = _folder() / sha256(host.encode()).hexdigest()[:32]
    with FileLock(f"{note}.lock"):
        sleep(_pause(note, delay))
        try:
            yield
        finally:
            note.touch()


def _pause(note: Path, delay: float) -> float:
    """Seconds to wait. A clock that was set back does not make it longer than the delay."""
    try:
        passed = time() - note.stat().st_mtime
    except FileNotFoundError:
        return 0.0
    return min(max(delay - passed, 0.0), delay)


def _folder() -> Path:
    """A folder that belongs to this user alone."""
    user = os.getuid() if hasattr(os, "getuid") else 0  # elsewhere, the folder for temporary files is the user's own
    folder = Path(tempfile.gettempdir(), f"onrecord-{user}")
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        owner = folder.lstat().st_uid
    except OSError as error:
        raise InputError(f"{folder} cannot be made ({error.strerror})", _REMEDY) from error
    if owner != user:
        raise InputError(f"{folder} belongs to another user", _REMEDY)
    return folder
