"""Pages from templates, and what browsers are told that a page may do."""

import json
import re
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from onrecord.web.problems import RETRY_SECONDS, Problem

if TYPE_CHECKING:
    from jinja2 import Environment

API = "/api/"
_LAST = "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
POLICY = f"default-src 'none'; style-src 'self'; {_LAST}"
_BLOCK = re.compile(r"<(script|style)\b[^>]*>(.*?)</\1>", re.DOTALL)
_OURS = (
    "“The bridge will open in May,” said Ann Roe, an engineer. It may possibly be a disgrace, officials believe. " * 8
)
_BACK = '<body>\n<p style="margin: .5rem 1rem 0"><a href="/">Score another article</a></p>'


def page(
    template: str, values: Mapping[str, Any], status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """A page from a template; every value is escaped."""
    return HTMLResponse(_environment().get_template(template).render(values), status, headers)


def places(request: Request) -> dict[str, bool]:
    """Which pages there are beside those that there always are, for the head of a page to link to."""
    return {"corpora": bool(request.app.state.rankings), "labelling": request.app.state.labelling is not None}


def article_page(html: str) -> Response:
    """A report as `render.to_html` makes it, with a way back."""
    return HTMLResponse(html.replace("<body>", _BACK, 1), headers={"Content-Security-Policy": article_policy()})


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
def article_policy() -> str:
    """The policy of article pages: the script and the style that a page about an article of ours has, and no other.

    They are named by their hashes, so that nothing that an article brings can ever run. (The `style` of an element
    is allowed: bars have their widths so.)
    """
    from onrecord.features.document import Article
    from onrecord.scoring.render import to_html
    from onrecord.scoring.score import score_article

    own: dict[str, list[str]] = {"script": [], "style": []}
    for kind, content in _BLOCK.findall(to_html(score_article(Article(_OURS)))):
        own[kind].append(f"'sha256-{b64encode(sha256(content.encode()).digest()).decode()}'")
    script, style = (" ".join(own[kind]) or "'none'" for kind in ("script", "style"))
    return (
        f"default-src 'none'; script-src {script}; style-src {style}; style-src-elem {style}; "
        f"style-src-attr 'unsafe-inline'; {_LAST}"
    )


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    from onrecord.scoring.display import clean

    environment = Environment(
        loader=PackageLoader("onrecord.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: clean(value) if type(value) is str else value,
    )
    environment.filters.update(link=_link, words=lambda code: code.replace("_", " "), number=_number)
    return environment


def _link(url: str) -> str:
    """A URL that a page may lead to; "" for anything but http and https."""
    return url if url.lower().startswith(("https://", "http://")) else ""


def _number(value: float | None) -> str:
    return "none" if value is None else f"{value:.1f}"


def read_json(text: str) -> Any:
    """What a process wrote."""
    return json.loads(text)
