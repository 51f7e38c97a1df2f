"""Whatever records are written, in whatever format, are read again; and a file that was cut says so."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.scoring.corpus import entries
from onrecord.scoring.formats import COMPRESSED, RECORDS

SUFFIXES = [*RECORDS, *COMPRESSED]

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"), min_size=1, max_size=40)
ROWS = st.lists(st.fixed_dictionaries({"id": TEXT, "text": TEXT, 'section, or\n"desk"': TEXT}), max_size=6)
PAGE = st.fixed_dictionaries({"id": st.uuids().map(str), "url": st.just("https://press.example/é"), "html": TEXT})
PAGES = st.lists(PAGE, max_size=6)


def records_for(suffix):
    return PAGES if ".warc" in suffix else ROWS


def read(path, data):
    """The records of a file, and how many errors."""
    path.write_bytes(data)
    found = list(entries([str(path)]))
    assert all(entry.record is not None or entry.error for entry in found)
    return [entry.record for entry in found if not entry.error], sum(entry.error is not None for entry in found)


def test_every_suffix_has_a_writer_here(writers):
    assert sorted(writers) == sorted(SUFFIXES)


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(data=st.data())
@settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.too_slow])
def test_records_are_read_as_they_were_written(tmp_path_factory, writers, suffix, data):
    records = data.draw(records_for(suffix))
    assert read(tmp_path_factory.mktemp("whole") / f"a{suffix}", writers[suffix](records)) == (records, 0)


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(data=st.data())
@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
def test_a_file_that_is_cut_gives_what_stands_before_the_cut_and_one_error(tmp_path_factory, writers, suffix, data):
    write, records = writers[suffix], data.draw(records_for(suffix))
    whole = write(records)
    cut = data.draw(st.integers(0, len(whole) - 1) if whole else st.just(0))
    found, errors = read(tmp_path_factory.mktemp("cut") / f"a{suffix}", whole[:cut])
    if suffix == ".csv" and not whole[:cut].endswith(b"\n"):
        # Nothing tells `x,fourteen` from `x,four`, or a header of three columns from one of two.
        found = found[:-1]
        assert [record["id"] for record in found] == [record["id"] for record in records[: len(found)]]
        return
    assert found == records[: len(found)]
    parts = [write(records[:count]) for count in range(len(records) + 1)]
    ends = [len(part) for part in parts if whole.startswith(part)] + ([] if "z" in suffix else [0])
    # A file that was cut after a record is like any other; and line ends after the last one are no loss.
    lost = {end: whole[cut:end] if "z" in suffix else whole[cut:end].strip() for end in ends if end >= cut}
    assert errors == (0 if b"" in lost.values() and suffix != ".parquet" else 1)


@pytest.mark.parametrize("suffix", SUFFIXES)
@given(data=st.data())
@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow])
def test_a_damaged_file_never_ends_reading_with_an_exception(tmp_path_factory, writers, suffix, data):
    whole = bytearray(writers[suffix](data.draw(records_for(suffix))))
    for place, byte in data.draw(
        st.dictionaries(st.integers(0, len(whole) or 1), st.integers(0, 255), max_size=4)
    ).items():
        whole[place : place + 1] = bytes([byte])
    read(tmp_path_factory.mktemp("damaged") / f"a{suffix}", bytes(whole))
