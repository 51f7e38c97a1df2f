"""Near-duplicates in a whole corpus: wire copy, reprints and corrected versions, found without comparing all pairs.

A signature is a MinHash (Broder 1997) of the pairs of words that follow each other in a text. Texts whose signatures
agree in one of BANDS bands are candidates (locality-sensitive hashing: Indyk and Motwani 1998); a candidate whose
signature agrees in BOUND of all places is a near-duplicate. DuckDB does this a few bands at a time, so that the
corpus need not fit in memory.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np

from onrecord.errors import MissingExtraError
from onrecord.features.document import MIN_WORDS
from onrecord.scoring.record import replace_surrogates

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

PERMUTATIONS = 128
BANDS = 32
# The shingles that two texts share, of all that they have. Among 30,999 news articles reprints shared 0.81 or more,
# and other articles, those with the same captions and links around them included, at most 0.66. One word in twenty
# changed leaves about 0.82; a reprint that is cut to less than seven tenths is not found.
BOUND = 0.68
SHINGLE_WORDS = 2
# What follows in a longer text makes no difference.
MAX_CHARACTERS = 1_000_000
# The bands of so many signatures are looked at together: in a small corpus all, in a large one each by itself.
TOGETHER = 50_000

_SEED = 1
_PLACE_BYTES = 2
_SIGNATURE_BYTES = PERMUTATIONS * _PLACE_BYTES
_BAND_BYTES = _SIGNATURE_BYTES // BANDS
_WORD = re.compile(r"\w+")


def signature(text: str) -> bytes:
    """The MinHash signature of a text: PERMUTATIONS unsigned numbers of two bytes, the same on any machine.

    Case, punctuation and layout make no difference.

    Returns:
        b"" for a text of fewer than MIN_WORDS words, which has no duplicates: what it shares with another is a
        caption or a notice.

    Raises:
        MissingExtraError: rensa is not installed.
    """
    try:
        from rensa import CMinHash
    except ImportError:
        raise MissingExtraError("finding duplicates needs rensa", "pip install 'onrecord[bulk]'") from None
    words = _WORD.findall(replace_surrogates(text[:MAX_CHARACTERS]).casefold())
    if len(words) < MIN_WORDS:
        return b""
    hashes = CMinHash(num_perm=PERMUTATIONS, seed=_SEED)
    hashes.update([" ".join(shingle) for shingle in zip(*(words[i:] for i in range(SHINGLE_WORDS)), strict=False)])
    # Two bytes of each number tell different ones apart but for one in 65,536, and take half the room.
    places: bytes = np.array(hashes.digest(), dtype="<u4").astype("<u2").tobytes()
    return places


def similarity(one: bytes, other: bytes) -> float:
    """The share of places in which two signatures agree: their texts' Jaccard similarity, give or take 0.04.

    >>> similarity(bytes(256), bytes(256))
    1.0
    """
    return float(_agreement([one], [other])[0])


def duplicates(connection: "DuckDBPyConnection", table: str, into: str = "duplicates") -> None:
    """Make the temporary table `into`: number and duplicate_of, a row for each near-duplicate of another article.

    What is similar to something in a group belongs to that group, so that no number stands in two, and the order of
    the input makes no difference. The original of a group, which has no row, is the one published first; where two
    have that date, or none has any, the first in the input.

    Args:
        table: a table or view, as SQL names it, with number, signature and published.
        into: the name of the table to make; one of that name is replaced.
    """
    _texts(connection, table)
    with _similarity_in_sql(connection):
        _links(connection)
    _components(connection)
    connection.execute(_GROUPS.format(table=table, into=into))
    for scratch in ("texts", "buckets", "links", "labels"):
        connection.execute(f"DROP TABLE onrecord_{scratch}")


# The earlier of two dates as strings is the earlier one in time: `published` is YYYY-MM-DD.
_GROUPS = """
CREATE OR REPLACE TEMP TABLE {into} AS
WITH grouped AS (
    SELECT text, coalesce(label, text) AS label
    FROM onrecord_texts LEFT JOIN onrecord_labels USING (text) WHERE articles > 1 OR label IS NOT NULL
), members AS (
    SELECT number, label, coalesce(published, '9999') AS published
    FROM (SELECT number, signature, published FROM {table})
    JOIN onrecord_texts USING (signature) JOIN grouped USING (text)
), originals AS (
    SELECT label, arg_min(number, {{'published': published, 'number': number}}) AS duplicate_of
    FROM members GROUP BY label
)
SELECT number, duplicate_of FROM members JOIN originals USING (label) WHERE number <> duplicate_of ORDER BY number
"""


def _texts(connection: "DuckDBPyConnection", table: str) -> None:
    """Distinct signatures: copies to the letter are one text from here on."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE onrecord_texts AS SELECT row_number() OVER () AS text, signature, articles FROM "
        f"(SELECT signature, count(*) AS articles FROM {table} WHERE octet_length(signature) = {_SIGNATURE_BYTES} "
        "GROUP BY signature)"
    )


