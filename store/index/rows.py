"""What the index is made of: rows by client, each with the key it holds under, and all losable.

The key tells the state of what a row was made from. Whoever finds no row under the key of now
works it out again and puts it: nothing else makes the index anew. It holds verdicts, so it is
private: no backup has it, no record either, and erasing any client removes all that is not of
one client alone.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from store.files import Stamp, WriteError, make_folder, open_plain, read_plain, stamp, write_atomic
from store.places import Places

_CHUNK: Final = 2**20
_END: Final = 512
"""Bytes of the end of a journal that are part of its key: the hash of the last entry is in them."""


class Rows:
    """One file of the index, read once and written as asked; a failure costs only time.

    What is damaged, or was written in another form, is passed over in silence.
    """

    def __init__(self, root: Path, name: str, form: int = 1) -> None:
        self.places = Places(root)
        self.path = self.places.index / f"{name}.json"
        self._form = form

    @cached_property
    def kept(self) -> dict[str, Any]:
        """The rows by client, to look into and to change."""
        try:
            check, _, body = read_plain(self.path).partition(b"\n")
            found = json.loads(body) if check == self._check(body) else None
            return found if isinstance(found, dict) else {}
        except (OSError, ValueError, RecursionError):
            return {}

    def save(self, rows: Mapping[str, Any]) -> None:
        """Write down these rows."""
        body = json.dumps(rows, separators=(",", ":"), default=date.isoformat).encode()
        with suppress(OSError, WriteError):
            make_folder(self.path.parent)
            write_atomic(self.path, self._check(body) + b"\n" + body)

    def _check(self, body: bytes) -> bytes:
        return hashlib.sha256(b"%d\n" % self._form + body).hexdigest().encode()


def index_files(root: Path, client: str) -> Iterator[Path]:
    """Yield the files of the index that go where `client` is erased: theirs, and those of all."""
    places = Places(root)
    for folder in (places.index, places.checks):
        with suppress(FileNotFoundError, NotADirectoryError):
            for path in sorted(folder.iterdir()):
                if folder == places.index or owner(path) == client:
                    yield path


def owner(path: Path) -> str:
    """Return whose file this is, by its name; half-written ones begin with a dot."""
    return path.name.removeprefix(".").partition(".")[0]


def last_bytes(fd: int, upto: int) -> str:
    """Return the last bytes before `upto`, in hex."""
    start = max(0, upto - _END)
    return os.pread(fd, upto - start, start).hex()


def lines_before(fd: int, start: int, end: int) -> bytes:
    """Return the lines from `start` on that are whole before `end`, about a mebibyte of them."""
    size = _CHUNK
    while raw := os.pread(fd, min(size, end - start), start):
        if last := raw.rfind(b"\n") + 1:
            return raw[:last]
        if len(raw) < size:
            return b""
        size *= 4  # one line longer than that
    return b""


def journal_key(path: Path) -> tuple[Stamp, str] | None:
    """Return what tells one state of a journal from another; None where it cannot be told."""
    try:
        fd = open_plain(path, os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        info = os.fstat(fd)
        return stamp(info), last_bytes(fd, info.st_size)
    except OSError:
        return None
    finally:
        os.close(fd)


def files_of_program(folder: Path) -> list[tuple[str, int, int]]:
    """Return what tells a part of this program, in a folder, from an older or newer one."""
    files, folders = [], [folder]
    while folders:
        with os.scandir(folders.pop()) as found:
            for one in found:
                if one.is_dir() and one.name != "__pycache__":
                    folders.append(Path(one.path))
                elif one.name.endswith((".py", ".toml")):
                    info = one.stat()
                    files.append((one.path, info.st_size, info.st_mtime_ns))
    return sorted(files)
