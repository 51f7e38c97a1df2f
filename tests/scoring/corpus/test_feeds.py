"""RSS, Atom and sitemaps, as publishers write them and as nobody should."""

import gzip
import tracemalloc
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.scoring.corpus import feeds
from onrecord.scoring.corpus.feeds import read_listing

BASE = "https://press.example/feeds/all.xml"
SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def rss(items, doctype=""):
    channel = f"<channel><link>https://press.example</link>{items}</channel>"
    return f'<?xml version="1.0"?>{doctype}<rss version="2.0">{channel}</rss>'


def atom(entries):
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><link href="https://press.example/"/>{entries}</feed>'


def read(text, url=BASE):
    return read_listing(text if isinstance(text, bytes) else text.encode(), url)


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        (
            rss("<item><title>A</title><link>https://a.example/1</link></item><item><link> /2\n</link></item>"),
            ["a1", "2"],
        ),
        (rss("<item><link><![CDATA[https://a.example/1]]></link></item>"), ["a1"]),
        (rss("<item><guid>https://a.example/1</guid></item><item><guid>tag:7</guid></item>"), ["a1"]),
        (rss('<item><guid isPermaLink="false">https://a.example/1</guid></item><item/>'), []),
        (rss("<item><guid>https://a.example/guid</guid><link>https://a.example/1</link></item>"), ["a1"]),
        (rss('<item><a:link xmlns:a="x" href="https://b.example"/><link>https://a.example/1</link></item>'), ["a1"]),
        (rss("<item><description>Fish&nbsp;&amp;&nbsp;chips</description><link>/2</link></item>"), ["2"]),
        (rss("<image><link>https://a.example/logo</link></image><textInput><link>/q</link></textInput>"), []),
        (rss("<!-- none --><?nothing?>"), []),
        (
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
            '<item rdf:about="x"><link>https://a.example/1</link></item></rdf:RDF>',
            ["a1"],
        ),
        (
            atom('<entry><link href="https://a.example/1"/></entry><entry><link href="/2" rel="alternate"/></entry>'),
            ["a1", "2"],
        ),
        (atom('<entry><link rel="self" href="/s"/><link rel="enclosure" href="/e"/><link href="/2"/></entry>'), ["2"]),
        (atom('<entry><source><link href="/other"/></source><id>https://a.example/1</id></entry>'), []),
        (f"<urlset {SITEMAP}><url><loc>https://a.example/1</loc><lastmod>2020-01-01</lastmod></url></urlset>", ["a1"]),
        (
            f'<urlset {SITEMAP} xmlns:i="http://i"><url><i:image><i:loc>/pic</i:loc></i:image><loc>/2</loc></url></urlset>',
            ["2"],
        ),
        ("\n  " + rss("<item><link>/2</link></item>"), ["2"]),
        ("<urlset><url><loc>http://[</loc></url></urlset>", ["http://["]),
    ],
)
def test_the_pages_of_a_list(text, pages):
    spelled = {"a1": "https://a.example/1", "2": "https://press.example/2"}
    listing = read(text)
    assert (listing.pages, listing.lists, listing.error) == (tuple(spelled.get(page, page) for page in pages), (), None)
    assert read(gzip.compress(text.encode())) == listing


def test_an_index_lists_sitemaps():
    sitemaps = "<sitemap><loc>/a.xml.gz</loc></sitemap><sitemap><loc>/b.xml</loc></sitemap>"
    index = f"<sitemapindex {SITEMAP}>{sitemaps}</sitemapindex>"
    assert read(index).lists == ("https://press.example/a.xml.gz", "https://press.example/b.xml")


@pytest.mark.parametrize(
    "encoded",
    [
        '<?xml version="1.0" encoding="iso-8859-1"?><urlset><url><loc>/é</loc></url></urlset>'.encode("latin-1"),
        "<urlset><url><loc>/é</loc></url></urlset>".encode("utf-16"),
        "<urlset><url><loc>/é</loc></url></urlset>".encode("utf-8-sig"),
    ],
)
def test_encodings_are_those_of_xml(encoded):
    assert read(encoded).pages == ("https://press.example/é",)


