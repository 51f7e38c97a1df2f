"""Who a source is: kind, mention, the fullest name in the article, the role.

In these texts [brackets] stand around the sources; the last one is asked for.
"""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.features.document import Article, read
from onrecord.features.identity.names import Names
from onrecord.features.identity.sources import Sources
from onrecord.features.measurement import Kind, Mention

PLAIN = "It was on the table in the town hall when all of the people were there for the vote and it was not in doubt."
PERSON, BODY, PAPER, UNNAMED = Kind.NAMED_PERSON, Kind.NAMED_ORGANISATION, Kind.DOCUMENT, Kind.UNNAMED
UNRESOLVED = Kind.UNRESOLVED
NAME, PARTIAL, DESCRIPTION, PRONOUN, NONE = Mention


def identities(marked, rest=PLAIN):
    """The identities of all sources in brackets, in order."""
    text, places = "", []
    for piece in marked.replace("]", "[").split("["):
        places.append(len(text))
        text += piece
    document = read(Article(f"{text}\n\n{rest}"))
    sources = Sources.of(document)
    assert sources is not None
    start, end = document.start.tolist(), document.end.tolist()
    ranges = []
    for a, b in [(a, places[k + 1]) for k, a in enumerate(places[:-1]) if k % 2]:
        inside = [i for i in range(len(start)) if end[i] > a and start[i] < b]
        ranges.append((inside[0], inside[-1] + 1))
    return [found for r in ranges for found in sources.identify(r)]


