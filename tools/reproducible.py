"""The build backend: setuptools, less what it takes over from the machine on which it runs.

Two builds of the same files with the same SOURCE_DATE_EPOCH are the same to the byte, whatever their folder, owner,
umask and time, and whichever program asks for them (`pip wheel .`, `python -m build`).
"""

import gzip
import os
import tarfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from setuptools import build_meta
from setuptools.build_meta import (
    build_editable,
    get_requires_for_build_editable,
    get_requires_for_build_sdist,
    get_requires_for_build_wheel,
    prepare_metadata_for_build_editable,
    prepare_metadata_for_build_wheel,
)

__all__ = [
    "build_editable",
    "build_sdist",
    "build_wheel",
    "get_requires_for_build_editable",
    "get_requires_for_build_sdist",
    "get_requires_for_build_wheel",
    "prepare_metadata_for_build_editable",
    "prepare_metadata_for_build_wheel",
]

Settings = Mapping[str, Any] | None
_PLAIN, _PROGRAM = 0o644, 0o755


def build_wheel(folder: str, settings: Settings = None, metadata: str | None = None) -> str:
    """The wheel, with the same modes everywhere. (Its dates are those of SOURCE_DATE_EPOCH already.)"""
    name: str = build_meta.build_wheel(folder, settings, metadata)
    path = Path(folder, name)
    with ZipFile(path) as wheel:
        entries = [(info, wheel.read(info)) for info in wheel.infolist()]
    with ZipFile(path, "w", ZIP_DEFLATED) as wheel:
        for info, content in entries:
            entry = ZipInfo(info.filename, info.date_time)
            entry.external_attr = _PLAIN << 16
            entry.compress_type = ZIP_DEFLATED
            wheel.writestr(entry, content)
    return name


def build_sdist(folder: str, settings: Settings = None) -> str:
    """The source distribution, in one order, with the same modes and owners everywhere and one date."""
    name: str = build_meta.build_sdist(folder, settings)
    path = Path(folder, name)
    with tarfile.open(path) as archive:
        members = [(member, archive.extractfile(member)) for member in archive.getmembers()]
        contents = [(member, file.read() if file else b"") for member, file in members]
    packed = BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for member, content in sorted(contents, key=lambda pair: pair[0].name):
            archive.addfile(_plain(member), BytesIO(content))
    path.write_bytes(gzip.compress(packed.getvalue(), mtime=_date(0)))
    return name


def _plain(member: tarfile.TarInfo) -> tarfile.TarInfo:
    """A member as it would be on any machine; only its owner's right to run it is kept."""
    plain = tarfile.TarInfo(member.name)
    plain.type, plain.size = member.type, member.size
    plain.mode = _PROGRAM if member.isdir() or member.mode & 0o100 else _PLAIN
    plain.mtime = _date(int(member.mtime))
    return plain


def _date(otherwise: int) -> int:
    """SOURCE_DATE_EPOCH in seconds; something else where it is not set."""
    return int(os.environ.get("SOURCE_DATE_EPOCH", otherwise))
