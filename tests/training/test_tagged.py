"""Articles with tags: what labelled spans make of tokens, and what another tagger makes of unlabelled texts."""

import numpy as np
import pytest

from onrecord.features.document import Article, read
from onrecord.features.tagging.tags import Tag
from onrecord.training.tagged import gold_tags, sample, tagged_by

PARTS = ("source", "cue", "content")


def tags_of(record):
    document = read(Article(record["text"]))
    return document.words, gold_tags(document, record["attributions"])


n, X, S, s, C, b, a = (
    Tag.OUTSIDE,
    Tag.BETWEEN,
    Tag.SOURCE_AFTER,
    Tag.SOURCE_BEFORE,
    Tag.CUE,
    Tag.CONTENT_BEFORE,
    Tag.CONTENT_AFTER,
)


@pytest.mark.parametrize(
    ("marked", "tags"),
    [
        ("{source:Roe} {cue:said} {content:it is safe}.", [s, C, a, a, a, n]),
        ("{content:It is safe}, {source:Roe} {cue:said}.", [b, b, b, X, s, C, n]),
        ("{content:It is safe}, {cue:said} {source:Roe}.", [b, b, b, X, C, S, n]),
        ("{cue:According to} {source:Roe}, {content:it is safe}.", [C, C, S, X, a, a, a, n]),
        ("{content:“It,”} {source:Roe} {cue:said}, {content:“is.”}", [b, b, b, b, s, C, X, a, a, a, a]),
        ("{source:Roe}, who left, {cue:said} {content:no} in May.", [s, X, X, X, X, C, a, n, n, n]),
        ("{cue:Said} then {source:Roe} {cue:also}: {content:no}.", [C, X, S, C, X, a, n]),
        # two statements, of which each has its own middle
        (
            "{source:Roe} {cue:said} {content:no}, but {content2:yes}, {cue2:said} {source2:Poe}.",
            [s, C, a, n, n, b, X, C, S, n],
        ),
        # without a cue the source is in the middle; without either, what is said comes before
        ("{source:Roe}: {content:it is safe}.", [s, X, a, a, a, n]),
        ("{content:It is safe}. {source:Roe}", [b, b, b, X, s]),
        ("{content:“It is safe.”} No.", [b, b, b, b, b, b, n, n]),
        ("{source:Roe} left.", [s, n, n]),
        ("It {cue:is said}.", [n, C, C, n]),
        ("Nobody spoke.", [n, n, n]),
        ("", []),
    ],
)
def test_tags_from_spans(labelled, marked, tags):
    words, found = tags_of(labelled(marked))
    assert len(words) == len(tags)
    assert found.tolist() == tags


@pytest.mark.parametrize(
    ("spans", "tags"),
    [
        # "Roe said Poe believes it": what Poe believes is within what Roe said
        ([("Roe", "said", "Poe believes it"), ("Poe", "believes", "it")], [s, C, s, C, a]),
        ([("Poe", "believes", "it"), ("Roe", "said", "Poe believes it")], [s, C, s, C, a]),
        # a cue wins over a source, a source over content, whichever is labelled first
        ([("Roe said", "said", "Poe believes it")], [s, C, a, a, a]),
        ([("Roe", "said", "Roe said Poe")], [s, C, b, n, n]),
        ([("Poe", "Poe believes", "it")], [n, n, C, C, a]),
    ],
)
def test_where_spans_overlap(spans, tags):
    text = "Roe said Poe believes it"

    def span(part):
        return [[text.index(part), text.index(part) + len(part)]] if part in text else []

    record = [{name: span(part) for name, part in zip(PARTS, statement, strict=True)} for statement in spans]
    found = gold_tags(read(Article(text)), record).tolist()
    assert found[: len(tags)] == tags


def test_a_span_that_cuts_a_token_takes_all_of_it():
    record = {"text": "“Roe’s” claim", "attributions": [{"source": [[1, 4]], "cue": [[8, 10]], "content": []}]}
    words, found = tags_of(record)
    assert dict(zip(words, found.tolist(), strict=True)) == {"“": n, "Roe’s": s, "”": X, "claim": C}


# -- what another tagger finds in unlabelled texts -------------------------------------------------


class Teacher:
    """Takes every word with a capital for a source, and every other token for content."""

    def tag(self, documents):
        return [
            np.array([s if word[0].isupper() else a for word in document.words], dtype=np.int8)
            for document in documents
        ]


TEXT = "Ann Roe said “it is safe” and the Council left for the night, as it does."


def test_degraded_texts_keep_the_tags_of_the_whole_text():
    lower, bare, *whole = tagged_by(Teacher(), [TEXT] * 6)
    assert [article.document.article.text for article in whole] == [TEXT] * 4
    assert lower.document.article.text == TEXT.lower()
    assert lower.tags.tolist() == whole[0].tags.tolist()
    assert not {"“", "”"} & set(bare.document.words)
    tags = dict(zip(bare.document.words, bare.tags.tolist(), strict=True))
    assert tags["Roe"] == tags["Council"] == s
    assert tags["safe"] == tags["night"] == a


def test_a_text_whose_tokens_change_with_its_letters_stays_as_it_is():
    text = TEXT + " İ" * 3  # lower-cased, this letter is two characters
    (lower,) = tagged_by(Teacher(), [text])
    assert len(lower.tags) == len(lower.document.words)


def test_a_sample_has_texts_of_middling_length_from_many_outlets():
    texts = ["word " * length for length in [100] * 50 + [200] * 50 + [2000] * 50]
    outlets = [f"outlet {k % 7}" for k in range(150)]
    found = sample(texts, outlets, 12)
    assert len(found) == 12
    assert {len(text.split()) for text in found} == {200}
    assert sample(texts, outlets, 12) == found
    assert len(sample(texts, ["one outlet"] * 150, 12)) == 3
