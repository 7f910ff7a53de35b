"""The main screen: clients, the log of one, and one entry of it."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Literal

from textual import events
from textual.app import ComposeResult
from textual.geometry import Size
from textual.screen import Screen
from textual.widgets import Static

from store.docket import Standing
from store.errors import DocketError
from store.overview.client_book import ClientBook
from store.workspace import Workspace
from tui.bindings import LEAVE, keys_for, presses
from tui.commands import ABOUT_ALL, MOVES, TO_DECIDE
from tui.safe_text import content
from tui.screens.clients import ClientsPane, status_facts
from tui.screens.elsewhere import Elsewhere, Looks
from tui.screens.loading import open_correction, open_repair
from tui.screens.marked import correct_marked, record_of_marked
from tui.screens.panes import PANES, Panes
from tui.screens.places import entry_screen
from tui.screens.rows import ListKeys
from tui.screens.selection import Selection, line_facts
from tui.screens.timer import TimerKey
from tui.shell.shell import Shell, shell_of
from tui.widgets.bar import BarSlot
from tui.widgets.entry import EntryPane, copy_text
from tui.widgets.hints import Hints
from tui.widgets.lines import Cells, ScrollLines
from tui.widgets.log import LogPane
from tui.widgets.message import copy_in
from tui.widgets.status import StatusLine

if TYPE_CHECKING:
    from tui.widgets.find import FindBar

_OF_ENTRY = ("amend", "extend", "void", "copy", "mark")
SMALLEST = (60, 20)


class MainScreen(ListKeys, Screen[None]):
    """Three panes; the selected client is the one that every command is about.

    What a command needs and lacks (a client, an entry) is said as an error, not passed over.
    """

    PLACE = "main"
    BINDINGS = keys_for("main")

    def __init__(self, workspace: Workspace, book: ClientBook) -> None:
        super().__init__()
        self.workspace, self.book = workspace, book
        self.clients, self.log_pane, self.entry_pane = ClientsPane(book), LogPane(), EntryPane()
        self.panes = Panes(book, self.clients, self.log_pane, self.entry_pane)
        self.elsewhere = Elsewhere(book, self.clients, self.log_pane)
        self.timer_key, self.shown = TimerKey(workspace), Selection(book, self.panes)
        self.looks, self._sized = Looks(self, self.look), Size()

    def compose(self) -> ComposeResult:
        """Yield the status line, the panes and the hints."""
        yield StatusLine()
        yield self.panes
        yield _too_small()
        yield Hints("main", self.workspace.config.keys)
        yield BarSlot()

    def on_mount(self) -> None:
        """Read what is there, and look again and again."""
        self.look()
        self.set_focus(self.clients)
        self.looks.often()
        self.shell.dress_anew()

    def on_screen_resume(self) -> None:
        """Take in what another screen has logged."""
        if self.is_mounted:
            self.look()

    @property
    def shell(self) -> Shell:
        """The app around it."""
        return shell_of(self)

    @property
    def client(self) -> str | None:
        """The id of the selected client."""
        return self.clients.client

    @property
    def pane(self) -> str:
        """The name of the pane that keys go to."""
        return self.panes.at

    @property
    def reading(self) -> ScrollLines:
        """The pane that keys go to."""
        return self.query_one(f"#{self.pane}", ScrollLines)

    def look(self) -> None:
        """Take in what changed on disk; draws nothing when nothing did."""
        try:
            changed = self.clients.look()
            if changed is not None:
                self.elsewhere.take_in(changed)
                self._follow(changed)
        except DocketError as error:
            self.shell.say_once(str(error))

    def on_clients_pane_changed(self, event: ClientsPane.Changed) -> None:
        """Take in what a thread has read or worked out, also of what stands beside the entry."""
        self.elsewhere.count()
        self._follow(event.clients)
        self.shown.entry()

    def _follow(self, changed: Collection[str] = ()) -> None:
        """Show the log of the client that is selected now, or that changed, and how all stand."""
        anew = self.client is None or self.client in changed or self.client != self.shown.client
        if anew:
            self.show_log()
        if not anew or self.panes.resting:
            self.panes.tell()
        self.query_one(StatusLine).show(_facts(self), self.book.today)
        self.query_one(Hints).begin(not self.book.clients())

    @property
    def reads(self) -> bool:
        """Whether the log of the selected client is being read."""
        return self.client in self.book.unread

    @property
    def all_known(self) -> bool:
        """Whether there is nothing that is read, worked out or measured just now."""
        busy = self.book.unread or self.clients.assessing or self.book.pending()
        return bool(self.book.rows) and not busy and not self.log_pane.looking

    def begin_anew(self) -> None:
        """Show what a start begins with."""
        _unfilter(self)
        self.log_pane.unmark()
        self.elsewhere.clear()
        self.panes.zoomed, self.clients.client = False, None
        self.look()
        self.clients.fill()
        self.log_pane.go(0)
        self.show_log()
        self.entry_pane.scroll_down_to(0)
        self.action_go_to("clients")
        self._follow()
        self.panes.rest()

    def select(self, client: str, seq: int | None = None) -> None:
        """Put the cursor on `client`, and on entry `seq` of it."""
        self.clients.client = client
        self.look()
        self.clients.fill()
        self._follow()
        self.show_log(seq)

    def look_at(self, client: str, seq: int) -> None:
        """Show entry `seq` of `client`, whatever was filtered."""
        _unfilter(self)
        self.select(client, seq)
        self.action_go_to("log")

    def show_log(self, keep: int | None = None) -> None:
        """Show the log of the selected client, the cursor on `keep` or where it was."""
        self.shown.log(keep)

    def show_anew(self) -> None:
        """Show what may be seen now: nothing of what was looked for stays either."""
        _show_anew(self)

    def cursor_moved(self, lines: ScrollLines) -> None:
        """Follow the cursor of a list, and the lines in view of the entry."""
        self.shown.follow(lines)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Keep track of the pane when the focus moves by tab."""
        name = event.widget.id or ""
        if name in PANES and name != self.pane:
            self.action_go_to(name)
        else:  # a bar came up or went: the heavy rule is where keys go
            self.panes.tell()

    def on_resize(self, event: events.Resize) -> None:
        """Choose the layout for the size, unless it is as it was: a terminal says it twice."""
        if event.size == self._sized:
            return
        self._sized = event.size
        self.set_class(any(map(int.__lt__, event.size, SMALLEST)), "-small")
        self._follow()
        self.call_after_refresh(self._follow)  # once the panes have their sizes

    def stop(self) -> bool:
        """Give up reading a long docket, and return whether one was being read."""
        return self.clients.stop()

    def awaits(self, event: events.Key) -> bool:
        """Return whether a key is about a list that is being read, or put in order."""
        return _waits(self, event)

    def _client(self) -> str:
        if self.client is None:
            raise DocketError("No client is selected", "", "Press + and type: Acme Media")
        if trouble := self.clients.trouble:
            raise trouble
        return self.client

    def action_show(self, place: str) -> None:
        """Open another screen, which is about the client but for those about all."""
        if place == "record" and self.log_pane.marked:
            self.app.push_screen(record_of_marked(self.workspace, self._client(), self.log_pane))
        else:
            self.shell.show(place, "" if place in ABOUT_ALL else self._client())

    def action_repair(self) -> None:
        """Begin to put right what the selected entry is about."""
        open_repair(self.shell, self.workspace, self._client(), _entry(self).entry.seq)

    def action_mark(self) -> None:
        """Mark the selected entry, or take its mark away."""
        _entry(self)
        self.log_pane.mark()
        self.panes.tell_log()

    async def action_correct(self, mode: Literal["amend", "add", "void"]) -> None:
        """Correct the selected entry, or those marked: amend, add a fact, or withdraw."""
        await _correct(self, mode)

    async def action_next(self) -> None:
        """Open quick capture with the first of the client's next steps."""
        await self.shell.open_next(self._client())

    def action_timer(self) -> None:
        """Begin to measure the hours for the client, or log those that were measured."""

        def said(told: str) -> None:
            self.shell.say(told)
            self._follow()

        self.timer_key.press(self.shell, self._client, said)

    def action_copy(self) -> None:
        """Copy the selected entry to the clipboard of the user's own terminal."""
        one = _entry(self)
        copy_in(self, copy_text(one, self.shown.label(one)), f"{one.original.client}#{one.seq}")

    async def action_find(self) -> None:
        """Filter the focused list."""
        await self.shell.open_bar(_find_bar(self))

    def action_back(self) -> None:
        """Clear marks, else a filter, else go one pane back."""
        pane = self.reading
        if self.log_pane.marked:
            self.log_pane.unmark()
            self.panes.tell_log()
        elif isinstance(pane, ClientsPane | LogPane) and pane.filter:
            _filter(self, pane, "")
        elif self.panes.zoomed:
            self.action_zoom()
        elif self.pane != "clients":
            self.action_go_to("log" if self.pane == "entry" else "clients")

    def action_open(self) -> None:
        """Go from the client to its log; from there, and from the entry, to the entry whole."""
        if self.clients.again():
            self.show_log()
        elif self.pane == "clients":
            self.action_go_to("log")
        else:
            seq, among = _entry(self).seq, self.log_pane.numbers
            self.app.push_screen(entry_screen(self.workspace, self._client(), seq, among))

    def action_go_to(self, pane: str) -> None:
        """Focus a pane; where there is room for one only, show it."""
        with self.app.batch_update():
            self.panes.at = pane
            self.panes.lay_out()
            self.set_focus(self.query_one(f"#{pane}"))
            self.panes.tell()

    def action_zoom(self) -> None:
        """Give the whole screen to the pane that keys go to, or give it back."""
        self.panes.zoom()
        self.call_after_refresh(self._follow)  # once the panes have their sizes


