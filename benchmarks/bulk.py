"""What ranking a corpus costs: `python benchmarks/bulk.py ../shared [--articles 3000] [--memory 10000 100000]`.

Four tables, all figures of one run on this machine:

- CPU by format, against splitting the same text into words with `re`, and for HTML against trafilatura alone
  (`fast=True`); articles a second with one process and with two
- where the CPU goes, by function, of one process on text
- peak of memory by the size of the corpus: of the process that was started, and of the largest of those that score
- CPU by the length of the article

CPU is user and system time of all processes; what reading and writing has of it is done by one process, however many
score, and so limits how many can be kept busy. Text is from `articles.parquet`, HTML from `extraction.parquet`, each
page as often as it takes.
"""

import argparse
import cProfile
import json
import platform
import pstats
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from typing import Any

_RUN = """
import resource, sys
from pathlib import Path
from onrecord.scoring.ranking import RankOptions, rank
rank([sys.argv[1]], Path(sys.argv[2]), RankOptions(jobs=int(sys.argv[3])))
peak = Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]
used = resource.getrusage(resource.RUSAGE_SELF)
print(peak, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, used.ru_utime + used.ru_stime)
"""
_WORD = re.compile(r"\w+")

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Cost:
    """What a run took.

    Attributes:
        cpu: seconds of all processes; `own_cpu` of the one that was started, which reads and writes.
        seconds: by the clock.
        own: peak of memory of the process that was started, in MB; `worker` of the largest of the others.
    """

    cpu: float
    own_cpu: float
    seconds: float
    own: int
    worker: int


def ranked(source: Path, jobs: int) -> Cost:
    """Rank a corpus in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        before, started = _cpu(), time.perf_counter()
        command = [sys.executable, "-c", _RUN, source, Path(folder, "out.jsonl"), str(jobs)]
        printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        seconds, cpu = time.perf_counter() - started, _cpu() - before
    own, worker, own_cpu = printed.split()
    return Cost(cpu, float(own_cpu), seconds, int(own) // 1000, int(worker) // 1000)


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def in_process(work: Any, texts: Sequence[str]) -> float:
    """Seconds of CPU of a function over texts, here."""
    started = time.process_time()
    for text in texts:
        work(text)
    return time.process_time() - started


def articles(shared: Path, count: int) -> list[Record]:
    """So many articles of text."""
    from pyarrow import parquet

    columns = ["id", "url", "title", "text"]
    with parquet.ParquetFile(shared / "data" / "articles.parquet") as file:
        batches = file.iter_batches(batch_size=500, columns=columns)
        rows = islice((row for batch in batches for row in batch.to_pylist()), count)
        return list(islice(cycle(rows), count))


def pages(shared: Path, count: int) -> list[Record]:
    """So many pages of HTML."""
    from pyarrow import parquet

    rows = parquet.read_table(shared / "data" / "extraction.parquet", columns=["url", "html"]).to_pylist()
    return [{"id": str(n), **row} for n, row in enumerate(islice(cycle(rows), count))]


def write_jsonl(records: Sequence[Record] | Iterator[Record], path: Path) -> Path:
    """A corpus of a record a line."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(record) + "\n" for record in records)
    return path


def write_parquet(records: Sequence[Record], path: Path) -> Path:
    """A corpus as a table."""
    import pyarrow
    from pyarrow import parquet

    parquet.write_table(pyarrow.Table.from_pylist(records), path)
    return path


