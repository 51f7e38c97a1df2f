"""Scoring with processes of this machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from onrecord.scoring.corpus import Entry
from onrecord.scoring.pool import Limits, Pool, count_processes, fair_memory
from onrecord.scoring.ranking.batch import Outcome, Recipe, failed, score_batch
from onrecord.scoring.ranking.options import RankOptions
from onrecord.scoring.ranking.shards import BatchSize

BATCH = BatchSize(entries=32, characters=2_000_000)


@contextmanager
def open_engine(recipe: Recipe, options: RankOptions) -> Iterator[Pool[Entry, Outcome]]:
    """The processes of `options`, ready to score."""
    with new_pool(recipe, count_processes(options.jobs)) as pool:
        yield pool


def new_pool(recipe: Recipe, processes: int) -> Pool[Entry, Outcome]:
    """A pool that scores batches of entries; to be closed."""
    limits = Limits(memory=fair_memory(processes))
    return Pool(partial(score_batch, recipe=recipe), failed, processes, limits)
