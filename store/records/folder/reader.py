"""What lies in a record folder, read within bounds: it may come from anybody."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

GIGABYTE = 1 << 30


class TooLargeError(ValueError):
    """A file is larger than any that a record has, so it was not read."""


@dataclass(frozen=True, slots=True)
class There:
    """The paths below `folder`, and whether each is a plain file; links are not followed.

    An empty folder is there too, as something that is no plain file.
    """

    folder: Path
    plain: Mapping[str, bool]

    @classmethod
    def of(cls, folder: Path) -> There:
        """Look through `folder`; OSError where it cannot be listed."""
        found = {}
        for base, folders, names in os.walk(folder, onerror=_raise):
            links = [name for name in folders if (Path(base) / name).is_symlink()]
            for name in (*names, *links):
                path = Path(base) / name
                found[path.relative_to(folder).as_posix()] = path.is_file() and not (
                    path.is_symlink()
                )
            if not names and not folders and Path(base) != folder:
                found[Path(base).relative_to(folder).as_posix()] = False
        return cls(folder, found)

    def read(self, name: str, limit: int = GIGABYTE) -> bytes | None:
        """Return the bytes of a plain file, None where there is none.

        Raises TooLargeError where it has more than `limit` bytes, OSError if it cannot be read.
        """
        if self.plain.get(name) and (self.folder / name).stat().st_size > limit:
            raise TooLargeError(f"it has more than {limit >> 20:,} MB, so it was not read")
        return self.start(name, limit)

    def start(self, name: str, count: int) -> bytes | None:
        """Return the first `count` bytes of a plain file, None where there is none."""
        if not self.plain.get(name):
            return None
        with (self.folder / name).open("rb") as file:
            return file.read(min(count, os.fstat(file.fileno()).st_size))


def other_line(one: bytes, other: bytes) -> int:
    """Return the number of the first line in which two files differ, 0 where none does."""
    lines = zip_longest(one.split(b"\n"), other.split(b"\n"))
    return next((at for at, (mine, yours) in enumerate(lines, start=1) if mine != yours), 0)


def _raise(error: OSError) -> None:
    raise error
