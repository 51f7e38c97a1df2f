"""Counting what an overview shows, by DuckDB over the parts of a ranking, in memory that does not grow with them.

A text that was printed several times counts once, as its original. Scores and points are counted to a tenth of a
point, and means, quartiles and histograms come from these counts.
"""

from typing import TYPE_CHECKING, Any

import numpy as np

from onrecord.scoring.ranking.means import by_publisher
from onrecord.scoring.ranking.tallies import Count, Listed, Publisher, Spread, Tables, Tallies
from onrecord.scoring.report import ModelIdentity

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LISTED_PUBLISHERS = 30
LISTED_ARTICLES = 10
LISTED_COPIED = 5
LISTED_COUNTS = 12


def tally(connection: "DuckDBPyConnection", tables: Tables, model: ModelIdentity) -> Tallies:
    """Count all that an overview shows.

    Args:
        model: that gave the scores.
    """
    texts = f"(FROM {tables.articles} ANTI JOIN {tables.duplicates} USING (number))"
    columns = [row[0] for row in connection.execute(f"DESCRIBE FROM {tables.articles}").fetchall()]
    families = [column for column in columns if column.startswith("points_")]
    publisher_count, publishers = _publishers(connection, tables)
    copied, syndicated, most_copied = _copied(connection, tables)
    failed = _counts(connection, f"SELECT 'failed' AS name FROM {tables.errors}") if tables.errors else ()
    return Tallies(
        articles=_number(connection, f"SELECT count(*) FROM {tables.articles}"),
        texts=_number(connection, f"SELECT count(*) FROM {texts}"),
        copied=copied,
        syndicated=syndicated,
        scores=_spread(connection, "score", texts),
        half_width=_half_width(connection, texts),
        families=tuple(
            (column.removeprefix("points_").replace("_", " "), _spread(connection, f'"{column}"', texts))
            for column in families
        ),
        publisher_count=publisher_count,
        publishers=publishers,
        best=_listed(connection, tables, texts, "DESC"),
        worst=_listed(connection, tables, texts, "ASC"),
        most_copied=most_copied,
        # A reason is a code and a sentence, as `Score.reasons` has it; a note is a code.
        reasons=_counts(
            connection, f"SELECT unnest(regexp_extract_all(reasons, '(?:^|;)([a-z_]+): ', 1)) AS name FROM {texts}"
        ),
        notes=_counts(connection, f"SELECT unnest(string_split(notes, ';')) AS name FROM {texts} WHERE notes <> ''"),
        languages=_counts(connection, f"SELECT language AS name FROM {texts}"),
        errors=_errors(connection, tables.errors),
        failed=failed[0].count if failed else 0,
        model=model,
    )


def _number(connection: "DuckDBPyConnection", query: str) -> int:
    return int(connection.execute(query).fetchall()[0][0])


def _spread(connection: "DuckDBPyConnection", column: str, texts: str) -> Spread:
    """The values of a column over all texts with a score."""
    rows = connection.execute(
        f"SELECT round({column}, 1) AS value, count(*) FROM {texts} "
        f"WHERE score IS NOT NULL AND {column} IS NOT NULL GROUP BY value ORDER BY value"
    ).fetchall()
    return Spread(np.array([row[0] for row in rows], dtype=np.float64), np.array([row[1] for row in rows], np.int64))


def _half_width(connection: "DuckDBPyConnection", texts: str) -> float:
    found = connection.execute(f"SELECT avg(high - low) / 2 FROM {texts} WHERE score IS NOT NULL").fetchall()[0][0]
    return float("nan") if found is None else float(found)


def _counts(connection: "DuckDBPyConnection", names: str) -> tuple[Count, ...]:
    """The most frequent of all names that a query gives, and the others together."""
    rows = connection.execute(
        f"SELECT coalesce(name, '') AS name, count(*) FROM ({names}) GROUP BY ALL ORDER BY count(*) DESC, name"
    )
    found = [Count(str(name), int(count)) for name, count in rows.fetchmany(LISTED_COUNTS)]
    others = 0
    while more := rows.fetchmany(1000):
        others += sum(int(count) for _, count in more)
    return (*found, Count("all others", others)) if others else tuple(found)


