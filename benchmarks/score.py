"""What the additive monotone scorecard costs in accuracy: `python benchmarks/score.py`.

The same folds of publishers, from the matrix that ships, for four models: Spearman and mean absolute error on
publishers that the model did not see, with 95% intervals over articles.
"""

import time
from collections.abc import Callable

import numpy as np

from onrecord.scoring.model import locate
from onrecord.training.evaluate import FOLDS, evaluate
from onrecord.training.fit import LEARNING_RATE, MEMBERS, TREES, fit, predict
from onrecord.training.matrix import MATRIX_FILE, MISSING, Floats, Matrix, load
from onrecord.training.splits import folds

Model = Callable[[Matrix, Matrix], Floats]


def scorecard(members: int) -> Model:
    """The model of the package, with an ensemble of this size."""
    return lambda train, test: predict(fit(train, members=members), test)[0]


def boosting(train: Matrix, test: Matrix) -> Floats:
    """Boosted trees free to use features together and in any direction."""
    from sklearn.ensemble import HistGradientBoostingRegressor

    model = HistGradientBoostingRegressor(
        max_iter=TREES, learning_rate=LEARNING_RATE, max_leaf_nodes=15, random_state=0
    )
    return np.asarray(model.fit(_bins(train), train.target, train.weights).predict(_bins(test)))


def ridge(train: Matrix, test: Matrix) -> Floats:
    """A straight line a feature, over bins; its strength chosen within the training publishers."""
    from sklearn.impute import SimpleImputer
    from sklearn.linear_model import RidgeCV
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    impute = SimpleImputer(add_indicator=True, keep_empty_features=True)
    model = make_pipeline(impute, StandardScaler(), RidgeCV(np.logspace(0, 4, 9)))
    return np.asarray(model.fit(_bins(train), train.target).predict(_bins(test)))


def constant(train: Matrix, test: Matrix) -> Floats:
    """The mean rating: the least that a model must beat."""
    return np.full(len(test.target), np.average(train.target, weights=train.weights))


def _bins(matrix: Matrix) -> Floats:
    return np.where(matrix.bins == MISSING, np.nan, matrix.bins.astype(float))


MODELS: dict[str, Model] = {
    "additive, monotone (this package)": scorecard(MEMBERS),
    "the same, one member": scorecard(1),
    "boosting with interactions": boosting,
    "ridge on bins": ridge,
    "constant": constant,
}


def main() -> None:
    """Print the table."""
    from threadpoolctl import threadpool_limits

    matrix = load(locate("default").parent / MATRIX_FILE)
    publishers = len(np.unique(matrix.publishers))
    articles, features = matrix.bins.shape
    print(f"{articles} articles, {features} features, {publishers} groups of publishers, {FOLDS} folds\n")
    print(f"{'model':36}{'Spearman':26}{'mean absolute error':26}{'seconds':>8}")
    for name, model in MODELS.items():
        started, predicted = time.perf_counter(), np.zeros(len(matrix.target))
        with threadpool_limits(limits=1):
            for train, test in folds(matrix.publishers, FOLDS):
                predicted[test] = model(matrix.rows(train), matrix.rows(test))
        # A constant differs from fold to fold; a rank correlation of five values would only measure the folds.
        predicted = np.full(len(predicted), predicted.mean()) if model is constant else np.clip(predicted, 0, 100)
        found = evaluate(predicted, predicted, predicted, matrix.target, publishers)
        seconds = time.perf_counter() - started
        print(f"{name:36}{found.spearman!s:26}{found.mean_absolute_error!s:26}{seconds:8.1f}")


if __name__ == "__main__":
    main()
