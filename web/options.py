"""What a server is started with."""

from dataclasses import dataclass, field
from pathlib import Path

from onrecord.scoring.fetch import FetchOptions


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """How to serve.

    Attributes:
        host: the address to listen on.
        port: 0 for any that is free.
        model: a model's name or folder; None for the one in use.
        registry: the folder of the models of the user; None for the usual one.
        jobs: processes that score; -1 for every core.
        waiting: requests that may wait for a process; further ones are turned away.
        fetch: how pages are fetched.
        corpora: rankings that can be looked at, .parquet.
        label: a file of articles to label.
    """

    host: str = "127.0.0.1"
    port: int = 8765
    model: str | None = None
    registry: Path | None = None
    jobs: int = -1
    waiting: int = 16
    fetch: FetchOptions = field(default_factory=FetchOptions)
    corpora: tuple[Path, ...] = ()
    label: Path | None = None
