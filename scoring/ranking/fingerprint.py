"""What a run depends on, so that one that is resumed can tell whether it would still give the same."""

import os
from collections.abc import Collection, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from onrecord.errors import InputError
from onrecord.scoring.formats import article_format
from onrecord.scoring.ranking.batch import Recipe
from onrecord.version import VERSION


def describe(inputs: Sequence[str], recipe: Recipe, own: Collection[Path]) -> dict[str, Any]:
    """Names of what a run depends on, each with its state, as JSON.

    How many processes score, on which engine, and what is written of it in the end, are no part of it.

    Args:
        own: resolved paths of files and folders that the run writes itself.

    Raises:
        InputError: an input is missing.
    """
    model = recipe.model
    return {
        "version of onrecord": VERSION,
        "model": f"{model.name} {model.version} {model.sha256}",
        "--evidence": recipe.evidence,
        "--text": recipe.text,
        "list of inputs": list(inputs),
        **{f"input {name}": _state(name, own) for name in inputs},
    }


def _state(name: str, own: Collection[Path]) -> str:
    if name == "-" or "://" in name:
        return "a stream"  # its ids and places are compared when it is read again
    path = Path(name)
    try:
        if not path.is_dir():
            return _stamp(path)
        digest = sha256()
        for folder, folders, files in os.walk(path):
            folders[:] = sorted(each for each in folders if Path(folder, each).resolve() not in own)
            for file in sorted(files):
                found = Path(folder, file)
                if found.resolve() not in own:
                    digest.update(f"{found.relative_to(path)}\n{_stamp(found)}\n".encode(errors="surrogatepass"))
        return digest.hexdigest()
    except FileNotFoundError:
        raise InputError(f"there is no file or folder {name}", "check the path") from None
    except (OSError, ValueError) as error:
        raise InputError(f"{name} cannot be read ({error})", "check the path and its permissions") from None


def _stamp(path: Path) -> str:
    status = path.lstat() if path.is_symlink() and not path.exists() else path.stat()
    return f"{status.st_size} bytes, {status.st_mtime_ns}"


def count_articles(inputs: Sequence[str]) -> int | None:
    """How many articles there are, where that can be told without reading them: in article files and Parquet."""
    total = 0
    for path in map(Path, inputs):
        if article_format(path):
            total += 1
        elif path.suffix.lower() == ".parquet" and path.is_file():
            rows = _rows_of_parquet(path)
            if rows is None:
                return None
            total += rows
        else:
            return None
    return total


def _rows_of_parquet(path: Path) -> int | None:
    import pyarrow
    from pyarrow import parquet

    try:
        return int(parquet.read_metadata(path).num_rows)
    except (pyarrow.ArrowException, OSError):  # reading it will say what is wrong
        return None
