"""From what a user types to an article, or to one line that says why not."""

import io
import json
import sys
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import FetchError, InputError
from onrecord.scoring import fetch
from onrecord.scoring.corpus import Entry
from onrecord.scoring.source import decode, read_entry, read_source

STORY = (
    "The town council voted on Tuesday to close the old harbour bridge for two years of repairs.\n"
    "“We cannot wait for another winter,” said Mara Lindqvist, the council's engineer.\n"
    "A survey by the port authority found cracks in nine of the twelve piers.\n"
)
PAGE = "<html><head><title>Harbour</title></head><body><h1>Harbour bridge</h1>{}</body></html>".format(
    "".join(f"<p>{line}</p>" for line in STORY.splitlines())
)
RECORD = json.dumps({"id": 7, "title": "Bridge", "text": STORY, "authors": ["Ines Okafor"]})


@pytest.mark.parametrize(
    ("name", "content", "title"),
    [
        ("a.txt", STORY, ""),
        ("a.html", PAGE, "Harbour bridge"),
        ("a.HTM", PAGE, "Harbour bridge"),
        ("a.xhtml", PAGE, "Harbour bridge"),
        ("a.text", STORY, ""),
        ("a.md", f"# Bridge\n\n{STORY}", "Bridge"),
        ("a.markdown", f"# Bridge\n\n{STORY}", "Bridge"),
        ("a.json", RECORD, "Bridge"),
        ("text", STORY, ""),
        ("page.php", f"\n {PAGE}", "Harbour bridge"),
        ("page.asp", f'<?xml version="1.0"?>{PAGE}', "Harbour bridge"),
        ("record.data", RECORD, "Bridge"),
    ],
)
def test_a_file_is_read_by_its_suffix_or_its_content(tmp_path, name, content, title):
    (tmp_path / name).write_text(content, encoding="utf-8")
    article = read_source(str(tmp_path / name))
    assert (article.title, article.text.strip()) == (title, STORY.strip())
    assert (article.url, article.domain) == ("", "")


@pytest.mark.parametrize(("content", "title"), [(STORY, ""), (PAGE, "Harbour bridge"), (RECORD, "Bridge")])
def test_standard_input_is_read_by_its_content(monkeypatch, content, title):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content.encode())))
    assert read_source("-").title == title


@pytest.mark.parametrize(
    ("name", "content", "problem", "remedy"),
    [
        ("a.txt", b"", "is empty", "article"),
        ("a.txt", b"\xef\xbb\xbf \n", "is empty", "article"),
        ("a.html", b"\n\n", "is empty", "article"),
        ("a.txt", b"abc\0def", "is binary", "text"),
        ("a.html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "is binary", "text"),
        ("a", bytes(range(256)), "is binary", "text"),
        ("a.html", STORY.encode(), "no HTML tags", ".txt"),
        ("a.html", b"<p>Too short.</p>", "no article", ".txt"),
        ("a.json", b"[1, 2]", "list, not an object", "rank"),
        ("a.json", b'"text"', "str, not an object", "object"),
        ("a.json", b"{", "not valid", "object"),
        ("a.json", b"[" * 200_000, "nested too deeply", "object"),
        ("a.json", b'{"title": "x"}', "no text", "'html'"),
        ("a.json", b'{"text": 1}', "'text' is int", "string"),
        ("a.md", b"# Only a title\n", "no text", "'text'"),
        ("a.jsonl", b"{}", "corpus", "rank"),
        ("a.ndjson.zst", b"", "corpus", "rank"),
        ("a.warc.GZ", b"", "corpus", "rank"),
        ("a.html.gz", b"", "corpus", "rank"),
        ("a.parquet", b"PAR1", "corpus", "rank"),
        ("a.txt", b"\xff\xfeabc", "encoding", "UTF-8"),
        ("a.txt", b"a" * 20_000_001, "20 MB", "rank"),
    ],
)
def test_a_file_that_is_no_article_is_refused(tmp_path, name, content, problem, remedy):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read_source(str(path))
    assert problem in caught.value.problem
    assert remedy in caught.value.remedy
    assert name in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("source", "problem", "remedy"),
    [
        ("nowhere.html", "no file nowhere.html", "path"),
        ("ftp://example.org/a", "no http or https URL", "http"),
        ("nul\0byte", "cannot be read", "path"),
        ("a" * 5000, "cannot be read", "path"),
        ("", "is a folder", "rank"),
        (".", "is a folder", "rank"),
    ],
)
def test_a_path_that_cannot_be_read_is_refused(tmp_path, monkeypatch, source, problem, remedy):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError) as caught:
        read_source(source)
    assert problem in caught.value.problem
    assert remedy in caught.value.remedy


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("“é”".encode(), "“é”"),
        ("“é”".encode("utf-8-sig"), "“é”"),
        ("“é”".encode("utf-16"), "“é”"),
        ("“é”".encode("utf-32"), "“é”"),
        ("He said: “stop”".encode("cp1252"), "He said: “stop”"),
        (b'<meta charset="iso-8859-2"><p>' + "źle".encode("iso-8859-2"), '<meta charset="iso-8859-2"><p>źle'),
        (b'<meta charset="latin-1"><p>\x93no\x94', '<meta charset="latin-1"><p>“no”'),
        (b'<meta charset="utf-8"><p>' + "“”".encode() * 9 + b"\xff", '<meta charset="utf-8"><p>' + "“”" * 9 + "\ufffd"),
        (b"<p>a\0b</p>" * 1 + b"<p>c</p>" * 20, "<p>a\0b</p>" + "<p>c</p>" * 20),
        (b"", ""),
    ],
)
def test_bytes_become_text(data, text):
    assert decode(data, "x") == text


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_utf_8_is_read_as_it_is(text):
    assert decode(text.encode("utf-8"), "x") == text.removeprefix("\ufeff")


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data):
    try:
        assert isinstance(decode(data, "x"), str)
    except InputError as error:
        assert error.remedy


