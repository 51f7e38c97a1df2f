"""Which sentences are hedged."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attribution import rows_of
from attribution_peers import ENGLISH, SPACY

from beside.peer import Accuracy, Answer, Answers, Part, Peer, Row

if TYPE_CHECKING:
    from onrecord.training.splits import Indices

# fmt: off
WORDS = (
    "may", "might", "could", "would", "should", "perhaps", "possibly", "probably", "likely", "unlikely", "seem",
    "seems", "seemed", "appear", "appears", "appeared", "suggest", "suggests", "suggested", "believed",
    "considered", "thought", "reportedly", "apparently", "allegedly", "some", "many", "most", "often",
)
# fmt: on


def rows(shared: Path) -> list[Row]:
    """Sentences of Wikipedia, hedged or not."""
    labelled = rows_of(shared / "data" / "hedging_wiki_train.jsonl")
    return [row | {"id": str(k), "input": row["text"]} for k, row in enumerate(labelled)]


def judge(_: Path, rows: Sequence[Row], peer: Peer, answers: Answers) -> Accuracy:
    """F1, precision and recall of hedged sentences, the interval over sentences drawn again."""
    import numpy as np

    from onrecord.training.evaluate import figure
    from onrecord.training.hedging import accuracy

    hedged = np.array([row["hedged"] for row in rows], dtype=bool)
    marked = cut(answers, hedged) if peer.numbers else np.array([bool(answer) for answer in answers])
    f1 = figure(lambda drawn: accuracy(marked[drawn], hedged[drawn]).f1, len(rows))
    found = accuracy(marked, hedged)
    return Accuracy(f1.value, f1.low, f1.high, (f"{found.precision:.2f}", f"{found.recall:.2f}"))


def cut(numbers: Answers, hedged: Any) -> Any:
    """(n,) which numbers lie above the threshold that has the best F1 on the other folds."""
    import numpy as np

    from onrecord.training.hedging import best_threshold

    values, marked = np.array(numbers, dtype=float), np.zeros(len(hedged), dtype=bool)
    for learn, test in blocks(hedged):
        marked[test] = values[test] > best_threshold(values[learn], hedged[learn].astype(float))
    return marked


def blocks(hedged: Any) -> "Iterator[tuple[Indices, Indices]]":
    """The folds of the package's own cross-validation, in which the sentences of an article stay together."""
    import numpy as np

    from onrecord.training import hedging

    fold = hedging.blocks([hedging.Example((), bool(each)) for each in hedged], hedging.FOLDS)
    for k in range(hedging.FOLDS):
        yield np.flatnonzero(fold != k), np.flatnonzero(fold == k)


# ---- onrecord -----------------------------------------------------------------------------------------------------


def load_onrecord(_: Path) -> Answer:
    """Whether the package marks anything in the sentence."""
    from onrecord.features.document import Article, read
    from onrecord.features.hedging import SENTENCES, measure

    def answer(text: str) -> bool:
        return any(m.feature is SENTENCES and bool(m.spans) for m in measure(read(Article(text)), ()))

    return answer


def held_out_onrecord(shared: Path) -> Answers:
    """By weights and thresholds that were learnt on the other folds."""
    from onrecord.training.hedging import out_of_fold, read_examples

    marked = out_of_fold(read_examples(shared / "data" / "hedging_wiki_train.jsonl"))
    return [bool(each) for each in marked]


# ---- the others ---------------------------------------------------------------------------------------------------


def load_words(_: Path) -> Answer:
    """Some words and a regular expression."""
    pattern = re.compile(rf"\b(?:{'|'.join(WORDS)})\b", re.IGNORECASE)
    return lambda text: pattern.search(text) is not None


def load_proselint(_: Path) -> Answer:
    """Its checks of hedging and of weasel words, without its other checks."""
    from proselint.checks import hedging, weasel_words
    from proselint.registry import CheckRegistry
    from proselint.tools import LintFile

    CheckRegistry().register_many((*hedging.__register__, *weasel_words.__register__))
    return lambda text: bool(LintFile("sentence", text).lint())


