"""From scores to tags: the likeliest row of tags of every chain of tokens."""

import numpy as np
import numpy.typing as npt

from onrecord.features.tagging.observations import CLOSES, Block, Observations
from onrecord.features.tagging.tags import Tags
from onrecord.features.tagging.words import Numbers

# Longer paragraphs are decoded in parts.
MAX_CHAIN = 256
# A transition is weighed by what it crosses: quotation marks, a sentence's end, punctuation.
CROSSINGS = (CLOSES + 1) ** 2 * 2 * 8


def crossings(here: Block, seen: Observations) -> Numbers:
    """(n,) what is crossed between the token before and each token, below CROSSINGS."""
    quote = seen["quote"].astype(np.int64)
    before = np.concatenate([quote[:1], quote[:-1]])
    opens = np.zeros(len(quote), dtype=np.int64)
    opens[here.sentences[:, 0]] = 1
    crossing: Numbers = ((quote * (CLOSES + 1) + before) * 2 + opens) * 8 + seen["punctuation"]
    return crossing


def chains(here: Block) -> Numbers:
    """(c, 2) ranges that are decoded one by one: paragraphs, the long ones cut."""
    cut = [
        (first, min(first + MAX_CHAIN, last))
        for begin, last in here.paragraphs.tolist()
        for first in range(begin, last, MAX_CHAIN)
    ]
    return np.array(cut, dtype=np.int64).reshape(-1, 2)


def viterbi(
    scores: npt.NDArray[np.int32],
    crossing: Numbers,
    transitions: npt.NDArray[np.int32],
    start: npt.NDArray[np.int32],
    ranges: Numbers,
) -> Tags:
    """(n,) the likeliest tags of each chain, all chains at once, token by token.

    Args:
        scores: (n, t) by token and tag.
        crossing: (n,) the class of the transition into each token.
        transitions: (t, CROSSINGS, t) by the tag before, the crossing, and the tag.
        start: (t,) by the tag of a chain's first token.
        ranges: (c, 2) the chains.
    """
    order = np.argsort(ranges[:, 0] - ranges[:, 1], kind="stable")
    first = ranges[order, 0]
    sizes = (ranges[:, 1] - ranges[:, 0])[order]
    longest = int(sizes[0]) if len(sizes) else 0
    active = np.searchsorted(-sizes, -np.arange(longest), side="left")
    tags = np.arange(scores.shape[1], dtype=np.int32)
    came_from = np.zeros(scores.shape, dtype=np.int8)
    best = scores[first] + start
    # The tag before is kept in the lowest bits of the sum, so that one maximum finds both.
    for step in range(1, longest):
        here = first[: active[step]] + step
        ways = (best[: active[step]].T[:, :, None] + transitions.take(crossing[here], axis=1)) * 8 + tags[:, None, None]
        way = ways.max(axis=0)
        came_from[here] = way & 7
        best[: active[step]] = (way >> 3) + scores[here]
    found = np.zeros(len(scores), dtype=np.int8)
    last = best.argmax(axis=1).astype(np.int8)
    for step in range(longest - 1, -1, -1):
        here = first[: active[step]] + step
        found[here] = last[: active[step]]
        last[: active[step]] = came_from[here, last[: active[step]]]
    return found
