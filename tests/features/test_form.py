"""What form a text has, where it is none of an ordinary article."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.features import form
from onrecord.features.document import Article, Link, read

EXAMPLES = Path(__file__).parents[2] / "examples"

LEAD = "The council of Alton voted on Monday to close the old bridge over the river until the end of the summer."
STORY = (
    f"{LEAD}\n\n“It is not safe, and it has not been for a year,” said Ann Roe, the engineer of the town.\n\n"
    "Shop owners on both banks said that they would lose half of their trade while it is closed.\n\n"
    "The mayor did not answer questions about who will pay for the repairs."
)


def codes(text, **known):
    return [note.code for note in form.recognise(read(Article(text, **known)))]


def join(*paragraphs):
    return "\n\n".join(paragraphs)


def hits_and_misses(code, hits, misses):
    cases = [(text, True) for text in hits] + [(text, False) for text in misses]

    def test(text, hit):
        assert (code in codes(text)) is hit

    return pytest.mark.parametrize(("text", "hit"), cases)(test)


# ---- the beginning of a piece ----------------------------------------------------------------------------

test_a_stub_is_short_and_ends_where_the_rest_begins = hits_and_misses(
    "stub",
    [
        f"{LEAD}\n\nRead more",
        f"{LEAD} Read more »",
        f"{LEAD}\n\nContinue reading →",
        f"{LEAD}\n\nSubscribe to read the full story.",
        f"{LEAD}\n\nAlready a subscriber? Log in.",
        f"{LEAD} The engineer of the town said that…",
        f"{LEAD} The engineer of the town said that...",
        f"{LEAD} The engineer of the town said that [...]",
        f"{LEAD} The engineer of the town said that […]",
        f"{LEAD}\n\n(more)",
    ],
    [
        STORY,
        f"{LEAD}\n\nRead more: Who built the bridge",
        f"{LEAD} She wanted to read more.",
        f"{LEAD}\n\n“I would like to read more,” said the mayor.",
        f"{LEAD}\n\n“I do not know…”",
        join(*[STORY] * 6, "Read more"),
        "Wait…\n\n" + STORY,
    ],
)


# ---- pieces of a text ------------------------------------------------------------------------------------

RUNNING = "The mayor said that the town would pay for the bridge and that nobody in the council had been told"

test_what_stops_or_starts_in_the_middle_is_truncated = hits_and_misses(
    "truncated",
    [
        f"{STORY}\n\nThe mayor said that he would pay for the",
        f"{STORY}\n\n“It is a step towards a new bridge for us all,” said Roe,",
        f"{STORY}\n\nThe town has two bridges. {RUNNING}",
        f"{STORY}\n\nThe mayor said that the town would pay for the bridge that it was",
        f"{STORY}\n\n“We will pay for the bridge and for the road to it and for the wall,” he said. “We have",
        f"{STORY}\n\n{RUNNING} of what it might cost in the end",
        f"{STORY}\n\nThe mayor said that he would pay for the\n\nFollow us on Facebook",
        f"{STORY}\n\nThe engineer put it this way in her letter to the council:",
        f"people had to walk for an hour to get to the other bank of the river.\n\n{STORY}",
        f", and people had to walk for an hour to get to the other bank of the river.\n\n{STORY}",
        f"{STORY}\n\nThe mayor said that he would pay for the\u200b",
    ],
    [
        STORY,
        f"{STORY}\n\nBy Tom Bell",
        f"{STORY}\n\n— Tom Bell, with reporting by Jo Poe in the north of the county and by the staff of the desk",
        f"{STORY}\n\nTom Bell writes about bridges for the paper. Follow him on Twitter @tombell",
        f"{STORY}\n\nAdditional reporting by Jo Poe and by the staff of the paper in the north of the county",
        f"{STORY}\n\nRead or share this story: https://alton.example/x1",
        f"{STORY}\n\nFollow us on Facebook",
        f"{STORY}\n\nPhoto: the old bridge at dawn, seen from the tower of the church in the market square last May",
        f"{STORY}\n\nWho Built the Bridge That Alton Wants to Tear Down, and Why It Stands After a Century of Floods",
        f"{STORY}\n\nWhat the bridge is made of",
        f"{STORY}\n\nThe plan has three parts:\n\n• a new road to the north bank of the river that is open to all\n\n"
        "• a ferry that leaves every hour from the old harbour and does not stop",
        f"{STORY}\n\nHave you seen the bridge? Send us your photos and tell us in the following ways:",
        f"{STORY}\n\nHe said: “We will not pay for it”",
        f"{STORY}\n\n“We will pay for the bridge and for the road to it,” the mayor told the council on Monday night",
        f"{STORY}\n\nThe town has two bridges. {RUNNING}\n\nFollow us on Facebook",
        f"{STORY} (The council meets again in May)",
        f"iPhone owners in Alton can now pay for the ferry with it, and so can others.\n\n{STORY}",
        f"al-Amin Bello, who built the bridge, has come back to see it once more before it goes.\n\n{STORY}",
        f"van der Poel came back to Alton to see the bridge once more before it goes.\n\n{STORY}",
        STORY.lower() * 2,
    ],
)


# ---- turns of speakers -----------------------------------------------------------------------------------

TURNS = (
    ("BELL", "You said that the bridge would open in May, and it is now the end of June."),
    ("ROE", "It will open soon, and all of the town will be there to see it when it does."),
    ("BELL", "The last one was closed after a week, and nobody ever told us why."),
    ("ROE", "This one is safe, and we have tested it for a year with the help of the army."),
    ("BELL", "And who is going to pay for all that, if the county does not?"),
    ("ROE", "That is for the council to say, and the council meets in the first week of July."),
)


def turns(pattern, *names):
    speakers = dict(zip(("BELL", "ROE"), names or ("BELL", "ROE"), strict=True))
    return join(*(pattern.format(speakers[name], said) for name, said in TURNS))


INTERVIEW = join(
    "Ann Roe has looked after the bridges of Alton for half of her life, and she is not done yet.",
    *(
        f"{question}\n\n{answer}"
        for question, answer in (
            ("How did you come to the town?", "I came here with my father when I was six, and we never left."),
            (
                "Did you want to be an engineer?",
                "I wanted to sail, but my mother told me that we needed bridges.",
            ),
            ("What do you do all day?", "I walk along the river, I look at the piers, and I write to the council."),
            ("Do they answer your letters?", "I have had two answers in my life, and I keep them on my wall."),
            ("Will you see the new bridge?", "I hope that I will, and that my children will walk over it with me."),
        )
    ),
)

test_a_transcript_is_mostly_turns = hits_and_misses(
    "transcript",
    [
        turns("{}: {}"),
        turns("{}: {}", "Tom Bell", "Ann Roe"),
        turns(">> {}: {}"),
        turns("[{}] {}"),
        turns("{} — {}"),
        turns("{}. {}"),
        turns("{}: {}", "Q", "A"),
        turns("{}. {}", "Q", "A"),
        turns("{} {}", "Q", "A"),
        turns("{}: {}").replace("BELL:", "TOM BELL, host:", 1),
        f"The mayor came to the studio on Monday.\n\n{turns('{}: {}')}",
        INTERVIEW,
    ],
    [
        STORY,
        join(STORY, STORY.replace("bridge", "ferry"), turns("{}: {}")),
        turns("{}: {}", "Pros", "Cons"),
        turns("{}: {}", "Myth", "Fact"),
        turns("{}: {}", "Issue", "Position"),
        turns("{}: {}", "Company", "Background"),
        turns("{}: {}", "ROE", "ROE"),
        turns("{}, {}"),
        INTERVIEW.replace("I ", "They ").replace("my ", "their ").replace("we ", "they ").replace("me", "them"),
        join(*("Will you go? It is a long way to the sea, and the road is bad.",) * 6),
    ],
)


# ---- lists -----------------------------------------------------------------------------------------------

HEADLINES = (
    "Council votes to close the old bridge",
    "Ferry to run every hour, says harbour master",
    "Five things to know about the flood",
    "Alton wins at home and goes up",
    "Why the school has no roof",
    "Mayor: “I will not resign”",
    "The best bread in town (and where to get it)",
    "Weather: rain until the end of the week",
    "Who will pay for the new tower?",
    "Market square to be closed on Sunday",
)

test_a_list_of_headlines_or_links_is_no_article = hits_and_misses(
    "link_list",
    [
        join(*HEADLINES),
        "\n".join(HEADLINES),
        join(*(f"• {line}" for line in HEADLINES)),
        join(*(f"{number}. {line}" for number, line in enumerate(HEADLINES))),
        join("The news of the day", *HEADLINES),
        join(
            *(f"{line}. It is the second time in a year. https://alton.example/{i}" for i, line in enumerate(HEADLINES))
        ),
        join(*(f"{line}.\n\nwww.alton.example/{i}" for i, line in enumerate(HEADLINES))),
    ],
    [
        STORY,
        join(*HEADLINES[:5]),
        join(*(f"{line}\n\n{STORY}" for line in HEADLINES)),
        join(STORY, STORY.replace("bridge", "ferry"), *HEADLINES),
        join(*(f"{line}." for line in HEADLINES)),
        "\n\n".join(" ".join(STORY.split()[i : i + 9]) for i in range(0, len(STORY.split()), 9)),  # wrapped
    ],
)


def test_the_links_of_a_page_make_a_list_where_they_are_most_of_its_words():
    lines = [f"{line}." for line in HEADLINES]
    links = tuple(Link(f"https://alton.example/{i}", line) for i, line in enumerate(lines))
    assert codes(join(*lines), links=links) == ["link_list"]
    assert codes(join(*lines), links=links[:3]) == []
    assert codes(join(STORY, LEAD.replace("bridge", "ferry"), *lines), links=links) == []


# ---- comments --------------------------------------------------------------------------------------------

POSTS = (
    ("riverfan88", "I have crossed that bridge for thirty years and never saw a crack in it."),
    ("Jo Poe", "Then you have not looked. My car fell into a hole on Friday."),
    ("Old Tom", "The council has had the money since spring. Where is it now?"),
    ("riverfan88", "In the new tower, as you all know."),
)


def posts(pattern):
    return "\n".join(pattern.format(name=name, text=text, n=n + 2) for n, (name, text) in enumerate(POSTS))


THREADS = (
    "{name}\n{n} hours ago\n{text}\nReply",
    "{name} {n} hours ago\n{text}\nLike {n} Reply",
    "{name} · {n}h ago\n\n{text}\n\n",
    "{name} says:\nMarch {n}, 2019 at 5:1{n} pm\n{text}\nReply",
    "{name} wrote:\n0{n}/03/2019 17:1{n}\n{text}\n",
    "Posted by {name} on 0{n}/03/2019 17:1{n}\n{text}\nReport this comment",
    "{name} {n} minutes ago\n{text}\n{n} likes Reply",
    "{name}\n{text}\nUpvote {n} Downvote Reply",
)


@pytest.mark.parametrize("pattern", THREADS)
def test_a_thread_is_no_article(pattern):
    assert codes(posts(pattern)) == ["comment_thread"]
    assert codes(f"Bridge closed\n{posts(pattern)}") == ["comment_thread"]
    assert codes(f"4 comments\n\n{posts(pattern)}") == ["comment_thread"]


@pytest.mark.parametrize("pattern", THREADS)
@pytest.mark.parametrize("heading", ["Comments\n\n", "4 Comments\n", "Join the conversation\n\n"])
def test_comments_below_an_article_are_told_by_where_they_begin(pattern, heading):
    article = f"{STORY}\n\n"
    notes = form.recognise(read(Article(f"{article}{heading}{posts(pattern)}")))
    assert [note.code for note in notes] == ["comments_below"]
    assert f"character {len(article)}:" in notes[0].message


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        f"3 hours ago\n\n{STORY}",
        join(STORY, posts("{name} wrote:\n{text}")),
        join(STORY, posts("{name} says:\n“{text}”")),
        f"{STORY}\n\nThe old ferry\n3 hours ago\n\nFlood in Belton\n4 hours ago\n\nA new tower\n5 hours ago",
        join(STORY, posts("{name} (@roe{n})\n{text}\n5:1{n} PM - March {n}, 2019")),
        f"Ann Roe\n3 hours ago\n\nShare\n\n{STORY}\n\nShare\n\n12 comments\n\nReply",
        f"{STORY}\n\nThe bridge was built 90 years ago.\n\nIt was closed 2 years ago.\n\nIt fell an hour ago.",
        f"{STORY}\n\n“Please reply,” he wrote.\n\nShe did not reply.\n\nNobody did.",
        join(
            *(f"{n}h ago\n\n{STORY.replace('bridge', thing)}" for n, thing in enumerate(("ferry", "tower", "road"), 1))
        ),
    ],
)
def test_an_article_without_comments(text):
    assert not {"comment_thread", "comments_below"} & set(codes(text))


# ---- several pieces --------------------------------------------------------------------------------------


def entries(pattern, *marks):
    return join(
        LEAD, *(f"{pattern.format(mark)}{STORY.replace('bridge', f'bridge {n}')}" for n, mark in enumerate(marks))
    )


test_several_pieces_in_one_text = hits_and_misses(
    "several_articles",
    [
        entries("{} p.m.\n\n", "6:15", "5:40", "4:05", "2:30"),
        entries("{}pm: ", "6.15", "5.40", "4.05", "2.30"),
        entries("{} – ", "18:15", "17:40", "16:05", "14:30"),
        entries("[{}] ", "18:15", "17:40", "16:05", "14:30"),
        entries("{} (AP) — ", "ALTON", "BELTON", "CARLOW"),
        entries("{}, May 3 — ", "Alton", "Belton", "Carlow"),
    ],
    [
        STORY,
        entries("{} p.m.\n\n", "6:15", "5:40", "4:05"),
        entries("${} million went to the town. ", "1.65", "1.25", "1.15", "1.10"),
        entries("{} (AP) — ", "ALTON"),
        entries("{} — ", "STOCKS", "BONDS", "JOBS"),
    ],
)


# ---- repetition ------------------------------------------------------------------------------------------

test_what_is_printed_twice = hits_and_misses(
    "repeated",
    [f"{STORY}\n\n{STORY}", f"{STORY}\n\n{LEAD}", f"{STORY}\n{STORY}"],
    [STORY, f"{STORY}\n\nThey did not answer.\n\nThey did not answer.", join(LEAD, STORY.replace("Monday", "Friday"))],
)


# ---- all of them -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.txt")), ids=lambda path: path.stem)
def test_an_ordinary_article_has_no_note(path):
    assert codes(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("!!! …", []),
        (turns("{}: {}").replace("the", "le"), ["transcript"]),
        (join(*HEADLINES).replace("the", "le"), ["link_list"]),
    ],
)
def test_what_layout_tells_in_any_language(text, expected):
    assert codes(text) == expected


def test_one_sentence_says_what_was_seen_and_what_follows():
    for text in (f"{LEAD}\n\nRead more", STORY + RUNNING, turns("{}: {}"), join(*HEADLINES), f"{STORY}\n\n{STORY}"):
        for note in form.recognise(read(Article(text))):
            assert note.message.endswith(".") and ". " not in note.message


PIECES = st.sampled_from(
    (
        *("ROE:", "Q:", "A", "the", "is", "Reply", "2 hours ago", "March 3 5:12", "10:15 pm", "https://x.example", "…"),
        *("Read more", ".", "?", ",", "“", "”", "—", "\n", "\n\n", "you", "I", "@roe", "PARIS (AP) —", "\u200b", ":"),
    )
)


@given(st.lists(PIECES, max_size=80).map(" ".join) | st.text(max_size=200))
def test_any_text_gives_notes_and_each_code_once(text):
    found = codes(text)
    assert len(found) == len(set(found)) and not {"stub", "truncated"} <= set(found)


def test_what_wears_out_rules_does_not_wear_out_this(repeated):
    form.recognise(read(Article(repeated * 20_000)))
