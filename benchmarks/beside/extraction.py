"""The article in a page."""

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from attribution import load_measure

from beside.peer import Accuracy, Answer, Answers, Part, Peer, Row

# Where a program wants the address of a page and would fetch it, were it given none.
ADDRESS = "https://example.org/"


def rows(shared: Path) -> list[Row]:
    """Pages and the article in each."""
    from pyarrow import parquet

    pages = parquet.read_table(shared / "data" / "extraction.parquet").to_pylist()
    return [page | {"input": page["html"]} for page in pages]


def judge(shared: Path, rows: Sequence[Row], _: Peer, answers: Answers) -> Accuracy:
    """F1, precision and recall of runs of four words, as measure.py counts; the interval over pages drawn again."""
    measure = load_measure(shared)
    results = [_alone(measure, row, answer) for row, answer in zip(rows, answers, strict=True)]

    def mean(drawn: Any) -> tuple[float, float, float]:
        """A page that gave no text has a recall of none and no precision."""
        precision = [results[k][0] for k in drawn if results[k][0] is not None]
        recall = [results[k][1] for k in drawn]
        p, r = sum(precision) / max(1, len(precision)), sum(recall) / len(recall)
        return p, r, 2 * p * r / (p + r) if p + r else 0.0

    p, r, f1 = mean(range(len(rows)))
    low, high = measure.interval(lambda drawn: mean(drawn)[2], len(rows))
    return Accuracy(f1, low, high, (f"{p:.3f}", f"{r:.3f}"))


def _alone(measure: Any, row: Row, answer: str | None) -> tuple[float | None, float]:
    """The precision and recall of one page by measure.py, to its three places."""
    with tempfile.TemporaryDirectory() as folder:
        out, gold = Path(folder, "out.jsonl"), Path(folder, "gold.jsonl")
        out.write_text(json.dumps({"id": row["id"], "text": answer or ""}), encoding="utf-8")
        gold.write_text(json.dumps({"id": row["id"], "article_body": row["article_body"]}), encoding="utf-8")
        found = measure.extraction(str(out), str(gold))
    return found["precision"] if (answer or "").strip() else None, found["recall"]


# ---- onrecord and what it stands on -------------------------------------------------------------------------------


def load_onrecord(_: Path) -> Answer:
    """The text of the article that the package scores."""
    from onrecord.scoring.extract import from_html

    return lambda html: from_html(html).text


def load_trafilatura(_: Path) -> Answer:
    """Its default, without the comments of readers."""
    import trafilatura

    return lambda html: trafilatura.extract(html, include_comments=False)


def load_trafilatura_fast(_: Path) -> Answer:
    """Its default without the extractors that it falls back on."""
    import trafilatura

    return lambda html: trafilatura.extract(html, include_comments=False, fast=True)


# ---- the others ---------------------------------------------------------------------------------------------------


def load_readability(_: Path) -> Answer:
    """readability-lxml gives HTML; its text is that of the elements, with a line for each."""
    from lxml.html import fromstring
    from readability import Document

    def answer(html: str) -> str:
        return "\n".join(text for text in fromstring(Document(html).summary()).itertext() if text.strip())

    return answer


def load_newspaper(_: Path) -> Answer:
    """newspaper4k, given the page instead of its address."""
    from newspaper import Article

    def answer(html: str) -> str:
        article = Article(ADDRESS, language="en", fetch_images=False)
        article.download(input_html=html)
        article.parse()
        return str(article.text)

    return answer


def load_goose(_: Path) -> Answer:
    """goose3, without images."""
    from goose3 import Goose

    goose = Goose({"enable_image_fetching": False})
    return lambda html: str(goose.extract(raw_html=html).cleaned_text)


def load_justext(_: Path) -> Answer:
    """The paragraphs that jusText does not call boilerplate."""
    import justext

    stoplist = justext.get_stoplist("English")

    def answer(html: str) -> str:
        found = justext.justext(html, stoplist)
        return "\n".join(paragraph.text for paragraph in found if not paragraph.is_boilerplate)

    return answer


def load_boilerpy(_: Path) -> Answer:
    """Its extractor for articles."""
    from boilerpy3.extractors import ArticleExtractor

    extractor = ArticleExtractor()
    return lambda html: str(extractor.get_content(html))


def load_news_please(_: Path) -> Answer:
    """news-please, given the page instead of its address."""
    from newsplease import NewsPlease

    return lambda html: NewsPlease.from_html(html, url=ADDRESS, fetch_images=False).maintext


def load_resiliparse(_: Path) -> Answer:
    """Its main content."""
    from resiliparse.extract.html2text import extract_plain_text

    return lambda html: extract_plain_text(html, main_content=True, alt_texts=False)


PART = Part(
    name="extraction",
    title="The article in a page",
    data="92 pages with the article's text as people marked it (scrapinghub article-extraction-benchmark). Nothing was "
    "trained on them; onrecord's few rules on top of trafilatura were written with them in view",
    unit="pages",
    figure="F1 of four words",
    others=("precision", "recall"),
    rows=rows,
    judge=judge,
    peers=(
        Peer("onrecord", ("onrecord",), "Apache-2.0", load_onrecord),
        Peer("trafilatura", ("trafilatura",), "Apache-2.0", load_trafilatura),
        Peer("trafilatura, fast", ("trafilatura",), "Apache-2.0", load_trafilatura_fast),
        Peer("readability-lxml", ("readability-lxml",), "Apache-2.0", load_readability),
        Peer("newspaper4k", ("newspaper4k",), "MIT", load_newspaper),
        Peer("goose3", ("goose3",), "Apache-2.0", load_goose),
        Peer("jusText", ("justext",), "BSD-2-Clause", load_justext),
        Peer("boilerpy3", ("boilerpy3",), "Apache-2.0", load_boilerpy),
        Peer("news-please", ("news-please",), "Apache-2.0", load_news_please),
        Peer("resiliparse", ("resiliparse",), "Apache-2.0", load_resiliparse),
        Peer("@mozilla/readability", ("@mozilla/readability", "jsdom"), "Apache-2.0", node=True),
        Peer("@mozilla/readability over linkedom", ("@mozilla/readability", "linkedom"), "Apache-2.0", node=True),
        Peer("@extractus/article-extractor", ("@extractus/article-extractor",), "MIT", node=True),
        Peer("defuddle", ("defuddle", "jsdom"), "MIT", node=True),
    ),
    places=3,
    absent=(
        ("fundus", "MIT", "a parser for each of some hundred publishers, by hand; these pages are not of those"),
        ("magic-html", "Apache-2.0", "needs Python 3.12 or later"),
        ("dragnet, extractnet", "MIT", "no wheel for this Python, and what pip builds from source failed here"),
        ("Diffbot, Zyte", "commercial", "services on the network"),
    ),
)
