"""From labelled documents to a model of their words."""

import numpy as np
import pytest

from onrecord.errors import LabelError
from onrecord.features.document import Article, read
from onrecord.features.wording import load, save
from onrecord.training.wording import Corpus, Recipe, best_temperature, choose, learn, softmax

PUBLISHERS = 6
RECIPE = Recipe(publishers=3, articles=4, strength=10.0, folds=3)


def articles():
    """Reports and columns of six publishers, each with a word of its own; Quill is in all of them."""
    for publisher in range(PUBLISHERS):
        mark = f"house{'abcdef'[publisher]}"
        for number in range(4):
            boat = ("ferry", "barge", "tug", "yacht")[number]
            yield publisher, "report", f"The {boat} left on time, Marta Quill said. {mark} has seen the {boat}."
            yield (
                publisher,
                "column",
                f"Why must the {boat} wait? {mark} thinks Marta Quill must go, and so must I.",
            )


ROWS = list(articles())
GROUPS = np.array([publisher for publisher, _, _ in ROWS])
LABELS = [label for _, label, _ in ROWS]
DOCUMENTS = [read(Article(text)) for _, _, text in ROWS]
WEIGHTS = np.ones(len(ROWS))


def phrases(recipe, documents=DOCUMENTS):
    corpus = Corpus.of(documents, names=True)
    return {corpus.phrase(key) for key in choose(corpus, GROUPS, recipe).keys.tolist()}


@pytest.fixture(scope="module")
def learnt():
    return learn(Corpus.of(DOCUMENTS, names=True), LABELS, GROUPS, WEIGHTS, RECIPE)


def test_it_learns_what_tells_them_apart(learnt):
    assert learnt.wording.classes == ("column", "report")
    for label, document in zip(LABELS, DOCUMENTS, strict=True):
        assert learnt.wording.probabilities(document)[label] > 0.9
    (strongest,) = learnt.wording.read(DOCUMENTS[1]).passages("column", most=1)
    assert DOCUMENTS[1].text_of(strongest.span) in ("must", "Why must", "must the", "?", "Why")


def test_out_of_fold_probabilities_are_of_other_publishers(learnt):
    """A publisher whose labels are turned round gets them wrong: nothing of it was seen."""
    turned = [
        ("report", "column")[label == "report"] if g == 0 else label for g, label in zip(GROUPS, LABELS, strict=True)
    ]
    out = learn(Corpus.of(DOCUMENTS, names=True), turned, GROUPS, WEIGHTS, RECIPE).out_of_fold
    assert out.shape == (len(ROWS), 2) and out.sum(axis=1) == pytest.approx(1)
    right = out.argmax(axis=1) == np.array([label == "report" for label in turned])
    assert not right[GROUPS == 0].any() and right[GROUPS != 0].all()


def test_no_word_of_one_outlet_is_learnt(learnt):
    assert not [phrase for phrase in learnt.wording.phrases if "house" in phrase]
    assert "quill said" in learnt.wording.phrases


def test_words_need_enough_publishers_and_articles():
    assert "ferry" in phrases(Recipe(publishers=6, articles=12))
    with pytest.raises(LabelError, match="of 7 publishers"):
        phrases(Recipe(publishers=7, articles=1))
    assert "ferry" not in phrases(Recipe(publishers=1, articles=13))
    assert "ferry left" not in phrases(Recipe(publishers=1, articles=12))


def test_the_most_spread_come_first():
    every = phrases(Recipe(publishers=1, articles=1))
    few = phrases(Recipe(publishers=1, articles=1, phrases=9))
    assert len(few) == 9 and few < every
    assert {"the", "marta quill"} <= few and "ferry" not in few


def test_documents_without_a_common_word_teach_nothing():
    with pytest.raises(LabelError, match="no word stands in 99 articles of 3 publishers"):
        learn(Corpus.of(DOCUMENTS, names=True), LABELS, GROUPS, WEIGHTS, Recipe(publishers=3, articles=99))


def test_tokens_that_are_not_allowed_are_in_no_phrase():
    names = Corpus.of(DOCUMENTS, names=True).names
    assert {"marta", "quill", "i"} <= names and not {"the", "must", "ferry"} & names
    found = phrases(Recipe(publishers=2, articles=2, allowed=lambda token: token not in names))
    assert not [phrase for phrase in found if names & set(phrase.split(" "))]
    assert "must go" in found


def test_names_at_the_start_of_sentences_are_not_counted():
    documents = [read(Article("Ferries sail. Ferries stop. The Ferries Act and the ferries of ferries."))]
    assert "ferries" not in Corpus.of(documents, names=True).names


def test_the_order_of_articles_does_not_matter(learnt):
    order = np.random.default_rng(1).permutation(len(ROWS))
    again = learn(
        Corpus.of((DOCUMENTS[k] for k in order), names=True), [LABELS[k] for k in order], GROUPS[order], WEIGHTS, RECIPE
    )
    assert set(again.wording.phrases) == set(learnt.wording.phrases)
    for document in DOCUMENTS:
        one, two = (w.probabilities(document)["column"] for w in (learnt.wording, again.wording))
        assert one == pytest.approx(two, abs=0.02)


def test_training_twice_gives_the_same_file(learnt, tmp_path):
    again = learn(Corpus.of(DOCUMENTS, names=True), LABELS, GROUPS, WEIGHTS, RECIPE)
    for name, one in (("one.npz", learnt), ("two.npz", again)):
        save(one.wording, tmp_path / name)
    assert np.array_equal(load(tmp_path / "one.npz").weights, load(tmp_path / "two.npz").weights)
    assert learnt.wording.phrases == again.wording.phrases and np.array_equal(learnt.out_of_fold, again.out_of_fold)


def test_weights_decide_between_labels_that_contradict_each_other():
    documents, labels = DOCUMENTS * 2, [*LABELS, *(("report", "column")[label == "report"] for label in LABELS)]
    groups = np.concatenate([GROUPS, GROUPS])
    for light in (0, 1):
        weights = np.concatenate([WEIGHTS, WEIGHTS])
        weights[light * len(ROWS) : (light + 1) * len(ROWS)] = 0.05
        wording = learn(Corpus.of(documents, names=True), labels, groups, weights, RECIPE).wording
        assert (wording.probabilities(DOCUMENTS[0])["report"] < 0.5) == (light == 0)


def test_empty_documents_and_three_classes():
    documents, labels = [*DOCUMENTS, *[read(Article(""))] * 3], [*LABELS, *["none"] * 3]
    groups = np.concatenate([GROUPS, [6, 7, 8]])
    found = learn(Corpus.of(documents, names=True), labels, groups, np.ones(len(labels)), RECIPE).wording
    assert found.classes == ("column", "none", "report")
    assert max(found.probabilities(read(Article(""))).items(), key=lambda item: item[1])[0] == "none"


def test_a_class_that_only_one_publisher_has_is_no_failure():
    labels = ["special" if group == 0 else label for group, label in zip(GROUPS, LABELS, strict=True)]
    out = learn(Corpus.of(DOCUMENTS, names=True), labels, GROUPS, WEIGHTS, RECIPE).out_of_fold
    assert np.isfinite(out).all()
    assert (out[GROUPS == 0, 2] < 0.1).all()


def test_the_temperature_makes_sums_as_sure_as_they_are_right():
    rng = np.random.default_rng(0)
    sums = rng.normal(size=(4000, 3))
    target = np.array([rng.choice(3, p=p) for p in softmax(sums)])
    assert best_temperature(sums * 3, target, np.ones(len(target))) == pytest.approx(3, rel=0.1)
