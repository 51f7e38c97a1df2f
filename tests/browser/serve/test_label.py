"""A round of labelling in the browser: two raters, their agreement, an answer taken back, and a model that learns."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow


def begin(page: Any, address: str, rater: str) -> None:
    page.open(f"{address}label")
    page.write(rater, "#rater")
    page.click("form button")


def rate(page: Any, rating: int) -> None:
    page.write(str(rating), "#rating")
    page.click(".beside button")


def title(page: Any) -> str:
    shown: str = page.run("document.querySelector('h1').innerText")
    return shown.replace("\n", " ")


def answers(label_file: Path) -> list[Any]:
    path = label_file.with_name(f"{label_file.name}.ratings.jsonl")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_two_raters_rate_take_back_and_agree(
    page: Any, start: Callable[..., str], label_file: Path, scripts: None
) -> None:
    address = start("--label", label_file)
    begin(page, address, "Ann")
    assert "Two coastal hospitals" in title(page) and "paper-0.example" not in page.shown
    rate(page, 75)
    page.click("button[value=bad]")
    assert "Ann: 2 of 4 rated" in page.shown and "Dockers" in title(page)
    page.click("form[action='/label/undo'] button")
    assert "Ann: 1 of 4 rated" in page.shown
    rate(page, 10)
    page.open(f"{address}label")
    page.click(".plainlist a")
    assert "Ann: 2 of 4 rated" in page.shown
    begin(page, address, "Bo")
    assert "alpha" not in page.shown
    rate(page, 65)
    rate(page, 20)
    assert "Agreement on 2 articles" in page.shown and "Krippendorff’s alpha 0.95" in page.shown
    assert [line.get("rating", "back") for line in answers(label_file)] == [75, 25, "back", 10, 65, 20]


def test_an_article_is_passed_over_and_comes_again(page: Any, start: Callable[..., str], label_file: Path) -> None:
    begin(page, start("--label", label_file), "Ann")
    first = title(page)
    page.click(".beside p a")
    assert title(page) != first
    for _ in range(3):
        page.click("button[value=good]")
    assert title(page) == first
    page.click("button[value=good]")
    assert "All 4 articles are rated" in page.shown


def test_nothing_is_sent_that_is_no_rating(page: Any, start: Callable[..., str], label_file: Path) -> None:
    begin(page, start("--label", label_file), "Ann")
    page.write("101", "#rating")
    page.click(".beside button", leads=False)
    assert page.run("document.querySelector('#rating').validity.rangeOverflow")
    assert not label_file.with_name(f"{label_file.name}.ratings.jsonl").exists()


def test_a_model_learns_from_the_answers_and_is_used(
    page: Any, start: Callable[..., str], label_file: Path, examples: Path, tmp_path: Path, scripts: None
) -> None:
    address = start("--label", label_file, "--registry", tmp_path / "registry")
    begin(page, address, "Ann")
    for rating in (90, 5, 70, 30):
        rate(page, rating)
    page.click("a[href='/label/train']")
    page.click("form[action='/label/train'] button")
    assert "Training with your answers" in page.shown
    until_done(page)
    assert "4 articles learnt from" in page.shown
    head = "[...document.querySelectorAll('.figures thead th')].map((e) => e.innerText)"
    assert page.run(head) == ["On your labels", "Before", "After"]
    assert page.run("document.querySelectorAll('.figures tbody tr').length") > 3
    page.look(360, 800)
    assert page.overflow == 0
    page.click("#force", leads=False)
    page.click("form[action='/label/use'] button")
    until_done(page)
    assert "next@1 is in use; before it was default" in page.shown
    page.open(address)
    page.choose("#file", examples / "council-water.html")
    page.click("form button")
    assert page.run("document.querySelector('footer').innerText").startswith("Model next ")


def until_done(page: Any) -> None:
    """Wait while the page asks again by itself."""
    while page.run("document.querySelector('[role=status] a') !== null"):
        page.arrive()
