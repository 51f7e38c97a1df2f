"""Tone, by span: what counts in the article's own words, and never inside quotations."""

import math

import pytest

from onrecord.features import tone
from onrecord.features.document import Article, read

PLAIN = "The council met in the town hall on Monday and all of the members were there for the vote on the bridge."


def measure(text, title=""):
    document = read(Article(f"{text}\n\n{PLAIN}", title=title))
    return document, {m.feature.id.removeprefix("tone."): m for m in tone.measure(document, ())}


def passages(text, name):
    document, found = measure(text)
    return [document.text_of(span) for span in found[name].spans]


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("The outrageous so-called plan was slammed.", "loaded", ["outrageous", "so-called", "slammed"]),
        ("“Outrageous,” she said of it.", "loaded", []),
        ("The plan was criticised by the union.", "loaded", []),
        ("Sadly, the town is beautiful.", "subjective", ["Sadly", "beautiful"]),
        ("The town is in the north.", "subjective", []),
        ("I lost my way.", "first_person_singular", ["I", "my"]),
        ("World War I ended.", "first_person_singular", []),
        ("“I lost,” he said.", "first_person_singular", []),
        ("We know what became of us.", "first_person_plural", ["We", "us"]),
        ("US troops left.", "first_person_plural", []),
        ("You know your town.", "second_person", ["You", "your"]),
        ("The youth know the town.", "second_person", []),
        ("They should leave and must pay.", "obligation", ["should", "must"]),
        ("The mustard was paid for.", "obligation", []),
        ("Of course, the truth is out.", "argument", ["Of course", "the truth is"]),
        ("The course was long.", "argument", []),
        ("It rained, but she came.", "contrast", ["but"]),
        ("These guys are gonna pay.", "colloquial", ["guys", "gonna"]),
        ("The guide paid.", "colloquial", []),
        ("They can’t and won't pay.", "contractions", ["can’t", "won't"]),
        ("The mayor’s car is paid for.", "contractions", []),
        ("Who pays?", "questions", ["?"]),
        ("“Who pays?” she asked.", "questions", []),
        ("Nobody pays!", "exclamations", ["!"]),
        ("Nobody at Yahoo! pays for it.", "exclamations", []),
        ("It is a DISASTER for the town.", "capitals", ["DISASTER"]),
        ("The NATO and US forces are here.", "capitals", []),
        ("GENEVA — It is done.", "capitals", []),
        ("A TOWN WITHOUT A BRIDGE", "capitals", []),
        ("WATCH: It is done.", "capitals", []),
        ("They want it NOW and it is OVER.", "capitals", ["OVER"]),
        ("The ROBO fund lost.", "capitals", []),
        ("The bridge is a BRIDGE.", "capitals", ["BRIDGE"]),
        ("The “experts” came.", "scare_quotes", ["“experts”"]),
        ("The 'experts' came.", "scare_quotes", ["'experts'"]),
        ("“They came at last,” he said.", "scare_quotes", []),
    ],
)
def test_hits_and_misses(text, name, found):
    assert passages(text, name) == found


def test_rates_are_per_thousand_words_outside_quotations():
    document, found = measure("An outrageous plan, “one that nobody wants,” passed.")
    assert found["loaded"].value == pytest.approx(1000 / (document.word_count - 4))


def test_questions_are_a_share_of_sentences():
    assert measure("Who pays? The town pays.")[1]["questions"].value == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("title", "baits", "asks"),
    [
        ("You Won’t Believe What the Mayor Did", 1, 0),
        ("9 reasons to leave town", 1, 0),
        ("Here's why the bridge fell", 1, 0),
        ("Bridge falls!", 1, 0),
        ("Who pays for the bridge?", 0, 1),
        ("9 killed as bridge falls", 0, 0),
        ("Council votes on bridge", 0, 0),
    ],
)
def test_titles(title, baits, asks):
    for case in (title, title.upper(), title.lower(), title.title().replace("’T", "’t").replace("'S", "'s")):
        found = measure(PLAIN, case)[1]
        assert (found["clickbait_title"].value, found["question_title"].value) == (baits, asks)


def test_without_a_title_what_it_does_is_missing():
    found = measure(PLAIN)[1]
    assert math.isnan(found["clickbait_title"].value)
    assert math.isnan(found["question_title"].value)


@pytest.mark.parametrize(("straight", "curly"), [('They can\'t pay the "experts".', "They can’t pay the “experts”.")])
def test_glyphs_carry_no_weight(straight, curly):
    values = [[m.value for m in measure(text)[1].values()] for text in (straight, curly)]
    assert values[0] == pytest.approx(values[1], nan_ok=True)


def test_a_text_that_is_all_quotation_has_no_words_of_its_own():
    document = read(Article(f"“{PLAIN}”"))
    found = {m.feature.id: m.value for m in tone.measure(document, ())}
    assert math.isnan(found["tone.loaded"])
    assert found["tone.questions"] == 0


@pytest.mark.parametrize("text", ["", "Outrageous", "1234 !!! ***", "?"])
def test_without_english_everything_is_missing(text):
    found = tone.measure(read(Article(text, title="You won't believe it!")), ())
    assert tuple(m.feature for m in found) == tone.FEATURES
    assert all(math.isnan(m.value) and m.spans == () for m in found)
