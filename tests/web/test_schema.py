"""The API under requests that Schemathesis makes from its OpenAPI document, right ones and wrong ones."""

import os
import subprocess
import sys
from importlib.util import find_spec

import pytest

REQUIRED = "install" in os.environ.get("ONRECORD_REQUIRE", "")
# What is left out: an article of no words is refused, and a schema cannot say what a word is.
COMMAND = ("run", "--max-examples", "150", "--seed", "1", "--workers", "1", "--no-color", "--exclude-checks")
UNTOLD = "positive_data_acceptance"


@pytest.mark.slow
@pytest.mark.skipif(not (REQUIRED or find_spec("schemathesis")), reason="needs the extra 'release'")
def test_answers_are_those_of_the_document(site, tmp_path):
    program = "from schemathesis.cli import schemathesis; schemathesis()"
    url = str(site.base_url.join("/api/openapi.json"))
    command = [sys.executable, "-c", program, *COMMAND, UNTOLD, url]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "Tested: 4" in done.stdout
