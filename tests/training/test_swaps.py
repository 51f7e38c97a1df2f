"""Names of camps and politicians change places."""

import pytest

from onrecord.features.document import Article
from onrecord.training.swaps import PAIRS, swapped


def test_names_are_exchanged_in_text_and_title_with_their_capitals():
    article = Article("Liberals and the LEFT like Obama’s bush-fire, left-wing Trump.", title="Democrats")
    found = swapped(article)
    assert found.text == "Conservatives and the RIGHT like Trump’s bush-fire, right-wing Obama."
    assert found.title == "Republicans"
    assert swapped(found) == article


@pytest.mark.parametrize("text", ["The council met.", "", "Leftovers, rightly", "Bushel by Trumpet"])
def test_nothing_else_is_touched(text):
    assert swapped(Article(text)).text == text


def test_every_name_has_a_counterpart_that_is_another():
    assert all(one != two for one, two in PAIRS)
