"""Hedging, by span: what counts as a hedge, a weasel, a vague quantity, a rumour, a booster, and what does not."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import LexiconError
from onrecord.features import hedging
from onrecord.features.document import Article, read
from onrecord.features.hedge_weights import HEADER, load_weights, parse

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


MARKED = [
    ("Perhaps the dam will hold.", "Perhaps the"),
    ("The dam appears to leak.", "appears to"),
    ("It remains unclear who pays.", "remains unclear"),
    ("Some people say it leaks.", "Some people"),
    ("Several leading engineers disagree.", "Several leading engineers"),
    ("A growing number of residents object.", "A growing number of residents"),
    ("Critics say the plan is dead.", "Critics say"),
    ("Critics have long argued against it.", "Critics have long argued"),
    ("It is believed that he left.", "It is believed"),
    ("She is widely regarded as honest.", "is widely regarded"),
    ("Some officials said no.", "Some officials"),
    ("Many roads are closed.", "Many"),
    ("Many of the roads are closed.", "Many of the"),
    ("Some of the roads are closed.", "Some of the"),
    ("He allegedly took the money.", "allegedly"),
    ("The alleged thief left town.", "alleged"),
    ("The claim could not be verified.", "could not be verified"),
    ("It is said that the mill is haunted.", "It is said"),
    ("The mayor is thought to own the mill.", "is thought to"),
    ("The mill is said to be haunted.", "is said to"),
    ("Experts say the mill is unsafe.", "Experts say"),
    ("Most analysts expect a loss.", "Most analysts"),
    ("It has been suggested that he resign.", "It has been suggested"),
    ("The firm is reportedly up for sale.", "reportedly"),
    ("The fire was probably set.", "probably"),
    ("Studies show that the water is clean.", "Studies show"),
    ("It is unlikely that he will return.", "It is unlikely"),
    ("The bridge is generally considered safe.", "is generally considered"),
    ("Rumours spread that the bank would fail.", "Rumours"),
    ("Some critics called it a failure.", "Some critics"),
    ("The mill seems to be empty.", "seems to"),
    ("Apparently the keys were lost.", "Apparently"),
    ("Many believe the bridge will fall.", "Many believe"),
    ("It is often said that the north is poorer.", "It is often said"),
    ("The vote was possibly rigged.", "possibly"),
    ("Sources say the deal is off.", "Sources say"),
    ("Legend has it that a king slept here.", "Legend has it"),
    ("The bank supposedly lost the letter.", "supposedly"),
    ("Maybe the mayor will resign.", "Maybe"),
    ("Its owner is presumably abroad.", "presumably"),
    ("He was believed to be in Spain.", "was believed to"),
    ("Others believe the mill is haunted.", "Others believe"),
    ("The mill, some say, is haunted.", "some say"),
    ("It is not clear who took the money.", "It is not clear"),
    ("The bridge is widely seen as unsafe.", "is widely seen"),
    ("Rumour has it that the mill will close.", "Rumour has it"),
    ("It may be that some of the money was lost.", "It may be", "some of the"),
    ("She is considered one of the finest singers in the country.", "is considered", "one of the finest"),
]
UNMARKED = [
    "The dam will hold.",
    "The dam appears on the map.",
    "He left in May with Theresa May.",
    "The vote is on May 3.",
    "Some 200 people came.",
    "It cost some $3 billion.",
    "How many roads are closed?",
    "As many as ten roads are closed.",
    "How often are roads closed?",
    "Officials said no.",
    "The critics said no.",
    "Her critics say no.",
    "Critics cannot say who paid.",
    "Ana Ruiz, a critic, says no.",
    "She could not be reached for comment.",
    "Mr Bell could not be reached on Monday.",
    "We wish her many happy returns.",
    "She would vote no, she said.",
    "He worked there for several years.",
    "Some time later the train left.",
    "They waited several hours.",
    "The might of the river is known.",
    "She suggested a walk to the mill.",
    "Tom Bell suggested that the mill be sold.",
    "He can be seen from the road.",
    "People see the tower from the road.",
    "The mayor claimed victory.",
    "The report is evidence of his work.",
    "The city paid millions of dollars.",
    "Nearly 300 people came.",
    "The popular teacher left the school.",
    "They say their prayers at noon.",
    "The claim was verified.",
    "There is a bridge over the river.",
    "It has been closed since June.",
    "He opened three of the letters.",
    "He believed in the plan.",
    "The council considered the plan.",
    "The theory of numbers is taught here.",
    "The bill would raise the tax.",
    "A few days later he left.",
    "For some reason he left.",
    "Others went home.",
    "The train usually stops here.",
    "They often meet.",
    "She is supposed to lock the gate.",
    "Tom Bell denied the allegations.",
    "Many thanks to the staff.",
]


@pytest.mark.parametrize(("text", "cues"), [(text, list(cues)) for text, *cues in MARKED])
def test_a_sentence_is_marked_by_its_cues(text, cues):
    assert passages(text, "hedged_sentences") == cues


@pytest.mark.parametrize("text", UNMARKED)
def test_a_sentence_that_leaves_nothing_open_is_not_marked(text):
    assert passages(text, "hedged_sentences") == []


@pytest.mark.parametrize("text", [text for text, *_ in MARKED])
def test_what_a_source_hedges_is_the_source_s(text):
    found = measure(f"“{text.rstrip('.')},” said Tom Bell.")[1]
    assert found["hedged_sentences"].value == 0
    assert all(m.value == 0 and m.spans == () for name, m in found.items() if name != "inside_quotations")


def test_the_share_is_of_the_sentences_with_words_of_the_article():
    hedged = "Critics say the plan is dead. It is believed that he left."
    assert measure(hedged)[1]["hedged_sentences"].value == pytest.approx(2 / 3)
    assert measure(f"{hedged} “It is.” “It was not.”")[1]["hedged_sentences"].value == pytest.approx(2 / 3)


@given(st.lists(st.sampled_from([text for text, *_ in MARKED] + UNMARKED + ["“Perhaps,” he said."]), max_size=8))
def test_marks_stand_apart_outside_quotations_and_each_sentence_is_judged_alone(sentences):
    document, found = measure("\n\n".join(sentences))
    spans = found["hedged_sentences"].spans
    assert all(before.end <= after.start for before, after in pairwise(spans))
    assert [document.text_of(span) for span in spans] == [
        cue for text in sentences for cue in passages(text, "hedged_sentences")
    ]


def test_the_hedged_sentences_are_what_a_report_shows():
    groups = {feature.id: feature.evidence for feature in hedging.FEATURES if feature.evidence}
    assert groups == {"hedging.boosters": "tone", "hedging.hedged_sentences": "hedging"}


def test_classes_of_the_table_are_those_of_the_lexicon():
    weights = load_weights("en")
    labels = {name for kind, name in weights.of if kind == "class"}
    assert labels <= set(hedging.find(read(Article(PLAIN)), "hedging"))


@pytest.mark.parametrize("label", ["weasel", "epistemic", "doubt"])
def test_a_word_of_a_clear_class_is_enough(label):
    weights = load_weights("en")
    assert weights.of["class", label] > weights.threshold


@pytest.mark.parametrize("label", ["modal", "approximation", "context", "vague"])
def test_a_word_of_a_doubtful_class_is_not_enough(label):
    weights = load_weights("en")
    assert weights.of["class", label] < weights.threshold


def test_a_language_without_weights_has_none():
    assert load_weights("xx") is None
    assert load_weights("") is None


def test_a_table_of_weights_is_read():
    weights = parse("small", f"# why\n{HEADER}\nclass\tweasel\t1.5\nphrase\tsome\t-0.5\nthreshold\t\t0.75\n")
    assert weights.threshold == 0.75
    assert weights.add([("class", "weasel"), ("phrase", "some"), ("phrase", "unknown")]) == 1.0


@pytest.mark.parametrize(
    "text",
    [
        "",
        "phrase\tclass\n",
        f"{HEADER}\nclass\tweasel\t1.5\n",
        f"{HEADER}\nclass\tweasel\tmuch\n",
        f"{HEADER}\nclass\n",
    ],
)
def test_a_broken_table_is_refused_in_one_line(text):
    with pytest.raises(LexiconError) as error:
        parse("broken", text)
    assert "broken" in str(error.value) and "\n" not in str(error.value)


@pytest.mark.parametrize("text", ["", "Perhaps", "1234 !!! ***", "Burmistrz podobno odejdzie jutro, jak mówią ludzie."])
def test_without_english_everything_is_missing(text):
    found = hedging.measure(read(Article(text)), ())
    assert tuple(m.feature for m in found) == hedging.FEATURES
    assert all(math.isnan(m.value) and m.spans == () for m in found)


@given(st.permutations([("phrase", name) for name in ("a", "b", "c", "d", "e")]))
def test_weights_add_up_to_the_same_in_any_order(keys):
    rows = "".join(
        f"phrase\t{name}\t{weight}\n" for name, weight in zip("abcde", (0.1, 0.2, 0.3, -0.7, 1e9), strict=True)
    )
    weights = parse("table", f"{HEADER}\n{rows}threshold\t\t0.5\n")
    assert weights.add(keys) == weights.add(sorted(keys))
