"""How well the tagger reads publishers that it has not seen: `python benchmarks/attribution_by_publisher.py ../shared`.

The folder holds `measure/measure.py` and `data/polnear_train.jsonl`. For each publisher a tagger is trained on the
labelled articles of all others alone, with the word clusters that ship, and measured on its own. Prints a row a
publisher, as measure.py counts, and a row for all articles together. It takes a minute or two a publisher on one core.
"""

import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from attribution import load_measure, rows_of
from attribution_peers import as_found

from onrecord.features.attributions import attribute
from onrecord.features.document import Article, read
from onrecord.features.grammar import Grammar
from onrecord.features.tagging.tagger import Tagger, load
from onrecord.training.tagged import from_labels
from onrecord.training.tagger import train

FIGURES = ("macro_token_f1", "sentence_f1", "found", "found_speech")


def found_by(tagger: Tagger, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """What a tagger finds in each article, as measure.py reads it."""
    documents = [read(Article(row["text"])) for row in rows]
    return [
        {"id": row["id"], "attributions": as_found(attribute(document, statements))}
        for row, document, statements in zip(rows, documents, tagger.statements(documents), strict=True)
    ]


def figures(measure: ModuleType, found: Sequence[dict[str, Any]], rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """What measure.py says of them."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in ("found.jsonl", "gold.jsonl")]
        for path, records in zip(paths, (found, rows), strict=True):
            path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
        result: dict[str, Any] = measure.attribution(*map(str, paths))
    return result


def main(shared: Path) -> None:
    """Print the table."""
    measure = load_measure(shared)
    rows = rows_of(shared / "data" / "polnear_train.jsonl")
    shipped = load("en")
    assert shipped is not None
    print(f"{'publisher':16}{'articles':>9}" + "".join(f"{name:>16}" for name in FIGURES), flush=True)
    everything = []
    for publisher in sorted({row["publisher"] for row in rows}):
        own = [row for row in rows if row["publisher"] == publisher]
        others = [row for row in rows if row["publisher"] != publisher]
        everything += found_by(
            Tagger(train([from_labels(row) for row in others], shipped.clusters, ()), Grammar.of("en")), own
        )
        show(publisher, figures(measure, everything[-len(own) :], own))
    show("all", figures(measure, everything, rows))


def show(name: str, result: dict[str, Any]) -> None:
    """Print a row."""
    print(f"{name:16}{result['articles']:>9}" + "".join(f"{result[key]:>16.3f}" for key in FIGURES), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
