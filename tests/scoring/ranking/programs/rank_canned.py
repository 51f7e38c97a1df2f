"""Rank so many records, each with the same outcome and 10,000 characters of text; print the peak of memory in MB.

python rank_canned.py FOLDER RECORDS
"""

import sys
from contextlib import contextmanager
from pathlib import Path

from onrecord.scoring.corpus import Entry
from onrecord.scoring.model import load_model
from onrecord.scoring.ranking import RankOptions, local, rank, run, shards, table
from onrecord.scoring.ranking.batch import Outcome, Recipe, score_batch

TEXT = "It rained. " * 1000


class Canned:
    """An engine that takes no time."""

    def __init__(self, recipe):
        (self.outcome,) = score_batch([Entry("", "", {"text": "It rained."})], recipe)

    def map_batches(self, batches):
        for batch in batches:
            yield [Outcome({**self.outcome.row, "id": entry.id, "text": entry.record["text"]}) for entry in batch]


@contextmanager
def open_engine(recipe, options):
    """Used in place of `local.open_engine`."""
    yield Canned(recipe)


def entries(inputs, skip, options):
    """Used in place of `corpus.entries`: a corpus that is made as it is read."""
    for n in range(int(sys.argv[2])):
        yield Entry(f"{n}", f"in:{n}", {"text": f"{n} {TEXT}"})


folder = Path(sys.argv[1])
(folder / "in.jsonl").touch()
local.open_engine, run.entries, shards.SHARD_ENTRIES, table.MEMORY = open_engine, entries, 500, "64MB"
assert Recipe(load_model(), flat=False).nested
summary = rank([str(folder / "in.jsonl")], folder / "out.jsonl", RankOptions(text=True))
assert summary.written == int(sys.argv[2])
print(int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) // 1000)
