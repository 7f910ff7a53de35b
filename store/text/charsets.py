"""Text from the bytes of a mail, by charset labels as browsers and mailers take them.

A label in a mail seldom means what its standard says: `gb2312` is GBK, `shift_jis` is Windows'
own, `us-ascii` and `iso-8859-1` are Windows-1252, and much that is labelled so is UTF-8.
"""

from __future__ import annotations

import codecs
import re
from typing import Final, NamedTuple

# What a browser refuses and mail still holds, or what Python's own codec reads too narrowly.
_OTHERS: Final = {
    "gbk": "gb18030",
    "hz-gb-2312": "hz",
    "iso-2022-kr": "iso2022_kr",
    "csiso2022kr": "iso2022_kr",
    "iso-2022-jp": "iso2022_jp_ext",
    "csiso2022jp": "iso2022_jp_ext",
    "utf8mb4": "utf-8",
    "utf-8-sig": "utf-8",
    "unicode-1-1-utf-7": "utf-7",
}
# Text encodings that are no charsets of a mail, and take long over what is made for that.
_NONE: Final = frozenset(
    {"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "mbcs", "oem"}
)
_PAGES: Final = {
    "932": "cp932", "936": "gb18030", "949": "cp949", "950": "big5hkscs", "1361": "johab",
    "10000": "mac-roman", "10007": "mac-cyrillic", "20127": "cp1252", "20866": "koi8-r",
    "20932": "euc_jp", "21866": "koi8-u", "28605": "iso8859-15", "38598": "iso8859-8",
    "50220": "iso2022_jp_ext", "50221": "iso2022_jp_ext", "50222": "iso2022_jp_ext",
    "50225": "iso2022_kr", "51932": "euc_jp", "51949": "cp949", "52936": "hz",
    "54936": "gb18030", "65000": "utf-7", "65001": "utf-8",
}  # fmt: skip
_WINDOWS = re.compile(r"(?:x-)?(?:cp|win|windows|ms|microsoft-cp|ibm)?[-_]?(874|125[0-8])")
_PAGE = re.compile(r"(?:x-)?(?:cp|ibm|dos|win|windows|ms)?[-_]?(\d{3,5})")
_ISO = re.compile(r"(?:x-)?iso[-_ ]?8859[-_]?(\d{1,2})")
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Codecs in which bytes below 128 may stand for other than ASCII.
_STATEFUL = re.compile(r"iso2022|utf-?(?:7|16|32)|^hz$")
_WIDE = re.compile(r"gb|big5|cp9(?:32|49|50)|euc|shift|johab|iso2022|utf-?(?:7|16|32)|^hz$")
_LONG = re.compile(
    rb"[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xe0[\xa0-\xbf][\x80-\xbf]|\xed[\x80-\x9f][\x80-\xbf]"
    rb"|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
_SHORT = re.compile(rb"[\xc2-\xdf][\x80-\xbf]")
_LETTERS = re.compile(rb"(?:" + _LONG.pattern + rb"|" + _SHORT.pattern + rb")+")
_BEGINNINGS = bytes(range(0xC2, 0xF5))
_HIGH = re.compile(rb"[\x80-\xff]+")
_LIKELY = 3  # letters of three bytes that fit UTF-8 in another charset by chance: hardly so many
_META = re.compile(rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:+-]{1,40})", re.IGNORECASE)
_LOST: Final = "\ufffd"


class Decoded(NamedTuple):
    """Text, the charset it was read by, whether its label said another, and how many signs fail."""

    text: str
    charset: str
    guessed: bool = False
    lost: int = 0


def codec_of(label: str) -> str:
    """Return the codec that a label means, such as `cp1252` for `us-ascii`; empty if none."""
    said = re.sub(r"[\"'\s]|;.*|\(.*", "", label[:200], flags=re.DOTALL).lower()
    if not said:
        return ""
    for one in (said, said.removeprefix("x-"), said.replace("_", "-")):
        if name := _OTHERS.get(one) or _label(one):
            return name
    if page := _WINDOWS.fullmatch(said):
        return f"cp{page[1]}"
    if page := _ISO.match(said):
        return _label(f"iso-8859-{int(page[1])}")
    page = _PAGE.fullmatch(said)
    if page and page[1] in _PAGES:
        return _PAGES[page[1]]
    return _python(f"cp{page[1]}" if page else said)


def _label(label: str) -> str:
    from webencodings import lookup

    found = lookup(label)
    if found is None or found.name in ("replacement", "x-user-defined"):
        return ""
    name: str = found.codec_info.name
    return _OTHERS.get(name, _OTHERS.get(found.name, name))


def _python(label: str) -> str:
    try:
        found = codecs.lookup(label)
    except (LookupError, ValueError):
        return ""
    text = getattr(found, "_is_text_encoding", True) and found.name not in _NONE
    return {"ascii": "cp1252", "iso8859-1": "cp1252"}.get(found.name, found.name) if text else ""


def decode(raw: bytes, label: str, *, whole: bool = True) -> Decoded:
    """Return `raw` as text by its label, or by what it is seen to be where that cannot be.

    A byte that fits nowhere costs one sign, never the text. Where `raw` is the beginning of more
    (not `whole`), a sign that it breaks off in is left out.
    """
    for mark, name in _MARKS:
        if raw.startswith(mark) and (name != "utf-32-le" or "32" in label):
            return _by(raw[len(mark) :], name, whole)
    codec = codec_of(label)
    if raw.isascii() and not (codec and _STATEFUL.search(codec)):
        return Decoded(raw.decode("ascii"), codec or "ascii")
    if codec and codec != "utf-8" and _WIDE.search(codec):
        return _wide(raw, codec, whole)
    long, fits, strays = _tally(raw, whole)
    if codec in ("", "utf-8"):
        if fits == 0 and strays:
            return _by(raw, "cp1252", whole)._replace(guessed=True)
        if strays <= fits:
            return _by(raw, "utf-8", whole)
        return _mixed(raw, whole)
    if fits and strays * 4 <= fits and (strays == 0 or long + fits > _LIKELY):
        return _by(raw, "utf-8", whole)._replace(guessed=True)
    return _by(raw, codec, whole)


def of_html(raw: bytes, label: str) -> str:
    """Return `label`, or what HTML without one says of itself."""
    said = None if label else _META.search(raw[:4096])
    return said[1].decode("ascii", "replace") if said else label


def _tally(raw: bytes, whole: bool) -> tuple[int, int, int]:
    """Return how many long letters of UTF-8, letters of UTF-8, and bytes that fit none it has."""
    rest, long = _LONG.subn(b" ", raw)
    rest, short = _SHORT.subn(b" ", rest)
    if not whole:
        rest = rest[:-3] + re.sub(rb"[\xc2-\xf4][\x80-\xbf]{0,2}\Z", b"", rest[-3:])
    return long, long + short, sum(map(len, _HIGH.findall(rest)))


def _wide(raw: bytes, codec: str, whole: bool) -> Decoded:
    """Return `raw` by a codec of East Asia, unless it is plainly UTF-8."""
    read = _by(raw, codec, whole)
    long, fits, strays = _tally(raw, whole)
    if fits and not strays and (read.lost or long >= _LIKELY) and not _STATEFUL.search(codec):
        return _by(raw, "utf-8", whole)._replace(guessed=True)
    if read.lost and codec.startswith("iso2022_jp"):
        windows = _by(_shift_jis(raw), "cp932", whole)
        if windows.lost < read.lost:
            return windows._replace(charset=codec)
    if read.lost and _STATEFUL.search(codec) and fits and not strays:
        return _by(raw, "utf-8", whole)._replace(guessed=True)
    return read


def _shift_jis(raw: bytes) -> bytes:
    """Return text in ISO-2022-JP as Shift_JIS, which has what Windows put into it beside."""
    said = bytearray()
    pieces = re.split(rb"(\x1b\$[@B]|\x1b\([BJI])", raw)
    mode = b"\x1b(B"
    for piece in pieces:
        if piece.startswith(b"\x1b") and len(piece) == 3:
            mode = piece
        elif mode.startswith(b"\x1b$"):
            for row, cell in zip(piece[::2], piece[1::2], strict=False):
                said.append((row + 1) // 2 + (0x70 if row < 0x5F else 0xB0) & 0xFF)
                said.append(cell + (0x1F if cell < 0x60 else 0x20) if row % 2 else cell + 0x7E)
        else:
            said += bytes(one | 0x80 for one in piece) if mode == b"\x1b(I" else piece
    return bytes(said)


def _by(raw: bytes, codec: str, whole: bool) -> Decoded:
    try:
        reader = codecs.getincrementaldecoder(codec)("replace")
        text = reader.decode(raw, final=whole)
    except (ValueError, LookupError):
        text = raw.decode("cp1252", "replace")
        return Decoded(text, "cp1252", True, text.count(_LOST))
    lost = text.count(_LOST)
    if lost and codec == "utf-8":
        lost -= raw.count(_LOST.encode())
    return Decoded(text, codec, False, lost)


def _mixed(raw: bytes, whole: bool) -> Decoded:
    """Return a text that is partly UTF-8, partly Windows-1252: each letter by what it fits."""
    said, end = [], 0
    for fits in _LETTERS.finditer(raw):
        said += [raw[end : fits.start()].decode("cp1252", "replace"), fits[0].decode("utf-8")]
        end = fits.end()
    said.append((raw[end:] if whole else raw[end:].rstrip(_BEGINNINGS)).decode("cp1252", "replace"))
    text = "".join(said)
    return Decoded(text, "cp1252", True, text.count(_LOST))
