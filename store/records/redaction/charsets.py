"""The charsets a file may be written in: what a label stands for, and which could hold a text."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

# What the web and the mailers take a label for, where Python takes it for less or not at all.
_MEANT: Final[dict[str, tuple[str, ...]]] = {
    "ascii": ("cp1252",),
    "latin_1": ("cp1252",),
    "iso8859_1": ("cp1252",),
    "iso8859_9": ("cp1254",),
    "iso8859_11": ("cp874",),
    "tis_620": ("cp874",),
    "gb2312": ("gb18030",),
    "gbk": ("gb18030",),
    "big5": ("big5hkscs", "cp950"),
    "cp950": ("big5hkscs", "cp950"),
    "shift_jis": ("cp932", "shift_jis_2004"),
    "shift_jisx0213": ("shift_jis_2004",),
    "euc_jp": ("euc_jis_2004", "euc_jp"),
    "euc_kr": ("cp949",),
    "iso8859_8": ("cp1255", "iso8859_8"),
    "iso8859_6": ("iso8859_6", "cp1256"),
    "iso8859_7": ("iso8859_7", "cp1253"),
    "iso2022_jp": ("iso2022_jp_ext", "iso2022_jp_2", "iso2022_jp_2004"),
    "koi8_r": ("koi8_r", "koi8_u"),
}
_LABELS: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys(
        ("iso-8859-8-i", "iso-8859-8-e", "logical", "csiso88598i"), _MEANT["iso8859_8"]
    ),
    **dict.fromkeys(("x-sjis", "windows-31j", "ms932", "x-ms-cp932", "csshiftjis"), ("cp932",)),
    **dict.fromkeys(("x-gbk", "x-euc-cn", "gb_2312-80", "gb-2312", "chinese"), ("gb18030",)),
    **dict.fromkeys(("x-euc-jp", "x-euc"), _MEANT["euc_jp"]),
    **dict.fromkeys(("x-x-big5", "x-big5", "cn-big5", "big5-hkscs"), _MEANT["big5"]),
    **dict.fromkeys(("ks_c_5601-1987", "ks_c_5601-1989", "ksc5601", "korean"), ("cp949",)),
    **dict.fromkeys(("windows-949", "x-windows-949", "uhc"), ("cp949",)),
    **dict.fromkeys(("windows-874", "dos-874", "x-windows-874"), ("cp874",)),
    **dict.fromkeys(("x-mac-roman", "macintosh", "mac", "x-macintosh"), ("mac_roman",)),
    **dict.fromkeys(("x-mac-cyrillic", "x-mac-ukrainian"), ("mac_cyrillic",)),
    **dict.fromkeys(("koi", "koi8", "koi8-ru"), _MEANT["koi8_r"]),
    **dict.fromkeys(("unicode-1-1-utf-8", "x-unicode20utf8", "utf8mb4", "utf-8-sig"), ("utf_8",)),
    **dict.fromkeys(("unicode", "ucs-2", "iso-10646-ucs-2"), ("utf_16",)),
    **dict.fromkeys(("unicodefeff", "csunicode"), ("utf_16",)),
    **dict.fromkeys(("unicode-1-1-utf-7", "x-unicode-2-0-utf-7"), ("utf_7",)),
    **dict.fromkeys(("x-cp1250", "x-cp1251", "x-cp1252"), ("cp1250", "cp1251", "cp1252")),
    **dict.fromkeys(
        ("unknown-8bit", "x-unknown", "unknown", "8bit", "ansi", "default"), ("cp1252",)
    ),
    "hz-gb-2312": ("hz",),
    "x-user-defined": ("cp1252",),
}
_EIGHT_BIT: Final = (
    "cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp874 iso8859_2 iso8859_3 "
    "iso8859_4 iso8859_5 iso8859_6 iso8859_7 iso8859_8 iso8859_10 iso8859_13 iso8859_14 "
    "iso8859_15 iso8859_16 koi8_r koi8_u koi8_t mac_roman mac_latin2 mac_cyrillic mac_greek "
    "mac_turkish mac_iceland cp437 cp720 cp737 cp775 cp850 cp852 cp855 cp857 cp858 cp860 cp861 "
    "cp862 cp863 cp864 cp865 cp866 cp869 cp1125 hp_roman8 kz1048 ptcp154 "
    "gb18030 big5hkscs cp950 cp932 shift_jis_2004 euc_jp euc_jis_2004 cp949 johab"
).split()
MAINFRAME: Final = ("cp037", "cp273", "cp424", "cp500", "cp875", "cp1026", "cp1140")
_NO_CHARSETS = frozenset(
    {"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "mbcs", "oem"}
)
_NO_SIGNS = frozenset({"Cc", "Cn", "Cs", "Co"})
SHIFTED: Final = ("iso2022_jp_ext", "iso2022_jp_2", "iso2022_jp_2004", "iso2022_kr")
"""The charsets that are switched to by an escape, inside plain ASCII."""
LIKE_ASCII: Final = frozenset({*_EIGHT_BIT, "utf_8", "koi8_r", "iso8859_8"})
"""The charsets in which bytes under 128 are ASCII."""
_C1 = re.compile(r"[\x80-\x9f]")


@lru_cache(maxsize=256)
def meant_by(label: str) -> tuple[str, ...]:
    """Return the charsets that a label may stand for, widest first; none where it is unknown."""
    name = label.strip().strip("\"'").lower()
    if name in _LABELS:
        return _LABELS[name]
    try:
        known = codecs.lookup(name)
    except (LookupError, ValueError):
        return ()
    codec = known.name.replace("-", "_")
    if codec in _NO_CHARSETS or not getattr(known, "_is_text_encoding", True):
        return ()
    return _MEANT.get(codec, (codec,))


def decodes(data: bytes, charset: str) -> bool:
    """Whether bytes are text in a charset, with no sign that it leaves without a meaning."""
    try:
        return not _C1.search(data.decode(charset))
    except (ValueError, LookupError):
        return False


def fits_one(data: bytes, charsets: Iterable[str]) -> bool:
    """Whether bytes are text in one of these charsets, or in UTF-8."""
    try:
        data.decode("utf-8")
    except ValueError:
        return any(decodes(data, charset) for charset in charsets)
    return True


def fits_any(data: bytes) -> bool:
    """Whether bytes are text in any charset there is."""
    return fits_one(data, _EIGHT_BIT)


def able(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the charsets other than UTF-8 and those like it that can hold one of these texts.

    What is plain ASCII reads the same in all of them.
    """
    telling = [text for text in texts if not text.isascii()]
    return tuple(charset for charset in _EIGHT_BIT if any(encoded(telling, charset)))


def encoded(texts: Iterable[str], charset: str) -> set[bytes]:
    """Return texts as they stand in a charset, those that it can hold."""
    found = set()
    for text in texts:
        for form in (text, unicodedata.normalize("NFD", text)):
            try:
                found.add(form.encode(charset))
            except (ValueError, LookupError):
                continue
    return found


def in_all_charsets(texts: Sequence[str]) -> set[bytes]:
    """Return texts as they may stand in a file in any charset, four bytes of each at least."""
    found: set[bytes] = set()
    for charset in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", *MAINFRAME):
        found |= encoded(texts, charset)
    for charset in able(texts):
        found |= encoded([text for text in texts if not text.isascii()], charset)
    return {one for one in found if len(one) >= 4}


def is_plain(text: str) -> bool:
    """Whether a text is made of signs that are in use, with no control among them."""
    return not any(
        unicodedata.category(sign) in _NO_SIGNS and sign not in "\t\n\r\f\ufeff"
        for sign in set(text)
    )
