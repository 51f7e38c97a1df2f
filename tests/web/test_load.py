"""When there is more to do than can be done, and when an article is a bad one."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from onrecord.web import desk


@pytest.fixture
def patched(monkeypatch, programs):
    def patch(function, seconds=60.0):
        monkeypatch.setattr(desk, "perform", getattr(programs, function))
        monkeypatch.setattr(desk, "ARTICLE_SECONDS", seconds)

    return patch


def test_a_full_queue_is_a_503_that_says_when_to_try_again(patched, start, tmp_path):
    patched("wait_for_file")
    signal = tmp_path / "go"
    asked = {"text": str(signal)}
    client = start(waiting=1)
    with ThreadPoolExecutor() as threads:
        served = [threads.submit(client.post, "/api/score", json=asked) for _ in range(2)]
        while client.get("/api/health").json()["free"]:
            pass
        for path, body in (("/api/score", asked), ("/api/rank", {"articles": [asked]})):
            turned_away = client.post(path, json=body)
            assert turned_away.status_code == 503 and int(turned_away.headers["Retry-After"]) >= 1
            assert set(turned_away.json()) == {"error", "remedy"}
        page = client.post("/", data={"text": "Something."})
        assert page.status_code == 503 and "Retry-After" in page.headers and "<html" in page.text
        signal.touch()
        assert [future.result().status_code for future in served] == [200, 200]
        assert client.post("/api/score", json=asked).status_code == 200


@pytest.mark.parametrize(("text", "status", "words"), [("hang", 504, "longer than 0.3 s"), ("leave", 500, "ended")])
def test_a_bad_article_costs_its_own_request_only(patched, start, text, status, words):
    patched("hang_on_demand", 0.3)
    client = start()
    answer = client.post("/api/score", json={"text": text})
    assert answer.status_code == status and words in answer.json()["error"]
    assert client.post("/api/score", json={"text": "fine"}).json() == {"answered": True}
