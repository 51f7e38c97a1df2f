"""The figures in SECURITY.md are those of the code."""

from pathlib import Path

import pytest

from onrecord.scoring import html_tree, source
from onrecord.scoring.corpus import feeds, rows, sites
from onrecord.scoring.fetch import FetchOptions
from onrecord.scoring.pool import Limits
from onrecord.web import desk, guard
from onrecord.web.options import ServeOptions

TEXT = " ".join((Path(__file__).parents[1] / "SECURITY.md").read_text(encoding="utf-8").split())
FETCH = FetchOptions()


def millions(number):
    assert number % 1_000_000 == 0
    return number // 1_000_000


@pytest.mark.parametrize(
    "said",
    [
        f"at most {FETCH.max_redirects} redirects",
        f"{FETCH.timeout:g} seconds for everything together, and {millions(FETCH.max_bytes)} MB after decompression",
        f"at most {millions(html_tree.MAX_CHARACTERS)} million characters, {html_tree.MAX_ELEMENTS:,} elements",
        f"{html_tree.MAX_TABLES} tables inside each other",
        f"a file has at most {millions(source.MAX_BYTES)} MB",
        f"a limit of time ({Limits().seconds:g} seconds in `rank`, {desk.ARTICLE_SECONDS:g} in `serve`)",
        f"A record has at most {millions(rows.MAX_RECORD)} MB after decompression",
        f"A feed or sitemap has at most {millions(feeds.MAX_BYTES)} MB, leads to at most {sites.MAX_LISTS:,} lists and "
        f"{sites.MAX_PAGES:,} pages",
        f"The server listens on {ServeOptions().host} unless",
        f"at most {millions(guard.MAX_BODY)} MB and {guard.BODY_SECONDS:g} seconds to arrive",
    ],
)
def test_a_limit_is_the_one_of_the_code(said):
    assert said in TEXT
