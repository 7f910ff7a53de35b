"""A compound file put together byte by byte, as Outlook saves a mail in one (`.msg`).

Streams of less than 4,096 bytes would lie in a file within the file, so they are filled up to that
with zeros, as some programs leave them behind a text.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

Tree = Mapping[str, Any]
"""Streams by name as bytes, storages as trees."""

_SECTOR = 512
_LEAST = 4096
_END, _FREE = 0xFFFFFFFE, 0xFFFFFFFF


def compound(tree: Tree) -> bytes:
    """Return the file that holds `tree`; every stream lies in sectors of its own."""
    entries: list[list[Any]] = [["Root Entry", 5, _FREE, _FREE, b""]]
    _add(entries, 0, tree)
    sectors: list[bytes] = []
    table: list[int] = []
    rows = b""
    for name, kind, right, child, data in entries:
        first = _END
        if data:
            data = data.ljust(_LEAST, b"\0")
            first = len(sectors)
            blocks = [data[at : at + _SECTOR] for at in range(0, len(data), _SECTOR)]
            sectors += [block.ljust(_SECTOR, b"\0") for block in blocks]
            table += [*range(first + 1, first + len(blocks)), _END]
        spelled = name.encode("utf-16-le") + b"\0\0"
        rows += spelled.ljust(64, b"\0") + struct.pack(
            "<HBBIII", len(spelled), kind, 1, _FREE, right, child
        )
        rows += bytes(36) + struct.pack("<IQ", first if kind == 2 else _END, len(data))
    begin = len(sectors)
    rows = rows.ljust(-(-len(rows) // _SECTOR) * _SECTOR, b"\0")
    blocks = [rows[at : at + _SECTOR] for at in range(0, len(rows), _SECTOR)]
    sectors += blocks
    table += [*range(begin + 1, begin + len(blocks)), _END]
    fats = -(-(len(table) + 1) // 127)
    places = list(range(len(sectors), len(sectors) + fats))
    table += [0xFFFFFFFD] * fats
    table += [_FREE] * (fats * 128 - len(table))
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    head += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, fats, begin, 0, 0, _END, 0, _END, 0)
    head += struct.pack("<109I", *places, *[_FREE] * (109 - fats))
    return head + b"".join(sectors) + struct.pack(f"<{len(table)}I", *table)


def _add(entries: list[list[Any]], above: int, tree: Tree) -> None:
    before = -1
    for name, what in tree.items():
        at = len(entries)
        holds = not isinstance(what, bytes)
        entries.append([name, 1 if holds else 2, _FREE, _FREE, b"" if holds else what])
        if before < 0:
            entries[above][3] = at
        else:
            entries[before][2] = at
        before = at
        if holds:
            _add(entries, at, what)


def text(number: int, said: str) -> dict[str, Any]:
    """Return a property of text."""
    return {f"__substg1.0_{number:04X}001F": said.encode("utf-16-le")}


def narrow(number: int, said: bytes) -> dict[str, Any]:
    """Return a property of text in the code page of the mail."""
    return {f"__substg1.0_{number:04X}001E": said}


def fixed(head: int, **values: int) -> dict[str, Any]:
    """Return the stream of properties that are numbers, given as `p3FDE=1251`."""
    rows = b"".join(
        struct.pack("<HHIQ", 3, int(name[1:], 16), 6, value) for name, value in values.items()
    )
    return {"__properties_version1.0": bytes(head) + rows}


def ticks(when: datetime) -> int:
    """Return a moment as Outlook counts it."""
    return int((when - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10**7
