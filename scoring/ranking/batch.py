"""From entries of a corpus to finished rows: the one function that every engine calls."""

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from onrecord.errors import OnrecordError
from onrecord.features.document import Article
from onrecord.scoring.corpus import Entry
from onrecord.scoring.model import Model
from onrecord.scoring.pool import Failure
from onrecord.scoring.ranking.duplicates import signature
from onrecord.scoring.ranking.publishers import publisher_of
from onrecord.scoring.record import replace_surrogates, to_record, to_row
from onrecord.scoring.report import Report
from onrecord.scoring.score import score_article, score_articles
from onrecord.scoring.source import read_entry

T = TypeVar("T")

# What `from_record` reads; every other column is carried through.
READ_COLUMNS = frozenset({"id", "url", "title", "text", "html", "published", "date", "authors", "byline"})
_FAULT = "report this article as a fault of onrecord"


@dataclass(frozen=True, slots=True)
class Recipe:
    """All that a finished row depends on, apart from the article.

    Attributes:
        flat: rows for .csv or .parquet; the nested record is then kept only with `evidence`.
        evidence: as in RankOptions.
        text: as in RankOptions.
    """

    model: Model
    flat: bool
    evidence: bool = False
    text: bool = False

    @property
    def nested(self) -> bool:
        """Whether rows have the nested record."""
        return self.evidence or not self.flat


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an entry: the columns of its row (all but its number), or the error record that says why not."""

    row: Mapping[str, Any] | None = None
    error: Mapping[str, str] | None = None


def score_batch(batch: Sequence[Entry], recipe: Recipe) -> list[Outcome]:
    """One outcome an entry, in order. Articles are scored together because that is faster.

    Raises:
        MemoryError: there was not enough for the batch; smaller ones may do.
    """
    articles = [_attempt(entry, partial(read_entry, entry)) for entry in batch]
    reports = _reports(batch, articles, recipe.model)
    return [
        report if isinstance(report, Outcome) else _attempt(entry, partial(_finish, entry, report, recipe))
        for entry, report in zip(batch, reports, strict=True)
    ]


def failed(entry: Entry, failure: Failure) -> Outcome:
    """The outcome of an entry that its process did not survive."""
    if failure.kind == "time":
        return _error(entry, f"the article took longer than {failure.detail}", "leave it out, or shorten it")
    if failure.kind == "memory":
        reason = f"the article needs more memory than {failure.detail}"
        return _error(entry, reason, "leave it out, or use fewer --jobs")
    return _error(entry, f"the article ended the process that read it ({failure.detail})", _FAULT)


def _error(entry: Entry, reason: str, remedy: str) -> Outcome:
    named = {"id": entry.id, "place": entry.place, "reason": reason, "remedy": remedy}
    return Outcome(error={key: replace_surrogates(value) for key, value in named.items()})


def _attempt(entry: Entry, work: Callable[[], T]) -> T | Outcome:
    """What the work gives for an entry, or the outcome that says why it gave nothing."""
    try:
        return work()
    except OnrecordError as error:
        return _error(entry, error.problem, error.remedy)
    except MemoryError:  # other articles of the batch may have taken it
        raise
    except Exception as error:  # the last line of defence of a batch: one article must not end the others
        return _error(entry, f"{type(error).__name__}: {error}", _FAULT)


def _reports(batch: Sequence[Entry], articles: Sequence[Article | Outcome], model: Model) -> list[Report | Outcome]:
    """A report for each article, in the places of the articles; what failed already stays."""
    readable = [article for article in articles if isinstance(article, Article)]
    try:
        reports = iter(score_articles(readable, model))
    except MemoryError:
        raise
    except Exception:  # whatever it was, one by one finds the article that it belongs to
        return [
            article if isinstance(article, Outcome) else _attempt(entry, partial(score_article, article, model))
            for entry, article in zip(batch, articles, strict=True)
        ]
    return [article if isinstance(article, Outcome) else next(reports) for article in articles]


def _finish(entry: Entry, report: Report, recipe: Recipe) -> Outcome:
    """The finished row of a report: see `columns.part_columns`."""
    record = to_record(report)
    flat = to_row(record, replace_surrogates(entry.id))
    nested = record if recipe.evidence else _short(record)
    facts = record["article"]
    row = {
        **flat,
        "publisher": publisher_of(facts["url"] or "", facts["domain"] or _domain(entry)),
        "published": facts["published"],
        "signature": signature(report.article.text),
    }
    if recipe.nested:
        row["record"] = _json(nested)
    if recipe.text:
        row["text"] = replace_surrogates(report.article.text)
    own = {*(flat if recipe.flat else nested), "id", "duplicate_of", *(("text",) if recipe.text else ())}
    if recipe.flat and recipe.evidence:
        own.add("report")
    row["carried"] = _carried(entry.record or {}, own)
    return Outcome(row)


def _domain(entry: Entry) -> str:
    """The domain that a record without a URL gives; "" for none."""
    given = (entry.record or {}).get("domain")
    return given if isinstance(given, str) else ""


def _short(record: Mapping[str, Any]) -> dict[str, Any]:
    """The nested record without evidence."""
    families = [{"name": family["name"], "points": family["points"]} for family in record["families"]]
    short = {key: value for key, value in record.items() if key not in ("attributions", "evidence")}
    return {**short, "families": families}


def _carried(record: Mapping[str, Any], own: set[str]) -> str | None:
    """The columns of an input record that are not read, as a JSON object; names that the output has itself are left."""
    named = ((replace_surrogates(str(key)), value) for key, value in record.items() if key not in READ_COLUMNS)
    kept = {key: _plain(value) for key, value in named if key not in own}
    return _json(kept) if kept else None


def _plain(value: Any) -> Any:
    """A carried value as JSON has it: dates and the like of Parquet as strings, NaN as null."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def _json(value: Mapping[str, Any]) -> str:
    return replace_surrogates(json.dumps(value, ensure_ascii=False, allow_nan=False))
