"""The reliability of scores as a picture."""

from io import BytesIO
from pathlib import Path

from onrecord.errors import InputError, LabelError, MissingExtraError
from onrecord.scoring.atomic import write_bytes
from onrecord.training.answers import Judgement


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
    try:
        import matplotlib
        from matplotlib.figure import Figure
    except ImportError:
        raise MissingExtraError("drawing needs Matplotlib", "pip install 'onrecord[plots]'") from None
    scores, ratings, counts = zip(*judgement.evaluation.reliability, strict=True)
    figure = Figure(figsize=(5, 5), layout="constrained")
    axes = figure.add_subplot(xlim=(0, 100), ylim=(0, 100), aspect="equal", xlabel="mean score", ylabel="mean rating")
    axes.plot([0, 100], [0, 100], color="0.7", linewidth=1)
    largest = max(counts)
    axes.scatter(scores, ratings, s=[120 * count / largest for count in counts], color="#1f5fa8")
    for score, rating, count in judgement.evaluation.reliability:
        axes.annotate(str(count), (score, rating), xytext=(8, -4), textcoords="offset points", fontsize=8)
    axes.set_title(f"Fifths of {judgement.evaluation.articles} articles by score")
    drawn = BytesIO()
    with matplotlib.rc_context({"svg.hashsalt": "onrecord", "svg.fonttype": "none"}):
        figure.savefig(drawn, format="svg", metadata={"Date": None})
    try:
        write_bytes(path, drawn.getvalue())
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror or error})", "choose another place") from error
