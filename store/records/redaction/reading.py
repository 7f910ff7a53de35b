"""All that can be read in a file, in every charset that fits, and what of it could not be read.

Finding nothing says nothing where a byte was not read. So a file is gone through without trust in
how it is put together: what is coded is looked for wherever it stands, and decoded; what then is
no text, or fits no charset, is named.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Final

from store.errors import UsageError
from store.intake.mail_parts import read_parts
from store.records.redaction import charsets, encodings, pdfs, zips
from store.records.redaction.pieces import FoundText, Piece, Unread

LARGEST: Final = 32 << 20
"""Bytes that are read of one file, all that is packed in it included."""

_DEEPEST: Final = 12
_LONGEST_GUESS: Final = 4 << 20
_SHORT_TEXT: Final = 9
_SHORT_CODE: Final = 60
_LONG_CODE: Final = 240
_ODD = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_PARTS = re.compile(rb"^content-[a-z-]+[ \t]*:", re.I | re.M)
_PLAIN_RUN = re.compile(
    rb"(?:[\t\n\r -~]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}"
    rb"|[\xf0-\xf4][\x80-\xbf]{3}){4,}"
)
_COLOURS = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]")
_TO_SIGNS = re.compile(rb"\+[A-Za-z0-9+/]{2,}-?|&[A-Za-z0-9+,]{2,}-")
_PICTURES: Final = (
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"BM", "a picture"),
    (b"II*\0", "a picture"),
    (b"MM\0*", "a picture"),
    (b"RIFF", "a picture, or sound"),
    (b"\0\0\1\0", "a picture"),
    (b"\x1f\x8b", "packed"),
    (b"BZh", "packed"),
    (b"\xfd7zXZ", "packed"),
    (b"7z\xbc\xaf", "packed"),
    (b"Rar!", "packed"),
    (b"\xd0\xcf\x11\xe0", "an old Office file, or a mail of Outlook"),
    (b"\x78\x9f\x3e\x22", "what Outlook packs beside a mail"),
    (b"OggS", "sound"),
    (b"ID3", "sound"),
    (b"OTTO", "a font"),
    (b"wOF", "a font"),
)
_MARKS: Final = (
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)


class FileSearch:
    """Goes through one file; `able` are the charsets that could hold what is looked for."""

    def __init__(self, able: Sequence[str] = ()) -> None:
        self._able = tuple(able)
        self._left = LARGEST
        self._seen: set[bytes] = set()

    def read(
        self, data: bytes, place: str = "", named: tuple[str, ...] = (), depth: int = 0
    ) -> Iterator[Piece]:
        """Yield each text in these bytes and each part of them that cannot be read.

        `named` are the labels of charsets that what holds them names.
        """
        mark = hashlib.sha256(data).digest()
        if not data or mark in self._seen:
            return
        self._seen.add(mark)
        self._left -= len(data)
        if depth > _DEEPEST or self._left < 0:
            yield Unread(place, "packed too deep" if depth > _DEEPEST else "too much to read")
            return
        yield data
        if data.startswith((b"PK\3\4", b"PK\5\6")):
            yield from self._packed(data, place, depth)
        elif b"%PDF" in data[:1024]:
            yield from self._portable(data, place, depth)
        elif why := _not_text(data):
            yield Unread(place, why)
        else:
            yield from self._text(data, place, named, depth)

    def _packed(self, data: bytes, place: str, depth: int) -> Iterator[Piece]:
        for one in zips.unpacked(data, self._left):
            where = _within(place, one.place)
            if isinstance(one, zips.Member):
                yield from self.read(one.data, where, (), depth + 1)
            else:
                yield one._replace(place=where)

    def _portable(self, data: bytes, place: str, depth: int) -> Iterator[Piece]:
        for one in pdfs.in_pdf(data):
            if isinstance(one, bytes):
                yield from self.read(one, place, (), depth + 1)
            else:
                yield one._replace(place=_within(place, one.place))

    def _text(self, data: bytes, place: str, named: tuple[str, ...], depth: int) -> Iterator[Piece]:
        """Yield what bytes say that may be text."""
        named = tuple(dict.fromkeys((*named, *encodings.labels(data))))
        known: list[str] = []
        for label in named:
            meant = charsets.meant_by(label)
            known += meant
            if not meant:
                yield Unread(place, f"text in a charset not known here, {label[:40]}")
        known = list(dict.fromkeys(known))
        if why := encodings.strange(data):
            yield Unread(place, why)
        if wide := _wide(data):
            yield FoundText(place, wide, data.decode(wide), 0, len(data))
            yield from self.read(data.decode(wide).encode(), place, named, depth + 1)
            return
        if _ODD.search(data.rstrip(b"\x1a")) or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            yield Unread(place, "no plain text")
            yield from self._odd(data, place)
        elif why := _unfit(data, known):
            yield Unread(place, why)
        yield from self._as_it_stands(data, place, known)
        yield from self._shifted(data, place)
        yield from self._coded(data, place, named, depth)
        if _PARTS.search(data):
            yield from self._as_mail(data, place, named, depth)

    def _odd(self, data: bytes, place: str) -> Iterator[Piece]:
        """Yield what bytes say that are no text of any charset for sure."""
        for wide in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
            for start in range(4 if wide.startswith("utf-32") else 2):
                yield FoundText(place, wide, data[start:].decode(wide, "replace"), start, len(data))

    def _as_mail(
        self, data: bytes, place: str, named: tuple[str, ...], depth: int
    ) -> Iterator[Piece]:
        """Yield the parts of a mail as the reader of mails takes them apart, their names too."""
        try:
            leaves = read_parts(BytesIO(data)).leaves
        except UsageError:
            return  # it is read as text all the same
        for number, part in enumerate(leaves, start=1):
            where = _within(place, f"part {number}")
            yield FoundText(where, "its name", part.named, part.start, part.end)
            if part.encoding:
                body, whole = part.data(self._left)
                if not whole:
                    yield Unread(where, "too much to read")
                yield from self.read(body, where, named, depth + 1)

    def _as_it_stands(self, data: bytes, place: str, known: Sequence[str]) -> Iterator[Piece]:
        """Yield bytes as text, in every charset that could be it."""
        whole = len(data)
        told = tuple(known)
        yield FoundText(
            place, "utf-8", data.decode("utf-8", "replace"), 0, whole, (*told, *self._able)
        )
        for charset in known:
            if charset not in charsets.LIKE_ASCII:
                yield FoundText(place, charset, data.decode(charset, "replace"), 0, whole)
        if data.isascii():
            return
        if data.count(b"\x40") > data.count(b" "):  # the blank of mainframes is an at sign
            for charset in charsets.MAINFRAME:
                yield FoundText(place, charset, data.decode(charset, "replace"), 0, whole)
        beyond = _beyond_ascii(data)
        if len(beyond) > _LONGEST_GUESS:
            yield Unread(place, "too long to be read in every charset")
            beyond = beyond[:_LONGEST_GUESS]
        for charset in dict.fromkeys((*known, *self._able)):
            if charset in charsets.LIKE_ASCII:
                said = beyond.decode(charset, "replace")
                yield FoundText(place, charset, said, 0, whole, guess=charset not in known)

    def _shifted(self, data: bytes, place: str) -> Iterator[Piece]:
        """Yield text in the charsets that hide in plain ASCII."""
        whole = len(data)
        if b"\x1b" in data:
            yield from _switched(data, place)
        if b"~{" in data:
            yield FoundText(place, "hz", data.decode("hz", "replace"), 0, whole)
        if _TO_SIGNS.search(data):
            said = _TO_SIGNS.sub(lambda run: _signs(run[0]), data)
            yield FoundText(place, "utf-7", said.decode("utf-8", "replace"), 0, whole)
        for words in encodings.encoded_words(data):
            yield from _words(words, place, whole)
        joined = encodings.continued(data)
        if joined != data:
            yield FoundText(place, "utf-8", joined.decode("utf-8", "replace"), 0, whole)

    def _coded(
        self, data: bytes, place: str, named: tuple[str, ...], depth: int
    ) -> Iterator[Piece]:
        """Yield what is coded in text: by quoted-printable, base64, uuencode, or numbers."""
        for span in encodings.declared(data, b"quoted-printable"):
            body = encodings.unquoted(data[span.start : span.end])
            yield from self.read(body, _within(place, f"byte {span.start}"), named, depth + 1)
        whole = encodings.unquoted(data)
        if whole != data:
            yield from self._loosely(whole, place, named)
        told = list(encodings.declared(data, b"base64"))
        for span in told:
            body = data[span.start : span.end]
            where = _within(place, f"byte {span.start}")
            if why := encodings.clean_base64(body):
                yield Unread(where, why)
            yield from self.read(encodings.unbase64(body), where, named, depth + 1)
        for span in encodings.base64_runs(data):
            if not any(one.start <= span.start < one.end for one in told):
                yield from self._untold(data, span, place, named, depth)
            yield from _shifts(data, span, place)
        loose = [data[span.start : span.end] for span in encodings.loose_runs(data)]
        for skip in range(4):
            yield b"\0".join(encodings.unbase64(run, skip) for run in loose)
        yield from self._numbered(data, place, named, depth)

    def _numbered(
        self, data: bytes, place: str, named: tuple[str, ...], depth: int
    ) -> Iterator[Piece]:
        """Yield what is written as the numbers of its bytes, or by uuencode."""
        for raw in encodings.hex_runs(data):
            if why := _not_text(raw):
                yield Unread(place, why)
            yield from _pieces(raw, place, encodings.Span(0, len(data)))
        for name, raw, fitting in encodings.uuencoded(data):
            if not fitting:
                yield Unread(_within(place, name), "uuencoded with lines that do not fit")
            yield from self.read(raw, _within(place, name), named, depth + 1)

    def _loosely(self, data: bytes, place: str, named: tuple[str, ...]) -> Iterator[Piece]:
        """Yield what bytes say once undone that nothing says were coded."""
        yield from _without_doubt(self._as_it_stands(data, place, _meant(named)))
        yield from _without_doubt(self._shifted(data, place))
        for span in encodings.base64_runs(data):
            yield from _shifts(data, span, place)

    def _untold(
        self, data: bytes, span: encodings.Span, place: str, named: tuple[str, ...], depth: int
    ) -> Iterator[Piece]:
        """Yield what lines say that may be base64, though no header told of them."""
        raw = encodings.unbase64(data[span.start : span.end])
        long = span.end - span.start >= _LONG_CODE
        where = _within(place, f"byte {span.start}")
        if len(raw) >= _SHORT_TEXT and not _ODD.search(raw):
            yield from _without_doubt(self._as_it_stands(raw, where, _meant(named)))
        if _is_text(raw) or (span.end - span.start >= _SHORT_CODE and _magic(raw)):
            yield from self.read(raw, where, named, depth + 1)
        elif long and _is_block(data, span):
            yield Unread(where, "a block of code that is no text")


def _meant(named: Sequence[str]) -> list[str]:
    return [charset for label in named for charset in charsets.meant_by(label)]


def _without_doubt(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Yield what was read, but not that something could not be, where nobody says it is coded."""
    return (piece for piece in pieces if not isinstance(piece, Unread))


