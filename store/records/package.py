"""Writing a record folder: document, chain, exhibits, manifest and the way to check them."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO

from store.atomic import make_folder, sync_folder
from store.docket import Docket, read_entry
from store.errors import VerificationError
from store.journal import verify_file
from store.records.dispute import Record, dispute_record
from store.records.folder import (
    CHAIN,
    MANIFEST,
    FileMark,
    base_name,
    chain_file,
    exhibit_path,
    manifest_file,
    mark,
)
from store.records.guide import guide, script
from store.records.options import RecordError, RecordOptions
from store.workspace import Workspace

_PIECE = 1 << 20
_MOST_IN_A_DAY = 100


@dataclass(frozen=True, slots=True)
class WrittenRecord:
    """Where a record was written: its folder, its document, and every file in it."""

    folder: Path
    document: Path
    files: tuple[Path, ...]


def write_record(
    workspace: Workspace, client: str, options: RecordOptions, folder: Path
) -> WrittenRecord:
    """Write the dispute record of `client` into a new folder under `folder`, mode 0700.

    Nothing is ever overwritten: a second record of the day gets `-2`. The folder appears whole
    or not at all. Raises RecordError if it cannot be written, or if an exhibit is not the file
    that was kept; VerificationError if the docket is not whole.
    """
    _check_whole(workspace, client)
    journal = workspace.journal(client)
    journal.refresh()
    lines = list(journal.lines)
    now = workspace.clock()
    now -= timedelta(microseconds=now.microsecond)  # the manifest says it to the second
    docket = Docket.of(client, map(read_entry, lines), now.date())
    record = dispute_record(docket, lines, options, now)
    try:
        final = _free(folder, base_name(record.material))
        temporary = final.with_name(f".{final.name}.{secrets.token_hex(4)}.tmp")
        try:
            temporary.mkdir(mode=0o700)
            document = f"{final.name}.md"
            chain = chain_file(journal.header, lines, record.material)
            paths = _fill(temporary, document, record, chain, workspace.root / "exhibits")
            temporary.rename(final)  # refused where another session was quicker
        finally:
            shutil.rmtree(temporary, ignore_errors=True)
    except OSError as error:
        raise _not_written(folder, error) from error
    try:
        sync_folder(folder)
    except OSError as error:
        raise RecordError(
            f"The record is in {final}, but a power cut may still undo that",
            error.strerror or str(error),
            "Check it with `docket verify`, or write it to another disk",
        ) from error
    return WrittenRecord(final, final / document, tuple(final / path for path in paths))


def _check_whole(workspace: Workspace, client: str) -> None:
    """Refuse a docket that is not what was written: its record would pass for whole."""
    found = verify_file(workspace.path(client)).first
    if found is None:
        return
    raise VerificationError(
        f"No record of {client} was written, as the docket is not whole",
        found.what,
        f"Run `docket verify {client}` and compare it with a backup",
    )


def _free(folder: Path, name: str) -> Path:
    """Return the first of `name`, `name-2`, `name-3` that is not taken."""
    make_folder(folder)
    for number in range(1, _MOST_IN_A_DAY):
        final = folder / (name if number == 1 else f"{name}-{number}")
        if not os.path.lexists(final):
            return final
    raise RecordError(f"{folder} holds {name} too often already", "", "Choose another folder")


def _fill(folder: Path, document: str, record: Record, chain: bytes, kept: Path) -> list[str]:
    """Write every file, the manifest last; return their paths in the folder."""
    texts = {
        document: record.markdown.encode(),
        CHAIN: chain,
        "VERIFY.md": guide(document),
        "verify.py": script(),
    }
    marks = _copy_exhibits(folder, record, kept)
    for name, data in texts.items():
        _write(folder / name, data)
        marks.append(mark(name, data))
    _write(folder / MANIFEST, manifest_file(record.material, document, marks))
    sync_folder(folder)
    return [*sorted(one.path for one in marks), MANIFEST]


def _copy_exhibits(folder: Path, record: Record, kept: Path) -> list[FileMark]:
    """Copy the exhibits the workspace still has, hashing what is copied."""
    marks = []
    for sha256, one in record.material.exhibits.items():
        source = kept / sha256
        if not source.is_file():
            continue
        path = exhibit_path(one)
        target = folder / path
        target.parent.mkdir(mode=0o700, exist_ok=True)
        copied = _copy(source, target, path)
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


def _copy(source: Path, target: Path, path: str) -> FileMark:
    digest, size = hashlib.sha256(), 0
    with source.open("rb") as old, _new(target) as new:
        while piece := old.read(_PIECE):
            digest.update(piece)
            size += len(piece)
            new.write(piece)
        new.flush()
        os.fsync(new.fileno())
    return FileMark(path, digest.hexdigest(), size)


def _write(path: Path, data: bytes) -> None:
    with _new(path) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _new(path: Path) -> BinaryIO:
    """Open a file that was not there, mode 0600."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _not_written(folder: Path, error: OSError) -> RecordError:
    return RecordError(
        f"No record was written to {folder}",
        error.strerror or str(error),
        "Free space, or choose another folder",
    )
