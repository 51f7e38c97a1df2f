"""The models of a user, on disk: versions that never change, which of them is in use, and the way back.

    state.json        {"format": 1, "history": ["mine@1", ...], "models": {"mine@1": {..., "files": {NAME: SHA-256}}}}
    models/mine@1/    model.json and what lies beside it, copied
    lock              held by whoever writes

The last of the history is in use ("default" is what ships); an empty one means what ships. The state is replaced as
a whole, so a reader needs no lock. A file that is not what was copied is refused.
"""

import hashlib
import os
import re
import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path

from onrecord.errors import ModelError
from onrecord.scoring.atomic import flush_folder, make_folder, write_bytes
from onrecord.scoring.lock import locked
from onrecord.scoring.model import DEFAULT, MODEL_FILE, load_model, locate
from onrecord.training.state import FILES, State, Version, parse, render

STATE_FILE = "state.json"
HOME = "ONRECORD_HOME"


def default_folder() -> Path:
    """ONRECORD_HOME, or else the folder for data of programs that the platform has for each user."""
    if given := os.environ.get(HOME):
        return Path(given)
    try:
        home = Path.home()
    except RuntimeError:
        home = Path(os.devnull)  # nobody's: nothing is there, and nothing can be written
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = home / "Library" / "Application Support"
    else:
        base = os.environ.get("XDG_DATA_HOME") or home / ".local" / "share"
    return Path(base) / "onrecord"


