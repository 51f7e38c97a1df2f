"""What a capitalised phrase names: its titles cut off, a person or an organisation, or nobody."""

from typing import NamedTuple

from onrecord.features.document import Document
from onrecord.features.identity import titles
from onrecord.features.identity.kinds import Kinds
from onrecord.features.identity.words import Words
from onrecord.features.measurement import Kind


class ProperNoun(NamedTuple):
    """A phrase that names somebody: titles from token `begin`, the name itself at tokens `first` to `last`.

    Its kind is `unresolved` where it is a name only if somebody is called that elsewhere ("King", "Sanders").
    """

    begin: int
    first: int
    last: int
    text: str
    words: tuple[str, ...]
    kind: Kind
    has_title: bool
    has_article: bool
    is_where: bool
    opens: bool = False
    is_headline: bool = False


class Around(NamedTuple):
    """What the surroundings tell of a phrase.

    Attributes:
        common: whether its first word may have its capital from the sentence that it opens.
        before: the word before it, where that tells something; else "".
        modifies: whether it stands between an article and a noun.
        placed: whether a noun for places stands before it.
    """

    common: bool
    before: str
    modifies: bool
    placed: bool


class _Phrase(NamedTuple):
    """The words of tokens from `begin`, `first` of which is where the name begins."""

    begin: int
    first: int
    last: int
    words: list[str]
    before: str

    @property
    def is_cut(self) -> bool:
        """Whether anything stands before the name in its phrase."""
        return self.first > self.begin

    @property
    def next_before(self) -> str:
        """The word right before the name."""
        return self.words[self.first - self.begin - 1] if self.is_cut else self.before


