"""Who says what, by span: sentences in which somebody says something, and sentences in which nobody does."""

import time
from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from onrecord.features import attributions, rules
from onrecord.features.document import Article, read
from onrecord.features.measurement import Mention, Quote
from onrecord.features.statement import Statement
from onrecord.features.tagging import tagger

# The tagger has read whole articles: each example stands in one, between paragraphs in which nobody says anything.
FRAMES = [
    (
        "The town of Alder Falls will vote on a new bridge over the river Wend in May.\n\n",
        "\n\nThe council meets in the town hall on the first Monday of the month, and all are welcome.",
    ),
    (
        "ALDER FALLS — Snow fell on the county for a third day on Tuesday, and most of the schools were closed.\n\n",
        "\n\nThe county has about 40,000 people and is the oldest in the state. Its roads were built in the 1950s.",
    ),
]
# Who speaks is told from how it is said and not by name: each example is read with these names too.
NAMES = [
    {},
    {"Ann": "Tomas", "ANN": "TOMAS", "Roe": "Okafor", "ROE": "OKAFOR", "Tom Bell": "Helen Marsh", "Bell": "Marsh"},
]


def renamed(text, names):
    for name, other in names.items():
        text = text.replace(name, other)
    return text


def settings_of(text):
    """The attributions of a text in each frame and with all names: (names, document, found), the frame's left out."""
    variants = list(product(NAMES, FRAMES))
    documents = [read(Article(before + renamed(text, names) + after)) for names, (before, after) in variants]
    for (names, (before, _)), document, found in zip(
        variants, documents, attributions.find_all(documents), strict=True
    ):
        first, last = len(before), len(before) + len(renamed(text, names))
        assert all(first <= s.start and s.end <= last for a in found for s in (*a.content, *a.cue, *a.source))
        yield names, document, found


def texts_of(document, spans):
    return [document.text_of(span) for span in spans]


def described(document, attribution):
    return attribution.source_text, texts_of(document, attribution.cue), texts_of(document, attribution.content)


def says(document, attribution, source, cue, content):
    """Whether an attribution is that one: "Ann Roe…" begins so, "…" joins words of a content, "" is nothing at all."""
    begins = source.endswith("…") and attribution.source_text.startswith(source[:-1])
    said_by = " ".join(texts_of(document, attribution.cue))
    said = " ".join(texts_of(document, attribution.content))
    apart = not any(
        s.start < part.end and part.start < s.end for s in attribution.source for part in attribution.content
    )
    return (
        (begins or attribution.source_text == source)
        and (cue in said_by if cue else not said_by)
        and all(part in said for part in content.split("…"))
        and apart
    )


def missing(text, *expected):
    """What is expected and not found, in any setting."""
    return [
        (renamed(str(one), names), [described(document, a) for a in found])
        for names, document, found in settings_of(text)
        for one in expected
        if not any(says(document, a, *(renamed(part, names) for part in one)) for a in found)
    ]


