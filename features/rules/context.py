"""What the rules ask of a document: its words, the grammar of its language, the words around its cues."""

from dataclasses import dataclass

from onrecord.features.document import Document
from onrecord.features.grammar import Grammar
from onrecord.features.rules.words import Words

MAX_SOURCE_TOKENS = 25
# No phrase goes on behind these.
STOPS = frozenset(';:!?"“”„«»()[]—–')


@dataclass(frozen=True, slots=True)
class Context:
    """A document and what is known of its language.

    Attributes:
        verbs: the first tokens of all cues.
    """

    document: Document
    words: Words
    grammar: Grammar
    verbs: frozenset[int]

    @classmethod
    def of(cls, document: Document, verbs: frozenset[int]) -> "Context":
        """With the words of the document's language."""
        return cls(document, Words.of(document.language), Grammar.of(document.language), verbs)

    @property
    def capitals(self) -> bool:
        """Whether all nouns have a capital."""
        return "nouns_capitalised" in self.grammar.trait
