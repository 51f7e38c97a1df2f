"""Addresses and who published there."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import LexiconError
from onrecord.scoring.ranking.publishers import parse_platforms, publisher_of

REGISTERED = {
    "https://www.bbc.co.uk/news/world-1": "bbc.co.uk",
    "http://roepost.example/": "roepost.example",
    "https://NEWS.RoePost.COM/a": "roepost.com",
    "roepost.com/a": "roepost.com",
    "//cdn.roepost.com.au/a": "roepost.com.au",
    "https://www.roepost.com:8443/a?b=https://other.org/": "roepost.com",
    "https://jane:secret@www.roepost.com/a": "roepost.com",
    "https://www.roepost.com./a": "roepost.com",
    "  https://www.roepost.com/a  ": "roepost.com",
    "https://amp.roepost.co.jp/a": "roepost.co.jp",
    "https://a.b.c.roepost.org.uk/a": "roepost.org.uk",
    "https://city.kawasaki.jp/": "city.kawasaki.jp",
}
NAMES = {
    "http://xn--bcher-kva.de/a": "bücher.de",
    "http://www.Bücher.de/a": "bücher.de",
    "http://www.XN--BCHER-KVA.de/a": "bücher.de",
    "https://xn--e1afmkfd.xn--p1ai/": "пример.рф",
    "https://xn--zz.example/": "xn--zz.example",
}
HOSTS = {
    "http://192.0.2.7:8080/a": "192.0.2.7",
    "http://[2001:DB8:0::1]/a": "2001:db8::1",
    "http://localhost:8000/a": "localhost",
    "localhost:8000/a": "localhost",
    "http://newsroom.internal/a": "newsroom.internal",
    "https://github.io/": "github.io",
    "https://co.uk/": "co.uk",
}
UNKNOWN = (
    "",
    "   ",
    "/news/1",
    "mailto:jane@roepost.com",
    "urn:isbn:1",
    "file:///home/roe/a.html",
    "The Roe Post",
    "http://",
    "http://roe post.com/",
    "http://[2001:db8",
    "http://a..b/",
    "https://<b>.com/",
)
PLATFORMS = {
    "https://roe.substack.com/p/a": "roe.substack.com",
    "https://open.substack.com/pub/roe/p/a": "roe.substack.com",
    "https://substack.com/@Roe/note/1": "substack.com/@roe",
    "https://support.substack.com/hc/a": "substack.com",
    "https://substack.com/": "substack.com",
    "https://medium.com/@Roe/a-story-1": "medium.com/@roe",
    "https://medium.com/%40roe/a-story-1": "medium.com/@roe",
    "https://roe.medium.com/a-story-1": "roe.medium.com",
    "https://medium.com/the-harbour-desk/a-story-1": "medium.com/the-harbour-desk",
    "https://medium.com/p/0a1b2c": "medium.com",
    "https://roe.blogspot.com/2020/01/a.html": "roe.blogspot.com",
    "https://roe.blogspot.co.uk/2020/01/a.html": "roe.blogspot.com",
    "https://roe.blogspot.de/": "roe.blogspot.com",
    "https://www.blogspot.com/": "blogspot.com",
    "https://roe.wordpress.com/a": "roe.wordpress.com",
    "https://en.roe.wordpress.com/a": "roe.wordpress.com",
    "https://roe.github.io/a": "roe.github.io",
    "https://roe.wixsite.com/blog/a": "roe.wixsite.com",
    "https://roe.tumblr.com/post/1": "roe.tumblr.com",
    "https://www.tumblr.com/roe/1/a": "roe.tumblr.com",
    "https://www.tumblr.com/tagged/harbour": "tumblr.com",
    "https://roe.ghost.io/a": "roe.ghost.io",
    "https://roe.beehiiv.com/p/a": "roe.beehiiv.com",
    "https://abcnews.go.com/story?id=1": "abcnews.go.com",
    "https://www.youtube.com/@RoePost/videos": "youtube.com/@roepost",
    "https://www.youtube.com/channel/UC123/about": "youtube.com/channel/uc123",
    "https://m.youtube.com/c/RoePost": "youtube.com/c/roepost",
    "https://www.youtube.com/watch?v=1": "youtube.com",
    "https://www.facebook.com/RoePost/posts/1": "facebook.com/roepost",
    "https://m.facebook.com/roepost": "facebook.com/roepost",
    "https://www.facebook.com/pages/Roe-Post/12": "facebook.com/pages/roe-post",
    "https://www.facebook.com/groups/harbour/posts/1": "facebook.com/groups/harbour",
    "https://www.facebook.com/story.php?id=1": "facebook.com",
    "https://twitter.com/roe/status/1": "x.com/roe",
    "https://x.com/Roe": "x.com/roe",
    "https://t.me/s/roepost/1": "t.me/roepost",
    "https://www.reddit.com/r/harbour/comments/1": "reddit.com/r/harbour",
    "https://www.reddit.com/": "reddit.com",
    "https://sites.google.com/view/roe/a": "sites.google.com/view/roe",
    "https://www.google.com/search?q=a": "google.com",
    "https://medium.com/a b/": "medium.com",
}
COPIES = {
    "https://web.archive.org/web/2020/https://www.roepost.com/a": "roepost.com",
    "https://web.archive.org/web/2020/http:/www.roepost.com/a": "roepost.com",
    "https://web.archive.org/web/2020/https://medium.com/@roe/a": "medium.com/@roe",
    "https://web.archive.org/": "archive.org",
    "https://www-roepost-com.cdn.ampproject.org/c/s/www.roepost.com/a": "roepost.com",
    "https://www.google.com/amp/s/www.roepost.com/a": "roepost.com",
}


@pytest.mark.parametrize(("url", "publisher"), (REGISTERED | NAMES | HOSTS | PLATFORMS | COPIES).items())
def test_an_address_has_a_publisher(url, publisher):
    assert publisher_of(url) == publisher


@pytest.mark.parametrize("url", UNKNOWN)
def test_no_host_no_publisher(url):
    assert publisher_of(url) == ""


@pytest.mark.parametrize(
    ("url", "domain", "publisher"),
    [
        ("https://www.roepost.com/a", "other.org", "roepost.com"),
        ("", "www.Other.org", "other.org"),
        ("/news/1", "other.org", "other.org"),
        ("", "The Roe Post", ""),
    ],
)
def test_the_domain_counts_where_the_url_has_no_host(url, domain, publisher):
    assert publisher_of(url, domain) == publisher


@given(st.text(), st.text())
def test_any_text_gives_a_name_that_can_be_shown(url, domain):
    name = publisher_of(url, domain)
    assert name == "" or (name.isprintable() and " " not in name and name == name.lower())


@given(st.sampled_from(sorted(REGISTERED | NAMES | HOSTS | PLATFORMS)))
def test_a_name_is_its_own_publisher(url):
    name = publisher_of(url)
    assert publisher_of(f"[{name}]" if name.count(":") > 1 else name) == name


def test_an_archive_of_archives_ends():
    assert publisher_of("https://web.archive.org/web/1/" * 20_000 + "https://roepost.com/") == "archive.org"


def test_the_suffix_list_is_the_bundled_one_and_nothing_is_fetched():
    code = (
        "import socket, onrecord.scoring.ranking.publishers as p, sys; socket.socket.connect = None;"
        "assert 'tldextract' not in sys.modules; print(p.publisher_of('https://a.roe.co.uk'))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "roe.co.uk\n"


@pytest.mark.parametrize(
    ("rows", "wrong"),
    [
        ("a.com\tpath\t/", "begins with"),
        ("domain\trule\tvalue\na.com\tpath", "no row"),
        ("domain\trule\tvalue\na.com\troad\t/", "no row"),
        ("domain\trule\tvalue\nb.com\tpath\t/\na.com\tpath\t/", "no row"),
        ("domain\trule\tvalue\na.com\tpath\t/\na.com\tpath\t/", "no row"),
        ("domain\trule\tvalue\na.com\talias\tb.com", "which is not there"),
    ],
)
def test_a_broken_list_of_platforms_is_refused(rows, wrong):
    with pytest.raises(LexiconError, match=wrong):
        parse_platforms("# a comment\n" + rows)
