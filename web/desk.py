"""Where work is handed in: a bounded number of requests waits for a bounded number of processes and threads."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Thread
from typing import TypeVar

from onrecord.scoring.fetch import FetchOptions, Page, fetch
from onrecord.scoring.pool import Limits, Pool, count_processes, fair_memory
from onrecord.web.jobs import Answer, Job, Upload, failed, perform
from onrecord.web.problems import busy

R = TypeVar("R")

# The pool tries an article that took too long once more, so the worst request takes twice as long.
ARTICLE_SECONDS = 10.0
BATCH = 8  # articles of one request that a process is given at a time
FETCHES = 8  # at the same time
QUERIES = 4
_WARM = b"<html><body><article><p>" + b"The mayor said on Monday that the bridge will open. " * 20 + b"</p></article>"


class Places:
    """A bounded number of places; whoever finds none free is turned away at once.

    >>> places = Places(1)
    >>> with places.taken():
    ...     places.free
    0
    """

    def __init__(self, count: int) -> None:
        self.count = self.free = count

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Hold a place.

        Raises:
            Problem: none is free (503).
        """
        if self.free <= 0:
            raise busy()
        self.free -= 1
        try:
            yield
        finally:
            self.free += 1


class Desk:
    """The processes that score, and the threads that fetch and query; usable from one event loop.

    Args:
        jobs: processes; -1 for every core.
        waiting: requests that may wait for one.
    """

    def __init__(self, jobs: int, waiting: int, fetch_options: FetchOptions) -> None:
        processes = count_processes(jobs)
        limits = Limits(ARTICLE_SECONDS, 2 * ARTICLE_SECONDS, fair_memory(processes), idle_seconds=86_400)
        self._pool: Pool[Job, Answer] = Pool(perform, failed, processes, limits)
        self._processes, self._options = processes, fetch_options
        self.places = Places(processes + waiting)
        self._fetches, self._queries = Places(FETCHES), Places(QUERIES)

    def warm(self, model: str) -> None:
        """Start all processes and let them load a model, so that the first request does not wait for them."""
        for _ in range(self._processes):
            self._pool.submit([Job(Upload(_WARM, "warm.html"), model, "page")])

    async def ask(self, jobs: Sequence[Job]) -> list[Answer]:
        """The answers to jobs, in order.

        Raises:
            Problem: too many requests wait already (503).
        """
        with self.places.taken():
            found: list[Answer] = []
            for start in range(0, len(jobs), BATCH):
                answers: list[Answer] = await asyncio.wrap_future(self._pool.submit(jobs[start : start + BATCH]))
                found += answers
            return found

    async def fetch(self, url: str) -> Page:
        """A page, under the guards of the command.

        Raises:
            FetchError: it cannot or may not be fetched.
            Problem: too many pages are being fetched (503).
        """
        with self._fetches.taken():
            return await in_thread(lambda: fetch(url, self._options))

    async def query(self, function: Callable[[], R]) -> R:
        """What a function gives that reads a file for a while.

        Raises:
            Problem: too many are at it (503).
        """
        with self._queries.taken():
            return await in_thread(function)

    def close(self) -> None:
        """End all processes."""
        self._pool.close()


async def in_thread(function: Callable[[], R]) -> R:
    """Call a function in a thread that the end of the program does not wait for, as it would for those of a pool."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[R] = loop.create_future()

    def settle(result: R | None, error: BaseException | None) -> None:
        if answer.cancelled():
            return
        if error is not None:
            answer.set_exception(error)
        else:
            answer.set_result(result)  # type: ignore[arg-type]

    def run() -> None:
        result, error = None, None
        try:
            result = function()
        except BaseException as raised:  # whoever waits must hear of it, whatever it is
            error = raised
        with suppress(RuntimeError):  # the loop is closed, so nobody waits
            loop.call_soon_threadsafe(settle, result, error)

    Thread(target=run, daemon=True).start()
    return await answer
