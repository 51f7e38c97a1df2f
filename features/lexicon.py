"""Lexicon files: the words, apart from the logic.

A lexicon is `lexicons/FAMILY.LANGUAGE.tsv`: comment lines that give its source and licence, a
header `phrase<TAB>class`, then sorted rows of a lower-case phrase and its class. A phrase is one
or more tokens, as `tokens.TOKEN` cuts them, separated by blanks. The same phrase may stand in several classes.

In a language that writes the syllables of a word apart, as Vietnamese does, a word is written with low lines
("tổng_thống"); texts and phrases are cut into such words, so that the rules may go on looking at words.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from onrecord.errors import LexiconError

HEADER = "phrase\tclass"
# The class whose rows are names of what a language does, and no words of it.
TRAIT = "trait"


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


Compounds = dict[str, tuple[tuple[int, frozenset[tuple[str, ...]]], ...]]


def parse(name: str, text: str, known: Compounds | None = None) -> Lexicon:
    """Read the text of a lexicon file; `known` are the words of several syllables into which its phrases are cut.

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
    for written, label in pairs:
        tokens = _cut(written, known or {}) if label != TRAIT else (written,)
        phrase = " ".join(tokens)
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
    if not path.is_file():
        return None
    return parse(f"{family}.{language}", path.read_text(encoding="utf-8"), compounds(language))


def words_of(family: str, language: str, *labels: str) -> frozenset[str]:
    """The phrases of some classes in a language; none where it has no lexicon of the family."""
    lexicon = load(family, language)
    return frozenset[str]().union(*(lexicon.words(label) for label in labels)) if lexicon else frozenset()


@cache
def compounds(language: str) -> Compounds:
    """The words of several syllables that lexicons of a language write: by the first syllable, the longest first."""
    folder = files("onrecord.features") / "lexicons"
    found: dict[str, dict[int, set[tuple[str, ...]]]] = {}
    for path in folder.iterdir():
        if path.name.endswith(f".{language}.tsv"):
            rows = (row for row in path.read_text(encoding="utf-8").splitlines() if "_" in row and row[0] != "#")
            phrases = (row.partition("\t")[0] for row in rows if not row.endswith(f"\t{TRAIT}"))
            for syllables in (tuple(word.split("_")) for phrase in phrases for word in phrase.split(" ")):
                if len(syllables) > 1:
                    found.setdefault(syllables[0], {}).setdefault(len(syllables), set()).add(syllables)
    return {
        first: tuple((length, frozenset(words)) for length, words in sorted(lengths.items(), reverse=True))
        for first, lengths in found.items()
    }


def cut(lower: Sequence[str], known: Compounds) -> Iterator[tuple[int, int]]:
    """The words at lower-cased syllables: first and past-the-last of each, the longest known word at each place."""
    i = 0
    while i < len(lower):
        lengths = known.get(lower[i], ())
        size = next((length for length, words in lengths if tuple(lower[i : i + length]) in words), 1)
        yield i, i + size
        i += size


def _cut(phrase: str, known: Compounds) -> tuple[str, ...]:
    """The tokens of a phrase: its words, where the language has words of several syllables."""
    if not known:
        return tuple(phrase.split(" "))
    syllables = phrase.replace("_", " ").split(" ")
    return tuple("_".join(syllables[first:last]) for first, last in cut(syllables, known))
