"""The project as it is built and installed from nothing: copies, builds, and the Pythons of this machine."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pytest

ROOT = Path(__file__).parents[2]
REQUIRED = "install" in os.environ.get("ONRECORD_REQUIRE", "")
NOT_COPIED = shutil.ignore_patterns(
    *(".git", ".venv", ".hypothesis", ".*_cache", "__pycache__", "*.egg-info", "build", "dist", "site")
)
BUILD = """
import reproducible, sys

folder = sys.argv[1]  # setuptools puts arguments of its own there
reproducible.build_sdist(folder)
reproducible.build_wheel(folder)
"""


@dataclass(frozen=True, slots=True)
class Built:
    """A source distribution and a wheel."""

    sdist: Path
    wheel: Path


def copy(target: Path) -> Path:
    """The checkout without what git ignores."""
    return Path(shutil.copytree(ROOT, target, ignore=NOT_COPIED))


def build(source: Path, target: Path, environment: Mapping[str, str], umask: int = 0o022) -> Built:
    """Both distributions of a copy, made in a process of their own."""
    target.mkdir()
    subprocess.run(
        [sys.executable, "-c", BUILD, str(target)],
        cwd=source,
        env={**os.environ, "PYTHONPATH": str(source / "tools"), **environment},
        umask=umask,
        check=True,
        capture_output=True,
    )
    (sdist,), (wheel,) = target.glob("*.tar.gz"), target.glob("*.whl")
    return Built(sdist, wheel)


def lacking(what: str) -> NoReturn:
    """Skip a test that needs what this machine lacks, or fail if ONRECORD_REQUIRE has "install"."""
    (pytest.fail if REQUIRED else pytest.skip)(what)


def interpreter(version: str) -> str:
    """Python of a version, on the PATH or kept by pyenv.

    Where it is not installed the test is skipped or fails (`lacking`).
    """
    kept = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"), "versions")
    for found in (shutil.which(f"python{version}"), *map(str, sorted(kept.glob(f"{version}.*/bin/python{version}")))):
        # A shim of pyenv is there for versions that it does not give.
        if found and subprocess.run([found, "--version"], capture_output=True).returncode == 0:
            return found
    lacking(f"Python {version} is not installed")


@pytest.fixture(scope="session")
def open_folder() -> Iterator[Path]:
    """A folder that other users can enter, unlike those of pytest."""
    folder = Path(tempfile.mkdtemp(prefix="onrecord-install-"))
    folder.chmod(0o755)
    yield folder
    subprocess.run(["rm", "-rf", str(folder)], check=True)  # root needs no right to write; see `confined`


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Both distributions of this checkout."""
    folder = tmp_path_factory.mktemp("built")
    return build(copy(folder / "source"), folder / "dist", {})


@dataclass(frozen=True, slots=True)
class Machine:
    """An installation on a machine that has nothing: no compiler, no home, no locale, no network, no right to write.

    Attributes:
        environment: the virtual environment.
        writable: the one folder that its user may write to.
    """

    environment: Path
    writable: Path

    def run(self, *command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        """A command of the environment, run by a user who is nobody; its output is read as UTF-8."""
        variables = {
            "PATH": str(self.environment / "bin"),
            "TMPDIR": str(self.writable),
            "LC_ALL": "C",
            "PYTHONUTF8": "0",
            "PYTHONCOERCECLOCALE": "0",
        }
        pairs = [f"{name}={value}" for name, value in variables.items()]
        return subprocess.run(
            [*confined(), "env", "-i", *pairs, *command], cwd=cwd, capture_output=True, encoding="utf-8", timeout=300
        )


def confined() -> list[str]:
    """What runs a command without a network, as a user who has no name and may read everything and write nothing."""
    may = "-all,+dac_read_search"
    user = ["--reuid=54321", "--regid=54321", "--clear-groups", "--no-new-privs"]
    rights = [f"--inh-caps={may}", f"--ambient-caps={may}", f"--bounding-set={may}"]
    command = ["unshare", "--net", "setpriv", *user, *rights]
    try:
        subprocess.run([*command, "true"], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        lacking("only root of Linux can take rights and the network away")
    return command


@pytest.fixture(scope="session")
def install(open_folder: Path) -> Callable[..., Machine]:
    """Install pinned versions into a new environment that nobody can write to: `install("3.12", "a.whl", name="a")`."""

    def run(version: str, *what: str, name: str) -> Machine:
        confined()
        environment, writable = open_folder / name, open_folder / f"{name}-work"
        subprocess.run([interpreter(version), "-m", "venv", str(environment)], check=True)
        variables = {key: value for key, value in os.environ.items() if key not in ("HOME", "PYTHONPATH")}
        variables["PATH"] = str(environment / "bin")
        pip = [str(environment / "bin" / "pip"), "install", "-q", "-c", str(ROOT / "constraints.txt"), *what]
        done = subprocess.run(pip, env=variables, capture_output=True, text=True, timeout=900)
        assert done.returncode == 0, done.stderr
        subprocess.run(["chmod", "-R", "a-w", str(environment)], check=True)
        writable.mkdir()
        writable.chmod(0o777)
        return Machine(environment, writable)

    return run


def readme_command() -> str:
    """The first command that README.md shows."""
    found = re.search(r"^```sh\n(.+)$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert found
    return found[1]
