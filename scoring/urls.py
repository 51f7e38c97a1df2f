"""What is read off a URL without going there."""

from functools import cache, lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from tldextract import TLDExtract


@lru_cache(maxsize=4096)
def registered_domain(url: str) -> str:
    """The domain that a publisher registers: `bbc.co.uk` of `https://www.bbc.co.uk/news`.

    An IP address or a local name is its own domain; a string without a host has none ("").
    """
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return ""
    if "." not in host or ":" in host:
        return host
    parts = _suffixes()(host)
    return f"{parts.domain}.{parts.suffix}" if parts.domain and parts.suffix else host


def is_absolute(url: str) -> bool:
    """Whether it is the address of something on the web, whole."""
    return url.lower().startswith(("http://", "https://"))


@cache
def _suffixes() -> "TLDExtract":
    from tldextract import TLDExtract

    return TLDExtract(cache_dir=None, suffix_list_urls=())
