"""What several measures ask of the same document is worked out once, and kept as long as the document is."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from onrecord.features.document import Document

P = ParamSpec("P")
T = TypeVar("T")


def once_a_document(function: Callable[Concatenate[Document, P], T]) -> Callable[Concatenate[Document, P], T]:
    """A function of a document that keeps its answers, by the other arguments. Nobody may change an answer."""
    kept: WeakKeyDictionary[Document, dict[object, T]] = WeakKeyDictionary()

    @wraps(function)
    def answer(document: Document, /, *args: P.args, **kwargs: P.kwargs) -> T:
        answers = kept.setdefault(document, {})
        key = (args, tuple(sorted(kwargs.items())))
        if key not in answers:
            answers[key] = function(document, *args, **kwargs)
        return answers[key]

    return answer
