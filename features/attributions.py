"""Who says what: the attributions of a document, from its statements and from who their sources are."""

from collections.abc import Sequence

from onrecord.features import rules
from onrecord.features.document import Document, Span
from onrecord.features.measurement import Attribution, Quote
from onrecord.features.sources import Sources
from onrecord.features.statement import Range, Statement
from onrecord.features.tagging import tagger


def find(document: Document) -> tuple[Attribution, ...]:
    """The attributions of a document, in order of place; none where its language has no lexicon."""
    return find_all([document])[0]


def find_all(documents: Sequence[Document]) -> list[tuple[Attribution, ...]]:
    """The attributions of each document: the same as one by one, and faster."""
    found = statements(documents)
    return [attribute(document, here) for document, here in zip(documents, found, strict=True)]


def statements(documents: Sequence[Document]) -> list[list[Statement]]:
    """The statements of each document: by the tagger of its language, or by rules where there is none."""
    found: list[list[Statement]] = [[] for _ in documents]
    for language in {document.language for document in documents if document.language}:
        places = [k for k, document in enumerate(documents) if document.language == language]
        here = [documents[k] for k in places]
        trained = tagger.load(language)
        told = trained.statements(here) if trained else [rules.statements(document) for document in here]
        for k, statements_there in zip(places, told, strict=True):
            found[k] = statements_there
    return found


def attribute(document: Document, statements: Sequence[Statement]) -> tuple[Attribution, ...]:
    """Statements, in order of place, with who their sources are."""
    sources = Sources.of(document)
    if sources is None:
        return ()
    return tuple(
        Attribution(
            content=_spans(document, statement.content),
            cue=_spans(document, (statement.cue,)),
            source=_spans(document, (statement.source,)),
            source_text=document.text_of(document.span(*statement.source)) if statement.source else "",
            quote=_quote(document, statement.content),
            **sources.identify(statement.source),
        )
        for statement in statements
    )


def _spans(document: Document, ranges: Sequence[Range | None]) -> tuple[Span, ...]:
    return tuple(document.span(*found) for found in ranges if found is not None)


def _quote(document: Document, content: Sequence[Range]) -> Quote:
    total = sum(b - a for a, b in content)
    quoted = sum(int(document.quoted[a:b].sum()) for a, b in content)
    if quoted == 0:
        return Quote.INDIRECT
    return Quote.DIRECT if quoted >= total - 1 else Quote.MIXED
