"""The command as a process: it says where it is, it ends cleanly, and what it acknowledged stays."""

import json
import os
import re
import signal
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
from click.testing import CliRunner

from onrecord.cli import main
from onrecord.training.ratings import ratings_file

TEXT = "The mayor said on Monday that the old bridge will stay shut until divers have looked at its piers. " * 5

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")


def children(pid):
    found = set()
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found.add(int(path.parent.name))
    return found


def gone(pids):
    """Wait until all are, as long as the time limit of a test."""
    while any(Path(f"/proc/{pid}").exists() for pid in pids):
        os.sched_yield()
    return True


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly_with_all_its_processes(serving, number):
    with serving() as (process, client):
        assert client.post("/api/score", json={"text": TEXT, "changes": False}).status_code == 200
        workers = children(process.pid)
        assert workers
        process.send_signal(number)
        assert process.wait(30) == 0 and process.stderr.read() == ""
        assert gone(workers)


def test_acknowledged_answers_and_no_processes_survive_sigkill(serving, tmp_path):
    path = tmp_path / "next.jsonl"
    path.write_text("".join(json.dumps({"id": str(k), "text": f"{k}. {TEXT}"}) + "\n" for k in range(3)))
    with serving("--label", path) as (process, client):
        for rating in (30, 60):
            html = client.get("/label", params={"rater": "Ann"}).text
            article = re.search(r'name="article" value="(\w+)"', html)[1]
            answer = client.post("/label", data={"article": article, "rater": "Ann", "rating": rating})
            assert answer.status_code == 303
        workers = children(process.pid)
        process.kill()
        process.wait(30)
        assert gone(workers)
    written = [json.loads(line) for line in ratings_file(path).read_text().splitlines()]
    assert [line["rating"] for line in written] == [30, 60]


def name_model(folder, name):
    """The model that ships under another name, in a folder."""
    record = json.loads((files("onrecord.scoring") / "models" / "default" / "model.json").read_text(encoding="utf-8"))
    folder.mkdir()
    (folder / "model.json").write_text(json.dumps({**record, "name": name}), encoding="utf-8")
    return folder


def run(*arguments):
    subprocess.run([sys.executable, "-m", "onrecord", *map(str, arguments)], check=True, capture_output=True)


def model_of(client):
    return client.post("/api/score", json={"text": TEXT}).json()["model"]["name"]


def test_what_another_process_takes_into_use_scores_from_then_on(serving, tmp_path):
    registry = ("--registry", tmp_path / "registry")
    with serving(*registry) as (_, client):
        assert model_of(client) == "default"
        run("models", "use", name_model(tmp_path / "a", "desk"), "--force", *registry)
        assert model_of(client) == "desk"
        run("models", "use", name_model(tmp_path / "b", "night-desk"), "--force", *registry)
        assert model_of(client) == "night-desk"
        run("models", "rollback", *registry)
        assert model_of(client) == "desk"


def test_a_model_in_use_that_is_damaged_is_told_until_it_is_mended(serving, tmp_path):
    registry = ("--registry", tmp_path / "registry")
    with serving(*registry) as (_, client):
        run("models", "use", name_model(tmp_path / "a", "desk"), "--force", *registry)
        model = tmp_path / "registry" / "models" / "desk@1" / "model.json"
        whole = model.read_text(encoding="utf-8")
        model.write_text("{}")
        for _ in range(2):
            answer = client.post("/api/score", json={"text": TEXT})
            assert answer.status_code == 404 and "was changed" in answer.json()["error"]
        model.write_text(whole, encoding="utf-8")
        assert model_of(client) == "desk"


def test_a_server_that_was_started_with_a_model_keeps_it(serving, tmp_path):
    registry = ("--registry", tmp_path / "registry")
    with serving("--model", name_model(tmp_path / "mine", "mine"), *registry) as (_, client):
        run("models", "use", name_model(tmp_path / "a", "desk"), "--force", *registry)
        assert model_of(client) == "mine"


def refused(*arguments):
    result = CliRunner().invoke(main, ["serve", *map(str, arguments)])
    assert result.exit_code == 2 and result.stderr.count("\n") == 1 and "; " in result.stderr
    return result.stderr


def test_a_missing_extra_is_named(monkeypatch):
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert "onrecord[web]" in refused()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--model", "nobody's"], "no model"),
        (["--corpus", "missing.parquet"], "no ranking"),
        (["--label", "missing.jsonl"], "no label file"),
    ],
)
def test_what_cannot_be_served_is_one_line(arguments, words):
    assert words in refused("--port", 0, *arguments)


def test_a_port_that_is_taken_is_one_line(site):
    assert "cannot be had" in refused("--port", site.base_url.port)
