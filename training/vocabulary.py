"""Which words no model may judge an article by."""

from collections.abc import Callable

from onrecord.features.lexicon import load
from onrecord.training.wording import Corpus

LANGUAGE = "en"
# Classes of the lexicon of politics whose words name a camp.
CAMPS = ("camp", "ambiguous")


def tokens_of(family: str, *labels: str) -> frozenset[str]:
    """All tokens of phrases of the given classes of a lexicon (all, if none is given)."""
    lexicon = load(family, LANGUAGE)
    classes = lexicon.classes if lexicon else {}
    phrases = (phrase for label in labels or classes for phrase in classes.get(label, ()))
    return frozenset(token for phrase in phrases for token in phrase.split(" "))


def nameless(*corpora: Corpus) -> Callable[[str], bool]:
    """Whether a token names nobody, no place and no camp, as a whole and between hyphens ("anti-roe")."""
    names = frozenset[str]().union(*(corpus.names for corpus in corpora))
    # "I" always has a capital.
    forbidden = names - tokens_of("tone", "first_singular") | tokens_of("politics", *CAMPS)
    return lambda token: forbidden.isdisjoint((token, *token.split("-")))
