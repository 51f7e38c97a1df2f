"""From bytes to text. A page that was served and the file it was saved to read the same.

So what the bytes themselves show goes before what anybody says of them: hardly any text in another
charset happens to be valid UTF-8, while many servers and pages name a charset that they do not use.
"""

import codecs
import re

_MARKS = (  # the longer marks first: that of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# A text with so many characters beyond ASCII for each broken byte is damaged UTF-8, and nothing else.
_SOUND = 10

_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE | re.ASCII)
_PAGE_CHARSET = re.compile(
    rb"<(?:meta[^<>]*?\scharset|meta[^<>]*?;charset|\?xml[^<>]*?\sencoding)\s*=\s*[\"']?\s*([\w.:-]{1,40})",
    re.IGNORECASE,
)
# What a label means on the web (WHATWG Encoding Standard), where Python takes it more literally: pages that
# say Latin-1 hold the curly quotation marks of Windows-1252.
_WEB_CODECS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "utf-8-sig": "utf-8",
}
# Python also knows codecs that are no charset of a page (zlib, punycode, unicode_escape): only these are followed.
_CODECS = re.compile(
    r"utf-(?:8|16(?:-[lb]e)?)|cp(?:125[0-8]|866|874|932|949)|iso8859-(?:[2-8]|1[03-6])|koi8-[ru]"
    r"|mac-(?:roman|cyrillic)|gb18030|big5(?:hkscs)?|euc_jp|iso2022_jp"
)


def byte_order_mark(data: bytes) -> str:
    """Python's codec for the byte order mark that the data begin with; "" when there is none."""
    return next((name for mark, name in _MARKS if data.startswith(mark)), "")


def nearly_utf_8(data: bytes) -> str:
    """The text, if it holds more than ASCII and is UTF-8 but for a few bytes (which become U+FFFD); else ""."""
    if data.isascii():
        return ""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        repaired = data.decode("utf-8", "replace")
        beyond_ascii = len(repaired) - len(repaired.encode("ascii", "ignore"))
        return repaired if beyond_ascii > _SOUND * repaired.count("\ufffd") else ""


def decode(data: bytes, content_type: str = "") -> str:
    """Bytes to text: by byte order mark, as UTF-8, by the charset of the header, by that in the page, as Windows-1252.

    A label that names no charset of the web is passed over. Never raises: what a charset does not
    have becomes U+FFFD.

    Args:
        content_type: the header with which a page was served; "" for a file.

    >>> decode("\u201cno\u201d".encode("cp1252"), "text/html; charset=iso-8859-1") == "\u201cno\u201d"
    True
    """
    mark = byte_order_mark(data)
    if mark:
        return data.decode(mark, "replace").removeprefix("\ufeff")
    text = nearly_utf_8(data)
    if text:
        return text
    header = _HEADER_CHARSET.search(content_type)
    inside = _PAGE_CHARSET.search(data[:4096])
    label = inside[1].decode("ascii", "replace") if inside else ""
    found = _codec(header[1] if header else "") or _codec(label, ascii_only=True) or "cp1252"
    return data.decode(found, "replace").removeprefix("\ufeff")


def _codec(label: str, ascii_only: bool = False) -> str:
    """Python's codec for a charset label; "" if there is none. A label read as ASCII cannot say UTF-16."""
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return ""
    name = _WEB_CODECS.get(name, name)
    return name if _CODECS.fullmatch(name) and not (ascii_only and name.startswith("utf-16")) else ""
