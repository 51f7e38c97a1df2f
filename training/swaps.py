"""Exchanging the names of camps and politicians in an article: nothing that judges it may be moved by that."""

import re
from dataclasses import replace

from onrecord.features.document import Article

# Camps, and politicians of the one and of the other.
PAIRS = (
    ("democrat", "republican"), ("democrats", "republicans"), ("democratic", "republican"), ("liberal", "conservative"),
    ("liberals", "conservatives"), ("left", "right"), ("left-wing", "right-wing"), ("leftist", "rightist"),
    ("socialist", "fascist"), ("obama", "trump"), ("clinton", "bush"), ("hillary", "donald"), ("barack", "george"),
    ("biden", "pence"), ("sanders", "cruz"), ("bernie", "ted"), ("pelosi", "mcconnell"), ("schumer", "ryan"),
    ("msnbc", "fox"), ("dnc", "rnc"), ("soros", "koch"), ("progressive", "libertarian"), ("pro-choice", "pro-life"),
)  # fmt: skip
_OTHER = {two: one for one, two in PAIRS} | dict(PAIRS)
_WORD = re.compile(r"[\w-]+")


def swapped(article: Article) -> Article:
    """The article with the names of PAIRS exchanged in its text and its title."""
    return replace(article, text=_WORD.sub(_other, article.text), title=_WORD.sub(_other, article.title))


def _other(match: re.Match[str]) -> str:
    word = match.group()
    other = _OTHER.get(word.lower(), word)
    return other.upper() if word.isupper() else other.title() if word[:1].isupper() and other != word else other