@pytest.mark.parametrize(
    ("content_type", "content", "title"),
    [
        ("text/html", PAGE, "Harbour bridge"),
        ("application/xhtml+xml; charset=utf-8", PAGE, "Harbour bridge"),
        ("text/plain", STORY, ""),
        ("text/plain", f"{PAGE}", ""),
        ("text/markdown", f"# Bridge\n\n{STORY}", "Bridge"),
        ("application/json", RECORD, "Bridge"),
        ("", PAGE, "Harbour bridge"),
        ("", STORY, ""),
    ],
)
def test_a_fetched_page_is_read_by_its_type(monkeypatch, content_type, content, title):
    final = "https://www.post.example.org/bridge"
    asked = []

    def answer(url, options):
        asked.append((url, options))
        return fetch.Page(final, content, content_type)

    monkeypatch.setattr(fetch, "fetch", answer)
    article = read_source("HTTPS://post.example.org/b")
    assert (article.title, article.url, article.domain) == (title, final, "example.org")
    assert asked == [("HTTPS://post.example.org/b", fetch.FetchOptions())]


def test_a_page_reads_the_same_from_the_web_and_from_a_file(monkeypatch, tmp_path):
    (tmp_path / "saved.html").write_text(PAGE, encoding="utf-8")
    url = "https://post.example.org/2019/01/02/bridge"
    monkeypatch.setattr(fetch, "fetch", lambda *_: fetch.Page(url, PAGE, "text/html"))
    saved, served = read_source(str(tmp_path / "saved.html")), read_source(url)
    for field in ("text", "title", "byline", "published", "language", "aside", "links", "notes"):
        assert getattr(saved, field) == getattr(served, field)


def test_an_empty_answer_is_a_fetch_error(monkeypatch):
    monkeypatch.setattr(fetch, "fetch", lambda *_: fetch.Page("https://a.example/", " ", "text/html"))
    with pytest.raises(FetchError, match="empty"):
        read_source("https://a.example/")


# Entries of a corpus


def test_an_entry_is_read_by_what_it_has(tmp_path):
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    path = str(tmp_path / "a.html")
    assert read_entry(Entry("x", "a:1", {"text": STORY})).text == STORY
    assert read_entry(Entry("x", "a.html", path=path)).title == "Harbour bridge"
    with pytest.raises(InputError, match="no text"):
        read_entry(Entry("x", "a:1", {"title": "only"}))
    with pytest.raises(InputError, match="broken; mend it"):
        read_entry(Entry("x", "a:1", {"text": STORY}, error=InputError("broken", "mend it")))


def test_what_a_record_says_of_its_file_goes_before_what_the_file_says(tmp_path):
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    record = {"url": "https://news.post.example.org/b", "title": "Closed", "authors": ["Ines Okafor"]}
    article = read_entry(Entry("x", "a:1", record, path=str(tmp_path / "a.html")))
    plain = read_entry(Entry("x", "a:1", path=str(tmp_path / "a.html")))
    assert (article.title, article.url, article.domain) == ("Closed", record["url"], "example.org")
    assert article.byline == "Ines Okafor" and article.text == plain.text
