"""The columns of a ranking and their types: of the flat row, of a part, and of what is carried through."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Literal

from onrecord.features import FAMILIES

if TYPE_CHECKING:
    import pyarrow

Type = Literal["string", "integer", "number", "boolean"]

# A corpus of records that all have other columns has no columns, and would make a file that nothing reads.
MAX_CARRIED = 1_000

_HEAD: dict[str, Type] = {
    **dict.fromkeys(("id", "url", "title", "domain", "language"), "string"),
    "words": "integer",
    **dict.fromkeys(("score", "low", "high", "confidence"), "number"),
    "abstained": "boolean",
    "reasons": "string",
}
_TAIL: dict[str, Type] = {
    **dict.fromkeys(
        ("hyperpartisan", "leaning_left", "leaning_center", "leaning_right", "loaded_per_1000_words"), "number"
    ),
    **dict.fromkeys(("genre", "notes"), "string"),
    "duplicate_of": "string",
}


def flat_columns() -> dict[str, Type]:
    """The columns of the flat row, in their order: what `record.to_row` gives."""
    points: dict[str, Type] = {f"points_{family.NAME.replace(' ', '_')}": "number" for family in FAMILIES}
    return {**_HEAD, **points, **_TAIL}


def part_schema(nested: bool, text: bool) -> "pyarrow.Schema":
    """The columns of a part.

    The number of the article in its input; the flat row; the publisher, the date and the signature that near-duplicates
    are found by; what is carried through, as a JSON object; and, if asked for, the nested record as JSON and the text.
    """
    import pyarrow

    names: dict[str, Type] = {**flat_columns(), "publisher": "string", "published": "string"}
    fields = [("number", pyarrow.int64()), *((name, arrow_type(kind)) for name, kind in names.items())]
    fields += [("signature", pyarrow.binary()), ("carried", pyarrow.string())]
    fields += [("record", pyarrow.string())] * nested + [("text", pyarrow.string())] * text
    return pyarrow.schema(fields)


def arrow_type(kind: Type) -> "pyarrow.DataType":
    """The type of PyArrow."""
    import pyarrow

    types = {
        "string": pyarrow.string(),
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "boolean": pyarrow.bool_(),
    }
    return types[kind]


def carried_types(records: Iterable[Mapping[str, Any]], types: Mapping[str, Type | None]) -> dict[str, Type | None]:
    """The columns of carried records, in the order in which they first appear; None where all is null so far.

    Args:
        types: those of the records before.

    >>> carried_types([{"a": 1, "b": None}, {"a": 2.5, "c": "x"}, {"c": 1}], {})
    {'a': 'number', 'b': None, 'c': 'string'}
    """
    found = dict(types)
    for record in records:
        for name, value in record.items():
            found[name] = common_type(found.get(name), _type_of(value))
    return found


def common_type(one: Type | None, other: Type | None) -> Type | None:
    """The type that holds values of both; what has nothing in common is written as strings."""
    if one == other or other is None:
        return one
    if one is None:
        return other
    return "number" if {one, other} == {"integer", "number"} else "string"


def _type_of(value: Any) -> Type | None:
    if value is None:
        return None
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int) and -(2**63) <= value < 2**63:
        return "integer"
    return "number" if isinstance(value, float) else "string"
