"""Rankings on disk, as the corpus page looks at them: a part of a Parquet file, sorted and chosen by DuckDB."""

import glob
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.errors import InputError, MissingExtraError
from onrecord.scoring.ranking.columns import flat_columns

if TYPE_CHECKING:
    import duckdb

PAGE = 50
BINS = 20
MEMORY = "500MB"
_NEEDED = ("id", "title", "url", "domain", "score", "words")


@dataclass(frozen=True, slots=True)
class Choice:
    """Which articles, and in which order.

    Attributes:
        sort: a column of the ranking.
        low, high: the score is in this range; None for no bound (then also those without a score).
        words: stands in the title, the id or the domain, whatever its case.
        offset: how many are passed over.
    """

    sort: str = "score"
    rising: bool = False
    low: float | None = None
    high: float | None = None
    words: str = ""
    offset: int = 0


@dataclass(frozen=True, slots=True)
class View:
    """A page of a ranking.

    Attributes:
        rows: PAGE at most, each with its `number` in the file.
        total: how many are chosen.
        bins: of those, how many have a score in each BINS-th of the scale.
        opens: whether articles can be opened.
    """

    rows: list[dict[str, Any]]
    total: int
    bins: list[int]
    opens: bool


class Ranking:
    """A ranked Parquet file.

    Raises:
        InputError: it is no Parquet file, or has not the columns of a ranking.
        MissingExtraError: DuckDB is not installed.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        if path.suffix.lower() != ".parquet" or not path.is_file():
            raise InputError(f"{path} is no ranking", "give a .parquet file that `onrecord rank` wrote")
        with self._open() as connection:
            self.columns = [row[0] for row in connection.execute("DESCRIBE articles").fetchall()]
        missing = [name for name in _NEEDED if name not in self.columns]
        if missing:
            raise InputError(f"{path} has no column {missing[0]!r}", "give a file that `onrecord rank` wrote")

    @property
    def sortable(self) -> list[str]:
        """The columns that rows can be sorted by."""
        return [name for name in flat_columns() if name in self.columns]

    def view(self, choice: Choice) -> View:
        """A page of it.

        Raises:
            InputError: it cannot be sorted so, or the file cannot be read any more.
        """
        if choice.sort not in self.sortable:
            raise InputError(f"there is no column {choice.sort[:40]!r}", f"sort by one of {', '.join(self.sortable)}")
        where, values = _where(choice)
        shown = ", ".join(f'"{name}"' for name in ("number", *_NEEDED, *_also(self.columns)))
        order = f'"{choice.sort}" {"ASC" if choice.rising else "DESC"} NULLS LAST, number'
        with self._open() as connection:
            cursor = connection.execute(
                f"SELECT {shown} FROM articles WHERE {where} ORDER BY {order} LIMIT {PAGE} OFFSET ?",
                [*values, max(0, choice.offset)],
            )
            rows = list(_dicts(cursor))
            bins = dict(connection.execute(_HISTOGRAM.format(where=where), values).fetchall())
            (total,) = connection.execute(f"SELECT count(*) FROM articles WHERE {where}", values).fetchall()[0]
        opens = "text" in self.columns or "report" in self.columns
        return View(rows, int(total), [int(bins.get(k, 0)) for k in range(BINS)], opens)

    def article(self, number: int) -> dict[str, Any]:
        """Everything that the file has of one article.

        Raises:
            InputError: there is no such row.
        """
        with self._open() as connection:
            found = list(_dicts(connection.execute("SELECT * FROM articles WHERE number = ?", [number])))
        if not found:
            raise InputError(f"{self.path.name} has no row {number}", "go back to the corpus")
        return found[0]

    @contextmanager
    def _open(self) -> Iterator["duckdb.DuckDBPyConnection"]:
        try:
            import duckdb
        except ImportError:
            raise MissingExtraError("looking at a ranking needs DuckDB", "pip install 'onrecord[bulk]'") from None
        try:
            with duckdb.connect(config={"memory_limit": MEMORY, "threads": "1"}) as connection:
                file = glob.escape(str(self.path)).replace("'", "''")
                connection.execute(
                    "CREATE TEMP VIEW articles AS SELECT * EXCLUDE (file_row_number), file_row_number AS number "
                    f"FROM read_parquet('{file}', file_row_number = true)"
                )
                yield connection
        except duckdb.Error as error:
            reason = str(error).strip().splitlines()[0]
            raise InputError(f"{self.path} cannot be read ({reason})", "rank the corpus again") from error


_HISTOGRAM = (
    "SELECT least(CAST(floor(score / 100 * " + str(BINS) + ") AS INTEGER), " + str(BINS - 1) + ") AS bin, count(*) "
    "FROM articles WHERE {where} AND score IS NOT NULL GROUP BY bin"
)


def _where(choice: Choice) -> tuple[str, Sequence[Any]]:
    conditions: list[str] = ["true"]
    values: list[Any] = []
    for bound, sign in ((choice.low, ">="), (choice.high, "<=")):
        if bound is not None:
            conditions.append(f"score {sign} ?")
            values.append(bound)
    if choice.words:
        conditions.append("contains(lower(concat_ws(' ', title, id, domain)), lower(?))")
        values.append(choice.words)
    return " AND ".join(conditions), values


def _also(columns: Sequence[str]) -> list[str]:
    return [name for name in ("low", "high", "genre", "duplicate_of") if name in columns]


def _dicts(cursor: "duckdb.DuckDBPyConnection") -> Iterator[dict[str, Any]]:
    names = [column[0] for column in cursor.description or ()]
    return (dict(zip(names, row, strict=True)) for row in cursor.fetchall())


def named(paths: Sequence[Path]) -> Mapping[str, Ranking]:
    """Rankings by what pages call them: the name of the file, or all of the path where two have the same.

    Raises:
        InputError: one is no ranking.
    """
    names = [path.name for path in paths]
    return {path.name if names.count(path.name) == 1 else str(path): Ranking(path) for path in paths}
