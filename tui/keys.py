"""The keys of commands: which do what where, with the user's own, and how people read them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from store.errors import DocketError
from tui.commands import BY_ID, COMMANDS, DIGITS, Command
from tui.presets import PRESET, PRESETS, WRITTEN_IN

_NAMES = {"up": "↑", "down": "↓", "left": "←", "right": "→", "escape": "esc"}
_NAMES |= {"pageup": "pgup", "pagedown": "pgdn"}
_PLAIN = frozenset({"enter", "tab", "space", "home", "end", "insert", "delete", "backspace"})


def keys_in(place: str, command: Command, own: Mapping[str, str]) -> tuple[str, ...]:
    """Return the keys of `command` that do it in `place`: where one writes, no letters do."""
    everywhere = "everywhere" in command.where
    return tuple(
        key
        for key in keys_of(command, own)
        if len(key) > 1 or not (everywhere and place in WRITTEN_IN)
    )


def keys_of(command: Command, own: Mapping[str, str]) -> tuple[str, ...]:
    """Return the keys of `command`: a key of the user's own takes the place of its letters.

    A key that the user has given to another command is no key of it any more.
    """
    mine = own.get(command.id)
    return tuple(
        key for key in _wanted(command, own) if key == mine or not _takers(key, command, own)
    )


def preset_words(own: Mapping[str, str]) -> str:
    """Return what the preset in force has moved, or nothing."""
    moved = [
        f"{BY_ID[name].label} is {' '.join(map(key_name, keys))}"
        for name, keys in PRESETS.get(own.get(PRESET, ""), {}).items()
    ]
    return f"Preset {own[PRESET]}: {', '.join(moved)}." if moved else ""


def _wanted(command: Command, own: Mapping[str, str]) -> tuple[str, ...]:
    keys = PRESETS.get(own.get(PRESET, ""), {}).get(command.id, command.keys)
    if command.id not in own:
        return keys
    return (own[command.id], *(key for key in keys if len(key) > 1))


def _takers(key: str, command: Command, own: Mapping[str, str]) -> list[str]:
    """Return the commands that the user has given `key` to, where `command` waits for it too."""
    given = [name for name in own if own[name] == key and name in BY_ID]
    return [name for name in given if name != command.id and _meet(BY_ID[name], command)]


def key_shown(name: str, own: Mapping[str, str]) -> str:
    """Return the key to press for the command called `name`, as people read it."""
    keys = keys_of(BY_ID[name], own)
    return key_name(keys[0]) if keys else f"{key_shown('palette', own)} {BY_ID[name].label}"


def key_name(key: str) -> str:
    """Return `key` as people read it, such as `esc` or `ctrl+s`."""
    return _NAMES.get(key, key)


def stray_words(key: str, typed: str | None, place: str, own: Mapping[str, str]) -> str:
    """Return what to say of a key that does nothing on the screen of `place`.

    `typed` is the letter it writes, if any. What neither writes one nor does anything on another
    screen is nobody's wish: of that nothing is said.
    """
    written = typed or ""
    meant = [one for one in COMMANDS if not {key, written}.isdisjoint(keys_of(one, own))]
    if not meant and not (written.isprintable() and written):
        return ""
    labels = {one.label for one in meant}
    called = f" ({labels.pop()})" if len(labels) == 1 else ""
    name = key_name(key if not written.isprintable() or written in ("", " ") else written)
    way = ("back", "goes back") if place == "help" else ("help", "has the keys that do")
    return f"{name}{called} does nothing here; {key_shown(way[0], own)} {way[1]}."


def check_keys(own: Mapping[str, str]) -> dict[str, str]:
    """Return the user's keys (action id to key), or raise DocketError naming the wrong one."""
    if own.get(PRESET, "letters") not in PRESETS:
        raise DocketError(
            f"There is no preset '{own[PRESET][:40]}' of keys",
            "it stands in the [keys] of config.toml",
            f"Write {' or '.join(PRESETS)}",
        )
    known = {name: key for name, key in own.items() if name in BY_ID}
    for name, key in known.items():
        if not _is_key(key):
            raise DocketError(
                f"'{key[:40]}' is no key",
                "it stands in the [keys] of config.toml",
                "Use one character, or a name such as f5 or ctrl+t",
            )
        if others := _takers(key, BY_ID[name], known):
            raise DocketError(
                f"The key '{key_name(key)}' is given to both {name} and {others[0]}",
                "one key does one thing",
                "Change one of them in the [keys] of config.toml",
            )
    return known | ({PRESET: own[PRESET]} if PRESET in own else {})


def keys_passed(own: Mapping[str, str]) -> list[str]:
    """Return what there is to say of keys that are right: the user's stand, whatever they meet."""
    unknown = [
        f"keys.{name[:40]}: there is no such action" for name in own if name not in {PRESET, *BY_ID}
    ]
    met = [
        f"keys.{taker}: {key_name(key)} is {command.id} by default, and yours stands"
        for command in COMMANDS
        for key in _wanted(command, own)
        if key != own.get(command.id)
        for taker in _takers(key, command, own)
    ]
    return unknown + met


def _is_key(key: str) -> bool:
    named = re.fullmatch(r"f\d{1,2}|(ctrl|alt|shift)\+\w+", key) or key in _NAMES.keys() | _PLAIN
    return bool(named) or (len(key) == 1 and key.isprintable() and key not in " ,")


def _meet(one: Command, other: Command) -> bool:
    """Whether there is a place where both wait for a key; digits that rate are typed there."""
    if DIGITS in (one.keys, other.keys):
        return False
    reach = {*one.where, *other.where}
    return "everywhere" in reach or not set(one.where).isdisjoint(other.where)
