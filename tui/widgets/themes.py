"""The bar of themes: each is worn as the cursor comes to it; `enter` keeps it, `esc` none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from textual import events
from textual.widget import Widget

from tui.glyphs import glyphs
from tui.safe_text import safe_fit
from tui.tokens import AUTO, THEMES
from tui.widgets.bar import Bar
from tui.widgets.lines import Cells, LineList

_NAME = 20
_AUTO = "dark or light, as the terminal is, or its colours"
_STEPS = {"up": -1, "k": -1, "down": 1, "j": 1}


class ThemeList(LineList, can_focus=False, inherit_bindings=False):
    """The themes that this terminal shows."""

    DEFAULT_CSS = """
    ThemeList { height: auto; max-height: 9; }
    """

    def __init__(self, names: Sequence[str], cursor: int) -> None:
        super().__init__()
        self.names, self.cursor = names, cursor

    def on_mount(self) -> None:
        """Take the room there is need for."""
        self.styles.height = len(self.names)
        self.measure()

    def count(self) -> int:
        """Return how many there are."""
        return len(self.names)

    def cells(self, number: int, width: int) -> Cells:
        """Draw one: its name and what it is."""
        name = self.names[number]
        words = _AUTO if name == AUTO else THEMES[name].words
        mark = glyphs().prompt if number == self.cursor else " "
        said = safe_fit(words, width - _NAME - 2)
        return [(f"{mark} ", ""), (name.ljust(_NAME), "bold"), (said, "dim")]


class ThemeBar(Bar, can_focus=True):
    """Chooses one of `names`: `wear` shows it, `keep` writes it down."""

    def __init__(
        self,
        names: Sequence[str],
        worn: str,
        wear: Callable[[str], None],
        keep: Callable[[str], None],
    ) -> None:
        super().__init__("Theme", keys=(("j k", "try"), ("enter", "keep"), ("esc", "as before")))
        self.names, self.before = names, worn
        self.wear, self.keep = wear, keep

    def compose(self) -> Iterable[Widget]:
        """Yield the list."""
        at = self.names.index(self.before) if self.before in self.names else 0
        yield ThemeList(self.names, at)

    def take_focus(self) -> None:
        """Take the focus."""
        self.came_from = self.screen.focused
        self.screen.set_focus(self)

    async def take_key(self, event: events.Key) -> bool:
        """Try the next, keep the one that is worn, or go back to the one before."""
        listed = self.query_one(ThemeList)
        if event.key in _STEPS:
            listed.step(_STEPS[event.key])
            self.wear(self.names[listed.cursor])
        elif event.key == "enter":
            await self.close()
            self.keep(self.names[listed.cursor])
        else:
            await self.cancel()
        return True

    async def cancel(self) -> None:
        """Go back to the theme before."""
        self.wear(self.before)
        await self.close()