def load_spacy(_: Path) -> Answer:
    """Modal verbs by their tag, and the other words by lemma: what a first attempt looks like."""
    import spacy

    nlp = spacy.load(ENGLISH, exclude=["ner", "parser"])
    lemmas = {"seem", "appear", "suggest", "believe", "consider", "think", *WORDS} - {"may", "would", "should"}

    def answer(text: str) -> bool:
        return any(
            (token.tag_ == "MD" and token.lower_ in ("may", "might", "could")) or token.lemma_.lower() in lemmas
            for token in nlp(text)
        )

    return answer


def load_textblob(_: Path) -> Answer:
    """The subjectivity of the sentence, 0 to 1."""
    from textblob import TextBlob

    return lambda text: TextBlob(text).sentiment.subjectivity


def words_model() -> Any:
    """A logistic regression over TF-IDF of words and phrases of two."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    words = TfidfVectorizer(ngram_range=(1, 2), min_df=2, sublinear_tf=True)
    return make_pipeline(words, LogisticRegression(C=10, class_weight="balanced", max_iter=1000))


def fit_words(shared: Path, path: Path) -> None:
    """Learn from all sentences."""
    import joblib

    labelled = rows(shared)
    model = words_model().fit([row["input"] for row in labelled], [row["hedged"] for row in labelled])
    joblib.dump(model, path)


def load_words_model(path: Path) -> Answer:
    """What was learnt."""
    import joblib

    model = joblib.load(path)
    return lambda text: bool(model.predict([text])[0])


def held_out_words(shared: Path) -> Answers:
    """By what was learnt on the other folds."""
    import numpy as np

    labelled = rows(shared)
    hedged = np.array([row["hedged"] for row in labelled], dtype=bool)
    texts = np.array([row["input"] for row in labelled], dtype=object)
    marked = np.zeros(len(labelled), dtype=bool)
    for learn, test in blocks(hedged):
        marked[test] = words_model().fit(texts[learn], hedged[learn]).predict(texts[test])
    return [bool(each) for each in marked]


PART = Part(
    name="hedging",
    title="Hedged sentences",
    data="7,343 sentences of Wikipedia, of which people marked 2,131 as hedged (CoNLL-2010); what learns, learns from "
    "other articles. The words of onrecord's lexicon were chosen with these sentences in view, so its figure flatters",
    unit="sentences",
    figure="F1",
    others=("precision", "recall"),
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
        Peer("29 words, 1 regular expression", (), "", load_words),
        Peer("spaCy tags and lemmas, 10 lines", SPACY, "MIT", load_spacy),
        Peer("proselint (hedging, weasels)", ("proselint",), "BSD-3-Clause", load_proselint),
        Peer("TextBlob subjectivity", ("textblob",), "MIT", load_textblob, numbers=True),
        Peer("write-good (weasel)", ("write-good",), "MIT", node=True),
        Peer(
            "retext-intensify", ("retext-intensify", "retext-english", "retext-stringify", "unified"), "MIT", node=True
        ),
        Peer("hedges", ("hedges",), "MIT", node=True),
    ),
    absent=(
        ("pattern.en.modality", "BSD", "its package `pattern` has no release for this Python on the index"),
        ("LIWC (tentative)", "commercial", "its dictionary is sold, and may not be passed on"),
        ("alex, retext-equality", "MIT", "about words that hurt, not about hedges"),
        ("VADER", "MIT", "about feeling, not about certainty"),
        ("textacy", "Apache-2.0", "has nothing for hedges"),
        ("medspaCy, negspaCy", "MIT", "uncertainty in clinical notes; rules for other texts would have to be written"),
        ("BERT-type models of CoNLL-2010", "various", "on a model hub, not on a package index"),
    ),
)
