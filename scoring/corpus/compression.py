"""Compressed files, decompressed as they are read: a little at a time, whatever is in them."""

import sys
import zlib
from collections.abc import Callable
from functools import cache
from io import BufferedIOBase, BufferedReader, RawIOBase
from typing import Any

from onrecord.errors import InputError, MissingExtraError

_GZIP = b"\x1f\x8b"
_ZSTD = b"\x28\xb5\x2f\xfd"
_SKIPPED = tuple(bytes((kind, 0x2A, 0x4D, 0x18)) for kind in range(0x50, 0x60))  # zstd frames without content
_STEP = 1 << 14  # compressed bytes read at a time
_BUFFER = 1 << 18

# Called with how many decompressed bytes came before a gzip member, and where in the file it begins.
Began = Callable[[int, int], None]


def decompressed(file: BufferedReader, suffix: str = "", began: Began | None = None) -> BufferedIOBase:
    """The content of a file that is gzip, zstd or neither, told by its first bytes.

    Reading raises one of `faults()` where the data are cut short or damaged; what stands before was given.

    Args:
        suffix: the last one of the file's name: an empty .gz or .zst is cut short, any other empty file is whole.
        began: called for each gzip member when reading comes to it.

    Raises:
        MissingExtraError: zstd without its library.
    """
    head = file.peek(4)[:4]
    if _begins(head, _GZIP) or (not head and suffix == ".gz"):
        return BufferedReader(_Gunzip(file, began), _BUFFER)
    if _begins(head, _ZSTD) or head in _SKIPPED or (not head and suffix == ".zst"):
        content: BufferedIOBase = zstd_module().ZstdFile(file)
        return content
    return file


def _begins(head: bytes, mark: bytes) -> bool:
    """Whether data begin with the mark, or are cut off within it."""
    return bool(head) and (head.startswith(mark) or mark.startswith(head))


def zstd_module() -> Any:
    """The library for zstd: Python's own from 3.14 on, before that its backport.

    Raises:
        MissingExtraError: it is not installed.
    """
    try:
        if sys.version_info >= (3, 14):
            from compression import zstd
        else:
            from backports import zstd
    except ImportError:
        raise MissingExtraError("reading .zst needs backports.zstd", "pip install 'onrecord[bulk]'") from None
    return zstd


@cache
def faults() -> tuple[type[Exception], ...]:
    """What reading a file may raise when the file is at fault."""
    usual = (EOFError, OSError, zlib.error)
    try:
        return (*usual, zstd_module().ZstdError)
    except MissingExtraError:
        return usual


def explained(fault: Exception) -> InputError:
    """One of `faults()` as a line for the user."""
    if isinstance(fault, EOFError):
        return InputError("the file is cut short: its compressed data do not end", "copy or download it again")
    if isinstance(fault, OSError):
        reason = (fault.strerror or str(fault)).lower()
        return InputError(f"the file cannot be read ({reason})", "check its permissions")
    return InputError(f"the compressed data are damaged ({fault})", "copy or download the file again")


class _Gunzip(RawIOBase):
    """gzip of one or more members, with zeros between or after them. (GzipFile does not tell where members begin.)"""

    def __init__(self, file: BufferedIOBase, began: Began | None) -> None:
        self._file = file
        self._began = began
        self._waiting = b""  # read, and not yet decompressed
        self._read = 0  # bytes of the file, those that wait included
        self._given = 0
        self._member = self._next_member()

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer as far as one step goes; 0 at the end.

        Raises:
            EOFError: the file ends within a member.
            zlib.error: it is damaged.
        """
        data = self._step(len(buffer))
        buffer[: len(data)] = data
        self._given += len(data)
        return len(data)

    def _step(self, size: int) -> bytes:
        while True:
            more = self._fill()
            if self._member is None:
                self._waiting = self._waiting.lstrip(b"\0")
                if self._waiting:
                    self._member = self._next_member()
                elif not more:
                    return b""
                continue
            data: bytes = self._member.decompress(self._waiting, size)
            self._waiting = self._member.unused_data or self._member.unconsumed_tail
            if self._member.eof:
                self._member = None
            if data:
                return data
            if self._member is not None and not more:
                raise EOFError

    def _fill(self) -> bool:
        """Read on if nothing waits; False at the end of the file."""
        if not self._waiting:
            self._waiting = self._file.read(_STEP)
            self._read += len(self._waiting)
        return bool(self._waiting)

    def _next_member(self) -> Any:
        if self._began:
            self._began(self._given, self._read - len(self._waiting))
        return zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
