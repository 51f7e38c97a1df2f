"""What a user names, and which reader it is for."""

import re
import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from io import BufferedReader
from pathlib import Path
from typing import Any

from onrecord.errors import InputError
from onrecord.scoring.corpus.compression import decompressed, explained, faults
from onrecord.scoring.corpus.entry import Entry
from onrecord.scoring.corpus.json_lines import json_lines
from onrecord.scoring.corpus.robots import Robots
from onrecord.scoring.corpus.rows import ARTICLE_KEYS, Rows
from onrecord.scoring.corpus.sites import page_entry, pages
from onrecord.scoring.corpus.tables import csv_rows, parquet_rows
from onrecord.scoring.corpus.warc import warc_rows
from onrecord.scoring.fetch import FetchOptions
from onrecord.scoring.formats import ARTICLES, COMPRESSED, RECORDS, article_format, record_format

STANDARD_INPUT = "-"

_URL = re.compile(r"https?://", re.IGNORECASE)


def is_url(name: str) -> bool:
    """Whether an input is to be fetched."""
    return bool(_URL.match(name))


def entries(inputs: Sequence[str], skip: Collection[Path] = (), options: FetchOptions | None = None) -> Iterator[Entry]:
    """The articles of folders, files, feeds and sitemaps (by their URLs), and standard input ("-": JSON lines).

    A folder is read with all below it, in alphabetical order; files in it that are neither articles nor
    records (`formats`) are passed over. What is broken gives an entry with an error, and reading goes on.
    A record with neither `text` nor `html` stands for the file at its `path` (relative to the folder of
    the file that it is in) or for the page at its `url`. Pages are fetched when their entries are read.

    Args:
        skip: resolved paths that are passed over in folders.
        options: how to fetch.

    Raises:
        InputError: an input is missing, or a file given by name is of another kind.
        MissingExtraError: a format whose library is not installed.
    """
    robots = Robots(options or FetchOptions())
    for name in inputs:
        path = Path(name)
        if is_url(name):
            yield from pages(name, robots)
        elif name == STANDARD_INPUT:
            yield from _of_rows(_standard_input(), "standard input", Path(), robots)
        elif path.is_dir():
            for file in sorted(found for found in path.rglob("*") if _is_input(found)):
                if file.resolve() not in skip:
                    yield from _of_file(file, str(file.relative_to(path)), robots)
        elif not path.exists():
            raise InputError(f"there is no file or folder {name}", "check the path")
        elif _is_input(path):
            yield from _of_file(path, path.name, robots)
        else:
            known = " ".join((*ARTICLES, *RECORDS, *COMPRESSED))
            raise InputError(f"{name} is no corpus", f"give a folder, or one of {known}")


def file_rows(path: Path, needed: Collection[str] = ()) -> Rows:
    """The rows of a record file.

    Args:
        needed: columns of which a table must have one; empty: any will do.

    Raises:
        MissingExtraError: a format whose library is not installed.
    """
    reader, last = record_format(path), path.suffix.lower()

    def read() -> Rows:
        with path.open("rb") as file:
            if reader == ".parquet":
                yield from parquet_rows(file, needed)
            elif reader == ".warc":
                yield from warc_rows(file, last)
            elif reader == ".csv":
                yield from csv_rows(decompressed(file, last), needed)
            else:
                yield from json_lines(decompressed(file, last))

    return _readable(read())


def _standard_input() -> Rows:
    file: Any = sys.stdin.buffer
    return _readable(json_lines(decompressed(file if isinstance(file, BufferedReader) else BufferedReader(file))))


def _readable(rows: Rows) -> Rows:
    """The rows up to where the file cannot be read, then an error."""
    number: int | None = 0
    try:
        for number, row in rows:
            yield number, row
    except faults() as fault:
        yield (number or 0) + 1, explained(fault)


def _is_input(path: Path) -> bool:
    return bool(article_format(path) or record_format(path)) and path.is_file()


def _of_file(path: Path, name: str, robots: Robots) -> Iterator[Entry]:
    if article_format(path):
        return iter((Entry(name, str(path), path=str(path.absolute())),))
    return _of_rows(file_rows(path, ARTICLE_KEYS), str(path), path.parent, robots)


def _of_rows(rows: Rows, source: str, folder: Path, robots: Robots) -> Iterator[Entry]:
    for number, row in rows:
        place = source if number is None else f"{source}:{number}"
        yield Entry(place, place, error=row) if isinstance(row, InputError) else _of_record(row, place, folder, robots)


def _of_record(record: dict[str, Any], place: str, folder: Path, robots: Robots) -> Entry:
    name = str(record["id"]) if record.get("id") not in (None, "") else place
    if not record.keys() & {"text", "html"}:
        path, url = record.get("path"), record.get("url")
        if isinstance(path, str) and path:
            return Entry(name, place, record, path=str((folder / path).absolute()))
        if isinstance(url, str) and url:
            return replace(page_entry(url, place, robots), id=name, record=record)
    return Entry(name, place, record)
