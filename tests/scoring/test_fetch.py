"""Fetching: which addresses are refused, which answers are read, and when it stops."""

import gzip
import ipaddress
import pickle
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
import tracemalloc
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import FetchError
from onrecord.scoring import fetch as module
from onrecord.scoring.addresses import special_range
from onrecord.scoring.fetch import Download, FetchOptions, Page, download, fetch, origin
from onrecord.version import VERSION

HERE = FetchOptions(allow_private_network=True, timeout=5)
HTML = {"Content-Type": "text/html; charset=utf-8"}


def refusal(url, options=HERE, **more):
    """The one line that a refused fetch gives."""
    with pytest.raises(FetchError) as caught:
        fetch(url, options, **more)
    line = str(caught.value)
    assert "\n" not in line and line.isprintable() and "; " in line
    return line


# Addresses


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("0.0.0.0", "unspecified"),
        ("0.1.2.3", "this-network"),
        ("10.0.0.0", "private"),
        ("10.255.255.255", "private"),
        ("100.64.0.0", "carrier-grade NAT"),
        ("100.100.100.200", "carrier-grade NAT"),
        ("100.127.255.255", "carrier-grade NAT"),
        ("127.0.0.1", "loopback"),
        ("127.255.255.255", "loopback"),
        ("168.63.129.16", "cloud platform"),
        ("169.254.0.0", "link-local"),
        ("169.254.169.254", "link-local"),
        ("172.16.0.0", "private"),
        ("172.31.255.255", "private"),
        ("192.0.0.1", "protocol assignment"),
        ("192.0.0.192", "protocol assignment"),
        ("192.0.2.1", "documentation"),
        ("192.31.196.1", "AS112"),
        ("192.52.193.1", "multicast tunnel"),
        ("192.88.99.1", "6to4 relay"),
        ("192.168.0.0", "private"),
        ("192.168.255.255", "private"),
        ("192.175.48.1", "AS112"),
        ("198.18.0.0", "benchmark"),
        ("198.19.255.255", "benchmark"),
        ("198.51.100.7", "documentation"),
        ("203.0.113.7", "documentation"),
        ("224.0.0.1", "multicast"),
        ("239.255.255.255", "multicast"),
        ("240.0.0.1", "reserved"),
        ("255.255.255.254", "reserved"),
        ("255.255.255.255", "broadcast"),
        ("::", "unspecified"),
        ("::1", "loopback"),
        ("0:0:0:0:0:0:0:1", "loopback"),
        ("::2", "IPv4-compatible"),
        ("::127.0.0.1", "IPv4-compatible"),
        ("::8.8.8.8", "IPv4-compatible"),
        ("::ffff:127.0.0.1", "IPv4-mapped"),
        ("::ffff:a00:1", "IPv4-mapped"),
        ("::ffff:8.8.8.8", "IPv4-mapped"),
        ("::ffff:0:127.0.0.1", "IPv4-translated"),
        ("64:ff9b::10.0.0.1", "NAT64"),
        ("64:ff9b::8.8.8.8", "NAT64"),
        ("64:ff9b:1::a00:1", "NAT64"),
        ("64:ff9b:1:ffff::1", "NAT64"),
        ("100::1", "discard"),
        ("100:0:0:1::1", "reserved"),
        ("2001::1", "Teredo"),
        ("2001:0:ffff::1", "Teredo"),
        ("2001:1::1", "protocol assignment"),
        ("2001:2::1", "benchmark"),
        ("2001:10::1", "ORCHID"),
        ("2001:20::1", "ORCHID"),
        ("2001:1ff::1", "protocol assignment"),
        ("2001:db8::1", "documentation"),
        ("2001:db8:ffff::1", "documentation"),
        ("2002::1", "6to4"),
        ("2002:7f00:1::", "6to4"),
        ("2620:4f:8000::1", "AS112"),
        ("3fff::1", "documentation"),
        ("5f00::1", "segment routing"),
        ("fc00::1", "private"),
        ("fd00:ec2::254", "private"),
        ("fdff:ffff::1", "private"),
        ("fe80::1", "link-local"),
        ("fe80::1%eth0", "link-local"),
        ("febf::1", "link-local"),
        ("fec0::1", "site-local"),
        ("feff::1", "site-local"),
        ("ff02::1", "multicast"),
        ("1000::1", "reserved"),
        ("4000::1", "reserved"),
        ("fe00::1", "reserved"),
    ],
)
def test_special_addresses_are_named(address, name):
    assert special_range(address) == name


