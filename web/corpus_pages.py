"""The pages of rankings that were named when the server was started; no other file can be asked for."""

from dataclasses import asdict, replace
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response

from onrecord.scoring.render import axis
from onrecord.web.desk import Desk
from onrecord.web.jobs import Job
from onrecord.web.problems import Problem
from onrecord.web.rankings import BINS, PAGE, Choice, Ranking
from onrecord.web.rendering import article_page, page, places, read_json

FURTHEST = 10_000_000


async def corpus(request: Request) -> Response:
    """`GET /corpus`: a list of the rankings; with `file` a page of one."""
    rankings = request.app.state.rankings
    if "file" not in request.query_params:
        return page("corpora.html", {**places(request), "names": list(rankings)})
    name, ranking = _ranking(request)
    choice = _choice(request.query_params)
    desk: Desk = request.app.state.desk
    view = await desk.query(lambda: ranking.view(choice))

    def link(**changed: Any) -> str:
        return _link(name, replace(choice, **{"offset": 0, **changed}))

    values = {
        "name": name,
        "view": view,
        "choice": choice,
        "sortable": ranking.sortable,
        "bars": _bars(view.bins, link),
        "earlier": link(offset=max(0, choice.offset - PAGE)) if choice.offset else "",
        "later": link(offset=choice.offset + PAGE) if choice.offset + PAGE < view.total else "",
        "size": PAGE,
        "chosen": bool(choice.words) or choice.low is not None or choice.high is not None,
        "all": link(low=None, high=None, words=""),
        "article_link": lambda number: f"/corpus/article?{urlencode({'file': name, 'row': number})}",
    }
    return page("corpus.html", {**places(request), **values})


async def article(request: Request) -> Response:
    """`GET /corpus/article`: the article page where the ranking has the text, or else what its report says."""
    name, ranking = _ranking(request)
    desk: Desk = request.app.state.desk
    given = request.query_params.get("row", "")
    if not given.isdecimal() or len(given) > 12:
        raise Problem(400, f"the row is {given[:40]!r}", "give a number")
    row = await desk.query(lambda: ranking.article(int(given)))
    if row.get("text"):
        model = await run_in_threadpool(request.app.state.models.find, None)
        about = {key: str(row[key]) for key in ("text", "url", "title", "published") if row.get(key)}
        (answer,) = await desk.ask([Job(None, model, "page", about)])
        if isinstance(answer, Problem):
            raise answer
        return article_page(answer, _link(name, Choice()), "Back to the ranking")
    if not row.get("report"):
        raise Problem(404, f"{name} holds neither texts nor reports", "rank again with --text, or with --evidence")
    record = read_json(row["report"])
    points = axis([family["points"] for family in record["families"]])
    values = {"record": record, "row": row, "axis": points, "back": _link(name, Choice())}
    return page("report.html", {**places(request), **values})


def _bars(bins: list[int], link: Any) -> list[dict[str, Any]]:
    """The bars of the histogram, in a drawing 100 wide and 30 high."""
    top, width = max([1, *bins]), 100 / BINS
    return [
        {
            "x": round(k * width + 0.2, 2),
            "width": round(width - 0.4, 2),
            "height": round(30 * count / top, 2),
            "y": round(30 - 30 * count / top, 2),
            "count": count,
            "words": f"{k * width:g} to {(k + 1) * width:g}: {count:,} article{'s' if count != 1 else ''}",
            "link": link(low=k * width, high=(k + 1) * width),
        }
        for k, count in enumerate(bins)
    ]


def _choice(query: QueryParams) -> Choice:
    """What is asked for.

    Raises:
        Problem: a number is none (400).
    """
    offset = query.get("offset") or "0"
    if not offset.isdecimal() or len(offset) > 9 or int(offset) > FURTHEST:
        raise Problem(400, f"the offset is {offset[:40]!r}", f"give a number up to {FURTHEST}")
    return Choice(
        sort=query.get("sort") or "score",
        rising=query.get("rising") == "yes",
        low=_bound(query, "low"),
        high=_bound(query, "high"),
        words=(query.get("words") or "")[:200],
        offset=int(offset),
    )


def _bound(query: QueryParams, name: str) -> float | None:
    given = (query.get(name) or "").strip()
    try:
        value = float(given) if given else None
    except ValueError:
        value = -1.0
    if value is not None and not 0 <= value <= 100:
        raise Problem(400, f"'{name}' is {given[:40]!r}", "give a number from 0 to 100")
    return value


def _link(name: str, choice: Choice) -> str:
    asked = {"file": name, **asdict(choice), "rising": "yes" if choice.rising else "", "offset": choice.offset or ""}
    return f"/corpus?{urlencode({key: value for key, value in asked.items() if value not in (None, '')})}"


def _ranking(request: Request) -> tuple[str, Ranking]:
    name = request.query_params.get("file", "")
    found = request.app.state.rankings.get(name)
    if found is None:
        raise Problem(404, f"there is no ranking {name[:80]!r} here", "start the server with --corpus FILE")
    return name, found
