"""What could be better sourced in an article, each as edits to its text that can be made and scored.

The names, roles and sentences that an edit puts in are stand-ins: they are scored and never shown.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from onrecord.features.document import Document, Span, read
from onrecord.features.measurement import Attribution, Kind, Mention
from onrecord.scoring.explain import sources
from onrecord.scoring.phrases import in_words
from onrecord.scoring.report import Report

LANGUAGE = "en"  # of the stand-ins
MOST = 3  # sources, roles or sentences in one proposal: what one round of calls may bring
NAMES = ("Hanna Wexmoor", "Tomas Ferrabeck", "Clara Thornquay", "Martin Larkholme", "Edith Ashgarrow", "Oscar Dunvale")
ROLES = ("a safety inspector", "a project manager", "a laboratory director")
ANOTHER = "{name}, {role}, said that the account was correct."
ANSWER = "A request for comment to the other side went unanswered."

_SOURCES, _SAID, _TONE = "named_sourcing", "attribution", "tone"
_UNNAMED = "named_sourcing.unnamed"
_FIGURES = "attribution.unattributed_numbers"
_LOADED = "tone.loaded"
# Lines that ask something of the reader; what tells who publishes, or who pays, is to stay.
_ASKS = frozenset(
    f"boilerplate.{kind}" for kind in ("subscription", "donation", "follow_us", "newsletter", "read_more")
)
_RESPONSE = "named_sourcing.response_sought"
_CLOSING = "\"'”’»)] "
_TERMINAL = (".", "!", "?", "…")


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Put `text` in the place of the characters `start` to `end`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Edits that belong together.

    Attributes:
        text: what is proposed, for a reader, without a full stop.
        count: how many things it changes.
        spans: the passages that it concerns; empty where something is added.
        edits: they do not overlap.
        families: those of the features that it is about; any, if empty.
    """

    text: str
    count: int
    spans: tuple[Span, ...]
    edits: tuple[Edit, ...]
    families: tuple[str, ...]


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with all edits made, which must not overlap.

    >>> edited("The awful pier", [Edit(4, 10, ""), Edit(14, 14, " closed")])
    'The pier closed'
    """
    parts, place = [], 0
    for edit in sorted(edits):
        parts += [text[place : edit.start], edit.text]
        place = edit.end
    return "".join([*parts, text[place:]])


def proposals(report: Report) -> tuple[Proposal, ...]:
    """All that could be proposed for an article, one of each kind at most; none in a language without stand-ins."""
    if report.language != LANGUAGE:
        return ()
    document = read(report.article)
    found = (
        _naming(report, document),
        _roles(report, document),
        _figures(report, document),
        _nobody(report, document),
        _loaded(report, document),
        _page(report, document),
        _another(report),
        _answer(report),
    )
    return tuple(proposal for proposal in found if proposal is not None)


# --- the kinds --------------------------------------------------------------------------------


def _naming(report: Report, document: Document) -> Proposal | None:
    """Unnamed sources get a name and a role where they are first mentioned, and a surname after that."""
    unnamed = set(_passages(report, _UNNAMED))
    by_source: dict[str, list[Attribution]] = {}
    for each in report.attributions:
        own = each.kind is Kind.UNNAMED and each.mention is not Mention.PRONOUN and each.source
        if own and each.source[0] in unnamed and not _quoted(document, each.source[0]):
            by_source.setdefault(each.source_key, []).append(each)
    named = list(zip(_names(report), ROLES[:MOST], strict=False))
    chosen = sorted(by_source.values(), key=len, reverse=True)[: len(named)]
    edits = []
    for statements, (name, role) in zip(chosen, named, strict=False):
        places = list(dict.fromkeys(statement.source[0] for statement in statements))
        edits.append(_put(report, places[0], f"{name}, {role}"))
        edits += [_put(report, span, name.split()[1], closed=True) for span in places[1:]]
    spans = [statements[0].source[0] for statements in chosen]
    what = _some(len(spans), len(by_source), "unnamed source")
    return _proposal(
        f"Naming {what}, with {_plural(len(spans), 'a role', 'their roles')}", spans, edits, _SOURCES, _SAID
    )


def _roles(report: Report, document: Document) -> Proposal | None:
    """Named persons whose role is not told get one after their name."""
    places = []
    for source in sources(report):
        if source.kind is Kind.NAMED_PERSON and source.role is None:
            named = [each.source[0] for each in source.statements if each.source]
            # Of "Ann Roe and Tom Bell" only Bell can be given a role here.
            surname = source.name.rpartition(" ")[2]
            ending = [span for span in named if _bare(report, span).endswith(surname)]
            places += [span for span in ending if not _quoted(document, span)][:1]
    spans = places[:MOST]
    edits = []
    for span, role in zip(spans, ROLES, strict=False):
        end = span.start + len(_bare(report, span))
        edits.append(Edit(end, end, f", {role}{_comma(report, end)}"))
    what = _some(len(spans), len(places), "named person", "named people")
    return _proposal(f"Giving the {_plural(len(spans), 'role', 'roles')} of {what} without one", spans, edits, _SOURCES)


def _figures(report: Report, document: Document) -> Proposal | None:
    """Sentences with figures that have no source get one."""
    places = _passages(report, _FIGURES)
    spans = places[:MOST]
    what = _some(len(spans), len(places), "sentence with figures", "sentences with figures")
    edits = _credited(report, document, spans)
    return _proposal(f"Saying who stands behind {what} and no source", spans, edits, _SOURCES, _SAID)


def _nobody(report: Report, document: Document) -> Proposal | None:
    """Statements that are somebody's, though nobody is mentioned, get a source."""
    nobody = [each for each in report.attributions if each.kind is Kind.UNRESOLVED and not each.source and each.content]
    places = [each.content[0] for each in nobody]
    spans = places[:MOST]
    what = _some(len(spans), len(places), "statement", "statements")
    edits = _credited(report, document, spans)
    return _proposal(f"Saying who makes {what} that nobody is named for", spans, edits, _SOURCES, _SAID)


