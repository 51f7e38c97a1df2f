"""Servers and clients for tests of the web app."""

import threading
from contextlib import ExitStack, contextmanager
from pathlib import Path

import duckdb
import httpx
import pytest

from onrecord.scoring.fetch import FetchOptions
from onrecord.scoring.ranking import RankOptions, rank
from onrecord.web.desk import Desk
from onrecord.web.options import ServeOptions
from onrecord.web.server import make_server

EXAMPLES = Path(__file__).parents[2] / "examples"
PROGRAMS = Path(__file__).with_name("programs")


@contextmanager
def _serving(options):
    """A client of a real server on loopback."""
    ready = threading.Event()
    addresses = []

    def tell(address):
        addresses.append(address)
        ready.set()

    server = make_server(options, tell)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        assert ready.wait(30)
        with httpx.Client(base_url=addresses[0], trust_env=False, timeout=30) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join(30)
        assert not thread.is_alive()


@pytest.fixture(scope="session")
def ranked(tmp_path_factory):
    """Rankings with texts, with reports, and with neither."""
    folder = tmp_path_factory.mktemp("ranked")
    rank([str(EXAMPLES / "corpus.jsonl")], folder / "whole.parquet", RankOptions(jobs=1, text=True, evidence=True))
    whole = duckdb.read_parquet(str(folder / "whole.parquet"))
    for name, left_out in (("texts", "report"), ("reports", "text"), ("bare", "text, report")):
        whole.project(f"* EXCLUDE ({left_out})").write_parquet(str(folder / f"{name}.parquet"))
    return folder


@pytest.fixture(scope="session")
def site(ranked):
    """A client of a server with one process, three rankings, and leave to fetch from this machine."""
    corpora = tuple(ranked / f"{name}.parquet" for name in ("texts", "reports", "bare"))
    fetch = FetchOptions(allow_private_network=True)
    with _serving(ServeOptions(port=0, jobs=1, fetch=fetch, corpora=corpora)) as client:
        yield client


@pytest.fixture
def start(monkeypatch):
    """`start(**options)` is a client of a server of its own, with one process, which starts when it is needed."""
    monkeypatch.setattr(Desk, "warm", lambda self, model: None)
    with ExitStack() as opened:
        yield lambda **options: opened.enter_context(_serving(ServeOptions(port=0, jobs=1, **options)))


@pytest.fixture
def programs(monkeypatch):
    """The module of functions for processes."""
    monkeypatch.syspath_prepend(str(PROGRAMS))
    import web_functions

    return web_functions
