"""How the record screen shows what it knows: its lines above, the list, and the preview."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.widgets import Static

from store.journal import Line
from store.records import Section
from tui.safe_text import content, fit, wrap
from tui.screens import record_view as view
from tui.screens.record_exports import export_rows
from tui.screens.record_findings import finding_rows
from tui.screens.rows import Row

if TYPE_CHECKING:
    from tui.screens.record import RecordScreen


_LONG = 100_000
"""Characters of a section whose wrapping would be felt."""


class RecordDrawing:
    """Draws RecordScreen; it changes nothing that the screen holds."""

    at = "0"
    """What the line leads to that the cursor was put on; it outlasts a document that is refused."""
    _wrapped: tuple[Section, int, Sequence[Row]] | None = None
    """The long section that was wrapped last, and for which width."""

    def _screen(self) -> RecordScreen:
        from tui.screens.record import RecordScreen

        assert isinstance(self, RecordScreen)
        return self

    def draw(self) -> None:
        """Show all that is known by now, the cursor on the line it was put on."""
        screen = self._screen()
        own = screen.workspace.config.keys
        profiles = view.profiles(screen.profile, own, screen.size.width - 2)
        screen.query_one("#profiles", Static).update(profiles)
        extras = view.extras(screen.profile, own, html=screen.html, sign=screen.sign)
        screen.query_one("#extras", Static).update(extras)
        today = screen.workspace.clock().date()
        covers = screen.wrong or "\n".join(view.reading(screen.asked, screen.made, today))
        screen.query_one("#covers", Static).update(content(covers))
        rows = view.list_rows(screen.made, len(screen.exports), screen.sections.room)
        screen.sections.show(rows, keep=True)
        self._go_back_to(self.at)
        self.show_preview()

    def _go_back_to(self, leads: str) -> None:
        """Put the cursor on the line that leads there: lines above it may have come or gone."""
        screen = self._screen()
        rows = screen.sections.rows
        number = next((at for at, row in enumerate(rows) if row.leads == leads), None)
        if number is not None and number != screen.sections.cursor:
            screen.sections.place(number)

    def show_preview(self) -> None:
        """Show what the cursor is on, or what was written, and how much of the docket is in it."""
        screen = self._screen()
        if screen.shown is not None:
            screen.preview.show(screen.shown)
        else:
            screen.preview.show(self._rows(screen.preview.room))
        words = view.title_of(screen.made, len(self._lines), refused=screen.refused)
        screen.query_one("#rule", Static).update(content(_rule(words, screen.size.width - 2)))

    def _rows(self, width: int) -> Sequence[Row]:
        """Return what the cursor of the list is on."""
        screen = self._screen()
        row = screen.sections.current
        if row is None:
            return ()
        if row.leads == view.EXPORTS:
            return export_rows(screen.exports, self._lines, width)
        if screen.made is None:
            return ()
        if row.leads == view.LOOK:
            return finding_rows(screen.made.noticed, screen.made.notes, width)
        if row.leads == view.WRITE:
            return view.plan_rows(screen.asked, screen.fields.where, width)
        return self._section(screen.made.document.sections[int(row.leads)], width)

    def _section(self, section: Section, width: int) -> Sequence[Row]:
        """Return the rows of a section; a long one is wrapped in a thread, then shown."""
        if len(section.body) < _LONG:
            return view.preview_rows(section, width)
        if self._wrapped and self._wrapped[0] is section and self._wrapped[1] == width:
            return self._wrapped[2]
        self._screen().run_worker(self._wrap(section, width), group="preview", exclusive=True)
        return [Row.of(("One moment...", "dim"))]

    async def _wrap(self, section: Section, width: int) -> None:
        rows = await asyncio.to_thread(view.preview_rows, section, width)
        self._wrapped = (section, width, rows)
        self.show_preview()

    @property
    def _lines(self) -> Sequence[Line]:
        screen = self._screen()
        return screen.workspace.file(screen.client).lines


def _rule(words: str, room: int) -> str:
    """Return a rule with `words` on it, in two lines where they are long."""
    *lines, last = wrap(f"── {words}", max(20, room - 1))
    return "\n".join([*lines, fit(f"{last} ".ljust(room, "─"), room)])
