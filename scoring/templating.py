"""How pages are made of templates: every string that one shows is cleaned and escaped."""

from typing import TYPE_CHECKING

from onrecord.scoring.display import clean

if TYPE_CHECKING:
    from jinja2 import Environment


def templates(package: str) -> "Environment":
    """The templates of a package, with the filter `link`; a name that is not given to them is an error.

    Args:
        package: whose folder `templates` is read.
    """
    from jinja2 import Environment, PackageLoader, StrictUndefined

    made = Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: clean(value) if type(value) is str else value,
    )
    made.filters.update(link=_link)
    return made


def _link(url: str) -> str:
    """A URL that a page may lead to; "" for anything but http and https."""
    return url if url.lower().startswith(("https://", "http://")) else ""
