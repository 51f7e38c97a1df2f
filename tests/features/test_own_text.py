"""What pages print around an article is set aside: no measure but that of boilerplate sees it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.features import CATALOGUE, measure, own_text
from onrecord.features.document import Article, read

STORY = """The harbour master said on Monday that the ferry is safe and that it will sail in the spring.

“The hull is sound,” said Marta Quill, who has run the harbour since 2009. She put a video of it on Facebook.

Tom Bell, the council leader, said the council had not seen her report, and that it would ask for it by Friday."""
FOOT = """© The Harbour Herald
No party tells us what to print. We need your support. Please consider donating. Click here to make your donation.
Follow us on:
Harbour Herald on Google News
News Room
The editors are responsible for all stories published under this byline, of which there are many."""


def set_aside(text):
    document = read(Article(text))
    marked = own_text.sentences(document)
    return [document.text_of(document.span(a, b)) for a, b in document.sentences[marked].tolist()]


@pytest.mark.parametrize(
    "line",
    [
        "© 2019 The Harbour Herald.",
        "All rights reserved.",
        "This material may not be published or rewritten without leave. All rights reserved.",
        "Please donate.",
        "Sign up for our newsletter and get the news in your inbox.",
        "Get the best of the harbour delivered to your inbox.",
        "Follow us on Twitter.",
        "Share this article with your friends.",
        "READ MORE: Ferry halted again after storm",
        "Related: The mayor who would not sail",
        "Tags: ferry, harbour, Alba",
        "Filed under: Shipping",
        "Advertisement",
        "(Photo by Ann Roe/Getty Images)",
        "Subscribe now for unlimited access.",
        "Please consider donating. We need your help. It takes a minute.",
    ],
)
def test_lines_that_are_set_aside(line):
    assert " ".join(set_aside(f"{STORY}\n\n{line}")) == line


@pytest.mark.parametrize(
    "line",
    [
        "He posted the photo on Facebook.",
        "On Facebook, the mayor wrote that the ferry would sail.",
        "Young people did not sign up for insurance, the report said.",
        "“Subscribe to our newsletter,” the candidate told the crowd.",
        "The company changed its terms of service in May.",
        "She sent a screenshot of the letter to the council.",
        "Next up is a captain who has never sailed.",
        "The charity says gifts are tax-deductible.",
        "The richest can afford to chip in a little more.",
    ],
)
def test_sentences_of_articles_that_only_sound_like_it(line):
    assert set_aside(f"{STORY}\n\n{line}") == []


def test_a_whole_foot_is_set_aside_with_the_lines_between():
    assert " ".join(set_aside(f"{STORY}\n\n{FOOT}")) == " ".join(FOOT.split())


def test_a_short_line_by_itself_is_not():
    assert set_aside(f"{STORY}\n\nA winter on the pier\n\nThe pier was empty on Monday.") == []


def test_what_is_left_measures_as_the_article_alone():
    alone = own_text.read(Article(STORY))
    left = own_text.read(Article(f"{STORY}\n\n{FOOT}"))
    assert left.words == alone.words and left.sentences.tolist() == alone.sentences.tolist()
    values = [{m.feature.id: (m.value, m.spans) for m in measure(each)[1]} for each in (alone, left)]
    for name in CATALOGUE:
        if CATALOGUE[name].family != "boilerplate":
            assert repr(values[0][name]) == repr(values[1][name]), name
    assert values[1]["boilerplate.share_of_text"][0] > 0.3
    assert len(values[1]["boilerplate.share_of_text"][1]) >= 3


def test_what_is_set_aside_in_front_moves_no_offset():
    text = f"Advertisement\n\n{STORY}"
    document = own_text.read(Article(text))
    assert document.words == read(Article(STORY)).words
    assert document.text_of(document.span(0, 3)) == "The harbour master"
    assert document.whole.words[0] == "Advertisement"


def test_without_boilerplate_the_document_is_the_same_one():
    document = read(Article(STORY))
    assert own_text.own(document) is document and document.whole is document


@pytest.mark.parametrize("text", ["", "Advertisement", FOOT, "© ©", "Le pont est sûr. © Le Monde."])
def test_a_text_of_nothing_else_is_kept(text):
    assert own_text.read(Article(text)).word_count == read(Article(text)).word_count


PIECES = st.sampled_from(
    ["The ferry is safe.", "“Stop,” she said.", "©", "Follow us on", "News", "\n", "\n\n", "“", "Ad"]
)


@given(st.lists(PIECES, max_size=30).map(" ".join))
def test_what_is_left_is_in_order_and_in_the_text(text):
    document = own_text.read(Article(text))
    n = len(document.words)
    assert [text[a:b] for a, b in zip(document.start, document.end, strict=True)] == document.words
    assert len(document.lower) == len(document.quoted) == len(document.is_word) == n
    for ranges in (document.sentences, document.paragraphs):
        flat = ranges.ravel().tolist()
        assert flat == sorted(flat) and (not n or (flat[0], flat[-1]) == (0, n))
        assert all(b == a for b, a in zip(ranges[:-1, 1].tolist(), ranges[1:, 0].tolist(), strict=True))
    assert all(0 <= a < b <= n for a, b in document.quotations.tolist())
    measure(document)
