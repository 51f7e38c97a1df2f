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


def check_openings(article, told):
    """What an article's statements must be, in order: rows of whom each is of, of what kind, and how it opens."""
    document = read(Article(article))
    found = [(a.resolved, a.kind, texts_of(document, a.content)) for a in attributions.find(document)]
    assert [(resolved, kind) for resolved, kind, _ in found] == [(each[0], each[1]) for each in told]
    assert [text for (*_, text), (*_, opening) in zip(found, told, strict=True) if not text.startswith(opening)] == []


def check_words(article, told):
    """The same, with rows of words that each holds, its kind, and whom it is of."""
    document = read(Article(article))
    found = [(texts_of(document, a.content), a.kind, a.resolved) for a in attributions.find(document)]
    assert [(kind, who) for _, kind, who in found] == [(kind, who) for _, kind, who in told]
    assert [begins for (text, *_), (begins, *_) in zip(found, told, strict=True) if begins not in text] == []
