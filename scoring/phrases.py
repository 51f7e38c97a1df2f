"""The words of a report: a clause for each value of a feature, one sentence for each theme.

`templates/phrases.tsv` has them as data, `templates/families.tsv` what each family is about. A feature
that is not there is worded from its direction and unit, so that a new family needs no row in either.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from onrecord.scoring.report import Contribution

COLUMNS = ("feature", "theme", "none", "one", "many", "same", "missing")
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_PARTS = ((1 / 4, "a quarter"), (1 / 3, "a third"), (1 / 2, "half"), (2 / 3, "two thirds"), (3 / 4, "three quarters"))
_CLOSE = 0.015  # what a part in words may be off
_AVERAGE = 5.0  # percentiles about the middle that are called average


@dataclass(frozen=True, slots=True)
class Phrase:
    """What to say of a feature, by its value; "" is not said. See `templates/phrases.tsv`."""

    feature: str
    theme: str
    none: str = ""
    one: str = ""
    many: str = ""
    same: str = ""
    missing: str = ""


@cache
def phrases() -> dict[str, Phrase]:
    """The phrases by feature, in the order in which they are said."""
    return {row[0]: Phrase(*row) for row in _rows("phrases.tsv")}


@cache
def families() -> dict[str, str]:
    """What each family of features is about, in a few words, by its name in a report."""
    return dict(_rows("families.tsv"))


def _rows(name: str) -> list[list[str]]:
    """The rows of a table without its heading and its comments."""
    text = (files("onrecord.scoring") / "templates" / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")][1:]


def themes(features: Sequence[Contribution]) -> Iterator[tuple[str, tuple[Contribution, ...]]]:
    """The features of one family by what they are about: a name for the theme, and its features as they are said."""
    known = phrases()
    order = {name: place for place, name in enumerate(known)}
    grouped: dict[str, list[Contribution]] = {}
    for each in features:
        phrase = known.get(each.feature.id)
        theme = f"{each.feature.family}: {phrase.theme}" if phrase else each.feature.id
        grouped.setdefault(theme, []).append(each)
    for theme, members in grouped.items():
        yield theme, tuple(sorted(members, key=lambda each: order.get(each.feature.id, -1)))


def is_said(each: Contribution) -> bool:
    """Whether the sentence of its theme tells the value of a feature."""
    phrase = phrases().get(each.feature.id)
    return phrase is None or bool(phrase.many)


def sentence(members: Sequence[Contribution], words: int) -> str:
    """What the features of a theme say together, without a full stop.

    Args:
        words: of the article, which a rate is a share of.
    """
    said, before, clause = "", None, ""
    for each in members:
        phrase = phrases().get(each.feature.id)
        count = _count(phrase, each, words) if phrase else None
        attached, clause = clause, _clause(phrase, each, count, before) if phrase else ""
        if clause.startswith(("(", ",")):
            clause = clause if attached and (before or clause.startswith(",")) else ""
            said += f" {clause}" if clause.startswith("(") else clause
        elif clause:
            said += ("" if not said else ": " if ":" not in said else ", ") + clause
            said += _rank(each, is_counted=True) if said == clause else ""
        before = count
    said = said or generic(members[0])
    return said[:1].upper() + said[1:]


def _count(phrase: Phrase, each: Contribution, words: int) -> float | None:
    """How many things a value tells of; None where it was not measured."""
    if each.value is None or math.isnan(each.value):
        return None
    if "{passages}" in phrase.many:
        return len(each.spans)
    return round(each.value * words / 1000) if "{times}" in phrase.many else each.value


def _clause(phrase: Phrase, each: Contribution, count: float | None, before: float | None) -> str:
    if count is None or each.value is None:
        return phrase.missing
    if each.value == 0:
        return phrase.none
    if count == 0:  # a rate whose passages are not known
        return generic(each)
    template = (
        phrase.same if phrase.same and count == before else phrase.one if count == 1 and phrase.one else phrase.many
    )
    amount = in_words(count)
    return template.format(value=amount, passages=amount, times=amount, share=portion(each.value))


def _rank(each: Contribution, is_counted: bool = False) -> str:
    """How a value stands among the reference articles; nothing for zero and for yes/no, where it says nothing.

    Args:
        is_counted: a rate is given as a count, which is not what was compared.
    """
    percentile, unit = each.percentile, each.feature.unit
    of = ", for its length" if unit == "per 1,000 words" and is_counted else ""
    if not each.value or unit == "yes/no" or percentile is None or math.isnan(percentile):
        return ""
    if abs(percentile - 50) <= _AVERAGE:
        return f" (about average{of})"
    if percentile > 50:
        return f" (more than in {min(math.floor(percentile), 99)}% of articles{of})"
    less = "less" if unit.startswith("share") else "fewer"
    return f" ({less} than in {min(math.floor(100 - percentile), 99)}% of articles{of})"


def generic(each: Contribution) -> str:
    """A value in the words of its direction and unit.

    Only what is counted can be a subject: of other units the wording cannot tell singular from plural.
    """
    unit, noun = each.feature.unit, each.feature.direction.removeprefix("more ")
    value = None if each.value is None or math.isnan(each.value) else each.value
    if value is None:
        text = f"{noun.removeprefix('of ')}: not measured"
    elif unit == "count":
        text = f"1 {_singular(noun)}" if value == 1 else f"{number(value) if value else 'no'} {noun}"
    elif unit.startswith("share") and noun.startswith("of "):
        text = f"{in_unit(value, unit)} {noun}"
    elif unit == "per 1,000 words" and value == 0:
        text = f"{noun.removeprefix('of ')}: none"
    else:
        text = f"{noun.removeprefix('of ')}: {in_unit(value, unit)}"
    return text + _rank(each)


def _singular(noun: str) -> str:
    """A noun phrase for one of its things: the first plural in it loses its ending."""
    words = noun.split(" ")
    for i, word in enumerate(words):
        if word.endswith("s") and not word.endswith(("ss", "us", "is")):
            words[i] = word.removesuffix("ies") + "y" if word.endswith("ies") else word.removesuffix("s")
            break
    return " ".join(words)


def in_words(count: float) -> str:
    """A count as a newspaper prints it: words up to ten.

    >>> in_words(4), in_words(11), in_words(17.5), in_words(1200)
    ('four', '11', '17.5', '1,200')
    """
    return _SMALL[int(count)] if count in range(len(_SMALL)) else number(count)


def portion(share: float) -> str:
    """A share as a newspaper prints it.

    >>> portion(1), portion(0.333), portion(0.12), portion(0.004)
    ('all', 'a third', '12%', 'less than 1%')
    """
    if share == 1:
        return "all"
    close = next((words for part, words in _PARTS if abs(share - part) <= _CLOSE), "")
    if close or not 0 < share < 1:
        return close or f"{number(100 * share)}%"
    percent = round(100 * share)
    return "less than 1%" if percent == 0 else "nearly all" if percent == 100 else f"{percent}%"


def in_unit(value: float | None, unit: str) -> str:
    """A value with its unit.

    >>> in_unit(0.62, "share"), in_unit(3.25, "per 1,000 words"), in_unit(1, "yes/no"), in_unit(None, "count")
    ('62%', '3.2 per 1,000 words', 'yes', 'not measured')
    """
    if value is None or math.isnan(value):
        return "not measured"
    if unit == "yes/no":
        return "yes" if value else "no"
    if unit.startswith("share"):
        return f"{number(100 * value)}%"
    if unit == "count":
        return number(value)
    return f"{unit} {number(value)}" if unit == "grade" else f"{number(value)} {unit}"


def number(value: float) -> str:
    """A number as a person would write it: a decimal only where it tells something.

    >>> number(7.0), number(3.14159), number(62.4), number(12345.6), number(0.004)
    ('7', '3.1', '62', '12,346', '0.004')
    """
    if value == 0 or abs(value) >= 20 or value == round(value):
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 0.1 else f"{value:.1g}"
