"""What the documentation shows is run: doctests, commands, Python, and the generated catalogue."""

import doctest
import json
import os
import pkgutil
import re
import shlex
import shutil
import subprocess
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import feature_page
import pytest
import report_page
from click import ClickException
from click.testing import CliRunner
from jsonschema import Draft202012Validator, ValidationError
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
PAGES = [ROOT / "README.md", ROOT / "SECURITY.md", *sorted((ROOT / "docs").glob("*.md"))]
NAMES = ("cli", "cli_options", "cli_ranking", "cli_serving", "cli_training", "errors", "version")
PACKAGES = (onrecord.features, onrecord.scoring, onrecord.training, onrecord.web)
MODULES = [
    "onrecord",
    *(f"onrecord.{name}" for name in NAMES),
    *(info.name for package in PACKAGES for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")),
]
KINDS = {"console", "json", "python", "sh"}
FENCE = re.compile(r"^ *(?:```+|~~~+) *(\S*)", re.MULTILINE)
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# Commands that are not run here, each with why, and the file that runs it or what it stands for.
NOT_RUN = {
    r"^onrecord (?!serve).*https?://": "fetches from the internet; tests/scoring/test_fetch.py has pages of its own",
    r"^onrecord serve\b": "runs until it is ended; tests/web/test_process.py starts it",
    r"^curl ": "asks a server; what it sends is checked here, and tests/web/test_api.py sends the like",
    r"^onrecord .*--engine dask": "needs a cluster; tests/scoring/ranking/test_cluster.py has one",
    r"^dask (scheduler|worker)\b": "starts a cluster; tests/scoring/ranking/test_cluster.py has one",
    r"^pip install\b": "installs; .ci/run and tests/install/test_machine.py do",
    r"^SOURCE_DATE_EPOCH=.* pip wheel\b": "builds; tests/install/test_build.py does",
    r"^cyclonedx-py\b": "looks at a whole installation; tests/install/test_sbom.py runs it",
    r"^fpath=|^autoload ": "for zsh alone; tests/test_completion.py asks that shell",
}
# One record of the corpus has no text, on purpose; the text beside the block says so.
SOME_FAIL = re.compile(r"^onrecord rank examples(?:/corpus\.jsonl)? ")


def blocks(page, kind):
    return [body for name, body in BLOCK.findall(page.read_text(encoding="utf-8")) if name == kind]


def reason_not_to_run(command):
    """Why a command is not run; None for one that is."""
    return next((reason for pattern, reason in NOT_RUN.items() if re.search(pattern, command)), None)


def shown_commands(page):
    """Every command that a page shows."""
    for block in blocks(page, "console"):
        yield from (command for command, _ in steps(block))
    for block in blocks(page, "sh"):
        yield from block.splitlines()


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


def check_without_running(command):
    """See that a command which is not run could be: its options exist, or it sends what the server takes."""
    program, *arguments = shlex.split(command, comments=True)
    if program == "onrecord":
        name, *rest = arguments
        main.commands[name].make_context(name, rest)
    elif program == "curl":
        check_request(arguments)


def check_request(arguments):
    """See that the path exists, and that the body is what it takes."""
    from onrecord.web.openapi import document

    described = document()
    (url,) = [argument for argument in arguments if argument.startswith("http://127.0.0.1:8765/")]
    operations = described["paths"][url.removeprefix("http://127.0.0.1:8765")]
    if "-d" not in arguments:
        assert "get" in operations
        return
    assert "Content-Type: application/json" in arguments
    schema = operations["post"]["requestBody"]["content"]["application/json"]["schema"]
    body = json.loads(arguments[arguments.index("-d") + 1])
    Draft202012Validator({**described, **schema}).validate(body)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_block_is_of_a_kind_that_is_run_or_checked(page):
    fences = FENCE.findall(page.read_text(encoding="utf-8"))
    opening, closing = fences[::2], fences[1::2]
    assert set(opening) <= KINDS and set(closing) <= {""} and len(opening) == len(closing)
    assert sum(len(blocks(page, kind)) for kind in KINDS) == len(opening)


@pytest.mark.parametrize(("pattern", "reason"), NOT_RUN.items())
def test_what_is_not_run_is_there_and_its_reason_holds(pattern, reason):
    assert any(re.search(pattern, command) for page in PAGES for command in shown_commands(page)), "no page has it"
    named = re.findall(r"(?:tests|\.ci)/[\w/.]*\w", reason)
    assert named and [name for name in named if not (ROOT / name).is_file()] == []


@pytest.mark.parametrize(
    "command", ["onrecord serve --no-such-option", "onrecord score --formt x https://example.org/"]
)
def test_a_command_that_could_not_be_run_is_found(command):
    with pytest.raises(ClickException):
        check_without_running(command)


def test_a_request_that_the_server_would_not_take_is_found():
    with pytest.raises(KeyError):
        check_without_running("curl http://127.0.0.1:8765/api/scores")
    with pytest.raises(ValidationError):
        check_without_running(
            "curl http://127.0.0.1:8765/api/rank -H 'Content-Type: application/json' -d '{\"articles\": 1}'"
        )


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
            if reason_not_to_run(command):
                check_without_running(command)
                continue
            program, *arguments = shlex.split(command, comments=True)
            assert program == "onrecord", command
            with threadpool_limits(1):
                result = CliRunner().invoke(main, arguments)
            assert result.exit_code == (1 if SOME_FAIL.search(command) else 0), f"{command}\n{result.output}"
            printed = [line.strip() for line in result.output.splitlines()]
            assert [line for line in shown if line not in printed] == [], command


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "sh")], ids=lambda page: page.name)
def test_the_shell_of_a_page_runs(page, tmp_path):
    lines = [line for block in blocks(page, "sh") for line in block.splitlines() if not reason_not_to_run(line)]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"HOME": str(tmp_path), "PATH": path}
    script = "\n".join(["set -euo pipefail", *lines])
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    written = [Path(tmp_path, name) for name in re.findall(r"> ~/(\S+)", script)]
    assert [file.name for file in written if not file.stat().st_size] == []


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "json")], ids=lambda page: page.name)
def test_the_json_of_a_page_is_a_report(page):
    for block in blocks(page, "json"):
        Draft202012Validator(report_page.SCHEMA).validate(json.loads(block))


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


