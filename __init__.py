"""Scores how well a news article is sourced, and shows why.

>>> import onrecord
>>> report = onrecord.score_article(onrecord.Article("Nobody knows."))
>>> report.score.abstained
True
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from onrecord.errors import OnrecordError
from onrecord.version import VERSION as __version__

if TYPE_CHECKING:
    from onrecord.features.document import Article
    from onrecord.scoring.model import load_model
    from onrecord.scoring.report import Report
    from onrecord.scoring.score import score_article
    from onrecord.scoring.source import read_source

__all__ = ["Article", "OnrecordError", "Report", "__version__", "load_model", "read_source", "score_article"]

# Imported when they are asked for, so that `onrecord --help` does not wait for NumPy.
_HOMES = {
    "Article": "onrecord.features.document",
    "Report": "onrecord.scoring.report",
    "load_model": "onrecord.scoring.model",
    "read_source": "onrecord.scoring.source",
    "score_article": "onrecord.scoring.score",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
