"""A ranking in the browser: sorted, chosen, drawn, and its articles opened."""

from typing import Any

import pytest

pytestmark = pytest.mark.slow

RANKING = "corpus?file=town-papers.parquet"
SCORES = "[...document.querySelectorAll('.ranking tbody tr')].map((row) => parseFloat(row.cells[0].textContent))"
WORDS = "[...document.querySelectorAll('.ranking tbody tr')].map((row) => +row.cells[3].textContent)"
BARS = "[...document.querySelectorAll('.histogram a')].map((bar) => +bar.textContent.match(/: (\\d+) article/)[1])"
HEIGHTS = "[...document.querySelectorAll('.histogram .count')].map((bar) => bar.getBoundingClientRect().height)"


def choose(page: Any, field: str, value: str) -> None:
    page.run(f"document.querySelector('#{field}').value = '{value}'")


def test_rankings_are_listed_and_lead_to_their_articles(page: Any, site: str, scripts: None) -> None:
    page.open(f"{site}corpus")
    page.click("main li a")
    assert page.run("document.querySelector('h1').innerText") == "town-papers.parquet"
    scores = page.run(SCORES)
    assert len(scores) > 30 and scores == sorted(scores, reverse=True)


def test_it_sorts_and_keeps_what_was_chosen(page: Any, site: str, scripts: None) -> None:
    page.open(site + RANKING)
    choose(page, "sort", "words")
    choose(page, "rising", "yes")
    page.click(".filter button")
    words = page.run(WORDS)
    assert words == sorted(words) and len(words) > 30
    assert page.run("document.querySelector('#sort').value") == "words"
    assert page.run("document.querySelector('#rising').value") == "yes"


def test_it_chooses_and_shows_all_again(page: Any, site: str, scripts: None) -> None:
    page.open(site + RANKING)
    total = len(page.run(SCORES))
    page.write("40", "#low")
    page.write("60", "#high")
    page.click(".filter button")
    scores = page.run(SCORES)
    assert 0 < len(scores) < total and all(40 <= score <= 60 for score in scores)
    page.write("nothing has this", "#words")
    page.click(".filter button")
    assert "0 articles" in page.shown and "No article is like that" in page.shown
    assert page.run("document.querySelectorAll('table, .histogram').length") == 0
    page.click("#articles + p a")
    assert len(page.run(SCORES)) == total


def test_a_bar_leads_to_as_many_articles_as_it_says(page: Any, site: str, scripts: None) -> None:
    page.open(site + RANKING)
    bars = page.run(BARS)
    assert sum(bars) == len(page.run(SCORES))
    heights = page.run(HEIGHTS)
    assert [round(height * max(bars) / max(heights)) for height in heights] == bars
    page.click(".histogram a:nth-of-type(2) .reach")
    assert len(page.run(SCORES)) == bars[1] and page.run(BARS) == [bars[1]]


def test_an_article_opens_and_leads_back(page: Any, site: str, scripts: None) -> None:
    page.open(site + RANKING)
    title = page.run("document.querySelector('.ranking a').innerText")
    page.click(".ranking a")
    assert page.run("document.querySelector('h1').innerText").replace("\n", " ") == title
    assert "The article, marked" in page.shown
    page.click("nav.back a")
    assert "38 articles" in page.shown


def test_without_its_text_an_article_opens_as_what_its_report_says(page: Any, site: str) -> None:
    page.open(f"{site}corpus?file=reports.parquet")
    page.click(".ranking a")
    assert "Statements and who stands behind them" in page.shown and "holds no text" in page.shown
    assert page.axe() == []
    page.look(360, 800)
    assert page.overflow == 0
