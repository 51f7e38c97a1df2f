"""The pages that score: an article is pasted, dropped or chosen, is read, and is compared with another."""

import json
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

VERDICTS = "document.querySelectorAll('.verdict .value').length"
LIT = "[...document.querySelectorAll('.article .said.lit')].map((e) => e.dataset.s)"
# Elements that only an article could have brought: no page of ours has one.
BROUGHT = "document.querySelectorAll('main :is(img, script, style, iframe, object, form form, i, h1 h1)').length"


def read(folder: Path, name: str) -> str:
    return (folder / name).read_text(encoding="utf-8")


def test_a_pasted_text_becomes_its_report(page: Any, site: str, scripts: None, examples: Path) -> None:
    page.open(site)
    page.write(read(examples, "port-strike.md"), "#text")
    page.click("form button")
    for part in ("of 100", "Whom its words rest on", "Ruben Castellane", "What would raise it"):
        assert part in page.shown
    page.click("nav a")
    assert "Score an article" in page.shown


@pytest.mark.parametrize("way", ["choose", "drop"])
def test_a_file_is_chosen_or_dropped(page: Any, site: str, examples: Path, way: str) -> None:
    page.open(site)
    getattr(page, way)("#file", examples / "council-water.html")
    assert page.run("document.querySelector('#file').files[0].name") == "council-water.html"
    page.click("form button")
    assert "Audit cannot find 312 water lines" in page.run("document.querySelector('h1').innerText")


def test_pointing_at_a_source_lights_up_all_that_it_says(page: Any, site: str, examples: Path) -> None:
    page.open(site)
    page.choose("#file", examples / "council-water.html")
    page.click("form button")
    for selector in ("tr[data-s='1'] a", ".article .said[data-s='1']"):
        page.hover(selector)
        lit = page.run(LIT)
        assert set(lit) == {"1"}
        assert len(lit) == page.run("document.querySelectorAll(\".article .said[data-s='1']\").length") > 1
    page.hover("h1")
    assert page.run(LIT) == []


def test_two_articles_are_compared(page: Any, site: str, scripts: None, examples: Path) -> None:
    page.open(f"{site}compare")
    page.choose("#first_file", examples / "council-water.html")
    page.write(read(examples, "column.txt"), "#second_text")
    page.write("A column", "#second_title")
    page.click("form button")
    titles = "[...document.querySelectorAll('h2.title')].map((e) => e.textContent)"
    assert page.run(titles) == ["Audit cannot find 312 water lines that Corran Falls paid to replace", "A column"]
    assert "The first is" in page.shown and page.run(VERDICTS) == 2
    rows = "[...document.querySelectorAll('.pair tbody tr')].map((row) => row.querySelectorAll('svg').length)"
    assert (
        set(page.run(rows)) == {2} and page.run("getComputedStyle(document.querySelector('.bar rect')).width") != "0px"
    )


def test_an_article_without_a_score_is_not_compared(page: Any, site: str, examples: Path) -> None:
    page.open(f"{site}compare")
    page.write("Too short.", "#first_text")
    page.write(read(examples, "column.txt"), "#second_text")
    page.click("form button")
    assert "cannot be compared" in page.shown and "No score" in page.shown and page.run(VERDICTS) == 1
    assert page.axe() == []


def test_what_was_filled_in_is_still_there_when_it_did_not_work(page: Any, site: str) -> None:
    page.open(site)
    page.write("A title of mine", "#title")
    page.write("{", "#text")
    page.click("form button")
    assert "That did not work" in page.shown and page.run("document.querySelectorAll('[role=alert]').length") == 1
    page.run("history.back()")
    page.arrive()
    filled = "[...document.querySelectorAll('#title, #text')].map((field) => field.value)"
    assert sorted(page.run(filled)) == ["A title of mine", "{"]


@pytest.fixture
def hostile_file(markup: str, tmp_path: Path) -> Path:
    """An article full of markup in its title, its address, its byline and its text."""
    about = {"title": markup[:80], "url": "javascript:alert(1)//<b>", "authors": ["<script>1</script>"]}
    file = tmp_path / "story.json"
    file.write_text(json.dumps({**about, "text": markup}), encoding="utf-8")
    return file


def test_an_article_full_of_markup_is_text_on_its_page(page: Any, site: str, hostile_file: Path) -> None:
    page.open(site)
    page.choose("#file", hostile_file)
    page.click("form button")
    assert page.run("document.title").startswith("<h1>Not a heading</h1>")
    assert page.run(BROUGHT) == 0 and "“The <b>old</b> {{ pier }}" in page.shown
    assert "<script>1</script>" in page.run("document.querySelector('.facts').textContent")
    assert page.run("document.querySelectorAll('[href^=javascript]').length") == 0


def test_an_article_full_of_markup_is_text_beside_another(page: Any, site: str, hostile_file: Path) -> None:
    page.open(f"{site}compare")
    for side in ("first", "second"):
        page.choose(f"#{side}_file", hostile_file)
    page.click("form button")
    assert page.run(BROUGHT) == 0 and page.run("document.title").startswith("Two articles")
    assert page.run("document.querySelector('h2.title').textContent").startswith("<h1>Not a heading</h1>")


@pytest.mark.parametrize("path", ["corpus?file=ranked.parquet", "label?rater=<b>Ann</b>"])
def test_an_article_full_of_markup_is_text_in_lists_and_to_label(page: Any, hostile: str, path: str) -> None:
    page.look(360, 800)
    page.open(hostile + path)
    assert page.run(BROUGHT) == 0 and "<h1>Not a heading</h1>" in page.shown
    assert page.run("document.querySelectorAll('[href^=javascript]').length") == 0
    assert page.overflow == 0 and page.axe() == []


def test_text_from_right_to_left_runs_from_right_to_left(page: Any, site: str, right_to_left: str) -> None:
    page.look(360, 800)
    page.open(site)
    page.write(right_to_left, "#text")
    page.write(right_to_left[:30], "#title")
    fields = "[...document.querySelectorAll('#text, #title')].map((e) => getComputedStyle(e).direction)"
    assert set(page.run(fields)) == {"rtl"}
    page.click("form button")
    directions = "[...document.querySelectorAll('h1, .article p')].map((e) => getComputedStyle(e).direction)"
    assert set(page.run(directions)) == {"rtl"} and page.overflow == 0 and page.axe() == []
