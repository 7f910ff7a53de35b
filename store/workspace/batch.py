"""A strict import between its check and its last line: all of it is staged first, then put in.

The folder of the batch holds, of each client, the docket as it is to be, and how long it was
before. Once the folder has that name the import is certain: what a session that was killed did
not put in, whoever writes next does. Before that there is nothing of it.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from store.errors import DocketError, plain_words
from store.files import (
    json_of,
    locked,
    name_in_making,
    read_plain,
    remove_left,
    sync_folder,
    uninterrupted,
    write_new,
    write_within,
)
from store.journal import JournalFile, JournalMissingError, Line, NotCanonicalError, disk
from store.journal.chain import read_line
from store.journal.drafts import RESERVED
from store.journal.lock import locked_journal
from store.places import Places

COPY: Final = "copy"
"""The workspace in it that was logged to."""

_PRIOR = "prior.json"
_SPARE = 1 << 20


def put_in(root: Path, made: Path, prior: Mapping[str, int]) -> bool:
    """Put in what is staged in the folder `made`, all of it, whatever happens meanwhile.

    `prior` is how many bytes each docket had when it was copied, 0 for a new one. Returns False,
    with nothing done, where one was logged to since. DocketError where there is no room for it.
    """
    write_within(made / _PRIOR, json.dumps(dict(prior)).encode())
    for folder in (Places(made / COPY).clients, made / COPY, made):
        sync_folder(folder)
    _check_room(root, made, prior)
    places = Places(root)
    with ExitStack() as held:
        held.enter_context(locked(places.batch))
        dockets: dict[str, int] = {}
        for client, size in sorted(prior.items()):
            path = places.docket(client)
            if not size and path.exists():
                return False
            if size:
                try:
                    dockets[client] = held.enter_context(locked_journal(path))
                except JournalMissingError:  # erased since
                    return False
                if not _stands(dockets[client], path, size, _staged(made, client)):
                    return False
        with uninterrupted():
            made.rename(places.batch)
            sync_folder(root)
            _put_all(places, prior, dockets)
    return True


def finish(root: Path) -> None:
    """Put in what a session cut short has left of an import; nothing if there is none."""
    places = Places(root)
    if not places.batch.is_dir():
        return
    with locked(places.batch), uninterrupted():
        try:
            prior = json_of(read_plain(places.batch / _PRIOR))
        except FileNotFoundError:  # another session was quicker
            return
        _put_all(places, prior, {})


def tidy(root: Path) -> None:
    """Finish or remove what sessions cut short have left among the dockets."""
    finish(root)
    for made in Places(root).clients.glob(".*.tmp"):
        if name_in_making(made):
            remove_left(made)


def _put_all(places: Places, prior: Mapping[str, int], dockets: Mapping[str, int]) -> None:
    try:
        for client, size in prior.items():
            _put(places, client, size, dockets.get(client))
        aside = places.root / f".{places.batch.name}.{os.urandom(4).hex()}.tmp"
        places.batch.rename(aside)
        sync_folder(places.root)
        shutil.rmtree(aside, ignore_errors=True)
    except (OSError, DocketError) as error:
        why = plain_words(error)[0] if isinstance(error, OSError) else error.why
        raise DocketError(
            "The import is checked and will be whole, but not all of it is put in yet",
            why,
            "Put that right; the next entry you log puts in the rest",
        ) from error


def _put(places: Places, client: str, prior: int, held: int | None) -> None:
    """Put in what is staged of one docket, as far as it is not there."""
    path, staged = places.docket(client), _staged(places.batch, client)
    if not prior:
        try:
            write_new(path, staged.read_bytes())
        except FileExistsError:
            pass
        else:
            return
    if held is not None:
        _fill(held, path, prior, staged)
        return
    try:
        with locked_journal(path) as fd:
            whole = _fill(fd, path, prior, staged)
    except JournalMissingError:  # erased since, so nothing of theirs is wanted
        return
    if not whole:
        _append(path, prior, staged)


def _fill(fd: int, path: Path, prior: int, staged: Path) -> bool:
    """Write the end of the staged docket after what the docket had, however much is there.

    Returns False, with nothing done, where somebody else's lines follow instead.
    """
    size = os.fstat(fd).st_size
    if size == prior - 1:  # a newline that was lost, and is put back as for any entry
        disk.write_block(fd, size, b"\n", path)
        size = prior
    wanted = _from(staged, prior)
    if size < prior:  # shortened by another program
        return False
    there = disk.read_at(fd, size - prior, prior, path)
    same = _common(there, wanted)
    same = same if same == len(wanted) else there.rfind(b"\n", 0, same) + 1
    rest = there[same:]
    if same == len(wanted):
        return True
    if any(map(_is_entry, rest.split(b"\n"))):
        return False
    if rest and wanted[same:].startswith(rest.rstrip(b"\0")):
        os.ftruncate(fd, prior + same)
    elif rest:
        from datetime import UTC, datetime

        torn = disk.Tail(b"", 0, prior + same, len(rest))
        disk.set_aside(fd, torn, path, datetime.now(UTC))
    disk.write_block(fd, prior + same, wanted[same:], path)
    return True


def _append(path: Path, prior: int, staged: Path) -> None:
    """Append the staged entries that are not there, after those of another session."""
    known = {line.fields.get("id") for line in JournalFile(path).lines}
    missing = [line for line in _lines(_from(staged, prior)) if line.fields["id"] not in known]
    ids = iter([str(line.fields["id"]) for line in missing])
    JournalFile(path, new_id=lambda: next(ids)).append_many(
        {name: value for name, value in line.fields.items() if name not in RESERVED}
        for line in missing
    )


def _stands(fd: int, path: Path, prior: int, staged: Path) -> bool:
    """Tell whether the docket still ends where it did when it was copied."""
    size = os.fstat(fd).st_size
    tail = disk.last_line(fd, size, path)
    with staged.open("rb") as file:
        file.seek(tail.start)
        same = file.read(len(tail.line)) == tail.line
    return same and (tail.end == prior or size == prior - 1)


def _check_room(root: Path, made: Path, prior: Mapping[str, int]) -> None:
    """Raise DocketError where what is to be put in may not fit on the disk."""
    more = sum(_staged(made, client).stat().st_size - size for client, size in prior.items())
    if shutil.disk_usage(root).free < more + _SPARE:
        raise DocketError("Nothing was imported", "the disk is full", "Free some space")


def _staged(folder: Path, client: str) -> Path:
    return Places(folder / COPY).docket(client)


def _common(one: bytes, other: bytes) -> int:
    """Return how many bytes both begin with."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _from(path: Path, start: int) -> bytes:
    with path.open("rb") as file:
        file.seek(start)
        return file.read()


def _lines(raw: bytes) -> Iterator[Line]:
    """Yield the entries in whole lines, without a header."""
    for row in raw.split(b"\n"):
        if row and _is_entry(row):
            yield read_line(row)


def _is_entry(row: bytes) -> bool:
    try:
        read_line(row)
    except NotCanonicalError:
        return False
    return True
