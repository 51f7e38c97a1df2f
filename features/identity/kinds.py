"""What kind of somebody a name is the name of: a person or an organisation."""

from dataclasses import dataclass
from itertools import pairwise

from onrecord.features.identity.words import Words
from onrecord.features.measurement import Kind


def is_acronym(word: str) -> bool:
    """Whether a word is two to six capitals, with or without full stops between them."""
    letters = word.replace(".", "")
    return 2 <= len(letters) <= 6 and letters.isupper() and letters.isalpha()


@dataclass(frozen=True, slots=True)
class Kinds:
    """Tells persons from organisations by the name and what stands before it.

    Attributes:
        seen: the words of the document, as written.
    """

    words: Words
    seen: set[str]

    def of(self, core: tuple[str, ...], text: str, titled: bool, article: bool, before: str) -> Kind:
        """The kind of a name.

        Args:
            core: its words in lower case. text: the name as written.
            titled: whether a title or a role stands before it.
            article: whether a definite article does.
            before: the word before the phrase, where it tells something.
        """
        words = self.words
        if words.heads_first and core[0] in words.organisation and core[0] not in words.given:
            return Kind.NAMED_ORGANISATION
        is_body = self._is_body if len(core) > 1 else self._is_body_of_one_word
        return Kind.NAMED_ORGANISATION if is_body(core, text, titled, article, before) else Kind.NAMED_PERSON

    def _is_body_of_one_word(self, core: tuple[str, ...], text: str, titled: bool, article: bool, before: str) -> bool:
        words, (word,) = self.words, core
        is_known = word in words.known and before not in words.title
        is_held = words.heads_first and (word in words.known or is_acronym(text))  # "ketua KPK"
        if titled and not (is_known or is_held):
            return False
        return (
            word in words.known or word in words.place or article or before in words.organisation_noun
            or is_acronym(text) or self._is_brand(text) or before in words.grammar.where
            or any(map(str.isdigit, text))
        )  # fmt: skip

    def _is_body(self, core: tuple[str, ...], text: str, titled: bool, article: bool, before: str) -> bool:
        words = self.words
        whole = " ".join(core)
        if whole in words.known or whole in words.place or core[-1] in words.organisation:
            return True
        named = core[0] in words.given and (titled or core[1] in words.given)
        if words.heads_first and core[0] in words.organisation and not named:
            return True
        if before in words.grammar.place_noun and not titled:
            return True  # "đường Trần Phú"
        if (core[0] in words.given and not article) or titled:
            return False
        if any(w in words.organisation or w in words.organisation_word for w in core):
            return True
        if not words.join.isdisjoint(core):
            return True
        written = text.split()
        if article or before in words.organisation_noun or any(len(w) > 2 and w.isupper() for w in written):
            return True
        if words.heads_first and core[0] in words.known:
            return True  # "Vietjet Air"
        return (
            len(core) > 4 or all(w in self.seen or w in words.weak for w in core) or any(map(self._is_brand, written))
        )

    def _is_brand(self, word: str) -> bool:
        """Whether a word has a capital right after a small letter ("YouTube"), and is no surname like "McDonald"."""
        if len(word) < 3 or word[1:].islower() or word.startswith(self.words.surname_head):
            return False
        return any(a.islower() and b.isupper() for a, b in pairwise(word))
