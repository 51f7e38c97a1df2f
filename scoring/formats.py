"""Which kind of file is what, by its suffix: the one list for a single article and for a corpus."""

from pathlib import Path

# Files that hold one article.
ARTICLES = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".json": "json",
}
# Files of rows, each an article or a label; those of them that may be compressed, and how.
TABLES = (".jsonl", ".ndjson", ".csv", ".parquet")
RECORDS = (*TABLES, ".warc")
COMPRESSIONS = (".gz", ".zst")
COMPRESSED = (".jsonl.gz", ".ndjson.gz", ".csv.gz", ".warc.gz", ".jsonl.zst", ".ndjson.zst", ".csv.zst")


def article_format(name: str | Path) -> str:
    """How an article file is read: `html`, `text`, `markdown` or `json`; "" for any other file.

    >>> article_format("story.XHTML"), article_format("crawl.warc")
    ('html', '')
    """
    return ARTICLES.get(Path(name).suffix.lower(), "")


def record_format(name: str | Path) -> str:
    """The suffix in RECORDS by which a file is read, compressed or not; "" for any other file.

    >>> record_format("crawl.WARC.gz"), record_format("a.parquet"), record_format("a.parquet.gz")
    ('.warc', '.parquet', '')
    """
    path = Path(name)
    last = path.suffix.lower()
    if last not in COMPRESSIONS:
        return last if last in RECORDS else ""
    first = Path(path.stem).suffix.lower()
    return first if first + last in COMPRESSED else ""