@pytest.mark.parametrize(
    "address",
    [
        *("1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255"),
        *("128.0.0.0", "168.63.129.15", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0"),
        *("191.255.255.255", "192.0.1.1", "192.0.3.1", "192.167.255.255", "192.169.0.0", "198.17.255.255"),
        *("198.20.0.0", "203.0.112.255", "203.0.114.0", "223.255.255.255"),
        *("2000::1", "2001:200::1", "2001:4860:4860::8888", "2001:db7::1", "2001:db9::1", "2003::1"),
        *("2606:4700::1111", "2620:4f:8001::1", "2a00:1450::1", "3ffe::1", "2001:4860:4860::8888%eth0"),
    ],
)
def test_public_addresses_are_not(address):
    assert special_range(address) is None


@given(st.ip_addresses())
def test_whatever_python_knows_as_special_is_special(address):
    known = (address.is_private, address.is_loopback, address.is_link_local, address.is_multicast)
    if any(known) or address.is_reserved or address.is_unspecified or not address.is_global:
        assert special_range(str(address))


@given(st.ip_addresses(v=4))
def test_no_ipv4_address_gets_through_inside_an_ipv6_one(address):
    number = int(address)
    inside = [number, 0xFFFF << 32 | number, 0x64FF9B << 96 | number, 0x2002 << 112 | number << 80]
    assert all(special_range(str(ipaddress.IPv6Address(each))) for each in inside)


@pytest.mark.parametrize("text", ["", "localhost", "127.1", "0x7f.0.0.1", "0177.0.0.1", "2130706433", "[::1]"])
def test_only_plain_addresses_have_a_range(text):
    with pytest.raises(ValueError, match="address"):
        special_range(text)


# URLs and names


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://127.0.0.1./",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.1/",
        "http://017700000001/",
        "http://localhost/",
        "http://LOCALHOST./",
        "http://127。0。0。1/",
        "http://0/",
        "http://[::1]/",
        "http://[0:0::0:1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[::127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "https://[2002:7f00:1::]/",
        "http://good.example\\@127.0.0.1/",
        "http://good.example#@127.0.0.1/",
        "http://0177.0.0.1/",
        "http://１２７.0.0.1/",
        "http://ⓛocalhost/",
        "http://[fe80::1%25lo]/",
        "http://[fe80::1%lo]/",
        "http://127.000.000.001/",
        "http://0x7F.0x0.0x0.0x1/",
        "http://0x7f.0.0x1/",
        "http://0177.1/",
        "http://00000177.0.0.1/",
        "http://127.0.1/",
        "http://127.65535/",
        "http://127.127.127.127/",
        "http://%31%32%37.0.0.1/",
        "http://127.0.0.1%00.example.org/",
        "http://①②⑦.⓪.⓪.①/",
        "http://0.0.0.0/",
        "http://[::]/",
        "http://[0000:0000:0000:0000:0000:0000:0000:0001]/",
        "http://[::ffff:0:127.0.0.1]/",
        "http://[64:ff9b:1::7f00:1]/",
        "http://[2001:0:7f00:1::]/",
        "http://169.254.169.254/latest/meta-data/",
        "http://169.254.43518/",
        "http://2852039166/",
        "http://0xA9FEA9FE/",
        "http://[::ffff:169.254.169.254]/",
        "http://[fd00:ec2::254]/",
        "http://168.63.129.16/",
        "http://10.1/",
        "http://0xa000001/",
        "http://[::ffff:a00:1]/",
        "http://172.16.0.1/",
        "http://192.168.257/",
        "http://100.64.0.1/",
        "http://255.255.255.255/",
        "http://224.0.0.1/",
        "http://[ff02::1]/",
        "http://[fc00::1]/",
        "http://127.0.0.1:80/",
        "https://127.0.0.1:443/",
        "HTTP://127.0.0.1/",
        "http://localhost:80/",
        "http://ＬＯＣＡＬＨＯＳＴ/",
        "http://127.0.0.1/?x=http://example.org",
        "http://127.0.0.1/#@example.org",
        "http:\\\\127.0.0.1\\",
        "http://127.0.0.1\\.example.org/",
    ],
)
def test_no_spelling_of_this_machine_gets_through(url, monkeypatch):
    monkeypatch.setattr(socket, "create_connection", lambda *a, **k: pytest.fail("it connected"))
    refusal(url, FetchOptions(timeout=5))


