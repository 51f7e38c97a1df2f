"""A report for people: a page of text for a terminal, and one HTML file that needs nothing else.

Article text is hostile here: it may hold markup, terminal escapes and lone surrogates. Both
renderings clean every string that they show; neither ever interprets one.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import cache
from io import StringIO
from itertools import pairwise
from typing import IO, TYPE_CHECKING

from onrecord.features.document import Span
from onrecord.features.measurement import Kind
from onrecord.scoring.explain import (
    KIND_NAMES,
    Explanation,
    Reason,
    Source,
    explain,
    sources,
)
from onrecord.scoring.phrases import in_unit
from onrecord.scoring.record import replace_surrogates
from onrecord.scoring.report import EVIDENCE_GROUPS, Bias, Change, Genre, Report

if TYPE_CHECKING:
    from jinja2 import Template
    from rich.console import Console

WIDTH = 80  # columns where there is no terminal to ask
WIDEST = 100  # longer lines are hard to read
TOP_REASONS = 6  # on each side
TOP_SOURCES = 10
QUOTED = 3  # passages quoted for a reason
QUOTE_LENGTH = 60
UNSAID = "(no source in the text)"

KIND_CODES = {
    Kind.NAMED_PERSON: "P",
    Kind.NAMED_ORGANISATION: "O",
    Kind.DOCUMENT: "D",
    Kind.UNNAMED: "U",
    Kind.UNRESOLVED: "?",
}

# Terminal escapes begin with control characters; bidirectional overrides reorder what is around them.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")

_ASCII = str.maketrans({"█": "#", "│": "|", "“": '"', "”": '"', "…": "...", "·": "-", "’": "'", "–": "-"})


def clean(text: str) -> str:
    """The text without control characters, but for tabs and newlines, and without lone surrogates.

    >>> clean("a" + chr(27) + "[31mb" + chr(0))
    'a[31mb'
    """
    return _UNPRINTABLE.sub("", replace_surrogates(text.replace("\r", " ")))


def quote(text: str, span: Span, length: int = QUOTE_LENGTH) -> str:
    """The characters of a passage on one line, cut at `length`."""
    passage = " ".join(clean(text[span.start : span.end]).split())
    return passage if len(passage) <= length else passage[: length - 1].rstrip() + "…"


# --- text -------------------------------------------------------------------------------------


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
    console.width = min(console.width, WIDEST) if console.is_terminal else WIDTH
    _print(report, console)


@dataclass(frozen=True, slots=True)
class Line:
    """A line to print; where it wraps, what follows stands under the text, not under the prefix."""

    text: str
    style: str = ""
    prefix: str = ""


def _print(report: Report, console: "Console") -> None:
    explanation = explain(report, TOP_REASONS)
    facts = "; ".join(f"{name}: {value}" for name, value in bias_facts(report.bias))
    for block in (
        _heading(report),
        _score_lines(report, explanation),
        [] if report.score.abstained else _family_lines(report, max(1, min(15, (console.width - 36) // 2))),
        _point_lines("What raises it", "green", explanation.raised, report.article.text),
        _point_lines("What lowers it", "red", explanation.lowered, report.article.text),
        _rest_lines(explanation),
        _point_lines("What would raise it, each by itself", "cyan", report.changes, report.article.text),
        _source_lines(sources(report)),
        [Line("Bias, beside the score", "bold"), Line(facts, prefix="  ")],
        _note_lines(report),
        [Line(f"Model {report.model.name} {report.model.version} ({report.model.sha256[:12]})", "dim")],
    ):
        for line in block:
            _print_line(line, console)
        if block:
            console.print()


def _print_line(line: Line, console: "Console") -> None:
    """Print a line as it is, never parsed as markup, in characters that the output's encoding has."""
    from rich.text import Text

    text = clean(line.text).replace("\n", " ").expandtabs(1)
    indent = len(line.prefix)
    for i, part in enumerate(Text(text).wrap(console, console.width - indent)):
        plain = (" " * indent if i else line.prefix) + part.plain.rstrip()
        if not console.encoding.startswith("utf"):
            plain = plain.translate(_ASCII).encode(console.encoding, errors="replace").decode(console.encoding)
        console.print(Text(plain), style=line.style, soft_wrap=True)


def _heading(report: Report) -> list[Line]:
    article = report.article
    facts = (article.domain, article.byline, article.published, f"{report.words:,} words")
    return [
        Line(title_of(report), "bold"),
        Line(" · ".join(fact for fact in facts if fact), "dim"),
        Line(genre_words(report.genre), "dim"),
    ]


