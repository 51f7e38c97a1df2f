"""Training the tagger: what labelled spans make of tokens, and that articles that were learnt are tagged right."""

import re
from itertools import product

import numpy as np
import pytest

from onrecord.features.document import Article, read
from onrecord.features.tagging.tagger import Tagger
from onrecord.features.tagging.tags import Tag
from onrecord.features.tagging.words import Clusters, hashed
from onrecord.training import chain, tagger
from onrecord.training.tagger import gold_tags, learn_classes, train

PARTS = ("source", "cue", "content")


def labelled(marked):
    """A labelled article from "{source:Roe} {cue:said} {content:it is safe}."; "source2" is of a second statement."""
    text, statements = "", {}
    for plain, part, number, inside in re.findall(r"([^{]*)(?:\{([a-z]+)(\d?):([^}]*)\})?", marked):
        text += plain
        if part:
            statement = statements.setdefault(number, {name: [] for name in PARTS})
            statement[part].append([len(text), len(text) + len(inside)])
        text += inside
    return {"text": text, "attributions": list(statements.values())}


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
def test_tags_from_spans(marked, tags):
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


def test_classes_are_those_of_the_lexicons():
    classes = learn_classes("en")
    known = dict(zip(classes.words.tolist(), classes.bits.tolist(), strict=True))
    assert (np.diff(classes.words.astype(np.int64)) > 0).all()
    assert known[hashed("said")] & 3 == 1
    assert known[hashed("believes")] & 3 == 2
    assert hashed("bridge") not in known
    assert len(learn_classes("xx").words) == 0


# -- a handful of articles -----------------------------------------------------------------------

PEOPLE = ["Ann Roe", "Tom Bell", "Helen Marsh", "The mayor", "Police", "The company"]
CLAIMS = ["the bridge is safe", "the road will be closed", "two men were arrested", "the tax will not rise"]
FORMS = [
    "{source:@} {cue:said} {content:that #}.",
    "{content:“# again,”} {source:@} {cue:said}.",
    "{content:“# again,”} {cue:said} {source:@}.",
    "{cue:According to} {source:@}, {content:#}.",
]
PLAIN = "The council met on Monday in the town hall and all of the members were there."


def articles():
    """Every person makes every claim in some form, a paragraph each, between paragraphs in which nobody speaks."""
    made = []
    for k, (person, claim) in enumerate(product(PEOPLE, CLAIMS)):
        paragraphs = [PLAIN]
        for i, form in enumerate(FORMS):
            number = str(i or "")
            form = re.sub(r"\{(\w+):", rf"{{\g<1>{number}:", form)
            paragraphs.append(form.replace("@", PEOPLE[(k + i) % len(PEOPLE)] if i else person).replace("#", claim))
        made.append(labelled("\n\n".join([*paragraphs, PLAIN])))
    return made


NO_CLUSTERS = Clusters(np.zeros(0, np.uint32), np.zeros((0, 4), np.uint16))


@pytest.fixture(scope="module")
def trained():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tagger, "BITS", 13)
        patch.setattr(tagger, "SECOND_BITS", 11)
        patch.setattr(chain, "BATCH", 100)
        yield lambda seed=0: train(articles(), NO_CLUSTERS, ("made-up articles",), seed)


@pytest.fixture(scope="module")
def weights(trained):
    return trained()


def test_articles_that_were_learnt_are_tagged_right(weights):
    records = articles()
    documents = [read(Article(record["text"])) for record in records]
    gold = [gold_tags(document, record["attributions"]) for document, record in zip(documents, records, strict=True)]
    found = np.concatenate(Tagger(weights).tag(documents))
    assert (found == np.concatenate(gold)).mean() > 0.995


def test_a_person_who_was_not_learnt_is_found_too(weights):
    record = labelled(f"{PLAIN}\n\n{{source:Grace Poe}} {{cue:said}} {{content:that the dam is old}}.\n\n{PLAIN}")
    document = read(Article(record["text"]))
    found = Tagger(weights).tag([document])[0]
    assert found.tolist() == gold_tags(document, record["attributions"]).tolist()


def test_weights_are_whole_numbers_of_the_shapes_that_were_asked_for(weights):
    assert weights.looks.shape == (1 << 13, 14) and weights.looks.dtype == np.int8
    assert weights.second.shape == (1 << 11, 7) and weights.second.dtype == np.int8
    assert weights.transitions.dtype == weights.start.dtype == np.int16
    assert weights.looks.any() and weights.second.any() and weights.transitions.any() and weights.start.any()
    assert weights.trained_on == ("made-up articles",)


def test_training_twice_gives_the_same(trained, weights):
    again = trained()
    for name in ("looks", "second", "transitions", "start", "unit"):
        assert np.array_equal(getattr(weights, name), getattr(again, name)), name
