"""Which texts are the same, told without keeping any of them."""

from hashlib import blake2b

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
