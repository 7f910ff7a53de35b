"""Turns the registry of commands into Textual's bindings and keymap."""

from __future__ import annotations

from collections.abc import Mapping

from textual.binding import Binding, BindingType

from tui.commands import BY_ID, Command, commands_in, keys_of


def action_of(command: Command) -> str:
    """Return the name of the action method: `pane-log` is done by `action_pane_log`."""
    return command.id.replace("-", "_")


def bindings_for(place: str) -> list[BindingType]:
    """Return the bindings of a screen, for its BINDINGS; those of `everywhere` are the app's.

    Each binding carries its command's id, so that a key of the user's own replaces it.
    """
    return [
        Binding(",".join(command.keys), action_of(command), command.label, id=command.id)
        for command in commands_in(place)
        if place == "everywhere" or place in command.where
    ]


def keymap(own: Mapping[str, str]) -> dict[str, str]:
    """Return Textual's keymap for the user's own keys, once `check_keys` found them right."""
    return {name: ",".join(keys_of(BY_ID[name], own)) for name in own}
