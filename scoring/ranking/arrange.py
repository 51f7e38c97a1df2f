"""Rows of any number and size put in order on disk, by the place of each: a radix sort, the first digits first.

DuckDB sorts numbers out of core well, but not rows that are as wide as an article with its evidence: it handles two
thousand of them at a time, and then runs out of memory.
"""

import struct
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import chain
from pathlib import Path

HELD = 64_000_000  # bytes of rows that are sorted in memory
WAYS = 100  # files that rows are spread over, when they are more

_HEADER = struct.Struct("!QQ")  # a place, and the length of the row that follows

Placed = Iterable[tuple[int, bytes]]


def arranged(rows: Placed, count: int, folder: Path) -> Iterator[bytes]:
    """The rows in the order of their places.

    Args:
        rows: each with its place from 0 to below `count`; no two have the same.
        folder: where they are put meanwhile.
    """
    return _arranged(iter(rows), 0, count, folder)


def _arranged(rows: Iterator[tuple[int, bytes]], first: int, end: int, folder: Path) -> Iterator[bytes]:
    held, size = [], 0
    for placed in rows:
        held.append(placed)
        size += len(placed[1])
        if size > HELD and end - first > 1:
            break
    else:
        held.sort()
        yield from (row for _, row in held)
        return
    width = -(-(end - first) // WAYS)
    _spread(chain(held, rows), first, width, folder)
    del held
    for start in range(first, end, width):
        path = _path(folder, start, width)
        if path.exists():
            yield from _arranged(_read(path), start, min(start + width, end), folder)
            path.unlink()


def _spread(rows: Placed, first: int, width: int, folder: Path) -> None:
    """Append each row to the file for its place and the `width - 1` others around it."""
    with ExitStack() as stack:
        files = {}
        for place, row in rows:
            start = first + (place - first) // width * width
            if start not in files:
                files[start] = stack.enter_context(_path(folder, start, width).open("wb"))
            files[start].write(_HEADER.pack(place, len(row)) + row)


def _read(path: Path) -> Iterator[tuple[int, bytes]]:
    with path.open("rb") as file:
        while head := file.read(_HEADER.size):
            place, length = _HEADER.unpack(head)
            yield place, file.read(length)


def _path(folder: Path, start: int, width: int) -> Path:
    return folder / f"places-{start}-{width}"
