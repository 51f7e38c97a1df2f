"""What people see: text for a terminal, and one HTML file, whatever the article holds."""

import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO, StringIO, TextIOWrapper

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.features.document import Article, Note, Span
from onrecord.features.measurement import Attribution, Feature, Kind, Mention, Quote
from onrecord.scoring.render import Mark, clean, paragraphs, print_text, quote, segments, to_html, to_text
from onrecord.scoring.report import (
    Bias,
    Change,
    Contribution,
    Evidence,
    FamilyPoints,
    Genre,
    Leaning,
    ModelIdentity,
    Report,
    Score,
)

TEXT = """HARBOUR FALLS (Coast Agency) – The old pier will close in May, harbour master Ines Calder said on Tuesday.

“We found rot in nine of the forty piles,” Calder told reporters. She added that repairs could cost 2.4 million crowns.

A survey by Norden Engineers, published on the town's site, puts the figure at 3.1 million crowns.

Critics call the plan a disgrace. Officials familiar with the budget warned the council may sell the land.

The mayor's office did not respond to a request for comment.

Sign up for our morning newsletter."""


def span(passage: str) -> Span:
    start = TEXT.index(passage)
    return Span(start, start + len(passage))


def attribution(
    content: str, cue: str, source: str, kind: Kind, resolved: str | None = None, role: str | None = None
) -> Attribution:
    return Attribution(
        content=(span(content),),
        cue=(span(cue),) if cue else (),
        source=(span(source),) if source else (),
        source_text=source,
        kind=kind,
        mention=Mention.NAME if resolved else Mention.DESCRIPTION,
        resolved=resolved,
        role=role,
        quote=Quote.DIRECT if content.startswith("“") else Quote.INDIRECT,
    )


def contribution(
    name: str, unit: str, direction: str, value: float | None, points: float, percentile: float | None, *passages: str
) -> Contribution:
    return Contribution(Feature(name, unit, direction, ""), value, points, percentile, tuple(map(span, passages)))


def make_report() -> Report:
    named = (
        contribution(
            "named_sourcing.named", "count", "more named sources", 2, 6.1, 83.4, "Ines Calder", "Norden Engineers"
        ),
        contribution(
            "named_sourcing.documents", "count", "more documents cited", 1, 3.2, 71, "A survey by Norden Engineers"
        ),
        contribution(
            "named_sourcing.unnamed",
            "count",
            "more unnamed sources",
            2,
            -4.4,
            66,
            "Critics",
            "Officials familiar with the budget",
        ),
        contribution(
            "named_sourcing.asked",
            "yes/no",
            "more sides asked to answer",
            1,
            2.0,
            90,
            "did not respond to a request for comment",
        ),
    )
    attributed = (
        contribution("attribution.sentences", "share", "more of the sentences attributed", 0.625, 5.5, 77),
        contribution("attribution.links", "count", "more links to primary documents", None, 0.0, None),
    )
    hedging = (
        contribution(
            "hedging.epistemic", "per 1,000 words", "more words of uncertainty", 21.5, -1.6, 81, "could", "may"
        ),
    )
    tone = (contribution("tone.loaded", "per 1,000 words", "more loaded words", 10.7, -2.7, 74, "disgrace"),)
    boilerplate = (
        contribution(
            "boilerplate.share",
            "share",
            "more of the text that is no article",
            0.06,
            -0.9,
            58,
            "Sign up for our morning newsletter.",
        ),
    )
    families = tuple(
        FamilyPoints(features[0].feature.family.replace("_", " "), sum(each.points for each in features), features)
        for features in (attributed, named, hedging, boilerplate, tone)
    )
    total = 58.0 + sum(family.points for family in families)
    return Report(
        article=Article(
            TEXT,
            title="Harbour Falls to close its old pier in May",
            url="https://news.example/pier",
            domain="news.example",
            byline="By Lena Ostrow",
            published="2024-03-05",
        ),
        language="en",
        words=93,
        score=Score(total, 56.0, 73.5, 0.71, False, (), 58.0, 68.0),
        families=families,
        attributions=(
            attribution(
                "The old pier will close in May",
                "said",
                "Ines Calder",
                Kind.NAMED_PERSON,
                "Ines Calder",
                "harbour master",
            ),
            attribution(
                "“We found rot in nine of the forty piles,”", "told", "Calder", Kind.NAMED_PERSON, "Ines Calder"
            ),
            attribution("repairs could cost 2.4 million crowns", "added", "She", Kind.NAMED_PERSON, "Ines Calder"),
            attribution(
                "puts the figure at 3.1 million crowns",
                "",
                "A survey by Norden Engineers",
                Kind.DOCUMENT,
                "A survey by Norden Engineers",
            ),
            attribution("the plan a disgrace", "call", "Critics", Kind.UNNAMED),
            attribution("the council may sell the land", "warned", "Officials familiar with the budget", Kind.UNNAMED),
        ),
        evidence={
            "hedging": (Evidence(span("could"), "hedging.epistemic"), Evidence(span("may"), "hedging.epistemic")),
            "boilerplate": (Evidence(span("Sign up for our morning newsletter."), "boilerplate.share"),),
            "tone": (Evidence(span("disgrace"), "tone.loaded"),),
            "transparency": (Evidence(span("HARBOUR FALLS (Coast Agency)"), "transparency.dateline"),),
        },
        bias=Bias(0.08, Leaning(0.31, 0.45, 0.24), 10.7),
        genre=Genre("press_release", {"press_release": 0.914, "news": 0.086}),
        notes=(Note("short", "The text is short, so the interval is wide."),),
        model=ModelIdentity("default", "2024.1", "ab" * 32),
        changes=(
            Change("Naming the two unnamed sources", 6.25, (span("Critics"), span("Officials familiar")), 2),
            Change("One more independent source", 3.0, (), 1),
        ),
    )


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }}{% raw %}",
    "[bold red]not markup[/bold red] [/] :warning:",
    "\x1b[31mred\x1b]0;title\x07\x9b2J",
    "nul\x00 and \x7f",
    "half \ud83d of a pair",
    "\u202egnisrever\u202c שלום עולם",
]


