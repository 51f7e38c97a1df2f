"""One article of a corpus, before it is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from onrecord.errors import InputError

if TYPE_CHECKING:
    from onrecord.scoring.fetch import FetchOptions


@dataclass(frozen=True, slots=True)
class Entry:
    """One article to be read. Of `record`, `path`, `url` and `error`, those are None that do not apply.

    Attributes:
        id: the record's own, or else its place; of a page, its URL.
        place: where it stands: `corpus.jsonl:7`, `crawl.warc.gz:8812` (bytes), or the path of a file.
        record: the record; with `path` or `url`, what else a row says of the article that is there.
        path: the file, absolute, if the article is one.
        error: why there is no record.
        url: the page, if the article is one that has yet to be fetched.
        delay: seconds that its host wants between two requests.
        options: how to fetch it; None for the usual way.
    """

    id: str
    place: str
    record: Mapping[str, Any] | None = None
    path: str | None = None
    error: InputError | None = None
    url: str | None = None
    delay: float = 0.0
    options: "FetchOptions | None" = None
