"""What every request passes before anything else sees it: who may ask, how much, and how slowly.

Any page that a browser has open can send requests to this machine. Those are told by the headers that a browser adds
and a page cannot change: `Host` (a name that a stranger points here, DNS rebinding), `Origin` and `Sec-Fetch-Site`.
"""

import asyncio
from contextlib import suppress
from ipaddress import ip_address

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.web.desk import Places
from onrecord.web.problems import Problem, problem_of
from onrecord.web.rendering import POLICY, problem_response

MAX_BODY = 5_000_000
DRAINED = 100_000_000  # bytes of a body that is too large that are read and thrown away, for a client hears no sooner
BODY_SECONDS = 15.0
REQUEST_SECONDS = 120.0
POSTS = 64  # bodies in memory at the same time

_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not "no-referrer": with that a browser hides the origin of its forms.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Guard:
    """The outermost layer of the app.

    Args:
        host: what the server listens on; it is the only name beside those of loopback that it answers to. Where that
            is every address of the machine, any address will do, but no name.
    """

    def __init__(self, app: ASGIApp, host: str) -> None:
        self._app, self._host = app, host.lower()
        self._posts = Places(POSTS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, or say why not."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = _Answer(send)
        try:
            async with asyncio.timeout(REQUEST_SECONDS):
                await self._serve(scope, receive, answer)
        except (Problem, TimeoutError) as error:
            if answer.begun:
                return  # the connection is closed without the rest
            problem = problem_of(error)
            if isinstance(error, TimeoutError):
                problem = Problem(504, f"the request took longer than {REQUEST_SECONDS:g} s", "ask for less")
            await problem_response(scope["path"], problem)(scope, receive, answer)

    async def _serve(self, scope: Scope, receive: Receive, answer: "_Answer") -> None:
        headers = Headers(scope=scope)
        self.check_host(headers)
        if scope["method"] in ("GET", "HEAD"):
            await self._app(scope, receive, answer)
            return
        check_origin(headers)
        with self._posts.taken():
            body = await _body(receive, headers)
            if body is not None:
                await self._app(scope, _replay(body, receive), answer)

    def check_host(self, headers: Headers) -> None:
        """See that the server is asked for by a name of its own.

        Raises:
            Problem: it is not (421).
        """
        given = headers.get("host", "")
        name = _name(given)
        if name in _LOOPBACK or name == self._host:
            return
        if self._host in ("0.0.0.0", "::") and _is_address(name):
            return
        raise Problem(421, f"this server does not answer to the host {given[:80]!r}", "ask for localhost")


class _Answer:
    """Sends an answer with the headers that all have, and knows whether it has begun."""

    def __init__(self, send: Send) -> None:
        self._send, self.begun = send, False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
        await self._send(message)


def check_origin(headers: Headers) -> None:
    """See that what changes or costs something is not asked for by the page of another site.

    Programs that are no browser send neither header.

    Raises:
        Problem: it is (403).
    """
    origin, site = headers.get("origin"), headers.get("sec-fetch-site")
    host = headers["host"].lower()
    # https: a proxy in front of this server may speak it.
    if origin is not None and origin.lower() not in (f"http://{host}", f"https://{host}"):
        raise Problem(403, f"the request comes from {origin[:80]!r}", "ask from a page of this server")
    if site not in (None, "same-origin", "none"):
        raise Problem(403, f"the request comes from another site ({site[:20]!r})", "ask from a page of this server")


async def _body(receive: Receive, headers: Headers) -> bytes | None:
    """The whole body; None if the client has gone.

    Raises:
        Problem: it is too large (413), or too slow (408).
    """
    declared = headers.get("content-length", "")
    chunks: list[bytes] = []
    size, kept = 0, not (declared.isdigit() and int(declared) > MAX_BODY)
    try:
        async with asyncio.timeout(BODY_SECONDS):
            while size <= DRAINED:
                message = await receive()
                if message["type"] != "http.request":
                    return None
                size += len(message.get("body", b""))
                kept = kept and size <= MAX_BODY
                if kept:
                    chunks.append(message.get("body", b""))
                else:
                    chunks.clear()
                if not message.get("more_body"):
                    break
    except TimeoutError:
        if kept:
            problem = f"the request was not complete after {BODY_SECONDS:g} s"
            raise Problem(408, problem, "send it faster, or less of it") from None
    if not kept:
        problem = f"the request holds more than {MAX_BODY // 1_000_000} MB"
        raise Problem(413, problem, "give one article; `onrecord rank` is for more")
    return b"".join(chunks)


def _replay(body: bytes, receive: Receive) -> Receive:
    """A `receive` that gives a body that was read before."""
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def _name(host: str) -> str:
    """The name in a Host header, without the port.

    >>> _name("LocalHost:80"), _name("[::1]:80"), _name("evil.example")
    ('localhost', '::1', 'evil.example')
    """
    host = host.strip().lower()
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.rpartition(":")[0] if ":" in host else host


def _is_address(name: str) -> bool:
    with suppress(ValueError):
        ip_address(name)
        return True
    return False
