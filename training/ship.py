"""Train the model that ships: `python -m onrecord.training.ship ../shared/data scoring/models/default`.

Reads `rubric_ratings.jsonl` from the first folder and writes model.json, matrix.npz and card.md to the second. The
card also has what `../measure/measure.py` beside the first folder says of attributions and extraction.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from onrecord.scoring.ranking import RankOptions, rank
from onrecord.training.labels import read_labels
from onrecord.training.train import Trained, train, write

_MEASURES = (
    ("attribution", "polnear_dev.jsonl"),
    ("sources", "polnear_dev.jsonl"),
    ("names", "rubric_ratings.jsonl"),
    ("extraction", "extraction.parquet"),
    ("contract", "rubric_ratings.jsonl"),
    ("contract", "polnear_dev.jsonl"),
)

_DATA = """## Data

The ratings were made by a language model that read {articles} English articles against the rubric of this project,
blind to the publisher's name as far as the text allows. They are not human labels. They mark articles of right-leaning
outlets 4.2 points lower than those of left-leaning ones at equal source counts, length and genre, and nobody knows
whether that is the articles or the reader. Mean error of this model by leaning of the outlet, in points:
{leaning}.

The package ships the matrix of binned features behind the model: numbers only, no text.

## The parts under the score

What `measure.py` prints of `onrecord rank --evidence --text`. Nothing was trained on these files. The tagger of
attributions was trained on other articles of the publishers in `polnear_dev.jsonl`; the rules that say who a source is
were written with an eye on both files.

{measured}

## Known failures

Attributions are found surely where somebody says something; attitudes ("is against") and nouns ("the claim that") are
often missed, or found where there are none. Only English is scored.
Articles by the same outlet in another house style were not tested apart.
"""


def main(data: Path, out: Path) -> None:
    """Train on `data`, write to `out`."""
    ratings = read_labels(data / "rubric_ratings.jsonl")
    trained = train(ratings, "default", base=None)
    write(trained, out)  # measuring needs a model in its place; the card is written anew below
    text = _DATA.format(
        articles=len(ratings),
        leaning=_by_leaning(trained),
        measured="\n".join(_measured(data, out)),
    )
    write(trained, out, text)


def _measured(data: Path, model: Path) -> Iterator[str]:
    """A line of Markdown for each of _MEASURES."""
    tool = data.parent / "measure" / "measure.py"
    with tempfile.TemporaryDirectory() as folder:
        for name in sorted({file for _, file in _MEASURES}):
            rank([str(data / name)], Path(folder) / f"{name}.jsonl", RankOptions(str(model), evidence=True, text=True))
        for measure, name in _MEASURES:
            command = [sys.executable, str(tool), measure, f"{folder}/{name}.jsonl", str(data / name)]
            printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
            yield f"- {measure}, `{name}`: `{printed}`"


def _by_leaning(trained: Trained) -> str:
    errors: dict[str, list[float]] = {}
    for example, predicted in zip(trained.examples, trained.predicted.tolist(), strict=True):
        errors.setdefault(str(example.record.get("leaning") or "unknown"), []).append(predicted - example.rating)
    return ", ".join(f"{side} {sum(e) / len(e):+.1f} ({len(e)} articles)" for side, e in sorted(errors.items()))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
