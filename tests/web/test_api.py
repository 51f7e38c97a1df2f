"""The JSON API over a real socket, held against its own description."""

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from onrecord.cli import main
from onrecord.web.api import MAX_ARTICLES
from onrecord.web.models import Models
from onrecord.web.openapi import OPERATIONS

EXAMPLES = Path(__file__).parents[2] / "examples"
TEXT = (EXAMPLES / "column.txt").read_text(encoding="utf-8")
PAGE = (EXAMPLES / "council-water.html").read_text(encoding="utf-8")
SCHEMA = json.loads((EXAMPLES.parent / "docs/report.schema.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def described(site):
    """`described(response)` is its JSON, checked against what the OpenAPI document says of that answer."""
    document = site.get("/api/openapi.json").json()
    registry = Registry().with_resource("urn:openapi", Resource(document, DRAFT202012))

    def check(response):
        operation = document["paths"][response.request.url.path][response.request.method.lower()]
        (pointer,) = operation["responses"][str(response.status_code)]["content"].values()
        schema = json.loads(json.dumps(pointer["schema"]).replace('"#/', '"urn:openapi#/'))
        jsonschema.Draft202012Validator(schema, registry=registry).validate(response.json())
        return response.json()

    return check


def test_score_is_the_record_of_the_command(site, described):
    found = described(site.post("/api/score", json={"text": TEXT, "changes": True}))
    printed = CliRunner().invoke(main, ["score", "--format", "json", str(EXAMPLES / "column.txt")])
    assert found == json.loads(printed.stdout)
    jsonschema.validate(found, SCHEMA)


def test_score_takes_a_page_and_what_is_known_of_it(site, described):
    known = {"title": "Told", "authors": ["Ann Roe", "Bo Li"], "published": "2026-03-04"}
    article = described(site.post("/api/score", json={"html": PAGE, "changes": False, **known}))["article"]
    assert (article["title"], article["byline"], article["published"]) == ("Told", "Ann Roe, Bo Li", "2026-03-04")


def test_score_fetches_a_url(site, described, serve):
    base = serve({"/story": (200, {"Content-Type": "text/html; charset=utf-8"}, PAGE.encode())})
    found = described(site.post("/api/score", json={"url": f"{base}/story", "changes": False}))
    assert found["article"]["url"] == f"{base}/story" and found["score"]["value"] is not None


def test_what_would_raise_a_score_can_be_left_out(site):
    changes = [
        site.post("/api/score", json={"text": TEXT, "changes": wanted}).json()["changes"] for wanted in (True, False)
    ]
    assert changes[0] and not changes[1]


def test_rank_puts_the_best_first_and_names_what_failed(site, described):
    articles = [{"text": "Too short.", "id": 7}, {"text": TEXT}, {"id": "none"}, {"html": PAGE, "id": "council"}]
    found = described(site.post("/api/rank", json={"articles": articles}))
    assert [row["index"] for row in found["ranked"]] == [3, 1, 0]
    assert [row["id"] for row in found["ranked"]] == ["council", "", "7"]
    assert found["ranked"][0]["score"] > found["ranked"][1]["score"] and found["ranked"][2]["score"] is None
    assert [error["index"] for error in found["errors"]] == [2]


def test_rank_fetches_nothing(site, described, serve):
    asked = []
    base = serve({"/story": lambda handler: asked.append(handler.path)})
    found = described(site.post("/api/rank", json={"articles": [{"url": f"{base}/story"}]}))
    assert len(found["errors"]) == 1 and asked == []


def test_models_and_health(site, described):
    assert [model["name"] for model in described(site.get("/api/models"))["models"]] == ["default", "vi"]
    health = described(site.get("/api/health"))
    assert health["status"] == "ok" and health["free"] == health["places"] == 17
    described(site.get("/api/openapi.json"))


def test_every_operation_is_there_and_described(site):
    document = site.get("/api/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    for operation in OPERATIONS:
        assert operation.method in document["paths"][operation.path]
        wrong = site.request("PUT", operation.path)
        assert wrong.status_code == 405 and set(wrong.json()) == {"error", "remedy"}
        assert operation.method.upper() in wrong.headers["allow"].split(", ")


BAD_BODIES = [
    (b'{"text": ', "no JSON"),
    (b"[1, 2]", "list"),
    (b"\xff\xfe{}", "no JSON"),
    (b"[" * 100_000, "nested too deeply"),
    (b"{}", "no article"),
    (b'{"text": "  "}', "no article"),
    (b'{"text": 5}', "'text' is 5"),
    (b'{"text": "a", "authors": {}}', "'authors'"),
    (b'{"text": "a", "changes": "yes"}', "'changes'"),
    (b'{"text": "a", "model": 3}', "'model'"),
]


@pytest.mark.parametrize(("body", "words"), BAD_BODIES)
def test_a_wrong_body_is_a_400_that_says_why(site, described, body, words):
    answer = site.post("/api/score", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 400
    assert words in described(answer)["error"]


@pytest.mark.parametrize("articles", [None, [], "text", [{"text": "a"}] * (MAX_ARTICLES + 1), ["a"]])
def test_a_wrong_batch_is_a_400(site, described, articles):
    answer = site.post("/api/rank", json={"articles": articles})
    assert answer.status_code == 400
    described(answer)


STATUSES = [
    ({"text": TEXT, "model": "nobody's"}, 404, "no model"),
    ({"text": TEXT, "model": "/etc"}, 404, "no model"),
    ({"html": "<p>Nothing here.</p>"}, 422, "words"),
    ({"url": "file:///etc/passwd"}, 422, "http"),
    ({"url": "/etc/passwd"}, 422, "http"),
]


@pytest.mark.parametrize(("asked", "status", "words"), STATUSES)
def test_what_cannot_be_done_has_a_status_and_a_remedy(site, described, asked, status, words):
    answer = site.post("/api/score", json=asked)
    found = described(answer)
    assert answer.status_code == status and words in found["error"] and found["remedy"]


def test_halves_of_characters_are_answered_in_whole_ones(site, described):
    lone = "\\ud800"
    for path, body in (
        ("/api/score", f'{{"text": "{lone} {TEXT[:40]}", "title": "{lone}", "changes": false}}'),
        ("/api/score", f'{{"text": "a", "model": "{lone}"}}'),
        ("/api/score", f'{{"url": "http://{lone}"}}'),
        ("/api/rank", f'{{"articles": [{{"text": "a", "id": "{lone}"}}, {{"id": "{lone}"}}]}}'),
    ):
        answer = site.post(path, content=body.replace("\n", " "), headers={"Content-Type": "application/json"})
        assert answer.status_code in (200, 404, 422)
        described(answer)


def test_json_must_be_called_json(site, described):
    answer = site.post("/api/score", content=b"{}", headers={"Content-Type": "text/plain"})
    assert answer.status_code == 415
    described(answer)


def test_private_networks_are_refused_unless_they_are_allowed(start):
    answer = start().post("/api/score", json={"url": "http://127.0.0.1/"})
    assert answer.status_code == 422 and "loopback" in answer.json()["error"]


def test_a_fault_is_told_without_its_insides_and_written_to_the_log(start, described, monkeypatch, caplog):
    def fault(self):
        raise ValueError("insides")

    client = start()
    monkeypatch.setattr(Models, "listed", fault)
    answer = client.get("/api/models")
    assert answer.status_code == 500 and "insides" not in answer.text and "ValueError" in described(answer)["error"]
    assert "insides" in caplog.text and answer.headers["connection"] == "close"
    assert client.get("/api/health").status_code == 200