def test_the_refusal_names_address_range_and_remedy():
    line = "http://10.0.0.1/ resolves to 10.0.0.1, a private address; give --allow-private-network if you trust it"
    assert refusal("http://10.0.0.1/", FetchOptions()) == line


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("", "not an http or https URL"),
        ("www.example.org/article", "not an http or https URL"),
        ("ftp://example.org/", "not an http or https URL"),
        ("file:///etc/hosts", "not an http or https URL"),
        ("javascript:alert(1)", "not an http or https URL"),
        ("http:///article", "not an http or https URL"),
        ("http://.example.org/", "not an http or https URL"),
        ("http://example..org/", "not an http or https URL"),
        ("http://example.org/a b", "a blank or a control character"),
        (" http://example.org/", "a blank or a control character"),
        ("http://example.org/\r\nX-Injected: 1", "a blank or a control character"),
        ("http://example.org\t/", "a blank or a control character"),
        ("http://example.org/\0", "a blank or a control character"),
        ("http://example.org/\u2028", "a blank or a control character"),
        ("http://example.org/\u202e", "a blank or a control character"),
        ("http://example.org/\ud800", "a blank or a control character"),
        ("http://reader@example.org/", "a user name or a password"),
        ("http://reader:secret@example.org/", "a user name or a password"),
        ("http://:secret@example.org/", "a user name or a password"),
        ("http://[::1/", "not a URL"),
        ("http://example.org:port/", "not a URL"),
        ("http://example.org/" + "a" * 70_000, "not a URL"),
        ("http://example.org:0/", "port 0, which does not exist"),
        ("http://example.org:65536/", "port 65536, which does not exist"),
        ("http://example.org:22/", "port 22, not 80 or 443; give --any-port"),
        ("https://example.org:8443/", "port 8443, not 80 or 443; give --any-port"),
    ],
)
def test_urls_that_are_never_looked_up(url, reason):
    line = refusal(url, FetchOptions(), resolve=lambda host, port: pytest.fail("it was looked up"))
    assert reason in line
    assert "secret" not in line and len(line) < 400


@pytest.mark.parametrize(
    ("options", "url"),
    [
        (FetchOptions(), "http://press.example/"),
        (FetchOptions(), "https://press.example/"),
        (FetchOptions(), "http://press.example:443/"),
        (FetchOptions(any_port=True), "http://press.example:8080/"),
    ],
)
def test_ports_that_are_looked_up(options, url):
    assert "resolves to 10.9.8.7" in refusal(url, options, resolve=lambda host, port: ["10.9.8.7"])


