"""What is read as the article, and what is set aside."""

import json
import re
import subprocess
import sys
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.scoring.extract import from_html, from_markdown, from_record, from_text
from onrecord.scoring.urls import registered_domain

PARAGRAPHS = (
    "The town council voted on Tuesday to close the old harbour bridge for two years of repairs.",
    "“We cannot wait for another winter,” said Mara Lindqvist, the council's engineer, at the meeting.",
    "A survey by the port authority found cracks in nine of the twelve piers, and rust in all of them.",
    "Shop owners on the north bank said they feared for their trade; the council declined to comment.",
    "The work is due to begin in March and will cost 14 million crowns, according to the budget.",
)
LINKED = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "The Harbour Post"},
        {"@type": "Person", "@id": "#ines", "name": "Ines Okafor"},
        {
            "@type": ["NewsArticle"],
            "headline": "Harbour bridge to close &amp; be rebuilt",
            "author": [{"@id": "#ines"}, {"@type": "Person", "name": "By Tom Bright"}],
            "datePublished": "2024-03-05T09:30:00+01:00",
            "inLanguage": "en-GB",
        },
    ],
}


def page(linked: object = LINKED, head: str = "", body: str = "") -> str:
    """A page as the web serves them: an article amid all that is not one."""
    story = "\n".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    story = story.replace("A survey by", 'A <a href="https://port.example/survey.pdf">survey</a> by')
    return f"""<!DOCTYPE html><html lang="en"><head><title>Harbour bridge to close | Post</title>
<meta property="og:title" content="Harbour bridge"><meta name="author" content="Web Team">
<script type="application/ld+json">{json.dumps(linked)}</script>{head}</head><body>
<nav><ul><li><a href="https://post.example/news">News</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<div class="cookie-banner">We use cookies. By staying here you accept them.<button>Accept all</button></div>
<main><article><h1>Harbour bridge to close &amp; be rebuilt</h1>
{story}
<p><a href="https://post.example/ferry">Ferry to run at night while bridge closes</a></p>{body}
</article></main>
<aside class="newsletter"><h2>Sign up for our newsletter</h2><form>Your address <input></form></aside>
<noscript>Please turn on scripts</noscript><style>p {{color: red}}</style><script>var hidden = 1;</script>
<footer>Copyright The Harbour Post</footer></body></html>"""


def test_the_body_is_the_text_and_nothing_else_is():
    assert from_html(page()).text.split("\n") == list(PARAGRAPHS)


def test_what_is_set_aside_is_seen_on_the_page_and_in_its_order():
    assert from_html(page()).aside.split("\n") == [
        "News",
        "Sport",
        "We use cookies. By staying here you accept them.",
        "Accept all",
        "Ferry to run at night while bridge closes",
        "Sign up for our newsletter",
        "Your address",
        "Copyright The Harbour Post",
    ]


def test_links_are_those_of_the_body():
    assert [(link.url, link.text) for link in from_html(page()).links] == [
        ("https://port.example/survey.pdf", "survey")
    ]


def test_json_ld_goes_before_what_else_the_page_says():
    article = from_html(page())
    assert article.title == "Harbour bridge to close & be rebuilt"
    assert article.byline == "Ines Okafor, Tom Bright"
    assert (article.published, article.language) == ("2024-03-05", "en")


def test_without_json_ld_the_page_itself_is_asked():
    article = from_html(page(linked=None, head='<meta property="article:published_time" content="2024-03-04">'))
    assert article.byline == "Web Team"
    assert (article.published, article.language) == ("2024-03-04", "en")
    assert article.title


@pytest.mark.parametrize(
    ("author", "byline"),
    [
        ("Ines Okafor", "Ines Okafor"),
        (["Ines Okafor", "Ines Okafor"], "Ines Okafor"),
        ({"name": "News Desk", "@type": "Organization"}, "News Desk"),
        (["https://post.example/ines", "Tom Bright"], "Tom Bright"),
        ([{"@id": "#nobody"}], "Web Team"),
        ({"name": ["a", "b"]}, "Web Team"),
        (7, "Web Team"),
    ],
)
def test_authors_come_in_many_shapes(author, byline):
    assert from_html(page(linked={"@type": "NewsArticle", "author": author})).byline == byline


@pytest.mark.parametrize("published", ["0001-01-01T00:00:00Z", "soon", "", 5, None, [], "2024-02-31"])
def test_a_date_that_is_none_is_left_out(published):
    assert from_html(page(linked={"@type": "NewsArticle", "datePublished": published})).published is None


@pytest.mark.parametrize("script", ["{", "[" * 100_000, "null", "[1, [2]]", '{"@type": 3, "@id": []}', ""])
def test_damaged_json_ld_costs_nothing_but_itself(script):
    broken = page().replace(json.dumps(LINKED), script)
    assert from_html(broken).text == from_html(page()).text