CASES = [
    # persons by name
    ("[Ann Roe] said so.", PERSON, NAME, "Ann Roe"),
    ("[Ann van der Roe] said so.", PERSON, NAME, "Ann van der Roe"),
    ("[J. R. Bell] said so.", PERSON, NAME, "J. R. Bell"),
    ("[Tom Bell III] said so.", PERSON, NAME, "Tom Bell III"),
    ("[Tom May] said so.", PERSON, NAME, "Tom May"),
    ("[Mayor Ann Roe] said so.", PERSON, NAME, "Ann Roe"),
    ("[Sen. Ann Roe (R-Ohio)] said so.", PERSON, NAME, "Ann Roe"),
    ("[House Speaker Tom Bell] said so.", PERSON, NAME, "Tom Bell"),
    ("[Secretary of State Tom Bell] said so.", PERSON, NAME, "Tom Bell"),
    ("[Director of Animal Care Ann Roe] said so.", PERSON, NAME, "Ann Roe"),
    ("[Italian Prime Minister Tom Bell] said so.", PERSON, NAME, "Tom Bell"),
    ("[Republican Tom Bell] said so.", PERSON, NAME, "Tom Bell"),
    ("[NASA spokesman Tom Bell] said so.", PERSON, NAME, "Tom Bell"),
    ("[White House press secretary Ann Roe] said so.", PERSON, NAME, "Ann Roe"),
    ("[CNN's Ann Roe] said so.", PERSON, NAME, "Ann Roe"),
    ("[the Rev. Tom Bell, of Alton Church] said so.", PERSON, NAME, "Tom Bell"),
    ("[A spokesman for the port, Tom Bell,] said so.", PERSON, NAME, "Tom Bell"),
    ("[the group's president, Ann Roe,] said so.", PERSON, NAME, "Ann Roe"),
    ("[Ann Roe, head of the Alton Board,] said so.", PERSON, NAME, "Ann Roe"),
    ("[Ann Roe of the Alton Board] said so.", PERSON, NAME, "Ann Roe"),
    ("[Mayor Ann Roe herself] said so.", PERSON, NAME, "Ann Roe"),
    ("[Critics, including Ann Roe,] said so.", PERSON, NAME, "Ann Roe"),
    ("[Ann Roe and her husband] said so.", PERSON, NAME, "Ann Roe"),
    # persons by part of their name
    ("[Roe] said so.", PERSON, PARTIAL, "Roe"),
    ("[Mr. Roe] said so.", PERSON, PARTIAL, "Roe"),
    ("[President Roe] said so.", PERSON, PARTIAL, "Roe"),
    ("Ann Roe came. [Roe] said so.", PERSON, PARTIAL, "Ann Roe"),
    ("Ann Roe came. [Ann] said so.", PERSON, PARTIAL, "Ann Roe"),
    ("Roe came. [Ann Roe] said no. Later [Roe] said so.", PERSON, PARTIAL, "Ann Roe"),
    ("[Roe’s] remark came before Ann Roe left.", PERSON, PARTIAL, "Ann Roe"),
    ("Ann Roe met Tom Roe. [Mr. Roe] said so.", PERSON, PARTIAL, "Tom Roe"),
    ("Ann Roe met Tom Roe. [Ms. Roe] said so.", PERSON, PARTIAL, "Ann Roe"),
    ("Adel al-Roe came. [Mr. Roe] said so.", PERSON, PARTIAL, "Adel al-Roe"),
    ("Ann King came. [King] said so.", PERSON, PARTIAL, "Ann King"),
    ("Ann Sanders came. [Sanders] said so.", PERSON, PARTIAL, "Ann Sanders"),
    ("The plans of Tom J. Bell are new. [Tom Bell] said so.", PERSON, PARTIAL, "Tom J. Bell"),
    # persons by description
    ("Senator Ann Roe came. [The senator] said so.", PERSON, DESCRIPTION, "Ann Roe"),
    ("Sen. Ann Roe came. [The senator] said so.", PERSON, DESCRIPTION, "Ann Roe"),
    ("Ann Roe, a state judge, came. [The judge] said so.", PERSON, DESCRIPTION, "Ann Roe"),
    ("President Tom Bell met Mayor Ann Roe. [The president] said so.", PERSON, DESCRIPTION, "Tom Bell"),
    ("Republican nominee Tom Bell met Democratic nominee Ann Roe. [The Republican nominee] said so.", PERSON,
     DESCRIPTION, "Tom Bell"),
    # pronouns
    ("[Ann Roe] said no. Then [she] said so.", PERSON, PRONOUN, "Ann Roe"),
    ("[Tom Bell] said no. Then [he] said so.", PERSON, PRONOUN, "Tom Bell"),
    ("[Ann Roe] said no. Tom Bell came. Then [she] said so.", PERSON, PRONOUN, "Ann Roe"),
    ("[Ann Roe] said no. Tom Bell came. Then [he] said so.", PERSON, PRONOUN, "Tom Bell"),
    ("[Xu Qixing] said no. [She] said so. Tom Bell came. [She] said so.", PERSON, PRONOUN, "Xu Qixing"),
    ("The vote went to Ann Roe, [who] said so.", PERSON, PRONOUN, "Ann Roe"),
    ("[An official] said no. [He] said so.", UNNAMED, PRONOUN, "An official"),
    ("[Residents] said no. [They] said so.", UNNAMED, PRONOUN, "Residents"),
    ("We met officials [who] said so.", UNNAMED, PRONOUN, "officials"),
    ("[The report] said no. [It] said so.", PAPER, PRONOUN, "The report"),
    ("[Alton Council] said no. [It] said so.", BODY, PRONOUN, "Alton Council"),
    ("[He] said so.", UNRESOLVED, PRONOUN, None),
    ("Ann Roe came. [He] said so.", UNRESOLVED, PRONOUN, None),
    ("[I] think so.", UNRESOLVED, PRONOUN, None),
    ("[We] think so.", UNRESOLVED, PRONOUN, None),
    ("[They] said so.", UNRESOLVED, PRONOUN, None),
    # organisations
    ("[Alton Council] said so.", BODY, NAME, "Alton Council"),
    ("[NASA] said so.", BODY, NAME, "NASA"),
    ("[The White House] said so.", BODY, NAME, "White House"),
    ("[The New York Times] said so.", BODY, NAME, "New York Times"),
    ("[The Charlotte Observer] said so.", BODY, NAME, "Charlotte Observer"),
    ("[BridgeWatch] said so.", BODY, NAME, "BridgeWatch"),
    ("[The Ministry of Roads] said so.", BODY, NAME, "Ministry of Roads"),
    ("[The Roads and Bridges Commission] said so.", BODY, NAME, "Roads and Bridges Commission"),
    ("[The Centers for Road Control and Repair] said so.", BODY, NAME, "Centers for Road Control and Repair"),
    ("[Russia] said so.", BODY, NAME, "Russia"),
    ("[The Chinese foreign ministry] said so.", BODY, NAME, "Chinese foreign ministry"),
    ("[A group called Alton Bridge Watch] said so.", BODY, NAME, "Alton Bridge Watch"),
    ("[Citizens for Road Reform] said so.", BODY, NAME, "Citizens for Road Reform"),
    ("[The Roe campaign] said so.", BODY, NAME, "Roe campaign"),
    ("[Roe’s campaign] said so.", BODY, NAME, "Roe’s campaign"),
    ("[The Roe administration] said so.", BODY, NAME, "Roe administration"),
    ("[Alton police] said so.", BODY, NAME, "Alton police"),
    ("[A panel of the Alton Court] said so.", BODY, NAME, "Alton Court"),
    ("[A doctors' group, the Alton Medical Association,] said so.", BODY, NAME, "Alton Medical Association"),
    ("[The Alton Bridge Agency (TABA)] said so.", BODY, NAME, "Alton Bridge Agency"),
    ("The Alton Bridge Agency came. [ABA] said so.", BODY, PARTIAL, "Alton Bridge Agency"),
    ("The Road Users' Board (XRB) met. [The XRB] said so.", BODY, PARTIAL, "Road Users' Board"),
    ("It was in the Alton Times. [The Times] said so.", BODY, PARTIAL, "Alton Times"),
    ("The Alton Safety Board met. [The Safety Board] said so.", BODY, PARTIAL, "Alton Safety Board"),
    ("[Alton Council] said no. [The council] said so.", BODY, DESCRIPTION, "Alton Council"),
    ("[The Alton Bridge Agency] said no. [The agency] said so.", BODY, DESCRIPTION, "Alton Bridge Agency"),
    ("[The Roe campaign] said no. [The campaign] said so.", BODY, DESCRIPTION, "Roe campaign"),
    # documents
    ("[The report] said so.", PAPER, DESCRIPTION, "The report"),
    ("[Court documents] said so.", PAPER, DESCRIPTION, "Court documents"),
    ("[A Quinnipiac poll] said so.", PAPER, DESCRIPTION, "A Quinnipiac poll"),
    ("[A Quinnipiac poll] said no. [The poll] said so.", PAPER, DESCRIPTION, "A Quinnipiac poll"),
    ("[A Quinnipiac poll] said no. [The survey] said so.", PAPER, DESCRIPTION, "A Quinnipiac poll"),
    ("[A study released on Friday] said so.", PAPER, DESCRIPTION, "A study released on Friday"),
    ("[a report by the county] said so.", PAPER, DESCRIPTION, "a report by the county"),
    ("[One of the latest polls] said so.", PAPER, DESCRIPTION, "One of the latest polls"),
    ("[National and local polls] said so.", PAPER, DESCRIPTION, "National and local polls"),
    ("[The Bells' lawsuit] said so.", PAPER, DESCRIPTION, "The Bells' lawsuit"),
    ("[Roe’s tweet] said so.", PAPER, DESCRIPTION, "Roe’s tweet"),
    # nobody to look up
    ("[Officials] said so.", UNNAMED, DESCRIPTION, "Officials"),
    ("[Critics] said so.", UNNAMED, DESCRIPTION, "Critics"),
    ("[Democrats] said so.", UNNAMED, DESCRIPTION, "Democrats"),
    ("[Senate Democrats] said so.", UNNAMED, DESCRIPTION, "Senate Democrats"),
    ("[The Russians] said so.", UNNAMED, DESCRIPTION, "The Russians"),
    ("[63 percent of voters] said so.", UNNAMED, DESCRIPTION, "63 percent of voters"),
    ("[Roe supporters] said so.", UNNAMED, DESCRIPTION, "Roe supporters"),
    ("[Roe and Bell supporters] said so.", UNNAMED, DESCRIPTION, "Roe and Bell supporters"),
    ("[A Chinese company] said so.", UNNAMED, DESCRIPTION, "A Chinese company"),
    ("[Officials at the Alton Board] said so.", UNNAMED, DESCRIPTION, "Officials at the Alton Board"),
    ("[A spokesman for Sen. Ann Roe] said so.", UNNAMED, DESCRIPTION, "A spokesman for Sen. Ann Roe"),
    ("[a person familiar with the matter] said so.", UNNAMED, DESCRIPTION, "a person familiar with the matter"),
    ("[Two officials who were not there] said so.", UNNAMED, DESCRIPTION, "Two officials"),
    ("[State and local leaders] said so.", UNNAMED, DESCRIPTION, "State and local leaders"),
    ("[The senator] said so.", UNNAMED, DESCRIPTION, "The senator"),
    ("[A union] said so.", UNNAMED, DESCRIPTION, "A union"),
    ("[Eyewitnesses] said so.", UNNAMED, DESCRIPTION, "Eyewitnesses"),
    # no source at all
    ("[The economy] grew.", UNRESOLVED, DESCRIPTION, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "mention", "resolved"), CASES, ids=[case[0] for case in CASES])
