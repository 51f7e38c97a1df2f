"""Transparency: who wrote it, where and when, from whom it was taken, and what was put right.

Some of this is outside the text: what the input could not carry is missing, not absent.
"""

import math
from itertools import takewhile

from onrecord.features.document import Document
from onrecord.features.lexicon import Hit, Lexicon, load
from onrecord.features.measurement import Attribution, Feature, Measurement
from onrecord.features.rates import find, flag, missing, own_words, spans
from onrecord.features.tokens import TOKEN, lower_tokens

NAME = "transparency"
LEXICONS: tuple[str, ...] = (NAME,)

_TRUST = "Trust Project indicators: author expertise, type of work, local sourcing"
_AP = "AP Stylebook: datelines, bylines, credit to member agencies"
_SPJ = "SPJ Code of Ethics 2014: be accountable and transparent"
_YES = "yes/no"

DATELINE = Feature("transparency.dateline", _YES, "says where it was reported", _AP, evidence="transparency")
AGENCY = Feature("transparency.agency_credit", _YES, "credits a news agency", _AP, evidence="transparency")
CORRECTION = Feature("transparency.correction", _YES, "notes a correction", _SPJ, evidence="transparency")
DISCLOSURE = Feature("transparency.disclosure", _YES, "discloses an interest", _SPJ, evidence="transparency")
CONTRIBUTED = Feature("transparency.contributed", _YES, "credits further reporters", _AP, evidence="transparency")
CONTACT = Feature("transparency.contact", _YES, "says how to reach the author", _TRUST, evidence="transparency")
OPINION_NOTE = Feature(
    "transparency.opinion_note", _YES, "an author's note that marks opinion", _TRUST, evidence="transparency"
)
BYLINE_PERSON = Feature("transparency.byline_person", _YES, "signed by a person", _TRUST, evidence="transparency")
BYLINE_DESK = Feature(
    "transparency.byline_desk_or_agency", _YES, "signed by a desk or an agency", _TRUST, evidence="transparency"
)
DATE_GIVEN = Feature("transparency.date_given", _YES, "dated", _TRUST)
FEATURES: tuple[Feature, ...] = (
    DATELINE,
    AGENCY,
    CORRECTION,
    DISCLOSURE,
    CONTRIBUTED,
    CONTACT,
    OPINION_NOTE,
    BYLINE_PERSON,
    BYLINE_DESK,
    DATE_GIVEN,
)

# Datelines and bylines stand in the first paragraphs, after a kicker or a caption at most.
_TOP_PARAGRAPHS = 4
_DATELINE_TOKENS = 22
_BYLINE_WORDS = 14
# Author's notes and disclaimers stand at the foot.
_FOOT_WORDS = 120
_DASHES = frozenset("—–-")
_MARKS = frozenset(",.()/'’")
_MIN_PLACE = 3


def measure(document: Document, attributions: tuple[Attribution, ...]) -> tuple[Measurement, ...]:
    """Signs of transparency, each 1 or 0.

    Missing: all in a text without words or in a language without a lexicon; those of the byline where
    neither the input nor the top of the text gives one; the date where the input could not carry it.
    """
    found, lexicon = find(document, NAME), load(NAME, document.language)
    if found is None or lexicon is None:
        return missing(FEATURES)
    own = own_words(document, found)
    tops = (dateline(document, first, last) for first, last in document.paragraphs[:_TOP_PARAGRAPHS].tolist())
    datelines = list(filter(None, tops))[:1]
    byline = _byline(document, lexicon)
    return (
        flag(DATELINE, document, datelines),
        _agency(document, found["agency"], datelines, own["contributed"], byline),
        flag(CORRECTION, document, own["correction"]),
        flag(DISCLOSURE, document, own["disclosure"]),
        flag(CONTRIBUTED, document, own["contributed"]),
        flag(CONTACT, document, own["contact"] + _mail_addresses(document)),
        flag(OPINION_NOTE, document, _at_foot(document, own["opinion_note"])),
        *_signed(document, lexicon, byline),
        _date_given(document),
    )


def dateline(document: Document, first: int, last: int) -> Hit | None:
    """What stands before the first dash of a paragraph, where that is a place: "WASHINGTON (AP) —", "London, May 3 -".

    A place is in capitals, or has a date or an agency beside it. None in a language without a lexicon.
    """
    lexicon = load(NAME, document.language)
    end = min(last, first + _DATELINE_TOKENS)
    dash = next((i for i in range(first + 1, end) if _is_dash(document, i)), -1)
    placed = lexicon is not None and dash > 0 and _is_place(document, lexicon, first, dash)
    return Hit(first, dash, "dateline") if placed else None


def _is_dash(document: Document, i: int) -> bool:
    """A dash with a gap on a side, or a double one: not a hyphen in a name."""
    if document.words[i] not in _DASHES:
        return False
    start, end = int(document.start[i]), int(document.end[i])
    around = document.article.text[max(start - 1, 0) : end + 1]
    return document.words[i] != "-" or any(c.isspace() for c in around) or "--" in around


def _is_place(document: Document, lexicon: Lexicon, first: int, dash: int) -> bool:
    words, lower = document.words[first:dash], document.lower[first:dash]
    linking, dates = lexicon.words("linking"), lexicon.words("date")
    known = all(
        a[0].isupper() or a[0].isdigit() or a in _MARKS or b in linking for a, b in zip(words, lower, strict=True)
    )
    city = list(takewhile(lambda word: word not in (",", "("), words))
    letters = sum(map(str.isalpha, "".join(city)))
    if not known or letters < _MIN_PLACE or " ".join(city).lower() in lexicon.words("label"):
        return False
    shouted = all(word.isupper() or not word[0].isalpha() for word in city)
    dated = any(word in dates for word in lower[1:]) and any(word.isdigit() for word in words)
    credited = "(" in lower and " ".join(lower[lower.index("(") + 1 :]).rstrip(" )") in lexicon.words("agency")
    return shouted or dated or credited


