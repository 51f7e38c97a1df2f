"""Lexicon files: the words, apart from the logic.

A lexicon is `lexicons/FAMILY.LANGUAGE.tsv`: comment lines that give its source and licence, a
header `phrase<TAB>class`, then sorted rows of a lower-case phrase and its class. A phrase is one
or more tokens, as `document.TOKEN` cuts them, separated by blanks. The same phrase may stand in several classes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from onrecord.errors import LexiconError

HEADER = "phrase\tclass"


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found at tokens `first` to `last`, half-open."""

    first: int
    last: int
    label: str


@dataclass(frozen=True)
class Lexicon:
    """Phrases by their first token and their length, the longest first: {first: ((length, {phrase: classes}), ...)}."""

    name: str
    phrases: dict[str, tuple[tuple[int, dict[tuple[str, ...], tuple[str, ...]]], ...]]
    classes: dict[str, frozenset[str]]

    def words(self, label: str) -> frozenset[str]:
        """The phrases of one class, as written in the file."""
        return self.classes.get(label, frozenset())

    def find(self, lower: Sequence[str], *labels: str) -> Iterator[Hit]:
        """Phrases of the given classes (all, if none is given) in lower-cased tokens.

        At each place the longest phrase of each class wins and hits of one class never overlap.
        """
        past: dict[str, int] = {}
        known = self.phrases
        for i in [i for i, token in enumerate(lower) if token in known]:
            for length, phrases in known[lower[i]]:
                for label in phrases.get(tuple(lower[i : i + length]), ()):
                    if (not labels or label in labels) and i >= past.get(label, 0):
                        past[label] = i + length
                        yield Hit(i, i + length, label)


def parse(name: str, text: str) -> Lexicon:
    """Read the text of a lexicon file.

    Raises:
        LexiconError: a missing header, a row without two columns, a duplicate, or rows out of order.
    """
    rows = [line for line in text.splitlines() if line and not line.startswith("#")]
    if not rows or rows[0] != HEADER:
        raise LexiconError(
            f"lexicon {name} does not begin with the columns 'phrase' and 'class'", "add that header line"
        )
    pairs = [tuple(row.split("\t")) for row in rows[1:]]
    for row in pairs:
        if len(row) != 2 or not row[0].strip() or row[0] != row[0].lower():
            raise LexiconError(f"lexicon {name} has the row {row!r}", "give a lower-case phrase, a tab, and its class")
    if pairs != sorted(set(pairs)):
        raise LexiconError(f"lexicon {name} has duplicate or unsorted rows", "sort it with LC_ALL=C sort -u")
    phrases: dict[str, dict[int, dict[tuple[str, ...], tuple[str, ...]]]] = {}
    classes: dict[str, set[str]] = {}
    for phrase, label in pairs:
        tokens = tuple(phrase.split(" "))
        same = phrases.setdefault(tokens[0], {}).setdefault(len(tokens), {})
        same[tokens] = (*same.get(tokens, ()), label)
        classes.setdefault(label, set()).add(phrase)
    return Lexicon(
        name,
        {first: tuple(sorted(lengths.items(), reverse=True)) for first, lengths in phrases.items()},
        {k: frozenset(v) for k, v in classes.items()},
    )


@cache
def languages(*families: str) -> tuple[str, ...]:
    """The languages that have a lexicon of each of these families, in order of the alphabet."""
    folder = files("onrecord.features") / "lexicons"
    names = [path.name.split(".") for path in folder.iterdir() if path.name.endswith(".tsv")]
    found = [{language for name, language, _ in names if name == family} for family in families]
    return tuple(sorted(set.intersection(*found)))


@cache
def load(family: str, language: str) -> Lexicon | None:
    """The lexicon of a family in a language; None when the language has none (never another's)."""
    path = files("onrecord.features") / "lexicons" / f"{family}.{language}.tsv"
    return parse(f"{family}.{language}", path.read_text(encoding="utf-8")) if path.is_file() else None
