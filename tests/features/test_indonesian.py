"""Indonesian, a language of lexicon files alone: who says what, who the sources are, and what of a score is left."""

import pytest

from onrecord.features.measurement import Kind

from .conftest import check_words, finder, measured_in, texts_of

PLAIN = (
    "Rapat itu dimulai pada malam hari di balai desa dan berlangsung sampai larut karena membahas dana "
    "untuk jembatan yang rusak itu."
)
PERSON, BODY, PAPER, UNNAMED = Kind.NAMED_PERSON, Kind.NAMED_ORGANISATION, Kind.DOCUMENT, Kind.UNNAMED
found_in = finder("id", PLAIN)

# (text, source, content, kind, resolved, role): all that anybody says in each text.
STATEMENTS = [
    (
        "Gubernur Andi Saputra mengatakan jembatan itu aman.",
        "Gubernur Andi Saputra",
        "jembatan itu aman",
        PERSON,
        "Andi Saputra",
        "Gubernur",
    ),
    (
        "Menteri Kesehatan Budi Santoso menegaskan bahwa vaksin cukup.",
        "Menteri Kesehatan Budi Santoso",
        "bahwa vaksin cukup",
        PERSON,
        "Budi Santoso",
        "Menteri Kesehatan",
    ),
    (
        '"Kami tidak tahu apa-apa," kata Kepala Desa Sukamaju, Dewi Lestari, Senin (3/2).',
        "Kepala Desa Sukamaju, Dewi Lestari",
        '"Kami tidak tahu apa-apa,"',
        PERSON,
        "Dewi Lestari",
        "Kepala Desa Sukamaju",
    ),
    (
        '"Air naik sangat cepat," ujar seorang warga kepada wartawan.',
        "seorang warga",
        '"Air naik sangat cepat,"',
        UNNAMED,
        "seorang warga",
        None,
    ),
    (
        '"Harga beras akan turun," tutur Rina Wulandari, pedagang di Pasar Baru.',
        "Rina Wulandari, pedagang",
        '"Harga beras akan turun,"',
        PERSON,
        "Rina Wulandari",
        "pedagang",
    ),
    (
        "Menurut BMKG, hujan akan turun sampai Jumat.",
        "BMKG",
        "hujan akan turun sampai Jumat",
        BODY,
        "BMKG",
        None,
    ),
    (
        "Menurut Wali Kota Solo, Hendra Wijaya, pasar dibuka bulan depan.",
        "Wali Kota Solo, Hendra Wijaya",
        "pasar dibuka bulan depan",
        PERSON,
        "Hendra Wijaya",
        "Wali Kota Solo",
    ),
    (
        "Menurut saksi, pelaku lari ke arah sungai.",
        "saksi",
        "pelaku lari ke arah sungai",
        UNNAMED,
        "saksi",
        None,
    ),
    (
        "Berdasarkan data BPS, angka kemiskinan turun.",
        "BPS",
        "angka kemiskinan turun",
        BODY,
        "BPS",
        None,
    ),
    (
        "Berdasarkan survei itu, separuh warga tidak puas.",
        "survei itu",
        "separuh warga tidak puas",
        PAPER,
        "survei itu",
        None,
    ),
    (
        "Korban ditemukan di hutan, menurut keterangan polisi.",
        "polisi",
        "Korban ditemukan di hutan",
        BODY,
        "polisi",
        None,
    ),
    (
        "Kementerian Keuangan menyatakan anggaran tidak berubah.",
        "Kementerian Keuangan",
        "anggaran tidak berubah",
        BODY,
        "Kementerian Keuangan",
        None,
    ),
    (
        "Polisi menyebut pelaku berjumlah dua orang.",
        "Polisi",
        "pelaku berjumlah dua orang",
        BODY,
        "Polisi",
        None,
    ),
    (
        "Seorang pejabat yang enggan disebutkan namanya mengungkapkan proyek itu gagal.",
        "Seorang pejabat yang enggan disebutkan namanya",
        "proyek itu gagal",
        UNNAMED,
        "Seorang pejabat",
        None,
    ),
    (
        "Sejumlah pengamat menilai kebijakan itu keliru.",
        "Sejumlah pengamat",
        "kebijakan itu keliru",
        UNNAMED,
        "Sejumlah pengamat",
        None,
    ),
    (
        "Juru bicara KPK, Ali Fahmi, menuturkan penyidik memeriksa lima saksi.",
        "Juru bicara KPK, Ali Fahmi,",
        "penyidik memeriksa lima saksi",
        PERSON,
        "Ali Fahmi",
        "Juru bicara KPK",
    ),
    (
        "Peneliti ICW, Dewi Anggraini, berpendapat hukuman itu terlalu ringan.",
        "Peneliti ICW, Dewi Anggraini,",
        "hukuman itu terlalu ringan",
        PERSON,
        "Dewi Anggraini",
        "Peneliti ICW",
    ),
    (
        "Laporan itu menyebutkan bahwa dana hilang sejak 2019.",
        "Laporan itu",
        "bahwa dana hilang sejak 2019",
        PAPER,
        "Laporan itu",
        None,
    ),
    (
        "Seperti dikutip dari Reuters, pabrik itu akan ditutup.",
        "Reuters",
        "pabrik itu akan ditutup",
        BODY,
        "Reuters",
        None,
    ),
    (
        "Dilansir ANTARA, gempa terjadi pada Selasa dini hari.",
        "ANTARA",
        "gempa terjadi pada Selasa dini hari",
        BODY,
        "ANTARA",
        None,
    ),
    (
        "Warga khawatir tanggul akan jebol lagi.",
        "Warga",
        "tanggul akan jebol lagi",
        UNNAMED,
        "Warga",
        None,
    ),
    (
        "Kepala BNPB Letjen Suharyanto memastikan bantuan sudah dikirim.",
        "Kepala BNPB Letjen Suharyanto",
        "bantuan sudah dikirim",
        PERSON,
        "Suharyanto",
        "Kepala BNPB Letjen",
    ),
    (
        "Pengacara terdakwa, Yusuf Ramli, membantah bahwa kliennya bersalah.",
        "Pengacara terdakwa, Yusuf Ramli,",
        "kliennya bersalah",
        PERSON,
        "Yusuf Ramli",
        "Pengacara terdakwa",
    ),
    (
        "Kapolres Sleman AKBP Edy Susanto juga menambahkan bahwa sopir itu mabuk.",
        "Kapolres Sleman AKBP Edy Susanto",
        "bahwa sopir itu mabuk",
        PERSON,
        "Edy Susanto",
        "Kapolres Sleman AKBP",
    ),
    (
        "Keluarga korban berharap pelaku segera ditangkap.",
        "Keluarga korban",
        "pelaku segera ditangkap",
        UNNAMED,
        "Keluarga korban",
        None,
    ),
    (
        "Pakar hukum Universitas Gadjah Mada, Eko Prasetyo, menjelaskan pasal itu bermasalah.",
        "Pakar hukum Universitas Gadjah Mada, Eko Prasetyo,",
        "pasal itu bermasalah",
        PERSON,
        "Eko Prasetyo",
        "Pakar hukum Universitas Gadjah Mada",
    ),
]


