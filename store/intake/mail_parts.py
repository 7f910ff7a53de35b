"""The parts of a mail: where each lies in its file, what it is, and its bytes when asked for.

The parser of the `email` package holds a whole mail in memory, goes into nested parts by
recursion and tries each line against every part that is open; a mail of 50 MB, or one made to
exhaust it, must cost no more than a short one. So the parts are told apart as the lines go by,
and the package reads their headers.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from store.errors import UsageError
from store.intake.mail_headers import Headers, short
from store.text import UserText
from store.text.charsets import Decoded, decode, of_html

MOST_TEXT: Final = 512 * 1024
"""Bytes of one text part that are read for the words of a mail."""

MOST_PARTS: Final = 1_000
"""Parts of one mail that are told apart."""

DEEPEST: Final = 40
"""How deep parts that hold others are gone into."""

_MOST_HEADERS = 256 * 1024
_MOST_PART_HEADERS = 16 * 1024
_LINE = 64 * 1024
_BLOCK = 1 << 20
_UTF8_MARK = b"\xef\xbb\xbf"
_HEADER = re.compile(rb"[!-9;-~]{1,80}[ \t]*:")
_KNOWN = re.compile(
    rb"(?:from|to|cc|bcc|date|subject|sender|reply-to|return-path|received|message-id|in-reply-to"
    rb"|references|mime-version|content-[a-z]+|x-[a-z-]+|list-[a-z]+|dkim-[a-z]+|user-agent"
    rb"|thread-[a-z]+|importance|organi[sz]ation|delivered-to|status|arc-[a-z-]+)[ \t]*:",
    re.IGNORECASE,
)
_MAILBOX = re.compile(rb">?From ")
_GUESSED = re.compile(rb"--[^\s-][^\r\n]{0,200}")
_ENCODINGS = {
    **dict.fromkeys(("", "7bit", "8bit", "binary", "7-bit", "8-bit", "7bits", "8bits"), ""),
    **dict.fromkeys(("base64", "base-64", "base_64", "b"), "base64"),
    **dict.fromkeys(("quoted-printable", "quotedprintable", "quoted_printable"), "quoted"),
    **dict.fromkeys(("quoted", "qp", "q"), "quoted"),
    **dict.fromkeys(("x-uuencode", "uuencode", "x-uue", "uue"), "uuencode"),
}
_NO_BASE64 = re.compile(rb"[^A-Za-z0-9+/=]+")
_ALL_BASE64 = re.compile(rb"[A-Za-z0-9+/]{4,}={0,2}")
_MULTIPART = "multipart/"


@dataclass
class MailPart:
    """One part: a text, a file, a mail, or a `multipart/...` that holds `parts` in their order.

    Its body lies from `start` up to `end` in the stream that the mail was read from. `problems`
    say in words what of it was not understood.
    """

    headers: Headers
    stream: BinaryIO
    start: int = 0
    end: int = 0
    within: str = ""
    parts: list[MailPart] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    signs: int = 0
    too_deep: bool = False
    _read: tuple[Decoded, bool] | None = None

    def __post_init__(self) -> None:
        said = self.headers.token("content-type")
        default = "message/rfc822" if self.within == "multipart/digest" else "text/plain"
        self.type = (
            said if "/" in said else {"text": "text/plain", "html": "text/html"}.get(said, default)
        )
        self.charset = self.headers.parameter("charset")
        name = self.headers.parameter("filename", "content-disposition")
        self.named: UserText = short(name or self.headers.parameter("name"), 200)
        self.disposition = self.headers.token("content-disposition")
        self.id = self.headers.raw("content-id").strip("<> ")
        token = self.headers.token("content-transfer-encoding")
        self.encoding = _ENCODINGS.get(token, "")
        if token not in _ENCODINGS:
            self.problems.append(f"its transfer encoding {token[:40]} is not known")

    @property
    def words(self) -> bool:
        """Whether it is a text of a kind that a mail's words are written in."""
        return self.type in ("text/plain", "text/html") and not self.parts

    @property
    def inline(self) -> bool:
        """Whether it is such a text, and no file with a name."""
        return self.words and self.disposition != "attachment" and not self.named

    @property
    def leaves(self) -> list[MailPart]:
        """Every part in it that holds no others, in order; itself where it holds none."""
        found: list[MailPart] = []
        waiting = [self]
        while waiting:
            part = waiting.pop()
            if part.parts:
                waiting += reversed(part.parts)
            else:
                found.append(part)
        return found

    @property
    def size(self) -> int:
        """Its size in bytes once decoded, as near as can be told without decoding it."""
        return self.signs * 3 // 4 if self.encoding == "base64" else self.end - self.start

    def chunks(self) -> Iterator[bytes]:
        """Yield its bytes, decoded, piece by piece; a piece is not much longer than a line."""
        lines = _between(self.stream, self.start, self.end)
        if self.encoding == "base64":
            return _of_base64(lines, self.problems)
        if self.encoding == "quoted":
            return _of_quoted(lines)
        if self.encoding == "uuencode":
            return _of_uuencode(lines)
        return lines

    def data(self, most: int) -> tuple[bytes, bool]:
        """Return at most `most` of its bytes, decoded, and whether these are all."""
        taken = bytearray()
        for chunk in self.chunks():
            taken += chunk
            if len(taken) > most:
                return bytes(taken[:most]), False
        return bytes(taken), True

    def read(self, most: int = MOST_TEXT) -> tuple[Decoded, bool]:
        """Return its text and whether that is all of it; not clean yet."""
        if self._read is None or most != MOST_TEXT:
            raw, whole = self.data(most)
            label = of_html(raw, self.charset) if self.type == "text/html" else self.charset
            read = decode(raw, label, whole=whole), whole
            if most != MOST_TEXT:
                return read
            self._read = read
        return self._read

    @property
    def text(self) -> str:
        """Return its text up to MOST_TEXT bytes; not clean yet."""
        return self.read()[0].text

    @property
    def cut(self) -> bool:
        """Whether it holds more than `text`."""
        return not self.read()[1]