def everywhere(text: str) -> Report:
    """A report that holds a text in every place that an article can reach."""
    whole = (Span(0, len(text)),)
    said = Attribution(whole, (), whole, text, Kind.UNNAMED, Mention.NAME, text, text, Quote.DIRECT)
    report = make_report()
    families = tuple(
        replace(family, features=tuple(replace(each, spans=whole) for each in family.features))
        for family in report.families
    )
    return replace(
        report,
        article=Article(text, title=text, url=text, domain=text, byline=text, published=text),
        families=families,
        attributions=(said,),
        evidence={"tone": (Evidence(whole[0], "tone.loaded"),)},
        notes=(Note("odd", text),),
        changes=(Change("Leaving it out", 2.0, whole, 1),),
    )


def abstained() -> Report:
    score = Score(None, None, None, 0.0, True, ("too_short: 12 words, at least 50 are needed",), 58.0, None)
    return replace(make_report(), score=score, bias=Bias(None, None, None), attributions=(), changes=())


class Page(HTMLParser):
    """What a browser would see: the tags with their attributes, and the text of the article."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.shown = ""
        self.skipping = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.skipping = tag == "style"

    def handle_data(self, data: str) -> None:
        self.shown += "" if self.skipping else data


# --- text


def test_the_text_says_what_a_reader_needs() -> None:
    text = to_text(make_report())
    for part in (
        "Harbour Falls to close its old pier in May",
        "news.example · By Lena Ostrow · 2024-03-05 · 93 words",
        "65 of 100  (90% interval 56 to 74, higher than 68% of articles)",
        "Solid sourcing",
        "named sourcing                          │███████████████   +6.9",
        "+6.1  2 named sources (more than in 83% of articles)\n         “Ines Calder”, “Norden Engineers”",
        "-4.4  Two sources are unnamed (more than in 66% of articles)\n         “Critics”",
        "-1.6  Two words of uncertainty (more than in 81% of articles, for its length)\n         “could”, “may”",
        "What would raise it, each by itself\n   +6.2  Naming the two unnamed",
        "   +3.0  One more independent source\n\nSources",
        "Ines Calder, harbour master: named person, 3 statements",
        "leaning: left 31%, center 45%, right 24%",
        "The text is short, so the interval is wide.",
        "Model default 2024.1 (abababababab)",
    ):
        assert part in text


def test_what_is_not_shown_is_summed_up() -> None:
    report = make_report()
    small = contribution("tone.capitals", "count", "more words in capitals", 1, -0.2, None)
    family = FamilyPoints("tone", -0.2, (small,))
    for families, said in (((*report.families, family), "All else together takes away 0.2."), (report.families, None)):
        shown = replace(report, families=families)
        assert [line for line in to_text(shown).splitlines() if "All else" in line] == ([said] if said else [])
        assert ("All else" in to_html(shown)) == bool(said) and (said or "") in to_html(shown)


@pytest.mark.parametrize(
    ("genre", "said"),
    [
        (Genre("press_release", {"press_release": 0.914, "news": 0.086}), "Reads like: press release (91%)"),
        (Genre("opinion", {"opinion": 0.996, "news": 0.004}), "Reads like: opinion (over 99%)"),
        (Genre(None, {"news": 0.5, "opinion": 0.5}), "Reads like: cannot tell"),
        (Genre(None, None), "Reads like: cannot tell"),
    ],
)
def test_the_kind_of_piece_is_said_in_one_line(genre: Genre, said: str) -> None:
    report = replace(make_report(), genre=genre)
    assert said in to_text(report).splitlines()
    assert f"<br>{said}\n" in to_html(report)


def test_an_abstention_says_why_and_draws_no_points() -> None:
    text = to_text(abstained())
    assert "No score: 12 words, at least 50 are needed." in " ".join(text.split())
    assert "No statement in it is attributed to anybody." in text
    assert "cannot tell" in text
    assert "█" not in text and "of 100" not in text


@pytest.mark.parametrize("width", [40, 80, 100])
def test_text_fits_its_width_and_leaves_no_blanks_behind(width: int) -> None:
    long = replace(make_report(), notes=(Note("long", "word " * 60), Note("unbroken", "x" * 300)))
    lines = to_text(long, width).splitlines()
    assert all(line == line.rstrip() for line in lines)
    assert max(map(len, lines)) <= width


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_an_article_reaches_the_terminal_as_a_command(text: str) -> None:
    shown = to_text(everywhere(text))
    assert not [c for c in shown if (c < " " and c != "\n") or "\x7f" <= c <= "\x9f" or "\ud800" <= c <= "\udfff"]
    assert "\u202e" not in shown
    shown.encode("utf-8")


def test_rich_markup_in_an_article_is_printed_as_it_is() -> None:
    assert "[bold red]not markup[/bold red] [/] :warning:" in to_text(everywhere(HOSTILE[3]))


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_any_output_encoding_will_do(encoding: str) -> None:
    raw = BytesIO()
    file = TextIOWrapper(raw, encoding=encoding)
    print_text(everywhere("Ærø “quoted” 東京 \ud83d"), file)
    file.flush()
    assert b"#####" in raw.getvalue() or encoding == "utf-8"


class Terminal(StringIO):
    """A file that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_colour_is_for_terminals_and_for_those_who_want_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLORTERM", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    terminal, uncoloured, pipe = Terminal(), Terminal(), StringIO()
    print_text(make_report(), terminal)
    print_text(make_report(), pipe)
    monkeypatch.setenv("NO_COLOR", "1")
    print_text(make_report(), uncoloured)
    colours = re.compile(r"\x1b\[[0-9;]*3[0-7]m")
    assert colours.search(terminal.getvalue())
    assert not colours.search(uncoloured.getvalue())
    assert "\x1b" not in pipe.getvalue()
    assert pipe.getvalue() == to_text(make_report())


