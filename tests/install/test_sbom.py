"""The bill of materials that SECURITY.md shows how to make names all that is pinned."""

import json
import os
import shlex
import shutil
import subprocess
import sys
from importlib.metadata import distributions

import licences
import pytest
from packaging.utils import canonicalize_name

from .conftest import ROOT, lacking

pytestmark = pytest.mark.slow


def command():
    """The line of SECURITY.md, for the environment that runs this."""
    lines = (ROOT / "SECURITY.md").read_text(encoding="utf-8").splitlines()
    (line,) = [line for line in lines if "cyclonedx-py" in line]
    return shlex.split(line.removeprefix("$ "))


def test_it_names_every_pinned_package_with_its_licence_where_that_is_clear(tmp_path):
    if shutil.which("cyclonedx-py") is None:
        lacking("pip install '.[release]' gives cyclonedx-py")
    *arguments, environment = command()
    assert environment == ".venv"
    subprocess.run([*arguments, sys.prefix], cwd=tmp_path, check=True, capture_output=True, env=os.environ)
    bill = json.loads((tmp_path / "onrecord.cdx.json").read_text(encoding="utf-8"))
    assert bill["bomFormat"] == "CycloneDX"
    named = {canonicalize_name(part["name"]): part for part in bill["components"]}
    pinned = {pin.name for pin in licences.pins((ROOT / "constraints.txt").read_text(encoding="utf-8"))}
    here = {canonicalize_name(package.name) for package in distributions()}
    assert len(pinned & here) > 30
    assert pinned & here - named.keys() == set()
    clear = pinned & here - licences.READ.keys()
    assert [name for name in clear if not named[name].get("licenses")] == []
    assert [reference["ref"] for reference in bill["dependencies"] if reference["ref"].startswith("onrecord==")]
