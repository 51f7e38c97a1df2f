"""The licence of everything that constraints.txt pins, as the page docs/licences.md; what may not be used is refused.

    python tools/licences.py > docs/licences.md

Licences are read from what is installed, so all that is pinned has to be:
`pip install -c constraints.txt '.[all,test,release]' colorama`, with Python 3.11 (later ones need fewer packages).
"""

import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

CONSTRAINTS = Path(__file__).parents[1] / "constraints.txt"

PERMISSIVE = (
    *("0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "CNRI-Python", "ISC", "MIT", "MIT-CMU"),
    *("PSF-2.0", "Zlib"),
)
# Use as a library puts no condition on onrecord; a change to the package itself would have to be published.
WEAK = ("MPL-2.0", "MPL-1.1", "LGPL-2.1-or-later", "LGPL-3.0-only", "LGPL-3.0-or-later")
ALLOWED = (*PERMISSIVE, *WEAK)

# How packages spell a licence where they do not give an SPDX expression: a text, or a classifier.
SPELLINGS = {
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "Apache2": "Apache-2.0",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "The BSD 2-Clause License": "BSD-2-Clause",
}

# Packages whose metadata say only "BSD", or several licences and not how they join: read in their licence files.
READ = {
    "colorama": "BSD-3-Clause",
    "contourpy": "BSD-3-Clause",
    "cycler": "BSD-3-Clause",
    "jinja2": "BSD-3-Clause",
    "kiwisolver": "BSD-3-Clause",
    "partd": "BSD-3-Clause",
    "pyphen": "GPL-2.0-or-later OR LGPL-2.1-or-later OR MPL-1.1",
    "scipy": "BSD-3-Clause",
    "zict": "BSD-3-Clause",
}

# Packages whose licence files speak of a GPL, each with what it is about and why it does no harm.
INSIDE = {
    "lxml": "a build for macOS or Windows holds libiconv (LGPL-2.1); `test.py` under the GPL is not installed",
    "matplotlib": "FreeType (FTL OR GPL-2.0-or-later): taken under the FTL",
    "numpy": "libgfortran and libquadmath of GCC: GPL-3.0-or-later WITH GCC-exception-3.1 and LGPL-2.1-or-later; the "
    "exception is for programs that link to them",
    "pillow": "FreeType (FTL OR GPL-2.0-or-later): taken under the FTL; what XZ has under a GPL is not in its library",
    "pyarrow": "the exception of LLVM's licence, which lets its parts join programs under the GPLv2",
    "pyphen": "the texts of its three licences; each of its dictionaries has its own, and is read as data",
    "scikit-learn": "libgomp of GCC: GPL-3.0-or-later WITH GCC-exception-3.1; the exception is for who links to it",
    "scipy": "libgfortran and libquadmath of GCC, as in numpy",
    "setuptools": "autocommand (LGPL-3.0-only), for its own use; a build of onrecord holds nothing of it",
    "tld": "the texts of its three licences",
}
GPL = re.compile(r"GNU (?:LESSER |AFFERO )?GENERAL PUBLIC LICENSE|\b[AL]?GPL[ -]?v?[23]")
LICENCE_FILE = re.compile(r"(?:^|/)(?:LICEN[CS]E|COPYING|NOTICE)[^/]*$", re.IGNORECASE)
NO_TEXT = (".json", ".py", ".pyc")


class LicenceError(Exception):
    """A licence that is unknown, or that onrecord may not depend on."""


@dataclass(frozen=True, slots=True)
class Pin:
    """A package as constraints.txt pins it: one version, or several for different versions of Python."""

    name: str
    versions: tuple[str, ...]


def pins(text: str) -> list[Pin]:
    """What a constraints file pins, by name."""
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        if line and not line.startswith(("#", " ")):
            requirement = Requirement(line)
            (exact,) = requirement.specifier
            found.setdefault(canonicalize_name(requirement.name), []).append(exact.version)
    return [Pin(name, tuple(versions)) for name, versions in sorted(found.items())]


def licence(package: Distribution) -> str:
    """The SPDX expression of a package.

    Raises:
        LicenceError: its metadata do not say, or not clearly.
    """
    metadata = package.metadata
    name = canonicalize_name(package.name)
    expression, text = (metadata.get_all(field, [""])[0] for field in ("License-Expression", "License"))
    classifiers = [each.rpartition(" :: ")[2] for each in metadata.get_all("Classifier", []) if "License ::" in each]
    for said in (expression, READ.get(name, ""), text, *classifiers):
        try:
            return canonicalize_license_expression(SPELLINGS.get(said, said))
        except InvalidLicenseExpression:
            continue
    raise LicenceError(f"{name} does not say its licence clearly; read its licence file and add it to READ")


def taken(expression: str) -> str:
    """Which of the licences offered is used: the most permissive.

    >>> taken("GPL-2.0-only OR MPL-1.1"), taken("MPL-2.0 AND MIT")
    ('MPL-1.1', 'MPL-2.0 AND MIT')

    Raises:
        LicenceError: none of them may be used.
    """
    offered = [part for part in expression.split(" OR ") if set(part.split(" AND ")) <= set(ALLOWED)]
    if not offered:
        raise LicenceError(f"{expression} is none of {', '.join(ALLOWED)}")
    return min(offered, key=lambda part: max(ALLOWED.index(name) for name in part.split(" AND ")))


def row(pin: Pin, package: Distribution) -> tuple[str, str, str, str]:
    """The row of a package: name, versions, licence, and the licence taken where there is a choice.

    Raises:
        LicenceError: its licence is unknown or may not be used.
    """
    said = licence(package)
    try:
        chosen = taken(said)
    except LicenceError as error:
        raise LicenceError(f"{pin.name}: {error}") from None
    return pin.name, ", ".join(pin.versions), said, chosen if chosen != said else ""


def speaks_of_gpl(package: Distribution) -> bool:
    """Whether a licence file of a package, or of what it holds, names a GPL, LGPL or AGPL."""
    files = [file for file in package.files or [] if LICENCE_FILE.search(str(file))]
    return any(GPL.search(file.read_text(encoding="utf-8")) for file in files if file.suffix not in NO_TEXT)


def installed(found: Iterable[Pin]) -> Iterator[tuple[Pin, Distribution]]:
    """Each pinned package with what is installed of it.

    Raises:
        LicenceError: it is not installed.
    """
    for pin in found:
        try:
            yield pin, distribution(pin.name)
        except PackageNotFoundError:
            raise LicenceError(f"{pin.name} is not installed; see how in {Path(__file__).name}") from None


PAGE = """# Licences

What onrecord depends on, as `constraints.txt` pins it, with all extras and all that its tests and releases need.
`python tools/licences.py > docs/licences.md` writes this page from what is installed, and refuses a licence that is
unknown or not in its list; `tests/test_licences.py` compares. onrecord is under Apache-2.0, and what is installed
of it holds no other package's code.

No package has to be taken under a GPL or an AGPL. Where a package offers several licences, the one taken is named. The
MPL and the LGPL put no condition on a program that uses such a package as a library, as it was published: onrecord
imports it, and anybody can put another version in its place. Who changes one of these packages has to publish that
change: {weak}.

| package | version | licence | taken |
| --- | --- | --- | --- |
{rows}

## Inside packages

A wheel may hold libraries of others. These have licence files that name a GPL:

| package | |
| --- | --- |
{inside}
"""


def page() -> str:
    """docs/licences.md.

    Raises:
        LicenceError: a package is missing, or its licence unknown or not to be used.
    """
    pairs = list(installed(pins(CONSTRAINTS.read_text(encoding="utf-8"))))
    rows = [row(pin, package) for pin, package in pairs]
    weak = [name for name, _, said, chosen in rows if set((chosen or said).split(" AND ")) & set(WEAK)]
    unnamed = [pin.name for pin, package in pairs if speaks_of_gpl(package) and pin.name not in INSIDE]
    if unnamed:
        raise LicenceError(f"licence files name a GPL, and INSIDE does not say why: {', '.join(unnamed)}")
    return PAGE.format(
        weak=", ".join(weak),
        rows="\n".join(f"| {' | '.join(cells)} |" for cells in rows),
        inside="\n".join(f"| {name} | {why} |" for name, why in INSIDE.items()),
    )


if __name__ == "__main__":
    try:
        print(page(), end="")
    except LicenceError as error:
        sys.exit(f"licences: {error}")
