"""What is being made outside the workspace, noted inside while it is: who has it made, and where.

A note is `.<client>.<8 hex digits>.tmp` in a folder of its own and holds the path of what is to
be. It goes when that is whole; the note of a session that was cut short tells where half a copy
may lie.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Final, NamedTuple

from store.errors import UsageError
from store.files import (
    is_left,
    left,
    make_folder,
    making,
    name_in_making,
    remove_left,
    sweep,
    sync_folder,
    write_all,
)
from store.places import Places

EVERYBODY: Final = "_everybody"
"""Stands for the client where what is made is about all of them."""

_PATH_LIMIT = 4096


class Note(NamedTuple):
    """A note that a session cut short left; `rest` is what lies there of what it was making.

    `reachable` is False where the folder it was made in is not there now, such as a stick's.
    """

    path: Path
    client: str
    target: Path
    rest: tuple[Path, ...]
    reachable: bool


@contextmanager
def noted(root: Path, target: Path, client: str = EVERYBODY) -> Iterator[None]:
    """Note in the workspace at `root`, while the block runs, that it makes `target` elsewhere.

    What sessions that were cut short left of such things is removed first. UsageError if
    `target` is inside the workspace. Where no note can be written the block runs without.
    """
    refuse_inside(root, target)
    clear(root)
    sweep(target)
    folder = Places(root).exports
    with ExitStack() as stack:
        with suppress(OSError):
            make_folder(folder)
            fd, _ = stack.enter_context(making(folder / client))
            write_all(fd, os.fsencode(target.absolute()))
            os.fsync(fd)
            sync_folder(folder)
        yield


def refuse_inside(root: Path, target: Path) -> None:
    """Raise UsageError if `target` is inside the workspace, where nothing handed over belongs."""
    if target.resolve().is_relative_to(root.resolve()):
        raise UsageError(
            f"{target} is inside the workspace",
            "what is handed over does not belong there, and a copy there is lost with it",
            "Name another folder",
        )


def unfinished_notes(root: Path) -> list[Note]:
    """Return the notes that sessions cut short have left."""
    found = []
    for path in sorted(Places(root).exports.glob(".*")):
        name = name_in_making(path)
        if name and is_left(path) and (target := _read(path)) is not None:
            rest = tuple(left(target))
            found.append(Note(path, name, target, rest, target.parent.is_dir()))
    return found


def clear(root: Path, client: str | None = None) -> None:
    """Remove what sessions cut short left outside, as far as it is noted and can be reached.

    With `client`, only what is about that one, or about everybody.
    """
    for path in Places(root).exports.glob(".*"):
        if _read(path) is None:  # left before it said anything, so before there was anything
            remove_left(path)
    for note in unfinished_notes(root):
        if client is None or note.client in (client, EVERYBODY):
            gone = [remove_left(one) for one in note.rest]
            if note.reachable and all(gone):
                remove_left(note.path)


def _read(path: Path) -> Path | None:
    """Return the path in a note; None where it was not yet written."""
    try:
        with path.open("rb") as file:
            raw = file.read(_PATH_LIMIT)
    except OSError:
        return None
    return Path(os.fsdecode(raw)) if raw.startswith(b"/") else None
