"""The record: for whom, which days, a preview by section, and a folder that is verified."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.screen import Screen
from textual.widgets import Input, Static

from store.errors import DocketError, UsageError
from store.records import (
    Purpose,
    Record,
    RecordOptions,
    WrittenRecord,
    dispute_record,
    verify_record,
    write_record,
)
from store.workspace import Workspace
from tui.safe_text import content, fit
from tui.screens import record_view as view
from tui.screens.form import Field, LineInput
from tui.screens.parts import Heading, Say, keys_for
from tui.screens.reading import Reading
from tui.screens.rows import Row, RowList
from tui.widgets.hints import Hints

_WIDE = 76
_PAUSE = 0.25


class RecordScreen(Reading, Screen[WrittenRecord | None]):
    """Shows the record as it would be written; `w` writes it. Dismissed with the last written."""

    DEFAULT_CSS = """
    RecordScreen #purpose { height: 1; padding: 0 1 0 3; }
    RecordScreen #covers { height: 1; padding: 0 1 0 15; }
    RecordScreen .rule { height: 1; padding: 0 1; text-style: bold; }
    RecordScreen #parts { layout: horizontal; height: 1fr; }
    RecordScreen #sections { width: 33; }
    RecordScreen #preview { width: 1fr; }
    RecordScreen.-narrow #parts { layout: vertical; }
    RecordScreen.-narrow #sections { width: 100%; height: 4; }
    """
    BINDINGS = keys_for("record")
    PLACE = "record"

    def __init__(self, workspace: Workspace, client: str) -> None:
        super().__init__()
        self.workspace = workspace
        self.client = client
        self.purpose: Purpose = "court"
        self.record: Record | None = None
        self.written: WrittenRecord | None = None
        self._shown: Sequence[Row] | None = None

    def compose(self) -> ComposeResult:
        """Yield purpose, period and folder, then the sections beside the one selected."""
        docket = self.workspace.docket(self.client)
        yield Heading(f"Record: {docket.name}", "scores and answers are never in it")
        yield Static(id="purpose")
        yield Field("from", LineInput("since", example="the start; or type 1 Oct, or 3m ago"))
        yield Field("until", LineInput("until", example="today"))
        yield Static(id="covers")
        yield Field("folder", LineInput("folder", str(Path.cwd())))
        yield Static(classes="rule", id="rule")
        with Container(id="parts"):
            yield RowList(id="sections")
            yield RowList(id="preview")
        yield Say()
        yield Hints("record", self.workspace.config.keys)

    def on_mount(self) -> None:
        """Show the record for a court, the whole docket."""
        self.sections.focus()
        self._remake()

    def on_resize(self, event: events.Resize) -> None:
        """Put the sections above the preview where it is narrow."""
        self.set_class(event.size.width < _WIDE, "-narrow")
        self.call_after_refresh(self._draw)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Read the period back; the record follows it."""
        if event.input.id in ("since", "until") and self.is_mounted:
            self._remake(_PAUSE)

    def on_input_submitted(self) -> None:
        """Go to the next field, from the last one to the sections."""
        self.focus_next()

    def on_line_list_moved(self, event: RowList.Moved) -> None:
        """Preview the section the cursor is on."""
        if event.lines is self.sections:
            self._shown = None
            self._preview()

    def on_capture_bar_logged(self) -> None:
        """Take in what was logged from here."""
        self._remake()

    def action_for_court(self) -> None:
        """Make it for a court."""
        self._choose("court")

    def action_for_platform(self) -> None:
        """Make it for a platform."""
        self._choose("platform")

    def action_for_mediator(self) -> None:
        """Make it for a mediator."""
        self._choose("mediator")

    def action_for_own(self) -> None:
        """Make it for the own files."""
        self._choose("own")

    def action_period(self) -> None:
        """Go to the period."""
        self.query_one("#since", Input).focus()

    def action_open(self) -> None:
        """Read the section, or write the record from the last line."""
        if self.record is None or not self.sections.has_focus:
            return
        if self.sections.cursor >= len(self.record.sections):
            self.action_write()
        else:
            self.preview.focus()

    def action_write(self) -> None:
        """Write the record, verify it, and say both."""
        self.query_one(Say).tell("Writing and verifying it...")
        self.call_after_refresh(self._write)

    def action_copy(self) -> None:
        """Copy the path of the record to the user's own clipboard."""
        say = self.query_one(Say)
        if self.written is None:
            say.tell("Nothing is written yet: w writes it.", error=True)
            return
        self.app.copy_to_clipboard(str(self.written.document))
        say.tell("The path is copied.")

    def action_back(self) -> None:
        """Go back to the sections; then leave."""
        if self.sections.has_focus:
            self.dismiss(self.written)
        else:
            self.sections.focus()

    @property
    def sections(self) -> RowList:
        """The list of sections."""
        return self.query_one("#sections", RowList)

    @property
    def preview(self) -> RowList:
        """The section that is shown."""
        return self.query_one("#preview", RowList)

    @property
    def reading(self) -> RowList:
        """The list that keys move."""
        return self.preview if self.preview.has_focus else self.sections

    def _write(self) -> None:
        say = self.query_one(Say)
        folder = Path(self.query_one("#folder", Input).value.strip() or ".")
        try:
            folder = folder.expanduser().absolute()
            written = write_record(self.workspace, self.client, self._options(), folder)
            self.written = written
            report = verify_record(written.folder)
        except DocketError as error:
            say.tell(str(error), error=True)
            return
        except RuntimeError:  # pathlib's word for a home that is not known
            say.tell("There is no such user. Write the folder in full.", error=True)
            return
        say.tell("Written and verified. y copies the path." if report.ok else "It does not verify.")
        self._shown = view.written_rows(written, report, self.preview.room)
        self._preview()

    def _choose(self, purpose: Purpose) -> None:
        self.purpose = purpose
        self._remake()

    def _options(self) -> RecordOptions:
        now = self.workspace.clock()
        since, until = (self.query_one(f"#{end}", Input).value for end in ("since", "until"))
        return RecordOptions(
            purpose=self.purpose,
            since=view.past_day(since, now),
            until=view.past_day(until, now),
            prepared_by=self.workspace.author,
        )

    def _remake(self, wait: float = 0.0) -> None:
        """Read the options, then make the record anew; `wait` seconds, while keys still come."""
        self._shown = None
        self.query_one(Say).tell("")
        covers = self.query_one("#covers", Static)
        try:
            options = self._options()
        except UsageError as error:  # beside the date, so that nothing moves while it is typed
            covers.update(content(f"! {error}"))
            return
        covers.update(content(f"covers {view.period_in_full(options.since, options.until)}"))
        self.run_worker(self._make(options, wait), group="record", exclusive=True)

    async def _make(self, options: RecordOptions, wait: float) -> None:
        await asyncio.sleep(wait)
        docket = self.workspace.docket(self.client)
        lines = list(self.workspace.journal(self.client).lines)
        now = self.workspace.clock()
        try:
            self.record = await asyncio.to_thread(dispute_record, docket, lines, options, now)
        except DocketError as error:
            self.record = None
            self.query_one(Say).tell(str(error), error=True)
        self._draw()

    def _draw(self) -> None:
        self.query_one("#purpose", Static).update(view.purposes(self.purpose))
        rows = view.section_rows(self.record, self.sections.room) if self.record else []
        self.sections.show(rows, keep=True)
        self._preview()

    def _preview(self) -> None:
        rows: Sequence[Row] = ()
        words = "no record"
        if self.record is not None:
            words = view.counted(self.record.left_out, len(self.workspace.entries(self.client)))
            number = min(self.sections.cursor, len(self.record.sections) - 1)
            rows = view.preview_rows(self.record.sections[number], self.preview.room)
        self.preview.show(self._shown if self._shown is not None else rows)
        room = max(10, self.size.width - 2)
        line = fit(f"── {words} ".ljust(room, "─"), room)
        self.query_one("#rule", Static).update(content(line))
