"""A web page, fetched with care. The only module that opens a socket.

A URL may come from a stranger, and the machine that fetches it may stand inside a network that a
stranger cannot reach. So a name is looked up once, every address it has must be public, and the
connection goes to an address that was checked: no second look-up can answer differently (DNS
rebinding). A redirect starts over. Size and time have limits that a slow or lying server cannot stretch.
"""

import re
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from onrecord.errors import FetchError
from onrecord.scoring.addresses import special_range
from onrecord.scoring.charset import decode
from onrecord.version import VERSION

if TYPE_CHECKING:
    import httpcore
    import httpx
    from httpcore import NetworkBackend, NetworkStream
else:  # httpcore asks for the methods, not for its base classes, so that they need not be imported at start
    NetworkBackend = NetworkStream = object

USER_AGENT = f"onrecord/{VERSION} (+article sourcing check)"
SAVE_IT = "save the page from a browser and give the file"

_PORTS = {80, 443}
_DEFAULT_PORT = {"http": 80, "https": 443}
_REDIRECTS = {301, 302, 303, 307, 308}
_HEADERS = (
    (b"User-Agent", USER_AGENT.encode()),
    (b"Accept", b"text/html, application/xhtml+xml, text/*;q=0.9, application/json;q=0.8, application/xml;q=0.8"),
    (b"Accept-Encoding", b"gzip"),
    (b"Connection", b"close"),
)
_TYPES = {"application/xhtml+xml", "application/json", "application/xml"}
_STEP = 1 << 16  # bytes inflated at a time

_USERINFO = re.compile(r"//[^/@]*@")


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """What a fetch may do.

    Attributes:
        allow_private_network: also read addresses that are not public, on any port.
        max_redirects: redirects followed before giving up.
        max_bytes: size of the page, after decompression.
        timeout: seconds for everything together: look-up, redirects, the last byte.
        any_port: ports other than 80 and 443.
    """

    allow_private_network: bool = False
    max_redirects: int = 5
    max_bytes: int = 10_000_000
    timeout: float = 20.0
    any_port: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """What came back: the URL after redirects, the decoded text, the media type ("" when none was given)."""

    url: str
    text: str
    content_type: str


@dataclass(frozen=True, slots=True)
class Download:
    """What came back as it is: the URL after redirects, the body, and the header that says of what type it is."""

    url: str
    body: bytes
    content_type: str

    @property
    def media(self) -> str:
        """The media type; "" when none was given."""
        return self.content_type.partition(";")[0].strip().lower()


Resolver = Callable[[str, int], Sequence[str]]
_DEFAULT = FetchOptions()


