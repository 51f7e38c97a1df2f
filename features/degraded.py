"""Texts that have been through the mill: what was done to them, told by what can be measured in them.

Of 5,000 news articles, at most 0.14% get any one of these notes (`benchmarks/degraded.py` counts). A shuffled text is
told only where several signs agree, which they do in a quarter to a third of shuffled articles.
"""

import math
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from onrecord.features.document import MIN_WORDS, Document, Note
from onrecord.features.language import MIN_FUNCTION_SHARE, function_share
from onrecord.features.lexicon import Lexicon, languages, load, words_of

LEXICON = "form"
# What was done to a text and is told here, or by `document.read` (letter case).
CODES = ("lowercased", "tokenised", "stop_words_removed", "sentences_shuffled")
CODE = "degraded_text"

# Of so many commas and full stops more than half have a blank before them.
_MIN_MARKS, _MIN_BLANKS = 8, 0.5

# Signs of order lost, each with its weight, by logistic regression on 750 articles and the same ones shuffled, and the
# sum that no more than one article in 500 reaches.
_OPENS, _NAMES, _QUOTES, _COHESION, _MIN_SUM = 2.3, 0.8, 1.0, 1.65, 5.0
_MAX_NAMES, _MAX_QUOTES, _MAX_COHESION, _MIN_SENTENCES, _MIN_SIGNS = 4, 5, 3.0, 8, 2
_MIN_LETTERS = 3
_MARKS = frozenset('"“”')


def recognise(document: Document) -> tuple[Note, ...]:
    """Notes on what was done to a text, and behind them one of code `degraded_text` that names it all; none for most.

    Codes: `tokenised`, `stop_words_removed`, `sentences_shuffled`; `lowercased` is noted by `document.read`. Time is
    linear in the text.
    """
    if document.word_count < MIN_WORDS:
        return ()
    tokenised = _tokenised(document)
    told = (tokenised, _stop_words_removed(document), _shuffled(document, quotes_tell=tokenised is None))
    notes = [note for note in told if note]
    found = sorted({note.code for note in (*document.notes, *notes)} & {*CODES}, key=CODES.index)
    if not found:
        return ()
    what = ", ".join(code.replace("_", " ") for code in found)
    return (
        *notes,
        Note(CODE, f"The text is not as it was published ({what}): less of it can be told, and less surely."),
    )


def _tokenised(document: Document) -> Note | None:
    """Blanks before commas and full stops. Other marks have some in French."""
    text = document.article.text
    marks = text.count(",") + text.count(".")
    blanks = text.count(" ,") + text.count(" .")
    if marks < _MIN_MARKS or blanks < _MIN_BLANKS * marks:
        return None
    return Note("tokenised", f"{100 * blanks / marks:.0f}% of its commas and full stops have a blank before them.")


def _stop_words_removed(document: Document) -> Note | None:
    """Too few function words for a text whose language its letters tell."""
    if document.language not in languages("document"):
        return None
    found = function_share(document.lower, document.word_count, document.language)
    if found >= MIN_FUNCTION_SHARE:
        return None
    message = (
        f"{100 * max(found, 0):.0f}% of its words are function words; running text has {100 * MIN_FUNCTION_SHARE:.0f}%"
    )
    return Note("stop_words_removed", f"{message} or more: who says what cannot be told without them.")


# ---- the order of sentences ----------------------------------------------------------------------------------


def _shuffled(document: Document, quotes_tell: bool) -> Note | None:
    """An opening that goes on from something or quotations that end before they begin, and one more of these two,
    surnames before full names, and neighbours that have no more in common than any two sentences.

    Blanks around quotation marks hide which of them open: then they tell nothing.
    """
    lexicon = load(LEXICON, document.language)
    if lexicon is None or len(document.sentences) < _MIN_SENTENCES:
        return None
    opens, quotes = _opens(document, lexicon), _stray_marks(document) if quotes_tell else 0
    if not opens and quotes < 2:
        return None  # as nearly all articles: the other signs cost more
    names = _early_surnames(document)
    signs = _OPENS * opens + _NAMES * min(names, _MAX_NAMES) + _QUOTES * min(quotes, _MAX_QUOTES)
    cohesion = max(-_MAX_COHESION, min(_MAX_COHESION, _cohesion(document)))
    seen = {
        "it opens with a word that goes on from something before": opens,
        f"{names} surname(s) stand before the full name": names > 1,
        f"{quotes} quotation(s) end or begin inside another": quotes > 1,
        "neighbouring sentences share no more words than any others": cohesion < 0,
    }
    agreeing = [sign for sign, present in seen.items() if present]
    if signs - _COHESION * cohesion < _MIN_SUM or len(agreeing) < _MIN_SIGNS:
        return None
    return Note("sentences_shuffled", f"The order of its sentences seems to be lost: {'; '.join(agreeing)}.")


def _opens(document: Document, lexicon: Lexicon) -> bool:
    first = next((word for word, is_word in zip(document.lower, document.is_word, strict=True) if is_word), "")
    return first in lexicon.words("resuming")


def _early_surnames(document: Document) -> int:
    """Names that stand alone before they stand behind another, as "Roe" before "Ann Roe"."""
    words, function = document.words, words_of("document", document.language, "function")
    openings = set(document.sentences[:, 0].tolist())
    capital = {
        i: word
        for i, word in enumerate(words)
        if word[0].isupper() and word[1:].islower() and word.isalpha() and document.lower[i] not in function
    }
    alone: dict[str, int] = {}
    behind: dict[str, int] = {}
    for i, word in capital.items():
        if i + 1 in capital or i in openings:
            continue
        if i - 1 not in capital:
            alone.setdefault(word, i)
        elif i - 1 not in openings:
            behind.setdefault(word, i)
    return sum(alone[word] < at for word, at in behind.items() if word in alone)


def _stray_marks(document: Document) -> int:
    """Double quotation marks that close none or open one inside another, by paragraph."""
    text, places = document.article.text, [i for i, word in enumerate(document.words) if word in _MARKS]
    stray, inside, before = 0, False, -1
    for i, paragraph in zip(places, document.paragraph_of[places].tolist(), strict=True):
        inside = inside and paragraph == before
        end = int(document.end[i])
        opens = document.words[i] == "“" or (document.words[i] == '"' and text[end : end + 1].isalnum())
        stray += inside is opens
        inside, before = opens, paragraph
    return stray


def _cohesion(document: Document) -> float:
    """How many words neighbouring sentences share beyond what chance lets them, in standard deviations; 0 for chance.

    A word in m of n sentences stands in m(m - 1)/n pairs of neighbours where their order is left to chance.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for number, word in _content_words(document):
        if not places[word] or places[word][-1] != number:
            places[word].append(number)
    total = len(document.sentences)
    shared = expected = 0.0
    for at in places.values():
        shared += sum(b - a == 1 for a, b in pairwise(at))
        expected += len(at) * (len(at) - 1) / total
    return (shared - expected) / math.sqrt(max(expected, 1.0))


def _content_words(document: Document) -> Iterator[tuple[int, str]]:
    function = words_of("document", document.language, "function")
    for number, word in zip(document.sentence_of.tolist(), document.lower, strict=True):
        if len(word) >= _MIN_LETTERS and word[0].isalpha() and word not in function:
            yield number, word
