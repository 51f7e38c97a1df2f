"""The article with its passages marked: marks that may overlap in any way, cut into segments that do not."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.features.document import Span
from onrecord.scoring.display import KIND_CODES, UNSAID
from onrecord.scoring.explain import KIND_NAMES, Source
from onrecord.scoring.report import EVIDENCE_GROUPS, Report

GROUP_NAMES = {"hedging": "hedge", "tone": "loaded", "boilerplate": "not part of the article"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A passage to be shown.

    Attributes:
        css: its classes.
        title: what it is, in words.
        source: the number of the source that it belongs to; 0 for none.
        is_end: whether a statement of that source ends here, which is where its label is printed.
    """

    span: Span
    css: str
    title: str
    source: int = 0
    is_end: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text under the same marks throughout; `labels` are the sources whose statements end with it."""

    text: str
    css: str = ""
    title: str = ""
    sources: tuple[int, ...] = ()
    labels: tuple[int, ...] = ()


def code(source: Source, number: int) -> str:
    """What tells a source in the text and in the table: P1, a person, the first in the table."""
    return f"{KIND_CODES[source.kind]}{number}"


def marks(report: Report, listed: Sequence[Source]) -> Iterator[Mark]:
    """Everything to be marked in the text.

    Args:
        listed: the sources in the order of the table, whose rows are numbered from 1.
    """
    for number, source in enumerate(listed, 1):
        who = f"{code(source, number)}: {source.name or UNSAID} ({KIND_NAMES[source.kind]})"
        for said in source.statements:
            for i, span in enumerate(said.content, 1):
                yield Mark(span, f"said {source.kind}", f"stated by {who}", number, i == len(said.content))
            yield from (Mark(span, "cue", f"attributes to {code(source, number)}", number) for span in said.cue)
            yield from (Mark(span, "source", f"source {who}", number) for span in said.source)
    nouns = {each.feature.id: each.feature.direction.removeprefix("more ") for each in report.contributions}
    for group, passages in report.evidence.items():
        css = group if group in EVIDENCE_GROUPS else "evidence"
        for passage in passages:
            noun = nouns.get(passage.feature, passage.feature.partition(".")[2].replace("_", " "))
            yield Mark(passage.span, css, f"{GROUP_NAMES.get(group, group)}: {noun}")


def segments(text: str, found: Iterable[Mark]) -> Iterator[Segment]:
    """Cut a text wherever a mark begins or ends.

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
        yield Segment(
            text[start:end],
            " ".join(dict.fromkeys(name for mark in active for name in mark.css.split())),
            "; ".join(dict.fromkeys(mark.title for mark in active)),
            tuple(sorted({mark.source for mark in active if mark.source})),
            tuple(dict.fromkeys(mark.source for mark in closing.get(end, ()) if mark.is_end)),
        )


def paragraphs(cut: Iterable[Segment]) -> list[list[Segment]]:
    """The segments by line; lines without a character to show are left out."""
    lines: list[list[Segment]] = [[]]
    for segment in cut:
        *broken, last = segment.text.split("\n")
        for part in broken:
            lines[-1].append(Segment(part, segment.css, segment.title, segment.sources))
            lines.append([])
        lines[-1].append(Segment(last, segment.css, segment.title, segment.sources, segment.labels))
    return [line for line in lines if any(segment.text.strip() for segment in line)]
