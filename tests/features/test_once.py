"""What is worked out once a document."""

import gc
import weakref

from onrecord.features.document import Article, read
from onrecord.features.once import once_a_document


def counted():
    asked = []

    @once_a_document
    def answer(document, *, loud=False):
        """The answer."""
        asked.append(loud)
        return [document.words, loud]

    return answer, asked


def test_an_answer_is_kept_by_document_and_argument():
    answer, asked = counted()
    one, two = read(Article("It rained.")), read(Article("It rained."))
    assert answer(one) is answer(one) and answer(one, loud=True) is answer(one, loud=True)
    assert asked == [False, True]
    assert answer(two) == answer(one) and answer(two) is not answer(one), "a document is equal to itself alone"
    assert answer.__doc__ == "The answer."


def test_nothing_is_kept_of_a_document_that_is_gone():
    answer, _ = counted()
    document = read(Article("It rained."))
    answer(document)
    gone = weakref.ref(document)
    del document
    gc.collect()
    assert gone() is None
