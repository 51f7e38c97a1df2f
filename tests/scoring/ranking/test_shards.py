"""How a corpus is cut."""

from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import InputError
from onrecord.scoring.corpus import Entry
from onrecord.scoring.ranking import cluster, local, shards
from onrecord.scoring.ranking.shards import BatchSize, batches

SIZES = st.lists(st.integers(0, 30), max_size=40)


def corpus(lengths):
    return [Entry(f"id {n}", f"in:{n}", {"text": "x" * length, "n": n}) for n, length in enumerate(lengths)]


def cut(lengths, size, finished=None):
    return list(batches(corpus(lengths), size, finished or {}))


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setattr(shards, "SHARD_ENTRIES", 7)
    monkeypatch.setattr(shards, "SHARD_SIZE", 60)


@given(lengths=SIZES, entries=st.integers(1, 5), characters=st.integers(1, 40))
def test_every_entry_is_in_one_batch_and_no_batch_or_shard_is_too_large(lengths, entries, characters):
    found = cut(lengths, BatchSize(entries, characters))
    assert list(chain.from_iterable(batch.entries for batch in found)) == corpus(lengths)
    open_shard = []
    for batch in found:
        sizes = [len(entry.record["text"]) for entry in batch.entries]
        assert 1 <= len(sizes) <= entries
        assert sum(sizes) <= characters or len(sizes) == 1
        open_shard += sizes
        if batch.shard:
            assert batch.shard.count == len(open_shard) <= 7
            assert sum(open_shard) <= 60 or len(open_shard) == 1
            open_shard = []
    assert open_shard == []
    ends = [batch.shard for batch in found if batch.shard]
    assert [shard.number for shard in ends] == list(range(len(ends)))
    assert [shard.first for shard in ends] == [sum(s.count for s in ends[:n]) for n in range(len(ends))]


@given(lengths=SIZES, one=st.integers(1, 9), other=st.integers(1, 9))
def test_shards_do_not_depend_on_the_size_of_batches(lengths, one, other):
    found = [[batch.shard for batch in cut(lengths, BatchSize(size, 99)) if batch.shard] for size in (one, other)]
    assert found[0] == found[1]


@given(lengths=SIZES, data=st.data())
def test_finished_shards_are_read_past(lengths, data):
    everything = cut(lengths, BatchSize(2, 99))
    shard_of, number = {}, 0
    for batch in everything:
        shard_of |= {entry.id: number for entry in batch.entries}
        number += batch.shard is not None
    finished = {b.shard.number: b.shard for b in everything if b.shard and data.draw(st.booleans())}
    left = cut(lengths, BatchSize(2, 99), finished)
    wanted = [entry.id for entry in corpus(lengths) if shard_of[entry.id] not in finished]
    assert [entry.id for batch in left for entry in batch.entries] == wanted


@pytest.mark.parametrize("change", [lambda c: c[1:], lambda c: c[:7], lambda c: [], lambda c: [c[1], c[0], *c[2:]]])
def test_a_corpus_that_has_changed_is_noticed(change):
    before = corpus([1] * 20)
    finished = {batch.shard.number: batch.shard for batch in batches(before, BatchSize(3, 99), {}) if batch.shard}
    assert list(batches(before, BatchSize(3, 99), finished)) == []
    with pytest.raises(InputError, match="the input has changed"):
        list(batches(change(before), BatchSize(3, 99), finished))


def test_files_count_by_their_size(tmp_path):
    files = []
    for n, size in enumerate([50, 50, 1]):
        (tmp_path / f"{n}.txt").write_text("x" * size)
        files.append(Entry(str(n), str(n), path=str(tmp_path / f"{n}.txt")))
    missing = Entry("3", "3", path=str(tmp_path / "missing.txt"))
    found = list(batches([*files, missing], BatchSize(9, 99), {}))
    assert [[entry.id for entry in batch.entries] for batch in found] == [["0"], ["1", "2", "3"]]


@pytest.mark.parametrize("size", [local.BATCH, cluster.BATCH])
def test_pages_that_are_fetched_have_a_batch_each(monkeypatch, size):
    monkeypatch.setattr(shards, "SHARD_SIZE", 64_000_000)
    pages = [Entry(f"{n}", f"feed:{n}", url=f"https://a.example/{n}", record={"title": "One"}) for n in range(3)]
    assert [[entry.id for entry in batch.entries] for batch in batches(pages, size, {})] == [["0"], ["1"], ["2"]]
