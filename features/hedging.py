"""Hedging: how sure an article sounds, and whom it leaves nameless when it is not.

Hedges may be the honest mark of what is not known, or cover for what nobody stands behind: the
classes below are kept apart so that a model can tell. Inside quotations they are a source's own.
"""

import math

import numpy as np

from onrecord.features.document import Document
from onrecord.features.hedge_cues import cued_sentences, own_cues, without_names
from onrecord.features.hedge_weights import Cued, load_weights
from onrecord.features.measurement import Attribution, Feature, Measurement
from onrecord.features.rates import (
    PER_1000,
    apart,
    find,
    inside,
    missing,
    rate,
    share,
    spans,
    words_outside,
)

NAME = "hedging"
LEXICONS: tuple[str, ...] = (NAME,)

_HYLAND = "Hyland 2005, Metadiscourse: hedges and boosters"
_CONLL = "Farkas et al. 2010, CoNLL-2010 shared task: weasels in Wikipedia"
_SPJ = "SPJ Code of Ethics 2014: identify sources clearly; do not publish rumour"

EPISTEMIC = Feature("hedging.epistemic", PER_1000, "more words of uncertainty", _HYLAND)
MODAL = Feature("hedging.modal", PER_1000, "more of may, might, could and would", _HYLAND)
OUTSIDE = Feature("hedging.outside_quotations", PER_1000, "more uncertainty in the article's own words", _HYLAND)
INSIDE = Feature("hedging.inside_quotations", PER_1000, "more uncertainty in quoted words", _HYLAND)
WEASEL = Feature("hedging.weasel", PER_1000, "more claims left to nobody in particular", _CONLL)
VAGUE = Feature("hedging.vague_quantity", PER_1000, "more quantities without a figure", _CONLL)
APPROXIMATION = Feature("hedging.approximation", PER_1000, "more of often, usually, various, a number of", _HYLAND)
DOUBT = Feature("hedging.doubt_and_rumour", PER_1000, "more rumour and allegation", _SPJ)
BOOSTERS = Feature("hedging.boosters", PER_1000, "more insistence in the article's own words", _HYLAND, evidence="tone")
SENTENCES = Feature(
    "hedging.hedged_sentences", "share", "more sentences hedged in the article's own words", _CONLL, evidence="hedging"
)

FEATURES: tuple[Feature, ...] = (
    EPISTEMIC, MODAL, OUTSIDE, INSIDE, WEASEL, VAGUE, APPROXIMATION, DOUBT, BOOSTERS, SENTENCES,
)  # fmt: skip


def measure(document: Document, attributions: tuple[Attribution, ...]) -> tuple[Measurement, ...]:
    """Hedges, weasels, vague quantities, rumours and boosters per 1,000 words, and the share of hedged sentences.

    All count the article's own words, outside quotations, and are per 1,000 words that stand there; only the rate
    inside quotations counts, and is per, those inside. The share is of the sentences with words outside quotations.
    All are missing in a text without words or in a language without a lexicon.
    """
    found = find(document, NAME)
    if found is None:
        return missing(FEATURES)
    words, own = words_outside(document), own_cues(document, found)
    said = apart(without_names(document, found["modal"], found["capitalised"]), found["epistemic"]) + found["epistemic"]
    return (
        rate(EPISTEMIC, document, own["epistemic"], words),
        rate(MODAL, document, own["modal"], words),
        rate(OUTSIDE, document, own["epistemic"] + own["modal"], words),
        rate(INSIDE, document, inside(document, said), document.word_count - words),
        rate(WEASEL, document, own["weasel"], words),
        rate(VAGUE, document, own["vague"], words),
        rate(APPROXIMATION, document, own["approximation"], words),
        rate(DOUBT, document, own["doubt"], words),
        rate(BOOSTERS, document, own["booster"], words),
        _hedged(document, cued_sentences(document, own)),
    )


def find_cued(document: Document) -> list[Cued]:
    """The sentences that hold cues, in order of place; none in a language without a lexicon."""
    found = find(document, NAME)
    return cued_sentences(document, own_cues(document, found)) if found else []


def _hedged(document: Document, cued: list[Cued]) -> Measurement:
    weights = load_weights(document.language)
    if weights is None:
        return Measurement(SENTENCES, math.nan)
    evidence = [hits for sentence in cued if (hits := sentence.evidence(weights))]
    own = np.unique(document.sentence_of[document.is_word & ~document.quoted]).size
    return Measurement(
        SENTENCES, share(len(evidence), own), spans(document, (hit for hits in evidence for hit in hits))
    )
