"""What tests of statements share."""

import pytest

from onrecord.features import attributions
from onrecord.features.document import Article, read
from onrecord.scoring.score import score_article


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


def finder(language, plain):
    """What finds the statements of a text in a language; `plain` is text in it in which nobody says anything."""

    def found_in(text):
        document = read(Article(f"{text}\n\n{plain}"))
        assert document.language == language
        return document, attributions.find(document)

    return found_in


def texts_of(document, spans):
    """The characters of passages."""
    return " … ".join(document.text_of(span) for span in spans)


def measured_in(article, language):
    """The values of an article's features; it has a score, which rests on three persons or more."""
    report = score_article(Article(article))
    assert report.language == language
    assert not report.score.abstained
    measured = {f.feature.id: f.value for family in report.families for f in family.features}
    assert measured["named_sourcing.persons"] >= 3
    return measured
