"""Completion in the shells themselves, and what the program answers them: commands, options, choices, models, files."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from onrecord.training.state import State, Version, render

SHELLS = ("bash", "zsh", "fish")
ONRECORD = Path(sys.executable).with_name("onrecord")


def environment(**more: str) -> dict[str, str]:
    return os.environ | {"PATH": f"{ONRECORD.parent}{os.pathsep}{os.environ['PATH']}"} | more


def ask(*words: str, **more: str) -> list[str]:
    """What the program answers when the last of the words is to be completed, as bash is told: "type,value"."""
    line = " ".join(("onrecord", *words))
    told = {"_ONRECORD_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": str(len(words))}
    done = subprocess.run([ONRECORD], env=environment(**told, **more), capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout.split()


@pytest.mark.parametrize(
    ("words", "answers"),
    [
        (["sc"], ["plain,score"]),
        (["models", "ro"], ["plain,rollback"]),
        (["score", "--for"], ["plain,--format"]),
        (["score", "--format", "h"], ["plain,html"]),
        (["score", "exam"], ["file,exam"]),
        (["extract", "exam"], ["file,exam"]),
        (["rank", "exam"], ["file,exam"]),
        (["rank", "a.html", "-o", "ra"], ["file,ra"]),
        (["train", "lab"], ["file,lab"]),
        (["label", "exam"], ["file,exam"]),
        (["score", "--model", "def"], ["plain,default"]),
        (["models", "show", "my-folder/"], ["dir,my-folder/"]),
        (["score", "--registry", "some"], ["dir,some"]),
    ],
)
def test_what_can_stand_there_is_offered(words: list[str], answers: list[str]) -> None:
    assert ask(*words) == answers


def registry(folder: Path, *names: str) -> str:
    """A registry of models by name, none of whose files is there: completion must not open them."""
    versions = tuple(Version(name, "mine", "1", "2026-01-01", {"model.json": "0" * 64}) for name in names)
    (folder / "state.json").write_text(render(State(versions, names)), encoding="utf-8")
    return str(folder)


def test_models_of_the_registry_are_offered(tmp_path: Path) -> None:
    home = registry(tmp_path, "mine@1", "mine@2", "other@1")
    assert ask("score", "--model", "mi", ONRECORD_HOME=home) == ["plain,mine@1", "plain,mine@2"]
    assert ask("models", "compare", "default", "o", ONRECORD_HOME=home) == ["plain,other@1"]
    assert ask("score", "--registry", home, "--model", "mi") == ["plain,mine@1", "plain,mine@2"]


def test_a_damaged_registry_does_not_disturb_a_line(tmp_path: Path) -> None:
    (tmp_path / "state.json").write_text("{", encoding="utf-8")
    assert ask("score", "--model", "", ONRECORD_HOME=str(tmp_path)) == ["plain,default"]


def needs(shell: str) -> str:
    found = shutil.which(shell)
    if found is None:
        pytest.skip(f"needs {shell}")
    return found


def script(shell: str, folder: Path) -> Path:
    """The script that the documentation says to save."""
    told = environment(_ONRECORD_COMPLETE=f"{shell}_source")
    done = subprocess.run([ONRECORD], env=told, capture_output=True, text=True, check=True)
    assert done.stderr == ""
    file = folder / f"onrecord.{shell}"
    file.write_text(done.stdout, encoding="utf-8")
    return file


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_is_one_that_the_shell_can_read(shell: str, tmp_path: Path) -> None:
    subprocess.run([needs(shell), "-n", script(shell, tmp_path)], check=True, timeout=60)


def test_bash_completes_a_command(tmp_path: Path) -> None:
    line = "COMP_WORDS=(onrecord mod); COMP_CWORD=1; _onrecord_completion onrecord; echo ${COMPREPLY[@]}"
    command = [needs("bash"), "--norc", "-c", f"source {script('bash', tmp_path)}; {line}"]
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split() == ["models"]


def test_fish_completes_a_command(tmp_path: Path) -> None:
    command = [needs("fish"), "--no-config", "-c", f"source {script('fish', tmp_path)}; complete -C 'onrecord mod'"]
    told = environment(HOME=str(tmp_path))
    done = subprocess.run(command, env=told, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split()[0] == "models"


def test_zsh_completes_a_command(tmp_path: Path) -> None:
    # In place of the completion system, which needs a terminal: functions that print what they are given.
    stubs = "compdef() { :; }; _describe() { print -l ${(P)3}; }; compadd() { :; }"
    line = f"{stubs}; source {script('zsh', tmp_path)}; words=(onrecord mod); CURRENT=2; _onrecord_completion"
    done = subprocess.run(
        [needs("zsh"), "-f", "-c", line], env=environment(), capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.startswith("models:")
