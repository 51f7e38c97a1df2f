"""Why a score is what it is, in plain words: typed records that the renderings only lay out.

The wording is made of what a feature says of itself (its direction and unit), so that a new family
is explained without an edit here.
"""

import math
from dataclasses import dataclass

from onrecord.features.document import Span
from onrecord.features.measurement import Attribution, Kind
from onrecord.scoring.report import Contribution, Report

SMALLEST = 0.05  # points that would print as 0.0
ABSTAINED = "No score"

# What each fifth of the scale means, from a reader's side.
BANDS = (
    ("No usable sourcing", "Hardly anything says where it comes from, as in a rant, an advertisement or a rumour."),
    ("Thin sourcing", "Mostly opinion, or a retelling of what others reported, with little that can be followed up."),
    ("Ordinary sourcing", "The main claims have sources, but there are gaps."),
    ("Solid sourcing", "Most claims name a source that a reader could check."),
    ("Exemplary sourcing", "Nearly every claim is backed by named and varied sources: fit to teach from."),
)

KIND_NAMES = {
    Kind.NAMED_PERSON: "named person",
    Kind.NAMED_ORGANISATION: "named organisation",
    Kind.DOCUMENT: "document",
    Kind.UNNAMED: "unnamed source",
    Kind.UNRESOLVED: "unresolved source",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One feature's part in a score.

    Attributes:
        feature: its id.
        points: signed.
        what: the value in words: "7 named sources (more than in 83% of articles)".
        text: a sentence: "7 named sources (more than in 83% of articles) raise it by 6.1".
        passages: those behind the value.
    """

    feature: str
    points: float
    what: str
    text: str
    passages: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A score in words.

    Attributes:
        label: two or three words for the score; "No score" when it abstained.
        summary: what the score means in a sentence, or why there is none.
        raised, lowered: the reasons, those with the most points first; empty when it abstained.
    """

    label: str
    summary: str
    raised: tuple[Reason, ...]
    lowered: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """One distinct source and the statements that it stands behind.

    Attributes:
        name: its fullest name, else as mentioned; "" for statements without a source in the text.
        kind: the most telling kind among the statements.
        role: the first role that is given, or None.
    """

    name: str
    kind: Kind
    role: str | None
    statements: tuple[Attribution, ...]


def explain(report: Report, limit: int | None = None) -> Explanation:
    """Explain a report.

    Args:
        limit: how many reasons to keep on each side; None keeps all.
    """
    label, summary = _meaning(report)
    if report.score.abstained:
        return Explanation(label, summary, (), ())
    weighed = [_reason(each) for family in report.families for each in family.features if abs(each.points) >= SMALLEST]
    weighed.sort(key=lambda reason: (-abs(reason.points), reason.feature))
    raised = tuple(reason for reason in weighed if reason.points > 0)
    lowered = tuple(reason for reason in weighed if reason.points < 0)
    return Explanation(label, summary, raised[:limit], lowered[:limit])


def sources(report: Report) -> tuple[Source, ...]:
    """The distinct sources by their `source_key`, those with the most statements first, the unresolved ones last."""
    grouped: dict[str, list[Attribution]] = {}
    for attribution in report.attributions:
        grouped.setdefault(attribution.source_key, []).append(attribution)
    order = list(Kind)
    found = [
        Source(
            name=statements[0].source_name,
            kind=min((each.kind for each in statements), key=order.index),
            role=next((each.role for each in statements if each.role), None),
            statements=tuple(statements),
        )
        for statements in grouped.values()
    ]
    return tuple(sorted(found, key=lambda source: (source.kind is Kind.UNRESOLVED, -len(source.statements))))


def in_unit(value: float | None, unit: str) -> str:
    """A value with its unit.

    >>> in_unit(0.62, "share"), in_unit(3.25, "per 1,000 words"), in_unit(1, "yes/no"), in_unit(None, "count")
    ('62%', '3.2 per 1,000 words', 'yes', 'not measured')
    """
    if value is None or math.isnan(value):
        return "not measured"
    if unit == "yes/no":
        return "yes" if value else "no"
    if unit.startswith("share"):
        return f"{number(100 * value)}%"
    if unit == "count":
        return number(value)
    return f"{unit} {number(value)}" if unit == "grade" else f"{number(value)} {unit}"


def number(value: float) -> str:
    """A number as a person would write it: a decimal only where it tells something.

    >>> number(7.0), number(3.14159), number(62.4), number(12345.6), number(0.004)
    ('7', '3.1', '62', '12,346', '0.004')
    """
    if value == 0 or abs(value) >= 20 or value == round(value):
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 0.1 else f"{value:.1g}"


def _meaning(report: Report) -> tuple[str, str]:
    score = report.score
    if score.abstained or score.value is None:
        why = "; ".join(_plain(reason, report) for reason in score.reasons)
        return ABSTAINED, f"{why[:1].upper()}{why[1:]}."
    return BANDS[min(max(int(score.value // 20), 0), len(BANDS) - 1)]


def _plain(reason: str, report: Report) -> str:
    """Why a score was withheld, without the code that programs read ("too_short: 12 words are too few")."""
    code, _, sentence = reason.partition(": ")
    if not (code.isidentifier() and code.islower()):
        return reason.rstrip(".")
    message = next((note.message for note in report.notes if note.code == code), code.replace("_", " "))
    return (sentence or message).rstrip(".")


def _reason(contribution: Contribution) -> Reason:
    """Only what is counted can be a subject: of other units the wording cannot tell singular from plural."""
    feature, points = contribution.feature, contribution.points
    value = None if contribution.value is None or math.isnan(contribution.value) else contribution.value
    noun = feature.direction.removeprefix("more ")
    verb, joint = ("raise" if points > 0 else "lower") + "s", ", which"
    if value is None:
        what = f"{noun.removeprefix('of ')}: not measured"
    elif feature.unit == "count":
        what = f"1 {_singular(noun)}" if value == 1 else f"{number(value) if value else 'no'} {noun}"
        verb, joint = verb if value == 1 else verb[:-1], ""
    elif feature.unit.startswith("share") and noun.startswith("of "):
        what = f"{in_unit(value, feature.unit)} {noun}"
    elif feature.unit == "per 1,000 words" and value == 0:
        what = f"{noun.removeprefix('of ')}: none"
    else:
        what = f"{noun.removeprefix('of ')}: {in_unit(value, feature.unit)}"
    what += _rank(feature.unit, value, contribution.percentile)
    text = f"{what}{joint} {verb} it by {abs(points):.1f}"
    return Reason(feature.id, points, what, text, contribution.spans)


def _singular(noun: str) -> str:
    """A noun phrase for one of its things: the first plural in it loses its ending."""
    words = noun.split(" ")
    for i, word in enumerate(words):
        if word.endswith("s") and not word.endswith(("ss", "us", "is")):
            words[i] = word.removesuffix("ies") + "y" if word.endswith("ies") else word.removesuffix("s")
            break
    return " ".join(words)


def _rank(unit: str, value: float | None, percentile: float | None) -> str:
    """How a value stands among the reference articles; nothing for zero and for yes/no, where it says nothing."""
    if not value or unit == "yes/no" or percentile is None or math.isnan(percentile):
        return ""
    if percentile >= 50:
        return f" (more than in {math.floor(percentile)}% of articles)"
    return f" (only {math.floor(percentile)}% of articles have less)"