def test_identity(text, kind, mention, resolved):
    found = identities(text)[-1]
    assert (found["kind"], found["mention"], found["resolved"]) == (kind, mention, resolved)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("[Ann Roe] said so.", None),
        ("[Mayor Ann Roe] said so.", "Mayor"),
        ("[Former Mayor Ann Roe] said so.", "Former Mayor"),
        ("[NASA spokesman Tom Bell] said so.", "NASA spokesman"),
        ("[Ann Roe, a spokeswoman for the county,] said so.", "a spokeswoman for the county"),
        ("[Ann Roe, who runs the port,] said so.", "who runs the port"),
        ("[Senator Ann Roe, the chairwoman of the panel,] said so.", "Senator, the chairwoman of the panel"),
        # the apposition that stands outside the source, and the role that stands elsewhere
        ("So said [Ann Roe], the mayor of Alton, on Friday.", "the mayor of Alton"),
        ("Mayor Ann Roe came. [Roe] said so.", "Mayor"),
        ("Ann Roe, a lawyer from Alton, came. [She] said so.", "a lawyer from Alton"),
        # courtesy is no role, and the possessive of a role stays
        ("[Dr Ann Roe] said so.", None),
        ("[Mr. Tom Bell] said so.", None),
        ("[Sir Tom Bell] said so.", None),
        ("[Dr Ann Roe, the head of St Orla's,] said so.", "the head of St Orla's"),
        # another's name is no role, nor is what an organisation does
        ("[Ann Roe and Tom Bell] said so.", None),
        ("[Alton Council, the owner of the port,] said so.", None),
    ],
)
def test_role(text, role):
    assert identities(text)[-1]["role"] == role


