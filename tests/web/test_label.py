"""A round of labelling: rate, take back, agree, train, use; and that no acknowledged answer is ever lost."""

import json
import re

import pytest

from onrecord.errors import LabelError
from onrecord.training.label_set import read_label_set
from onrecord.training.labels import BAD, GOOD
from onrecord.training.ratings import ratings_file
from onrecord.training.registry import Registry
from onrecord.web import trainer
from onrecord.web.labelling import Labelling
from onrecord.web.problems import Problem

WORDS = "The {} said on Monday that the old bridge will stay shut until the divers have looked at each of its piers. "
HOSTILE = '<script>alert(1)</script>"><b>'


@pytest.fixture
def articles(tmp_path):
    """A file of articles to label, as `onrecord label` writes them."""
    rows = [
        {"id": f"a{k}", "publisher": f"paper-{k % 3}.example", "title": f"Title {k}", "text": f"Part {k}. " + text * 6}
        for k, text in enumerate(WORDS.format(who) for who in ("mayor", "harbour master", "council", "critics"))
    ]
    path = tmp_path / "next.jsonl"
    path.write_text("".join(json.dumps({**row, "score": 50, "why": "", "rating": None}) + "\n" for row in rows))
    return path


def key(html):
    return re.search(r'name="article" value="([0-9a-f]{16})"', html)[1]


def page(client, rater="Ann", **more):
    return client.get("/label", params={"rater": rater, **more}).text


def rate(client, rating, rater="Ann", article=None, **more):
    data = {"article": article or key(page(client, rater)), "rater": rater, "rating": rating, **more}
    return client.post("/label", data=data)


def lines(path):
    return [json.loads(line) for line in ratings_file(path).read_text(encoding="utf-8").splitlines()]


def test_it_asks_who_rates_and_shows_articles_in_their_order(start, articles):
    client = start(label=articles)
    first = client.get("/label").text
    assert 'name="rater"' in first and "Title 0" not in first
    for k in range(4):
        assert f"Title {k}" in page(client)
        assert rate(client, 10 * k).status_code == 303
    assert "All 4 articles are rated" in page(client)


def test_raters_see_the_rubric_and_neither_score_nor_publisher(start, articles):
    html = page(start(label=articles))
    assert "What to look at" in html and "paper-0" not in html and "50 of 100" not in html


def test_an_article_can_be_passed_over_for_now(start, articles):
    client = start(label=articles)
    first = key(page(client))
    second = page(client, after=first)
    assert "Title 1" in second and "Title 0" in page(client)
    answered = client.post("/label", data={"article": key(second), "rater": "Ann", "rating": 50}, follow_redirects=True)
    assert "Title 2" in answered.text and "Title 0" in page(client)


def test_each_answer_is_a_line_and_a_label(start, articles):
    client = start(label=articles)
    rate(client, "72.5")
    rate(client, "", label="good")
    rate(client, "", label="bad")
    written = lines(articles)
    assert [line["rating"] for line in written] == [72.5, GOOD, BAD]
    assert all(line["rater"] == "Ann" and line["time"] and line["text"] for line in written)
    examples = read_label_set([ratings_file(articles)]).examples
    assert [(each.id, each.publisher, each.rating) for each in examples] == [
        ("a0", "paper-0.example", 72.5),
        ("a1", "paper-1.example", GOOD),
        ("a2", "paper-2.example", BAD),
    ]


def test_undo_appends_and_shows_the_article_again(start, articles):
    client = start(label=articles)
    rate(client, 10)
    rate(client, 20)
    before = ratings_file(articles).read_bytes()
    assert client.post("/label/undo", data={"rater": "Ann"}).status_code == 303
    assert ratings_file(articles).read_bytes().startswith(before)
    assert "Title 1" in page(client)
    assert [example.id for example in read_label_set([ratings_file(articles)]).examples] == ["a0"]
    assert client.post("/label/undo", data={"rater": "Ann"}).status_code == 303
    assert client.post("/label/undo", data={"rater": "Ann"}).status_code == 409


