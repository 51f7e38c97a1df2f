"""The score of an article: it adds up, it knows when to keep silent, and what it must not depend on."""

import math
import random
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.features import CATALOGUE
from onrecord.features.document import Article
from onrecord.scoring.model import Model, Scorecard, Steps, load_model
from onrecord.scoring.report import EVIDENCE_GROUPS
from onrecord.scoring.score import score_article
from onrecord.scoring.source import read_source
from onrecord.training.policy import LOWERS, RAISES, UNWEIGHED

EXAMPLES = Path(__file__).parents[2] / "examples"
NAMES = ("council-water.html", "hospital-merger.txt", "port-strike.md", "phone-rumour.html", "column.txt", "rant.txt")
ARTICLES = {name: read_source(str(EXAMPLES / name)) for name in NAMES}


def points(report):
    return {f.feature.id: f.points for family in report.families for f in family.features}


# ---- adding up --------------------------------------------------------------------------------------------

FRAGMENTS = [
    "The ferry will not sail on Sunday, said Marta Quill, the harbour master.",
    "“We were never asked,” Quill said.",
    "\"It is a disgrace!\" he told the Orlow Gazette",
    "According to the port authority's 2023 report, 412 boats were inspected.",
    "Some say the pier may perhaps be unsafe; critics disagree.",
    "Officials familiar with the plan, who asked not to be named, called it absurd.",
    "The company did not respond to a request for comment.",
    "You won't BELIEVE what happened next!!!",
    "Subscribe to our newsletter.",
    "ORLOW (AP) — Prices rose 3.2% in May.",
    "Correction: an earlier version of this article misstated the date.",
    "I think we all know who is to blame, don't we?",
    "« Non », a-t-il dit.",
    "…", "\n\n", "\n", "— ", "“", "’", "12,000", "#tag @user", "\u200b", "😀", "e\u0301", "   ",
]  # fmt: skip

texts = st.lists(st.sampled_from(FRAGMENTS), max_size=40).map(" ".join)
titles = st.sampled_from(["", "Ferry halted", "10 Reasons Why You MUST See This!", "“Never asked”"])


@settings(max_examples=60, deadline=None)
@given(text=texts, title=titles, byline=st.sampled_from([None, "By Ann Lark", "Staff"]))
def test_points_add_up_to_the_score_for_any_article(text, title, byline):
    report = score_article(Article(text, title=title, byline=byline))
    score = report.score
    total = score.baseline
    for family in report.families:
        assert sum(f.points for f in family.features) == pytest.approx(family.points, abs=1e-9)
        total += family.points
    if score.abstained:
        assert score.value is score.low is score.high is score.percentile is None
        assert score.reasons and score.confidence == 0.0
        assert report.bias.hyperpartisan is None
    else:
        assert score.value == pytest.approx(min(100.0, max(0.0, total)), abs=1e-6)
        assert 0 <= score.low <= score.value <= score.high <= 100
        assert 0 <= score.confidence <= 1 and 0 <= score.percentile <= 100 and not score.reasons
        assert 0 <= report.bias.hyperpartisan <= 1
    assert list(points(report)) == list(CATALOGUE)
    assert tuple(report.evidence) == EVIDENCE_GROUPS
    for passages in report.evidence.values():
        assert list(passages) == sorted(passages, key=lambda e: (e.span, e.feature))
        assert all(0 <= e.span.start < e.span.end <= len(text) for e in passages)


@pytest.mark.parametrize(("baseline", "value"), [(500.0, 100.0), (-500.0, 0.0)])
def test_a_sum_beyond_the_scale_is_clipped_and_its_interval_with_it(baseline, value):
    extreme = Scorecard(baseline, {}, 8.0, 1.6, (0.0, 100.0))
    report = score_article(ARTICLES["rant.txt"], Model("m", "1", "", extreme))
    assert report.score.value == report.score.low == report.score.high == value


@pytest.fixture
def surprising():
    """A model that has seen only texts of one or two words, and so is surprised by any article."""

    def model(usual):
        steps = {"readability.words": Steps((), (0.0,), 0.0, (), (1.0, 2.0))}
        return Model("m", "1", "", Scorecard(50.0, steps, 8.0, 1.6, (0.0,), usual=usual))

    return model


