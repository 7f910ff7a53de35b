"""Small parts the secondary screens share: heading, message line, bars, keys."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from store.text.cells import cell_width
from tui.safe_text import content, fit
from tui.screens.rows import Row, RowList

PRIVATE = "private, never exported"


def bar(burden: float, cells: int) -> str:
    """Return `burden` (0 to 1) as a bar of `cells` cells; anything above 0 shows."""
    filled = min(cells, max(1 if burden > 0 else 0, round(burden * cells)))
    return "█" * filled + "░" * (cells - filled)


class Heading(Widget):
    """The first line of a screen: what it is and for whom, and a note at the right."""

    DEFAULT_CSS = """
    Heading { dock: top; height: 1; padding: 0 1; text-style: bold; }
    """

    def __init__(self, title: str, note: str = "") -> None:
        super().__init__()
        self.title = title
        self.note = note

    def render(self) -> Content:
        """Return the line for the present width."""
        return heading(self.title, self.note, self.size.width)


def heading(title: str, note: str, width: int) -> Content:
    """Return `title` and, where there is room, `note` at the right end of `width` cells."""
    note = f"  {note}" if note else ""
    room = max(12, width - cell_width(note))
    if room + cell_width(note) > width:
        room, note = width, ""
    return content(fit(title, room) + note)


class Say(Static):
    """One message under a form: what went wrong or what was done; takes no room while empty."""

    DEFAULT_CSS = """
    Say { height: auto; max-height: 4; padding: 0 1; display: none; }
    Say.-error { text-style: bold; }
    Say.-hint { text-style: dim; }
    """

    def tell(self, text: str, *, error: bool = False) -> None:
        """Show `text`, or nothing if it is empty; an error also starts with `!`."""
        self.set_class(error, "-error")
        self.set_class(False, "-hint")
        self.display = bool(text)
        self.update(content(f"! {text}" if error else text))

    def hint(self, text: str) -> None:
        """Show `text` greyed."""
        self.tell(text)
        self.set_class(True, "-hint")

    @property
    def told(self) -> str:
        """What is shown now."""
        return str(self.content) if self.display else ""


class Below(Vertical):
    """Takes the lower two fifths while it is open."""

    DEFAULT_CSS = """
    Below { height: 40%; display: none; }
    Below #below-title { height: 1; padding: 0 1; text-style: bold; }
    """

    def compose(self) -> ComposeResult:
        """Yield the title and the lines."""
        yield Static(id="below-title")
        yield RowList(id="evidence")

    @property
    def lines(self) -> RowList:
        """The lines, which `tab` goes to."""
        return self.query_one(RowList)

    @property
    def open(self) -> bool:
        """Whether it is shown."""
        return bool(self.display)

    def show(self, title: str, rows: Sequence[Row]) -> None:
        """Show `rows` under a title that runs across the screen."""
        room = max(10, self.screen.size.width - 2)
        line = fit(f"── {title} ".ljust(room, "─"), room)
        self.query_one("#below-title", Static).update(content(line))
        self.display = True
        self.lines.show(rows)

    def close(self) -> None:
        """Hide it."""
        self.display = False