def test_two_raters_have_a_mean_and_an_agreement(start, articles):
    client = start(label=articles)
    for rater, ratings in (("Ann", (20, 40, 80)), ("Bo", (30, 40, 90))):
        for rating in ratings:
            rate(client, rating, rater)
    html = page(client)
    assert "<b>3</b> <bdi>Ann</bdi>" in html and "<b>3</b> <bdi>Bo</bdi>" in html
    assert "Agreement on 3 articles" in html and re.search(r"alpha 0\.9\d", html)
    assert [example.rating for example in read_label_set([ratings_file(articles)]).examples] == [25, 40, 85]


def test_answers_are_there_when_the_server_starts_again(start, articles):
    rate(start(label=articles), 10)
    assert "Title 1" in page(start(label=articles))


WRONG = [
    ({"rating": "101"}, "'101'"),
    ({"rating": "-1"}, "'-1'"),
    ({"rating": "nan"}, "'nan'"),
    ({"rating": "inf"}, "'inf'"),
    ({"rating": ""}, "''"),
    ({"rating": "many"}, "'many'"),
    ({"rater": " "}, "name"),
    ({"rater": "x" * 61}, "name"),
    ({"rater": "A\x00"}, "name"),
    ({"key": "0" * 16}, "no such article"),
]


@pytest.mark.parametrize(("changed", "words"), WRONG)
def test_a_wrong_answer_is_not_written(articles, changed, words):
    labelling = Labelling(articles)
    (first, *_) = labelling.items
    with pytest.raises(Problem, match="400") as caught:
        labelling.save(**{"key": first, "rater": "Ann", "rating": "50", **changed})
    assert words in caught.value.error
    assert not ratings_file(articles).exists()


def test_a_page_says_what_is_wrong_with_an_answer(start, articles):
    answer = rate(start(label=articles), "many")
    assert answer.status_code == 400 and 'role="alert"' in answer.text and "from 0 to 100" in answer.text


def test_whatever_raters_and_articles_are_called_stays_text(start, articles):
    row = json.loads(articles.read_text(encoding="utf-8").splitlines()[0])
    hostile = {**row, "title": HOSTILE, "text": f"{HOSTILE} {row['text']}"}
    articles.write_text(json.dumps(hostile) + "\n", encoding="utf-8")
    client = start(label=articles)
    rate(client, 5, HOSTILE)
    assert all("<script" not in page(client, rater) for rater in ("Ann", HOSTILE))


def test_without_a_file_there_is_nothing_to_label(start):
    assert start().get("/label").status_code == 404


@pytest.mark.parametrize("content", ["", "{}\n", '{"text": "Too short."}\n', "no json\n"])
def test_a_file_without_articles_is_refused_at_the_start(tmp_path, content):
    (tmp_path / "a.jsonl").write_text(content)
    with pytest.raises(LabelError):
        Labelling(tmp_path / "a.jsonl")


def finished(client):
    while (answer := client.get("/label/train")).headers.get("refresh"):
        pass
    return answer.text


def test_training_shows_before_and_after_and_the_model_can_be_used(start, articles, programs, monkeypatch, tmp_path):
    monkeypatch.setattr(trainer, "carry_out", programs.train_quickly)
    registry = tmp_path / "registry"
    client = start(label=articles, registry=registry)
    assert client.post("/label/train").status_code == 409 and client.post("/label/use").status_code == 409
    for rating in (5, 15, 90, 80):
        rate(client, rating)
    assert client.post("/label/train").status_code == 303
    assert client.post("/label/train").status_code == 409
    html = finished(client)
    assert "4 articles learnt from" in html and "mean absolute error" in html and "Before</th>" in html
    assert (tmp_path / "next.model" / "model.json").is_file()
    assert client.post("/label/use", data={"force": "yes"}).status_code == 303
    assert "next@1 is in use" in finished(client)
    assert Registry(registry).state().in_use == "next@1"
    assert [model["name"] for model in client.get("/api/models").json()["models"] if model["in_use"]] == ["next@1"]
    scored = client.post("/api/score", json={"text": WORDS * 8, "changes": False}).json()
    assert scored["model"]["name"] == "next"


def test_labels_that_teach_nothing_are_told(start, articles):
    client = start(label=articles)
    rate(client, 50)
    client.post("/label/train")
    assert "only 1 labelled articles" in finished(client)