# (text, source, cue, content): all that is said in each text.
STATEMENTS = [
    # the source before what it says
    ("Ann Roe said the bridge is safe.", "Ann Roe", "said", "bridge is safe"),
    ("Ann Roe said that the school will open in May.", "Ann Roe", "said", "school will open in May"),
    ("Mayor Ann Roe said the city had run out of money.", "Mayor Ann Roe", "said", "city had run out of money"),
    ("Police Chief Ann Roe said two men were arrested.", "Police Chief Ann Roe", "said", "two men were arrested"),
    ("Ann Roe has repeatedly said the tax will not rise.", "Ann Roe", "said", "tax will not rise"),
    ("The company said it would cut 200 jobs.", "The company", "said", "it would cut 200 jobs"),
    ("Police said two men were arrested near the station.", "Police", "said", "two men were arrested"),
    ("She said the road would be repaired by the end of the year.", "She", "said", "road would be repaired"),
    ("Ann Roe announced that the museum would close in June.", "Ann Roe", "announced", "museum would close"),
    ("Ann Roe argued that the law would hurt small farms.", "Ann Roe", "argued", "law would hurt small farms"),
    ("Ann Roe warned that the dam could fail.", "Ann Roe", "warned", "dam could fail"),
    ("Ann Roe acknowledged that mistakes had been made.", "Ann Roe", "acknowledged", "mistakes had been made"),
    # behind it
    ("“The bridge is safe,” Ann Roe said.", "Ann Roe", "said", "bridge is safe"),
    ("“We are proud of this town,” Roe said in a statement.", "Roe", "said", "We are proud of this town"),
    ("“It was a long night for all of us,” he told reporters.", "he", "told", "It was a long night for all of us"),
    ("Two men were arrested near the station, police said.", "police", "said", "Two men were arrested"),
    ("Rents rose 10 percent last year, the report said.", "the report", "said", "Rents rose 10 percent last year"),
    # behind its verb
    ("“The bridge is safe,” said Ann Roe.", "Ann Roe", "said", "bridge is safe"),
    ("“Why did nobody call us?” asked Ann Roe.", "Ann Roe", "asked", "Why did nobody call us?"),
    # in the middle of it
    ("“The bridge is safe,” Ann Roe said, “and will stay open.”", "Ann Roe", "said", "is safe…will stay open"),
    ("“We built this place,” Roe said. “We will not give it up.”", "Roe", "said", "We built…not give it up"),
    ("“I love this city,” said Ann Roe, “but I cannot afford it.”", "Ann Roe", "said", "love…cannot afford it"),
    ("“This is not a joke,” he said, “and nobody is laughing.”", "he", "said", "not a joke…nobody is laughing"),
    ("The tax, Roe said, would hurt small farms.", "Roe", "said", "would hurt small farms"),
    # according to
    ("The bridge is safe, according to Ann Roe.", "Ann Roe", "according to", "bridge is safe"),
    ("The bridge, according to the report, was built in 1961.", "the report", "according to", "built in 1961"),
    # whom it was told to is no part of it
    ("Ann Roe told reporters that the company would not sell the plant.", "Ann Roe", "told", "would not sell"),
    ("Roe urged the council to drop the plan.", "Roe", "urged", "drop the plan"),
    # who they are
    ("Ann Roe, the mayor of Alder Falls, said the bridge is safe.", "Ann Roe…", "said", "bridge is safe"),
    ("Ann Roe, a spokesman for the company, said it would reopen.", "Ann Roe…", "said", "it would reopen"),
    ("“It was a mistake,” said Ann Roe, a lawyer for the family.", "Ann Roe…", "said", "It was a mistake"),
    ("“We will not leave,” said Ann Roe, who has lived here for 30 years.", "Ann Roe…", "said", "We will not leave"),
    ("“This is a bad deal,” said Ann Roe, a Democrat.", "Ann Roe…", "said", "This is a bad deal"),
    # some of their own words
    ("Ann Roe called the plan “a gift to the rich.”", "Ann Roe", "called", "a gift to the rich"),
    ("Ann Roe said it was “a gift to the town” and would be safe.", "Ann Roe", "said", "a gift to…would be safe"),
    ("The mayor said that she would “fight to the end.”", "The mayor", "said", "she would…fight to the end"),
    # what they want, think and feel
    ("Ann Roe wants the council to drop the plan.", "Ann Roe", "wants", "council to drop the plan"),
    ("Ann Roe supports the plan to build a new school.", "Ann Roe", "supports", "plan to build a new school"),
    ("Roe believes that the law is unfair.", "Roe", "believes", "law is unfair"),
    ("Ann Roe thinks the city should pay for it.", "Ann Roe", "thinks", "city should pay for it"),
    ("Residents fear that the river will flood again.", "Residents", "fear", "river will flood again"),
    ("The union expects that the plant will close.", "The union", "expects", "plant will close"),
    ("Ann Roe is worried that the school will close.", "Ann Roe", "worried", "school will close"),
    ("Roe rejected the idea of a new tax.", "Roe", "rejected", "idea of a new tax"),
    ("Roe promised to cut taxes.", "Roe", "promised", "to cut taxes"),
    ("Roe agreed to pay for the damage.", "Roe", "agreed", "to pay for the damage"),
    # what they ask
    ("Ann Roe asked whether the bridge was safe.", "Ann Roe", "asked", "bridge was safe"),
    ("Reporters asked whether the mayor would resign.", "Reporters", "asked", "mayor would resign"),
    ("Ann Roe questioned whether the city could afford it.", "Ann Roe", "questioned", "city could afford it"),
    ("“Are you going to run again?” a reporter asked.", "a reporter", "asked", "Are you going to run again?"),
    # headlines, tweets, letters
    ("Mayor says bridge is safe\n\nThe bridge opened in 1961.", "Mayor", "says", "bridge is safe"),
    ("Roe says she will not run again\n\nThe vote is in May.", "Roe", "says", "she will not run again"),
    ("Ann Roe tweeted: “What a night for this town!”", "Ann Roe", "tweeted", "What a night for this town!"),
    ("“This is a witch hunt!” he tweeted.", "he", "tweeted", "This is a witch hunt!"),
    ("Roe tweeted that the talks had failed.", "Roe", "tweeted", "talks had failed"),
    ("“So proud of this town,” Ann Roe posted on Twitter.", "Ann Roe", "posted", "So proud of this town"),
    ("“Thank you for your kind words,” Roe wrote on Twitter.", "Roe", "wrote", "Thank you for your kind words"),
    ("Ann Roe wrote on Facebook that the road was closed.", "Ann Roe", "wrote", "road was closed"),
    ("Ann Roe wrote in a letter to the council that it must be closed.", "Ann Roe", "wrote", "it must be closed"),
    ("Ann Roe said in a statement: “We are sorry for the loss.”", "Ann Roe", "said", "We are sorry for the loss"),
    # what others have said, in their own quotations
    ("“He told me ‘no’ and he left,” Roe said.", "Roe", "said", "He told me…no…and he left"),
    ("\"My boss said, 'Go home and stay there,'\" Ann Roe said.", "Ann Roe", "said", "My boss said…stay there"),
    ("“My mother always said, ‘Keep quiet,’” Ann Roe said.", "Ann Roe", "said", "My mother always said…Keep quiet"),
    ("Roe said Bell believes the bridge is safe.", "Roe", "said", "Bell believes the bridge is safe"),
    ("Roe said that Bell had told him it was safe.", "Roe", "said", "Bell had told him it was safe"),
    # polls, studies and papers
    ("A survey found that most voters want a new bridge.", "A survey", "found", "most voters want a new bridge"),
    ("The poll showed that most voters oppose the tax.", "The poll", "showed", "most voters oppose the tax"),
    ("Polls suggest that Roe will win the vote.", "Polls", "suggest", "Roe will win the vote"),
    ("The study concluded that the dam could fail.", "The study", "concluded", "dam could fail"),
    ("A study published in May found that the water is safe.", "A study…", "found", "water is safe"),
    ("A report released on Monday found that the bridge was unsafe.", "A report…", "found", "bridge was unsafe"),
    ("Researchers found that children who read do better.", "Researchers", "found", "children who read do better"),
    ("The data show that rents rose 10 percent last year.", "The data", "show", "rents rose 10 percent last year"),
    ("Court papers say the men stole three cars.", "Court papers", "say", "men stole three cars"),
    ("The lawsuit alleges that the company hid the leak.", "The lawsuit", "alleges", "company hid the leak"),
    ("The complaint says that the driver was drunk.", "The complaint", "says", "driver was drunk"),
    # those who give no name
    ("Officials said the road would be closed until June.", "Officials", "said", "road would be closed"),
    ("The talks have failed, officials said on Monday.", "officials", "said", "talks have failed"),
    ("A senior official said the talks had failed.", "A senior official", "said", "talks had failed"),
    ("Two people familiar with the matter said it would be sold.", "Two people familiar…", "said", "it would be sold"),
    ("“It is a mess,” said one official, who spoke on condition of anonymity.", "one official…", "said", "a mess"),
    ("“We were told nothing,” said a worker at the plant.", "a worker at the plant", "said", "We were told nothing"),
    ("Critics say the law is unfair to the poor.", "Critics", "say", "law is unfair to the poor"),
    ("Some experts warn that the dam could fail.", "Some experts", "warn", "dam could fail"),
    ("Sources told the paper that the deal was dead.", "Sources", "told", "deal was dead"),
    ("Witnesses said the car hit a wall.", "Witnesses", "said", "car hit a wall"),
    # whoever is spoken of is no source
    ("The company is said to be close to a deal.", "", "said", "close to a deal"),
    ("The man was reported to have left the country.", "", "reported", "have left the country"),
    ("The company is believed to have hidden the leak.", "", "believed", "have hidden the leak"),
    ("It is said that the house is haunted.", "", "said", "house is haunted"),
    ("Ann Roe is accused of stealing three cars.", "", "accused", "stealing three cars"),
    ("Ann Roe was accused of taking bribes.", "", "accused", "taking bribes"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "source", "cue", "content"), STATEMENTS)