def lookup(host: str, port: int) -> list[str]:
    """The addresses of a name, as the system resolves it (so "127.1" and "0x7f000001" are 127.0.0.1)."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


@cache
def tls_context() -> ssl.SSLContext:
    """Certificates and names are verified; nothing in the environment can change that."""
    import httpx

    return httpx.create_ssl_context(verify=True, trust_env=False)


def fetch(url: str, options: FetchOptions = _DEFAULT, *, resolve: Resolver = lookup) -> Page:
    """Fetch one page of text.

    No proxy, password file or cookie of the user is read or sent.

    Args:
        url: an http or https URL.
        options: limits and permissions.
        resolve: host and port -> addresses; called once for each URL on the way.

    Raises:
        FetchError: the URL, an address, the answer or its size is not acceptable, or it took too long.
    """
    answer = download(url, options, resolve=resolve, text_only=True)
    if not answer.media and b"\0" in answer.body:
        raise FetchError(f"{_shown(answer.url)} names no content type and looks binary", "give the URL of an article")
    return Page(answer.url, decode(answer.body, answer.content_type), answer.media)


def download(
    url: str, options: FetchOptions = _DEFAULT, *, resolve: Resolver = lookup, text_only: bool = False
) -> Download:
    """Fetch whatever a URL holds, with the guards of `fetch`.

    Args:
        text_only: refuse what says that it is no text, before its body is read.

    Raises:
        FetchError: as `fetch`.
    """
    deadline = _Deadline(time.monotonic() + options.timeout)
    here = url
    for _ in range(options.max_redirects + 1):
        checked = _check_url(here, options)
        with _explained(here, options):
            addresses = _resolve(checked, resolve, deadline)
        if not options.allow_private_network:
            _check_addresses(here, addresses)
        with _explained(here, options):
            answer = _get(checked, _Pinned(addresses, deadline), options, text_only)
        if isinstance(answer, Download):
            return answer
        here = answer
    raise FetchError(f"{_shown(url)} redirects more than {options.max_redirects} times", SAVE_IT)


def origin(url: str, options: FetchOptions = _DEFAULT) -> str:
    """Whom a URL asks, in one spelling: `https://example.org`, and its port if it is an unusual one.

    Raises:
        FetchError: the form, scheme or port of the URL is not acceptable.
    """
    checked = _check_url(url, options)
    return f"{checked.scheme}://{checked.netloc.decode('ascii')}"


def _check_url(url: str, options: FetchOptions) -> "httpx.URL":
    """The URL in one spelling, if its form, scheme and port are acceptable."""
    import httpx

    if any(char.isspace() or not char.isprintable() for char in url):
        raise FetchError(f"{_shown(url)} has a blank or a control character in it", "write such characters as %XX")
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise FetchError(f"{_shown(url)} is not a URL ({_shown(str(error))})", "check its spelling") from error
    # "example.org." is the same name to a resolver, but not to a certificate.
    host = parsed.raw_host.decode("ascii").removesuffix(".")
    if parsed.scheme not in _DEFAULT_PORT or "" in host.split("."):
        raise FetchError(f"{_shown(url)} is not an http or https URL", "give one such as https://example.org/article")
    if parsed.userinfo:
        raise FetchError(f"{_shown(url)} carries a user name or a password", "give the URL without it")
    port = _port(parsed)
    if not 0 < port < 65536:
        raise FetchError(f"{_shown(url)} asks for port {port}, which does not exist", "check its spelling")
    if port not in _PORTS and not (options.any_port or options.allow_private_network):
        raise FetchError(f"{_shown(url)} asks for port {port}, not 80 or 443", "give --any-port if you trust it")
    return parsed.copy_with(fragment=None, host=host)


def _port(url: "httpx.URL") -> int:
    return _DEFAULT_PORT[url.scheme] if url.port is None else url.port


def _resolve(url: "httpx.URL", resolve: Resolver, deadline: "_Deadline") -> Sequence[str]:
    """Look the host up, in a thread that can be left behind: a system look-up takes no time limit."""
    answer: Future[Sequence[str]] = Future()

    def run() -> None:
        try:
            answer.set_result(resolve(url.raw_host.decode("ascii"), _port(url)))
        except Exception as error:  # it is raised again where the answer is awaited
            answer.set_exception(error)

    threading.Thread(target=run, daemon=True, name="onrecord-lookup").start()
    return answer.result(deadline.left())


def _check_addresses(url: str, addresses: Sequence[str]) -> None:
    """One address that is not public spoils them all: a name has no business with both."""
    for address in addresses:
        name = special_range(address)
        if name:
            article = "an" if name[0] in "aeiouAIO" else "a"
            problem = f"{_shown(url)} resolves to {address}, {article} {name} address"
            raise FetchError(problem, "give --allow-private-network if you trust it")


def _get(url: "httpx.URL", backend: "_Pinned", options: FetchOptions, text_only: bool) -> Download | str:
    """One request: what came back, or the URL that it redirects to."""
    import httpcore

    target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=_port(url), target=url.raw_path)
    tls = tls_context() if url.scheme == "https" else None
    headers = [(b"Host", url.netloc), *_HEADERS]
    with (
        httpcore.ConnectionPool(ssl_context=tls, network_backend=backend) as pool,
        pool.stream("GET", target, headers=headers) as response,
    ):
        if response.status in _REDIRECTS and (location := _header(response, b"location")):
            return _joined(url, location)
        if not 200 <= response.status < 300:
            problem = f"{_shown(str(url))} answered with status {response.status}"
            raise FetchError(problem, SAVE_IT, response.status)
        declared = _header(response, b"content-type")
        media = declared.partition(";")[0].strip().lower()
        if text_only and media and not _is_text(media):
            raise FetchError(f"{_shown(str(url))} is {_shown(media)}, not text", "give the URL of an article")
        return Download(str(url), _body(response, str(url), options.max_bytes), declared)


def _joined(url: "httpx.URL", location: str) -> str:
    """Where a redirect leads. What does not parse is handed on as it is, to be refused like any other URL."""
    import httpx

    try:
        return str(url.join(location)) if location.isprintable() and " " not in location else location
    except httpx.InvalidURL:
        return location


def _header(response: "httpcore.Response", name: bytes) -> str:
    """The first header of that name; "" when there is none."""
    for key, value in response.headers:
        if key.lower() == name:
            return value.decode("utf-8", "replace").strip()
    return ""


def _is_text(media: str) -> bool:
    return media.startswith("text/") or media in _TYPES or (media.startswith("application/") and media.endswith("+xml"))


def _body(response: "httpcore.Response", url: str, limit: int) -> bytes:
    """The body, decompressed; reading stops as soon as it is larger than the limit."""
    encoding = _header(response, b"content-encoding").lower()
    chunks: Iterable[bytes] = response.iter_stream()
    if encoding in ("gzip", "x-gzip", "deflate"):
        chunks = _inflated(chunks)
    elif encoding not in ("", "identity"):
        raise FetchError(f"{_shown(url)} came as {_shown(encoding)}, which was not asked for", SAVE_IT)
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > limit:
            raise FetchError(f"{_shown(url)} is larger than {limit:,} bytes", SAVE_IT)
    return bytes(body)


def _inflated(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Inflate gzip (of one or more members) or zlib, never more than a step at a time."""
    stream = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
    for chunk in chunks:
        rest = chunk
        while rest:
            if stream.eof:
                if not rest.startswith(b"\x1f"):
                    break  # padding after the last member
                stream = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)
            yield stream.decompress(rest, _STEP)
            rest = stream.unused_data if stream.eof else stream.unconsumed_tail
    if not stream.eof:
        raise zlib.error("it ends too early")


