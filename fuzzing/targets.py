"""What may be fed with anything: each target takes bytes, and fails by an exception that is none of ours.

A target also checks what must hold of every answer: offsets inside the text, points that add up, a page that holds no
element of the text's own making.
"""

import atexit
import json
import socket
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from http.client import HTTPException, HTTPResponse
from itertools import count
from pathlib import Path
from queue import Queue
from typing import Any

import inputs
import numpy as np

from onrecord.errors import OnrecordError
from onrecord.features import attributions
from onrecord.features.document import Article, Document, read
from onrecord.features.lexicon import parse as parse_lexicon
from onrecord.scoring.bias import load_bias
from onrecord.scoring.corpus.feeds import read_listing
from onrecord.scoring.corpus.inputs import entries
from onrecord.scoring.fetch import FetchOptions, fetch
from onrecord.scoring.genre import load_genre
from onrecord.scoring.model import load_model, locate
from onrecord.scoring.record import to_record
from onrecord.scoring.render import to_html
from onrecord.scoring.score import score_article
from onrecord.scoring.source import read_data, read_entry
from onrecord.scoring.terminal import to_text
from onrecord.training.label_set import read_label_set

# Elements and attributes that only the page itself may have; a text that brings its own has broken out.
_FOREIGN = ("iframe", "object", "embed", "img", "form", "base", "link")

Run = Callable[[bytes], None]


@dataclass(frozen=True)
class Target:
    """One part that strangers feed.

    Attributes:
        run: raises whatever is wrong.
        seeds: inputs that are right, to begin with.
        words: what mutations put in.
        seconds: an input that takes longer hangs.
    """

    run: Run
    seeds: Callable[[], list[bytes]]
    words: tuple[bytes, ...]
    seconds: float = 10.0


# -- text ------------------------------------------------------------------------------------------------------


def document(data: bytes) -> None:
    """Tokens, sentences, paragraphs and quotations of any text."""
    text = _text(data)
    found = read(Article(text))
    _check_document(found, text)


def tagger(data: bytes) -> None:
    """Who says what."""
    found = read(Article(_text(data)))
    length = len(found.article.text)
    for each in attributions.find(found):
        for span in (*each.source, *each.cue, *each.content):
            assert 0 <= span.start < span.end <= length, span


def families(data: bytes) -> None:
    """Everything measured and the score; the title and the byline are the first lines."""
    title, _, rest = _text(data).partition("\n")
    byline, _, text = rest.partition("\n")
    report = score_article(Article(text, title=title, byline=byline or None))
    record = to_record(report)
    json.dumps(record, allow_nan=False).encode()
    _check_record(record, text)


def page(data: bytes) -> None:
    """The HTML page and the text for a terminal, of an article full of whatever there is."""
    import lxml.html

    title, _, text = _text(data).partition("\n")
    report = score_article(Article(text, title=title, byline=title[:80] or None, url=f"https://example.org/{title}"))
    to_text(report, 80)
    tree = lxml.html.document_fromstring(to_html(report).encode())
    assert not [element.tag for element in tree.iter(*_FOREIGN)]
    assert len(list(tree.iter("script"))) <= 1
    for element in tree.iter():
        assert not [name for name in element.attrib if name.lower().startswith("on")], element.attrib
        address = str(element.get("href") or "#")
        assert address.lower().startswith(("#", "http://", "https://")), address


def _check_document(found: Document, text: str) -> None:
    start, end = found.start, found.end
    assert np.all(start < end) and np.all(end[:-1] <= start[1:])
    assert len(start) == 0 or (start[0] >= 0 and end[-1] <= len(text))
    assert len(found.words) == len(found.lower) == len(start) == len(found.quoted) == len(found.is_word)
    for parts in (found.sentences, found.paragraphs):
        edges = parts.ravel()
        assert np.all(parts[:, 0] < parts[:, 1]) and np.all(edges[1:-1:2] == edges[2::2])
        assert len(start) == 0 or (edges[0] == 0 and edges[-1] == len(start))
    for first, last in found.quotations.tolist():
        assert 0 <= first < last <= len(start)


