"""Rank in small shards, and be killed just before a file is renamed or removed for the n-th time.

Reads lines of JSON: [INPUT, OUT, N, RESUME]; at N = 0 nothing is killed. Answers each with the signal that ended it, or
0. Each is ranked in a process of its own, copied from this one, which has loaded everything already.
"""

import json
import os
import signal
import sys
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import duckdb  # noqa: F401
import pyarrow.parquet  # noqa: F401

from onrecord.scoring.corpus import Entry
from onrecord.scoring.model import load_model
from onrecord.scoring.ranking import RankOptions, local, rank, shards
from onrecord.scoring.ranking.batch import Recipe, score_batch
from onrecord.scoring.ranking.shards import BatchSize


class InProcess:
    """An engine that scores where it is called, at once."""

    def __init__(self, recipe):
        self.function = partial(score_batch, recipe=recipe)

    def map_batches(self, batches):
        return map(self.function, batches)


@contextmanager
def open_engine(recipe, options):
    """Used in place of `local.open_engine`, for a pool takes long to start."""
    yield InProcess(recipe)


def rank_until(source, out, moment, resume):
    """Rank, up to a moment."""
    left = moment

    def watch(event, _):
        nonlocal left
        if event in ("os.rename", "os.remove", "os.rmdir"):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    rank([source], Path(out), RankOptions(resume=resume))


local.open_engine, local.BATCH, shards.SHARD_ENTRIES = open_engine, BatchSize(3, 10_000), 5
score_batch([Entry("", "", {"text": "It rained. " * 100})], Recipe(load_model(), flat=False))
for line in sys.stdin:
    process = os.fork()
    if process == 0:
        rank_until(*json.loads(line))
        sys.stdout.flush()
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), flush=True)
