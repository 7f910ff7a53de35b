"""The help screen: the keys of the place it was called from, out of the registry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen

from store.capture.guide import guide_lines
from tui.bindings import bindings_of
from tui.commands import COMMANDS, MOVES, PLACES, Command, key_name, key_shown, keys_in
from tui.presets import WRITTEN_IN
from tui.safe_text import safe_fit, safe_wrap
from tui.screens.rows import ListKeys
from tui.widgets.hints import Hints
from tui.widgets.lines import Cells, ScrollLines

CAPTURE_HELP = (
    *guide_lines(),
    "The client may come first: acme thanks for the logo. Kinds by name or alias, whole.",
)
_KEYS = 12
_LABEL = 11
_BEFORE = 3 + _KEYS + _LABEL


class HelpLines(ScrollLines):
    """The help, drawn a line at a time."""

    def __init__(self, where: str, own: Mapping[str, str]) -> None:
        super().__init__()
        self.where, self.own = where, own
        self.text: Sequence[Cells] = ()

    def measure(self) -> None:
        """Lay the help out for the width there is."""
        self.text = help_lines(self.where, self.own, self.room)
        super().measure()

    def count(self) -> int:
        """Return the number of lines."""
        return len(self.text)

    def cells(self, number: int, width: int) -> Cells:
        """Draw one line."""
        return self.text[number]


class HelpScreen(ListKeys, Screen[None]):
    """Keys of the place `where`, then those that work everywhere, then how to capture."""

    PLACE = "help"
    BINDINGS = bindings_of(*MOVES, "back")
    DEFAULT_CSS = """
    HelpScreen HelpLines { height: 1fr; border: round $focus; }
    """

    def __init__(self, where: str = "main", own: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self.where = where
        self.own = own or {}

    def compose(self) -> ComposeResult:
        """Yield the lines and the hints."""
        lines = HelpLines(self.where, self.own)
        lines.border_title = Content(f"Help: {PLACES.get(self.where, PLACES['main'])}")
        yield lines
        yield Hints("help", self.own)

    @property
    def reading(self) -> HelpLines:
        """The lines, which keys scroll."""
        return self.query_one(HelpLines)

    def on_mount(self) -> None:
        """Let the keys scroll."""
        self.reading.focus()

    def action_back(self) -> None:
        """Close the help."""
        self.dismiss(None)


def help_lines(where: str, own: Mapping[str, str], width: int) -> Sequence[Cells]:
    """Return the lines of the help for the place `where`, none wider than `width` cells."""
    place = where if where in PLACES else "main"
    here = [command for command in COMMANDS if place in command.where]
    everywhere = [command for command in COMMANDS if "everywhere" in command.where]
    lines: list[Cells] = []
    for title, commands in ((PLACES[place], here), (PLACES["everywhere"], everywhere)):
        lines.append([(f" {title}", "bold underline")])
        for command in commands:
            given = keys_in(place, command, own)
            if given or place not in WRITTEN_IN:
                lines += _lines(command, given, own, width)
        lines.append([])
    lines.append([(" Quick capture, and what its line may hold", "bold underline")])
    for text in CAPTURE_HELP:
        lines += [[(f"   {part}", "")] for part in safe_wrap(text, width - 3)]
    return lines


def _lines(
    command: Command, given: Sequence[str], own: Mapping[str, str], width: int
) -> list[Cells]:
    keys = "  ".join(map(key_name, given)) if given else key_shown(command.id, own)
    first, *rest = safe_wrap(command.help, width - _BEFORE)
    return [
        [
            ("   ", ""),
            (safe_fit(keys, _KEYS), "bold"),
            (safe_fit(command.label, _LABEL), ""),
            (first, "dim"),
        ],
        *([(" " * _BEFORE, ""), (part, "dim")] for part in rest),
    ]
