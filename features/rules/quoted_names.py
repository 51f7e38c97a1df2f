"""Names of bodies in quotation marks (Russian "пишет «Труд»")."""

from onrecord.features.rules.context import Context

# How long a name in quotation marks is, with them.
_MAX_TOKENS = 7


def ending_at(context: Context, end: int, first: int) -> int | None:
    """Where a name in quotation marks opens that ends before a token; None where there is none."""
    if "quoted_names" not in context.grammar.trait or end <= first or context.document.words[end - 1] not in '»“”"':
        return None
    opened = end - 2
    least = max(first, end - _MAX_TOKENS - 1)
    while opened > least and context.document.quoted[opened - 1] and context.document.words[opened] not in "«„":
        opened -= 1
    named = end - opened <= _MAX_TOKENS and context.document.words[opened + 1][0].isupper()
    before = context.document.lower[opened - 1] if opened > first else ""
    return opened if named and (before in context.words.holder or before in context.grammar.definite_article) else None


def past(context: Context, i: int, last: int) -> int | None:
    """Behind a name in quotation marks that opens at token i; None where there is none."""
    words = context.document.words
    if (
        "quoted_names" not in context.grammar.trait
        or words[i] not in "«„"
        or not words[min(i + 1, last - 1)][0].isupper()
    ):
        return None
    return next((k + 1 for k in range(i + 2, min(i + _MAX_TOKENS, last)) if words[k] in "»“"), None)
