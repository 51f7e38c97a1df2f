"""Which model answers: the one that the server was started with, or another that is on this machine, by its name."""

from pathlib import Path
from typing import Any

from onrecord.scoring.model import DEFAULT, load_model
from onrecord.training.listing import list_models
from onrecord.training.registry import Registry
from onrecord.web.problems import Problem


class Models:
    """The models that requests may name. A name from a request is never read as a path.

    Args:
        model: a name or a folder, from whoever starts the server; None for the one in use.
        registry: the folder of the user's models.

    Raises:
        ModelError: there is no such model, or it is damaged.
    """

    def __init__(self, model: str | None, registry: Path | None) -> None:
        self.registry = Registry(registry)
        self._given = model
        self._read()

    def _read(self) -> None:
        mark = self.registry.mark()
        path = self.registry.resolve(self._given)
        load_model(path)
        self._mark, self._path = mark, path  # of a model that can be used; else the next request looks again

    def _own(self) -> str:
        """The model of this server: what it was started with, or what is in use now, whoever took it into use."""
        if self._given is None and self._mark != self.registry.mark():
            self._read()
        return self._path

    def find(self, name: str | None) -> str:
        """What `load_model` takes, for a name; None for the model of this server.

        Raises:
            Problem: there is no such model (404).
            ModelError: its files were changed, or the registry cannot be read.
        """
        if not name:
            return self._own()
        if name == DEFAULT:
            return DEFAULT
        known = {
            alias for each in self.registry.state().versions for alias in (each.name, each.name.rpartition("@")[0])
        }
        if name not in known:
            raise Problem(404, f"there is no model {name[:80]!r}", "see /api/models for those that there are")
        return str(self.registry.check(self.registry.version(name)))

    def listed(self) -> list[dict[str, Any]]:
        """A record for each model; the one in use is that of the commands."""
        keys = ("name", "version", "sha256", "in_use", "problem")
        return [{key: getattr(each, key) for key in keys} for each in list_models(None, self.registry)]
