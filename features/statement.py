"""One statement as a place in a document: what is said, by which words, by whom."""

from dataclasses import dataclass

Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Statement:
    """Token ranges of one attribution, before anyone asks who the source is.

    Attributes:
        content: what is said, at least one range, in order of place.
        cue: the words that say that somebody says it; None for a quotation that goes on without any.
        source: who says it, as mentioned here; None where nobody is.
    """

    content: tuple[Range, ...]
    cue: Range | None
    source: Range | None

    @property
    def first(self) -> int:
        """Its first token."""
        return min(part[0] for part in (*self.content, self.cue, self.source) if part is not None)

    @property
    def last(self) -> int:
        """The token past its last."""
        return max(part[1] for part in (*self.content, self.cue, self.source) if part is not None)
