"""How to rank, and how far a ranking has come."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from onrecord.scoring.fetch import FetchOptions
from onrecord.scoring.model import DEFAULT

Engine = Literal["local", "dask"]


@dataclass(frozen=True, slots=True)
class RankOptions:
    """How to rank.

    Attributes:
        model: a model's name or folder.
        jobs: processes; -1 for every core. (With Dask, its workers tell how many.)
        evidence: add attributions, evidence and single features (.csv and .parquet: the nested record as JSON).
        text: add the text that offsets refer to.
        where: write only the articles of which this SQL expression over the flat columns is true; "" for all.
        resume: go on with an earlier run that was cut short.
        engine: "local" for processes of this machine, "dask" for a cluster.
        scheduler: the address of the Dask scheduler, such as "tcp://10.0.0.1:8786".
        by: "publisher" to sum up by publisher.
        report: a page to write about the whole ranking, which ends in .html; None for none.
        fetch: how to fetch pages, where the inputs lead to some.
    """

    model: str = DEFAULT
    jobs: int = -1
    evidence: bool = False
    text: bool = False
    where: str = ""
    resume: bool = False
    engine: Engine = "local"
    scheduler: str = ""
    by: Literal["", "publisher"] = ""
    report: Path | None = None
    fetch: FetchOptions = field(default_factory=FetchOptions)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a ranking has come: articles done in this run and earlier ones, those that failed, and all (if known)."""

    done: int
    failed: int
    total: int | None
