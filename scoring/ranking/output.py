"""Writing a ranking: .jsonl, .csv or .parquet, a row at a time."""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from onrecord.scoring.ranking.batch import Recipe
from onrecord.scoring.ranking.columns import MAX_CARRIED, Type, arrow_type, flat_columns

SUFFIXES = (".jsonl", ".csv", ".parquet")
ROW_GROUP = 2_000

Row = Mapping[str, Any]


def error_file(out: Path) -> Path:
    """Where error records go."""
    return out.with_name(f"{out.name}.errors.jsonl")


def wanted(recipe: Recipe) -> list[str]:
    """The columns of the table that an output is made from."""
    flat = flat_columns() if recipe.flat else ("id", "duplicate_of")
    return [*flat, *["record"] * recipe.nested, *["text"] * recipe.text, "carried"]


def write(rows: Iterable[Row], path: Path, suffix: str, recipe: Recipe, carried: Mapping[str, Type | None]) -> int:
    """Write rows to a file of the kind that a suffix says.

    Args:
        rows: with the columns that are `wanted`.
        carried: the columns that are carried through, and their types.

    Returns:
        How many rows there were.
    """
    if suffix == ".jsonl":
        return _write_jsonl(rows, path)
    own: dict[str, Type] = {**flat_columns()}
    own |= {"report": "string"} if recipe.evidence else {}
    own |= {"text": "string"} if recipe.text else {}
    apart = len(carried) <= MAX_CARRIED
    more: dict[str, Type] = {name: kind or "string" for name, kind in carried.items()}
    more = more if apart else {"carried": "string"}
    flat = (_flat(row, apart) for row in rows)
    return (_write_csv if suffix == ".csv" else _write_parquet)(flat, path, {**own, **more})


def _write_jsonl(rows: Iterable[Row], path: Path) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write(_line(row))
            count += 1
    return count


def _line(row: Row) -> str:
    """A record of .jsonl; its pieces are JSON already, and so not read again."""
    pieces = [f'"id": {_json(row["id"])}', row["record"][1:-1], f'"duplicate_of": {_json(row["duplicate_of"] or None)}']
    if "text" in row:
        pieces.append(f'"text": {_json(row["text"])}')
    if row["carried"]:
        pieces.append(row["carried"][1:-1])
    return "{" + ", ".join(pieces) + "}\n"


def _flat(row: Row, apart: bool) -> dict[str, Any]:
    """A row of .csv and .parquet, with the carried columns `apart`, or else together as one."""
    flat = dict(row)
    if "record" in flat:
        flat["report"] = flat.pop("record")
    return {**flat, **json.loads(flat.pop("carried") or "{}")} if apart else flat


def _write_csv(rows: Iterable[Row], path: Path, columns: Mapping[str, Type]) -> int:
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for row in rows:
            writer.writerow(_cell(row.get(name)) for name in columns)
            count += 1
    return count


def _cell(value: Any) -> Any:
    return _json(value) if isinstance(value, dict | list) else value


def _write_parquet(rows: Iterable[Row], path: Path, columns: Mapping[str, Type]) -> int:
    import pyarrow
    from pyarrow import parquet

    schema = pyarrow.schema([(name, arrow_type(kind)) for name, kind in columns.items()])
    count = 0
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for group in _groups(rows):
            arrays = [
                pyarrow.array([_value(row.get(name), kind) for row in group], arrow_type(kind))
                for name, kind in columns.items()
            ]
            writer.write_table(pyarrow.Table.from_arrays(arrays, schema=schema))
            count += len(group)
    return count


def _groups(rows: Iterable[Row]) -> Iterator[Sequence[Row]]:
    source = iter(rows)
    while group := list(islice(source, ROW_GROUP)):
        yield group


def _value(value: Any, kind: Type) -> Any:
    """A value as its column has it: in one of strings, whatever is none as JSON."""
    if value is None or isinstance(value, str):
        return value
    if kind == "string":
        return _json(value)
    return float(value) if kind == "number" else value


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
