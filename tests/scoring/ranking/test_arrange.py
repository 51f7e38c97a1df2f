"""Rows come out in the order of their places, however many there are and however little fits in memory."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onrecord.scoring.ranking import arrange
from onrecord.scoring.ranking.arrange import arranged


@given(order=st.integers(0, 60).flatmap(lambda n: st.permutations(range(n))), held=st.integers(0, 50), data=st.data())
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_rows_are_put_in_order(tmp_path, order, held, data):
    rows = [(place, data.draw(st.binary(max_size=9))) for place in order]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arrange, "HELD", held)
        patch.setattr(arrange, "WAYS", 3)
        found = list(arranged(iter(rows), len(rows), tmp_path))
    assert found == [row for _, row in sorted(rows)]
    assert list(tmp_path.iterdir()) == []
