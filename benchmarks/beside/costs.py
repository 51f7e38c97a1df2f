"""What a program costs. Each step runs in a process of its own, with one thread.

A folder holds the inputs of a part, what a program was trained to, and its answers. `node.mjs` does the same for
programs in JavaScript, and writes the same files.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from attribution import ONE_THREAD, peak_memory
from beside.peer import Answer, Answers, Part, Peer

MIN_SECONDS = 3.0
MIN_PASSES = 2
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
        with (folder / INPUTS).open(encoding="utf-8") as inputs:
            attempt(answer, json.loads(next(inputs)))
    return {}


def run(answer: Answer, folder: Path) -> dict[str, float]:
    """Write the answers to all inputs; the CPU seconds of the best of several passes, the memory of them all."""
    inputs, best, spent, passes = read(folder / INPUTS), float("inf"), 0.0, 0
    answers: Answers = []
    while passes < MIN_PASSES or spent < MIN_SECONDS:
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
        return ["node", str(folder / NODE.name), step, peer.name, str(MIN_PASSES), str(MIN_SECONDS)]
    return [sys.executable, sys.argv[0], str(shared), "--step", step, part.name, peer.name, str(folder)]


def apart(step: str, part: Part, peer: Peer, shared: Path, folder: Path) -> dict[str, float] | str:
    """What a step cost, or the last line of its failure."""
    line = command(step, part, peer, shared, folder)
    done = subprocess.run(line, capture_output=True, text=True, check=False, env=os.environ | ONE_THREAD)
    if done.returncode:
        return (done.stderr.strip().splitlines() or [f"ended with {done.returncode}"])[-1]
    answer: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return answer


def seconds_to_first_answer(part: Part, peer: Peer, shared: Path, folder: Path) -> float:
    """Wall-clock seconds from the start of a process to its first answer."""
    line, started = command("first", part, peer, shared, folder), time.perf_counter()
    with subprocess.Popen(
        line, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=os.environ | ONE_THREAD
    ) as process:
        assert process.stdout is not None
        while (printed := process.stdout.readline()) and not printed.startswith(b"{"):
            pass
        return time.perf_counter() - started


def settle(folder: Path, inputs: Path, npm: Path | None) -> None:
    """Lay out a program's folder: the inputs, and what node needs to find its packages."""
    folder.mkdir()
    shutil.copy(inputs, folder / INPUTS)
    if npm:
        shutil.copy(NODE, folder)
        (folder / "node_modules").symlink_to((npm / "node_modules").resolve())
