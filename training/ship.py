"""Train the model that ships: `python -m onrecord.training.ship ../shared/data scoring/models/default`.

Reads `rubric_ratings.jsonl` and `articles.parquet` from the first folder. Writes the weights of the voice
(`features/weights/voice.en.npz`), then model.json, matrix.npz, evaluation.json, even.svg and card.md to the second
folder. The card also has what `../measure/measure.py` beside the first folder says of attributions and extraction.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from onrecord.errors import ModelError
from onrecord.features.voice import weights
from onrecord.features.wording import save
from onrecord.scoring.ranking import RankOptions, rank
from onrecord.training.even import Even, examine, table
from onrecord.training.labels import read_labels, read_rows
from onrecord.training.plot import plot_groups
from onrecord.training.train import train, usable, write
from onrecord.training.vocabulary import LANGUAGE
from onrecord.training.voice import lessons

EVEN_FILE = "even.svg"

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
blind to the publisher's name as far as the text allows. They are not human labels. News and opinion of the United
States between 2012 and 2020 is most of it. The voice learns from the same ratings, and without any rating from
{others} more articles, which phrases go together. In the figures above it was learnt anew for each fold, from the
publishers that the fold trains on.

The package ships the matrix of binned features behind the model: numbers only, no text. The voice in it is what
models say that saw nothing of an article's publisher.

## Even-handed?

Mean error by group, each article predicted by models that saw nothing of its publisher; 95% intervals over publishers.

{groups}

![mean error by group](even.svg)

- At equal counts of named, unnamed and distinct sources, length and genre, an outlet of the right in place of one of
  the left moves the score by {right} points.
  It moves the ratings by {right_of_ratings}: whether that is the articles or the reader
  is not known, so a model must not learn it.
- Exchanging the names of parties, camps and politicians moves a score by {mean:.2f} points in the mean, by
  {most:.1f} at most.

## The parts under the score

What `measure.py` prints of `onrecord rank --evidence --text`. Nothing was trained on these files. The tagger of
attributions was trained on other articles of the publishers in `polnear_dev.jsonl`; the rules that say who a source is
were written with an eye on both files.

{measured}

## Known failures

- Attributions are found surely where somebody says something; attitudes ("is against") and nouns ("the claim that")
  are often missed, or found where there are none.
- The voice takes an article that is worded like a report for one. Whoever writes a rumour in the manner of a news
  agency gets the points of that manner, though none for sources. Unusual but careful writing gets too few.
- Outlets of the centre are scored some points below their ratings, those of the right some points above (see above).
- The figures are of English articles. Vietnamese has a model of its own; in the other languages this model weighs what
  means the same there, and no ratings exist to check it. Articles by the same outlet in another house style were not
  tested apart.
"""


def main(data: Path, out: Path) -> None:
    """Train on `data`, write to `out` and the voice to its place; about five minutes on one core."""
    examples = usable(read_labels(data / "rubric_ratings.jsonl"))
    voice = lessons(examples, list(read_rows(data / "articles.parquet")))
    save(voice.wording(), weights(LANGUAGE))
    trained = train(examples, "default", base=None, taught=voice)
    write(trained, out)  # measuring needs a model in its place; the card is written anew below
    even = examine(trained.examples, trained.predicted, trained.matrix.publishers, trained.model.score)
    plot_groups(even, out / EVEN_FILE)
    measured = "\n".join(_measured(data, out))
    others = voice.vectors.shape[0] - len(examples)
    write(trained, out, _text(len(examples), others, even, measured))


def _text(articles: int, others: int, even: Even, measured: str) -> str:
    return _DATA.format(
        articles=articles,
        others=others,
        groups=table(even),
        right=even.right,
        right_of_ratings=even.right_of_ratings,
        mean=even.swap[0],
        most=even.swap[1],
        measured=measured,
    )


def _measured(data: Path, model: Path) -> Iterator[str]:
    """A line of Markdown for each of _MEASURES."""
    tool = data.parent / "measure" / "measure.py"
    with tempfile.TemporaryDirectory() as folder:
        for name in sorted({file for _, file in _MEASURES}):
            options = RankOptions(str(model), evidence=True, text=True)
            summary = rank([str(data / name)], Path(folder) / f"{name}.jsonl", options)
            if summary.errors:
                problem = f"{summary.errors} articles of {name} got no score"
                raise ModelError(problem, f"run `onrecord rank {data / name}` to see why")
        for measure, name in _MEASURES:
            command = [sys.executable, str(tool), measure, f"{folder}/{name}.jsonl", str(data / name)]
            printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
            yield f"- {measure}, `{name}`: `{printed}`"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
