"""What is told of a name between commas, dashes or brackets: "Ann Roe, the mayor of the city,"."""

from onrecord.features.rules.context import STOPS, Context

# How far back an apposition may begin: "Ann Roe, a spokeswoman for the city,".
_MAX_TOKENS = 18
_MAX_ASIDE_TOKENS = 4
_MAX_BRACKET_TOKENS = 16


def apposes(context: Context, start: int, comma: int) -> bool:
    """Whether a comma opens an apposition to what stands before it, from token `start`."""
    lower = context.document.lower
    told = context.capitals and lower[comma + 1] in context.words.holder
    return told or lower[comma + 1] in context.words.apposition or tells_role(context, start, comma)


def tells_role(context: Context, start: int, comma: int) -> bool:
    """Whether a comma joins a role and a name, in a language that may give the role first."""
    if "role_first" not in context.grammar.trait:
        return False
    lower, behind = context.document.lower, comma + 1
    named = context.document.words[behind][0].isupper() and not context.words.holder.isdisjoint(lower[start:comma])
    return named or lower[behind] in context.words.teller


def restricts(context: Context, i: int, first: int) -> bool:
    """Whether token i is the "who" in "an official who has seen it"."""
    return (
        i > first
        and context.document.lower[i] in context.grammar.personal_relative
        and context.document.words[i - 1].islower()
    )


def another_start(context: Context, comma: int, first: int) -> int | None:
    """Where what stands before a comma begins, if what stands behind it is told of it."""
    behind = context.document.lower[comma + 1]
    if behind in context.grammar.place_noun:
        return comma  # "thôn Đông, xã Alba"
    if behind.isdigit() or (behind in context.words.apposition and behind not in context.words.title):
        return _named_before(context, comma, first, relative=False)
    return _role_start(context, comma, first) if context.document.words[comma + 1][0].isupper() else None


def bracket_start(context: Context, closing: int, first: int) -> int | None:
    """The bracket that opens what is told of a name ("Ann Roe (34, of Alton) then said"); None without any."""
    words = context.document.words
    for i in range(closing - 1, max(first, closing - _MAX_BRACKET_TOKENS), -1):
        if words[i] == "(":
            return i if context.document.is_word[i - 1] else None
        if words[i] in STOPS:
            return None
    return None


def before_acronym(context: Context, end: int, first: int) -> int:
    """Before the brackets in "the National Weather Service (NWS)"."""
    words = context.document.words
    if end - 1 <= first or words[end - 1] != ")":
        return end
    opened = bracket_start(context, end - 1, first)
    return end if opened is None else opened


def aside_start(context: Context, comma: int, first: int) -> int | None:
    """The comma before a set phrase that ends at another ("Roe, for her part, said"); None where there is none."""
    for i in range(comma - 1, max(first, comma - _MAX_ASIDE_TOKENS - 1), -1):
        if context.document.words[i] == ",":
            return i if " ".join(context.document.lower[i + 1 : comma]) in context.words.aside else None
    return None


def apposition_start(context: Context, comma: int, first: int) -> int | None:
    """Where the noun begins to which ", a spokesman for the city," belongs; None when the comma closes none."""
    words, lower = context.document.words, context.document.lower
    inside, placed = range(0), None
    for i in range(comma - 1, max(first, comma - _MAX_TOKENS), -1):
        if words[i] == ")" and (opened := bracket_start(context, i, first)) is not None:
            inside = range(opened, i)
        if i in inside or i == inside.stop:
            continue
        if words[i] in STOPS or context.document.quoted[i]:
            break
        if words[i] == "," and lower[i + 1] in context.grammar.place_noun:
            placed = i
        if words[i] != "," or placed == i:
            continue
        if (
            lower[i + 1] in context.words.apposition
            or lower[i + 1].isdigit()
            or (words[i + 1][0].islower() and lower[i + 1] not in context.words.boundary)
            or (context.capitals and lower[i + 1] in context.words.holder)
        ):
            return _named_before(context, i, first, lower[i + 1] in context.grammar.relative)
        return _role_start(context, i, first) if words[i + 1][0].isupper() else None
    return placed  # "the police of Alba, district of Roe,"


def _named_before(context: Context, comma: int, first: int, relative: bool) -> int | None:
    """Where the name that ends at a comma begins, or else the role (before "who", any noun); None without any."""
    words = context.document.words
    if comma - 3 > first and words[comma - 2].isdigit() and words[comma - 3] == ",":
        comma -= 3  # "Ann Roe, 34 tuổi, chủ quán"
    name = comma
    while name > first and words[name - 1][0].isupper():
        name -= 1
    if name > first and context.document.lower[name - 1] in context.words.toward:
        return None  # "Talking to the Herald, the mayor said"
    return name if name < comma else _role_start(context, comma, first, any_noun=relative)


def _role_start(context: Context, comma: int, first: int, *, any_noun: bool = False) -> int | None:
    """Where the role begins in "the mayor of the city, Ann Roe,"; None when what ends at the comma tells none.

    Only in a language that gives the role first.
    """
    if "role_first" not in context.grammar.trait:
        return None
    words, lower, begin = context.document.words, context.document.lower, comma
    while begin > first and comma - begin < _MAX_TOKENS:
        ends = lower[begin - 1] in context.words.boundary and lower[begin - 1] not in context.words.within
        if ends or words[begin - 1] in STOPS or words[begin - 1] == ",":
            break
        begin -= 1
    while begin < comma and lower[begin] in context.words.no_head and lower[begin] not in context.words.within:
        begin += 1
    heads = begin < comma and (lower[begin] in context.words.determiner or lower[begin] in context.words.holder)
    told = any_noun or not context.words.holder.isdisjoint(lower[begin:comma])
    return begin if heads and told else None


def addressed_before(context: Context, comma: int, first: int) -> int | None:
    """Where a title and its name begin that end at a comma which opens and closes nothing ("Bà Roe, said")."""
    words, name = context.document.words, comma
    while name > first and words[name - 1][0].isupper() and context.document.lower[name - 1] not in context.words.title:
        name -= 1
    titled = first < name < comma and context.document.lower[name - 1] in context.words.title
    return name - 1 if titled else None