class Registry:
    """A registry in a folder, which need not exist yet; `default_folder()` if none is given."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or default_folder()

    def state(self) -> State:
        """What is in it now.

        Raises:
            ModelError: the state file is damaged.
        """
        path = self.folder / STATE_FILE
        try:
            return parse(path.read_text(encoding="utf-8"))
        except (FileNotFoundError, NotADirectoryError):
            return State()
        except OSError as error:
            raise self._unreadable(error) from error
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            problem = f"the registry {path} is damaged ({type(error).__name__}: {error})"
            raise ModelError(
                problem, "delete that file, then take the models in 'models' beside it into use"
            ) from error

    def mark(self) -> tuple[int, ...]:
        """What differs after every change of the registry, and is cheap to ask for: which file the state is, and when
        it was written; empty if there is none.

        Raises:
            ModelError: the registry cannot be read.
        """
        path = self.folder / STATE_FILE
        try:
            found = path.stat()
        except (FileNotFoundError, NotADirectoryError):
            return ()
        except OSError as error:
            raise self._unreadable(error) from error
        return found.st_ino, found.st_mtime_ns, found.st_size

    def resolve(self, name: str | None = None) -> str:
        """What `load_model` takes for a name: of a version (`mine@2`), of its latest (`mine`), a folder, or DEFAULT.

        None means the model in use. What ships goes first, then a file or folder of that name, then the registry.

        Raises:
            ModelError: there is no such model, or the files of a version are not those that were added.
        """
        if name is not None and (name == DEFAULT or _is_model(name)):
            return name
        state = self.state()
        name = name or state.in_use
        return DEFAULT if name == DEFAULT else str(self.check(self.version(name, state)))

    def version(self, name: str, state: State | None = None) -> Version:
        """A version by its name, or the latest of the name before the "@".

        Raises:
            ModelError: there is none.
        """
        for version in reversed((state or self.state()).versions):
            if name in (version.name, version.name.rpartition("@")[0]):
                return version
        problem = f"there is no model {name!r}, neither a folder nor in the registry {self.folder}"
        raise ModelError(problem, "see 'onrecord models list', or give a folder that 'onrecord train' wrote")

    def check(self, version: Version) -> Path:
        """The folder of a version, whose files are those that were added.

        Raises:
            ModelError: one of them is missing or has been changed.
        """
        folder = self.folder / "models" / version.name
        remedy = "go back with 'onrecord models rollback', or add the model again from its own folder"
        for name, expected in version.files.items():
            try:
                found = _hash((folder / name).read_bytes())
            except OSError as error:
                problem = f"{folder / name} cannot be read ({error.strerror or error})"
                raise ModelError(problem, remedy) from error
            if found != expected:
                problem = f"{folder / name} was changed: its SHA-256 is {found[:12]}, and {expected[:12]} was added"
                raise ModelError(problem, remedy)
        return folder

    def adopt(self, name: str, instead_of: str, sha256: str | None = None) -> str:
        """Take a model into use: a folder or file is copied as a version, unless there is one that equals it.

        Args:
            instead_of: the version in use that it was compared with.
            sha256: of the model that was compared.

        Raises:
            ModelError: no such model, a damaged one, another model has come into use or this one has changed
                meanwhile, or the folder cannot be written.
        """
        try:
            make_folder(self.folder)
            with locked(self.folder / "lock"):
                state = self.state()
                if state.in_use != instead_of:
                    problem = f"{state.in_use} came into use while {name} was compared with {instead_of}"
                    raise ModelError(problem, "compare again")
                versions = list(state.versions)
                if name != DEFAULT:
                    version = self._add(name, state) if _is_model(name) else self.version(name, state)
                    if sha256 not in (None, version.files[MODEL_FILE]):
                        raise ModelError(f"{name} changed while it was compared with {instead_of}", "compare again")
                    self.check(version)
                    versions += [] if version in versions else [version]
                    name = version.name
                history = state.history if name == state.in_use else (*state.history, name)
                self._write(State(tuple(versions), history))
        except OSError as error:
            raise self._unwritable(error) from error
        return name

    def rollback(self) -> tuple[str, str]:
        """Go back to the model that was in use before; gives the one left and the one that is in use now.

        Raises:
            ModelError: what ships is in use, so there is nothing before it; or the folder cannot be written.
        """
        try:
            make_folder(self.folder)
            with locked(self.folder / "lock"):
                state = self.state()
                if not state.history:
                    problem = "the model that ships is in use, and there is none before it"
                    raise ModelError(problem, "take another into use with 'onrecord models use'")
                before = State(state.versions, state.history[:-1])
                self._write(before)
        except OSError as error:
            raise self._unwritable(error) from error
        return state.in_use, before.in_use

    def _add(self, given: str, state: State) -> Version:
        """Copy a model as the next version of its name, or find the version that it is a copy of.

        A folder without an entry in the state is not a version.
        """
        models = self.folder / "models"
        make_folder(models)
        for stale in models.glob(".new-*"):  # of a process that was killed, for the lock is held
            shutil.rmtree(stale)
        model_file = locate(given)
        sources = [model_file, *(model_file.with_name(file) for file in FILES[1:] if model_file.name == MODEL_FILE)]
        contents = {MODEL_FILE if p is model_file else p.name: p.read_bytes() for p in sources if p.is_file()}
        if locate(given) != model_file or model_file.read_bytes() != contents[MODEL_FILE]:
            raise ModelError(f"{given} changed while it was copied", "take it into use again")
        hashes = {file: _hash(data) for file, data in contents.items()}
        for version in state.versions:
            if version.files == hashes:
                return version
        temporary = Path(tempfile.mkdtemp(prefix=".new-", dir=models))
        try:
            for file, data in contents.items():
                write_bytes(temporary / file, data)
            model = load_model(str(temporary))
            base = re.sub(r"[^\w.-]+", "-", model.name).strip("-.")[:60] or "model"
            if base == DEFAULT:
                raise ModelError(f"{model_file} is named {DEFAULT!r}, like what ships", "train it with another --name")
            taken = {version.name for version in state.versions} | {path.name for path in models.iterdir()}
            name = next(name for k in range(1, len(taken) + 2) if (name := f"{base}@{k}") not in taken)
            temporary.chmod(0o755)
            temporary.rename(models / name)
        except BaseException:  # an interruption too must leave no half copy behind
            shutil.rmtree(temporary, ignore_errors=True)
            raise
        flush_folder(models)
        return Version(name, model.name, model.version, date.today().isoformat(), hashes)

    def _write(self, state: State) -> None:
        write_bytes(self.folder / STATE_FILE, render(state).encode())

    def _unreadable(self, error: OSError) -> ModelError:
        problem = f"the registry {self.folder / STATE_FILE} cannot be read ({error.strerror or error})"
        return ModelError(problem, f"check its permissions, or choose another with --registry or {HOME}")

    def _unwritable(self, error: OSError) -> ModelError:
        problem = f"the registry {self.folder} cannot be written ({error.strerror or error})"
        return ModelError(problem, f"choose another with --registry or {HOME}")


def _is_model(name: str) -> bool:
    try:
        locate(name)
    except ModelError:
        return False
    return True


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
