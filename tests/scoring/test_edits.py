"""What could be better sourced: which passages, and what the text is like once it is edited."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.features.document import Article, Span
from onrecord.features.lexicon import load
from onrecord.scoring.edits import ANOTHER, ANSWER, NAMES, ROLES, Edit, Proposal, edited, proposals
from onrecord.scoring.score import score_article

# Words without any claim, so that a text is long enough to be judged.
FILLER = "The pier is old and the river is wide there. It has a roof of slate and a row of lamps. " * 3


def found(text: str) -> list[tuple[str, int, list[str], str]]:
    """Each proposal for a text: what it says, how many things, the passages, and the edited text."""
    article = Article(f"{text}\n\n{FILLER}")
    made = proposals(score_article(article))
    return [
        (
            each.text,
            each.count,
            [article.text[span.start : span.end] for span in each.spans],
            edited(article.text, each.edits).replace(FILLER, "").strip(),
        )
        for each in made
    ]


A, B, C = NAMES[:3]

HITS = [
    (
        "Officials said on Monday that the pier would close.",
        "Naming the unnamed source, with a role",
        1,
        ["Officials"],
        f"{A}, {ROLES[0]}, said on Monday that the pier would close.",
    ),
    (
        "The pier would close on Monday, officials said. A spokesman said that lamps were lit. Critics said no.",
        "Naming the three unnamed sources, with their roles",
        3,
        ["officials", "A spokesman", "Critics"],
        f"The pier would close on Monday, {A}, {ROLES[0]}, said. {B}, {ROLES[1]}, said that lamps were lit. "
        f"{C}, {ROLES[2]}, said no.",
    ),
    (
        "Ines Calder said that the pier would close on Monday. Calder said that it was old.",
        "Giving the role of the named person without one",
        1,
        ["Ines Calder"],
        f"Ines Calder, {ROLES[0]}, said that the pier would close on Monday. Calder said that it was old.",
    ),
    (
        "The repairs took 140 workers. Ines Calder, the harbour master, said no.",
        "Saying who stands behind the sentence with figures and no source",
        1,
        ["The repairs took 140 workers."],
        "The repairs took 140 workers, according to Ines Calder. Ines Calder, the harbour master, said no.",
    ),
    (
        "The repairs took 140 workers!",
        "Saying who stands behind the sentence with figures and no source",
        1,
        ["The repairs took 140 workers!"],
        f"The repairs took 140 workers, according to {A}, {ROLES[0]}!",
    ),
    (
        "Disgraceful, shameful clowns have closed the disastrous pier.",
        "Leaving out the four loaded words",
        4,
        ["Disgraceful", "shameful", "clowns", "disastrous"],
        ", have closed the pier.",
    ),
    (
        "Pathetic clowns closed it.",
        "Leaving out the two loaded words",
        2,
        ["Pathetic", "clowns"],
        "Closed it.",
    ),
    (
        "The pier closed.\n\nSubscribe to our newsletter.\n\nFollow us on Twitter.",
        "Removing the subscription, newsletter and follow-us lines",
        2,
        ["Subscribe to our newsletter.", "Follow us on Twitter."],
        "The pier closed.",
    ),
    ("The pier closed.", "One more independent source, named and with a role", 1, [], None),
    ("The pier closed.", "Asking those who are criticised for an answer, and saying so", 1, [], None),
]


@pytest.mark.parametrize(("text", "what", "count", "passages", "after"), HITS)
def test_what_is_proposed_and_how_it_reads(
    text: str, what: str, count: int, passages: list[str], after: str | None
) -> None:
    made = {each[0]: each[1:] for each in found(text)}
    assert what in made, list(made)
    assert made[what][:2] == (count, passages)
    assert after is None or made[what][2] == after


MISSES = [
    ("Ines Calder, the harbour master, said that the pier would close on Monday.", "Naming"),
    ("Ines Calder, the harbour master, said that the pier would close on Monday.", "Giving"),
    ("“Officials told us on Monday that it would close,” said Ines Calder, the harbour master.", "Naming"),
    ("“The disastrous pier will close,” said Ines Calder.", "Leaving"),
    ("The repairs took 140 workers, said Ines Calder.", "Saying who stands behind"),
    ("The company did not respond to a request for comment.", "Asking"),
    ("“Subscribe to our newsletter,” said Ines Calder.", "Removing"),
    ("We may earn a commission when you buy through links on our site.", "Removing"),
]


@pytest.mark.parametrize(("text", "what"), MISSES)
def test_what_is_not_proposed(text: str, what: str) -> None:
    assert [each[0] for each in found(text) if each[0].startswith(what)] == []


def test_more_than_three_are_not_asked_for_at_once() -> None:
    people = ("Officials", "Critics", "Residents", "A spokesman", "Analysts")
    made = found(" ".join(f"{who} said that the pier would close." for who in people))
    assert made[0][:3] == (
        "Naming three of the five unnamed sources, with their roles",
        3,
        ["Officials", "Critics", "Residents"],
    )


def test_a_source_that_is_named_keeps_its_name() -> None:
    text = "An official said that the pier would close. The lamps stay, the official said. An official said no."
    (after,) = [each[3] for each in found(text) if each[0].startswith("Naming")]
    assert after.startswith(f"{A}, {ROLES[0]}, said") and after.endswith(f"{A.split()[1]} said no.")


def test_another_language_has_no_stand_ins() -> None:
    french = "Le ferry ne partira pas dimanche, a déclaré la capitaine du port. « Personne », dit-elle. " * 8
    assert proposals(score_article(Article(french))) == ()


def test_stand_ins_are_no_words_of_the_article() -> None:
    text = f"{A} said that the pier would close, and critics said that it would not."
    (after,) = [each[3] for each in found(text) if each[0].startswith("Naming")]
    assert B in after and after.count(A) == 1
    both = "Officials said that the pier would close. Residents said that the pier would stay open."
    made = found(f"{both}\n\n{', '.join(NAMES[1:])}.")
    assert made[0][:2] == ("Naming one of the two unnamed sources, with a role", 1)


def test_stand_ins_are_nobody_and_of_no_camp() -> None:
    names = load("names", "en")
    assert names is not None
    public = {word for label in ("place", "demonym", "known") for word in names.words(label)}
    words = {word.lower().strip(",.") for text in (*NAMES, *ROLES, ANOTHER, ANSWER) for word in text.split()}
    assert public and not public & words
    assert len({name.split()[1] for name in NAMES}) == len(NAMES) >= 6


FRAGMENTS = [
    "Officials said that the ferry will not sail.", "Ines Calder said on Sunday that 412 boats were inspected.",
    "“We were never asked,” she said.", "A disastrous, shameful mess!", "Subscribe to our newsletter.", "\n\n", "\n",
    "Prices rose 32% in May", "Critics and residents told the council to wait, an official said.", "“", "”", "(", "?!",
    "Ann Roe and Tom Bell said no.", "according to", "Shameful", "idiots", "… ", "\u200b", "e\u0301", "😀", "He said.",
]  # fmt: skip
texts = st.lists(st.sampled_from(FRAGMENTS), max_size=30).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(texts)
def test_edits_are_in_the_text_and_apart_and_change_it(text: str) -> None:
    for each in proposals(score_article(Article(text))):
        assert isinstance(each, Proposal) and each.count == max(1, len(each.spans))
        assert list(each.edits) == sorted(each.edits) and edited(text, each.edits) != text
        places = [0, *(place for edit in each.edits for place in (edit.start, edit.end)), len(text)]
        assert places == sorted(places)
        assert all(0 <= span.start < span.end <= len(text) for span in each.spans)
        assert not [word for name in NAMES for word in name.split() if word in each.text]


@given(st.text(max_size=30), st.lists(st.integers(0, 30), max_size=6), st.text(max_size=3))
def test_editing_keeps_all_that_is_not_edited(text: str, places: list[int], put: str) -> None:
    bounds = sorted(min(place, len(text)) for place in places)
    edits = [Edit(a, b, put) for a, b in zip(bounds[::2], bounds[1::2], strict=False)]
    kept = [
        text[a:b] for a, b in zip([0, *(e.end for e in edits)], [*(e.start for e in edits), len(text)], strict=True)
    ]
    assert edited(text, edits) == put.join(kept)
    assert edited(text, [Edit(0, len(text), text)]) == text and Span(0, 1) < Span(1, 2)
