"""What a process of a pool does: it reads batches from one pipe, and writes their results to another."""

import os
import pickle
import signal
import sys
from collections.abc import Callable
from queue import SimpleQueue
from threading import Thread
from traceback import format_exc
from typing import IO, Any, NoReturn

from onrecord.scoring.pool.process import HEADER, NO_MEMORY

GRACE = 5.0  # seconds that whoever asked has to end this process, before the system does


def main() -> NoReturn:
    """Serve until the pipe closes. The first message is the function and the memory it may take."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever started this
    source, sink = _pipes()
    messages: SimpleQueue[bytes] = SimpleQueue()
    # A thread reads, so that the end of the pipe ends this process whatever it is at.
    Thread(target=_receive, args=(source, messages), daemon=True).start()
    function: Callable[[Any], Any] | None = None
    while True:
        try:
            if function is None:
                function, memory = pickle.loads(messages.get())
                _limit(memory)
                data = pickle.dumps((None, None))
            else:
                data = _answer(function, messages.get())
        except MemoryError:
            os._exit(NO_MEMORY)
        except BaseException as error:  # whoever asked decides what becomes of it
            _alarm(0)
            data = _pickled(error)
        try:
            sink.write(HEADER.pack(len(data)) + data)
            sink.flush()
        except OSError:
            os._exit(0)


def _answer(function: Callable[[Any], Any], message: bytes) -> bytes:
    items, seconds = pickle.loads(message)
    _alarm(seconds + GRACE)
    answer = function(items)
    _alarm(0)
    return pickle.dumps((answer, None))


def _pipes() -> tuple[IO[bytes], IO[bytes]]:
    """Standard input and output, which no library can read or print to any more."""
    source, sink = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    return source, sink


def _receive(source: IO[bytes], messages: "SimpleQueue[bytes]") -> None:
    try:
        while len(head := source.read(HEADER.size)) == HEADER.size:
            messages.put(source.read(HEADER.unpack(head)[0]))
    except MemoryError:
        os._exit(NO_MEMORY)
    except OSError:
        pass
    os._exit(0)


def _limit(memory: int) -> None:
    """Allow only so much address space, where the system can."""
    if memory and sys.platform == "linux":
        import resource

        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (memory if hard < 0 else min(memory, hard), hard))


def _alarm(seconds: float) -> None:
    """Let the system end this process after so many seconds: code in C that hangs stops for nothing else."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _pickled(error: BaseException) -> bytes:
    error.add_note(format_exc())
    try:
        data = pickle.dumps((None, error))
        pickle.loads(data)  # some can be written, and not be read
    except Exception:
        data = pickle.dumps((None, RuntimeError(f"{type(error).__name__}: {error}")))
    return data
