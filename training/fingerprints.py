"""Which texts are the same, told without keeping any of them."""

from collections.abc import Iterable
from hashlib import blake2b, sha256
from pathlib import Path

# No text: what a matrix has where the fingerprint of a row is not known.
UNKNOWN = 0


def fingerprint(text: str) -> int:
    """64 bits of a hash of the text's words, whatever their case and the space between them; never UNKNOWN.

    The text cannot be read from it. (That a text one already holds is among those hashed can be told; that is its use.)

    >>> fingerprint("It  rained.") == fingerprint("it rained.\\n") != fingerprint("It poured.")
    True
    """
    words = " ".join(text.casefold().split())
    return int.from_bytes(blake2b(words.encode("utf-8", "replace"), digest_size=8).digest(), "big") or 1


def of_files(folder: Path, names: Iterable[str]) -> tuple[str, ...]:
    """For each file in a folder its name and the SHA-256 of its content, as models say what they were trained on."""
    return tuple(f"{name} {sha256((folder / name).read_bytes()).hexdigest()}" for name in names)
