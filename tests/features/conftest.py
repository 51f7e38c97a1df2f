"""What tests of statements share."""

import pytest


@pytest.fixture(
    params=[
        "according to the ",
        "said ",
        "the said that ",
        "Ann Roe said the thing is and of. ",
        'the “is of the” said Roe, ',
        '"the is of the " said ',
        "the he greatly ",
        "A. ",
        "(“ the ",
        "The man A Roe said the thing. He said it. ",
    ]
)  # fmt: skip
def repeated(request):
    """What makes a text that costs much time, repeated often enough, where anything is quadratic."""
    return request.param