def test_an_article_unlike_most_gets_a_wider_interval_and_a_note(surprising):
    """The surprise is the logarithm of 101; the interval grows by the share by which that exceeds the usual."""
    a, b = (score_article(ARTICLES["column.txt"], surprising(math.log(101) / more)) for more in (1.0, 1.25))
    assert b.score.high - b.score.low == pytest.approx(1.25 * (a.score.high - a.score.low))
    assert "unfamiliar" in {n.code for n in b.notes} - {n.code for n in a.notes}


# ---- abstaining -------------------------------------------------------------------------------------------

SHORT = "“The ferry is safe,” said Marta Quill, the harbour master. Perhaps critics disagree!"
POLISH = "Prom nie wypłynie w niedzielę, powiedziała kapitan portu. „Nikt nas nie pytał”, dodała po chwili. " * 8


def test_an_article_unlike_all_gets_no_score(surprising):
    report = score_article(ARTICLES["column.txt"], surprising(1.0))
    assert report.score.abstained and report.score.value is None
    assert [reason.partition(":")[0] for reason in report.score.reasons] == ["unfamiliar"]


def test_what_is_not_written_in_the_words_of_news_is_no_article():
    code = "def of(the, self): return is_a.was_in(the, self) and on_by(self) or (to, and_for) " * 12
    report = score_article(Article(code))
    assert report.score.abstained and report.score.reasons[0].startswith("not_an_article: only ")


@pytest.mark.parametrize(
    ("text", "reasons", "codes"),
    [
        (SHORT, ["too_short"], {"too_short"}),
        (POLISH, ["unsupported_language"], {"unsupported_language"}),
        ("Bonjour.", ["too_short", "unsupported_language"], {"unsupported_language"}),
        ("", ["too_short", "unsupported_language"], set()),
    ],
)
def test_it_abstains_with_reasons(text, reasons, codes):
    report = score_article(Article(text))
    assert report.score.abstained and report.score.value is None
    assert [reason.partition(":")[0] for reason in report.score.reasons] == reasons
    assert codes <= {note.code for note in report.notes}
    assert report.bias.leaning is None and report.bias.hyperpartisan is None


def test_it_abstains_where_a_language_has_no_words_for_sources(monkeypatch):
    monkeypatch.setattr("onrecord.scoring.score.languages", lambda *families: ())
    report = score_article(ARTICLES["port-strike.md"])
    assert report.score.reasons == ("unsupported_language: sources cannot be found in this language (en)",)


def test_what_a_language_lacks_widens_the_interval_and_is_noted(monkeypatch):
    article = ARTICLES["port-strike.md"]
    before = score_article(article)
    lacking = frozenset(f for f in CATALOGUE if CATALOGUE[f].family in ("tone", "hedging"))
    monkeypatch.setattr("onrecord.scoring.score.unmeasured", lambda language: lacking)
    after = score_article(article)
    assert after.score.value == before.score.value
    assert after.score.high - after.score.low > before.score.high - before.score.low


def test_it_abstains_from_the_score_alone():
    report = score_article(Article(SHORT))
    assert [a.resolved for a in report.attributions] == ["Marta Quill"]
    assert [SHORT[e.span.start : e.span.end] for e in report.evidence["hedging"]][:1] == ["Perhaps"]
    assert report.bias.loaded_per_1000_words is not None


def test_fifty_words_are_enough():
    words = ["The", "ferry", "said", "to", "the", "harbour", "that", "it", "is", "not", "the", "one"]
    text = " ".join((words * 5)[:50])
    assert not score_article(Article(text)).score.abstained
    assert score_article(Article(text.rpartition(" ")[0])).score.abstained


# ---- what it must not depend on ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("domain", ["nytimes.com", "breitbart.com", "orlow-gazette.example"])
def test_the_publisher_is_no_feature(name, domain):
    article = ARTICLES[name]
    moved = replace(article, domain=domain, url=f"https://www.{domain}/news/1")
    assert score_article(moved).score == score_article(article).score


def straight(text):
    return text.translate(str.maketrans("“”‘’", "\"\"''"))


def curly(text):
    text = re.sub(r'(?<![^\s(—])"', "“", text).replace('"', "”")
    return re.sub(r"(?<![^\s(—“])'", "‘", text).replace("'", "’")


def in_style(change, article):
    return replace(article, text=change(article.text), title=change(article.title))


