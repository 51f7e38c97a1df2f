"""What would raise a score: each change is made in the text and the edited article scored, with the same model."""

from dataclasses import replace

from onrecord.scoring.edits import Proposal, edited, proposals
from onrecord.scoring.model import Model
from onrecord.scoring.report import Change, Report
from onrecord.scoring.score import score_articles

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
    proposed = proposals(report)
    scored = score_articles([replace(report.article, text=edited(text, each.edits)) for each in proposed], model)
    changes = [
        Change(each.text, gain, each.spans, each.count)
        for each, after in zip(proposed, scored, strict=True)
        if (gain := _gain(report, after)) >= LEAST and 2 * _due(each, report, after) >= gain
    ]
    changes.sort(key=lambda change: (-change.points, change.text))
    return replace(report, changes=tuple(changes[:MOST]))


def _gain(before: Report, after: Report) -> float:
    """The points by which a score rises; 0 without two scores."""
    if before.score.value is None or after.score.value is None:
        return 0.0
    return after.score.value - before.score.value


def _due(proposal: Proposal, before: Report, after: Report) -> float:
    """The points that rise in what a proposal is about; the others come of the wording and the length of its edits."""

    def points(report: Report) -> float:
        about = proposal.families or tuple(family.name for family in report.families)
        return sum(family.points for family in report.families if family.name in about)

    return points(after) - points(before)
