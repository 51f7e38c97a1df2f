"""Tables: CSV and Parquet."""

import csv
import sys
from collections.abc import Collection, Iterator, Sequence
from io import BufferedIOBase, TextIOWrapper
from typing import Any, BinaryIO

from onrecord.errors import InputError, MissingExtraError
from onrecord.scoring.corpus import rows
from onrecord.scoring.corpus.rows import Rows, too_large

BATCH = 64  # rows of a Parquet file that are in memory at a time


def csv_rows(file: BufferedIOBase, needed: Collection[str]) -> Rows:
    """The rows of a CSV file, each with the line on which it begins. Closes the file at the end.

    Args:
        needed: columns of which there must be one; if there is none, that is one error and all. Empty: any will do.
    """
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    source: Any = file
    # What is not UTF-8 becomes lone surrogates here, and so a note on the article.
    with TextIOWrapper(source, newline="", encoding="utf-8-sig", errors="surrogateescape") as text:
        lines = _Lines(text)
        header: list[str] = []
        for line, fields in _csv_fields(lines):
            if header:
                yield line, fields if isinstance(fields, InputError) else _record(header, fields, lines.ended)
                continue
            problem = fields if isinstance(fields, InputError) else _missing_columns(fields, needed)
            if problem:
                yield None, problem
                return
            header = fields


def _csv_fields(lines: "_Lines") -> Iterator[tuple[int, Any]]:
    """Each row that is not blank: a list of fields, or an error."""
    # Strictly: or else a quotation mark that is never closed would take in the rest of the file.
    reader = csv.reader(lines, strict=True)
    while True:
        lines.begin_row()
        try:
            fields = next(reader)
        except StopIteration:
            return
        except _TooLargeError:
            yield lines.row, too_large()
        except csv.Error as error:
            remedy = "quote fields that hold commas, newlines or quotes, and double these"
            yield lines.row, InputError(f"the row is not valid CSV ({error})", remedy)
        else:
            if fields:
                yield lines.row, fields


def _record(header: Sequence[str], fields: Sequence[str], ended: bool) -> dict[str, Any] | InputError:
    if len(fields) > len(header):
        return InputError("the row has more fields than the header", "quote fields that hold commas")
    if len(fields) < len(header) and not ended:
        return InputError("the file is cut short: its last row does not end", "copy or download it again")
    return dict(zip(header, (*fields, *[None] * (len(header) - len(fields))), strict=True))


def _missing_columns(names: Sequence[str], needed: Collection[str]) -> InputError | None:
    if not needed or set(needed) & set(names):
        return None
    shown = ", ".join(name[:40] for name in names[:10]) + (", ..." if len(names) > 10 else "")
    problem = f"the table has no column {', '.join(sorted(needed))} (it has {shown or 'no columns'})"
    return InputError(problem, "name the column with the articles 'text', or 'html' if they are pages")


class _TooLargeError(Exception):
    """A row over MAX_RECORD."""


class _Lines(Iterator[str]):
    """The lines of a CSV file. A row that grows too large is passed by, up to where it ends."""

    def __init__(self, text: TextIOWrapper) -> None:
        self._text = text
        self._size = 0  # characters of the row so far
        self._open = False  # the row stands within quotation marks
        self._line = 0
        self.row = 0
        self.ended = True

    def begin_row(self) -> None:
        """Count from here."""
        self._size, self._open, self.row = 0, False, self._line + 1

    def __next__(self) -> str:
        """The next line.

        Raises:
            _TooLargeError: the row is too large; the next line is that after it.
        """
        line = self._text.readline(rows.MAX_RECORD + 1)
        if not line:
            raise StopIteration
        self._note(line)
        if self._size > rows.MAX_RECORD:
            while (self._open or not self.ended) and (piece := self._text.readline(1 << 16)):
                self._note(piece)
            raise _TooLargeError
        return line

    def _note(self, piece: str) -> None:
        self._size += len(piece)
        self._open ^= piece.count('"') % 2 == 1
        self.ended = piece.endswith(("\n", "\r"))
        self._line += self.ended


def parquet_rows(file: BinaryIO, needed: Collection[str]) -> Rows:
    """The rows of a Parquet file with their numbers; `needed` as in `csv_rows`. Damage in a row group costs no other.

    Raises:
        MissingExtraError: without PyArrow.
    """
    try:
        import pyarrow
        from pyarrow.parquet import ParquetFile
    except ImportError:
        raise MissingExtraError("reading .parquet needs PyArrow", "pip install 'onrecord[bulk]'") from None
    damage = (pyarrow.ArrowException, OSError, ValueError)
    try:
        table = ParquetFile(file, buffer_size=1 << 20)
        names = table.schema_arrow.names
    except damage as error:
        yield None, _damaged("the file", error)
        return
    if missing := _missing_columns(names, needed):
        yield None, missing
        return
    done = 0  # rows of the groups before
    for group in range(table.num_row_groups):
        number = done
        try:
            for batch in table.iter_batches(batch_size=BATCH, row_groups=[group]):
                for row in _batch(batch):
                    number += 1
                    yield number, row
        except damage as error:
            yield number + 1, _damaged("what is left of the row group", error)
        done += table.metadata.row_group(group).num_rows


def _damaged(what: str, error: Exception) -> InputError:
    reason = (str(error).splitlines() or [type(error).__name__])[0]
    return InputError(f"{what} is damaged or cut short ({reason})", "copy or download the file again")


def _batch(batch: Any) -> Iterator[dict[str, Any] | InputError]:
    """The rows of a record batch; all at once if that is sure to go well, as that is faster."""
    if batch.nbytes <= rows.MAX_RECORD:
        try:
            yield from batch.to_pylist()
            return
        except (ValueError, OverflowError):  # the row that it is about is found below
            pass
    for k in range(batch.num_rows):
        row = batch.slice(k, 1)
        try:
            yield too_large() if row.nbytes > rows.MAX_RECORD else row.to_pylist()[0]
        except (ValueError, OverflowError) as error:
            yield InputError(f"the row holds a value that cannot be read ({error})", "write the column as text")
