"""Stories that rest on one source: whoever is named in them is it, speaks for it, or wrote the paper that is quoted."""

from collections.abc import Sequence

from onrecord.features.document import Note
from onrecord.features.measurement import Attribution, Kind

CODE = "one_source"
_MIN_STATEMENTS = 2
_BODIES, _PERSONS = Kind.NAMED_ORGANISATION, Kind.NAMED_PERSON


def recognise(attributions: Sequence[Attribution]) -> Note | None:
    """A note of code `one_source` where all that named sources say is said by one, or for one; else None.

    A person speaks for a body that stands in their role ("director at Amnesty" for Amnesty International). A paper
    without a name ("the complaint") is that of the only source that has one. Unnamed sources do not count.
    """
    named = [a for a in attributions if a.is_sourced and a.kind in (_BODIES, _PERSONS, Kind.DOCUMENT)]
    apart = [a for a in named if a.kind is not Kind.DOCUMENT or _has_name(a.source_name)]
    sources = {a.source_key: a for a in apart}
    bodies = [a for a in sources.values() if a.kind is _BODIES]
    if len(named) < _MIN_STATEMENTS or not sources:
        return None
    one = bodies[0] if bodies else next(iter(sources.values()))
    if any(each is not one and not _speaks_for(each.source_key, named, one) for each in sources.values()):
        return None
    name = " ".join(one.source_name.split())
    return Note(CODE, f"All that is said by named sources comes from one: {name}.")


def _speaks_for(person: str, named: Sequence[Attribution], body: Attribution) -> bool:
    roles = {word for a in named if a.source_key == person and a.kind is _PERSONS and a.role for word in a.role.split()}
    return body.kind is _BODIES and not _names(roles).isdisjoint(_names(body.source_name.split()))


def _names(words: Sequence[str] | set[str]) -> set[str]:
    return {word.strip(".,;:'’()").lower() for word in words if word[0].isupper()}


def _has_name(text: str) -> bool:
    return any(word[0].isupper() for word in text.split()[1:])
