"""Turns the registry of commands into Textual's bindings and keymap."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeGuard

from textual import events
from textual.binding import Binding, BindingType
from textual.widget import Widget

from tui.commands import BY_ID, COMMANDS
from tui.keys import keys_of

_NO_KEY: Final = "f99"
"""What no keyboard has: Textual takes an empty keymap for the default."""
_OF_TEXT: Final = frozenset({"Input", "TextArea"})
LEAVE: Final = ("back", "cancel", "quit", "help")
"""The commands that wait for nothing: whoever leaves has no use for what is being read."""


def presses(event: events.Key, own: Mapping[str, str], *commands: str) -> bool:
    """Whether `event` is a key of one of `commands`, some of which may be the user's own."""
    keys = {key for name in commands for key in keys_of(BY_ID[name], own)}
    return not keys.isdisjoint({event.key, event.character})


def takes_text(widget: Widget | None) -> TypeGuard[Widget]:
    """Whether letters are text where `widget` has the focus.

    It is told by name: an area to type on is loaded with the first form, not before.
    """
    return any(one.__name__ in _OF_TEXT for one in type(widget).__mro__)


def bindings_for(*places: str) -> list[BindingType]:
    """Return the bindings of `places`, for the BINDINGS of a screen or a widget.

    Each binding carries its command's id, so that a key of the user's own replaces it.
    """
    return bindings_of(*(one.id for place in places for one in COMMANDS if place in one.where))


def keys_for(*places: str) -> list[BindingType]:
    """Return the bindings of `places`, and the way back."""
    return [*bindings_for(*places), *bindings_of("back")]


def bindings_of(*names: str) -> list[BindingType]:
    """Return the bindings of the commands with those ids."""
    return [
        Binding(
            ",".join(command.keys) or _NO_KEY,
            command.action,
            command.label,
            id=command.id,
            priority=command.id in ("cancel", "suspend"),  # lines would copy or undo with them
        )
        for command in map(BY_ID.__getitem__, names)
    ]


def keymap(own: Mapping[str, str]) -> dict[str, str]:
    """Return Textual's keymap for the user's own keys, once `check_keys` found them right."""
    keys = {command: keys_of(command, own) for command in COMMANDS}
    changed = {command.id: now for command, now in keys.items() if now != command.keys}
    return {name: ",".join(now) or _NO_KEY for name, now in changed.items()}
