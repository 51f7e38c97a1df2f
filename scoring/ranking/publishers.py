"""Who published an article, told from its address."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from onrecord.errors import LexiconError

if TYPE_CHECKING:
    from tldextract import TLDExtract

_HEADER = "domain\trule\tvalue"
_RULES = ("alias", "copy", "label", "own", "path", "plain", "subdomain")
_NOBODY = frozenset({"www", "m", "mobile", "amp", "old", "new", "web"})
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*")
# "mailto:" and the like, but not "host:8080".
_HOSTLESS = re.compile(r"[a-z][a-z0-9+.-]*:(?!/|\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Platform:
    """How one platform shows, in its addresses, who publishes there.

    Attributes:
        subdomain: the label before the domain names the publisher.
        labels: what stands in the path before a name that may also be a label before the domain, the longest first.
        plain: what stands in the path before a name that may also stand first.
        paths: what stands in the path before any other name, the longest first.
        own: labels and segments that name nobody.
        alias: the platform's usual domain, "" if this is it.
        copy: what stands in the path before the address of the original; "" unless this is an archive or a cache.
    """

    subdomain: bool
    labels: tuple[str, ...]
    plain: tuple[str, ...]
    paths: tuple[str, ...]
    own: frozenset[str]
    alias: str
    copy: str


def publisher_of(url: str, domain: str = "") -> str:
    """The publisher of an article: its registered domain, or its name on a platform where many publish.

    Names are in lower case and in Unicode, IP addresses and local names stand for themselves.

    Args:
        url: the address of the article, with or without a scheme.
        domain: the publisher's domain, which is read where the URL has no host.

    Returns:
        "" where neither tells.

    >>> publisher_of("https://www.bbc.co.uk/news/1"), publisher_of("https://medium.com/@Roe/a-story")
    ('bbc.co.uk', 'medium.com/@roe')
    """
    for address in (url, domain):
        host, path = _original(*_split(address))
        if host:
            return _on_platform(host, path) or _registered(host)
    return ""


def _split(address: str) -> tuple[str, str]:
    """Host and path, both in lower case; two empty strings where there is no host."""
    address = address.strip()
    if _HOSTLESS.match(address):
        return "", ""
    try:
        parts = urlsplit(address if "//" in address else f"//{address}")
        host = (parts.hostname or "").rstrip(".")
        if ":" in host:
            return ip_address(host).compressed, ""
    except ValueError:
        return "", ""
    host = ".".join(_unicode(label) for label in host.lower().split("."))
    return (host, unquote(parts.path).lower()) if _HOST.fullmatch(host) else ("", "")


def _unicode(label: str) -> str:
    """A label of a host without Punycode; as it is where that cannot be read."""
    try:
        return label.encode("ascii").decode("idna") if label.startswith("xn--") else label
    except UnicodeError:
        return label


def _original(host: str, path: str) -> tuple[str, str]:
    """Host and path of the page that an archive or a cache holds; those given where it is neither."""
    for _, platform in _platforms_of(host):
        address = path.partition(platform.copy)[2] if platform.copy else ""
        found = _split("//" + address.lstrip("/"))
        if found[0]:
            return found
    return host, path


def _on_platform(host: str, path: str) -> str:
    """The name of a publisher on a platform, the platform's domain where nobody is named, "" if it is none."""
    for domain, platform in _platforms_of(host):
        if platform.copy:
            continue
        name = platform.alias or domain
        rules = _platforms()[name]
        label = host.removesuffix(domain).rstrip(".").rpartition(".")[2]
        if rules.subdomain and label and label not in rules.own | _NOBODY:
            return f"{label}.{name}"
        if segment := _segment(path, rules.labels, rules.own)[1]:
            return f"{segment}.{name}"
        if segment := _segment(path, rules.plain, rules.own)[1]:
            return f"{name}/{segment}"
        return name + "".join(_segment(path, rules.paths, rules.own))
    return ""


def _segment(path: str, starts: Sequence[str], own: Collection[str]) -> tuple[str, str]:
    """The first start that a name follows, and the name; two empty strings where there is none."""
    for start in starts:
        name = path[len(start) :].partition("/")[0] if path.startswith(start) else ""
        if name and name not in own and name.isprintable() and " " not in name:
            return start, name
    return "", ""


def _platforms_of(host: str) -> Iterator[tuple[str, Platform]]:
    """The platforms that a host belongs to, the narrowest first, each with the domain that it has here."""
    labels = host.split(".")
    for i in range(len(labels)):
        domain = ".".join(labels[i:])
        platform = _platforms().get(domain) or (_platforms().get(f"{labels[i]}.*") if i < len(labels) - 1 else None)
        if platform:
            yield domain, platform


@cache
def _platforms() -> dict[str, Platform]:
    return parse_platforms(files("onrecord.scoring.ranking").joinpath("platforms.tsv").read_text(encoding="utf-8"))


def parse_platforms(text: str) -> dict[str, Platform]:
    """The platforms of `platforms.tsv` by their domain.

    Raises:
        LexiconError: a missing header, or a row that is wrong, twice there or out of order.
    """
    header, *rows = [line for line in text.splitlines() if line and not line.startswith("#")] or [""]
    if header != _HEADER:
        raise LexiconError(f"platforms.tsv begins with {header!r}, not {_HEADER!r}", "write the header")
    found: dict[str, dict[str, list[str]]] = {}
    for row, before in zip(rows, ["", *rows], strict=False):
        cells = row.split("\t")
        if len(cells) != 3 or cells[1] not in _RULES or row <= before:
            raise LexiconError(f"{row!r} is no row of platforms.tsv", "write domain, rule and value, sorted, each once")
        found.setdefault(cells[0], {rule: [] for rule in _RULES})[cells[1]].append(cells[2])
    for domain, rules in found.items():
        if not set(rules["alias"]) <= set(found):
            raise LexiconError(f"{domain} is an alias of {rules['alias'][0]}, which is not there", "add its rows")
    return {domain: _platform(rules) for domain, rules in found.items()}


def _platform(rules: dict[str, list[str]]) -> Platform:
    labels, plain, paths = (tuple(sorted(rules[rule], key=len, reverse=True)) for rule in ("label", "plain", "path"))
    return Platform(
        subdomain=bool(rules["subdomain"]),
        labels=labels,
        plain=plain,
        paths=paths,
        own=frozenset(rules["own"]),
        alias="".join(rules["alias"]),
        copy="".join(rules["copy"]),
    )


@lru_cache(maxsize=65536)
def _registered(host: str) -> str:
    """The domain below a public suffix, be it a registry's or a platform's; what has none is its own."""
    if ":" in host:
        return host
    parts = _suffixes()(host)
    return f"{parts.domain}.{parts.suffix}" if parts.domain and parts.suffix else parts.suffix or host


@cache
def _suffixes() -> "TLDExtract":
    from tldextract import TLDExtract

    return TLDExtract(cache_dir=None, suffix_list_urls=(), include_psl_private_domains=True)
