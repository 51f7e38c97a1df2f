"""Everything that onrecord raises on purpose, in one tree.

Each error is one line: what is wrong, with the value, and what to do about it. The library
raises; only the command line turns an error into an exit code.
"""


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
    """A URL that cannot or may not be fetched."""


class LabelError(OnrecordError):
    """Labels that cannot be trained or evaluated on."""


class ModelError(OnrecordError):
    """A model file that is missing, damaged or made for other features."""


class LexiconError(OnrecordError):
    """A lexicon file that breaks its own format."""


class MissingExtraError(OnrecordError):
    """A library that only an optional extra installs."""
