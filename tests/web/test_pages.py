"""The pages that score, and that whatever an article brings stays text."""

import base64
import hashlib
import json
import re
from pathlib import Path

import pytest

from onrecord.web.pages import outcome

EXAMPLES = Path(__file__).parents[2] / "examples"
TEXT = (EXAMPLES / "column.txt").read_text(encoding="utf-8")
HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)">\'"><style>*{}</style></style></script>'
BLOCKS = re.compile(r"<(script|style)\b[^>]*>(.*?)</\1>", re.DOTALL)


def labelled_inputs(html):
    """Every field that is shown has a label of its own."""
    fields = re.findall(r"<(?:input|textarea|select)\b[^>]*>", html)
    shown = [field for field in fields if 'type="hidden"' not in field]
    return all(f'<label for="{re.search(r"id=.([^ >]*).[ >]", field)[1]}"' in html for field in shown)


@pytest.mark.parametrize("path", ["/", "/compare"])
def test_forms_need_no_script_and_label_their_fields(site, path):
    html = site.get(path).text
    assert "<form" in html and "<script" not in html and 'name="viewport"' in html
    assert labelled_inputs(html)


WAYS = [
    ({"data": {"text": TEXT}}, "of 100"),
    ({"files": {"text": (None, TEXT)}}, "of 100"),
    ({"files": {"file": ("story.html", (EXAMPLES / "council-water.html").read_bytes())}}, "Audit cannot find"),
    ({"data": {"text": (EXAMPLES / "council-water.html").read_text(encoding="utf-8")}}, "Audit cannot find"),
    ({"data": {"text": TEXT, "title": "A title of mine"}}, "A title of mine"),
]


@pytest.mark.parametrize(("way", "words"), WAYS)
def test_an_article_is_shown_as_a_page(site, way, words):
    answer = site.post("/", **way)
    assert answer.status_code == 200 and words in answer.text and '<a href="/">' in answer.text


def test_a_url_is_fetched_and_shown(site, serve):
    page = (EXAMPLES / "council-water.html").read_bytes()
    base = serve({"/story": (200, {"Content-Type": "text/html; charset=utf-8"}, page)})
    assert "Audit cannot find" in site.post("/", data={"url": f"{base}/story"}).text


@pytest.mark.parametrize(
    ("data", "status"), [({}, 400), ({"text": " "}, 400), ({"url": "file:///etc/passwd"}, 422), ({"text": "{bad"}, 422)]
)
def test_what_cannot_be_shown_is_a_page_that_says_why(site, data, status):
    answer = site.post("/", data=data)
    assert answer.status_code == status and 'role="alert"' in answer.text


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"no boundary"),
        ("multipart/form-data; boundary=x", b"--y nothing of the kind"),
        ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="text"\r\n\r\ncut short'),
        ("text/plain", b"text=a"),
    ],
)
@pytest.mark.parametrize("path", ["/", "/compare"])
def test_a_broken_form_is_a_page_that_says_so(site, path, kind, body):
    answer = site.post(path, content=body, headers={"Content-Type": kind})
    assert answer.status_code in (400, 422) and 'role="alert"' in answer.text


def test_binary_files_are_refused(site):
    answer = site.post("/", files={"file": ("story.txt", bytes(range(256)) * 10)})
    assert answer.status_code == 422 and "binary" in answer.text


def test_two_articles_stand_side_by_side(site):
    files = {"second_file": ("story.html", (EXAMPLES / "council-water.html").read_bytes())}
    answer = site.post("/compare", data={"first_text": TEXT, "first_title": HOSTILE}, files=files)
    assert answer.status_code == 200 and answer.text.count("of 100</small>") == 2 and "Audit cannot find" in answer.text
    assert "<script" not in answer.text and "&lt;script&gt;" in answer.text


def test_a_comparison_says_which_article_is_wrong(site):
    answer = site.post("/compare", data={"first_text": TEXT, "second_text": "{bad"})
    assert answer.status_code == 422 and "the second article" in answer.text


def test_scripts_of_an_article_stay_text_and_could_not_run(site):
    answer = site.post(
        "/", data={"text": f"{HOSTILE} said so.\n\n{TEXT}", "title": HOSTILE, "url": f"http://a/{HOSTILE}"}
    )
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text and "<img src=x" not in answer.text
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy and "script-src 'unsafe-inline'" not in policy
    for _, content in BLOCKS.findall(answer.text):
        assert base64.b64encode(hashlib.sha256(content.encode()).digest()).decode() in policy


@pytest.mark.parametrize("path", ["/", "/compare"])
def test_whatever_a_file_says_of_its_article_stays_text(site, path):
    about = {"title": HOSTILE, "authors": [HOSTILE], "url": f"javascript:{HOSTILE}", "published": HOSTILE}
    file = ("story.json", json.dumps({**about, "text": f"{HOSTILE} {TEXT}"}).encode())
    names = ("file",) if path == "/" else ("first_file", "second_file")
    html = site.post(path, files=dict.fromkeys(names, file)).text
    assert "&lt;script&gt;" in html
    assert "<script>alert" not in html and "<img src=x" not in html and 'href="javascript:' not in html


def test_nothing_of_a_page_is_loaded_from_elsewhere(site):
    for html in (site.get("/").text, site.get("/compare").text, site.post("/", data={"text": TEXT}).text):
        assert not re.search(r"""(?:src|action|<link[^>]*href)\s*=\s*["']?(?:https?:)?//""", html)


def test_a_problem_escapes_what_it_names(site):
    answer = site.get("/corpus", params={"file": HOSTILE})
    assert answer.status_code == 404 and "<script" not in answer.text


def score_of(value, low, high):
    return {"abstained": False, "value": value, "low": low, "high": high}


SCORES = [
    (score_of(80, 70, 90), score_of(50, 40, 60), "The first is 30 points higher, which is more than"),
    (score_of(50, 40, 60), score_of(64, 54, 74), "The second is 14 points higher, which is within"),
    (score_of(50, 40, 60), score_of(65, 55, 75), "The second is 15 points higher, which is more than"),
    (score_of(51, 0, 60), score_of(50, 40, 50.5), "The first is 1 point higher, which is within"),
    (score_of(50.2, 40, 60), score_of(49.9, 40, 60), "Both have the same score."),
    ({"abstained": True}, score_of(50, 40, 60), "They cannot be compared"),
]


@pytest.mark.parametrize(("first", "second", "words"), SCORES)
def test_a_difference_is_told_from_what_is_uncertain(first, second, words):
    assert outcome(first, second).startswith(words)
