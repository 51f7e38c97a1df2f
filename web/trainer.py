"""Retraining from the page: in a process of its own, while the server goes on answering."""

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from onrecord.scoring.pool import Failure, Limits, Pool
from onrecord.web.problems import Problem, problem_of

SECONDS = 900.0

Figures = tuple[tuple[str, str, str], ...]  # name, before, after


@dataclass(frozen=True, slots=True)
class Order:
    """What the process is to do: train with labels and write the model to a folder, or take that model into use."""

    what: Literal["train", "use"]
    labels: Path
    folder: Path
    registry: Path
    force: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it: a sentence, and the figures before and after."""

    said: str
    figures: Figures


def carry_out(orders: Sequence[Order]) -> list[Done | Problem]:
    """What came of each order. Trained and compared with one process, so that ending it ends all."""
    found: list[Done | Problem] = []
    for order in orders:
        try:
            found.append(_train(order) if order.what == "train" else _use(order))
        except MemoryError:  # the pool decides
            raise
        except (Exception, SystemExit) as error:  # it is the answer
            found.append(problem_of(error))
    return found


def _train(order: Order) -> Done:
    from onrecord.training.retrain import retrain

    result = retrain([order.labels], order.folder, order.folder.stem, skip_bad=True, jobs=1)
    passed = f", {len(result.labels.skipped)} passed over" if result.labels.skipped else ""
    learnt = f"{len(result.labels.examples)} articles learnt from{passed}"
    said = f"{learnt}; the model is {order.folder.name}, beside the articles"
    return Done(said, _side_by_side(result.before, result.after))


def _use(order: Order) -> Done:
    from onrecord.training.adopt import use
    from onrecord.training.registry import Registry

    registry = Registry(order.registry)
    adopted = use(str(order.folder), [order.labels], force=order.force, registry=registry, skip_bad=True, jobs=1)
    figures = _side_by_side(adopted.comparison.first, adopted.comparison.second) if adopted.comparison else ()
    return Done(f"{adopted.name} is in use; before it was {adopted.before}", figures)


def _side_by_side(before: object, after: object) -> Figures:
    from onrecord.training.answers import Judgement
    from onrecord.training.figures import figures

    assert isinstance(before, Judgement) and isinstance(after, Judgement)
    pairs = zip(figures(before), figures(after), strict=True)
    return tuple((name, str(one), str(two)) for (name, one), (_, two) in pairs)


def _failed(order: Order, failure: Failure) -> Done | Problem:
    return Problem(500, f"training ended early ({failure.kind} {failure.detail})", "try `onrecord train`, or again")


class Trainer:
    """One order at a time; the last one and what came of it can be looked at."""

    def __init__(self) -> None:
        limits = Limits(SECONDS, SECONDS, idle_seconds=5)
        self._pool: Pool[Order, Done | Problem] = Pool(carry_out, _failed, 1, limits)
        self.order: Order | None = None
        self._future: Future[list[Done | Problem]] | None = None

    @property
    def running(self) -> bool:
        """Whether it is at work."""
        return self._future is not None and not self._future.done()

    @property
    def result(self) -> Done | Problem | None:
        """What came of the last order; None while there is nothing."""
        if self._future is None or not self._future.done():
            return None
        if (error := self._future.exception()) is not None:
            return problem_of(error)
        return self._future.result()[0]

    def start(self, order: Order) -> None:
        """Begin.

        Raises:
            Problem: it is at work already (409).
        """
        if self.running:
            raise Problem(409, "training is under way", "wait for it to end")
        self.order, self._future = order, self._pool.submit([order])

    def close(self) -> None:
        """End its process."""
        self._pool.close()
