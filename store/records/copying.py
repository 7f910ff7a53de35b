"""Copying into a record folder: new files only, exhibits hashed and searched in one pass."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final

from store.atomic import sync_folder
from store.records.folder import FileMark, exhibit_path, mark_file
from store.records.material import Labelled, Material
from store.records.options import RecordError
from store.records.redaction import Redaction

_TEXT_PROBE: Final = 1 << 16


class Search:
    """Looks for withheld texts in the bytes of one file, given piece by piece."""

    def __init__(self, redaction: Redaction) -> None:
        self._sought = {
            data: needle.typed for needle in redaction.needles for data in needle.bytes_sought()
        }
        self._overlap = max(map(len, self._sought), default=1) - 1
        self._tail = b""
        self._first = b""
        self.found = ""

    def feed(self, piece: bytes) -> None:
        """Look through the next piece."""
        if not self._sought or self.found:
            return
        if not self._first:
            self._first = piece[:_TEXT_PROBE]
        data = (self._tail + piece).lower()
        self.found = next((typed for sought, typed in self._sought.items() if sought in data), "")
        self._tail = data[-self._overlap :] if self._overlap else b""

    @property
    def unsure(self) -> bool:
        """Whether the file is no plain text, so that finding nothing says little."""
        if not self._sought:
            return False
        with suppress(UnicodeDecodeError):
            # A character may be cut in two at the end of the probe.
            self._first[:-4].decode("utf-8")
            return b"\0" in self._first or self._first.startswith(b"%PDF")
        return True


def copy_exhibits(
    folder: Path,
    material: Material,
    kept: Path,
    redaction: Redaction,
    on_bytes: Callable[[int], object],
) -> tuple[list[FileMark], tuple[str, ...]]:
    """Copy the exhibits that `kept` still has; return their marks, and those not searchable.

    Raises RecordError where one is not the file that was kept, or holds what is withheld.
    """
    marks: list[FileMark] = []
    unsearched = []
    for sha256, one in material.exhibits.items():
        source = kept / sha256
        if not source.is_file():
            continue
        search = Search(redaction)
        copied = _copy(source, folder, exhibit_path(one), search, on_bytes)
        if copied.sha256 != sha256:
            raise RecordError(
                f"No record was written: exhibit {one.label} is not the file that was kept",
                f"{source} has another SHA-256 than entry {one.entry.seq} states",
                "Put the original back from a backup",
            )
        if search.found:
            raise _holds(one, search.found)
        if search.unsure:
            unsearched.append(one.label)
        marks.append(copied)
    if marks:
        sync_folder(folder / "exhibits")
    return marks, tuple(unsearched)


def look_through(redaction: Redaction, name: str, data: bytes) -> None:
    """Refuse a file that still holds a withheld text (RECORDS C7)."""
    for needle in redaction.needles:
        if needle.in_file(data) or needle.in_file(name.encode()):
            raise RecordError(
                f"No record was written: {name} would still hold {needle.typed!r}",
                "it stands where nothing can be withheld",
                "Choose another text to withhold, or withhold whole entries such as '#12'",
            )


def write_new(path: Path, data: bytes) -> None:
    """Write a new file, mode 0600, and make it durable."""
    with _new(path) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _copy(
    source: Path, folder: Path, name: str, search: Search, on_bytes: Callable[[int], object]
) -> FileMark:
    target = folder / name
    target.parent.mkdir(mode=0o700, exist_ok=True)
    with _new(target) as new:

        def each(piece: bytes) -> None:
            new.write(piece)
            search.feed(piece)
            on_bytes(len(piece))

        read = mark_file(source.parent, source.name, each)
        new.flush()
        os.fsync(new.fileno())
    return FileMark(name, read.sha256, read.size)


def _holds(one: Labelled, typed: str) -> RecordError:
    return RecordError(
        f"No record was written: exhibit {one.label} holds {typed!r}",
        "a file cannot be withheld in part",
        f"Leave it out with --redact '#{one.entry.seq}.exhibits'",
    )


def _new(path: Path) -> BinaryIO:
    """Open a file that was not there, mode 0600."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
