"""Damaged input of every kind, the same each time: nothing but answers and errors of our own comes back."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TARGETS = (
    "document", "tagger", "families", "page", "extraction", "corpus", "feed", "labels", "model", "arrays", "lexicon",
    "answer", "api",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("target", TARGETS)
def test_nothing_breaks_it(target, tmp_path):
    command = [sys.executable, ROOT / "fuzzing" / "run.py", target, "--inputs", "150", "--findings", tmp_path]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert list(tmp_path.iterdir()) == []


def test_all_that_strangers_feed_is_a_target():
    command = [sys.executable, ROOT / "fuzzing" / "run.py", "nothing"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert f"there are {', '.join(TARGETS)}" in done.stderr
