"""Mails as Outlook saves them, `.msg`: the properties in a compound file, as text and files."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, BinaryIO, Final

from store.errors import UsageError
from store.intake.mail_headers import Headers
from store.text.charsets import Decoded, decode

MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""How a compound file begins: a `.msg`, or a document of an old Office."""

_PROPERTIES = "__properties_version1.0"
_STREAM = "__substg1.0_"
_RECIPIENT, _ATTACHMENT = "__recip_version1.0_#", "__attach_version1.0_#"
_EMBEDDED = f"{_STREAM}3701000D"
_HEAD_TOP, _HEAD_EMBEDDED, _HEAD_BELOW = 32, 24, 8
_DEEPEST = 8
_MOST = 1_000
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_TO_OR_CC = (1, 2)


@dataclass(frozen=True, slots=True)
class OutlookFile:
    """A file attached to a mail; `mail` is one that is a mail itself, and has no bytes."""

    name: str
    type: str
    data: bytes
    id: str = ""
    mail: OutlookMail | None = None


@dataclass(frozen=True, slots=True)
class OutlookMail:
    """What a `.msg` says; `headers` are those it came with, empty where it was never sent."""

    headers: Headers
    subject: str
    sender: tuple[str, str]
    recipients: tuple[tuple[str, str], ...]
    sent: datetime | None
    message_id: str
    body: Decoded
    html: Decoded
    files: tuple[OutlookFile, ...]


def read_outlook(stream: BinaryIO) -> OutlookMail:
    """Return the mail in `stream`; UsageError, saying what it is, where it holds none."""
    from olefile import OleFileIO

    stream.seek(0)
    try:
        with OleFileIO(stream) as file:
            paths = file.listdir(streams=True, storages=True)
            return _Storage(file, [tuple(path) for path in paths], ()).mail(_HEAD_TOP, 0)
    except (OSError, ValueError, IndexError, KeyError, TypeError, struct.error, OverflowError):
        raise UsageError("it is a damaged .msg, or no mail of Outlook's", "", "") from None
    except (RecursionError, AttributeError):
        raise UsageError("it is a damaged .msg", "", "") from None


class _Storage:
    """One storage of a compound file: a mail, a recipient, or an attached file."""

    def __init__(self, file: Any, paths: list[tuple[str, ...]], at: tuple[str, ...]) -> None:
        self.file = file
        depth = len(at)
        self.paths = [path for path in paths if path[:depth] == at]
        self.at = at
        self.names = {path[depth].upper(): path[depth] for path in self.paths if len(path) > depth}
        self.fixed: dict[int, bytes] = {}

    def mail(self, head: int, depth: int) -> OutlookMail:
        """Return the mail in this storage, whose fixed properties begin after `head` bytes."""
        self._load(head)
        if not any(f"{_STREAM}{one}".upper() in self.names for one in _TELLING):
            raise ValueError("no mail")
        transport = self.text(0x007D).text
        headers = Headers(transport.encode("utf-8"))
        name = self.text(0x0042).text or self.text(0x0C1A).text
        address = next((said for one in _SENDERS if "@" in (said := self.text(one).text)), "")
        html = self.text(0x1013)
        return OutlookMail(
            headers,
            self.text(0x0037).text,
            (name, address),
            tuple(self._recipients()),
            self._moment(0x0039) or self._moment(0x0E06),
            self.text(0x1035).text,
            self.text(0x1000),
            html,
            tuple(self._files(depth)),
        )

    def text(self, number: int) -> Decoded:
        """Return a property as text, whichever way it is written."""
        page = str(self._number(0x3FDE) or self._number(0x3FFD) or "")
        for kind, label in (("001F", "utf-16-le"), ("001E", page), ("0102", page)):
            if self._has(number, kind):
                read = decode(self._bytes(number, kind), label)
                return read._replace(text=read.text.rstrip("\0"))
        return Decoded("", "")

    def _below(self, prefix: str) -> Iterator[_Storage]:
        found = sorted(real for name, real in self.names.items() if name.startswith(prefix.upper()))
        for name in found[:_MOST]:
            below = _Storage(self.file, self.paths, (*self.at, name))
            below._load(_HEAD_BELOW)
            below.fixed = {**{k: v for k, v in self.fixed.items() if k in _PAGES}, **below.fixed}
            yield below

    def _recipients(self) -> Iterator[tuple[str, str]]:
        for one in self._below(_RECIPIENT):
            address = one.text(0x39FE).text or one.text(0x3003).text
            if one._number(0x0C15) in (*_TO_OR_CC, 0):
                yield one.text(0x3001).text, address if "@" in address else ""

    def _files(self, depth: int) -> Iterator[OutlookFile]:
        for one in self._below(_ATTACHMENT):
            name = one.text(0x3707).text or one.text(0x3704).text or one.text(0x3001).text
            kind, mark = one.text(0x370E).text, one.text(0x3712).text
            mail = None
            if _EMBEDDED.upper() in one.names and depth < _DEEPEST:
                below = _Storage(self.file, one.paths, (*one.at, one.names[_EMBEDDED.upper()]))
                mail = below.mail(_HEAD_EMBEDDED, depth + 1)
            data = one._bytes(0x3701, "0102") if one._has(0x3701, "0102") else b""
            yield OutlookFile(name.rstrip("\0"), kind, data, mark, mail)

    def _load(self, head: int) -> None:
        if _PROPERTIES.upper() in self.names:
            raw = self._read(self.names[_PROPERTIES.upper()])[head:]
            for at in range(0, len(raw) - 15, 16):
                _, number = struct.unpack_from("<HH", raw, at)
                self.fixed[number] = raw[at + 8 : at + 16]

    def _number(self, number: int) -> int:
        return int.from_bytes(self.fixed.get(number, b"")[:4], "little")

    def _moment(self, number: int) -> datetime | None:
        ticks = int.from_bytes(self.fixed.get(number, b""), "little")
        return _EPOCH + timedelta(microseconds=ticks // 10) if ticks else None

    def _has(self, number: int, kind: str) -> bool:
        return f"{_STREAM}{number:04X}{kind}".upper() in self.names

    def _bytes(self, number: int, kind: str) -> bytes:
        return self._read(self.names[f"{_STREAM}{number:04X}{kind}".upper()])

    def _read(self, name: str) -> bytes:
        with self.file.openstream([*self.at, name]) as stream:
            raw: bytes = stream.read()
        return raw


_SENDERS = (0x5D02, 0x5D01, 0x0065, 0x0C1F)
_PAGES = (0x3FDE, 0x3FFD)
_TELLING = ("0037001F", "0037001E", "1000001F", "1000001E", "001A001F", "001A001E", "0C1A001F")