def _score_lines(report: Report, explanation: Explanation) -> list[Line]:
    score = report.score
    meaning = f"{explanation.label}: {explanation.summary}"
    if score.value is None or score.low is None or score.high is None:
        return [Line(meaning, "bold yellow")]
    rank = "" if score.percentile is None else f", higher than {score.percentile:.0f}% of articles"
    interval = f"90% interval {score.low:.0f} to {score.high:.0f}{rank}"
    return [Line(f"{score.value:.0f} of 100  ({interval})", "bold cyan"), Line(meaning)]


def _family_lines(report: Report, half: int) -> list[Line]:
    """Bars about a middle line: to the left what lowers the score, to the right what raises it.

    Args:
        half: columns on each side.
    """
    lines = [Line(f"An average article has {report.score.baseline:.1f} points; this one, by family:")]
    widest = largest(report)
    for family in report.families:
        bar = "█" * round(half * abs(family.points) / widest)
        left, right = (bar, "") if family.points < 0 else ("", bar)
        style = "green" if family.points > 0 else "red" if family.points < 0 else ""
        lines.append(
            Line(
                f"{left:>{half}}│{right:<{half}} {round(family.points, 1) + 0.0:>+6.1f}",
                style,
                f"  {family.name.replace('_', ' ')[:24]:<24} ",
            )
        )
    return lines


def _point_lines(heading: str, colour: str, found: Iterable[Reason | Change], text: str) -> list[Line]:
    """Points, what they are for, and the passages that it is about."""
    lines: list[Line] = []
    for each in found:
        lines.append(Line(each.text, prefix=f"  {each.points:+5.1f}  "))
        passages = ", ".join(f"“{passage}”" for passage in quotes(each, text))
        lines += [Line(passages, "dim", " " * 9)] if passages else []
    return [Line(heading, f"bold {colour}"), *lines] if lines else []


def _rest_lines(explanation: Explanation) -> list[Line]:
    said = rest_words(explanation)
    return [Line(said, "dim")] if said else []


def _source_lines(found: tuple[Source, ...]) -> list[Line]:
    if not found:
        return [Line("No statement in it is attributed to anybody.")]
    lines = [Line("Sources", "bold")]
    for source in found[:TOP_SOURCES]:
        role = f", {source.role}" if source.role else ""
        count = len(source.statements)
        statements = f"{count} statement" if count == 1 else f"{count} statements"
        lines.append(Line(f"{source.name or UNSAID}{role}: {KIND_NAMES[source.kind]}, {statements}", prefix="  "))
    if len(found) > TOP_SOURCES:
        lines.append(Line(f"and {len(found) - TOP_SOURCES} more", "dim", "  "))
    return lines


def _note_lines(report: Report) -> list[Line]:
    lines = [Line(note.message, "yellow", "  ") for note in report.notes]
    return [Line("Notes", "bold"), *lines] if lines else []


# --- what both renderings say -----------------------------------------------------------------


def title_of(report: Report) -> str:
    """The title on one line, or what else tells the article apart."""
    article = report.article
    return " ".join(article.title.split()) or article.url or article.domain or "(untitled)"


def quotes(of: Reason | Change, text: str) -> tuple[str, ...]:
    """The first distinct passages behind a reason, or that a change concerns, shortened."""
    passages = (quote(text, span).strip('"“”«»„ ,').lstrip("'’ ") for span in of.spans)
    distinct = {passage.casefold(): passage for passage in reversed(tuple(passages)) if any(map(str.isalnum, passage))}
    return tuple(reversed(distinct.values()))[:QUOTED]


def rest_words(explanation: Explanation) -> str:
    """What the reasons that are not shown come to, in words; "" where that is nothing."""
    rest = round(explanation.rest, 1)
    return f"All else together {'adds' if rest > 0 else 'takes away'} {abs(rest):.1f}." if rest else ""


def genre_words(genre: Genre) -> str:
    """What kind of piece it is, in words."""
    if genre.name is None or genre.confidence is None:
        return "Reads like: cannot tell"
    share = "over 99%" if genre.confidence > 0.99 else f"{genre.confidence:.0%}"
    return f"Reads like: {genre.name.replace('_', ' ')} ({share})"


def largest(report: Report) -> float:
    """The points that fill half a bar chart; not less than 5, so that trifles look like trifles."""
    return max([5.0, *(abs(family.points) for family in report.families)])


