"""What more than one test file needs."""

import gc
import os
import re
import ssl
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

# Several processes share the cores; and matrices as small as these cost more in two threads than in one.
for _library in ("OMP", "OPENBLAS", "MKL"):
    os.environ[f"{_library}_NUM_THREADS"] = "1"

Handler = Callable[[BaseHTTPRequestHandler], None]
Route = tuple[int, dict[str, str], bytes | Handler] | Handler


class _Server(ThreadingHTTPServer):
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        # A client that hangs up early is what many of these tests are about.
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)


def _handler(routes: dict[str, Route]) -> type[BaseHTTPRequestHandler]:
    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            route = routes.get(self.path.partition("?")[0], (404, {}, b"no such page"))
            if callable(route):
                route(self)
                return
            status, headers, body = route
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            if isinstance(body, bytes):
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if isinstance(body, bytes):
                self.wfile.write(body)
            else:
                body(self)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    return Answer


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """The whole suite runs in two processes (pytest-xdist), unless -n says otherwise; tests that are named, in one."""
    if hasattr(config, "workerinput") or config.args_source is not pytest.Config.ArgsSource.TESTPATHS:
        return
    if config.pluginmanager.has_plugin("xdist") and config.option.numprocesses is None and not config.option.usepdb:
        config.option.numprocesses, config.option.dist = 2, "worksteal"


def pytest_collection_finish() -> None:
    """What is loaded by now stays for the whole run: the search for garbage need not go through it each time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def registry(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A registry of models that is empty at first, in place of the one of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("registry")
        patch.setenv("ONRECORD_HOME", str(folder))
        yield folder


class _InProcess:
    """An engine that scores where it is called, at once."""

    def __init__(self, function: Callable[[list[Any]], list[Any]]) -> None:
        self.function = function

    def map_batches(self, batches: Iterable[list[Any]]) -> Iterator[list[Any]]:
        return map(self.function, batches)


@pytest.fixture
def in_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """A ranking starts no processes: for tests of what it writes, which are many."""
    from onrecord.scoring.ranking import local
    from onrecord.scoring.ranking.batch import score_batch

    @contextmanager
    def open_engine(recipe: Any, options: Any) -> Iterator[_InProcess]:
        yield _InProcess(partial(score_batch, recipe=recipe))

    monkeypatch.setattr(local, "open_engine", open_engine)


@pytest.fixture
def serve() -> Iterator[Callable[..., str]]:
    """A web server on loopback: `serve({"/path": (status, headers, body)})` gives its base URL.

    A body is bytes, or a function that is given the request handler and writes to its `wfile`. A function
    in place of the triple writes the status line and the headers too. `tls` makes it https.
    Routes added to the dictionary later are served as well; any other path is a 404.
    """
    servers = []

    def start(routes: dict[str, Route], tls: ssl.SSLContext | None = None) -> str:
        server = _Server(("127.0.0.1", 0), _handler(routes))
        if tls:
            server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        servers.append(server)
        return f"{'https' if tls else 'http'}://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@contextmanager
def _serving(*arguments: object) -> Iterator[tuple["subprocess.Popen[str]", httpx.Client]]:
    started = [sys.executable, "-m", "onrecord", "serve", "--port", "0", "--jobs", "1", *map(str, arguments)]
    process = subprocess.Popen(started, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr
        address = re.search(r"http://\S+", process.stderr.readline())
        assert address
        with httpx.Client(base_url=address[0], trust_env=False, timeout=30) as client:
            yield process, client
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def serving() -> Callable[..., Any]:
    """`with serving(*arguments) as (process, client)`: `onrecord serve`."""
    return _serving
