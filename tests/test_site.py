"""The site of the documentation is built without a network, and what a browser loads for it is all in it."""

import logging
import re
import socket
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from lxml import html

pytest.importorskip("mkdocs", reason="pip install '.[test]' gives mkdocs")

import mkdocs_hooks
from mkdocs.commands.build import build
from mkdocs.config import load_config

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[1]
# What a browser loads by itself. (A link that a reader may follow is none of these.)
LOADED = (
    "//script/@src | //link[not(@rel='canonical' or @rel='next' or @rel='prev')]/@href | //img/@src | //source/@src"
    " | //iframe/@src | //object/@data | //embed/@src | //video/@src | //audio/@src | //use/@href"
)
IN_STYLE = re.compile(r"url\(\s*['\"]?([^'\")]+)|@import\s+['\"]([^'\"]+)")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The folder of the site, built as `python -m mkdocs build --strict` does, with nobody to ask."""

    def refuse(*_):
        raise AssertionError("the build asks the network")

    folder = tmp_path_factory.mktemp("site")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", refuse)
        patch.setattr(socket, "getaddrinfo", refuse)
        build(load_config(str(ROOT / "mkdocs.yml"), site_dir=str(folder), strict=True))
    logging.getLogger("mkdocs").handlers.clear()
    return folder


def loaded(site):
    """The files of the site with each address that a browser loads for them."""
    for path in sorted(site.rglob("*")):
        if path.suffix == ".html":
            tree = html.fromstring(path.read_text(encoding="utf-8"))
            styles = " ".join(tree.xpath("//style/text() | //@style"))
            found = [*tree.xpath(LOADED), *(a or b for a, b in IN_STYLE.findall(styles))]
        elif path.suffix == ".css":
            found = [a or b for a, b in IN_STYLE.findall(path.read_text(encoding="utf-8"))]
        else:
            continue
        yield from ((path.relative_to(site).as_posix(), address.strip()) for address in found)


def test_every_page_is_in_it(site):
    pages = {path.with_suffix(".html").name for path in (ROOT / "docs").glob("*.md")}
    elsewhere = {Path(name).with_suffix(".html").name for name in mkdocs_hooks.ELSEWHERE.values() if ".md" in name}
    assert pages | elsewhere <= {path.name for path in site.glob("*.html")}
    assert (site / "report.schema.json").is_file()


def test_nothing_is_loaded_from_elsewhere(site):
    found = list(loaded(site))
    assert len(found) > 50
    assert [pair for pair in found if urlsplit(pair[1]).netloc or urlsplit(pair[1]).scheme not in ("", "data")] == []


def test_all_that_is_loaded_is_there(site):
    here = [pair for pair in loaded(site) if not pair[1].startswith("data:")]
    # The page for what is not found knows no place of its own, so its addresses begin at the root.
    paths = {unquote(urlsplit(urljoin(file, address)).path).lstrip("/") for file, address in here}
    assert sorted(path for path in paths if not (site / path).is_file()) == []


def test_the_names_of_pages_are_links(site):
    tree = html.fromstring((site / "index.html").read_text(encoding="utf-8"))
    links = set(tree.xpath("//div[@role='main']//a/@href"))
    assert {"how-it-works.html", "limits.html", "security.html", "report.html"} <= links


def test_a_picture_or_style_from_elsewhere_would_be_found(tmp_path):
    (tmp_path / "a.html").write_text('<img src="https://example.org/a.png"><a href="https://example.org/">a</a>')
    (tmp_path / "a.css").write_text("@import 'https://example.org/a.css'; b { background: url(//example.org/b) }")
    assert sorted(address for _, address in loaded(tmp_path)) == [
        "//example.org/b",
        "https://example.org/a.css",
        "https://example.org/a.png",
    ]
