"""The same article gets the same report wherever it stands: in any order, process, hash seed, locale and time zone."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.scoring.record import to_json
from onrecord.scoring.score import score_article, score_articles
from onrecord.scoring.source import read_source

EXAMPLES = Path(__file__).parents[1] / "examples"
NAMES = ("council-water.html", "hospital-merger.txt", "port-strike.md", "rant.txt", "column.txt")


def test_neighbours_and_order_change_nothing():
    articles = [read_source(str(EXAMPLES / name)) for name in NAMES]
    alone = [to_json(score_article(article)) for article in articles]
    assert [to_json(report) for report in score_articles(articles)] == alone
    assert [to_json(report) for report in score_articles(articles[::-1])] == alone[::-1]


def ranked(folder, jobs, reverse, **environment):
    """What `rank` writes of the examples, by id."""
    lines = (EXAMPLES / "corpus.jsonl").read_text(encoding="utf-8").splitlines()
    corpus, out = folder / f"corpus{jobs}{reverse}.jsonl", folder / f"ranked{environment['PYTHONHASHSEED']}.jsonl"
    corpus.write_text("".join(f"{line}\n" for line in (lines[::-1] if reverse else lines)), encoding="utf-8")
    command = [sys.executable, "-m", "onrecord", "rank", corpus, "-o", out, "--jobs", str(jobs), "--evidence"]
    done = subprocess.run(command, env=os.environ | environment, capture_output=True, check=False)
    assert done.returncode == 1, done.stderr  # one record has no text
    rows = map(json.loads, out.read_text(encoding="utf-8").splitlines())
    return {row["id"]: row | {"duplicate_of": ""} for row in rows}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("jobs", "reverse", "environment"),
    [
        (2, False, {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "Asia/Tokyo"}),
        (1, True, {"PYTHONHASHSEED": "2", "LC_ALL": "tr_TR.UTF-8", "TZ": "America/Adak"}),
        (2, True, {"PYTHONHASHSEED": "3", "PYTHONUTF8": "0", "LC_ALL": "POSIX"}),
    ],
)
def test_processes_order_hash_seed_and_locale_change_nothing(jobs, reverse, environment, tmp_path):
    expected = ranked(tmp_path, 1, False, PYTHONHASHSEED="0")
    assert len(expected) > 5
    assert ranked(tmp_path, jobs, reverse, **environment) == expected
