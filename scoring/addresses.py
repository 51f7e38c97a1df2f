"""Which addresses are not the public internet. Nothing here opens a socket or asks a resolver."""

from ipaddress import IPv4Address, IPv4Network, IPv6Network, ip_address, ip_network

# From the IANA special-purpose address registries (RFC 6890 and its updates), the narrower range first
# where two overlap. Ranges that carry an IPv4 address inside an IPv6 one (mapped, compatible, NAT64, 6to4,
# Teredo) are named whole: whatever they carry, no public page needs to be reached that way.
_SPECIAL = (
    ("0.0.0.0/32", "unspecified"),
    ("0.0.0.0/8", "this-network"),
    ("10.0.0.0/8", "private"),
    ("100.64.0.0/10", "carrier-grade NAT"),
    ("127.0.0.0/8", "loopback"),
    # A public number on which Azure answers its own machines; it serves secrets and no pages.
    ("168.63.129.16/32", "cloud platform"),
    ("169.254.0.0/16", "link-local"),
    ("172.16.0.0/12", "private"),
    ("192.0.0.0/24", "protocol assignment"),
    ("192.0.2.0/24", "documentation"),
    ("192.31.196.0/24", "AS112"),
    ("192.52.193.0/24", "multicast tunnel"),
    ("192.88.99.0/24", "6to4 relay"),
    ("192.168.0.0/16", "private"),
    ("192.175.48.0/24", "AS112"),
    ("198.18.0.0/15", "benchmark"),
    ("198.51.100.0/24", "documentation"),
    ("203.0.113.0/24", "documentation"),
    ("224.0.0.0/4", "multicast"),
    ("255.255.255.255/32", "broadcast"),
    ("240.0.0.0/4", "reserved"),
    ("::/128", "unspecified"),
    ("::1/128", "loopback"),
    ("::/96", "IPv4-compatible"),
    ("::ffff:0:0/96", "IPv4-mapped"),
    ("::ffff:0:0:0/96", "IPv4-translated"),
    ("64:ff9b::/96", "NAT64"),
    ("64:ff9b:1::/48", "NAT64"),
    ("100::/64", "discard"),
    ("2001::/32", "Teredo"),
    ("2001:2::/48", "benchmark"),
    ("2001:10::/28", "ORCHID"),
    ("2001:20::/28", "ORCHID"),
    ("2001::/23", "protocol assignment"),
    ("2001:db8::/32", "documentation"),
    ("2002::/16", "6to4"),
    ("2620:4f:8000::/48", "AS112"),
    ("3fff::/20", "documentation"),
    ("5f00::/16", "segment routing"),
    ("fc00::/7", "private"),
    ("fe80::/10", "link-local"),
    ("fec0::/10", "site-local"),
    ("ff00::/8", "multicast"),
)
_RANGES: tuple[tuple[IPv4Network | IPv6Network, str], ...] = tuple((ip_network(net), name) for net, name in _SPECIAL)
_GLOBAL_UNICAST = IPv6Network("2000::/3")


def special_range(address: str) -> str | None:
    """The name of the special range that an IPv4 or IPv6 address lies in; None for a public one.

    A zone id ("fe80::1%eth0") is read and makes no difference.

    Raises:
        ValueError: not an address in its usual spelling.

    >>> special_range("192.168.1.1"), special_range("::ffff:8.8.8.8"), special_range("8.8.8.8")
    ('private', 'IPv4-mapped', None)
    """
    found = ip_address(address)
    for network, name in _RANGES:
        if found in network:
            return name
    # IPv6 outside 2000::/3 is given to nobody; what may be routed there one day is not known today.
    public = isinstance(found, IPv4Address) or found in _GLOBAL_UNICAST
    return None if public else "reserved"