@pytest.mark.parametrize("row", STATEMENTS, ids=[row[0][:40] for row in STATEMENTS])
def test_one_statement(row):
    text, *told = row
    document, found = found_in(text)
    assert [[a.source_text, texts_of(document, a.content), a.kind, a.resolved, a.role] for a in found] == [told]


@pytest.mark.parametrize(
    ("text", "resolved", "role"),
    [
        ("Andi Saputra meninjau lokasi. Andi mengatakan jembatan itu aman.", "Andi Saputra", None),
        ("Andi Saputra meninjau lokasi. Ia mengatakan jembatan itu aman.", "Andi Saputra", None),
        ("Gubernur Andi Saputra meninjau lokasi. Gubernur mengatakan jembatan itu aman.", "Andi Saputra", "Gubernur"),
        ('Andi Saputra meninjau lokasi. "Jembatan ini sudah aman," katanya.', "Andi Saputra", None),
        ("Andi Saputra meninjau lokasi. Menurutnya, jembatan itu aman.", "Andi Saputra", None),
    ],
)
def test_who_is_meant(text, resolved, role):
    _, found = found_in(text)
    assert [(a.resolved, a.role) for a in found] == [(resolved, role)]


@pytest.mark.parametrize(
    "text",
    [
        "Jembatan itu dibangun pada 2011 dan merupakan yang terpanjang.",
        "Laporan itu terbit pada bulan Mei.",
        "Polisi menangkap dua orang di rumah itu.",
        "Perusahaan itu belum memberikan tanggapan.",
        "Menurut rencana, jalan itu selesai bulan depan.",
        "Ia menolak berkomentar soal kasus itu.",
        "Kata itu berasal dari bahasa Jawa.",
        'Lagu "Jembatan Merah" diputar di alun-alun.',
        "Menteri menandatangani perjanjian dengan perusahaan itu.",
        "Budi membantah tudingan itu.",
        "Tim itu bermain bagus dan menang.",
        "Pemerintah mengumumkan nama pemenang.",
        "Warga membaca buku yang ia tulis.",
    ],
)
def test_nobody_says_anything(text):
    document, found = found_in(text)
    assert [(a.source_text, texts_of(document, a.cue), texts_of(document, a.content)) for a in found] == []


