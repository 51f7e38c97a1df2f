"""What hosts ask of programs in their robots.txt (RFC 9309), and how it is kept to."""

from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.errors import FetchError, MissingExtraError
from onrecord.scoring.charset import decode
from onrecord.scoring.corpus.turns import turn
from onrecord.scoring.fetch import Download, FetchOptions, download, origin

if TYPE_CHECKING:
    from protego import Protego

AGENT = "onrecord"
DELAY = 1.0  # seconds between two requests to a host that does not say
MAX_DELAY = 60.0
_MAX_BYTES = 1_000_000  # twice what RFC 9309 wants to be read
_KEPT = 256  # hosts


class Robots:
    """What each host asks. A host is asked once, when its first page comes up."""

    def __init__(self, options: FetchOptions) -> None:
        self.options = options
        self._rules: dict[str, Protego | FetchError] = {}

    def delay(self, url: str) -> float:
        """Seconds between two requests to the host of a page that may be fetched.

        Raises:
            FetchError: the host does not want it fetched, or asks for longer pauses than MAX_DELAY, or its
                robots.txt cannot be had; or the URL is not acceptable.
            MissingExtraError: without Protego.
        """
        rules = self._of(origin(url, self.options))
        if isinstance(rules, FetchError):
            raise rules
        if not rules.can_fetch(url, AGENT):
            raise FetchError(f"{url} may not be fetched by programs (robots.txt)", "save the page from a browser")
        delay = rules.crawl_delay(AGENT)
        if delay is not None and delay > MAX_DELAY:
            problem = f"{url} is on a host that asks for {delay:g} seconds between pages, more than {MAX_DELAY:g}"
            raise FetchError(f"{problem} (robots.txt)", "save the page from a browser")
        return DELAY if delay is None else delay

    def download(self, url: str, max_bytes: int) -> Download:
        """Whatever a URL holds, if it may be fetched, when it is its turn.

        Raises:
            FetchError: as `delay` and `fetch.download`.
        """
        with turn(origin(url, self.options), self.delay(url)):
            return download(url, replace(self.options, max_bytes=max_bytes))

    def _of(self, host: str) -> "Protego | FetchError":
        if host not in self._rules:
            if len(self._rules) >= _KEPT:
                del self._rules[next(iter(self._rules))]
            self._rules[host] = self._ask(host)
        return self._rules[host]

    def _ask(self, host: str) -> "Protego | FetchError":
        try:
            from protego import Protego
        except ImportError:
            raise MissingExtraError("reading a site needs Protego", "pip install 'onrecord[bulk]'") from None
        try:
            with turn(host, DELAY):
                answer = download(f"{host}/robots.txt", replace(self.options, max_bytes=_MAX_BYTES))
        except FetchError as error:
            if error.status is not None and 400 <= error.status < 500:
                return Protego.parse("")  # there is none, so anything may be fetched
            return error
        return Protego.parse(decode(answer.body, answer.content_type))
