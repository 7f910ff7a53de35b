"""The charsets a file may be written in: what a label stands for, and which could hold a text."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final

from store.text.charsets import codec_of

# What a charset is a part of, or is often written for.
_MEANT: Final[dict[str, tuple[str, ...]]] = {
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
_JUNK: Final = frozenset({"unknown-8bit", "x-unknown", "unknown", "8bit", "ansi"})
"""Labels that name no charset; what they stand on is read in all that there are."""
_EIGHT_BIT: Final = (
    "cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp874 iso8859_2 iso8859_3 "
    "iso8859_4 iso8859_5 iso8859_6 iso8859_7 iso8859_8 iso8859_10 iso8859_13 iso8859_14 "
    "iso8859_15 iso8859_16 koi8_r koi8_u koi8_t mac_roman mac_latin2 mac_cyrillic mac_greek "
    "mac_turkish mac_iceland cp437 cp720 cp737 cp775 cp850 cp852 cp855 cp857 cp858 cp860 cp861 "
    "cp862 cp863 cp864 cp865 cp866 cp869 cp1125 hp_roman8 kz1048 ptcp154 "
    "gb18030 big5hkscs cp950 cp932 shift_jis_2004 euc_jp euc_jis_2004 cp949 johab"
).split()
MAINFRAME: Final = ("cp037", "cp273", "cp424", "cp500", "cp875", "cp1026", "cp1140")
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
    found = "cp1252" if name in _JUNK else codec_of(name)
    if not found:
        return ()
    codec = codecs.lookup(found).name.replace("-", "_")
    return tuple(dict.fromkeys((codec, *_MEANT.get(codec, ()))))


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
