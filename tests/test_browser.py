"""The HTML report in a real Chromium: it shows, it fits a narrow screen, it asks for nothing."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

import onrecord
from onrecord.scoring.render import to_html

CHROMIUM = shutil.which("chromium")
REQUIRED = "browser" in os.environ.get("ONRECORD_REQUIRE", "")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--virtual-time-budget=3000",
)
EXAMPLES = Path(__file__).parent.parent / "examples"

# A page that frames the report at a given width and writes down by how much it is too wide.
FRAME = """<!doctype html><title>waiting</title>
<iframe id=f src=/report width={width} height=800 style="border:0"></iframe>
<script>
f.onload = () => {{
  const page = f.contentDocument.documentElement;
  document.title = "over by " + (page.scrollWidth - page.clientWidth);
}}
</script>"""

pytestmark = pytest.mark.skipif(
    CHROMIUM is None and not REQUIRED, reason="needs Debian's chromium (apt-get install chromium)"
)


def dump(url: str, profile: Path) -> str:
    assert CHROMIUM, "chromium is required here: apt-get install chromium"
    command = [CHROMIUM, *FLAGS, f"--user-data-dir={profile}", "--dump-dom", url]
    return subprocess.run(command, capture_output=True, text=True, timeout=90, check=True).stdout


@pytest.fixture(scope="module")
def page() -> str:
    return to_html(onrecord.score_article(onrecord.read_source(str(EXAMPLES / "council-water.html"))))


@pytest.mark.parametrize("width", [360, 1000])
def test_the_report_fits_the_screen(page: str, width: int, serve: Callable[..., str], tmp_path: Path) -> None:
    html = {"Content-Type": "text/html; charset=utf-8"}
    routes = {"/report": (200, html, page.encode()), "/": (200, html, FRAME.format(width=width).encode())}
    assert "<title>over by 0</title>" in dump(serve(routes) + "/", tmp_path)


def test_the_report_stands_alone(page: str, serve: Callable[..., str], tmp_path: Path) -> None:
    html = {"Content-Type": "text/html; charset=utf-8"}
    shown = dump(serve({"/": (200, html, page.encode())}) + "/", tmp_path)
    assert "Score" in shown
    assert "<script" not in shown and 'http-equiv="Content-Security-Policy"' in shown
