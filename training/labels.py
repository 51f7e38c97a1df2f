"""Labelled articles of any team: .csv, .jsonl or .parquet."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.errors import InputError, LabelError
from onrecord.features.document import Article
from onrecord.scoring.corpus import RECORD_FILES, entries
from onrecord.scoring.extract import from_record
from onrecord.scoring.source import read_source

# Where a label says only good or bad: the quarter points of the ratings that the default model learnt from.
GOOD, BAD = 65.0, 25.0
_LABELS = {"good": GOOD, "1": GOOD, "true": GOOD, "bad": BAD, "0": BAD, "false": BAD}
_TEXT_KEYS = ("text", "html", "path", "url")


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled article. `publisher` groups what must stay on one side of a split."""

    id: str
    article: Article
    rating: float
    publisher: str
    record: Mapping[str, Any]


def read_labels(path: str | Path) -> list[Example]:
    """Read labelled articles.

    A row has `text`, `html`, `path` or `url`, and `rating` (0 to 100) or `label` (good or bad, 1 or 0);
    `overall`, the rubric's own word, is read as `rating`. The publisher is `publisher` or `domain`,
    or else the host of the URL, or else the article itself. A `path` is relative to the label file.

    Raises:
        LabelError: an unreadable file, or a row (named by its number) that lacks a text or a valid label.
    """
    path = Path(path)
    examples = [_example(record, row, path) for row, record in enumerate(read_rows(path), start=1)]
    if not examples:
        raise LabelError(f"{path} has no rows", "give at least one labelled article")
    return examples


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a label file as they stand.

    Raises:
        LabelError: the file is missing, of another kind, or a row of it cannot be read.
    """
    if path.suffix.lower() not in RECORD_FILES or not path.is_file():
        raise LabelError(f"{path} is no label file", f"give a file in {' '.join(RECORD_FILES)}")
    for entry in entries([str(path)]):
        if entry.record is None:
            problem, remedy = (entry.error.problem, entry.error.remedy) if entry.error else ("no record", "check it")
            raise LabelError(f"{entry.place}: {problem}", remedy)
        yield dict(entry.record)


def _example(record: dict[str, Any], row: int, path: Path) -> Example:
    where = f"{path} row {row}"
    key = next((k for k in _TEXT_KEYS if record.get(k) not in (None, "")), None)
    if key is None:
        raise LabelError(f"{where} has none of {', '.join(_TEXT_KEYS)}", "give each row an article")
    try:
        if key in ("text", "html"):
            article = from_record(record)
        else:
            article = read_source(str(path.parent / str(record[key])) if key == "path" else str(record[key]))
    except InputError as error:
        raise LabelError(f"{where}: {error.problem}", error.remedy) from error
    name = str(record.get("id") or row)
    publisher = str(record.get("publisher") or record.get("domain") or article.domain or f"row {name}")
    return Example(name, article, _rating(record, where), publisher, record)


def _rating(record: dict[str, Any], where: str) -> float:
    rating = next((record[k] for k in ("rating", "overall") if record.get(k) not in (None, "")), None)
    if rating is not None:
        try:
            value = float("nan") if isinstance(rating, bool) else float(rating)
        except (TypeError, ValueError, OverflowError):
            value = float("nan")
        if not 0 <= value <= 100:
            raise LabelError(f"{where} has the rating {rating!r}", "give a number from 0 to 100")
        return value
    label = str(record.get("label", "")).strip().lower().removesuffix(".0")
    if label not in _LABELS:
        raise LabelError(f"{where} has no rating and the label {record.get('label')!r}", "give good or bad, 1 or 0")
    return _LABELS[label]
