"""From bytes to text, under headers and declarations that are right, wrong and hostile."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.scoring.charset import decode

WORDS = "“Größe”, she said"


@pytest.mark.parametrize(
    ("declared", "body", "text"),
    [
        ("text/html; charset=utf-8", WORDS.encode(), WORDS),
        ('text/html; Charset="UTF-8"', WORDS.encode(), WORDS),
        ("text/html; charset=iso-8859-1", WORDS.encode("cp1252"), WORDS),
        ("text/html; charset=us-ascii", WORDS.encode("cp1252"), WORDS),
        ("text/html; charset=windows-1251", "Слова".encode("cp1251"), "Слова"),
        ("text/html; charset=shift_jis", "言葉①".encode("cp932"), "言葉①"),
        ("text/html; charset=gb2312", "言語".encode("gb18030"), "言語"),
        ("text/html; charset=utf-16", WORDS.encode("utf-16"), WORDS),
        # the bytes come before what is said of them
        ("text/html; charset=iso-8859-1", WORDS.encode(), WORDS),
        ("text/html; charset=koi8-r", WORDS.encode(), WORDS),
        ("text/html", b"<meta charset=koi8-r>" + WORDS.encode(), "<meta charset=koi8-r>" + WORDS),
        ("text/html; charset=iso-8859-1", b"\xef\xbb\xbfplain", "plain"),
        ("text/html; charset=utf-8", WORDS.encode("utf-16"), WORDS),
        ("text/html", WORDS.encode("utf-32"), WORDS),
        ("text/html; charset=koi8-r", "“”".encode() * 9 + b"\xff", "“”" * 9 + "\ufffd"),
        # ASCII says nothing: there may be escapes in it
        ("text/html; charset=iso-2022-jp", "言葉".encode("iso2022_jp"), "言葉"),
        # the header comes before what the page says
        (
            "text/html; charset=koi8-r",
            b"<meta charset=windows-1251>" + "Слово".encode("koi8-r"),
            "<meta charset=windows-1251>Слово",
        ),
        ("text/html; charset=utf-8", b'<meta charset="koi8-r">' + WORDS.encode(), '<meta charset="koi8-r">' + WORDS),
        ("text/html; charset=utf-8", b"\xff.", "\ufffd."),
        # a byte order mark, which is no part of the text
        ("text/html", b"\xef\xbb\xbf<meta charset=koi8-r>" + WORDS.encode(), "<meta charset=koi8-r>" + WORDS),
        ("text/html; charset=utf-8", b"\xef\xbb\xbf" + WORDS.encode(), WORDS),
        ("text/plain", WORDS.encode("utf-16"), WORDS),
        ("text/plain", b"\xfe\xff" + WORDS.encode("utf-16-be"), WORDS),
        # the page itself
        ("text/html", b"<meta charset=koi8-r>" + "Слово".encode("koi8-r"), "<meta charset=koi8-r>Слово"),
        (
            "text/html",
            b"<META http-equiv='Content-Type' content='text/html; charset=koi8-r'>" + "Слово".encode("koi8-r"),
            "<META http-equiv='Content-Type' content='text/html; charset=koi8-r'>Слово",
        ),
        (
            "application/xhtml+xml",
            b'<?xml version="1.0" encoding="koi8-r"?>' + "Слово".encode("koi8-r"),
            '<?xml version="1.0" encoding="koi8-r"?>Слово',
        ),
        ("text/html", b"<meta charset=utf-16>" + WORDS.encode(), "<meta charset=utf-16>" + WORDS),
        # too far down, or in no tag
        (
            "text/html",
            b" " * 4096 + b"<meta charset=koi8-r>" + WORDS.encode(),
            " " * 4096 + "<meta charset=koi8-r>" + WORDS,
        ),
        ("text/html", b"<p>charset=koi8-r" + WORDS.encode(), "<p>charset=koi8-r" + WORDS),
        # labels that name nothing, and codecs that are no charset
        ("text/html; charset=klingon", WORDS.encode(), WORDS),
        ("text/html; charset=", WORDS.encode(), WORDS),
        ("text/html; charset=größe", WORDS.encode(), WORDS),
        (
            "text/html; charset=klingon",
            b"<meta charset=koi8-r>" + "Слово".encode("koi8-r"),
            "<meta charset=koi8-r>Слово",
        ),
        ("text/html; charset=zlib", WORDS.encode(), WORDS),
        ("text/html; charset=unicode_escape", rb"\u0041".ljust(8), r"\u0041".ljust(8)),
        ("text/html; charset=utf-7", b"+AGE-", "+AGE-"),
        ("text/html", b"<meta charset=punycode>" + WORDS.encode(), "<meta charset=punycode>" + WORDS),
        # nothing said
        ("", WORDS.encode(), WORDS),
        ("", WORDS.encode("cp1252"), WORDS),
        ("", b"\x81 \x93", "\ufffd “"),
        ("", b"", ""),
    ],
)
def test_the_charset_is_found(declared, body, text):
    assert decode(body, declared) == text


@given(st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from(["utf-8", "iso-8859-1", "koi8-r", "x"]))
@settings(deadline=None)
def test_utf_8_is_the_same_from_the_web_and_from_a_file(text, header):
    data = ("“" + text).encode()
    assert decode(data) == decode(data, f"text/html; charset={header}") == "“" + text


@given(st.binary(max_size=200), st.text(max_size=50))
@settings(deadline=None)
def test_any_bytes_decode_under_any_label(body, label):
    assert isinstance(decode(body, f"text/html; charset={label}"), str)
    assert isinstance(decode(b"<meta charset=" + body), str)


def test_looking_for_a_charset_takes_linear_time():
    began = time.monotonic()
    for piece in (
        b"<meta ",
        b"<meta charset",
        b"<?xml encoding ",
        b"<meta\tcharset=",
        b"charset ",
        b"<meta;charset   ",
    ):
        decode(piece * 4096)
        decode(b"", piece.decode() * 100_000)
    assert time.monotonic() - began < 1