@pytest.mark.parametrize(
    "addresses", [["10.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["8.8.8.8", "2606:4700::1111", "fc00::1"]]
)
def test_one_special_address_among_public_ones_is_enough(addresses, monkeypatch):
    monkeypatch.setattr(socket, "create_connection", lambda *a, **k: pytest.fail("it connected"))
    assert f"resolves to {addresses[-1]}, a private" in refusal(
        "http://press.example/", FetchOptions(), resolve=lambda host, port: addresses
    )


def test_a_name_that_answers_differently_the_second_time_is_asked_only_once(monkeypatch):
    answers, asked, connected = iter([["8.8.8.8"], ["127.0.0.1"]]), [], []

    def resolve(host, port):
        asked.append((host, port))
        return next(answers)

    def connect(address, *rest, **named):
        connected.append(address)
        raise ConnectionRefusedError("no answer")

    monkeypatch.setattr(socket, "create_connection", connect)
    assert "could not be fetched (no answer)" in refusal("http://rebind.example/", FetchOptions(), resolve=resolve)
    assert asked == [("rebind.example", 80)]
    assert connected == [("8.8.8.8", 80)]


def test_every_address_is_tried_until_one_answers(serve):
    port = serve({"/": (200, HTML, b"found")}).rpartition(":")[2]
    url = f"http://press.example:{port}/"
    assert fetch(url, HERE, resolve=lambda host, port: ["127.0.0.2", "127.0.0.1"]).text == "found"
    assert "could not be fetched" in refusal(url, resolve=lambda host, port: ["127.0.0.2", "127.0.0.3"])
    assert "could not be fetched" in refusal(url, resolve=lambda host, port: [])


def test_an_address_that_hangs_leaves_time_for_the_next(monkeypatch):
    given = []

    def connect(address, timeout, **named):
        given.append(timeout)
        raise TimeoutError

    monkeypatch.setattr(socket, "create_connection", connect)
    refusal("http://press.example/", FetchOptions(timeout=8), resolve=lambda host, port: ["8.8.8.8", "8.8.4.4"])
    assert given == [pytest.approx(4, abs=0.5), pytest.approx(8, abs=0.5)]


@pytest.mark.parametrize("error", [socket.gaierror(-2, "Name or service not known"), UnicodeError("label too long")])
def test_a_name_that_does_not_resolve(error):
    def resolve(host, port):
        raise error

    assert "does not resolve" in refusal("http://nobody.example/", resolve=resolve)


# Redirects


def to(location, status=302):
    return status, {"Location": location}, b""


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_and_the_last_url_is_given(serve, status):
    last = serve({"/c": (200, HTML, b"here")})
    # The first location is relative to where it was given, the second leads to another server.
    first = serve({"/news/a": to("b?x=1#part", status), "/news/b": to(f"{last}/c", status)})
    assert fetch(f"{first}/news/a", HERE) == Page(f"{last}/c", "here", "text/html")


def test_a_loop_ends(serve):
    seen = []

    def loop(handler):
        seen.append(handler.path)
        handler.send_response(302)
        handler.send_header("Location", "/loop")
        handler.end_headers()

    base = serve({"/loop": loop})
    assert "/loop redirects more than 5 times" in refusal(f"{base}/loop")
    assert len(seen) == 6


@pytest.mark.parametrize("allowed", [0, 1, 2])
def test_the_number_of_redirects_is_the_limit(serve, allowed):
    base = serve({"/2": to("/1"), "/1": to("/0"), "/0": (200, HTML, b"end")})
    options = FetchOptions(allow_private_network=True, max_redirects=allowed)
    assert fetch(f"{base}/{allowed}", options).text == "end"
    if allowed < 2:
        assert "redirects more than" in refusal(f"{base}/{allowed + 1}", options)


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("file:///etc/passwd", "not an http or https URL"),
        ("gopher://127.0.0.1:70/", "not an http or https URL"),
        ("http://user:secret@127.0.0.1/", "a user name or a password"),
        ("http://127.0.0.1/a b", "a blank or a control character"),
        ("http://[::1/", "not a URL"),
        ("http://127.0.0.1:99999/", "which does not exist"),
        ("http://example..org/", "not an http or https URL"),
    ],
)
def test_a_redirect_is_checked_like_the_first_url(serve, location, reason):
    line = refusal(serve({"/": to(location)}) + "/")
    assert reason in line and "secret" not in line


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("http://169.254.169.254/secrets", "a link-local address"),
        ("http://127.0.0.1/", "a loopback address"),
        ("http://inside.example/", "resolves to 10.0.0.1, a private address"),
        ("http://press.example:22/", "port 22"),
        ("/again", "resolves to 10.0.0.1, a private address"),
    ],
)
def test_a_public_page_cannot_redirect_to_a_private_one(serve, location, reason, monkeypatch):
    base = serve({"/": to(location), "/again": (200, HTML, b"got in")})
    loopback = ("127.0.0.1", int(base.rpartition(":")[2]))
    connect = socket.create_connection
    # The public address of this test is the server on loopback; nothing else is ever dialled.
    wire = {("8.8.8.8", 80): loopback}
    monkeypatch.setattr(socket, "create_connection", lambda address, *a, **k: connect(wire[address], *a, **k))
    answers = {"press.example": iter([["8.8.8.8"], ["10.0.0.1"]]), "inside.example": iter([["10.0.0.1"]])}

    def resolve(host, port):
        return next(answers[host]) if host in answers else [host]

    assert reason in refusal("http://press.example/", FetchOptions(), resolve=resolve)


# Answers


@pytest.mark.parametrize("status", [300, 302, 304, 400, 401, 403, 404, 410, 429, 451, 500, 503])
def test_a_status_that_is_no_success_is_named(serve, status):
    assert f"answered with status {status};" in refusal(serve({"/": (status, HTML, b"")}) + "/")


