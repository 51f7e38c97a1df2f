"""What the second look sees: what the first took each token, its sentence and the same word elsewhere for."""

import numpy as np
import numpy.typing as npt

from onrecord.features.tagging.observations import Block, Observations, beside, nearest
from onrecord.features.tagging.tags import Tag
from onrecord.features.tagging.words import Hashes, Numbers

Floats = npt.NDArray[np.float32]

# Probabilities are seen in levels: from hardly to nearly certain.
_LEVELS = np.array([0.02, 0.1, 0.25, 0.5, 0.75, 0.95])
_FOUND, _MAYBE = 0.4, 0.15


def look_again(here: Block, word: Hashes, chances: Floats) -> Observations:
    """(n,) observations by name, from the (n, tags) probabilities of the first look."""
    cue = chances[:, Tag.CUE]
    source = chances[:, Tag.SOURCE_BEFORE] + chances[:, Tag.SOURCE_AFTER]
    content = chances[:, Tag.CONTENT_BEFORE] + chances[:, Tag.CONTENT_AFTER]
    tag = chances.argmax(axis=1)
    sentence, paragraph = here.sentences[here.sentence], here.paragraphs[here.paragraph]
    seen = {
        "tag": tag.astype(np.uint32),
        "p_cue": _level(cue),
        "p_source": _level(source),
        "p_content": _level(content),
        "p_outside": _level(chances[:, Tag.OUTSIDE]),
        "p_before": _level(chances[:, Tag.CONTENT_BEFORE]),
        "p_after": _level(chances[:, Tag.CONTENT_AFTER]),
        "best_cue": _best(here, cue),
        "best_source": _best(here, source),
        "best_content": _best(here, content),
        "source_elsewhere": _elsewhere(here.kind, source),
        "cue_elsewhere": _elsewhere(here.kind, cue),
    }
    seen |= nearest(cue >= _FOUND, "found", sentence, word)
    seen |= nearest(source >= _FOUND, "named", sentence, word)
    seen |= nearest(cue >= _MAYBE, "maybe", sentence, word)
    seen |= nearest(cue >= _FOUND, "wide", paragraph, word)
    before, behind = beside(here, here.sentences, tag)
    seen["tag_before"] = before[here.sentence].astype(np.uint32)
    seen["tag_behind"] = behind[here.sentence].astype(np.uint32)
    return seen


def _level(chance: npt.NDArray[np.floating]) -> Hashes:
    return np.asarray(np.digitize(chance, _LEVELS), dtype=np.uint32)


def _best(here: Block, chance: Floats) -> Hashes:
    """The level of the likeliest token of the sentence."""
    return _level(np.maximum.reduceat(chance, here.sentences[:, 0]))[here.sentence]


def _elsewhere(kind: Numbers, chance: Floats) -> Hashes:
    """The level of the mean over all other tokens of the same kind; 0 where there is none."""
    count = np.bincount(kind)[kind]
    others = np.bincount(kind, weights=chance)[kind] - chance
    return np.where(count > 1, 1 + _level(others / np.maximum(count - 1, 1)), np.uint32(0))