ARTICLE = "\n\n".join(
    (
        (
            "Pemerintah Kota Tirta menutup Jembatan Wening setelah sebuah truk menabrak pagar pembatas pada "
            "Selasa pagi. Empat orang terluka dalam kecelakaan itu."
        ),
        (
            '"Jembatan baru dibuka setelah pemeriksaan selesai," kata Wali Kota Tirta, Budi Hartono, kepada '
            "wartawan, Rabu (12/3). Ia mengatakan pemeriksaan itu membutuhkan waktu dua minggu."
        ),
        (
            "Menurut polisi, sopir truk melaju terlalu kencang. Kepala Polres Tirta AKBP Sri Wahyuni menyebutkan "
            'bahwa sopir itu sedang menelepon sebelum kecelakaan. "Kami masih memeriksa beberapa saksi," ujarnya.'
        ),
        (
            "Seorang sumber di kepolisian mengungkapkan sopir itu belum memiliki surat izin. Kementerian "
            "Perhubungan menyatakan akan mengirim tim untuk memeriksa jembatan."
        ),
        (
            "Pengamat transportasi dari Universitas Tirta, Agus Prasetyo, menilai pagar jembatan itu terlalu "
            'lemah. "Sudah lima tahun kami mengingatkan pemerintah," tutur Agus. Berdasarkan laporan dinas '
            "pekerjaan umum, jembatan itu dilewati dua belas ribu kendaraan setiap hari."
        ),
        (
            "Budi membantah tudingan itu. Ia menegaskan semua aturan sudah dipatuhi. Warga berharap jembatan "
            'segera dibuka. "Kami harus memutar sejauh sepuluh kilometer," keluh Siti Aminah, pedagang di pasar '
            "dekat jembatan. Seperti dikutip dari Kompas, perusahaan pemilik truk bersedia mengganti kerugian. "
            "Perusahaan itu belum memberikan tanggapan."
        ),
    )
)
# (how it begins, kind, who): all that is said in the article.
SAID = [
    ("Jembatan baru dibuka setelah", PERSON, "Budi Hartono"),
    ("pemeriksaan itu membutuhkan waktu", PERSON, "Budi Hartono"),
    ("sopir truk melaju terlalu kencang", BODY, "polisi"),
    ("bahwa sopir itu sedang menelepon", PERSON, "Sri Wahyuni"),
    ("Kami masih memeriksa beberapa saksi", PERSON, "Sri Wahyuni"),
    ("sopir itu belum memiliki surat izin", UNNAMED, "Seorang sumber di kepolisian"),
    ("akan mengirim tim", BODY, "Kementerian Perhubungan"),
    ("pagar jembatan itu terlalu lemah", PERSON, "Agus Prasetyo"),
    ("Sudah lima tahun kami", PERSON, "Agus Prasetyo"),
    ("jembatan itu dilewati dua belas ribu", PAPER, "laporan dinas pekerjaan umum"),
    ("semua aturan sudah dipatuhi", PERSON, "Budi Hartono"),
    ("jembatan segera dibuka", UNNAMED, "Warga"),
    ("Kami harus memutar", PERSON, "Siti Aminah"),
    ("perusahaan pemilik truk bersedia", BODY, "Kompas"),
]
UNFOUND: set[str] = set()


def test_an_article():
    check_words(ARTICLE, [row for row in SAID if row[0] not in UNFOUND])


def test_a_score_rests_on_what_the_language_has():
    measured = measured_in(ARTICLE, "id")
    lexical = ("hedging.epistemic", "tone.loaded", "transparency.correction", "boilerplate.copyright")
    assert [id for id in lexical if measured[id] is None] == []
