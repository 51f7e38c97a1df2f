"""How an article is cut: tokens, sentences, paragraphs, quotations, language, notes, all with offsets."""

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.features.document import Article, Span, read
from onrecord.features.tokens import TOKEN

# Enough plain English around a sentence for its language to be told.
PLAIN = "The council met in the town hall on Monday and all of the members were there for the vote on the bridge."


def texts_of(document, ranges):
    return [document.text_of(document.span(first, last)) for first, last in ranges.tolist()]


def sentences(text):
    document = read(Article(f"{PLAIN}\n\n{text}"))
    return texts_of(document, document.sentences)[1:]


def quotations(text):
    document = read(Article(text))
    return texts_of(document, document.quotations)


def codes(text):
    return [note.code for note in read(Article(text)).notes]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It's the mayor’s re-election.", ["It's", "the", "mayor’s", "re-election", "."]),
        ("A 3.5 per cent rise", ["A", "3.5", "per", "cent", "rise"]),
        ("the U.S. Army", ["the", "U.S", ".", "Army"]),
        ("no_break — here…", ["no_break", "—", "here", "…"]),
        ("naïve 東京 café", ["naïve", "東京", "café"]),
        ("", []),
        (" \n\t ", []),
    ],
)
def test_words_keep_their_apostrophes_hyphens_and_decimals(text, words):
    assert read(Article(text)).words == words


def test_lower_has_the_straight_apostrophe_only():
    assert read(Article("The Mayor’s")).lower == ["the", "mayor's"]


def test_words_are_counted_without_punctuation():
    assert read(Article("“Stop!” she said — twice, 2 times.")).word_count == 6


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rained. It snowed.", ["It rained.", "It snowed."]),
        ("Did it rain? It did! Good.", ["Did it rain?", "It did!", "Good."]),
        ("It rained… Then it snowed.", ["It rained…", "Then it snowed."]),
        ("It rained... Then it snowed.", ["It rained...", "Then it snowed."]),
        ("It cost 3.5 million. 20 people paid.", ["It cost 3.5 million.", "20 people paid."]),
        ("He said: “Stop.” Nobody did.", ["He said: “Stop.”", "Nobody did."]),
        ("It rained (a lot.) It snowed.", ["It rained (a lot.)", "It snowed."]),
        ("It rained. “It snowed,” he said.", ["It rained.", "“It snowed,” he said."]),
        ("It rained.It snowed.", ["It rained.It snowed."]),
        ("Dr. Roe met Mrs. Bell.", ["Dr. Roe met Mrs. Bell."]),
        ("J. R. Bell left.", ["J. R. Bell left."]),
        ("It was he and I. Nobody else came.", ["It was he and I.", "Nobody else came."]),
        ("The U.S. Army left at 5 p.m. Monday.", ["The U.S. Army left at 5 p.m. Monday."]),
        ("Acme Inc. Chief Tom Bell left.", ["Acme Inc. Chief Tom Bell left."]),
        ("“Stop!” he said. “Go!” she said.", ["“Stop!” he said.", "“Go!” she said."]),
        ("“Really?” asked Tom Bell.", ["“Really?” asked Tom Bell."]),
        ("etc. and so on.", ["etc. and so on."]),
        ("Bridge closes again\nThe bridge is shut.", ["Bridge closes again", "The bridge is shut."]),
        ("The bridge over\nthe river is shut.", ["The bridge over\nthe river is shut."]),
        ("No full stop", ["No full stop"]),
        ("...", ["..."]),
    ],
)
def test_sentences(text, expected):
    assert sentences(text) == expected


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One line.", 1),
        ("One line.\nAnother line.", 2),
        ("One line.\n\n\n\nAnother line.", 2),
        ("One line.\r\n\r\nAnother line.", 2),
        ("A line that was\nonly wrapped.", 1),
        ("A heading\n\nin lower case, after an empty line.", 2),
        ("\n\nOne line.\n\n", 1),
        ("One line.\n \t \nAnother line.", 2),
        ("A heading\r\n\r\nin lower case.", 2),
        ("A heading\n \nin lower case.", 2),
        ("", 0),
        ("\n\n", 0),
    ],
)
def test_paragraphs(text, count):
    assert len(read(Article(text)).paragraphs) == count


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('He said "stop it" and left.', ['"stop it"']),
        ("He said “stop it” and left.", ["“stop it”"]),
        ('He said “stop it" and left.', ['“stop it"']),
        ("He said «stop it» and left.", ["«stop it»"]),
        ("He said „stop it“ and left.", ["„stop it“"]),
        ("He said „stop it” and left.", ["„stop it”"]),
        ("He said ‘stop it’ and left.", ["‘stop it’"]),
        ("He said 'stop it' and left.", ["'stop it'"]),
        ("He said ``stop it'' and left.", ["``stop it''"]),
        ("“One,” he said, “two.”", ["“One,”", "“two.”"]),
        ("“It’s ‘fine’ by me,” he said.", ["“It’s ‘fine’ by me,”"]),
        ("‘It’s fine,’ he said.", ["‘It’s fine,’"]),
        ("The mayor's dog isn't the dogs' friend.", []),
        ("The class of '68 met.", []),
        ("A board 6' 2\u2033 long", []),
        ("No marks at all.", []),
        ("A ` alone.", []),
        ("", []),
    ],
)
def test_quotations(text, found):
    assert quotations(text) == found


