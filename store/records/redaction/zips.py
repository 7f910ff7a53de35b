"""What is packed in a zip file, such as a document of an office program: each file, bounded."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Final, NamedTuple

from store.records.redaction.pieces import FoundText, Unread

_MOST_FILES: Final = 4_000
_HEAD: Final = 30
_NAMED_AT: Final = 26
_DESCRIPTOR: Final = (0, 12, 16, 20, 24)
_LOCKED: Final = 1


class Member(NamedTuple):
    """One file that was packed, unpacked."""

    place: str
    data: bytes


def unpacked(data: bytes, most: int) -> Iterator[Member | FoundText | Unread]:
    """Yield each file in a zip file, at most `most` bytes of them all, and its names.

    What is packed with a password, what does not unpack, and what lies between the files and
    belongs to none cannot be read.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            members = packed.infolist()
            if len(members) > _MOST_FILES:
                yield Unread("", "more files packed than can be read")
                return
            names = "\n".join(one.filename for one in members)
            notes = b"\n".join([packed.comment, *(one.comment + one.extra for one in members)])
            yield FoundText("names", "utf-8", names, 0, len(data))
            yield FoundText("notes", "utf-8", notes.decode("utf-8", "replace"), 0, len(data))
            if not _covered(data, members, packed.start_dir):
                yield Unread("", "packed, with bytes that belong to no file in it")
            for one in members:
                if one.is_dir() and not one.file_size:
                    continue
                most -= one.file_size
                if one.flag_bits & _LOCKED:
                    yield Unread(one.filename[:80], "packed with a password")
                elif most < 0:
                    yield Unread(one.filename[:80], "too much to read")
                    return
                else:
                    yield from _member(packed, one)
    except (zipfile.BadZipFile, ValueError, LookupError, OSError, NotImplementedError):
        yield Unread("", "packed in a way that cannot be read")


def _member(packed: zipfile.ZipFile, one: zipfile.ZipInfo) -> Iterator[Member | Unread]:
    try:
        with packed.open(one) as file:
            data = file.read(one.file_size + 1)
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, NotImplementedError):
        yield Unread(one.filename[:80], "packed in a way that cannot be read")
        return
    if len(data) != one.file_size:
        yield Unread(one.filename[:80], "packed in a way that cannot be read")
    yield Member(one.filename[:80], data)


def _covered(data: bytes, members: list[zipfile.ZipInfo], directory: int) -> bool:
    """Whether every byte before the list at the end belongs to one of the files."""
    at = 0
    for one in sorted(members, key=lambda one: one.header_offset):
        if one.header_offset - at not in _DESCRIPTOR or (
            one.header_offset > at and not at  # nothing may stand before the first
        ):
            return False
        head = data[one.header_offset : one.header_offset + _HEAD]
        lengths = (head[_NAMED_AT : _NAMED_AT + 2], head[_NAMED_AT + 2 : _HEAD])
        named, extra = (int.from_bytes(length, "little") for length in lengths)
        at = one.header_offset + _HEAD + named + extra + one.compress_size
    return directory - at in _DESCRIPTOR
