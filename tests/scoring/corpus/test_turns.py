"""Turns at a host: nobody overlaps, and pauses are kept, among threads and among processes."""

import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest

from onrecord.errors import InputError
from onrecord.scoring.corpus import turns
from onrecord.scoring.corpus.turns import turn

HOST = "https://press.example"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A folder for temporary files that is this test's own."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.fixture
def clock(monkeypatch):
    """A clock that goes on only when somebody sleeps; it lists how long."""
    slept = []
    monkeypatch.setattr(turns, "sleep", slept.append)
    monkeypatch.setattr(turns, "time", lambda: clock_hand[0])
    clock_hand = [0.0]
    slept_by = Path.touch

    def touch(note):
        slept_by(note)
        os.utime(note, (clock_hand[0], clock_hand[0]))

    monkeypatch.setattr(Path, "touch", touch)
    return slept, clock_hand


@pytest.mark.parametrize(
    ("passed", "delay", "wait"), [(0, 1, 1), (0.25, 1, 0.75), (1, 1, 0), (5, 1, 0), (0, 0, 0), (-100, 2, 2), (3, 10, 7)]
)
def test_the_pause_is_what_is_left_of_the_delay(clock, passed, delay, wait):
    slept, hand = clock
    hand[0] = 1000.0
    with turn(HOST, delay):
        pass
    hand[0] += passed
    with turn(HOST, delay):
        pass
    assert slept == [0.0, wait]


def test_a_pause_begins_when_a_turn_ends_even_in_an_error(clock):
    slept, hand = clock
    with pytest.raises(ValueError, match="no answer"), turn(HOST, 1):
        hand[0] = 50.0
        raise ValueError("no answer")
    with turn(HOST, 1):
        pass
    assert slept == [0.0, 1.0]


@pytest.mark.parametrize(
    ("other", "same"),
    [("http://press.example:8080", True), ("https://PRESS.example", True), ("https://www.press.example", False)],
)
def test_hosts_are_told_apart_by_name(clock, other, same):
    slept, _ = clock
    for each in (HOST, other):
        with turn(each, 1):
            pass
    assert slept == [0.0, 1.0 if same else 0.0]


def test_nobody_overlaps_at_a_host():
    here, most = [], []

    def visit():
        with turn(HOST, 0):
            here.append(1)
            most.append(len(here))
            here.pop()

    threads = [threading.Thread(target=visit) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 8


def test_other_processes_wait_too(folder):
    code = f"from onrecord.scoring.corpus.turns import turn\nwith turn({HOST!r}, 0): print('in', flush=True)"
    with turn(HOST, 0):
        other = subprocess.Popen(
            [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env={**os.environ, "TMPDIR": str(folder)}
        )
        with pytest.raises(subprocess.TimeoutExpired):
            other.wait(1)
    assert other.communicate(timeout=30)[0] == "in\n" and other.returncode == 0


def test_the_notes_are_the_users_own(folder, monkeypatch):
    with turn(HOST, 0):
        pass
    (own,) = folder.iterdir()
    assert own.stat().st_mode & 0o777 == 0o700
    other = own.stat().st_uid + 1
    monkeypatch.setattr(os, "getuid", lambda: other)
    own.rename(folder / f"onrecord-{other}")
    with pytest.raises(InputError, match="belongs to another user; point TMPDIR"), turn(HOST, 0):
        pass


def test_without_a_place_for_notes_it_is_an_error(folder, monkeypatch):
    (folder / "file").write_text("")
    monkeypatch.setattr(tempfile, "tempdir", str(folder / "file"))
    with pytest.raises(InputError, match="cannot be made"), turn(HOST, 0):
        pass
