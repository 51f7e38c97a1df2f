"""Reading a corpus: one entry an article, in order, never the whole file in memory."""

from onrecord.scoring.corpus.entry import Entry
from onrecord.scoring.corpus.inputs import entries

__all__ = ["Entry", "entries"]