@pytest.mark.parametrize(
    "declared",
    [
        *("text/html", "TEXT/HTML; charset=utf-8", "text/plain", "text/markdown", "text/xml", "application/json"),
        *("application/xhtml+xml", "application/xml", "application/rss+xml", "text/html;charset=utf-8;x=y"),
    ],
)
def test_text_is_read(serve, declared):
    page = fetch(serve({"/": (200, {"Content-Type": declared}, b"words")}) + "/", HERE)
    assert (page.text, page.content_type) == ("words", declared.partition(";")[0].lower())


@pytest.mark.parametrize(
    "declared", ["image/png", "application/pdf", "application/octet-stream", "video/mp4", "image/svg+xml", "texthtml"]
)
def test_other_types_are_refused_before_the_body_is_read(serve, declared):
    def body(handler):
        time.sleep(3)

    began = time.monotonic()
    assert f"is {declared}, not text" in refusal(serve({"/": (200, {"Content-Type": declared}, body)}) + "/")
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("declared", ["application/gzip", "application/rss+xml", "text/html; charset=utf-8", ""])
def test_a_download_is_whatever_there_is_as_it_is(serve, declared):
    headers = {"Content-Type": declared} if declared else {}
    url = serve({"/": (200, headers, b"\x1f\x8b\0\xff")}) + "/"
    answer = download(url, HERE)
    assert answer == Download(url, b"\x1f\x8b\0\xff", declared)
    assert answer.media == declared.partition(";")[0]


def test_a_download_has_the_guards_of_a_fetch():
    with pytest.raises(FetchError, match=r"resolves to 10\.0\.0\.1, a private address"):
        download("http://10.0.0.1/")


@pytest.mark.parametrize(("status", "told"), [(404, 404), (500, 500), (304, 304), (200, None)])
def test_an_error_tells_the_status_where_that_is_what_is_wrong(serve, status, told):
    base = serve({"/": (status, {"Content-Type": "image/png"}, b"")})
    with pytest.raises(FetchError) as caught:
        fetch(base + "/", HERE)
    assert caught.value.status == told
    again = pickle.loads(pickle.dumps(caught.value))
    assert (str(again), again.status) == (str(caught.value), told)


@pytest.mark.parametrize(
    ("url", "whom"),
    [
        ("https://Press.Example./a/b?c#d", "https://press.example"),
        ("HTTP://press.example:80/", "http://press.example"),
        ("http://bücher.example", "http://xn--bcher-kva.example"),
        ("http://[2606:4700::1111]:443/", "http://[2606:4700::1111]:443"),
    ],
)
def test_whom_a_url_asks_has_one_spelling(url, whom):
    assert origin(url) == whom


@pytest.mark.parametrize(
    "url", ["ftp://a.example/", "http://a.example:22/", "http://a:b@c.example/", "http://a b/", ""]
)
def test_a_url_that_may_not_be_asked_asks_nobody(url):
    with pytest.raises(FetchError):
        origin(url)


def test_without_a_type_only_what_looks_binary_is_refused(serve):
    base = serve({"/text": (200, {}, b"words"), "/binary": (200, {}, b"PK\3\4\0\0"), "/empty": (200, {}, b"")})
    assert fetch(f"{base}/text", HERE) == Page(f"{base}/text", "words", "")
    assert fetch(f"{base}/empty", HERE).text == ""
    assert "looks binary" in refusal(f"{base}/binary")


def raw_deflate(body):
    stream = zlib.compressobj(wbits=-15)
    return stream.compress(body) + stream.flush()


TEXT = b"".join(b"Line %d of a long page. " % number for number in range(20_000))


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(TEXT)),
        ("x-gzip", gzip.compress(TEXT)),
        ("GZIP", gzip.compress(TEXT, 0)),
        ("gzip", gzip.compress(TEXT[:99_999]) + gzip.compress(b"") + gzip.compress(TEXT[99_999:])),
        ("gzip", gzip.compress(TEXT) + b"\0" * 100),
        ("deflate", zlib.compress(TEXT)),
        ("identity", TEXT),
    ],
)
def test_compressed_pages_are_read_whole(serve, encoding, body):
    base = serve({"/": (200, {**HTML, "Content-Encoding": encoding}, body)})
    assert fetch(base + "/", HERE).text.encode() == TEXT