def read_parts(stream: BinaryIO) -> MailPart:
    """Return the mail in `stream`, which can be sought, as the part that holds all its others.

    Mails inside the mail are not gone into. Raises UsageError where the headers alone are longer
    than any mail's.
    """
    root = _Walk(_Lines(stream)).whole()
    waiting = [root]
    while waiting:
        part = waiting.pop()
        if part.type.startswith(_MULTIPART) and not (part.parts or part.too_deep):
            _guess(part)
        waiting += part.parts
    return root


def _guess(part: MailPart) -> None:
    """Find the parts of one whose boundary is not said, or not the one that stands there."""
    lines = _Lines(part.stream, part.start, part.end)
    part.parts = _Walk(lines, guess=True).of(MailPart(part.headers, part.stream, part.start)).parts
    if part.parts:
        part.problems.append("its boundary was guessed")
    else:
        part.problems.append("it has no parts that can be found")
        part.type = "text/plain"


class _Lines:
    """The lines of a stretch of a stream, each of at most _LINE bytes; one may be given back.

    Where a mail ends its lines as old Macs did, each carriage return is read as a line end.
    """

    def __init__(self, stream: BinaryIO, start: int = 0, end: int | None = None) -> None:
        self.stream = stream
        self.at = start
        self._end = end
        self._back: list[bytes] = []
        self._waiting: list[bytes] = []
        stream.seek(start)
        first = stream.read(_LINE)
        self._old = b"\r" in first and b"\n" not in first
        stream.seek(start)

    def next(self) -> bytes:
        line = self._back.pop() if self._back else self._read()
        self.at += len(line)
        return line

    def _read(self) -> bytes:
        room = _LINE
        if self._end is not None:
            room = min(room, self._end - self.at)
        if not self._old:
            return self.stream.readline(room) if room > 0 else b""
        if not self._waiting and room > 0:
            piece = self.stream.read(room)
            self._waiting = piece.replace(b"\r", b"\n").splitlines(keepends=True)[::-1]
        return self._waiting.pop() if self._waiting else b""

    def back(self, line: bytes) -> None:
        """Give `line` back; it is the next one again."""
        if line:
            self._back.append(line)
            self.at -= len(line)

    def peek(self) -> bytes:
        """Return the next line without taking it."""
        line = self.next()
        self.back(line)
        return line


