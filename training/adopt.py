"""Taking a model into use: only if it is no worse, unless somebody insists.

*No worse* is said of labels, article by article against the model in use, both answering an article that they were
trained on as if they had seen nothing of its publisher (`answers`): the mean absolute error may not be more than
TOLERANCE points larger, and the share of pairs put in order may not be smaller.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import ModelError, WorseModelError
from onrecord.scoring.model import load_model
from onrecord.training.answers import Comparison, compare
from onrecord.training.label_set import read_label_set
from onrecord.training.registry import Registry

# Points: half of the last digit that a score is printed with.
TOLERANCE = 0.05


@dataclass(frozen=True, slots=True)
class Adopted:
    """The name of the version in use now and of the one before, and how they compared; None if nobody asked.

    `skipped` has a line for each row of the labels that was passed over.
    """

    name: str
    before: str
    comparison: Comparison | None
    skipped: tuple[str, ...]


def use(
    name: str,
    labels: Sequence[Path] = (),
    *,
    force: bool = False,
    registry: Registry | None = None,
    skip_bad: bool = False,
    jobs: int = -1,
) -> Adopted:
    """Take a model into use.

    Args:
        name: a folder that `train` wrote, whose model is copied into the registry, or a version in it.
        labels: label files; without any, `force` is needed.
        force: adopt it even if it is worse.

    Raises:
        WorseModelError: it is worse than the model in use.
        ModelError: no such model, a damaged one, or neither labels nor force.
        LabelError: labels that cannot be used.
    """
    registry = registry or Registry()
    if not labels and not force:
        raise ModelError(f"without labels nobody can tell whether {name} is worse", "give --labels FILE, or --force")
    before, given = registry.state().in_use, registry.resolve(name)
    sha256 = load_model(given).sha256
    if not labels:
        return Adopted(registry.adopt(name, before, sha256), before, None, ())
    found = read_label_set(labels, skip_bad=skip_bad)
    comparison = compare(found, registry.resolve(before), given, jobs)
    if not force and (how := worse(comparison)):
        raise WorseModelError(f"{name} is not adopted: {how} than that of {before}", "give --force to adopt it")
    return Adopted(registry.adopt(name, before, sha256), before, comparison, found.skipped)


def worse(comparison: Comparison) -> str:
    """By how much the second model is worse; empty if it is not."""
    found = []
    if comparison.error and comparison.error.value > TOLERANCE:
        error = comparison.error
        found.append(
            f"its mean absolute error is {error.value:.2f} points ({error.low:.2f} to {error.high:.2f}) larger"
        )
    if comparison.pairs and comparison.pairs.value < 0:
        found.append(f"its share of pairs in order is {-comparison.pairs.value:.3f} smaller")
    return " and ".join(found)
