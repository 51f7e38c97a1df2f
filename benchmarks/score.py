"""What the additive monotone scorecard costs in accuracy: `python benchmarks/score.py ../shared/data`.

The same folds of publishers for every model: Spearman and mean absolute error on publishers that the model did not see,
with 95% intervals over articles. What is learnt from ratings (the voice, the words of the TF-IDF model) is learnt anew
for each fold. Takes about three minutes.
"""

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.scoring.model import locate
from onrecord.training.evaluate import FOLDS, evaluate
from onrecord.training.fit import LEARNING_RATE, MEMBERS, TREES, fit, predict
from onrecord.training.labels import Example, read_labels, read_rows
from onrecord.training.matrix import MATRIX_FILE, MISSING, Floats, Matrix, load
from onrecord.training.splits import Indices, folds
from onrecord.training.train import usable
from onrecord.training.voice import Lessons, lessons


@dataclass(frozen=True)
class Fold:
    """A fold: the articles, their matrix with the voice as it is known in this fold, and which to learn and to test."""

    examples: Sequence[Example]
    matrix: Matrix
    learn: Indices
    test: Indices


Model = Callable[[Fold], Floats]


def scorecard(members: int) -> Model:
    """The model of the package, with an ensemble of this size."""
    return lambda fold: predict(fit(fold.matrix.rows(fold.learn), members=members), fold.matrix.rows(fold.test))[0]


def without_voice(fold: Fold) -> Floats:
    """The model of the package if it did not look at words."""
    bins = fold.matrix.bins.copy()
    bins[:, [name.startswith("voice.") for name in fold.matrix.features]] = MISSING
    blind = replace(fold.matrix, bins=bins)
    return scorecard(MEMBERS)(Fold(fold.examples, blind, fold.learn, fold.test))


def boosting(fold: Fold) -> Floats:
    """Boosted trees free to use features together and in any direction."""
    from sklearn.ensemble import HistGradientBoostingRegressor

    model = HistGradientBoostingRegressor(
        max_iter=TREES, learning_rate=LEARNING_RATE, max_leaf_nodes=15, random_state=0
    )
    values = np.where(fold.matrix.bins == MISSING, np.nan, fold.matrix.bins.astype(float))
    return np.asarray(model.fit(values[fold.learn], fold.matrix.target[fold.learn]).predict(values[fold.test]))


def tf_idf(fold: Fold) -> Floats:
    """Ridge over TF-IDF of words and phrases of two, names too; its strength chosen on the articles learnt from."""
    texts = np.array([f"{e.article.title}\n{e.article.text}" for e in fold.examples], dtype=object)
    model = words_and_ridge().fit(texts[fold.learn], fold.matrix.target[fold.learn])
    return np.asarray(model.predict(texts[fold.test]))


def words_and_ridge() -> Any:
    """What `tf_idf` fits to texts and ratings."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import RidgeCV
    from sklearn.pipeline import make_pipeline

    words = TfidfVectorizer(ngram_range=(1, 2), min_df=3, sublinear_tf=True)
    return make_pipeline(words, RidgeCV(np.logspace(-1, 1, 5)))


def publisher(fold: Fold) -> Floats:
    """A straight line over the rating of the publisher by experts; the mean for one that they did not rate."""
    quality = np.array([float(e.record.get("publisher_quality") or np.nan) for e in fold.examples])
    target = fold.matrix.target[fold.learn]
    known = ~np.isnan(quality[fold.learn])
    line = np.polyfit(quality[fold.learn][known], target[known], 1)
    return np.where(np.isnan(quality[fold.test]), target.mean(), np.polyval(line, quality[fold.test]))


def constant(fold: Fold) -> Floats:
    """The mean rating: the least that a model must beat."""
    return np.full(len(fold.test), fold.matrix.target[fold.learn].mean())


MODELS: dict[str, Model] = {
    "additive, monotone (this package)": scorecard(MEMBERS),
    "the same, one member": scorecard(1),
    "the same without the voice": without_voice,
    "the same features, boosting, free": boosting,
    "TF-IDF of all words, ridge": tf_idf,
    "rating of the publisher alone": publisher,
    "constant": constant,
}


def folds_of(examples: Sequence[Example], matrix: Matrix, voice: Lessons | None) -> list[Fold]:
    """The folds of publishers, with the voice learnt anew for each where there are lessons in it."""
    return [
        Fold(examples, matrix.with_values(voice.features, voice.values(learn)) if voice else matrix, learn, test)
        for learn, test in folds(matrix.publishers, FOLDS)
    ]


def out_of_fold(model: Model, parts: Sequence[Fold]) -> Floats:
    """(n,) what a model predicts, by folds, on one core."""
    from threadpoolctl import threadpool_limits

    predicted = np.zeros(sum(len(fold.test) for fold in parts))
    with threadpool_limits(limits=1):
        for fold in parts:
            predicted[fold.test] = model(fold)
    # A constant differs from fold to fold; a rank correlation of five values would only measure the folds.
    return np.full(len(predicted), predicted.mean()) if model is constant else np.clip(predicted, 0, 100)


def main(data: Path) -> None:
    """Print the table."""
    examples = usable(read_labels(data / "rubric_ratings.jsonl"))
    matrix = load(locate("default").parent / MATRIX_FILE)
    parts = folds_of(examples, matrix, lessons(examples, list(read_rows(data / "articles.parquet"))))
    publishers = len(np.unique(matrix.publishers))
    articles, features = matrix.bins.shape
    print(f"{articles} articles, {features} features, {publishers} groups of publishers, {FOLDS} folds\n")
    print(f"{'model':36}{'Spearman':26}{'mean absolute error':26}{'seconds':>8}")
    for name, model in MODELS.items():
        started = time.perf_counter()
        predicted = out_of_fold(model, parts)
        found = evaluate(predicted, predicted, predicted, matrix.target, publishers)
        seconds = time.perf_counter() - started
        print(f"{name:36}{found.spearman!s:26}{found.mean_absolute_error!s:26}{seconds:8.1f}", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
