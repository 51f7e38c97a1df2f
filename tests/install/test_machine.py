"""onrecord on a fresh machine: each Python, from the wheel and the source distribution, with nothing else there."""

import json
import shlex
import tarfile

import pytest

from .conftest import ROOT, readme_command

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]
EXAMPLES = sorted(path for path in (ROOT / "examples").iterdir() if path.suffix in (".html", ".md", ".txt"))
# Fast, of all three folders of code, and with text of many alphabets.
TESTS = ("features/test_document.py", "features/test_russian.py", "scoring/test_score.py", "scoring/test_record.py")


@pytest.fixture(scope="module", params=[("3.11", "sdist"), ("3.12", "wheel"), ("3.13", "wheel")], ids="-".join)
def core(request, built, install):
    """onrecord without extras."""
    version, kind = request.param
    return install(version, str(getattr(built, kind)), name=f"core-{version}")


@pytest.fixture(scope="module")
def unpacked(built, open_folder):
    """The folder of the source distribution."""
    with tarfile.open(built.sdist) as archive:
        archive.extractall(open_folder / "sdist", filter="data")
    (folder,) = (open_folder / "sdist").iterdir()
    return folder


@pytest.fixture(scope="module")
def everything(unpacked, install):
    """onrecord with all extras, and what the tests chosen here need."""
    return install("3.13", f"{unpacked}[all]", "pytest", "pytest-timeout", "hypothesis", "jsonschema", name="all")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name)
def test_an_example_is_scored(core, path):
    done = core.run("onrecord", "score", str(path), cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    assert " of 100 " in done.stdout


def test_the_page_and_the_json_are_utf_8_whatever_the_locale(core):
    source = str(ROOT / "examples/council-water.html")
    page, record = (core.run("onrecord", "score", "--format", form, source, cwd=ROOT) for form in ("html", "json"))
    assert (page.returncode, page.stderr) == (record.returncode, record.stderr) == (0, "")
    assert "“" in page.stdout and not page.stdout.isascii()
    assert json.loads(record.stdout)["score"]["value"] > 0


@pytest.mark.parametrize("command", ["--version", "features", "models list", "models show default"])
def test_commands_that_need_no_extra_work(core, command):
    done = core.run("onrecord", *command.split(), cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "") and done.stdout


def test_what_an_extra_gives_is_asked_for_in_one_line(core):
    done = core.run("onrecord", "rank", "examples", "-o", str(core.writable / "ranked.csv"), cwd=ROOT)
    assert done.returncode == 2
    assert done.stderr == "onrecord: ranking needs duckdb; pip install 'onrecord[bulk]'\n"


def test_a_page_cannot_be_fetched_without_a_network_and_that_is_one_line(core):
    done = core.run("onrecord", "score", "https://example.org/", cwd=ROOT)
    assert done.returncode == 3
    assert done.stderr.startswith("onrecord: ") and done.stderr.count("\n") == 1


def test_the_first_command_of_the_readme_works_from_the_source_distribution(everything, unpacked):
    install, _, score = readme_command().partition(" && ")
    assert install == "pip install '.[all]'"  # that is how `everything` was made, with the pinned versions
    done = everything.run(*shlex.split(score), cwd=unpacked)
    assert (done.returncode, done.stderr) == (0, "")
    assert " of 100 " in done.stdout


def test_a_corpus_is_ranked_where_only_the_output_can_be_written(everything, unpacked):
    out = everything.writable / "ranked.parquet"
    report = everything.writable / "ranked.html"
    done = everything.run(
        *("onrecord", "rank", "examples/column.txt", "examples/labels.csv", "-o", str(out)),
        *("--report", str(report), "--jobs", "1"),
        cwd=unpacked,
    )
    assert done.returncode == 0, done.stderr
    assert out.stat().st_size and report.stat().st_size


def test_a_part_of_the_tests_passes(everything, unpacked):
    files = [f"tests/{name}" for name in TESTS]
    done = everything.run("python", "-m", "pytest", "-p", "no:cacheprovider", *files, cwd=unpacked)
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout
