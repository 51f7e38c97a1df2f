"""How well an article is sourced, against ratings by a rubric; what learns, learns in the folds of `score.py`."""

from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from beside.peer import Accuracy, Answer, Answers, Part, Peer, Row

if TYPE_CHECKING:
    from onrecord.training.labels import Example


@cache
def examples(shared: Path) -> "list[Example]":
    """The rated articles that a model can learn from."""
    from onrecord.training.labels import read_labels
    from onrecord.training.train import usable

    return usable(read_labels(shared / "data" / "rubric_ratings.jsonl"))


def rows(shared: Path) -> list[Row]:
    """Articles with their title in front."""
    return [
        {"id": e.id, "input": f"{e.article.title}\n\n{e.article.text}", "rating": e.rating} for e in examples(shared)
    ]


def judge(shared: Path, rows: Sequence[Row], peer: Peer, answers: Answers) -> Accuracy:
    """Rank correlation with an interval over articles drawn again, and mean error in points."""
    import numpy as np

    from onrecord.training.evaluate import figure, spearman

    target, values = np.array([row["rating"] for row in rows]), np.array(answers, dtype=float)
    scores = fitted(values, shared) if peer.numbers else values
    # A number has its own rank correlation; several have that of what they were fitted to.
    ranked = values if values.ndim == 1 else scores
    found = figure(lambda drawn: spearman(ranked[drawn], target[drawn]), len(rows))
    return Accuracy(found.value, found.low, found.high, (f"{np.abs(scores - target).mean():.1f}",))


def fitted(values: Any, shared: Path) -> Any:
    """(n,) scores by a line over one number, or by boosting over several, fitted to ratings of other publishers."""
    import numpy as np
    from score import Fold
    from sklearn.ensemble import HistGradientBoostingRegressor
    from sklearn.linear_model import LinearRegression

    def model(fold: Fold) -> Any:
        each = values.reshape(len(values), -1)
        lone = each.shape[1] == 1
        fit = LinearRegression() if lone else HistGradientBoostingRegressor(max_iter=60, random_state=0)
        return np.asarray(fit.fit(each[fold.learn], fold.matrix.target[fold.learn]).predict(each[fold.test]))

    return out_of_fold(model, shared)


def out_of_fold(model: Callable[[Any], Any], shared: Path, *, voice: bool = False) -> Any:
    """(n,) what a model of `score.py` predicts of publishers that it did not learn from."""
    import score

    from onrecord.scoring.model import locate
    from onrecord.training.labels import read_rows
    from onrecord.training.matrix import MATRIX_FILE, load
    from onrecord.training.voice import lessons

    rated = examples(shared)
    learnt = lessons(rated, list(read_rows(shared / "data" / "articles.parquet"))) if voice else None
    parts = score.folds_of(rated, load(locate("default").parent / MATRIX_FILE), learnt)
    return score.out_of_fold(model, parts)


def held_out(name: str, *, voice: bool = False) -> Callable[[Path], Answers]:
    """The answers of a model of `score.py`, by its name there."""

    def answers(shared: Path) -> Answers:
        import score

        return [float(each) for each in out_of_fold(score.MODELS[name], shared, voice=voice)]

    return answers


# ---- onrecord -----------------------------------------------------------------------------------------------------


def load_onrecord(_: Path) -> Answer:
    """The score, and with it the whole report."""
    from onrecord.features.document import Article
    from onrecord.scoring.score import score_article

    def answer(given: str) -> float | None:
        title, _, text = given.partition("\n\n")
        return score_article(Article(text=text, title=title)).score.value

    return answer


# ---- the others ---------------------------------------------------------------------------------------------------


def fit_words(shared: Path, path: Path) -> None:
    """Learn TF-IDF and ridge from all articles."""
    import joblib
    from score import words_and_ridge

    rated = rows(shared)
    joblib.dump(words_and_ridge().fit([row["input"] for row in rated], [row["rating"] for row in rated]), path)


