"""The layout is the architecture: which module may import which."""

import ast
from pathlib import Path

import pytest

from onrecord.features import FAMILIES

ROOT = Path(__file__).parents[1]
FOLDERS = (
    ".",
    *("features", "features/identity", "features/rules", "features/tagging"),
    *("scoring", "scoring/corpus", "scoring/pool", "scoring/ranking"),
    *("training", "web"),
)
NETWORK = ("socket", "httpx", "httpcore", "http.client", "urllib.request", "requests", "aiohttp", "ftplib")


def module_name(path):
    parts = ("onrecord", *path.relative_to(ROOT).with_suffix("").parts)
    return ".".join(parts).removesuffix(".__init__")


def imports(tree):
    """Every module that a tree imports, wherever it does; of `from package import module` the module alone."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            inner = {alias.name: f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in FILES or name in NETWORK else node.module for name in inner.values()}
    return found


def assigned(tree):
    """The names that a module assigns at its top level."""
    nodes = [node for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign)]
    targets = [target for node in nodes for target in (node.targets if isinstance(node, ast.Assign) else [node.target])]
    return {target.id for target in targets if isinstance(target, ast.Name)}


FILES = {module_name(path): path for folder in FOLDERS for path in sorted((ROOT / folder).glob("*.py"))}
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in FILES.items()}
IMPORTS = {name: imports(tree) for name, tree in TREES.items()}
# A family is whatever looks like one, so that none is left out of the tuple unnoticed.
FAMILY_FILES = {name for name, tree in TREES.items() if {"NAME", "FEATURES"} <= assigned(tree)}
READING = ("joins", "tokens", "quotation_marks", "segmentation", "document")
CORE = [f"onrecord.features.{name}" for name in ("arrays", "lexicon", "language", *READING, "measurement")]
# What tells the form of a text reads what families find.
FORM = ["onrecord.features.form", "onrecord.features.cut", "onrecord.features.thread"]


def layer(name):
    """How far up a module stands; arrows go down, or stay within a layer above the families."""
    if name in ("onrecord.version", "onrecord.errors"):
        return 0
    if name in CORE:
        return (1 + CORE.index(name)) / len(CORE)
    if name in FAMILY_FILES:
        return 6
    folder = name.split(".")[1] if name.count(".") else ""
    if folder == "features":
        return 7 if name in ("onrecord.features", "onrecord.features.catalogue", *FORM) else 5
    return {"scoring": 8, "training": 9, "web": 10, "": 11}.get(folder, 12)


def test_there_is_something_to_check():
    assert len(FILES) > 30 and len(FAMILY_FILES) >= 7
    code = "def f():\n from onrecord.scoring import fetch\n from http import client\n import os\nfrom onrecord import x"
    assert imports(ast.parse(code)) == {"onrecord.scoring.fetch", "http.client", "os", "onrecord"}


@pytest.mark.parametrize("name", FILES)
def test_arrows_point_one_way(name):
    if name == "onrecord":
        return  # the public names of all layers
    upwards = {other for other in IMPORTS[name] & set(FILES) if layer(other) > layer(name)}
    assert upwards == set()


@pytest.mark.parametrize("name", [name for name in FILES if layer(name) < 10])
def test_no_layer_imports_the_package_itself(name):
    assert "onrecord" not in IMPORTS[name]


@pytest.mark.parametrize("name", sorted(FAMILY_FILES))
def test_families_never_import_each_other(name):
    assert IMPORTS[name] & FAMILY_FILES == set()


@pytest.mark.parametrize("name", FILES)
def test_nothing_goes_round_in_circles(name):
    seen, todo = set(), [name]
    while todo:
        here = todo.pop()
        below = (IMPORTS[here] & set(FILES)) - seen
        seen |= below
        todo += below
    assert name not in seen


def test_every_family_is_in_the_tuple():
    assert {f"onrecord.features.{Path(family.__file__).stem}" for family in FAMILIES} == FAMILY_FILES
    assert len(FAMILIES) == len(FAMILY_FILES)


@pytest.mark.parametrize("name", FILES)
def test_only_fetch_opens_a_socket(name):
    used = {other for other in IMPORTS[name] if other in NETWORK or other.startswith(tuple(f"{n}." for n in NETWORK))}
    assert used == set() or name == "onrecord.scoring.fetch"


@pytest.mark.parametrize("name", FILES)
def test_imports_are_absolute(name):
    assert not [node for node in ast.walk(TREES[name]) if isinstance(node, ast.ImportFrom) and node.level]


@pytest.mark.parametrize("name", FILES)
def test_a_module_says_what_it_is(name):
    assert name.rpartition(".")[2] not in ("utils", "util", "helpers", "common", "misc")
    assert ast.get_docstring(TREES[name])
