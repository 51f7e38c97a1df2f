"""What a ranking did, and the best of what it wrote."""

import csv
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from onrecord.scoring.ranking.tallies import Publisher


@dataclass(frozen=True, slots=True)
class Ranked:
    """An article of an output, as a line of a table has it."""

    id: str
    title: str
    score: float | None


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did; the articles themselves are in its files.

    Attributes:
        out: the output.
        articles: how many were read, and so have a score or the reason why not.
        written: how many of them are in the output: all, but for `where`.
        errors: how many inputs failed.
        error_file: the file that names these, or None.
        repeated: how many articles have the id of an article before them.
        copies: how many of them are near-duplicates of another.
        publishers: of all articles that `where` lets through, as `means.by_publisher` has them; empty unless asked for.
    """

    out: Path
    articles: int
    written: int
    errors: int
    error_file: Path | None
    repeated: int
    copies: int
    publishers: tuple[Publisher, ...]

    def top(self, number: int) -> list[Ranked]:
        """The best of the articles in the output, which is read for it."""
        return list(islice(_READERS[self.out.suffix.lower()](self.out), number))


def _of_jsonl(path: Path) -> Iterator[Ranked]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            record = json.loads(line)
            yield Ranked(record["id"], record["article"]["title"] or "", record["score"]["value"])


def _of_csv(path: Path) -> Iterator[Ranked]:
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield _ranked({**row, "score": float(row["score"]) if row["score"] else None})


def _of_parquet(path: Path) -> Iterator[Ranked]:
    from pyarrow import parquet

    with parquet.ParquetFile(path) as file:
        for batch in file.iter_batches(batch_size=100, columns=["id", "title", "score"]):
            yield from map(_ranked, batch.to_pylist())


def _ranked(row: Mapping[str, Any]) -> Ranked:
    return Ranked(row["id"], row["title"] or "", row["score"])


_READERS = {".jsonl": _of_jsonl, ".csv": _of_csv, ".parquet": _of_parquet}
