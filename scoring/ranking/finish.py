"""The end of a ranking: all parts put together."""

import os
import pickle
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.scoring.atomic import move
from onrecord.scoring.ranking import output
from onrecord.scoring.ranking.arrange import arranged
from onrecord.scoring.ranking.batch import Recipe
from onrecord.scoring.ranking.columns import MAX_CARRIED, Type, common_type
from onrecord.scoring.ranking.options import RankOptions
from onrecord.scoring.ranking.parts import WorkFolder
from onrecord.scoring.ranking.summary import Summary, by_publisher
from onrecord.scoring.ranking.table import best_first, count_repeated_ids, open_table

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def finish(work: WorkFolder, out: Path, recipe: Recipe, options: RankOptions) -> Summary:
    """Write the output and the error file from the parts of a run."""
    carried: dict[str, Type | None] = {}
    for _, part in sorted(work.parts.items()):
        if len(carried) > MAX_CARRIED:
            break
        carried |= {name: common_type(carried.get(name), kind) for name, kind in part.carried.items()}
    failed = sum(part.failed for part in work.parts.values())
    finished, suffix = work.path / "finished", out.suffix.lower()
    with open_table(work.path, recipe.nested, recipe.text) as table:
        rows = _best_first(table, work, output.wanted(recipe), options)
        written = output.write(rows, finished, suffix, recipe, carried)
        publishers = by_publisher(table, options.where)
        repeated = count_repeated_ids(table)
    if failed:
        with (work.path / "errors").open("wb") as file:
            work.copy_errors(file)
        move(work.path / "errors", output.error_file(out))
    else:
        output.error_file(out).unlink(missing_ok=True)
    move(finished, out)
    return Summary(
        out=out,
        articles=sum(part.ok for part in work.parts.values()),
        written=written,
        errors=failed,
        error_file=output.error_file(out) if failed else None,
        repeated=repeated,
        publishers=publishers,
    )


def _best_first(
    table: "DuckDBPyConnection", work: WorkFolder, columns: Sequence[str], options: RankOptions
) -> Iterator[Mapping[str, Any]]:
    """The rows of the output, in its order."""
    import numpy as np

    entries_seen = sum(part.shard.count for part in work.parts.values())
    path = work.path / "places"
    with path.open("wb") as file:
        # A disk that is full is an error here; where a file is mapped into memory, it would end the process.
        file.write(b"\0" * 8)
        if hasattr(os, "posix_fallocate"):
            os.posix_fallocate(file.fileno(), 0, 8 * max(1, entries_seen))
    places = np.memmap(path, dtype=np.int64, mode="r+", shape=max(1, entries_seen))
    places[:] = -1
    count = best_first(table, options.where, options.top, places)
    placed = (
        (place, pickle.dumps([row[name] for name in columns]))
        for row in work.rows(("number", *columns))
        if (place := int(places[row["number"]])) >= 0
    )
    for row in arranged(placed, count, work.path):
        yield dict(zip(columns, pickle.loads(row), strict=True))
