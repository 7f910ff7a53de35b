"""How the main screen is composed: which panes are there, how large, and what their rules say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from store.playbook.step import in_order, to_take
from store.text import plural
from store.text.cells import cell_width
from tui.glyphs import glyphs
from tui.screens.clients import ClientsPane
from tui.screens.floorplan import Floorplan, Space, floorplan
from tui.widgets.card_pane import CardPane
from tui.widgets.due import DuePane
from tui.widgets.entry import FEWEST, EntryPane
from tui.widgets.hints import Hints
from tui.widgets.lines import LineList, ScrollLines
from tui.widgets.log import LogPane
from tui.widgets.pane_rule import Divider, PaneRule, RulePart
from tui.words.entry_pane import entry_name, entry_when
from tui.words.steps import first_words, firsts, watching

if TYPE_CHECKING:
    from textual.timer import Timer
    from textual.widget import Widget

    from store.overview.client_book import ClientBook

PANES: Final = ("clients", "log", "entry")
_BESIDE: Final = (80, 22)
"""The least columns and rows at which panes stand beside each other."""
_REST: Final = 0.05
"""Seconds without a move after which the cursor rests."""
_KEYS: Final = {"clients": "1", "log": "2", "entry": "3"}


class Panes(Horizontal):
    """The panes with the rules between them."""

    DEFAULT_CSS = """
    Panes { height: 1fr; }
    Panes Vertical { height: 1fr; }
    Panes .pane { height: 0; scrollbar-size-vertical: 0; }
    Panes > #right { width: 1fr; }
    Panes #card-line { width: 1fr; }
    """

    def __init__(
        self, book: ClientBook, clients: ClientsPane, log: LogPane, entry: EntryPane
    ) -> None:
        super().__init__(id="top")
        self.book = book
        self.clients, self.log_pane, self.entry = clients, log, entry
        self.due, self.card = DuePane(), CardPane()
        self.line, self.divider = RulePart(), Divider()
        self.line.id = "card-line"
        names = (*PANES, "due", "card")
        self.over = {name: PaneRule(name) for name in names}
        self.at, self.zoomed = "clients", False
        self.before: tuple[str | None, int | None] = (None, None)  # where one was when less showed
        self.space = Space(0, 0, 0, FEWEST, "clients")
        self._resting: Timer | None = None
        self._plan: Floorplan | None = None

    def compose(self) -> ComposeResult:
        """Yield the panes, each under its rule."""
        with Vertical(id="left"):
            yield from (self.over["clients"], self.clients)
            yield from (self.over["due"], self.due, self.over["card"], self.card)
        yield self.divider
        with Vertical(id="right"):
            yield from (self.over["log"], self.line, self.log_pane)
            yield from (self.over["entry"], self.entry)

    def on_mount(self) -> None:
        """Say anew how much of the entry is out of view where the room for it changed."""
        self.watch(self.entry, "in_view", lambda: self.tell_entry(), init=False)

    @property
    def resting(self) -> bool:
        """Whether what the cursor shows is drawn once the cursor rests."""
        return self._resting is not None

    def draw_later(self, *panes: ScrollLines) -> None:
        """Draw some panes once the cursor rests: a key that is held then draws two rows."""
        for pane in panes:
            pane.hold()
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(_REST, self.rest)

    def rest(self) -> None:
        """Draw what waits for the cursor to rest."""
        self._resting = None
        with self.app.batch_update():
            self.tell()
            for pane in (self.log_pane, self.entry):
                pane.let_go()

    def zoom(self) -> None:
        """Give all the room to the pane that keys go to, or take it back."""
        self.zoomed = not self.zoomed
        with self.app.batch_update():
            self.tell()

    def lay_out(self) -> None:
        """Lay the panes out for what is in them; what is as it was is not touched."""
        width, height = self.screen.size
        single = width < _BESIDE[0] or height < _BESIDE[1]
        beside = self.log_pane.size.width or width
        self.space = Space(
            width=width,
            height=height - 2,
            clients=max(self.clients.count(), len(self.book.rows)),
            alone=self.clients.discreet,
            entry=self.entry.needs(self.log_pane.window(), beside),
            pane=self.at,
            zoomed=self.zoomed,
            single=single,
        )
        plan = floorplan(self.space)
        if plan != self._plan:
            self._take(plan)

    def _take(self, plan: Floorplan) -> None:
        self._plan = plan
        self.screen.query_one(Hints).zoom(self.zoomed)
        left, right = self.query_one("#left"), self.query_one("#right")
        _show(left, plan.left > 0)
        _show(right, plan.right > 0)
        _show(self.divider, plan.left > 0 and plan.right > 0)
        left.styles.width = plan.left
        for pane, rows in (("due", plan.due), ("card", plan.card), ("entry", plan.entry)):
            _show(self.over[pane], rows > 0)
        _show(self.over["log"], plan.log > 0)
        _show(self.line, plan.line)
        sizes = (
            (self.clients, plan.clients),
            (self.due, plan.due),
            (self.card, plan.card),
            (self.log_pane, plan.log),
            (self.entry, plan.entry),
        )
        for widget, rows in sizes:
            _show(widget, rows > 0)
            widget.styles.height = rows
        above = plan.clients + 1
        joints = [above] if plan.due else []
        joints += [above + bool(plan.due) * (plan.due + 1)] if plan.card else []
        self.divider.show(joints, [plan.line + plan.log + 1])

    def tell(self) -> None:
        """Lay out, and say in the rules what each pane shows; the heavy one is where keys go."""
        self.lay_out()
        self.tell_clients()
        self.tell_log()
        self.tell_entry()
        book = self.book
        steps = [
            step for row in book.rows.values() if row.summary for step in to_take(row.summary.steps)
        ]
        listed = firsts(in_order(steps, book.today))
        listed = [] if book.workspace.discreet else listed
        self.due.show(listed, book.names(), book.today)
        due = sum(step.due <= book.today for step in listed)
        said = f" {due} today" if due else ""
        self.over["due"].show((("N", "bold"), (" Due", "dim"), (said, "dim")))
        self.over["card"].show((("c", "bold"), (" Card", "dim")))
        docket = self.log_pane.docket
        client = docket.client if docket else ""
        self.tell_line(client)
        self.card.show(docket, None if book.workspace.discreet else book.rows.get(client), book)

    def _heavy(self, pane: str) -> bool:
        """Whether keys go to a pane, and to no bar over it."""
        focused = self.screen.focused
        return self.at == pane and (focused is None or focused.id == pane)

    def tell_clients(self) -> None:
        """Say how many clients there are, and which of them it is where not all are in view."""
        shown, filtered = len(self.clients.shown), self.clients.filter
        aside = _place(self.clients, shown) if shown > self.clients.size.height > 0 else ""
        aside = aside.replace(" of ", "/")  # beside the name of so narrow a pane
        many = shown if self.clients.discreet else len(self.clients.book.rows)
        said = "" if aside and not filtered else f" {many}"
        title = [("1", "bold"), (" Clients", "dim"), (said, "dim")]
        title += [(f" /{filtered}", "bold")] if filtered else []
        if self.space.single:
            aside = _others("clients")
        self.over["clients"].show(title, aside, focused=self._heavy("clients"))

    def tell_log(self) -> None:
        """Say whose log it is and which entry of how many the cursor is on."""
        log = self.log_pane
        name = log.docket.name if log.docket else "Log"
        aside = _place(log, len(log.shown))
        most = cell_width(f"{len(log.shown)} of {len(log.shown)}")
        more = f", /{log.filter}" if log.filter else ""
        more += ", zoomed" if self.space.zoomed else ""
        more = more if aside else more.removeprefix(", ")
        more += f"  {_others('log')}" if self.space.single else ""
        title = [("2", "bold"), (f" {name}", "dim")]
        title += [(f" {glyphs().marked} {len(log.marked)} marked", "bold")] if log.marked else []
        focused = self._heavy("log")
        self.over["log"].show(title, aside + more, focused=focused, most=most + cell_width(more))

    def tell_entry(self) -> None:
        """Say which entry it is, of what kind and day, and how long after it was logged."""
        one, focused = self.entry.standing, self._heavy("entry")
        if one is None:
            self.over["entry"].show([("3", "bold"), (" Entry", "dim")], focused=focused)
            return
        number, kind = entry_name(one)
        today = self.log_pane.docket.today if self.log_pane.docket else one.entry.day
        full = self.over["entry"].size.width >= 75
        aside = entry_when(one.entry, today, full=full)
        if self.space.single and one.entry.on_record and not one.entry.lag_days:
            aside = aside.partition(", ")[0]  # its kind is the more needed
        aside += f", +{plural(self.entry.hidden, 'line')}" if self.entry.hidden else ""
        aside += f"  {_others('entry')}" if self.space.single else ""
        title = [("3", ""), (" ", ""), (number, "bold"), (f" {kind}", "dim")]
        self.over["entry"].show(title, aside, focused=focused)

    def tell_line(self, client: str) -> None:
        """Say in one line what is agreed with a client and owed, as many facts as fit."""
        book = self.book
        row = None if book.workspace.discreet else book.rows.get(client)
        summary = row.summary if row else None
        watch = watching(summary.watch, book.today) if summary else ""
        facts = [watch] if watch else []
        facts += summary.brief if summary else ()
        owed = facts[-1] if summary and summary.overdue else ""
        facts += filter(None, [first_words(summary.steps, book.today)]) if summary else ()
        self.line.show(_line(facts, self.line.size.width - 2, owed))


def _line(facts: Sequence[str], room: int, owed: str) -> list[tuple[str, str]]:
    told = [(" ", "")]
    for number, fact in enumerate(facts):
        gap = f" {glyphs().dot} " if number else ""
        if cell_width(gap + fact) > room:
            continue
        room -= cell_width(gap + fact)
        told += [(gap, "dim"), (fact, "heat3" if fact == owed else "dim")]
    return told


def _place(pane: LineList, many: int) -> str:
    return f"{pane.cursor + 1:,} of {many:,}" if many else ""


def _others(pane: str) -> str:
    """Return the panes that are not there, with their keys."""
    return "  ".join(f"{key} {name}" for name, key in _KEYS.items() if name != pane)


def _show(widget: Widget, there: bool) -> None:
    if widget.display != there:
        widget.display = there
