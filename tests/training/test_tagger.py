"""Training the tagger: articles that were learnt are tagged right."""

import re
from itertools import product

import numpy as np
import pytest

from onrecord.features.grammar import Grammar
from onrecord.features.tagging.tagger import Tagger
from onrecord.features.tagging.words import Clusters, hashed
from onrecord.training import chain, tagger
from onrecord.training.tagged import from_labels
from onrecord.training.tagger import learn_classes, train


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


def articles(labelled):
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
def learnt(labelled):
    return [from_labels(record) for record in articles(labelled)]


@pytest.fixture(scope="module")
def trained(learnt):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tagger, "BITS", 13)
        patch.setattr(tagger, "SECOND_BITS", 11)
        patch.setattr(chain, "BATCH", 100)
        yield lambda seed=0: train(learnt, NO_CLUSTERS, ("made-up articles",), seed)


@pytest.fixture(scope="module")
def weights(trained):
    return trained()


def test_articles_that_were_learnt_are_tagged_right(weights, learnt):
    found = np.concatenate(Tagger(weights, Grammar.of("en")).tag([article.document for article in learnt]))
    assert (found == np.concatenate([article.tags for article in learnt])).mean() > 0.995


def test_a_person_who_was_not_learnt_is_found_too(weights, labelled):
    record = labelled(f"{PLAIN}\n\n{{source:Grace Poe}} {{cue:said}} {{content:that the dam is old}}.\n\n{PLAIN}")
    article = from_labels(record)
    assert Tagger(weights, Grammar.of("en")).tag([article.document])[0].tolist() == article.tags.tolist()


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
