"""Fingerprints: the same for the same words, and nothing to read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.training.fingerprints import UNKNOWN, fingerprint


@pytest.mark.parametrize("text", ["", " ", "It rained.", "\ud800", "İstanbul " * 1000])
def test_it_is_64_bits_and_never_unknown(text):
    assert UNKNOWN < fingerprint(text) < 2**64


@pytest.mark.parametrize("other", ["it rained.", "It  rained.\n", "\tIT RAINED."])
def test_case_and_space_do_not_matter(other):
    assert fingerprint(other) == fingerprint("It rained.")


@given(st.text(), st.text())
def test_other_words_do(a, b):
    assert (fingerprint(a) == fingerprint(b)) == (a.casefold().split() == b.casefold().split())


def test_it_is_the_same_on_every_machine():
    assert fingerprint("It rained.") == 0x65D8A019605F5B0
