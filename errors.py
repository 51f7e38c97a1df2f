"""Everything that onrecord raises on purpose, in one tree.

Each error is one line: what is wrong, with the value, and what to do about it. The library
raises; only the command line turns an error into an exit code.
"""

from collections.abc import Iterator
from contextlib import contextmanager


class OnrecordError(Exception):
    """The root of the tree.

    Args:
        problem: what is wrong, naming the value and what was expected.
        remedy: what the user can do about it.

    >>> str(OnrecordError("x.txt is empty", "give a file that holds an article"))
    'x.txt is empty; give a file that holds an article'
    """

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem, remedy)
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.problem}; {self.remedy}"


class InputError(OnrecordError):
    """A source that cannot be read as an article: missing, empty, binary, without text."""


class FetchError(InputError):
    """A URL that cannot or may not be fetched.

    Args:
        status: the HTTP status, where that is what is wrong.
    """

    def __init__(self, problem: str, remedy: str, status: int | None = None) -> None:
        super().__init__(problem, remedy)
        self.status = status


class LabelError(OnrecordError):
    """Labels that cannot be trained or evaluated on.

    Args:
        rows: one line for each row that is wrong, where it is rows that are.
    """

    def __init__(self, problem: str, remedy: str, rows: tuple[str, ...] = ()) -> None:
        super().__init__(problem, remedy)
        self.rows = rows


class UnsavedError(LabelError):
    """An answer of a rater that could not be written down."""


class ModelError(OnrecordError):
    """A model file that is missing, damaged or made for other features; a registry that cannot be used."""


@contextmanager
def refusing_damage(what: str, remedy: str) -> Iterator[None]:
    """Turn whatever reading a damaged file of a model raises into a ModelError: "`what` cannot be read (...)"."""
    import zlib
    from zipfile import BadZipFile

    try:
        yield
    except (
        *(OSError, EOFError, BadZipFile, zlib.error),
        *(ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError),
    ) as error:
        raise ModelError(f"{what} cannot be read ({type(error).__name__}: {error})", remedy) from error


class WorseModelError(ModelError):
    """A model that is not adopted because it does worse than the one in use."""


class LexiconError(OnrecordError):
    """A lexicon file that breaks its own format."""


class MissingExtraError(OnrecordError):
    """A library that only an optional extra installs."""
