"""Tone: loaded and personal language in the article's own words, outside quotations.

What a source says in quotation marks is the source's tone, not the article's. The lexicon holds
no name of a party, a camp or a politician, and upper case in titles never counts.
"""

import math
from itertools import takewhile

import numpy as np

from onrecord.features.document import Document
from onrecord.features.lexicon import Hit, load
from onrecord.features.measurement import Attribution, Feature, Measurement
from onrecord.features.rates import (
    PER_1000,
    Hits,
    apart,
    find,
    missing,
    own_words,
    per_1000,
    rate,
    spans,
    words_outside,
)
from onrecord.features.tokens import lower_tokens

NAME = "tone"
LEXICONS: tuple[str, ...] = (NAME,)

_BIAS = "Recasens et al. 2013, Linguistic models for detecting biased language"
_SUBJECTIVE = "Wiebe and Riloff 2005, Creating subjective and objective sentence classifiers"
_HYLAND = "Hyland 2005, Metadiscourse: self-mention and engagement markers"
_STYLE = "AP Stylebook: news copy states facts without opinion, slang or exclamation"
_CLICKBAIT = "Chakraborty et al. 2016, Stop Clickbait"
_SHARE = "share of sentences"

LOADED = Feature("tone.loaded", PER_1000, "more loaded words", _BIAS, evidence="tone")
SUBJECTIVE = Feature("tone.subjective", PER_1000, "more subjective words", _SUBJECTIVE, evidence="tone")
FIRST_SINGULAR = Feature("tone.first_person_singular", PER_1000, "more of the author's I", _HYLAND)
FIRST_PLURAL = Feature("tone.first_person_plural", PER_1000, "more of the author's we", _HYLAND)
SECOND = Feature("tone.second_person", PER_1000, "more address to the reader", _HYLAND)
OBLIGATION = Feature("tone.obligation", PER_1000, "more demands: should, must, need to", _HYLAND)
ARGUMENT = Feature("tone.argument", PER_1000, "more signs of an argument being made", _HYLAND)
CONTRAST = Feature("tone.contrast", PER_1000, "more contrast and concession", _HYLAND)
COLLOQUIAL = Feature("tone.colloquial", PER_1000, "more colloquial words", _STYLE)
CONTRACTIONS = Feature("tone.contractions", PER_1000, "more contractions", _STYLE)
QUESTIONS = Feature("tone.questions", _SHARE, "more sentences that ask", _HYLAND)
EXCLAMATIONS = Feature("tone.exclamations", _SHARE, "more sentences that exclaim", _STYLE, evidence="tone")
CAPITALS = Feature("tone.capitals", "count", "more words shouted in capitals", _STYLE, evidence="tone")
SCARE_QUOTES = Feature("tone.scare_quotes", PER_1000, "more quotations of one or two words", _BIAS)
CLICKBAIT = Feature("tone.clickbait_title", "yes/no", "a title that baits", _CLICKBAIT)
QUESTION_TITLE = Feature("tone.question_title", "yes/no", "a title that asks", _CLICKBAIT)

_LEXICAL = {
    LOADED: "loaded",
    SUBJECTIVE: "subjective",
    FIRST_SINGULAR: "first_singular",
    FIRST_PLURAL: "first_plural",
    SECOND: "second",
    OBLIGATION: "obligation",
    ARGUMENT: "argument",
    CONTRAST: "contrast",
    COLLOQUIAL: "colloquial",
    CONTRACTIONS: "contraction",
}
FEATURES: tuple[Feature, ...] = (*_LEXICAL, QUESTIONS, EXCLAMATIONS, CAPITALS, SCARE_QUOTES, CLICKBAIT, QUESTION_TITLE)

MIN_CAPITALS = 4
_SCARE_WORDS = 2


