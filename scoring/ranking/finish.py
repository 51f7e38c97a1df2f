"""The end of a ranking: all parts put together."""

import glob
import os
import pickle
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.errors import MissingExtraError
from onrecord.scoring.atomic import move
from onrecord.scoring.model import Model
from onrecord.scoring.ranking import output
from onrecord.scoring.ranking.arrange import arranged
from onrecord.scoring.ranking.batch import Recipe
from onrecord.scoring.ranking.columns import MAX_CARRIED, Type, common_type
from onrecord.scoring.ranking.means import by_publisher
from onrecord.scoring.ranking.options import RankOptions
from onrecord.scoring.ranking.overview import check_path, write_overview
from onrecord.scoring.ranking.parts import WorkFolder
from onrecord.scoring.ranking.summary import Summary
from onrecord.scoring.ranking.table import best_first, choose, count_repeated_ids, open_table, originals
from onrecord.scoring.ranking.tallies import Publisher, Tables
from onrecord.scoring.report import ModelIdentity

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
        choose(table, options.where)
        rows = _best_first(table, work, output.wanted(recipe))
        written = output.write(rows, finished, suffix, recipe, carried)
        found = by_publisher(table, "chosen", "copies").fetchall() if options.by else []
        repeated = count_repeated_ids(table)
        ((copies,),) = table.execute("SELECT count(*) FROM copies").fetchall()
        if options.report:
            _report(table, work, recipe.model, options.report, failed)
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
        copies=int(copies),
        publishers=tuple(Publisher(*row) for row in found),
    )


def check_report(path: Path) -> None:
    """See before a long run that a report could be written after it.

    Raises:
        InputError: its name is that of no page.
        MissingExtraError: Matplotlib is not installed.
    """
    check_path(path)
    try:
        import matplotlib  # noqa: F401
    except ImportError:
        raise MissingExtraError("--report needs Matplotlib", "pip install 'onrecord[plots]'") from None


def _report(table: "DuckDBPyConnection", work: WorkFolder, model: Model, path: Path, failed: int) -> None:
    """Write the page about a whole ranking."""
    if failed:
        files = f"{glob.escape(str(work.path))}/part-*.errors".replace("'", "''")
        columns = "{reason: 'VARCHAR'}"
        reader = f"read_json('{files}', format = 'newline_delimited', columns = {columns})"
        table.execute(f"CREATE TEMP VIEW failures AS SELECT reason FROM {reader}")
    tables = Tables("chosen", "copies", "failures" if failed else "")
    write_overview(table, tables, ModelIdentity(model.name, model.version, model.sha256), path, date.today())


def _best_first(table: "DuckDBPyConnection", work: WorkFolder, columns: Sequence[str]) -> Iterator[Mapping[str, Any]]:
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
    count = best_first(table, places)
    placed = (
        (place, pickle.dumps([row[name] for name in columns]))
        for row in _with_originals(work.rows(("number", *columns)), originals(table))
        if (place := int(places[row["number"]])) >= 0
    )
    for row in arranged(placed, count, work.path):
        yield dict(zip(columns, pickle.loads(row), strict=True))


def _with_originals(rows: Iterable[dict[str, Any]], copies: Iterator[tuple[int, str]]) -> Iterator[dict[str, Any]]:
    """The rows with the id of the original in `duplicate_of`; both by rising number."""
    number, original = next(copies, (-1, ""))
    for row in rows:
        if row["number"] == number:
            row["duplicate_of"] = original
            number, original = next(copies, (-1, ""))
        yield row
