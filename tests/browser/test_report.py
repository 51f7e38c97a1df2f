"""The article page in a real Chromium: what it shows, how it answers to a pointer and to keys, what it asks for."""

from pathlib import Path
from typing import Any

import pytest

import onrecord
from onrecord.features.document import Article
from onrecord.scoring.changes import with_changes
from onrecord.scoring.model import load_model
from onrecord.scoring.render import to_html
from onrecord.scoring.report import Report

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
LIT = "[...document.querySelectorAll('.article .said.lit')].map((e) => e.dataset.s)"


def score(name: str) -> Report:
    model = load_model()
    return with_changes(onrecord.score_article(onrecord.read_source(str(ROOT / "examples" / name))), model)


@pytest.fixture(scope="module")
def report() -> Report:
    return score("council-water.html")


@pytest.fixture
def show(page: Any, tmp_path: Path) -> Any:
    """A function that opens a report as a file, the way a reader does who was sent one."""

    def opened(report: Report) -> Any:
        file = tmp_path / "report.html"
        file.write_text(to_html(report), encoding="utf-8")
        page.open(file.as_uri())
        return page

    return opened


def test_it_shows_what_a_reader_came_for_and_asks_for_nothing(show: Any, report: Report) -> None:
    page = show(report)
    shown = page.run("document.querySelector('main').innerText")
    for part in ("76", "Solid sourcing", "Whom its words rest on", "Colin Brandt", "Where the points come from"):
        assert part in shown
    assert [url for url in page.requests if not url.startswith("file:")] == []
    assert page.problems == []


def test_its_style_and_script_pass_its_own_policy_and_no_other_does(show: Any, report: Report) -> None:
    page = show(report)
    assert page.run("getComputedStyle(document.querySelector('.card')).borderTopStyle") == "solid"
    page.run(
        "document.body.append(Object.assign(document.createElement('script'), {text: 'document.title = \"run\"'}))"
    )
    page.run("document.body.append(Object.assign(document.createElement('img'), {src: 'https://example.org/x.png'}))")
    assert page.run("document.title") != "run"
    assert len([problem for problem in page.problems if "Content Security Policy" in problem]) == 2


def test_pointing_at_a_source_lights_up_all_that_it_says_and_nothing_else(show: Any, report: Report) -> None:
    page = show(report)
    for selector in ("tr[data-s='1'] a", ".article .said[data-s='1']", ".article .tag[data-s='1']"):
        page.hover(selector)
        lit = page.run(LIT)
        assert lit and set(lit) == {"1"}
        assert len(lit) == page.run("document.querySelectorAll(\".article .said[data-s='1']\").length")
    page.hover("h1")
    assert page.run("document.querySelectorAll('.lit').length") == 0
    assert not page.run("document.documentElement.classList.contains('lighting')")


def test_the_tab_key_does_the_same_and_the_link_leads_to_the_statement(show: Any, report: Report) -> None:
    page = show(report)
    page.run("document.querySelector(\"tr[data-s='1'] a\").focus()")
    page.press("Tab")
    assert set(page.run(LIT)) == {"2"}
    page.press("Enter")
    assert page.run("location.hash") == "#said-2"
    box = page.run("(({top, bottom}) => [top, bottom])(document.querySelector('#said-2').getBoundingClientRect())")
    assert 0 <= box[0] < box[1] <= 900
    page.run("document.activeElement.blur()")
    assert page.run(LIT) == []


def test_without_javascript_all_is_there_and_links_still_lead_there_and_back(
    show: Any, page: Any, report: Report
) -> None:
    page.call("Emulation.setScriptExecutionDisabled", value=True)
    page = show(report)
    assert report.article.text.split("\n")[0][:40] in page.run("document.querySelector('.article').textContent")
    page.run("document.querySelector(\"tr[data-s='1'] a\").focus()")
    page.press("Enter")
    assert page.run("document.querySelector(':target').id") == "said-1"
    assert page.run(LIT) == []


@pytest.mark.parametrize("width", [320, 360, 768, 1280, 1920])
@pytest.mark.parametrize("name", ["council-water.html", "rant.txt"])
def test_no_screen_has_to_be_scrolled_sideways(show: Any, page: Any, name: str, width: int) -> None:
    page.look(width, 800)
    page = show(score(name))
    assert page.overflow == 0
    page.run("document.querySelector('details').open = true")
    assert page.overflow == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["council-water.html", "rant.txt", "phone-rumour.html"])
