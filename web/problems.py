"""What goes wrong with a request, as a status, a sentence and a remedy."""

from onrecord.errors import (
    InputError,
    LabelError,
    MissingExtraError,
    ModelError,
    OnrecordError,
    UnsavedError,
    WorseModelError,
)
from onrecord.scoring.record import replace_surrogates

RETRY_SECONDS = 1
_FAULT = "report this as a fault of onrecord"
_STATUSES = {
    InputError: 422,
    UnsavedError: 507,
    LabelError: 422,
    WorseModelError: 409,
    ModelError: 404,
    MissingExtraError: 501,
}  # the first that an error is one of


class Problem(Exception):
    """Why a request gets no answer.

    Args:
        status: the HTTP status.
        error: what is wrong, naming the value and what was expected.
        remedy: what to do about it.
    """

    def __init__(self, status: int, error: str, remedy: str) -> None:
        super().__init__(status, error, remedy)
        self.status, self.error, self.remedy = status, error, remedy

    @property
    def record(self) -> dict[str, str]:
        """The JSON form."""
        return {"error": replace_surrogates(self.error), "remedy": replace_surrogates(self.remedy)}


def busy() -> Problem:
    """More was asked for than can wait."""
    return Problem(503, "the server has as much to do as it can", f"try again in {RETRY_SECONDS} second")


def problem_of(error: BaseException) -> Problem:
    """An exception as a problem; what is no error of ours tells nothing but its kind."""
    if isinstance(error, Problem):
        return error
    if not isinstance(error, OnrecordError):
        return Problem(500, f"the request failed ({type(error).__name__})", _FAULT)
    status = next((code for kind, code in _STATUSES.items() if isinstance(error, kind)), 500)
    return Problem(status, error.problem, error.remedy)
