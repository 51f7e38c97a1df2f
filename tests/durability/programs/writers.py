"""Write without end, and say what is written, to be killed meanwhile: `writers.py WHAT FOLDER`.

For each line that is read, a process is copied from this one, which has loaded everything already. It prints what it
acknowledges, a line of JSON each; this one prints {"pid": ...} of it, and {"ended": ...} when it has.
"""

import json
import os
import sys
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path

from onrecord.scoring.model import Model, Scorecard, to_json
from onrecord.training import adapt
from onrecord.training.fit import fit
from onrecord.training.labels import read_labels
from onrecord.training.registry import Registry
from onrecord.training.train import train, write

LABELS = Path(__file__).parents[3] / "examples" / "labels.csv"


def registry(folder):
    """Take new models into use, and go back after every second one; the history is what is acknowledged."""
    home, source = Registry(folder / "home"), folder / "source"
    source.mkdir(exist_ok=True)
    (source / "model.json").write_text(to_json(Model("mine", "1", "", Scorecard(50.0, {}, 8.0, 1.6, ()))))

    def steps():
        for number in count():
            if number % 3 == 2:
                home.rollback()
            else:
                (source / "card.md").write_text(f"{os.getpid()} {number}")
                home.adopt(str(source), home.state().in_use)
            yield home.state().history

    return steps


def model(folder):
    """Write two models to one folder by turns; the name is what is acknowledged."""
    adapt.fit = partial(fit, members=2)
    one = train(read_labels(LABELS), "one", jobs=1)
    other = replace(
        one,
        model=replace(one.model, name="other", score=replace(one.model.score, baseline=1.0)),
        matrix=replace(one.matrix, weights=one.matrix.weights * 2),
    )

    def steps():
        for number in count():
            written = (one, other)[number % 2]
            write(written, folder / "model")
            yield [written.model.name, float(written.matrix.weights.sum())]

    return steps


steps = {"registry": registry, "model": model}[sys.argv[1]](Path(sys.argv[2]))
for _ in sys.stdin:
    process = os.fork()
    if process == 0:
        for acknowledged in steps():
            print(json.dumps(acknowledged), flush=True)
    print(json.dumps({"pid": process}), flush=True)
    print(json.dumps({"ended": os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])}), flush=True)
