"""A report as a page of text: for a terminal as wide as it is and in its colours, or plain for a file."""

from collections.abc import Iterable
from dataclasses import dataclass
from io import StringIO
from typing import IO, TYPE_CHECKING

from onrecord.scoring.display import (
    KIND_CODES,
    KIND_PLURALS,
    TOP_REASONS,
    UNSAID,
    bias_facts,
    clean,
    genre_words,
    is_read,
    largest,
    link_of,
    no_sources,
    percent,
    quotes,
    rest_words,
    title_of,
    unmeasured,
)
from onrecord.scoring.explain import KIND_NAMES, Explanation, Reason, Source, explain, sources
from onrecord.scoring.reliance import by_kind
from onrecord.scoring.report import Change, Report

if TYPE_CHECKING:
    from rich.console import Console

WIDTH = 80  # columns where there is no terminal to ask
WIDEST = 100  # longer lines are hard to read
NARROWEST = 20  # narrower than this, lines run over
TOP_SOURCES = 10
NAMES, POINTS = 24, 7  # columns for the name of a family and for its points
SMALLEST_BARS = 4  # columns on each side, or no bars

_ASCII = str.maketrans(
    {"█": "#", "│": "|", "─": "=", "┄": ".", "├": "[", "┤": "]", "●": "O"}
    | {"“": '"', "”": '"', "…": "...", "·": "-", "’": "'", "–": "-"}
)


def to_text(report: Report, width: int = WIDTH) -> str:
    """The report as plain text of `width` columns at most, without colour."""
    from rich.console import Console

    file = StringIO()
    _print(report, Console(file=file, width=width, force_terminal=False, color_system=None, highlight=False))
    return file.getvalue()


def print_text(report: Report, file: IO[str] | None = None) -> None:
    """Print the report: as wide as the terminal (100 columns at most) and in its colours, else plain and 80 wide.

    Args:
        file: where to; standard output if none is given. NO_COLOR is honoured.
    """
    from rich.console import Console

    console = Console(file=file, highlight=False)
    console.width = max(min(console.width, WIDEST), NARROWEST) if console.is_terminal else WIDTH
    _print(report, console)


@dataclass(frozen=True, slots=True)
class Line:
    """A line to print; where it wraps, what follows stands under the text, not under the prefix.

    Attributes:
        link: where it leads on terminals that can follow links.
    """

    text: str
    style: str = ""
    prefix: str = ""
    link: str = ""


def _print(report: Report, console: "Console") -> None:
    explanation = explain(report, TOP_REASONS)
    text, width = report.article.text, console.width
    for block in (
        _heading(report),
        _score_lines(report, explanation, width),
        _reliance_lines(report, width) if is_read(report) else [],
        _source_lines(sources(report)) or [Line(no_sources(is_read(report)))],
        [] if report.score.abstained else _family_lines(report, width),
        _point_lines("What raises it", "green", explanation.raised, text),
        _point_lines("What lowers it", "red", explanation.lowered, text),
        [Line(said, "dim") for said in [rest_words(explanation)] if said],
        _point_lines("What would raise it, each by itself", "cyan", report.changes, text),
        [
            Line("Bias, beside the score", "bold"),
            *(Line(f"{name}: {said}", "", "  ") for name, said in bias_facts(report.bias)),
        ],
        _note_lines(report),
        [Line(f"Model {report.model.name} {report.model.version} ({report.model.sha256[:12]})", "dim")],
    ):
        for line in block:
            _print_line(line, console)
        if block:
            console.print()


def _print_line(line: Line, console: "Console") -> None:
    """Print a line as it is, never parsed as markup, in characters that the output's encoding has."""
    from rich.style import Style
    from rich.text import Text

    text = clean(line.text).replace("\n", " ").expandtabs(1)
    style = Style.parse(line.style) + Style(link=line.link or None)
    indent = len(line.prefix)
    for i, part in enumerate(Text(text).wrap(console, max(console.width - indent, 1))):
        plain = ((" " * indent if i else line.prefix) + part.plain).rstrip()
        if not console.encoding.startswith("utf"):
            plain = plain.translate(_ASCII).encode(console.encoding, errors="replace").decode(console.encoding)
        console.print(Text(plain), style=style, soft_wrap=True)


def _heading(report: Report) -> list[Line]:
    article, link = report.article, link_of(report)
    facts = (article.domain, article.byline, article.published, f"{report.words:,} words")
    return [
        Line(title_of(report), "bold", link=link),
        Line(" · ".join(fact for fact in facts if fact), "dim"),
        *([Line(link, "dim", link=link)] if link else []),
        Line(genre_words(report.genre), "dim"),
    ]