def _check_record(record: dict[str, Any], text: str) -> None:
    score = record["score"]
    total = score["baseline"] + sum(family["points"] for family in record["families"])
    for family in record["families"]:
        assert abs(sum(each["points"] or 0 for each in family["features"]) - family["points"]) < 1e-6
    if score["value"] is None:
        assert score["abstained"] and score["reasons"]
    else:
        assert 0 <= score["low"] <= score["value"] <= score["high"] <= 100
        assert abs(min(100, max(0, total)) - score["value"]) < 1e-6
    spans = [span for each in record["attributions"] for role in ("source", "cue", "content") for span in each[role]]
    spans += [span for group in record["evidence"].values() for span in group]
    spans += [span for change in record["changes"] for span in change["spans"]]
    for span in spans:
        assert 0 <= span["start"] < span["end"] <= len(text), span


def _text(data: bytes) -> str:
    """Any bytes as text; lone surrogates can get into a text by JSON, so they are let in here too."""
    return data.decode("utf-8", "surrogateescape")


# -- files -----------------------------------------------------------------------------------------------------


def extraction(data: bytes) -> None:
    """A page of HTML in any encoding, or whatever its first bytes make it."""
    for kind in ("html", "", "markdown", "json"):
        with _ours():
            article = read_data(data, "input", kind)
            assert article.text.strip()
            _check_document(read(article), article.text)


def corpus(data: bytes) -> None:
    """Each kind of record file, whole and by its first byte's choice of suffix."""
    suffixes = (".jsonl", ".csv", ".parquet", ".warc", ".warc.gz", ".jsonl.gz", ".jsonl.zst", ".csv.gz", ".json")
    suffix, body = suffixes[data[0] % len(suffixes)] if data else ".jsonl", data[1:]
    with _file(suffix, body) as path, _ours():
        for entry in entries([str(path)], options=FetchOptions(timeout=0.01)):
            if entry.error is None and entry.url is None and entry.path is None:
                with _ours():
                    read_entry(entry)


def feed(data: bytes) -> None:
    """A feed or a sitemap."""
    with _ours():
        read_listing(data, "https://example.org/feed.xml")


def labels(data: bytes) -> None:
    """Labels and pairs."""
    suffix, body = (".jsonl", ".csv", ".parquet")[data[0] % 3] if data else ".csv", data[1:]
    with _file(suffix, body) as path, _ours():
        read_label_set([path])


def model(data: bytes) -> None:
    """A model's file: refused, or one that scores."""
    with _file(".json", data) as path, _ours():
        found = load_model(str(path))
        record = to_record(score_article(_article(), found))
        json.dumps(record, allow_nan=False)
        _check_record(record, _article().text)


def arrays(data: bytes) -> None:
    """The arrays beside the models of bias and genre, one file damaged at a time."""
    for folder, name, load in (("bias", "leaning.npz", load_bias), ("genre", "words.npz", load_genre)):
        with tempfile.TemporaryDirectory() as scratch:
            for file in (locate("default").parents[1] / folder).iterdir():
                (Path(scratch) / file.name).symlink_to(file)
            damaged = Path(scratch) / name
            damaged.unlink()
            damaged.write_bytes(data)
            with _ours():
                load(Path(scratch))


def lexicon(data: bytes) -> None:
    """A lexicon's file."""
    with _ours():
        found = parse_lexicon("input", data.decode("utf-8", "replace"))
        list(found.find(["the", "mayor", "said"]))


# -- the network -----------------------------------------------------------------------------------------------

_NUMBERS = count()


