"""The article's own text: what is measured, without the lines that pages print around it.

What is set aside keeps its place: offsets of the rest do not move, and `Document.whole` still has all of it.
"""

from dataclasses import replace
from itertools import groupby, pairwise

import numpy as np

from onrecord.features import document as documents
from onrecord.features.arrays import Bools, Ints
from onrecord.features.document import Article, Document
from onrecord.features.lexicon import Hit
from onrecord.features.once import once_a_document
from onrecord.features.rates import Hits, find, own_words

LEXICON = "boilerplate"
KINDS = (
    "subscription", "donation", "follow_us", "copyright", "about_publisher", "newsletter", "cookie", "read_more",
)  # fmt: skip

# Phrases of these kinds need not open a line, and of the others a line may hold so much anywhere.
_ANYWHERE = frozenset({"newsletter", "about_publisher"})
_MIN_COVERED = 0.5
# Where so many sentences of a paragraph are set aside, and half of them, the rest go with them.
_MIN_MARKED, _MIN_SHARE = 2, 0.5
# A line of so many words without a full stop, between lines that are set aside, is one of them.
_LINE_WORDS = 8
_STOPS = frozenset(".!?…。！？।؟")


def read(article: Article) -> Document:
    """Tokenise an article and set aside what is none of its own text."""
    return own(documents.read(article))


def own(document: Document) -> Document:
    """A document without the sentences that are boilerplate; the same one where there are none, or nothing else."""
    marked = sentences(document)
    if not marked.any() or not document.is_word[~marked[document.sentence_of]].any():
        return document
    return _without(document, marked)


@once_a_document
def phrases(document: Document) -> Hits | None:
    """Phrases of boilerplate outside quotations by kind; None in a language without a lexicon of it."""
    found = find(document, LEXICON)
    if found is None:
        return None
    own_hits = own_words(document, found)
    ends = dict(document.paragraphs.tolist()) if own_hits["placeholder"] else {}
    own_hits["cookie"] += [hit for hit in own_hits["placeholder"] if ends.get(hit.first) == hit.last]
    return own_hits


@once_a_document
def sentences(document: Document) -> Bools:
    """(s,) the sentences that are boilerplate; none in a language without a lexicon of it.

    They open with a phrase of it, hold several or little else, offer a newsletter or tell of the publisher; the rest
    of a paragraph and short lines between such sentences go with them.
    """
    hits = phrases(document)
    marked = np.zeros(len(document.sentences), dtype=np.bool_)
    if not hits or not any(hits[kind] for kind in KINDS):
        return marked
    prose = {hit.first for hit in hits["in_prose"]}
    found = sorted((hit for kind in KINDS for hit in hits[kind] if hit.first not in prose), key=_place)
    for sentence, group in groupby(found, lambda hit: int(document.sentence_of[hit.first])):
        marked[sentence] = _is_boilerplate(document, sentence, list(group))
    first = document.sentence_of[document.paragraphs[:, 0]]
    last = document.sentence_of[document.paragraphs[:, 1] - 1] + 1
    for begin, end in zip(first.tolist(), last.tolist(), strict=True):
        here = marked[begin:end]
        if here.sum() >= _MIN_MARKED and here.mean() >= _MIN_SHARE:
            here[:] = True
    _mark_lines(document, marked, first, last)
    return marked


def _place(hit: Hit) -> int:
    return hit.first


def _is_boilerplate(document: Document, sentence: int, hits: list[Hit]) -> bool:
    first, last = document.sentences[sentence].tolist()
    words = np.flatnonzero(document.is_word[first:last]) + first
    if not len(words):
        return True  # nothing but a sign, such as that of copyright
    opens = hits[0].first <= words[0]
    several = len({tuple(document.lower[hit.first : hit.last]) for hit in hits}) > 1
    covered = {i for hit in hits for i in range(hit.first, hit.last)}
    share = float(np.isin(words, list(covered)).mean())
    return opens or several or share >= _MIN_COVERED or any(hit.label in _ANYWHERE for hit in hits)


def _mark_lines(document: Document, marked: Bools, first: Ints, last: Ints) -> None:
    """Mark runs of short lines with boilerplate above and below."""
    whole = [bool(marked[a:b].all()) for a, b in zip(first.tolist(), last.tolist(), strict=True)]
    at = np.flatnonzero(whole).tolist()
    for above, below in pairwise(at):
        between = range(above + 1, below)
        if all(_is_line(document, *document.paragraphs[k].tolist()) for k in between):
            marked[first[above] : last[below]] = True


def _is_line(document: Document, first: int, last: int) -> bool:
    return int(document.is_word[first:last].sum()) <= _LINE_WORDS and document.words[last - 1] not in _STOPS


def _without(document: Document, marked: Bools) -> Document:
    """The document without some sentences; quotations that begin in them go too."""
    kept = ~marked[document.sentence_of]
    place = np.concatenate([[0], np.cumsum(kept)]).astype(np.int32)
    return replace(
        document,
        words=[word for word, keep in zip(document.words, kept.tolist(), strict=True) if keep],
        lower=[word for word, keep in zip(document.lower, kept.tolist(), strict=True) if keep],
        start=document.start[kept],
        end=document.end[kept],
        sentences=place[document.sentences[~marked]],
        paragraphs=_shifted(document.paragraphs, place),
        quotations=_shifted(document.quotations, place),
        quoted=document.quoted[kept],
        is_word=document.is_word[kept],
        page=document,
    )


def _shifted(ranges: Ints, place: Ints) -> Ints:
    """Ranges of tokens by their places among those that are left; what has none left is dropped."""
    moved = place[ranges]
    left: Ints = moved[moved[:, 0] < moved[:, 1]]
    return left
