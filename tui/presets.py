"""The presets of keys, and the places where letters are text."""

from __future__ import annotations

from collections.abc import Mapping

WRITTEN_IN = frozenset(
    {
        *("choice", "exception", "correct", "welcome", "repair", "letter-text"),
        *("capture", "find", "vent"),
    }
)
"""Places, as the registry calls them, where only keys that are no letters do something."""
PRESET = "preset"
"""The row of the user's keys that names one of PRESETS; keys of their own go on top of it."""
PRESETS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "letters": {},
    "vi": {
        "pane-left": ("h", "left"),
        "pane-right": ("l", "right"),
        "page-down": ("ctrl+f", "pagedown", "space"),
        "page-up": ("ctrl+b", "pageup"),
        "decisions": ("Y",),
        "letter": ("L",),
    },
}
"""What other keys a preset has, by id."""
