"""Pages from templates, and what browsers are told that a page may do."""

import json
from collections.abc import Mapping
from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from onrecord.scoring import render
from onrecord.scoring.templating import templates
from onrecord.web.problems import RETRY_SECONDS, Problem

if TYPE_CHECKING:
    from jinja2 import Environment

API = "/api/"
POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"


def page(
    template: str, values: Mapping[str, Any], status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """A page from a template; every value is escaped."""
    return HTMLResponse(_environment().get_template(template).render(values), status, headers)


def places(request: Request) -> dict[str, bool]:
    """Which pages there are beside those that there always are, for the head of a page to link to."""
    return {"corpora": bool(request.app.state.rankings), "labelling": request.app.state.labelling is not None}


def article_page(html: str, back: str, words: str) -> Response:
    """A report as `render.to_html` makes it, with its own policy, and with a way back.

    Args:
        back: where that leads.
        words: what it is called.
    """
    headers = {"Content-Security-Policy": f"{render.policy()}; frame-ancestors 'none'"}
    way = f'<body>\n<nav class="page back" aria-label="Back"><a href="{escape(back)}">{escape(words)}</a></nav>'
    return HTMLResponse(html.replace("<body>", way, 1), headers=headers)


def problem_response(path: str, problem: Problem, places: Mapping[str, bool] | None = None) -> Response:
    """A problem as JSON or as a page, whichever was asked for."""
    headers = {"Retry-After": str(RETRY_SECONDS)} if problem.status == 503 else {}
    if path.startswith(API):
        return JSONResponse(problem.record, problem.status, headers)
    return page("problem.html", {**(places or {}), "problem": problem}, problem.status, headers)


def stylesheet(request: Request) -> Response:
    """The style of all pages but those of articles: the same, and what the app adds."""
    added = (files("onrecord.web") / "templates" / "style.css").read_text(encoding="utf-8")
    return Response(render.stylesheet() + added, media_type="text/css")


@cache
def _environment() -> "Environment":
    environment = templates("onrecord.web")
    environment.filters.update(words=lambda code: code.replace("_", " "), number=_number, plain=_plain)
    return environment


def _number(value: float | None) -> str:
    return "none" if value is None else f"{value:.1f}"


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def read_json(text: str) -> Any:
    """What a process wrote."""
    return json.loads(text)
