"""The palette: every command of the registry by name, with its key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget

from store.capture.guide import EXAMPLES
from store.entries import KINDS
from store.text import fold
from tui.commands import COMMANDS, OPENLY, PLACES, Command
from tui.keys import key_name, keys_of
from tui.safe_text import safe_fit
from tui.widgets.bar import Bar
from tui.widgets.line import BarLine
from tui.widgets.lines import Cells, LineList

_HIDDEN = frozenset({"palette", "back", "complete"})
_LOG = "log"
_LEAST = 3
"""Letters from which on the beginning of a kind is one."""


class Choices(LineList, can_focus=False, inherit_bindings=False):
    """The commands that fit what is typed."""

    bare = True

    DEFAULT_CSS = """
    Choices { height: 8; scrollbar-size-vertical: 0; }
    """

    def __init__(self, place: str, own: Mapping[str, str]) -> None:
        super().__init__()
        self.place_name = place
        self.own = own
        self.shown: Sequence[Command] = matching("", place)
        self.line = ""

    def on_mount(self) -> None:
        """Show all there are, or those that work while somebody looks along."""
        self.find("")

    def find(self, typed: str) -> None:
        """Show what fits; only what works while somebody looks along, if it is open to them."""
        found, self.line = matching(typed, self.place_name), line_for(typed)
        self.shown = (
            [one for one in found if one.id in OPENLY] if self.app.has_class("-eyes") else found
        )

    def count(self) -> int:
        """Return how many fit, and one line to say so where none does."""
        return len(self.shown) or 1

    def cells(self, number: int, width: int) -> Cells:
        """Draw one command: its key, its name, what it does or where it works."""
        if not self.shown:
            return [("  No command is called that; n logs an entry, ? lists the keys", "dim")]
        command = self.shown[number]
        here = applies(command, self.place_name)
        keys = " ".join(key_name(key) for key in keys_of(command, self.own)[:2])
        does = f"type: {self.line}" if self.line and command.id == _LOG else command.help
        where = "" if here else f"in {' and '.join(PLACES[one] for one in command.where)}: "
        mark = "›" if number == self.cursor else " "
        return [
            (f"{mark} ", ""),
            (safe_fit(keys, 8), "bold"),
            (safe_fit(command.label, 12), ""),
            (safe_fit(f"{where}{does}", width - 22), "dim"),
        ]


class Palette(Bar):
    """Type a part of the name, `up` and `down` choose, `enter` does it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "choose(-1)"),
        Binding("down", "choose(1)"),
        Binding("pageup", "choose(-7)"),
        Binding("pagedown", "choose(7)"),
    ]

    class Chosen(Message):
        """A command is to be done."""

        def __init__(self, command: Command) -> None:
            super().__init__()
            self.command = command

    def __init__(self, place: str, own: Mapping[str, str], whose: str) -> None:
        super().__init__("Commands", whose)
        self._choices = Choices(place, own)

    def compose(self) -> list[Widget]:
        """Return the line to type on and the commands under it."""
        return [BarLine(hint="name of a command"), self._choices]

    def on_input_changed(self, event: BarLine.Changed) -> None:
        """Show what fits."""
        event.stop()
        self._choices.find(event.value)
        self._choices.place(0)

    def action_choose(self, by: int) -> None:
        """Move the choice."""
        self.query_one(Choices).step(by)

    async def accept(self) -> None:
        """Do what is chosen."""
        choices = self.query_one(Choices)
        if choices.shown:
            await self.close()
            self.app.post_message(self.Chosen(choices.shown[choices.cursor]))


def matching(typed: str, place: str) -> list[Command]:
    """Return the commands whose label, help or id hold the words typed, those that apply first.

    Where none does, a kind of entry finds the command that logs a line of it.
    """
    words = fold(typed).split()
    found = [
        command
        for command in COMMANDS
        if command.id not in _HIDDEN
        and all(word in fold(f"{command.label} {command.help} {command.id}") for word in words)
    ]
    if not found and line_for(typed):
        found = [command for command in COMMANDS if command.id == _LOG]
    return sorted(found, key=lambda one: (not applies(one, place), _rank(one, words)))


def line_for(typed: str) -> str:
    """Return a line to log that begins as typed, by its kind; empty where none does."""
    word = fold(typed).strip()
    if len(word) < _LEAST:
        return ""
    lines = (*EXAMPLES, *(f"{kind} …" for kind in KINDS))
    return next((line for line in lines if line.startswith(word)), "")


def applies(command: Command, place: str) -> bool:
    """Whether `command` does something in `place`."""
    return place in command.where or "everywhere" in command.where


def _rank(command: Command, words: Sequence[str]) -> int:
    label = fold(f"{command.label} {command.id}")
    return 0 if all(word in label for word in words) else 1
