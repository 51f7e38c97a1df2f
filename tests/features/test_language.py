"""Which language a text is in: sure in a paragraph, honest in ten words, whatever was done to it."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.features.document import Article, read
from onrecord.features.language import MIN_FUNCTION_SHARE, function_share, identify
from onrecord.features.lexicon import languages
from onrecord.features.tokens import lower_tokens

TEXTS = {
    "en": (
        "The mayor of the city said on Tuesday that work on the bridge will begin in March and cost about twenty "
        "million dollars. Residents can see the plan in the library for a month, and those who do not agree will have "
        "fifteen days to send a complaint in writing to the city council."
    ),
    "es": (
        "El alcalde de la ciudad anunció el martes que las obras del puente comenzarán en marzo y que "
        "costarán unos veinte millones de euros. Según dijo, los vecinos podrán consultar el proyecto en la "
        "biblioteca durante todo el mes, y quienes no estén de acuerdo tendrán quince días para presentar sus "
        "quejas por escrito ante el ayuntamiento."
    ),
    "fr": (
        "Le maire de la ville a annoncé mardi que les travaux du pont commenceraient en mars et qu'ils "
        "coûteraient une vingtaine de millions d'euros. Les habitants pourront consulter le projet à la "
        "bibliothèque pendant tout le mois, et ceux qui ne sont pas d'accord auront quinze jours pour déposer "
        "une plainte écrite auprès de la mairie."
    ),
    "de": (
        "Der Bürgermeister der Stadt kündigte am Dienstag an, dass die Arbeiten an der Brücke im März "
        "beginnen und rund zwanzig Millionen Euro kosten werden. Die Anwohner können den Entwurf den ganzen "
        "Monat lang in der Bücherei einsehen, und wer nicht einverstanden ist, hat fünfzehn Tage Zeit, sich "
        "schriftlich bei der Verwaltung zu beschweren."
    ),
    "pt": (
        "O presidente da câmara anunciou na terça-feira que as obras da ponte vão começar em março e que vão "
        "custar cerca de vinte milhões de euros. Os moradores poderão consultar o projeto na biblioteca "
        "durante todo o mês, e quem não concordar terá quinze dias para apresentar a sua queixa por escrito "
        "junto da autarquia."
    ),
    "it": (
        "Il sindaco della città ha annunciato martedì che i lavori del ponte cominceranno a marzo e che "
        "costeranno circa venti milioni di euro. Gli abitanti potranno consultare il progetto nella "
        "biblioteca per tutto il mese, e chi non è d'accordo avrà quindici giorni di tempo per presentare un "
        "reclamo scritto al comune."
    ),
    "id": (
        "Wali kota mengumumkan pada hari Selasa bahwa pekerjaan jembatan akan dimulai pada bulan Maret dan "
        "akan menelan biaya sekitar dua puluh juta dolar. Warga dapat melihat rencana itu di perpustakaan "
        "selama sebulan penuh, dan mereka yang tidak setuju memiliki waktu lima belas hari untuk mengajukan "
        "keberatan secara tertulis kepada pemerintah kota."
    ),
    "ru": (
        "Мэр города объявил во вторник, что работы на мосту начнутся в марте и обойдутся примерно в двадцать "
        "миллионов рублей. Жители смогут ознакомиться с проектом в библиотеке в течение всего месяца, а у "
        "тех, кто не согласен, будет пятнадцать дней, чтобы подать письменную жалобу в городскую "
        "администрацию."
    ),
    "ca": (
        "L'alcalde de la ciutat va anunciar dimarts que les obres del pont començaran al març i que costaran "
        "uns vint milions d'euros. Els veïns podran consultar el projecte a la biblioteca durant tot el mes, "
        "i els qui no hi estiguin d'acord tindran quinze dies per presentar les seves queixes per escrit "
        "davant de l'ajuntament."
    ),
    "nl": (
        "De burgemeester van de stad kondigde dinsdag aan dat het werk aan de brug in maart zal beginnen en "
        "ongeveer twintig miljoen euro zal kosten. Bewoners kunnen het ontwerp de hele maand in de "
        "bibliotheek bekijken, en wie het er niet mee eens is, heeft vijftien dagen de tijd om schriftelijk "
        "bezwaar te maken bij de gemeente."
    ),
    "sv": (
        "Stadens borgmästare meddelade på tisdagen att arbetet med bron ska börja i mars och att det kommer "
        "att kosta omkring tjugo miljoner kronor. Invånarna kan ta del av förslaget på biblioteket under hela "
        "månaden, och den som inte håller med har femton dagar på sig att lämna in ett skriftligt klagomål "
        "till kommunen."
    ),
    "pl": (
        "Burmistrz miasta ogłosił we wtorek, że prace na moście rozpoczną się w marcu i będą kosztować około "
        "dwudziestu milionów złotych. Mieszkańcy będą mogli zapoznać się z projektem w bibliotece przez cały "
        "miesiąc, a ci, którzy się z nim nie zgadzają, będą mieli piętnaście dni na złożenie pisemnej skargi "
        "w urzędzie."
    ),
    "ro": (
        "Primarul orașului a anunțat marți că lucrările la pod vor începe în martie și că vor costa "
        "aproximativ douăzeci de milioane de lei. Locuitorii vor putea consulta proiectul la bibliotecă pe "
        "tot parcursul lunii, iar cei care nu sunt de acord vor avea cincisprezece zile pentru a depune o "
        "plângere scrisă la primărie."
    ),
    "tr": (
        "Belediye başkanı salı günü köprüdeki çalışmaların mart ayında başlayacağını ve yaklaşık yirmi milyon "
        "liraya mal olacağını açıkladı. Kent sakinleri projeyi ay boyunca kütüphanede inceleyebilecek, karara "
        "katılmayanların ise belediyeye yazılı olarak itiraz etmek için on beş günü olacak."
    ),
    "zh": (
        "市长星期二宣布，大桥的工程将于三月开始，费用约为两千万元。居民可以在整个月内到图书馆查阅该计划，不同意的人有十五天的时间向市政府提出书面意见。他说，这座桥是六十年前建造的，现在已经不安全了。"
    ),
    "ja": (
        "市長は火曜日、橋の工事が三月に始まり、費用は約二千万円になると発表した。住民は一か月の間、図書館で計画を見ることができ、反対する人は十五日以内に市役所へ書面で意見を出すことができるという。"
    ),
    "ar": (
        "أعلن رئيس البلدية يوم الثلاثاء أن أعمال الجسر ستبدأ في شهر مارس وأنها ستكلف نحو عشرين مليون دولار. "
        "ويمكن للسكان الاطلاع على المشروع في المكتبة طوال الشهر، أما من لا يوافقون عليه فلديهم خمسة عشر يوما "
        "لتقديم شكوى مكتوبة إلى البلدية."
    ),
    "vi": (
        "Thị trưởng thành phố hôm thứ Ba thông báo rằng công trình sửa cầu sẽ bắt đầu vào tháng Ba và tốn "
        "khoảng hai mươi triệu đô la. Người dân có thể xem dự án tại thư viện trong cả tháng, còn những ai "
        "không đồng ý sẽ có mười lăm ngày để gửi đơn khiếu nại đến chính quyền thành phố."
    ),
}


def told(text):
    tokens = lower_tokens(text)
    return identify(tokens, sum(token[0].isalnum() for token in tokens))


def without_marks(text):
    """Letters without what stands above and below them."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return plain.replace("đ", "d").replace("Đ", "D")


