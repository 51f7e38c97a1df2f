"""Ranking a corpus of any size, on one machine or on many: killed at any moment, it can be resumed.

The corpus is cut into shards (`shards`), whose batches are scored (`batch`) by an engine (`local`, `cluster`) and kept
in parts (`parts`), which are put together in the end (`finish`).
"""

from onrecord.scoring.ranking.options import Progress, RankOptions
from onrecord.scoring.ranking.output import error_file
from onrecord.scoring.ranking.parts import work_folder
from onrecord.scoring.ranking.run import rank
from onrecord.scoring.ranking.summary import Ranked, Summary
from onrecord.scoring.ranking.tallies import Publisher

__all__ = ["Progress", "Publisher", "RankOptions", "Ranked", "Summary", "error_file", "rank", "work_folder"]
