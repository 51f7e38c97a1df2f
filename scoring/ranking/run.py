"""Ranking a corpus: one article in, exactly one record out, in the output or in its error file."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from onrecord.errors import InputError
from onrecord.scoring.corpus import Entry, entries
from onrecord.scoring.model import load_model
from onrecord.scoring.ranking import cluster, local, output
from onrecord.scoring.ranking.batch import Outcome, Recipe
from onrecord.scoring.ranking.fingerprint import count_articles, describe
from onrecord.scoring.ranking.finish import check_report, finish
from onrecord.scoring.ranking.options import Progress, RankOptions
from onrecord.scoring.ranking.parts import WorkFolder, open_folder, work_folder
from onrecord.scoring.ranking.shards import Shard, batches
from onrecord.scoring.ranking.summary import Summary
from onrecord.scoring.ranking.table import check_installed, check_where


def rank(
    inputs: Sequence[str],
    out: Path,
    options: RankOptions | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Summary:
    """Score all articles of the inputs and write them to `out`, the best first, those not scored last.

    What is finished is kept in a folder beside `out`, so that a run that was cut short, in whatever way, can be
    resumed. Both files appear when all is done, or not at all. In a folder, those of an earlier run are passed over.

    Args:
        inputs: what `corpus.entries` reads.
        out: a .jsonl, .csv or .parquet file. Errors go to `OUT.errors.jsonl`, which appears only if there are any.
        progress: called at the start, and whenever a batch is done.

    Raises:
        InputError: an input is missing or has changed, or `out` has another suffix, is an input, or cannot be written;
            there is a run to resume, or none that can be; `where` is no condition.
        ModelError: the model cannot be loaded.
        MissingExtraError: DuckDB or PyArrow is not there, or what an input or engine needs.
    """
    options = options or RankOptions()
    check_installed()
    _check_out(inputs, out)
    if options.where:
        check_where(options.where)
    if options.report:
        check_report(options.report)
    recipe = Recipe(load_model(options.model), out.suffix.lower() != ".jsonl", options.evidence, options.text)
    folder, own = work_folder(out), {out.resolve(), output.error_file(out).resolve()}
    run = describe(inputs, recipe, own | {folder.resolve()})
    with _writing(out), open_folder(folder, run, options.resume) as work:
        tell = _teller(work, count_articles(inputs), progress)
        _score(entries(inputs, own, options.fetch), work, recipe, options, tell)
        return finish(work, out, recipe, options)


def _teller(
    work: WorkFolder, total: int | None, progress: Callable[[Progress], None] | None
) -> Callable[[int, int], None]:
    """A function that counts articles done and failed on from those of finished parts, and reports how far it is."""
    done = sum(part.shard.count for part in work.parts.values())
    failed = sum(part.failed for part in work.parts.values())

    def tell(more_done: int, more_failed: int) -> None:
        nonlocal done, failed
        done, failed = done + more_done, failed + more_failed
        if progress:
            progress(Progress(done, failed, total))

    tell(0, 0)
    return tell


def _check_out(inputs: Sequence[str], out: Path) -> None:
    if out.suffix.lower() not in output.SUFFIXES:
        raise InputError(f"{out} is no output file", f"give a name that ends in {' or '.join(output.SUFFIXES)}")
    if out.is_dir():
        raise InputError(f"{out} is a folder", "choose another name")
    for name in inputs:
        if Path(name).resolve() in (out.resolve(), output.error_file(out).resolve()):
            raise InputError(f"{name} is an input, and would be overwritten", "choose another name for the output")


@contextmanager
def _writing(out: Path) -> Iterator[None]:
    """An error of the system while a part or the output is written, as one of ours."""
    import duckdb

    try:
        yield
    except (OSError, duckdb.Error) as error:
        reason = (getattr(error, "strerror", None) or str(error)).strip().splitlines()[0]
        kept = any(work_folder(out).glob("part-*.done"))
        remedy = "see to that, then add --resume to go on" if kept else "choose another place"
        raise InputError(f"{out} cannot be written ({reason})", remedy) from error


def _score(
    source: Iterable[Entry], work: WorkFolder, recipe: Recipe, options: RankOptions, tell: Callable[[int, int], None]
) -> None:
    """Score what is not finished, and keep it shard by shard."""
    engine = cluster if options.engine == "dask" else local
    ends: deque[Shard | None] = deque()  # of the batches that are being scored
    finished = {number: part.shard for number, part in work.parts.items()}

    def stream() -> Iterator[list[Entry]]:
        for batch in batches(source, engine.BATCH, finished):
            ends.append(batch.shard)
            yield batch.entries

    outcomes: list[Outcome] = []
    with engine.open_engine(recipe, options) as pool:
        for found in pool.map_batches(stream()):
            outcomes += found
            if shard := ends.popleft():
                work.write(shard, outcomes, recipe)
                outcomes = []
            tell(len(found), sum(outcome.error is not None for outcome in found))
