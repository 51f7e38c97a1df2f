"""Who says what: the attributions of a document, from its statements and from who their sources are."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from onrecord.features import layout, rules
from onrecord.features.document import Document, Span
from onrecord.features.identity.capitals import restore
from onrecord.features.identity.sources import Identity, Sources
from onrecord.features.identity.words import Words
from onrecord.features.measurement import Attribution, Mention, Quote
from onrecord.features.statement import Range, Statement
from onrecord.features.tagging import tagger

# A quotation may hold so little that is not in quotation marks.
MIN_QUOTED = 0.9


def find(document: Document) -> tuple[Attribution, ...]:
    """The attributions of a document, in order of place; none where its language has no lexicon."""
    return find_all([document])[0]


def find_all(documents: Sequence[Document]) -> list[tuple[Attribution, ...]]:
    """The attributions of each document: the same as one by one, and faster."""
    found = statements(documents)
    return [attribute(document, here) for document, here in zip(documents, found, strict=True)]


def statements(documents: Sequence[Document]) -> list[list[Statement]]:
    """The statements of each document: by layout, and by the tagger of its language, or rules where there is none."""
    found: list[list[Statement]] = [[] for _ in documents]
    for language in {document.language for document in documents if document.language}:
        places = [k for k, document in enumerate(documents) if document.language == language]
        here = [documents[k] for k in places]
        trained = tagger.load(language)
        told = trained.statements(here) if trained else [_by_rules(document) for document in here]
        for k, document, statements_there in zip(places, here, told, strict=True):
            found[k] = layout.add(document, statements_there)
    return found


def _by_rules(document: Document) -> list[Statement]:
    """Statements found by rules, which look at capitals: a text without any is given those of its names."""
    words = Words.of(document.language)
    return rules.statements(restore(document, words) if words else document)


def attribute(document: Document, statements: Sequence[Statement]) -> tuple[Attribution, ...]:
    """Statements, in order of place, with who their sources are."""
    sources = Sources.of(document)
    if sources is None:
        return ()
    found: list[Attribution] = []
    for statement in (_subject(document, sources, statement) for statement in statements):
        identities = sources.identify(statement.source)
        if not statement.cue and not statement.source:
            identities = (_unmentioned(document, sources, statement, found[-1] if found else None) or identities[0],)
        elif statement.cue and not statement.source:
            identities = (sources.dropped(statement.cue) or identities[0],)
        found += [_attribution(document, statement, identity) for identity in identities]
    return tuple(found)


def _subject(document: Document, sources: Sources, statement: Statement) -> Statement:
    """A quotation that holds its own verb has the name that opens its sentence for a source ("Roe “regrets it”")."""
    first = statement.content[0][0]
    if statement.cue or statement.source or not document.quoted[first]:
        return statement
    begin = int(document.sentences[document.sentence_of[first], 0])
    is_whole = begin < first and sources.names_at(begin, first)
    return replace(statement, source=(begin, first)) if is_whole else statement


def _attribution(document: Document, statement: Statement, identity: Identity) -> Attribution:
    return Attribution(
        content=_spans(document, statement.content),
        cue=_spans(document, (statement.cue,)),
        source=_spans(document, (statement.source,)),
        source_text=document.text_of(document.span(*statement.source)) if statement.source else "",
        quote=_quote(document, statement.content),
        **identity,
    )


def _unmentioned(
    document: Document, sources: Sources, statement: Statement, before: Attribution | None
) -> Identity | None:
    """Whose words a quotation is that has neither cue nor source; None when it is none, or nobody can tell.

    They are those of the person in the sentence before it, where that ends with a colon. Otherwise it goes on with
    what was quoted right before it: the press names a speaker once and lets the quotation run over paragraphs.
    """
    first, last = statement.content[0]
    if document.quoted[first:last].mean() < MIN_QUOTED:
        return None
    if first and document.words[first - 1] == ":":
        begin, _ = document.sentences[document.sentence_of[first - 1]].tolist()
        return sources.announcer(begin, first)
    if before is None or before.quote is Quote.INDIRECT:
        return None
    ends = bisect_left(document.start, before.content[-1].end) - 1
    if document.paragraph_of[first] - document.paragraph_of[ends] > 1:
        return None
    return Identity(kind=before.kind, mention=Mention.NONE, resolved=before.resolved, role=before.role)


def _spans(document: Document, ranges: Sequence[Range | None]) -> tuple[Span, ...]:
    return tuple(document.span(*found) for found in ranges if found is not None)


def _quote(document: Document, content: Sequence[Range]) -> Quote:
    total = sum(b - a for a, b in content)
    quoted = sum(int(document.quoted[a:b].sum()) for a, b in content)
    if quoted == 0:
        return Quote.INDIRECT
    return Quote.DIRECT if quoted >= total - 1 else Quote.MIXED
