"""What tests of training share."""

import re

import pytest

PARTS = ("source", "cue", "content")


@pytest.fixture(scope="session")
def labelled():
    """A labelled article from "{source:Roe} {cue:said} {content:it is safe}."; "source2" is of a second statement."""

    def make(marked):
        text, statements = "", {}
        for plain, part, number, inside in re.findall(r"([^{]*)(?:\{([a-z]+)(\d?):([^}]*)\})?", marked):
            text += plain
            if part:
                statement = statements.setdefault(number, {name: [] for name in PARTS})
                statement[part].append([len(text), len(text) + len(inside)])
            text += inside
        return {"text": text, "attributions": list(statements.values())}

    return make
