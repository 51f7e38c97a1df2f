"""The page that shows a ranking to people, whatever the articles hold."""

import re
from datetime import date
from html.parser import HTMLParser

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.scoring.ranking import tally as counting
from onrecord.scoring.ranking.overview import bands, check_path, to_html, write_overview
from onrecord.scoring.ranking.pictures import distribution, family_points, publisher_means
from onrecord.scoring.ranking.tallies import Count, Listed, Publisher, Spread, Tables
from onrecord.scoring.ranking.tally import tally

from .conftest import MODEL, row

DAY = date(2026, 3, 1)
MARKUP = '<script>alert(1)</script><img src=x onerror=alert(1)> & "quoted"'
OVERRIDE = "\u202etxet siht\u2066 \u0000\u001b[31m"


class Elements(HTMLParser):
    """The elements of a page with their attributes, the ids, and the text."""

    def __init__(self, page):
        super().__init__()
        self.found, self.text = [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)

    def handle_data(self, data):
        self.text.append(data)

    def of(self, tag):
        return [attrs for name, attrs in self.found if name == tag]


def spread(values):
    found, counts = np.unique(np.round(np.array(values, dtype=float), 1), return_counts=True)
    return Spread(found, counts)


@pytest.fixture
def tallies(connection, store):
    """The tallies of some rows, of pairs of duplicates, and of reasons for errors."""

    def made(rows, pairs=(), errors=()):
        store(rows, pairs)
        connection.execute("CREATE OR REPLACE TABLE errors (reason VARCHAR)")
        for reason in errors:
            connection.execute("INSERT INTO errors VALUES (?)", [reason])
        return tally(connection, Tables("articles", "duplicates", "errors"), MODEL)

    return made


@pytest.fixture
def page(tallies):
    """The page for what `tallies` takes."""
    return lambda *args: to_html(tallies(*args), DAY)


# --- what is counted --------------------------------------------------------------------------


def test_copies_count_once_as_their_original(tallies):
    found = tallies([row(0, "a.com", 80), row(1, "b.com", 20), row(2, "a.com", None)], [(1, 0)])
    assert (found.articles, found.texts, found.copied, found.syndicated) == (3, 2, 1, 1)
    assert (found.scores.total, found.scores.mean, found.half_width) == (1, 80, 20)


def test_copies_within_one_publisher_are_not_syndication(tallies):
    found = tallies([row(0, "a.com"), row(1, "a.com"), row(2, "")], [(1, 0), (2, 0)])
    assert (found.copied, found.syndicated) == (1, 0)


def test_the_best_and_the_worst_are_in_order_and_know_their_copies(tallies):
    rows = [row(i, f"p{i % 4}.com", float(i)) for i in range(30)]
    found = tallies(rows, [(1, 0), (2, 0), (4, 0)])
    assert [each.score for each in found.best] == [29, 28, 27, 26, 25, 24, 23, 22, 21, 20]
    assert found.worst[0] == Listed("Title 0", "https://www.p0.com/0", "p0.com", 0, copies=3, publishers=3)
    assert [each.score for each in found.worst][:3] == [0, 3, 5]
    assert [(each.title, each.copies) for each in found.most_copied] == [("Title 0", 3)]


def test_reasons_and_notes_are_counted_by_their_code(tallies):
    two = "too_short: 9 words, at least 50 are needed;unsupported_language: no language; that the model knows"
    found = tallies(
        [
            row(0, score=None),
            row(1, score=None, reasons=two),
            row(2, notes="repeated;truncated"),
            row(3, notes="repeated"),
        ]
    )
    assert found.reasons == (Count("too_short", 2), Count("unsupported_language", 1))
    assert found.notes == (Count("repeated", 2), Count("truncated", 1))


def test_errors_are_counted_without_what_is_about_one_record(tallies):
    reasons = [f"the line is not valid JSON (Expecting value: column {i} (char {i}))" for i in range(3)]
    found = tallies([], errors=[*reasons, "the record has no text"])
    assert found.failed == 4
    assert found.errors == (Count("the line is not valid JSON", 3), Count("the record has no text", 1))


def test_rare_names_are_counted_together(tallies):
    rows = [row(i, language=f"l{i:02}") for i in range(20)] + [row(20 + i, language="en") for i in range(3)]
    found = tallies(rows).languages
    assert found[0] == Count("en", 3) and found[-1] == Count("all others", 9)
    assert len(found) == counting.LISTED_COUNTS + 1 and sum(each.count for each in found) == 23


