"""Days, months and times of day around a verb."""

from onrecord.features.rules.context import Context


def past_date(context: Context, end: int, first: int) -> int:
    """Before "Monday" or "day 6/10" that ends at a token; the token itself where no date does."""
    words, i = context.document.words, end
    while i > first and (words[i - 1].isdigit() or (words[i - 1] in "/-" and i < end)):
        i -= 1
    dated = i > first and is_time(context, i - 1)
    while i > first and is_time(context, i - 1):
        i -= 1
    return i if dated and i > first else end


def past_time(context: Context, start: int, last: int) -> int:
    """Behind the time that stands at a token ("this Monday morning")."""
    while start < last and (
        is_time(context, start)
        or (context.document.lower[start] in context.words.dated and _dates(context, start, last))
    ):
        start += 1
    return start


def _dates(context: Context, start: int, last: int) -> bool:
    """Whether token `start` stands before a time."""
    return start + 1 < last and is_time(context, start + 1)


def is_time(context: Context, i: int) -> bool:
    """Whether token i is a day, a month or a time of day, and no part of a name ("Nguyễn Văn Năm")."""
    written, opens = context.document.words, int(context.document.sentences[context.document.sentence_of[i], 0])
    named = bool(context.grammar.rime) and i > opens and written[i][0].isupper() and written[i - 1][0].isupper()
    return context.document.lower[i] in context.words.time and not named
