"""The app: its routes, what it holds while it runs, and how errors are told."""

import logging
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from onrecord.errors import OnrecordError
from onrecord.web import api, corpus_pages, label_pages, openapi, pages
from onrecord.web.desk import Desk
from onrecord.web.guard import Guard
from onrecord.web.labelling import Labelling
from onrecord.web.models import Models
from onrecord.web.options import ServeOptions
from onrecord.web.problems import Problem, problem_of
from onrecord.web.rankings import named
from onrecord.web.rendering import places, problem_response, stylesheet

_LOG = logging.getLogger(__name__)

Handler = Callable[[Request], Coroutine[Any, Any, Response]]

_API: dict[str, Handler] = {
    "score": api.score,
    "rank": api.rank,
    "models": api.list_models,
    "health": api.health,
    "openapi": openapi.openapi,
}
_PAGES: tuple[tuple[str, str, Handler], ...] = (
    ("GET", "/", pages.home),
    ("POST", "/", pages.article),
    ("GET", "/compare", pages.compare_form),
    ("POST", "/compare", pages.compare),
    ("GET", "/corpus", corpus_pages.corpus),
    ("GET", "/corpus/article", corpus_pages.article),
    ("GET", "/label", label_pages.show),
    ("POST", "/label", label_pages.save),
    ("POST", "/label/undo", label_pages.undo),
    ("GET", "/label/train", label_pages.training),
    ("POST", "/label/train", label_pages.train),
    ("POST", "/label/use", label_pages.use),
)


def make_app(options: ServeOptions) -> ASGIApp:
    """The app. Its processes live from its startup to its shutdown.

    Raises:
        ModelError: there is no such model.
        InputError: a corpus is no ranking.
        LabelError: the file to label cannot be used.
    """
    models = Models(options.model, options.registry)
    rankings = named(options.corpora)
    labelling = Labelling(options.label) if options.label else None

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        app.state.desk = Desk(options.jobs, options.waiting, options.fetch)
        app.state.desk.warm(models.find(None))
        try:
            yield
        finally:
            app.state.desk.close()
            if labelling:
                labelling.trainer.close()

    handlers: dict[Any, Any] = dict.fromkeys((Problem, OnrecordError, HTTPException, Exception), _tell)
    app = Starlette(routes=_routes(), exception_handlers=handlers, lifespan=lifespan)
    app.state.models, app.state.rankings, app.state.labelling = models, rankings, labelling
    return Guard(app, options.host)


def _routes() -> list[Route]:
    """The API has the operations of its description; Starlette answers HEAD where there is GET."""
    described = [Route(each.path, _API[each.name], methods=[each.method.upper()]) for each in openapi.OPERATIONS]
    shown = [Route(path, handler, methods=[method]) for method, path, handler in _PAGES]
    return [*described, *shown, Route("/style.css", stylesheet)]


async def _tell(request: Request, error: Exception) -> Response:
    if isinstance(error, HTTPException):
        remedy = "see / for the pages and /api/openapi.json for the API"
        error = Problem(error.status_code, f"{request.method} {request.url.path[:80]}: {error.detail}", remedy)
    elif not isinstance(error, Problem | OnrecordError):
        _LOG.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return problem_response(request.url.path, problem_of(error), places(request))