def load_words_model(path: Path) -> Answer:
    """What was learnt."""
    import joblib

    model = joblib.load(path)
    return lambda text: float(model.predict([text])[0])


def load_grade(_: Path) -> Answer:
    """The school grade that a text asks for (automated readability index)."""
    import textstat

    return lambda text: float(textstat.automated_readability_index(text))


def load_textblob(_: Path) -> Answer:
    """How objective a text is: 1 less its subjectivity."""
    from textblob import TextBlob

    return lambda text: 1 - TextBlob(text).sentiment.subjectivity


def load_length(_: Path) -> Answer:
    """Words."""
    return lambda text: float(len(text.split()))


def load_quotation_marks(_: Path) -> Answer:
    """Quotation marks per word: whoever is quoted has been asked."""
    return lambda text: sum(map(text.count, '"“”')) / max(1, len(text.split()))


def load_numbers(_: Path) -> Answer:
    """What can be counted without knowing of sources: grades, subjectivity, feeling, lengths, marks."""
    import textstat
    from textblob import TextBlob

    def answer(text: str) -> list[float]:
        feeling, words = TextBlob(text).sentiment, text.split()
        return [
            float(textstat.automated_readability_index(text)),
            float(textstat.coleman_liau_index(text)),
            feeling.subjectivity,
            feeling.polarity,
            float(len(words)),
            sum(map(len, words)) / max(1, len(words)),
            sum(map(text.count, '"“”')) / max(1, len(words)),
            sum(map(text.count, "!?")) / max(1, len(words)),
        ]

    return answer


PART = Part(
    name="quality",
    title="How well an article is sourced",
    data="1,060 articles that a language model rated from 0 to 100 by a rubric (no person did); what learns, "
    "learns from articles of other groups of publishers, of which there are 160. In onrecord's time its whole report "
    "is made, not the score alone",
    unit="articles",
    figure="rank correlation",
    others=("mean error, points",),
    rows=rows,
    judge=judge,
    peers=(
        Peer(
            "onrecord",
            ("onrecord",),
            "Apache-2.0",
            load_onrecord,
            held_out=held_out("additive, monotone (this package)", voice=True),
        ),
        Peer("onrecord without the voice", (), "", held_out=held_out("the same without the voice")),
        Peer(
            "onrecord's features, free boosting",
            (),
            "",
            held_out=held_out("the same features, boosting, free", voice=True),
        ),
        Peer(
            "TF-IDF, ridge",
            ("scikit-learn",),
            "BSD-3-Clause",
            load_words_model,
            fit_words,
            held_out("TF-IDF of all words, ridge"),
        ),
        Peer(
            "8 numbers of style, boosting",
            ("textstat", "textblob", "scikit-learn"),
            "MIT, BSD-3-Clause",
            load_numbers,
            numbers=True,
        ),
        Peer("experts' rating of the publisher", (), "", held_out=held_out("rating of the publisher alone")),
        Peer("quotation marks per word", (), "", load_quotation_marks, numbers=True),
        Peer("length", (), "", load_length, numbers=True),
        Peer("textstat, readability grade", ("textstat",), "MIT", load_grade, numbers=True),
        Peer("TextBlob, 1 - subjectivity", ("textblob",), "MIT", load_textblob, numbers=True),
    ),
    absent=(
        (
            "NewsGuard",
            "commercial",
            "people rate outlets, not articles; a subscription. Experts' ratings have a row",
        ),
        ("Media Bias/Fact Check", "free to read", "people rate outlets, not articles; a website, no program"),
        ("Ground News", "commercial", "compares who covers a story, by ratings of outlets; an app on the network"),
        (
            "language-model graders",
            "commercial",
            "services on the network, or weights from a hub. One gave these ratings",
        ),
        (
            "textstat's Flesch-Kincaid",
            "MIT",
            "fetches a dictionary of syllables; its grade by letters has a row",
        ),
    ),
)
