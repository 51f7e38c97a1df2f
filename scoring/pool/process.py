"""One process that calls one function, seen from outside: it can be asked, it can be ended, and it may end itself."""

import json
import os
import pickle
import signal
import struct
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from threading import Lock, Timer
from typing import Any, Literal

HEADER = struct.Struct("!Q")  # the length of the pickle that follows
NO_MEMORY = 77  # the exit code of a process that ran out of memory

_START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from onrecord.scoring.pool.worker import main; main()"
)
_LIBRARIES = ("OMP", "OPENBLAS", "MKL", "BLIS", "NUMEXPR", "VECLIB_MAXIMUM")
_ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in _LIBRARIES}


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no result: it took too long, it took too much memory, or it ended its process.

    Attributes:
        detail: "60 s"; "4,000 MB"; "signal 11" or "exit code 3".
    """

    kind: Literal["time", "memory", "end"]
    detail: str


class Ended(Exception):
    """A process is gone, and what it was at has no result."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure)
        self.failure = failure


class Process:
    """A process and the two pipes to it. It ends when its pipe closes, and so with whoever started it.

    It is started as a program of its own, not by `multiprocessing`, which would run the main module of the user's
    program in it, and which does not allow processes of processes to have any (those of Dask are such).
    """

    def __init__(self) -> None:
        self._popen = subprocess.Popen(
            [sys.executable, "-P", "-c", _START, json.dumps(sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **_ONE_THREAD},
        )
        self._lock = Lock()
        self._asked = self._expired = False

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return not self._expired and self._popen.poll() is None

    def ask(self, message: bytes, seconds: float) -> Any:
        """What the process answers to a pickle.

        Raises:
            Ended: it did not answer in time, or is gone.
            Exception: whatever its function raised.
        """
        assert self._popen.stdin and self._popen.stdout
        clock = Timer(seconds, self._expire)
        clock.daemon = True
        self._asked = True
        clock.start()
        try:
            self._popen.stdin.write(HEADER.pack(len(message)) + message)
            self._popen.stdin.flush()
            (length,) = HEADER.unpack(self._popen.stdout.read(HEADER.size))
            data = self._popen.stdout.read(length)
        except (OSError, struct.error):  # a closed pipe is an error for whoever writes, and an end for whoever reads
            raise Ended(self._reason(seconds)) from None
        finally:
            clock.cancel()
            with self._lock:
                self._asked = False
        if len(data) < length:
            raise Ended(self._reason(seconds))
        answer, error = pickle.loads(data)
        if error is not None:
            raise error
        return answer

    def kill(self) -> None:
        """End it now."""
        self._popen.kill()

    def close(self) -> None:
        """End it, and let go of its pipes; not while another thread asks."""
        self.kill()
        self._popen.wait()
        for pipe in (self._popen.stdin, self._popen.stdout):
            with suppress(OSError):  # what nobody reads any more cannot be flushed
                pipe.close()  # type: ignore[union-attr]

    def _expire(self) -> None:
        with self._lock:
            if self._asked:
                self._expired = True
                self._popen.kill()

    def _reason(self, seconds: float) -> Failure:
        try:
            code = self._popen.wait(timeout=5)
        except subprocess.TimeoutExpired:  # it closed its pipe, and lives
            self._popen.kill()
            code = self._popen.wait()
        if self._expired or code == -getattr(signal, "SIGALRM", 0):
            return Failure("time", f"{seconds:.3g} s")
        if code == NO_MEMORY:
            return Failure("memory", "")
        return Failure("end", f"signal {-code}" if code < 0 else f"exit code {code}")