async def _correct(screen: MainScreen, mode: Literal["amend", "add", "void"]) -> None:
    """Begin a correction, or change what is on no docket yet."""
    one = screen.log_pane.selected
    if screen.log_pane.marked:
        await correct_marked(screen.shell, screen.workspace, screen.log_pane, mode)
    elif one and not one.entry.on_record:
        from tui.screens.waiting import correct_waiting

        await correct_waiting(screen.shell, screen.workspace, one.entry, mode)
    else:
        screen._client()  # why there is none is said before there is no entry
        open_correction(screen.shell, screen.workspace, _entry(screen), mode)


def _entry(screen: MainScreen) -> Standing:
    if (selected := screen.log_pane.selected) is None:
        raise DocketError("No entry is selected", "the log shows none", "Press n to log one")
    return selected


def _find_bar(screen: MainScreen) -> FindBar:
    """Return the bar that filters the list that keys go to."""
    from tui.widgets.find import FindBar

    pane: ClientsPane | LogPane = screen.log_pane
    where = f"in the log of {screen.shell.whose()}"
    if screen.pane == "clients":
        pane, where = screen.clients, "among the clients"
    return FindBar(pane.filter, where, lambda text: _filter(screen, pane, text))


def _filter(screen: MainScreen, pane: ClientsPane | LogPane, text: str) -> None:
    if text != pane.filter:
        pane.ask(text, screen.book.today, screen.workspace.config.kinds)
        if pane is screen.log_pane:
            screen.show_log()
        screen._follow()