@given(st.lists(st.binary(max_size=9).map(lambda part: part * 40), max_size=5), st.integers(1, 50), st.integers(1, 64))
@settings(deadline=None)
def test_inflating_does_not_depend_on_chunks_or_steps(members, cut, step):
    body = b"".join(gzip.compress(member) for member in members) or gzip.compress(b"")
    chunks = [body[at : at + cut] for at in range(0, len(body), cut)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_STEP", step)
        inflated = list(module._inflated(chunks))
    assert b"".join(inflated) == b"".join(members)
    assert all(len(part) <= step for part in inflated)


@pytest.mark.parametrize(
    ("encoding", "body", "reason"),
    [
        ("br", b"\x0b\x02\x80words\x03", "came as br, which was not asked for"),
        ("gzip, gzip", gzip.compress(gzip.compress(TEXT)), "came as gzip, gzip, which was not asked for"),
        ("gzip", gzip.compress(TEXT)[:-9], "is damaged"),
        ("gzip", b"", "is damaged"),
        ("gzip", TEXT, "is damaged"),
        ("deflate", raw_deflate(TEXT), "is damaged"),
    ],
)
def test_compression_that_cannot_be_read(serve, encoding, body, reason):
    assert reason in refusal(serve({"/": (200, {**HTML, "Content-Encoding": encoding}, body)}) + "/")


def test_a_body_cut_short_is_an_error(serve):
    def body(handler):
        handler.wfile.write(b"only this")

    assert "could not be fetched" in refusal(serve({"/": (200, {**HTML, "Content-Length": "1000"}, body)}) + "/")


def test_an_answer_that_is_not_http_is_an_error(serve):
    assert "could not be fetched" in refusal(
        serve({"/": lambda handler: handler.wfile.write(b"SSH-2.0-x\r\n\r\n")}) + "/"
    )


# Limits


def test_the_size_limit_is_exact(serve):
    options = FetchOptions(allow_private_network=True, max_bytes=1000)
    base = serve({"/fits": (200, HTML, b"x" * 1000), "/not": (200, HTML, b"x" * 1001)})
    assert len(fetch(f"{base}/fits", options).text) == 1000
    assert "/not is larger than 1,000 bytes" in refusal(f"{base}/not", options)


def test_an_endless_page_ends(serve):
    sent = []

    def body(handler):
        while True:
            sent.append(handler.wfile.write(b"more " * 10_000))

    options = FetchOptions(allow_private_network=True, max_bytes=100_000)
    assert "larger than 100,000 bytes" in refusal(serve({"/": (200, HTML, body)}) + "/", options)


def test_a_gzip_bomb_is_never_inflated_whole(serve):
    bomb = gzip.compress(b"\0" * 100_000_000)
    base = serve({"/": (200, {**HTML, "Content-Encoding": "gzip"}, bomb)})
    options = FetchOptions(allow_private_network=True, max_bytes=1_000_000)
    fetch(serve({"/": (200, HTML, b"")}) + "/", HERE)  # imports are not part of the measurement
    tracemalloc.start()
    try:
        assert "larger than 1,000,000 bytes" in refusal(base + "/", options)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 4_000_000


def drip_body(handler):
    for _ in range(100):
        handler.wfile.write(b".")
        handler.wfile.flush()
        time.sleep(0.03)


def drip_headers(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    drip_body(handler)


def drip_progress(handler):
    for _ in range(100):
        handler.wfile.write(b"HTTP/1.1 103 Early Hints\r\n\r\n")
        time.sleep(0.03)


def silence(handler):
    time.sleep(3)


@pytest.mark.parametrize("route", [(200, HTML, drip_body), drip_headers, drip_progress, silence])
def test_a_drip_of_bytes_buys_no_time(serve, route):
    options = FetchOptions(allow_private_network=True, timeout=0.3)
    began = time.monotonic()
    assert "took longer than 0.3 seconds" in refusal(serve({"/": route}) + "/", options)
    assert time.monotonic() - began < 2


def test_redirects_share_one_limit_of_time(serve):
    def slow(handler):
        time.sleep(0.15)
        handler.send_response(302)
        handler.send_header("Location", "/")
        handler.end_headers()

    options = FetchOptions(allow_private_network=True, timeout=0.3, max_redirects=50)
    began = time.monotonic()
    assert "took longer than 0.3 seconds" in refusal(serve({"/": slow}) + "/", options)
    assert time.monotonic() - began < 2


def test_a_slow_lookup_counts():
    waiting = threading.Event()
    began = time.monotonic()
    line = refusal("http://slow.example/", FetchOptions(timeout=0.2), resolve=lambda host, port: waiting.wait(5))
    waiting.set()
    assert "took longer than 0.2 seconds" in line
    assert time.monotonic() - began < 2


WORDS = "“Größe”, she said"


def test_the_header_of_a_real_answer_decides(serve):
    base = serve({"/": (200, {"Content-Type": "text/html; charset=windows-1252"}, WORDS.encode("cp1252"))})
    assert fetch(base + "/", HERE).text == WORDS


# What is sent


def test_the_request_is_honest_and_carries_nothing_of_the_user(serve, monkeypatch, tmp_path):
    seen = []

    def answer(handler):
        seen.append((handler.path, dict(handler.headers)))
        handler.send_response(302 if handler.path == "/first" else 200)
        handler.send_header("Location", "/article?q=%C3%A9")
        handler.send_header("Set-Cookie", "id=1")
        handler.send_header("Content-Type", "text/html")
        handler.end_headers()

    base = serve({"/first": answer, "/article": answer})
    (tmp_path / "netrc").write_text("default login reader password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    fetch(f"{base}/first", HERE)
    assert [path for path, _ in seen] == ["/first", "/article?q=%C3%A9"]
    for _, headers in seen:
        assert headers.keys() == {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}
        assert headers["User-Agent"] == f"onrecord/{VERSION} (+article sourcing check)"
        assert headers["Host"] == base.removeprefix("http://")


@pytest.mark.parametrize(
    ("written", "host"),
    [
        ("press.example", "press.example"),
        ("Press.Example.", "press.example"),
        ("bücher.example", "xn--bcher-kva.example"),
    ],
)
def test_the_name_is_sent_in_its_plain_spelling(serve, written, host):
    seen = []

    def body(handler):
        seen.append(handler.headers["Host"])

    port = serve({"/": (200, HTML, body)}).rpartition(":")[2]
    asked = []

    def resolve(host, port):
        asked.append(host)
        return ["127.0.0.1"]

    page = fetch(f"http://{written}:{port}/#part", HERE, resolve=resolve)
    assert (asked, seen, page.url) == ([host], [f"{host}:{port}"], f"http://{host}:{port}/")


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """A certificate for press.example, signed by itself, and its key."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed")
    folder = tmp_path_factory.mktemp("tls")
    subject = ["-subj", "/CN=press.example", "-addext", "subjectAltName=DNS:press.example"]
    files = ["-keyout", "key.pem", "-out", "cert.pem", "-days", "2"]
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    subprocess.run(["openssl", "req", "-x509", *key, *subject, *files], cwd=folder, check=True, capture_output=True)
    return folder / "cert.pem", folder / "key.pem"


def test_a_certificate_is_checked_against_the_name_and_not_the_address(serve, certificate, monkeypatch):
    cert, key = certificate
    asked = []
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(cert, key)
    server.sni_callback = lambda connection, name, context: asked.append(name)
    port = serve({"/": (200, HTML, b"under seal")}, tls=server).rpartition(":")[2]

    def resolve(host, port):
        return ["127.0.0.1"]

    trusted = f"https://press.example:{port}/"
    monkeypatch.setenv("SSL_CERT_FILE", str(cert))
    module.tls_context.cache_clear()
    assert "could not be fetched" in refusal(trusted, resolve=resolve)  # nobody vouches for it
    monkeypatch.setattr(module, "tls_context", lambda: ssl.create_default_context(cafile=cert))
    assert fetch(trusted, HERE, resolve=resolve).text == "under seal"
    assert asked[-1] == "press.example"
    assert "could not be fetched" in refusal(f"https://other.example:{port}/", resolve=resolve)
    assert asked[-1] == "other.example"
    assert "could not be fetched" in refusal(f"https://127.0.0.1:{port}/")


def test_a_slow_handshake_counts():
    with socket.create_server(("127.0.0.1", 0)) as mute:
        began = time.monotonic()
        options = FetchOptions(allow_private_network=True, timeout=0.4)
        line = refusal(f"https://127.0.0.1:{mute.getsockname()[1]}/", options)
    assert "took longer than 0.4 seconds" in line
    assert time.monotonic() - began < 1.5


def test_importing_it_is_instant():
    code = "import sys, onrecord.scoring.fetch; sys.exit('httpx' in sys.modules or 'httpcore' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
