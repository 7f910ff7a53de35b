"""One docket as this session has read it: file, entries, docket, caught up with other sessions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from store.dates import Clock
from store.entries.words import PEEK
from store.journal import JournalFile

if TYPE_CHECKING:  # what stands on TinyDB and the models is loaded when it is asked for
    from store.docket import Docket, Entries


class Handle:
    """What was read of one docket; the same objects come back while nothing was added."""

    def __init__(self, client: str, file: JournalFile) -> None:
        self.client = client
        self.file = file
        self._lock = RLock()  # a long docket is read in a thread
        self._entries: Entries | None = None
        self._docket: Docket | None = None

    @classmethod
    def at(cls, client: str, path: Path, clock: Clock) -> Handle:
        """Return the handle of the docket at `path`, whether there is one or not."""
        return cls(client, JournalFile(path, clock=clock, peek=PEEK))

    def entries(self) -> Entries:
        """Return every entry in order of number; each is read when it is looked at."""
        from store.docket import Entries

        with self._lock:
            lines, known = self.file.lines, self._entries
            self._entries = known.caught_up(lines) if known else Entries(lines)
            return self._entries

    def docket(self, today: date, reply_days: Callable[[], int]) -> Docket:
        """Return the docket as of `today`, so that what it derived is not redone."""
        from store.docket import Docket

        with self._lock:
            entries, kept = self.entries(), self._docket
            if kept is None or kept.entries is not entries or kept.today != today:
                kept = self._docket = Docket.of(self.client, entries, today, reply_days())
            return kept
