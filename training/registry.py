"""The models on this machine: the ones that ship, and folders given by the user."""

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from onrecord.scoring.model import MODEL_FILE, Model, load_model, locate
from onrecord.training.card import CARD_FILE


@dataclass(frozen=True, slots=True)
class Listed:
    """A model and the folder in which it lies."""

    model: Model
    folder: Path


def list_models(folder: Path | None = None) -> list[Listed]:
    """The models that ship, and those in sub-folders of `folder`.

    Raises:
        ModelError: one of them is damaged.
    """
    roots = [Path(str(files("onrecord.scoring") / "models"))] + ([folder] if folder else [])
    found = sorted(path for root in roots for path in root.glob(f"*/{MODEL_FILE}"))
    return [Listed(load_model(str(path)), path.parent) for path in found]


def model_card(name: str) -> str:
    """The card of a model as Markdown, or what the model file itself says when there is none.

    Raises:
        ModelError: there is no such model.
    """
    model = load_model(name)
    card = locate(name).parent / CARD_FILE
    if card.is_file():
        return card.read_text(encoding="utf-8")
    return f"# {model.name}, version {model.version}\n\n{len(model.score.steps)} features; no model card beside it.\n"
