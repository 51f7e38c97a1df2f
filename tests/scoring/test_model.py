"""The model file: exact there and back, strict in what it takes, and a look-up that does what it says."""

import ast
import copy
import json
import math
import statistics
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import onrecord
from onrecord.errors import ModelError
from onrecord.features import CATALOGUE
from onrecord.scoring.model import Model, Scorecard, Steps, load_model, locate, parse, percentile, to_json

STEPS = Steps((1.0, 2.5), (-1.5, 0.0, 2.0), -0.25, ((-2.0, 0.0, 2.0, 0.0), (-1.0, 0.0, 2.0, -0.5)), (0.0, 1.0, 4.0))
FLAT = Steps((), (0.5,), 0.0, ((0.5, 0.0), (0.5, 0.0)), ())
CARD = Scorecard(50.0, {"tone.loaded": STEPS, "tone.questions": FLAT}, 8.0, 1.6, (20.0, 50.0, 50.0, 80.0))
MODEL = Model("small", "2024-05-01", "", CARD)

finite = st.floats(allow_nan=False, allow_infinity=False, width=32)


def test_the_model_that_ships_survives_the_way_to_json_and_back_to_the_last_byte():
    text = locate("default").read_text(encoding="utf-8")
    model = parse(text, "default")
    again = to_json(model)
    assert text.startswith(again.removesuffix("}\n"))
    assert replace(parse(again, "again"), sha256="") == replace(model, sha256="")


def test_a_key_that_is_not_known_is_left_alone():
    record = json.loads(WHOLE)
    assert parse(json.dumps(record | {"hyperpartisan": record["score"]}), "it").score == CARD


@st.composite
def scorecards(draw):
    members = draw(st.integers(0, 3))
    steps = {}
    for name in draw(st.lists(st.sampled_from(sorted(CATALOGUE)), unique=True, max_size=4)):
        edges = tuple(sorted(draw(st.sets(finite, max_size=5))))
        row = st.tuples(*[finite] * (len(edges) + 2))
        quantiles = tuple(sorted(draw(st.lists(finite, max_size=5))))
        points = draw(st.tuples(*[finite] * (len(edges) + 1)))
        steps[name] = Steps(edges, points, draw(finite), tuple(draw(row) for _ in range(members)), quantiles)
    positive = st.floats(0, 100)
    return Scorecard(draw(finite), steps, draw(positive), draw(positive), tuple(sorted(draw(st.lists(finite)))))


@settings(deadline=None)
@given(card=scorecards(), name=st.text(st.characters(exclude_categories=["Cs"])))
def test_any_model_survives_the_way_to_json_and_back(card, name):
    text = to_json(Model(name, "1", "", card))
    back = parse(text, "it")
    assert (back.name, back.score) == (name, card)
    assert to_json(back) == text


def test_a_feature_is_one_line_so_that_models_can_be_compared_line_by_line():
    other = Scorecard(50.0, {**CARD.steps, "tone.questions": STEPS}, 8.0, 1.6, CARD.reference)
    before, after = (to_json(Model("m", "1", "", card)).splitlines() for card in (CARD, other))
    assert len(before) == len(after)
    assert [a for a, b in zip(after, before, strict=True) if a != b] == [after[-1]]
    assert '"tone.questions"' in after[-1]


# ---- damage -----------------------------------------------------------------------------------------------

WHOLE = to_json(Model("small", "1", "", CARD))


def paths(node, here=()):
    """Every place in a JSON value."""
    yield here
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in items:
        yield from paths(child, (*here, key))


def put(path, value):
    record = copy.deepcopy(json.loads(WHOLE))
    parent = record
    for key in path[:-1]:
        parent = parent[key]
    parent[path[-1]] = value
    return json.dumps(record)


PLACES = [path for path in paths(json.loads(WHOLE)) if path]
NUMBERS = [p for p in PLACES if p[-1] in ("baseline", "residual", "factor", "missing") or isinstance(p[-1], int)]


@settings(deadline=None)
@given(length=st.integers(0, len(WHOLE.rstrip()) - 1))
def test_a_truncated_file_is_no_model(length):
    with pytest.raises(ModelError, match="it is not a model"):
        parse(WHOLE[:length], "it")


