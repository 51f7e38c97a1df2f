"""The figures of a judgement, as everything that shows them names and orders them."""

from onrecord.training.answers import Judgement
from onrecord.training.evaluate import Figure


def figures(judgement: Judgement) -> list[tuple[str, Figure | str]]:
    """Names and figures, those that there are."""
    rows: list[tuple[str, Figure | str]] = []
    if found := judgement.evaluation:
        rows += [
            ("articles", f"{found.articles} of {found.publishers} publishers"),
            ("Spearman", found.spearman),
            ("mean absolute error", found.mean_absolute_error),
            ("90% interval covers", found.coverage),
        ]
        if found.auc:
            rows.append(("AUC, good above bad", found.auc))
    if judgement.pairs:
        rows.append(("pairs in order", judgement.pairs))
    return rows
