"""What a line of a card leads to that is more than entries: weeks, items, access, check-ins."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from functools import partial
from itertools import chain
from typing import Final, NamedTuple

from textual.app import ComposeResult

from store.dates import day_words
from store.docket import Docket
from store.docket.access import accesses
from store.docket.blocked import working_days_blocked
from store.docket.items import work_items
from store.docket.weeks import Week, weeks
from store.private.model import SCALES
from store.text.cells import cell_width
from store.workspace import Workspace
from tui.bindings import keys_for
from tui.safe_text import plain, safe_fit
from tui.screens.behind import open_entries
from tui.screens.parts import PRIVATE_COPY, FreshScreen, Heading
from tui.screens.rows import BLANK, Row, RowList, paragraph, title
from tui.shell.shell import shell_of
from tui.text import table
from tui.widgets.bar import BarSlot
from tui.widgets.hints import Hints
from tui.widgets.message import copy_in
from tui.words import NEVER_EXPORTED
from tui.words.access import ACCESS_HEAD, access_row
from tui.words.card import ACCESS, CHECKINS, ITEMS, WEEKS
from tui.words.items import ITEM_HEAD, item_notes, item_rows
from tui.words.weeks import ON_ME, ON_THEM, STOPPED, cost_lines, week_did, week_marks, week_sums

_LOOKS: Final = {ON_THEM: "heat2", ON_ME: "heat1", STOPPED: "dim"}
_FIGURE: Final = 6
"""Cells of a figure and what is left blank beside it."""
Builds = Callable[[Docket, Workspace, int], list[Row]]


class Table(NamedTuple):
    """One of them: its title, a fact about it, and its rows for a width."""

    title: str
    fact: str
    rows: Builds


class TableScreen(FreshScreen):
    """Shows one table about a client; `enter` opens the entries behind a row."""

    BINDINGS = keys_for("entries")
    PLACE = "entries"

    def __init__(self, workspace: Workspace, client: str, shown: Table) -> None:
        super().__init__(workspace)
        self.client, self.shown = client, shown

    def compose(self) -> ComposeResult:
        """Yield the heading, the rows and the hints."""
        yield Heading(self.shown.title, self.workspace.docket(self.client).name, self.shown.fact)
        yield RowList(id="table")
        yield Hints("entries", self.workspace.config.keys)
        yield BarSlot()

    def lay_out(self) -> None:
        """Lay the rows out for the width there is."""
        docket, room = self.workspace.docket(self.client), self.reading.room
        made = partial(self.shown.rows, docket, self.workspace, room)
        shell_of(self).dockets.about(self.client, made, self._show)

    def _show(self, rows: Sequence[Row]) -> None:
        if self.query(RowList):  # it may have been left meanwhile
            self.reading.show(rows, keep=bool(self.reading.rows))

    def action_open(self) -> None:
        """Open the entries behind the row under the cursor."""
        row = self.reading.current
        if row is not None:
            open_entries(self, self.workspace, self.client, row.about, row.evidence)

    def action_copy(self) -> None:
        """Copy all rows as text."""
        said = "\n".join(row.text.rstrip() for row in self.reading.rows)
        copy_in(self, said, more=PRIVATE_COPY if self.shown.fact == NEVER_EXPORTED else "")


def week_rows(docket: Docket, workspace: Workspace, width: int) -> list[Row]:
    """Return the sums, then each week with its days as a bar, the newest first."""
    found = weeks(docket, workspace.config.working)
    if not found:
        return paragraph("Nothing is logged yet, so no week has passed.", width, style="dim")
    rows = [Row.of(line) for line in week_sums(found)]
    for line in cost_lines(docket, workspace.config, found):
        rows += paragraph(line, width, style="dim")
    rows.append(title("By week, each sign a working day"))
    return rows + [_week(docket, one) for one in reversed(found)]


def _week(docket: Docket, one: Week) -> Row:
    end = one.monday + timedelta(days=7)
    seqs = tuple(entry.seq for entry in docket.counted if one.monday <= entry.day < end)
    drawn = [(mark * days, _LOOKS.get(mark, "")) for mark, days in week_marks(one) if days]
    return Row.of(
        (f"{one.monday:%d %b %Y}  ", "dim"),
        *drawn,
        (" " * max(2, 9 - one.days), ""),
        week_did(one),
        opens=bool(seqs),
        about=f"the week of {day_words(one.monday)}",
        evidence=seqs,
    )


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> list[str]:
    clean = [tuple(plain(cell.replace("\n", " ")) for cell in row) for row in rows]
    return table(head, clean, shrink=0, cells=width)


def items_shown(docket: Docket, workspace: Workspace, width: int) -> list[Row]:
    """Return the work item by item, then what stands out."""
    items = work_items(docket)
    if not items:
        said = "No item yet: a delivery begins one, and so does a project."
        return paragraph(said, width, style="dim")
    head, *lines = _table(ITEM_HEAD, list(item_rows(items)), width)
    rows = [Row.of((head, "dim"))]
    for line, item in zip(lines, items, strict=True):
        look = "heat2" if item.over else ""
        about = item.name or "what names no item"
        rows.append(Row.of((line, look), opens=True, about=about, evidence=item.seqs))
    notes = list(item_notes(items))
    return [
        *rows,
        *([BLANK] if notes else []),
        *(row for note in notes for row in paragraph(note, width)),
    ]


def access_shown(docket: Docket, workspace: Workspace, width: int) -> list[Row]:
    """Return what was asked for, granted, withheld and given back."""
    found = accesses(docket)
    if not found:
        return paragraph("Nothing was asked for yet.", width, style="dim")
    head, *lines = _table(ACCESS_HEAD, [access_row(one) for one in found], width)
    rows = [Row.of((head, "dim"))]
    for line, one in zip(lines, found, strict=True):
        seqs = tuple(dict.fromkeys(seq for seq in (one.seq, one.withheld_by) if seq))
        look = "heat2" if one.withheld and one.open else ""
        rows.append(Row.of((line, look), opens=True, about=one.what, evidence=seqs))
    days = len(working_days_blocked(docket, workspace.config.working))
    said = f"Working days blocked by all that is waited for, each once: {days}."
    return [*rows, BLANK, *paragraph(said, width, style="dim")] if days else rows


def checkins_shown(docket: Docket, workspace: Workspace, width: int) -> list[Row]:
    """Return each check-in, the newest first."""
    rows: list[Row] = []
    for one in reversed(workspace.private.of(docket.client).checkins):
        asked = [(scale.label, getattr(one, scale.field)) for scale in SCALES]
        told = [(label, value) for label, value in asked if value is not None]
        said = ", ".join(f"{label} {value}" for label, value in told)
        rows += [BLANK] if rows else []
        rows.append(Row.of((f"{one.at:%-d %b %Y %H:%M}", "bold"), opens=True, about=said))
        rows += _figures(told, width)
        rows += paragraph(one.note, width, indent=2) if one.note else []
    return rows or paragraph("No check-in yet.", width, style="dim")


def _figures(told: Sequence[tuple[str, int]], width: int) -> Iterator[Row]:
    """Yield figures with what they are of, as many beside each other as there is room for."""
    room = max(cell_width(scale.label) for scale in SCALES) + _FIGURE + 1
    abreast = max(1, min(2, width // room))
    for at in range(0, len(told), abreast):
        pieces = [
            ((f"{value:>4}  ", "private"), (safe_fit(label, min(room, width) - _FIGURE), ""))
            for label, value in told[at : at + abreast]
        ]
        yield Row.of(*chain.from_iterable(pieces))


TABLES: Final = {
    WEEKS: Table("Where the time went", "docket time", week_rows),
    ITEMS: Table("The work by item", "docket items", items_shown),
    ACCESS: Table("Access and leave", "docket access", access_shown),
    CHECKINS: Table("How it feels", NEVER_EXPORTED, checkins_shown),
}
"""What each line of a card leads to."""


def table_screen(leads: str, workspace: Workspace, client: str) -> TableScreen:
    """Return the screen that a line of a card leads to."""
    return TableScreen(workspace, client, TABLES[leads])