def _switched(data: bytes, place: str) -> Iterator[Piece]:
    """Yield what bytes say that switch charsets by an escape; colours of a terminal are none."""
    bare = _COLOURS.sub(b"", data)
    yield FoundText(place, "utf-8", bare.decode("utf-8", "replace"), 0, len(data))
    if b"\x1b" not in bare:
        return
    for charset in charsets.SHIFTED:
        yield FoundText(place, charset, bare.decode(charset, "replace"), 0, len(data))
    if not any(charsets.decodes(bare, charset) for charset in charsets.SHIFTED):
        yield Unread(place, "text with signs that switch to an unknown charset")


def _words(words: Sequence[tuple[str, bytes]], place: str, whole: int) -> Iterator[Piece]:
    """Yield what the encoded words of a header say, in every charset that each may be in."""
    said = []
    for label, raw in words:
        meant = charsets.meant_by(label)
        if not meant or not charsets.fits_one(raw, meant):
            yield Unread(place, f"a header in {label[:40]} that cannot be read")
        said.append([raw.decode(one, "replace") for one in (*meant, "utf-8")])
    for texts in zip(*_even(said), strict=True):
        yield FoundText(place, "of its words", "".join(texts), 0, whole)


def _shifts(data: bytes, span: encodings.Span, place: str) -> Iterator[Piece]:
    """Yield what letters say that may be base64, wherever in them it begins."""
    for skip in range(4):
        yield from _pieces(encodings.unbase64(data[span.start : span.end], skip), place, span)


