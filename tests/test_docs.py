"""What the documentation shows is run: doctests, commands, Python, and the generated catalogue."""

import doctest
import pkgutil
import re
import shlex
import shutil
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner
from threadpoolctl import threadpool_limits

import onrecord
import onrecord.features
import onrecord.scoring
import onrecord.training
import onrecord.web
from onrecord.cli import main
from onrecord.features.catalogue import render
from onrecord.training import fit

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
NAMES = ("cli", "cli_options", "cli_ranking", "cli_serving", "cli_training", "errors", "version")
PACKAGES = (onrecord.features, onrecord.scoring, onrecord.training, onrecord.web)
MODULES = [
    "onrecord",
    *(f"onrecord.{name}" for name in NAMES),
    *(info.name for package in PACKAGES for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")),
]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# They need a network, or a person.
NOT_RUN = re.compile(r"https?://|^pip |^onrecord serve\b")
# One record of the corpus has no text, on purpose; the text beside the block says so.
SOME_FAIL = re.compile(r"^onrecord rank examples(?:/corpus\.jsonl)? ")


def blocks(page, kind):
    return [body for name, body in BLOCK.findall(page.read_text(encoding="utf-8")) if name == kind]


def steps(block):
    """Commands of a console block, each with the lines that it shows; a line that is "..." stands for any."""
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, *shown = part.splitlines()
        yield command, [line.strip() for line in shown if line.strip() not in ("", "...")]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_docstrings_hold(name):
    assert doctest.testmod(import_module(name)).failed == 0


def test_there_are_examples_in_docstrings():
    finder = doctest.DocTestFinder()
    found = [test for name in MODULES for test in finder.find(import_module(name)) if test.examples]
    assert len(found) >= 5


def test_a_console_block_is_read_in_steps():
    block = "$ onrecord a\none\n...\n  two\n$ onrecord b\n"
    assert list(steps(block)) == [("onrecord a", ["one", "two"]), ("onrecord b", [])]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_commands_of_a_page_do_what_it_shows(page, tmp_path, monkeypatch, request):
    if page.name != "README.md":
        request.getfixturevalue("in_process")
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ONRECORD_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(fit, "TREES", 10)  # training takes as long as it has trees
    monkeypatch.setattr(fit, "LEARNING_RATE", 0.4)
    for block in blocks(page, "console"):
        for command, shown in steps(block):
            if NOT_RUN.search(command):
                continue
            program, *arguments = shlex.split(command, comments=True)
            assert program == "onrecord", command
            with threadpool_limits(1):
                result = CliRunner().invoke(main, arguments)
            assert result.exit_code == (1 if SOME_FAIL.search(command) else 0), f"{command}\n{result.output}"
            printed = [line.strip() for line in result.output.splitlines()]
            assert [line for line in shown if line not in printed] == [], command


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "python")], ids=lambda page: page.name)
def test_the_python_of_a_page_runs(page, tmp_path, monkeypatch, capsys):
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.setattr(fit, "TREES", 10)
    monkeypatch.setattr(fit, "LEARNING_RATE", 0.4)
    monkeypatch.chdir(tmp_path)
    names = {"__name__": "page"}
    for block in blocks(page, "python"):
        if ">>>" in block:
            test = doctest.DocTestParser().get_doctest(block, names, page.name, str(page), 0)
            runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
            assert runner.run(test, clear_globs=False).failed == 0
            names = test.globs
        else:
            exec(compile(block, str(page), "exec"), names)
    assert capsys.readouterr().out


def commands(group, prefix="onrecord"):
    for name, command in group.commands.items():
        yield from commands(command, f"{prefix} {name}") if hasattr(command, "commands") else [f"{prefix} {name}"]


@pytest.mark.parametrize("command", list(commands(main)))
def test_every_command_is_shown_in_the_readme(command):
    assert re.search(rf"{command}\b", (ROOT / "README.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_that_a_page_names_exist(page):
    text = page.read_text(encoding="utf-8")
    named = re.findall(r"`((?:docs|examples|features|scoring|training|benchmarks)/[a-z0-9_./-]+\.\w+)`", text)
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_catalogue_is_the_one_that_is_printed():
    heading, text, table = (ROOT / "docs/features.md").read_text(encoding="utf-8").split("\n\n", 2)
    assert heading.startswith("# ") and text
    assert table == render("md") + "\n"


def test_the_catalogue_has_a_citation_for_everything():
    for feature in onrecord.features.CATALOGUE.values():
        assert feature.citation and feature.unit and feature.direction
        assert "|" not in feature.citation + feature.direction + feature.unit
