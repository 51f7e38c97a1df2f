"""What tests of rankings share."""

from contextlib import contextmanager
from functools import partial

import pytest

from onrecord.scoring.ranking import local
from onrecord.scoring.ranking.batch import score_batch


class InProcess:
    """An engine that scores where it is called, at once."""

    def __init__(self, recipe):
        self.function = partial(score_batch, recipe=recipe)

    def map_batches(self, batches):
        return map(self.function, batches)


@pytest.fixture
def in_process(monkeypatch):
    """No processes are started: for tests of what a ranking writes, which start many."""

    @contextmanager
    def open_engine(recipe, options):
        yield InProcess(recipe)

    monkeypatch.setattr(local, "open_engine", open_engine)
