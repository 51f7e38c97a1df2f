"""How much of a text hangs on a source: each value, and the passages behind it."""

import math

import pytest

from onrecord.features import CATALOGUE, attribution, attributions, measure
from onrecord.features.document import Article, Link, read

TEXT = (
    "Ann Roe, the mayor, said the bridge cost 35 million. Officials said it would open on Monday. "
    "It rained and 40 people came. “It is safe,” the county said."
)
WORDS = 29


def measured(text, **facts):
    document = read(Article(text, **facts))
    found = attribution.measure(document, attributions.find(document))
    return document, {m.feature.id.removeprefix("attribution."): m for m in found}


@pytest.mark.parametrize(
    ("name", "value", "passages"),
    [
        ("share_of_words", 13 / WORDS, ["the bridge cost 35 million", "it would open on Monday", "“It is safe,”"]),
        ("share_of_sentences", 3 / 4, []),
        ("rate", 3000 / WORDS, ["said", "said", "said"]),
        ("direct_rate", 1000 / WORDS, ["“It is safe,”"]),
        ("indirect_rate", 2000 / WORDS, ["the bridge cost 35 million", "it would open on Monday"]),
        ("quoted_share", 3 / WORDS, ["“It is safe,”"]),
        ("speech_verbs", 3000 / WORDS, ["said", "said", "said"]),
        ("unattributed_numbers", 1000 / WORDS, ["It rained and 40 people came."]),
        ("attributed_numbers", 1 / 2, ["Ann Roe, the mayor, said the bridge cost 35 million."]),
        ("longest_gap", 1 / 4, []),
        ("opening", 1.0, []),
        ("weekday_mentions", 1000 / WORDS, ["Monday"]),
        ("links", math.nan, []),
    ],
)
def test_each_feature(name, value, passages):
    document, found = measured(TEXT)
    assert document.word_count == WORDS
    assert found[name].value == pytest.approx(value, nan_ok=True)
    assert [document.text_of(span) for span in found[name].spans] == passages


def test_the_table_above_names_every_feature():
    parameters = test_each_feature.pytestmark[0].args[1]
    assert [f"attribution.{row[0]}" for row in parameters] == [f.id for f in attribution.FEATURES]


PLAIN = "The council met in the town hall on Monday and all of the members were there for the vote on the bridge."


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        (PLAIN, "share_of_words", 0.0),
        (PLAIN, "share_of_sentences", 0.0),
        (PLAIN, "rate", 0.0),
        (PLAIN, "longest_gap", 1.0),
        (PLAIN, "opening", 0.0),
        (PLAIN, "attributed_numbers", math.nan),  # no figures, so no share of them
        (f"{PLAIN} It was built in 1987.", "unattributed_numbers", 0.0),  # a year is no statistic
        (f"{PLAIN} It has 3 arches.", "unattributed_numbers", 0.0),  # nor is a single digit
        (f"{PLAIN} “It cost 35 million.”", "unattributed_numbers", 0.0),  # what is quoted is somebody's
        (f"{PLAIN} “My sister said so.”", "speech_verbs", 0.0),
        (f"{PLAIN} It is the “fast lane” of the town.", "rate", 0.0),
        (f"{PLAIN} “It is a gift to all of us.”", "share_of_words", 0.0),  # quoted, but nobody's
        (f"{PLAIN} {PLAIN} {PLAIN} Ann Roe said it is safe.", "opening", 0.0),
        (f"{PLAIN} {PLAIN} Ann Roe said it is safe.", "opening", 1.0),
        (f"{PLAIN} Ann Roe said it is safe. {PLAIN} {PLAIN}", "longest_gap", 0.5),
    ],
)
def test_what_does_not_count(text, name, value):
    assert measured(text)[1][name].value == pytest.approx(value, nan_ok=True)


@pytest.mark.parametrize(("links", "count"), [((), 0), ((Link("https://example.org/", "here"),), 1)])
def test_links_are_counted_where_a_page_could_carry_them(links, count):
    document, found = measured(PLAIN, links=links)
    assert found["links"].value == pytest.approx(1000 * count / document.word_count)


@pytest.mark.parametrize(
    "text", ["xqz vbn wrt plk", "Belediye meclisi eski köprüyü ve kıyı yolunu görüşmek üzere pazartesi günü toplandı."]
)
def test_a_language_without_a_lexicon_is_missing_not_zero(text):
    assert all(math.isnan(m.value) and not m.spans for m in measured(text)[1].values())


@pytest.mark.parametrize("text", ["", "...", "\n\n"])
def test_a_text_without_words_gives_the_declared_value_of_every_feature_of_every_family(text):
    found, measurements = measure(read(Article(text)))
    assert found == ()
    assert [m.feature.id for m in measurements] == list(CATALOGUE)
    for m in measurements:
        assert m.value == pytest.approx(m.feature.empty, nan_ok=True), m.feature.id
        assert m.spans == ()
