"""The pictures of an overview: SVG to stand inside a page, in whose colours and type it is drawn.

Each is drawn twice, for a wide and for a narrow page, so that its words are as large as those around it. The same
figures give the same bytes.
"""

import math
import re
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from html import escape
from io import StringIO
from typing import TYPE_CHECKING, Any

from onrecord.errors import MissingExtraError
from onrecord.scoring.display import clean
from onrecord.scoring.ranking.tallies import Publisher, Spread

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WIDE, NARROW = 7.6, 3.3  # inches
BIN = 2.5  # points
LONGEST_NAME = {WIDE: 40, NARROW: 20}

# Colours that Matplotlib takes, and what stands in their place on the page.
_INK, _SOFT, _LINE, _MARK, _FILL = "#010101", "#020202", "#030303", "#040404", "#050505"
_STYLES = {_INK: "currentColor", _SOFT: "var(--soft)", _LINE: "var(--line)", _MARK: "var(--mark)", _FILL: "var(--fill)"}
_SETTINGS: dict[Any, Any] = {
    "svg.hashsalt": "onrecord",
    "svg.fonttype": "none",
    "text.parse_math": False,
    "font.size": 8.5,
    "text.color": _INK,
    "axes.edgecolor": _SOFT,
    "axes.labelcolor": _SOFT,
    "xtick.color": _SOFT,
    "ytick.color": _SOFT,
    "xtick.labelcolor": _SOFT,
    "ytick.labelcolor": _INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
}
_NOTHING = dict.fromkeys(("Date", "Creator", "Format", "Type"))


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as two `<svg>` elements with a title and a description: for wide and for narrow pages."""

    wide: str
    narrow: str


def distribution(scores: Spread) -> Picture:
    """A histogram of scores with their mean and quartiles."""
    quartiles = [scores.quantile(share) for share in (0.25, 0.5, 0.75)]
    edges = [BIN * i for i in range(round(100 / BIN) + 1)]
    counts = scores.histogram(edges)

    def draw(axes: "Axes", width: float) -> None:
        axes.bar(edges[:-1], counts, width=BIN * 0.88, align="edge", color=_FILL)
        top = float(counts.max()) * 1.06
        axes.vlines([quartiles[0], quartiles[2]], 0, top, color=_INK, linewidth=1, linestyle=(0, (3, 2)))
        axes.vlines(scores.mean, 0, top, color=_MARK, linewidth=2)
        for value, words, side in (
            (quartiles[0], f"a quarter below {quartiles[0]:.0f}", "right"),
            (quartiles[2], f"a quarter above {quartiles[2]:.0f}", "left"),
        ):
            axes.annotate(words, (value, top), (0, 2), textcoords="offset points", ha=side, va="bottom")
        axes.annotate(
            f"mean {scores.mean:.0f}", (scores.mean, top), (0, 14), textcoords="offset points", ha="center", va="bottom"
        )
        axes.set(xlim=(0, 100), ylim=(0, top * 1.02), xlabel="score", ylabel="articles")
        axes.set_xticks(range(0, 101, 20))
        axes.locator_params(axis="y", nbins=5, integer=True)
        axes.yaxis.set_major_formatter("{x:,.0f}")

    said = (
        f"Histogram of {scores.total:,} scores from 0 to 100. Mean {scores.mean:.1f}; a quarter of the articles are "
        f"below {quartiles[0]:.1f}, half below {quartiles[1]:.1f}, and a quarter above {quartiles[2]:.1f}."
    )
    return _picture("distribution", "Distribution of scores", said, draw, lambda width: width * (0.38, 0.8)[width < 5])


def publisher_means(publishers: Sequence[Publisher], mean: float) -> Picture:
    """The mean score of each publisher as a dot with its interval, the highest above.

    Args:
        publishers: with a mean.
        mean: of all articles, drawn as a line.
    """
    ends = [end for each in publishers for end in (each.low, each.mean, each.high) if end is not None]
    # Whole tens: the scale is cut to where publishers are, so that what tells them apart can be seen.
    lowest = 10 * math.floor(min(*ends, mean) / 10)
    highest = max(10 * math.ceil(max(*ends, mean) / 10), lowest + 10)

    def draw(axes: "Axes", width: float) -> None:
        axes.axvline(mean, color=_SOFT, linewidth=1, linestyle=(0, (3, 2)))
        for place, each in enumerate(publishers):
            if each.low is not None and each.high is not None:
                axes.hlines(place, each.low, each.high, color=_MARK, linewidth=2, alpha=0.55)
            hollow = "none" if each.few else _MARK
            axes.plot([each.mean or 0.0], [place], "o", markersize=5, color=_MARK, markerfacecolor=hollow)
        names = [_short(each.name, LONGEST_NAME[width]) for each in publishers]
        axes.set_yticks(range(len(names)), names)
        axes.set(xlim=(lowest, highest), ylim=(len(publishers) - 0.4, -0.6), xlabel="mean score")
        axes.grid(axis="x", color=_LINE, linewidth=0.6)
        axes.set_axisbelow(True)
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)

    said = "Mean score of each publisher with its interval of 95 percent, the highest first; the table has the figures."
    return _picture("publishers", "Scores by publisher", said, draw, lambda _: 0.6 + 0.2 * len(publishers))


def family_points(families: Sequence[tuple[str, Spread]]) -> Picture:
    """What each family adds to scores or takes away: a box for the middle half, a line for nine tenths."""
    boxes = [(name, [spread.quantile(q) for q in (0.05, 0.25, 0.5, 0.75, 0.95)]) for name, spread in families]

    def draw(axes: "Axes", width: float) -> None:
        axes.axvline(0, color=_SOFT, linewidth=1)
        for place, (lowest, low, middle, high, highest) in enumerate(box for _, box in boxes):
            axes.hlines(place, lowest, highest, color=_INK, linewidth=1)
            axes.barh(place, high - low, left=low, height=0.5, color=_FILL, edgecolor=_INK, linewidth=0.8)
            axes.vlines(middle, place - 0.25, place + 0.25, color=_MARK, linewidth=2.5)
        axes.set_yticks(range(len(boxes)), [name for name, _ in boxes])
        axes.set(ylim=(len(boxes) - 0.4, -0.6), xlabel="points added or taken away")
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:+.0f}".replace("-", "−") if value else "0")
        axes.grid(axis="x", color=_LINE, linewidth=0.6)
        axes.set_axisbelow(True)
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_visible(False)

    said = " ".join(
        f"{name.capitalize()}: median {box[2]:+.1f} points, half between {box[1]:+.1f} and {box[3]:+.1f}."
        for name, box in boxes
    )
    return _picture("families", "Points by family", said, draw, lambda _: 0.6 + 0.34 * len(boxes))


def _short(name: str, length: int) -> str:
    name = clean(name)
    return name if len(name) <= length else name[: length - 1] + "…"


def _picture(name: str, title: str, said: str, draw: Callable[..., None], height: Callable[[float], float]) -> Picture:
    """Draw on axes, once for each width; `height` gives the inches for a width."""
    wide, narrow = (
        _svg(f"{name}-{kind}", title, said, partial(draw, width=width), (width, height(width)))
        for kind, width in (("wide", WIDE), ("narrow", NARROW))
    )
    return Picture(wide, narrow)


def _svg(name: str, title: str, said: str, draw: Callable[["Axes"], None], size: tuple[float, float]) -> str:
    """One `<svg>` element, whose ids begin with `name` because a page has several."""
    try:
        import matplotlib
        from matplotlib.figure import Figure
    except ImportError:
        raise MissingExtraError("a report needs Matplotlib", "pip install 'onrecord[plots]'") from None
    drawn = StringIO()
    with matplotlib.rc_context(_SETTINGS), warnings.catch_warnings():
        # The page's own font draws the letters; that Matplotlib's lacks some makes no difference.
        warnings.filterwarnings("ignore", message="Glyph .* missing from")
        figure = Figure(figsize=size, layout="constrained")
        figure.patch.set_visible(False)
        axes = figure.add_subplot()
        axes.patch.set_visible(False)
        draw(axes)
        figure.savefig(drawn, format="svg", metadata=_NOTHING)
    return _inline(drawn.getvalue(), name, title, said)


def _inline(svg: str, name: str, title: str, said: str) -> str:
    """An SVG file as an element of a page: in its colours and type, and named for those who cannot see it."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r'(?<= id=")|(?<=href="#)|(?<=url\(#)', f"{name}-", svg)
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r"(?<=font-family: )[^;\"]*", "inherit", svg)
    svg = re.sub(r"(font: [^;\"']*?px )[^;\"]*", r"\1system-ui, sans-serif", svg)
    for colour, style in _STYLES.items():
        svg = svg.replace(colour, style)
    head, _, body = svg.partition(">")
    labels = f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-desc">{escape(said)}</desc>'
    return f'{head} role="img" aria-labelledby="{name}-title {name}-desc">{labels}{body}'
