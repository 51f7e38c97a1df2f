"""Why a score is what it is, in plain words: typed records that the renderings only lay out."""

from dataclasses import dataclass

from onrecord.features.document import Span
from onrecord.features.measurement import Attribution, Kind, Mention
from onrecord.scoring.phrases import is_said, sentence, themes
from onrecord.scoring.reliance import by_source
from onrecord.scoring.report import Contribution, Report

SMALLEST = 0.25  # points: what weighs less tells a reader nothing
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
    """The part that some features of a family, which are about the same thing, have in a score.

    Attributes:
        theme: what they are about, with the family; the feature's id where it stands alone.
        features: their ids.
        points: the sum of theirs, signed.
        text: a sentence: "Five sources could be looked up: four named people, three of them with their role".
        spans: the passages behind the values, of each source the first.
    """

    theme: str
    features: tuple[str, ...]
    points: float
    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A score in words.

    Attributes:
        label: two or three words for the score; "No score" when it abstained.
        summary: what the score means in a sentence, or why there is none.
        raised, lowered: the reasons, those with the most points first; empty when it abstained.
        rest: the points of all that is no reason here, so that everything adds up to the score.
    """

    label: str
    summary: str
    raised: tuple[Reason, ...]
    lowered: tuple[Reason, ...]
    rest: float = 0.0


@dataclass(frozen=True, slots=True)
class Source:
    """One distinct source and the statements that it stands behind.

    Attributes:
        name: its fullest name, else as mentioned; "" for statements without a source in the text.
        kind: the most telling kind among the statements.
        role: the first role that is given, or None.
        share: the share (0 to 1) of the article's words that it states.
    """

    name: str
    kind: Kind
    role: str | None
    statements: tuple[Attribution, ...]
    share: float


def explain(report: Report, limit: int | None = None) -> Explanation:
    """Explain a report.

    Args:
        limit: how many reasons to keep on each side; None keeps all.
    """
    label, summary = _meaning(report)
    if report.score.abstained:
        return Explanation(label, summary, (), ())
    seen = _source_keys(report.attributions)
    weighed = [
        _reason(theme, members, report.words, seen)
        for family in report.families
        for theme, members in themes(family.features)
    ]
    weighed = [reason for reason in weighed if abs(reason.points) >= SMALLEST]
    weighed.sort(key=lambda reason: (-abs(reason.points), reason.theme))
    raised = tuple(reason for reason in weighed if reason.points > 0)[:limit]
    lowered = tuple(reason for reason in weighed if reason.points < 0)[:limit]
    total = sum(each.points for each in report.contributions)
    rest = total - sum(reason.points for reason in raised + lowered)
    return Explanation(label, summary, raised, lowered, rest)


def sources(report: Report) -> tuple[Source, ...]:
    """The distinct sources by their `source_key`, those with the most statements first, the unresolved ones last."""
    grouped: dict[str, list[Attribution]] = {}
    for attribution in report.attributions:
        grouped.setdefault(attribution.source_key, []).append(attribution)
    order = list(Kind)
    shares = by_source(report)
    found = [
        Source(
            name=statements[0].source_name.strip(" ,;:"),
            kind=min((each.kind for each in statements), key=order.index),
            role=next((each.role for each in statements if each.role), None),
            statements=tuple(statements),
            share=shares[key],
        )
        for key, statements in grouped.items()
    ]
    return tuple(sorted(found, key=lambda source: (source.kind is Kind.UNRESOLVED, -len(source.statements))))


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


def _reason(theme: str, members: tuple[Contribution, ...], words: int, keys: dict[Span, str]) -> Reason:
    """The reason that the features of a theme give; its spans are those of the weightiest that is told and has any."""
    points = sum(each.points for each in members)
    shown = max(members, key=lambda each: (is_said(each) and bool(each.spans), abs(each.points)))
    passages: dict[str, Span] = {}
    for span in shown.spans if is_said(shown) else ():
        if key := keys.get(span, str(span)):
            passages.setdefault(key, span)
    features = tuple(each.feature.id for each in members)
    return Reason(theme, features, points, sentence(members, words), tuple(passages.values()))


def _source_keys(attributions: tuple[Attribution, ...]) -> dict[Span, str]:
    """What tells the source at each passage from others; "" for pronouns, which show a reader nothing."""
    return {
        span: "" if attribution.mention is Mention.PRONOUN else attribution.source_key
        for attribution in attributions
        for span in attribution.source
    }
