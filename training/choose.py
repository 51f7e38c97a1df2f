"""`onrecord label`: from a corpus to a file of the articles to label next, ready for `onrecord train`."""

import csv
import io
import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.errors import InputError
from onrecord.features.document import Article
from onrecord.scoring.atomic import write_bytes
from onrecord.scoring.corpus import Entry, entries
from onrecord.scoring.corpus.inputs import STANDARD_INPUT, is_url
from onrecord.scoring.model import DEFAULT, load_model, locate
from onrecord.scoring.record import replace_surrogates
from onrecord.scoring.report import Report
from onrecord.scoring.score import score_article
from onrecord.scoring.source import read_entry
from onrecord.training.fingerprints import fingerprint
from onrecord.training.label_set import read_label_set
from onrecord.training.order import Candidates, Choice, Places, doubt, order, place

BATCH = 32
COLUMNS = ("id", "publisher", "title", "text", "path", "score", "low", "high", "why", "rating")


@dataclass(frozen=True, slots=True)
class ChooseOptions:
    """How to choose.

    Attributes:
        count: how many articles.
        labelled: label files whose articles are passed over.
        model: what `load_model` takes.
        jobs: processes; -1 for every core.
    """

    count: int = 50
    labelled: Sequence[Path] = ()
    model: str = DEFAULT
    jobs: int = -1


@dataclass(frozen=True, slots=True)
class Chosen:
    """What became of the articles of a corpus: how many were chosen, and passed over for what."""

    articles: int
    chosen: int
    known: int
    unscored: int
    errors: int


@dataclass(frozen=True, slots=True)
class _Candidate:
    """What is kept of an article until all are read: no text."""

    number: int
    key: int
    publisher: str
    score: tuple[float, float, float]
    doubt: float
    unfamiliar: float
    place: Places


def choose(
    inputs: Sequence[str],
    out: Path,
    options: ChooseOptions | None = None,
    progress: Callable[[int], None] | None = None,
) -> Chosen:
    """Choose the articles of a corpus whose labels would teach a model most, and write them, the best first.

    A row has `id`, `publisher`, `title`, `text` (or `path`, where the article is a file), `score`, `low`, `high`, `why`
    (in words), and `rating`, which is empty. The corpus is read twice, so that no text is kept.

    Args:
        inputs: folders and files, as `corpus.entries` reads them.
        out: a .jsonl or .csv file, which appears whole or not at all.
        progress: called with the number of articles done, as they are done.

    Raises:
        InputError: an input is missing or can be read only once, nothing can be chosen, or `out` has another
            suffix, is an input, or cannot be written.
        LabelError: a file of labelled articles is missing or of another kind.
        ModelError: the model cannot be loaded.
    """
    options = options or ChooseOptions()
    if out.suffix.lower() not in (".jsonl", ".csv"):
        raise InputError(f"{out} is no output file", "give a name that ends in .jsonl or .csv")
    once = next((name for name in inputs if name == STANDARD_INPUT or is_url(name)), None)
    if once is not None:
        what = "standard input" if once == STANDARD_INPUT else once
        raise InputError(f"{what} cannot be read twice, and choosing takes that", "save it to a file and give that")
    if out.resolve() in {path.resolve() for path in (*map(Path, inputs), *options.labelled)}:
        raise InputError(f"{out} is an input, and would be overwritten", "choose another name for the output")
    path = str(locate(options.model).absolute())  # a worker may stand in another folder
    seen = _labelled(options.labelled, path)
    tally = {"known": 0, "unscored": 0, "errors": 0}
    candidates, known, done = [], set(seen), 0
    for done, found in enumerate(_candidates(inputs, out, path, options.jobs), start=1):
        if isinstance(found, str):
            tally[found] += 1
        elif found.key in known:
            tally["known"] += 1
        else:
            known.add(found.key)
            candidates.append(found)
        if progress:
            progress(done)
    if not candidates:
        raise InputError(
            "no article of the corpus can be chosen", "give articles with a score that are not yet labelled"
        )
    near = np.stack(list(seen.values())) if seen else None
    choices = order(_as_arrays(candidates), options.count, near)
    _write(out, list(_rows(inputs, out, candidates, choices)))
    return Chosen(done, len(choices), **tally)


