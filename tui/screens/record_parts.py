"""The sections of a record beside what the cursor is on, each laid out for the room there is."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Final

from textual.app import ComposeResult
from textual.containers import Container, Vertical

from store.errors import UsageError
from store.journal import Line
from store.records import Preview, Section
from store.records.outbox import Export, exports_in
from store.workspace import Workspace
from tui.screens import record_rows as view
from tui.screens.preview import UNFOLD, preview_rows
from tui.screens.record_fields import Asking
from tui.screens.rows import BLANK, MEASURE, Row, RowList
from tui.widgets.aside import aside
from tui.widgets.lines import LineList
from tui.widgets.pane_rule import Divider
from tui.widgets.rules import RuleLine

_LONG: Final = 100_000
"""Characters of a section whose wrapping would be felt."""


class Parts(Container):
    """The sections beside what the cursor is on, each under its rule; zoomed, the whole document.

    The rule over the sections counts what of the docket is in it, that over the page how far it is
    read.
    """

    DEFAULT_CSS = """
    Parts { height: 1fr; layout: horizontal; }
    Parts #left { width: 27; height: 1fr; }
    Parts #right { width: 1fr; height: 1fr; }
    """

    def __init__(self, workspace: Workspace, client: str, asking: Asking) -> None:
        super().__init__()
        self.made: Preview | None = None
        self.refused = False
        self.exports: list[Export] = []
        self.shown: Sequence[Row] | None = None
        """What is shown in place of what the cursor is on."""
        self._at = "0"  # what the cursor was put on, which outlasts a document that is refused
        self._wrapped: dict[int, tuple[Section, int, Sequence[Row]]] = {}
        self._unfolded: set[str] = set()  # the tables, and the sections of a whole document
        self._workspace, self._client, self._asking = workspace, client, asking
        self.sections, self.preview = RowList(id="sections"), RowList(id="preview")
        self.over = {"sections": RuleLine(), "preview": RuleLine()}

    def compose(self) -> ComposeResult:
        """Yield the list and the page, each under its rule."""
        with Vertical(id="left"):
            yield from (self.over["sections"], self.sections)
        yield Divider()
        with Vertical(id="right"):
            yield from (self.over["preview"], self.preview)

    def on_mount(self) -> None:
        """Join the rule down the middle to those over the panes, and say how far one has read."""
        self.query_one(Divider).show((), ())
        self.over["preview"].follow(self.preview)

    def on_descendant_focus(self) -> None:
        """Make the rule over the pane that has the keys heavy."""
        self._show_focus()

    def on_descendant_blur(self) -> None:
        """Make no rule heavy while a field is typed in."""
        self._show_focus()

    def _show_focus(self) -> None:
        for pane in (self.sections, self.preview):
            self.over[pane.id or ""].show(focused=pane.has_focus)

    def cursor_moved(self, lines: LineList) -> None:
        """Preview what the cursor is on."""
        if lines is self.sections:
            self.shown = None
            self._at = self.sections.current.leads if self.sections.current else self._at
            self._show_preview()

    def draw(self) -> None:
        """Show all that is known by now, the cursor on the line it was put on."""
        sections, entries = self.sections, len(self._lines)
        rows = view.list_rows(self.made, len(self.exports), sections.room)
        sections.show(rows, keep=True)
        leads = [row.leads for row in sections.rows]  # lines above it may have come or gone
        if self._at in leads and leads.index(self._at) != sections.cursor:
            sections.place(leads.index(self._at))
        counted = view.title_of(self.made, entries, refused=self.refused)
        self.over["sections"].show(counted)
        self._show_preview()

    def _show_preview(self, *, keep: bool = False) -> None:
        """Show what the cursor is on, or what was written."""
        shown = (
            self.shown if self.shown is not None else self._rows(min(self.preview.room, MEASURE))
        )
        self.preview.show(shown, keep=keep)
        current = self.sections.current
        told = current.text.strip() if current and self.shown is None else "Written"
        self.over["preview"].show("The whole document" if self._whole else told)

    @property
    def _whole(self) -> bool:
        """Whether the whole document is read, its sections folded but those one opened."""
        return self.screen.has_class("-zoomed") and self.shown is None and self._at.isdigit()

    def _rows(self, width: int) -> Sequence[Row]:
        leads = self.sections.current.leads if self.sections.current else ""
        if leads == view.EXPORTS:
            return view.export_rows(self.exports, self._lines, width)
        if self.made is None or not leads:
            return ()
        if leads == view.LOOK:
            return view.look_rows(self.made, width)
        if leads == view.WRITE:
            return view.plan_rows(self._asking.request, self._asking.where, width)
        return self._whole_rows(width) if self._whole else self._section(int(leads), width)

    def _whole_rows(self, width: int) -> Sequence[Row]:
        """Return each section's title, and under it what it says where it is unfolded."""
        assert self.made is not None
        rows: list[Row] = []
        for number, section in enumerate(self.made.sections):
            unfolded = str(number) in self._unfolded
            rows.append(view.section_head(section, number, width, unfolded=unfolded))
            rows += [*self._section(number, width), BLANK] if unfolded else ()
        return rows

    def _section(self, number: int, width: int) -> Sequence[Row]:
        """Return the rows of a section; a long one is wrapped in a thread, then shown."""
        assert self.made is not None
        section = self.made.sections[number]
        if len(section.body) < _LONG:
            tables = (one.partition(":") for one in self._unfolded if ":" in one)
            open_ = [int(table) for at, _, table in tables if at == str(number)]
            return preview_rows(section, width, open_, f"{number}:")
        if (kept := self._wrapped.get(number)) and kept[0] is section and kept[1] == width:
            return kept[2]
        self.run_worker(self._wrap(section, number, width), group="preview", exclusive=True)
        return [Row.of(("One moment...", "dim"))]

    async def _wrap(self, section: Section, number: int, width: int) -> None:
        rows = await aside(preview_rows, section, width, (), f"{number}:")
        self._wrapped[number] = (section, width, rows)
        self._show_preview(keep=True)

    def look(self) -> None:
        """Go to what is to be looked at again, from where enter and j lead through it."""
        self._at, self.shown = view.LOOK, None
        self.sections.focus()
        self.draw()

    def zoom(self) -> None:
        """Give the whole screen to what is read, the whole document, or give it back."""
        self.screen.toggle_class("-zoomed")
        if self._whole:
            self._unfolded.add(self._at)
            self.call_after_refresh(self._go_to_section)
        (self.preview if self.screen.has_class("-zoomed") else self.sections).focus()
        self.call_after_refresh(self.draw)

    def _go_to_section(self) -> None:
        """Put the cursor on the title of the section one came from, at the top."""
        leads = [row.leads for row in self.preview.rows]
        wanted = f"{UNFOLD}{self._at}"
        if wanted in leads:
            self.preview.go(leads.index(wanted))
            self.preview.scroll_to(y=leads.index(wanted), animate=False, immediate=True)

    def back(self) -> bool:
        """Go one level back, and return whether there was one."""
        if self.screen.has_class("-zoomed"):
            self.zoom()
        elif not self.sections.has_focus:
            self.sections.focus()
        else:
            return False
        return True

    def unfold(self, part: str) -> None:
        """Show all of a table, or of a section; a section that is shown is folded again."""
        self._unfolded ^= {part}
        top, at = self.preview.scroll_offset.y, self.preview.cursor
        self._show_preview()
        self.preview.place(min(at, max(0, len(self.preview.rows) - 1)))
        self.preview.scroll_to(y=top, animate=False, immediate=True)

    def list_exports(self, wait: float = 0.0) -> None:
        """Look anew for exports in the folder, in a thread: it may be large, or far."""
        self.run_worker(self._list_exports(wait), group="exports", exclusive=True)

    async def _list_exports(self, wait: float) -> None:
        await asyncio.sleep(wait)
        try:
            folder = self._asking.folder
        except UsageError:  # said when it is written there
            return
        exports = await aside(exports_in, folder, self._client)
        if exports != self.exports:
            self.exports = exports
            self.draw()

    @property
    def _lines(self) -> Sequence[Line]:
        return self._workspace.file(self._client).lines
