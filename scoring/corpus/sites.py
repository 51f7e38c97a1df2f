"""The pages of a site, by its feed or its sitemap."""

from collections import deque
from collections.abc import Iterator

from onrecord.errors import InputError
from onrecord.scoring.corpus.entry import Entry
from onrecord.scoring.corpus.feeds import MAX_BYTES, Listing, read_listing
from onrecord.scoring.corpus.robots import Robots

MAX_LISTS = 1_000
MAX_PAGES = 100_000  # at a page a second, more than a day

_BY_THEMSELVES = "give the lists that are left by themselves"


def pages(url: str, robots: Robots) -> Iterator[Entry]:
    """An entry for each page that a feed or a sitemap lists, and the sitemaps that this one lists; none is fetched yet.

    A page or a list that is listed again is passed over. A list that cannot be read, and what lies
    beyond MAX_LISTS or MAX_PAGES, is one entry with an error.

    Raises:
        MissingExtraError: without Protego.
    """
    lists, seen = deque([url]), {url}
    known: set[str] = set()
    while lists:
        here = lists.popleft()
        try:
            listing = _read(here, robots)
        except InputError as error:
            yield _error(here, error)
            continue
        for number, page in enumerate(listing.pages, start=1):
            if page in known:
                continue
            if len(known) == MAX_PAGES:
                yield _error(here, InputError(f"{url} lists more than {MAX_PAGES:,} pages", _BY_THEMSELVES))
                return
            known.add(page)
            yield page_entry(page, f"{here}:{number}", robots)
        if listing.error:
            yield _error(here, listing.error)
        new = list(dict.fromkeys(child for child in listing.lists if child not in seen))
        room = MAX_LISTS - len(seen)
        if len(new) > room:
            yield _error(here, InputError(f"{url} leads to more than {MAX_LISTS:,} lists", _BY_THEMSELVES))
        lists.extend(new[:room])
        seen.update(new[:room])


def page_entry(url: str, place: str, robots: Robots) -> Entry:
    """An entry for a page that is to be fetched; with an error if it may not be."""
    try:
        return Entry(url, place, url=url, delay=robots.delay(url), options=robots.options)
    except InputError as error:
        return Entry(url, place, error=error)


def _read(url: str, robots: Robots) -> Listing:
    answer = robots.download(url, MAX_BYTES)
    return read_listing(answer.body, answer.url)


def _error(url: str, error: InputError) -> Entry:
    return Entry(url, url, error=error)
