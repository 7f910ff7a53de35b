"""The headers of a mail however broken they are: words in any charset, addresses, its date.

The modern policies of the `email` package raise on headers that are wrong enough, and take a
long time over long ones. So values are taken raw, cut, and decoded here, a word at a time.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from typing import NamedTuple

from store.dates import Precision
from store.entries.words import EARLIEST
from store.text import UserText, clean_line
from store.text.charsets import decode

LONGEST_VALUE = 16_000
"""Characters of one header that are looked at."""

_LONGEST_READ = 4_000  # what the library makes of one costs the square of its length
_READ_BY_LIBRARY = frozenset({"content-type", "content-disposition"})
_ENCODED = re.compile(r"=\?[^?\s]{1,80}\?[bBqQ]\?[^?]*\?=(?:\s+(?==\?)|(?==\?))?")
_RUN = re.compile(rf"(?:{_ENCODED.pattern})+")
_ADDRESS = re.compile(r"[^\s<>()\",;:@]{1,200}@[^\s<>()\",;:@]{1,200}")
_NAMED = re.compile(rf"(?:[^<>,;@]{{0,200}}<\s*)?({_ADDRESS.pattern})")
_TOKEN = re.compile(r"[a-z0-9_.+/-]+")
_COMMENT = re.compile(r"\([^()]*\)")
_OFFSET = re.compile(r"(?:\b(?:GMT|UTC?|Z))?\s*([+-])(\d\d?)(?::?(\d\d))?\s*(?:\(.*)?\Z", re.I)
_NAMED_ZONE = re.compile(r"(?:\b(?:GMT|UTC?|Z|[ECMP][SD]T)|[+-]\d{4})\b", re.I)

_HALVES = re.compile(r"\b(\d\d?)(:\d\d(?::\d\d)?)\s*([ap])\.?m\b\.?", re.I)
_BY_SHELL = re.compile(
    r"(?:[A-Z][a-z]{2},? )?([A-Z][a-z]{2}) +(\d\d?) (\d\d:\d\d:\d\d) ([A-Z]{2,5}) (\d{4})"
)
_DAY_ALONE = re.compile(r"\b\d\d?[ -][A-Z][a-z]{2}[ -]\d{4}\Z")

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
        self.message = Message()
        for name, value in _fields(block):
            most = _LONGEST_READ if name in _READ_BY_LIBRARY else LONGEST_VALUE
            self.message[name] = _unfolded(value[:most])
        self.empty = not block.strip()

    def raw(self, name: str) -> str:
        """Return the first header called `name`, unfolded, its 8-bit bytes read as text."""
        return str(self.message.get(name, "")).strip()

    def token(self, name: str) -> str:
        """Return the first word of that header in lower case, comments and all else left out."""
        found = _TOKEN.search(_COMMENT.sub(" ", self.raw(name).lower()))
        return found[0] if found else ""

    def line(self, name: str, limit: int) -> UserText:
        """Return that header as at most `limit` characters of user text on one line."""
        return short(words(self.raw(name)), limit)

    def parameter(self, name: str, of: str = "content-type") -> str:
        """Return a parameter of a header, such as the charset of the content type; not clean."""
        try:
            value = self.message.get_param(name, "", of)
        except (ValueError, LookupError, TypeError, AttributeError):
            return ""
        if isinstance(value, tuple):
            charset, _, text = value
            return decode(text.encode("latin-1", "replace"), charset or "").text
        return words(value or "")

    def addresses(self, name: str, most: int) -> tuple[Address, ...]:
        """Return at most `most` of the people that header names."""
        value = short(self.raw(name), LONGEST_VALUE)
        bare = "[" in value and '"' not in value  # which each version of the library reads apart
        try:
            read = [] if bare else getaddresses([value])
            pairs = [pair for pair in read if _ADDRESS.fullmatch(pair[1])]
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


def _fields(block: bytes) -> list[tuple[str, bytes]]:
    """Return the names, in lower case, and the values of the headers in a block, still folded."""
    found: list[tuple[str, list[bytes]]] = []
    for line in block.splitlines(keepends=True):
        if line[:1] in b" \t" and found:
            found[-1][1].append(line)
        else:
            name, colon, value = line.partition(b":")
            if colon:
                found.append((name.strip().lower().decode("ascii", "replace"), [value]))
    return [(name, b"".join(values)) for name, values in found]


def _unfolded(value: bytes) -> str:
    """Return a value on one line; a line is folded before a blank, which stays."""
    text = decode(value, "").text
    return re.sub(r"\r?\n|\r", "", text).strip().replace("\t", " ")


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
        piece if isinstance(piece, str) else decode(piece, charset or "").text
        for piece, charset in pieces
    ]
    return "".join(said) + rest


def sent_at(value: str) -> tuple[datetime, Precision] | None:
    """Return when a Date header says, with the sender's offset; None if it says nothing readable.

    A zone that has no number and is not known leaves the day as it is written: the moment is then
    one of that day, without an offset.
    """
    said = value[:200].strip()
    try:
        read = _read(said)
        known = read.tzinfo is not None or re.search(r"-0000\b", said) is not None
        at = read.replace(tzinfo=read.tzinfo or UTC)
        if at.astimezone(UTC) < EARLIEST:  # the ends of the calendar have no such moment
            return None
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
    return (at, "minute") if known else (read.replace(tzinfo=None), "day")


def _read(said: str) -> datetime:
    if re.match(r"\d{4}-\d\d-\d\d", said):
        return datetime.fromisoformat(re.split(r"\s+(?=[A-Za-z(])", said)[0].replace(" +", "+"))
    bare = _HALVES.sub(_of_24, _COMMENT.sub("", said).strip())
    if clock := _BY_SHELL.fullmatch(bare):
        month, day, hour, zone, year = clock.groups()
        bare = f"{day} {month} {year} {hour} {zone}"
    elif _DAY_ALONE.search(bare):
        bare = f"{bare} 00:00"
    if offset := _OFFSET.search(bare):
        hours, minutes = offset[2].zfill(2), offset[3] or "00"
        bare = f"{bare[: offset.start()]} {offset[1]}{hours}{minutes}"
    elif not _NAMED_ZONE.search(bare):
        bare = re.sub(r"(?<=\d)\s+\(?[A-Za-z][\w/ ]*\)?\Z", "", bare)
    return parsedate_to_datetime(bare)


def _of_24(clock: re.Match[str]) -> str:
    return f"{int(clock[1]) % 12 + (12 if clock[3] in 'pP' else 0)}{clock[2]}"
