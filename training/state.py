"""What a registry remembers, and the JSON that it is kept in."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from onrecord.scoring.model import DEFAULT, MODEL_FILE

FORMAT = 1
# What a version consists of; other files of a model's folder are left where they are.
FILES = (MODEL_FILE, "matrix.npz", "card.md", "evaluation.json")


@dataclass(frozen=True, slots=True)
class Version:
    """A model in the registry: `mine@2` is the second that was added under the name mine.

    Attributes:
        model: the name in the model file itself; `version` likewise.
        files: the SHA-256 of each file, by name.
    """

    name: str
    model: str
    version: str
    added: str
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class State:
    """All versions in the order in which they were added, and those taken into use, the one in use last."""

    versions: tuple[Version, ...] = ()
    history: tuple[str, ...] = ()

    @property
    def in_use(self) -> str:
        """The version in use, or DEFAULT."""
        return self.history[-1] if self.history else DEFAULT


def render(state: State) -> str:
    """The state as JSON."""
    models = {
        version.name: {
            "model": version.model,
            "version": version.version,
            "added": version.added,
            "files": dict(version.files),
        }
        for version in state.versions
    }
    return json.dumps({"format": FORMAT, "history": state.history, "models": models}, indent=1) + "\n"


def parse(text: str) -> State:
    """Read a state; raises one of ValueError, KeyError, TypeError, AttributeError, RecursionError for a damaged one."""
    record = json.loads(text)
    if repr(record["format"]) != repr(FORMAT):
        raise ValueError(f"format {record['format']!r}, expected {FORMAT}")
    versions = tuple(_version(name, entry) for name, entry in record["models"].items())
    history = tuple(record["history"])
    if unknown := [name for name in history if name not in (DEFAULT, *record["models"])]:
        raise ValueError(f"{unknown[0]!r} is in the history and not among the models")
    return State(versions, history)


def _version(name: str, entry: Mapping[str, Any]) -> Version:
    # The names become paths below the registry, so they may not lead out of it.
    files = {str(file): str(sha256) for file, sha256 in entry["files"].items()}
    if not re.fullmatch(r"[\w.-]+@\d+", name) or name.startswith(".") or not {MODEL_FILE} <= set(files) <= set(FILES):
        raise ValueError(f"{name!r} is no version")
    return Version(name, str(entry["model"]), str(entry["version"]), str(entry["added"]), files)
