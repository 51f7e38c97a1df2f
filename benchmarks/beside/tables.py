"""The tables of `peers.py`, for a terminal and as the page docs/peers.md."""

import json
import os
import platform
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from textwrap import fill

from attribution import installed

from beside.features import ABOUT, COLUMNS, FEATURES
from beside.peer import Accuracy, Part, Peer

HEAD = """# Beside what you would use instead

Written by `python benchmarks/peers.py ../shared --npm FOLDER --markdown docs/peers.md` on {day}; that script says how
to install what is compared. {machine}

Accuracy, with its 95% interval, is always on publishers (of sentences: on articles) that a program was not trained on.
Speed is of the best of several passes over the same texts, so caches are warm, for all alike; *times* is the speed of a
program over that of onrecord in the same part. MB is the peak memory of those passes. Start is from the start of a
process to its first answer. Times are CPU time, with one thread, each program in processes of its own; the machine was
not idle otherwise, so trust ratios more than seconds. Rows are in the order of the first figure.
"""


@dataclass(frozen=True)
class Line:
    """What was found of a program; `why` there is nothing, if there is nothing."""

    peer: Peer
    accuracy: Accuracy | None
    units: float
    cost: dict[str, float]
    why: str
    npm: Path | None

    @property
    def speed(self) -> float | None:
        """Units a second."""
        return self.units / self.cost["seconds"] if "seconds" in self.cost else None


def version(name: str, peer: Peer, npm: Path | None) -> str | None:
    """The installed version of one thing that a program needs."""
    if not peer.node:
        return installed(name)
    package = npm / "node_modules" / name / "package.json" if npm else None
    return str(json.loads(package.read_text(encoding="utf-8"))["version"]) if package and package.is_file() else None


def missing(peer: Peer, npm: Path | None) -> str:
    """What has to be installed for a program, or ""."""
    absent = [name for name in peer.needs if version(name, peer, npm) is None]
    return f"not installed: {'npm' if peer.node else 'pip'} install {' '.join(absent)}" if absent else ""


def ordered(lines: Sequence[Line]) -> list[Line]:
    """The best first, those without figures last."""
    return sorted(lines, key=lambda line: -line.accuracy.value if line.accuracy else 1.0)


def cells(part: Part, line: Line, base: float | None) -> list[str]:
    """A row: name, version, licence, accuracy, interval, others, speed, times, MB, seconds to start."""
    shown = version(line.peer.needs[0], line.peer, line.npm) if line.peer.needs else None
    about = [line.peer.name, shown or "", line.peer.licence]
    if line.accuracy is None:
        return [*about, line.why, *[""] * (5 + len(part.others))]
    places = part.places
    found, cost, speed = line.accuracy, line.cost, line.speed
    return [
        *about,
        f"{found.value:.{places}f}",
        f"{found.low:.{places}f} to {found.high:.{places}f}",
        *found.others,
        short(speed) if speed else "",
        short(speed / base) if speed and base else "",
        f"{cost['memory']:.0f}" if "memory" in cost else "",
        f"{cost['start']:.2f}" if "start" in cost else "",
    ]


def short(number: float) -> str:
    """Two digits that count, or a whole number."""
    return f"{number:,.0f}" if number >= 10 else f"{number:.2g}"


def headings(part: Part) -> list[str]:
    """The names of the cells of a row."""
    return [
        "",
        "version",
        "licence",
        part.figure,
        "95%",
        *part.others,
        f"{part.unit} a second",
        "times",
        "MB",
        "start, s",
    ]


def table(part: Part, lines: Sequence[Line]) -> list[list[str]]:
    """Headings and rows."""
    base = next((line.speed for line in lines if line.peer.name == "onrecord"), None)
    return [headings(part), *(cells(part, line, base) for line in ordered(lines))]


def gave_up(lines: Sequence[Line]) -> Iterator[str]:
    """Who had no answer to how many."""
    for line in lines:
        if count := line.cost.get("gave_up"):
            yield f"{line.peer.name} had no answer to {count:.0f}."


def machine() -> str:
    """Where this ran."""
    path = Path("/proc/cpuinfo")
    models = re.findall(r"model name\s*: (.*)", path.read_text()) if path.exists() else []
    name = models[0] if models else platform.processor()
    return (
        f"{platform.system()} {platform.machine()}, {name}, {os.cpu_count()} cores, Python {platform.python_version()}."
    )


# ---- for a terminal -----------------------------------------------------------------------------------------------


def as_text(found: Sequence[tuple[Part, list[Line]]]) -> str:
    """All tables in columns."""
    parts = [machine()]
    for part, lines in found:
        parts += [f"{part.title}: {part.data}.", columns(table(part, lines)), *gave_up(lines)]
        parts += ["Looked at, and not run:", columns([["  " + name, *rest] for name, *rest in part.absent])]
    parts += ["What each has", columns([["", *COLUMNS], *([name, *marks] for name, *marks in FEATURES)])]
    return "\n\n".join(parts)


def columns(rows: Sequence[Sequence[str]]) -> str:
    """Cells under each other; a row whose fourth cell is a sentence does not widen the table."""
    widths = [max((len(row[k]) for row in rows if k != 3 or len(row[k]) < 30), default=0) for k in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    )


# ---- as a page ----------------------------------------------------------------------------------------------------


def as_markdown(found: Sequence[tuple[Part, list[Line]]]) -> str:
    """The page."""
    parts = [HEAD.format(day=date.today().isoformat(), machine=machine()).strip()]
    for part, lines in found:
        parts += [f"## {part.title}", fill(f"{part.data}.", 120), markdown(table(part, lines))]
        parts += [fill(" ".join(gave_up(lines)), 120)] if any(gave_up(lines)) else []
        parts += ["Looked at, and not run:", markdown([["", "version, licence", "why"], *map(list, part.absent)])]
    parts += ["## What each has", ABOUT.strip(), markdown([["", *COLUMNS], *map(list, FEATURES)])]
    return "\n\n".join(parts) + "\n"


def markdown(rows: Sequence[Sequence[str]]) -> str:
    """A table."""
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join([lines[0], f"|{' --- |' * len(rows[0])}", *lines[1:]])