# --- segments


def test_overlapping_marks_cut_the_text_at_every_boundary() -> None:
    found = [Mark(Span(0, 6), "a", "A", "1"), Mark(Span(4, 9), "b", "B"), Mark(Span(5, 6), "a c", "C")]
    assert [(s.text, s.css, s.title, s.labels) for s in segments("0123456789", found)] == [
        ("0123", "a", "A", ()),
        ("4", "a b", "A; B", ()),
        ("5", "a b c", "A; B; C", ("1",)),
        ("678", "b", "B", ()),
        ("9", "", "", ()),
    ]


@given(st.text(max_size=40), st.lists(st.tuples(st.integers(-5, 50), st.integers(-5, 50)), max_size=12))
def test_segments_are_the_text_and_each_carries_exactly_the_marks_over_it(
    text: str, bounds: list[tuple[int, int]]
) -> None:
    found = [Mark(Span(a, b), f"m{i}", "") for i, (a, b) in enumerate(bounds)]
    cut = list(segments(text, found))
    assert "".join(segment.text for segment in cut) == text
    place = 0
    for segment in cut:
        for at in range(place, place + len(segment.text)):
            assert set(segment.css.split()) == {m.css for m in found if m.span.start <= at < m.span.end}
        place += len(segment.text)


def test_a_mark_over_a_line_break_stays_on_both_paragraphs_and_labels_the_second() -> None:
    cut = segments("one\n\ntwo", [Mark(Span(0, 8), "said", "", "P1")])
    assert [[(s.text, s.css, s.labels) for s in line] for line in paragraphs(cut)] == [
        [("one", "said", ())],
        [("two", "said", ("P1",))],
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [("short", "short"), ("two\n lines", "two lines"), ("x" * 80, "x" * 59 + "…"), ("a\x1b[0m", "a[0m"), ("", "")],
)
def test_a_quoted_passage_is_one_short_line(text: str, shown: str) -> None:
    assert quote(text, Span(0, len(text))) == shown


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)


