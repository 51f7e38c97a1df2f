"""How much of an article is attributed to somebody, and what stands on nobody."""

import math
from itertools import pairwise

import numpy as np

from onrecord.features.arrays import Bools
from onrecord.features.document import Document, Span
from onrecord.features.lexicon import languages, load
from onrecord.features.measurement import Attribution, Feature, Measurement, Quote
from onrecord.features.rates import missing, outside, per_1000, share, spans

NAME = "attribution"
LEXICONS: tuple[str, ...] = (NAME, "sources", "names")

_PARETI = "Pareti (2015), Attribution: a computational approach"
_SPJ = "Society of Professional Journalists, Code of Ethics (2014): identify sources clearly"
_AP = "Associated Press, News Values and Principles: attribute facts that are not common knowledge"

FEATURES: tuple[Feature, ...] = (
    Feature("attribution.share_of_words", "share", "more of the text is what a source says", _PARETI, 0.0),
    Feature("attribution.share_of_sentences", "share", "more sentences hold something a source says", _PARETI, 0.0),
    Feature("attribution.rate", "per 1,000 words", "more attributions", _PARETI),
    Feature("attribution.direct_rate", "per 1,000 words", "more direct quotations with a source", _PARETI),
    Feature("attribution.indirect_rate", "per 1,000 words", "more paraphrase with a source", _PARETI),
    Feature("attribution.quoted_share", "share", "more of the text inside quotation marks", _PARETI, 0.0),
    Feature("attribution.speech_verbs", "per 1,000 words", "more verbs of saying outside quotations", _PARETI),
    Feature("attribution.unattributed_numbers", "per 1,000 words", "more sentences with figures and no source", _AP),
    Feature("attribution.attributed_numbers", "share", "more of the sentences with figures name a source", _AP),
    Feature("attribution.longest_gap", "share", "a longer stretch of the text without any source", _SPJ),
    Feature("attribution.opening", "yes/no", "one of the first three sentences names a source", _SPJ),
    Feature("attribution.weekday_mentions", "per 1,000 words", "more days and dates that place what is told", _AP),
    Feature("attribution.links", "per 1,000 words", "more links in the body that a reader can follow", _SPJ),
)


def measure(document: Document, attributions: tuple[Attribution, ...]) -> tuple[Measurement, ...]:
    """One measurement for each of FEATURES: nan where the language lacks LEXICONS, `empty` without words."""
    if not document.word_count:
        return tuple(Measurement(f, f.empty) for f in FEATURES)
    lexicon = load(NAME, document.language)
    if lexicon is None or document.language not in languages(*LEXICONS):
        return missing(FEATURES)
    sourced = _sourced(document, attributions)
    words = document.word_count
    direct = [a for a in attributions if a.quote is not Quote.INDIRECT and a.is_sourced]
    indirect = [a for a in attributions if a.quote is Quote.INDIRECT and a.is_sourced]
    hits = list(lexicon.find(document.lower, "say", "time"))
    cues = outside(document, [hit for hit in hits if hit.label == "say"])
    days = [hit for hit in hits if hit.label == "time"]
    numbers = _sentences_with_numbers(document)
    attributed = [k for k in numbers if sourced[slice(*document.sentences[k])].any()]
    bare = sorted(set(numbers) - set(attributed))
    held = _sentences_held(document, sourced)
    links = document.article.links
    contents = tuple(span for a in attributions for span in a.content)
    values: tuple[tuple[float, tuple[Span, ...]], ...] = (
        (share(int((sourced & document.is_word).sum()), words), contents),
        (share(len(held), len(document.sentences)), ()),
        (per_1000(len(direct) + len(indirect), words), tuple(a.cue[0] for a in direct + indirect if a.cue)),
        (per_1000(len(direct), words), tuple(s for a in direct for s in a.content)),
        (per_1000(len(indirect), words), tuple(s for a in indirect for s in a.content)),
        (share(int((document.quoted & document.is_word).sum()), words), _spans(document, document.quotations.tolist())),
        (per_1000(len(cues), words), spans(document, cues)),
        (per_1000(len(bare), words), _spans(document, document.sentences[bare].tolist())),
        (share(len(attributed), len(numbers)), _spans(document, document.sentences[attributed].tolist())),
        (_longest_gap(document, held), ()),
        (float(any(k < 3 for k in held)) if len(document.sentences) else math.nan, ()),
        (per_1000(len(days), words), spans(document, days)),
        (per_1000(len(links), words) if links is not None else math.nan, ()),
    )
    return tuple(Measurement(f, v, s) for f, (v, s) in zip(FEATURES, values, strict=True))


def _sourced(document: Document, attributions: tuple[Attribution, ...]) -> Bools:
    """(n,) the tokens that stand in the content of an attribution with a source."""
    sourced = np.zeros(len(document.words), dtype=np.bool_)
    held = [(span.start, span.end) for each in attributions if each.is_sourced for span in each.content]
    for first, last in np.searchsorted(document.start, np.array(held, dtype=np.int32).reshape(-1, 2)).tolist():
        sourced[first:last] = True
    return sourced


def _sentences_held(document: Document, sourced: Bools) -> list[int]:
    return [k for k, (a, b) in enumerate(document.sentences.tolist()) if sourced[a:b].any()]


def _sentences_with_numbers(document: Document) -> list[int]:
    """Sentences outside quotations with a figure of two digits or more, a year alone not counted."""
    found = []
    for k, (a, b) in enumerate(document.sentences.tolist()):
        figures = (w for w in document.words[a:b] if w[0].isdigit() and len(w) > 1)
        if any(not (len(w) == 4 and w[:2] in ("19", "20")) for w in figures) and not document.quoted[a]:
            found.append(k)
    return found


def _spans(document: Document, ranges: list[list[int]]) -> tuple[Span, ...]:
    return tuple(document.span(a, b) for a, b in ranges)


def _longest_gap(document: Document, held: list[int]) -> float:
    """The longest run of sentences without a source, as a share of all."""
    total = len(document.sentences)
    if not total:
        return math.nan
    return max(b - a - 1 for a, b in pairwise([-1, *held, total])) / total
