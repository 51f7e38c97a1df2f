"""Processes that call one function on batches of items, and outlive whatever an item does to them.

It imports nothing that takes time, for each process begins with it.
"""

from onrecord.scoring.pool.in_order import in_order
from onrecord.scoring.pool.pool import Limits, Pool, count_processes, fair_memory
from onrecord.scoring.pool.process import Failure

__all__ = ["Failure", "Limits", "Pool", "count_processes", "fair_memory", "in_order"]
