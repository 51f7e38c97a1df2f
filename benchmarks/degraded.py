"""What degrading does to scores, and how often clean articles are taken for degraded ones.

    python benchmarks/degraded.py ../shared/data [ARTICLES]

Degrades 300 rated articles in each way of `onrecord.training.degrading` and prints, for each: the share that is noted
as such and that is scored, how far scores move and how far they are from the ratings (root mean squares, in points),
and the share of ratings in the 90% interval: without what `onrecord.scoring.degradation.ADDED` adds, with it where it
is noted, and what would have to be added there. Scores are those of models that saw nothing of the article's
publisher, moved as far as those of the model that ships. Then the share of ARTICLES (5,000) clean articles that get
each note, and in which languages they are told to be.
"""

import json
import math
import random
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.features import degraded, form, own_text
from onrecord.features.document import Article, Note, read
from onrecord.scoring.degradation import ADDED, deviation
from onrecord.scoring.extract import from_record
from onrecord.scoring.model import load_model, locate
from onrecord.scoring.report import Report
from onrecord.scoring.score import score_articles
from onrecord.training.degrading import WAYS
from onrecord.training.evaluate import cross_validate
from onrecord.training.matrix import MATRIX_FILE, Floats, load

RATED, MEMBERS = 300, 4
COVERAGE = 0.9


@dataclass(frozen=True)
class Rated:
    """(n,) articles, their ratings, and what models that saw nothing of their publishers say of them."""

    articles: list[Article]
    ratings: Floats
    scores: Floats


def rated(data: Path) -> Rated:
    """A sample of the articles that the model that ships was trained on, in the order of its matrix."""
    matrix = load(locate("default").parent / MATRIX_FILE)
    rows = [json.loads(line) for line in (data / "rubric_ratings.jsonl").read_text(encoding="utf-8").splitlines()]
    kept = aligned(rows, matrix.target.tolist())
    told = cross_validate(matrix, members=MEMBERS).total
    picked = sorted(random.Random(0).sample(range(len(kept)), RATED))
    return Rated([from_record(kept[k]) for k in picked], matrix.target[picked], told[picked])


def aligned(rows: Sequence[dict[str, Any]], targets: Sequence[float]) -> list[dict[str, Any]]:
    """The rows that stand in the matrix, which leaves out what cannot be scored."""
    kept, rest = [], iter(rows)
    for target in targets:
        kept.append(next(row for row in rest if row["overall"] == target))
    return kept


def total(report: Report) -> float:
    """The points of a report, abstained or not, not clipped."""
    return report.score.baseline + sum(each.points for each in report.contributions)


def coverage(error: Floats, notes: Sequence[Sequence[Note]], added: float | None) -> float:
    """The share of errors inside their interval, with `added` points of deviation, or those of the notes if None."""
    card = load_model().score
    more = np.array([deviation(each) for each in notes]) if added is None else added
    return float(np.mean(np.abs(error) <= card.factor * np.hypot(card.residual, more)))


def print_moves(sample: Rated) -> None:
    """A line a way."""
    clean = score_articles(sample.articles)
    documents = [read(article) for article in sample.articles]
    rng = random.Random(0)
    print(
        f"{'way':22}{'noted':>7}{'scored':>8}{'moved':>7}{'error':>7}{'inside':>8}{'noted':>7}{'needs':>7}{'ADDED':>7}"
    )
    for name, way in {"(clean)": lambda document, _: document.article.text, **WAYS}.items():
        texts = [way(document, rng) for document in documents]
        reports = score_articles([replace(a, text=text) for a, text in zip(sample.articles, texts, strict=True)])
        moved = np.array([total(b) - total(a) for a, b in zip(clean, reports, strict=True)])
        error = np.clip(sample.scores + moved, 0, 100) - sample.ratings
        notes = [report.notes for report in reports]
        noted = np.array([name in {note.code for note in each} for each in notes])
        widened = (
            coverage(error[noted], [each for each, is_noted in zip(notes, noted, strict=True) if is_noted], None)
            if noted.any()
            else math.nan
        )
        scored = np.mean([not report.score.abstained for report in reports])
        told = error[noted] if noted.any() else error
        needs = next((x for x in np.arange(0, 60, 0.5) if coverage(told, notes, x) >= COVERAGE), math.nan)
        inside = coverage(error, notes, 0.0)
        print(
            f"{name:22}{noted.mean():7.2f}{scored:8.2f}{rms(moved):7.1f}{rms(error):7.1f}{inside:8.2f}"
            f"{widened:7.2f}{needs:7.1f}{ADDED.get(name, math.nan):7.1f}"
        )


def rms(values: Floats) -> float:
    """The root of the mean square."""
    return float(np.sqrt((values**2).mean()))


def print_false_alarms(data: Path, articles: int) -> None:
    """A line a note."""
    from pyarrow import parquet

    texts = parquet.read_table(data / "articles.parquet", columns=["text"])["text"].to_pylist()
    codes: Counter[str] = Counter()
    told: Counter[str] = Counter()
    for text in random.Random(0).sample(texts, articles):
        document = own_text.read(Article(text))
        found = (*document.notes, *degraded.recognise(document), *form.recognise(document.whole))
        codes.update({note.code for note in found})
        told[document.language or "(none)"] += 1
    print(f"\n{'note':22}{'share of articles':>18}   (of {articles})")
    for code in (*degraded.CODES, degraded.CODE, "truncated", "stub", "transcript", *sorted(form.NO_ARTICLE)):
        print(f"{code:22}{codes[code] / articles:18.2%}")
    print("languages", dict(told))


def main(data: Path, articles: int = 5000) -> None:
    """Print both tables."""
    print_moves(rated(data))
    print_false_alarms(data, articles)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
