"""What a terminal and a page both say of a report, in words, and how text of strangers is made fit to show.

Article text is hostile: it may hold markup, terminal escapes and lone surrogates. Both renderings
clean every string that they show; neither ever interprets one.
"""

import re
from dataclasses import asdict

from onrecord.features.document import Span
from onrecord.features.measurement import Kind
from onrecord.scoring.explain import Explanation, Reason
from onrecord.scoring.record import replace_surrogates
from onrecord.scoring.report import Bias, Change, Genre, Report

TOP_REASONS = 6  # on each side
QUOTED = 3  # passages quoted for a reason
QUOTE_LENGTH = 60
UNSAID = "(no source in the text)"

KIND_CODES = {
    Kind.NAMED_PERSON: "P",
    Kind.NAMED_ORGANISATION: "O",
    Kind.DOCUMENT: "D",
    Kind.UNNAMED: "U",
    Kind.UNRESOLVED: "?",
}

KIND_PLURALS = {
    Kind.NAMED_PERSON: "named people",
    Kind.NAMED_ORGANISATION: "named organisations",
    Kind.DOCUMENT: "documents",
    Kind.UNNAMED: "unnamed sources",
    Kind.UNRESOLVED: "unresolved sources",
    None: "attributed to nobody",
}

# Terminal escapes begin with control characters; bidirectional overrides reorder what is around them.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """The text without control characters, but for tabs and newlines, and without lone surrogates.

    >>> clean("a" + chr(27) + "[31mb" + chr(0))
    'a[31mb'
    """
    return _UNPRINTABLE.sub("", replace_surrogates(text.replace("\r", " ")))


def quote(text: str, span: Span, length: int = QUOTE_LENGTH) -> str:
    """The characters of a passage on one line, cut at `length`."""
    passage = " ".join(clean(text[span.start : span.end]).split())
    return passage if len(passage) <= length else passage[: length - 1].rstrip() + "…"


def quotes(of: Reason | Change, text: str) -> tuple[str, ...]:
    """The first distinct passages behind a reason, or that a change concerns, shortened."""
    passages = (quote(text, span).strip('"“”«»„ ,').lstrip("'’ ") for span in of.spans)
    distinct = {passage.casefold(): passage for passage in reversed(tuple(passages)) if any(map(str.isalnum, passage))}
    return tuple(reversed(distinct.values()))[:QUOTED]


def title_of(report: Report) -> str:
    """The title on one line, or what else tells the article apart."""
    article = report.article
    return " ".join(article.title.split()) or article.url or article.domain or "(untitled)"


def link_of(report: Report) -> str:
    """The address of the article, if it is one that may be followed: on the web, without blanks; else ""."""
    url = clean(report.article.url)
    return url if url.startswith(("https://", "http://")) and len(url.split()) == 1 else ""


def rest_words(explanation: Explanation) -> str:
    """What the reasons that are not shown come to, in words; "" where that is nothing."""
    rest = round(explanation.rest, 1)
    return f"All else together {'adds' if rest > 0 else 'takes away'} {abs(rest):.1f}." if rest else ""


def genre_words(genre: Genre) -> str:
    """What kind of piece it is, in words."""
    if genre.name is None or genre.confidence is None:
        return "Reads like: cannot tell"
    share = "over 99%" if genre.confidence > 0.99 else f"{genre.confidence:.0%}"
    return f"Reads like: {genre.name.replace('_', ' ')} ({share})"


def largest(report: Report) -> float:
    """The points that fill half a bar chart; not less than 5, so that trifles look like trifles."""
    return max([5.0, *(abs(family.points) for family in report.families)])


def bias_facts(bias: Bias) -> tuple[tuple[str, str], ...]:
    """The three measures of bias: what, and how much in words."""
    unknown = "cannot tell"
    sides = asdict(bias.leaning) if bias.leaning else {}
    loaded = bias.loaded_per_1000_words
    return (
        ("hyperpartisan", unknown if bias.hyperpartisan is None else f"{bias.hyperpartisan:.0%} likely"),
        ("leaning", ", ".join(f"{side} {share:.0%}" for side, share in sides.items()) or unknown),
        ("loaded words", unknown if loaded is None else f"{loaded:.1f} per 1,000 words"),
    )


def unmeasured(report: Report) -> str:
    """What could not be measured, in families of which something could, in a sentence; "" where that is nothing."""
    families = [each.features for each in report.families if any(one.value is not None for one in each.features)]
    missing = [one.feature.id.partition(".")[2] for features in families for one in features if one.value is None]
    names = [name.replace("_", " ") for name in missing] if is_read(report) else []
    return f"There was nothing to measure for: {', '.join(names)}." if names else ""


def is_read(report: Report) -> bool:
    """Whether who says what could be read at all; where it was, no attribution means that there is none."""
    measured = (each.value for each in report.contributions if each.feature.family == "attribution")
    return bool(report.attributions) or any(value is not None for value in measured)


def no_sources(is_read: bool) -> str:
    """What to say in place of a table without rows."""
    return (
        "No statement in it is attributed to anybody." if is_read else "Who says what could not be read in this text."
    )


def percent(share: float) -> str:
    """A share as a whole percentage; what is more than nothing is never shown as 0.

    >>> percent(0.254), percent(0.001), percent(0)
    ('25%', '<1%', '0%')
    """
    return "<1%" if 0 < share < 0.01 else f"{share:.0%}"
