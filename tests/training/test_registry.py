"""The registry on disk: versions, which is in use, the way back; two processes at once, and files that were changed."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.errors import ModelError, OnrecordError
from onrecord.scoring.atomic import write_together
from onrecord.scoring.model import Model, Scorecard, Steps, load_model, locate, to_json
from onrecord.training import registry
from onrecord.training.registry import Registry, default_folder
from onrecord.training.state import FILES, State, parse, render

CARD = Scorecard(50.0, {"tone.loaded": Steps((1.0,), (1.0, -1.0), 0.0, (), ())}, 8.0, 1.6, ())


def put(folder, name="mine", version="1"):
    """A folder with a model of this name."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.json").write_text(to_json(Model(name, version, "", CARD)), encoding="utf-8")
    (folder / "card.md").write_text(f"# {name}\n", encoding="utf-8")
    return str(folder)


@pytest.fixture
def home(tmp_path):
    return Registry(tmp_path / "registry")


def adopt(registry, name):
    return registry.adopt(name, registry.state().in_use)


def test_an_empty_registry_means_what_ships_and_leaves_no_trace(home):
    assert home.resolve() == home.resolve("default") == home.state().in_use == "default"
    assert not home.folder.exists()


def test_a_model_is_copied_and_used(home, tmp_path):
    source = put(tmp_path / "work" / "mine")
    (tmp_path / "work" / "mine" / "notes.txt").write_text("not part of it")
    assert adopt(home, source) == "mine@1"
    put(tmp_path / "work" / "mine", version="2")
    folder = Path(home.resolve())
    assert load_model(str(folder)).version == "1"
    assert sorted(path.name for path in folder.iterdir()) == ["card.md", "model.json"]
    assert not [path for path in home.folder.rglob("*") if path.name.startswith(".")]


def test_names_find_the_latest_and_every_version(home, tmp_path):
    for version in ("1", "2"):
        adopt(home, put(tmp_path / "m", version=version))
    assert [v.name for v in home.state().versions] == ["mine@1", "mine@2"]
    assert load_model(home.resolve("mine")).version == load_model(home.resolve("mine@2")).version == "2"
    assert load_model(home.resolve("mine@1")).version == "1"
    assert home.resolve("default") == "default"
    with pytest.raises(ModelError, match="there is no model 'yours', neither a folder nor in the registry"):
        home.resolve("yours")


def test_a_folder_goes_before_the_registry(home, tmp_path, monkeypatch):
    adopt(home, put(tmp_path / "m"))
    monkeypatch.chdir(tmp_path)
    put(tmp_path / "mine", version="9")
    assert home.resolve("mine") == "mine" and load_model("mine").version == "9"
    assert load_model(home.resolve()).version == "1"


def test_rollback_goes_back_again_and_again(home, tmp_path):
    for version in ("1", "2"):
        adopt(home, put(tmp_path / "m", version=version))
    adopt(home, "default")
    adopt(home, "mine@1")
    adopt(home, "mine@1")  # already in use: nothing to come back from
    seen = [home.state().in_use]
    while home.state().history:
        left, now = home.rollback()
        assert (left, now) == (seen[-1], home.state().in_use)
        seen.append(now)
    assert seen == ["mine@1", "default", "mine@2", "mine@1", "default"]
    assert [v.name for v in home.state().versions] == ["mine@1", "mine@2"]
    with pytest.raises(ModelError, match="the model that ships is in use, and there is none before it"):
        home.rollback()


def test_the_same_model_is_not_added_twice(home, tmp_path):
    adopt(home, put(tmp_path / "a"))
    adopt(home, put(tmp_path / "b", version="2"))
    assert adopt(home, put(tmp_path / "c")) == "mine@1"
    assert len(home.state().versions) == len(list((home.folder / "models").iterdir())) == 2
    assert home.state().history == ("mine@1", "mine@2", "mine@1")


def test_a_model_that_changed_while_it_was_compared_is_not_adopted(home, tmp_path):
    source = put(tmp_path / "m")
    compared = load_model(source).sha256
    put(tmp_path / "m", version="2")
    with pytest.raises(ModelError, match="changed while it was compared with default; compare again"):
        home.adopt(source, "default", compared)
    assert home.state().in_use == "default" and not home.state().versions


def test_a_model_that_is_trained_anew_while_it_is_copied_is_no_mix(home, tmp_path, monkeypatch):
    source, calls = tmp_path / "mine", []
    put(source)
    new = {path.name: path.read_bytes() for path in Path(put(tmp_path / "new", version="2")).iterdir()}

    def locate_later(name):
        calls.append(name)
        if len(calls) == 3:
            write_together(source, new)
        return locate(name)

    monkeypatch.setattr(registry, "locate", locate_later)
    with pytest.raises(ModelError, match="changed while it was copied"):
        adopt(home, str(source))
    assert home.state().versions == ()
    assert adopt(home, str(source)) == "mine@1"