@pytest.mark.parametrize(
    ("head", "url"),
    [
        (
            '<link rel="canonical" href="https://www.post.example.co.uk/bridge">',
            "https://www.post.example.co.uk/bridge",
        ),
        ('<meta property="og:url" content="http://post.example.co.uk/b">', "http://post.example.co.uk/b"),
        ('<link rel="canonical" href="/bridge">', ""),
        ('<link rel="canonical" href="javascript:alert(1)">', ""),
        ('<link rel="canonical">', ""),
    ],
)
def test_a_page_may_declare_its_own_address(head, url):
    article = from_html(page(head=head))
    assert article.url == url
    assert article.domain == ("example.co.uk" if url else "")
    assert from_html(page(head=head), "https://news.test.org/x").url == "https://news.test.org/x"


def test_the_address_changes_nothing_else():
    here, there = from_html(page()), from_html(page(), "https://www.post.example/2019/01/02/bridge")
    assert (here.text, here.aside, here.links, here.published) == (
        there.text,
        there.aside,
        there.links,
        there.published,
    )


def test_a_table_of_figures_inside_a_layout_of_tables_is_still_a_table():
    figures = "<table><tr><td>Piers</td><td>12</td></tr><tr><td>Cracked</td><td>9</td></tr></table>"
    text = from_html(f"<table><tr><td>{STORY}{figures}</td></tr></table>").text
    assert [line.strip() for line in text.split("\n") if "|" in line] == ["| Piers | 12 |", "| Cracked | 9 |"]
    assert [line for line in text.split("\n") if line in PARAGRAPHS] == list(PARAGRAPHS)


STORY = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)


@pytest.mark.parametrize(
    "html",
    [
        STORY,
        f"<div>{STORY}",
        "<table><tr><td>" * 6 + STORY,
        f"<p>\0{STORY}\x0b",
        f"<body>{STORY}</html>",
        f'<?xml version="1.0" encoding="latin-1"?><html>{STORY}</html>',
        "<p>" + " ".join(PARAGRAPHS),
    ],
)
def test_fragments_and_damaged_html_are_read(html):
    assert re.sub(r"\s+", " ", from_html(html).text) == " ".join(PARAGRAPHS)


@pytest.mark.parametrize(
    ("html", "problem"),
    [
        ("", "no HTML tags"),
        ("2 < 3 and so on", "no HTML tags"),
        ("<!-- nothing -->", "empty"),
        ("<p>Too short to be an article.</p>", "no article"),
        ("<html><body></body></html>", "no article"),
        ("<div>" * 50_000 + STORY + "</div>" * 50_000, "no article"),
        ("<table><tr><td>" * 17_000, "nests more than 24 tables"),
        (("<table><tr><td>" * 100 + "</td></tr></table>" * 100) * 100 + STORY, "nests more than 24 tables"),
        ("<br>" * 100_001, "elements"),
        ("<p>" + "a" * 10_000_000, "characters"),
    ],
)
@pytest.mark.timeout(20)
def test_a_page_without_an_article_is_refused_with_a_remedy(html, problem):
    with pytest.raises(InputError, match=problem) as caught:
        from_html(html)
    assert "\n" not in str(caught.value)
    assert caught.value.remedy


def test_a_page_too_deep_to_be_read_to_its_end_says_so():
    assert [note.code for note in from_html(STORY + "<b>" * 50_000).notes] == ["truncated_page"]
    assert from_html(STORY + "<b>" * 300).notes == ()


@given(st.text(alphabet=st.sampled_from("<>/apdivbrh1 \"'=&;!-\0\ud800é\n"), max_size=200))
@settings(max_examples=60, deadline=None)
def test_no_html_does_worse_than_an_input_error(noise):
    try:
        article = from_html(noise + STORY)
    except InputError:
        return
    assert article.aside is not None


def test_reading_a_page_prints_nothing():
    code = "from onrecord.scoring.extract import from_html\ntry: from_html('<p>x')\nexcept Exception: pass"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert done.stdout == done.stderr == b""


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://www.bbc.co.uk/news/1", "bbc.co.uk"),
        ("http://user:pw@news.example.com:8080/", "example.com"),
        ("www.example.org/a", "example.org"),
        ("https://WWW.Example.COM", "example.com"),
        ("http://localhost:8000/a.html", "localhost"),
        ("http://127.0.0.1:8000/", "127.0.0.1"),
        ("http://[::1]/", "::1"),
        ("http://co.uk/", "co.uk"),
        ("http://[broken/", ""),
        ("", ""),
    ],
)
def test_the_registered_domain(url, domain):
    assert registered_domain(url) == domain


