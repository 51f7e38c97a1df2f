"""What runs in the workers of a Dask cluster: each has a pool of processes, as many as it has threads.

So an article that hangs or crashes costs the cluster no worker, and threads do not wait for each other's Python.
"""

import pickle
from typing import TYPE_CHECKING

from distributed import Worker, WorkerPlugin, get_worker

from onrecord.errors import OnrecordError
from onrecord.scoring.ranking import local
from onrecord.scoring.ranking.batch import Recipe
from onrecord.version import VERSION

if TYPE_CHECKING:
    from onrecord.scoring.corpus import Entry
    from onrecord.scoring.pool import Pool
    from onrecord.scoring.ranking.batch import Outcome


class Scoring(WorkerPlugin):
    """The pool of a worker, from before its first task to its end, or to the end of the run.

    Args:
        name: of this run, so that others on the same cluster have their own.
        version: of onrecord, where the run was started.
    """

    def __init__(self, name: str, recipe: Recipe, version: str) -> None:
        self.name, self.recipe, self.version = name, recipe, version
        self.pool: Pool[Entry, Outcome] | None = None

    def setup(self, worker: Worker) -> None:
        """Make the pool; its processes start with the first task.

        Raises:
            OnrecordError: this worker has another version of onrecord.
        """
        if self.version != VERSION:
            problem = f"the worker {worker.address} has onrecord {VERSION}, the run was started by {self.version}"
            raise OnrecordError(problem, "install the same version everywhere")
        self.pool = local.new_pool(self.recipe, worker.state.nthreads)

    def teardown(self, worker: Worker) -> None:
        """End the processes."""
        if self.pool:
            self.pool.close()


def score(entries: bytes, name: str) -> bytes:
    """The outcomes of entries, both pickled: Dask need not look into them."""
    batch: list[Entry] = pickle.loads(entries)
    plugin = get_worker().plugins[name]
    assert isinstance(plugin, Scoring) and plugin.pool
    size = local.BATCH.entries
    found = plugin.pool.map_batches(batch[start : start + size] for start in range(0, len(batch), size))
    return pickle.dumps([outcome for outcomes in found for outcome in outcomes])