def _errors(connection: "DuckDBPyConnection", errors: str) -> tuple[Count, ...]:
    """Reasons without what stands in brackets, which is about the one record."""
    if not errors:
        return ()
    brackets = r"\s*\([^()]*(\([^()]*\)[^()]*)*\)"
    return _counts(connection, f"SELECT regexp_replace(reason, '{brackets}', '', 'g') AS name FROM {errors}")


def _publishers(connection: "DuckDBPyConnection", tables: Tables) -> tuple[int, tuple[Publisher, ...]]:
    """How many publishers are known, and those with the most articles, in the order of their means."""
    known = by_publisher(connection, tables.articles, tables.duplicates).filter("publisher <> ''")
    most = known.order("articles DESC, publisher").limit(LISTED_PUBLISHERS).fetchall()
    found = [Publisher(*row) for row in most]
    found.sort(key=lambda each: (each.few, each.mean is None, -(each.mean or 0.0), each.name))
    count = _number(
        connection, f"SELECT count(*) FROM (SELECT publisher FROM {tables.articles} WHERE publisher <> '' GROUP BY ALL)"
    )
    return count, tuple(found)


_LISTED = """
WITH chosen AS ({chosen}), copies AS (
    SELECT duplicate_of AS number, publisher, count(*) AS copies
    FROM {duplicates} JOIN (SELECT number, publisher FROM {articles}) USING (number)
    WHERE duplicate_of IN (SELECT number FROM chosen) GROUP BY ALL
), printed AS (
    SELECT number, publisher, 0 AS copies FROM chosen UNION ALL SELECT number, publisher, copies FROM copies
), totals AS (
    SELECT number, sum(copies)::BIGINT AS copies, count(DISTINCT nullif(publisher, '')) AS publishers
    FROM printed GROUP BY number
)
SELECT title, url, publisher, score, copies, publishers FROM chosen JOIN totals USING (number)
ORDER BY {order}, number
"""


def _listed(connection: "DuckDBPyConnection", tables: Tables, texts: str, order: str) -> tuple[Listed, ...]:
    """The texts with the highest ("DESC") or the lowest scores ("ASC")."""
    chosen = (
        f"SELECT number, title, url, publisher, score FROM {texts} WHERE score IS NOT NULL "
        f"ORDER BY score {order}, number LIMIT {LISTED_ARTICLES}"
    )
    return _rows(connection, tables, chosen, f"score {order}")


def _rows(connection: "DuckDBPyConnection", tables: Tables, chosen: str, order: str) -> tuple[Listed, ...]:
    query = _LISTED.format(chosen=chosen, order=order, articles=tables.articles, duplicates=tables.duplicates)
    rows: list[tuple[Any, ...]] = connection.execute(query).fetchall()
    return tuple(
        Listed(title or "", url or "", publisher or "", score, copies, publishers)
        for title, url, publisher, score, copies, publishers in rows
    )


def _copied(connection: "DuckDBPyConnection", tables: Tables) -> tuple[int, int, tuple[Listed, ...]]:
    """How many texts were copied, how many by another publisher, and those with the most copies."""
    copied = _number(connection, f"SELECT count(DISTINCT duplicate_of) FROM {tables.duplicates}")
    syndicated = _number(
        connection,
        f"""SELECT count(*) FROM (
            SELECT coalesce(duplicate_of, number) AS original
            FROM (SELECT number, publisher FROM {tables.articles}) LEFT JOIN {tables.duplicates} USING (number)
            WHERE publisher <> '' AND original IN (SELECT duplicate_of FROM {tables.duplicates})
            GROUP BY original HAVING count(DISTINCT publisher) > 1)""",
    )
    chosen = (
        f"SELECT number, title, url, publisher, score FROM {tables.articles} JOIN (SELECT duplicate_of AS number, "
        f"count(*) AS copied FROM {tables.duplicates} GROUP BY ALL ORDER BY copied DESC, number LIMIT {LISTED_COPIED}) "
        "USING (number)"
    )
    return copied, syndicated, _rows(connection, tables, chosen, "copies DESC")
