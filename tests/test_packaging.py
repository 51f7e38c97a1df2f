"""What is in the checkout is what gets installed."""

import re
from configparser import ConfigParser
from fnmatch import fnmatch
from importlib.metadata import entry_points, metadata
from pathlib import Path

import pytest
from setuptools import find_packages

import onrecord

ROOT = Path(__file__).parents[1]
CODE = ("features", "scoring", "training", "web")

CONFIG = ConfigParser()
CONFIG.read(ROOT / "setup.cfg", encoding="utf-8")

DATA = [
    path
    for folder in CODE
    for path in sorted((ROOT / folder).rglob("*"))
    if path.is_file() and path.suffix not in (".py", ".pyc")
]


def listed(section, option):
    return [line for line in CONFIG[section][option].splitlines() if line]


def test_every_package_is_listed():
    on_disk = [f"onrecord.{name}" for name in find_packages(str(ROOT)) if name.partition(".")[0] in CODE]
    assert sorted(listed("options", "packages")) == sorted(["onrecord", *on_disk])


@pytest.mark.parametrize("folder", CODE)
def test_every_folder_with_code_is_a_package(folder):
    for path in (ROOT / folder).rglob("*.py"):
        assert (path.parent / "__init__.py").is_file()


def test_nothing_but_the_package_is_installed():
    assert all(name == "onrecord" or name.startswith("onrecord.") for name in listed("options", "packages"))
    assert listed("options", "package_dir") == ["onrecord = ."]


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.name)
def test_every_data_file_is_installed(path):
    package = next(folder for folder in path.parents if (folder / "__init__.py").is_file())
    inside = path.relative_to(package)
    patterns = listed("options.package_data", ".".join(("onrecord", *package.relative_to(ROOT).parts)))
    depth = len(inside.parts)
    assert any(fnmatch(str(inside), p) and len(Path(p).parts) == depth for p in patterns)


def test_there_is_data_of_every_kind():
    assert {".tsv", ".html", ".json", ".npz", ".md"} <= {path.suffix for path in DATA}
    assert "py.typed" in listed("options.package_data", "onrecord") and (ROOT / "py.typed").is_file()


@pytest.mark.parametrize("section", ["onrecord", *(f"onrecord.{name}" for name in CODE)])
def test_every_pattern_matches_something(section):
    if section not in CONFIG["options.package_data"]:
        return
    folder = ROOT.joinpath(*section.split(".")[1:])
    for pattern in listed("options.package_data", section):
        assert any(path.is_file() for path in folder.glob(pattern)), pattern


def test_the_version_stands_in_one_place():
    assert CONFIG["metadata"]["version"] == "attr: onrecord.version.VERSION"
    assert re.fullmatch(r"\d+\.\d+\.\d+", onrecord.__version__)
    assert metadata("onrecord")["Version"] == onrecord.__version__


def test_the_licence_is_named_and_there():
    assert CONFIG["metadata"]["license"] == "Apache-2.0"
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").lstrip().startswith("Apache License")
    assert CONFIG["metadata"]["license_files"] == "LICENSE"


def test_the_extras_exist_and_all_holds_them():
    extras = set(CONFIG["options.extras_require"])
    assert extras == {"bulk", "plots", "web", "cluster", "all", "docs", "release", "test"}
    (everything,) = listed("options.extras_require", "all")
    assert set(re.findall(r"[a-z]+(?=[,\]])", everything)) == extras - {"all", "docs", "release", "test"}
    assert set(metadata("onrecord").get_all("Provides-Extra")) == extras


def test_remedies_name_extras_that_exist():
    named = set()
    for folder in CODE:
        for path in (ROOT / folder).rglob("*.py"):
            named |= set(re.findall(r"onrecord\[(\w+)\]", path.read_text(encoding="utf-8")))
    assert named and named <= set(CONFIG["options.extras_require"])


def test_the_command_is_installed():
    (command,) = entry_points(group="console_scripts", name="onrecord")
    assert command.value == "onrecord.cli:main"
    assert callable(command.load())
