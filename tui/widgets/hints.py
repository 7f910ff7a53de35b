"""The last line of a screen: the keys that matter here, as many as fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from textual.content import Content
from textual.widget import Widget

from store.text.cells import cell_width
from tui.bindings import takes_text
from tui.commands import BY_ID, COMMANDS, OPENLY, PLACES, Command, commands_in
from tui.glyphs import glyphs
from tui.keys import key_name, key_shown, keys_of

_MAIN: Final = {
    "log": "log",
    "decide": "decide",
    "next": "step",
    "record": "record",
    "card": "card",
    "find-all": "find",
    "steps": "due",
    "help": "help",
    "quit": "quit",
    "zoom": "zoom",
    "next-decision": "next",
    "palette": "commands",
}
"""What the footer of the main screen has, in its order and in its words."""
_FIRST: Final = {
    "new-client": "add client",
    "log": "log",
    "palette": "commands",
    "help": "help",
    "quit": "quit",
}
"""What it has while there is no client that anything could be done about."""
_MOST: Final = 8
_KEY: Final = "bold not dim $text"
_GIVES_WAY: Final = (
    *("palette", "next-decision", "zoom", "card", "quit", "steps", "find-all", "record", "next"),
    *("decide", "log"),
)
"""What gives way where room is short, first to last; help stays."""


class Hints(Widget):
    """Draws the footer commands of `place`; help is kept when room is short."""

    DEFAULT_CSS = """
    Hints { dock: bottom; height: 1; padding: 0 1; content-align-vertical: bottom; }
    Hints { color: $dim; text-style: $dim-style; }
    """

    def __init__(self, place: str, own_keys: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self.place = place
        self.own_keys = own_keys or {}
        self.typing = self.zoomed = self.first = False

    def zoom(self, zoomed: bool) -> None:
        """Say first from now on how to give a zoomed pane its place back, or no longer."""
        if zoomed != self.zoomed:
            self.zoomed = zoomed
            self.refresh()

    def begin(self, first: bool) -> None:
        """Show from now on what there is to do without a client, or with some."""
        if first != self.first:
            self.first = first
            self.refresh()

    def on_mount(self) -> None:
        """Promise other keys where letters are text."""
        self.watch(self.screen, "focused", self._follow, init=False)

    def _follow(self, focused: Widget | None) -> None:
        typing = takes_text(focused)
        if typing != self.typing:
            self.typing = typing
            self.refresh()

    def render(self) -> Content:
        """Return the hints that fit the width."""
        if self.app.has_class("-eyes"):
            return open_hints(self.place, self.own_keys, self.size.width, typing=self.typing)
        width = self.size.width
        if self.first and not self.typing:
            return _drawn(_main(_FIRST, self.own_keys, width, zoomed=False))
        return hints(self.place, self.own_keys, width, typing=self.typing, zoomed=self.zoomed)


def hints(
    place: str, own: Mapping[str, str], width: int, *, typing: bool = False, zoomed: bool = False
) -> Content:
    """Return `n log  d decide ...` in at most `width` cells, help the last of at most eight.

    On a screen with a way back that comes first, then what is done there alone. While one is
    `typing`, only keys that are no letters do something else.
    """
    if place == "main" and not typing:
        return _drawn(_main(_MAIN, own, width, zoomed=zoomed))
    here = [one for one in COMMANDS if one in commands_in(place)]
    shown = [one for one in here if one.footer or place in one.footer_in]
    shown = sorted((one for one in shown if one.id not in ("help", "quit")), key=_places)
    back = [] if place == "main" else [BY_ID["back"]]
    keyed = [(keys_of(one, own), one.label) for one in (*back, *shown, BY_ID["help"])]
    if typing:
        keyed = [(tuple(key for key in keys if len(key) > 1), label) for keys, label in keyed]
    parts = [(key_name(keys[0]), label) for keys, label in keyed if keys]
    while parts and (_cells(parts) > width or len(parts) > _MOST):
        parts.pop(max(0, len(parts) - 2))
    return _drawn(parts)


def open_hints(place: str, own: Mapping[str, str], width: int, *, typing: bool = False) -> Content:
    """Return the chip that says that somebody looks along, and keys that work all the same."""
    parts = [(key_shown("eyes", own), "on")]
    for one in commands_in(place):
        keys = [key for key in keys_of(one, own) if len(key) > 1 or not typing]
        if one.id in OPENLY and one.id in (*_MAIN, "find", "back") and keys:
            parts.append((key_name(keys[0]), one.label))
    while len(parts) > 1 and (_cells(parts) > width or len(parts) > _MOST):
        parts.pop()
    return _drawn(parts)


def _places(command: Command) -> int:
    """Return in how many places a command does something."""
    return len(PLACES) if "everywhere" in command.where else len(command.where)


def _main(
    words: Mapping[str, str], own: Mapping[str, str], width: int, *, zoomed: bool
) -> list[tuple[str, str]]:
    """Return the keys of the main screen that fit, without those that give way first."""
    first = {"zoom": "unzoom"}
    words = {**first, **words, **first} if zoomed else words
    keys = {name: keys_of(BY_ID[name], own) for name in words}
    parts = {name: (key_name(keys[name][0]), said) for name, said in words.items() if keys[name]}
    if "next-decision" in parts:
        key, said = parts["next-decision"]
        parts["next-decision"] = key, f"{said} {glyphs().decide}"
    for name in _GIVES_WAY:
        if zoomed and name == "zoom":
            continue
        if _cells(list(parts.values())) <= width:
            break
        parts.pop(name, None)
    return list(parts.values())


def _cells(parts: Sequence[tuple[str, str]]) -> int:
    return sum(cell_width(key) + cell_width(label) + 3 for key, label in parts) - 2


def _drawn(parts: Sequence[tuple[str, str]]) -> Content:
    pieces: list[Content | str | tuple[str, str]] = []
    for number, (key, label) in enumerate(parts):
        pieces += ["  " if number else "", (key, _KEY), f" {label}"]
    return Content.assemble(*pieces)
