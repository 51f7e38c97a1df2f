"""Cutting a corpus: into shards, which are kept one by one, and those into batches, which are scored one by one.

Where shards end depends on the corpus alone, so that a run can be resumed with another engine or number of processes.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from onrecord.errors import InputError
from onrecord.scoring.corpus import Entry

SHARD_ENTRIES = 2_000
SHARD_SIZE = 64_000_000  # about so many characters of records
FETCHED = 4_000_000  # what a page counts for that has yet to be fetched: as much as any batch may have


@dataclass(frozen=True, slots=True)
class BatchSize:
    """When a batch is full: at so many entries, or about so many characters."""

    entries: int
    characters: int


@dataclass(frozen=True, slots=True)
class Shard:
    """Which entries a shard holds: `count` of them from number `first`, whose ids and places have a `digest`."""

    number: int
    first: int
    count: int
    digest: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Entries that are scored together; with the last ones of a shard comes the shard."""

    entries: list[Entry]
    shard: Shard | None


def batches(source: Iterable[Entry], size: BatchSize, finished: Mapping[int, Shard]) -> Iterator[Batch]:
    """The batches of all shards that are not finished; the entries of those that are, are read past.

    Raises:
        InputError: a finished shard holds other entries.
    """
    shard, batch = _Open(number=0, first=0), _Open(number=0, first=0)
    entry_count = 0
    for entry_count, entry in enumerate(source, start=1):
        length = _length(entry)
        if shard.full(SHARD_ENTRIES, SHARD_SIZE, length):
            yield from _batch(batch, shard.closed(), finished)
            shard, batch = _Open(shard.number + 1, entry_count - 1), _Open(0, 0)
        elif batch.full(size.entries, size.characters, length):
            if shard.number not in finished:
                yield Batch(batch.entries, None)
            batch = _Open(0, 0)
        shard.add(entry, length)
        batch.add(entry, length)
        batch.entries.append(entry)
    if shard.count:
        yield from _batch(batch, shard.closed(), finished)
    if max(finished, default=-1) > shard.number or (finished and not entry_count):
        raise InputError(*_CHANGED)


_CHANGED = "the input has changed since the run that is to be resumed", "remove its folder, and start anew"


@dataclass(slots=True)
class _Open:
    """A shard or batch that is being filled."""

    number: int
    first: int
    count: int = 0
    length: int = 0
    entries: list[Entry] = field(default_factory=list)
    digest: Any = field(default_factory=sha256)

    def full(self, entries: int, characters: int, length: int) -> bool:
        return self.count > 0 and (self.count >= entries or self.length + length > characters)

    def add(self, entry: Entry, length: int) -> None:
        self.count += 1
        self.length += length
        self.digest.update(f"{entry.id}\n{entry.place}\n".encode(errors="surrogatepass"))

    def closed(self) -> Shard:
        return Shard(self.number, self.first, self.count, self.digest.hexdigest())


def _batch(batch: _Open, shard: Shard, finished: Mapping[int, Shard]) -> Iterator[Batch]:
    if shard.number not in finished:
        yield Batch(batch.entries, shard)
    elif finished[shard.number] != shard:
        raise InputError(*_CHANGED)


def _length(entry: Entry) -> int:
    """About how much there is to read; pages that are fetched take long, and so have a batch each."""
    if entry.url is not None:
        return FETCHED
    if entry.record is not None:
        return sum(len(value) for value in entry.record.values() if isinstance(value, str | bytes))
    try:
        return Path(entry.path).stat().st_size if entry.path else 0
    except (OSError, ValueError):  # reading it will say what is wrong
        return 0
