"""What holds on every page: axe finds no barrier, light or dark, 320 pixels are enough, and so is a keyboard."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

EXAMPLES = Path(__file__).parents[3] / "examples"
FOCUSABLE = "[...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')]"
SEEN = """(() => {
    const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect();
    return s.outlineStyle != 'none' && parseFloat(s.outlineWidth) >= 2
        && r.bottom > 0 && r.top < innerHeight && r.right > 0 && r.left < innerWidth;
})()"""


def path(below: str) -> Callable[[Any, str], None]:
    return lambda page, site: page.open(site + below)


def report(page: Any, site: str) -> None:
    page.open(site)
    page.choose("#file", EXAMPLES / "port-strike.md")
    page.click("form button")


def comparison(page: Any, site: str) -> None:
    page.open(f"{site}compare")
    page.choose("#first_file", EXAMPLES / "council-water.html")
    page.choose("#second_file", EXAMPLES / "phone-rumour.html")
    page.click("form button")


def problem(page: Any, site: str) -> None:
    page.open(site)
    page.click("form button")


PAGES: Mapping[str, Callable[[Any, str], None]] = {
    "the form": path(""),
    "a report": report,
    "the form for two": path("compare"),
    "two articles": comparison,
    "rankings": path("corpus"),
    "a ranking": path("corpus?file=town-papers.parquet"),
    "a ranking without what was asked for": path("corpus?file=town-papers.parquet&words=nowhere"),
    "an article of a ranking": path("corpus/article?file=town-papers.parquet&row=0"),
    "an article without its text": path("corpus/article?file=reports.parquet&row=0"),
    "who rates": path("label"),
    "an article to label": path("label?rater=Ann"),
    "training": path("label/train"),
    "a problem": problem,
}
every_page = pytest.mark.parametrize("go", PAGES.values(), ids=PAGES)


@every_page
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_barrier_and_the_scheme_is_that_of_the_reader(
    page: Any, site: str, go: Callable[[Any, str], None], scheme: str
) -> None:
    page.look(prefers_color_scheme=scheme)
    go(page, site)
    assert page.axe() == []
    red, green, blue = page.run("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
    assert max(red, green, blue) < 40 if scheme == "dark" else min(red, green, blue) > 230
    page.look(360, 800, prefers_color_scheme=scheme)
    assert page.axe() == []


@every_page
def test_no_screen_has_to_be_scrolled_sideways(page: Any, site: str, go: Callable[[Any, str], None]) -> None:
    go(page, site)
    for width in (320, 360, 768, 1024, 1920):
        page.look(width, 800)
        assert page.overflow == 0, width


@every_page
def test_the_tab_key_reaches_everything_in_order_and_shows_where_it_is(
    page: Any, site: str, go: Callable[[Any, str], None]
) -> None:
    go(page, site)
    page.run("document.activeElement.blur()")
    usable = page.run(f"{FOCUSABLE}.filter((e) => !e.disabled && e.checkVisibility()).length")
    reached = []
    for _ in range(usable):
        page.press("Tab")
        assert page.run(SEEN), page.run("document.activeElement.outerHTML")
        reached.append(page.run(f"{FOCUSABLE}.filter((e) => !e.disabled).indexOf(document.activeElement)"))
    assert reached == list(range(usable))


def tab_to(page: Any, selector: str) -> None:
    """Press the Tab key until an element has the focus."""
    for _ in range(200):
        if page.run(f"document.activeElement.matches({selector!r})"):
            return
        page.press("Tab")
    raise AssertionError(f"the Tab key does not lead to {selector}")


def test_the_first_tab_leads_past_the_links_to_other_pages(page: Any, site: str) -> None:
    page.open(site)
    page.press("Tab")
    page.press("Enter")
    page.press("Tab")
    assert page.run("document.activeElement.id") == "url"


def test_an_article_is_scored_with_the_keyboard_alone(page: Any, site: str) -> None:
    page.open(site)
    tab_to(page, "#text")
    page.write((EXAMPLES / "port-strike.md").read_text(encoding="utf-8"))
    tab_to(page, "form button")
    page.press("Enter")
    page.arrive()
    assert "of 100" in page.shown
    tab_to(page, "tr[data-s='1'] a")
    assert page.run("document.querySelectorAll('.article .said.lit').length") > 0
    tab_to(page, "summary")
    page.press("Space")
    assert page.run("document.querySelector('details').open")


def test_a_ranking_is_sorted_and_opened_with_the_keyboard_alone(page: Any, site: str) -> None:
    page.open(f"{site}corpus?file=town-papers.parquet")
    tab_to(page, "#rising")
    page.press("ArrowDown")
    tab_to(page, ".filter button")
    page.press("Enter")
    page.arrive()
    scores = page.run("[...document.querySelectorAll('.ranking td:first-child')].map((e) => parseFloat(e.innerText))")
    scored = [score for score in scores if score is not None]
    assert scored == sorted(scored)
    tab_to(page, ".histogram a")
    page.press("Enter")
    page.arrive()
    tab_to(page, ".ranking a")
    page.press("Enter")
    page.arrive()
    assert "The article, marked" in page.shown


def test_an_article_is_rated_and_taken_back_with_the_keyboard_alone(
    page: Any, start: Callable[..., str], label_file: Path
) -> None:
    page.open(f"{start('--label', label_file)}label")
    tab_to(page, "#rater")
    page.write("Ann")
    page.press("Enter")
    page.arrive()
    tab_to(page, "#rating")
    page.write("70")
    page.press("Enter")
    page.arrive()
    assert "Ann: 1 of 4 rated" in page.shown
    tab_to(page, "form[action='/label/undo'] button")
    page.press("Space")
    page.arrive()
    assert "Ann: 0 of 4 rated" in page.shown