def measure(document: Document, attributions: tuple[Attribution, ...]) -> tuple[Measurement, ...]:
    """The tone of the article's own words.

    Rates are per 1,000 words outside quotations; all are missing where there are no such words or
    no lexicon, and those of the title where there is no title.
    """
    found = find(document, NAME)
    if found is None:
        return missing(FEATURES)
    own = own_words(document, found)
    own["subjective"] = apart(own["subjective"], own["loaded"])
    countries = [hit for hit in own["country"] if document.words[hit.first].isupper()]
    own["first_plural"] = apart(own["first_plural"], countries)
    own["first_singular"] = apart(
        own["first_singular"], [hit for hit in own["numeral"] if _counts(document, hit.first)]
    )
    words = words_outside(document)
    return (
        *(rate(feature, document, own[label], words) for feature, label in _LEXICAL.items()),
        _ending(QUESTIONS, document, "?"),
        _ending(EXCLAMATIONS, document, "!"),
        _capitals(document, found),
        _scare_quotes(document, words),
        *_title(document),
    )


def _counts(document: Document, i: int) -> bool:
    """Whether a numeral at token i counts something, as in "World War I": two words before, the last with a capital."""
    words = document.words
    return i > 1 and words[i].isupper() and words[i - 1].istitle() and bool(document.is_word[i - 2])


def _ending(feature: Feature, document: Document, mark: str) -> Measurement:
    """The share of sentences that end in a mark outside quotations, with those marks as passages."""
    if not document.word_count:
        return Measurement(feature, math.nan)
    last = set(document.sentences[:, 1].tolist())
    at = [i for i, word in enumerate(document.words) if word == mark and not document.quoted[i]]
    # What closes a sentence after the mark: another mark, or a bracket.
    at = [i for i in at if not last.isdisjoint((i + 1, i + 2))]
    sentences = np.unique(document.sentence_of[at]) if at else ()
    share = len(sentences) / len(document.sentences)
    return Measurement(feature, share, spans(document, [Hit(i, i + 1, mark) for i in at]))


def _capitals(document: Document, found: Hits) -> Measurement:
    """Words in capitals outside quotations; acronyms, headings, datelines and labels ("WATCH:") do not count.

    A word is one that this text writes in lower case too, or that a lexicon has; else it is an acronym.
    """
    if not document.word_count:
        return Measurement(CAPITALS, math.nan)
    words, lower = document.words, document.lower
    shouted = [i for i, word in enumerate(words) if len(word) >= MIN_CAPITALS and word.isupper() and word.isalpha()]
    if not shouted:
        return Measurement(CAPITALS, 0.0)
    lexicons = [lexicon for name in (NAME, "document") if (lexicon := load(name, document.language))]
    common = set(words).union(*(lexicon.phrases for lexicon in lexicons))
    leave = _openings(document).union(hit.first for hit in found["acronym"])
    kept = [i for i in shouted if lower[i] in common and i not in leave and not document.quoted[i]]
    return Measurement(CAPITALS, float(len(kept)), spans(document, [Hit(i, i + 1, "capitals") for i in kept]))


def _openings(document: Document) -> set[int]:
    """Tokens of the run in capitals that opens a paragraph: a dateline, a label or a heading."""
    runs: set[int] = set()
    for first, last in document.paragraphs.tolist():
        runs.update(takewhile(lambda i: not any(c.islower() for c in document.words[i]), range(first, last)))
    return runs


def _scare_quotes(document: Document, words: int) -> Measurement:
    """Quotations of one or two words without a closing full stop or comma of their own."""
    hits = [
        Hit(first, last, "scare")
        for first, last in document.quotations.tolist()
        if 0 < last - first - 2 <= _SCARE_WORDS and document.is_word[first + 1 : last - 1].all()
    ]
    return Measurement(SCARE_QUOTES, per_1000(len(hits), words), spans(document, hits))


def _title(document: Document) -> tuple[Measurement, Measurement]:
    """Whether the title baits (set phrases, "9 reasons", an exclamation mark), and whether it asks."""
    lexicon = load(NAME, document.language)
    tokens = lower_tokens(document.article.title)
    if lexicon is None or not tokens:
        return Measurement(CLICKBAIT, math.nan), Measurement(QUESTION_TITLE, math.nan)
    nouns = lexicon.words("list_noun")
    listed = tokens[0].isdigit() and not nouns.isdisjoint(tokens[1:5])
    baits = listed or "!" in tokens or any(lexicon.find(tokens, "clickbait"))
    return Measurement(CLICKBAIT, float(baits)), Measurement(QUESTION_TITLE, float("?" in tokens))
