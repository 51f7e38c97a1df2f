"""Two processes on one output: one wins and the other says so in a line, or both are kept; never a mix."""

import json
import re
import subprocess
import sys
import threading

import pytest

from onrecord.scoring.ranking import work_folder
from onrecord.training.ratings import RatingFile, ratings_file
from onrecord.training.registry import Registry

TEXT = "The mayor said on Monday that the old bridge will stay shut until divers have looked at its piers. " * 5


def command(*arguments, **more):
    given = [sys.executable, "-m", "onrecord", *map(str, arguments)]
    return subprocess.Popen(given, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more)


def ended(process):
    """The exit code and what it said."""
    _, said = process.communicate(timeout=100)
    return process.returncode, said


def corpus(path, name, size=30):
    path.write_text("".join(json.dumps({"id": f"{name}{n}", "text": f"{n} {TEXT}"}) + "\n" for n in range(size)))
    return path


def ids(out):
    return {json.loads(line)["id"] for line in out.read_text(encoding="utf-8").splitlines()}


def test_a_ranking_that_is_under_way_is_left_alone(tmp_path):
    out, other = tmp_path / "out.jsonl", corpus(tmp_path / "other.jsonl", "b")
    with command("rank", "-", "-o", out, "--jobs", 1, stdin=subprocess.PIPE) as first:
        first.stdin.write(json.dumps({"id": "a", "text": TEXT}) + "\n")
        first.stdin.flush()
        while not (work_folder(out) / "run").exists():
            assert first.poll() is None
        for more in ([], ["--resume"]):
            code, said = ended(command("rank", other, "-o", out, "--jobs", 1, *more))
            assert (code, said.count("\n")) == (2, 1)
            assert said.startswith("onrecord: another process is at work in ") and "wait for it to end" in said
        assert ended(first)[0] == 0
    assert ids(out) == {"a"} and not work_folder(out).exists()


@pytest.mark.slow
def test_rankings_that_begin_together_give_one_or_the_other(tmp_path):
    out = tmp_path / "out.jsonl"
    inputs = [corpus(tmp_path / f"{name}.jsonl", name) for name in "ab"]
    for _ in range(5):
        found = [ended(each) for each in [command("rank", path, "-o", out, "--jobs", 1) for path in inputs]]
        assert {code for code, _ in found} <= {0, 2} and 0 in {code for code, _ in found}
        for code, said in found:
            assert code == 0 or (said.startswith("onrecord: ") and said.count("\n") == 1)
        assert ids(out) in ({f"{name}{n}" for n in range(30)} for name in "ab")
        assert not work_folder(out).exists()


def answer(client, rater, rating):
    """Answer until it is taken; the article."""
    html = client.get("/label", params={"rater": rater}).text
    key = re.search(r'name="article" value="(\w+)"', html)[1]
    assert client.post("/label", data={"article": key, "rater": rater, "rating": rating}).status_code == 303
    return key


@pytest.mark.slow
def test_two_label_servers_on_one_file_keep_all_answers(tmp_path, serving):
    path = corpus(tmp_path / "next.jsonl", "a", 40)
    told = {}

    def work(client, rater):
        for rating in range(20):
            told[answer(client, rater, rating), rater] = rating

    with serving("--label", path) as (_, one), serving("--label", path) as (_, two):
        threads = [threading.Thread(target=work, args=pair) for pair in ((one, "Ann"), (two, "Bo"), (two, "Cy"))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        answers = RatingFile(ratings_file(path))
        assert len(told) == 60
        assert {(article, rater): answers.of(article)[rater] for article, rater in told} == told
        last = next(article for (article, rater), rating in told.items() if (rater, rating) == ("Ann", 19))
        assert two.post("/label/undo", data={"rater": "Ann"}).status_code == 303  # which the other one took down
    assert "Ann" not in RatingFile(ratings_file(path)).of(last)
    assert len(ratings_file(path).read_text(encoding="utf-8").splitlines()) == 61


def test_a_file_of_answers_that_another_process_writes_to_is_followed(tmp_path):
    one, two = RatingFile(tmp_path / "r.jsonl"), RatingFile(tmp_path / "r.jsonl")
    one.add("One text.", "Ann", 10, {})
    two.add("Another text.", "Ann", 20, {})
    one.add("A third text.", "Bo", 30, {})
    assert two.undo("Bo") is not None and one.undo("Bo") is None
    assert one.by_article() == two.by_article() == RatingFile(tmp_path / "r.jsonl").by_article()
    assert sorted(map(str, one.by_article())) == ["{'Ann': 10.0}", "{'Ann': 20.0}"]


@pytest.mark.parametrize("change", ["removed", "cut", "replaced"])
def test_a_file_of_answers_that_somebody_changes_counts_as_it_is(tmp_path, change):
    path = tmp_path / "r.jsonl"
    answers = RatingFile(path)
    for text, rating in (("One text.", 10), ("Another text.", 20)):
        answers.add(text, "Ann", rating, {})
    lines = path.read_bytes().splitlines(keepends=True)
    if change == "cut":
        path.write_bytes(lines[0])
    else:
        path.rename(tmp_path / "before.jsonl")
    if change == "replaced":
        path.write_bytes(lines[1] + lines[0] + lines[1])
    answers.add("A third text.", "Ann", 30, {})
    ratings = {"removed": [30], "cut": [10, 30], "replaced": [20, 10, 30]}[change]
    assert [*(found["Ann"] for found in answers.by_article())] == ratings
    assert RatingFile(path).by_article() == answers.by_article()


def test_models_that_are_taken_into_use_together(tmp_path, put):
    registry = tmp_path / "registry"
    sources = [put(tmp_path / name, name) for name in ("one", "two")]
    use = ("--force", "--registry", registry)
    found = [ended(each) for each in [command("models", "use", source, *use) for source in sources]]
    history = Registry(registry).state().history
    assert len(history) == sum(code == 0 for code, _ in found) > 0
    for (code, said), name in zip(found, ("one@1", "two@1"), strict=True):
        assert (code == 0) == (name in history)
        assert code == 0 or re.fullmatch(r"onrecord: \w+@1 came into use while .*; compare again\n", said)
    Registry(registry).resolve()
