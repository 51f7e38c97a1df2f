"""The policy: every feature it names exists, and none is named twice."""

import pytest

from onrecord.features import CATALOGUE
from onrecord.training.policy import LOWERS, RAISES, UNWEIGHED, direction


@pytest.mark.parametrize(
    ("feature", "sign"),
    [
        ("named_sourcing.distinct", 1),
        ("named_sourcing.on_record_share", 1),
        ("attribution.share_of_sentences", 1),
        ("named_sourcing.unnamed", -1),
        ("tone.loaded", -1),
        ("readability.words", 0),
        ("no.such_feature", 0),
    ],
)
def test_direction(feature, sign):
    assert direction(feature) == sign


def test_each_feature_is_named_once_and_exists():
    assert not RAISES & LOWERS and not UNWEIGHED & (RAISES | LOWERS)
    assert set(CATALOGUE) >= RAISES | LOWERS | UNWEIGHED
    assert len(CATALOGUE) > len(RAISES | LOWERS | UNWEIGHED)
