"""The page docs/report.md: the JSON of a report, field by field from its schema, and one real report whole.

python tools/report_page.py > docs/report.md
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from onrecord.scoring.changes import with_changes
from onrecord.scoring.model import load_model
from onrecord.scoring.record import to_json
from onrecord.scoring.score import score_article
from onrecord.scoring.source import read_source

ROOT = Path(__file__).parents[1]
SCHEMA: dict[str, Any] = json.loads((ROOT / "docs/report.schema.json").read_text(encoding="utf-8"))
EXAMPLE = "examples/port-strike.md"
WIDTH = 150
DIGITS = 4

PAGE = """# The report as JSON

`onrecord score --format json` prints this record, `POST /api/score` answers with it, and `onrecord rank --evidence`
writes it for each article. {about} [The schema](report.schema.json) (JSON Schema, 2020-12) says all this to programs,
and every report is valid by it. `python tools/report_page.py > docs/report.md` writes this page.

{sections}## One report, whole

`onrecord score --format json {example}` gives this; numbers are rounded to {digits} digits here, and lines are
broken otherwise.

```json
{report}
```
"""


def page() -> str:
    """docs/report.md."""
    sections = "\n".join(_section("report", SCHEMA)) + "\n"
    for name, node in SCHEMA["$defs"].items():
        if "properties" in node:
            sections += "\n".join(_section(name, node)) + "\n"
    shown = compact(rounded(report()))
    about = SCHEMA["description"].partition(". ")[2]
    return PAGE.format(about=about, sections=sections, example=EXAMPLE, digits=DIGITS, report=shown)


def report() -> Any:
    """The record of the example, as the command prints it."""
    model = load_model()
    return json.loads(to_json(with_changes(score_article(read_source(str(ROOT / EXAMPLE)), model), model)))


def _section(name: str, node: Mapping[str, Any]) -> Iterator[str]:
    """The fields of an object as a table."""
    yield f"## {name.capitalize()}\n"
    if "description" in node and node is not SCHEMA:
        yield f"{node['description']}\n"
    yield "| field | type | |\n| --- | --- | --- |"
    for field, part in node["properties"].items():
        yield f"| `{field}` | {_type(part)} | {_about(part)} |"
        # An object that has no section of its own.
        for inner, each in part.get("properties", {}).items():
            yield f"| `{field}.{inner}` | {_type(each)} | {_about(each)} |"
    yield ""


def _about(node: Mapping[str, Any]) -> str:
    """What is said of a field, where it stands or where it leads."""
    inner = SCHEMA["$defs"].get(_name(node), {})
    return str(node.get("description", "" if "properties" in inner else inner.get("description", ""))).replace(
        "|", "\\|"
    )


def _name(node: Mapping[str, Any]) -> str:
    return str(node.get("$ref", "")).rpartition("/")[2]


def _type(node: Mapping[str, Any]) -> str:
    """What a value may be, in words."""
    if name := _name(node):
        inner = SCHEMA["$defs"][name]
        return f"[{name}](#{name})" if "properties" in inner else _type(inner)
    if "const" in node or "enum" in node:
        values = [node["const"]] if "const" in node else node["enum"]
        return ", ".join(f"`{json.dumps(value)}`" for value in values)
    given = node["type"]
    words = [_word(kind, node) for kind in ([given] if isinstance(given, str) else given)]
    return " or ".join(words) + _range(node)


def _word(kind: str, node: Mapping[str, Any]) -> str:
    if kind == "array":
        fields = [f"`{name}`" for name in node["items"].get("properties", ())]
        return f"list of objects with {', '.join(fields)}" if fields else f"list of {_type(node['items'])}"
    return {"string": "text", "boolean": "true or false"}.get(kind, kind)


def _range(node: Mapping[str, Any]) -> str:
    if "minimum" in node and "maximum" in node:
        return f", {node['minimum']} to {node['maximum']}"
    return f", at least {node['minimum']}" if "minimum" in node else ""


def rounded(value: Any) -> Any:
    """A record with fewer digits.

    >>> rounded({"value": [1.23456789, 3]})
    {'value': [1.2346, 3]}
    """
    if isinstance(value, dict):
        return {name: rounded(each) for name, each in value.items()}
    if isinstance(value, list):
        return [rounded(each) for each in value]
    return round(value, DIGITS) if isinstance(value, float) else value


def compact(value: Any, depth: int = 0) -> str:
    """JSON in which what fits on a line stands on one.

    >>> print(compact({"a": [1, 2]}))
    {"a": [1, 2]}
    """
    line = json.dumps(value, ensure_ascii=False)
    if len(line) + depth <= WIDTH or not isinstance(value, dict | list):
        return line
    inner = "  " * (depth // 2 + 1)
    if isinstance(value, dict):
        parts = [f"{json.dumps(name)}: {compact(each, depth + 2)}" for name, each in value.items()]
        opening, closing = "{}"
    else:
        parts = [compact(each, depth + 2) for each in value]
        opening, closing = "[]"
    return f"{opening}\n{inner}" + f",\n{inner}".join(parts) + f"\n{inner[2:]}{closing}"


if __name__ == "__main__":
    print(page(), end="")
