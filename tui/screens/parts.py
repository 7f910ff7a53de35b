"""What the secondary screens share: heading, message line, the list and what is behind a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen, ScreenResultType
from textual.widget import Widget
from textual.widgets import Static
from textual.worker import Worker

from store.docket import Docket, Standing
from store.workspace import Workspace
from tui.bindings import LEAVE, presses
from tui.safe_text import content, safe_fit, safe_wrap
from tui.screens.rows import BLANK, ListKeys, Row, RowList, paragraph
from tui.shell.long_work import LongWork
from tui.shell.shell import shell_of
from tui.widgets.aside import aside
from tui.widgets.fields import FormFields
from tui.widgets.lines import ScrollLines
from tui.widgets.looks import drawn
from tui.widgets.message import copy_in, say_in
from tui.widgets.rules import RuleLine, title_line
from tui.words import NEVER_EXPORTED
from tui.words.entry import brief, paragraphs_of

_Found = TypeVar("_Found")
PRIVATE_COPY = "It is private: mind where you paste it."
_FIVE = 5  # lines of the lower part, where the screen is smallest
_MOST_LINES = 4
_SHOWN = ("text", "quote", "added")


class Heading(Vertical):
    """What a screen is and whose, one fact at the right, and the rule that ends it.

    The rule says how far a list is read, where that does not fit.
    """

    DEFAULT_CSS = """
    Heading { dock: top; height: 2; }
    """

    def __init__(self, what: str, whose: str = "", fact: str = "") -> None:
        super().__init__()
        self.line, self.rule = _Title(what, whose, fact), RuleLine()

    def compose(self) -> ComposeResult:
        """Yield the line and the rule."""
        yield self.line
        yield self.rule

    def show(self, what: str, whose: str = "", fact: str = "", look: str = "") -> None:
        """Say something else from now on; `look` is that of the fact, where it has one."""
        self.line.said, self.line.look = (what, whose, fact), look
        self.line.refresh()

    def follow(self, lines: ScrollLines | FormFields) -> None:
        """Say from now on how far `lines` are read."""
        self.rule.follow(lines)


class _Title(Widget):
    DEFAULT_CSS = """
    _Title { height: 1; }
    """

    def __init__(self, *said: str) -> None:
        super().__init__()
        self.said = said
        self.look = ""

    def render(self) -> Content:
        what, whose, fact = self.said
        look = self.look or ("private" if fact == NEVER_EXPORTED else "dim")
        return drawn(self.app, title_line(what, whose, fact, self.size.width, look=look))


class Say(Static):
    """What there is to say of a screen for as long as that is so; takes no room while empty."""

    DEFAULT_CSS = """
    Say { height: auto; max-height: 4; padding: 0 1; display: none; }
    Say.-hint { color: $dim; text-style: $dim-style; }
    """

    def tell(self, text: str) -> None:
        """Show `text`, or nothing if it is empty."""
        self.set_class(False, "-hint")
        self.display = bool(text)
        self.update(content(text))

    def hint(self, text: str) -> None:
        """Show `text` greyed."""
        self.tell(text)
        self.set_class(True, "-hint")

    @property
    def told(self) -> str:
        """What is shown now."""
        return str(self.content) if self.display else ""


class Below(Vertical):
    """Takes the lines it needs while it is open, up to two fifths of the screen."""

    DEFAULT_CSS = """
    Below { max-height: 40%; display: none; }
    """

    def __init__(self) -> None:
        super().__init__()
        self.rule = RuleLine()

    def compose(self) -> ComposeResult:
        """Yield the title and the lines."""
        yield self.rule
        yield RowList(id="evidence")

    def on_mount(self) -> None:
        """Say how far the lines are read."""
        self.rule.follow(self.lines)

    def on_descendant_focus(self) -> None:
        """Show that keys go here."""
        self.rule.show(focused=True)

    def on_descendant_blur(self) -> None:
        """Show that keys go elsewhere."""
        self.rule.show(focused=False)

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
        self.rule.show(title)
        # A line that leads to less leaves it as large, so that the list above stays where it is.
        high = len(rows) + 1
        self.styles.height = max(high, self.size.height) if self.open else high
        self.display = True
        self.lines.show(rows)

    def close(self) -> None:
        """Hide it."""
        self.display = False


def evidence_rows(docket: Docket, about: str, numbers: Sequence[int], width: int) -> list[Row]:
    """Return what a number is about, then the entries it rests on, newest first."""
    rows = paragraph(about, width)
    found = [docket.find(seq) for seq in numbers]
    entries = sorted(
        (one for one in found if one is not None), key=lambda one: one.entry.occurred_at
    )
    for one in reversed(entries):
        rows += [BLANK, *_entry(one, width)]
    if not entries:
        rows += [BLANK, *paragraph("No entry stands behind it.", width, style="dim")]
    return rows


def _entry(found: Standing, width: int) -> list[Row]:
    number = f"#{found.seq}"
    line = safe_fit("  " + "  ".join(brief(found)), width - len(number))
    rows = [Row.of((number, "bold"), line)]
    told = [text for role, text in paragraphs_of(found) if role in _SHOWN]
    said = [line for text in told for line in safe_wrap(text, width - 4)]
    if len(said) > _MOST_LINES:
        said = [*said[: _MOST_LINES - 1], "…"]
    return rows + [Row.of("    ", line) for line in said]


class ListScreen(ListKeys, Screen[ScreenResultType]):
    """A screen about one list, with a line for messages; `work` is what a thread reads for it."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.work: Worker[None] | None = None
        self._long: LongWork | None = None

    async def aside(self, what: str, work: Callable[[], _Found]) -> _Found:
        """Return what `work` finds, in a thread that goes no further once the screen is left."""
        self._long = LongWork(what)
        with self._long.told_in(shell_of(self)):
            return await aside(work)

    def on_unmount(self) -> None:
        """Let what is read for it go no further."""
        if self._long:
            self._long.stop()

    def _on_mount(self, event: events.Mount) -> None:
        """Say in the heading how far the list is read."""
        super()._on_mount(event)
        for heading in self.query(Heading):
            heading.follow(self.listed)

    @property
    def listed(self) -> RowList:
        """The list."""
        return self.query(RowList).first()

    @property
    def reading(self) -> RowList:
        """The list that keys move."""
        return self.listed

    @property
    def works(self) -> bool:
        """Whether a thread reads something for it."""
        return self.work is not None and not self.work.is_finished

    def action_step(self, by: int) -> None:
        """Go some lines down, or say that there are no others."""
        if self.reading.still:
            self.tell("All of it is on the screen.")
        else:
            super().action_step(by)

    def awaits(self, event: events.Key) -> bool:
        """Return whether a key is about the list, which is being read."""
        return self.works and not presses(event, self.workspace.config.keys, *LEAVE)

    def lay_out(self) -> None:
        """Lay the lines out for the width there is."""
        raise NotImplementedError

    def on_resize(self) -> None:
        """Lay the lines out for the new width."""
        self.lay_out()

    def stand(self, text: str) -> None:
        """Say what is so for as long as it is, unless the screen was left meanwhile."""
        for say in self.query(Say):
            say.tell(text)

    def tell(self, text: str, *, error: bool = False) -> None:
        """Show a message."""
        say_in(self, text, error=error)

    def action_copy(self) -> None:
        """Copy what is said of the line under the cursor."""
        if row := self.listed.current:
            copy_in(self, row.about, more=PRIVATE_COPY)

    def action_back(self) -> None:
        """Leave."""
        self.dismiss(None)


