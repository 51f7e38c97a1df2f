"""Languages are files: what the code asks of them is what docs/languages.md says, and what is not there is empty."""

import ast
import re
from pathlib import Path

import pytest

import onrecord.features
from onrecord.features import CATALOGUE, attributions, languages_of, rules, unmeasured
from onrecord.features.document import Article, read
from onrecord.features.grammar import TRAITS, Grammar
from onrecord.features.identity.noun_phrases import Nouns
from onrecord.features.identity.words import Words
from onrecord.features.joins import Joins
from onrecord.features.lexicon import Lexicon, languages, load
from onrecord.features.measurement import Kind
from onrecord.features.rules.words import Words as CueWords

FEATURES = Path(onrecord.features.__file__).parent
PAGE = (Path(__file__).parents[2] / "docs" / "languages.md").read_text(encoding="utf-8")
TABLE = {
    file: set(classes.split(", ")) for file, classes in re.findall(r"^\| `(\w+)` \|[^|]*\| ([\w, ]+) \|$", PAGE, re.M)
}
FOUND_BY_CLASS = ("document", "grammar", "attribution", "sources", "names")
LEXICAL = ("hedging", "boilerplate", "transparency", "tone")
TEXTS = {
    "en": "The mayor, Ann Roe, who has seen it, said on Monday that the bridge is safe and was built in 2011.",
    "es": "El alcalde de Alba, Juan Ruiz, dijo el lunes que el puente es seguro y que se construyó en la zona en 2011.",
    "vi": "Chủ tịch UBND huyện Alba, ông Nguyễn Văn Hùng, cho biết hôm thứ hai rằng cây cầu an toàn và xây năm 2011.",
}
# The classes of English whose words nobody would write in code but as words.
ENGLISH = {
    "grammar": sorted(label for label in TABLE["grammar"] if not label.endswith(("ending", "inflection"))),
    "attribution": ("accord", "addressee", "auxiliary", "boundary", "no_head", "pronoun", "tail", "time", "within"),
    "sources": ("courtesy", "definite", "indefinite", "pronoun_first", "pronoun_group", "pronoun_person", "reflexive"),
    "names": ("suffix", "join_purpose", "join_subject"),
}


def plain(label):
    return label.partition(":")[0]


@pytest.fixture
def asked(monkeypatch):
    """(file, class) of all that is asked of lexicons while texts are read."""
    found = set()
    words, find = Lexicon.words, Lexicon.find

    def words_of(self, label):
        found.add((self.name.partition(".")[0], plain(label)))
        return words(self, label)

    def find_of(self, lower, *labels):
        found.update((self.name.partition(".")[0], plain(label)) for label in labels)
        return find(self, lower, *labels)

    monkeypatch.setattr(Lexicon, "words", words_of)
    monkeypatch.setattr(Lexicon, "find", find_of)
    for kept in (Grammar, Joins, Nouns, Words, CueWords):
        kept.of.cache_clear()
    return found


def test_the_table_names_what_the_code_asks_for(asked):
    for language, text in TEXTS.items():
        document = read(Article(text, title="A title of some words"))
        assert document.language == language
        rules.statements(document)
        onrecord.features.measure(document)
    for family in FOUND_BY_CLASS:
        assert {label for file, label in asked if file == family} == TABLE[family]


@pytest.mark.parametrize("family", FOUND_BY_CLASS + LEXICAL)
def test_the_table_names_all_classes_of_the_files(family):
    files = [load(family, language) for language in languages(family)]
    assert {plain(label) for lexicon in files for label in lexicon.classes} <= TABLE[family]


@pytest.mark.parametrize("family", LEXICAL)
def test_the_classes_of_a_lexical_family_stand_in_its_code(family):
    modules = [path for path in FEATURES.glob("*.py") if path.stem in (family, "hedge_cues", "own_text")]
    text = "".join(path.read_text(encoding="utf-8") for path in modules)
    assert {label for label in TABLE[family] if f'"{label}"' not in text} == set()