def test_one_statement(text, source, cue, content):
    assert missing(text, (source, cue, content)) == []
    assert [len(found) for *_, found in settings_of(text)] == [1] * 4


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # two sources
        (
            "“It is safe,” Ann Roe said. “It is not,” Tom Bell replied.",
            [("Ann Roe", "said", "It is safe"), ("Tom Bell", "replied", "It is not")],
        ),
        (
            "Ann Roe said the road would be closed. Tom Bell said it would stay open.",
            [("Ann Roe", "said", "the road would be closed"), ("Tom Bell", "said", "it would stay open")],
        ),
        # one source with several cues
        (
            "Roe said the bridge is safe, adding that it would open in May.",
            [("Roe", "said", "the bridge is safe"), ("Roe", "adding", "it would open in May")],
        ),
        (
            "Roe said the talks had failed, noting that both sides had walked away.",
            [("Roe", "said", "the talks had failed"), ("Roe", "noting", "both sides had walked away")],
        ),
        (
            "“The deal is dead,” Roe said, adding that nobody had wanted it.",
            [("Roe", "said", "The deal is dead"), ("Roe", "adding", "nobody had wanted it")],
        ),
        (
            "Ann Roe called the plan reckless and said it would hurt small farms.",
            [("Ann Roe", "called", "the plan reckless"), ("Ann Roe", "said", "it would hurt small farms")],
        ),
        # introduced once and carried on
        (
            "Ann Roe has run the school since 2009. She said the roof leaks. “We put buckets in the halls,” she said.",
            [("She", "said", "the roof leaks"), ("she", "said", "We put buckets in the halls")],
        ),
        (
            "Tom Bell is the head of the union. “We will strike in May,” he said. “Nobody wants it.”",
            [("he", "said", "We will strike in May…Nobody wants it")],
        ),
        # a quotation that runs over paragraphs
        (
            "“We lost everything in the flood,” Ann Roe said. “The house is gone.\n\n"
            "“But we are going to build it again, and we are going to stay here.”",
            [
                ("Ann Roe", "said", "We lost everything in the flood…The house is gone"),
                ("", "", "we are going to build it again, and we are going to stay here"),
            ],
        ),
        (
            "“I have worked here for 30 years,” Roe said.\n\n"
            "“I have never seen a winter like this one, and I hope I never will again.”",
            [
                ("Roe", "said", "I have worked here for 30 years"),
                ("", "", "I have never seen a winter like this one, and I hope I never will again"),
            ],
        ),
    ],
)
def test_several_statements(text, expected):
    assert missing(text, *expected) == []
    assert [len(found) for *_, found in settings_of(text)] == [len(expected)] * 4


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("Asked about the plan, Roe said: “I have not read it.”", "Roe", "said", "I have not read it"),
        ("Asked why he closed the bridge, Roe said it was not safe.", "Roe", "said", "it was not safe"),
        ("When asked about the plant, Roe said he had no plans to sell it.", "Roe", "said", "he had no plans to sell"),
        ("“No comment,” Roe said when asked about the plant.", "Roe", "said", "No comment"),
        ("Ann Roe defended the plan, saying it would save money.", "Ann Roe", "saying", "it would save money"),
        ("Ann Roe said the county would:\n\n- close the bridge;\n- cut the tax.", "Ann Roe", "said", "county would"),
        ("A spokeswoman declined to say whether the plant would close.", "A spokeswoman", "declined", "plant would"),
    ],
)  # fmt: skip
def test_an_answer_whatever_is_made_of_the_question(text, source, cue, content):
    assert missing(text, (source, cue, content)) == []


