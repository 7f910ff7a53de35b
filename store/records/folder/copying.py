"""Copying into a record folder: new files only, exhibits hashed in the same pass."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from store.files import create, sync_folder
from store.records.dispute.material import Material
from store.records.folder.contents import FileMark, exhibit_path, mark_file
from store.records.options import RecordError
from store.records.redaction.plan import Redaction


def copy_exhibits(
    folder: Path,
    material: Material,
    kept: Path,
    on_bytes: Callable[[int], object],
    sync: Callable[[Path], object],
) -> list[FileMark]:
    """Copy the exhibits that `kept` still has, hashed on the way; return their marks.

    `sync` is given each copy to make it durable, which may be done later. Raises RecordError
    where one is not the file that was kept.
    """
    marks: list[FileMark] = []
    for sha256, one in material.exhibits.items():
        source = kept / sha256
        if not source.is_file():
            continue
        copied = _copy(source, folder / exhibit_path(one), on_bytes)
        sync(folder / exhibit_path(one))
        if copied.sha256 != sha256:
            raise RecordError(
                f"No record was written: exhibit {one.label} is not the file that was kept",
                f"{source} has another SHA-256 than entry {one.entry.seq} states",
                "Put the original back from a backup",
            )
        marks.append(copied)
    if marks:
        sync_folder(folder / "exhibits")
    return marks


def look_through(redaction: Redaction, name: str, data: bytes) -> None:
    """Refuse a file that still holds a withheld text."""
    for needle in redaction.needles:
        if needle.in_file(data) or needle.in_file(name.encode()):
            raise RecordError(
                f"No record was written: {name} would still hold {needle.typed!r}",
                "it stands where nothing can be withheld",
                "Choose another text to withhold, or withhold whole entries such as '#12'",
            )


def _copy(source: Path, target: Path, on_bytes: Callable[[int], object]) -> FileMark:
    target.parent.mkdir(mode=0o700, exist_ok=True)
    with os.fdopen(create(target), "wb") as new:

        def each(piece: bytes) -> None:
            new.write(piece)
            on_bytes(len(piece))

        read = mark_file(source.parent, source.name, each)
    return FileMark(f"{target.parent.name}/{target.name}", read.sha256, read.size)
