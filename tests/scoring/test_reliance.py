"""How much of an article rests on whom: shares of its words, that add up."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import onrecord
from onrecord.features.document import Article, Span
from onrecord.features.measurement import Attribution, Kind, Mention, Quote
from onrecord.scoring.display import percent
from onrecord.scoring.reliance import by_kind, by_source
from onrecord.scoring.report import Report

REPORT = onrecord.score_article(Article(""))
TEXT = "one two, three four – five six seven eight nine ten"


def said(source: str, kind: Kind, *passages: tuple[int, int]) -> Attribution:
    spans = tuple(Span(*each) for each in passages)
    return Attribution(spans, (), (), source, kind, Mention.NAME, source or None, None, Quote.DIRECT)


def report(*attributions: Attribution, text: str = TEXT) -> Report:
    return replace(REPORT, article=Article(text), attributions=attributions)


def at(passage: str) -> tuple[int, int]:
    return TEXT.index(passage), TEXT.index(passage) + len(passage)


def test_a_source_has_the_words_that_it_states_and_each_only_once() -> None:
    found = by_source(
        report(
            said("Roe", Kind.NAMED_PERSON, at("two, three"), at("six")),
            said("ROE", Kind.NAMED_PERSON, at("three four")),
            said("a poll", Kind.DOCUMENT, at("four –")),
            said("", Kind.UNRESOLVED),
        )
    )
    assert found == pytest.approx({"roe": 0.4, "a poll": 0.1, "": 0.0})


def test_a_word_of_two_sources_counts_for_the_more_telling_kind() -> None:
    found = by_kind(
        report(said("critics", Kind.UNNAMED, at("one two, three")), said("Roe", Kind.NAMED_PERSON, at("three four")))
    )
    assert list(found) == [*Kind, None]
    assert found[Kind.NAMED_PERSON] == pytest.approx(0.2)
    assert found[Kind.UNNAMED] == pytest.approx(0.2)
    assert found[None] == pytest.approx(0.6)


def test_a_text_without_words_rests_on_nobody() -> None:
    empty = report(said("Roe", Kind.NAMED_PERSON, (0, 3)), text="…!")
    assert by_source(empty) == {"roe": 0.0}
    assert set(by_kind(empty).values()) == {0.0}


@given(st.lists(st.tuples(st.sampled_from(Kind), st.integers(-5, 60), st.integers(-5, 60)), max_size=8))
def test_the_kinds_share_all_words(passages: list[tuple[Kind, int, int]]) -> None:
    found = by_kind(report(*(said(kind, kind, (start, end)) for kind, start, end in passages)))
    assert sum(found.values()) == pytest.approx(1)
    assert min(found.values()) >= 0


@pytest.mark.parametrize(
    ("share", "shown"), [(0.0, "0%"), (0.0001, "<1%"), (0.005, "<1%"), (0.51, "51%"), (1.0, "100%")]
)
def test_a_share_in_percent(share: float, shown: str) -> None:
    assert percent(share) == shown