def _score_lines(report: Report, explanation: Explanation, width: int) -> list[Line]:
    score = report.score
    meaning = f"{explanation.label}: {explanation.summary}"
    if score.value is None or score.low is None or score.high is None:
        return [Line(meaning, "bold yellow")]
    rank = "" if score.percentile is None else f", higher than {score.percentile:.0f}% of articles"
    interval = f"90% interval {score.low:.0f} to {score.high:.0f}{rank}"
    return [
        Line(f"{score.value:.0f} of 100  ({interval})", "bold cyan"),
        Line(_scale(score.value, score.low, score.high, min(width - 6, 60)), "cyan"),
        Line(meaning),
    ]


def _scale(value: float, low: float, high: float, columns: int) -> str:
    """A line from 0 to 100 with the interval drawn on it: `0 ┄┄┄├──●───┤┄┄ 100`."""
    first, at, last = (round(each / 100 * (columns - 1)) for each in (low, value, high))
    drawn = ["─" if first <= i <= last else "┄" for i in range(columns)]
    drawn[first], drawn[last] = "├", "┤"
    drawn[at] = "●"
    return f"0 {''.join(drawn)} 100"


def _reliance_lines(report: Report, width: int) -> list[Line]:
    """A bar of letters for the kinds of source that the words rest on, and the same in words."""
    columns = min(width - 2, 66)
    bar, reached, words = "", 0.0, []
    for kind, share in by_kind(report).items():
        letter = "·" if kind is None else KIND_CODES[kind]
        reached += share
        bar += letter * (round(reached * columns) - len(bar))
        words += [f"{letter} {KIND_PLURALS[kind]} {percent(share)}"] if share else []
    if not bar:
        return []
    return [Line("Whom its words rest on", "bold"), Line(bar, "", "  "), Line(", ".join(words), "dim", "  ")]


def _source_lines(found: tuple[Source, ...]) -> list[Line]:
    if not found:
        return []
    lines = [Line("Sources: how many statements, and how much of the words", "bold")]
    for source in found[:TOP_SOURCES]:
        role = f", {source.role}" if source.role else ""
        figures = f"  {len(source.statements):3d}  {percent(source.share):>4}  {KIND_CODES[source.kind]}  "
        lines.append(Line(f"{source.name or UNSAID}{role}", "", figures))
    if len(found) > TOP_SOURCES:
        lines.append(Line(f"and {len(found) - TOP_SOURCES} more", "dim", " " * 14))
    shown = {source.kind for source in found[:TOP_SOURCES]}
    kinds = ", ".join(f"{KIND_CODES[kind]} {name}" for kind, name in KIND_NAMES.items() if kind in shown)
    return [*lines, Line(kinds, "dim", "  ")]


def _family_lines(report: Report, width: int) -> list[Line]:
    """Bars about a middle line: to the left what lowers the score, to the right what raises it; none where narrow."""
    lines = [Line(f"An average article has {report.score.baseline:.1f} points; this one, by family:")]
    widest, half = largest(report), min(15, (width - NAMES - POINTS - 4) // 2)
    for family in report.families:
        bar = "█" * round(half * abs(family.points) / widest)
        left, right = (bar, "") if family.points < 0 else ("", bar)
        style = "green" if family.points > 0 else "red" if family.points < 0 else ""
        points = f"{round(family.points, 1) + 0.0:>+{POINTS - 1}.1f}"
        name = family.name.replace("_", " ")
        if half < SMALLEST_BARS:
            lines.append(Line(name, style, f"  {points}  "))
        else:
            lines.append(Line(f"{left:>{half}}│{right:<{half}} {points}", style, f"  {name[:NAMES]:<{NAMES}} "))
    return lines


def _point_lines(heading: str, colour: str, found: Iterable[Reason | Change], text: str) -> list[Line]:
    """Points, what they are for, and the passages that it is about."""
    lines: list[Line] = []
    for each in found:
        lines.append(Line(each.text, prefix=f"  {each.points:+5.1f}  "))
        passages = ", ".join(f"“{passage}”" for passage in quotes(each, text))
        lines += [Line(passages, "dim", " " * 9)] if passages else []
    return [Line(heading, f"bold {colour}"), *lines] if lines else []


def _note_lines(report: Report) -> list[Line]:
    lines = [Line(note.message, "yellow", "  ") for note in report.notes]
    missing = unmeasured(report)
    lines += [Line(missing, "dim", "  ")] if missing else []
    return [Line("Notes", "bold"), *lines] if lines else []
