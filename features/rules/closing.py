"""A cue behind what is said: "..., Roe said"."""

from onrecord.features.lexicon import Hit
from onrecord.features.rules import marks, subjects
from onrecord.features.rules.context import Context
from onrecord.features.statement import Range, Statement


def closing(
    context: Context, cue: Hit, first: int, left: int, subject: Range | None, tail: Range | None, last: int
) -> Statement | None:
    """A cue behind its content ("..., Roe said"), which may go on behind it."""
    source = subject or subjects.after(context, cue.last, last)
    if tail and context.document.lower[tail[0] - 1] in context.grammar.article:
        tail = None  # German "sagte Roth dem „Boten“"
    parts = [(first, marks.trim(context, first, left)), *([tail] if tail else [])]
    content = tuple(part for part in parts if part[0] < part[1])
    dropped = drops_subject(context) and marks.closes_quotation(context, left, first) and not _is_title(context, left)
    return Statement(content, (cue.first, cue.last), source) if content and (source or dropped) else None


def _is_title(context: Context, left: int) -> bool:
    """Whether a quotation right before token `left` is a name and no speech, as no comma or dash follows it."""
    return "quoted_names" in context.grammar.trait and context.document.words[left - 1] not in ",—–"


def drops_subject(context: Context) -> bool:
    """Whether a verb may stand without its subject."""
    return "dropped_subject" in context.grammar.trait