LOWER = "the road is long and the people of the town have been asking for it to be mended for years. " * 3


@pytest.mark.parametrize(
    ("text", "kind", "mention", "resolved"),
    [
        ("[ann roecker] said so.", PERSON, NAME, "ann roecker"),
        ("ann roecker came. then [roecker] said so.", PERSON, PARTIAL, "ann roecker"),
        ("it was sen. roecker who came. then [roecker] said so.", PERSON, PARTIAL, "Roecker"),
        ("[the report] said so.", PAPER, DESCRIPTION, "the report"),
        ("[officials] said so.", UNNAMED, DESCRIPTION, "officials"),
    ],
)
def test_text_without_capitals(text, kind, mention, resolved):
    found = identities(text, LOWER)[-1]
    assert (found["kind"], found["mention"], found["resolved"]) == (kind, mention, resolved)


def test_nobody_is_given():
    document = read(Article(f"Ann Roe came. {PLAIN}"))
    (found,) = Sources.of(document).identify(None)
    assert (found["kind"], found["mention"], found["resolved"], found["role"]) == (UNRESOLVED, NONE, None, None)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Officials came. Critics left. Eyewitnesses stayed. Economically it was poor. Roe spoke.", {"Roe"}),
        ("Republicans, Democrats and Americans met on Monday in March.", set()),
        ("Later that day Ann Roe (D-Ohio) met Tom Bell, M.D., on Friday.", {"Ann Roe", "Tom Bell"}),
        ("In Marlow the king met Roe.", {"Marlow", "Roe"}),
    ],
)
def test_names(text, names):
    learnt = Names.of(read(Article(f"{text}\n\n{PLAIN}")))
    assert {name.entity.name for name in learnt.mentions} - {"It"} == names


