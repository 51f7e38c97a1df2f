"""Articles of many outlets, of which no one may have too many."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any
from zlib import crc32

Row = Mapping[str, Any]


def at_most(most: int, rows: Iterable[Row], outlet: Callable[[Row], str]) -> Iterator[Row]:
    """At most so many rows of each outlet: always the same ones, in an order that their ids alone decide."""
    count: Counter[str] = Counter()
    for row in sorted(rows, key=lambda row: (crc32(str(row["id"]).encode()), str(row["id"]))):
        count[outlet(row)] += 1
        if count[outlet(row)] <= most:
            yield row