def _links(connection: "DuckDBPyConnection") -> None:
    """Pairs of similar texts, enough of them to hold each group together.

    In a bucket each text is compared with the first and with the one before it, so that the cost does not grow with
    the square of the bucket. The order in it is that of the signatures, which brings those together that agree in
    other places too, and owes nothing to the order of the input.
    """
    connection.execute("CREATE OR REPLACE TEMP TABLE onrecord_links (one BIGINT, other BIGINT)")
    ((texts,),) = connection.execute("SELECT count(*) FROM onrecord_texts").fetchall()
    step = min(max(1, TOGETHER // max(1, texts)), BANDS)
    for band in range(0, BANDS, step):
        connection.execute(_BUCKETS.format(first=band, end=min(band + step, BANDS), bytes=_BAND_BYTES))
        for near in ("first", "before"):
            connection.execute(
                f"INSERT INTO onrecord_links SELECT {near}.text, text FROM onrecord_buckets "
                f"WHERE {near}.text <> text AND onrecord_similarity({near}.signature, signature) >= {BOUND}"
            )


_BUCKETS = """
CREATE OR REPLACE TEMP TABLE onrecord_buckets AS
WITH banded AS (
    SELECT text, signature, band, signature[band * {bytes} + 1:(band + 1) * {bytes}] AS key
    FROM onrecord_texts, range({first}, {end}) AS bands(band)
), shared AS (SELECT band, key FROM banded GROUP BY band, key HAVING count(*) > 1)
SELECT text, signature,
    first_value({{'text': text, 'signature': signature}}) OVER bucket AS first,
    lag({{'text': text, 'signature': signature}}) OVER bucket AS before
FROM banded SEMI JOIN shared USING (band, key)
WINDOW bucket AS (PARTITION BY band, key ORDER BY signature)
"""


def _components(connection: "DuckDBPyConnection") -> None:
    """A label for each text with a link: the smallest number that can be reached from it.

    In each round a text takes the smallest label next to it, and then the label of its label, so that chains
    shorten by half.
    """
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE onrecord_links AS
        SELECT DISTINCT one, other FROM (FROM onrecord_links UNION ALL SELECT other, one FROM onrecord_links)"""
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE onrecord_labels AS SELECT one AS text, least(one, min(other)) AS label "
        "FROM onrecord_links GROUP BY one"
    )
    changed = True
    while changed:
        connection.execute(
            """CREATE OR REPLACE TEMP TABLE onrecord_next AS
            WITH near AS (
                SELECT one AS text, min(label) AS label
                FROM onrecord_links JOIN onrecord_labels ON other = text GROUP BY one
            ), lower AS (
                SELECT text, least(near.label, held.label) AS label
                FROM near JOIN onrecord_labels AS held USING (text)
            )
            SELECT lower.text, least(lower.label, held.label) AS label
            FROM lower JOIN onrecord_labels AS held ON held.text = lower.label"""
        )
        row = connection.execute(
            "SELECT count(*) FROM onrecord_next AS next JOIN onrecord_labels AS held USING (text) "
            "WHERE next.label <> held.label"
        ).fetchone()
        changed = row is not None and row[0] > 0
        connection.execute("DROP TABLE onrecord_labels")
        connection.execute("ALTER TABLE onrecord_next RENAME TO onrecord_labels")


@contextmanager
def _similarity_in_sql(connection: "DuckDBPyConnection") -> Iterator[None]:
    """Let SQL call `onrecord_similarity(BLOB, BLOB)`, on a vector of pairs at a time."""
    import pyarrow

    def of_columns(one: pyarrow.Array, other: pyarrow.Array) -> pyarrow.Array:
        return pyarrow.array(_agreement(one.to_pylist(), other.to_pylist()))

    # The name of the type as a string: where its enumeration stands differs between versions of DuckDB.
    connection.create_function(  # type: ignore[call-overload]
        "onrecord_similarity", of_columns, ["BLOB", "BLOB"], "DOUBLE", type="arrow"
    )
    try:
        yield
    finally:
        connection.remove_function("onrecord_similarity")


def _agreement(ones: list[bytes], others: list[bytes]) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    one, other = (np.frombuffer(b"".join(side), dtype="<u2").reshape(len(side), -1) for side in (ones, others))
    shares: np.ndarray[tuple[int], np.dtype[np.float64]] = (one == other).mean(axis=1)
    return shares
