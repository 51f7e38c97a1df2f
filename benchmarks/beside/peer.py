"""What a program and a part of the comparison are. Nothing here imports more than the standard library."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Row = dict[str, Any]
# The answers of a program to the inputs of a part, in their order; None where it gave up.
Answers = list[Any]
Answer = Callable[[str], Any]


@dataclass(frozen=True)
class Peer:
    """A program, or what a user would write in its place.

    Attributes:
        needs: what pip (or npm) installs for it, the program whose version is shown first.
        load: from the file that `fit` wrote to the function that answers; None for what is no program.
        fit: trains on the shared folder's data and writes a file, for the measurement of cost.
        held_out: answers to the inputs of a part by models that saw nothing of their publishers; what was never
            trained has none.
        numbers: whether an answer is a number or several, which are fitted to labels of the other publishers.
        node: whether it is JavaScript: `node.mjs` then has its function under this name.
    """

    name: str
    needs: tuple[str, ...]
    licence: str
    load: Callable[[Path], Answer] | None = None
    fit: Callable[[Path, Path], None] | None = None
    held_out: Callable[[Path], Answers] | None = None
    numbers: bool = False
    node: bool = False

    @property
    def learning(self) -> tuple[str, ...]:
        """The steps in which it learns."""
        return (*(("held_out",) if self.held_out else ()), *(("fit",) if self.fit else ()))


@dataclass(frozen=True)
class Accuracy:
    """The figure of a part with its 95% interval, and the part's other figures as they are printed."""

    value: float
    low: float
    high: float
    others: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """A part of what onrecord does.

    Attributes:
        data: what the figures are of, in a sentence or two.
        name: that of its module.
        unit: what speed counts; an input is `per_input` of it.
        places: after the point, of the figure.
        figure, others: the names of what `judge` tells.
        rows: from the shared folder to rows with `id` and `input`.
        judge: from the shared folder, the rows, a program and its answers (held out if it has such) to its accuracy.
        absent: programs that were looked at and have no row: name, licence, why.
    """

    name: str
    title: str
    data: str
    unit: str
    figure: str
    others: tuple[str, ...]
    rows: Callable[[Path], list[Row]]
    judge: Callable[[Path, Sequence[Row], Peer, Answers], Accuracy]
    peers: tuple[Peer, ...]
    absent: tuple[tuple[str, str, str], ...]
    per_input: Callable[[Row], float] = lambda row: 1.0
    places: int = 2
