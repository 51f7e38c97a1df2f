"""The page of an article: how large it is and how long it takes to make, scoring aside: `python benchmarks/page.py`.

The first page of a process also loads Jinja and compiles the templates. Articles are the example with the most
sources, cut or repeated to a number of words, which have as many marks for their length as an article can well have.
"""

import statistics
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import onrecord
from onrecord.scoring.render import to_html
from onrecord.scoring.terminal import to_text

RUNS = 9
WORDS = (250, 1000, 4000)
EXAMPLE = Path(__file__).parents[1] / "examples" / "council-water.html"
FIRST = """
import time, onrecord
report = onrecord.score_article(onrecord.read_source({path!r}))
started = time.perf_counter()
from onrecord.scoring.render import to_html
to_html(report)
print(time.perf_counter() - started)
"""


def article(words: int) -> onrecord.Article:
    """The example with about so many words, in whole paragraphs."""
    example = onrecord.read_source(str(EXAMPLE))
    kept: list[str] = []
    while sum(len(paragraph.split()) for paragraph in kept) < words:
        kept.append(example.text.split("\n")[len(kept) % (example.text.count("\n") + 1)])
    return replace(example, text="\n".join(kept))


def median_ms(call: object, *arguments: object) -> float:
    """Milliseconds of a call: the median of RUNS, after one that does not count."""
    assert callable(call)
    call(*arguments)
    took = []
    for _ in range(RUNS):
        started = time.perf_counter()
        call(*arguments)
        took.append(time.perf_counter() - started)
    return 1000 * statistics.median(took)


def main() -> None:
    """Print the table."""
    command = [sys.executable, "-c", FIRST.format(path=str(EXAMPLE))]
    first = statistics.median(float(subprocess.check_output(command)) for _ in range(RUNS))
    print(f"first page of a process, council-water.html: {1000 * first:.0f} ms (medians of {RUNS})")
    print(f"{'words':>8}{'kB':>8}{'HTML ms':>10}{'text ms':>10}")
    for words in WORDS:
        report = onrecord.score_article(article(words))
        size = len(to_html(report).encode()) / 1000
        print(f"{report.words:8,}{size:8.0f}{median_ms(to_html, report):10.1f}{median_ms(to_text, report):10.1f}")


if __name__ == "__main__":
    main()
