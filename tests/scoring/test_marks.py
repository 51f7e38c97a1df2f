"""The text cut into segments: whole, in order, each under exactly the marks over it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.features.document import Span
from onrecord.scoring.display import clean, quote
from onrecord.scoring.marks import Mark, paragraphs, segments


def test_overlapping_marks_cut_the_text_at_every_boundary() -> None:
    found = [Mark(Span(0, 6), "a", "A", 1, True), Mark(Span(4, 9), "b", "B", 2), Mark(Span(5, 6), "a c", "C")]
    assert [(s.text, s.css, s.title, s.sources, s.labels) for s in segments("0123456789", found)] == [
        ("0123", "a", "A", (1,), ()),
        ("4", "a b", "A; B", (1, 2), ()),
        ("5", "a b c", "A; B; C", (1, 2), (1,)),
        ("678", "b", "B", (2,), ()),
        ("9", "", "", (), ()),
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
    cut = segments("one\n\ntwo", [Mark(Span(0, 8), "said", "", 1, True)])
    assert [[(s.text, s.css, s.sources, s.labels) for s in line] for line in paragraphs(cut)] == [
        [("one", "said", (1,), ())],
        [("two", "said", (1,), (1,))],
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