FOLDERS = "benchmarks|docs|examples|features|scoring|tests|tools|training|web"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_files_and_programs_that_a_page_names_exist(page):
    text = page.read_text(encoding="utf-8")
    named = re.findall(rf"`((?:{FOLDERS})/[a-z0-9_./-]+\.\w+)`", text) + re.findall(r"`python (\w\S*\.py)", text)
    assert [name for name in named if not (ROOT / name).exists()] == []
    modules = re.findall(r"`python -m (onrecord[\w.]*)", text)
    assert [name for name in modules if find_spec(name) is None] == []


@pytest.mark.parametrize("made", [feature_page, report_page], ids=lambda module: module.__name__)
def test_a_page_that_is_made_is_the_one_that_its_tool_makes(made):
    name = {feature_page: "features.md", report_page: "report.md"}[made]
    again = f"python tools/{made.__name__}.py > docs/{name}"
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == made.page(), again


@pytest.mark.parametrize("made", [feature_page, report_page], ids=lambda module: module.__name__)
def test_the_examples_in_the_tools_hold(made):
    assert doctest.testmod(made).failed == 0


def test_every_feature_is_shown_where_it_is_found():
    shown = feature_page.examples()
    assert list(shown) == list(onrecord.features.CATALOGUE)
    assert [name for name, example in shown.items() if not example.measurement.value > 0] == []


def test_the_printed_catalogue_has_every_feature():
    rows = render("md").splitlines()[2:]
    assert [row.split(" | ")[0].lstrip("| ") for row in rows] == list(onrecord.features.CATALOGUE)


# The least and the most that a feature gives, in points.
RANGE = re.compile(r"^\| (\w+\.\w+) \| ([-+]\d+\.\d \| [-+]\d+\.\d) \|", re.MULTILINE)
CARD = (ROOT / "scoring/models/default/card.md").read_text(encoding="utf-8")


def test_the_limits_have_the_figures_of_the_model_card():
    text = " ".join((ROOT / "docs/limits.md").read_text(encoding="utf-8").split())
    figures = re.findall(r"-?\d+\.\d+ \(-?\d+\.\d+ to -?\d+\.\d+\)", text)
    assert len(figures) > 5
    assert [figure for figure in figures if figure not in CARD] == []


def test_the_limits_name_what_can_be_gained_by_gaming():
    text = (ROOT / "docs/limits.md").read_text(encoding="utf-8")
    ranges, shown = (dict(RANGE.findall(each)) for each in (CARD, text))
    assert len(ranges) > len(shown) > 3
    assert shown.items() <= ranges.items()
    rest = [figure for name, figure in ranges.items() if name not in shown]
    assert max(abs(float(end)) for figure in rest for end in figure.split(" | ")) < 1.5


def test_the_catalogue_has_a_citation_for_everything():
    for feature in onrecord.features.CATALOGUE.values():
        assert feature.citation and feature.unit and feature.direction
        assert "|" not in feature.citation + feature.direction + feature.unit
