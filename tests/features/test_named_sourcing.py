"""Who the sources are: each value, and the passages behind it."""

import math

import pytest

from onrecord.features import attributions, named_sourcing
from onrecord.features.document import Article, read

TEXT = (
    "Ann Roe, the mayor, said the bridge is safe. Roe said it would open. The report said it cost too much. "
    "Alton Council said it was glad. Officials said it would be long. "
    "Tom Bell declined to comment. A clerk spoke on condition of anonymity."
)
WORDS = 45


def measured(text):
    document = read(Article(text))
    found = named_sourcing.measure(document, attributions.find(document))
    return document, {m.feature.id.removeprefix("named_sourcing."): m for m in found}


@pytest.mark.parametrize(
    ("name", "value", "passages"),
    [
        ("distinct", 3, ["Ann Roe, the mayor,", "Roe", "The report", "Alton Council"]),
        ("persons", 1, ["Ann Roe, the mayor,", "Roe"]),
        ("organisations", 1, ["Alton Council"]),
        ("documents", 1, ["The report"]),
        ("with_role", 1, ["Ann Roe, the mayor,", "Roe"]),
        ("named_rate", 4000 / WORDS, ["Ann Roe, the mayor,", "Roe", "The report", "Alton Council"]),
        ("unnamed_rate", 1000 / WORDS, ["Officials"]),
        ("unnamed", 1, ["Officials"]),
        ("on_record_share", 4 / 5, ["Ann Roe, the mayor,", "Roe", "The report", "Alton Council"]),
        ("largest_share", 2 / 5, ["Ann Roe, the mayor,", "Roe"]),
        ("one_source", 0, []),
        ("kinds", 3, []),
        ("full_names", 2000 / WORDS, ["Ann Roe, the mayor,", "Alton Council"]),
        ("response_sought", 1, ["declined to comment"]),
        ("anonymity_explained", 1, ["on condition of anonymity"]),
        ("anonymity_unexplained", 1, ["Officials"]),
    ],
)
def test_each_feature(name, value, passages):
    document, found = measured(TEXT)
    assert document.word_count == WORDS
    assert found[name].value == pytest.approx(value)
    assert [document.text_of(span) for span in found[name].spans] == passages


def test_the_table_above_names_every_feature():
    parameters = test_each_feature.pytestmark[0].args[1]
    assert [f"named_sourcing.{row[0]}" for row in parameters] == [f.id for f in named_sourcing.FEATURES]


PLAIN = "The council met in the town hall on Monday and all of the members were there for the vote on the bridge."


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        (PLAIN, "distinct", 0),
        (PLAIN, "named_rate", 0),
        (PLAIN, "kinds", 0),
        (PLAIN, "on_record_share", math.nan),  # nobody speaks, so there is no share of it
        (PLAIN, "largest_share", math.nan),
        (PLAIN, "response_sought", 0),
        (PLAIN, "anonymity_explained", 0),
        (f"{PLAIN} Officials said no.", "distinct", 0),
        (f"{PLAIN} Officials said no.", "on_record_share", 0),
        (f"{PLAIN} Ann Roe left with Tom Bell.", "persons", 0),  # named, but no source
        (f"{PLAIN} Mr. Tom Bell said no to all of it.", "with_role", 0),  # courtesy is no role
        (f"{PLAIN} Ann Roe said no to it. She said yes to us.", "distinct", 1),
        (f"{PLAIN} Ann Roe said no to it. Roe said yes to us.", "largest_share", 1),
        (f"{PLAIN} Ann Roe said no to it. Tom Bell said yes to us.", "largest_share", 1 / 2),
        (f"{PLAIN} Ann Roe said no to it. Tom Bell said yes to us.", "distinct", 2),
        (f"{PLAIN} “It is a gift to all of us.”", "on_record_share", math.nan),
        (PLAIN, "one_source", math.nan),
        (f"{PLAIN} Ann Roe said no to it. Roe said yes to us.", "one_source", 1),
        (f"{PLAIN} Ann Roe said no to it. Tom Bell said yes to us.", "one_source", 0),
        (f"{PLAIN} Ann Roe declined to comment.", "persons", 0),  # whoever does not answer is no source
        (f"{PLAIN} When asked about it, Ann Roe said that the bridge is safe.", "persons", 1),
        (f"{PLAIN} Officials said no to it.", "anonymity_unexplained", 1),
        (f"{PLAIN} Officials said no to it, on condition of anonymity.", "anonymity_unexplained", 0),
        (f"{PLAIN} Officials said no. They spoke on condition of anonymity.", "anonymity_unexplained", 0),
        (f"{PLAIN} Ann Roe said no to it.", "anonymity_unexplained", 0),
    ],
)
def test_what_counts_and_what_does_not(text, name, value):
    assert measured(text)[1][name].value == pytest.approx(value, nan_ok=True)


@pytest.mark.parametrize(
    "text", ["xqz vbn wrt plk", "Belediye meclisi eski köprüyü ve kıyı yolunu görüşmek üzere pazartesi günü toplandı."]
)
def test_a_language_without_a_lexicon_is_missing_not_zero(text):
    assert all(math.isnan(m.value) and not m.spans for m in measured(text)[1].values())


def test_two_sources_are_compared_by_name_in_lower_case():
    document = read(Article(f"{PLAIN} Ann Roe said no to it."))
    (found,) = attributions.find(document)
    assert found.source_key == "ann roe"
