"""What `onrecord serve` stands: `python benchmarks/serve.py`.

A server of its own on loopback is asked to score a text of 800 words at an even rate, whether or not earlier requests
are answered (an open loop, so that a slow server is not asked less). Time is from when a request was due to its last
byte; `shed` are answered with 503. The client is a process of its own, on the same machine.

    rate      requests a second
    changes   whether what would raise the score is looked for (not unless asked)
"""

import argparse
import asyncio
import json
import re
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

import numpy as np

EXAMPLES = Path(__file__).parents[1] / "examples"
NAMES = ("hospital-merger.txt", "port-strike.md", "column.txt")
WORDS = 800
OK, SHED = "200", "503 with Retry-After"
ROWS = ((20, False), (20, True), (200, False), (200, True))


def text() -> str:
    """800 words of news, of the examples."""
    whole = "\n\n".join((EXAMPLES / name).read_text(encoding="utf-8") for name in NAMES)
    ends = [match.end() for match in re.finditer(r"\S+", whole)]
    while len(ends) < WORDS:
        whole += "\n\n" + whole
        ends = [match.end() for match in re.finditer(r"\S+", whole)]
    return whole[: ends[WORDS - 1]]


async def ask(address: SplitResult, message: bytes, due: float) -> tuple[str, float]:
    """How a request is answered ("200", "503 with Retry-After"), and the seconds since it was due."""
    await asyncio.sleep(max(0.0, due - time.perf_counter()))
    try:
        reader, writer = await asyncio.open_connection(address.hostname, address.port)
        writer.write(message)
        answer = await reader.read(-1)
        writer.close()
    except OSError:
        answer = b""
    head = answer.partition(b"\r\n\r\n")[0].lower()
    status = head[9:12].decode() + (" with Retry-After" if b"\r\nretry-after: " in head else "")
    return status, time.perf_counter() - due


async def load(base: str, rate: int, changes: bool, seconds: float) -> list[tuple[str, float]]:
    """Ask at a rate for a while."""
    address = urlsplit(base)
    body = json.dumps({"text": text(), "changes": changes}).encode()
    head = f"POST /api/score HTTP/1.1\r\nHost: {address.netloc}\r\nConnection: close\r\n"
    head += "Content-Type: application/json\r\n"
    message = f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body
    start = time.perf_counter() + 0.1
    return await asyncio.gather(*(ask(address, message, start + k / rate) for k in range(round(rate * seconds))))


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=10, help="of each row (default 10)")
    seconds = parser.parse_args().seconds
    command = [sys.executable, "-m", "onrecord", "serve", "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr
            address = re.search(r"http://\S+", server.stderr.readline())
            assert address, "the server did not start"
            asyncio.run(load(address[0], 5, True, 2))  # all processes have begun
            print(f"{'rate':>5}{'changes':>9}{'asked':>7}{'200':>6}{'shed':>6}{'other':>7}", end="")
            print(f"{'p50 ms':>9}{'p95 ms':>8}{'p99 ms':>8}{'shed p95':>10}")
            for rate, changes in ROWS:
                print_row(rate, changes, asyncio.run(load(address[0], rate, changes, seconds)))
        finally:
            server.terminate()


def print_row(rate: int, changes: bool, found: list[tuple[str, float]]) -> None:
    """One row of the table."""
    counts = Counter(status for status, _ in found)
    times = [1000 * np.array([t for status, t in found if status == code] or [np.nan]) for code in (OK, SHED)]
    p50, p95, p99 = np.percentile(times[0], [50, 95, 99])
    other = len(found) - counts[OK] - counts[SHED]
    print(f"{rate:5d}{changes!s:>9}{len(found):7d}{counts[OK]:6d}{counts[SHED]:6d}{other:7d}", end="")
    print(f"{p50:9.0f}{p95:8.0f}{p99:8.0f}{np.percentile(times[1], 95):10.0f}", flush=True)


if __name__ == "__main__":
    main()