@pytest.mark.parametrize(("language", "text"), TEXTS.items(), ids=TEXTS)
@pytest.mark.parametrize(
    "done",
    [str, str.lower, str.upper, lambda text: text.replace(",", " ,").replace(".", " ."), lambda text: f"{text}\n" * 20],
    ids=["as written", "lower case", "capitals", "tokenised", "long"],
)
def test_a_paragraph_is_told_whatever_its_case_and_its_blanks(language, text, done):
    assert told(done(text)) == language


def test_vietnamese_is_told_without_its_diacritics():
    assert told(without_marks(TEXTS["vi"])) == "vi"


def test_vietnamese_is_told_without_its_stop_words():
    stop = "|thứ|đã|sẽ|có|thể|vào|và|trong|cả|còn|những|ai|không|để|đến|cho|rằng|khoảng|hôm|"
    left = [word for word in TEXTS["vi"].split() if f"|{word.lower()}|" not in stop]
    assert told(" ".join(left)) == "vi"


def test_english_is_told_without_its_function_words():
    text = (
        "mayor city council announced Tuesday bridge repairs begin March cost twenty million dollars residents view "
        "plans public library month anyone disagrees fifteen days send written complaints council office officials "
        "warned closure could delay buses ambulances school children neighbouring villages throughout spring summer"
    )
    assert function_share(lower_tokens(text), len(text.split()), "en") < MIN_FUNCTION_SHARE
    assert told(text) == "en"


@pytest.mark.parametrize("language", [language for language in TEXTS if language not in ("zh", "ja")])
def test_ten_words_are_told_right_or_not_at_all(language):
    words, rng = TEXTS[language].split(), random.Random(language)
    starts = [rng.randrange(len(words) - 10) for _ in range(20)]
    found = {told(" ".join(words[at : at + 10])) for at in starts}
    kin = {"id": {"ms"}}  # Malay, for all that ten words tell
    assert found <= {language, ""} | kin.get(language, set())


@pytest.mark.parametrize("text", ["", "...", "1234 5678 90", "xqz vbn wrt plk mnb qwx zzt", "OK", "\x00\x01", "©"])
def test_what_is_in_no_language_is_not_guessed(text):
    assert told(text) == ""


def test_what_is_quoted_in_another_language_does_not_hide_that_of_the_article():
    assert told(f"{TEXTS['en']} “{TEXTS['fr'][:120]}” {TEXTS['en']}") == "en"


@pytest.mark.parametrize("language", languages("document"))
def test_function_words_fill_what_they_are_said_to_fill(language):
    if language in TEXTS:
        tokens = lower_tokens(TEXTS[language])
        assert function_share(tokens, len(tokens), language) >= MIN_FUNCTION_SHARE


def test_a_language_without_a_lexicon_has_no_function_words():
    assert function_share(["the"], 1, "xx") == 0.0


def test_a_language_that_cannot_be_read_is_named():
    document = read(Article(TEXTS["pl"]))
    assert document.language == "pl"
    assert [(note.code, "(pl)" in note.message) for note in document.notes] == [("unsupported_language", True)]


@given(st.text())
def test_any_text_at_all(text):
    language = read(Article(text)).language
    assert language == "" or language.isalpha()
