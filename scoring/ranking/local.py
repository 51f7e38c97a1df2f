"""Scoring with processes of this machine."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from onrecord.scoring.corpus import Entry
from onrecord.scoring.ranking.batch import Outcome, Recipe, failed, score_batch
from onrecord.scoring.ranking.shards import BatchSize
from onrecord.scoring.ranking.workers import Limits, Pool, count_processes, fair_memory

BATCH = BatchSize(entries=32, characters=2_000_000)


@contextmanager
def open_pool(recipe: Recipe, jobs: int) -> Iterator[Pool[Entry, Outcome]]:
    """A pool that scores batches of entries.

    Args:
        jobs: processes, as `workers.count_processes` reads it.
    """
    processes = count_processes(jobs)
    limits = Limits(memory=fair_memory(processes))
    with Pool(partial(score_batch, recipe=recipe), failed, processes, limits) as pool:
        yield pool
