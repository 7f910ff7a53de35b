"""Finding in all dockets: a line to type on, what fits as one types, and the entry at the cursor.

What is asked is looked for in a thread, and no key waits for it but those about what was found.
`esc` leaves all as it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.screen import Screen
from textual.widgets import Input, Static

from store.docket import Standing
from store.docket.filter import Filter, parse_filter
from store.errors import DocketError, UsageError
from store.index.words import Hit
from store.overview.finding import Finder
from store.text import plural
from store.workspace import Workspace
from tui.bindings import keys_for, presses
from tui.safe_text import content, safe_fit
from tui.screens.find_asking import Asker, FindAnswer
from tui.screens.find_rows import EntryLines, FoundList
from tui.screens.parts import Heading
from tui.screens.rows import ListKeys
from tui.shell.shell import shell_of
from tui.widgets.bar import BarSlot
from tui.widgets.hints import Hints
from tui.widgets.line import PlainLine
from tui.widgets.lines import LineList, ScrollLines
from tui.widgets.looks import drawn
from tui.widgets.rules import RuleLine
from tui.words.find import filter_completed
from tui.words.moments import occurred_words

_SOON: Final = 0.3
"""Seconds of reading after which it is said how far it is, and again."""
_LOW, _HIGH = 22, 34
"""Lines of a screen below which, and from which on, less and more is shown of an entry."""
_ABOUT_FOUND: Final = ("go-there", "down", "up", "page-down", "page-up", "complete")
_NOTHING = "Nothing that was logged has that in it."
_HINT: Final = "narrow with kind:request  since:1sep  client:name"
_ANY: Final = "Any script, case and accents do not matter."


class FindScreen(ListKeys, Screen[None]):
    """`enter` goes to the entry under the cursor, `esc` back to where one was."""

    PLACE = "find"
    BINDINGS = keys_for("find")
    DEFAULT_CSS = """
    FindScreen #asked { height: 1; }
    FindScreen #slash { width: 3; }
    FindScreen PlainLine { width: 1fr; background: $ground; color: $text; }
    FindScreen #narrow { width: auto; padding: 0 1 0 2; }
    FindScreen #near { height: 1; padding: 0 2; }
    FindScreen #found { margin: 1 0 0 0; }
    FindScreen #below { height: 4; scrollbar-size-vertical: 0; }
    FindScreen.-low #below { height: 2; }
    FindScreen.-low #found { margin: 0; }
    FindScreen.-high #below { height: 9; }
    """

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.asker = Asker(Finder(workspace), lambda: workspace.today, self._show, self._take)
        self._wrong = ""
        self._head, self._rule = Heading("Find", "in all dockets"), RuleLine()
        self._list, self._below = FoundList(), EntryLines()

    def compose(self) -> ComposeResult:
        """Yield the line, the list, the entry under its cursor, and the hints."""
        yield self._head
        with Horizontal(id="asked"):
            yield Static(content(" / "), id="slash")
            yield PlainLine()
            yield Static(id="narrow")
        yield self._list
        yield self._rule
        yield self._below
        yield Static(id="near")
        yield Hints("find", self.workspace.config.keys)
        yield BarSlot()

    def on_mount(self) -> None:
        """Take the keys, and bring up to date what is looked through."""
        line = self.query_one(PlainLine)
        line.focus()
        self.set_interval(_SOON, self._tell_reading)
        line.value = vars(self).pop("words_wanted", "")
        line.cursor_position = len(line.value)
        if not line.value:  # else that is asked as it is taken in
            self._ask(None)

    def on_unmount(self) -> None:
        """Let go of what is looked through."""
        self.asker.leave()

    def on_resize(self, event: events.Resize) -> None:
        """Choose how much is shown of the entry under the cursor."""
        self.set_class(event.size.height < _LOW, "-low")
        self.set_class(event.size.height >= _HIGH, "-high")
        self._give_hint()

    @property
    def reading(self) -> ScrollLines:
        """The list that keys move."""
        return self._list

    @property
    def looked_for(self) -> str:
        """What is looked for; nothing once it is given up."""
        return "" if self.asker.left else self.query_one(PlainLine).value

    @property
    def client(self) -> str | None:
        """The client of the entry under the cursor."""
        return self._list.hit.client if self._list.hit else None

    def awaits(self, event: events.Key) -> bool:
        """Return whether a key is about what is still looked for."""
        own = self.workspace.config.keys
        return self.asker.worth_waiting and presses(event, own, *_ABOUT_FOUND)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look for what is typed; what is wrong is said, and what stands before it looked for."""
        event.stop()
        text, self._wrong = event.value.strip(), ""
        try:
            asked = self._read(text)
        except UsageError as error:
            self._wrong, asked = str(error), Filter()
            try:
                asked = self._read(text.rpartition(" ")[0])
            except UsageError:
                asked = Filter()
        self._give_hint()
        self._say_near()
        self._ask(asked if asked.terms else None)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go to the entry under the cursor."""
        event.stop()
        self.action_go_there()

    def cursor_moved(self, lines: LineList) -> None:
        """Show the entry that the cursor is on."""
        self._show_entry()

    def action_go_there(self) -> None:
        """Show the entry under the cursor on its docket; where none fits, take the nearest name."""
        if self.asker.busy:
            raise DocketError("The dockets are still being read", "", "esc stops it")
        if hit := self._list.hit:
            shell_of(self).look_at(hit.client, hit.seq)
        elif self.asker.answer.near:
            self.action_complete()

    def action_complete(self) -> None:
        """Complete the last word: a field, one of its values, or the name that is nearest."""
        line, answer = self.query_one(PlainLine), self.asker.answer
        names, own = self.asker.finder.names, self.workspace.config.kinds
        line.value = filter_completed(line.value, names, answer.near, own)
        line.cursor_position = len(line.value)

    async def action_back(self) -> None:
        """Leave all as it was."""
        self.asker.leave()
        self.dismiss(None)

    def _read(self, text: str) -> Filter:
        return parse_filter(text, self.workspace.today, self.workspace.config.kinds)

    def _ask(self, asked: Filter | None) -> None:
        if self.asker.ask(asked):
            self.run_worker(self.asker.work(), exit_on_error=False)

    def _show(self, answer: FindAnswer) -> None:
        """Show what was found."""
        names, counts = self.asker.finder.names, answer.found.counts
        whose = f"in {plural(len(names), 'docket')}, {_entries(answer.entries)}"
        fact = f"{_entries(answer.found.many)}, {plural(len(counts), 'client')}"
        self._wrong = self._wrong or answer.wrong
        self._head.show("Find", whose, fact if answer.asked else "")
        asked = answer.asked or Filter()
        nothing = _NOTHING if asked.terms and not self._wrong else ""
        self._list.show_found(answer.found, names, asked, self.workspace.today, nothing)
        self._say_near()
        self._take(answer.read)

    def _take(self, read: Mapping[Hit, Standing]) -> None:
        """Show entries that were read."""
        self._list.take(read)
        self._show_entry()

    def _show_entry(self) -> None:
        one = self._list.standing
        self._below.show(one, self._list.words)
        if one is None:
            self._rule.show("", "")
            return
        by = f", by {one.entry.channel}" if one.entry.channel else ""
        state = "  VOID" if one.void else "  amended" if one.amendments else ""
        kind = f" {one.entry.called or one.entry.kind}"
        title = [(f"#{one.seq}", "bold"), (kind, "dim"), (state, "bold")]
        self._rule.show(title, occurred_words(one.entry) + by)

    def _tell_reading(self) -> None:
        """Say how far the dockets are read, where that takes long."""
        if (part := self.asker.part_read) is not None:
            self._head.show("Find", "in all dockets", f"{part} % read, esc stops it")

    def _give_hint(self) -> None:
        """Say what a filter may hold, where the line leaves room for it."""
        narrow = self.query_one("#narrow", Static)
        narrow.update(drawn(self.app, [(_HINT, "dim")]))
        narrow.display = self.size.width > len(_HINT) + len(self.query_one(PlainLine).value) + 8

    def _say_near(self) -> None:
        """Say which names are near the words, or what is wrong with them."""
        line, answer = self.query_one("#near", Static), self.asker.answer
        words = " ".join(answer.asked.values("text")) if answer.asked else ""
        known = self.asker.finder.names
        names = ", ".join(known.get(client, client) for client in answer.near[:3])
        said = f"names near “{words}”: {names or 'none'}.  " if words else ""
        said += "tab takes the first" if names and words else _ANY
        look = "bold" if self._wrong else "dim"
        room = self.size.width - 4
        line.update(drawn(self.app, [(safe_fit(self._wrong or said, room), look)]))


def _entries(many: int) -> str:
    return plural(many, "entry", "entries")
