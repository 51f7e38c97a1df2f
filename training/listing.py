"""What models there are, and their cards."""

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from onrecord.errors import ModelError
from onrecord.scoring.model import DEFAULT, MODEL_FILE, load_model, locate
from onrecord.training.registry import Registry


@dataclass(frozen=True, slots=True)
class Listed:
    """A model: what to call it, who it says it is, where it lies, and what is wrong with its files, if anything."""

    name: str
    version: str
    sha256: str
    folder: Path
    in_use: bool = False
    problem: str = ""


def list_models(folder: Path | None = None, registry: Registry | None = None) -> list[Listed]:
    """The models that ship, those in the registry, and those in sub-folders of `folder`.

    Raises:
        ModelError: one that is not in the registry is damaged.
    """
    registry = registry or Registry()
    state = registry.state()
    shipped = [_listed(path, state.in_use) for path in _in(Path(str(files("onrecord.scoring") / "models")))]
    registered = []
    for version in state.versions:
        problem = ""
        try:
            registry.check(version)
        except ModelError as error:
            problem = error.problem
        place = registry.folder / "models" / version.name
        used = version.name == state.in_use
        registered.append(Listed(version.name, version.version, version.files[MODEL_FILE], place, used, problem))
    return shipped + registered + [_listed(path, "") for path in (_in(folder) if folder else [])]


def _in(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"*/{MODEL_FILE}"))


def _listed(path: Path, in_use: str) -> Listed:
    model = load_model(str(path))
    return Listed(model.name, model.version, model.sha256, path.parent, model.name == in_use == DEFAULT)


def model_card(name: str | None = None, registry: Registry | None = None) -> str:
    """The card of a model (None: of the one in use) as Markdown, or what the model file says where there is none.

    Raises:
        ModelError: there is no such model.
    """
    from onrecord.training.card import CARD_FILE

    found = (registry or Registry()).resolve(name)
    model = load_model(found)
    card = locate(found).parent / CARD_FILE
    if card.is_file():
        return card.read_text(encoding="utf-8")
    return f"# {model.name}, version {model.version}\n\n{len(model.score.steps)} features; no model card beside it.\n"
