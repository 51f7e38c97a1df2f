"""95% intervals over articles for what measure.py prints.

    python benchmarks/intervals.py ../shared attribution OUT GOLD

OUT is what `onrecord rank GOLD -o OUT.jsonl --evidence` wrote; both are .jsonl, matched on `id`. The articles are drawn
again 200 times, and every figure that the measure prints is given with the middle 95% of what the draws gave.
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from attribution import load_measure, rows_of

DRAWS = 200


def leaves(found: dict[str, Any], before: str = "") -> Iterator[tuple[str, float]]:
    """The numbers in nested results, by their dotted names; those in lists by their place."""
    for name, value in found.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{before}{name}.")
        elif isinstance(value, list):
            yield from leaves({str(k): item for k, item in enumerate(value)}, f"{before}{name}.")
        elif isinstance(value, int | float):
            yield f"{before}{name}", float(value)


def main(shared: Path, measure: str, out: Path, gold: Path) -> None:
    """Print a line a figure."""
    function = getattr(load_measure(shared), measure)
    by_id = {str(row["id"]): row for row in rows_of(out)}
    pairs = [(by_id[str(row["id"])], row) for row in rows_of(gold) if str(row["id"]) in by_id]
    whole = dict(leaves(function(str(out), str(gold))))
    drawn: dict[str, list[float]] = {name: [] for name in whole}
    rng = np.random.default_rng(0)
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder, name) for name in ("out.jsonl", "gold.jsonl")]
        for _ in range(DRAWS):
            sample = [pairs[k] for k in rng.integers(0, len(pairs), len(pairs))]
            for side, file in enumerate(files):
                lines = (json.dumps(pair[side] | {"id": str(n)}) + "\n" for n, pair in enumerate(sample))
                file.write_text("".join(lines), encoding="utf-8")
            for name, value in leaves(function(*map(str, files))):
                drawn.setdefault(name, []).append(value)
    for name, value in whole.items():
        if drawn[name]:
            low, high = np.quantile(drawn[name], [0.025, 0.975])
            print(f"{name:40}{value:9.3f}   {low:.3f} to {high:.3f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))
