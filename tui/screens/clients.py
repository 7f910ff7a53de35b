"""Pane 1: the clients, worst first, each with the verdict in a word, and who needs a decision.

They are read and assessed as their dockets change: at once where that is quick, else in a thread.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from functools import partial

from textual.message import Message
from textual.worker import get_current_worker

from store.decision.scale import VERDICT
from store.entries.lookup import Own
from store.errors import DocketError
from store.journal import JournalError
from store.overview.client_book import (
    ClientBook,
    ClientRow,
    in_their_order,
    open_rows,
    overdue,
)
from store.playbook.step import to_take
from store.stopping import GivenUpError, under_way
from store.text import fold, plural
from store.text.cells import cell_width
from tui.glyphs import glyphs
from tui.safe_text import safe_fit, safe_wrap
from tui.shell.long_work import LongWork
from tui.shell.shell import shell_of
from tui.tokens import VERDICT_LOOKS
from tui.widgets.aside import aside
from tui.widgets.lines import Cells, LineList
from tui.words.steps import due_words

_UNREADABLE, _DAMAGED = "cannot be read: docket doctor", "damaged"
"""The words of a list that are others than those of a prompt."""
_WIDE, _ROOMY = 55, 100
"""Cells from which a row has the whole verdict and what is overdue; and of a status line."""
_SUMS = 118
"""Cells of a status line that has room for three currencies."""
_NAME, _WORD, _WORDS, _SUM, _LINE = 10, 5, 14, 11, 20
_MOMENT = 0.12
"""Seconds of work that a look may take at once, so that a small workspace is not painted twice."""
_HANDFUL = 25
"""Clients up to which a moment is enough for most; of more none waits for it."""
_OFTEN = 0.5
"""Seconds after which what is known by then is shown, and kept."""
_PATIENCE = 4.0
"""Seconds that a move in the list, and the first selection, wait for the order it will have."""
START = (
    "No clients yet.",
    "",
    "+ NAME enter",
    "begins one; then",
    "n WORDS enter",
    "logs what happens.",
    "",
    "`docket demo` shows",
    "a filled one.",
)

NOBODY = ("Nobody is shown.", "", "/ and a name", "shows that one.")
"""What is said where nobody was chosen and somebody looks along."""


class ClientsPane(LineList):
    """The list of clients: `client` is selected, `shown` are those that fit the filter."""

    ITEMS = jumps = bare = True

    class Changed(Message):
        """What is known of some clients changed."""

        def __init__(self, clients: Collection[str]) -> None:
            super().__init__()
            self.clients = clients

    def __init__(self, book: ClientBook) -> None:
        super().__init__(id="clients", classes="pane")
        self.book = book
        self.client: str | None = None
        self.shown: Sequence[ClientRow] = ()
        self.filter = ""
        self.foreign: frozenset[str] = frozenset()
        self._nobody: Sequence[str] = ()
        self._day: date | None = None
        self._ordered_by = 0.0
        self._done = self._total = 0
        self._long: LongWork | None = None

    @property
    def selected(self) -> ClientRow | None:
        """The client under the cursor."""
        return self.shown[self.cursor] if self.cursor < len(self.shown) else None

    @property
    def discreet(self) -> bool:
        """Whether somebody looks along: one client is shown then, and not how they stand."""
        return self.book.workspace.discreet

    @property
    def trouble(self) -> JournalError | None:
        """Why the docket of the selected client cannot be read, if it cannot."""
        row = self.book.rows.get(self.client or "")
        return row.trouble if row else None

    @property
    def orders(self) -> bool:
        """Whether the list is being put in order, and that is worth waiting for."""
        return time.monotonic() < self._ordered_by

    def look(self) -> Collection[str] | None:
        """Take in what changed on disk, and return whose; None if it is as it was."""
        changed, day = self.book.changed(), self.book.today
        if day != self._day:
            self._day = day
            changed |= self.book.rows.keys()
        elif not changed and (self.client or not self.book.rows or self.orders):
            return None
        if changed:
            self._take_in(changed)
        self.fill()  # if only that: their order takes too long to wait for
        return changed

    def ask(self, text: str, today: date, own: Own) -> None:
        """Show from now on whose name has `text` in it; names have neither days nor kinds."""
        self.filter = text
        self.fill()

    def fill(self) -> None:
        """Show the rows in order; the first stays selected too, wherever the list puts it."""
        rows = sorted(self.book.rows.values(), key=lambda row: row.order)
        wanted = fold(self.filter)
        self.shown = [row for row in rows if wanted in fold(row.name) or wanted in row.id]
        if self.discreet:
            self.shown = open_rows(self.shown, self.client, wanted)
        self._nobody = () if self.shown else NOBODY if self.discreet else self._near(wanted)
        ids = [row.id for row in self.shown]
        self.place(ids.index(self.client) if self.client in ids else 0)
        if self.client is None and (self.orders or (self.discreet and not self.shown)):
            return
        if self.selected or not self.filter:  # where nothing fits, esc comes back to where we were
            self.client = self.selected.id if self.selected else None

    def to_decide(self, by: int) -> None:
        """Put the cursor on the next client that needs a decision, or the one before, for -1."""
        asked = [number for number, row in enumerate(self.shown) if row.asks]
        ahead = [number for number in asked if (number - self.cursor) * by > 0]
        if asked:
            self.go((ahead or asked)[0 if by > 0 else -1])  # round the end of the list
        else:
            shell_of(self).say("Nobody in the list needs a decision now.")

    def _near(self, wanted: str) -> Sequence[str]:
        """Return in lines that nobody is called so, and who is called nearly so."""
        from difflib import get_close_matches  # of no use before something was not found

        names = {fold(word): row.name for row in self.book.rows.values() for word in _words(row)}
        near = list(dict.fromkeys(names[one] for one in get_close_matches(wanted, names, 6, 0.5)))
        said = ["Nobody has that name."]
        if ":" in wanted or "#" in wanted:
            said += ["", *safe_wrap("Kinds, days and numbers are looked for in the log.", _LINE)]
        return [*said, *(["", "Names near it:"] if near else []), *near[:4]]

    def stop(self) -> bool:
        """Give up reading the docket of the selected client; return whether it was being read."""
        return self._long is not None and self._long.stop()

    def again(self) -> bool:
        """Read the docket of the selected client, if that was given up; return whether it was."""
        stopped = self.client in self.book.given_up
        if self.client and stopped:
            self.read(self.client)
        return stopped

    def read(self, client: str) -> None:
        """Read a long docket in a thread, unless that is under way."""
        self.book.given_up.discard(client)
        if client not in self.book.unread:
            self.book.unread.add(client)
            self.run_worker(self._read(client), group="read", exit_on_error=False)

    def _take_in(self, changed: Collection[str]) -> None:
        """Make the rows of the clients in `changed` anew, and assess what there is to assess."""
        for client in self.book.take_in(changed):
            self.read(client)
        try:
            if self._drawn and len(self.book.pending()) <= _HANDFUL:
                self.book.assess_some(_MOMENT)  # but for the first picture, which waits for nothing
        except DocketError as error:  # about the private file or the settings
            shell_of(self).say_once(str(error))
        if pending := self.book.pending():
            if not in_their_order(self.book.rows.values()):
                self._ordered_by = time.monotonic() + _PATIENCE
            if self._drawn:
                self._begin(pending)
            else:  # what is known is painted first: both at once take twice as long
                self.call_after_refresh(self.call_after_refresh, self._begin, pending)

    def _begin(self, pending: Sequence[str]) -> None:
        self.run_worker(self._assess(pending), group="assess", exclusive=True, exit_on_error=False)

    async def _read(self, client: str) -> None:
        """Read a long docket in a thread, which `esc` stops; the screen is there meanwhile."""
        reading = LongWork("Reading")
        told = under_way(reading.effort)
        if self.client in (None, client):  # nobody waits for others
            self._long, told = reading, reading.told_in(shell_of(self))
        try:
            with told:
                await aside(self.book.read, client)
        except GivenUpError:
            self.book.given_up.add(client)
        finally:
            self.book.unread.discard(client)
            self._long = None if self._long is reading else self._long
        if client in self.book.pending():
            self._take_in({client})
        self.fill()
        self.post_message(self.Changed({client}))

    async def _assess(self, clients: Sequence[str]) -> None:
        """Work out in a thread how clients stand, the selected one first, then the worst."""
        worker, saved = get_current_worker(), time.monotonic()
        self._done, self._total = 0, len(clients)
        try:
            for client in sorted(clients, key=lambda one: one != self.client):
                await self._work_out(client, few=len(clients) <= _HANDFUL)
                if worker.is_cancelled:
                    return
                self._done += 1
                if time.monotonic() > saved + _OFTEN:
                    saved = time.monotonic()
                    self._show_so_far()
                    await aside(self.book.save, writes=True)
        except DocketError as error:  # about the private file or the settings
            shell_of(self).say_once(str(error))
        finally:
            if not worker.is_cancelled:
                self._ordered_by, self._total = 0.0, 0
        self.fill()
        self.post_message(self.Changed(()))
        await aside(self.book.save, writes=True)

    async def _work_out(self, client: str, *, few: bool) -> None:
        try:
            work = partial(self.book.work_out, client, at_hand=few or client == self.client)
            self.book.take(await aside(work))
        except JournalError as error:
            self.book.fail(client, error)

    def _show_so_far(self) -> None:
        """Show what is known by now; once the list can be moved in, every row stays where it is."""
        if self.orders:
            self.fill()
        else:
            self.shown = [self.book.rows.get(row.id, row) for row in self.shown]
            self.redraw()
        self.post_message(self.Changed(()))

    @property
    def assessing(self) -> str:
        """How far it is with how all clients stand; empty where nothing is to be worked out."""
        return f"assessing {self._done} of {self._total}" if self._total > 1 else ""

    def count(self) -> int:
        """Return the number of lines: the clients, how to start, or that none is called so."""
        if not self.book.rows:
            return len(START)
        return len(self.shown) or len(self._nobody)

    def cells(self, number: int, width: int) -> Cells:
        """Draw one client: cursor, whether a decision is due, name, and the verdict in a word."""
        if not self.book.rows:
            return [(f" {START[number]}", "")]
        if not self.shown:
            return [(safe_fit(f" {self._nobody[number]}", width), "dim")]
        row = self.shown[number]
        signs, bold = glyphs(), "bold" if number == self.cursor else ""
        head = [self.cursor_cell(number, changed=row.id in self.foreign)]
        head += [(signs.decide if row.asks else " ", "heat1"), (" ", "")]
        if row.trouble:
            word = _UNREADABLE if width >= _WIDE else _DAMAGED
            return [*head, (safe_fit(row.name, width - 4 - len(word)), "dim"), (f" {word}", "dim")]
        if self.discreet:
            return [*head, (safe_fit(row.name, width - 3), bold)]
        word, look = _verdict(row, whole=width >= _WIDE)
        owed = ""
        if width >= _WIDE:
            money = " ".join(f"{one.currency} {one.amount:,.0f}" for one in row.overdue[:1])
            owed = f"{money:>{_SUM}}"
        room = max(_NAME, width - 4 - cell_width(word) - len(owed))
        name_look = f"{bold} dim" if row.ended else bold
        told = [*head, (safe_fit(row.name, room), name_look.strip()), (" ", ""), (word, look)]
        return [*told, (owed, "heat3")] if owed else told


def _verdict(row: ClientRow, *, whole: bool) -> tuple[str, str]:
    """Return the verdict in a word, or whole, and what it looks like; never a score."""
    if row.summary is None:
        return safe_fit(glyphs().cut, _WORDS if whole else _WORD), "dim"
    told, look = VERDICT[row.summary.verdict], VERDICT_LOOKS.get(row.summary.verdict, "dim")
    word = told.words if whole else told.short
    if row.summary.provisional or row.summary.verdict == "not-enough":
        word, look = "keep?", "unknown"
    if row.ended:
        word, look = "ended", "dim"
    if row.summary.excepted:
        word += "*"
    return safe_fit(word, max(_WORDS if whole else _WORD, len(word))), look


def _words(row: ClientRow) -> list[str]:
    return [row.name, row.id, *row.name.split()]


def status_facts(rows: Collection[ClientRow], width: int, today: date) -> list[Cells]:
    """Return what needs doing, and what is owed, for a line of `width` cells, each as pieces."""
    wide = width >= _ROOMY
    said: list[Cells] = [[(plural(len(rows), "client"), "dim")]] if wide and rows else []
    if asks := sum(1 for row in rows if row.asks):
        said.append([(f"{glyphs().decide} {asks}", "bold heat1"), (" to decide", "")])
    steps = [step for row in rows if row.summary for step in to_take(row.summary.steps)]
    if any(step.due <= today for step in steps):
        said.append([(due_words(steps, today), "bold heat1")])
    week = sum(today < step.due <= today + timedelta(days=7) for step in steps)
    if wide and week:
        said.append([(f"{week} this week", "dim")])
    if lost := sum(1 for row in rows if row.trouble):
        said.append([(f"{lost} unreadable", "bold heat3")])
    if owed := [f"{one.currency} {one.amount:,.0f}" for one in overdue(rows)]:
        few = 3 if width >= _SUMS else 1
        more = f" +{len(owed) - few}" if len(owed) > few else ""
        sums = f" {glyphs().dot} ".join(owed[:few])
        said.append([("overdue ", "dim"), (sums, "heat3"), (more, "dim")])
    return said