@pytest.mark.parametrize(
    ("before", "quotation"),
    [
        ("The company said in a statement:", "“The safety of our workers comes first, and we will help.”"),
        ("Ann Roe said in a statement:", "“We are sorry for the loss of these families, and we will do all we can.”"),
        ("This is what Roe wrote to the council in May:", "“The bridge is old. It must be closed before May.”"),
    ],
)
def test_a_quotation_that_is_set_apart_is_found_whoever_is_taken_to_say_it(before, quotation):
    for _, document, found in settings_of(f"{before}\n\n{quotation}"):
        assert quotation.strip("“.”") in " ".join(text for a in found for text in texts_of(document, a.content))


@pytest.mark.parametrize(
    "text",
    [
        "",
        # facts
        "The bridge was built in 1961 and is 300 feet long.",
        "The town lies on the river Wend, about 40 miles north of the coast.",
        "The county has 12 schools, and four of them have no gym.",
        "The museum has 4,000 paintings and a garden.",
        "The plant makes paper and employs 400 people.",
        "The company was founded in 1922 and has offices in four states.",
        "The new rules took effect on Jan. 1.",
        "Rents rose 10 percent last year.",
        # what happened
        "Snow fell overnight on the hills, and two roads were closed.",
        "The fire began in the kitchen and spread to the roof.",
        "Two men broke into the store at night and took the cash.",
        "Ann Roe walked to the station and took the first train to the coast.",
        "Ann Roe was born in 1950 and grew up on a farm near the river.",
        "Ann Roe joined the company in 1998 and left it in 2011.",
        "Ann Roe scored twice in the first half, and the home team won 3-1.",
        "The crowd stood in the rain for two hours and then went home.",
        "The storm knocked down trees and cut the power to 3,000 homes.",
        # states that state nothing
        "The United States and Canada share a long border.",
        "The state has no income tax.",
        "The states share a border.",
        # reports, claims and statements that report, claim and state nothing here
        "The report is due on Friday.",
        "The report is 300 pages long.",
        "The claim was filed on Monday.",
        "The claims were paid in full.",
        "Insurance claims rose 10 percent last year.",
        "The statement was three pages long.",
        "The hearing will be held on Friday.",
        "The study lasted three years and cost $2 million.",
        "The study is the first of its kind.",
        "The poll closes at 8 p.m.",
        "The announcement is due next week.",
        "The interview lasted two hours.",
        "Court papers were filed on Monday.",
        "The witness list is 12 pages long.",
        "The book was published in 1998.",
        # titles
        "The song “Hello” topped the chart for six weeks.",
        "The film “The Last Bridge” opens in theaters on Friday.",
        "“The Last Bridge” opens in theaters on Friday.",
        "Ann Roe played the lead in “The Long Winter” in 1998.",
        "The series “Alder Falls” runs on Sunday nights.",
        # scare quotes and sarcasm
        "The “fast lane” was closed on Monday.",
        "The so-called “smart” meters broke down after a week.",
        "The “free” lunch cost the town $3,000.",
        "The “express” train takes two hours.",
        "The store sells “organic” apples from a factory farm.",
        "The “temporary” tax is now 40 years old.",
        "The “experts” at city hall have built a bridge to nowhere.",
        "This “plan” is no plan at all.",
        "Yes, the “free press” costs $3 a day.",
        # idle questions and idioms
        "Who needs a bridge anyway?",
        "What could go wrong?",
        "It goes without saying.",
    ],
)
def test_nobody_says_anything(text):
    for _, document, found in settings_of(text):
        assert [described(document, a) for a in found] == []


