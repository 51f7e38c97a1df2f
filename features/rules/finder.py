"""Statements found by rules, for languages that have words but no tagger.

The rules follow how the press writes (Pareti 2015 on cue, source and content; Newell et al. 2018
for the spans of PolNeAR): a cue stands between or after its source and its content; a quotation
before a cue is its content; a quotation without a cue carries on the one before it. Where languages differ, the
lexicon of grammar says so by a trait.
"""

from bisect import bisect_left
from dataclasses import replace

from onrecord.features import quotations
from onrecord.features.compounds import headed
from onrecord.features.document import Document
from onrecord.features.lexicon import Hit, load
from onrecord.features.rules import around, cues, explicit, frames, marks, speakers, uncued
from onrecord.features.rules.context import Context
from onrecord.features.statement import Range, Statement


def statements(document: Document) -> list[Statement]:
    """The statements of a document, in order of place; none where its language has no lexicon of cues."""
    lexicon = load("attribution", document.language)
    if lexicon is None:
        return []
    by_sentence = cues.outside_quotations(document, lexicon)
    verbs = frozenset(hit.first for hits in by_sentence.values() for hit in hits)
    context = Context.of(headed(document), verbs)
    found: list[Statement] = []
    for number in range(len(document.sentences)):
        found.extend(_in_sentence(context, number, by_sentence.get(number, [])))
    return quotations.whole(context.document, found)


def _in_sentence(context: Context, number: int, hits: list[Hit]) -> list[Statement]:
    """The statements of one sentence with its cues, in order of place."""
    first, end = context.document.sentences[number].tolist()
    here: list[Statement] = []
    begin, last = first, marks.trim(context, first, end)
    cited: list[Statement] = []
    for hit in cues.joined(context, hits):
        if hit.first < begin:
            continue
        if hit.label == "cite":
            cited.extend(filter(None, [around.citing(context, hit, (begin, last))]))
            continue
        statement = _statement(context, hit, (begin, last))
        if statement is None:
            continue
        here = _before_credit(context, _shortened(context, here, statement), statement, last)
        here.append(statement)
        begin = max([hit.last] + [b for a, b in statement.content if a < hit.first])
        begin = max(begin, statement.source[1]) if statement.source else begin
    here = _outermost(here)
    if cited:
        return sorted([*here, *_passed_on(cited, here)], key=lambda statement: statement.first)
    return here or uncued.carried_on(context, first, end)


def _statement(context: Context, cue: Hit, sentence: Range) -> Statement | None:
    """The attribution around one cue, or None when nobody says anything there."""
    if cue.label == "accord":
        return None if frames.is_noun(context, cue.first) else frames.by_frame(context, cue, sentence)
    if cue.label == "accord_back":
        return frames.by_pronoun(context, cue, sentence)
    if cue.label == "accord_behind":
        return frames.by_frame_behind(context, cue, sentence)
    if cue.label == "accord_first":
        found = frames.by_frame(context, cue, sentence) if cue.first == sentence[0] else None
        return found if found and found.source and speakers.names_holder(context, found.source) else None
    if cue.label == "accord_verb":
        return None
    if not context.grammar.trait.isdisjoint(("complementiser_needed", "comma_needed")):
        return explicit.explicit(context, cue, sentence)
    return around.around(context, cue, sentence)


def _shortened(context: Context, here: list[Statement], new: Statement) -> list[Statement]:
    """End what was said before "and added", whose subject is the one before."""
    if not here or new.source is not None or new.cue is None:
        return here
    at = new.cue[0]
    if context.document.lower[at - 1] not in context.grammar.copulative:
        return here
    before = here[-1]
    parts = tuple((a, marks.trim(context, a, min(b, at - 1))) for a, b in before.content)
    parts = tuple(part for part in parts if part[0] < part[1])
    return [*here[:-1], replace(before, content=parts)] if parts else here


def _before_credit(context: Context, here: list[Statement], new: Statement, last: int) -> list[Statement]:
    """End what was said before the credit that closes a sentence: "The police said so, the Herald reported"."""
    closes = new.cue is not None and new.source is not None and max(new.cue[1], new.source[1]) >= last
    if not here or not closes or "comma_opens" not in context.grammar.trait or new.content[0][0] > new.first:
        return here
    end = marks.trim(context, 0, min(new.cue[0], new.source[0])) if new.cue and new.source else last
    before = here[-1]
    parts = tuple((a, min(b, end)) for a, b in before.content if a < end)
    return [*here[:-1], replace(before, content=parts)] if parts else here


def _passed_on(cited: list[Statement], here: list[Statement]) -> list[Statement]:
    """What is passed on ("Reuters quotes Roe as saying"): what the other says behind it, where that is told."""
    places = [statement.first for statement in here]
    inner = [bisect_left(places, one.first) for one in cited]
    return [
        replace(one, content=here[at].content) if at < len(here) else one for one, at in zip(cited, inner, strict=True)
    ]


def _outermost(statements: list[Statement]) -> list[Statement]:
    """What people say people say is theirs: drop an attribution whose cue lies within the content of another."""
    contents = sorted(content for statement in statements for content in statement.content)
    kept: list[Statement] = []
    opened = reach = 0
    for statement in statements:
        first, last = statement.cue or (0, 0)
        while opened < len(contents) and contents[opened][0] <= first:
            reach = max(reach, contents[opened][1])
            opened += 1
        if last > reach:
            kept.append(statement)
    return kept
