"""A clock that is set back: nothing is put in order by it."""

import json
import os
from datetime import UTC, date, datetime, timedelta

import pytest

from onrecord.scoring.ranking import RankOptions, rank, work_folder
from onrecord.training import ratings, registry
from onrecord.training.label_set import read_label_set
from onrecord.training.ratings import RatingFile, article_key
from onrecord.training.registry import Registry

TEXT = "The mayor said on Monday that the old bridge will stay shut until divers have looked at its piers. "
FUTURE = 4e9


class Back(datetime):
    """A clock that goes a day back whenever it is asked."""

    days = 0

    @classmethod
    def now(cls, zone=None):
        cls.days += 1
        return datetime(2026, 5, 4, tzinfo=UTC) - timedelta(cls.days)

    @classmethod
    def today(cls):
        return cls.now().date()


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    monkeypatch.setattr(ratings, "datetime", Back)
    monkeypatch.setattr(registry, "date", type("Day", (date,), {"today": Back.today}))


def test_the_last_answer_wins_and_is_the_one_taken_back(tmp_path):
    path = tmp_path / "r.jsonl"
    answers = RatingFile(path)
    one, other = (f"{word} {TEXT * 6}" for word in ("One", "Another"))
    for text, rating in ((one, 10), (other, 20), (one, 90)):
        answers.add(text, "Ann", rating, {})
    times = [json.loads(line)["time"] for line in path.read_text().splitlines()]
    assert times == sorted(times, reverse=True) and len(set(times)) == 3
    os.utime(path, (FUTURE, FUTURE))
    again = RatingFile(path)
    assert again.of(article_key(one)) == {"Ann": 90}
    assert [example.rating for example in read_label_set([path]).examples] == [90, 20]
    assert again.undo("Ann") == article_key(one) and again.undo("Ann") == article_key(other)


def test_the_registry_goes_by_what_was_done(tmp_path, put):
    home = Registry(tmp_path / "home")
    names = ["one", "two", "three"]
    for name in names:
        home.adopt(put(tmp_path / name, name), home.state().in_use)
        os.utime(tmp_path / "home" / "state.json", (FUTURE, FUTURE))
    state = home.state()
    assert [version.name for version in state.versions] == [f"{name}@1" for name in names] == [*state.history]
    assert [version.added for version in state.versions] == sorted((v.added for v in state.versions), reverse=True)
    marks = {home.mark()}
    for before in ("two@1", "one@1", "default"):
        assert home.rollback()[1] == home.state().in_use == before
        marks.add(home.mark())
    assert len(marks) == 4
    put(tmp_path / "two", "two")
    (tmp_path / "two" / "card.md").write_text("again")
    assert home.adopt(str(tmp_path / "two"), "default") == "two@2" == home.version("two").name


@pytest.mark.parametrize("when", [1, FUTURE])
def test_a_run_is_resumed_whenever_its_files_are_from(tmp_path, small_shards, when):
    corpus, out, unbroken = tmp_path / "in.jsonl", tmp_path / "out.jsonl", tmp_path / "unbroken.jsonl"
    corpus.write_text("".join(json.dumps({"id": str(n), "text": f"{n} {TEXT * 6}"}) + "\n" for n in range(20)))
    os.utime(corpus, (FUTURE, FUTURE))
    rank([str(corpus)], unbroken)

    def stop(progress):
        if progress.done == 10:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rank([str(corpus)], out, RankOptions(), stop)
    for path in work_folder(out).iterdir():
        os.utime(path, (when, when))
    seen = []
    rank([str(corpus)], out, RankOptions(resume=True), seen.append)
    assert seen[0].done == 10 and out.read_bytes() == unbroken.read_bytes()
