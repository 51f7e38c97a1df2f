"""Fitting the two looks: gradients by the book, probabilities that add up, and a toy that has to be learnt."""

from itertools import product

import numpy as np
import pytest

from onrecord.features.tagging.decoding import CROSSINGS, viterbi
from onrecord.features.tagging.tags import TAGS, Tag
from onrecord.training import chain
from onrecord.training.chain import Examples, fit, weigh

CLASSES = 3  # crossings in the small problems


def problem(sizes, seed=0):
    """Random scores, crossings, transitions and start for chains of these sizes, one below the other."""
    rng = np.random.default_rng(seed)
    shape = len(sizes), max(sizes)
    inside = np.arange(max(sizes)) < np.array(sizes)[:, None]
    return (
        rng.normal(size=(*shape, TAGS)),
        rng.integers(0, CLASSES, shape),
        rng.normal(size=(CLASSES, TAGS, TAGS)),
        rng.normal(size=TAGS),
        inside,
    )


def forward_backward(scores, crossing, transitions, start, inside):
    small = (part.astype(np.float32) for part in (scores, transitions, start))
    scores, transitions, start = small
    return chain._forward_backward(scores, crossing, transitions, start, inside)


def total(row, scores, crossing, transitions, start):
    """What a row of tags of one chain weighs."""
    steps = sum(transitions[crossing[k], row[k - 1], row[k]] for k in range(1, len(row)))
    return start[row[0]] + scores[np.arange(len(row)), row].sum() + steps


def partition(scores, crossing, transitions, start, size):
    """The logarithm of the sum over all rows of tags of one chain."""
    rows = np.array(list(product(range(TAGS), repeat=size)))
    totals = np.array([total(row, scores, crossing, transitions, start) for row in rows])
    return np.log(np.exp(totals - totals.max()).sum()) + totals.max()


@pytest.mark.parametrize("sizes", [[1], [2], [3], [3, 1, 2]])
def test_chances_are_the_derivatives_of_the_partition_by_the_scores(sizes):
    scores, crossing, transitions, start, inside = problem(sizes)
    node, _ = forward_backward(scores, crossing, transitions, start, inside)
    step = 1e-4
    for c, size in enumerate(sizes):
        for k, tag in product(range(size), (0, 3, TAGS - 1)):
            values = []
            for sign in (1, -1):
                moved = scores[c, :size].copy()
                moved[k, tag] += sign * step
                values.append(partition(moved, crossing[c, :size], transitions, start, size))
            assert node[c, k, tag] == pytest.approx((values[0] - values[1]) / (2 * step), abs=1e-4)


def test_chances_of_pairs_are_the_derivatives_by_the_transitions():
    sizes = [3, 2]
    scores, crossing, transitions, start, inside = problem(sizes, seed=1)
    _, edge = forward_backward(scores, crossing, transitions, start, inside)
    step = 1e-4
    for kind, before, after in product(range(CLASSES), (0, 4), (2, 6)):
        values = []
        for sign in (1, -1):
            moved = transitions.copy()
            moved[kind, before, after] += sign * step
            parts = [partition(scores[c, :n], crossing[c, :n], moved, start, n) for c, n in enumerate(sizes)]
            values.append(sum(parts))
        expected = sum(
            edge[c, k, before, after] for c, size in enumerate(sizes) for k in range(1, size) if crossing[c, k] == kind
        )
        assert expected == pytest.approx((values[0] - values[1]) / (2 * step), abs=1e-4)


@pytest.mark.parametrize("sizes", [[1], [4, 2, 1], [60, 3]])
def test_chances_sum_to_one_and_pairs_to_the_chances_of_each(sizes):
    node, edge = forward_backward(*problem(sizes, seed=2))
    for c, size in enumerate(sizes):
        assert np.allclose(node[c, :size].sum(axis=1), 1, atol=1e-5)
        assert np.allclose(edge[c, 1:size].sum(axis=1), node[c, 1:size], atol=1e-4)
        assert np.allclose(edge[c, 1:size].sum(axis=2), node[c, : size - 1], atol=1e-4)


def test_a_chain_has_the_chances_it_has_alone():
    scores, crossing, transitions, start, inside = problem([5, 2], seed=3)
    together, _ = forward_backward(scores, crossing, transitions, start, inside)
    alone, _ = forward_backward(scores[1:, :2], crossing[1:, :2], transitions, start, inside[1:, :2])
    assert np.allclose(together[1, :2], alone[0], atol=1e-6)


