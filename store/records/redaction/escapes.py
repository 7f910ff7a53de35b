"""A text as it is read by whoever opens its file: without tags, entities, escapes and quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Final

_ROUNDS: Final = 3
_TELLS = re.compile(r"[<&%\\\"'={]|\u202e|\u202b")
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_LITERAL = re.compile(r"<!\[CDATA\[|\]\]>")
_HIDDEN = re.compile(
    r"<(\w{1,20})\b[^<>]*?(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0|\bhidden\b)"
    r"[^<>]*>[^<]*</\1\s*>",
    re.I,
)
_TAG = re.compile(r"<(?:[^<>\"']++|\"[^\"<]*\"|'[^'<]*')*+>|<[^<>]*>")
_SIGN = re.compile(r"\\u\{?([0-9a-fA-F]{4,6})\}?|\\U([0-9a-fA-F]{8})|%u([0-9a-fA-F]{4})")
_BYTES = re.compile(r"(?:%[0-9a-fA-F]{2}|\\x[0-9a-fA-F]{2}|\\'[0-9a-fA-F]{2}|\\[0-3][0-7]{2})+")
_QUOTES = re.compile(r"[\"'\\`*_~]")
_RTF_SIGN = re.compile(r"\\u(-?\d{1,6}) ?(?:\\'[0-9a-fA-F]{2}|\?)?")
_RTF_WORD = re.compile(r"\\[a-zA-Z]{1,32}-?\d{0,10} ?|[{}]|\\\*|\r|\n")
_REVERSED = re.compile("[\u202e\u202b]|dir=.?rtl|<bdo|unicode-bidi", re.I)


def readings(text: str, charsets: Sequence[str] = ()) -> Iterator[str]:
    """Yield a text as it stands, then as it reads with its escapes undone, a round at a time.

    `charsets` are tried, beside UTF-8, on letters that are written as numbers of their bytes.
    """
    yield text
    if not _TELLS.search(text):
        return
    if _REVERSED.search(text):
        yield text[::-1]
    if text.lstrip().startswith("{\\rtf"):
        for charset in ("cp1252", *charsets):
            yield _rich(text, charset)
    if "<" in text:  # what stands in a tag is read by programs
        yield _unescaped(text, "cp1252")
    for charset in ("cp1252", *charsets) if _BYTES.search(text) else ("cp1252",):
        before = text
        for _ in range(_ROUNDS):
            after = _undone(before, charset)
            if after == before:
                break
            yield after
            yield _QUOTES.sub("", after)
            before = after
        else:
            continue
        if before == text:
            yield _QUOTES.sub("", text)


def _undone(text: str, charset: str) -> str:
    """Return a text with one round of escapes undone."""
    if "<" in text:
        text = _COMMENT.sub("", _LITERAL.sub("", text))
        text = _TAG.sub("", _HIDDEN.sub("", text))
    return _unescaped(text, charset)


def _unescaped(text: str, charset: str) -> str:
    """Return a text with the letters that are written as numbers, its tags kept."""
    if "\\" in text or "%" in text:
        text = _BYTES.sub(lambda run: _bytes(run[0], charset), _SIGN.sub(_sign, text))
    return unescape(text) if "&" in text else text


def _sign(found: re.Match[str]) -> str:
    code = int(found[1] or found[2] or found[3], 16)
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else found[0]


def _bytes(run: str, charset: str) -> str:
    """Return letters that are written as the numbers of their bytes."""
    raw = bytes(
        int(found[1], 8) if found[1] else int(found[2], 16)
        for found in re.finditer(r"\\([0-3][0-7]{2})|(?:%|\\x|\\')([0-9a-fA-F]{2})", run)
    )
    try:
        return raw.decode("utf-8")
    except ValueError:
        return raw.decode(charset, "replace")


def _rich(text: str, charset: str) -> str:
    """Return what a file of rich text says."""
    text = _RTF_SIGN.sub(lambda found: _code_unit(int(found[1])), text)
    text = _BYTES.sub(lambda run: _bytes(run[0], charset), text)
    return _RTF_WORD.sub("", text)


def _code_unit(number: int) -> str:
    code = number % 0x10000
    return "\ufffd" if 0xD800 <= code < 0xE000 else chr(code)
