"""Feed parts of onrecord with damaged input: `python fuzzing/run.py TARGET ... [--inputs N] [--seed N]`.

Mutates right inputs and stops at the first that a target cannot bear: an exception that is none of ours, a wrong
answer, an input that hangs or a process that dies. The input is then in `--findings` (a folder, by default a temporary
one). With `--minutes N`, and Atheris installed, libFuzzer leads by what code an input reaches, for so many minutes a
target, and keeps what it learnt in `--corpus`.
"""

import argparse
import faulthandler
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import FrameType
from typing import Any

MAX_BYTES = 1 << 16
# What one mutation may do: most do a little.
ROUNDS = (1, 1, 1, 2, 2, 3, 5, 8)
# The seconds of a target are those of the processor. A process that waits, or is stuck in a library's own code, hears
# no signal; nothing takes so many times as long by the clock.
PATIENCE = 10


class HangError(Exception):
    """An input that takes too long."""


def mutated(rng: random.Random, seeds: list[bytes], words: tuple[bytes, ...]) -> bytes:
    """A seed with some of it changed."""
    data = rng.choice(seeds)
    for _ in range(rng.choice(ROUNDS)):
        at = rng.randrange(len(data) + 1)
        to = min(len(data), at + rng.choice((1, 1, 4, 30, 300)))
        way = rng.randrange(7)
        if way == 0:
            data = data[:at] + rng.randbytes(to - at) + data[to:]
        elif way == 1:
            data = data[:at] + data[to:]
        elif way == 2:
            data = data[:to] + data[at:to] * rng.choice((1, 2, 50)) + data[to:]
        elif way == 3:
            other = rng.choice(seeds)
            begin = rng.randrange(len(other) + 1)
            data = data[:at] + other[begin : begin + 400] + data[to:]
        elif way == 4:
            data = data[:at]
        else:
            data = data[:at] + rng.choice(words) * rng.choice((1, 1, 1, 3, 200)) + data[at if way == 5 else to :]
    return data[:MAX_BYTES]


def mutate(name: str, inputs: int, seed: int, findings: Path) -> None:
    """Run so many inputs in this process."""
    from targets import TARGETS, warm

    target = TARGETS[name]
    rng, seeds = random.Random(f"{name} {seed}"), target.seeds()
    current = findings / f"{name}.input"
    warm()
    signal.signal(signal.SIGPROF, _hang)
    for number in range(inputs):
        data = seeds[number] if number < len(seeds) else mutated(rng, seeds, target.words)
        current.write_bytes(data)
        faulthandler.dump_traceback_later(PATIENCE * target.seconds, exit=True)
        signal.setitimer(signal.ITIMER_PROF, target.seconds)
        target.run(data)
        signal.setitimer(signal.ITIMER_PROF, 0)
    faulthandler.cancel_dump_traceback_later()
    current.unlink(missing_ok=True)


def _alone() -> None:
    """Let no name resolve but those of this machine: what is made up must not be asked for."""
    resolve = socket.getaddrinfo

    def local(host: str | None, *arguments: Any, **options: Any) -> Any:
        is_here = host is None or (host.startswith("127.") and host.replace(".", "").isdigit())
        if not is_here:
            raise socket.gaierror(socket.EAI_NONAME, "no name resolves while fuzzing")
        return resolve(host, *arguments, **options)

    socket.getaddrinfo = local


def _hang(number: int, frame: FrameType | None) -> None:
    raise HangError("the input takes too long")


def lead(name: str, minutes: float, corpus: Path, findings: Path) -> None:
    """Run libFuzzer in this process, which it ends."""
    import atheris

    # What is imported when it is first needed is to be seen too.
    with atheris.instrument_imports(include=["onrecord"]):
        from targets import TARGETS, warm

        target = TARGETS[name]
        seeds = target.seeds()
        warm()
        for seed in seeds:
            target.run(seed)
    known = corpus / name
    known.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds):
        (known / f"seed{number}").write_bytes(seed)
    words = findings / f"{name}.words"
    quoted = ("".join(f"\\x{byte:02x}" for byte in word) for word in target.words if len(word) < 60)
    words.write_text("".join(f'"{word}"\n' for word in quoted), encoding="ascii")
    options = [
        f"-max_total_time={round(60 * minutes)}", f"-timeout={round(target.seconds)}", f"-max_len={MAX_BYTES}",
        "-rss_limit_mb=6000", f"-artifact_prefix={findings}/{name}-", f"-dict={words}", "-print_final_stats=1",
    ]  # fmt: skip
    atheris.Setup([sys.argv[0], *options, str(known)], target.run)
    atheris.Fuzz()


def main() -> int:
    """Each target in a process of its own; 1 when any found something."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="*")
    parser.add_argument("--inputs", type=int, default=300)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--minutes", type=float)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--findings", type=Path)
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    findings = options.findings or Path(tempfile.mkdtemp(prefix="findings-"))
    findings.mkdir(parents=True, exist_ok=True)
    if options.here:
        _alone()
        (name,) = options.targets
        if options.minutes:
            lead(name, options.minutes, options.corpus or findings / "corpus", findings)
        else:
            mutate(name, options.inputs, options.seed, findings)
        return 0
    from targets import TARGETS

    if unknown := set(options.targets) - set(TARGETS):
        parser.error(f"no target {', '.join(sorted(unknown))}; there are {', '.join(TARGETS)}")
    failed = []
    for name in options.targets or TARGETS:
        started = time.monotonic()
        command = [sys.executable, __file__, "--here", *sys.argv[1:], "--findings", str(findings)]
        command = [each for each in command if each not in options.targets] + [name]
        done = subprocess.run(command, check=False)
        took = time.monotonic() - started
        print(f"{name:12} {'ok' if done.returncode == 0 else 'FAILED':8} {took:6.1f} s", flush=True)
        if done.returncode:
            failed.append(name)
    if failed:
        print(f"inputs are in {findings}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
