"""The catalogue of features as a table, JSON or Markdown."""

import json
import math

from onrecord.features import CATALOGUE, languages_of
from onrecord.features.measurement import Feature

_COLUMNS = ("id", "unit", "direction", "languages", "empty", "citation")


def render(form: str) -> str:
    """All features in the order in which they are measured, as "table" (plain text), "json" or "md"."""
    rows = [_row(feature) for feature in CATALOGUE.values()]
    if form == "json":
        return json.dumps(rows, indent=1, ensure_ascii=False)
    cells = [[_cell(row[column]) for column in _COLUMNS] for row in rows]
    if form == "md":
        lines = ["| " + " | ".join(_COLUMNS) + " |", "|" + " --- |" * len(_COLUMNS)]
        return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in cells])
    widths = [max(len(row[k]) for row in cells) for k in range(3)]
    return "\n".join("  ".join(row[k].ljust(widths[k]) for k in range(3)).rstrip() for row in cells)


def _row(feature: Feature) -> dict[str, object]:
    return {
        "id": feature.id,
        "unit": feature.unit,
        "direction": feature.direction,
        "languages": list(languages_of(feature)),
        "empty": None if math.isnan(feature.empty) else feature.empty,
        "citation": feature.citation,
    }


def _cell(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(value)
    return "missing" if value is None else str(value)
