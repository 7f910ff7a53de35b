"""The help screen: the keys of the place it was called from, out of the registry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from textual.app import ComposeResult
from textual.screen import Screen

from store.capture.guide import guide_lines
from store.decision.scale import VERDICT, Verdict
from store.text.cells import cell_width
from tui.bindings import bindings_of
from tui.commands import COMMANDS, MOVES, OPENLY, PLACES, Command
from tui.glyphs import glyphs
from tui.keys import key_name, key_shown, keys_in
from tui.presets import WRITTEN_IN
from tui.safe_text import safe_wrap
from tui.screens.parts import Heading
from tui.screens.rows import ListKeys
from tui.tokens import VERDICT_LOOKS
from tui.widgets.hints import Hints
from tui.widgets.lines import Cells, ScrollLines
from tui.widgets.rules import rule_line

CAPTURE_HELP = (
    *guide_lines(),
    "The client may come first: acme thanks for the logo. Kinds by name or alias, whole.",
)
_KEYS, _MOST_KEYS, _FEW = 6, 19, 3
"""Cells of the column of keys, at least and at most; and the keys from which on one stands for all.
"""
_INDENT, _GAP, _LEAST = 2, 2, 16


class HelpLines(ScrollLines):
    """The help, drawn a line at a time."""

    def __init__(self, where: str, own: Mapping[str, str]) -> None:
        super().__init__()
        self.where, self.own = where, own
        self.text: Sequence[Cells] = ()

    def measure(self) -> None:
        """Lay the help out for the width there is."""
        openly = self.app.has_class("-eyes")
        self.text = help_lines(self.where, self.own, self.room, openly=openly)
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
    HelpScreen HelpLines { height: 1fr; scrollbar-size-vertical: 0; }
    """

    def __init__(self, where: str = "main", own: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self.where = where
        self.own = own or {}

    def compose(self) -> ComposeResult:
        """Yield the lines and the hints."""
        lines = HelpLines(self.where, self.own)
        heading = Heading("Help", PLACES.get(self.where, PLACES["main"]).lower())
        heading.follow(lines)
        yield heading
        yield lines
        yield Hints("help", self.own)

    @property
    def reading(self) -> HelpLines:
        """The lines, which keys scroll."""
        return self.query_one(HelpLines)

    def on_mount(self) -> None:
        """Let the keys scroll."""
        self.reading.focus()

    def show_anew(self) -> None:
        """Tell of what works now."""
        self.reading.measure()

    def action_back(self) -> None:
        """Close the help."""
        self.dismiss(None)


def help_lines(
    where: str, own: Mapping[str, str], width: int, *, openly: bool = False
) -> Sequence[Cells]:
    """Return the lines of the help for the place `where`, none wider than `width` cells.

    `openly` they tell only of what works while somebody looks along.
    """
    place = where if where in PLACES else "main"
    here = [command for command in COMMANDS if place in command.where]
    everywhere = [command for command in COMMANDS if "everywhere" in command.where]
    lines: list[Cells] = _first_page(own, width) if place == "main" and not openly else []
    parts: list[tuple[str, list[tuple[str, Command]]]] = []
    for title, commands in ((PLACES[place], here), (PLACES["everywhere"], everywhere)):
        told = []
        for command in commands:
            given = keys_in(place, command, own)
            hidden = openly and command.id not in OPENLY
            if (given or place not in WRITTEN_IN) and not hidden:
                told.append((_keys(command, given, own), command))
        parts.append((title, told))
    listed = [one for _, told in parts for one in told]
    keys = min(_MOST_KEYS, max(_KEYS, *(cell_width(keys) for keys, _ in listed))) + _GAP
    label = max(cell_width(command.label) for _, command in listed) + _GAP
    for title, told in parts:
        lines.append(rule_line(width, title))
        for shown, command in told:
            lines += _lines(f"{shown:>{keys - _GAP}}{' ':{_GAP}}", command, label, width)
    if openly:
        return lines
    lines.append(rule_line(width, "Quick capture, and what its line may hold"))
    for text in CAPTURE_HELP:
        lines += [[(f"   {part}", "")] for part in safe_wrap(text, width - 3)]
    return lines


def _first_page(own: Mapping[str, str], width: int) -> list[Cells]:
    """Return how to log, and what the marks and words of the main screen mean."""
    log, signs = key_shown("log", own), glyphs()
    wide = [max(len(text), len(below)) + 1 for text, below, _ in _EXAMPLE]
    example = [(one[0].ljust(room), one[2]) for one, room in zip(_EXAMPLE, wide, strict=True)]
    below = [(one[1].ljust(room), "dim") for one, room in zip(_EXAMPLE, wide, strict=True)]
    told: list[Cells] = [
        [("  Log what happened", "bold"), (f"  press {log}, then one line:", "")],
        [("    ", ""), *example],
        [("    ", ""), *below],
        rule_line(width, "Marks and words"),
        [
            (f"  {signs.decide}", "heat1"),
            (" a decision is due   ", "dim"),
            ("!", "heat1"),
            (" !!", "heat2"),
            (" !!!", "heat3"),
            (" how bad   ", "dim"),
            (signs.cursor, "focus"),
            (" the cursor", "dim"),
        ],
    ]
    for verdict, meaning in _WORDS.items():
        word = VERDICT[verdict].short
        told.append([(f"  {word:<7}", VERDICT_LOOKS[verdict]), (meaning, "dim")])
    return [*told, [("  keep?  ", "unknown"), ("keep, but too little is known", "dim")]]


_EXAMPLE: Final = (
    ("late BM-14", "kind what ", "text"),
    ("still unpaid", "words", "text"),
    ("!2", "how bad", "heat2"),
    ("@yesterday", "when", "text"),
    ("+0.5h", "hours", "money"),
)
"""A line of quick capture in its parts, what each is, and what it looks like."""
_WORDS: Final[Mapping[Verdict, str]] = {
    "walk-away": "walk away: finish what you promised, part well",
    "stop-work": "stop work until they pay",
    "set-boundaries": "set boundaries: say what you need, by a day",
    "keep": "keep them as they are",
}


def _keys(command: Command, given: Sequence[str], own: Mapping[str, str]) -> str:
    """Return the keys of a command: of a row of keys, as the digits are, the first alone."""
    if not given:
        return key_shown(command.id, own)
    return "  ".join(map(key_name, given if len(given) <= _FEW else given[:1]))


def _lines(keys: str, command: Command, label: int, width: int) -> list[Cells]:
    before = _INDENT + cell_width(keys) + label
    first, *rest = safe_wrap(command.help, max(_LEAST, width - before))
    return [
        [
            (" " * _INDENT, ""),
            (keys, "bold"),
            (command.label.ljust(label), ""),
            (first, "dim"),
        ],
        *([(" " * before, ""), (part, "dim")] for part in rest),
    ]