def answer(data: bytes) -> None:
    """What a server sends back, status line and all."""
    number = next(_NUMBERS)  # ports stay taken for a minute; each address of this machine has its own
    host = f"127.1.{number // 250 % 250}.{number % 250 + 1}"
    with socket.create_server((host, 0)) as listener:
        thread = threading.Thread(target=_send, args=(listener, data), daemon=True)
        thread.start()
        options = FetchOptions(allow_private_network=True, max_redirects=0, max_bytes=1_000_000, timeout=3.0)
        with _ours():
            fetch(f"http://{host}:{listener.getsockname()[1]}/", options)
        thread.join()


def _send(listener: socket.socket, data: bytes) -> None:
    listener.settimeout(1.0)
    try:
        client, _ = listener.accept()
        with client:
            client.settimeout(1.0)
            client.recv(4096)
            client.sendall(data)
    except OSError:
        return  # whoever asks may hang up


def api(data: bytes) -> None:
    """A request to the server, as it goes over the wire."""
    with socket.create_connection(_server(), timeout=9.0) as connection:
        try:
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            response = HTTPResponse(connection)
            response.begin()
            body = response.read()
        except (OSError, HTTPException):
            return  # what is no request may be hung up on
    assert response.status < 500 or response.status == 503, (response.status, body)
    if body and response.headers.get_content_type() == "application/json":
        json.loads(body)


@cache
def _server() -> tuple[str, int]:
    """The address of a server in this process, which scores in one process of its own."""
    from onrecord.web.options import ServeOptions
    from onrecord.web.server import make_server

    scratch = tempfile.TemporaryDirectory()
    label = Path(scratch.name) / "label.jsonl"
    label.write_bytes((inputs.EXAMPLES / "corpus.jsonl").read_bytes())
    told: Queue[str] = Queue()
    server = make_server(ServeOptions(port=0, jobs=1, label=label), told.put)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()

    def stop() -> None:
        server.should_exit = True
        thread.join(10)
        scratch.cleanup()

    atexit.register(stop)
    return "127.0.0.1", int(told.get(timeout=30).rpartition(":")[2].rstrip("/"))


# -- shared ----------------------------------------------------------------------------------------------------


@contextmanager
def _ours() -> Iterator[None]:
    """Errors of the project are answers; they are one line each."""
    try:
        yield
    except OnrecordError as error:
        assert error.problem and error.remedy and "\n" not in str(error), repr(error)


@contextmanager
def _file(suffix: str, body: bytes) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"input{suffix}"
        path.write_bytes(body)
        yield path


@cache
def _article() -> Article:
    return read_data((inputs.EXAMPLES / "hospital-merger.txt").read_bytes(), "hospital-merger.txt", "text")


TARGETS: dict[str, Target] = {
    "document": Target(document, inputs.texts, inputs.TEXT_WORDS),
    "tagger": Target(tagger, inputs.texts, inputs.TEXT_WORDS),
    "families": Target(families, inputs.texts, inputs.TEXT_WORDS),
    "page": Target(page, inputs.texts, inputs.TEXT_WORDS),
    "extraction": Target(extraction, inputs.pages, inputs.HTML_WORDS),
    "corpus": Target(corpus, inputs.corpora, (*inputs.DATA_WORDS, *inputs.HTTP_WORDS)),
    "feed": Target(feed, inputs.feeds, (*inputs.HTML_WORDS, b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&a;")),
    "labels": Target(labels, inputs.labels, inputs.DATA_WORDS),
    "model": Target(model, inputs.models, inputs.DATA_WORDS),
    "arrays": Target(arrays, inputs.arrays, inputs.DATA_WORDS),
    "lexicon": Target(lexicon, inputs.lexicons, (*inputs.TEXT_WORDS, b"\t", b"_", b"#")),
    "answer": Target(answer, inputs.answers, inputs.HTTP_WORDS),
    "api": Target(api, lambda: inputs.requests(*_server()), inputs.REQUEST_WORDS),
}


def warm() -> None:
    """What is loaded once, so that no input pays for it."""
    load_model()
    score_article(_article())
