"""The folder in which a run keeps what is finished, beside its output: a part for each shard, or none of it.

`part-000007.rows` (Parquet), `part-000007.errors` (JSON lines, if any) and, when both are on the disk,
`part-000007.done`, which says what is in them. No name ends like a file that is an input, for the folder may stand in
one that is ranked.
"""

import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from onrecord.errors import InputError
from onrecord.scoring.atomic import flush_folder, write_bytes
from onrecord.scoring.lock import locked
from onrecord.scoring.ranking.batch import Outcome, Recipe
from onrecord.scoring.ranking.columns import MAX_CARRIED, Type, carried_types, part_schema
from onrecord.scoring.ranking.shards import Shard

RUN, LOCK = "run", "lock"
ROWS = 200  # read at a time


@dataclass(frozen=True, slots=True)
class Part:
    """A shard that is finished.

    Attributes:
        ok: articles with a row; the others have an error record.
        carried: names and types of carried columns.
    """

    shard: Shard
    ok: int
    failed: int
    carried: Mapping[str, Type | None]


def work_folder(out: Path) -> Path:
    """Where a run keeps what is finished until all is."""
    return out.with_name(f".{out.name}.work")


@contextmanager
def open_folder(path: Path, run: Mapping[str, Any], resume: bool) -> Iterator["WorkFolder"]:
    """The folder of a run, for one process at a time.

    It goes when all went well, and when nothing was finished; else it stays, to be resumed.

    Args:
        path: where it is.
        run: what the run depends on, see `fingerprint.describe`; kept in the folder.
        resume: go on with what is there, if anything is.

    Raises:
        InputError: there is one already, or it is of a run that depends on something else.
        OnrecordError: another process uses it.
        OSError: it cannot be made.
    """
    path.mkdir(exist_ok=True)
    flush_folder(path.parent)
    with locked(path / LOCK, seconds=0.0):
        if not resume and any(each.name != LOCK for each in path.iterdir()):
            problem = f"{path} is left of an earlier run that was cut short"
            raise InputError(problem, "add --resume to go on with it, or remove that folder to start anew")
        keep = (path / RUN).exists()
        try:
            folder = WorkFolder(path, run)
            try:
                yield folder
            except BaseException:
                keep = bool(folder.parts)
                raise
            keep = False
        finally:
            if not keep:
                _remove(path)


def _remove(path: Path) -> None:
    """Remove the folder of a run, whose lock is held so that nobody else begins to work in it. (Windows, where a file
    that is open cannot be removed, keeps the lock.)"""
    (path / RUN).unlink(missing_ok=True)  # first: without it nobody trusts what is left of the rest
    flush_folder(path)
    shutil.rmtree(path, ignore_errors=os.name == "nt")


class WorkFolder:
    """The parts that are finished, by the number of their shard; see `open_folder`."""

    def __init__(self, path: Path, run: Mapping[str, Any]) -> None:
        self.path = path
        self.parts: dict[int, Part] = {}
        if (path / RUN).exists():
            _check(path, run)
            self.parts = {part.shard.number: part for part in map(_load, path.glob("part-*.done"))}
        else:  # a new one; or of a run that was cut short when there was nothing to keep yet, or any more
            for stale in path.glob("part-*"):
                stale.unlink()
            write_bytes(path / RUN, json.dumps(run).encode())

    def write(self, shard: Shard, outcomes: Sequence[Outcome], recipe: Recipe) -> None:
        """Keep what became of a shard."""
        rows = [
            {"number": number, **outcome.row}
            for number, outcome in enumerate(outcomes, start=shard.first)
            if outcome.row is not None
        ]
        errors = [outcome.error for outcome in outcomes if outcome.error is not None]
        write_bytes(self._file(shard.number, "rows"), _parquet(rows, recipe))
        if errors:
            lines = "".join(json.dumps(error, ensure_ascii=False) + "\n" for error in errors)
            write_bytes(self._file(shard.number, "errors"), lines.encode())
        carried = carried_types((json.loads(row["carried"]) for row in rows if row["carried"]), {})
        part = Part(shard, len(rows), len(errors), dict(list(carried.items())[: MAX_CARRIED + 1]))
        write_bytes(self._file(shard.number, "done"), json.dumps(asdict(part)).encode())
        self.parts[shard.number] = part

    def copy_errors(self, target: IO[bytes]) -> None:
        """Write all error records, in the order of the input."""
        for number in sorted(self.parts):
            if self.parts[number].failed:
                with self._file(number, "errors").open("rb") as source:
                    shutil.copyfileobj(source, target)

    def rows(self, columns: Sequence[str]) -> Iterator[dict[str, Any]]:
        """The rows of all parts, in the order of the input."""
        from pyarrow import parquet

        for number in sorted(self.parts):
            with parquet.ParquetFile(self._file(number, "rows")) as file:
                for batch in file.iter_batches(batch_size=ROWS, columns=list(columns)):
                    yield from batch.to_pylist()

    def _file(self, number: int, suffix: str) -> Path:
        return self.path / f"part-{number:06d}.{suffix}"


def _check(folder: Path, run: Mapping[str, Any]) -> None:
    earlier = json.loads((folder / RUN).read_text(encoding="utf-8"))
    changed = [key for key in {**earlier, **run} if earlier.get(key) != run.get(key)]
    if changed:
        problem = f"the run in {folder} cannot be resumed, for these have changed: {', '.join(changed)}"
        raise InputError(problem, "put them back, or remove that folder to start anew")


def _load(path: Path) -> Part:
    record = json.loads(path.read_text(encoding="utf-8"))
    return Part(Shard(**record["shard"]), record["ok"], record["failed"], record["carried"])


def _parquet(rows: Sequence[Mapping[str, Any]], recipe: Recipe) -> bytes:
    import pyarrow
    from pyarrow import parquet

    table = pyarrow.Table.from_pylist(rows, part_schema(recipe.nested, recipe.text))
    sink = pyarrow.BufferOutputStream()
    parquet.write_table(table, sink, compression="zstd")
    data: bytes = sink.getvalue().to_pybytes()
    return data
