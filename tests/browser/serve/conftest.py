"""The command `onrecord serve` as a process, with rankings and articles to label, and a page that minds mishaps."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from onrecord.scoring.ranking import RankOptions, rank

EXAMPLES = Path(__file__).parents[3] / "examples"
NAMES = ("hospital-merger.txt", "rant.txt", "port-strike.md", "column.txt")

# How Chromium calls the statuses of pages that say what is wrong with what was filled in.
TOLD = ("(Bad Request)", "(Unprocessable Entity)")

Record = Mapping[str, Any]


@contextmanager
def command(*arguments: object) -> Iterator[str]:
    """`onrecord serve` and its address; it must end without a word."""
    started = [sys.executable, "-m", "onrecord", "serve", "--port", "0", "--jobs", "1", *map(str, arguments)]
    with subprocess.Popen(started, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        address = re.search(r"http://\S+", process.stderr.readline())
        try:
            assert address, process.stderr.read()
            yield address[0]
        finally:
            process.terminate()
        assert process.wait(30) == 0 and process.stderr.read() == ""


def write_lines(path: Path, records: Sequence[Record]) -> Path:
    """A file with a JSON object a line."""
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def to_label() -> list[Record]:
    """Articles of the examples as `onrecord label` writes them, each of a publisher of its own."""
    found: list[Record] = []
    for k, name in enumerate(NAMES):
        title, _, text = (EXAMPLES / name).read_text(encoding="utf-8").lstrip("# ").partition("\n")
        about = {"id": f"a{k}", "publisher": f"paper-{k}.example", "title": title, "text": text.strip()}
        found.append({**about, "score": 50, "why": "", "rating": None})
    return found


@pytest.fixture(scope="session")
def examples() -> Path:
    """The folder of the examples."""
    return EXAMPLES


@pytest.fixture(scope="session")
def ranked(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Rankings of the examples, one with their texts and one with their reports."""
    folder = tmp_path_factory.mktemp("ranked")
    rank([str(EXAMPLES)], folder / "town-papers.parquet", RankOptions(jobs=1, text=True))
    rank([str(EXAMPLES / "corpus.jsonl")], folder / "reports.parquet", RankOptions(jobs=1, evidence=True))
    return [folder / "town-papers.parquet", folder / "reports.parquet"]


@pytest.fixture(scope="session")
def site(ranked: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that has every page; tests leave it as it is."""
    label = write_lines(tmp_path_factory.mktemp("label") / "next.jsonl", to_label())
    with command(*(f"--corpus={path}" for path in ranked), "--label", label) as address:
        yield address


@pytest.fixture
def start() -> Iterator[Callable[..., str]]:
    """`start(*arguments)` is the address of a server of its own."""
    with ExitStack() as opened:
        yield lambda *arguments: opened.enter_context(command(*arguments))


@pytest.fixture
def label_file(tmp_path: Path) -> Path:
    """A file of four articles to label, as few as a model can be trained with."""
    return write_lines(tmp_path / "next.jsonl", to_label())


@pytest.fixture
def hostile(start: Callable[..., str], markup: str, tmp_path: Path) -> str:
    """The address of a server whose ranking and whose articles to label are full of markup."""
    about = {"title": markup[:80], "url": "javascript:alert(1)//<b>", "authors": "<script>1</script>"}
    corpus = write_lines(tmp_path / "corpus.jsonl", [{"id": "<i>id</i>", **about, "text": markup}])
    rank([str(corpus)], tmp_path / "ranked.parquet", RankOptions(jobs=1, text=True))
    label = write_lines(tmp_path / "next.jsonl", [{**about, "publisher": "<i>x</i>", "text": markup}])
    return start("--corpus", tmp_path / "ranked.parquet", "--label", label)


@pytest.fixture(params=["with scripts", "without scripts"])
def scripts(request: pytest.FixtureRequest, page: Any) -> None:
    """The page with scripts, and again without."""
    page.call("Emulation.setScriptExecutionDisabled", value=request.param == "without scripts")


@pytest.fixture
def page(page: Any) -> Iterator[Any]:
    """A page of a server: nothing may go wrong on it, and nothing may be asked for from elsewhere."""
    yield page
    assert all(url.startswith("http://127.0.0.1:") for url in page.requests)
    assert [problem for problem in page.problems if not problem.endswith(TOLD)] == []
