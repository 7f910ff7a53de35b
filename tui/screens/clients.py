"""Pane 1: the clients, worst first, each with the verdict as mark, word and colour.

They are read and assessed as their dockets change: at once where that is quick, else in a thread.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Collection, Sequence
from datetime import date

from textual.content import Content
from textual.message import Message
from textual.worker import get_current_worker

from store.decision.model import VERDICT
from store.errors import DocketError
from store.overview.client_book import ClientBook, ClientRow, overdue
from store.playbook.step import to_take
from store.text import fold, plural
from tui.safe_text import safe_fit
from tui.shell.shell import shell_of
from tui.tokens import VERDICT_LOOKS
from tui.widgets.lines import Cells, LineList
from tui.words.steps import due_words

_PENDING = ("  ", "…", "…")
_UNREADABLE = " unreadable"
_WIDE = 44
_MOMENT = 0.12
"""Seconds of work that a look may take at once, so that a small workspace is not painted twice."""
_PATIENCE = 4.0
"""Seconds that a move in the list, and the first selection, wait for the order it will have."""
START = (
    "No clients yet.",
    "",
    "Press n and type",
    "  new Acme Media",
    "then enter.",
    "",
    "`docket demo` shows",
    "a filled one.",
)


class ClientsPane(LineList):
    """The list of clients: `client` is selected, `shown` are those that fit the filter."""

    ITEMS = True

    class Changed(Message):
        """What is known of some clients changed."""

        def __init__(self, clients: Collection[str]) -> None:
            super().__init__()
            self.clients = clients

    def __init__(self, book: ClientBook) -> None:
        super().__init__(id="clients", classes="pane")
        self.border_title = Content("1 Clients")
        self.book = book
        self.client: str | None = None
        self.shown: Sequence[ClientRow] = ()
        self.filter = ""
        self._day: date | None = None
        self._ordered_by = 0.0

    @property
    def selected(self) -> ClientRow | None:
        """The client under the cursor."""
        return self.shown[self.cursor] if self.cursor < len(self.shown) else None

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

    def fill(self) -> None:
        """Show the rows in order; the first stays selected too, wherever the list puts it."""
        rows = sorted(self.book.rows.values(), key=lambda row: row.order)
        wanted = fold(self.filter)
        self.shown = [row for row in rows if wanted in fold(row.name) or wanted in row.id]
        ids = [row.id for row in self.shown]
        self.place(ids.index(self.client) if self.client in ids else 0)
        if self.client is None and self.orders:
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

    def read(self, client: str) -> None:
        """Read a long docket in a thread, unless that is under way."""
        if client not in self.book.unread:
            self.book.unread.add(client)
            self.run_worker(self._read(client), group="read", exit_on_error=False)

    def _take_in(self, changed: Collection[str]) -> None:
        """Make the rows of the clients in `changed` anew, and assess what there is to assess."""
        for client in self.book.take_in(changed):
            self.read(client)
        try:
            self.book.assess_some(_MOMENT)
        except DocketError as error:  # about the private file or the settings
            shell_of(self).say_once(str(error))
        if pending := self.book.pending():
            self._ordered_by = time.monotonic() + _PATIENCE
            self.run_worker(
                self._assess(pending), group="assess", exclusive=True, exit_on_error=False
            )

    async def _read(self, client: str) -> None:
        """Read a long docket in a thread; the screen is there meanwhile."""
        try:
            await asyncio.to_thread(self.book.read, client)
        finally:
            self.book.unread.discard(client)
        if client in self.book.pending():
            self._take_in({client})
        self.fill()
        self.post_message(self.Changed({client}))

    async def _assess(self, clients: Sequence[str]) -> None:
        """Work out assessments in a thread, the selected client's first."""
        worker = get_current_worker()
        for client in sorted(clients, key=lambda one: one != self.client):
            docket = self.book.open(client)
            if docket is None:
                continue
            state = self.book.state(client)
            try:
                assessment = await asyncio.to_thread(self.book.assess, docket)
            except DocketError as error:
                self._ordered_by = 0.0
                shell_of(self).say_once(str(error))
                return
            if worker.is_cancelled:
                return
            self.book.keep(docket, assessment, state)
        self.book.rows |= {one: self.book.row(one) for one in clients if one in self.book.rows}
        self._ordered_by = 0.0
        self.fill()
        self.post_message(self.Changed(()))
        await asyncio.to_thread(self.book.save)

    def count(self) -> int:
        """Return the number of lines: the clients, or how to start."""
        return len(self.shown) if self.book.rows else len(START)

    def cells(self, number: int, width: int) -> Cells:
        """Draw one client."""
        if not self.book.rows:
            return [(f" {START[number]}", "")]
        row = self.shown[number]
        if row.trouble:
            name = safe_fit(row.name, width - 3 - len(_UNREADABLE))
            return [(" x ", "bold heat3"), (name, ""), (_UNREADABLE, "bold heat3")]
        verdict = row.summary.verdict if row.summary else ""
        mark, short, long = _PENDING
        if told := VERDICT.get(verdict):
            mark, short, long = told.mark, told.short, told.words
        look = VERDICT_LOOKS.get(verdict, "dim")
        if row.summary and row.summary.provisional:
            mark = " ?"
        aside = "*" if row.summary and row.summary.excepted else ""
        if width < _WIDE:
            word = safe_fit(short + aside, 5)
        else:
            money = " ".join(f"{one.currency} {one.amount:,.0f}" for one in row.overdue[:1])
            word = f"{safe_fit(long + aside, 15)} {money:>10}"
        tail = f" {word}"
        name_look = "dim" if row.ended else ""
        room = width - 3 - len(tail)
        return [(mark, look), (" ", ""), (safe_fit(row.name, room), name_look), (tail, look)]


def status_facts(rows: Collection[ClientRow], width: int, today: date) -> list[str]:
    """Return how many clients there are, what they need and owe, for a line of `width` cells."""
    asks = sum(1 for row in rows if row.asks)
    said = [plural(len(rows), "client")] if rows else []
    steps = [step for row in rows if row.summary for step in to_take(row.summary.steps)]
    if any(step.due <= today for step in steps):
        said.append(due_words(steps, today))
    if lost := sum(1 for row in rows if row.trouble):
        said.append(f"{lost} unreadable")
    if owed := [f"{one.currency} {one.amount:,.0f}" for one in overdue(rows)]:
        few = 1 if width < 100 else 3
        more = f" +{len(owed) - few}" if len(owed) > few else ""
        said.append(f"{', '.join(owed[:few])}{more} overdue")
    if asks:
        said.append(f"{asks} {'needs' if asks == 1 else 'need'} a decision")
    return said