def test_publishers_are_those_with_the_most_articles_by_their_mean(tallies):
    names = [name for i in range(40) for name in [f"p{i:02}.com"] * (1 + i % 20 + 5)] + [""] * 99
    found = tallies([row(i, name, float(int(name[1:3] or 0))) for i, name in enumerate(names)])
    assert found.publisher_count == 40 and len(found.publishers) == counting.LISTED_PUBLISHERS
    assert [each.mean for each in found.publishers] == sorted((each.mean for each in found.publishers), reverse=True)
    assert min(each.articles for each in found.publishers) == 11 and "" not in {each.name for each in found.publishers}


def test_the_model_is_named_once(tallies):
    assert tallies([row(0), row(1)]).model == tallies([]).model == MODEL


@given(st.lists(st.integers(0, 1000).map(lambda tenths: tenths / 10), min_size=1), st.floats(0.01, 1))
def test_a_spread_says_what_its_values_say(values, share):
    found = spread(values)
    assert found.total == len(values) and found.mean == pytest.approx(np.mean(values), abs=1e-6)
    assert found.quantile(share) == pytest.approx(np.quantile(values, share, method="inverted_cdf"))
    assert found.histogram([0, 50, 100]).tolist() == np.histogram(values, [0, 50, 100])[0].tolist()
    assert sum(each.count for each in bands(found)) == len(values)


def test_bands_are_the_fifths_of_the_scale():
    counts = {each.name: each.count for each in bands(spread([0, 19.9, 20, 60, 79.9, 100]))}
    assert list(counts.values()) == [2, 1, 0, 2, 1] and next(iter(counts)) == "No usable sourcing"


# --- the page ---------------------------------------------------------------------------------


ROWS = [row(i, f"p{i % 7}.com", float(30 + i * 2 % 40), language="en") for i in range(40)] + [row(40, score=None)]


def test_the_page_says_what_it_is_about(page):
    text = " ".join(" ".join(Elements(page(ROWS, [(1, 0)], ["no text"])).text).split())
    for words in (
        "41 articles from 8 publishers",
        "Ranked on 1 March 2026 with model default 7",
        "Model default 7 · ab12",
        "1 article is a near-duplicate of another (2%)",
        "Too short",
        "1 record could not be read as an article",
        "about 20 points each way",
    ):
        assert words in text, words


@pytest.mark.parametrize(
    "rows",
    [[], [row(0, score=None)], [row(0, "")], [row(0), row(1)], ROWS],
    ids=["none", "abstained", "unknown", "two", "many"],
)
def test_any_ranking_gives_a_page(page, rows):
    made = page(rows)
    assert "nan" not in re.sub("<[^>]*>", " ", made).lower().split() and made.rstrip().endswith("</html>")


def test_a_page_loads_nothing_and_runs_nothing(page):
    made = page(ROWS, [(1, 0)])
    elements = Elements(made)
    assert not {"script", "img", "link", "iframe", "object", "embed", "image", "foreignobject"} & {
        tag for tag, _ in elements.found
    }
    assert not [name for _, attrs in elements.found for name in attrs if name.startswith("on")]
    inside = [attrs["xlink:href"] for attrs in elements.of("use")]
    assert all(target.startswith("#") for target in inside)
    assert "default-src 'none'" in elements.of("meta")[1]["content"]
    assert "@import" not in made and not re.search(r"url\((?!#)", made)


def test_ids_are_there_once_and_what_is_referred_to_is_there(page):
    made = page(ROWS, [(1, 0)])
    elements = Elements(made)
    ids = [attrs["id"] for _, attrs in elements.found if attrs.get("id")]
    assert len(ids) == len(set(ids))
    named = [name for attrs in elements.of("svg") for name in attrs["aria-labelledby"].split()]
    targets = [*named, *(u["xlink:href"][1:] for u in elements.of("use")), *re.findall(r"url\(#([^)]*)\)", made)]
    assert len(named) == 12 and set(targets) <= set(ids)