# -- degraded text -------------------------------------------------------------------------------

TWENTY = [
    ("Ann Roe said the bridge is safe.", "Ann Roe", "said", "bridge is safe"),
    ("“The bridge is safe,” Ann Roe said.", "Ann Roe", "said", "bridge is safe"),
    ("“The bridge is safe,” said Ann Roe.", "Ann Roe", "said", "bridge is safe"),
    ("“We built this place,” Roe said. “We will not give it up.”", "Roe", "said", "We built"),
    ("“It was a long night for all of us,” he told reporters.", "he", "told", "It was a long night for all of us"),
    ("The bridge is safe, according to Ann Roe.", "Ann Roe", "according to", "bridge is safe"),
    ("Ann Roe warned that the dam could fail.", "Ann Roe", "warned", "dam could fail"),
    ("Two men were arrested near the station, police said.", "police", "said", "Two men were arrested"),
    ("Police said two men were arrested near the station.", "Police", "said", "two men were arrested"),
    ("The company said it would cut 200 jobs.", "The company", "said", "it would cut 200 jobs"),
    ("Ann Roe told reporters that the company would not sell the plant.", "Ann Roe", "told", "would not sell"),
    ("Ann Roe argued that the law would hurt small farms.", "Ann Roe", "argued", "law would hurt small farms"),
    ("Ann Roe called the plan “a gift to the rich.”", "Ann Roe", "called", "a gift to the rich"),
    ("“Thank you for your kind words,” Roe wrote on Twitter.", "Roe", "wrote", "Thank you for your kind words"),
    ("Roe believes that the law is unfair.", "Roe", "believes", "law is unfair"),
    ("A survey found that most voters want a new bridge.", "A survey", "found", "most voters want a new bridge"),
    ("The lawsuit alleges that the company hid the leak.", "The lawsuit", "alleges", "company hid the leak"),
    ("Officials said the road would be closed until June.", "Officials", "said", "road would be closed"),
    ("Ann Roe said in a statement: “We are sorry for the loss.”", "Ann Roe", "said", "We are sorry for the loss"),
    ("“Why did nobody call us?” asked Ann Roe.", "Ann Roe", "asked", "Why did nobody call us?"),
]