class Naming:
    """Tells what the capitalised phrases of a document name.

    Attributes:
        seen: the words of the document, as written.
    """

    def __init__(self, document: Document, words: Words) -> None:
        self.document = document
        self.words = words
        self.seen = set(document.words)
        self._kinds = Kinds(words, self.seen)

    def name(self, begin: int, last: int, around: Around) -> ProperNoun | None:
        """What the phrase at tokens `begin` to `last` names; None when it names nobody."""
        words = self.words
        while last > begin and not self.document.is_word[last - 1]:
            last -= 1
        if last == begin:
            return None  # a sign that has a capital and is no letter: "🄰"
        parts = self._parts(begin, last)
        if around.common and not (parts[0] in words.title or parts[0] in words.role or " ".join(parts) in words.known):
            if len(parts) == 1 and parts[0] not in words.given:
                return self.tentative(begin, last, parts)
            if len(parts) > 1 and not self._may_open_a_name(parts[0]):
                begin, parts = begin + 1, parts[1:]
        lettered = words.grammar.rime and len(parts) > 2 and parts[-1].isalpha()  # "Nguyễn Văn A"
        if (len(parts[-1]) == 1 and not lettered) or (parts[-1][1:2] == "-" and len(parts) == 1):
            return None  # "R-Ohio"
        outside = titles.outside(words, parts, around.placed)
        before = parts[outside - 1] if titles.past_noun(words, parts) else around.before
        begin, parts = begin + outside, parts[outside:]
        cut = titles.leading(words, parts)
        if cut == len(parts):
            return self.tentative(begin, last, parts)
        while cut < len(parts) and (not self.document.is_word[begin + cut] or parts[cut] in words.join):
            cut += 1
        return self._named(_Phrase(begin, begin + cut, last, parts, before), around.modifies)

    def tentative(self, begin: int, last: int, parts: list[str]) -> ProperNoun:
        """The last of the words at these tokens, as a name only if somebody is called that elsewhere ("King",
        "Sanders"), or after "Mr.".
        """
        lower, address = self.document.lower, self.words.form_of_address
        courteous = len(parts) > 1 and not address.isdisjoint(parts[:-1])
        courteous |= self.words.heads_first and last > 1 and lower[last - 2] in address  # "ông Đông"
        kind = Kind.NAMED_PERSON if courteous else Kind.UNRESOLVED
        return ProperNoun(
            begin, last - 1, last, self._text(last - 1, last), (parts[-1],), kind, courteous, False, False
        )

    def looks_common(self, word: str) -> bool:
        """Whether a word that opens a sentence has its capital from there ("Eyewitnesses", "Economically")."""
        if "_" in word:  # several syllables with one capital between them
            some = (self.words.place, self.words.known, self.words.organisation - self.words.unnamed)
            return not any(word in each for each in some)
        return word in self.words.noun or (word.endswith(self.words.grammar.common_ending) and len(word) > 5)

    def _parts(self, begin: int, last: int) -> list[str]:
        """The tokens of a phrase in lower case, without the ending of the possessive."""
        known, stem, owned = self.words.known, self.words.grammar.stem, self.words.grammar.possessive_ending
        return [
            stem(word) if word.endswith(owned) and word not in known else word
            for word in self.document.lower[begin:last]
        ]

    def _may_open_a_name(self, word: str) -> bool:
        words = self.words
        kept = (words.organisation_word, words.organisation, words.weak, words.demonym, words.place, words.given)
        return any(word in some for some in kept)

    def _named(self, phrase: _Phrase, modifies: bool) -> ProperNoun | None:
        """The name in a phrase whose titles are cut off; None when it names nobody."""
        words, before = self.words, phrase.before
        begin, first, last = phrase.begin, phrase.first, phrase.last
        core = tuple(part for part in phrase.words[first - begin :] if part[0].isalnum())
        if not core:
            return None
        titled = phrase.is_cut or before in words.role or before in words.title
        if self._is_nobody(core, titled, phrase.next_before):
            return None
        if len(core) == 1 and self._is_shouted(core[0], first):
            return self.tentative(begin, last, phrase.words)  # "EXCLUSIVE"
        text = self._text(first, last)
        article = before in words.grammar.definite_article and not phrase.is_cut and not (modifies and len(core) == 1)
        represents = words.heads_first and phrase.next_before in words.representative and core[0] not in words.given
        titled = titled and not represents  # "đại diện Vietjet Air"
        titled = titled and phrase.next_before not in words.grammar.place_noun  # "trưởng công an TP Alba"
        kind = Kind.NAMED_ORGANISATION if represents else self._kinds.of(core, text, titled, article, before)
        titled = titled and kind is Kind.NAMED_PERSON
        placed = len(core) == 1 or (before in words.grammar.place_noun and not phrase.is_cut)
        is_where = before in words.grammar.where and placed
        return ProperNoun(begin, first, last, text, core, kind, titled, article, is_where)

    def _is_nobody(self, core: tuple[str, ...], titled: bool, before: str) -> bool:
        """Whether words with capitals name neither a person nor a body."""
        words = self.words
        whole = " ".join(core)
        is_land = not titled and whole in words.demonym and whole in words.place  # "Nga": Russia, and Russian
        headed = words.heads_first and core[0] in words.organisation
        named = headed or is_land or whole in words.known or core[0] in words.given
        if core[-1] in words.demonym and not named:
            return True  # "Senate Democrats"
        is_body = is_land or whole in words.known or (len(core) > 1 and core[-1] in words.organisation)
        addressed = words.heads_first and before in words.form_of_address
        if not is_body and words.empty.issuperset(core) and not addressed:
            return True
        return core[-1] in words.document_name and not is_body and core[0] not in words.given  # "Crime Bill"

    def _is_shouted(self, word: str, token: int) -> bool:
        """Whether a long word is all in capitals for show, and no name by itself."""
        shouted = len(word) > 6 and self.document.words[token].isupper()
        return shouted and (word in self.seen or self.looks_common(word))

    def _text(self, first: int, last: int) -> str:
        """A name on one line, without the ending of the possessive."""
        document = self.document
        if last == first + 1:
            text = document.words[first]
            text = document.text_of(document.span(first, last)) if "_" in text else text
        else:
            text = " ".join(document.text_of(document.span(first, last)).split())
        if document.lower[last - 1] in self.words.known:  # "Macy's"
            return text
        stem = self.words.grammar.stem
        return text[: len(stem(text.replace("’", "'")))]
