"""Articles of many outlets."""

import random

from onrecord.training.outlets import at_most

ROWS = [{"id": f"{outlet}{k}", "outlet": outlet} for outlet in "abc" for k in range(9)] + [{"id": 7, "outlet": "d"}]


def outlet(row):
    return row["outlet"]


def test_no_outlet_has_too_many_and_small_ones_have_all():
    kept = [row["outlet"] for row in at_most(4, ROWS, outlet)]
    assert {name: kept.count(name) for name in "abcd"} == {"a": 4, "b": 4, "c": 4, "d": 1}


def test_they_are_always_the_same_in_the_same_order():
    mixed = ROWS[:]
    random.Random(0).shuffle(mixed)
    assert list(at_most(3, mixed, outlet)) == list(at_most(3, ROWS, outlet))
    assert [row for row in at_most(9, ROWS, outlet) if row in [*at_most(2, ROWS, outlet)]] == [
        *at_most(2, ROWS, outlet)
    ]
