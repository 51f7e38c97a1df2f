"""Boilerplate: what a page prints around its articles, left inside this one.

Quoted passages never count: a source may well say "subscribe".
"""

import math

import numpy as np

from onrecord.features import own_text
from onrecord.features.arrays import Bools
from onrecord.features.document import Document
from onrecord.features.lexicon import Hit, load
from onrecord.features.measurement import Attribution, Feature, Measurement
from onrecord.features.rates import PER_1000, flag, missing, outside, rate, share
from onrecord.features.tokens import TOKEN

NAME = "boilerplate"
LEXICONS: tuple[str, ...] = (NAME,)

_CLEANEVAL = "Kohlschütter et al. 2010, Boilerplate detection using shallow text features"
_TRUST = "Trust Project indicators: label what is not journalism"

SUBSCRIPTION = Feature("boilerplate.subscription", PER_1000, "more asks to subscribe", _TRUST, evidence="boilerplate")
DONATION = Feature("boilerplate.donation", PER_1000, "more asks to donate", _TRUST, evidence="boilerplate")
FOLLOW_US = Feature("boilerplate.follow_us", PER_1000, "more asks to follow or share", _TRUST, evidence="boilerplate")
COPYRIGHT = Feature("boilerplate.copyright", PER_1000, "more copyright notices", _CLEANEVAL, evidence="boilerplate")
ABOUT = Feature("boilerplate.about_publisher", PER_1000, "more about the publisher", _TRUST, evidence="boilerplate")
NEWSLETTER = Feature("boilerplate.newsletter", PER_1000, "more newsletter offers", _TRUST, evidence="boilerplate")
COOKIE = Feature(
    "boilerplate.cookie", PER_1000, "more notices of privacy, cookies, advertising", _CLEANEVAL, evidence="boilerplate"
)
READ_MORE = Feature("boilerplate.read_more", PER_1000, "more links to other pieces", _CLEANEVAL, evidence="boilerplate")
SHARE_OF_TEXT = Feature(
    "boilerplate.share_of_text", "share", "more of the text is boilerplate", _CLEANEVAL, evidence="boilerplate"
)
SHARE_OF_PAGE = Feature("boilerplate.share_of_page", "share", "more of the page is not the article", _CLEANEVAL)
PAYWALL_STUB = Feature(
    "boilerplate.paywall_stub", "yes/no", "a short text that ends at a paywall", _TRUST, evidence="boilerplate"
)

_LEXICAL = (SUBSCRIPTION, DONATION, FOLLOW_US, COPYRIGHT, ABOUT, NEWSLETTER, COOKIE, READ_MORE)
FEATURES: tuple[Feature, ...] = (*_LEXICAL, SHARE_OF_TEXT, SHARE_OF_PAGE, PAYWALL_STUB)

# A stub is a few paragraphs, then the wall.
STUB_WORDS = 250
_ENDING_WORDS = 60


def measure(document: Document, attributions: tuple[Attribution, ...]) -> tuple[Measurement, ...]:
    """Boilerplate by kind per 1,000 words of the whole text, its share of the text and of the page, paywall stubs.

    The share of the page is missing when the input was no page. All are missing in a text without
    words or in a language without a lexicon.
    """
    document = document.whole
    found = own_text.phrases(document)
    if found is None:
        return missing(FEATURES)
    kinds = zip(_LEXICAL, own_text.KINDS, strict=True)
    return (
        *(rate(feature, document, found[kind], document.word_count) for feature, kind in kinds),
        _share_of_text(document, own_text.sentences(document)),
        Measurement(SHARE_OF_PAGE, _share_of_page(document)),
        flag(PAYWALL_STUB, document, wall(document)),
    )


def _share_of_text(document: Document, marked: Bools) -> Measurement:
    """Share of words in sentences that are boilerplate, with these sentences."""
    words = int(np.count_nonzero(document.is_word & marked[document.sentence_of]))
    passages = tuple(document.span(first, last) for first, last in document.sentences[marked].tolist())
    return Measurement(SHARE_OF_TEXT, share(words, document.word_count), passages)


def _share_of_page(document: Document) -> float:
    """Words of the page outside the article as a share of all; nan when the input was no page."""
    aside = document.article.aside
    if aside is None:
        return math.nan
    around = sum(match.group()[0].isalnum() for match in TOKEN.finditer(aside))
    total = around + document.word_count
    return around / total if total else math.nan


def wall(document: Document) -> list[Hit]:
    """The words at which a short text ends by asking to subscribe, to sign in or to continue elsewhere, if it does."""
    lexicon = load(NAME, document.language)
    if lexicon is None or document.word_count > STUB_WORDS:
        return []
    hits = outside(document, lexicon.find(document.lower, "paywall"))
    return [hit for hit in hits if np.count_nonzero(document.is_word[hit.first :]) <= _ENDING_WORDS]
