"""Scoring with the workers of a Dask cluster.

The corpus is read, and parts are written, where the run was started; entries go to the workers and outcomes come back,
so that the workers need no file but articles that are files of their own.
"""

import pickle
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from typing import TYPE_CHECKING
from uuid import uuid4

from onrecord.errors import MissingExtraError, OnrecordError
from onrecord.scoring.corpus import Entry
from onrecord.scoring.pool import in_order
from onrecord.scoring.ranking.batch import Outcome, Recipe
from onrecord.scoring.ranking.options import RankOptions
from onrecord.scoring.ranking.shards import BatchSize
from onrecord.version import VERSION

if TYPE_CHECKING:
    from distributed import Client, Future

# Larger than those of a pool, for each passes through the scheduler; Dask warns of 10 MB.
BATCH = BatchSize(entries=250, characters=4_000_000)
CONNECT_SECONDS = 15
TRIES = 5  # of a batch whose worker is lost, and lost again
_AHEAD = 2  # batches a thread of the cluster that are asked for before the first is done


@contextmanager
def open_engine(recipe: Recipe, options: RankOptions) -> Iterator["Cluster"]:
    """The workers of the scheduler in `options`, ready to score.

    Raises:
        MissingExtraError: Dask is not there.
        OnrecordError: there is no scheduler, it has no workers, or these have no onrecord, or another version.
    """
    try:
        from distributed import Client
    except ImportError:
        raise MissingExtraError("the engine dask needs Dask", "pip install 'onrecord[cluster]'") from None
    address, name = options.scheduler, f"onrecord-{uuid4().hex}"
    if not address:
        raise OnrecordError("the engine dask needs a scheduler", "give --scheduler tcp://HOST:8786")
    try:
        client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        reason = str(error).splitlines()[0]
        raise OnrecordError(f"there is no Dask scheduler at {address} ({reason})", "see whether it runs") from None
    with client:
        _prepare(client, address, name, recipe)
        try:
            yield Cluster(client, address, name)
        finally:
            client.unregister_worker_plugin(name)


def _prepare(client: "Client", address: str, name: str, recipe: Recipe) -> None:
    from onrecord.scoring.ranking.cluster_worker import Scoring

    try:
        client.wait_for_workers(1, timeout=CONNECT_SECONDS)
        client.register_plugin(Scoring(name, recipe, VERSION))
    except TimeoutError:
        raise OnrecordError(f"the scheduler at {address} has no workers", "start some with `dask worker`") from None
    except OnrecordError:
        raise
    except Exception as error:  # whatever it is that importing onrecord raises there
        problem = f"the workers of {address} cannot score ({type(error).__name__}: {error})"
        raise OnrecordError(problem, "install onrecord there, in the same version") from None


class Cluster:
    """The workers of a cluster, with the interface of `pool.Pool`."""

    def __init__(self, client: "Client", address: str, name: str) -> None:
        self._client, self._address, self._name = client, address, name

    def map_batches(self, batches: Iterable[Sequence[Entry]]) -> Iterator[list[Outcome]]:
        """The outcomes of batches, in order; a bounded number of batches is in the cluster at a time."""
        return in_order(lambda batch: _Job(self, pickle.dumps(list(batch))), batches, self._ahead)

    def submit(self, entries: bytes) -> "Future[bytes]":
        """Ask for the outcomes of a batch, both pickled."""
        from onrecord.scoring.ranking.cluster_worker import score

        return self._client.submit(score, entries, self._name, pure=False)

    def lost(self, error: Exception) -> OnrecordError:
        """The error that says that the cluster is gone."""
        problem = f"the cluster at {self._address} is lost ({str(error) or type(error).__name__})"
        return OnrecordError(problem.splitlines()[0], "see whether its scheduler runs, then add --resume to go on")

    def _ahead(self) -> int:
        threads: dict[str, int] = self._client.nthreads()
        return 1 + _AHEAD * sum(threads.values())


class _Job:
    """A batch in the cluster, which is given to it again when the workers that had it are lost."""

    def __init__(self, cluster: Cluster, entries: bytes) -> None:
        self._cluster, self._entries = cluster, entries
        self._future = cluster.submit(entries)

    def done(self) -> bool:
        return bool(self._future.done())

    def cancel(self) -> None:
        self._future.cancel()

    def result(self) -> list[Outcome]:
        from distributed import KilledWorker

        for left in reversed(range(TRIES)):
            try:
                outcomes: list[Outcome] = pickle.loads(self._future.result())
                return outcomes
            except KilledWorker as error:
                if not left:
                    raise self._cluster.lost(error) from None
                self._future = self._cluster.submit(self._entries)
            except (CancelledError, OSError) as error:  # the connection to the scheduler is closed
                raise self._cluster.lost(error) from None
        raise AssertionError("the last try returns or raises")
