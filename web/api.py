"""The JSON API: what it reads, and what it answers."""

import json
from collections.abc import Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from onrecord.version import VERSION
from onrecord.web.desk import Desk
from onrecord.web.jobs import Fetched, Form, Job
from onrecord.web.models import Models
from onrecord.web.problems import Problem

MAX_ARTICLES = 100
# What an article is described by; every key may be left out or null.
FIELDS: dict[str, tuple[type, ...]] = {
    **dict.fromkeys(("text", "html", "url", "title", "published"), (str,)),
    "authors": (str, list),
    "id": (str, int),
}


async def score(request: Request) -> Response:
    """`POST /api/score`: the record of one article."""
    asked = await _object(request)
    desk, models = _state(request)
    model = await run_in_threadpool(models.find, _string(asked, "model"))
    changes = asked.get("changes", False)
    if not isinstance(changes, bool):
        raise Problem(400, f"'changes' is {repr(changes)[:40]}", "give true or false")
    job = await job_of(_about(asked), model, "record", desk, changes=changes)
    (answer,) = await desk.ask([job])
    if isinstance(answer, Problem):
        raise answer
    return Response(answer, media_type="application/json")


async def rank(request: Request) -> Response:
    """`POST /api/rank`: the rows of a few articles, the best first, and what is wrong with the others."""
    asked = await _object(request)
    desk, models = _state(request)
    model = await run_in_threadpool(models.find, _string(asked, "model"))
    articles = asked.get("articles")
    if not isinstance(articles, list) or not 1 <= len(articles) <= MAX_ARTICLES:
        have = f"{len(articles)} articles" if isinstance(articles, list) else repr(articles)[:40]
        raise Problem(400, f"'articles' is {have}", f"give a list of 1 to {MAX_ARTICLES} of them")
    jobs = [Job(None, model, "row", _about(article)) for article in articles]
    ranked: list[dict[str, Any]] = []
    errors: list[dict[str, Any]] = []
    for index, answer in enumerate(await desk.ask(jobs)):
        if isinstance(answer, Problem):
            errors.append({"index": index, **answer.record})
        else:
            ranked.append({"index": index, **json.loads(answer)})
    ranked.sort(key=lambda row: (row["score"] is None, -(row["score"] or 0), row["index"]))
    return JSONResponse({"ranked": ranked, "errors": errors})


async def list_models(request: Request) -> Response:
    """`GET /api/models`: those on this machine."""
    return JSONResponse({"models": await run_in_threadpool(_state(request)[1].listed)})


async def health(request: Request) -> Response:
    """`GET /api/health`: that it runs, and how many requests it could take."""
    desk, _ = _state(request)
    return JSONResponse({"status": "ok", "version": VERSION, "places": desk.places.count, "free": desk.places.free})


async def job_of(about: Mapping[str, Any], model: str, form: Form, desk: Desk, *, changes: bool = False) -> Job:
    """The job for an article; one that has only a URL is fetched.

    Raises:
        FetchError: it cannot or may not be fetched.
        Problem: there is no article (400), or too many are being fetched (503).
    """
    if any((about.get(key) or "").strip() for key in ("text", "html")):
        return Job(None, model, form, about, changes)
    url = (about.get("url") or "").strip()
    if not url:
        raise Problem(400, "there is no article", "give its 'text', its 'html', or its 'url'")
    return Job(Fetched(await desk.fetch(url), url), model, form, about, changes)


def _state(request: Request) -> tuple[Desk, Models]:
    return request.app.state.desk, request.app.state.models


async def _object(request: Request) -> dict[str, Any]:
    """The JSON object of a request.

    Raises:
        Problem: it is of another type (415), or no JSON object (400).
    """
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != "application/json":
        raise Problem(415, f"the content type is {media[:40]!r}", "send application/json")
    remedy = "send one JSON object in UTF-8; /api/openapi.json describes it"
    try:
        found = json.loads(await request.body())
    except RecursionError:
        raise Problem(400, "the JSON is nested too deeply", remedy) from None
    except ValueError as error:
        raise Problem(400, f"the body is no JSON ({str(error)[:80]})", remedy) from None
    if not isinstance(found, dict):
        raise Problem(400, f"the JSON is a {type(found).__name__}, not an object", remedy)
    return found


def _about(article: Any) -> dict[str, Any]:
    """The known fields of an article.

    Raises:
        Problem: one has a value of another type (400).
    """
    if not isinstance(article, dict):
        raise Problem(400, f"an article is {repr(article)[:40]}", "give an object with 'text' or 'html'")
    about = {key: article[key] for key in FIELDS if article.get(key) is not None}
    for key, value in about.items():
        if not isinstance(value, FIELDS[key]) or isinstance(value, bool):
            raise Problem(400, f"'{key}' is {repr(value)[:40]}", f"give {' or '.join(t.__name__ for t in FIELDS[key])}")
        if isinstance(value, list) and not all(isinstance(each, str) for each in value):
            raise Problem(400, f"'{key}' is {repr(value)[:40]}", "give a list of strings")
    return about


def _string(asked: Mapping[str, Any], key: str) -> str | None:
    value = asked.get(key)
    if value is None or isinstance(value, str):
        return value
    raise Problem(400, f"'{key}' is {repr(value)[:40]}", "give a string")