def test_axe_finds_no_barrier(show: Any, page: Any, name: str, scheme: str) -> None:
    page.look(prefers_color_scheme=scheme)
    page = show(score(name))
    page.run("document.querySelector('details').open = true")
    assert page.axe() == []
    page.hover("tr[data-s='1'] a")
    assert page.axe() == []
    page.look(360, 800, prefers_color_scheme=scheme)
    assert page.axe() == []


def test_axe_would_have_found_one(show: Any, report: Report) -> None:
    page = show(report)
    page.run("document.documentElement.removeAttribute('lang')")
    assert [found for found in page.axe() if found.startswith("html-has-lang")]


def test_the_dark_page_is_dark(show: Any, page: Any, report: Report) -> None:
    background = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)"
    page.look(prefers_color_scheme="dark")
    page = show(report)
    assert max(page.run(background)) < 40
    page.look(prefers_color_scheme="light")
    assert min(page.run(background)) > 230


def test_an_article_full_of_markup_is_text(show: Any, markup: str) -> None:
    text = markup
    article = Article(
        text, title=text[:80], url="https://news.example/<b>", domain="<i>news</i>", byline="<script>1</script>"
    )
    page = show(onrecord.score_article(article))
    assert page.problems == []
    assert page.run("document.title").startswith("<h1>Not a heading</h1>")
    assert page.run(
        "document.querySelectorAll('h1, main img, main script, main style, main b, main i').length"
    ) == 1 + page.run("document.querySelectorAll('.shares b').length")
    assert page.run("document.querySelector('h1').textContent") == " ".join(text[:80].split())
    shown = page.run(
        "[...document.querySelectorAll('.article p')].map((p) => { const c = p.cloneNode(true);"
        "c.querySelectorAll('.tag').forEach((tag) => tag.remove()); return c.textContent; })"
    )
    assert shown == [line for line in text.split("\n") if line.strip()]


def test_text_from_right_to_left_runs_from_right_to_left(show: Any, page: Any, right_to_left: str) -> None:
    article = Article(right_to_left, title=right_to_left[:30], byline="إيناس كالدر")
    page.look(360, 800)
    page = show(onrecord.score_article(article))
    directions = "[...document.querySelectorAll('h1, .article p')].map((e) => getComputedStyle(e).direction)"
    assert set(page.run(directions)) == {"rtl"}
    assert page.run("getComputedStyle(document.querySelector('h2')).direction") == "ltr"
    assert page.overflow == 0 and page.axe() == [] and page.problems == []


def test_an_article_without_a_score_has_a_page(show: Any) -> None:
    page = show(onrecord.score_article(Article("Too short.", title="A stub")))
    assert "No score" in page.run("document.querySelector('main').innerText")
    assert page.axe() == [] and page.problems == []


def test_it_prints_in_one_column_with_nothing_cut_off(show: Any, page: Any, report: Report) -> None:
    page = show(report)
    page.call("Emulation.setEmulatedMedia", media="print")
    page.look(760, 1000)
    page.call("Emulation.setEmulatedMedia", media="print")
    assert page.run("getComputedStyle(document.querySelector('.sources')).position") == "static"
    assert page.run("document.querySelector('details').checkVisibility()") is False
    assert page.overflow == 0
    assert page.call("Page.printToPDF")["data"]


def test_pictures_for_the_documentation(picture: Any, show: Any, page: Any, report: Report) -> None:
    page.look(1280, 1240)
    page = show(report)
    picture(page, "report")
    page.look(1280, 900)
    page.run("scrollTo(0, document.querySelector('.reading').offsetTop - 20)")
    page.run("document.querySelector(\"tr[data-s='4'] a\").focus({preventScroll: true})")
    picture(page, "source")
    page = show(score("phone-rumour.html"))
    picture(page, "points", **page.run(BOX.replace("SELECTOR", "#points")))
    page.look(1280, 900, prefers_color_scheme="dark")
    page.run("scrollTo(0, 0)")
    picture(page, "dark")
    page.look(360, 900, prefers_color_scheme="light")
    show(score("rant.txt"))
    picture(page, "narrow", x=0, y=0, width=360, height=1500)


BOX = (
    "(() => { const r = document.querySelector('SELECTOR').closest('.card').getBoundingClientRect();"
    "return {x: r.x + scrollX - 10, y: r.y + scrollY - 10, width: r.width + 20, height: r.height + 20}; })()"
)