def test_a_headline_teaches_no_names():
    learnt = Names.of(read(Article(f"Ann Roe Blasts New Bridge Plan\n\nAnn Roe said it is bad. {PLAIN}")))
    assert {name.entity.name for name in learnt.mentions if name.begin > 5} == {"Ann Roe"}


@pytest.mark.parametrize("text", ["", "xqz vbn wrt plk"])
def test_a_language_without_a_lexicon_has_no_sources(text):
    assert Sources.of(read(Article(text))) is None


PIECES = st.sampled_from(
    ["Ann", "Roe", "Bell", "Mr", ".", ",", "the", "The", "senator", "of", "and", "report", "she", "who", "it", "They",
     "U.S", "Alton", "Council", "“", "”", "(", "ABA", ")", "'s", "Roe's", "said", "King", "May", "\n\n", "\0", "\ud800",
     "é", "7", "-"]
)  # fmt: skip


@pytest.mark.parametrize(
    ("marked", "people"),
    [
        ("[Ann Roe and Tom Bell] said so.", ["Ann Roe", "Tom Bell"]),
        ("[Ann Roe, Tom Bell and Jo May] said so.", ["Ann Roe", "Tom Bell", "Jo May"]),
        ("Ann Roe and Tom Bell came. [Roe and Bell] said so.", ["Ann Roe", "Tom Bell"]),
        ("[Ann Roe and her husband] said so.", ["Ann Roe"]),
        ("[Ann Roe and the county] said so.", ["Ann Roe"]),
    ],
)
def test_people_who_are_named_together_are_told_apart(marked, people):
    assert [found["resolved"] for found in identities(marked)] == people


def test_they_are_all_who_spoke_before():
    found = identities("[Ann Roe and Tom Bell] said no. [They] said so.")
    assert [(one["resolved"], one["mention"]) for one in found[2:]] == [("Ann Roe", PRONOUN), ("Tom Bell", PRONOUN)]


def test_whoever_announces_a_quotation():
    document = read(Article(f"{PLAIN} Tom Bell told Ann Roe of it:"))
    found = Sources.of(document).announcer(len(PLAIN.split()), len(document.words))
    assert (found["kind"], found["mention"], found["resolved"]) == (PERSON, NONE, "Tom Bell")
    assert Sources.of(document).announcer(0, 3) is None


@given(st.lists(PIECES, max_size=60), st.lists(st.tuples(st.integers(0, 80), st.integers(1, 9)), max_size=12))
@settings(max_examples=300)
def test_any_text_and_any_range(pieces, ranges):
    document = read(Article(f"{' '.join(pieces)} {PLAIN}"))
    sources = Sources.of(document)
    n = len(document.words)
    for first, length in sorted(ranges):
        for found in sources.identify((first % n, min(first % n + length, n))):
            assert (found["mention"] is NONE) <= (found["kind"] is UNRESOLVED)
            assert found["resolved"] != ""
            assert found["role"] is None or found["kind"] is PERSON


@given(st.text(max_size=200))
def test_any_characters(text):
    document = read(Article(f"{PLAIN} {text}"))
    sources = Sources.of(document)
    for i in range(0, len(document.words), 3):
        sources.identify((i, min(i + 3, len(document.words))))


@pytest.mark.parametrize(
    "unit",
    ["Ann Roe said. ", "Ann{} Roe said. ", "ROE BELL ", "A. ", "Roe of ", "the Roe Board ", "(ABA) ", "Mr. ", "Roe's "],
)
def test_the_time_is_linear(unit):
    def seconds(n):
        text = "".join(unit.format(chr(97 + i % 26) + chr(97 + i // 26 % 26) + str(i)) for i in range(n))
        document = read(Article(f"{PLAIN * (n // 10)} {text}"))
        start = time.thread_time()
        sources = Sources.of(document)
        for i in range(0, len(document.words) - 2, 7):
            sources.identify((i, i + 2))
        return time.thread_time() - start

    short = min(seconds(1000) for _ in range(3))
    assert seconds(8000) < 40 * short + 0.2