def formats(shared: Path, folder: Path, count: int) -> None:
    """Print throughput by format and number of processes."""
    from trafilatura import extract

    text, html = articles(shared, count), pages(shared, count // 4)
    split = in_process(_WORD.findall, [record["text"] for record in text])
    alone = in_process(partial(extract, fast=True), [record["html"] for record in html])
    corpora = {
        "text, .jsonl": (write_jsonl(text, folder / "text.jsonl"), len(text), split, "re"),
        "text, .parquet": (write_parquet(text, folder / "text.parquet"), len(text), split, "re"),
        "HTML, .jsonl": (write_jsonl(html, folder / "html.jsonl"), len(html), alone, "trafilatura"),
    }
    head = f"{'corpus':16}{'articles':>9}{'ms of CPU each':>16}{'times':>8}  {'of':13}"
    print(f"{head}{'1 process':>11}{'2':>8}{'times':>7}{'reading and writing':>21}")
    for name, (path, number, reference, of) in corpora.items():
        one, two = ranked(path, 1), ranked(path, 2)
        speeds = number / one.seconds, number / two.seconds
        print(
            f"{name:16}{number:9}{1000 * one.cpu / number:16.2f}{one.cpu / reference:8.1f}  {of:13}"
            f"{speeds[0]:9.0f}/s{speeds[1]:6.0f}/s{speeds[1] / speeds[0]:7.2f}{one.own_cpu / one.cpu:21.1%}"
        )
    print()


def hottest(shared: Path, count: int, shown: int = 15) -> None:
    """Print the functions that take most of the time of scoring text, themselves and with what they call."""
    from onrecord.scoring.corpus import Entry
    from onrecord.scoring.model import load_model
    from onrecord.scoring.ranking.batch import Recipe, score_batch

    entries = [Entry(record["id"], "", record) for record in articles(shared, count)]
    recipe = Recipe(load_model(), flat=False)
    score_batch(entries[:32], recipe)
    profile = cProfile.Profile()
    profile.enable()
    for start in range(0, len(entries), 32):
        score_batch(entries[start : start + 32], recipe)
    profile.disable()
    stats = pstats.Stats(profile)
    rows = [(own, total, key) for key, (_, _, own, total, _) in stats.stats.items()]  # type: ignore[attr-defined]
    everything = sum(own for own, _, _ in rows)
    print(f"{'share itself':>13}{'with calls':>12}  function")
    for own, total, (file, line, name) in sorted(rows, reverse=True)[:shown]:
        place = f"{'/'.join(Path(file).parts[-2:])}:{line} " if line else ""
        print(f"{own / everything:13.1%}{total / everything:12.1%}  {place}{name}")
    print()


def memory(shared: Path, folder: Path, sizes: Sequence[int]) -> None:
    """Print the peak of memory by the number of records."""
    print(f"{'records':>9}{'MB':>7}{'MB of a worker':>16}{'all, 2 processes':>18}{'times the first':>17}")
    texts, first = articles(shared, 500), 0
    for size in sizes:
        records = ({"id": str(n), "text": record["text"][:600]} for n, record in enumerate(islice(cycle(texts), size)))
        cost = ranked(write_jsonl(records, folder / "memory.jsonl"), 2)
        total = cost.own + 2 * cost.worker
        first = first or total
        print(f"{size:9,}{cost.own:7}{cost.worker:16}{total:18}{total / first:17.2f}")
    print()


def lengths(shared: Path, folder: Path) -> None:
    """Print the cost of an article by its length."""
    text = "\n\n".join(record["text"] for record in articles(shared, 300))
    print(f"{'characters':>11}{'articles':>10}{'µs of CPU a character':>23}")
    empty = write_jsonl([{"text": "It rained."}], folder / "empty.jsonl")
    start = ranked(empty, 1).cpu
    for length in (1_000, 10_000, 100_000, 1_000_000):
        count = 2_000_000 // length
        starts = (n * length % (len(text) - length) for n in range(count))
        records = ({"text": text[at : at + length]} for at in starts)
        cpu = ranked(write_jsonl(records, folder / "lengths.jsonl"), 1).cpu - start
        print(f"{length:11,}{count:10}{1e6 * cpu / count / length:23.2f}")


def main() -> None:
    """Print the tables."""
    from importlib.metadata import version

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--articles", type=int, default=3_000)
    parser.add_argument("--memory", type=int, nargs="+", default=[10_000, 100_000])
    given = parser.parse_args()
    libraries = ", ".join(f"{name} {version(name)}" for name in ("onrecord", "trafilatura", "duckdb", "pyarrow"))
    print(f"Python {platform.python_version()}, {libraries}\n")
    with tempfile.TemporaryDirectory() as folder:
        formats(given.shared, Path(folder), given.articles)
        hottest(given.shared, min(given.articles, 500))
        lengths(given.shared, Path(folder))
        memory(given.shared, Path(folder), given.memory)


if __name__ == "__main__":
    main()
