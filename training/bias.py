"""Train what tells bias: `python -m onrecord.training.bias ../shared/data scoring/models/bias`.

Reads from the first folder `hyperpartisan.jsonl` (articles labelled by people: Kiesel et al. 2019),
`rubric_ratings.jsonl` (their genre teaches how opinion is worded) and `articles.parquet` (articles of outlets of each
side: Baly et al. 2020). Writes bias.json, opinion.npz, leaning.npz and card.md to the second, and prints the card.
"""

import sys
from pathlib import Path

from onrecord.features.wording import save
from onrecord.scoring.bias import BIAS_FILE, LEANING_FILE, OPINION_FILE, to_json
from onrecord.training.bias_card import render
from onrecord.training.bias_fit import train
from onrecord.training.card import CARD_FILE
from onrecord.training.fingerprints import of_files
from onrecord.training.labels import read_rows

DATA = ("hyperpartisan.jsonl", "rubric_ratings.jsonl", "articles.parquet")


def main(data: Path, out: Path) -> None:
    """Train on the files of DATA, write to `out`; deterministic, about three minutes on one core."""
    trained = train(*(list(read_rows(data / name)) for name in DATA))
    out.mkdir(parents=True, exist_ok=True)
    save(trained.model.opinion, out / OPINION_FILE)
    save(trained.model.leaning, out / LEANING_FILE)
    (out / BIAS_FILE).write_text(to_json(trained.model, of_files(data, DATA)), encoding="utf-8")
    card = render(trained)
    (out / CARD_FILE).write_text(card, encoding="utf-8")
    print(card)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
