"""The card of a language with few ratings: monotone, additive, repeatable, and blind to the site it is tested on."""

import json

import numpy as np
import pytest

from onrecord.scoring.model import MODEL_FILE, load_model, parse, to_json
from onrecord.training.card import CARD_FILE
from onrecord.training.languages import SIGNS, WEIGHED, Rated, cross_validate, fit, main, train
from onrecord.training.policy import LOWERS, RAISES, direction


@pytest.fixture(scope="module")
def rated():
    """60 articles of 6 sites whose ratings follow two features and a site's own taste."""
    rng = np.random.default_rng(1)
    values = rng.poisson(2.0, (60, len(WEIGHED))).astype(float)
    sites = np.repeat(np.arange(6), 10)
    named, loaded = (values[:, WEIGHED.index(name)] for name in ("named_sourcing.distinct", "tone.loaded"))
    ratings = np.clip(40 + 8 * named - 6 * loaded + 3 * (sites % 2) + rng.normal(0, 3, 60), 0, 100)
    return Rated(WEIGHED, values, ratings, sites >= 3, sites.astype(np.int64), tuple("abcdef"))


def test_every_feature_has_one_direction_and_none_twice():
    assert len(set(WEIGHED)) == len(WEIGHED)
    assert all((direction(name) != 0) != (name in SIGNS) for name in WEIGHED)
    assert not set(SIGNS) & (RAISES | LOWERS)


def test_points_follow_the_direction_of_their_feature(rated):
    for name, steps in fit(rated).steps.items():
        sign = direction(name) or SIGNS[name]
        assert (np.diff(steps.points) * sign >= -1e-9).all()
        assert steps.missing == steps.points[0]
        assert len(steps.edges) <= 3


def test_what_carries_the_ratings_weighs_most(rated):
    steps = fit(rated).steps
    ranges = {name: float(np.ptp(each.points)) for name, each in steps.items()}
    assert set(sorted(ranges, key=ranges.__getitem__)[-2:]) == {"named_sourcing.distinct", "tone.loaded"}


def test_a_site_is_answered_by_cards_that_saw_nothing_of_it(rated):
    other = rated.ratings.copy()
    other[rated.sites == 2] = 100 - other[rated.sites == 2]
    changed = Rated(rated.features, rated.values, other, rated.fake, rated.sites, rated.names)
    before, after = cross_validate(rated), cross_validate(changed)
    own = rated.sites == 2
    assert np.array_equal(before.total[own], after.total[own])
    assert not np.array_equal(before.total[~own], after.total[~own])


def test_the_model_is_written_and_read(rated):
    model, outside = train(rated, "xx")
    read = parse(to_json(model), "xx")
    assert (read.name, read.score) == ("xx", model.score)
    assert model.score.residual > 0 and model.score.usual > 0
    assert np.corrcoef(outside.total, rated.ratings)[0, 1] > 0.7


def test_families_may_be_left_out(rated):
    plain = rated.without("tone", "hedging")
    assert {name.partition(".")[0] for name in plain.features} == {"attribution", "named_sourcing", "readability"}
    assert plain.values.shape == (60, len(plain.features))


def test_a_file_becomes_a_model_and_a_card(tmp_path):
    said = "Ông Trần Văn Hùng cho biết cây cầu số {} an toàn. Theo báo cáo, {} người đã qua cầu trong ngày. "
    told = "Tôi đã khóc! Sự thật kinh hoàng về cây cầu số {}? Bạn có tin không, {} người như tôi không tin. "
    rows = [
        {
            "url": f"https://site{k % 6}.example/{k}",
            "domain": f"site{k % 6}.example",
            "title": "Cây cầu",
            "text": (told if k % 6 < 3 else said).format(k, 100 + k) * (4 + k % 5),
            "overall": (10 if k % 6 < 3 else 60) + k % 5,
            "fake": k % 6 < 3,
        }
        for k in range(36)
    ]
    path = tmp_path / "rated.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    main(path, "vi", tmp_path / "vi")
    assert load_model(str(tmp_path / "vi")).name == "vi"
    card = (tmp_path / "vi" / CARD_FILE).read_text(encoding="utf-8")
    assert "36 articles of 6 sites" in card and "6 of 6 of the sites carry one label only" in card
    first = (tmp_path / "vi" / MODEL_FILE).read_text(encoding="utf-8")
    main(path, "vi", tmp_path / "again")
    assert (tmp_path / "again" / MODEL_FILE).read_text(encoding="utf-8") == first


def test_the_shipped_card_tells_the_model_that_ships():
    model = load_model("vi")
    assert set(model.score.steps) <= set(WEIGHED)
    assert 0 < model.score.residual < 20