@pytest.mark.parametrize(
    "body",
    [
        *(b"", b" \n", b"plain text", b'{"version": "https://jsonfeed.org"}', b"\x89PNG\r\n", b"\0" * 90),
        *(b"<html><body><p>A page<br></html>", b"<item><link>/a</link></item>", b"<", b"<!-- -->"),
    ],
)
def test_what_is_no_list_is_refused(body):
    with pytest.raises(InputError) as caught:
        read(body)
    assert f"{BASE} is no feed or sitemap" in str(caught.value)
    assert caught.value.remedy == "give a feed or a sitemap; for one page use `onrecord score`"


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        (rss("<item><link>/1</link></item><item><link>/2</li")[:-16], ["/1", "/2"]),
        (rss("<item><link>/1</link></item><b><item><link>/2</link></item>"), ["/1", "/2"]),
        (rss("<item><link>/1?a=1&b=2</link></item>"), None),
    ],
)
def test_damaged_xml_is_read_as_far_as_it_goes_and_says_so(text, pages):
    listing = read(text)
    assert listing.error and listing.error.problem.startswith(f"{BASE} is damaged in line 1 (")
    assert pages is None or listing.pages[:1] == ("https://press.example/1",)


@pytest.mark.parametrize("body", [gzip.compress(b"<rss/>", mtime=0)[:-9], gzip.compress(b"<rss/>", mtime=0) + b"more"])
def test_a_damaged_list_is_refused(body):
    with pytest.raises(InputError, match=f"{BASE}: the (file is cut short|compressed data are damaged)"):
        read(body)


# What a stranger may put in


def test_no_entity_is_expanded_and_no_file_is_read(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("/secret")
    for entity in (f'SYSTEM "{secret.as_uri()}"', '"/inside"', 'SYSTEM "http://127.0.0.1:9/"'):
        items = "<item><link>/1&x;</link></item><item><link>/2</link></item>"
        text = rss(items, f"<!DOCTYPE rss [<!ENTITY x {entity}>]>")
        assert read(text).pages == ("https://press.example/2",)
        assert "secret" not in str(read(text))


def test_a_dtd_is_not_loaded(monkeypatch):
    import socket

    monkeypatch.setattr(socket, "socket", lambda *_, **__: pytest.fail("it opened a socket"))
    assert read(rss("<item><link>/2</link></item>", '<!DOCTYPE rss SYSTEM "http://127.0.0.1:9/a.dtd">')).pages


def test_a_billion_laughs_is_no_laughing_matter():
    names = "abcdefghij"
    laughs = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise(names))
    text = rss("<item><link>&j;</link></item>", f'<!DOCTYPE rss [<!ENTITY a "{"ha" * 50}">{laughs}]>')
    tracemalloc.start()
    try:
        try:
            assert read(text).pages == ()
        except InputError as error:
            assert "no feed or sitemap" in error.problem
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


def test_a_list_is_no_larger_than_the_protocol_allows(monkeypatch):
    monkeypatch.setattr(feeds, "MAX_BYTES", 1000)
    text = rss("<item><link>/1</link></item>")
    assert read(text + " " * (1000 - len(text))).pages
    with pytest.raises(InputError, match="is larger than 1,000 bytes"):
        read(gzip.compress(text.encode() + b" " * 1_000_000))


@given(
    st.lists(
        st.sampled_from(["<item>", "</item>", "<link>", "</link>", "/a", "<entry>", "<![CDATA[", "]]>", "&x;", "<rss>"])
    )
)
def test_any_soup_is_read_or_refused(parts):
    try:
        listing = read("<rss>" + "".join(parts))
    except InputError:
        return
    assert all(isinstance(page, str) for page in listing.pages)
