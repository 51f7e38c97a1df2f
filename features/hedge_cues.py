"""Cues of hedging in the article's own words: phrases of the lexicon, and weasels that are made of several."""

from onrecord.features.document import Document
from onrecord.features.hedge_weights import Cued, Key
from onrecord.features.lexicon import Hit
from onrecord.features.rates import Hits, apart, own_words

# A reader is shown phrases of these classes; those of the others only weigh.
SHOWN = (
    "weasel", "epistemic", "seeming", "modal", "vague", "approximation", "amount", "doubt", "belief", "dispute",
    "praise",
)  # fmt: skip
WEIGHED = (*SHOWN, "quantifier", "people", "crowd", "booster", "context")
_QUANTITIES = ("vague", "approximation", "amount", "quantifier")
_CURRENCY = frozenset("$£€¥")


def own_cues(document: Document, found: Hits) -> Hits:
    """The hits outside quotations, without those that only look like cues.

    Weasels are put together of their parts, and what a weasel or a longer hedge holds is no other hedge; "how many",
    "some 200 people", "several years" leave nothing open; May is a month or a name.
    """
    own = own_words(document, found)
    for label in _QUANTITIES:
        own[label] = apart(own[label], own["exact"])
    for label in ("vague", "quantifier"):
        own[label] = [hit for hit in own[label] if not _counts(document, hit.last)]
    own["weasel"] = _weasels(document, own)
    own["epistemic"] = apart(own["epistemic"], own["weasel"])
    own["modal"] = apart(without_names(document, own["modal"], found["capitalised"]), own["epistemic"] + own["weasel"])
    for label in ("vague", "approximation", "amount"):
        own[label] = apart(own[label], own["weasel"])
    return own


def without_names(document: Document, modal: list[Hit], capitalised: list[Hit]) -> list[Hit]:
    """Modal verbs without those that a capital makes a month or a name (a text all in capitals tells nothing)."""
    names = {hit.first for hit in capitalised if document.words[hit.first].istitle()}
    return [hit for hit in modal if hit.first not in names]


def cued_sentences(document: Document, own: Hits) -> list[Cued]:
    """The sentences that hold cues which may be shown, in order of place."""
    silent = {(hit.first, hit.last) for hit in own["silent"]}
    sentence_of = document.sentence_of.tolist()
    by_sentence: dict[int, list[Hit]] = {}
    for label in SHOWN:
        for hit in own[label]:
            by_sentence.setdefault(sentence_of[hit.first], []).append(hit)
    keys: dict[int, set[Key]] = {sentence: set() for sentence in by_sentence}
    for label in WEIGHED:
        for hit in own[label]:
            if (here := keys.get(sentence_of[hit.first])) is not None:
                here.update(_keys(document, hit))
    return [
        Cued(sentence, frozenset(keys[sentence]), tuple((hit, _keys(document, hit)) for hit in shown))
        for sentence, hits in sorted(by_sentence.items())
        if (shown := [hit for hit in sorted(hits, key=_place) if (hit.first, hit.last) not in silent])
    ]


def _place(hit: Hit) -> tuple[int, int]:
    return hit.first, -hit.last


def _keys(document: Document, hit: Hit) -> tuple[Key, Key]:
    return ("class", hit.label), ("phrase", " ".join(document.lower[hit.first : hit.last]))


def _counts(document: Document, i: int) -> bool:
    """Whether a figure stands at token i: "some 200 people" is an estimate, "some $3 billion" too."""
    return i < len(document.lower) and (document.lower[i][0].isdigit() or document.lower[i] in _CURRENCY)


def _weasels(document: Document, own: Hits) -> list[Hit]:
    """Set phrases ("it is believed"), "some leading experts", and bare "critics (often) say"."""
    quantifiers = {hit.last: hit.first for hit in own["quantifier"]}
    definite = {hit.first for hit in own["definite"]}
    between = {hit.first: hit.last for hit in own["between"]}
    says = {hit.first: hit.last for hit in own["says"]}
    weasel = {hit.first: hit.last for hit in own["weasel"]}
    crowd = {hit.first for hit in own["crowd"]}
    for hit in own["people"]:
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