@pytest.mark.parametrize("column", ["title", "publisher", "language"])
def test_what_articles_say_stays_text(page, column):
    texts = [MARKUP, OVERRIDE, "\ufffd", "", "{{ 7 * 7 }}", "שלום <b>abc</b>"]
    made = page([row(i, **{"score": float(i * 8), column: texts[i // 2]}) for i in range(12)], [(1, 0)])
    elements = Elements(made)
    assert not elements.of("script") and not elements.of("img") and "<b>abc" not in made
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00\x1b]", made)
    said = " ".join(text.strip() for text in elements.text)
    assert MARKUP in said and "{{ 7 * 7 }}" in said and "שלום <b>abc</b>" in said
    made.encode("utf-8")


def test_a_title_has_its_own_direction(page):
    elements = Elements(page([row(0, title="دعا الرئيس"), row(1, title="שלום", url="")]))
    titles = [*elements.of("a"), *(attrs for attrs in elements.of("span") if "class" not in attrs)]
    assert len(titles) == 4 and all(attrs.get("dir") == "auto" for attrs in titles)


def test_only_http_is_linked(page):
    linked = ["https://roepost.com/a", "HTTP://roepost.com/a"]
    others = [
        "javascript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "ftp://roepost.com/a",
        "//roepost.com/a",
        "",
    ]
    elements = Elements(page([row(number, url=url) for number, url in enumerate(linked + others)]))
    assert {attrs["href"] for attrs in elements.of("a")} == set(linked)
    assert all(f"Title {number}" in elements.text for number in range(8))


def test_a_url_cannot_leave_its_attribute(page):
    (link, *_) = Elements(page([row(0, url='https://roepost.com/"onmouseover="alert(1)')])).of("a")
    assert set(link) == {"href", "rel", "dir"}


def test_a_page_is_written_whole_and_the_same_each_time(connection, store, tmp_path):
    store(ROWS, [(1, 0)])
    pages = []
    for name in ("one.html", "two.html"):
        write_overview(connection, Tables("articles", "duplicates"), MODEL, tmp_path / name, DAY)
        pages.append((tmp_path / name).read_bytes())
    assert pages[0] == pages[1]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.html", "two.html"]


def test_a_page_goes_to_a_page_file(tmp_path, connection, store):
    with pytest.raises(InputError, match=r"out\.pdf is no page; give a name that ends in \.html"):
        check_path(tmp_path / "out.pdf")
    store(ROWS, [])
    with pytest.raises(InputError, match="cannot be written"):
        write_overview(connection, Tables("articles", "duplicates"), MODEL, tmp_path / "missing" / "out.html", DAY)


# --- pictures ---------------------------------------------------------------------------------


def publisher(name, mean=50.0, few=False):
    return Publisher(name, 9, 9, 9, 0.0, 0, mean, mean - 5, mean + 5, few)


PICTURES = {
    "distribution": lambda: distribution(spread([10, 40, 41, 60, 90])),
    "publishers": lambda: publisher_means([publisher("roepost.com"), publisher("few.com", 20, True)], 50),
    "families": lambda: family_points([("attribution", spread([-3, 0, 4])), ("tone", spread([0, 0, 0]))]),
}


@pytest.mark.parametrize("draw", PICTURES.values(), ids=PICTURES)
def test_a_picture_follows_the_page_and_can_be_told_to_those_who_do_not_see_it(draw):
    picture = draw()
    for svg in (picture.wide, picture.narrow):
        elements = Elements(svg)
        (root,) = elements.of("svg")
        assert root["role"] == "img" and len(root["aria-labelledby"].split()) == 2
        assert len(elements.of("title")) == len(elements.of("desc")) == 1
        assert "currentColor" in svg and "var(--mark)" in svg
        assert not re.search("#0[1-5]0[1-5]", svg) and "metadata" not in svg and "DejaVu" not in svg
    assert draw() == picture


def test_a_picture_says_its_figures_in_words():
    picture = distribution(spread([10, 20, 30, 40]))
    assert "Histogram of 4 scores from 0 to 100. Mean 25.0; a quarter of the articles are below 10.0" in picture.wide


def test_a_name_in_a_picture_is_text():
    name = "medium.com/@<script>$x_1$&"
    picture = publisher_means([publisher(name), publisher("新聞.example/שלום")], 50)
    assert not Elements(picture.wide).of("script")
    assert name in "".join(Elements(picture.wide).text) and "新聞.example/שלום" in "".join(Elements(picture.wide).text)


def test_a_long_name_is_cut():
    assert "a" * 19 + "…" in publisher_means([publisher("a" * 500)], 50).narrow
