"""Turns the registry of commands into Textual's bindings and keymap."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from textual import events
from textual.binding import Binding, BindingType

from tui.commands import BY_ID, Command, commands_in, keys_of

LEAVE: Final = ("back", "cancel", "quit", "help")
"""The commands that wait for nothing: whoever leaves has no use for what is being read."""


def presses(event: events.Key, own: Mapping[str, str], *commands: str) -> bool:
    """Whether `event` is a key of one of `commands`, some of which may be the user's own."""
    keys = {key for name in commands for key in keys_of(BY_ID[name], own)}
    return not keys.isdisjoint({event.key, event.character})


def action_of(command: Command) -> str:
    """Return the name of the action method: `pane-log` is done by `action_pane_log`."""
    return command.id.replace("-", "_")


def bindings_for(place: str) -> list[BindingType]:
    """Return the bindings of a screen, for its BINDINGS; those of `everywhere` are the app's.

    Each binding carries its command's id, so that a key of the user's own replaces it.
    """
    return [
        Binding(
            ",".join(command.keys),
            action_of(command),
            command.label,
            id=command.id,
            priority=command.id == "cancel",  # lines and lists would copy with it
        )
        for command in commands_in(place)
        if place == "everywhere" or place in command.where
    ]


def keymap(own: Mapping[str, str]) -> dict[str, str]:
    """Return Textual's keymap for the user's own keys, once `check_keys` found them right."""
    return {name: ",".join(keys_of(BY_ID[name], own)) for name in own}
