"""Reading a corpus: one entry an article, in order, never the whole file in memory."""

import csv
import json
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.errors import InputError, MissingExtraError

RECORD_FILES = (".jsonl", ".csv", ".parquet")
ARTICLE_FILES = (".html", ".htm", ".txt", ".md", ".json")


@dataclass(frozen=True, slots=True)
class Entry:
    """One article to be read.

    Attributes:
        id: the record's own, or else its place.
        place: where it stands: `corpus.jsonl:7`, or the path of a file.
        record: the record; None where the article is a file of its own, or `error` says what is wrong.
        path: the file, absolute, if the article is one.
        error: why there is no record.
    """

    id: str
    place: str
    record: Mapping[str, Any] | None = None
    path: str | None = None
    error: InputError | None = None


def entries(inputs: Sequence[str], skip: Collection[Path] = ()) -> Iterator[Entry]:
    """The articles of folders, article files (.html .htm .txt .md .json) and record files (.jsonl .csv .parquet).

    A folder is read with all below it, in alphabetical order; other files in it are passed over. A
    broken line, or a file that cannot be opened, gives an entry with an error.

    Args:
        skip: resolved paths that are passed over in folders.

    Raises:
        InputError: an input is missing, or a file given by name is of another kind.
        MissingExtraError: .parquet without PyArrow.
    """
    for name in inputs:
        path = Path(name)
        if path.is_dir():
            for file in sorted(found for found in path.rglob("*") if _is_input(found)):
                if file.resolve() not in skip:
                    yield from _file(file, str(file.relative_to(path)))
        elif not path.exists():
            raise InputError(f"there is no file or folder {name}", "check the path")
        elif _is_input(path):
            yield from _file(path, path.name)
        else:
            raise InputError(
                f"{name} is no corpus", f"give a folder, or one of {' '.join(ARTICLE_FILES + RECORD_FILES)}"
            )


def _is_input(path: Path) -> bool:
    return path.suffix.lower() in ARTICLE_FILES + RECORD_FILES and path.is_file()


def _file(path: Path, name: str) -> Iterator[Entry]:
    suffix = path.suffix.lower()
    if suffix in ARTICLE_FILES:
        yield Entry(name, str(path), path=str(path.absolute()))
        return
    reader = {".jsonl": _jsonl, ".csv": _csv, ".parquet": _parquet}[suffix]
    for line, row in _readable(reader(path)):
        place = f"{path}:{line}"
        if isinstance(row, InputError):
            yield Entry(place, place, error=row)
        else:
            yield Entry(str(row["id"]) if row.get("id") not in (None, "") else place, place, record=row)


Rows = Iterator[tuple[int, dict[str, Any] | InputError]]


def _readable(rows: Rows) -> Rows:
    """The rows up to where the file cannot be read, then an error."""
    number = 0
    try:
        for number, row in rows:
            yield number, row
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        yield number + 1, InputError(f"the file cannot be read ({reason})", "check its permissions")


def _jsonl(path: Path) -> Rows:
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            try:
                row = json.loads(line.decode("utf-8-sig"))
            except (ValueError, RecursionError) as error:
                problem = f"the line is not valid JSON ({error})"
                yield number, InputError(problem, "write one JSON object a line, in UTF-8")
                continue
            if isinstance(row, dict):
                yield number, row
            else:
                yield number, InputError(f"the line is a JSON {type(row).__name__}", "write one JSON object a line")


def _csv(path: Path) -> Rows:
    csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    # What is not UTF-8 becomes lone surrogates here, and so a note on the article.
    with path.open(newline="", encoding="utf-8-sig", errors="surrogateescape") as file:
        reader = csv.DictReader(file)
        while True:
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                problem = f"the row is not valid CSV ({error})"
                yield reader.line_num, InputError(problem, "quote fields that hold newlines")
                continue
            if None in row:
                problem = "the row has more fields than the header"
                yield reader.line_num, InputError(problem, "quote fields that hold commas")
            else:
                yield reader.line_num, dict(row)


def _parquet(path: Path) -> Rows:
    try:
        import pyarrow
        import pyarrow.parquet as parquet
    except ImportError:
        raise MissingExtraError("reading .parquet needs PyArrow", "pip install 'onrecord[bulk]'") from None
    number = 0
    with path.open("rb") as file:
        try:
            for batch in parquet.ParquetFile(file).iter_batches(batch_size=256):
                for row in batch.to_pylist():
                    number += 1
                    yield number, row
        except (pyarrow.ArrowException, OSError) as error:
            yield number + 1, InputError(f"the file is damaged ({str(error).splitlines()[0]})", "write it again")