@dataclass
class _Open:
    """A part that holds others and whose end did not come yet; `ends` is empty if not known."""

    part: MailPart
    ends: bytes


class _Walk:
    """One way through the lines of a mail, from its first to its last."""

    def __init__(self, lines: _Lines, *, guess: bool = False) -> None:
        self.lines = lines
        self.guess = guess
        self.open: list[_Open] = []
        self.count = 0

    def whole(self) -> MailPart:
        """Return the whole mail."""
        headers, problems = _headers(self.lines, self._ends, _MOST_HEADERS)
        root = MailPart(headers, self.lines.stream, self.lines.at, problems=problems)
        return self.of(root)

    def of(self, root: MailPart) -> MailPart:
        """Return `root`, the lines of whose body come next, with its parts."""
        current: MailPart | None = root
        self._enter(root)
        while self._fill(current) and self.count < MOST_PARTS:
            above = self.open[-1].part
            headers, problems = _headers(self.lines, self._ends, _MOST_PART_HEADERS)
            current = MailPart(
                headers,
                self.lines.stream,
                self.lines.at,
                self.lines.at,
                within=above.type,
                problems=problems,
            )
            above.parts.append(current)
            self.count += 1
            self._enter(current)
        if self.count >= MOST_PARTS:
            root.problems.append(f"it has more than {MOST_PARTS:,} parts")
        return root

    def _enter(self, part: MailPart) -> None:
        if not part.type.startswith(_MULTIPART):
            return
        if len(self.open) >= DEEPEST:
            part.problems.append("its parts are nested too deeply")
            part.too_deep = True
            return
        named = _blanks(part.headers.parameter("boundary").encode("utf-8"))
        guessed = self.guess and not self.open
        if guessed or named:
            self.open.append(_Open(part, b"" if guessed else b"--" + named))

    @property
    def _ends(self) -> list[bytes]:
        return [one.ends for one in self.open]

    def _fill(self, part: MailPart | None) -> bool:
        """Give `part` its lines, up to where another part begins; return whether one does."""
        whole, last = True, 0
        while line := self.lines.next():
            if whole and line.startswith(b"--") and (found := self._end(line)):
                number, closing = found
                if part is not None:
                    part.end = max(part.start, self.lines.at - len(line) - last)
                for one in self.open[number + (0 if closing else 1) :]:
                    one.part.end = self.lines.at - len(line)
                del self.open[number + (0 if closing else 1) :]
                if not closing:
                    return True
                part = None  # what follows the last part belongs to none
            elif part is not None and part.encoding == "base64":
                part.signs += len(line.strip()) - line.count(b"=")
            whole = line.endswith(b"\n")
            last = 2 if line.endswith(b"\r\n") else int(whole)
        for one in self.open:
            one.part.end = self.lines.at
        if part is not None:
            part.end = self.lines.at
        return False

    def _end(self, line: bytes) -> tuple[int, bool] | None:
        """Return which of the open parts a line parts, and whether it closes it."""
        said = _blanks(line)
        for number in reversed(range(len(self.open))):
            one = self.open[number]
            if not one.ends and _GUESSED.fullmatch(said) and not said.endswith(b"--"):
                after = self.lines.peek()
                if not after.strip() or _HEADER.match(after):
                    one.ends = said
            if one.ends and said.startswith(one.ends):
                rest = said[len(one.ends) :]
                if rest in (b"", b"--"):
                    return number, rest == b"--"
        return None


def _blanks(said: bytes) -> bytes:
    """Return a boundary with each run of blanks as one, since folding may have changed them."""
    return b" ".join(said.split())


