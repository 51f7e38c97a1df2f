"""What people see: text for a terminal, and one HTML file, whatever the article holds."""

import re
import subprocess
import sys
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from io import BytesIO, StringIO, TextIOWrapper
from itertools import combinations
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

import onrecord
from onrecord.features.document import Article, Note, Span
from onrecord.features.measurement import Attribution, Feature, Kind, Mention, Quote
from onrecord.scoring.display import clean
from onrecord.scoring.render import environment, policy, to_html, view
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
from onrecord.scoring.terminal import print_text, to_text

ROOT = Path(__file__).parents[2]

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
    """What a browser would see: the tags with their attributes, and the text without labels of sources."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.shown = ""
        self.skipping = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.skipping = tag in ("style", "script") or ("class", "tag") in attrs

    def handle_endtag(self, tag: str) -> None:
        self.skipping = False

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
        "   +3.0  One more independent source\n\nBias",
        "    3   24%  P  Ines Calder, harbour master\n    1    8%  D  A survey by Norden Engineers",
        "  P named person, D document, U unnamed source",
        "  PPPPPPPPPPPPPPPPDDDDDUUUUUUU······································\n"
        "  P named people 24%, D documents 8%, U unnamed sources 11%, · attributed to\n  nobody 57%",
        "https://news.example/pier\n",
        "0 ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄├────●────┤┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄ 100",
        "There was nothing to measure for: links.",
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


def test_of_a_language_that_is_not_read_nobody_says_that_nothing_is_attributed() -> None:
    turkish = (
        "Belediye başkanı eski köprünün mayıs ayında kapatılacağını söyledi. Limandaki esnaf müşterilerini "
        "kaybetmekten korkuyor ve mahalle sakinleri için ücretsiz bir servis istiyor. "
        "Meclis perşembe günü oy kullanacak. "
    )
    report = onrecord.score_article(Article(3 * turkish))
    for shown in (to_text(report), Page(to_html(report)).shown):
        assert "Who says what could not be read in this text." in shown
        assert not [said for said in ("attributed to", "rest on", "nothing to measure") if said in shown]


@pytest.mark.parametrize("width", [20, 30, 40, 50, 80, 100])
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


def test_a_terminal_too_narrow_for_bars_has_the_figures() -> None:
    lines = to_text(make_report(), 40).splitlines()
    assert "    +6.9  named sourcing" in lines and "    -2.7  tone" in lines
    assert not [line for line in lines if "█" in line]


@pytest.mark.parametrize(
    ("url", "leads"),
    [("https://news.example/pier", True), ("javascript:alert(1)", False), ("https://a.example/ b", False)],
)
def test_a_terminal_can_follow_the_link_to_the_article(url: str, leads: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    report, terminal = make_report(), Terminal()
    print_text(replace(report, article=replace(report.article, url=url)), terminal)
    assert bool(re.search(r"\x1b\]8;[^;]*;" + re.escape(url) + r"\x1b", terminal.getvalue())) == leads
    assert ("\x1b]8;" in terminal.getvalue()) == leads


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


# --- HTML


def keys(page: Page, tag: str, **wanted: str) -> list[str]:
    """The sources that tags with the given attributes belong to."""
    return [
        attrs["data-s"] or ""
        for name, attrs in page.tags
        if name == tag and "data-s" in attrs and all(attrs.get(key) == value for key, value in wanted.items())
    ]


def test_the_page_shows_the_article_whole_and_marks_it() -> None:
    html = to_html(make_report())
    page = Page(html)
    for line in filter(None, TEXT.split("\n")):
        assert line in page.shown
    classes = {name for _, attrs in page.tags for name in (attrs.get("class") or "").split()}
    assert classes >= {"said", "named_person", "document", "unnamed", "source", "cue", "hedging", "tone", "boilerplate"}
    assert 'loaded: loaded words"' in html and 'hedge: words of uncertainty"' in html


def test_what_a_source_says_is_linked_to_its_row_and_back() -> None:
    page = Page(to_html(make_report()))
    rows = {str(attrs["id"]): attrs["data-s"] for tag, attrs in page.tags if tag == "tr" and "id" in attrs}
    assert rows == {"source-1": "1", "source-2": "2", "source-3": "3", "source-4": "4"}
    assert keys(page, "a", **{"class": "tag"}) == ["1", "1", "1", "2", "3", "4"]
    said = keys(page, "span", **{"class": "said named_person"})
    assert said and set(said) == {"1"}
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    links = [str(attrs["href"]) for tag, attrs in page.tags if tag == "a" and str(attrs["href"]).startswith("#")]
    assert {link.removeprefix("#") for link in links} <= set(ids)
    assert {f"#said-{number}" for number in range(1, 5)} <= set(links)


def test_the_table_says_how_much_of_the_article_rests_on_each_source() -> None:
    words = re.sub(r"<[^>]+>", " ", to_html(make_report())).split()
    assert "P1 Ines Calder named person, harbour master 3 24%" in " ".join(words)
    assert "P named people 24% D documents 8% U unnamed sources 11% attributed to nobody 57%" in " ".join(words)


def test_the_page_says_the_score_in_words_and_draws_each_family() -> None:
    page = Page(to_html(make_report()))
    assert "With 90% confidence the score lies between 56 and 74" in page.shown
    assert "Most claims name a source that a reader could check." in page.shown
    assert page.shown.index("What would raise it") < page.shown.index("Naming the two unnamed sources")
    bars = [
        (attrs["class"], attrs["x"], attrs["width"])
        for tag, attrs in page.tags
        if tag == "rect" and attrs.get("class") in ("up", "down")
    ]
    assert bars[:5] == [
        ("up", "38.9%", "48.7%"),
        ("up", "38.9%", "61.1%"),
        ("down", "24.8%", "14.2%"),
        ("down", "31.0%", "8.0%"),
        ("down", "15.0%", "23.9%"),
    ]
    assert min(float(x.rstrip("%")) for _, x, _ in bars if x) == 0.0  # what lowers it most: 4.4 points


def test_points_that_round_to_nothing_have_no_colour() -> None:
    report = make_report()
    trifle = replace(report.families[0], points=0.04)
    assert '<span class="points ">0</span>' in to_html(replace(report, families=(trifle,)))


def test_the_page_of_an_abstention_has_no_number() -> None:
    page = Page(to_html(abstained()))
    assert "12 words, at least 50 are needed." in page.shown
    assert "of 100" not in page.shown and "What raises it" not in page.shown and "What would" not in page.shown


@pytest.mark.parametrize("report", [make_report(), abstained(), *map(everywhere, HOSTILE)])
def test_the_page_loads_nothing_and_runs_only_what_its_policy_names(report: Report) -> None:
    html = to_html(report)
    page = Page(html)
    tags = [tag for tag, _ in page.tags]
    assert not set(tags) & {"img", "link", "iframe", "object", "embed", "base", "form"}
    assert not [attrs for _, attrs in page.tags if {"src", "srcset", "style"} & attrs.keys()]
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on")]
    said = next(attrs["content"] for tag, attrs in page.tags if attrs.get("http-equiv") == "Content-Security-Policy")
    assert said == policy() and str(said).startswith("default-src 'none'; ") and "unsafe" not in str(said)
    for tag in ("style", "script"):
        (body,) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        assert tags.count(tag) == 1
        assert f"{tag}-src 'sha256-{b64encode(sha256(body.encode()).digest()).decode()}'" in policy()
        assert "url(" not in body and "@import" not in body and "http" not in body


def test_two_reports_on_one_page_do_not_get_in_each_others_way() -> None:
    macros = environment().get_template("parts.html").module
    views = [view(make_report(), "a"), view(everywhere("x"), "b")]
    names = ("heading", "score", "reliance", "notes", "article", "sources", "points", "changes", "beside", "features")
    page = Page("".join(getattr(macros, name)(each) for each in views for name in names))
    ids = [str(attrs["id"]) for _, attrs in page.tags if "id" in attrs]
    assert len(ids) == len(set(ids)) and {each[0] for each in ids} == {"a", "b"}
    assert {key[0] for tag in ("span", "a", "tr") for key in keys(page, tag)} == {"a", "b"}


def colours(css: str) -> list[dict[str, str]]:
    """The colours of the light page and of the dark one, by name."""
    light, dark = css.split("@media screen and (prefers-color-scheme: dark)", 1)
    return [
        dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6}|#[0-9a-f]{3})\b", part.split("}")[0])) for part in (light, dark)
    ]


# Machado, Oliveira, Fernandes (2009): how linear RGB looks to eyes without one kind of cone.
EYES = {
    "all cones": np.eye(3),
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}


def lab(colour: str, eyes: str) -> npt.NDArray[np.float64]:
    """A colour in CIELAB, where distances are about what a person sees: 2 is just noticeable."""
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    rgb = np.array([int(digits[i : i + 2], 16) for i in (0, 2, 4)]) / 255
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.array(EYES[eyes]) @ linear, 0, 1)
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    x, y, z = np.cbrt(to_xyz @ seen / [0.9505, 1, 1.089])
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_the_tints_of_the_kinds_look_different_to_all_eyes(scheme: int, eyes: str) -> None:
    palette = colours((ROOT / "scoring/templates/page.css").read_text(encoding="utf-8"))[scheme]
    tints = [palette[name] for name in ("person", "organisation", "document", "unnamed", "unresolved", "card")]
    assert min(np.linalg.norm(lab(a, eyes) - lab(b, eyes)) for a, b in combinations(tints, 2)) > 10
    assert np.linalg.norm(lab(palette["up"], eyes) - lab(palette["down"], eyes)) > 40


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
    assert bool([tag for tag, attrs in page.tags if tag == "a" and attrs.get("rel")]) == linked


def test_an_empty_article_has_a_page_too() -> None:
    report = replace(abstained(), article=Article(""), families=(), evidence={}, notes=())
    assert "(untitled)" in to_html(report)
    assert "(untitled)" in to_text(report)


def test_importing_the_renderer_is_light() -> None:
    code = (
        "import sys, onrecord.scoring.render, onrecord.scoring.terminal; print({'rich', 'jinja2'} & sys.modules.keys())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_the_page_of_a_long_article_is_small() -> None:
    report = onrecord.score_article(onrecord.read_source(str(ROOT / "examples/council-water.html")))
    assert report.words > 850 and len(report.attributions) > 30
    assert len(to_html(report).encode()) < 100_000
