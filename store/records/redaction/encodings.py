"""What is coded inside a file of text, found without trusting how the file is put together.

A mail whose parts are not seen, because a boundary is folded or missing, is still made of lines of
base64 and of quoted-printable; those are found wherever they stand.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_LINE: Final = rb"[A-Za-z0-9+/_-]{4,}={0,3}"
_GAP: Final = rb"[ \t]*(?:\r\n|\n|\r)[ \t>]*"
_MORE: Final = rb"[A-Za-z0-9+/_-]{2,}={0,3}"  # the last line may hold one sign alone
_BASE64 = re.compile(rb"%s(?:%s%s)*+" % (_LINE, _GAP, _MORE))
_LOOSE = re.compile(rb"[A-Za-z0-9+/_-][A-Za-z0-9+/_\s-]{6,}[A-Za-z0-9+/_-]")
_HEX = re.compile(rb"(?:[0-9a-fA-F]{2}[\s:]{0,2}){6,}")
_URL_SAFE = bytes.maketrans(b"-_", b"+/")
_NO_CODE: Final = bytes(
    sign for sign in range(256) if not (chr(sign).isalnum() and sign < 128) and sign not in b"+/=-_"
)
_SOFT = re.compile(rb"=[ \t]*(?:\r\n|\n|\r)")
_QUOTED = re.compile(rb"=([0-9A-Fa-f]{2})")
_UU = re.compile(rb"^begin(?:-base64)? [0-7]{3,4} ([^\r\n]*)\r?\n(.*?)^(?:end|====)", re.M | re.S)
_WORDS = re.compile(
    rb"(?:=\?[^?\s]{1,80}\?[bBqQ]\?[^?]*\?=[ \t\r\n]*)+",
)
_WORD = re.compile(rb"=\?([^?*\s]{1,80})(?:\*[^?\s]*)?\?([bBqQ])\?([^?]*)\?=")
_CONTINUED = re.compile(
    rb"[\"']?;?[ \t]*(?:\r?\n[ \t]+)?[;]?[ \t]*[\w-]{1,20}\*\d{1,3}\*?[ \t]*=[ \t]*\"?"
)
_ENCODING = re.compile(
    rb"^[ \t>]*content-transfer-encoding[ \t]*:[ \t]*(?:\r?\n[ \t]+)?([^\r\n]*)", re.I | re.M
)
_NAMED = re.compile(rb"[a-z0-9-]+")
_COMMENT = re.compile(rb"\([^()]*\)")
_BODY = re.compile(rb"(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)")
_END = re.compile(rb"^(?:--\S|From )", re.M)
_PART = re.compile(rb"^--\S[^\r\n]*(?:\r?\n(?=\r?\n|[A-Za-z-]+:)|--[ \t]*\r?$)|\Z", re.M)
_PLAIN: Final = frozenset({b"7bit", b"8bit", b"binary", b"7-bit", b"8-bit", b"none", b""})
_CHARSET = re.compile(
    rb"(?:charset\*?|encoding)[ \t]*(?:\r?\n[ \t]+)?=[ \t]*(?:\r?\n[ \t]+)?[\"']?[ \t]*"
    rb"([A-Za-z][A-Za-z0-9_.:+-]{1,40})",
    re.I,
)
_PAGE = re.compile(rb"\\ansicpg(\d{3,5})")
_UNKNOWN = re.compile(
    rb"<~[!-u\s]{5,}~>|^=ybegin |^\(This file must be converted with BinHex|^GIT binary patch"
    rb"|^Content-Encoding[ \t]*:[ \t]*(?!identity)\w",
    re.M | re.I,
)


class Span(NamedTuple):
    """Where something coded stands in a file."""

    start: int
    end: int


def labels(data: bytes) -> list[str]:
    """Return the charsets that a file names anywhere, as they are written."""
    found = [one.decode("ascii", "replace") for one in _CHARSET.findall(data)]
    found += [f"cp{one.decode()}" for one in _PAGE.findall(data)]
    found += [one[0].decode("ascii", "replace") for one in _WORD.findall(data)]
    return list(dict.fromkeys(found))


def strange(data: bytes) -> str:
    """Return what is in a file that is coded in a way not known here; empty for nothing."""
    for found in _ENCODING.finditer(data):
        value = _value(found[1])
        if value not in _PLAIN and value not in (b"base64", b"quoted-printable", b"x-uuencode"):
            return f"a part coded as {value[:40].decode('ascii', 'replace')}"
    if begun := _UNKNOWN.search(data):
        return f"what {begun[0][:24].decode('ascii', 'replace').strip()!r} begins"
    return ""


def _value(raw: bytes) -> bytes:
    """Return the name of an encoding without comments, quotes and what follows it."""
    named = _NAMED.search(_COMMENT.sub(b"", raw).lower())
    return named[0] if named else b""


def declared(data: bytes, encoding: bytes) -> Iterator[Span]:
    """Yield where the bodies stand of which a header says that they are coded so."""
    for found in _ENCODING.finditer(data):
        if _value(found[1]) != encoding:
            continue
        if (body := _BODY.search(data, found.end(1))) is None:
            continue
        ends = _END if encoding == b"base64" else _PART
        end = ends.search(data, body.end())
        yield Span(body.end(), end.start() if end else len(data))


def unquoted(data: bytes) -> bytes:
    """Return bytes with all quoted-printable in them undone."""
    if b"=" not in data:
        return data
    return _QUOTED.sub(lambda sign: bytes([int(sign[1], 16)]), _SOFT.sub(b"", data))


def base64_runs(data: bytes) -> Iterator[Span]:
    """Yield where lines stand that may be base64, eight letters of it at least."""
    for run in _BASE64.finditer(data):
        if run.end() - run.start() >= 8:
            yield Span(run.start(), run.end())


def loose_runs(data: bytes) -> Iterator[Span]:
    """Yield where letters stand that may be base64 with blanks between them."""
    for run in _LOOSE.finditer(data):
        yield Span(run.start(), run.end())


def unbase64(data: bytes, skip: int = 0) -> bytes:
    """Return base64 undone as far as it goes, all that is no letter of it passed over."""
    pieces = []
    for piece in data.translate(_URL_SAFE, _NO_CODE).split(b"="):
        letters = piece[skip:]
        letters = letters[: len(letters) - (len(letters) % 4 == 1)]
        pieces.append(binascii.a2b_base64(letters + b"=" * (-len(letters) % 4)))
    return b"".join(pieces)


def clean_base64(data: bytes) -> str:
    """Return why a body that says it is base64 is not all of it; empty where it is.

    A plain foot that a list puts below is text, which is read as such.
    """
    over = False
    for line in data.splitlines():
        said = line.strip().lstrip(b">").strip()
        if not said:
            continue
        if re.fullmatch(_LINE, said) or re.fullmatch(rb"[A-Za-z0-9+/]{1,3}={0,3}", said):
            if over:
                return "base64 with other lines between"
        elif not over and b" " not in said and not said.startswith(b"_"):
            return "base64 with signs that are none of it"
        else:
            over = True
    return ""


def hex_runs(data: bytes) -> Iterator[bytes]:
    """Yield what is written as the numbers of its bytes, six at least, undone."""
    for run in _HEX.finditer(data):
        digits = re.sub(rb"[\s:]", b"", run[0])
        yield bytes.fromhex(digits[: len(digits) & ~1].decode("ascii"))


def uuencoded(data: bytes) -> Iterator[tuple[str, bytes, bool]]:
    """Yield each file that is put in by uuencode: its name, its bytes, and whether all fitted."""
    for found in _UU.finditer(data):
        whole, pieces = True, []
        for line in found[2].splitlines():
            try:
                pieces.append(binascii.a2b_uu(line))
            except binascii.Error:
                whole = False
                count = ((line[0] - 32) & 63) * 4 + 5 if line else 0
                try:
                    pieces.append(binascii.a2b_uu(line[: count // 3]))
                except binascii.Error:
                    continue
        yield found[1].decode("utf-8", "replace"), b"".join(pieces), whole


def encoded_words(data: bytes) -> Iterator[list[tuple[str, bytes]]]:
    """Yield the encoded words of headers, those side by side in one list: charset and bytes."""
    for run in _WORDS.finditer(data):
        words: list[tuple[str, bytes]] = []
        for word in _WORD.finditer(run[0]):
            charset = word[1].decode("ascii", "replace").lower()
            quoted = word[2] in b"qQ"
            raw = unquoted(word[3].replace(b"_", b" ")) if quoted else unbase64(word[3])
            if words and words[-1][0] == charset:
                words[-1] = (charset, words[-1][1] + raw)
            else:
                words.append((charset, raw))
        yield words


def continued(data: bytes) -> bytes:
    """Return bytes with the values of headers that are cut in numbered pieces joined."""
    return _CONTINUED.sub(b"", data)