def test_long_chains_of_certain_tokens_do_not_vanish():
    scores, crossing, transitions, start, inside = problem([256], seed=4)
    node, edge = forward_backward(40 * scores, crossing, 5 * transitions, start, inside)
    assert np.isfinite(node).all() and np.isfinite(edge).all()
    assert np.allclose(node.sum(axis=2), 1, atol=1e-4)


# -- a toy: word 0 is always a cue, what follows it is content until the end of the chain ---------

WORDS = 12
CUE = 0


def toy(chains=150, seed=0):
    """Chains of random words. A token has two features: its word, and one that all tokens have."""
    rng = np.random.default_rng(seed)
    words, tags, ranges = [], [], []
    for _ in range(chains):
        row = rng.integers(1, WORDS, rng.integers(3, 9))
        row[rng.integers(0, len(row))] = CUE
        said = np.cumsum(row == CUE) > 0
        ranges.append((len(words), len(words) + len(row)))
        words += row.tolist()
        tags += np.where(row == CUE, Tag.CUE, np.where(said, Tag.CONTENT_AFTER, Tag.OUTSIDE)).tolist()
    places = np.stack([np.array(words), np.full(len(words), WORDS)], axis=1).astype(np.int32)
    return Examples(places, np.array(tags), np.zeros(len(tags), dtype=np.int64), np.array(ranges))


@pytest.fixture(autouse=True)
def small_steps(monkeypatch):
    monkeypatch.setattr(chain, "BATCH", 60)


def decoded(field, examples):
    """The likeliest tags, as the tagger decodes."""
    scores, transitions, start = (
        np.rint(1000 * part).astype(np.int32)
        for part in (weigh(examples.places, field.table), field.transitions.transpose(1, 0, 2), field.start)
    )
    return viterbi(scores, examples.crossing, np.ascontiguousarray(transitions), start, examples.chains)


def test_unchained_a_word_that_is_always_a_cue_is_learnt():
    field = fit(toy(), WORDS + 1, 10, 0, chained=False)
    test = toy(seed=1)
    found = weigh(test.places, field.table).argmax(axis=1)
    assert ((found == Tag.CUE) == (test.tags == Tag.CUE)).all()
    assert not field.transitions.any() and not field.start.any()


def test_chained_what_follows_the_cue_is_learnt_too():
    test = toy(seed=1)
    alone = weigh(test.places, fit(toy(), WORDS + 1, 10, 0, chained=False).table).argmax(axis=1)
    together = decoded(fit(toy(), WORDS + 1, 10, 0, chained=True), test)
    assert (alone == test.tags).mean() < 0.9  # the words before a cue and behind it are the same
    assert (together == test.tags).mean() > 0.98


@pytest.mark.parametrize("chained", [False, True])
def test_the_same_seed_gives_the_same_weights(chained):
    one, two, other = (fit(toy(), WORDS + 1, 2, seed, chained=chained) for seed in (0, 0, 1))
    for name in ("table", "transitions", "start"):
        assert np.array_equal(getattr(one, name), getattr(two, name))
    assert not np.array_equal(one.table, other.table)


def test_what_is_fitted_has_the_shapes_of_the_field():
    field = fit(toy(4), 50, 1, 0, chained=True)
    assert field.table.shape == (50, TAGS)
    assert field.transitions.shape == (CROSSINGS, TAGS, TAGS)
    assert field.start.shape == (TAGS,)
    assert all(part.dtype == np.float32 for part in (field.table, field.transitions, field.start))


def test_a_feature_that_never_occurs_weighs_nothing():
    assert not fit(toy(), 50, 2, 0, chained=True).table[WORDS + 1 :].any()


@pytest.mark.parametrize("tokens", [1, 59, 60, 61, 500])
def test_weighing_adds_up_the_rows_of_a_table(tokens):
    rng = np.random.default_rng(0)
    table = rng.normal(size=(20, TAGS)).astype(np.float32)
    places = rng.integers(0, 20, (tokens, 3)).astype(np.int32)
    assert np.allclose(weigh(places, table), table[places].sum(axis=1), atol=1e-5)


def test_batches_hold_every_chain_once():
    chains = toy().chains
    rng = np.random.default_rng(0)
    batches = list(chain._batches(chains, rng))
    assert len(batches) > 5
    assert sorted(map(tuple, np.concatenate(batches).tolist())) == sorted(map(tuple, chains.tolist()))
