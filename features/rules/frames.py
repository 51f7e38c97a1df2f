"""What a word that is no verb frames: "according to Ann Roe", "as Roe said", "dem Bericht zufolge"."""

from onrecord.features.lexicon import Hit
from onrecord.features.rules import appositions, marks, phrases, speakers, subjects
from onrecord.features.rules.context import MAX_SOURCE_TOKENS, Context
from onrecord.features.statement import Range, Statement

_ENDS = frozenset(",.;:—–")


def is_noun(context: Context, i: int) -> bool:
    """Whether a determiner right before token i makes it no frame (Italian "il secondo ponte")."""
    return i > 0 and context.document.lower[i - 1] in context.words.determiner


def by_frame(context: Context, cue: Hit, sentence: Range) -> Statement | None:
    """ "According to Ann Roe, ...", "..., according to Ann Roe", or both sides of it."""
    first, _ = sentence
    if "frame_apart" in context.grammar.trait and not _opens_clause(context, cue.first, first):
        return None
    source = _framed_source(context, cue, sentence)
    if source is None:
        return None
    end, content = _framed_content(context, cue, source[1], sentence)
    if not content and "frame_apart" in context.grammar.trait:  # a line that credits what stands above it
        credited = marks.sentence_before(context, first)
        content = (credited,) if credited else ()
    return Statement(content, (cue.first, cue.last), (source[0], end)) if content else None


def _framed_source(context: Context, cue: Hit, sentence: Range) -> Range | None:
    """The noun phrase behind the word of a frame; None where it names nobody."""
    _, last = sentence
    words, lower, grammar = context.document.words, context.document.lower, context.grammar
    end, limit = cue.last, min(last, cue.last + MAX_SOURCE_TOKENS)
    while end < limit and lower[end] not in grammar.relative:
        joins = words[end] == "," and end + 1 < last and _joins_role(context, cue.last, end, last)
        closes = words[end] == ")" and "(" not in words[cue.last : end]
        if (words[end] in _ENDS and not joins) or closes or phrases.ends_noun_phrase(context, cue.last, end, last):
            break
        if end > cue.last and _is_verb(context, end):
            break
        end += 1
    if end == cue.last or lower[cue.last] in context.words.empty or not phrases.has_head(context, cue.last, end):
        return None
    return speakers.speaker(context, (cue.last, end)) if "somebody_speaks" in grammar.trait else (cue.last, end)


def _framed_content(context: Context, cue: Hit, end: int, sentence: Range) -> tuple[int, tuple[Range, ...]]:
    """Where the source of a frame ends, and what stands before the frame, behind it or on both sides."""
    first, last = sentence
    words, lower, relative = context.document.words, context.document.lower, context.grammar.relative
    before = (first, marks.trim(context, first, cue.first))
    told = end + 1 < last and words[end] == "," and lower[end + 1] in relative
    if told and "," in words[end + 1 : last]:  # "a report, which was leaked, ..."
        after = (words.index(",", end + 1, last) + 1, last)
    elif end < last and lower[end] in relative:  # "a report that was leaked, ..."
        after = (min(words.index(",", end, last) + 1 if "," in words[end:last] else last, last), last)
        while end - 1 > cue.last and lower[end - 1] in context.words.boundary:
            end -= 1
    else:
        behind = end if end < last and context.document.is_word[end] else end + 1
        after = (min(behind, last), last)
    if cue.first - first <= 1 or " ".join(lower[first : before[1]]) in context.words.aside:
        parts = [after]
    elif _runs_on(context, end, last):
        parts = [before, after]  # German "Der Plan ist laut Roth gut"
    elif end + 1 < last and words[end] == "," and lower[end + 1] in context.words.auxiliary:
        parts = [before, after]  # "The plan, according to a consultant, would save money"
    else:
        parts = [before]
    return end, tuple(part for part in parts if part[0] < part[1])


def _opens_clause(context: Context, i: int, first: int) -> bool:
    """Whether token i opens a sentence, but for words that head nothing, or stands behind a mark."""
    while i > first and context.document.lower[i - 1] in context.words.no_head:
        i -= 1
    return i == first or not context.document.is_word[i - 1]


def _joins_role(context: Context, start: int, comma: int, last: int) -> bool:
    """Whether a comma joins a role and a name in a frame; where no article tells it, a comma must close it."""
    if not appositions.tells_role(context, start, comma):
        return False
    words, lower = context.words, context.document.lower
    end, tells = comma + 1, lower[comma + 1] in words.teller
    while end < last and (
        context.document.words[end][0].isupper()
        or (tells and context.document.is_word[end] and not (lower[end] in words.auxiliary or lower[end] in words.be))
    ):
        end += 1
    closed = comma + 1 < end < last and context.document.words[end] == ","
    return closed or ("frame_apart" not in context.grammar.trait and bool(context.grammar.definite_article))


def _runs_on(context: Context, end: int, last: int) -> bool:
    """Whether a sentence goes on without a comma behind the source of a frame."""
    return context.capitals and end < last and bool(context.document.is_word[end])


def by_pronoun(context: Context, cue: Hit, sentence: Range) -> Statement | None:
    """What a frame with a pronoun for whoever spoke holds: Russian "по его словам"."""
    first, last = sentence
    begin = min(cue.last + (context.document.words[min(cue.last, last - 1)] == ","), last)
    parts = ((first, marks.trim(context, first, cue.first)), (begin, last))
    content = tuple(part for part in parts if part[0] < part[1])
    return Statement(content, (cue.first, cue.last), None) if content else None


def by_frame_behind(context: Context, cue: Hit, sentence: Range) -> Statement | None:
    """What a word behind its source frames: German "dem Bericht zufolge"."""
    first, last = sentence
    begin = phrases.framed(context, cue.first, first)
    parts = ((first, marks.trim(context, first, begin)), (cue.last, last))
    content = tuple(part for part in parts if part[0] < part[1])
    return Statement(content, (cue.first, cue.last), (begin, cue.first)) if content and begin < cue.first else None


def _is_verb(context: Context, i: int) -> bool:
    """Whether a verb or what stands before one ends the noun phrase of a frame that needs no comma behind it."""
    if "frame_apart" not in context.grammar.trait:
        return False
    word, words = context.document.lower[i], context.words
    if i + 1 < len(context.document.words) and not context.document.is_word[i + 1]:
        return False  # "một khảo sát mới,"
    return word in words.auxiliary or word in words.be or i in context.verbs


def framed_verb(context: Context, cue: Hit, subject: Range | None, frame: int, sentence: Range) -> Statement | None:
    """What a clause such as "as Roe said" frames, before or behind it or on both sides."""
    first, last = sentence
    words = context.document.words
    close = next((i for i in range(cue.last, last) if words[i] == ","), last)
    source = subject or subjects.after(context, cue.last, close)
    parts = ((first, marks.trim(context, first, frame)), (min(close + 1, last), last))
    content = tuple(part for part in parts if part[0] < part[1])
    return Statement(content, (cue.first, cue.last), source) if content and source else None