@contextmanager
def _explained(url: str, options: FetchOptions) -> Iterator[None]:
    """Turn what goes wrong on the way into one line."""
    import httpcore

    try:
        yield
    except (TimeoutError, httpcore.TimeoutException) as error:
        raise FetchError(f"{_shown(url)} took longer than {options.timeout:g} seconds", "try again later") from error
    except (socket.gaierror, UnicodeError) as error:
        raise FetchError(f"the name in {_shown(url)} does not resolve", "check its spelling and the network") from error
    except zlib.error as error:
        raise FetchError(f"{_shown(url)} is damaged: its compressed body cannot be read ({error})", SAVE_IT) from error
    except (OSError, httpcore.NetworkError, httpcore.ProtocolError) as error:
        reason = _shown(str(error)) or type(error).__name__
        raise FetchError(f"{_shown(url)} could not be fetched ({reason})", "check the URL and the network") from error


def _shown(text: str) -> str:
    """Text of a stranger, fit for one line of a terminal: escaped, shortened, without a password."""
    plain = _USERINFO.sub("//", text)
    cut = plain if len(plain) <= 200 else plain[:200] + "…"
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in cut)


@dataclass(frozen=True, slots=True)
class _Deadline:
    """A point of the monotonic clock, in seconds."""

    at: float

    def left(self) -> float:
        """Seconds left; raises TimeoutError when there are none."""
        left = self.at - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


class _Pinned(NetworkBackend):
    """Connects to addresses that were checked, whatever name is asked for, and to nothing after the deadline.

    The name still goes into the Host header, the TLS handshake and the check of the certificate.
    """

    def __init__(self, addresses: Sequence[str], deadline: _Deadline) -> None:
        self._addresses = addresses
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> NetworkStream:
        """The first address that answers; each gets its share of the time left."""
        import httpcore

        backend = httpcore.SyncBackend()
        refused: Exception = OSError("the name has no address")
        for tried, address in enumerate(self._addresses):
            share = self._deadline.left() / (len(self._addresses) - tried)
            try:
                return _Timed(backend.connect_tcp(address, port, share, None, socket_options), self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                refused = error
        raise refused


class _Timed(NetworkStream):
    """A connection on which every step ends at one deadline, so that a drip of bytes buys no time."""

    def __init__(self, stream: NetworkStream, deadline: _Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """At most `max_bytes`, b"" at the end."""
        return self._stream.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """All of the buffer."""
        self._stream.write(buffer, self._deadline.left())

    def close(self) -> None:
        """Close the socket."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> NetworkStream:
        """The same connection under TLS, the name checked."""
        return _Timed(self._stream.start_tls(ssl_context, server_hostname, self._deadline.left()), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """What httpcore wants to know of the socket."""
        return self._stream.get_extra_info(info)