def bias_facts(bias: Bias) -> tuple[tuple[str, str], ...]:
    """The three measures of bias: what, and how much in words."""
    unknown = "cannot tell"
    sides = asdict(bias.leaning) if bias.leaning else {}
    loaded = bias.loaded_per_1000_words
    return (
        ("hyperpartisan", unknown if bias.hyperpartisan is None else f"{bias.hyperpartisan:.0%} likely"),
        ("leaning", ", ".join(f"{side} {share:.0%}" for side, share in sides.items()) or unknown),
        ("loaded words", unknown if loaded is None else f"{loaded:.1f} per 1,000 words"),
    )


# --- HTML -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage to be shown: its CSS class, what it is in words, and a label to print after it."""

    span: Span
    css: str
    title: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text under the same marks throughout."""

    text: str
    css: str = ""
    title: str = ""
    labels: tuple[str, ...] = ()


def to_html(report: Report) -> str:
    """The report as one HTML file: no script, no font, no image, nothing that it would have to load."""
    listed = sources(report)
    names = {source.statements[0].source_key: i for i, source in enumerate(listed, 1)}
    explanation = explain(report, TOP_REASONS)
    page: str = _template().render(
        report=report,
        explanation=explanation,
        sources=listed,
        paragraphs=paragraphs(segments(report.article.text, marks(report, names))),
        title=title_of(report),
        rest=rest_words(explanation),
        bias=bias_facts(report.bias),
        genre=genre_words(report.genre),
        largest=largest(report),
        link=report.article.url if report.article.url.startswith(("https://", "http://")) else "",
    )
    return page


def marks(report: Report, numbers: dict[str, int]) -> Iterator[Mark]:
    """Everything to be marked in the text; `numbers` gives the row of each `source_key` in the table."""
    for attribution in report.attributions:
        name, kind = attribution.source_name, attribution.kind
        code = f"{KIND_CODES[kind]}{numbers[attribution.source_key]}"
        who = f"{code}: {name or UNSAID} ({KIND_NAMES[kind]})"
        for i, span in enumerate(attribution.content, 1):
            last = i == len(attribution.content)
            yield Mark(span, f"said {kind}", f"stated by {who}", code if last else "")
        yield from (Mark(span, "cue", f"attributes to {code}") for span in attribution.cue)
        yield from (Mark(span, "source", f"source {who}") for span in attribution.source)
    for group, passages in report.evidence.items():
        css = group if group in EVIDENCE_GROUPS else "evidence"
        yield from (Mark(passage.span, css, passage.feature.replace("_", " ")) for passage in passages)


def segments(text: str, found: Iterable[Mark]) -> Iterator[Segment]:
    """Cut a text wherever a mark begins or ends, so that marks may overlap in any way.

    The texts of the segments, joined, are the text. Marks outside the text are cut to it. Time
    is linear in the text, and in the marks times how many of them cover one place.
    """
    opening: dict[int, list[Mark]] = {}
    closing: dict[int, list[Mark]] = {}
    for mark in found:
        start, end = max(mark.span.start, 0), min(mark.span.end, len(text))
        if start < end:
            opening.setdefault(start, []).append(mark)
            closing.setdefault(end, []).append(mark)
    cuts = sorted({0, len(text), *opening, *closing})
    active: Counter[Mark] = Counter()
    for start, end in pairwise(cuts):
        active.subtract(closing.get(start, ()))
        active.update(opening.get(start, ()))
        active = +active
        css = dict.fromkeys(name for mark in active for name in mark.css.split())
        labels = dict.fromkeys(mark.label for mark in closing.get(end, ()) if mark.label)
        yield Segment(
            text[start:end], " ".join(css), "; ".join(dict.fromkeys(mark.title for mark in active)), tuple(labels)
        )


def paragraphs(cut: Iterable[Segment]) -> list[list[Segment]]:
    """The segments by line; lines without a character to show are left out."""
    lines: list[list[Segment]] = [[]]
    for segment in cut:
        *broken, last = segment.text.split("\n")
        for part in broken:
            lines[-1].append(Segment(part, segment.css, segment.title))
            lines.append([])
        lines[-1].append(Segment(last, segment.css, segment.title, segment.labels))
    return [line for line in lines if any(segment.text.strip() for segment in line)]


@cache
def _template() -> "Template":
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("onrecord.scoring"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: clean(value) if type(value) is str else value,
    )
    environment.filters.update(in_unit=in_unit, quotes=quotes)
    environment.globals.update(kind_codes=KIND_CODES, kind_names=KIND_NAMES, unsaid=UNSAID)
    return environment.get_template("report.html")
