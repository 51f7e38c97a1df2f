"""Boilerplate, by span, and its share of the text and of the page."""

import math

import pytest

from onrecord.features import boilerplate
from onrecord.features.document import Article, read

PLAIN = "The council met in the town hall on Monday and all of the members were there for the vote on the bridge."


def measure(text, **known):
    document = read(Article(text, **known))
    return document, {m.feature.id.removeprefix("boilerplate."): m for m in boilerplate.measure(document, ())}


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("Subscribe now for full access.", "subscription", ["Subscribe now"]),
        ("She does not subscribe to the theory.", "subscription", []),
        ("“Subscribe now,” she told them.", "subscription", []),
        ("Please donate to keep us going.", "donation", ["Please donate"]),
        ("The firm made gifts to charity.", "donation", []),
        ("Follow us on Facebook.", "follow_us", ["Follow us on"]),
        ("Reporters followed us to the river.", "follow_us", []),
        ("© 2024 The Example. All rights reserved.", "copyright", ["©", "All rights reserved"]),
        ("The court upheld his copyright.", "copyright", []),
        ("The Example is a nonprofit newsroom.", "about_publisher", ["is a nonprofit newsroom"]),
        ("The shelter is a nonprofit group.", "about_publisher", []),
        ("Sign up for our newsletter.", "newsletter", ["Sign up for", "our newsletter"]),
        ("He wrote a newsletter in prison.", "newsletter", []),
        ("This site uses cookies.", "cookie", ["uses cookies"]),
        ("She bakes cookies.", "cookie", []),
        ("Advertisement", "cookie", ["Advertisement"]),
        ("The advertisement ran for a week.", "cookie", []),
        ("Read more: the bridge that never was", "read_more", ["Read more:"]),
        ("Children should read books.", "read_more", []),
    ],
)
def test_hits_and_misses(text, name, found):
    document, measured = measure(f"{PLAIN}\n\n{text}")
    assert [document.text_of(span) for span in measured[name].spans] == found
    assert measured[name].value == pytest.approx(1000 * len(found) / document.word_count)


def test_the_share_of_the_text_is_the_words_of_its_boilerplate_sentences():
    document, found = measure(f"{PLAIN}\n\nFollow us on Facebook.")
    assert found["share_of_text"].value == pytest.approx(4 / document.word_count)


def test_lost_line_breaks_do_not_move_the_share_of_the_text():
    whole, lines = f"{PLAIN} Follow us on Facebook. {PLAIN}", f"{PLAIN}\n\nFollow us on Facebook.\n\n{PLAIN}"
    assert measure(whole)[1]["share_of_text"].value == measure(lines)[1]["share_of_text"].value > 0


def test_a_paragraph_that_is_mostly_boilerplate_is_boilerplate():
    document, found = measure(f"{PLAIN}\n\nPlease donate. It takes a minute. We need your help.")
    assert found["share_of_text"].value == pytest.approx(10 / document.word_count)


@pytest.mark.parametrize(("aside", "share"), [("", 0.0), ("Home News Sport Weather " * 10, 40 / 63)])
def test_the_share_of_the_page_is_the_words_around_the_article(aside, share):
    document, found = measure(PLAIN + " Yes.", aside=aside)
    assert document.word_count == 23
    assert found["share_of_page"].value == pytest.approx(share)


def test_without_a_page_its_share_is_missing():
    assert math.isnan(measure(PLAIN)[1]["share_of_page"].value)


@pytest.mark.parametrize(
    ("text", "stub"),
    [
        (f"{PLAIN}\n\nTo continue reading, subscribe now.", 1),
        (f"{PLAIN}\n\nAlready a subscriber? Sign in.", 1),
        (PLAIN, 0),
        (f"{PLAIN}\n\nShe said she would continue.", 0),
        (f"Already a subscriber? Sign in.\n\n{' '.join([PLAIN] * 5)}", 0),
        (f"{' '.join([PLAIN] * 20)}\n\nTo continue reading, subscribe now.", 0),
    ],
)
def test_a_stub_is_short_and_ends_at_the_wall(text, stub):
    assert measure(text)[1]["paywall_stub"].value == stub


@pytest.mark.parametrize("text", ["", "Subscribe", "1234 !!! ***"])
def test_without_english_everything_is_missing(text):
    found = boilerplate.measure(read(Article(text)), ())
    assert tuple(m.feature for m in found) == boilerplate.FEATURES
    assert all(math.isnan(m.value) and m.spans == () for m in found)
