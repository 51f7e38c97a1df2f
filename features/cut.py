"""Texts that are not whole: the beginning of a piece behind a wall, and what starts or stops in the middle."""

from onrecord.features import boilerplate
from onrecord.features.document import Document, Note
from onrecord.features.lexicon import load, words_of
from onrecord.features.statement import Range

LEXICON = "form"

# Full stops of other scripts too: what layout tells holds in every language.
_TERMINAL = frozenset(".!?…。！？।؟")
_ASKING = frozenset("?？؟")
_CLOSING = frozenset("\"'”’»)]")
# What pages leave at the end of a text and nobody reads.
_INVISIBLE = frozenset("\ufeff\u200b\u200c\u200d\u2060\ufffd*_")
_DASHES = frozenset("-–—")
# Tokens of addresses, handles and tables, which end as they like.
_LOOSE = frozenset("@/©®|#=•●")

# What is cut off is running text: so many words since the last full stop, few of them capitalised. A paragraph that has
# no other sentence may be a caption or a headline, unless it is longer.
_MIN_RUNNING, _MIN_ALONE, _MAX_CAPITALISED = 10, 20, 0.4
_MIN_ANNOUNCING = 6
# Behind a dash so near the end stands who signs, in front of a colon so near the beginning what a line is about.
_SIGNATURE_TOKENS, _LABEL_TOKENS = 12, 8
# A text starts in the middle where none of its first tokens has a capital.
_LOWER_TOKENS = 4
# Scripts without blanks between words have few words in long texts.
_STUB_CHARACTERS = 10 * boilerplate.STUB_WORDS
# Below a text stand so many short paragraphs of credits, addresses and asks to subscribe.
_FOOT_PARAGRAPHS, _FOOT_WORDS = 6, 60
_FOOT_LABELS = {
    "boilerplate": (),
    "transparency": ("contributed", "contact", "opinion_note", "correction", "disclosure"),
    LEXICON: ("foot",),
}


def closes(document: Document, first: int, last: int) -> bool:
    """Whether a passage ends with a full stop, before or behind marks that close."""
    last = _trimmed(document, first, last, _INVISIBLE | _CLOSING)
    return last > first and document.words[last - 1] in _TERMINAL


def asks(document: Document, first: int, last: int) -> bool:
    """Whether a passage ends with a question mark, before or behind marks that close."""
    last = _trimmed(document, first, last, _INVISIBLE | _CLOSING)
    return last > first and document.words[last - 1] in _ASKING


def recognise(document: Document) -> Note | None:
    """A note of code `stub` or `truncated`; None for a text that seems whole."""
    end = _stub_end(document)
    if end:
        message = f"The text is short and ends with “{end}” like the beginning of a longer piece; only that is scored."
        return Note("stub", message)
    stop = _stop(document)
    if stop == ":":
        return Note("truncated", "The text stops at a colon: the words and sources that it announces are not counted.")
    seen = []
    if _starts_within(document):
        seen.append("starts in the middle of a sentence")
    if stop:
        seen.append("stops without a full stop")
    if not seen:
        return None
    message = f"The text {' and '.join(seen)}, as if it were cut: sources in what may be missing are not counted."
    return Note("truncated", message)


def _trimmed(document: Document, first: int, last: int, marks: frozenset[str]) -> int:
    """The token past the last one that is none of the marks."""
    while last > first and document.words[last - 1] in marks:
        last -= 1
    return last


def _stub_end(document: Document) -> str:
    """How a short text ends that goes on elsewhere: at a wall, with an ellipsis, with "read more"; else ""."""
    if document.word_count > boilerplate.STUB_WORDS or len(document.article.text) > _STUB_CHARACTERS:
        return ""
    last = _trimmed(document, 0, len(document.words), _INVISIBLE | frozenset("]"))
    if document.words[max(last - 1, 0) : last] == ["…"] or document.words[max(last - 3, 0) : last] == ["."] * 3:
        return "…"
    walls = boilerplate.wall(document)
    more = (walls[0].first, walls[0].last) if walls else _pointer(document)
    return document.text_of(document.span(*more)) if more else ""


