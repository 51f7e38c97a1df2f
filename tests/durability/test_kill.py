"""SIGKILL at any moment: what was acknowledged stays, and the next process goes on at once.

Rankings are killed in `tests/scoring/ranking/test_resume.py`.
"""

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from random import Random

import httpx
import pytest

from onrecord.scoring.model import MODEL_FILE, load_model, locate
from onrecord.training.matrix import MATRIX_FILE, load
from onrecord.training.ratings import RatingFile, ratings_file
from onrecord.training.registry import Registry

PROGRAM = Path(__file__).with_name("programs") / "writers.py"
TEXT = "The mayor said on Monday that the old bridge will stay shut until divers have looked at its piers. " * 5

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")


@contextmanager
def writer(what, folder):
    """A function that lets a writer work for a while, kills it, and gives what it acknowledged."""
    command = [sys.executable, PROGRAM, what, folder]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as program:

        def killed(random):
            print(file=program.stdin, flush=True)
            told, pid, wanted = [], None, random.randint(0, 6)
            for line in map(json.loads, program.stdout):
                if isinstance(line, dict) and "ended" in line:
                    assert line["ended"] == -signal.SIGKILL
                    return told
                if isinstance(line, dict):
                    pid = line["pid"]
                else:
                    told.append(line)
                if pid and len(told) >= wanted:
                    time.sleep(random.random() / 100)  # any moment of what comes next
                    os.kill(pid, signal.SIGKILL)
                    pid = None
            raise AssertionError("the program ended")

        yield killed
        program.stdin.close()


@pytest.mark.parametrize("kills", [3, pytest.param(20, marks=pytest.mark.slow)])
def test_the_registry_is_whole_and_free(tmp_path, put, kills):
    home, history = Registry(tmp_path / "home"), []
    more = put(tmp_path / "more", "more")
    with writer("registry", tmp_path) as killed:
        for k in range(kills):
            told = killed(Random(k))
            history = tuple(told[-1]) if told else history
            state = home.state()
            assert history in (state.history, state.history[:-1]) or state.history == history[:-1]
            for version in state.versions:
                home.check(version)
            Path(more, "card.md").write_text(str(k))
            assert home.adopt(more, state.in_use) == home.state().in_use == f"more@{k + 1}"
            history = home.state().history
    assert len(list((tmp_path / "home" / "models").glob(".new-*"))) == 0


@pytest.mark.slow
def test_a_model_folder_is_one_model(tmp_path):
    weights = {}
    with writer("model", tmp_path) as killed:
        for k in range(16):
            told = killed(Random(k))
            weights |= dict(told)
            found = locate(str(tmp_path / "model")).parent
            model = load_model(str(tmp_path / "model"))
            answers = json.loads((found / "evaluation.json").read_text(encoding="utf-8"))
            assert answers["model"] == hashlib.sha256((found / MODEL_FILE).read_bytes()).hexdigest() == model.sha256
            assert f": {model.name}, version" in (found / "card.md").read_text(encoding="utf-8")
            if model.name in weights:
                assert load(found / MATRIX_FILE).weights.sum() == pytest.approx(weights[model.name])
    assert len(weights) == 2


def answer_until_killed(process, client, random):
    """Answer as fast as possible; gives the ratings that the server acknowledged."""
    told = []
    timer = threading.Timer(random.random() / 4, process.kill)
    try:
        while True:
            html = client.get("/label", params={"rater": "Ann"}).text
            rating = random.randint(0, 100)
            article = re.search(r'name="article" value="(\w+)"', html)[1]
            if client.post("/label", data={"article": article, "rater": "Ann", "rating": rating}).status_code == 303:
                told.append((article, rating))
            if len(told) == 1:
                timer.start()
    except httpx.TransportError:
        return told
    finally:
        timer.join()


@pytest.mark.slow
def test_no_answer_that_a_server_acknowledged_is_lost(tmp_path, serving):
    path = tmp_path / "next.jsonl"
    path.write_text("".join(json.dumps({"id": str(k), "text": f"{k}. {TEXT}"}) + "\n" for k in range(2000)))
    told = []
    for k in range(6):
        with serving("--label", path) as (process, client):
            told += answer_until_killed(process, client, Random(k))
        answers = RatingFile(ratings_file(path))
        assert [answers.of(article).get("Ann") for article, _ in told] == [rating for _, rating in told]
        lines = [json.loads(line) for line in ratings_file(path).read_text(encoding="utf-8").splitlines()]
        assert len(told) <= len(lines) <= len(told) + k + 1
    assert told