def _headers(lines: _Lines, ends: Sequence[bytes], most: int) -> tuple[Headers, list[str]]:
    """Return the headers that come next and what was not understood of them."""
    block, problems = bytearray(), []
    while line := lines.next():
        if not block:
            line = line.removeprefix(_UTF8_MARK)
            if not ends and (not line.strip(b"\r\n") or _MAILBOX.match(line)):
                continue  # empty lines before a mail, and what parts it from others
        if not line.strip() and _ends_headers(line, lines):
            break
        if _no_header(line, lines, ends, begun=bool(block or ends)):
            lines.back(line)
            break
        block += line
        if len(block) > most:
            if not ends:
                raise UsageError("its headers have no end", "", "")
            problems = ["its headers were cut"]
            del block[most:]
    return Headers(bytes(block)), problems


def _no_header(line: bytes, lines: _Lines, ends: Sequence[bytes], *, begun: bool) -> bool:
    """Whether a line that is not empty is none of the headers, but of what comes below them."""
    if line.startswith(b"--") and any(_blanks(line).startswith(one) for one in ends if one):
        return True
    if not line.strip() or line[:1] in b" \t" or _HEADER.match(line):
        return False
    return begun and not _KNOWN.match(lines.peek())


def _ends_headers(line: bytes, lines: _Lines) -> bool:
    """Whether an empty line ends the headers; one with blanks in it may be of a folded header."""
    if not line.strip(b"\r\n"):
        return True
    after = lines.peek()
    return not (_KNOWN.match(after) or (after[:1] in (b" ", b"\t") and after.strip()))


def _between(stream: BinaryIO, start: int, end: int) -> Iterator[bytes]:
    """Yield the lines of a stretch, or pieces of them."""
    at, held = start, b""
    while at < end:
        stream.seek(at)
        block = stream.read(min(_BLOCK, end - at))
        if not block:
            break
        at += len(block)
        lines = (held + block).splitlines(keepends=True)
        held = lines.pop() if len(lines[-1]) < _LINE else b""
        yield from lines
    if held:
        yield held


def _of_base64(lines: Iterator[bytes], problems: list[str]) -> Iterator[bytes]:
    """Yield what base64 says; what follows its end is left out, and told."""
    held, ended = b"", False
    for line in lines:
        if ended and not _ALL_BASE64.fullmatch(line.strip()):
            if line.strip() and _BELOW not in problems:
                problems.append(_BELOW)
            continue
        held += _NO_BASE64.sub(b"", line)
        ended = b"=" in held
        if ended:
            yield from map(_bytes_of, re.split(rb"=+", held))
            held = b""
        elif len(held) >= _LINE or len(held) % 4 == 0:
            even = len(held) // 4 * 4
            yield _bytes_of(held[:even])
            held = held[even:]
    if held:
        yield _bytes_of(held)


_BELOW: Final = "what stands below the end of its base64 was left out"


def _bytes_of(signs: bytes) -> bytes:
    over = len(signs) % 4
    return binascii.a2b_base64(
        signs[: len(signs) - (over == 1)] + b"=" * (4 - over if over > 1 else 0)
    )


def _of_quoted(lines: Iterator[bytes]) -> Iterator[bytes]:
    for line in lines:
        end = line[len(line.rstrip(b"\r\n")) :]
        yield binascii.a2b_qp(line.rstrip(b" \t\r\n") + end)


def _of_uuencode(lines: Iterator[bytes]) -> Iterator[bytes]:
    for line in lines:
        if not line.startswith((b"begin ", b"end")) and line.strip(b"\r\n` "):
            yield uudecoded(line)


def uudecoded(line: bytes) -> bytes:
    """Return what one uuencoded line says; nothing where it is none."""
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:  # encoders that count wrongly
        count = (((line[0] - 32) & 63) * 4 + 5) // 3
        try:
            return binascii.a2b_uu(line[:count])
        except binascii.Error:
            return b""