def _agency(
    document: Document, agencies: list[Hit], datelines: list[Hit], contributed: list[Hit], byline: str | None
) -> Measurement:
    """An agency in the dateline, in a byline, alone in brackets, or in a sentence that credits reporters.

    An agency that was told something is a source, not a credit.
    """
    lower = document.lower
    sentences = {int(document.sentence_of[hit.first]) for hit in contributed}
    credits = [
        hit
        for hit in agencies
        if any(line.first <= hit.first < line.last for line in datelines)
        or int(document.sentence_of[hit.first]) in sentences
        or (lower[hit.first - 1 : hit.first] == ["("] and lower[hit.last : hit.last + 1] == [")"])
    ]
    lexicon = load(NAME, document.language)
    credits += [hit for hit in agencies if lexicon and hit not in credits and _is_credit_line(document, lexicon, hit)]
    if any(word[0].isupper() for word in document.words):
        credits = [hit for hit in credits if document.words[hit.first][0].isupper()]
    signed = bool(byline and lexicon and any(lexicon.find(lower_tokens(byline), "agency")))
    value = float(bool(credits) or signed) if document.word_count else math.nan
    return Measurement(AGENCY, value, spans(document, credits))


def _is_credit_line(document: Document, lexicon: Lexicon, hit: Hit) -> bool:
    """Whether an agency stands behind "by" or its like and ends a paragraph of few words: "Ann Roe (after Reuters)"."""
    first, last = document.paragraphs[document.paragraph_of[hit.first]].tolist()
    ends = not document.is_word[hit.last : last].any()
    return ends and last - first <= _BYLINE_WORDS and document.lower[hit.first - 1] in lexicon.words("byline")


def _mail_addresses(document: Document) -> list[Hit]:
    words = document.words
    joined = document.start[1:] == document.end[:-1]
    return [
        Hit(i - 1, i + 2, "contact")
        for i in range(1, len(words) - 1)
        if words[i] == "@" and "." in words[i + 1] and joined[i - 1] and joined[i] and document.is_word[i - 1]
    ]


def _at_foot(document: Document, hits: list[Hit]) -> list[Hit]:
    """The hits in the last words of the text."""
    foot = len(document.words) - _FOOT_WORDS
    return [hit for hit in hits if hit.first >= foot]


def _byline_lines(document: Document, lexicon: Lexicon) -> list[Hit]:
    """Short paragraphs at the top that begin with "By" and a capital: "By Jane Roe"."""
    words, opening = document.words, lexicon.words("byline")
    lines = []
    for first, last in document.paragraphs[:_TOP_PARAGRAPHS].tolist():
        signs = last - first > 1 and document.lower[first] in opening
        signs = signs and words[first][0].isupper() and words[first + 1][0].isupper()
        if signs and last - first <= _BYLINE_WORDS and words[last - 1] not in ("?", "!", "."):
            lines.append(Hit(first, last, "byline"))
    return lines


def _byline(document: Document, lexicon: Lexicon) -> str | None:
    """The byline of the input, or that at the top of the text; None when neither gives one."""
    if document.article.byline is not None:
        return document.article.byline
    lines = _byline_lines(document, lexicon)
    return document.text_of(document.span(lines[0].first + 1, lines[0].last)) if lines else None


def _signed(document: Document, lexicon: Lexicon, byline: str | None) -> tuple[Measurement, Measurement]:
    """Whether a person, and whether a desk or an agency, signs; both missing when no byline is known."""
    if byline is None:
        return Measurement(BYLINE_PERSON, math.nan), Measurement(BYLINE_DESK, math.nan)
    tokens = lower_tokens(byline)
    desk = any(lexicon.find(tokens, "desk"))
    person = any(_is_person(part, lexicon) for part in _parts(byline, lexicon))
    passages = spans(document, _byline_lines(document, lexicon)[:1])
    return (
        Measurement(BYLINE_PERSON, float(person), passages if person else ()),
        Measurement(BYLINE_DESK, float(desk), passages if desk else ()),
    )


def _parts(byline: str, lexicon: Lexicon) -> list[str]:
    """A byline at its commas, semicolons, bars and "and": one name or desk each."""
    joining = [f" {word} " for written in lexicon.words("byline_and") for word in (written, written.upper())]
    for separator in (";", "|", "/", *joining, "&", "\n"):
        byline = byline.replace(separator, ",")
    return [part.strip() for part in byline.split(",") if part.strip()]


def _is_person(part: str, lexicon: Lexicon) -> bool:
    """Two to five words, capitalised, none of a desk."""
    tokens = [match.group() for match in TOKEN.finditer(part) if match.group()[0].isalpha()]
    if tokens and tokens[0].lower() in lexicon.words("byline"):
        tokens = tokens[1:]
    named = sum(token[0].isupper() for token in tokens)
    return 2 <= len(tokens) <= 5 and named >= 2 and not any(lexicon.find([t.lower() for t in tokens], "desk"))


def _date_given(document: Document) -> Measurement:
    """A date is absent only where it could have been given: on a page."""
    article = document.article
    if article.published:
        return Measurement(DATE_GIVEN, 1.0)
    page = article.links is not None or article.aside is not None
    return Measurement(DATE_GIVEN, 0.0 if page else math.nan)
