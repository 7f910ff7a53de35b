"""Reads the headers of a mail however broken they are: words in any charset, addresses, its date.

The modern policies of the `email` package raise on headers that are wrong enough, and take a
long time over long ones. So values are taken raw, cut, and decoded here, a word at a time.
"""

from __future__ import annotations

import codecs
import re
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.policy import compat32
from email.utils import getaddresses, parsedate_to_datetime
from typing import NamedTuple

from store.dates import Precision
from store.entries.words import EARLIEST
from store.text import UserText, clean_line

LONGEST_VALUE = 16_000
"""Characters of one header that are looked at."""

_READ_BY_LIBRARY = ("content-type", "content-disposition")
_LONGEST_READ = 4_000  # what the library makes of one costs the square of its length
_ENCODED = re.compile(r"=\?[^?\s]{1,80}\?[bBqQ]\?[^?]*\?=(?:\s+(?==\?)|(?==\?))?")
_RUN = re.compile(rf"(?:{_ENCODED.pattern})+")
_ADDRESS = re.compile(r"[^\s<>()\",;:@]{1,200}@[^\s<>()\",;:@]{1,200}")
_NAMED = re.compile(rf"(?:[^<>,;@]{{0,200}}<\s*)?({_ADDRESS.pattern})")
# Text encodings that are no charsets of a mail, and take long over what is made for that.
_NO_CHARSETS = frozenset(
    {"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape", "mbcs", "oem"}
)

# The one-character controls that begin a string; cleaning many of them costs their square.
_BEGINNINGS = {0x90: "\x1bP", 0x98: "\x1bX", 0x9D: "\x1b]", 0x9E: "\x1b^", 0x9F: "\x1b_"}


class Address(NamedTuple):
    """Who a mail is from or to; either part may be missing."""

    name: str
    address: str

    def __str__(self) -> str:
        if self.name and self.address:
            return f"{self.name} <{self.address}>"
        return self.name or self.address


class Headers:
    """The headers of a mail or of one part of it, by name; what is not there is empty."""

    def __init__(self, block: bytes) -> None:
        """Read `block`, the lines before the first empty one."""
        self.empty = not block.strip()
        self.message: Message = BytesHeaderParser(policy=compat32).parsebytes(block)
        self._raw: dict[str, list[str]] = {}
        for name, value in self.message.raw_items():
            self._raw.setdefault(name.strip().lower(), []).append(str(value))
        for name in _READ_BY_LIBRARY:
            if len(value := next(iter(self._raw.get(name, ())), "")) > _LONGEST_READ:
                self.message.replace_header(name, value[:_LONGEST_READ])

    def raw(self, name: str) -> str:
        """Return the first header called `name`, unfolded, its 8-bit bytes read as text."""
        value = next(iter(self._raw.get(name, ())), "")[:LONGEST_VALUE]
        if not value.isascii():
            value = decoded(value.encode("utf-8", "surrogateescape"), "")
        return re.sub(r"\r?\n[ \t]?|\r", " ", value).strip()

    def line(self, name: str, limit: int) -> UserText:
        """Return that header as at most `limit` characters of user text on one line."""
        return short(words(self.raw(name)), limit)

    def addresses(self, name: str, most: int) -> tuple[Address, ...]:
        """Return at most `most` of the people that header names."""
        value = short(self.raw(name), LONGEST_VALUE)
        try:
            pairs = [pair for pair in getaddresses([value]) if _ADDRESS.fullmatch(pair[1])]
        except (RecursionError, ValueError, IndexError):
            pairs = []
        if not pairs:  # too broken for the rules
            pairs = [
                (found[0][: -len(found[1])], found[1]) for found in _NAMED.finditer(value)
            ] or [(value, "")]
        found = [
            Address(short(words(name).strip("\"'<> "), 120), short(address, 200))
            for name, address in pairs[:most]
        ]
        return tuple(one for one in found if one.name or one.address)


def head_of(raw: str, limit: int) -> str:
    """Return the first `limit` characters of `raw`, controls that begin a string spelled out."""
    return raw[:limit].translate(_BEGINNINGS)


def short(raw: str, limit: int) -> UserText:
    """Return the beginning of `raw` as user text on one line of at most `limit` characters."""
    text = clean_line(head_of(raw, limit), limit=limit * 8)  # a control made visible takes eight
    return UserText(text[:limit].strip())


def words(value: str) -> str:
    """Return a header's value with its RFC 2047 words decoded; what cannot be stays as it is."""
    return _RUN.sub(lambda run: _run(run[0]), value)


def _run(run: str) -> str:
    rest = run[len(run.rstrip()) :]
    try:
        pieces = decode_header(run.strip())
    except (HeaderParseError, ValueError):
        return run
    said = [
        piece if isinstance(piece, str) else decoded(piece, charset or "")
        for piece, charset in pieces
    ]
    return "".join(said) + rest


def decoded(raw: bytes, charset: str) -> str:
    """Return `raw` as text: by its charset, else as UTF-8, else as Windows-1252, which fits all.

    Windows-1252 is what mails labelled ASCII or Latin-1 hold where they hold anything more.
    """
    for name in (_known(charset), "utf-8"):
        try:
            return raw.decode(name) if name else ""
        except (ValueError, LookupError):
            continue
    return raw.decode("cp1252", "replace")


def _known(charset: str) -> str:
    """Return the codec for the label `charset`, or one that fails on what is not plain ASCII."""
    try:
        name = codecs.lookup(charset.strip() or "ascii").name
    except (LookupError, ValueError):
        return "ascii"
    if name == "iso8859-1":
        return "cp1252"
    return "ascii" if name in _NO_CHARSETS else name


def moment(value: str) -> tuple[datetime, Precision] | None:
    """Return when a Date header says, with the sender's offset; None if it says nothing readable.

    A zone that has no number and is not known leaves the day only, counted in UTC.
    """
    try:
        read = parsedate_to_datetime(value[:200])
        at = read if read.tzinfo else read.replace(tzinfo=UTC)
        at.astimezone(UTC)  # the ends of the calendar have no such moment
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
    if at < EARLIEST:
        return None
    known = read.tzinfo is not None or re.search(r"-0000\b", value)
    return at, "minute" if known else "day"
