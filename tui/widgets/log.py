"""Pane 2: one client's log, newest first; corrections show inside the entry they correct."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from store.docket import Docket, Standing
from store.entries import KINDS, Entry, IncidentData
from tui.safe_text import content, safe_fit
from tui.tokens import SEVERITY_LOOKS
from tui.widgets.lines import Cells, FollowsCursor, LineList
from tui.words.entry import gist

if TYPE_CHECKING:
    from store.docket.filter import Filter

_DATE, _KIND = 6, 13
_WIDE = 70
_MANY = 2_000  # entries: reading so many takes about a tenth of a second


class LogPane(LineList):
    """The entries of the selected client; `shown` leaves out what the filter does not fit."""

    ITEMS = True

    def __init__(self) -> None:
        super().__init__(id="log", classes="pane")
        self._asked: Filter | None = None
        self._kept: int | None = None
        self._one_look = asyncio.Lock()
        self.looking: tuple[Docket, Filter] | None = None
        self.docket: Docket | None = None
        self.shown: Sequence[Standing] = ()
        self.filter = ""
        self.missing = ""

    @property
    def selected(self) -> Standing | None:
        """The entry under the cursor."""
        return self.shown[self.cursor] if self.cursor < len(self.shown) else None

    def show(self, docket: Docket | None, keep: int | None, missing: str = "") -> None:
        """Show the log of `docket`, the cursor on entry number `keep` if it is still there.

        `missing` says why there is no docket.
        """
        self.docket = docket
        self.missing = missing
        self.border_title = content(f"2 Log: {docket.name}" if docket else "2 Log")
        keep, self._kept = keep or self._kept, None
        log = docket.log if docket else None
        if docket and self._asked and docket.unread(self._asked) > _MANY:
            self._kept = keep
            self._look(docket, self._asked)
            log = None
        else:
            self.looking = None
            if docket and log and self._asked:
                log = log.only({one.seq for one in docket.fitting(self._asked)})
        self.shown = log or ()
        numbers = log.numbers if log else []
        self.place(numbers.index(keep) if keep in numbers else 0)

    def head(self, words: str) -> None:
        """Say in the title what is watched after a talk, if anything is."""
        name = f": {self.docket.name}" if self.docket else ""
        self.border_title = content(f"2 Log{name}" + (f", {words}" if words else ""))

    def ask(self, asked: Filter | None, text: str) -> None:
        """Show from now on what is asked for in `text`."""
        self._asked, self.filter = asked, text

    def _look(self, docket: Docket, asked: Filter) -> None:
        """Read in a thread what has to be looked at, unless that is under way."""
        if not self.looking or self.looking[0] is not docket or self.looking[1] is not asked:
            self.looking = docket, asked
            self.run_worker(self._read(self.looking), exit_on_error=False)

    async def _read(self, looking: tuple[Docket, Filter]) -> None:
        docket, asked = looking
        async with self._one_look:
            if self.looking is looking:
                await asyncio.to_thread(docket.fitting, asked)
        if self.looking is looking:
            self.show(docket, None)
            if isinstance(self.screen, FollowsCursor):
                self.screen.cursor_moved(self)

    def count(self) -> int:
        """Return the number of entries shown, or of the one line that says there are none."""
        return len(self.shown) or 1

    def cells(self, number: int, width: int) -> Cells:
        """Draw one entry."""
        if not self.shown:
            return [(f" {self._nothing()}", "dim")]
        one = self.shown[number]
        entry = one.entry
        today = self.docket.today if self.docket else entry.day
        kind_room = _KIND if width < _WIDE else _KIND + 5
        head = f" {_day(entry.day, today):>{_DATE}}  "
        marks, look = _severity(one)
        kind = safe_fit(entry.called or entry.kind, kind_room)
        said = _said(entry, wide=width >= _WIDE)
        if one.void:
            return [(head, "dim"), (f"{kind}  void ", "dim"), _struck(said)]
        changed = "*" if one.amendments else "+" if one.addenda else " "
        room = width - len(head) - kind_room - 7
        return [
            (head, "dim"),
            (kind, ""),
            (f" {marks:<3}{changed} ", look),
            (safe_fit(said, room), ""),
        ]

    def _nothing(self) -> str:
        if self.docket is None:
            return self.missing or "Nothing selected."
        if self.looking:
            return "Reading…"
        return "Nothing fits the filter." if self.filter else "Nothing logged yet. Press n."


def _said(entry: Entry, *, wide: bool) -> str:
    """Return what an entry says; beside a word of the user's own, if `wide`, what it counts as."""
    said = gist(entry)
    return f"{KINDS[entry.kind].label}: {said}" if entry.called and wide else said


def _severity(one: Standing) -> tuple[str, str]:
    if not isinstance(one.entry.data, IncidentData):
        return ("+", "keep") if one.entry.group == "good-day" else ("", "")
    severity = one.entry.data.severity
    return "#" * severity, SEVERITY_LOOKS[severity]


def _struck(said: str) -> tuple[str, str]:
    return said.replace("\n", " "), "dim strike"


def _day(day: date, today: date) -> str:
    return f"{day:%-d %b}" if day.year == today.year else f"{day:%b’%y}"