@settings(deadline=None)
@given(path=st.sampled_from(PLACES), value=st.sampled_from(["x", True, {"a": 1}, None, [["x"]], "1.5"]))
def test_a_value_of_another_type_is_no_model(path, value):
    if path[-1] in ("name", "version") and isinstance(value, str):
        return
    with pytest.raises(ModelError):
        parse(put(path, value), "it")


@settings(deadline=None)
@given(path=st.sampled_from(NUMBERS), value=st.sampled_from([math.nan, math.inf, -math.inf, 10**400]))
def test_a_number_that_is_not_finite_is_no_model(path, value):
    with pytest.raises(ModelError):
        parse(put(path, value), "it")


NEEDED = [p for p in PLACES if isinstance(p[-1], str) and p[-2:-1] != ("steps",)]


@pytest.mark.parametrize("path", NEEDED, ids=".".join)
def test_a_missing_part_is_no_model(path):
    record = json.loads(WHOLE)
    parent = record
    for key in path[:-1]:
        parent = parent[key]
    del parent[path[-1]]
    with pytest.raises(ModelError):
        parse(json.dumps(record), "it")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("score", "steps", "tone.loaded", "edges"), [2.5, 1.0]),
        (("score", "steps", "tone.loaded", "edges"), [1.0]),
        (("score", "steps", "tone.loaded", "points"), []),
        (("score", "steps", "tone.loaded", "members"), [[0.0, 0.0, 0.0]]),
        (("score", "steps", "tone.loaded", "members"), [[0.0, 0.0, 0.0, 0.0]]),
        (("score", "steps", "tone.loaded", "quantiles"), [3.0, 1.0]),
        (("score", "reference"), [3.0, 1.0]),
        (("format",), 1),
    ],
    ids=[
        "edges out of order",
        "an edge short",
        "no points",
        "short member",
        "one member less",
        "quantiles",
        "reference",
        "format",
    ],
)
def test_parts_that_do_not_fit_are_no_model(path, value):
    with pytest.raises(ModelError):
        parse(put(path, value), "it")


@pytest.mark.parametrize("text", ["", "[]", "null", "1", '"model"', "{}", "[" * 100_000, "\ud800"])
def test_other_json_is_no_model(text):
    with pytest.raises(ModelError, match="train the model again"):
        parse(text, "it")


# ---- looking up -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "points"),
    [(-math.inf, -1.5), (0.999, -1.5), (1.0, 0.0), (2.499, 0.0), (2.5, 2.0), (math.inf, 2.0), (math.nan, -0.25)],
)
def test_an_edge_belongs_to_the_step_above_it(value, points):
    assert STEPS.at(value) == points


def test_a_missing_value_has_the_last_bin():
    assert STEPS.bin(math.nan) == len(STEPS.points)


@pytest.mark.parametrize(
    ("value", "surprise"),
    [
        (1.0, 0.0),
        (0.0, math.log(5 / 4)),
        (2.0, math.log(5 / 4)),
        (3.0, math.log(5 / 2)),
        (-0.1, math.log(101)),
        (4.1, math.log(101)),
        (math.nan, 0.0),
    ],
)
def test_surprise_is_how_rare_a_value_is_beside_one_in_the_middle(value, surprise):
    steps = replace(STEPS, quantiles=(0.0, 0.0, 1.0, 2.0, 4.0))
    assert steps.surprise(value) == pytest.approx(surprise)
    assert FLAT.surprise(value) == 0


def test_an_article_is_unfamiliar_by_how_much_more_it_surprises_than_the_usual():
    steps = replace(STEPS, quantiles=(0.0, 1.0, 2.0))
    card = replace(CARD, steps={"tone.loaded": steps, "tone.questions": FLAT}, usual=1.0)
    values = {"tone.loaded": 9.0, "tone.questions": 1.0}
    assert card.surprise(values) == pytest.approx(math.log(101) / 2)
    assert card.unfamiliar(values) == pytest.approx(math.log(101) / 2 - 1)
    assert card.unfamiliar({"tone.loaded": 1.0}) == 0
    assert replace(card, usual=0.0).unfamiliar(values) == 0, "not known"


