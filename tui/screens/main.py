"""The main screen: clients, the log of one, and one entry of it."""

from __future__ import annotations

import asyncio

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from store.anchors import damage
from store.errors import DocketError
from store.journal import JournalError
from store.overview.client_book import ClientRow, Shelf, overdue
from store.workspace import Workspace
from tui.bindings import keys_for
from tui.safe_text import content, plain
from tui.screens.main_actions import MainActions
from tui.screens.main_reading import MainReading
from tui.widgets.bar import BarSlot
from tui.widgets.clients import ClientsPane
from tui.widgets.entry import EntryPane
from tui.widgets.hints import Hints
from tui.widgets.lines import LineList, Lines
from tui.widgets.log import LogPane
from tui.widgets.status import StatusLine

_POLL = 0.5
_PANES = ("clients", "log", "entry")
SMALLEST = (60, 20)


class MainScreen(MainReading, MainActions, Screen[None]):
    """Three panes; the selected client is the one that every command is about."""

    PLACE = "main"
    BINDINGS = keys_for("main")

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.shelf = Shelf(workspace)
        self.rows: dict[str, ClientRow] = {}
        self.client: str | None = None
        self.pane = "clients"
        self.reading: set[str] = set()
        self.ordered_by = 0.0

    def compose(self) -> ComposeResult:
        """Yield the status line, the panes and the hints."""
        yield StatusLine()
        with Horizontal(id="top"):
            yield ClientsPane()
            yield LogPane()
        yield EntryPane()
        width, height = SMALLEST
        yield Static(
            content(f"Docket needs {width}x{height} cells.\n`docket clients` needs less."),
            id="small",
        )
        yield Hints("main", self.workspace.config.keys)
        yield BarSlot()

    def on_mount(self) -> None:
        """Read what is there, and look again twice a second."""
        self.query_one(ClientsPane).border_title = Content("1 Clients")
        self.look()
        self.go_to("clients")
        self.set_interval(_POLL, self.look)
        self.call_after_refresh(self._start_check)

    def _start_check(self) -> None:
        self.run_worker(self._check(), group="check", exit_on_error=False)

    async def _check(self) -> None:
        """Verify what is new in a thread, and say what is not whole."""
        try:
            found = await asyncio.to_thread(damage, self.workspace)
        except DocketError as error:
            found = str(error)
        if found:
            self.notify_once(found)

    def on_screen_resume(self) -> None:
        """Take in what another screen has logged."""
        if self.is_mounted:
            self.look()

    def look(self) -> None:
        """Take in what changed on disk; draws nothing when nothing did."""
        try:
            changed = self.shelf.changed()
            new_day = self.query_one(StatusLine).day != self.shelf.today
            if new_day:
                changed |= self.rows.keys()
            if changed or new_day:
                self.take_in(changed)
            elif self.client is None and self.rows and not self.orders:
                self.show_clients()  # their order takes too long to wait for
        except DocketError as error:
            self.notify_once(str(error))

    @property
    def trouble(self) -> JournalError | None:
        """Why the docket of the selected client cannot be read, if it cannot."""
        row = self.rows.get(self.client or "")
        return row.trouble if row else None

    def show_clients(self) -> None:
        rows = sorted(self.rows.values(), key=lambda row: row.order)
        pane = self.query_one(ClientsPane)
        pane.show(rows, self.client)  # the first stays selected too, wherever the list puts it
        if self.client is None and self.orders:
            self._show_status()
            return
        selected = pane.selected.id if pane.selected else None
        if selected is None and pane.filter:
            selected = self.client  # nothing fits the filter: esc comes back to where we were
        if selected != self.client:
            self.client = selected
            self.show_log()
        self._show_status()

    def _show_status(self) -> None:
        rows = list(self.rows.values())
        asks = sum(1 for row in rows if row.asks)
        facts = [f"{len(rows)} {'client' if len(rows) == 1 else 'clients'}"] if rows else []
        if asks:
            facts.append(f"{asks} {'needs' if asks == 1 else 'need'} a decision")
        if lost := sum(1 for row in rows if row.trouble):
            facts.append(f"{lost} unreadable")
        if owed := [f"{one.currency} {one.amount:,.0f}" for one in overdue(rows)]:
            few = 1 if self.size.width < 100 else 3
            more = f" +{len(owed) - few}" if len(owed) > few else ""
            facts.append(f"{', '.join(owed[:few])}{more} overdue")
        self.query_one(StatusLine).show(facts, self.shelf.today)

    def select(self, client: str) -> None:
        """Put the cursor on `client`."""
        self.client, self.touched = client, True
        self.look()
        self.show_clients()
        self.show_log()

    def show_log(self, keep: int | None = None) -> None:
        """Show the log of the selected client, the cursor on `keep` or where it was."""
        pane = self.query_one(LogPane)
        if self.client and not self.trouble and self.shelf.long(self.client):
            self.read_long(self.client)
        reading = self.client in self.reading
        closed = reading or self.trouble
        docket = self.docket_of(self.client) if self.client and not closed else None
        same = docket and pane.docket and docket.client == pane.docket.client
        if keep is None and same and pane.selected:
            keep = pane.selected.seq
        missing = "Reading…" if reading or (self.client is None and self.orders) else ""
        if self.trouble:
            missing = "This docket cannot be read."
        pane.show(docket, keep, missing)
        pane.border_title = content(f"2 Log: {docket.name}" if docket else "2 Log")
        self.show_entry()

    def show_entry(self) -> None:
        """Show the entry under the log's cursor."""
        selected = self.query_one(LogPane).selected
        pane = self.query_one(EntryPane)
        pane.border_title = content(
            f"3 Entry {self.client}#{selected.seq}" if selected else "3 Entry"
        )
        pane.show(selected, str(self.trouble or ""))

    def cursor_moved(self, lines: LineList) -> None:
        """Follow the cursor of a list."""
        if isinstance(lines, ClientsPane):
            row = lines.selected
            if row and row.id != self.client:
                self.client = row.id
                self.show_log()
        elif isinstance(lines, LogPane):
            self.show_entry()

    def go_to(self, pane: str) -> None:
        """Focus a pane; where there is room for one only, show it."""
        self.pane = pane
        with self.app.batch_update():
            for name in _PANES:
                self.query_one(f"#{name}").set_class(name == pane, "-current")
            self.set_class(pane == "entry", "-at-entry")
            self.set_focus(self.query_one(f"#{pane}"))

    @property
    def current_pane(self) -> Lines:
        """The pane that keys go to."""
        return self.query_one(f"#{self.pane}", Lines)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Keep track of the pane when the focus moves by tab."""
        name = event.widget.id or ""
        if name in _PANES and name != self.pane:
            self.go_to(name)

    def on_resize(self, event: events.Resize) -> None:
        """Choose the layout for the size."""
        width, height = event.size
        small = width < SMALLEST[0] or height < SMALLEST[1]
        self.set_class(small, "-small")
        self.set_class(not small and (width < 80 or height < 22), "-single")
        self.set_class(width >= 110, "-wide")
        self.set_class(height >= 34, "-tall")
        self._show_status()

    def notify_once(self, text: str) -> None:
        """Say what went wrong while looking; the same words are not said twice in a row."""
        if text != getattr(self, "_said", ""):
            self._said = text
            self.notify(plain(text), severity="error", markup=False)
