"""What raters said, in a file that only ever grows: a line an answer, and a line for each that is taken back.

    {"article": "9f...", "rater": "Ann", "rating": 60, "time": "2026-05-04T10:00:00+00:00", "text": ..., "id": ..., ...}
    {"retracts": "9f...", "rater": "Ann", "time": ...}

The file is a label file: `label_set` reads it through `merged`, so an article counts with the mean of what its raters
said last.
"""

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path
from statistics import fmean
from threading import Lock
from typing import Any

from onrecord.errors import InputError, LabelError, UnsavedError
from onrecord.scoring.atomic import flush_folder
from onrecord.scoring.lock import locked
from onrecord.scoring.record import replace_surrogates
from onrecord.training.fingerprints import fingerprint

Row = dict[str, Any]


def ratings_file(articles: Path) -> Path:
    """Where the answers to a file of articles are kept: `next.jsonl.ratings.jsonl` beside `next.jsonl`."""
    return articles.with_name(f"{articles.name}.ratings.jsonl")


def article_key(text: str) -> str:
    """What an answer calls an article: the same for the same words."""
    return f"{fingerprint(text):016x}"


class RatingFile:
    """The answers in a file, which need not exist yet; usable from several threads, and by several processes: each
    reads what the others wrote before it writes.

    Raises:
        LabelError: the file cannot be read, or a line of it is no answer.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = Lock()
        self._forget()
        try:
            data = path.read_bytes()
            self._read(data + b"\n" * _lacks_its_end(data))
        except FileNotFoundError:
            pass
        except OSError as error:
            raise LabelError(f"{path} cannot be read ({error.strerror or error})", "see to that") from error

    def _forget(self) -> None:
        self._latest: dict[str, dict[str, float]] = {}  # by article and rater
        self._done: dict[str, list[str]] = {}  # by rater, what can be undone
        self._lines, self._size = 0, 0  # what of the file is read: whole lines, and their bytes
        self._file = 0  # the number of the file whose name is on the disk

    def add(self, text: str, rater: str, rating: float, about: Mapping[str, Any]) -> None:
        """Write an answer; it is on the disk when this returns.

        Args:
            about: more columns of the line: id, title, publisher.

        Raises:
            UnsavedError: it cannot be written.
        """
        answer = {"article": article_key(text), "rater": rater, "rating": rating, "time": _now()}
        with self._writing() as file:
            self._append(file, {**answer, **about, "text": text})

    def undo(self, rater: str) -> str | None:
        """Take back a rater's last answer that stands; gives the article, or None if there is none.

        Raises:
            UnsavedError: it cannot be written.
        """
        with self._writing() as file:
            done = self._done.get(rater)
            if not done:
                return None
            article = done[-1]
            self._append(file, {"retracts": article, "rater": rater, "time": _now()})
            return article

    def of(self, article: str) -> dict[str, float]:
        """What raters said last of an article."""
        with self._lock:
            return dict(self._latest.get(article, {}))

    def by_article(self) -> list[dict[str, float]]:
        """What raters said last, for each article that has an answer."""
        with self._lock:
            return [dict(found) for found in self._latest.values() if found]

    @contextmanager
    def _writing(self) -> Iterator[FileIO]:
        """The file, of which all that other processes wrote is read, and which nobody else writes to meanwhile.

        What a crash left of a line, which nobody was told of, is cut.
        """
        try:
            with self._lock, locked(self.path), self.path.open("ab+", buffering=0) as file:
                self._catch_up(file)
                yield file
        except OSError as error:
            problem = f"the answer cannot be written to {self.path} ({error.strerror or error})"
            raise UnsavedError(problem, "see to that, and answer again") from error

    def _catch_up(self, file: FileIO) -> None:
        found = os.fstat(file.fileno())
        if found.st_size < self._size or self._file not in (0, found.st_ino):
            self._forget()  # somebody cut the file (or the end of its last line), or put another in its place
        file.seek(self._size)
        data = file.readall()
        if _lacks_its_end(data):
            data += b"\n"[: file.write(b"\n")]
        self._read(data)
        file.truncate(self._size)
        if not self._file:  # also where it was there: who made it may have been killed before this
            flush_folder(self.path.parent)
            self._file = found.st_ino

    def _read(self, data: bytes) -> None:
        """Take in what follows in the file, up to its last whole line."""
        data = data[: data.rfind(b"\n") + 1]
        for number, line in enumerate(data.split(b"\n"), start=self._lines + 1):
            try:
                if line.strip():
                    self._apply(json.loads(line))
            except (KeyError, TypeError, ValueError, AttributeError) as error:
                raise LabelError(f"{self.path} line {number} is no answer", "mend or delete that line") from error
        self._lines += data.count(b"\n")
        self._size += len(data)

    def _apply(self, row: Row) -> None:
        rater, retracted = row["rater"], row.get("retracts")
        done = self._done.setdefault(rater, [])
        if retracted is not None:
            self._latest.get(retracted, {}).pop(rater, None)
            done[:] = [article for article in done if article != retracted]
            return
        article = row["article"]
        self._latest.setdefault(article, {})[rater] = float(row["rating"])
        done[:] = [*(other for other in done if other != article), article]

    def _append(self, file: FileIO, row: Row) -> None:
        """Write a line, all of it or nothing."""
        line = replace_surrogates(json.dumps(row, ensure_ascii=False, allow_nan=False)).encode() + b"\n"
        try:
            written = 0
            while written < len(line):
                written += file.write(line[written:]) or 0
            os.fsync(file.fileno())
        except OSError:
            file.truncate(self._size)
            raise
        self._read(line)


@dataclass(slots=True)
class _Merging:
    """The rows of one article: its first, and what raters said last."""

    number: int
    row: Row
    ratings: dict[str, float] = field(default_factory=dict)


def merged(rows: Iterable[Row | InputError]) -> Iterator[tuple[int, Row | InputError]]:
    """Numbered rows of a label file, in which the rows of raters have become one an article, with their mean.

    A row of a rater has `rater` and `rating`; it stands at the place of the first of its article. The last one that a
    rater gave counts, and none that was taken back. Other rows stay as they are.
    """
    found: dict[str, _Merging] = {}
    plain: list[tuple[int, Row | InputError]] = []
    for number, row in enumerate(rows, start=1):
        if isinstance(row, InputError) or row.get("rater") in (None, ""):
            plain.append((number, row))
        elif row.get("retracts") not in (None, ""):
            if (of := found.get(str(row["retracts"]))) is not None:
                of.ratings.pop(str(row["rater"]), None)
        elif (rating := _rating(row.get("rating"))) is None:
            plain.append((number, row))  # whoever reads it says what is wrong with it
        else:
            key = str(row.get("article") or _own_key(row))
            found.setdefault(key, _Merging(number, row)).ratings[str(row["rater"])] = rating
    rated = [each for each in found.values() if each.ratings]
    means = [(each.number, {**each.row, "rating": fmean(each.ratings.values())}) for each in rated]
    yield from sorted([*plain, *means], key=lambda pair: pair[0])


def _own_key(row: Row) -> str:
    """What tells the article of a row that does not name it."""
    text = row.get("text")
    if isinstance(text, str):
        return article_key(text)
    return next((str(row[key]) for key in ("path", "url", "html") if row.get(key)), "")


def _rating(value: object) -> float | None:
    try:
        number = float(value) if isinstance(value, int | float | str) and not isinstance(value, bool) else -1.0
    except (ValueError, OverflowError):
        return None
    return number if 0 <= number <= 100 else None


def _lacks_its_end(data: bytes) -> bool:
    """Whether all that the last line lacks is its end: an editor may have cut that."""
    try:
        return isinstance(json.loads(data[data.rfind(b"\n") + 1 :]), dict)
    except ValueError:
        return False


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
