"""The server: it listens, it hangs up on clients that say nothing, and it ends cleanly."""

import asyncio
import signal
from collections.abc import Callable
from types import FrameType
from typing import Any, NoReturn

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from onrecord.errors import OnrecordError
from onrecord.web.app import make_app
from onrecord.web.options import ServeOptions

CONNECTIONS = 1000  # what waits is bounded elsewhere; this keeps the system from running out of them
PATIENCE = 15.0  # seconds that a connection may go on without a whole new request
GRACE = 3  # seconds that requests have to end in when the server is told to


class _Impatient(H11Protocol):
    """Closes a connection on which no whole head of a request comes for PATIENCE to twice as long."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if len(self.connections) > CONNECTIONS:
            transport.abort()
        self._clock = self.loop.call_later(PATIENCE, self._look, self.cycle)

    def connection_lost(self, exc: Exception | None) -> None:
        self._clock.cancel()
        super().connection_lost(exc)

    def _look(self, before: Any) -> None:
        idle = self.cycle is None or self.cycle.response_complete
        if idle and self.cycle is before:
            self.transport.close()
        else:
            self._clock = self.loop.call_later(PATIENCE, self._look, self.cycle)


class Server(uvicorn.Server):
    """Says where it listens as soon as it does."""

    def __init__(self, config: uvicorn.Config, tell: Callable[[str], None]) -> None:
        super().__init__(config)
        self._tell = tell

    async def startup(self, sockets: Any = None) -> None:
        """Listen."""
        await super().startup(sockets)
        if self.started:
            host, port = self.servers[0].sockets[0].getsockname()[:2]
            self._tell(f"http://{f'[{host}]' if ':' in host else host}:{port}/")


def make_server(options: ServeOptions, tell: Callable[[str], None]) -> Server:
    """A server that is ready to run.

    Args:
        tell: called with the address when the server answers.

    Raises:
        OnrecordError: the options cannot be served (see `make_app`).
    """
    config = uvicorn.Config(
        make_app(options),
        host=options.host,
        port=options.port,
        http=_Impatient,
        ws="none",
        loop="asyncio",
        lifespan="on",
        log_level="critical",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=GRACE,
    )
    return Server(config, tell)


def run(options: ServeOptions, tell: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM; `make_server` says what is taken and raised.

    Raises:
        OnrecordError: also, the port cannot be had.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _end)  # what uvicorn hands a signal on to, when it has ended all else
    server = make_server(options, tell)
    try:
        server.run()
    except SystemExit as end:
        if end.code == 0:
            return
        problem = f"port {options.port} of {options.host} cannot be had"
        raise OnrecordError(problem, "give another with --port, or 0 for any that is free") from None


def _end(number: int, frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)
