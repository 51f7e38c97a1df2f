"""Hedging, by span: what counts as a hedge, a weasel, a vague quantity, a rumour, a booster, and what does not."""

import math

import pytest

from onrecord.features import hedging
from onrecord.features.document import Article, read

# Enough plain English around a sentence for its language to be told.
PLAIN = "The council met in the town hall on Monday and all of the members were there for the vote on the bridge."


def measure(text):
    document = read(Article(f"{text}\n\n{PLAIN}"))
    return document, {m.feature.id.removeprefix("hedging."): m for m in hedging.measure(document, ())}


def passages(text, name):
    document, found = measure(text)
    return [document.text_of(span) for span in found[name].spans]


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("Perhaps the dam will hold.", "epistemic", ["Perhaps"]),
        ("The dam appears to leak.", "epistemic", ["appears to"]),
        ("It remains unclear who pays.", "epistemic", ["remains unclear"]),
        ("The dam will hold.", "epistemic", []),
        ("The dam appears on the map.", "epistemic", []),
        ("The dam may burst, and it could flood.", "modal", ["may", "could"]),
        ("He left in May with Theresa May.", "modal", []),
        ("The might of the river is known.", "modal", ["might"]),
        ("Some people say it leaks.", "weasel", ["Some people"]),
        ("Several leading engineers disagree.", "weasel", ["Several leading engineers"]),
        ("A growing number of residents object.", "weasel", ["A growing number of residents"]),
        ("Critics say the plan is dead.", "weasel", ["Critics say"]),
        ("Critics have long argued against it.", "weasel", ["Critics have long argued"]),
        ("It is believed that he left.", "weasel", ["It is believed"]),
        ("She is widely regarded as honest.", "weasel", ["is widely regarded"]),
        ("Officials said no.", "weasel", []),
        ("Some officials said no.", "weasel", ["Some officials"]),
        ("The critics said no.", "weasel", []),
        ("Her critics say no.", "weasel", []),
        ("Critics cannot say who paid.", "weasel", []),
        ("Ana Ruiz, a critic, says no.", "weasel", []),
        ("Some 200 people came.", "weasel", []),
        ("Many roads are closed.", "vague_quantity", ["Many"]),
        ("How many roads are closed?", "vague_quantity", []),
        ("As many as ten roads are closed.", "vague_quantity", []),
        ("It cost some $3 billion.", "vague_quantity", []),
        ("Some experts object.", "vague_quantity", []),
        ("Roads are often closed.", "approximation", ["often"]),
        ("How often are roads closed?", "approximation", []),
        ("He allegedly took the money, rumours say.", "doubt_and_rumour", ["allegedly", "rumours"]),
        ("The claim could not be verified.", "doubt_and_rumour", ["could not be verified"]),
        ("The claim was verified.", "doubt_and_rumour", []),
        ("Clearly, the plan is undoubtedly dead.", "boosters", ["Clearly", "undoubtedly"]),
        ("“Clearly it is dead,” she said.", "boosters", []),
        ("The sky was clear.", "boosters", []),
    ],
)
def test_hits_and_misses(text, name, found):
    assert passages(text, name) == found


def test_hedges_inside_and_outside_quotations_have_rates_of_their_own():
    document, found = measure("“It may rain, perhaps,” she said.")
    assert found["outside_quotations"].value == 0
    inside = found["inside_quotations"]
    assert [document.text_of(span) for span in inside.spans] == ["may", "perhaps"]
    assert inside.value == pytest.approx(1000 * 2 / 4)


def test_a_rate_is_per_thousand_words():
    document, found = measure("Perhaps.")
    assert found["epistemic"].value == pytest.approx(1000 / document.word_count)


def test_nothing_is_quoted_then_the_rate_inside_quotations_is_missing():
    assert math.isnan(measure("Perhaps it will rain.")[1]["inside_quotations"].value)


def test_the_glyph_of_the_apostrophe_carries_no_weight():
    straight, curly = measure("It's unclear who pays.")[1], measure("It’s unclear who pays.")[1]
    assert straight == curly
    assert straight["epistemic"].value > 0


def test_every_passage_in_the_report_hedges():
    groups = {feature.id: feature.evidence for feature in hedging.FEATURES}
    assert groups["hedging.boosters"] == "tone"
    assert groups["hedging.modal"] == ""
    assert {groups[f"hedging.{name}"] for name in ("epistemic", "weasel", "vague_quantity", "doubt_and_rumour")} == {
        "hedging"
    }


@pytest.mark.parametrize("text", ["", "Perhaps", "1234 !!! ***", "Peut-être que le maire partira, dit-on, demain."])
def test_without_english_everything_is_missing(text):
    found = hedging.measure(read(Article(text)), ())
    assert tuple(m.feature for m in found) == hedging.FEATURES
    assert all(math.isnan(m.value) and m.spans == () for m in found)
