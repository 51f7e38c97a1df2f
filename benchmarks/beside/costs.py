"""What a program costs. Each step runs in a process of its own, with one thread.

A folder holds the inputs of a part, what a program was trained to, and its answers. `node.mjs` does the same for
programs in JavaScript, and writes the same files.
"""

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from attribution import ONE_THREAD, peak_memory

from beside.peer import Answer, Answers, Part, Peer

MIN_SECONDS, MIN_PASSES = 3.0, 2
# A pass that takes so long is not repeated.
LONG = 10.0
INPUTS, ANSWERS, HELD_OUT, MODEL = "inputs.jsonl", "answers.jsonl", "held_out.jsonl", "model"
NODE = Path(__file__).with_name("node.mjs")


# ---- in a process of its own --------------------------------------------------------------------------------------


def take(step: str, part: Part, peer: Peer, shared: Path, folder: Path) -> dict[str, float]:
    """Take a step; what it cost, where that is measured."""
    if step == "prepare":
        write(folder / INPUTS, [row["input"] for row in part.rows(shared)])
    elif step == "held_out":
        assert peer.held_out is not None
        write(folder / HELD_OUT, peer.held_out(shared))
    elif step == "fit":
        assert peer.fit is not None
        peer.fit(shared, folder / MODEL)
    else:
        assert peer.load is not None
        answer = peer.load(folder / MODEL)
        if step == "run":
            return run(answer, folder)
        return first(answer, folder)
    return {}


def first(answer: Answer, folder: Path) -> dict[str, float]:
    """The CPU seconds of this process from its start to the first answer."""
    with (folder / INPUTS).open(encoding="utf-8") as inputs:
        attempt(answer, json.loads(next(inputs)))
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {"start": used.ru_utime + used.ru_stime}


def run(answer: Answer, folder: Path) -> dict[str, float]:
    """Write the answers to all inputs; the CPU seconds of the best of several passes, the memory of them all."""
    inputs, best, spent, passes = read(folder / INPUTS), float("inf"), 0.0, 0
    answers: Answers = []
    while spent < LONG and (passes < MIN_PASSES or spent < MIN_SECONDS):
        started = time.process_time()
        answers = [attempt(answer, each) for each in inputs]
        took = time.process_time() - started
        best, spent, passes = min(best, took), spent + took, passes + 1
    write(folder / ANSWERS, answers)
    return {"seconds": best, "memory": peak_memory(), "gave_up": sum(each is None for each in answers)}


def attempt(answer: Answer, text: str) -> Any:
    """An answer, or None where the program raises: which errors it raises at what, only it knows."""
    try:
        return answer(text)
    except Exception:
        return None


def write(path: Path, values: Sequence[Any]) -> None:
    """Write JSON, a value a line."""
    path.write_text("".join(json.dumps(value) + "\n" for value in values), encoding="utf-8")


def read(path: Path) -> list[Any]:
    """Read what `write` wrote."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


# ---- in the process that starts them ------------------------------------------------------------------------------


def command(step: str, part: Part, peer: Peer, shared: Path, folder: Path) -> list[str]:
    """What takes a step."""
    if peer.node and step in ("run", "first"):
        return ["node", str(folder / NODE.name), step, peer.name, str(MIN_PASSES), str(MIN_SECONDS), str(LONG)]
    return [sys.executable, sys.argv[0], str(shared), "--step", step, part.name, peer.name, str(folder)]


def apart(step: str, part: Part, peer: Peer, shared: Path, folder: Path) -> dict[str, float] | str:
    """What a step cost, or the last line of its failure."""
    line = command(step, part, peer, shared, folder)
    done = subprocess.run(line, capture_output=True, text=True, check=False, env=os.environ | ONE_THREAD)
    if done.returncode:
        return (done.stderr.strip().splitlines() or [f"ended with {done.returncode}"])[-1]
    answer: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return answer


def settle(folder: Path, inputs: Path, npm: Path | None) -> None:
    """Lay out a program's folder: the inputs, and what node needs to find its packages."""
    folder.mkdir()
    shutil.copy(inputs, folder / INPUTS)
    if npm:
        shutil.copy(NODE, folder)
        (folder / "node_modules").symlink_to((npm / "node_modules").resolve())
