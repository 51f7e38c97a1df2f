"""What one `onrecord score` costs from a cold start: `python benchmarks/coldstart.py`.

CPU seconds (user and system, children included) of whole processes, the commands taking turns so that a busy machine
is unfair to none of them. The yardstick is Python with NumPy imported, without which nothing here can begin.
"""

import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

RUNS = 7
EXAMPLES = Path(__file__).parents[1] / "examples"
COMMANDS = {
    "python -c 'import numpy'": ["-c", "import numpy"],
    "onrecord score rant.txt": ["-m", "onrecord", "score", str(EXAMPLES / "rant.txt")],
    "onrecord score council-water.html": ["-m", "onrecord", "score", str(EXAMPLES / "council-water.html")],
}


def cost(arguments: list[str]) -> tuple[float, float]:
    """CPU and wall-clock seconds of one run of this Python."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL, cwd=EXAMPLES)
    after, ended = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, ended - started


def main() -> None:
    """Print the table."""
    for arguments in COMMANDS.values():
        cost(arguments)
    runs: dict[str, list[tuple[float, float]]] = {name: [] for name in COMMANDS}
    for _ in range(RUNS):
        for name, arguments in COMMANDS.items():
            runs[name].append(cost(arguments))
    base = statistics.median(cpu for cpu, _ in next(iter(runs.values())))
    print(f"{'command':36}{'CPU s':>8}{'wall s':>8}{'times':>8}   (medians of {RUNS})")
    for name, costs in runs.items():
        cpu, wall = (statistics.median(column) for column in zip(*costs, strict=True))
        print(f"{name:36}{cpu:8.3f}{wall:8.3f}{cpu / base:8.2f}")


if __name__ == "__main__":
    main()
