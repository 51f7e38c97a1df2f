"""Hedging: how sure an article sounds, and whom it leaves nameless when it is not.

Hedges may be the honest mark of what is not known, or cover for what nobody stands behind: the
classes below are kept apart so that a model can tell. Inside quotations they are a source's own.
"""

from onrecord.features.document import Document
from onrecord.features.lexicon import Hit
from onrecord.features.measurement import Attribution, Feature, Measurement
from onrecord.features.rates import (
    PER_1000,
    Hits,
    apart,
    find,
    inside,
    missing,
    outside,
    rate,
    words_outside,
)

NAME = "hedging"

_HYLAND = "Hyland 2005, Metadiscourse: hedges and boosters"
_CONLL = "Farkas et al. 2010, CoNLL-2010 shared task: weasels in Wikipedia"
_SPJ = "SPJ Code of Ethics 2014: identify sources clearly; do not publish rumour"

EPISTEMIC = Feature("hedging.epistemic", PER_1000, "more words of uncertainty", _HYLAND, evidence="hedging")
MODAL = Feature("hedging.modal", PER_1000, "more of may, might, could and would", _HYLAND)
OUTSIDE = Feature("hedging.outside_quotations", PER_1000, "more uncertainty in the article's own words", _HYLAND)
INSIDE = Feature("hedging.inside_quotations", PER_1000, "more uncertainty in quoted words", _HYLAND)
WEASEL = Feature("hedging.weasel", PER_1000, "more claims left to nobody in particular", _CONLL, evidence="hedging")
VAGUE = Feature("hedging.vague_quantity", PER_1000, "more quantities without a figure", _CONLL, evidence="hedging")
APPROXIMATION = Feature("hedging.approximation", PER_1000, "more of often, usually, various, a number of", _HYLAND)
DOUBT = Feature("hedging.doubt_and_rumour", PER_1000, "more rumour and allegation", _SPJ, evidence="hedging")
BOOSTERS = Feature("hedging.boosters", PER_1000, "more insistence in the article's own words", _HYLAND, evidence="tone")

FEATURES: tuple[Feature, ...] = (EPISTEMIC, MODAL, OUTSIDE, INSIDE, WEASEL, VAGUE, APPROXIMATION, DOUBT, BOOSTERS)

_CURRENCY = frozenset("$£€¥")


def measure(document: Document, attributions: tuple[Attribution, ...]) -> tuple[Measurement, ...]:
    """Hedges, weasels, vague quantities, rumours and boosters per 1,000 words.

    The rates inside and outside quotations are per 1,000 words that stand there; boosters are
    counted outside only. All are missing in a text without words or in a language without a lexicon.
    """
    found = find(document, NAME)
    if found is None:
        return missing(FEATURES)
    words, own = document.word_count, words_outside(document)
    weasel = _weasels(document, found)
    epistemic = apart(found["epistemic"], weasel)
    modal = [hit for hit in apart(found["modal"], epistemic) if document.words[hit.first] != "May"]
    hedges = epistemic + modal
    vague = apart(found["vague"], found["exact"] + weasel)
    vague = [hit for hit in vague if not _counts(document, hit.last)]
    return (
        rate(EPISTEMIC, document, epistemic, words),
        rate(MODAL, document, modal, words),
        rate(OUTSIDE, document, outside(document, hedges), own),
        rate(INSIDE, document, inside(document, hedges), words - own),
        rate(WEASEL, document, weasel, words),
        rate(VAGUE, document, vague, words),
        rate(APPROXIMATION, document, apart(found["approximation"], found["exact"] + weasel), words),
        rate(DOUBT, document, found["doubt"], words),
        rate(BOOSTERS, document, outside(document, found["booster"]), own),
    )


def _counts(document: Document, i: int) -> bool:
    """Whether a figure stands at token i: "some 200 people" is an estimate, "some $3 billion" too."""
    return i < len(document.lower) and (document.lower[i][0].isdigit() or document.lower[i] in _CURRENCY)


def _weasels(document: Document, found: Hits) -> list[Hit]:
    """Set phrases ("it is believed"), "some leading experts", and bare "critics (often) say"."""
    quantifiers = {hit.last: hit.first for hit in found["quantifier"] if not _counts(document, hit.last)}
    definite = {hit.first for hit in found["definite"]}
    between = {hit.first: hit.last for hit in found["between"]}
    says = {hit.first: hit.last for hit in found["says"]}
    weasel = {hit.first: hit.last for hit in found["weasel"]}
    crowd = {hit.first for hit in found["crowd"]}
    for hit in found["people"]:
        first = quantifiers.get(hit.first, quantifiers.get(hit.first - 1, -1))
        verb = between.get(hit.last, hit.last)
        if first >= 0 and document.is_word[first : hit.first].all():
            weasel[first] = max(weasel.get(first, 0), hit.last)
        elif hit.first in crowd and verb in says and hit.first - 1 not in definite:
            weasel[hit.first] = max(weasel.get(hit.first, 0), says[verb])
    return _separate([Hit(first, last, "weasel") for first, last in sorted(weasel.items())])


def _separate(hits: list[Hit]) -> list[Hit]:
    """Hits in order of place, without those that begin inside the one before."""
    kept: list[Hit] = []
    for hit in hits:
        if not kept or hit.first >= kept[-1].last:
            kept.append(hit)
    return kept
