"""Who may speak: noun phrases that hold a name, a pronoun or a noun for people or bodies."""

from onrecord.features.document import Document
from onrecord.features.once import once_a_document
from onrecord.features.rules.context import Context
from onrecord.features.statement import Range


def speaker(context: Context, subject: Range) -> Range | None:
    """A subject from the word on that heads somebody who may speak; None without any such word.

    What stands before a title, a role or a name that is not at the head of the phrase belongs to another clause.
    """
    first, last = subject
    words, lower = context.words, context.document.lower
    while first < last - 1 and (lower[first] in words.determiner or not lower[first][0].isalpha()):
        first += 1
    if lower[first] in words.speaking or _opens_name(context, first, last):
        return subject
    where = context.grammar.where
    named = (
        i
        for i in range(first + 1, last)
        if _opens_name(context, i, last)
        and not (lower[i - 1] in where or _goes_on(context, i, first) or _tells_origin(context, i))
    )
    titled = (i for i in range(first + 1, last) if lower[i] in words.title)
    head = min((i for i in (next(named, None), next(titled, None)) if i is not None), default=None)
    return (head, last) if head is not None else None


def _goes_on(context: Context, i: int, first: int) -> bool:
    """Whether token i goes on with a name that stands behind a noun for places ("đường Trần Phú")."""
    while i > first and context.document.words[i - 1][0].isupper():
        i -= 1
    return i > first and context.document.lower[i - 1] in context.grammar.place_noun


def _tells_origin(context: Context, i: int) -> bool:
    """Whether token i is a country that tells where the one before it is from ("tay vợt người Serbia")."""
    words, before = context.words, context.document.lower[i - 1]
    others = (words.no_head, words.auxiliary, words.boundary, words.time)
    return (
        context.document.lower[i] in words.land and before.isidentifier() and not any(before in some for some in others)
    )


def _opens_name(context: Context, i: int, last: int) -> bool:
    """Whether a capital is that of a name: not one that any word has at the head of a sentence."""
    words, grammar = context.document.words, context.grammar
    if not words[i][0].isupper() or not context.document.is_word[i]:
        return False
    if i > context.document.sentences[context.document.sentence_of[i], 0]:
        return True
    lower = context.document.lower[i]
    if i + 1 < last and context.document.is_word[i + 1]:
        return words[i + 1][0].isupper() or grammar.is_foreign(lower)
    return lower in context.words.named or grammar.is_foreign(lower) or words[i] in _capitals(context.document)


def names_somebody(context: Context, source: Range) -> bool:
    """Whether a noun phrase holds a capital, a pronoun or a noun for people or bodies."""
    inside = range(*source)
    capital = any(context.document.words[i][0].isupper() for i in inside)
    known = context.words.holder | context.words.pronoun
    return capital or any(context.document.lower[i] in known for i in inside)


def names_holder(context: Context, source: Range) -> bool:
    """Whether a noun phrase holds both a noun for people or bodies and a name, and no infinitive ends it."""
    inside = range(*source)
    lower, infinitive = context.document.lower, context.grammar.infinitive_ending
    named = any(context.document.words[i][0].isupper() for i in inside)
    told = any(lower[i] in context.words.holder for i in inside)
    return (
        named and told and not (context.document.words[inside[-1]].islower() and lower[inside[-1]].endswith(infinitive))
    )


@once_a_document
def _capitals(document: Document) -> frozenset[str]:
    """The words that have a capital of their own: not at the head of a sentence."""
    opens = set(document.sentences[:, 0].tolist())
    return frozenset(word for i, word in enumerate(document.words) if word[0].isupper() and i not in opens)