@given(st.text(min_size=1).filter(str.strip))
def test_plain_text_keeps_its_offsets(text):
    article = from_text(text)
    assert len(article.text) == len(text)
    assert all(a == b or "\ud800" <= b <= "\udfff" for a, b in zip(article.text, text, strict=True))
    article.text.encode()
    assert (article.aside, article.links) == (None, None)


def test_half_a_surrogate_pair_is_noted():
    article = from_text("one \ud83d two")
    assert (article.text, [note.code for note in article.notes]) == ("one \ufffd two", ["damaged_text"])


@pytest.mark.parametrize("read", [from_text, from_markdown])
@pytest.mark.parametrize("text", ["", " \n\t"])
def test_a_blank_text_is_refused(read, text):
    with pytest.raises(InputError, match=r"empty|no text"):
        read(text)


@pytest.mark.parametrize(
    ("markdown", "title", "text"),
    [
        ("# A bridge\n\nIt closes.\n", "A bridge", "It closes.\n"),
        ("\n# A bridge #\r\nIt closes.", "A bridge", "It closes."),
        ("It closes.\n\n# Not a title\n", "", "It closes.\n\n# Not a title\n"),
        ("## A part\nIt closes.", "", "## A part\nIt closes."),
        ("---\ntitle: 'A bridge'\n---\nIt closes.", "A bridge", "It closes."),
        ("---\ntitle: Old\n---\n\n# New\nIt closes.", "New", "It closes."),
        ("---\nno end\nIt closes.", "", "---\nno end\nIt closes."),
    ],
)
def test_markdown_gives_its_title(markdown, title, text):
    article = from_markdown(markdown)
    assert (article.title, article.text) == (title, text)


def test_markdown_gives_front_matter_and_links():
    article = from_markdown(
        "---\nauthor: Ines Okafor\ndate: 2024-03-05\n---\nThe [survey](https://port.example/s) says."
    )
    assert (article.byline, article.published) == ("Ines Okafor", "2024-03-05")
    assert [(link.url, link.text) for link in article.links] == [("https://port.example/s", "survey")]


def test_markdown_of_nothing_but_brackets_is_quick():
    assert from_markdown("x" + "[" * 200_000).links == ()


@pytest.mark.parametrize(
    ("record", "byline", "published"),
    [
        ({"authors": "Ines Okafor"}, "Ines Okafor", None),
        ({"authors": ["Ines Okafor", "Tom Bright"]}, "Ines Okafor, Tom Bright", None),
        ({"authors": [], "byline": "By Tom Bright"}, "Tom Bright", None),
        ({"authors": None, "published": None}, None, None),
        ({"authors": float("nan"), "published": float("nan")}, None, None),
        ({"published": "2024-03-05T10:00:00Z"}, None, "2024-03-05"),
        ({"date": "2024-03-05"}, None, "2024-03-05"),
        ({"date": date(2024, 3, 5)}, None, "2024-03-05"),
        ({"published": datetime(2024, 3, 5, 9, tzinfo=UTC)}, None, "2024-03-05"),
        ({"published": "Tue, 05 Mar 2024 10:00:00 GMT"}, None, "2024-03-05"),
    ],
)
def test_a_record_says_who_and_when(record, byline, published):
    article = from_record({"text": " Kept as it is. \r\n", **record})
    assert (article.text, article.byline, article.published) == (" Kept as it is. \r\n", byline, published)
    assert article.notes == ()


@pytest.mark.parametrize("value", ["the fifth of March", "05/03/2024", 20240305])
def test_a_date_that_cannot_be_read_is_noted(value):
    article = from_record({"text": "It closes.", "published": value})
    assert (article.published, [note.code for note in article.notes]) == (None, ["unreadable_date"])


def test_a_record_goes_before_its_page():
    plain = from_html(page())
    article = from_record(
        {"html": page(), "title": "Mine", "url": "https://a.example.org/", "authors": ["Me"], "text": ""}
    )
    assert (article.title, article.byline, article.domain) == ("Mine", "Me", "example.org")
    assert (article.text, article.published, article.aside) == (plain.text, plain.published, plain.aside)


@pytest.mark.parametrize(
    ("record", "problem"),
    [
        ({}, "no text"),
        ({"text": " ", "html": None}, "no text"),
        ({"title": "Only a title"}, "no text"),
        ({"text": 5}, "'text' is int"),
        ({"html": b"<p>x"}, "'html' is bytes"),
        ({"text": "x", "title": ["x"]}, "'title' is list"),
        ({"html": "plain"}, "no HTML tags"),
    ],
)
def test_a_record_that_is_no_article_is_refused(record, problem):
    with pytest.raises(InputError, match=problem):
        from_record(record)
