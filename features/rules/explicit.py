"""Verbs whose content must be opened: by a complementiser, an infinitive or a quotation."""

from onrecord.features.lexicon import Hit
from onrecord.features.rules import closing, frames, marks, openers, quoted_names, speakers, subjects, verbs
from onrecord.features.rules.context import Context
from onrecord.features.statement import Range, Statement


def explicit(context: Context, cue: Hit, sentence: Range) -> Statement | None:
    """In a language where a complementiser, an infinitive or a quotation must open what is said."""
    first, last = sentence
    lower = context.document.lower
    start = subjects.skip_back(context, cue.first, first)
    if verbs.is_impersonal(context, start, cue):
        return None
    if _is_relative(context, start, first):
        return None
    inside = subjects.inside(context, cue)
    subject = inside or _subject(context, cue, start, sentence)
    opener, quotation = openers.opener(context, cue.last, last), marks.quotation_after(context, cue.last, last)
    if quotation and _is_quoted_name(context, quotation[0], last):
        quotation = None
    begins = (opener, last) if opener is not None else (quotation[0], last) if quotation else None
    left = subject[0] if subject and not inside else start
    if left > first and lower[left - 1] in context.words.accord_verb and not quotation:
        return frames.framed_verb(context, cue, subject, left - 1, sentence)
    quoted = marks.closes_quotation(context, left, first)
    if quoted or (begins is None and marks.closes_content(context, left, first)):
        told = subject or subjects.after(context, cue.last, last)
        is_sure = quoted or (told is not None and speakers.names_somebody(context, told))
        if is_sure and (subject is None or inside or verbs.is_short_tail(context, cue.last, last)):
            return closing.closing(context, cue, first, left, subject, quotation, last)
    inset = _inset(context, cue, first, start, last) if begins is None else None
    if inset is not None:
        return inset
    if begins is not None:
        return _opened(context, cue, begins, subject or _behind(context, cue, begins[0], first), start)
    source = subjects.after(context, cue.last, last)
    if source and not context.words.resumed.isdisjoint(lower[start : cue.first]):
        before = marks.sentence_before(context, first)
        return Statement((before,), (cue.first, cue.last), source) if before else None
    return None


def _is_quoted_name(context: Context, opened: int, last: int) -> bool:
    """Whether a quotation is a body's name: it follows no colon, and an article in a language that has articles."""
    before, articles = context.document.lower[opened - 1], context.grammar.definite_article
    named = before != ":" and (not articles or before in articles)
    return named and quoted_names.past(context, opened, last) is not None


def _subject(context: Context, cue: Hit, start: int, sentence: Range) -> Range | None:
    """The subject before a verb, unless what stands there ends what is said and the subject follows."""
    first, last = sentence
    second = "verb_second" in context.grammar.trait
    if (
        second
        and start > first
        and context.document.words[start - 1] == ","
        and subjects.after(context, cue.last, last)
    ):
        return None
    return subjects.before(context, cue.first, first) or subjects.relative(context, start, first)


def _behind(context: Context, cue: Hit, end: int, first: int) -> Range | None:
    """The subject behind a verb; for "es hieß" what stands around it ("aus Kreisen der Polizei hieß es")."""
    if context.document.lower[cue.last - 1] not in context.words.impersonal:
        return subjects.after(context, cue.last, end)
    if cue.first > first + 1 and context.document.lower[first] in context.words.within:
        return first + 1, cue.first
    opens = cue.last < end and context.document.lower[cue.last] in context.words.within
    return subjects.after(context, cue.last + 1, end) if opens else None


def _inset(context: Context, cue: Hit, first: int, start: int, last: int) -> Statement | None:
    """What a verb and its subject between commas interrupt: "The plan, insists Roe, will cost nothing"."""
    words, source = context.document.words, subjects.after(context, cue.last, last)
    if source is None or start <= first + 1 or words[start - 1] != "," or not speakers.names_somebody(context, source):
        return None
    behind = (source[1] + 1, last)
    if source[1] >= last or words[source[1]] != "," or behind[0] >= behind[1]:
        return None
    return Statement(((first, start - 1), behind), (cue.first, cue.last), source)


def _is_relative(context: Context, start: int, first: int) -> bool:
    """Whether a verb tells of whom one speaks and not what is said: "those who say that ..."."""
    lower = context.document.lower
    relative = start > first and lower[start - 1] in context.grammar.relative
    return relative and (start < first + 2 or lower[start - 2] != ",")


def _opened(context: Context, cue: Hit, content: Range, source: Range | None, start: int) -> Statement | None:
    """A cue before its content; its subject may be missing where the language drops subjects."""
    is_noun = source is None and cue.first > 0 and context.document.lower[cue.first - 1] in context.grammar.article
    if is_noun or (source is None and not closing.drops_subject(context)):  # "la denuncia que ..."
        return None
    begin = verbs.verb_start(context, cue.first, source[1]) if source and source[1] <= cue.first else start
    return Statement((content,), (min(begin, cue.first), cue.last), source) if content[0] < content[1] else None
