"""The pages that score: one article, or two side by side."""

import math
from collections.abc import Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from onrecord.scoring.explain import BANDS
from onrecord.scoring.render import axis
from onrecord.web.desk import Desk
from onrecord.web.guard import MAX_BODY
from onrecord.web.jobs import Fetched, Form, Job, Upload
from onrecord.web.problems import Problem
from onrecord.web.rendering import article_page, page, places, read_json

SIDES = ("first", "second")


async def home(request: Request) -> Response:
    """`GET /`: the form."""
    return page("home.html", {**places(request), "bands": BANDS})


async def article(request: Request) -> Response:
    """`POST /`: the article page."""
    desk: Desk = request.app.state.desk
    model = await run_in_threadpool(request.app.state.models.find, None)
    async with request.form(max_part_size=MAX_BODY) as form:
        job = await _job(form, "", model, "page", desk)
    return article_page(await _one(desk, job), "/", "Score another article")


async def compare_form(request: Request) -> Response:
    """`GET /compare`: the form."""
    return page("compare_form.html", {**places(request), "sides": SIDES})


async def compare(request: Request) -> Response:
    """`POST /compare`: two articles side by side."""
    desk: Desk = request.app.state.desk
    model = await run_in_threadpool(request.app.state.models.find, None)
    async with request.form(max_part_size=MAX_BODY) as form:
        jobs = [await _job(form, f"{side}_", model, "summary", desk) for side in SIDES]
    answers = await desk.ask(jobs)
    for side, answer in zip(SIDES, answers, strict=True):
        if isinstance(answer, Problem):
            raise Problem(answer.status, f"the {side} article: {answer.error}", answer.remedy)
    found = [read_json(answer) for answer in answers if isinstance(answer, str)]
    told = outcome(*(each["score"] for each in found))
    points = [family["points"] for each in found for family in each["families"]]
    return page("compare.html", {**places(request), "articles": found, "outcome": told, "axis": axis(points)})


def outcome(first: Mapping[str, Any], second: Mapping[str, Any]) -> str:
    """Which of two scores is higher, and whether by more than both are uncertain.

    Of two errors that do not depend on each other, the difference has the root of the sum of their squares; of each
    interval, the side that faces the other score counts.

    Args:
        first, second: the scores of two records.
    """
    if first["abstained"] or second["abstained"]:
        return "They cannot be compared, for one of them has no score."
    points = round(first["value"]) - round(second["value"])
    if points == 0:
        return "Both have the same score."
    name, above, below = ("first", first, second) if points > 0 else ("second", second, first)
    uncertain = math.hypot(above["value"] - above["low"], below["high"] - below["value"])
    higher = f"{abs(points)} point{'s' if abs(points) > 1 else ''} higher"
    clear = "more than" if abs(points) > uncertain else "within what"
    return f"The {name} is {higher}, which is {clear} both scores are uncertain by."


async def _one(desk: Desk, job: Job) -> str:
    (answer,) = await desk.ask([job])
    if isinstance(answer, Problem):
        raise answer
    return answer


async def _job(form: FormData, prefix: str, model: str, kind: Form, desk: Desk) -> Job:
    """The job for what was filled in: a file, or else a text, or else a URL.

    Raises:
        Problem: nothing was (400), or too many pages are being fetched (503).
        FetchError: the URL cannot or may not be fetched.
    """
    file, text, url = (form.get(f"{prefix}{name}") for name in ("file", "text", "url"))
    url, title = (str(value or "").strip() for value in (url, form.get(f"{prefix}title")))
    about = {"title": title} if title else {}
    if isinstance(file, UploadFile) and file.filename:
        return Job(Upload(await file.read(), file.filename), model, kind, about, kind == "page")
    if isinstance(text, str) and text.strip():
        about |= {"url": url} if url else {}
        return Job(Upload(text.encode("utf-8", "replace"), ""), model, kind, about, kind == "page")
    if not url:
        raise Problem(400, "there is no article", "paste a URL or a text, or choose a file")
    return Job(Fetched(await desk.fetch(url), url), model, kind, about, kind == "page")
