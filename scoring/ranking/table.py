"""All parts as one table, in DuckDB: what is sorted, counted and grouped need not fit in memory."""

import glob
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onrecord.errors import InputError, MissingExtraError
from onrecord.scoring.ranking.columns import part_schema
from onrecord.scoring.ranking.duplicates import duplicates

if TYPE_CHECKING:
    import duckdb
    import numpy as np

MEMORY = "800MB"
ROWS = 10_000  # fetched at a time
BEST_FIRST = "score DESC NULLS LAST, number"


def check_installed() -> None:
    """See that what ranking needs is there.

    Raises:
        MissingExtraError: it is not.
    """
    try:
        import duckdb  # noqa: F401
        import pyarrow  # noqa: F401
        import rensa  # noqa: F401
    except ImportError as error:
        raise MissingExtraError(f"ranking needs {error.name}", "pip install 'onrecord[bulk]'") from None


@contextmanager
def open_table(folder: Path, nested: bool, text: bool) -> Iterator["duckdb.DuckDBPyConnection"]:
    """A connection with the tables of a ranking.

    `articles` has the columns of `columns.part_schema`, a row an article that was read, with the id of the original in
    `duplicate_of`; `copies` has `number`, `duplicate_of` (a number too) and `original_id` of each near-duplicate.

    Args:
        folder: of the parts; what does not fit in memory is put there as well.
    """
    import duckdb

    settings = {"memory_limit": MEMORY, "threads": "1", "temp_directory": str(folder / "spilled")}
    with duckdb.connect(config={**settings}) as connection:
        if any(folder.glob("part-*.rows")):
            files = f"{glob.escape(str(folder))}/part-*.rows".replace("'", "''")
            connection.execute(f"CREATE VIEW parts AS SELECT * FROM read_parquet('{files}')")
        else:
            connection.register("parts", part_schema(nested, text).empty_table())
        duplicates(connection, "parts")
        connection.execute(_COPIES)
        connection.execute(_ARTICLES)
        yield connection


_COPIES = """
CREATE TEMP TABLE copies AS
SELECT duplicates.number, duplicates.duplicate_of, parts.id AS original_id
FROM duplicates JOIN parts ON parts.number = duplicates.duplicate_of
"""
_ARTICLES = """
CREATE TEMP VIEW articles AS
SELECT parts.* REPLACE (coalesce(original_id, '') AS duplicate_of)
FROM parts LEFT JOIN (SELECT number, original_id FROM copies) USING (number)
"""


def choose(connection: "duckdb.DuckDBPyConnection", where: str) -> None:
    """Make the view `chosen`: the articles for which a condition that `check_where` has seen is true; "" for all."""
    condition = f"WHERE ({where}\n)" if where else ""  # the line break ends a comment in it
    connection.execute(f"CREATE OR REPLACE TEMP VIEW chosen AS SELECT * FROM articles {condition}")


def originals(connection: "duckdb.DuckDBPyConnection") -> Iterator[tuple[int, str]]:
    """Number and original's id of each near-duplicate, by rising number."""
    cursor = connection.execute("SELECT number, original_id FROM copies ORDER BY number")
    while rows := cursor.fetchmany(ROWS):
        yield from rows


def check_where(where: str) -> None:
    """See that an expression can choose articles.

    Raises:
        InputError: it is not one SQL expression over the flat columns that is true or false.
    """
    import duckdb

    remedy = "give one such as \"score < 30 and language = 'en'\" over the columns of .csv"
    with duckdb.connect() as connection:
        connection.register("articles", part_schema(nested=False, text=False).empty_table())
        articles = connection.table("articles")
        try:
            articles.filter(where)  # takes exactly one expression, and no aggregates
            (kind,) = articles.project(f"({where}\n)").types
        except (duckdb.Error, ValueError) as error:
            reason = str(error).strip().splitlines()[0]
            raise InputError(f"--where {where!r} is no condition ({reason})", remedy) from None
    if kind != "BOOLEAN":
        raise InputError(f"--where {where!r} is {str(kind).lower()}, neither true nor false", remedy)


def best_first(connection: "duckdb.DuckDBPyConnection", places: "np.ndarray[Any, Any]") -> int:
    """Find the place of each article in `chosen`: best first, not scored last, equal ones in the order of the input.

    Args:
        places: (n,) numbers, which become the place of each article by its number, where it has one.

    Returns:
        How many have a place.
    """
    cursor = connection.execute(f"SELECT number FROM chosen ORDER BY {BEST_FIRST}")
    place = 0
    while rows := cursor.fetchmany(ROWS):
        places[[number for (number,) in rows]] = range(place, place + len(rows))
        place += len(rows)
    return place


def count_repeated_ids(connection: "duckdb.DuckDBPyConnection") -> int:
    """How many articles have the id of an article before them."""
    repeated = "SELECT count(*) - 1 AS more FROM articles GROUP BY id HAVING count(*) > 1"
    (found,) = connection.execute(f"SELECT coalesce(sum(more), 0) FROM ({repeated})").fetchall()
    return int(found[0])
