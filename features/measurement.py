"""What a feature is, and what measuring one gives."""

import math
from dataclasses import dataclass
from enum import StrEnum

from onrecord.features.document import Span


class Quote(StrEnum):
    """How the words of a source are given."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class Kind(StrEnum):
    """Who stands behind a statement, however mentioned."""

    NAMED_PERSON = "named_person"
    NAMED_ORGANISATION = "named_organisation"
    DOCUMENT = "document"
    UNNAMED = "unnamed"
    UNRESOLVED = "unresolved"


class Mention(StrEnum):
    """How a source is mentioned at one place."""

    NAME = "name"
    PARTIAL = "partial"
    DESCRIPTION = "description"
    PRONOUN = "pronoun"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Attribution:
    """One statement and who stands behind it.

    Attributes:
        content, cue, source: the passages; cue and source may be empty.
        source_text: the source as mentioned; "" when there is none.
        resolved: the fullest name that the article gives for the source, or None.
        role: what the article says of how the source knows ("police spokeswoman"), or None.
    """

    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    source_text: str
    kind: Kind
    mention: Mention
    resolved: str | None
    role: str | None
    quote: Quote

    @property
    def is_sourced(self) -> bool:
        """Whether anybody or anything stands behind it: mentioned here, or carried on from the statement before."""
        return bool(self.source) or self.resolved is not None

    @property
    def source_name(self) -> str:
        """The fullest name of the source, else how it is mentioned; "" when the text has none."""
        return self.resolved or self.source_text

    @property
    def source_key(self) -> str:
        """What tells one source from another: the letters of its name, not where in a sentence or a line it stands."""
        return " ".join(self.source_name.casefold().split())


@dataclass(frozen=True, slots=True)
class Feature:
    """What is measured. `direction` says what more of it means; only a model calls that good or bad.

    Attributes:
        id: `family.name`.
        unit: "share" (0 to 1), "per 1,000 words", "count", "yes/no", "words", "grade".
        direction: "more ..." in words.
        citation: where the idea comes from.
        empty: its value for a text without words; nan when it has none.
        evidence: the group of passages in a report that its spans go to; "" for none.
        norms: the languages whose norm it is; any language, if none is given.
    """

    id: str
    unit: str
    direction: str
    citation: str
    empty: float = math.nan
    evidence: str = ""
    norms: tuple[str, ...] = ()

    @property
    def family(self) -> str:
        """The family it belongs to."""
        return self.id.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Measurement:
    """A feature's value in one article (missing is nan, never 0), with the passages behind it."""

    feature: Feature
    value: float
    spans: tuple[Span, ...] = ()
