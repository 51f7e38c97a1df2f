"""Capitalised phrases that may be names: where they begin and end, their titles cut off, person or organisation."""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from onrecord.features.document import Document
from onrecord.features.identity.words import Words
from onrecord.features.measurement import Kind

MAX_NAME_TOKENS = 10
# What the same phrase must share to be parsed the same.
_Key = tuple[tuple[str, ...], bool, str, bool, bool]
_CLOSES_SENTENCE = frozenset(".!?\"”'’")


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


def is_acronym(word: str) -> bool:
    """Whether a word is two to six capitals, with or without full stops between them."""
    letters = word.replace(".", "")
    return 2 <= len(letters) <= 6 and letters.isupper() and letters.isalpha()


def find(document: Document, words: Words) -> list[ProperNoun]:
    """The proper nouns of a document, in order of place; time linear in its capitals."""
    return _Finder(document, words).find()


@dataclass
class _Finder:
    """Finds the capitalised phrases that may be names."""

    document: Document
    words: Words
    _seen: set[str] = field(default_factory=set)
    _places: dict[_Key, int] = field(default_factory=dict)
    _parsed: dict[_Key, ProperNoun | None] = field(default_factory=dict)

    def find(self) -> list[ProperNoun]:
        written, lower, words = self.document.words, self.document.lower, self.words
        grammar = words.grammar
        capitals = [i for i, word in enumerate(written) if word[0].isupper()]
        self._seen = set(written)
        opens = set(self.document.sentences[:, 0].tolist())
        headlines = self._headlines(capitals).tolist()
        sentence_of = self.document.sentence_of[capitals].tolist()
        found: list[ProperNoun] = []
        reach = 0
        for i, sentence in zip(capitals, sentence_of, strict=True):
            if i < reach:
                continue
            word = lower[i]
            common = grammar.stem(word) in words.not_a_name and not (is_acronym(written[i]) or self._is_initial(i))
            if common or ("-" in word and written[i].endswith(grammar.adjective_ending)):
                if word in words.surname:
                    found.append(self._tentative(i, i + 1, [word]))
                continue
            reach = self._end(i, opens)
            opening = i in opens or (not self.document.is_word[i - 1] and written[i - 1] not in ",.")
            common = opening and (word in self._seen or (reach == i + 1 and self._looks_common(word)))
            one = self._parse(i, reach, common)
            if one is not None:
                opening = opening and not one.has_title
                found.append(
                    one._replace(opens=opening, is_headline=headlines[sentence])
                    if opening or headlines[sentence]
                    else one
                )
        return found

    def _parse(self, begin: int, last: int, common: bool) -> ProperNoun | None:
        """What a phrase names; the same phrase in the same surroundings is parsed once."""
        lower, articles = self.document.lower, self.words.grammar.definite_article
        before = lower[begin - 1] if begin and lower[begin - 1] in self.words.telling else ""
        placed = before in self.words.grammar.place_noun
        if placed and begin > 1:
            role = lower[begin - 2]  # "chủ tịch xã Ann Roe"
            before = role if role in self.words.role or role in self.words.title else before
        modifies = before in articles and last < len(lower) and lower[last] in self.words.noun
        key = (tuple(self.document.words[begin:last]), common, before, modifies, placed)
        if key in self._parsed:
            known = self._parsed[key]
            if known is None:
                return None
            shift = begin - self._places[key]
            return (
                known._replace(begin=known.begin + shift, first=known.first + shift, last=known.last + shift)
                if shift
                else known
            )
        self._places[key] = begin
        one = self._parsed[key] = self._name(begin, last, common, before, modifies, placed)
        return one

    def _looks_common(self, word: str) -> bool:
        """Whether a word that opens a sentence has its capital from there ("Eyewitnesses", "Economically")."""
        if "_" in word:  # several syllables with one capital between them
            some = (self.words.place, self.words.known, self.words.organisation - self.words.unnamed)
            return not any(word in each for each in some)
        return word in self.words.noun or (word.endswith(self.words.grammar.common_ending) and len(word) > 5)

    def _headlines(self, capitals: list[int]) -> npt.NDArray[np.bool_]:
        """Sentences in which most words have a capital, as in the headlines of the American press.

        Where words have several syllables, names make up so much of a sentence that only words all in capitals count.
        """
        document = self.document
        if self.words.grammar.rime:
            capitals = [i for i in capitals if document.words[i].isupper() and len(document.words[i]) > 1]
        if len(document.sentences) == 0:
            return np.zeros(0, dtype=np.bool_)
        flags = np.zeros(len(document.words), dtype=np.int32)
        flags[capitals] = 1
        starts = document.sentences[:, 0]
        upper = np.add.reduceat(flags, starts)
        total = np.add.reduceat(document.is_word.astype(np.int32), starts)
        closes = np.array([document.words[k - 1] in _CLOSES_SENTENCE for k in document.sentences[:, 1].tolist()])
        return np.where(closes, (total >= 8) & (upper >= 0.7 * total), (total >= 4) & (upper >= 0.6 * total))

    def _end(self, i: int, opens: set[int]) -> int:
        """Where the capitalised phrase from token i ends."""
        written, lower, n = self.document.words, self.document.lower, len(self.document.words)
        owned = self.words.grammar.possessive_ending
        j = i + 1
        while j < n and j - i < MAX_NAME_TOKENS and j not in opens:
            if lower[j - 1].endswith(owned) and lower[j - 1] not in self.words.known:
                break
            if written[j][0].isupper():
                if lower[j] in self.words.not_a_name and not (self._is_name(j) or self._is_particle(j)):
                    break
                if self._follows_body(i, j):
                    break
                j += 1
            elif step := self._joins(i, j, opens):
                j += step
            else:
                break
        return j

    def _follows_body(self, i: int, j: int) -> bool:
        """Whether tokens i to j are a whole known body; where heads come first, a name may follow."""
        words, lower = self.words, self.document.lower
        if not words.heads_first or j - i < 2 or lower[j] in words.organisation_word or lower[j] in words.place:
            return False
        return " ".join(lower[i:j]) in words.known

    def _is_name(self, j: int) -> bool:
        """Whether a word that is seldom a name is one here: "Ann May", "Ann Roe III", "Ann A. Roe", "USA Today"."""
        lower = self.document.lower
        if lower[j] in self.words.suffix or f"{lower[j - 1]} {lower[j]}" in self.words.known or self._is_initial(j):
            return True
        return lower[j] in self.words.surname and lower[j - 1] in self.words.given

    def _is_initial(self, j: int) -> bool:
        words = self.document.words
        return len(words[j]) == 1 and j + 1 < len(words) and words[j + 1] == "."

    def _is_particle(self, j: int) -> bool:
        """Whether a word with a capital is part of a surname: "Marine Le Pen", "Georges de La Tour"."""
        lower, words = self.document.lower, self.words
        return lower[j] in words.particle and (lower[j - 1] in words.given or lower[j - 1] in words.particle)

    def _goes_on(self, i: int, j: int) -> int:
        """How many tokens from j go on in lower case with the name of a body that token i opens, where that is usual.

        "Organisation mondiale de la santé", "Fédération des commerçants de Brévaux".
        """
        lower, words, k = self.document.lower, self.words, j
        if "lower_case_bodies" not in words.grammar.trait or lower[i] not in words.organisation:
            return 0
        while (
            k < len(lower) - 1
            and k < j + 2
            and (lower[k] in words.grammar.genitive or (k > j and lower[k] in words.grammar.article))
        ):
            k += 1
        if lower[k] in words.cue or " ".join(lower[i:j]) in words.known:
            return 0
        told = lower[k] in words.organisation_word or lower[k] in words.weak or lower[k] in words.demonym
        named = j > i + 1 and self.document.words[k][0].isupper() and lower[k] not in words.given
        return k + 1 - j if told or (k > j and (lower[k] in words.noun or named)) else 0

    def _second_syllable(self, i: int, j: int) -> int:
        """One for the second syllable of an unlisted word of a body ("Cơ quan Giảm nhẹ Thiên tai"); else none."""
        lower, written, words = self.document.lower, self.document.words, self.words
        if not words.grammar.rime or lower[i] not in words.organisation or j < i + 2 or j + 1 >= len(lower):
            return 0
        first, after = lower[j - 1], lower[j + 1]
        known = (words.organisation_word, words.organisation, words.place, words.given, words.not_a_name, words.weak)
        syllables = written[j - 1][0].isupper() and not any("_" in each for each in (first, lower[j]))
        unknown = not (words.grammar.is_foreign(first) or any(first in each for each in known))
        common = lower[j] in words.not_a_name or lower[j] in words.cue or lower[j] in words.grammar.role_stop
        goes_on = written[j + 1][0].isupper() and after not in words.given
        return int(syllables and unknown and not common and self.document.is_word[j] and goes_on)

    def _joins(self, i: int, j: int, opens: set[int]) -> int:
        """How many tokens without a capital join a name at token j ("of", "van der", the stop of an initial)."""
        written, lower = self.document.words, self.document.lower
        if lower[j].startswith(self.words.prefix) and any(
            lower[j].startswith(prefix) and written[j][len(prefix) : len(prefix) + 1].isupper()
            for prefix in self.words.prefix
        ):
            return 1
        if goes_on := self._goes_on(i, j) or self._second_syllable(i, j):
            return goes_on
        after = next((k for k in range(j + 1, min(j + 4, len(written))) if written[k][0].isupper()), None)
        if after is None or after in opens:
            return 0
        if lower[after] in self.words.not_a_name and not self._is_particle(after):
            return 0
        word, before = lower[j], lower[j - 1]
        if word == ".":
            short = len(before) <= 3 or before in self.words.title or "." in before
            return int(short and after == j + 1)
        if word in self.words.particle and all(w in self.words.particle for w in lower[j:after]):
            return 0 if self._is_body_noun(after) else after - j
        if word in "'’":
            return int(
                before.endswith(self.words.grammar.plural_ending)
                and after == j + 1
                and lower[after] in self.words.organisation
            )
        if word == "&":
            return int(after == j + 1)
        if word in '"“(' and after == j + 1 and j + 3 < len(written) and written[j + 2] in '"”)':
            return 3 if written[j + 3][0].isupper() and before in self.words.given else 0
        if word in self.words.organisation_word and self._heads_body(i, j):
            return 1
        return after - j if word in self.words.join and self._joins_body(i, j, after) else 0

    def _is_body_noun(self, i: int) -> bool:
        """Whether a noun for a body follows a person's name: German "Jan Roth von der Universität Bonn"."""
        return "nouns_capitalised" in self.words.grammar.trait and self.document.lower[i] in self.words.organisation

    def _heads_body(self, i: int, j: int) -> bool:
        """Whether tokens i to j hold the head of a body's name, in a language where heads come first."""
        return self.words.heads_first and not self.words.compound.isdisjoint(self.document.lower[i:j])

    def _joins_body(self, i: int, j: int, after: int) -> bool:
        """Whether "of", "for", "on" or "and" goes on with an organisation's name."""
        written, lower, words = self.document.words, self.document.lower, self.words
        grammar = words.grammar
        if after > j + 2 or (after == j + 2 and lower[j + 1] not in grammar.article):
            return False
        if lower[j] not in grammar.copulative:
            heads = lower[j - 1] in words.organisation or lower[j - 1] in words.title or self._heads_body(i, j)
            if (
                lower[j] in words.join_purpose and j == i + 1 and lower[i].endswith(grammar.plural_ending)
            ):  # "Citizens for Tax Reform"
                heads = (
                    lower[i] not in words.noun or lower[after] in words.organisation_word or lower[after] in words.weak
                )
            return heads and not (lower[j] in words.join_subject and lower[after] in words.given)
        if lower[after] in words.given or after != j + 1:
            return False
        if lower[i] in words.compound:
            return True
        headed = any(
            lower[k] in words.organisation for k in range(after, min(after + 3, len(lower))) if written[k][0].isupper()
        )
        return headed and any(lower[j - 1] in some for some in (words.organisation_word, words.weak, words.demonym))

    def _name(
        self, begin: int, last: int, common: bool, before: str, modifies: bool, placed: bool
    ) -> ProperNoun | None:
        """What a capitalised phrase names, its titles cut off; None when it names nobody."""
        words, document = self.words, self.document
        while last > begin and not document.is_word[last - 1]:
            last -= 1
        if last == begin:
            return None  # a sign that has a capital and is no letter: "🄰"
        stem, owned = words.grammar.stem, words.grammar.possessive_ending
        parts = [
            stem(word) if word.endswith(owned) and word not in words.known else word
            for word in document.lower[begin:last]
        ]
        if common and not (parts[0] in words.title or parts[0] in words.role or " ".join(parts) in words.known):
            if len(parts) == 1 and parts[0] not in words.given:
                return self._tentative(begin, last, parts)
            kept = (words.organisation_word, words.organisation, words.weak, words.demonym, words.place, words.given)
            if len(parts) > 1 and not any(parts[0] in some for some in kept):
                begin, parts = begin + 1, parts[1:]
        lettered = words.grammar.rime and len(parts) > 2 and parts[-1].isalpha()  # "Nguyễn Văn A"
        if (len(parts[-1]) == 1 and not lettered) or (parts[-1][1:2] == "-" and len(parts) == 1):
            return None  # "R-Ohio"
        before_given = self._before_given(parts) or (placed and self._past_place(parts)) or self._past_noun(parts)
        before = parts[before_given - 1] if self._past_noun(parts) else before
        begin, parts = begin + before_given, parts[before_given:]
        cut = self._cut(parts)
        if cut == len(parts):
            return self._tentative(begin, last, parts)
        while cut < len(parts) and (not document.is_word[begin + cut] or parts[cut] in words.join):
            cut += 1
        first = begin + cut
        core = tuple(part for part in parts[cut:] if part[0].isalnum())
        if not core:
            return None
        whole = " ".join(core)
        headed = words.heads_first and core[0] in words.organisation
        titled = cut > 0 or before in words.role or before in words.title
        is_land = not titled and whole in words.demonym and whole in words.place  # "Nga": Russia, and Russian
        named = headed or is_land or whole in words.known or core[0] in words.given
        if core[-1] in words.demonym and not named:
            return None  # "Senate Democrats"
        is_body = is_land or whole in words.known or (len(core) > 1 and core[-1] in words.organisation)
        addressed = words.heads_first and (parts[cut - 1] if cut else before) in words.form_of_address
        if not is_body and words.empty.issuperset(core) and not addressed:
            return None
        if core[-1] in words.document_name and not is_body and core[0] not in words.given:
            return None  # "Crime Bill"
        if (
            len(core) == 1
            and len(whole) > 6
            and document.words[first].isupper()
            and (whole in self._seen or self._looks_common(whole))
        ):
            return self._tentative(begin, last, parts)  # "EXCLUSIVE"
        text = self._text(first, last)
        article = before in words.grammar.definite_article and cut == 0 and not (modifies and len(core) == 1)
        named_after = parts[cut - 1] if cut else before
        represents = words.heads_first and named_after in words.representative
        titled = titled and not (represents and core[0] not in words.given)  # "đại diện Vietjet Air"
        titled = titled and named_after not in words.grammar.place_noun  # "trưởng công an TP Alba"
        kind = (
            Kind.NAMED_ORGANISATION
            if represents and core[0] not in words.given
            else self._kind(core, text, titled, article, before)
        )
        titled = titled and kind is Kind.NAMED_PERSON
        return ProperNoun(begin, first, last, text, core, kind, titled, article, self._is_where(core, before, cut))

    def _is_where(self, core: tuple[str, ...], before: str, cut: int) -> bool:
        """Whether a name is told to be one of a place by the word before it."""
        grammar = self.words.grammar
        return before in grammar.where and (len(core) == 1 or (before in grammar.place_noun and cut == 0))

    def _tentative(self, begin: int, last: int, parts: list[str]) -> ProperNoun:
        """A word that is a name only if somebody is called that elsewhere ("King", "Sanders"), or after "Mr."."""
        lower, address = self.document.lower, self.words.form_of_address
        courteous = len(parts) > 1 and not address.isdisjoint(parts[:-1])
        courteous |= self.words.heads_first and last > 1 and lower[last - 2] in address  # "ông Đông"
        kind = Kind.NAMED_PERSON if courteous else Kind.UNRESOLVED
        return ProperNoun(
            begin, last - 1, last, self._text(last - 1, last), (parts[-1],), kind, courteous, False, False
        )

    def _before_given(self, parts: list[str]) -> int:
        """How many words before a first name are neither part of the name nor tell of the person, in a language whose
        nouns stand before names they govern: "Решение Ивана Рогова".
        """
        words = self.words
        if not words.grammar.case_ending or len(parts) < 2 or parts[1] not in words.given or parts[0] in words.given:
            return 0
        tells = (words.title, words.role, words.organisation, words.demonym, words.known, words.place)
        return int(not any(parts[0] in some for some in tells))

    def _past_noun(self, parts: list[str]) -> int:
        """One for a noun for bodies that a foreign name follows ("Trang TMZ"), where heads come first; else none."""
        words = self.words
        noun = words.heads_first and parts[0] in words.organisation_noun and parts[0] not in words.organisation
        return int(noun and len(parts) > 1 and words.grammar.is_foreign(parts[1]))

    def _past_place(self, parts: list[str]) -> int:
        """How many words of a place stand before a person's name: "ủy viên hạt Wilson Ann Roe"."""
        given = self.words.given
        return next((k for k in range(1, len(parts) - 1) if parts[k] in given and parts[k - 1] not in given), 0)

    def _cut(self, parts: list[str]) -> int:
        """How many words at the head of a phrase are titles, roles or affiliations of the person named after them."""
        words = self.words
        whole = " ".join(parts)
        if whole in words.known or whole in words.place:
            return 0
        given = self._first_name(parts)
        if words.heads_first and given == len(parts) and parts[0] in words.organisation:
            return 0
        titles = [
            k for k, part in enumerate(parts[: min(given, len(parts))]) if part in words.title or part in words.role
        ]
        cut = titles[-1] + 1 if titles else 0
        represents = words.heads_first and parts[0] in words.representative
        if given == len(parts) and parts[-1] in words.organisation and not represents:
            return 0
        if cut and cut + 1 < len(parts) and parts[cut] in words.grammar.genitive:
            cut += 2
        if given < len(parts) and cut < given and parts[-1] not in words.organisation:
            between = parts[cut:given]
            told = any(
                p in words.organisation or p in words.demonym or p in words.known or p in words.place for p in between
            )
            cut = given if told or cut else cut
        elif cut and words.heads_first and given > cut:
            cut = self._past_body(parts, cut)
        elif not cut and len(parts) > 1 and parts[0] in words.demonym and parts[1] not in words.organisation_word:
            cut = 1 if len(parts) == 2 or parts[1] in words.given else 0
        return cut

    def _first_name(self, parts: list[str]) -> int:
        """Where a person's name begins: at a first name that no noun for places stands before; else the end.

        Behind a role, a name of three words or more is a person's all the same ("chủ tịch xã Ann Lee Roe").
        """
        words = self.words
        for k, part in enumerate(parts[:-1]):
            placed = k > 0 and parts[k - 1] in words.grammar.place_noun
            governs = words.heads_first and part in words.organisation and parts[k + 1] in words.grammar.place_noun
            if (
                part in words.given
                and not governs
                and not (placed and (len(parts) - k < 3 or words.role.isdisjoint(parts[:k])))
            ):
                return k
        return len(parts)

    def _past_body(self, parts: list[str], cut: int) -> int:
        """Past the body or the country between a role and a name: "Bộ trưởng Quốc phòng Mỹ James Roe"."""
        words = self.words
        some = words.organisation | words.organisation_word | words.demonym | words.place
        end = next((k for k in range(cut, len(parts)) if parts[k] not in some), len(parts))
        told = end > cut and end < len(parts) and (parts[end - 1] in words.demonym or parts[end - 1] in words.place)
        if told and (len(parts) - end > 1 or words.grammar.is_foreign(parts[end]) or not words.grammar.rime):
            return end  # but "ca sĩ Mỹ Tâm"
        return next((k for k in range(cut + 1, len(parts)) if " ".join(parts[cut:k]) in words.known), cut)

    def _kind(self, core: tuple[str, ...], text: str, titled: bool, article: bool, before: str) -> Kind:
        words = self.words
        whole = " ".join(core)
        person, body = Kind.NAMED_PERSON, Kind.NAMED_ORGANISATION
        if words.heads_first and core[0] in words.organisation and core[0] not in words.given:
            return body
        if len(core) == 1:
            is_known = whole in words.known and before not in words.title
            is_held = words.heads_first and (whole in words.known or is_acronym(text))  # "ketua KPK"
            if titled and not (is_known or is_held):
                return person
            is_body = (
                whole in words.known or whole in words.place or article or before in words.organisation_noun
                or is_acronym(text) or self._is_brand(text) or before in words.grammar.where
                or any(map(str.isdigit, text))
            )  # fmt: skip
            return body if is_body else person
        if whole in words.known or whole in words.place or core[-1] in words.organisation:
            return body
        named = core[0] in words.given and (titled or core[1] in words.given)
        if words.heads_first and core[0] in words.organisation and not named:
            return body
        if before in words.grammar.place_noun and not titled:
            return body  # "đường Trần Phú"
        if (core[0] in words.given and not article) or titled:
            return person
        if any(w in words.organisation or w in words.organisation_word for w in core):
            return body
        if not words.join.isdisjoint(core):
            return body
        written = text.split()
        if article or before in words.organisation_noun or any(len(w) > 2 and w.isupper() for w in written):
            return body
        if words.heads_first and core[0] in words.known:
            return body  # "Vietjet Air"
        if len(core) > 4 or all(w in self._seen or w in words.weak for w in core) or any(map(self._is_brand, written)):
            return body
        return person

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

    def _is_brand(self, word: str) -> bool:
        """Whether a word has a capital right after a small letter ("YouTube"), and is no surname like "McDonald"."""
        if len(word) < 3 or word[1:].islower() or word.startswith(self.words.surname_head):
            return False
        return any(a.islower() and b.isupper() for a, b in pairwise(word))
