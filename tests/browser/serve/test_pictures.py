"""Pictures of the pages for the documentation, drawn if ONRECORD_SCREENSHOTS is set."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.slow

# A desk that is stricter than the one whose ratings ship.
RATINGS = {"Ann": (50, 5, 35), "Bo": (55, 10)}


def test_pictures_of_scoring_and_comparing(picture: Any, page: Any, site: str, examples: Path) -> None:
    page.look(1280, 940)
    page.open(site)
    picture(page, "serve-form")
    page.open(f"{site}compare")
    page.choose("#first_file", examples / "council-water.html")
    page.choose("#second_file", examples / "phone-rumour.html")
    page.click("form button")
    page.look(1280, 1180)
    picture(page, "serve-compare")


def test_pictures_of_a_ranking(picture: Any, page: Any, site: str) -> None:
    page.look(1280, 1000)
    page.open(f"{site}corpus?file=town-papers.parquet")
    page.hover(".histogram a:nth-of-type(7) .reach")
    picture(page, "serve-corpus")
    page.look(1280, 760, prefers_color_scheme="dark")
    page.open(f"{site}corpus?file=town-papers.parquet&low=40&high=60&sort=words")
    picture(page, "serve-dark")


def test_pictures_of_labelling(
    picture: Any, page: Any, start: Callable[..., str], label_file: Path, tmp_path: Path
) -> None:
    address = start("--label", label_file, "--registry", tmp_path / "registry")
    for rater, ratings in RATINGS.items():
        page.open(f"{address}label?rater={rater}")
        for rating in ratings:
            page.write(str(rating), "#rating")
            page.click(".beside button")
    page.look(1280, 1500)
    page.open(f"{address}label?rater=Bo")
    picture(page, "serve-label")
    page.look(360, 900)
    page.run("scrollTo(0, document.querySelector('.beside').offsetTop - 120)")
    picture(page, "serve-narrow")
    page.look(1280, 880)
    page.open(f"{address}label?rater=Ann")
    page.write("15", "#rating")
    page.click(".beside button")
    page.click("a[href='/label/train']")
    page.click("form[action='/label/train'] button")
    while page.run("document.querySelector('[role=status] a') !== null"):
        page.arrive()
    picture(page, "serve-train")
