"""Scores how well a news article is sourced, and shows why.

>>> import onrecord
>>> report = onrecord.score_article(onrecord.Article("Nobody knows."))
>>> report.score.abstained
True
"""

from onrecord.errors import OnrecordError
from onrecord.features.document import Article
from onrecord.scoring.model import load_model
from onrecord.scoring.report import Report
from onrecord.scoring.score import score_article
from onrecord.scoring.source import read_source
from onrecord.version import VERSION as __version__

__all__ = ["Article", "OnrecordError", "Report", "__version__", "load_model", "read_source", "score_article"]
