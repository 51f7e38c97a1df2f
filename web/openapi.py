"""The OpenAPI 3.1 document of the JSON API, made from one table; a test holds real answers against it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from onrecord.scoring.ranking.columns import flat_columns
from onrecord.version import VERSION
from onrecord.web.api import MAX_ARTICLES

Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path: the schemas of what it takes and gives, and the errors that it may answer with."""

    path: str
    method: str
    name: str
    summary: str
    answer: Schema
    request: Schema | None = None
    errors: tuple[int, ...] = field(default=())


ERRORS = {
    400: "The body is no JSON object, or a field has another type.",
    403: "The request comes from the page of another site.",
    404: "There is no such model.",
    408: "The body came too slowly.",
    413: "The body is larger than 5 MB, or the article needs too much memory.",
    415: "The content type is not application/json.",
    421: "The Host is not a name of this server.",
    422: "The article cannot be read, or its URL cannot or may not be fetched.",
    500: "A fault of onrecord.",
    503: "The server has as much to do as it can; Retry-After says when to try again.",
    504: "The article took too long.",
}
_POST = (400, 403, 404, 408, 413, 415, 421, 500, 503, 504)


def _object(properties: Mapping[str, Any], *, required: bool = True, **more: Any) -> Schema:
    return {"type": "object", "properties": dict(properties)} | ({"required": [*properties]} if required else {}) | more


def _list(items: Schema, **more: Any) -> Schema:
    return {"type": "array", "items": items, **more}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


_STRING, _COUNT, _FLAG = {"type": "string"}, {"type": "integer", "minimum": 0}, {"type": "boolean"}
_MAYBE = {"type": ["string", "null"]}
_MODEL = {"model": {**_MAYBE, "description": "The name of a model in /api/models; the server's own, if not given."}}
_DESCRIBED = {
    "text": {**_MAYBE, "description": "The text of the article."},
    "html": {**_MAYBE, "description": "A page, if there is no text."},
    "url": {
        **_MAYBE,
        "description": "Where it was published; fetched by /api/score if there is neither text nor html.",
    },
    "title": _MAYBE,
    "published": {**_MAYBE, "description": "An ISO 8601 date."},
    "authors": {"type": ["string", "array", "null"], "items": _STRING},
    "id": {"type": ["string", "integer", "null"], "description": "What you call it."},
}
# One of these; in /api/rank an article without any gives an error of its own.
_ARTICLE = [{"required": [key]} for key in ("text", "html", "url")]
_CHANGES = {"changes": {**_FLAG, "default": False, "description": "Look for what would raise the score; takes longer."}}

OPERATIONS = (
    Operation(
        "/api/score",
        "post",
        "score",
        "Score one article: what `onrecord score --format json` prints.",
        _ref("Report"),
        _object({**_DESCRIBED, **_CHANGES, **_MODEL}, required=False, anyOf=_ARTICLE),
        (*_POST, 422),
    ),
    Operation(
        "/api/rank",
        "post",
        "rank",
        "Score a few articles and rank them, the best first, those without a score last.",
        _object({"ranked": _list(_ref("Row")), "errors": _list(_ref("ArticleError"))}, additionalProperties=False),
        {
            **_object({"articles": _list(_ref("Article"), minItems=1, maxItems=MAX_ARTICLES), **_MODEL}),
            "required": ["articles"],
        },
        _POST,
    ),
    Operation(
        "/api/models",
        "get",
        "models",
        "The models on this machine; the one in use is that of the commands.",
        _object({"models": _list(_ref("Model"))}, additionalProperties=False),
        errors=(421, 500),
    ),
    Operation(
        "/api/health",
        "get",
        "health",
        "That the server runs, and how many requests it could take.",
        _object({"status": {"const": "ok"}, "version": _STRING, "places": _COUNT, "free": _COUNT}),
        errors=(421, 500),
    ),
    Operation("/api/openapi.json", "get", "openapi", "This document.", {"type": "object"}, errors=(421, 500)),
)


@cache
def document() -> Schema:
    """The whole document."""
    paths: dict[str, Any] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method] = _described(operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "onrecord",
            "version": VERSION,
            "description": "Scores how well a news article is sourced, and shows why.",
        },
        "paths": paths,
        "components": {"schemas": _schemas()},
    }


async def openapi(request: Request) -> Response:
    """`GET /api/openapi.json`."""
    return JSONResponse(document())


def _described(operation: Operation) -> Schema:
    answers: dict[str, Any] = {"200": {"description": "The answer.", "content": _json(operation.answer)}}
    for status in sorted(operation.errors):
        answers[str(status)] = {"description": ERRORS[status], "content": _json(_ref("Error"))}
        if status == 503:
            answers["503"]["headers"] = {"Retry-After": {"schema": _COUNT, "description": "Seconds."}}
    body = {"requestBody": {"required": True, "content": _json(operation.request)}} if operation.request else {}
    return {"operationId": operation.name, "summary": operation.summary, **body, "responses": answers}


def _json(schema: Schema) -> Schema:
    return {"application/json": {"schema": schema}}


def _schemas() -> Schema:
    text = (files("onrecord") / "docs" / "report.schema.json").read_text(encoding="utf-8")
    report = json.loads(text.replace('"#/$defs/', '"#/components/schemas/Report/$defs/'))
    del report["$schema"]
    error = {"error": _STRING, "remedy": _STRING}
    row = {name: {"type": [kind, "null"]} for name, kind in flat_columns().items()}
    model = {**dict.fromkeys(("name", "version", "sha256", "problem"), _STRING), "in_use": _FLAG}
    return {
        "Report": report,
        "Article": _object(_DESCRIBED, required=False),
        "Row": _object({"index": _COUNT, **row}, additionalProperties=False),
        "ArticleError": _object({"index": _COUNT, **error}, additionalProperties=False),
        "Model": _object(model, additionalProperties=False),
        "Error": _object(error, additionalProperties=False),
    }
