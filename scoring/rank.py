"""Ranking a corpus: one article in, exactly one record out, in the output or in its error file."""

import csv
import json
import math
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, TypeVar

from onrecord.errors import InputError, OnrecordError
from onrecord.features.document import Article
from onrecord.scoring.corpus import Entry, entries
from onrecord.scoring.model import DEFAULT, Model, load_model, locate
from onrecord.scoring.record import replace_surrogates, to_record, to_row
from onrecord.scoring.report import Report
from onrecord.scoring.score import score_article, score_articles
from onrecord.scoring.source import read_entry

T = TypeVar("T")

BATCH = 32
_READ_COLUMNS = frozenset({"id", "url", "title", "text", "html", "published", "date", "authors", "byline"})


@dataclass(frozen=True, slots=True)
class RankOptions:
    """How to rank.

    Attributes:
        model: a model's name or folder.
        jobs: processes; -1 for every core.
        evidence: add attributions, evidence and single features (.csv: the nested record as JSON).
        text: add the text that offsets refer to.
    """

    model: str = DEFAULT
    jobs: int = -1
    evidence: bool = False
    text: bool = False


@dataclass(frozen=True, slots=True)
class Ranked:
    """What is remembered of an article for ranking; `offset` is its place in the unsorted output."""

    id: str
    title: str
    publisher: str
    score: float | None
    offset: int


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did: the articles, the best first, how many failed, and the file that names these (or None)."""

    ranked: tuple[Ranked, ...]
    errors: int
    error_file: Path | None


@dataclass(frozen=True, slots=True)
class Publisher:
    """A publisher in a corpus: `mean` is None when the model abstained on all of it."""

    name: str
    articles: int
    scored: int
    mean: float | None


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of an entry: a finished line for the output or the error file, and what ranking needs of it."""

    line: bytes
    failed: bool
    id: str = ""
    title: str = ""
    publisher: str = ""
    score: float | None = None
    columns: tuple[str, ...] = ()


def rank(
    inputs: Sequence[str],
    out: Path,
    options: RankOptions | None = None,
    progress: Callable[[int], None] | None = None,
) -> Summary:
    """Score all articles of the inputs and write them to `out`, the best first, those not scored last.

    Both files appear when all is done, or not at all. In a folder, those of an earlier run are passed over.

    Args:
        inputs: folders and files, as `corpus.entries` reads them.
        out: a .jsonl or .csv file. Errors go to `OUT.errors.jsonl`, which appears only if there are any.
        progress: called with the number of articles done, as they are done.

    Raises:
        InputError: an input is missing, or `out` has another suffix, is an input, or cannot be written.
        ModelError: the model cannot be loaded.
    """
    options = options or RankOptions()
    errors = out.with_name(out.name + ".errors.jsonl")
    _check_out(inputs, out, errors)
    load_model(options.model)
    options = replace(options, model=str(locate(options.model).absolute()))  # a worker may stand in another folder
    outcomes = _outcomes(inputs, {out.resolve(), errors.resolve()}, options, out.suffix.lower() == ".csv")
    try:
        # No suffix that `entries` would read: the folder of the output may be an input.
        with TemporaryDirectory(prefix=f".{out.name}.", dir=out.parent) as folder:
            unsorted, failed, finished = (Path(folder, name) for name in ("unsorted", "errors", "finished"))
            with unsorted.open("w+b") as part:
                with failed.open("wb") as error_lines:
                    ranked, failures, columns = _run(outcomes, part, error_lines, progress)
                ranked.sort(key=lambda article: (article.score is None, -(article.score or 0.0), article.offset))
                lines = (_line_at(part, article.offset) for article in ranked)
                _write_csv(lines, finished, columns) if out.suffix.lower() == ".csv" else _write_jsonl(lines, finished)
            finished.replace(out)
            if failures:
                failed.replace(errors)
            else:
                errors.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(f"{out} cannot be written ({error.strerror or error})", "choose another place") from error
    return Summary(tuple(ranked), failures, errors if failures else None)


def by_publisher(summary: Summary) -> list[Publisher]:
    """Publishers by their mean score, the best first."""
    groups: dict[str, list[float | None]] = defaultdict(list)
    for article in summary.ranked:
        groups[article.publisher or "(unknown)"].append(article.score)
    found = []
    for name, scores in groups.items():
        known = [s for s in scores if s is not None]
        found.append(Publisher(name, len(scores), len(known), sum(known) / len(known) if known else None))
    return sorted(found, key=lambda p: (p.mean is None, -(p.mean or 0.0), p.name))


def _check_out(inputs: Sequence[str], out: Path, errors: Path) -> None:
    if out.suffix.lower() not in (".jsonl", ".csv"):
        raise InputError(f"{out} is no output file", "give a name that ends in .jsonl or .csv")
    if out.is_dir():
        raise InputError(f"{out} is a folder", "choose another name")
    for name in inputs:
        if Path(name).resolve() in (out.resolve(), errors.resolve()):
            raise InputError(f"{name} is an input, and would be overwritten", "choose another name for the output")


