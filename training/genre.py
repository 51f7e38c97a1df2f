"""Train what tells genre: `python -m onrecord.training.genre ../shared/data scoring/models/genre`.

Reads from the first folder `rubric_ratings.jsonl` (articles whose genre a language model told) and
`health_releases.jsonl` (press releases). Writes genre.json, words.npz and card.md to the second, and prints the card.
"""

import sys
from pathlib import Path

from onrecord.features.wording import save
from onrecord.scoring.genre import GENRE_FILE, WORDS_FILE, to_json
from onrecord.training.card import CARD_FILE
from onrecord.training.fingerprints import of_files
from onrecord.training.genre_card import render
from onrecord.training.genre_fit import train
from onrecord.training.labels import read_rows

DATA = ("rubric_ratings.jsonl", "health_releases.jsonl")


def main(data: Path, out: Path) -> None:
    """Train on the files of DATA, write to `out`; deterministic, about a minute on one core."""
    trained = train(*(list(read_rows(data / name)) for name in DATA))
    out.mkdir(parents=True, exist_ok=True)
    save(trained.model.words, out / WORDS_FILE)
    (out / GENRE_FILE).write_text(to_json(trained.model, of_files(data, DATA)), encoding="utf-8")
    card = render(trained)
    (out / CARD_FILE).write_text(card, encoding="utf-8")
    print(card)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
