"""Ranking a corpus: one article in, exactly one record out, in the output or in its error file."""

import csv
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, Any, BinaryIO

from onrecord.errors import InputError, OnrecordError
from onrecord.scoring.corpus import Entry, entries
from onrecord.scoring.extract import from_record
from onrecord.scoring.model import DEFAULT, load_model
from onrecord.scoring.record import to_record, to_row
from onrecord.scoring.score import score_article
from onrecord.scoring.source import read_source

BATCH = 32
_OWN_COLUMNS = frozenset({"id", "url", "title", "text", "html", "published", "date", "authors", "byline"})


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


def rank(
    inputs: Sequence[str],
    out: Path,
    options: RankOptions | None = None,
    progress: Callable[[int], None] | None = None,
) -> Summary:
    """Score all articles of the inputs and write them to `out`, the best first, those not scored last.

    Args:
        inputs: folders and files, as `corpus.entries` reads them.
        out: a .jsonl or .csv file. Errors go to `OUT.errors.jsonl`, which appears only if there are any.
        progress: called with the number of articles done, as they are done.

    Raises:
        InputError: an input is missing, or `out` has another suffix or cannot be written.
        ModelError: the model cannot be loaded.
    """
    options = options or RankOptions()
    if out.suffix.lower() not in (".jsonl", ".csv"):
        raise InputError(f"{out} is no output file", "give a name that ends in .jsonl or .csv")
    load_model(options.model)
    unsorted, errors = out.with_name(out.name + ".part"), out.with_name(out.name + ".errors.jsonl")
    try:
        with unsorted.open("w+b") as part, errors.open("w", encoding="utf-8") as failed:
            ranked, failures, carried = _run(inputs, options, part, failed, progress)
            ranked.sort(key=lambda article: (article.score is None, -(article.score or 0.0), article.offset))
            lines = (_at(part, article.offset) for article in ranked)
            write = _write_csv if out.suffix.lower() == ".csv" else _write_jsonl
            write(lines, out, options, list(carried))
        if not failures:
            errors.unlink()
    except OSError as error:
        raise InputError(f"{out} cannot be written ({error.strerror})", "choose another place") from error
    finally:
        unsorted.unlink(missing_ok=True)
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


def _run(
    inputs: Sequence[str], options: RankOptions, part: BinaryIO, failed: IO[str], progress: Callable[[int], None] | None
) -> tuple[list[Ranked], int, dict[str, None]]:
    """Write every outcome where it belongs, in the order of the input; remember what ranking needs, and the carried columns."""
    ranked: list[Ranked] = []
    failures = 0
    carried: dict[str, None] = {}
    for done, outcome in enumerate(_outcomes(inputs, options), start=1):
        if "error" in outcome:
            failures += 1
            failed.write(json.dumps(outcome["error"], ensure_ascii=False) + "\n")
        else:
            article, score = outcome["record"]["article"], outcome["record"]["score"]
            ranked.append(Ranked(outcome["id"], article["title"], article["domain"], score["value"], part.tell()))
            carried.update(dict.fromkeys(outcome["carried"]))
            part.write(json.dumps(outcome, ensure_ascii=False, allow_nan=False).encode() + b"\n")
        if progress:
            progress(done)
    return ranked, failures, carried


def _at(part: BinaryIO, offset: int) -> dict[str, Any]:
    part.seek(offset)
    outcome: dict[str, Any] = json.loads(part.readline())
    return outcome


def _outcomes(inputs: Sequence[str], options: RankOptions) -> Iterator[dict[str, Any]]:
    """One outcome an entry, in order."""
    from joblib import Parallel, delayed

    source = entries(inputs)
    batches = iter(lambda: list(islice(source, BATCH)), [])
    results = Parallel(n_jobs=options.jobs, return_as="generator", pre_dispatch="2*n_jobs")(
        delayed(_batch)(batch, options) for batch in batches
    )
    for batch in results:
        yield from batch


def _batch(batch: Sequence[Entry], options: RankOptions) -> list[dict[str, Any]]:
    return [_outcome(entry, options) for entry in batch]


def _outcome(entry: Entry, options: RankOptions) -> dict[str, Any]:
    """The record of one article, or the error that says why there is none."""
    try:
        return _scored(entry, options)
    except OnrecordError as error:
        problem, remedy = error.problem, error.remedy
    except Exception as error:  # the last line of defence of a batch: one article must not end the others
        problem, remedy = f"{type(error).__name__}: {error}", "report this article as a fault of onrecord"
    return {"error": {"id": entry.id, "place": entry.place, "reason": problem, "remedy": remedy}}


def _scored(entry: Entry, options: RankOptions) -> dict[str, Any]:
    if entry.error is not None:
        raise entry.error
    carried: dict[str, Any] = {}
    if entry.record is not None:
        article = from_record(entry.record)
        carried = {k: v for k, v in entry.record.items() if k not in _OWN_COLUMNS}
    else:
        article = read_source(entry.path or "")
    record = to_record(score_article(article, load_model(options.model)))
    outcome: dict[str, Any] = {"id": entry.id, "carried": carried, "record": record}
    if options.text:
        outcome["text"] = article.text
    return outcome


def _nested(outcome: Mapping[str, Any], options: RankOptions) -> dict[str, Any]:
    """The nested record of .jsonl: without evidence unless it was asked for. Our own keys win over carried ones."""
    record = dict(outcome["record"])
    if not options.evidence:
        record.pop("attributions")
        record.pop("evidence")
        record["families"] = [{"name": f["name"], "points": f["points"]} for f in record["families"]]
    text = {"text": outcome["text"]} if options.text else {}
    return {**outcome["carried"], "id": outcome["id"], **text, **record}


def _write_jsonl(outcomes: Iterator[dict[str, Any]], out: Path, options: RankOptions, carried: Sequence[str]) -> None:
    with out.open("w", encoding="utf-8") as file:
        for outcome in outcomes:
            file.write(json.dumps(_nested(outcome, options), ensure_ascii=False) + "\n")


def _write_csv(outcomes: Iterator[dict[str, Any]], out: Path, options: RankOptions, carried: Sequence[str]) -> None:
    """Our own columns first, then those carried through from any record."""
    with out.open("w", newline="", encoding="utf-8") as file:
        writer = None
        for outcome in outcomes:
            row = _flat(outcome, options)
            if writer is None:
                columns = [*row, *(name for name in carried if name not in row)]
                writer = csv.DictWriter(file, columns, restval="")
                writer.writeheader()
            writer.writerow({**outcome["carried"], **row})


def _flat(outcome: Mapping[str, Any], options: RankOptions) -> dict[str, Any]:
    row = to_row(outcome["record"], outcome["id"])
    if options.text:
        row["text"] = outcome["text"]
    if options.evidence:
        row["report"] = json.dumps(outcome["record"], ensure_ascii=False)
    return row
