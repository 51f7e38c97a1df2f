"""JSON lines: one object a line."""

import json
from io import BufferedIOBase
from typing import Any

from onrecord.errors import InputError
from onrecord.scoring.corpus import rows
from onrecord.scoring.corpus.rows import Rows, too_large


def json_lines(file: BufferedIOBase) -> Rows:
    """The objects of a file with their lines. A line that is too long is passed by without being kept."""
    number = 0
    while line := file.readline(rows.MAX_RECORD + 1):
        number += 1
        if len(line) > rows.MAX_RECORD and not line.endswith(b"\n"):
            _pass_by(file)
            yield number, too_large()
        elif line.strip():
            yield number, _record(line)


def _pass_by(file: BufferedIOBase) -> None:
    while (piece := file.readline(1 << 16)) and not piece.endswith(b"\n"):
        pass


def _record(line: bytes) -> dict[str, Any] | InputError:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return InputError(f"the line is not valid JSON ({error})", "write one JSON object a line, in UTF-8")
    if isinstance(record, dict):
        return record
    return InputError(f"the line is a JSON {type(record).__name__}", "write one JSON object a line")
