"""Pane 1: the clients, worst first, each with the verdict as mark, word and colour."""

from __future__ import annotations

from collections.abc import Sequence

from store.decision.model import VERDICT
from store.overview.client_book import ClientRow
from store.text import fold
from tui.safe_text import fit
from tui.widgets.lines import Cells, LineList

LOOKS = {
    "walk-away": "bold red",
    "stop-work": "bold red",
    "set-boundaries": "yellow",
    "keep": "green",
    "not-enough": "dim",
}
"""The colour of a verdict: its mark and its word say it, so this only repeats it."""
_PENDING = ("  ", "…", "…")
_UNREADABLE = " unreadable"
_WIDE = 44
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
    """The list of clients; `shown` leaves out what the filter does not fit."""

    def __init__(self) -> None:
        super().__init__(id="clients", classes="pane")
        self.rows: Sequence[ClientRow] = ()
        self.shown: Sequence[ClientRow] = ()
        self.filter = ""

    @property
    def selected(self) -> ClientRow | None:
        """The client under the cursor."""
        return self.shown[self.cursor] if self.cursor < len(self.shown) else None

    def show(self, rows: Sequence[ClientRow], keep: str | None) -> None:
        """Show `rows`, the cursor on the client `keep` if it is still there."""
        self.rows = rows
        wanted = fold(self.filter)
        self.shown = [row for row in rows if wanted in fold(row.name) or wanted in row.id]
        ids = [row.id for row in self.shown]
        self.place(ids.index(keep) if keep in ids else 0)

    def count(self) -> int:
        """Return the number of lines: the clients, or how to start."""
        return len(self.shown) if self.rows else len(START)

    def cells(self, number: int, width: int) -> Cells:
        """Draw one client."""
        if not self.rows:
            return [(f" {START[number]}", "")]
        row = self.shown[number]
        if row.trouble:
            name = fit(row.name, width - 3 - len(_UNREADABLE))
            return [(" x ", "bold red"), (name, ""), (_UNREADABLE, "bold red")]
        verdict = row.summary.verdict if row.summary else ""
        mark, short, long = _PENDING
        if told := VERDICT.get(verdict):
            mark, short, long = told.mark, told.short, told.words
        look = LOOKS.get(verdict, "dim")
        if row.summary and row.summary.provisional:
            mark = " ?"
        score = row.summary.score if row.summary else None
        points = f"{score:3.0f}" if score is not None and verdict != "not-enough" else "  -"
        if width < _WIDE:
            word = fit(short, 4)
        else:
            money = " ".join(f"{one.currency} {one.amount:,.0f}" for one in row.overdue[:1])
            word = f"{fit(long, 14)} {money:>10}"
        tail = f" {points} {word}"
        name_look = "dim" if row.ended else ""
        room = width - 3 - len(tail)
        return [(mark, look), (" ", ""), (fit(row.name, room), name_look), (tail, look)]
