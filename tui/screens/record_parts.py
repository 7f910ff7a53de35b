"""The sections of a record beside what the cursor is on, each laid out for the room there is."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Final

from textual.app import ComposeResult
from textual.containers import Container
from textual.widgets import Static

from store.errors import UsageError
from store.journal import Line
from store.records import Preview, Section
from store.records.outbox import Export, exports_in
from store.workspace import Workspace
from tui.safe_text import content
from tui.screens import record_rows as view
from tui.screens.preview import preview_rows
from tui.screens.record_fields import Asking
from tui.screens.rows import Row, RowList
from tui.widgets.aside import aside
from tui.widgets.lines import LineList

_LONG: Final = 100_000
"""Characters of a section whose wrapping would be felt."""


class Parts(Container):
    """The sections beside what the cursor is on, under a rule that counts what is in the record."""

    DEFAULT_CSS = """
    Parts { height: 1fr; }
    Parts #rule { height: auto; max-height: 2; padding: 0 1; text-style: bold; }
    Parts #parts { layout: horizontal; height: 1fr; }
    Parts #sections { width: 33; }
    Parts #preview { width: 1fr; }
    """

    def __init__(self, workspace: Workspace, client: str, asking: Asking) -> None:
        super().__init__()
        self.made: Preview | None = None
        self.refused = False
        self.exports: list[Export] = []
        self.shown: Sequence[Row] | None = None
        """What is shown in place of what the cursor is on."""
        self._at = "0"  # what the cursor was put on, which outlasts a document that is refused
        self._wrapped: tuple[Section, int, Sequence[Row]] | None = None
        self._unfolded: tuple[str, frozenset[int]] = ("", frozenset())
        self._workspace, self._client, self._asking = workspace, client, asking

    def compose(self) -> ComposeResult:
        """Yield the rule, the list and the preview."""
        yield Static(id="rule")
        with Container(id="parts"):
            yield RowList(id="sections")
            yield RowList(id="preview")

    @property
    def sections(self) -> RowList:
        """The list of sections, and of what else can be looked at."""
        return self.query_one("#sections", RowList)

    @property
    def preview(self) -> RowList:
        """What the cursor of the list is on."""
        return self.query_one("#preview", RowList)

    def cursor_moved(self, lines: LineList) -> None:
        """Preview what the cursor is on."""
        if lines is self.sections:
            self.shown = None
            self._at = self.sections.current.leads if self.sections.current else self._at
            self._show_preview()

    def draw(self) -> None:
        """Show all that is known by now, the cursor on the line it was put on."""
        sections = self.sections
        sections.show(view.list_rows(self.made, len(self.exports), sections.room), keep=True)
        leads = [row.leads for row in sections.rows]  # lines above it may have come or gone
        if self._at in leads and leads.index(self._at) != sections.cursor:
            sections.place(leads.index(self._at))
        self._show_preview()

    def _show_preview(self) -> None:
        """Show what the cursor is on, or what was written, and how much of the docket is in it."""
        shown = self.shown if self.shown is not None else self._rows(self.preview.room)
        self.preview.show(shown)
        words = view.title_of(self.made, len(self._lines), refused=self.refused)
        rule = view.rule(words, self.screen.size.width - 2)
        self.query_one("#rule", Static).update(content(rule))

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
        return self._section(self.made.document.sections[int(leads)], width)

    def _section(self, section: Section, width: int) -> Sequence[Row]:
        """Return the rows of a section; a long one is wrapped in a thread, then shown."""
        if len(section.body) < _LONG:
            at, unfolded = self._unfolded
            return preview_rows(section, width, unfolded if at == self._at else ())
        if self._wrapped and self._wrapped[0] is section and self._wrapped[1] == width:
            return self._wrapped[2]
        self.run_worker(self._wrap(section, width), group="preview", exclusive=True)
        return [Row.of(("One moment...", "dim"))]

    async def _wrap(self, section: Section, width: int) -> None:
        rows = await aside(preview_rows, section, width)
        self._wrapped = (section, width, rows)
        self._show_preview()

    def look(self) -> None:
        """Go to what is to be looked at again, from where enter and j lead through it."""
        self._at, self.shown = view.LOOK, None
        self.sections.focus()
        self.draw()

    def zoom(self) -> None:
        """Give the whole screen to what is read, or give it back."""
        self.screen.toggle_class("-zoomed")
        (self.preview if self.screen.has_class("-zoomed") else self.sections).focus()
        self.call_after_refresh(self.draw)

    def back(self) -> bool:
        """Go one level back, and return whether there was one."""
        if self.screen.has_class("-zoomed"):
            self.zoom()
        elif not self.sections.has_focus:
            self.sections.focus()
        else:
            return False
        return True

    def unfold(self, table: int) -> None:
        """Show all rows of a table of the section that is shown, the cursor where it was."""
        at, before = self._unfolded
        self._unfolded = self._at, (before if at == self._at else frozenset()) | {table}
        top = self.preview.scroll_offset.y
        self._show_preview()
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
