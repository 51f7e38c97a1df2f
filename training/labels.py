"""Labelled articles of any team, row by row: .csv, .jsonl or .parquet, the first two also compressed."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.errors import InputError, LabelError
from onrecord.features import attribution
from onrecord.features.document import MIN_WORDS, Article
from onrecord.features.lexicon import languages
from onrecord.features.own_text import read
from onrecord.scoring.corpus.inputs import file_rows
from onrecord.scoring.extract import from_record
from onrecord.scoring.formats import TABLES, record_format
from onrecord.scoring.source import read_source

# Where a label says only good or bad: the quarter points of the ratings that the default model learnt from.
GOOD, BAD = 65.0, 25.0
_LABELS = {"good": GOOD, "1": GOOD, "true": GOOD, "bad": BAD, "0": BAD, "false": BAD}
TEXT_KEYS = ("text", "html", "path", "url")


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled article. `publisher` groups what must stay on one side of a split; `rating` is nan without a label."""

    id: str
    article: Article
    rating: float
    publisher: str
    record: Mapping[str, Any]


def read_labels(path: str | Path) -> list[Example]:
    """Read labelled articles, each row by itself. (`read_label_set` also reads pairs, and finds what contradicts.)

    A row has `text`, `html`, `path` or `url`, and `rating` (0 to 100) or `label` (good or bad, 1 or 0);
    `overall`, the rubric's own word, is read as `rating`. The publisher is `publisher` or `domain`,
    or else the host of the URL, or else the article itself. A `path` is relative to the label file.

    Raises:
        LabelError: an unreadable file, or a row (named by its number) that lacks a text or a valid label.
    """
    path = Path(path)
    examples = []
    for row, record in enumerate(read_rows(path), start=1):
        where = f"{path} row {row}"
        try:
            example = read_example(record, str(row), path.parent)
            if math.isnan(example.rating):
                raise unlabelled(record)
        except (LabelError, InputError) as error:
            raise LabelError(f"{where}: {error.problem}", error.remedy) from error
        examples.append(example)
    if not examples:
        raise LabelError(f"{path} has no rows", "give at least one labelled article")
    return examples


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a label file as they stand.

    Raises:
        LabelError: the file is missing, of another kind, or a row of it cannot be read.
    """
    for row in attempt_rows(path):
        if isinstance(row, InputError):
            raise LabelError(f"{path}: {row.problem}", row.remedy)
        yield row


def attempt_rows(path: Path) -> Iterator[dict[str, Any] | InputError]:
    """The rows of a label file as they stand, with an error in the place of each that cannot be read.

    Raises:
        LabelError: the file is missing or of another kind.
    """
    if record_format(path) not in TABLES or not path.is_file():
        raise LabelError(f"{path} is no label file", f"give a file in {' '.join(TABLES)}")
    for _, row in file_rows(path):
        yield row


def given(record: Mapping[str, Any], key: str) -> bool:
    """Whether a record has a value under a key; an empty cell is none."""
    return record.get(key) not in (None, "")


def read_example(record: Mapping[str, Any], row: str, folder: Path) -> Example:
    """The article and the rating of a row; a `path` is relative to `folder`.

    Raises:
        LabelError: there is no text, or a rating that is none.
        InputError: the text cannot be read.
    """
    key = next((k for k in TEXT_KEYS if given(record, k)), None)
    if key is None:
        raise LabelError(f"it has none of {', '.join(TEXT_KEYS)}", "give each row an article")
    if key in ("text", "html"):
        article = from_record(record)
    else:
        article = read_source(str(folder / str(record[key])) if key == "path" else str(record[key]))
    name = str(record["id"]) if given(record, "id") else row
    publisher = str(record.get("publisher") or record.get("domain") or article.domain or f"row {name}")
    return Example(name, article, _rating(record), publisher, record)


def unscored(article: Article) -> tuple[str, str] | None:
    """Why an article can have no score, and the remedy; None where it can."""
    document = read(article)
    if document.word_count < MIN_WORDS:
        return f"the text has {document.word_count} words", f"give at least {MIN_WORDS}"
    if document.language not in languages(*attribution.LEXICONS):
        return "the text is in no language that is scored", "leave it out"
    return None


def unlabelled(record: Mapping[str, Any]) -> LabelError:
    """What is wrong with a row without a rating or a label."""
    return LabelError(f"it has no rating and the label {record.get('label')!r}", "give good or bad, 1 or 0")


def _rating(record: Mapping[str, Any]) -> float:
    rating = next((record[k] for k in ("rating", "overall") if given(record, k)), None)
    if rating is not None:
        try:
            value = math.nan if isinstance(rating, bool) else float(rating)
        except (TypeError, ValueError, OverflowError):
            value = math.nan
        if not 0 <= value <= 100:
            raise LabelError(f"it has the rating {repr(rating)[:40]}", "give a number from 0 to 100")
        return value
    if not given(record, "label"):
        return math.nan
    label = str(record["label"]).strip().lower().removesuffix(".0")
    if label not in _LABELS:
        raise unlabelled(record)
    return _LABELS[label]
