"""Stories that rest on one source: a body and whoever speaks for it are one, and so is a paper without a name."""

import pytest

from onrecord.features import attributions, one_source
from onrecord.features.document import Article, read
from onrecord.features.measurement import Kind, Mention

QUILL = "Marta Quill, director of ships at Harbour Watch, said the engine is not safe."
WATCH = "Harbour Watch said the ferry must stop."


def note(text):
    return one_source.recognise(attributions.find(read(Article(text))))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (f"{QUILL} {WATCH}", "Harbour Watch"),
        (f"{QUILL} Quill said the ferry must stop.", "Marta Quill"),
        (f"{QUILL} {WATCH} Officials said they would look into it.", "Harbour Watch"),
        (f"{WATCH} The report said the engine was old.", "Harbour Watch"),
        (f"{QUILL} {WATCH} Tom Bell, the mayor, said the ferry would sail.", None),
        (f"{QUILL} Tom Bell said the ferry would sail.", None),
        (f"{WATCH} The Pier Union said it was not asked.", None),
        (QUILL, None),  # one statement says little of the rest
        ("Officials said the ferry would sail. Officials said it was safe.", None),
        ("", None),
    ],
)
def test_whose_story_it_is(text, name):
    found = note(text)
    assert (found.message.rpartition(": ")[2] if found else None) == (f"{name}." if name else None)


def test_a_name_in_front_of_a_quotation_with_its_own_verb_is_its_source():
    text = "The ferry will not sail. Harbour Watch “calls on the council to pay for the engine of the ferry.”"
    (found,) = attributions.find(read(Article(text)))
    assert (found.source_text, found.kind, found.mention) == ("Harbour Watch", Kind.NAMED_ORGANISATION, Mention.NAME)


@pytest.mark.parametrize(
    "text",
    [
        "It was in Rome “where the council of the city met to vote on the new bridge.”",
        "Rome “where the council of the city met to vote on the new bridge,” is old.",
    ],
)
def test_what_else_stands_in_front_of_a_quotation_is_none(text):
    assert all(found.source_text != "Rome" for found in attributions.find(read(Article(text))))


def test_regions_in_a_role_are_no_sources():
    text = (
        "“The use of such weapons is prohibited,” said Marta Quill, Director for Eastern Europe and Central Asia at "
        "Harbour Watch."
    )
    assert {found.resolved for found in attributions.find(read(Article(text)))} == {"Marta Quill"}


def test_who_denounces_what_was_denounced_by_videos_published_by_somebody():
    text = (
        "The NGO corroborated information on the use of these weapons, which was already denounced by videos published "
        "by local sources during the weekend."
    )
    assert ("local sources", Kind.UNNAMED) in {(a.source_text, a.kind) for a in attributions.find(read(Article(text)))}
