"""The pages of a round of labelling: rate, take back, train, use."""

from typing import Literal
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.training.labels import BAD, GOOD
from onrecord.web.labelling import Labelling, checked_name
from onrecord.web.problems import Problem
from onrecord.web.rendering import page, places
from onrecord.web.trainer import Done, Order, Trainer

REFRESH_SECONDS = 2


async def show(request: Request) -> Response:
    """`GET /label`: the next article, or the form that asks who rates."""
    labelling = _labelling(request)
    given = request.query_params.get("rater", "")
    rater = checked_name(given) if given else ""
    item = labelling.next(rater, request.query_params.get("after", "")) if rater else None
    values = {
        "rater": rater,
        "item": item,
        "done": labelling.rated(rater),
        "total": len(labelling.items),
        "counts": labelling.counts(),
        "agreement": labelling.agreement(),
        "good": GOOD,
        "bad": BAD,
        "answers": labelling.answers.path.name,
    }
    return page("label.html", {**places(request), **values})


async def save(request: Request) -> Response:
    """`POST /label`: an answer, which is on the disk before the next article is shown."""
    labelling = _labelling(request)
    async with request.form() as form:
        key, rater, rating, label = (str(form.get(name) or "") for name in ("article", "rater", "rating", "label"))
    given = {"good": f"{GOOD:g}", "bad": f"{BAD:g}"}.get(label, rating.strip())
    await run_in_threadpool(labelling.save, key, rater, given)
    return _back(rater, after=key)


async def undo(request: Request) -> Response:
    """`POST /label/undo`: a rater's last answer is taken back."""
    labelling = _labelling(request)
    async with request.form() as form:
        rater = checked_name(str(form.get("rater") or ""))
    if await run_in_threadpool(labelling.answers.undo, rater) is None:
        raise Problem(409, f"{rater} has no answer to take back", "rate an article first")
    return _back(rater)


async def training(request: Request) -> Response:
    """`GET /label/train`: how training goes, or went."""
    labelling = _labelling(request)
    trainer = labelling.trainer
    result = trainer.result
    values = {
        "order": trainer.order,
        "running": trainer.running,
        "done": result if isinstance(result, Done) else None,
        "problem": result if isinstance(result, Problem) else None,
        "usable": _usable(trainer),
        "answered": len(labelling.answers.by_article()),
    }
    headers = {"Refresh": str(REFRESH_SECONDS)} if trainer.running else None
    return page("train.html", {**places(request), **values}, headers=headers)


async def train(request: Request) -> Response:
    """`POST /label/train`: begin."""
    labelling = _labelling(request)
    if not labelling.answers.by_article():
        raise Problem(409, "no article has an answer", "rate a few articles first")
    labelling.trainer.start(_order(request, "train"))
    return RedirectResponse("/label/train", 303)


async def use(request: Request) -> Response:
    """`POST /label/use`: take the model into use, if it is no worse; this server then scores with it too."""
    labelling = _labelling(request)
    async with request.form() as form:
        force = form.get("force") == "yes"
    if not labelling.model_folder.is_dir():
        raise Problem(409, "there is no model to use", "train first")
    labelling.trainer.start(_order(request, "use", force))
    return RedirectResponse("/label/train", 303)


def _usable(trainer: Trainer) -> bool:
    """Whether the page offers to take the model into use: it was trained, or not taken the last time."""
    if trainer.order is None or trainer.result is None:
        return False
    return isinstance(trainer.result, Done) == (trainer.order.what == "train")


def _order(request: Request, what: Literal["train", "use"], force: bool = False) -> Order:
    labelling, models = _labelling(request), request.app.state.models
    return Order(what, labelling.answers.path, labelling.model_folder, models.registry.folder, force)


def _labelling(request: Request) -> Labelling:
    found = request.app.state.labelling
    if not isinstance(found, Labelling):
        raise Problem(404, "there is nothing to label here", "start the server with --label FILE")
    return found


def _back(rater: str, **more: str) -> Response:
    return RedirectResponse(f"/label?{urlencode({'rater': rater, **more})}", 303)
