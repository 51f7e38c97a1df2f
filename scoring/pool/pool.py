"""A pool of processes that outlives what it is given: an item that hangs, crashes or eats memory costs itself alone.

The pools of the library do not fit: `concurrent.futures` and joblib's loky give up when one process dies, and none
ends one that hangs.
"""

import os
import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Generic, TypeVar

from onrecord.errors import OnrecordError
from onrecord.scoring.pool.in_order import in_order
from onrecord.scoring.pool.process import Ended, Failure, Process

T = TypeVar("T")
R = TypeVar("R")

# Importing what a function needs may have to wait for a cold disk.
START_SECONDS = 120.0
# Batches a process that are asked for before the first is done, so that a slow one does not hold up the others at once.
AHEAD = 8


@dataclass(frozen=True, slots=True)
class Limits:
    """What an item may take.

    Attributes:
        seconds: for an item alone.
        batch_seconds: for a batch; one that takes longer is done again, item by item.
        memory: bytes of address space a process (on Linux); 0 for no limit.
        idle_seconds: after which a process with nothing to do ends; another starts when there is something again.
    """

    seconds: float = 60.0
    batch_seconds: float = 20.0
    memory: int = 0
    idle_seconds: float = 60.0


@dataclass(frozen=True, slots=True)
class _Task(Generic[T, R]):
    items: list[T]
    future: "Future[list[R]]"


class Pool(Generic[T, R]):
    """Processes that call one function on batches of items.

    An item fails only alone and at the second try. What the function raises is raised by the future of its batch.
    Usable from several threads; a context manager.

    Args:
        function: from items to as many results. It and the items are pickled, so it must be importable.
        failed: the result of an item that has none.
        processes: how many; each starts when there is something to do.
        limits: what an item may take.

    >>> from operator import itemgetter
    >>> with Pool(itemgetter(slice(None)), failed=lambda item, why: why.kind, processes=1) as pool:
    ...     pool.submit(["a", "b"]).result()
    ['a', 'b']
    """

    def __init__(
        self,
        function: Callable[[list[T]], list[R]],
        failed: Callable[[T, Failure], R],
        processes: int,
        limits: Limits | None = None,
    ) -> None:
        limits = limits or Limits()
        setup = pickle.dumps((function, limits.memory))
        self._tasks: SimpleQueue[_Task[T, R] | None] = SimpleQueue()
        self._lock = Lock()
        self._closed = False
        self._supervisors = [_Supervisor(setup, failed, limits, self._tasks) for _ in range(processes)]
        for supervisor in self._supervisors:
            supervisor.start()

    def submit(self, items: Sequence[T]) -> "Future[list[R]]":
        """The results of a batch when they are there, one an item and in order."""
        future: Future[list[R]] = Future()
        with self._lock:
            if self._closed:
                raise RuntimeError("the pool is closed")
            self._tasks.put(_Task(list(items), future))
        return future

    def map_batches(self, batches: Iterable[Sequence[T]]) -> Iterator[list[R]]:
        """The results of batches, in order. A bounded number of batches is taken before their results are."""
        return in_order(self.submit, batches, lambda: AHEAD * len(self._supervisors))

    def close(self) -> None:
        """End all processes, whatever they are at, and wait until they are gone."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
        for task in _drained(self._tasks):
            task.future.cancel()
        for supervisor in self._supervisors:
            supervisor.stop()
            self._tasks.put(None)
        for supervisor in self._supervisors:
            supervisor.join()

    def __enter__(self) -> "Pool[T, R]":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _drained(tasks: "SimpleQueue[_Task[T, R] | None]") -> Iterator["_Task[T, R]"]:
    while True:
        try:
            task = tasks.get_nowait()
        except Empty:
            return
        if task:
            yield task


class _Supervisor(Thread, Generic[T, R]):
    """A thread that feeds one process, and puts another in its place when it ends."""

    def __init__(
        self, setup: bytes, failed: Callable[[T, Failure], R], limits: Limits, tasks: "SimpleQueue[_Task[T, R] | None]"
    ) -> None:
        super().__init__(daemon=True)
        self._setup, self._failed, self._limits, self._tasks = setup, failed, limits, tasks
        self._lock = Lock()
        self._process: Process | None = None
        self._stopped = False

    def run(self) -> None:
        """Serve tasks until there is a None."""
        while task := self._next():
            if task.future.set_running_or_notify_cancel():
                try:
                    task.future.set_result(self._results(task.items))
                except BaseException as error:  # whoever waits must hear of it, whatever it is
                    task.future.set_exception(error)
            del task  # else it stays until the next one
        self._end()

    def _next(self) -> _Task[T, R] | None:
        try:
            return self._tasks.get(timeout=self._limits.idle_seconds)
        except Empty:
            self._end()
            return self._tasks.get()

    def _end(self) -> None:
        with self._lock:
            process, self._process = self._process, None
        if process:
            process.close()

    def stop(self) -> None:
        """End the process, and start no other."""
        with self._lock:
            self._stopped = True
            if self._process:
                self._process.kill()

    def _results(self, items: list[T]) -> list[R]:
        limits = self._limits
        try:
            return self._ask(items, limits.seconds if len(items) == 1 else limits.batch_seconds)
        except Ended:
            return [self._alone(item) for item in items]

    def _alone(self, item: T) -> R:
        try:
            return self._ask([item], self._limits.seconds)[0]
        except Ended as end:
            return self._failed(item, end.failure)

    def _ask(self, items: list[T], seconds: float) -> list[R]:
        process = self._running()
        try:
            results: list[R] = process.ask(pickle.dumps((items, seconds)), seconds)
        except Ended as end:
            if self._stopped:
                raise RuntimeError("the pool was closed") from None
            if end.failure.kind == "memory":
                memory = self._limits.memory
                raise Ended(Failure("memory", f"{memory // 1_000_000:,} MB" if memory else "there is")) from None
            raise
        if len(results) != len(items):
            raise ValueError(f"{len(results)} results for {len(items)} items")
        return results

    def _running(self) -> Process:
        """The process; a new one if it is gone."""
        if self._process:
            if self._process.alive:
                return self._process
            self._end()
        with self._lock:
            if self._stopped:
                raise RuntimeError("the pool was closed")
            try:
                self._process = process = Process()
            except OSError as error:
                raise _cannot_start(str(error)) from None
        try:
            process.ask(self._setup, START_SECONDS)
        except Ended as end:
            if self._stopped:
                raise RuntimeError("the pool was closed") from None
            raise _cannot_start(f"{end.failure.kind} {end.failure.detail}") from None
        return process


def _cannot_start(reason: str) -> OnrecordError:
    problem = f"a process for scoring cannot be started ({reason})"
    return OnrecordError(problem, "see whether the machine has memory left, or give fewer --jobs")


def count_processes(jobs: int) -> int:
    """How many processes `jobs` means: -1 is one for every core that this program may use, -2 one less."""
    if jobs > 0:
        return jobs
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, cores + 1 + jobs)


def fair_memory(processes: int) -> int:
    """The address space that each of so many processes may take: four fifths of the machine's memory, and 1 GB."""
    if "SC_PHYS_PAGES" not in getattr(os, "sysconf_names", {}):
        return 0
    return 1_000_000_000 + os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") * 4 // 5 // processes