def _pointer(document: Document) -> Range | None:
    """The last sentence, where it is "Read more" or the like and nothing else."""
    lexicon = load(LEXICON, document.language)
    first, last = document.sentences[-1].tolist()
    words = [i for i in range(max(first, last - 12), last) if document.is_word[i]]
    if lexicon is None or not words:
        return None
    begin, end = words[0], words[-1] + 1
    whole = any(hit.last - hit.first == end - begin for hit in lexicon.find(document.lower[begin:end], "continues"))
    return (begin, end) if whole else None


def _starts_within(document: Document) -> bool:
    """Whether a text begins with the rest of a sentence: in lower case, behind a comma perhaps."""
    first, last = document.sentences[0].tolist()
    if any(note.code == "lowercased" for note in document.notes) or not closes(document, first, last):
        return False
    words = document.words[first + (document.words[first] in (",", ";")) : last]
    if (
        len(words) < _MIN_RUNNING
        or not _LOOSE.isdisjoint(words)
        or words[0] in words_of(LEXICON, document.language, "particle")
    ):
        return False
    return words[0].isalpha() and words[1].isalpha() and not any(word[0].isupper() for word in words[:_LOWER_TOKENS])


def _stop(document: Document) -> str:
    """The last token of a text that breaks off in running text; "" where it does not."""
    at = _last_above_foot(document)
    first, last = document.paragraphs[at].tolist()
    last = _trimmed(document, first, last, _INVISIBLE)
    if last == first or closes(document, first, last) or document.words[last - 1] in _CLOSING:
        return ""
    begin = max(first, int(document.sentences[document.sentence_of[last - 1], 0]))
    words = [i for i in range(begin, last) if document.is_word[i]]
    if not _is_running(document, begin, last, words) or _is_list(document, at):
        return ""
    stop = document.words[last - 1]
    if stop == ":":
        addressed = not words_of(LEXICON, document.language, "second_person").isdisjoint(document.lower[begin:last])
        return stop if len(words) >= _MIN_ANNOUNCING and not addressed else ""
    ending = document.lower[last - 1]
    if stop in (",", ";") or ending in words_of(LEXICON, document.language, "dangling"):
        return stop
    alone, unfinished = begin == first, ending in words_of(LEXICON, document.language, "unfinished")
    # What is followed by credits, or tells who said what is quoted in it, has mostly lost its full stop and no more.
    if not unfinished and (at + 1 < len(document.paragraphs) or document.quoted[begin:last].any()):
        return ""
    least = _MIN_RUNNING if alone == unfinished else _MIN_ALONE if alone else 0
    return stop if document.is_word[last - 1] and len(words) >= least else ""


def _is_running(document: Document, begin: int, last: int, words: list[int]) -> bool:
    """Whether a passage is prose, and neither a headline nor an address nor a signature behind a dash."""
    tokens = document.words[begin:last]
    capitals = sum(document.words[i][0].isupper() for i in words[1:])
    signed = not _DASHES.isdisjoint(tokens[:1]) or not _DASHES.isdisjoint(tokens[-_SIGNATURE_TOKENS:])
    labelled = ":" in tokens[:_LABEL_TOKENS] and tokens[-1] != ":"
    few = capitals <= _MAX_CAPITALISED * len(words) and len(words) > 1
    loose = not _LOOSE.isdisjoint(tokens) or any(word.startswith("http") for word in tokens)
    return few and not (labelled or signed or loose)


def _is_list(document: Document, at: int) -> bool:
    """Whether the paragraph before ends without a full stop too: then that is how its items are written."""
    if at == 0:
        return False
    first, last = document.paragraphs[at - 1].tolist()
    stop, long = document.words[last - 1], last - first >= _MIN_RUNNING
    return not closes(document, first, last) and stop not in _CLOSING and (long or stop == ":")


def _last_above_foot(document: Document) -> int:
    """The last paragraph that is no credit, address or ask at the foot of the text."""
    at = len(document.paragraphs) - 1
    for _ in range(_FOOT_PARAGRAPHS):
        if at == 0 or not _is_foot(document, *document.paragraphs[at].tolist()):
            break
        at -= 1
    return at


def _is_foot(document: Document, first: int, last: int) -> bool:
    if last - first > _FOOT_WORDS:
        return False
    tokens = document.lower[first:last]
    found = ((load(family, document.language), labels) for family, labels in _FOOT_LABELS.items())
    return any(lexicon is not None and any(lexicon.find(tokens, *labels)) for lexicon, labels in found)