def _unfilter(screen: MainScreen) -> None:
    for pane in (screen.clients, screen.log_pane):
        _filter(screen, pane, "")


def _show_anew(screen: MainScreen) -> None:
    """Show what may be seen now, the cursor on the entry it was on before less was shown."""
    at = screen.log_pane.selected
    _unfilter(screen)
    screen.clients.fill()
    if screen.workspace.discreet:
        screen.panes.before = (screen.client, at.seq if at else None)
    client, seq = screen.panes.before
    screen.show_log(seq if client == screen.client else None)
    screen._follow()
    screen.call_after_refresh(screen._follow)  # once the panes have their sizes


def _waits(screen: MainScreen, event: events.Key) -> bool:
    """Return whether a key would do something else once what is being read is there."""
    own, at_clients = screen.workspace.config.keys, screen.pane == "clients"
    if screen.client in screen.book.unread or screen.log_pane.looking:
        needed = _OF_ENTRY if at_clients else (*_OF_ENTRY, *MOVES, "find")
        if presses(event, own, *needed):
            return True
    if not screen.clients.orders:
        return False
    if screen.client is None:
        return not presses(event, own, *LEAVE)
    return presses(event, own, *TO_DECIDE) or (at_clients and presses(event, own, *MOVES))


def _facts(screen: MainScreen) -> list[Cells]:
    """Return what the first line says: hours being measured, and how all clients stand."""
    if screen.workspace.discreet:
        return []
    timed: list[Cells] = [[(fact, "bold")] for fact in screen.timer_key.facts]
    rows = screen.book.rows.values()
    timed += [[(fact, "bold")] for fact in line_facts(screen.workspace)]
    if far := screen.clients.assessing:
        timed.append([(far, "dim")])
    return [*timed, *status_facts(rows, screen.size.width, screen.book.today)]


def _too_small() -> Static:
    """Return what is shown where there is no room for the panes."""
    width, height = SMALLEST
    said = f"Docket needs {width}x{height} cells.\n`docket clients` needs less."
    return Static(content(said), id="small")
