"""One docket as this session has read it, caught up with other sessions and logged to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from store.dates import Clock
from store.entries.words import PEEK
from store.journal import JournalFile

if TYPE_CHECKING:  # what stands on TinyDB and the models is loaded when it is asked for
    from store.docket import Docket, Entries
    from store.entries import Draft, Entry


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

    def append(
        self, drafts: list[Draft], now: datetime, docket: Callable[[], Docket]
    ) -> list[Entry]:
        """Log `drafts`, all or none, where none contradicts the `docket` of that moment."""
        from store.docket import read_entry
        from store.docket.checks import check_alone, needs_docket
        from store.docket.trial import judged

        for draft in drafts:
            check_alone(draft, now)
        if any(map(needs_docket, drafts)):
            # Under the lock of the file: another session may have logged the same just now.
            lines = self.file.append_many(lambda made: judged(docket(), drafts, made, now))
        else:
            lines = self.file.append_many([draft.fields() for draft in drafts])
        return [read_entry(line) for line in lines]
