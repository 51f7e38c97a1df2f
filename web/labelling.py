"""A round of labelling: the articles, in the order in which they teach most, and what raters said of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import InputError, LabelError
from onrecord.features.document import MIN_WORDS, read
from onrecord.training.agreement import alpha
from onrecord.training.labels import attempt_rows, read_example
from onrecord.training.ratings import RatingFile, article_key, ratings_file
from onrecord.web.problems import Problem
from onrecord.web.trainer import Trainer

LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Item:
    """An article to label. Raters see no publisher and no score, for those would sway them."""

    key: str
    id: str
    title: str
    byline: str
    text: str
    publisher: str

    @property
    def paragraphs(self) -> list[str]:
        """Its text, a paragraph a line."""
        return [line for line in self.text.split("\n") if line.strip()]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many articles two raters or more have rated, and Krippendorff's alpha; None where it says nothing."""

    shared: int
    alpha: float | None


class Labelling:
    """The articles of a file, the answers beside it, and the training that they are for.

    Raises:
        LabelError: the file is no label file, none of its articles can be rated, or its answers cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.items = {item.key: item for item in _items(path)}
        if not self.items:
            raise LabelError(f"{path} has no article that can be rated", "give what `onrecord label` wrote")
        self.answers = RatingFile(ratings_file(path))
        self.trainer = Trainer()

    @property
    def model_folder(self) -> Path:
        """Where the model goes that is trained with the answers."""
        return self.path.with_name(f"{self.path.name.partition('.')[0]}.model")

    def next(self, rater: str, after: str = "") -> Item | None:
        """The first article that a rater has not rated, behind another one if one is named; None if there is none."""
        keys = list(self.items)
        start = keys.index(after) + 1 if after in self.items else 0
        open_ = (key for key in keys[start:] + keys[:start] if rater not in self.answers.of(key))
        return next((self.items[key] for key in open_), None)

    def rated(self, rater: str) -> int:
        """How many a rater has rated."""
        return sum(rater in self.answers.of(key) for key in self.items)

    def counts(self) -> dict[str, int]:
        """How many each rater has rated."""
        found: dict[str, int] = {}
        for ratings in self.answers.by_article():
            for rater in ratings:
                found[rater] = found.get(rater, 0) + 1
        return dict(sorted(found.items()))

    def agreement(self) -> Agreement:
        """How far the raters agree."""
        units = [tuple(ratings.values()) for ratings in self.answers.by_article()]
        return Agreement(sum(len(unit) > 1 for unit in units), alpha(units))

    def save(self, key: str, rater: str, rating: str) -> None:
        """Write down an answer.

        Raises:
            Problem: the article, the name or the rating is none (400).
            LabelError: it cannot be written.
        """
        item = self.items.get(key)
        if item is None:
            raise Problem(400, "there is no such article in this round", "go back to the page and answer again")
        try:
            value = float(rating)
        except ValueError:
            value = -1.0
        if not 0 <= value <= 100:
            raise Problem(400, f"the rating is {rating[:40]!r}", "give a number from 0 to 100")
        about = {"id": item.id, "title": item.title, "publisher": item.publisher}
        self.answers.add(item.text, checked_name(rater), value, about)


def checked_name(rater: str) -> str:
    """A rater's name on one line.

    Raises:
        Problem: it is empty, too long, or cannot be printed (400).
    """
    name = " ".join(rater.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise Problem(400, f"the rater's name is {name[:LONGEST_NAME]!r}", f"give 1 to {LONGEST_NAME} letters")
    return name


def _items(path: Path) -> Iterator[Item]:
    """The articles of a file that can be rated; those that cannot be read are passed over."""
    for number, row in enumerate(attempt_rows(path), start=1):
        if isinstance(row, InputError):
            continue
        try:
            example = read_example(row, str(number), path.parent)
        except (InputError, LabelError):
            continue
        article = example.article
        if read(article).word_count >= MIN_WORDS:
            yield Item(
                article_key(article.text),
                example.id,
                article.title,
                article.byline or "",
                article.text,
                example.publisher,
            )
