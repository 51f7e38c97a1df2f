"""Files appear whole or not at all."""

import os

import pytest

from onrecord.scoring.atomic import write_bytes


def test_a_file_is_written_and_written_again(tmp_path):
    for data in (b"one", b"", b"two" * 1000):
        write_bytes(tmp_path / "a", data)
        assert (tmp_path / "a").read_bytes() == data
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_where_writing_fails_the_old_file_stays(tmp_path, monkeypatch):
    write_bytes(tmp_path / "a", b"old")

    def full(number):
        raise OSError("no space left")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="no space left"):
        write_bytes(tmp_path / "a", b"new")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]


def test_a_missing_folder_is_an_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        write_bytes(tmp_path / "none" / "a", b"x")
