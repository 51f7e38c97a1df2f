"""`onrecord train`: from label files to a model's folder."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from onrecord.scoring.model import DEFAULT
from onrecord.training.answers import Answers, Judgement, answer, judge
from onrecord.training.label_set import LabelSet, check_variety, read_label_set
from onrecord.training.labels import Example
from onrecord.training.pairs import settle
from onrecord.training.train import Trained, train, write

_PAIRS = """## Pairs

{pairs} pairs were learnt from, through ratings found for their {articles} articles together (`training/pairs.py`).
In order before: {before}; after, each article predicted without its publisher: {after}. The other figures of this card
take those ratings for labels. They started at the scores of the model before, so they flatter it.
"""


@dataclass(frozen=True, slots=True)
class Retrained:
    """A new model, the labels that it was made from, and how the model before and it did on them."""

    trained: Trained
    labels: LabelSet
    before: Judgement
    after: Judgement


def retrain(
    labels: Sequence[Path], out: Path, name: str | None = None, *, skip_bad: bool = False, jobs: int = -1
) -> Retrained:
    """Refit the model that ships with labels, and write it to a folder: model, matrix, card, and answers to the labels.

    Args:
        labels: files as `read_label_set` reads them.
        out: the folder.
        name: the model's name; the folder's, if not given.
        skip_bad: pass over the rows that cannot be used, in place of an error.

    Raises:
        LabelError: labels that cannot be used, or teach nothing.
        ModelError: the folder cannot be written.
    """
    found = read_label_set(labels, skip_bad=skip_bad)
    check_variety(found)
    usual = answer(found.examples, DEFAULT, jobs)
    trained = train(_rated(found, usual), name or out.resolve().name, jobs=jobs)
    after = Answers(
        trained.predicted,
        np.maximum(0, trained.predicted - trained.half),
        np.minimum(100, trained.predicted + trained.half),
        len(trained.examples),
    )
    result = Retrained(trained, found, judge(found, usual), judge(found, after))
    write(trained, out, _card(result))
    return result


def _rated(labels: LabelSet, usual: Answers) -> list[Example]:
    """The examples, each with a rating: its own, or one that its pairs give it."""
    own = [example.rating for example in labels.examples]
    firm = [not np.isnan(rating) for rating in own]
    start = [r if known else s for r, known, s in zip(own, firm, usual.score.tolist(), strict=True)]
    settled = settle(start, firm, labels.pairs)
    return [replace(example, rating=rating) for example, rating in zip(labels.examples, settled, strict=True)]


def _card(result: Retrained) -> str:
    paired = {k for pair in result.labels.pairs for k in (pair.better, pair.worse)}
    if not paired:
        return ""
    return _PAIRS.format(
        pairs=len(result.labels.pairs), articles=len(paired), before=result.before.pairs, after=result.after.pairs
    )