def share_found(degraded):
    """The share of TWENTY that is found, in any setting, in articles that went through `degraded`."""
    total = found = 0
    for text, *expected in TWENTY:
        for names, (before, after) in product(NAMES, FRAMES):
            document = read(Article(degraded(before + renamed(text, names) + after)))
            wanted = [degraded(renamed(part, names)) for part in expected]
            found += any(says(document, a, *wanted) for a in attributions.find(document))
            total += 1
    return found / total


def test_all_but_all_are_found_in_clean_text():
    assert share_found(str) >= 0.95


@pytest.mark.parametrize(
    "degraded",
    [str.lower, lambda text: text.translate(dict.fromkeys(map(ord, "“”"))), lambda text: text.replace(",", "")],
    ids=["lower case", "no quotation marks", "no commas"],
)
def test_most_are_found_in_text_that_has_lost_something(degraded):
    assert share_found(degraded) >= 0.7 * share_found(str)


def test_the_glyphs_of_quotation_marks_carry_no_weight():
    straight = str.maketrans("“”’", '""\'')
    assert share_found(lambda text: text.translate(straight)) == share_found(str)


# -- how the words are given, and by whom they are found -----------------------------------------


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Ann Roe said the bridge is safe.", Quote.INDIRECT),
        ("“The bridge is safe,” Ann Roe said.", Quote.DIRECT),
        ("Ann Roe said the bridge is “a gift to the town” and safe.", Quote.MIXED),
        ("The council said “no” to the plan.", Quote.MIXED),
    ],
)
def test_how_the_words_are_given(text, quote):
    document = read(Article(text + FRAMES[0][1]))
    assert [a.quote for a in attributions.attribute(document, rules.statements(document))] == [quote]


SPOKE = "“The bridge is safe,” Ann Roe said."


@pytest.mark.parametrize(
    ("text", "resolved"),
    [
        # the speaker is named once, and her words run on
        (f"{SPOKE}\n\n“It will open in May and it will last.”", "Ann Roe"),
        (f"{SPOKE}\n\n“It will open in May.\n\n“And it will last for us all.”", "Ann Roe"),
        # a paragraph of others between them, or what was said before was no quotation
        (f"{SPOKE}\n\nSnow fell all day.\n\n“It will open in May and it will last.”", None),
        ("Ann Roe said the bridge is safe.\n\n“It will open in May and it will last.”", None),
        # whoever is in the sentence that ends with a colon is about to be quoted
        ("Tom Bell had the last word:\n\n“It will open in May and it will last.”", "Tom Bell"),
        (f"{SPOKE} Tom Bell had the last word:\n\n“It will open in May and it will last.”", "Tom Bell"),
        (f"{SPOKE} The town had the last word:\n\n“It will open in May and it will last.”", None),
        ("“It will open in May and it will last.”", None),
    ],
)
def test_whose_words_a_quotation_without_a_source_is(text, resolved):
    document = read(Article(text + FRAMES[0][1]))
    quotation = document.quotations[-1].tolist()
    spoken = [one for one in rules.statements(document) if one.last <= quotation[0] and one.source]
    between = [Statement((tuple(part),), None, None) for part in document.quotations[1:-1].tolist() if spoken]
    *_, last = attributions.attribute(document, [*spoken, *between, Statement((tuple(quotation),), None, None)])
    assert (last.source, last.cue) == ((), ())
    assert last.resolved == resolved
    assert last.mention is Mention.NONE
    assert last.is_sourced == (resolved is not None)