STYLES = {
    "straight quotes": lambda a: in_style(straight, a),
    "curly quotes": lambda a: in_style(curly, a),
    "title case": lambda a: replace(a, title=a.title.title()),
    "title in capitals": lambda a: replace(a, title=a.title.upper()),
    "lines for paragraphs": lambda a: replace(a, text=a.text.replace("\n\n", "\n")),
    "paragraphs for lines": lambda a: replace(a, text=re.sub(r"\n+", "\n\n", a.text)),
}


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", NAMES)
def test_house_style_carries_no_weight(name, style):
    article = ARTICLES[name]
    before, after = score_article(article), score_article(STYLES[style](article))
    assert after.score.value == pytest.approx(before.score.value, abs=0.5)


@pytest.mark.parametrize("name", NAMES)
def test_what_only_the_page_tells_carries_no_weight(name):
    article = ARTICLES[name]
    bare = replace(article, byline=None, published=None, links=None, aside=None)
    dressed = replace(article, byline="By Ann Lark", published="2024-05-01", aside="Subscribe", links=())
    assert score_article(bare).score.value == pytest.approx(score_article(dressed).score.value, abs=0.5)


POLITICS = [
    (
        "Democratic Senator Ruth Alder voted against the farm bill on Tuesday, and the Republican leader, "
        "Cal Voss, said he would bring it back. “The Democrats promised farmers this money,” Voss told "
        "reporters. Alder said liberal voters in her state had asked her to wait. President Obama has not "
        "said whether he would sign it, according to a White House spokesman, Lee Marsh. Republicans hold "
        "51 seats. A 2014 study by the Farm Institute put the cost at $4 billion. Conservative groups "
        "opposed an earlier draft, and Democrats opposed a later one."
    ),
    (
        "Let's be honest: the Republicans have lost their minds. Every liberal I know is laughing, and why "
        "wouldn't they? Trump says whatever comes into his head and the conservatives swallow it. It's a "
        "shameful, pathetic circus. I have watched Democrats make the same stupid mistake for years, and "
        "they never learn. People say Trump will change. He won't! You know it and I know it. Sources claim "
        "there may be a scandal coming; who would be surprised?"
    ),
    (
        "Two aides to Obama, who asked not to be named because talks continue, said on Monday that the "
        "president might drop the plan. “Nobody in the Republican Party wants it,” one aide said. "
        "Representative Hal Brandt, a Democrat, said in a statement that he was “disappointed”. Trump "
        "supporters rallied outside. Conservative lawmakers did not respond to requests for comment. "
        "Liberal columnists called the plan reckless, and a Trump spokeswoman, Iris Fenn, said they were "
        "right for once. About 300 people came, police said."
    ),
]
SWAPS = {"Democrat": "Republican", "Democrats": "Republicans", "Democratic": "Republican", "liberal": "conservative",
         "liberals": "conservatives", "Liberal": "Conservative", "Obama": "Trump"}  # fmt: skip
SWAP = {v: k for k, v in SWAPS.items() if k != "Democratic"} | SWAPS


def exchanged(text):
    return re.sub(r"\w+", lambda m: SWAP.get(m[0], m[0]), text)


def test_exchanging_parties_and_politicians_moves_no_score():
    moves = [score_article(Article(exchanged(t))).score.value - score_article(Article(t)).score.value for t in POLITICS]
    assert all(exchanged(t) != t for t in POLITICS)
    assert sum(map(abs, moves)) / len(moves) <= 0.3


# ---- what it must depend on -------------------------------------------------------------------------------


def test_the_examples_stand_in_the_order_of_their_sourcing():
    scores = [score_article(ARTICLES[name]).score.value for name in NAMES]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] - scores[-1] >= 30


@pytest.mark.parametrize("feature", sorted(RAISES | LOWERS))
def test_the_scorecard_keeps_the_policy_in_every_member(feature):
    assert feature in CATALOGUE
    steps = load_model().score.steps.get(feature)
    for row in (steps.points, *(member[:-1] for member in steps.members)) if steps else ():
        ascending = row if feature in RAISES else row[::-1]
        assert list(ascending) == sorted(ascending)


def test_what_the_policy_leaves_out_is_measured_and_not_weighed():
    assert set(CATALOGUE) >= UNWEIGHED
    assert not UNWEIGHED & set(load_model().score.steps)
    assert not RAISES & LOWERS


def test_the_order_of_articles_is_no_matter():
    names = list(NAMES)
    first = {name: score_article(ARTICLES[name]) for name in names}
    random.Random(0).shuffle(names)
    assert {name: score_article(ARTICLES[name]) for name in names} == first