def _outcomes(inputs: Sequence[str], skip: Collection[Path], options: RankOptions, flat: bool) -> Iterator[_Outcome]:
    """One outcome an entry, in order."""
    from joblib import Parallel, delayed

    source = entries(inputs, skip)
    batches: Iterable[list[Entry]] = iter(lambda: list(islice(source, BATCH)), [])
    results = Parallel(n_jobs=options.jobs, return_as="generator", pre_dispatch="2*n_jobs")(
        delayed(_batch)(batch, options, flat) for batch in batches
    )
    for batch in results:
        yield from batch


def _batch(batch: Sequence[Entry], options: RankOptions, flat: bool) -> list[_Outcome]:
    """Outcomes of entries, whose articles are scored together because that is faster."""
    model = load_model(options.model)
    articles = [_attempt(entry, partial(read_entry, entry)) for entry in batch]
    reports = _reports(batch, articles, model)
    return [
        report if isinstance(report, _Outcome) else _attempt(entry, partial(_finish, entry, report, options, flat))
        for entry, report in zip(batch, reports, strict=True)
    ]


def _attempt(entry: Entry, work: Callable[[], T]) -> T | _Outcome:
    """What the work gives for an entry, or the outcome that says why it gave nothing."""
    try:
        return work()
    except OnrecordError as error:
        problem, remedy = error.problem, error.remedy
    except Exception as error:  # the last line of defence of a batch: one article must not end the others
        problem, remedy = f"{type(error).__name__}: {error}", "report this article as a fault of onrecord"
    return _Outcome(_line({"id": entry.id, "place": entry.place, "reason": problem, "remedy": remedy}), failed=True)


def _reports(batch: Sequence[Entry], articles: Sequence[Article | _Outcome], model: Model) -> list[Report | _Outcome]:
    """A report for each article, in the places of the articles; what failed already stays."""
    readable = [article for article in articles if isinstance(article, Article)]
    try:
        reports = iter(score_articles(readable, model))
    except Exception:  # whatever it was, one by one finds the article that it belongs to
        return [
            article if isinstance(article, _Outcome) else _attempt(entry, partial(score_article, article, model))
            for entry, article in zip(batch, articles, strict=True)
        ]
    return [article if isinstance(article, _Outcome) else next(reports) for article in articles]


def _finish(entry: Entry, report: Report, options: RankOptions, flat: bool) -> _Outcome:
    """A finished line from a report."""
    carried = {str(k): _plain(v) for k, v in (entry.record or {}).items() if k not in _READ_COLUMNS}
    record = to_record(report)
    own = _flat(record, entry.id, options) if flat else _nested(record, entry.id, options)
    if options.text:
        own["text"] = report.article.text
    facts, score = record["article"], record["score"]
    columns = (*own, *(name for name in carried if name not in own)) if flat else ()
    line = _line({**carried, **own})
    return _Outcome(line, False, entry.id, facts["title"] or "", facts["domain"] or "", score["value"], columns)


def _plain(value: Any) -> Any:
    """A carried value as JSON has it: dates and the like of Parquet as strings, NaN as null."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def _nested(record: Mapping[str, Any], name: str, options: RankOptions) -> dict[str, Any]:
    """The nested record of .jsonl: without evidence unless it was asked for."""
    if options.evidence:
        return {"id": name, **record}
    short = {key: value for key, value in record.items() if key not in ("attributions", "evidence")}
    families = [{"name": family["name"], "points": family["points"]} for family in record["families"]]
    return {"id": name, **short, "families": families}


def _flat(record: Mapping[str, Any], name: str, options: RankOptions) -> dict[str, Any]:
    row = to_row(record, name)
    return row | {"report": json.dumps(record, ensure_ascii=False)} if options.evidence else row


def _line(record: Mapping[str, Any]) -> bytes:
    return replace_surrogates(json.dumps(record, ensure_ascii=False, allow_nan=False)).encode() + b"\n"


def _run(
    outcomes: Iterable[_Outcome], part: BinaryIO, errors: BinaryIO, progress: Callable[[int], None] | None
) -> tuple[list[Ranked], int, list[str]]:
    """Write every line where it belongs, in the order of the input; remember what ranking needs, and all columns."""
    ranked: list[Ranked] = []
    columns: dict[str, None] = {}
    done = 0
    for done, outcome in enumerate(outcomes, start=1):
        if outcome.failed:
            errors.write(outcome.line)
        else:
            ranked.append(Ranked(outcome.id, outcome.title, outcome.publisher, outcome.score, part.tell()))
            columns.update(dict.fromkeys(outcome.columns))
            part.write(outcome.line)
        if progress:
            progress(done)
    return ranked, done - len(ranked), list(columns)


def _line_at(part: BinaryIO, offset: int) -> bytes:
    part.seek(offset)
    return part.readline()


def _write_jsonl(lines: Iterable[bytes], out: Path) -> None:
    with out.open("wb") as file:
        file.writelines(lines)


def _write_csv(lines: Iterable[bytes], out: Path, columns: Sequence[str]) -> None:
    """Our own columns first, then those carried through from any record."""
    with out.open("w", newline="", encoding="utf-8") as file:
        if columns:
            writer = csv.DictWriter(file, columns, restval="")
            writer.writeheader()
            writer.writerows(json.loads(line) for line in lines)
