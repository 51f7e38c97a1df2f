"""What stands at the head of a capitalised phrase, before the name: titles, roles, bodies and places of the person.

Each function takes the words of a phrase in lower case, and says how many of them come before something.
"""

from onrecord.features.identity.words import Words


def outside(words: Words, parts: list[str], placed: bool) -> int:
    """How many words before a name are neither part of it nor tell of whom it names.

    Args:
        placed: whether a noun for places stands before the phrase.
    """
    return _before_given(words, parts) or (placed and _past_place(words, parts)) or past_noun(words, parts)


def past_noun(words: Words, parts: list[str]) -> int:
    """One for a noun for bodies that a foreign name follows ("Trang TMZ"), where heads come first; else none."""
    noun = words.heads_first and parts[0] in words.organisation_noun and parts[0] not in words.organisation
    return int(noun and len(parts) > 1 and words.grammar.is_foreign(parts[1]))


def leading(words: Words, parts: list[str]) -> int:
    """How many words at the head of a phrase are titles, roles or affiliations of the person named after them."""
    whole = " ".join(parts)
    if whole in words.known or whole in words.place:
        return 0
    given = _first_name(words, parts)
    if words.heads_first and given == len(parts) and parts[0] in words.organisation:
        return 0
    titles = [k for k, part in enumerate(parts[: min(given, len(parts))]) if part in words.title or part in words.role]
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
        cut = _past_body(words, parts, cut)
    elif not cut and len(parts) > 1 and parts[0] in words.demonym and parts[1] not in words.organisation_word:
        cut = 1 if len(parts) == 2 or parts[1] in words.given else 0
    return cut


def _before_given(words: Words, parts: list[str]) -> int:
    """How many words before a first name are neither part of the name nor tell of the person, in a language whose
    nouns stand before names they govern: "Решение Ивана Рогова".
    """
    if not words.grammar.case_ending or len(parts) < 2 or parts[1] not in words.given or parts[0] in words.given:
        return 0
    tells = (words.title, words.role, words.organisation, words.demonym, words.known, words.place)
    return int(not any(parts[0] in some for some in tells))


def _past_place(words: Words, parts: list[str]) -> int:
    """How many words of a place stand before a person's name: "ủy viên hạt Wilson Ann Roe"."""
    given = words.given
    return next((k for k in range(1, len(parts) - 1) if parts[k] in given and parts[k - 1] not in given), 0)


def _first_name(words: Words, parts: list[str]) -> int:
    """Where a person's name begins: at a first name that no noun for places stands before; else the end.

    Behind a role, a name of three words or more is a person's all the same ("chủ tịch xã Ann Lee Roe").
    """
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


def _past_body(words: Words, parts: list[str], cut: int) -> int:
    """Past the body or the country between a role and a name: "Bộ trưởng Quốc phòng Mỹ James Roe"."""
    some = words.organisation | words.organisation_word | words.demonym | words.place
    end = next((k for k in range(cut, len(parts)) if parts[k] not in some), len(parts))
    told = end > cut and end < len(parts) and (parts[end - 1] in words.demonym or parts[end - 1] in words.place)
    if told and (len(parts) - end > 1 or words.grammar.is_foreign(parts[end]) or not words.grammar.rime):
        return end  # but "ca sĩ Mỹ Tâm"
    return next((k for k in range(cut + 1, len(parts)) if " ".join(parts[cut:k]) in words.known), cut)