class FreshScreen(ListScreen[None]):
    """One whose lines are few and made of a docket, anew whenever something may have changed."""

    def on_mount(self) -> None:
        """Let the keys go to the list."""
        self.reading.focus()

    def on_screen_resume(self) -> None:
        """Take in what was logged or corrected on another screen."""
        if self.is_mounted:
            self.lay_out()

    def on_capture_bar_logged(self) -> None:
        """Take in what was logged from here."""
        self.lay_out()


class BehindScreen(ListScreen[None]):
    """One that shows below the list what is behind the line its cursor is on."""

    @property
    def below(self) -> Below:
        """The lower part."""
        return self.query_one(Below)

    @property
    def reading(self) -> RowList:
        """The list that keys move."""
        return self.below.lines if self.below.lines.has_focus else self.listed

    def show_below(self, title: str, rows: Sequence[Row]) -> None:
        """Open the lower part, the cursor of the list still in view."""
        self.below.show(title, rows)
        self.call_after_refresh(self.listed.show_cursor)

    def show_entries(self, title: str, docket: Docket, about: str, numbers: Sequence[int]) -> None:
        """Show the entries behind a line, and what that line is about."""
        rows = evidence_rows(docket, about, numbers, self.below.lines.room)
        self.show_below(title + ", tab reads on" * (len(rows) > _FIVE), rows)

    def action_back(self) -> None:
        """Close the lower part; then leave."""
        if self.below.open:
            self.below.close()
            self.listed.focus()
        else:
            self.dismiss(None)
