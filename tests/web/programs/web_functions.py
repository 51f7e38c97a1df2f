"""Functions for the processes of a server under test."""

import os
import time
from functools import partial
from pathlib import Path

from onrecord.training import adapt, fit
from onrecord.web.trainer import carry_out


def wait_for_file(jobs):
    """Answer when the file is there that the text of the article names."""
    for job in jobs:
        while not Path(job.about["text"]).exists():
            time.sleep(0.005)
    return ["{}"] * len(jobs)


def hang_on_demand(jobs):
    """Hang on one text, and end the process on another."""
    for job in jobs:
        if job.about.get("text") == "hang":
            time.sleep(60)
        if job.about.get("text") == "leave":
            os._exit(3)
    return ['{"answered": true}'] * len(jobs)


def train_quickly(orders):
    """As the trainer does, with a small ensemble."""
    fit.TREES, fit.LEARNING_RATE = 5, 0.4
    adapt.fit = partial(fit.fit, members=2)
    return carry_out(orders)
