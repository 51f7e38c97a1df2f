"""How much of an article rests on whom: of its words, those that a source stands behind."""

from bisect import bisect_left
from collections.abc import Iterable

from onrecord.features.document import Span
from onrecord.features.measurement import Kind
from onrecord.features.tokens import TOKEN
from onrecord.scoring.report import Report


def by_source(report: Report) -> dict[str, float]:
    """For each `source_key`, the share (0 to 1) of the words that it states; what two of them state counts for both."""
    starts = _word_starts(report.article.text)
    stated: dict[str, set[int]] = {}
    for attribution in report.attributions:
        stated.setdefault(attribution.source_key, set()).update(_words_in(attribution.content, starts))
    return {key: len(words) / max(len(starts), 1) for key, words in stated.items()}


def by_kind(report: Report) -> dict[Kind | None, float]:
    """The shares of words by kind of source, in the order of Kind; None, the last, is what is attributed to nobody.

    A word that sources of two kinds state goes to the more telling one, so that the shares add up to 1;
    all are 0 for a text without words.
    """
    starts = _word_starts(report.article.text)
    kind_of: dict[int, Kind] = {}
    for kind in reversed(Kind):
        for attribution in report.attributions:
            if attribution.kind is kind:
                kind_of |= dict.fromkeys(_words_in(attribution.content, starts), kind)
    counts: dict[Kind | None, int] = dict.fromkeys(Kind, 0)
    for kind in kind_of.values():
        counts[kind] += 1
    counts[None] = len(starts) - len(kind_of)
    return {kind: count / max(len(starts), 1) for kind, count in counts.items()}


def _word_starts(text: str) -> list[int]:
    """Where the words begin: tokens with a letter or a digit."""
    return [found.start() for found in TOKEN.finditer(text) if any(map(str.isalnum, found.group()))]


def _words_in(spans: Iterable[Span], starts: list[int]) -> Iterable[int]:
    """The numbers of the words that begin in any of the passages."""
    for span in spans:
        yield from range(bisect_left(starts, span.start), bisect_left(starts, span.end))
