"""Weigh the cues of hedging.

    python -m onrecord.training.hedging ../shared/data/hedging_wiki_train.jsonl features/weights/hedging.en.tsv

Reads sentences that people marked as hedged or not (CoNLL-2010 shared task, Wikipedia: Farkas et al. 2010), prints
the accuracy of a cross-validation, and writes the weights of a logistic regression over the classes and the phrases of
the lexicon. A penalty on weights leaves a rare phrase with little but that of its class. The same file gives the
same table. It takes some seconds.
"""

import json
import math
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from onrecord.features.document import Article, read
from onrecord.features.hedge_weights import HEADER, THRESHOLD, Cued, Key, Weights
from onrecord.features.hedging import find_cued
from onrecord.training.labels import read_rows

FOLDS = 10
# A phrase that stands in fewer sentences has no weight of its own.
MIN_SENTENCES = 3
# The inverse of the penalty on weights; that on the weight of a class is less, by the square of its scale.
STRENGTH = 0.08
CLASS_SCALE = 3.0
# F1 is flat about its best: of thresholds that come so near, the lowest lets a lone clear cue ("reportedly") mark.
NEAR = 0.998
_NOTE = """\
# How much each class and each phrase speaks for a hedged sentence, for onrecord/features/hedge_weights.py.
# Source: learnt by onrecord.training.hedging from Wikipedia sentences of the CoNLL-2010 shared task. \
Licence: that of onrecord.
"""

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled text, mostly one sentence, with its sentences that hold cues."""

    cued: tuple[Cued, ...]
    hedged: bool

    @property
    def keys(self) -> frozenset[Key]:
        """The classes and phrases that stand in it."""
        return frozenset().union(*(sentence.keys for sentence in self.cued))


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Precision, recall and F1 for hedged texts."""

    precision: float
    recall: float
    f1: float


def main(data: Path, out: Path) -> None:
    """Cross-validate on the sentences in `data`, then train on all of them and write to `out`."""
    examples = read_examples(data)
    print(json.dumps(asdict(cross_validate(examples))))
    out.write_text(table(train(examples)), encoding="utf-8")


def read_examples(path: Path) -> list[Example]:
    """The sentences of a file with `text` and `hedged`."""
    return [Example(tuple(find_cued(read(Article(row["text"])))), bool(row["hedged"])) for row in read_rows(path)]


def cross_validate(examples: Sequence[Example], folds: int = FOLDS) -> Accuracy:
    """Accuracy on texts that neither weights nor threshold were learnt from.

    The words of the lexicon and the constants above were chosen with the whole of the shipped table's data in view, so
    that the figure for those is somewhat too high; only other sentences can tell by how much.
    """
    return accuracy(out_of_fold(examples, folds), np.array([example.hedged for example in examples]))


def out_of_fold(examples: Sequence[Example], folds: int = FOLDS) -> Bools:
    """(n,) which texts are marked by weights and a threshold that were learnt from the other folds."""
    marked = np.zeros(len(examples), dtype=np.bool_)
    fold = blocks(examples, folds)
    for k in range(folds):
        weights = train([examples[i] for i in np.flatnonzero(fold != k).tolist()])
        for i in np.flatnonzero(fold == k).tolist():
            marked[i] = balance(examples[i], weights) > weights.threshold
    return marked


def accuracy(marked: Bools, hedged: Bools) -> Accuracy:
    """(n,) what was marked against what people marked."""
    right, found, wanted = int((marked & hedged).sum()), int(marked.sum()), int(hedged.sum())
    return Accuracy(right / max(1, found), right / max(1, wanted), 2 * right / max(1, found + wanted))


def blocks(examples: Sequence[Example], folds: int) -> Ints:
    """(n,) the fold of each: neighbours, which come from one article, stay together.

    The hedged and the others are cut apart, as the file lists one after the other.
    """
    fold = np.zeros(len(examples), dtype=np.int64)
    for hedged in (False, True):
        places = np.flatnonzero([example.hedged == hedged for example in examples])
        fold[places] = np.arange(len(places)) * folds // max(1, len(places))
    return fold


def balance(example: Example, weights: Weights) -> float:
    """The most that the cues of one of its sentences add up to; minus infinity where none could be shown."""
    return max((weights.add(cued.keys) for cued in example.cued if cued.weighing(weights)), default=-math.inf)


def train(examples: Sequence[Example]) -> Weights:
    """Weights from all examples, and the threshold with the best F1 to be expected of them."""
    weights = fit(examples)
    chances = 1 / (1 + np.exp([weights.threshold - weights.add(example.keys) for example in examples]))
    balances = np.array([balance(example, weights) for example in examples])
    return Weights(best_threshold(balances, chances), weights.of)


def fit(examples: Sequence[Example]) -> Weights:
    """Weights by logistic regression; at the threshold a text is as likely hedged as not."""
    from scipy import sparse
    from sklearn.linear_model import LogisticRegression

    counts = Counter(key for example in examples for key in example.keys)
    known = sorted(key for key, count in counts.items() if count >= MIN_SENTENCES)
    column = {key: k for k, key in enumerate(known)}
    places = [(i, column[key]) for i, example in enumerate(examples) for key in example.keys if key in column]
    rows, columns = np.array(sorted(places), dtype=np.int64).reshape(-1, 2).T
    scale = np.array([CLASS_SCALE if kind == "class" else 1.0 for kind, _ in known])
    matrix = sparse.csr_matrix((scale[columns], (rows, columns)), shape=(len(examples), len(known)))
    hedged = np.array([example.hedged for example in examples])
    model = LogisticRegression(C=STRENGTH, max_iter=2_000, tol=1e-6).fit(matrix, hedged)
    return Weights(-float(model.intercept_[0]), dict(zip(known, (model.coef_[0] * scale).tolist(), strict=True)))


def best_threshold(balances: Floats, chances: Floats) -> float:
    """The lowest balance above which to mark, for NEAR the best expected F1 (Lipton et al. 2014).

    Chances vary less than labels do, and so does a threshold chosen by them.

    Args:
        balances: (n,) of each text; minus infinity where it is never marked.
        chances: (n,) that it is hedged.
    """
    order = np.argsort(-balances, kind="stable")
    f1 = 2 * np.cumsum(chances[order]) / (np.arange(1, len(order) + 1) + chances.sum())
    ordered = balances[order]
    cuts = np.flatnonzero(np.isfinite(ordered) & (np.append(ordered[1:], -math.inf) < ordered))
    if not len(cuts):
        return math.inf
    k = int(cuts[f1[cuts] >= NEAR * f1[cuts].max()][-1])
    following = ordered[k + 1] if k + 1 < len(ordered) and math.isfinite(ordered[k + 1]) else ordered[k] - 1
    return float(ordered[k] + following) / 2


def table(weights: Weights) -> str:
    """Weights as their file has them, to two places; what rounds to nothing is left out."""
    rows = [
        f"{kind}\t{name}\t{weight:.2f}" for (kind, name), weight in sorted(weights.of.items()) if abs(weight) >= 0.005
    ]
    return "\n".join([_NOTE + HEADER, *rows, f"{THRESHOLD[0]}\t{THRESHOLD[1]}\t{weights.threshold:.3f}"]) + "\n"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
