"""What `rank` prints: how far it is, and what it did."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from onrecord.cli_options import one_line

if TYPE_CHECKING:
    from onrecord.scoring.ranking import Progress, Publisher, Summary


@contextmanager
def ranking_progress(out: Path) -> Iterator["Callable[[Progress], None] | None"]:
    """A line on standard error while it is a terminal; silent when piped. An interruption says how to go on."""
    try:
        if sys.stderr.isatty():
            with _bar() as tell:
                yield tell
        else:
            yield None
    except KeyboardInterrupt:
        from onrecord.scoring.ranking import work_folder

        kept = work_folder(out).exists()
        remedy = "add --resume to go on with what is finished" if kept else "nothing was finished yet"
        click.echo(f"onrecord: stopped; {remedy}", err=True)
        sys.exit(1)


@contextmanager
def _bar() -> Iterator["Callable[[Progress], None]"]:
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import TextColumn, TimeElapsedColumn

    started, first = time.monotonic(), -1
    with Bar(TextColumn("{task.description}"), TimeElapsedColumn(), console=Console(stderr=True)) as bar:
        task = bar.add_task("reading", total=None)

        def tell(progress: "Progress") -> None:
            nonlocal first
            if first < 0:
                first = progress.done  # of earlier runs, which say nothing about the speed of this one
            bar.update(task, description=describe(progress, first, time.monotonic() - started))

        yield tell


def describe(progress: "Progress", first: int, seconds: float) -> str:
    """How far a ranking is, how fast it goes, and when it will be done, as far as that is known.

    Args:
        first: articles that earlier runs did.
        seconds: since this one began.
    """
    speed = (progress.done - first) / seconds if seconds else 0.0
    parts = [f"{progress.done:,} articles" + (f" of {progress.total:,}" if progress.total else "")]
    parts += [f"{progress.failed:,} failed"] * bool(progress.failed) + [f"{speed:,.0f}/s"]
    if progress.total and speed:
        left = round(max(0, progress.total - progress.done) / speed)
        parts.append(f"{left // 3600}:{left // 60 % 60:02}:{left % 60:02} left")
    return ", ".join(parts)


def print_summary(summary: "Summary", top: int) -> None:
    """The best and the publishers on standard output, if asked for; what was done on standard error."""
    for place, article in enumerate(summary.top(top) if top else (), start=1):
        value = "  none" if article.score is None else f"{article.score:6.1f}"
        click.echo(f"{place:4d} {value}  {one_line(article.id)}  {one_line(article.title)}")
    for publisher in summary.publishers:
        click.echo(_line(publisher))
    some = "" if summary.written == summary.articles else f" of {summary.articles}"
    repeated = f", {summary.repeated} with the id of another" if summary.repeated else ""
    repeated += f", {summary.copies} near-duplicates" if summary.copies else ""
    failed = f", {summary.errors} failed: see {summary.error_file}" if summary.errors else ""
    click.echo(f"{summary.written}{some} articles in {summary.out}{repeated}{failed}", err=True)


def _line(publisher: "Publisher") -> str:
    """A publisher: the mean of its articles, its 95% interval, and how many it rests on."""
    mean = "  none" if publisher.mean is None else f"{publisher.mean:6.1f}"
    known = publisher.low is not None and publisher.high is not None
    interval = f" ({publisher.low:.0f} to {publisher.high:.0f})" if known else ""
    parts = [f"{publisher.articles} articles", f"{publisher.scored} scored"]
    parts += [f"{publisher.syndicated} printed by others too"] * bool(publisher.syndicated) + ["few"] * publisher.few
    return f"{mean}{interval}  {one_line(publisher.name or '(unknown)')}  {', '.join(parts)}"
