"""The page docs/features.md: every feature with its direction, its weight, its source, and a passage that has it.

    python tools/feature_page.py > docs/features.md

Passages are in feature_examples.tsv beside this file: `¶` begins a paragraph, and what begins with `<` is a page. Each
is measured here, so that its value and what is marked in it are those that onrecord gives.
"""

import csv
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import pairwise
from pathlib import Path

from onrecord.features import CATALOGUE, FAMILIES, languages_of, measure
from onrecord.features.document import Article, read
from onrecord.features.measurement import Feature, Measurement
from onrecord.scoring.extract import from_html
from onrecord.scoring.model import Scorecard, load_model

EXAMPLES = Path(__file__).with_name("feature_examples.tsv")

INTRODUCTION = """# Features

All that is measured, in the order of the report. What has no value for an empty text is missing there, and never 0.
*Direction* says what more of a feature means; that is no judgement. *Weight* is what more of it does to a score by the
model that ships, and how many points lie between its best and its worst value. Where journalism standards leave no
doubt, a feature may only raise or only lower (`training/policy.py`); all else was left to the labels, and may depend on
how much there is of it. Many have none, because another feature tells the same, or because they must not count.
*Example* is a passage of ours with what is marked in it, and its value there.

`onrecord features` prints the list, `--format json` for programs. `python tools/feature_page.py > docs/features.md`
writes this page. Measured in {languages}, where nothing else is said.
"""
_HEAD = "| feature | unit | direction | weight | example | idea from |\n| --- | --- | --- | --- | --- | --- |"


@dataclass(frozen=True, slots=True)
class Example:
    """A passage that has a feature, and what is measured in it."""

    article: Article
    measurement: Measurement


@cache
def examples() -> dict[str, Example]:
    """The example of each feature, by its id."""
    with EXAMPLES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {row["id"]: _measured(row) for row in rows}


def _measured(row: Mapping[str, str]) -> Example:
    text = row["text"].replace("¶", "\n\n")
    given = Article(text=text, title=row["title"], byline=row["byline"] or None, language="en")
    article = from_html(text) if text.startswith("<") else given
    _, found = measure(read(article))
    return Example(article, next(each for each in found if each.feature.id == row["id"]))


def weight(card: Scorecard, name: str) -> str:
    """What more of a feature does to a score, in words.

    >>> from onrecord.scoring.model import Steps
    >>> steps = Steps((1.0, 2.0), (-1.0, 0.0, 2.5), 0.0, (), ())
    >>> weight(Scorecard(50.0, {"a.b": steps}, 1.0, 1.0, ()), "a.b")
    'raises, 3.5 points'
    """
    steps = card.steps.get(name)
    size = max(steps.points) - min(steps.points) if steps else 0.0
    if steps is None or size < 0.05:
        return "none"
    rises, falls = (any(sign * (b - a) > 0 for a, b in pairwise(steps.points)) for sign in (1, -1))
    way = "depends" if rises and falls else "raises" if rises else "lowers"
    return f"{way}, {size:.1f} points"


def marked(example: Example) -> str:
    """The passage with what was found in bold type, and the value, as a cell of a table."""
    article, found = example.article, example.measurement
    pieces, at = [], 0
    for start, end in sorted({(span.start, span.end) for span in found.spans}):
        if at <= start < end:
            pieces += [_shown(article.text[at:start]), f"<b>{_shown(article.text[start:end])}</b>"]
            at = end
    body = "".join([*pieces, _shown(article.text[at:])])
    title = f"*Title:* {_shown(article.title)} / " if article.title else ""
    byline = f"*By* {_shown(article.byline)} / " if article.byline else ""
    return f"{title}{byline}{body} → {_value(found)}"


def _shown(text: str) -> str:
    return re.sub(r"\n+", " / ", escape(text, quote=False)).replace("|", "\\|")


def _value(found: Measurement) -> str:
    if math.isnan(found.value):
        return "missing"
    if found.feature.unit == "yes/no":
        return "yes" if found.value else "no"
    return f"{found.value:.3g}" if found.value < 1000 else f"{found.value:,.0f}"


def page() -> str:
    """docs/features.md."""
    usual = languages_of(next(iter(CATALOGUE.values())))
    return "\n".join([INTRODUCTION.format(languages=", ".join(usual)), *_sections(usual)]).rstrip("\n") + "\n"


def _sections(usual: tuple[str, ...]) -> Iterator[str]:
    card, shown = load_model().score, examples()
    for family in FAMILIES:
        yield f"## {family.NAME.replace('_', ' ').capitalize()}\n\n{_HEAD}"
        for feature in family.FEATURES:
            cells = (
                f"`{feature.id}`{_only(feature, usual)}",
                feature.unit,
                feature.direction,
                weight(card, feature.id),
                marked(shown[feature.id]),
                feature.citation,
            )
            yield f"| {' | '.join(cells)} |"
        yield ""


def _only(feature: Feature, usual: tuple[str, ...]) -> str:
    """In which languages a feature is measured, where these are not the usual ones."""
    found = languages_of(feature)
    return "" if found == usual else f" ({', '.join(found)} only)"


if __name__ == "__main__":
    print(page(), end="")
