"""Walks the parts of a mail as it streams by: texts are kept, the rest is named and measured.

The parser of the `email` package holds a whole mail in memory and goes into nested parts by
recursion; a mail of 50 MB, or one made to exhaust it, must cost no more than a short one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO, NamedTuple

from store.errors import UsageError
from store.intake.mail_headers import Headers, decoded, short, words
from store.text import UserText

MOST_TEXT = 512 * 1024
"""Bytes of one text part that are read."""

_MOST_HEADERS = 256 * 1024
_MOST_PART_HEADERS = 16 * 1024
_DEEPEST = 40
_MOST_PARTS = 200
_LINE = 64 * 1024
_UTF8_MARK = b"\xef\xbb\xbf"


class Attachment(NamedTuple):
    """A part that is no text of the mail itself; `size` is in bytes, once decoded."""

    name: str
    size: int


class Part:
    """One part that holds no others: what it is, its beginning if it is text, and its size."""

    def __init__(self, headers: Headers) -> None:
        message = headers.message
        self.headers = headers
        try:
            self.type = message.get_content_type()
            self.charset = str(message.get_content_charset() or "")
            self.named = short(words(str(message.get_filename() or "")), 200)
            apart = message.get_content_disposition() == "attachment"
        except (ValueError, LookupError, TypeError, AttributeError):
            self.type, self.charset, apart = "text/plain", "", False
            self.named = UserText("")
        self.encoding = headers.raw("content-transfer-encoding").lower()
        self.inline = self.type in ("text/plain", "text/html") and not (apart or self.named)
        self.taken = bytearray()
        self._size = 0

    def take(self, line: bytes) -> None:
        """Take in one line, or a piece of one."""
        if self.encoding == "base64":
            self._size += len(line.strip()) - line.count(b"=")
        else:
            self._size += len(line)
        if self.inline and len(self.taken) < MOST_TEXT:
            self.taken += line

    @property
    def size(self) -> int:
        """Its size in bytes once decoded."""
        return self._size * 3 // 4 if self.encoding == "base64" else self._size

    @property
    def cut(self) -> bool:
        """Whether it holds more than was taken."""
        return self.inline and len(self.taken) >= MOST_TEXT

    @property
    def text(self) -> str:
        """Return what was taken, decoded; not clean yet."""
        message = self.headers.message
        message.set_payload(self.taken.decode("ascii", "surrogateescape"))
        raw = message.get_payload(decode=True)
        return decoded(raw if isinstance(raw, bytes) else bytes(self.taken), self.charset)

    @property
    def attachment(self) -> Attachment:
        """Return what it is called, or its type where it has no name."""
        return Attachment(self.named or short(self.type, 80), self.size)


class _Lines:
    """The lines of a stream, each of at most _LINE bytes; one may be given back."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._back = b""

    def next(self) -> bytes:
        if self._back:
            line, self._back = self._back, b""
            return line
        return self._stream.readline(_LINE)

    def back(self, line: bytes) -> None:
        self._back = line


def walk(stream: BinaryIO) -> tuple[Headers, list[Part]]:
    """Return the headers of the mail in `stream`, read to its end, and its parts in order.

    Parts that hold others are gone into, mails inside the mail are not. Raises UsageError where
    the headers alone are longer than any mail's.
    """
    lines = _Lines(stream)
    top = Headers(_header_block(lines, (), _MOST_HEADERS))
    headers: Headers | None = top
    parts: list[Part] = []
    ends: list[bytes] = []  # the boundaries of the parts we are in, outermost first
    while headers is not None and len(parts) < _MOST_PARTS:
        boundary = _boundary(headers)
        part = None if boundary else Part(headers)
        if part and not part.type.startswith("multipart/"):
            parts.append(part)
        if boundary and len(ends) < _DEEPEST:
            ends.append(boundary)
        another = _fill(lines, part, ends)
        headers = Headers(_header_block(lines, ends, _MOST_PART_HEADERS)) if another else None
    return top, parts


def _fill(lines: _Lines, part: Part | None, ends: list[bytes]) -> bool:
    """Give `part` its lines, up to where another part begins; return whether one does."""
    whole = True
    while line := lines.next():
        if whole and line.startswith(b"--") and (found := _end(line, ends)):
            number, closing = found
            del ends[number + (0 if closing else 1) :]
            if not closing:
                return True
            part = None  # what follows the last part belongs to none
        elif part is not None:
            part.take(line)
        whole = line.endswith(b"\n")
    return False


def _end(line: bytes, ends: Sequence[bytes]) -> tuple[int, bool] | None:
    """Return which of `ends` a line is, and whether it closes the last of its parts."""
    said = line.rstrip(b" \t\r\n")
    for number in reversed(range(len(ends))):
        if said.startswith(ends[number]):
            rest = said[len(ends[number]) :]
            if rest in (b"", b"--"):
                return number, rest == b"--"
    return None


def _header_block(lines: _Lines, ends: Sequence[bytes], most: int) -> bytes:
    block = bytearray()
    while line := lines.next():
        if not block:
            line = line.removeprefix(_UTF8_MARK)
        if not line.strip(b"\r\n"):
            if block or ends:
                break
            continue  # empty lines before a mail
        if line.startswith(b"--") and _end(line, ends):
            lines.back(line)
            break
        block += line
        if len(block) > most and not ends:
            raise UsageError("its headers have no end", "", "")
        del block[most:]
    return bytes(block)


def _boundary(headers: Headers) -> bytes:
    try:
        multipart = headers.message.get_content_maintype() == "multipart"
        named = headers.message.get_boundary() if multipart else None
    except (ValueError, LookupError, TypeError, AttributeError):
        return b""
    return b"--" + named.encode("utf-8", "surrogateescape") if named else b""