def _within(place: str, inner: str) -> str:
    return f"{place}, {inner}" if place and inner else place or inner


def _magic(data: bytes) -> str:
    """Return what bytes begin like that are read in a way of their own, or not at all."""
    if data.startswith(b"PK\3\4") or b"%PDF" in data[:8]:
        return "packed"
    return _not_text(data)


def _not_text(data: bytes) -> str:
    if data[4:8] == b"ftyp":
        return "a picture, film or sound"
    for begins, what in _PICTURES:
        if data.startswith(begins) and _ODD.search(data[:4096]):
            return what
    return ""


def _is_text(data: bytes) -> bool:
    """Whether bytes are text for sure, rather than what a word of letters decodes to."""
    if len(data) < 4 or _ODD.search(data):
        return False
    try:
        data.decode("utf-8")
    except ValueError:
        return False
    return True


def _is_block(data: bytes, span: encodings.Span) -> bool:
    """Whether lines of base64 stand by themselves, so that they are no header and no address."""
    before = data[max(0, span.start - 2) : span.start]
    lines = data[span.start : span.end].splitlines()
    return before[-1:] in (b"", b"\n", b"\r") and len(lines) > 2 and not lines[1][:1].isspace()


def _wide(data: bytes) -> str:
    """Return in which charset of wide letters bytes are text; empty for none."""
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    if marked:
        wide = [marked]
    elif b"\0" in data[:4096]:
        wide = ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]
    else:
        return ""
    for name in wide:
        try:
            text = data.decode(name)
        except ValueError:
            continue
        if charsets.is_plain(text):
            return name
    return ""