def _labelled(files: Sequence[Path], model: str) -> dict[int, Places]:
    """Where labelled articles stand, by fingerprint; rows that cannot be used do not matter here."""
    if not files:
        return {}
    found = {}
    for example in read_label_set(files, skip_bad=True).examples:
        values = _values(score_article(example.article, load_model(model)))
        found[fingerprint(example.article.text)] = _place(values, model)
    return found


def _candidates(inputs: Sequence[str], out: Path, model: str, jobs: int) -> Iterator[_Candidate | str]:
    from joblib import Parallel, delayed

    numbered = enumerate(entries(inputs, {out.resolve()}))
    batches: Iterable[list[tuple[int, Entry]]] = iter(lambda: list(islice(numbered, BATCH)), [])
    results = Parallel(n_jobs=jobs, return_as="generator", pre_dispatch="2*n_jobs")(
        delayed(_batch)(batch, model) for batch in batches
    )
    for batch in results:
        yield from batch


def _batch(batch: Sequence[tuple[int, Entry]], model: str) -> list[_Candidate | str]:
    return [_candidate(number, entry, model) for number, entry in batch]


def _candidate(number: int, entry: Entry, model: str) -> _Candidate | str:
    """An article as it may be chosen, or what it is passed over for."""
    try:
        article = read_entry(entry)
        report = score_article(article, load_model(model))
    except Exception:  # the last line of defence of a batch: one article must not end the others
        return "errors"
    score = report.score
    if score.value is None or score.low is None or score.high is None:
        return "unscored"
    card, values = load_model(model).score, _values(report)
    return _Candidate(
        number,
        fingerprint(article.text),
        _publisher(entry, article),
        (score.value, score.low, score.high),
        doubt(card, values),
        card.surprise(values),
        _place(values, model),
    )


def _publisher(entry: Entry, article: Article) -> str:
    record = entry.record or {}
    return str(record.get("publisher") or record.get("domain") or article.domain or "")


def _values(report: Report) -> dict[str, float]:
    return {each.feature.id: math.nan if each.value is None else each.value for each in report.contributions}


def _place(values: Mapping[str, float], model: str) -> Places:
    return np.array(place(load_model(model).score, values), dtype=np.float32)


def _as_arrays(candidates: Sequence[_Candidate]) -> Candidates:
    return Candidates(
        places=np.stack([c.place for c in candidates]),
        doubt=np.array([c.doubt for c in candidates]),
        unfamiliar=np.array([c.unfamiliar for c in candidates]),
        publishers=[c.publisher for c in candidates],
    )


def _rows(
    inputs: Sequence[str], out: Path, candidates: Sequence[_Candidate], choices: Sequence[Choice]
) -> Iterator[dict[str, Any]]:
    """The rows of the output, with texts from a second reading of the corpus."""
    wanted = {candidates[choice.index].number: rank for rank, choice in enumerate(choices)}
    found: dict[int, tuple[Entry, Article]] = {}
    for number, entry in enumerate(entries(inputs, {out.resolve()})):
        if number in wanted:
            found[wanted[number]] = (entry, read_entry(entry))
        if len(found) == len(wanted):
            break
    for rank, choice in enumerate(choices):
        entry, article = found[rank]
        score, low, high = (round(x, 1) for x in candidates[choice.index].score)
        text = {"path": entry.path} if entry.path else {"text": article.text}
        yield {
            "id": entry.id,
            "publisher": _publisher(entry, article),
            "title": article.title or "",
            **text,
            "score": score,
            "low": low,
            "high": high,
            "why": choice.why,
            "rating": None,
        }


def _write(out: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    lines = io.StringIO(newline="")
    if out.suffix.lower() == ".csv":
        columns = [column for column in COLUMNS if any(column in row for row in rows)]
        writer = csv.DictWriter(lines, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    else:
        lines.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    try:
        write_bytes(out, replace_surrogates(lines.getvalue()).encode())
    except OSError as error:
        raise InputError(f"{out} cannot be written ({error.strerror or error})", "choose another place") from error
