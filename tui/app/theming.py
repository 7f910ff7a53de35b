"""Choosing a theme while the app runs: tried at once, kept in config.toml."""

from __future__ import annotations

from store.workspace import Workspace
from tui.app.appearance import Wardrobe
from tui.shell.shell import Shell
from tui.tokens import AUTO, THEMES
from tui.widgets.themes import ThemeBar


def theme_bar(app: Shell, wardrobe: Wardrobe, workspace: Workspace) -> ThemeBar:
    """Return the bar that chooses what `app` looks like."""

    def wear(name: str) -> None:
        wardrobe.asked = name
        app.dress(wardrobe.look)

    def keep(name: str) -> None:
        workspace.set_texts({"theme": "" if name == AUTO else name})
        words = "as the terminal is" if name == AUTO else THEMES[name].words
        app.say(f"Theme: {name}, {words}. It is kept in config.toml.")

    return ThemeBar(wardrobe.choices, wardrobe.asked, wear, keep)
