"""Whether the time that an article takes grows as its size does: `python benchmarks/linear.py [LARGEST_MB]`.

Each text is doubled up to LARGEST_MB (10) and scored whole, in one process. A row prints the processor seconds of each
size and the power of the size with which they grow, by least squares over the four largest sizes: 1 is linear, 2 is
quadratic. The exit code is 1 when a power is above LIMIT.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

import onrecord

LIMIT = 1.3
EXAMPLE = Path(__file__).parents[1] / "examples" / "hospital-merger.txt"
MB = 1_000_000

_SENTENCE = "Ann Roe, the mayor of Alton, said on Monday that the bridge “is safe”, according to a report. "
TEXTS: dict[str, str] = {
    "articles": EXAMPLE.read_text(encoding="utf-8") + "\n\n",
    "one paragraph": _SENTENCE,
    "no full stop": "Ann Roe said that Tom Bell said that ",
    "cues alone": "said ",
    "according to": "according to ",
    "opening quotes": "“",
    "quotes of both kinds": "“a ”b ‘c ’d \"e 'f ",
    "straight quotes": '"a ',
    "quotes that never close": "“He said\n\n",
    "brackets": "(",
    "brackets in brackets": "Ann Roe (",
    "commas": "Ann Roe, ",
    "names": "Ann Roe Bell Tom Ray ",
    "different names": "",
    "roles": "the former deputy acting mayor of the ",
    "one word": "x",
    "one hyphened word": "a-",
    "initials": "A.",
    "full stops": ".",
    "line ends": "\n",
    "short lines": "a\n",
    "digits": "0",
    "low lines": "_",
    "combining marks": "a\u0301\u0302",
    "dashes": "—No —dijo Ruiz—. ",
    "links": "https://example.org/a ",
    "hashtags": "#a ",
    "Vietnamese": "Ông Nguyễn Văn A, chủ tịch xã, cho biết cây cầu an toàn theo báo cáo của tổ chức. ",
    "German": "Der Bürgermeister sagte, dass die Brücke nach Angaben der Polizei sicher sei. ",
    "Russian": "По словам мэра, мост безопасен, — сообщил «Труд». ",
    "Chinese": "市长说，桥是安全的。",
}


def different_names(size: int) -> str:
    """Names of which no two are the same."""
    letters = str.maketrans("0123456789", "abcdefghij")
    found: list[str] = []
    while 30 * len(found) < size:
        found.append(f"Ann R{str(len(found)).translate(letters)}roe said no to the plan. ")
    return "".join(found)


def text(name: str, size: int) -> str:
    """About so many characters of a kind."""
    if name == "different names":
        return different_names(size)
    return TEXTS[name] * (size // len(TEXTS[name]) + 1)


def seconds(call: Callable[[], object]) -> float:
    """The processor time of a call: other programs do not count."""
    started = time.process_time()
    call()
    return time.process_time() - started


def main(largest: int) -> int:
    """Print the table."""
    sizes = [largest * MB >> k for k in (5, 4, 3, 2, 1, 0)]
    worst = 0.0
    print(f"{'':24}" + "".join(f"{size / MB:>9.2g}" for size in sizes) + "   MB; power")
    for name in TEXTS:
        print(f"{name:24}", end="", flush=True)
        took: list[float] = []
        for size in sizes:
            article = onrecord.Article(text(name, size))
            took.append(seconds(lambda article=article: onrecord.score_article(article)))  # type: ignore[misc]
            print(f"{took[-1]:9.2f}", end="", flush=True)
        power = float(np.polyfit(np.log(sizes[-4:]), np.log(took[-4:]), 1)[0])
        worst = max(worst, power)
        print(f"{power:9.2f}" + ("  TOO SLOW" if power > LIMIT else ""), flush=True)
    return int(worst > LIMIT)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10))
