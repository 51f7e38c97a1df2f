"""Results in the order of what they were asked for, while a bounded number of others are being made."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeVar

B = TypeVar("B", contravariant=True)
R = TypeVar("R", covariant=True)


class Pending(Protocol[R]):
    """A result to come, as `concurrent.futures.Future` is one."""

    def done(self) -> bool:
        """Whether it is there."""
        ...

    def result(self) -> R:
        """It, or the error that came instead; waits."""
        ...

    def cancel(self) -> object:
        """Nobody will ask for it."""
        ...


def in_order(submit: Callable[[B], Pending[R]], batches: Iterable[B], ahead: Callable[[], int]) -> Iterator[R]:
    """The results of batches, in their order; at most `ahead()` more batches are taken than results are given."""
    pending: deque[Pending[R]] = deque()
    try:
        for batch in batches:
            pending.append(submit(batch))
            while pending and (pending[0].done() or len(pending) > ahead()):
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()
    finally:
        for each in pending:
            each.cancel()