def test_people_who_are_named_together_each_say_it():
    document = read(Article("Ann Roe and Tom Bell said the bridge is safe." + FRAMES[0][1]))
    (statement,) = rules.statements(document)
    found = attributions.attribute(document, [statement])
    assert [a.resolved for a in found] == ["Ann Roe", "Tom Bell"]
    assert len({(a.content, a.cue, a.source) for a in found}) == 1


def test_all_documents_together_give_what_each_gives_alone():
    texts = [before + text + after for (text, *_), (before, after) in product(TWENTY[:6], FRAMES)]
    texts += [
        "",
        "Belediye meclisi eski köprüyü ve kıyı yolunu görüşmek üzere pazartesi günü toplandı.",
        "...",
        texts[0].lower(),
    ]
    documents = [read(Article(text)) for text in texts]
    together = attributions.find_all(documents)
    assert together == [attributions.find(document) for document in documents]
    assert attributions.find_all(documents[::-1]) == together[::-1]


def test_no_documents_give_nothing():
    assert attributions.find_all([]) == []


def test_a_language_without_a_tagger_is_read_by_rules(monkeypatch):
    monkeypatch.setattr(tagger, "load", lambda language: None)
    document = read(Article(TWENTY[0][0] + FRAMES[0][1]))
    assert attributions.statements([document]) == [rules.statements(document)] != [[]]


@pytest.mark.parametrize(
    "text", ["", "...", "xqz vbn wrt", "Ann Roe köprünün güvenli olduğunu ve açılacağını söyledi."]
)
def test_a_text_in_no_known_language_attributes_nothing(text):
    assert attributions.find(read(Article(text))) == ()


# -- any text at all -----------------------------------------------------------------------------

PIECES = st.sampled_from(
    ["Ann Roe", "the mayor", "said", "told reporters", "according to", "that", "if", "who", "he", "it", "The", "report",
     "a", "is", "of", "in", "on Monday", "2011", ",", ".", "“", "”", '"', "'", "(", ")", ":", "\n\n", "\n", "\x00",
     "\ud800", "\udfff", "东", "नमस्ते", "שלום", "🙂", "\u2028", "İ", "_", "e\u0301"]
)  # fmt: skip


def check(text):
    document = read(Article(text))
    size = len(text)
    found = attributions.find(document)
    for a in found:
        assert a.content and list(a.content) == sorted(a.content)
        assert all(0 <= s.start < s.end <= size for s in (*a.content, *a.cue, *a.source))
        assert a.source_text == "".join(texts_of(document, a.source))
        assert len(a.cue) <= 1 and len(a.source) <= 1
    firsts = [min((*a.content, *a.cue, *a.source)) for a in found]
    assert firsts == sorted(firsts)


@given(st.one_of(st.text(), st.lists(PIECES, max_size=80).map(" ".join), st.lists(PIECES, max_size=80).map("".join)))
@example("")
@example("\n\n\n")
@example("1234 !!! ***")
@settings(deadline=None)
def test_any_text_gives_statements_within_it_and_in_order(text):
    check(text)
    check(text + FRAMES[0][1])  # in a language that is read


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000,
        '"' * 100_000,
        "“" * 100_000,
        "“said” " * 20_000,
        "\n" * 100_000,
        "\x00" * 100_000,
        "\ud800" * 100_000,
        "1 " * 50_000,
        "东京 שלום the " * 10_000,
        "of the\n\n" * 10_000,
    ],
    ids=lambda text: f"{text[:8]!r}x{len(text)}",
)
def test_hostile_text_is_read(text):
    check(text + FRAMES[0][1])


def test_time_is_linear(repeated):
    document = read(Article(repeated * 4_000))
    begun = time.process_time()
    attributions.find(document)
    assert time.process_time() - begun < 5  # a fraction of a second; what is quadratic takes minutes
