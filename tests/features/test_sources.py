"""Who a source is: kind, mention, the fullest name in the article, the role."""

import pytest

from onrecord.features import attributions
from onrecord.features.document import Article, read
from onrecord.features.measurement import Kind, Mention
from onrecord.features.sources import Sources

PLAIN = "The council met in the town hall on Monday and all of the members were there for the vote on the bridge."
PERSON, BODY, PAPER, UNNAMED = Kind.NAMED_PERSON, Kind.NAMED_ORGANISATION, Kind.DOCUMENT, Kind.UNNAMED
UNRESOLVED = Kind.UNRESOLVED
NAME, PARTIAL, DESCRIPTION, PRONOUN = Mention.NAME, Mention.PARTIAL, Mention.DESCRIPTION, Mention.PRONOUN


def last_of(text):
    """The last attribution in a text; `PLAIN` holds none."""
    return attributions.find(read(Article(f"{text}\n\n{PLAIN}")))[-1]


@pytest.mark.parametrize(
    ("text", "kind", "mention", "resolved"),
    [
        # persons
        ("Ann Roe said it is safe.", PERSON, NAME, "Ann Roe"),
        ("Mayor Ann Roe said it is safe.", PERSON, NAME, "Ann Roe"),
        ("Dr. Ann Roe said it is safe.", PERSON, NAME, "Ann Roe"),
        ("Ann van der Roe said it is safe.", PERSON, NAME, "Ann van der Roe"),
        ("J. R. Bell said it is safe.", PERSON, NAME, "J. R. Bell"),
        ("Roe said it is safe.", PERSON, PARTIAL, "Roe"),
        ("Mr. Roe said it is safe.", PERSON, PARTIAL, "Roe"),
        ("Ann Roe came.\n\nRoe said it is safe.", PERSON, PARTIAL, "Ann Roe"),
        ("Ann Roe came.\n\nMs. Roe said it is safe.", PERSON, PARTIAL, "Ann Roe"),
        ("President Tom Bell came.\n\nBell said it is safe.", PERSON, PARTIAL, "Tom Bell"),
        ("President Tom Bell came.\n\nPresident Bell said it is safe.", PERSON, PARTIAL, "Tom Bell"),
        ("Senator Ann Roe came.\n\nThe senator said it is safe.", PERSON, DESCRIPTION, "Ann Roe"),
        ("Sen. Ann Roe, a lawyer, said no.\n\nShe said it is safe.", PERSON, PRONOUN, "Ann Roe"),
        ("Tom Bell said no.\n\nHe added that it is safe.", PERSON, PRONOUN, "Tom Bell"),
        ("Ms. Ann Roe said no.\n\nMr. Tom Bell came.\n\nShe said it is safe.", PERSON, PRONOUN, "Ann Roe"),
        ("Ms. Ann Roe said no.\n\nMr. Tom Bell said no.\n\nHe said it is safe.", PERSON, PRONOUN, "Tom Bell"),
        # nobody to look up
        ("Ms. Ann Roe said no.\n\nHe said it is safe.", UNRESOLVED, PRONOUN, None),
        ("He said it is safe.", UNRESOLVED, PRONOUN, None),
        ("I think that it is safe.", UNRESOLVED, PRONOUN, None),
        ("Officials said it is safe.", UNNAMED, DESCRIPTION, None),
        ("County officials said it is safe.", UNNAMED, DESCRIPTION, None),
        ("Critics say it is not safe.", UNNAMED, DESCRIPTION, None),
        ("Opponents claim it is not safe.", UNNAMED, DESCRIPTION, None),
        ("A person familiar with the matter said it is safe.", UNNAMED, DESCRIPTION, None),
        ("A county spokesman said it is safe.", UNNAMED, DESCRIPTION, None),
        ("Two officials who were not authorised to speak said it is safe.", UNNAMED, DESCRIPTION, None),
        ("Residents said no.\n\nThey said it is safe.", UNNAMED, PRONOUN, None),
        ("The senator said it is safe.", UNNAMED, DESCRIPTION, None),
        # organisations
        ("Alton Council said it is safe.", BODY, NAME, "Alton Council"),
        ("NASA said it is safe.", BODY, NAME, "NASA"),
        ("The White House said it is safe.", BODY, NAME, "White House"),
        ("The Alton Bridge Agency (TABA) said it is safe.", BODY, NAME, "Alton Bridge Agency"),
        ("The Alton Bridge Agency came.\n\nABA said it is safe.", BODY, PARTIAL, "Alton Bridge Agency"),
        ("Alton Council said no.\n\nThe council said it is safe.", BODY, DESCRIPTION, "Alton Council"),
        ("Alton Council said no.\n\nIt said that all is safe.", BODY, PRONOUN, "Alton Council"),
        # documents
        ("The report said it is safe.", PAPER, DESCRIPTION, "The report"),
        ("The lawsuit alleges that it is not safe.", PAPER, DESCRIPTION, "The lawsuit"),
        ("Court documents allege that it is not safe.", PAPER, DESCRIPTION, "Court documents"),
        ("A Quinnipiac poll suggests that it is safe.", PAPER, DESCRIPTION, "A Quinnipiac poll"),
        ("It is safe, according to a report by the county.", PAPER, DESCRIPTION, "a report by the county"),
        ("In 2011 a report said it is safe.", PAPER, DESCRIPTION, "a report"),
        ("The report said no.\n\nIt said that all is safe.", PAPER, PRONOUN, "The report"),
        # a quotation without anybody
        ("“It is a gift to all of us in the county.”", UNRESOLVED, Mention.NONE, None),
    ],
)
def test_identity(text, kind, mention, resolved):
    found = last_of(text)
    assert (found.kind, found.mention, found.resolved) == (kind, mention, resolved)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Ann Roe said it is safe.", None),
        ("Mayor Ann Roe said it is safe.", "Mayor"),
        ("Former Mayor Ann Roe said it is safe.", "Former Mayor"),
        ("Ann Roe, a spokeswoman for the county, said it is safe.", "a spokeswoman for the county"),
        ("Ann Roe, who runs the port, said it is safe.", "who runs the port"),
        ("“It is safe,” said Ann Roe, the mayor of Alton.", "the mayor of Alton"),
        ("Senator Ann Roe, the chairwoman of the panel, said no.", "Senator, the chairwoman of the panel"),
        # courtesy is no role, and the possessive of a role stays
        ("Dr Ann Roe said it is safe.", None),
        ("Mr. Tom Bell said it is safe.", None),
        ("Sir Tom Bell said it is safe.", None),
        ("Dr Ann Roe, the head of St Orla's, said it is safe.", "the head of St Orla's"),
        ("Dr. Ann Roe, the head of St. Orla's, said it is safe.", "the head of St. Orla's"),
        # another's name is no role
        ("Ann Roe and Tom Bell said it is safe.", None),
    ],
)
def test_role(text, role):
    assert last_of(text).role == role


def test_a_capital_at_the_start_of_a_sentence_makes_no_name():
    document = read(Article(f"Officials came. Critics left. Residents stayed. Roe spoke. {PLAIN}"))
    sources = Sources.of(document)
    assert sources is not None
    assert {name.text for name in sources.names.values()} & {"Officials", "Critics", "Residents", "Roe"} == {"Roe"}


@pytest.mark.parametrize("text", ["", "xqz vbn wrt plk"])
def test_a_language_without_a_lexicon_has_no_sources(text):
    assert Sources.of(read(Article(text))) is None