def _loaded(report: Report, document: Document) -> Proposal | None:
    """Loaded words go."""
    spans = _passages(report, _LOADED)
    text = report.article.text
    own = {span.start for span in spans}
    opening = set(document.start[document.sentences[:, 0]].tolist())
    edits = []
    for span in spans:
        end = span.end + text[span.end : span.end + 1].isspace()
        opens = span.start in opening and end < len(text)
        if opens and end in own:  # the next one opens the sentence now
            opening.add(end)
            opens = False
        edits.append(Edit(span.start, end + opens, text[end].upper() if opens else ""))
    return _proposal(f"Leaving out {_some(len(spans), len(spans), 'loaded word')}", spans, edits, _TONE)


def _page(report: Report, document: Document) -> Proposal | None:
    """Lines that belong to the page go: their sentences, and paragraphs where half of the sentences are such."""
    passages = [each for each in report.evidence.get("boilerplate", ()) if each.feature in _ASKS]
    marked = np.zeros(len(document.sentences), dtype=np.bool_)
    marked[_sentences(document, [each.span for each in passages])] = True
    disclosed = [each.span for each in report.evidence.get("transparency", ())]
    marked[_sentences(document, disclosed)] = False  # the reader is to know that
    passages = [each for each in passages if marked[_sentences(document, [each.span])].any()]
    gone: dict[Span, None] = {}
    for first, last in document.paragraphs.tolist():
        a, b = int(document.sentence_of[first]), int(document.sentence_of[last - 1]) + 1
        if marked[a:b].mean() >= 0.5:
            gone[document.span(first, last)] = None
        else:
            gone |= dict.fromkeys(document.span(*document.sentences[k].tolist()) for k in range(a, b) if marked[k])
    kinds = dict.fromkeys(each.feature.partition(".")[2].replace("_", "-") for each in passages)
    *most, final = kinds or ("",)
    named = f"{', '.join(most)} and {final}" if most else final
    edits = [Edit(span.start, span.end, "") for span in gone]
    return _proposal(f"Removing the {named} {_plural(len(gone), 'line', 'lines')}", list(gone), edits)


