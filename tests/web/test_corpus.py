"""Rankings on a page: sorted, chosen, counted, opened; and no file but those that were named."""

import re

import duckdb
import pyarrow.parquet
import pytest

from onrecord.errors import InputError
from onrecord.web.rankings import Choice, Ranking


def shown(html):
    return [float(x) if x != "none" else None for x in re.findall(r'<tr><td class="n">([\d.]+|none)</td>', html)]


def get(site, name="texts.parquet", **more):
    return site.get("/corpus", params={"file": name, **more})


def test_rankings_are_listed(site):
    html = site.get("/corpus").text
    assert all(f"/corpus?file={name}.parquet" in html for name in ("texts", "reports", "bare"))


def test_the_best_come_first_and_can_come_last(site):
    falling, rising = shown(get(site).text), shown(get(site, rising="yes").text)
    scored = [value for value in falling if value is not None]
    assert len(scored) > 3 and scored == sorted(scored, reverse=True)
    assert [value for value in rising if value is not None] == scored[::-1]


def test_it_sorts_by_any_column(site):
    words = re.findall(r'<td class="n">(\d+)</td></tr>', get(site, sort="words").text)
    assert list(map(int, words)) == sorted(map(int, words), reverse=True)


def test_it_chooses_by_score_and_by_words(site):
    values = shown(get(site, low="40", high="80").text)
    assert values and all(40 <= value <= 80 for value in values)
    html = get(site, words="BRIDGE").text
    assert "Swing bridge" in html and len(shown(html)) < len(shown(get(site).text))
    assert shown(get(site, words="' OR 1=1 --").text) == []


def test_the_histogram_counts_every_score_once(site):
    html = get(site).text
    counts = [int(count) for count in re.findall(r"<title>[\d.]+ to [\d.]+: (\d+) articles?</title>", html)]
    assert len(counts) > 3 and sum(counts) == len([value for value in shown(html) if value is not None])


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"sort": "score; DROP TABLE x"}, 422),
        ({"sort": "text"}, 422),
        ({"low": "none"}, 400),
        ({"high": "101"}, 400),
        ({"offset": "-1"}, 400),
        ({"offset": "9" * 30}, 400),
        ({"name": "/etc/passwd"}, 404),
        ({"name": "../texts.parquet"}, 404),
    ],
)
def test_what_cannot_be_shown_says_so(site, asked, status):
    assert get(site, **asked).status_code == status


def test_an_article_opens_with_its_text(site):
    (link,) = re.findall(r'href="(/corpus/article[^"]*)"[^>]*>Swing bridge', get(site).text)
    answer = site.get(link.replace("&amp;", "&"))
    assert "Orlow Quay" in answer.text and "of 100" in answer.text


def test_without_texts_its_report_is_shown(site):
    answer = site.get("/corpus/article", params={"file": "reports.parquet", "row": 0})
    assert answer.status_code == 200 and "stands behind" in answer.text


def test_without_either_there_is_nothing_to_open(site):
    assert "/corpus/article" not in get(site, "bare.parquet").text
    assert site.get("/corpus/article", params={"file": "bare.parquet", "row": 0}).status_code == 404


@pytest.mark.parametrize(("row", "status"), [("99999", 422), ("-1", 400), ("x", 400), ("", 400)])
def test_a_row_that_is_none(site, row, status):
    assert site.get("/corpus/article", params={"file": "texts.parquet", "row": row}).status_code == status


def test_what_is_no_ranking_is_refused_at_the_start(tmp_path, ranked):
    broken = tmp_path / "broken.parquet"
    broken.write_bytes(b"PAR1 nothing")
    for path in (broken, tmp_path / "missing.parquet", tmp_path / "a.csv"):
        with pytest.raises(InputError):
            Ranking(path)


def test_whatever_a_ranking_holds_stays_text(start, ranked, tmp_path):
    hostile = '<script>alert(1)</script>">'
    path = tmp_path / "it's [a] *.parquet"
    columns = ", ".join(f"$hostile AS {name}" for name in ("id", "title", "domain", "text"))
    source = f"read_parquet('{ranked / 'texts.parquet'}')"
    query = f"SELECT * REPLACE ({columns}, 'javascript:' || $hostile AS url) FROM {source}"
    with duckdb.connect() as connection:
        table = connection.sql(query, params={"hostile": hostile}).to_arrow_table()
    pyarrow.parquet.write_table(table, path)
    html = get(start(corpora=(path,)), path.name).text
    assert len(shown(html)) > 3 and "&lt;script&gt;" in html
    assert "<script" not in html and "javascript:" not in html


def test_a_page_is_a_part(ranked, monkeypatch):
    monkeypatch.setattr("onrecord.web.rankings.PAGE", 2)
    ranking = Ranking(ranked / "texts.parquet")
    first, second = ranking.view(Choice()), ranking.view(Choice(offset=2))
    assert len(first.rows) == len(second.rows) == 2 and first.total == second.total > 4
    assert not {row["number"] for row in first.rows} & {row["number"] for row in second.rows}