def test_what_came_into_use_meanwhile_is_not_overwritten(home, tmp_path):
    adopt(home, put(tmp_path / "a", "a"))
    with pytest.raises(ModelError, match=r"a@1 came into use while .* was compared with default; compare again"):
        home.adopt(put(tmp_path / "b", "b"), "default")
    assert home.state().in_use == "a@1" and len(home.state().versions) == 1


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("../../evil", "evil@1"),
        ("a b/c", "a-b-c@1"),
        ("", "model@1"),
        ("größe", "größe@1"),
        ("x" * 500, "x" * 60 + "@1"),
    ],
)
def test_a_name_never_leads_out_of_the_registry(home, tmp_path, name, stored):
    assert adopt(home, put(tmp_path / "m", name)) == stored
    assert Path(home.resolve()).parent == home.folder / "models"
    assert home.state().versions[0].model == name


def test_the_name_of_what_ships_is_taken(home, tmp_path):
    with pytest.raises(ModelError, match="is named 'default', like what ships; train it with another --name"):
        adopt(home, put(tmp_path / "m", "default"))
    assert list((home.folder / "models").iterdir()) == []


@pytest.mark.parametrize("damage", ["{}", "", '{"format": 1', "\x00"])
def test_a_damaged_model_is_not_added(home, tmp_path, damage):
    source = put(tmp_path / "m")
    (tmp_path / "m" / "model.json").write_text(damage)
    with pytest.raises(ModelError, match="is not a model"):
        adopt(home, source)
    assert list((home.folder / "models").iterdir()) == [] and home.state().in_use == "default"


# Tampering


@pytest.mark.parametrize("name", ["model.json", "card.md"])
@pytest.mark.parametrize("how", ["changed", "missing"])
def test_a_file_that_is_not_what_was_added_is_refused(home, tmp_path, name, how):
    adopt(home, put(tmp_path / "m"))
    path = Path(home.resolve()) / name
    if how == "changed":
        path.write_text(path.read_text(encoding="utf-8").replace("mine", "yours"), encoding="utf-8")
        message = rf"{name} was changed: its SHA-256 is \w{{12}}, and \w{{12}} was added; go back with"
    else:
        path.unlink()
        message = rf"{name} cannot be read .*; go back with 'onrecord models rollback'"
    for use in (home.resolve, lambda: home.resolve("mine"), lambda: adopt(home, "mine@1")):
        with pytest.raises(ModelError, match=message):
            use()
    assert home.rollback() == ("mine@1", "default") and home.resolve() == "default"


STATES = {
    "empty": "",
    "no JSON": "{",
    "a list": "[]",
    "another format": '{"format": 2, "history": [], "models": {}}',
    "true for one": '{"format": true, "history": [], "models": {}}',
    "no models": '{"format": 1, "history": []}',
    "an unknown model in use": '{"format": 1, "history": ["x@1"], "models": {}}',
    "a way out": '{"format": 1, "history": [], "models": {"../x@1": {"model": "", "version": "", "added": "", "files": '
    '{"model.json": ""}}}}',
    "a file out": '{"format": 1, "history": [], "models": {"x@1": {"model": "", "version": "", "added": "", "files": '
    '{"model.json": "", "../../x": ""}}}}',
    "no model file": '{"format": 1, "history": [], "models": {"x@1": {"model": "", "version": "", "added": "", '
    '"files": {}}}}',
    "deep": "[" * 100_000,
}


@pytest.mark.parametrize("case", STATES)
def test_a_damaged_state_is_one_line_with_a_remedy(home, case):
    home.folder.mkdir()
    (home.folder / "state.json").write_text(STATES[case])
    for use in (home.state, home.resolve, home.rollback):
        with pytest.raises(ModelError, match="is damaged") as caught:
            use()
        assert "delete that file" in caught.value.remedy and "\n" not in str(caught.value)
    assert (home.folder / "state.json").read_text() == STATES[case]


