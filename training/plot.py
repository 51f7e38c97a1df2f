"""Reliability and even-handedness as pictures."""

from io import BytesIO
from pathlib import Path
from typing import Any

from onrecord.errors import InputError, LabelError, MissingExtraError
from onrecord.scoring.atomic import write_bytes
from onrecord.training.answers import Judgement
from onrecord.training.even import Even

_COLOUR = "#1f5fa8"


def plot_reliability(judgement: Judgement, path: Path) -> None:
    """Draw mean rating over mean score for five groups of rising score, each as large as it has articles.

    On the diagonal a score means what it says.

    Raises:
        InputError: the file's name does not end in .svg, or it cannot be written.
        LabelError: there are no ratings to draw.
        MissingExtraError: Matplotlib is not installed.
    """
    if path.suffix.lower() != ".svg":
        raise InputError(f"{path} is no picture file", "give a name that ends in .svg")
    if judgement.evaluation is None:
        raise LabelError("pairs alone have no reliability to draw", "give articles with ratings, or leave out --plot")
    figure, axes = _canvas(5, 5)
    axes.set(xlim=(0, 100), ylim=(0, 100), aspect="equal", xlabel="mean score", ylabel="mean rating")
    scores, ratings, counts = zip(*judgement.evaluation.reliability, strict=True)
    axes.plot([0, 100], [0, 100], color="0.7", linewidth=1)
    largest = max(counts)
    axes.scatter(scores, ratings, s=[120 * count / largest for count in counts], color=_COLOUR)
    for score, rating, count in judgement.evaluation.reliability:
        axes.annotate(str(count), (score, rating), xytext=(8, -4), textcoords="offset points", fontsize=8)
    axes.set_title(f"Fifths of {judgement.evaluation.articles} articles by score")
    _write(figure, path)


def plot_groups(even: Even, path: Path) -> None:
    """Draw the mean of score less rating of each group of articles, with its 95% interval.

    Raises:
        InputError: the file cannot be written.
        MissingExtraError: Matplotlib is not installed.
    """
    figure, axes = _canvas(7, 0.3 * len(even.groups) + 1.2)
    axes.axvline(0, color="0.7", linewidth=1)
    for k, group in enumerate(even.groups):
        error = group.error
        axes.plot([error.low, error.high], [k, k], color=_COLOUR)
        axes.plot(error.value, k, "o", color=_COLOUR)
    axes.set_yticks(range(len(even.groups)), [f"{g.by}: {g.name} ({g.articles})" for g in even.groups])
    axes.invert_yaxis()
    axes.set(xlabel="mean of score less rating, in points")
    _write(figure, path)


def _canvas(width: float, height: float) -> tuple[Any, Any]:
    """A figure of so many inches, and its axes."""
    try:
        import matplotlib  # noqa: F401 (its absence is told here, whatever of it was loaded before)
        from matplotlib.figure import Figure
    except ImportError:
        raise MissingExtraError("drawing needs Matplotlib", "pip install 'onrecord[plots]'") from None
    figure = Figure(figsize=(width, height), layout="constrained")
    return figure, figure.add_subplot()


def _write(figure: Any, path: Path) -> None:
    """Write a figure as SVG, the same each time."""
    import matplotlib

    drawn = BytesIO()
    with matplotlib.rc_context({"svg.hashsalt": "onrecord", "svg.fonttype": "none"}):
        figure.savefig(drawn, format="svg", metadata={"Date": None})
    try:
        write_bytes(path, drawn.getvalue())
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror or error})", "choose another place") from error
