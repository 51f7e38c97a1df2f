"""Who says what. The programs are those of `attribution.py`; what learns, learns from other publishers alone."""

import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from attribution import ARTICLE_WORDS, accuracy, find_in_parts, load_measure, rows_of
from attribution_peers import ABSENT, PEERS, SPACY, Find, as_found, load_onrecord
from attribution_peers import Peer as Finder

from beside.peer import Accuracy, Answer, Answers, Part, Peer, Row

THIRDS = 3
LICENCES = {
    "python-crfsuite": "MIT",
    "spaCy parser, 10 lines": "MIT",
    "sayswho quote_finder": "MIT",
    "textacy direct_quotations": "Apache-2.0",
}
Fit = Callable[[list[Row], Path], None]


def rows(shared: Path) -> list[Row]:
    """PolNeAR's development articles."""
    return [row | {"input": row["text"]} for row in rows_of(shared / "data" / "polnear_dev.jsonl")]


def judge(shared: Path, rows: Sequence[Row], _: Peer, answers: Answers) -> Accuracy:
    """As measure.py counts."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as found:
        for row, answer in zip(rows, answers, strict=True):
            found.write(json.dumps({"id": row["id"], "attributions": answer or []}) + "\n")
        found.flush()
        gold = shared / "data" / "polnear_dev.jsonl"
        result: dict[str, Any] = accuracy(load_measure(shared), Path(found.name), gold)
    others = (f"{result['sentence_f1']:.2f}", f"{result['found_speech']:.2f}")
    low, high = result["interval"]
    return Accuracy(result["macro_token_f1"], low, high, others)


def by_publisher(fit: Fit, load: Callable[[Path], Find]) -> Callable[[Path], Answers]:
    """Answers about each third of the publishers by what was trained on the others."""

    def answers(shared: Path) -> Answers:
        labelled = rows_of(shared / "data" / "polnear_train.jsonl")
        found: dict[str, Any] = {}
        for some in thirds(shared):
            with tempfile.TemporaryDirectory() as folder:
                fit([row for row in labelled if row["publisher"] not in some], Path(folder, "model.npz"))
                find = load(Path(folder, "model.npz"))
                found |= {row["id"]: find(row["input"]) for row in rows(shared) if row["publisher"] in some}
        return [found[row["id"]] for row in rows(shared)]

    return answers


def thirds(shared: Path) -> Iterator[set[str]]:
    """The publishers in as many parts as there are folds."""
    names = sorted({row["publisher"] for row in rows(shared)})
    for k in range(THIRDS):
        yield set(names[k::THIRDS])


def fit_onrecord(labelled: list[Row], path: Path) -> None:
    """The package's tagger with the word clusters that ship, which no label went into."""
    from onrecord.features.tagging.tagger import load
    from onrecord.features.tagging.weights import save
    from onrecord.training.tagged import from_labels
    from onrecord.training.tagger import train

    shipped = load("en")
    assert shipped is not None
    save(train([from_labels(row) for row in labelled], shipped.clusters, ()), path)


def load_tagger(path: Path) -> Find:
    """The package with another tagger in it."""
    from onrecord.features.attributions import attribute
    from onrecord.features.document import Article, read
    from onrecord.features.grammar import Grammar
    from onrecord.features.tagging.tagger import Tagger
    from onrecord.features.tagging.weights import read_weights

    tagger = Tagger(read_weights(path), Grammar.of("en"))

    def find(text: str) -> Any:
        document = read(Article(text))
        return as_found(attribute(document, tagger.statements([document])[0]))

    return find


def as_peer(finder: Finder) -> Peer:
    """A program of `attribution.py` as one of this comparison."""

    def load(path: Path) -> Answer:
        find = finder.load(path)

        def answer(text: str) -> Any:
            found, failures = find_in_parts(find, text, finder.by_paragraph)
            return None if failures and not found else found

        return answer

    def fit(shared: Path, path: Path) -> None:
        assert finder.fit is not None
        finder.fit(rows_of(shared / "data" / "polnear_train.jsonl"), path)

    return Peer(
        finder.name,
        finder.needs if finder.needs == SPACY else (*finder.needs[-1:], *finder.needs[:-1]),
        LICENCES.get(finder.name, "Apache-2.0"),
        load,
        fit if finder.fit else None,
        by_publisher(finder.fit, finder.load) if finder.fit else None,
    )


def peers_of(finders: Sequence[Finder]) -> Iterator[Peer]:
    """Onrecord with its tagger, then the others that take one text at a time."""
    held_out = by_publisher(fit_onrecord, load_tagger)
    yield Peer("onrecord", ("onrecord",), "Apache-2.0", load_onrecord, held_out=held_out)
    yield from (
        as_peer(finder) for finder in finders if not finder.name.startswith("onrecord") or "rules" in finder.name
    )


PART = Part(
    name="quotations",
    title="Who says what",
    data="84 articles of PolNeAR, with the sources, cues and contents that people marked; what learns, learns from "
    "articles of other publishers than the one it is asked about",
    unit="articles of 800 words",
    figure="F1 of words",
    others=("F1 of sentences", '"said" found'),
    rows=rows,
    judge=judge,
    peers=tuple(peers_of(PEERS)),
    absent=ABSENT,
    per_input=lambda row: len(row["input"].split()) / ARTICLE_WORDS,
)
