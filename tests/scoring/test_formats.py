"""The one list of suffixes."""

import pytest

from onrecord.scoring.formats import ARTICLES, COMPRESSED, COMPRESSIONS, RECORDS, article_format, record_format


@pytest.mark.parametrize("suffix", [*ARTICLES, *RECORDS, *COMPRESSED, ".pdf", ".gz", ".txt.gz", ".parquet.gz", ""])
def test_a_file_is_an_article_or_records_or_neither(suffix):
    name = f"folder.jsonl/a.b{suffix.upper()}"
    assert bool(article_format(name)) == (suffix in ARTICLES)
    assert bool(record_format(name)) == (suffix in RECORDS or suffix in COMPRESSED)


@pytest.mark.parametrize("suffix", COMPRESSED)
def test_compressed_records_are_read_as_what_they_are(suffix):
    assert record_format(f"a{suffix}") == record_format(f"a.{suffix.split('.')[1]}")
    assert suffix.endswith(COMPRESSIONS)