def test_totals_add_up_and_what_is_not_given_counts_as_missing():
    assert CARD.total({"tone.loaded": 3.0, "tone.questions": 1.0}) == 50.0 + 2.0 + 0.5
    assert CARD.total({}) == 50.0 - 0.25


def test_what_is_untold_is_the_deviation_of_the_points_over_the_reference():
    assert CARD.untold(frozenset()) == 0.0
    alone = {name: CARD.untold({name}) for name in CARD.steps}
    for name, steps in CARD.steps.items():
        points = [steps.at(value) for value in steps.quantiles]
        assert alone[name] == pytest.approx(statistics.pstdev(points) if points else 0.0)
    assert CARD.untold(CARD.steps.keys()) == pytest.approx(math.hypot(*alone.values()))


def test_the_spread_is_the_deviation_of_the_members_totals():
    assert CARD.spread({"tone.loaded": 0.0, "tone.questions": 1.0}) == pytest.approx(math.sqrt(0.5))
    assert CARD.spread({"tone.loaded": 3.0, "tone.questions": 1.0}) == 0.0


@pytest.mark.parametrize(("value", "share"), [(0.0, 0.0), (20.0, 12.5), (30.0, 25.0), (50.0, 50.0), (90.0, 100.0)])
def test_a_percentile_is_midway_among_equals(value, share):
    assert percentile(CARD.reference, value) == share


def test_there_is_no_percentile_without_a_reference_or_a_value():
    assert percentile((), 3.0) is None
    assert percentile(CARD.reference, math.nan) is None


# ---- finding ----------------------------------------------------------------------------------------------


def test_a_model_is_found_by_name_folder_and_file(tmp_path):
    file = tmp_path / "mine" / "model.json"
    file.parent.mkdir()
    file.write_text(to_json(MODEL), encoding="utf-8")
    assert load_model(str(file)) == load_model(str(file.parent))
    assert load_model(str(file)).name == "small"
    assert load_model().name == load_model("default").name == "default"


def test_a_folder_of_that_name_does_not_replace_the_model_that_ships(tmp_path, monkeypatch):
    (tmp_path / "default").mkdir()
    (tmp_path / "default" / "model.json").write_text(to_json(MODEL), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert load_model("default").name == "default"
    assert load_model("./default").name == "small"


@pytest.mark.parametrize("name", ["nowhere", "", "/", "x" * 5000, "nul\0", "../..", "défaut"])
def test_an_unknown_name_is_said_in_one_line(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ModelError, match="there is no model") as caught:
        load_model(name)
    assert "\n" not in str(caught.value)


def test_a_model_of_other_features_is_refused(tmp_path):
    card = Scorecard(50.0, {"tone.astrology": STEPS}, 8.0, 1.6, ())
    (tmp_path / "model.json").write_text(to_json(Model("m", "1", "", card)), encoding="utf-8")
    with pytest.raises(ModelError, match=r"tone\.astrology"):
        load_model(str(tmp_path))


def test_a_binary_file_is_no_model(tmp_path):
    (tmp_path / "model.json").write_bytes(b"\x80\x04\x95\xff")
    with pytest.raises(ModelError, match="cannot be read"):
        load_model(str(tmp_path))


def test_nothing_in_the_package_unpickles():
    root = Path(onrecord.__file__).parent
    for path in (p for folder in (".", "features", "scoring", "training") for p in (root / folder).glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [a.name for a in node.names] if isinstance(node, ast.Import | ast.ImportFrom) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not {n.split(".")[0] for n in names} & {
                "pickle",
                "cPickle",
                "dill",
                "cloudpickle",
                "shelve",
                "marshal",
            }
            if isinstance(node, ast.keyword) and node.arg == "allow_pickle":
                assert node.value.value is False, path
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "np.load":
                assert "allow_pickle" in {k.arg for k in node.keywords}, path
            if isinstance(node, ast.Call):
                assert ast.unparse(node.func) not in ("joblib.load", "eval", "exec"), path