# --- HTML


def test_the_page_shows_the_article_whole_and_marks_it() -> None:
    page = Page(to_html(make_report()))
    for line in filter(None, TEXT.split("\n")):
        assert line in page.shown
    classes = {name for _, attrs in page.tags for name in (attrs.get("class") or "").split()}
    assert classes >= {"said", "named_person", "document", "unnamed", "source", "cue", "hedging", "tone", "boilerplate"}
    tags = [attrs["data-tag"] for _, attrs in page.tags if "data-tag" in attrs]
    assert tags == ["P1", "D2", "U3", "U4", "P", "O", "D", "U", "?", "P1", "P1", "P1", "D2", "U3", "U4"]


def test_the_page_says_the_score_in_words_and_draws_each_family() -> None:
    html = to_html(make_report())
    page = Page(html)
    assert "With 90% confidence the score lies between 56 and 74" in page.shown
    assert "Most claims name a source that a reader could check." in page.shown
    assert page.shown.index("What would raise it") < page.shown.index("Naming the two unnamed sources")
    bars = [attrs["style"] for tag, attrs in page.tags if tag == "i" and attrs.get("class") in ("up", "down")]
    assert bars == ["width: 39.9%", "width: 50.0%", "width: 11.6%", "width: 6.5%", "width: 19.6%"]


def test_the_page_of_an_abstention_has_no_number() -> None:
    page = Page(to_html(abstained()))
    assert "12 words, at least 50 are needed." in page.shown
    assert "of 100" not in page.shown and "What raises it" not in page.shown and "What would" not in page.shown


@pytest.mark.parametrize("report", [make_report(), abstained(), *map(everywhere, HOSTILE)])
def test_the_page_loads_and_runs_nothing(report: Report) -> None:
    page = Page(to_html(report))
    policy = next(attrs["content"] for tag, attrs in page.tags if attrs.get("http-equiv") == "Content-Security-Policy")
    assert str(policy).startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert not {tag for tag, _ in page.tags} & {"script", "img", "link", "iframe", "object", "embed", "base", "form"}
    assert not [attrs for _, attrs in page.tags if {"src", "srcset"} & attrs.keys()]
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on")]
    css = to_html(report).partition("<style>")[2].partition("</style>")[0]
    assert "url(" not in css and "@import" not in css


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_and_never_interpreted(text: str) -> None:
    html = to_html(everywhere(text))
    html.encode("utf-8")
    assert not [c for c in html if (c < " " and c != "\n") or "\x7f" <= c <= "\x9f"]
    assert clean(text) in Page(html).shown
    assert [tag for tag, _ in Page(html).tags].count("p") == [
        tag for tag, _ in Page(to_html(everywhere("x"))).tags
    ].count("p")


@pytest.mark.parametrize(
    ("url", "linked"),
    [("https://news.example/a", True), ("javascript:alert(1)", False), ("data:text/html,x", False), ("", False)],
)
def test_only_a_web_address_becomes_a_link(url: str, linked: bool) -> None:
    report = make_report()
    page = Page(to_html(replace(report, article=replace(report.article, url=url))))
    assert bool([tag for tag, _ in page.tags if tag == "a"]) == linked


def test_an_empty_article_has_a_page_too() -> None:
    report = replace(abstained(), article=Article(""), families=(), evidence={}, notes=())
    assert "(untitled)" in to_html(report)
    assert "(untitled)" in to_text(report)


def test_importing_the_renderer_is_light() -> None:
    code = "import sys, onrecord.scoring.render; print({'rich', 'jinja2'} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
