"""The report: everything onrecord says of one article, as types. Rendering is elsewhere."""

from dataclasses import dataclass

from onrecord.features.document import Article, Note, Span
from onrecord.features.measurement import Attribution, Feature

SCHEMA_VERSION = "1"
GENRES = ("aggregation", "analysis", "explainer", "interview", "news", "opinion", "other", "press_release")
EVIDENCE_GROUPS = ("hedging", "boilerplate", "tone", "transparency")


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one feature adds to a score.

    Attributes:
        value: the measured value; None when it is missing.
        points: signed points of 0 to 100; 0 when the model does not weigh the feature.
        percentile: share (0 to 100) of the reference articles with a lower value; None without a reference.
        spans: the passages behind the value.
    """

    feature: Feature
    value: float | None
    points: float
    percentile: float | None
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class FamilyPoints:
    """The features of one family; `points` is the sum of theirs."""

    name: str
    points: float
    features: tuple[Contribution, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """The score of one article.

    Attributes:
        value, low, high: 0 to 100, low <= value <= high, a 90% interval; None when abstained.
        confidence: 0 to 1, how narrow the interval is beside the widest (the reference articles' own spread).
        reasons: why it abstained; empty when it did not.
        baseline: the points of an average article; baseline + all points = value, clipped to 0..100.
        percentile: share (0 to 100) of the reference articles with a lower score.
    """

    value: float | None
    low: float | None
    high: float | None
    confidence: float
    abstained: bool
    reasons: tuple[str, ...]
    baseline: float
    percentile: float | None


@dataclass(frozen=True, slots=True)
class Leaning:
    """Probabilities that add up to 1."""

    left: float
    center: float
    right: float


@dataclass(frozen=True, slots=True)
class Bias:
    """Reported beside the score, never inside it. None means: cannot tell.

    Attributes:
        hyperpartisan: probability, 0 to 1.
        loaded_per_1000_words: loaded words outside quotations.
    """

    hyperpartisan: float | None
    leaning: Leaning | None
    loaded_per_1000_words: float | None


@dataclass(frozen=True, slots=True)
class Genre:
    """What kind of piece it is; reported beside the score, never inside it.

    Attributes:
        name: one of GENRES; None means: cannot tell.
        probabilities: of each of GENRES, adding up to 1; None where it was not looked for.
    """

    name: str | None
    probabilities: dict[str, float] | None

    @property
    def confidence(self) -> float | None:
        """The probability of the likeliest genre, told or not; None where it was not looked for."""
        return max(self.probabilities.values()) if self.probabilities else None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage and the feature that it counts towards."""

    span: Span
    feature: str


@dataclass(frozen=True, slots=True)
class ModelIdentity:
    """Which model gave the score."""

    name: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Change:
    """Something that would raise the score if it were done, and nothing else.

    Attributes:
        text: a sentence for a reader, without a full stop.
        points: by how much, above 0: the score of the article with the change made in its text, less that without.
        spans: the passages of the article that it concerns; empty where something is added.
        count: how many things it changes.
    """

    text: str
    points: float
    spans: tuple[Span, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Report:
    """One article, its score, and why.

    Attributes:
        language: as measured in the text; "" when it cannot be told.
        evidence: group (of EVIDENCE_GROUPS) -> passages in order of place.
        changes: what would raise the score most; empty unless `scoring.changes.with_changes` looked for it.
    """

    article: Article
    language: str
    words: int
    score: Score
    families: tuple[FamilyPoints, ...]
    attributions: tuple[Attribution, ...]
    evidence: dict[str, tuple[Evidence, ...]]
    bias: Bias
    genre: Genre
    notes: tuple[Note, ...]
    model: ModelIdentity
    changes: tuple[Change, ...] = ()

    @property
    def contributions(self) -> tuple[Contribution, ...]:
        """What each feature adds, in the order of the families."""
        return tuple(each for family in self.families for each in family.features)
