"""A ranking on one page for people: the distribution of scores, publishers, families, the best and the worst."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.errors import InputError
from onrecord.scoring.atomic import write_bytes
from onrecord.scoring.explain import BANDS
from onrecord.scoring.ranking.means import FEW
from onrecord.scoring.ranking.pictures import Picture, distribution, family_points, publisher_means
from onrecord.scoring.ranking.tallies import Count, Spread, Tables, Tallies
from onrecord.scoring.ranking.tally import tally
from onrecord.scoring.report import ModelIdentity
from onrecord.scoring.templating import templates

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from jinja2 import Template


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pictures of a page; None where there is nothing to draw."""

    scores: Picture | None
    publishers: Picture | None
    families: Picture | None


def write_overview(
    connection: "DuckDBPyConnection", tables: Tables, model: ModelIdentity, path: Path, day: date
) -> None:
    """Write the page to a file, which appears whole or not at all.

    Args:
        model: that gave the scores.
        day: of the run.

    Raises:
        InputError: the file's name does not end in .html, or it cannot be written.
        MissingExtraError: Matplotlib is not installed.
    """
    check_path(path)
    page = to_html(tally(connection, tables, model), day)
    try:
        write_bytes(path, page.encode())
    except OSError as error:
        remedy = "see to that or choose another place, then add --resume to go on"
        raise InputError(f"{path} cannot be written ({error.strerror or error})", remedy) from error


def check_path(path: Path) -> None:
    """Say before a long run that a report could not be written after it.

    Raises:
        InputError: the file's name does not end in .html.
    """
    if path.suffix.lower() not in (".html", ".htm"):
        raise InputError(f"{path} is no page", "give a name that ends in .html")


def to_html(tallies: Tallies, day: date) -> str:
    """The page: one file with no script and nothing that it would have to load.

    Args:
        day: of the run.

    Raises:
        MissingExtraError: Matplotlib is not installed.
    """
    page: str = _template().render(
        tallies=tallies,
        pictures=_pictures(tallies),
        bands=bands(tallies.scores),
        day=f"{day.day} {day:%B %Y}",
        few=FEW,
    )
    return page


def bands(scores: Spread) -> tuple[Count, ...]:
    """How many scores lie in each fifth of the scale, the lowest first; a score on an edge is in the upper one."""
    counts = scores.histogram([0, 20, 40, 60, 80, 100])
    return tuple(Count(label, int(count)) for (label, _), count in zip(BANDS, counts, strict=True))


def _pictures(tallies: Tallies) -> Pictures:
    if not tallies.scores.total:
        return Pictures(None, None, None)
    shown = [each for each in tallies.publishers if each.mean is not None]
    return Pictures(
        distribution(tallies.scores),
        publisher_means(shown, tallies.scores.mean) if shown else None,
        family_points(tallies.families) if tallies.families else None,
    )


@cache
def _template() -> "Template":
    environment = templates("onrecord.scoring")
    environment.filters.update(words=_words)
    return environment.get_template("overview.html")


def _words(code: str) -> str:
    """A code as words: "too_short" is "Too short"."""
    return code.replace("_", " ").capitalize()