def test_a_registry_that_cannot_be_written_is_one_line(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    registry = Registry(tmp_path / "file")
    assert registry.resolve() == registry.resolve("default") == "default"
    with pytest.raises(ModelError, match=r"cannot be written .*; choose another with --registry or ONRECORD_HOME"):
        registry.adopt(put(tmp_path / "m"), "default")


def test_a_damaged_registry_is_no_matter_to_a_model_that_is_named(home, tmp_path):
    home.folder.mkdir()
    (home.folder / "state.json").write_text("{")
    source = put(tmp_path / "m")
    assert (home.resolve("default"), home.resolve(source)) == ("default", source)


def test_a_state_that_cannot_be_read_is_one_line(home):
    (home.folder / "state.json").mkdir(parents=True)
    with pytest.raises(ModelError, match=r"cannot be read \(Is a directory\); check its permissions"):
        home.resolve()


def test_folders_that_a_killed_process_left_do_not_matter(home, tmp_path):
    (home.folder / "models" / "mine@1").mkdir(parents=True)
    (home.folder / "models" / ".new-x").mkdir()
    (home.folder / ".state.json.x").write_text("half")
    assert adopt(home, put(tmp_path / "m")) == "mine@2"


# Two processes

WORK = """
import sys
from onrecord.training.registry import Registry
from onrecord.errors import ModelError, OnrecordError
from pathlib import Path
registry = Registry(Path(sys.argv[1]))
done = 0
while done < int(sys.argv[3]):
    Path(sys.argv[2], "card.md").write_text(str(done))
    try:
        registry.adopt(sys.argv[2], registry.state().in_use)
        done += 1
    except ModelError as error:
        if "came into use" not in str(error):
            raise
"""


def test_processes_side_by_side_lose_nothing(home, tmp_path):
    each = 12
    commands = [
        [sys.executable, "-c", WORK, str(home.folder), put(tmp_path / name, name), str(each)] for name in ("a", "b")
    ]
    running = [subprocess.Popen(command, stderr=subprocess.PIPE) for command in commands]
    states = 0
    while any(process.poll() is None for process in running):
        home.state()  # whole at every moment
        states += 1
    assert [(process.wait(), process.stderr.read()) for process in running] == [(0, b"")] * 2 and states
    state = home.state()
    names = {f"{name}@{k}" for name in "ab" for k in range(1, each + 1)}
    assert {v.name for v in state.versions} == set(state.history) == names
    assert len(state.versions) == len(state.history) == 2 * each
    for version in state.versions:
        home.check(version)


def test_a_process_that_is_killed_lets_go_of_the_lock(home, tmp_path):
    home.folder.mkdir()
    code = f"""
from pathlib import Path
from onrecord.scoring.lock import locked
import time
with locked(Path({str(home.folder / "lock")!r})):
    print("held", flush=True)
    time.sleep(60)
"""
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE)
    try:
        assert process.stdout.readline() == b"held\n"
        from onrecord.scoring.lock import locked

        with pytest.raises(OnrecordError, match="another process has been at work"), locked(home.folder / "lock", 0.1):
            pass
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
    assert adopt(home, put(tmp_path / "m")) == "mine@1"


# Where it is


@pytest.mark.parametrize(
    ("platform", "environment", "found"),
    [
        ("linux", {"ONRECORD_HOME": "/here"}, "/here"),
        ("linux", {"XDG_DATA_HOME": "/data"}, "/data/onrecord"),
        ("linux", {}, "~/.local/share/onrecord"),
        ("darwin", {}, "~/Library/Application Support/onrecord"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/onrecord"),
        ("win32", {}, "~/AppData/Local/onrecord"),
    ],
)
def test_the_folder_is_where_the_platform_has_it(monkeypatch, platform, environment, found):
    monkeypatch.setattr(sys, "platform", platform)
    for name in ("ONRECORD_HOME", "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert default_folder() == Path(found).expanduser()


def test_without_a_home_there_is_no_registry(monkeypatch, tmp_path):
    def nobody():
        raise RuntimeError("Could not determine home directory.")

    for name in ("ONRECORD_HOME", "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", nobody)
    assert Registry().resolve() == "default"
    with pytest.raises(ModelError, match="cannot be written"):
        Registry().adopt(put(tmp_path / "m"), "default")


def test_the_state_can_be_read_by_a_person(home, tmp_path):
    adopt(home, put(tmp_path / "m"))
    text = (home.folder / "state.json").read_text(encoding="utf-8")
    assert render(parse(text)) == text and parse(render(State())) == State()
    record = json.loads(text)
    assert record["history"] == ["mine@1"]
    assert set(record["models"]["mine@1"]["files"]) == {"model.json", "card.md"} <= set(FILES)


def test_its_mark_differs_after_every_change(home, tmp_path):
    marks = [home.mark()]
    for change in (
        lambda: adopt(home, put(tmp_path / "a", "one")),
        lambda: adopt(home, put(tmp_path / "b", "two")),
        home.rollback,
    ):
        change()
        marks.append(home.mark())
        assert home.mark() == marks[-1]
    assert marks[0] == () and len(set(marks)) == len(marks)
