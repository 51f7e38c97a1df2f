"""What tests of rankings share; small tables of ranked articles, as the engine writes them."""

import duckdb
import pytest

from onrecord.scoring.report import ModelIdentity

COLUMNS = {
    "number": "BIGINT",
    "id": "VARCHAR",
    "url": "VARCHAR",
    "title": "VARCHAR",
    "domain": "VARCHAR",
    "language": "VARCHAR",
    "words": "BIGINT",
    "score": "DOUBLE",
    "low": "DOUBLE",
    "high": "DOUBLE",
    "abstained": "BOOLEAN",
    "reasons": "VARCHAR",
    "points_attribution": "DOUBLE",
    "points_named_sourcing": "DOUBLE",
    "notes": "VARCHAR",
    "duplicate_of": "VARCHAR",
    "published": "VARCHAR",
    "text": "VARCHAR",
    "publisher": "VARCHAR",
    "signature": "BLOB",
}
MODEL = ModelIdentity("default", "7", "ab12")


def row(number, publisher="roepost.com", score=50.0, published=None, **more):
    """One row of a part; a score of None is an abstention."""
    abstained = score is None
    made = {
        "number": number,
        "id": f"a{number}",
        "url": f"https://www.{publisher}/{number}",
        "title": f"Title {number}",
        "domain": publisher,
        "language": "en",
        "words": 400,
        "score": score,
        "low": None if abstained else max(score - 20, 0),
        "high": None if abstained else min(score + 20, 100),
        "abstained": abstained,
        "reasons": "too_short: 9 words, at least 50 are needed" if abstained else "",
        "points_attribution": 0.0 if abstained else score - 50,
        "points_named_sourcing": 1.0,
        "notes": "",
        "duplicate_of": "",
        "published": published,
        "text": "",
        "publisher": publisher,
        "signature": b"",
    }
    return made | more


@pytest.fixture
def connection():
    with duckdb.connect() as opened:
        yield opened


@pytest.fixture
def store(connection):
    """Make the table `articles` of rows, and `duplicates` of pairs, where they are given."""

    def make(rows, pairs=None):
        columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
        connection.execute(f"CREATE OR REPLACE TABLE articles ({columns})")
        marks = ", ".join("?" * len(COLUMNS))
        for each in rows:
            connection.execute(f"INSERT INTO articles VALUES ({marks})", [each[name] for name in COLUMNS])
        if pairs is not None:
            connection.execute("CREATE OR REPLACE TABLE duplicates (number BIGINT, duplicate_of BIGINT)")
            for pair in pairs:
                connection.execute("INSERT INTO duplicates VALUES (?, ?)", pair)

    return make