def _unfit(data: bytes, known: Sequence[str]) -> str:
    """Return that a line fits no charset that the file names, or no charset there is."""
    if data.isascii():
        return ""
    try:
        data.decode("utf-8")
        return ""
    except ValueError:
        pass
    for line in data.split(b"\n"):
        if line.isascii():
            continue
        if not (charsets.fits_one(line, known) if known else charsets.fits_any(line)):
            return "text that does not fit the charset it names" if known else "no plain text"
    return ""


def _beyond_ascii(data: bytes) -> bytes:
    """Return the lines that hold more than ASCII, each with the one before it and after it."""
    lines = data.split(b"\n")
    wanted = {
        near
        for number, line in enumerate(lines)
        if not line.isascii()
        for near in (number - 1, number, number + 1)
    }
    return b"\n".join(line for number, line in enumerate(lines) if number in wanted)


def _pieces(data: bytes, place: str, span: encodings.Span) -> Iterator[Piece]:
    """Yield the runs of bytes that are text, in what may have been decoded from its middle."""
    yield data
    runs = b"\n".join(_PLAIN_RUN.findall(data))
    if runs:
        yield FoundText(
            place, "utf-8", runs.decode("utf-8", "replace"), span.start, span.end, guess=True
        )


def _signs(run: bytes) -> bytes:
    raw = encodings.unbase64(run.strip(b"+-&").replace(b",", b"/"))
    return raw[: len(raw) & ~1].decode("utf-16-be", "replace").encode()


def _even(words: list[list[str]]) -> list[list[str]]:
    """Return the readings of each word, as many of every one."""
    most = max(map(len, words), default=0)
    return [one + one[-1:] * (most - len(one)) for one in words]
