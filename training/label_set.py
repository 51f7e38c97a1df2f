"""Label files as a whole: articles and pairs, with everything in them that is wrong, row by row.

A row is an article (as in `labels`) or a pair. A pair has `better` and `worse`, each the `id` of an article in the same
files, which may be one without a rating; or, in place of an id, an article of its own under `better_text` (or
`better_html`, `better_path`, `better_url`, with `better_title` and `better_publisher`), and `worse_text` likewise.
Rows with a `rater` (as `ratings` writes them) become one an article, with the mean of its raters.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from onrecord.errors import InputError, LabelError
from onrecord.training.fingerprints import fingerprint
from onrecord.training.labels import TEXT_KEYS, Example, attempt_rows, given, read_example, unlabelled, unscored
from onrecord.training.pairs import Pair, wrong_pairs
from onrecord.training.ratings import merged

SIDES = ("better", "worse")
# A record's own words of an article, for one side of a pair.
_OWN = ("id", "title", "publisher", "domain", *TEXT_KEYS)
_SKIP = "mend it, or pass it over with --skip-bad"


@dataclass(frozen=True, slots=True)
class LabelSet:
    """Usable labels.

    Attributes:
        examples: each text once; those that only pairs speak of have the rating nan.
        pairs: places in `examples`.
        skipped: a line for each row that was passed over, in the order of the files.
    """

    examples: tuple[Example, ...]
    pairs: tuple[Pair, ...]
    skipped: tuple[str, ...]


@dataclass(slots=True)
class _Reading:
    """What is known while files are read; `wrong` says of a row (by its place in `rows`) what is wrong with it."""

    rows: list[str] = field(default_factory=list)
    wrong: dict[int, tuple[str, str]] = field(default_factory=dict)
    articles: dict[int, Example] = field(default_factory=dict)  # by row
    pairs: dict[int, tuple[Example | str, Example | str]] = field(default_factory=dict)  # by row; a str is an id
    lost_ids: set[str] = field(default_factory=set)  # of rows without a usable article


def read_label_set(paths: Sequence[str | Path], *, skip_bad: bool = False) -> LabelSet:
    """Read label files and check them.

    Args:
        skip_bad: pass over the rows that cannot be used, in place of an error.

    Raises:
        LabelError: a file is missing or of another kind, or has no rows; rows that cannot be used (its `rows` names
            all of them): no text or one that is too short or in another language, no label or one that is none,
            a text twice, labels or pairs that contradict each other, a pair of an unknown id.
    """
    reading = _Reading()
    for path in map(Path, paths):
        for number, row in merged(attempt_rows(path)):
            _read_row(reading, row, number, path)
    if not reading.rows:
        raise LabelError(f"{', '.join(map(str, paths))} has no rows", "give at least one labelled article")
    found = _resolve(reading, _merge(reading))
    skipped = tuple(f"{reading.rows[k]}: {'; '.join(reading.wrong[k])}" for k in sorted(reading.wrong))
    if skipped and not skip_bad:
        problem = f"{len(skipped)} of {len(reading.rows)} rows cannot be used"
        raise LabelError(problem, "mend them, or pass them over with --skip-bad", skipped)
    return LabelSet(*found, skipped)


def _read_row(reading: _Reading, row: dict[str, Any] | InputError, number: int, path: Path) -> None:
    place = len(reading.rows)
    reading.rows.append(f"{path} row {number}")
    try:
        if isinstance(row, InputError):
            raise row
        if any(given(row, key) for side in SIDES for key in (side, *_keys(side))):
            reading.pairs[place] = _sides(row, number, path)
        else:
            reading.articles[place] = _checked(read_example(row, str(number), path.parent))
    except (InputError, LabelError) as error:
        reading.wrong[place] = (error.problem, error.remedy)
        if isinstance(row, dict) and given(row, "id"):
            reading.lost_ids.add(str(row["id"]))


def _keys(side: str) -> list[str]:
    return [f"{side}_{key}" for key in TEXT_KEYS]


def _sides(row: Mapping[str, Any], number: int, path: Path) -> tuple[Example | str, Example | str]:
    if any(given(row, key) for key in (*TEXT_KEYS, "rating", "overall", "label")):
        raise LabelError("it is an article and a pair at once", "give each a row of its own")
    better, worse = (_side(row, side, number, path) for side in SIDES)
    return better, worse


def _side(row: Mapping[str, Any], side: str, number: int, path: Path) -> Example | str:
    inline = any(given(row, key) for key in _keys(side))
    if given(row, side) == inline:
        have = f"both '{side}' and" if inline else f"neither '{side}' nor"
        raise LabelError(f"the pair has {have} '{side}_text'", "give the id of an article, or its text")
    if not inline:
        return str(row[side])
    own = {key: row[f"{side}_{key}"] for key in _OWN if given(row, f"{side}_{key}")}
    return _checked(read_example(own, f"{number} {side}", path.parent))


def _checked(example: Example) -> Example:
    """The example, if its article can be scored."""
    if wrong := unscored(example.article):
        raise LabelError(*wrong)
    return example


def _merge(reading: _Reading) -> dict[int, int]:
    """Finds texts that stand in several rows: for each usable row of an article, the row that it counts as."""
    same: dict[int, list[int]] = defaultdict(list)
    for row, example in reading.articles.items():
        same[fingerprint(example.article.text)].append(row)
    counts_as: dict[int, int] = {}
    for rows in same.values():
        rated = [row for row in rows if not math.isnan(reading.articles[row].rating)]
        ratings = {reading.articles[row].rating for row in rated}
        for row in rated if len(ratings) > 1 else ():
            other = next(r for r in rated if reading.articles[r].rating != reading.articles[row].rating)
            mine, its = (f"{reading.articles[r].rating:g}" for r in (row, other))
            reading.wrong[row] = (f"the same text has {mine} here and {its} in {reading.rows[other]}", _SKIP)
        for row in rated[1:] if len(ratings) == 1 else ():
            reading.wrong[row] = (f"it repeats {reading.rows[rated[0]]}", _SKIP)
        if len(ratings) < 2:
            counts_as |= dict.fromkeys(rows, (rated or rows)[0])
    return counts_as


def _resolve(reading: _Reading, counts_as: Mapping[int, int]) -> tuple[tuple[Example, ...], tuple[Pair, ...]]:
    """The examples and the pairs that can be used; says of the other rows what is wrong with them."""
    ids: dict[str, set[int | None]] = defaultdict(set)
    for row, example in reading.articles.items():
        if given(example.record, "id"):
            ids[example.id].add(counts_as.get(row))
    for name in reading.lost_ids:
        ids[name].add(None)
    examples = {row: example for row, example in reading.articles.items() if counts_as.get(row) == row}
    places = {fingerprint(example.article.text): row for row, example in examples.items()}
    named: set[int] = set()
    pairs = []
    for row, sides in reading.pairs.items():
        found = []
        for side in sides:
            try:
                found.append(_place(side, ids, places, examples, len(reading.rows)))
            except LabelError as error:
                reading.wrong.setdefault(row, (error.problem, error.remedy))
        named.update(found)
        if len(found) == 2:
            pairs.append((row, Pair(found[0], found[1], reading.rows[row])))
    for row, counted in counts_as.items():
        example = reading.articles[row]
        if math.isnan(examples[counted].rating) and counted not in named and row not in reading.wrong:
            missing = unlabelled(example.record)
            reading.wrong[row] = (missing.problem, f"{missing.remedy}, or name its id in a pair")
    return _usable(reading, examples, pairs)


def _place(
    side: Example | str,
    ids: Mapping[str, set[int | None]],
    places: dict[int, int],
    examples: dict[int, Example],
    rows: int,
) -> int:
    """The row that one side of a pair means; an article given in the pair gets a place behind all rows."""
    if isinstance(side, Example):
        place = places.setdefault(fingerprint(side.article.text), rows + len(examples))
        examples.setdefault(place, side)
        return place
    meant = ids.get(side, set())
    if not meant:
        raise LabelError(f"no row has the id {side!r}", "give the id of an article in these files")
    if len(meant) > 1:
        raise LabelError(f"{len(meant)} texts have the id {side!r}", "give each an id of its own")
    (row,) = meant
    if row is None:
        raise LabelError(f"the row with the id {side!r} cannot be used", "mend that row first")
    return row


def _usable(
    reading: _Reading, examples: Mapping[int, Example], pairs: Sequence[tuple[int, Pair]]
) -> tuple[tuple[Example, ...], tuple[Pair, ...]]:
    rows = sorted(examples)
    place = {row: k for k, row in enumerate(rows)}
    placed = [Pair(place[pair.better], place[pair.worse], pair.where) for _, pair in pairs]
    wrong = wrong_pairs(placed, [examples[row].rating for row in rows])
    for k, problem in wrong.items():
        reading.wrong[pairs[k][0]] = (problem, _SKIP)
    kept = [pair for k, pair in enumerate(placed) if k not in wrong]
    used = {k for pair in kept for k in (pair.better, pair.worse)}
    used |= {place[row] for row in rows if not math.isnan(examples[row].rating)}
    again = {old: new for new, old in enumerate(sorted(used))}
    return (
        tuple(examples[rows[k]] for k in sorted(used)),
        tuple(Pair(again[pair.better], again[pair.worse], pair.where) for pair in kept),
    )


def check_variety(labels: LabelSet) -> None:
    """Raise LabelError for labels that teach nothing: fewer than two, one rating and no pair, or one publisher."""
    ratings = {example.rating for example in labels.examples}
    publishers = {example.publisher for example in labels.examples}
    count = f"all {len(labels.examples)} labelled articles"
    if len(labels.examples) < 2:
        raise LabelError(f"only {len(labels.examples)} labelled articles can be used", "give at least two")
    if len(ratings) == 1 and not labels.pairs:
        raise LabelError(f"{count} are rated {ratings.pop():g}", "label better and worse ones")
    if len(publishers) == 1:
        raise LabelError(f"{count} are of one publisher, {publishers.pop()!r}", "give articles of at least two")
