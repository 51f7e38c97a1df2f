"""What would raise a score: each change is made in the text and the edited article scored, with the same model."""

from dataclasses import replace

from onrecord.features import FAMILIES, attributions
from onrecord.features.document import Document
from onrecord.features.measurement import Attribution
from onrecord.features.own_text import read
from onrecord.scoring.edits import Proposal, edited, proposals
from onrecord.scoring.model import Model, Scorecard
from onrecord.scoring.report import Change, Report
from onrecord.scoring.score import family_points, judge

LEAST = 1.0  # points
MOST = 5
LONGEST = 200_000  # characters: what is longer is no article, and it is scored once for every change


def with_changes(report: Report, model: Model) -> Report:
    """The report with what would raise its score, each change by itself, those that bring most first.

    Args:
        model: the one that the report was made with.
    """
    text = report.article.text
    if report.score.abstained or len(text) > LONGEST:
        return report
    proposed, card = proposals(report), model.of(report.language).score
    documents = [read(replace(report.article, text=edited(text, each.edits))) for each in proposed]
    found = attributions.find_all(documents)
    changes = [
        Change(each.text, gain, each.spans, each.count)
        for each, document, here in zip(proposed, documents, found, strict=True)
        if (gain := _gain(each, report, card, document, here)) >= LEAST
    ]
    changes.sort(key=lambda change: (-change.points, change.text))
    return replace(report, changes=tuple(changes[:MOST]))


def _gain(
    proposal: Proposal, before: Report, card: Scorecard, document: Document, found: tuple[Attribution, ...]
) -> float:
    """The points by which the score rises; 0 unless half of them or more come of what the proposal is about.

    The rest comes of the wording and the length of its edits. What a proposal is about is measured first: if that
    brings less than half of LEAST, nothing else need be measured.

    Args:
        document: the edited article.
        found: the attributions in it.
    """
    about = [family for family in FAMILIES if not proposal.families or family.NAME in proposal.families]
    names = [family.NAME for family in about]
    measured = {family.NAME: family.measure(document, found) for family in about}
    points = sum(family_points(card, measured[name]) for name in names)
    due = points - sum(family.points for family in before.families if family.name in names)
    if 2 * due < LEAST:
        return 0.0
    measured |= {family.NAME: family.measure(document, found) for family in FAMILIES if family not in about}
    after, _ = judge(document, card, found, [m for family in FAMILIES for m in measured[family.NAME]])
    if before.score.value is None or after.value is None:
        return 0.0
    gain = after.value - before.score.value
    return gain if 2 * due >= gain else 0.0
