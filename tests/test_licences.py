"""docs/licences.md names the licence of all that constraints.txt pins, and none of them asks too much."""

from email.message import Message
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import licences
import pytest

ROOT = Path(__file__).parents[1]
PINS = licences.pins((ROOT / "constraints.txt").read_text(encoding="utf-8"))
TABLE, _, INSIDE = (ROOT / "docs/licences.md").read_text(encoding="utf-8").partition("## Inside packages")
ROWS = [tuple(cell.strip() for cell in line.split("|")[1:-1]) for line in TABLE.splitlines() if line.startswith("| ")]


class Package:
    """What metadata say of a package."""

    name = "example"

    def __init__(self, **fields):
        self.metadata = Message()
        for field, value in fields.items():
            for line in value if isinstance(value, list) else [value]:
                self.metadata[field.replace("_", "-")] = line


def here():
    """The pinned packages that are installed in the pinned version."""
    for pin in PINS:
        try:
            package = distribution(pin.name)
        except PackageNotFoundError:
            continue
        if package.version in pin.versions:
            yield pin, package


def test_the_page_is_about_the_versions_that_are_pinned():
    assert [row[:2] for row in ROWS[2:]] == [(pin.name, ", ".join(pin.versions)) for pin in PINS]


def test_the_page_says_what_the_installed_packages_say():
    pairs = list(here())
    assert pairs
    assert [licences.row(pin, package) for pin, package in pairs if licences.row(pin, package) not in ROWS] == []


def test_every_licence_on_the_page_may_be_used():
    for _, _, said, chosen in ROWS[2:]:
        assert licences.taken(said) == (chosen or said)


def test_where_a_licence_file_speaks_of_a_gpl_the_page_says_why():
    speaking = [pin.name for pin, package in here() if licences.speaks_of_gpl(package)]
    assert [name for name in speaking if f"\n| {name} |" not in INSIDE] == []


def test_nothing_is_explained_that_is_not_pinned():
    assert {*licences.READ, *licences.INSIDE} <= {pin.name for pin in PINS}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"License_Expression": "mit"}, "MIT"),
        ({"License_Expression": "MIT OR GPL-2.0-only", "License": "BSD-3-Clause"}, "MIT OR GPL-2.0-only"),
        ({"License": "Apache 2.0"}, "Apache-2.0"),
        ({"License": "UNKNOWN", "Classifier": ["License :: OSI Approved :: MIT License"]}, "MIT"),
        ({"Classifier": ["Topic :: Text", "License :: OSI Approved :: Python Software Foundation License"]}, "PSF-2.0"),
    ],
)
def test_a_licence_is_read(fields, expected):
    assert licences.licence(Package(**fields)) == expected


@pytest.mark.parametrize(
    "fields", [{}, {"License": "BSD"}, {"License": "see the file"}, {"Classifier": ["Topic :: Text"]}]
)
def test_a_licence_that_is_not_clear_is_refused(fields):
    with pytest.raises(licences.LicenceError, match="example does not say"):
        licences.licence(Package(**fields))


@pytest.mark.parametrize(
    "expression", ["GPL-2.0-only", "AGPL-3.0-or-later", "MIT AND GPL-3.0-only", "GPL-3.0-only OR BUSL-1.1"]
)
def test_a_licence_that_asks_too_much_is_refused(expression):
    with pytest.raises(licences.LicenceError, match=r"is none of"):
        licences.taken(expression)
