"""A report as one HTML page that needs nothing else, and the parts that other pages may be made of.

A page is `templates/page.html` around macros of `templates/parts.html`, each a section about one `View`.
Its style and its one script are the same for every report, so that a policy can name them by their hashes.
"""

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING

from onrecord.features.measurement import Kind
from onrecord.scoring.display import (
    KIND_CODES,
    KIND_PLURALS,
    TOP_REASONS,
    UNSAID,
    bias_facts,
    genre_words,
    is_read,
    link_of,
    no_sources,
    percent,
    quotes,
    rest_words,
    title_of,
    unmeasured,
)
from onrecord.scoring.explain import BANDS, KIND_NAMES, Explanation, Source, explain, sources
from onrecord.scoring.marks import Segment, code, marks, paragraphs, segments
from onrecord.scoring.phrases import families, in_unit
from onrecord.scoring.reliance import by_kind
from onrecord.scoring.report import Report
from onrecord.scoring.templating import templates

if TYPE_CHECKING:
    from jinja2 import Environment


LEAST_POINTS = 2.5  # on each side of a bar chart, so that trifles look like trifles


@dataclass(frozen=True, slots=True)
class Axis:
    """Where bars begin, and how long they are: `zero` in percent of the width, `per_point` in percent a point."""

    zero: float
    per_point: float


@dataclass(frozen=True, slots=True)
class View:
    """What a page shows of one report.

    Attributes:
        key: what the ids of its parts begin with; tells the views of one page apart.
        paragraphs: the text, cut wherever a mark begins or ends.
        shares: of the words by kind of source, only what is above 0.
        first: for each number of a source, the segment where its first statement ends.
    """

    report: Report
    key: str
    explanation: Explanation
    sources: tuple[Source, ...]
    paragraphs: list[list[Segment]]
    shares: dict[Kind | None, float]
    first: dict[int, Segment]

    @property
    def title(self) -> str:
        """The title on one line."""
        return title_of(self.report)

    @property
    def link(self) -> str:
        """Where the article is, if that may be followed; else ""."""
        return link_of(self.report)

    @property
    def genre(self) -> str:
        """What kind of piece it is, in words."""
        return genre_words(self.report.genre)

    @property
    def rest(self) -> str:
        """What the reasons that are not shown come to."""
        return rest_words(self.explanation)

    @property
    def is_read(self) -> bool:
        """Whether who says what could be read."""
        return is_read(self.report)

    @property
    def unmeasured(self) -> str:
        """What could not be measured."""
        return unmeasured(self.report)

    @property
    def bias(self) -> tuple[tuple[str, str], ...]:
        """The measures of bias, in words."""
        return bias_facts(self.report.bias)

    @property
    def axis(self) -> Axis:
        """The axis that all bars of points stand on."""
        points = [family.points for family in self.report.families]
        return axis([*points, *(reason.points for reason in self.explanation.raised + self.explanation.lowered)])

    @property
    def checkable(self) -> float:
        """The share of the words that rest on somebody or something that a reader could look up."""
        named = (Kind.NAMED_PERSON, Kind.NAMED_ORGANISATION, Kind.DOCUMENT)
        return sum(share for kind, share in self.shares.items() if kind in named)

    @property
    def most(self) -> float:
        """The share of the words that the source with the most has; above 0."""
        return max((source.share for source in self.sources), default=0.0) or 1.0

    @property
    def stack(self) -> list[tuple[Kind | None, float, float]]:
        """The shares as a bar: kind, where it begins and how long it is, in percent."""
        parts, start = [], 0.0
        for kind, share in self.shares.items():
            parts.append((kind, start, 100 * share))
            start += 100 * share
        return parts

    def code(self, number: int) -> str:
        """What tells the source of that number in the text and in the table."""
        return code(self.sources[number - 1], number)

    def keys(self, segment: Segment) -> str:
        """What a segment shares with all else of its sources."""
        return " ".join(f"{self.key}{number}" for number in segment.sources)


def axis(points: Sequence[float]) -> Axis:
    """The axis that has room for bars of so many points."""
    down, up = max([LEAST_POINTS, *(-each for each in points)]), max([LEAST_POINTS, *points])
    return Axis(100 * down / (down + up), 100 / (down + up))


def view(report: Report, key: str = "") -> View:
    """What a page shows of a report.

    Args:
        key: letters; another one for each report on the same page.
    """
    listed = sources(report)
    lines = paragraphs(segments(report.article.text, marks(report, listed)))
    first: dict[int, Segment] = {}
    for segment in (each for line in lines for each in line):
        for number in segment.labels:
            first.setdefault(number, segment)
    shares = {kind: share for kind, share in by_kind(report).items() if share}
    return View(report, key, explain(report, TOP_REASONS), listed, lines, shares, first)


def to_html(report: Report) -> str:
    """The report as one HTML file: no font, no image, nothing that it would have to load, and one short script."""
    page: str = environment().get_template("report.html").render(view=view(report))
    return page


@cache
def policy() -> str:
    """The Content-Security-Policy of the page: nothing but its own style and its own script, known by their hashes."""
    hashes = {name: b64encode(sha256(_part(name).encode()).digest()).decode() for name in ("page.css", "page.js")}
    return (
        f"default-src 'none'; style-src 'sha256-{hashes['page.css']}'; script-src 'sha256-{hashes['page.js']}'; "
        "base-uri 'none'; form-action 'none'"
    )


def stylesheet() -> str:
    """The style of the page, for other pages that are to look like it."""
    return _part("page.css")


@cache
def environment() -> "Environment":
    """The templates, with all that they use."""
    from markupsafe import Markup

    made = templates("onrecord.scoring")
    made.filters.update(in_unit=in_unit, percent=percent, quotes=quotes)
    made.globals.update(bands=BANDS, families=families(), no_sources=no_sources, unsaid=UNSAID)
    made.globals.update(kind_codes=KIND_CODES, kind_names=KIND_NAMES, kind_plurals=KIND_PLURALS)
    made.globals.update(policy=policy(), css=Markup(_part("page.css")), script=Markup(_part("page.js")))
    return made


@cache
def _part(name: str) -> str:
    return (files("onrecord.scoring") / "templates" / name).read_text(encoding="utf-8")