def _another(report: Report) -> Proposal | None:
    name = next(_names(report), None)
    added = name and ANOTHER.format(name=name, role=ROLES[0])
    return _added(report, "One more independent source, named and with a role", added) if added else None


def _answer(report: Report) -> Proposal | None:
    if _passages(report, _RESPONSE):
        return None
    return _added(report, "Asking those who are criticised for an answer, and saying so", ANSWER)


# --- what they are made of --------------------------------------------------------------------


def _proposal(text: str, spans: list[Span], edits: list[Edit], *families: str) -> Proposal | None:
    """A proposal, if there is anything to change and all of it can be changed together."""
    edits = sorted(edits)
    if not edits or any(a.end > b.start for a, b in pairwise(edits)):
        return None
    return Proposal(text, len(spans), tuple(sorted(spans)), tuple(edits), families)


def _added(report: Report, text: str, paragraph: str) -> Proposal:
    end = len(report.article.text)
    return Proposal(text, 1, (), (Edit(end, end, f"\n\n{paragraph}"),), (_SOURCES,))


def _passages(report: Report, feature: str) -> list[Span]:
    """The passages of a feature, in order of place."""
    return [span for each in report.contributions if each.feature.id == feature for span in each.spans]


def _credited(report: Report, document: Document, spans: list[Span]) -> list[Edit]:
    """The sentences of passages, each with a source at its end: one whom the article names, else a stand-in."""
    kinds = (Kind.NAMED_PERSON, Kind.NAMED_ORGANISATION)
    known = (source.name for source in sources(report) if source.kind in kinds)
    stand_in = (f"{name}, {ROLES[0]}" for name in _names(report))
    who = next(known, None) or next(stand_in, None)
    edits = []
    for k in dict.fromkeys(_sentences(document, spans)) if who else ():
        span = document.span(*document.sentences[k].tolist())
        sentence = document.text_of(span)
        inner = sentence.rstrip(_CLOSING)
        if inner != sentence and inner.endswith(_TERMINAL):  # closed with its full stop inside: "It is rotten."
            edits.append(Edit(span.end, span.end, f" according to {who}."))
        else:
            end = span.start + len(sentence.rstrip("".join(_TERMINAL)))
            edits.append(Edit(end, end, f", according to {who}"))
    return edits


def _sentences(document: Document, spans: list[Span]) -> list[int]:
    at = np.searchsorted(document.start, [span.start for span in spans])
    return [int(k) for k in document.sentence_of[at]]


def _names(report: Report) -> Iterator[str]:
    """The stand-ins of which the article has no word."""
    text = f"{report.article.title} {report.article.text}"
    return (name for name in NAMES if not any(word in text for word in name.split()))


def _quoted(document: Document, span: Span) -> bool:
    """Whether a passage begins inside quotation marks: what somebody said is not ours to change."""
    at = int(np.searchsorted(document.start, span.start))
    return bool(document.quoted[at])


def _put(report: Report, span: Span, text: str, closed: bool = False) -> Edit:
    end = span.start + len(_bare(report, span))
    return Edit(span.start, end, text if closed else text + _comma(report, end))


def _bare(report: Report, span: Span) -> str:
    """A passage without the marks and gaps at its end."""
    return report.article.text[span.start : span.end].rstrip(" ,;:\n")


def _comma(report: Report, end: int) -> str:
    """What closes an apposition: a comma, unless a mark follows anyway."""
    after = report.article.text[end : end + 2].lstrip()[:1]
    return "," if after.isalnum() else ""


def _some(count: int, total: int, one: str, many: str = "") -> str:
    """So many of so many.

    >>> _some(1, 1, "word"), _some(2, 2, "word"), _some(3, 5, "word")
    ('the word', 'the two words', 'three of the five words')
    """
    many = many or f"{one}s"
    if count < total:
        return f"{in_words(count)} of the {in_words(total)} {many}"
    return f"the {one}" if count == 1 else f"the {in_words(count)} {many}"


def _plural(count: int, one: str, many: str) -> str:
    return one if count == 1 else many
