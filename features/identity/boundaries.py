"""Where a name begun by a capital ends: what goes on with it in capitals, and what joins it in lower case."""

from dataclasses import dataclass

from onrecord.features.document import Document
from onrecord.features.identity.words import Words

MAX_NAME_TOKENS = 10


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Tells where the capitalised phrases of a document end."""

    document: Document
    words: Words

    def end(self, i: int, opens: set[int]) -> int:
        """Where the capitalised phrase from token i ends, past its last token; it stops where a sentence `opens`."""
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

    def is_initial(self, j: int) -> bool:
        """Whether a token is one letter with a full stop behind it."""
        words = self.document.words
        return len(words[j]) == 1 and j + 1 < len(words) and words[j + 1] == "."

    def _follows_body(self, i: int, j: int) -> bool:
        """Whether tokens i to j are a whole known body; where heads come first, a name may follow."""
        words, lower = self.words, self.document.lower
        if not words.heads_first or j - i < 2 or lower[j] in words.organisation_word or lower[j] in words.place:
            return False
        return " ".join(lower[i:j]) in words.known

    def _is_name(self, j: int) -> bool:
        """Whether a word that is seldom a name is one here: "Ann May", "Ann Roe III", "Ann A. Roe", "USA Today"."""
        lower = self.document.lower
        if lower[j] in self.words.suffix or f"{lower[j - 1]} {lower[j]}" in self.words.known or self.is_initial(j):
            return True
        return lower[j] in self.words.surname and lower[j - 1] in self.words.given

    def _is_particle(self, j: int) -> bool:
        """Whether a word with a capital is part of a surname: "Marine Le Pen", "Georges de La Tour"."""
        lower, words = self.document.lower, self.words
        return lower[j] in words.particle and (lower[j - 1] in words.given or lower[j - 1] in words.particle)

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
