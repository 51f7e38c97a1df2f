"""What a user would pick instead, side by side, part by part: `python benchmarks/peers.py ../shared --npm FOLDER`.

The folder holds `measure/measure.py` and the labelled data in `data/`. The programs go into an environment of their
own, with this package in it, and into a folder of npm's; whatever is not installed has a row that says so:

    python -m venv /tmp/peers && /tmp/peers/bin/pip install -e '.[all]' -r benchmarks/peers-requirements.txt
    /tmp/peers/bin/pip install --no-deps sayswho==0.1.4    # asks for versions that others cannot live with
    mkdir /tmp/peers-npm && cp benchmarks/peers-package.json /tmp/peers-npm/package.json
    npm install --prefix /tmp/peers-npm
    /tmp/peers/bin/python benchmarks/peers.py ../shared --npm /tmp/peers-npm --markdown docs/peers.md

Accuracy is always on publishers (of sentences: on articles) that a program was not trained on. Speed is of the best of
several passes over the same texts; memory is the peak of those passes; cold start is from the start of a process to its
first answer, the best of several, the programs of a part taking turns. All times are CPU time, which a busy machine
stretches least. Each program runs in processes of its own, with one thread. It takes about a quarter of an hour on two
cores that have nothing else to do.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from pathlib import Path

from beside.costs import ANSWERS, HELD_OUT, INPUTS, apart, read, settle, take
from beside.peer import Answers, Part, Peer
from beside.tables import Line, as_markdown, as_text, missing

PARTS = ("quotations", "hedging", "extraction", "partisan", "quality")
STARTS = 3
# What learns does so side by side, as nothing is timed by then.
WORKERS = 2


def load_parts(names: list[str]) -> list[Part]:
    """The parts by the names of their modules."""
    return [import_module(f"beside.{name}").PART for name in names]


class Session:
    """A run over one part: a folder for each program, and what was found and measured."""

    def __init__(self, part: Part, shared: Path, npm: Path | None, folder: Path) -> None:
        self.part, self.shared, self.npm, self.folder = part, shared, npm, folder
        self.peers = [peer for peer in part.peers if not missing(peer, npm)]
        self.failures: dict[str, str] = {}
        self.costs: dict[str, dict[str, float]] = {peer.name: {} for peer in self.peers}

    def of(self, peer: Peer) -> Path:
        """The folder of a program."""
        return self.folder / str(self.part.peers.index(peer))

    def step(self, name: str, peer: Peer) -> None:
        """Take a step, if nothing has failed before."""
        if peer.name in self.failures:
            return
        answer = apart(name, self.part, peer, self.shared, self.of(peer))
        if isinstance(answer, str):
            self.failures[peer.name] = answer
        else:
            self.costs[peer.name] |= answer

    def prepare(self) -> None:
        """Lay out the folders."""
        self.folder.mkdir()
        failure = apart("prepare", self.part, self.part.peers[0], self.shared, self.folder)
        if isinstance(failure, str):
            sys.exit(f"{self.part.title}: {failure}")
        for peer in self.peers:
            settle(self.of(peer), self.folder / INPUTS, self.npm if peer.node else None)

    def measure(self) -> None:
        """What each program costs."""
        programs = [peer for peer in self.peers if peer.load or peer.node]
        for peer in programs:
            self.step("run", peer)
        for _ in range(STARTS):
            for peer in programs:
                before = self.costs[peer.name].get("start", float("inf"))
                self.step("first", peer)
                if "start" in (cost := self.costs[peer.name]):
                    cost["start"] = min(cost["start"], before)

    def answers(self, peer: Peer) -> Answers:
        """What it answered: of what learns, what it answered about publishers that it had not seen."""
        return read(self.of(peer) / (HELD_OUT if peer.held_out else ANSWERS))

    def lines(self) -> Iterator[Line]:
        """A line a program."""
        rows = self.part.rows(self.shared)
        units = sum(map(self.part.per_input, rows))
        for peer in self.part.peers:
            why = missing(peer, self.npm) or self.failures.get(peer.name, "")
            accuracy = None if why else self.part.judge(self.shared, rows, peer, self.answers(peer))
            yield Line(peer, accuracy, units, self.costs.get(peer.name, {}), why, self.npm)


def compare(parts: list[Part], shared: Path, npm: Path | None) -> list[tuple[Part, list[Line]]]:
    """Run everything, then judge it: what this process holds would count as held by those that it starts."""
    with tempfile.TemporaryDirectory() as name:
        sessions = [Session(part, shared, npm, Path(name, part.name)) for part in parts]
        for session in sessions:
            session.prepare()
        lessons = [(s, step, peer) for s in sessions for peer in s.peers for step in peer.learning]
        with ThreadPoolExecutor(WORKERS) as workers:
            list(workers.map(lambda lesson: lesson[0].step(*lesson[1:]), lessons))
        for session in sessions:
            session.measure()
        return [(session.part, list(session.lines())) for session in sessions]


def main() -> None:
    """Print the tables, and write them as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path, help="the folder with data/ and measure/")
    parser.add_argument("--npm", type=Path, help="the folder with node_modules/")
    parser.add_argument("--markdown", type=Path, help="write the page here")
    parser.add_argument("--part", choices=PARTS, action="append", help="only this part; may be given again")
    # What this script asks of itself in another process.
    parser.add_argument("--step", nargs=4, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        step, name, program, folder = options.step
        (part,) = load_parts([name])
        peer = next(peer for peer in part.peers if peer.name == program)
        print(json.dumps(take(step, part, peer, options.shared, Path(folder))))
        return
    found = compare(load_parts(options.part or list(PARTS)), options.shared, options.npm)
    print(as_text(found))
    if options.markdown:
        options.markdown.write_text(as_markdown(found), encoding="utf-8")


if __name__ == "__main__":
    main()
