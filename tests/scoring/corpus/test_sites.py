"""Sites, as a real server on loopback gives them: feeds, sitemaps, robots.txt, pauses, and what goes wrong."""

import gzip
import tempfile
from contextlib import contextmanager

import pytest

from onrecord.errors import FetchError, InputError
from onrecord.scoring.corpus import entries, robots, sites
from onrecord.scoring.fetch import FetchOptions
from onrecord.scoring.source import read_entry

HERE = FetchOptions(allow_private_network=True, timeout=5)
XML = {"Content-Type": "application/xml"}
WORDS = "<p>" + "The council voted on Tuesday to close the harbour bridge for repairs, the mayor said. " * 5 + "</p>"
PAGE = f"<html><head><title>Bridge</title></head><body><h1>Bridge</h1>{WORDS}</body></html>".encode()


@pytest.fixture(autouse=True)
def quick(tmp_path, monkeypatch):
    """No pauses but those that a test asks for, and no notes of other tests."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(robots, "DELAY", 0.0)


def sitemap(*links, name="url"):
    root = {"url": "urlset", "sitemap": "sitemapindex"}[name]
    inside = "".join(f"<{name}><loc>{link}</loc></{name}>" for link in links)
    return (200, XML, f"<{root}>{inside}</{root}>".encode())


def found(base, path, options=HERE):
    """Each entry as what of its URL comes after the base, or as its problem."""
    return [
        entry.error.problem.replace(base, "") if entry.error else entry.url.removeprefix(base)
        for entry in entries([base + path], options=options)
    ]


def test_each_page_of_a_feed_is_an_entry_that_is_fetched_when_it_is_read(serve):
    asked = []

    def page(handler):
        asked.append(handler.path)
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.end_headers()
        handler.wfile.write(PAGE)

    base = serve({"/feed": sitemap("/a", "/b", "/gone"), "/a": page, "/b": page})
    first, second, gone = entries([f"{base}/feed"], options=HERE)
    assert (first.id, first.url, first.place) == (f"{base}/a", f"{base}/a", f"{base}/feed:1")
    assert asked == []
    assert [read_entry(entry).title for entry in (first, second)] == ["Bridge", "Bridge"]
    assert asked == ["/a", "/b"] and read_entry(first).url == f"{base}/a"
    with pytest.raises(FetchError, match="/gone answered with status 404"):
        read_entry(gone)


def test_what_a_record_says_of_its_page_goes_before_what_the_page_says(serve, tmp_path):
    base = serve({"/a": (200, {"Content-Type": "text/html"}, PAGE)})
    (tmp_path / "a.csv").write_text(f"id,url,title,published\n7,{base}/a,Closed,2020-02-03\n")
    (entry,) = entries([str(tmp_path / "a.csv")], options=HERE)
    article = read_entry(entry)
    assert (entry.id, article.title, article.published, article.url) == ("7", "Closed", "2020-02-03", f"{base}/a")
    assert "harbour bridge" in article.text


def test_an_index_of_sitemaps_is_followed(serve):
    packed = (200, {"Content-Type": "application/gzip"}, gzip.compress(sitemap("/c", "/a")[2]))
    routes = {"/map": sitemap("/one", "/two.gz", "/one", "/none", "/map", name="sitemap")}
    base = serve({**routes, "/one": sitemap("/a", "/b", "/a"), "/two.gz": packed})
    assert found(base, "/map") == ["/a", "/b", "/c", "/none answered with status 404"]


def test_lists_and_pages_have_limits(serve, monkeypatch):
    monkeypatch.setattr(sites, "MAX_LISTS", 3)
    monkeypatch.setattr(sites, "MAX_PAGES", 4)
    routes = {"/map": sitemap("/m1", "/m2", "/m3", name="sitemap"), "/m1": sitemap("/a", "/b"), "/m2": sitemap("/c")}
    base = serve({**routes, "/many": sitemap("/a", "/b", "/c", "/d", "/e", "/f")})
    assert found(base, "/map") == ["/map leads to more than 3 lists", "/a", "/b", "/c"]
    assert found(base, "/many") == ["/a", "/b", "/c", "/d", "/many lists more than 4 pages"]


def test_sitemaps_that_lead_to_more_for_ever_end(serve, monkeypatch):
    monkeypatch.setattr(sites, "MAX_LISTS", 5)
    routes = {f"/{k}": sitemap(f"/{k + 1}", name="sitemap") for k in range(50)}
    assert found(serve(routes), "/0") == ["/0 leads to more than 5 lists"]


@pytest.mark.parametrize(
    ("route", "problem"),
    [
        ((404, {}, b""), "/feed answered with status 404"),
        ((200, {"Content-Type": "text/html"}, PAGE), "/feed is no feed or sitemap"),
        ((200, XML, b"<rss>" + b" " * 2000), "/feed is larger than 1,000 bytes"),
        ((200, XML, gzip.compress(b"<rss>" + b" " * 2000)), "/feed is larger than 1,000 bytes"),
        ((200, XML, gzip.compress(b"<rss/>")[:-8]), "/feed: the file is cut short: its compressed data do not end"),
    ],
)
def test_a_list_that_cannot_be_read_is_one_entry_with_an_error(serve, monkeypatch, route, problem):
    monkeypatch.setattr("onrecord.scoring.corpus.feeds.MAX_BYTES", 1000)
    monkeypatch.setattr(sites, "MAX_BYTES", 1000)
    base = serve({"/feed": route})
    assert found(base, "/feed") == [problem]


def test_the_guards_of_fetching_hold(serve):
    base = serve({"/feed": sitemap("/a")})
    (line,) = found(base, "/feed", FetchOptions())
    assert "asks for port" in line
    (line,) = found("http://127.0.0.1", "/feed", FetchOptions())
    assert "a loopback address" in line
    for link in (
        "file:///etc/passwd",
        "http://user:secret@127.0.0.1/",
        "http://[",
        "javascript:alert(1)",
        "http://a b/",
    ):
        elsewhere = serve({"/feed": sitemap(link)})
        (entry,) = entries([f"{elsewhere}/feed"], options=HERE)
        assert isinstance(entry.error, InputError) and entry.place == f"{elsewhere}/feed:1"


# robots.txt


@pytest.mark.parametrize(
    ("rules", "allowed"),
    [
        ("", "ab"),
        ("User-agent: *\nDisallow: /a\n", "b"),
        ("User-agent: *\nDisallow: /*a$\n", "b"),
        ("User-agent: *\nDisallow: /\nAllow: /feed\nAllow: /b\n", "b"),
        ("User-agent: onrecord\nDisallow: /b\n\nUser-agent: *\nDisallow: /\n", "a"),
        ("User-agent: otherbot\nDisallow: /\n", "ab"),
        ("<html>no rules at all</html>", "ab"),
    ],
)
def test_pages_that_robots_may_not_fetch_are_errors(serve, rules, allowed):
    robots_txt = (200, {"Content-Type": "text/plain"}, rules.encode())
    base = serve({"/robots.txt": robots_txt, "/feed": sitemap("/a", "/b")})
    refused = "{} may not be fetched by programs (robots.txt)"
    assert found(base, "/feed") == [f"/{x}" if x in allowed else refused.format(f"/{x}") for x in "ab"]


def test_a_list_that_robots_may_not_fetch_is_not_fetched(serve):
    rules = (200, {}, b"User-agent: *\nDisallow: /feed")
    base = serve({"/robots.txt": rules, "/feed": lambda handler: pytest.fail("it was fetched")})
    assert found(base, "/feed") == ["/feed may not be fetched by programs (robots.txt)"]


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (410, True), (500, False), (503, False)])
def test_without_robots_txt_all_is_allowed_and_without_an_answer_nothing(serve, status, allowed):
    base = serve({"/robots.txt": (status, {}, b""), "/feed": sitemap("/a")})
    assert found(base, "/feed") == (["/a"] if allowed else [f"/robots.txt answered with status {status}"])


def test_a_host_is_asked_once_and_other_hosts_by_themselves(serve):
    asked = []

    def answer(handler):
        asked.append(handler.headers["Host"])
        handler.send_response(404)
        handler.end_headers()

    other = serve({"/robots.txt": answer})
    base = serve({"/robots.txt": answer, "/feed": sitemap("/a", "/b", f"{other}/x", f"{other}/y")})
    assert found(base, "/feed") == ["/a", "/b", f"{other}/x", f"{other}/y"]
    assert asked == [base.removeprefix("http://"), other.removeprefix("http://")]


@pytest.mark.parametrize(
    ("rules", "delay"),
    [
        ("", 1.0),
        ("User-agent: *\nCrawl-delay: 3.5\n", 3.5),
        ("User-agent: *\nCrawl-delay: 0\n", 0.0),
        ("User-agent: *\nCrawl-delay: 60\n", 60.0),
        ("User-agent: *\nCrawl-delay: soon\n", 1.0),
        ("User-agent: onrecord\nCrawl-delay: 2\n\nUser-agent: *\nCrawl-delay: 9\n", 2.0),
        ("User-agent: *\nCrawl-delay: 61\n", None),
        ("User-agent: *\nCrawl-delay: 1e9\n", None),
    ],
)
def test_the_delay_that_a_host_asks_for_is_kept(serve, monkeypatch, rules, delay):
    turns = []

    @contextmanager
    def turn(origin, seconds):
        turns.append((origin, seconds))
        yield

    monkeypatch.setattr(robots, "DELAY", 1.0)
    monkeypatch.setattr(robots, "turn", turn)
    monkeypatch.setattr("onrecord.scoring.corpus.turns.turn", turn)
    page = (200, {"Content-Type": "text/html"}, PAGE)
    base = serve({"/robots.txt": (200, {}, rules.encode()), "/feed": sitemap("/a"), "/a": page})
    (entry,) = entries([f"{base}/feed"], options=HERE)
    if delay is None:
        assert "seconds between pages, more than 60 (robots.txt)" in entry.error.problem
        assert turns == [(base, 1.0)]
    else:
        assert entry.delay == delay and read_entry(entry).title == "Bridge"
        assert turns == [(base, 1.0), (base, delay), (base, delay)]


def test_what_is_known_of_hosts_has_a_limit(serve, monkeypatch):
    monkeypatch.setattr(robots, "_KEPT", 2)
    asker = robots.Robots(HERE)
    for base in [serve({}) for _ in range(4)]:
        assert asker.delay(f"{base}/a") == 0.0
    assert len(asker._rules) == 2
