"""The first picture of a workspace, kept as it was left: it is shown before what draws is loaded.

It is shown only while everything it says is as it was when it was drawn, by the stamps of the files
it was drawn from. Even so it is never trusted: the app draws what it reads over it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
import termios
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

from store.files import stamp
from store.index.rows import Rows

_FORM: Final = 1
_SAYS: Final = ("LC_", "LANG", "TERM", "COLORTERM", "NO_COLOR", "DOCKET_", "TEXTUAL_", "TZ", "TMUX")
"""How the names begin of what the environment says of the terminal, the day and the looks."""
_TAKE: Final = "\x1b[?1049h\x1b[?25l\x1b[H\x1b[2J"
_GIVE_BACK: Final = "\x1b[m\x1b[?1049l\x1b[?25h"
_HARMLESS: Final = re.compile(r"(?:[^\x00-\x1f\x7f-\x9f]|\r|\n|\x1b\[[0-9;]*[A-HJKXdfm])*")
"""Text, where it goes and how it looks: all that a picture may send to a terminal."""
_IN, _OUT = 0, 2
"""Where textual reads, and where it draws."""

KeptCells = list[tuple[list[str], list[int]]]
"""The signs of each row, and the numbers of their looks."""


class KeptPicture(NamedTuple):
    """A picture as it is kept: what sends it to an empty screen, and what it is made of."""

    sent: str
    cells: KeptCells
    looks: list[tuple[list[str], str, str]]


class Opening:
    """The picture that a workspace was left with on a terminal, if it has to be the next one too.

    `shown` is that picture while it is on the terminal and the app has not taken that over.
    """

    def __init__(self, root: Path, env: Mapping[str, str] = os.environ) -> None:
        self._rows = Rows(root, "picture", _FORM)
        self._env = {name: said for name, said in env.items() if name.startswith(_SAYS)}
        self._before: list[Any] | None = None
        self.shown: KeptPicture | None = None

    def key(self, today: date, size: tuple[int, int]) -> str:
        """Return what tells one first picture from another; empty where none is kept.

        None is kept while hours are measured or a text waits: they are told anew each time. Nor is
        one where letters cannot be sent as they are.
        """
        if getattr(sys.__stderr__, "encoding", "").lower() != "utf-8":
            return ""
        places, told = self._rows.places, list[object]()
        with suppress(OSError):
            if any(name.endswith(".txt") for name in _names(places.drafts)):
                return ""
            if places.timer.exists():
                return ""
            for folder in (places.root, places.clients):
                told += [(one, stamp(info)) for one, info in _files(folder)]
            told += [
                sorted(self._env.items()),
                today.isoformat(),
                size,
                stamp(Path(__file__).stat()),
                sys.version,
            ]
            return hashlib.sha256(json.dumps(told).encode()).hexdigest()
        return ""

    def show(self) -> None:
        """Show the picture, and take what is typed from now on as keys, if it still holds."""
        if not all(map(os.isatty, (_IN, _OUT))):
            return
        with suppress(OSError, termios.error):
            columns, rows = os.get_terminal_size(_OUT)
            kept = self._kept(self.key(date.today(), (columns, rows)))
            if kept is None:
                return
            self._before = termios.tcgetattr(_IN)
            termios.tcsetattr(_IN, termios.TCSANOW, _for_keys(self._before))
            self.shown = kept
            os.write(_OUT, f"{_TAKE}{kept.sent}".encode())

    def taken(self) -> list[Any] | None:
        """Take in that the app has the terminal; return how that was before, if not as it is."""
        self.shown, before, self._before = None, self._before, None
        return before

    def give_back(self) -> None:
        """Give the terminal back as it was, where the app did not come to take it."""
        if before := self.taken():
            with suppress(OSError, termios.error):
                os.write(_OUT, _GIVE_BACK.encode())
                termios.tcsetattr(_IN, termios.TCSANOW, before)

    def holds(self, key: str) -> bool:
        """Whether the picture that is kept is that of the state with this key."""
        return self._rows.kept.get("key") == key

    def keep(self, key: str, picture: KeptPicture) -> None:
        """Keep a picture for the next start."""
        self._rows.save({"key": key, **picture._asdict()})

    def _kept(self, key: str) -> KeptPicture | None:
        found = self._rows.kept
        if not key or found.get("key") != key or not _HARMLESS.fullmatch(found["sent"]):
            return None
        return KeptPicture(found["sent"], found["cells"], found["looks"])


def _names(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208
    except FileNotFoundError:
        return []


def _files(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Yield the files of a folder in order of name, each with what the system tells of it."""
    with os.scandir(folder) as found:
        for one in sorted(found, key=lambda each: each.name):
            if not one.name.startswith(".") and one.is_file(follow_symlinks=False):
                yield one.name, one.stat(follow_symlinks=False)


def _for_keys(before: list[Any]) -> list[Any]:
    """Return the settings of a terminal whose keys are read one by one, as textual makes them."""
    taken = [*before[:6], [*before[6]]]
    taken[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)
    taken[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
    taken[6][termios.VMIN] = 1
    return taken
