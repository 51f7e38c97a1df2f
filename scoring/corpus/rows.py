"""The rows of a record file, whatever its format."""

from collections.abc import Iterator
from typing import Any

from onrecord.errors import InputError

# Bytes of one record, decompressed; an article of a million words has a tenth of it.
MAX_RECORD = 50_000_000

# The keys of which a record must have one to be an article.
ARTICLE_KEYS = frozenset({"text", "html", "path", "url"})

# Where a row stands (its line, its number, or its first byte; None for the file as a whole), and the row.
Rows = Iterator[tuple[int | None, dict[str, Any] | InputError]]


def too_large() -> InputError:
    """What is wrong with a record over MAX_RECORD."""
    return InputError(f"the record is larger than {MAX_RECORD:,} bytes", "split it, or leave it out")