@pytest.mark.parametrize("language", languages("grammar"))
def test_traits_are_known(language):
    assert Grammar.of(language).trait <= TRAITS


@pytest.mark.parametrize("trait", sorted(TRAITS))
def test_the_page_names_every_trait(trait):
    assert f"`{trait}`" in PAGE


def test_a_language_without_files_has_nothing():
    grammar = Grammar.of("xx")
    assert (grammar.stem("roe's"), grammar.is_plural("votes"), grammar.is_example("such", "as")) == (
        "roe's",
        False,
        False,
    )
    assert Words.of("xx") is None and Nouns.of("xx") is None
    assert CueWords.of("xx").time == frozenset()


def test_which_languages_a_feature_is_measured_in():
    assert languages("document") == ("de", "en", "es", "fr", "id", "it", "pt", "ru", "vi")
    assert languages_of(CATALOGUE["attribution.rate"]) == languages("attribution")
    assert languages_of(CATALOGUE["tone.loaded"]) == languages("tone")
    assert languages_of(CATALOGUE["readability.numbers"]) == languages("document")
    assert languages_of(CATALOGUE["readability.coleman_liau_index"]) == ("en",)
    assert unmeasured("en") == frozenset()
    assert unmeasured("") == set(CATALOGUE)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("pt", "A presidente da câmara disse que não há dinheiro para as obras da ponte, mas os moradores não "
         "acreditam no que ela diz e vão para a rua em protesto com os seus filhos."),
        ("ca", "L'alcalde va dir que no hi ha diners per a les obres del pont, però els veïns no s'ho creuen i "
         "sortiran al carrer amb els seus fills."),
        ("fr", "Le maire a déclaré que la ville n'avait pas d'argent pour le pont et que les habitants de la zone ne "
         "le croient pas."),
        ("it", "Il sindaco ha detto che non ci sono soldi per il ponte, ma gli abitanti della zona non ci credono e "
         "andranno in piazza con i loro figli."),
        ("tr", "Belediye başkanı köprünün güvenli olduğunu ve mayıs ayında açılacağını söyledi, ama kimse inanmıyor."),
        ("uk", "Мер міста сказав, що міст безпечний і що його відкриють навесні, але мешканці не вірять."),
        ("bg", "Кметът каза, че мостът е безопасен и че ще бъде отворен през пролетта, но жителите не му вярват."),
        ("nl", "De burgemeester zei dat de brug veilig is en dat die in het voorjaar opengaat, maar wie gelooft hem."),
        ("cs", "Starosta řekl, že most je bezpečný a že se otevře na jaře, ale lidé z okolí mu nevěří."),
        ("da", "Borgmesteren sagde, at broen er sikker, og at den åbner til foråret, men beboerne tror ikke på ham."),
    ],
)  # fmt: skip
def test_a_language_without_files_is_told_and_has_no_sources(language, text):
    document = read(Article(text))
    assert document.language in (language, "")
    assert language in languages("sources") or attributions.find(document) == ()


def code_strings(path):
    """The strings of a module that are no docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs
    }


@pytest.mark.parametrize(
    "path",
    [path for path in sorted(FEATURES.rglob("*.py")) if path.stem not in ("form", "cut", "thread", "transcript")],
    ids=lambda path: path.stem,
)
def test_no_english_word_stands_in_code(path):
    words = {word for family, labels in ENGLISH.items() for label in labels for word in load(family, "en").words(label)}
    strings = {string.lower().strip() for string in code_strings(path)}
    assert strings & words - set().union(*TABLE.values()) == set()


def test_an_english_word_in_code_is_seen(tmp_path):
    module = tmp_path / "module.py"
    module.write_text('"""The doc."""\nWORDS = ("the", "By ")\n', encoding="utf-8")
    assert code_strings(module) == {"the", "By "}


def test_a_language_finds_unnamed_sources_by_its_own_words():
    document = read(Article("Fuentes de la zona dijeron que el puente es viejo y que no hay dinero para la obra."))
    assert [a.kind for a in attributions.find(document)] == [Kind.UNNAMED]
