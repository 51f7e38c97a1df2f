"""Pages from templates, and what browsers are told that a page may do."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from onrecord.scoring.render import policy
from onrecord.scoring.templating import templates
from onrecord.web.problems import RETRY_SECONDS, Problem

if TYPE_CHECKING:
    from jinja2 import Environment

API = "/api/"
POLICY = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
_BACK = '<body>\n<p><a href="/">Score another article</a></p>'


def page(
    template: str, values: Mapping[str, Any], status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """A page from a template; every value is escaped."""
    return HTMLResponse(_environment().get_template(template).render(values), status, headers)


def places(request: Request) -> dict[str, bool]:
    """Which pages there are beside those that there always are, for the head of a page to link to."""
    return {"corpora": bool(request.app.state.rankings), "labelling": request.app.state.labelling is not None}


def article_page(html: str) -> Response:
    """A report as `render.to_html` makes it, with its own policy, and with a way back."""
    headers = {"Content-Security-Policy": f"{policy()}; frame-ancestors 'none'"}
    return HTMLResponse(html.replace("<body>", _BACK, 1), headers=headers)


def problem_response(path: str, problem: Problem) -> Response:
    """A problem as JSON or as a page, whichever was asked for."""
    headers = {"Retry-After": str(RETRY_SECONDS)} if problem.status == 503 else {}
    if path.startswith(API):
        return JSONResponse(problem.record, problem.status, headers)
    return page("problem.html", {"problem": problem}, problem.status, headers)


def stylesheet(request: Request) -> Response:
    """The style of all pages but those of articles."""
    text = (files("onrecord.web") / "templates" / "style.css").read_text(encoding="utf-8")
    return Response(text, media_type="text/css", headers={"Cache-Control": "max-age=3600"})


@cache
def _environment() -> "Environment":
    environment = templates("onrecord.web")
    environment.filters.update(words=lambda code: code.replace("_", " "), number=_number)
    return environment


def _number(value: float | None) -> str:
    return "none" if value is None else f"{value:.1f}"


def read_json(text: str) -> Any:
    """What a process wrote."""
    return json.loads(text)
