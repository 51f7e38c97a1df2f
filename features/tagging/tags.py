"""The tags of tokens."""

from enum import IntEnum

import numpy as np
import numpy.typing as npt

Tags = npt.NDArray[np.int8]


class Tag(IntEnum):
    """What a token is in an attribution; sources and contents by the side of their cue on which they stand."""

    OUTSIDE = 0
    BETWEEN = 1
    SOURCE_BEFORE = 2
    SOURCE_AFTER = 3
    CUE = 4
    CONTENT_BEFORE = 5
    CONTENT_AFTER = 6


TAGS = len(Tag)
