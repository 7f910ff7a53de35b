"""The entries behind a line: a list of them, newest first, each of which opens whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from textual.app import ComposeResult
from textual.screen import Screen

from store.docket import Docket, Standing
from store.docket.discretion import docket_shown
from store.errors import DocketError
from store.text import plural
from store.workspace import Workspace
from tui.bindings import keys_for
from tui.glyphs import glyphs
from tui.safe_text import safe_fit
from tui.screens.parts import FreshScreen, Heading
from tui.screens.places import entry_screen
from tui.screens.rows import Row, RowList
from tui.tokens import SEVERITY_LOOKS
from tui.widgets.bar import BarSlot
from tui.widgets.hints import Hints
from tui.words.entry import gist
from tui.words.moments import kind_called, short_day

_NUMBER, _DAY, _KIND = 5, 7, 14


class EntriesScreen(FreshScreen):
    """Lists the entries behind a line; `enter` opens one whole."""

    BINDINGS = keys_for("entries")
    PLACE = "entries"

    def __init__(self, workspace: Workspace, client: str, about: str, seqs: Sequence[int]) -> None:
        super().__init__(workspace)
        self.client, self.about, self.seqs = client, about, tuple(dict.fromkeys(seqs))

    def compose(self) -> ComposeResult:
        """Yield the heading, the list and the hints."""
        count = plural(len(self.seqs), "entry", "entries")
        yield Heading(self.workspace.docket(self.client).name, self.about, count)
        yield RowList(id="entries")
        yield Hints("entries", self.workspace.config.keys)
        yield BarSlot()

    def lay_out(self) -> None:
        """Lay the entries out for the width there is."""
        docket = docket_shown(self.workspace, self.client)
        found = ordered(docket, self.seqs)
        self.seqs = tuple(one.seq for one in found)
        rows = [entry_row(one, docket.today, self.reading.room) for one in found]
        self.reading.show(rows, keep=bool(self.reading.rows))

    def show_anew(self) -> None:
        """Show what may be seen now; DocketError while somebody looks along."""
        if self.workspace.discreet:
            raise DocketError("What they are behind is not said now")
        self.lay_out()

    def action_open(self) -> None:
        """Open the entry under the cursor whole."""
        row = self.reading.current
        if row is not None:
            whole = entry_screen(self.workspace, self.client, row.evidence[0], self.seqs)
            self.app.push_screen(whole)


def ordered(docket: Docket, seqs: Sequence[int]) -> list[Standing]:
    """Return the entries with these numbers, the newest first."""
    found = [one for seq in seqs if (one := docket.find(seq)) is not None]
    return sorted(found, key=lambda one: (one.entry.occurred_at, one.seq), reverse=True)


def entry_row(one: Standing, today: date, width: int) -> Row:
    """Return an entry as a row of a list: number, day, kind, how bad, what it says."""
    entry = one.entry
    severity = getattr(entry.data, "severity", None) or 0
    void = "void " if one.void else ""
    kind = safe_fit(f"{void}{kind_called(entry)}", _KIND)
    said = safe_fit(gist(entry), max(8, width - _NUMBER - _DAY - _KIND - 6))
    return Row.of(
        (f"#{one.seq}".ljust(_NUMBER), "dim"),
        (f"{short_day(entry.day, today):>{_DAY - 1}} ", "dim"),
        (kind, ""),
        (f" {glyphs().severity * severity:<3} ", SEVERITY_LOOKS.get(severity, "")),
        (said, "dim strike" if one.void else ""),
        opens=True,
        about=f"#{one.seq} {gist(entry)}",
        evidence=(one.seq,),
    )


def open_entries(
    screen: Screen[Any], workspace: Workspace, client: str, about: str, seqs: Sequence[int]
) -> None:
    """Open the entries behind a line: a list of them, or the entry itself where it is one."""
    if len(set(seqs)) == 1:
        screen.app.push_screen(entry_screen(workspace, client, seqs[0], seqs))
    elif seqs:
        screen.app.push_screen(EntriesScreen(workspace, client, about, seqs))
