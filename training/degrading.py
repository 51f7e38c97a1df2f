"""What texts go through on their way: each way takes a clean text and gives what is left of it.

Made for measuring how far degraded texts can be trusted, and for testing that they are recognised.
"""

import random
import re
from collections.abc import Callable

from onrecord.features.document import Article, Document, read
from onrecord.features.lexicon import words_of
from onrecord.features.tokens import TOKEN, lowered

# A teaser has about so many words.
_BEGUN_WORDS = 100

Way = Callable[[Document, random.Random], str]

_PUNCTUATION = re.compile(r"(?<=\S)(?=[,.;:!?)\]”\"](?:\s|$))|(?<=[(\[“\"])(?=\w)")


def lower_cased(document: Document, rng: random.Random) -> str:
    """All in lower case."""
    return document.article.text.lower()


def tokenised(document: Document, rng: random.Random) -> str:
    """Blanks around punctuation, and each paragraph one line, as corpora print them."""
    return _PUNCTUATION.sub(" ", document.article.text)


def without_stop_words(document: Document, rng: random.Random) -> str:
    """Without the function words of its language."""
    function = words_of("document", document.language, "function")
    return re.sub(TOKEN, lambda m: "" if lowered(m.group()) in function else m.group(), document.article.text)


def shuffled(document: Document, rng: random.Random) -> str:
    """Its sentences in an order of chance, in one paragraph."""
    sentences = _sentences(document)
    rng.shuffle(sentences)
    return " ".join(sentences)


def halved(document: Document, rng: random.Random) -> str:
    """The first half of its words, cut off in the middle of a sentence."""
    middle = len(document.words) // 2
    return document.article.text[: int(document.end[middle])] if document.words else ""


def begun(document: Document, rng: random.Random) -> str:
    """Its first sentences, up to a hundred words, and an ellipsis."""
    last = next((b for _, b in document.sentences.tolist() if document.is_word[:b].sum() >= _BEGUN_WORDS), 0)
    return f"{document.text_of(document.span(0, last)) if last else document.article.text} …"


def corpus(document: Document, rng: random.Random) -> str:
    """All of that but the cut: what is left in a corpus that was made for counting words."""
    text = document.article.text
    for way in (shuffled, without_stop_words, tokenised, lower_cased):
        text = way(read(Article(text)), rng)
    return text


WAYS: dict[str, Way] = {
    "lowercased": lower_cased,
    "tokenised": tokenised,
    "stop_words_removed": without_stop_words,
    "sentences_shuffled": shuffled,
    "truncated": halved,
    "stub": begun,
    "degraded_text": corpus,
}


def _sentences(document: Document) -> list[str]:
    return [" ".join(document.text_of(document.span(a, b)).split()) for a, b in document.sentences.tolist()]
