"""One at a time, and whoever waited for a lock that was removed does not hold it."""

import threading
import time

import pytest

from onrecord.errors import OnrecordError
from onrecord.scoring import lock
from onrecord.scoring.lock import locked


def test_a_lock_leaves_its_file_as_it_is(tmp_path):
    (tmp_path / "a").write_text("kept")
    with locked(tmp_path / "a"), pytest.raises(OnrecordError, match="another process is at work in"):
        locked(tmp_path / "a", 0.0).__enter__()
    with locked(tmp_path / "a"), (tmp_path / "a").open("a") as file:
        file.write(", and written to")
    assert (tmp_path / "a").read_text() == "kept, and written to"


def test_a_lock_that_was_removed_meanwhile_is_none(tmp_path, monkeypatch):
    waits, found = threading.Event(), []

    def wait():
        try:
            with locked(tmp_path / "a"):
                found.append("held")
        except OnrecordError as error:
            found.append(error.problem)

    sleep = time.sleep
    monkeypatch.setattr(lock.time, "sleep", lambda seconds: (waits.set(), sleep(seconds)))
    with locked(tmp_path / "a"):
        thread = threading.Thread(target=wait)
        thread.start()
        assert waits.wait(30)
        (tmp_path / "a").unlink()
    thread.join(30)
    assert found == [f"another process was at work in {tmp_path} and removed it"]