def test_a_quotation_left_open_over_paragraphs_ends_with_each_of_them():
    text = "“It is safe.\n\n“It will open soon,” he said."
    assert quotations(text) == ["“It is safe.", "“It will open soon,”"]
    assert "unclosed_quotation" in codes(text)


def test_a_missing_closing_mark_does_not_swallow_the_next_paragraph():
    document = read(Article("“It is safe.\n\nNobody else spoke."))
    assert not document.quoted[document.words.index("Nobody")]


def test_quoted_words_are_those_between_the_marks_and_the_marks():
    document = read(Article("He said “stop it” again."))
    assert [word for word, quoted in zip(document.words, document.quoted, strict=True) if quoted] == [
        "“", "stop", "it", "”",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (PLAIN, "en"),
        (PLAIN.upper(), "en"),
        ("Hội đồng thành phố đã họp vào thứ hai để bàn về cây cầu mới và con đường ven sông.", "vi"),
        ("Der Rat traf sich am Montag im Rathaus und stimmte über die neue Brücke ab.", "de"),
        ("xqz vbn wrt plk mnb qwx zzt", ""),
        ("1234 5678 90", ""),
        ("...", ""),
        ("", ""),
    ],
)
def test_language_is_measured_and_never_guessed(text, language):
    assert read(Article(text)).language == language


def test_a_declared_language_does_not_replace_the_measured_one():
    assert read(Article("Hội đồng thành phố đã họp vào thứ hai.", language="en")).language in ("vi", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PLAIN, []),
        ("", []),
        (f"“{PLAIN}", ["unclosed_quotation"]),
        (f"“{PLAIN}”", []),
        ("xqz vbn wrt plk", ["unsupported_language"]),
        (f"{PLAIN} {PLAIN} {PLAIN}".lower(), ["lowercased"]),
        (PLAIN.lower(), []),  # too short to tell
        (f"{PLAIN} " * 30, ["no_quotation_marks"]),
        (f"{PLAIN} " * 30 + "“Stop.”", []),
    ],
)
def test_notes(text, expected):
    assert codes(text) == expected


# -- any text at all -----------------------------------------------------------------------------

PIECES = st.sampled_from(
    ["\x00", "\ud800", "\udfff", "é", "e\u0301", "東京", "नमस्ते", "שלום", "🙂", "\u200b", "\u2028", "\r\n", "\n\n",
     "\n", " ", "“", "”", '"', "'", "’", "‘", "`", "``", "„", "«", "»", ".", "?", "…", "A", "I", "Dr", "the", "U.S.",
     "said", "²", "İ"]
)  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=60).map("".join))


@given(TEXTS)
def test_tokens_hold_every_letter_and_their_offsets_ascend(text):
    document = read(Article(text))
    start, end = document.start.tolist(), document.end.tolist()
    assert all(a < b for a, b in zip(start, end, strict=True))
    assert all(b <= a for b, a in zip(end, start[1:], strict=False))
    covered = {i for a, b in zip(start, end, strict=True) for i in range(a, b)}
    assert {i for i, c in enumerate(text) if not c.isspace() and TOKEN.match(c)} <= covered
    assert len(covered) <= len(text)


@given(TEXTS)
def test_a_span_gives_back_its_word(text):
    document = read(Article(text))
    assert [document.text_of(document.span(i, i + 1)) for i in range(len(document.words))] == document.words


@given(TEXTS)
def test_sentences_and_paragraphs_partition_the_tokens(text):
    document = read(Article(text))
    n = len(document.words)
    for ranges in (document.sentences, document.paragraphs):
        assert ranges.ravel().tolist()[:1] == ([0] if n else [])
        assert ranges.ravel().tolist()[-1:] == ([n] if n else [])
        assert (ranges[:-1, 1] == ranges[1:, 0]).all()
        assert (ranges[:, 0] < ranges[:, 1]).all()
    assert set(document.paragraphs[:, 0].tolist()) <= set(document.sentences[:, 0].tolist())
    assert len(document.sentence_of) == n


@given(TEXTS)
def test_quotations_follow_one_another_and_tell_what_is_quoted(text):
    document = read(Article(text))
    inside = np.zeros(len(document.words), dtype=bool)
    past = 0
    for first, last in document.quotations.tolist():
        assert past <= first < last <= len(document.words)
        inside[first:last] = True
        past = last
    assert (inside == document.quoted).all()


@given(TEXTS)
@settings(max_examples=30)
def test_reading_twice_gives_the_same(text):
    one, two = read(Article(text)), read(Article(text))
    assert (one.words, one.sentences.tolist(), one.notes) == (two.words, two.sentences.tolist(), two.notes)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000,
        "a." * 250_000,
        "a-" * 250_000,
        '"' * 200_000,
        "“" * 200_000,
        "`" * 200_000,
        " 'a" * 100_000,
        ". " * 150_000,
        "\n" * 500_000,
        "A\n" * 200_000,
        "a\n" * 200_000,
        "Mr. " * 100_000,
        "“The man\n\n" * 20_000,
    ],
    ids=lambda text: f"{text[:6]!r}x{len(text)}",
)
def test_time_is_linear(text):
    begun = time.process_time()
    read(Article(text))
    assert time.process_time() - begun < 5  # about half a second; what is quadratic takes minutes


def test_spans_sort_by_place():
    assert sorted([Span(3, 4), Span(1, 9), Span(1, 2)]) == [Span(1, 2), Span(1, 9), Span(3, 4)]
