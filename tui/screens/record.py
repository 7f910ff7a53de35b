"""The record screen: for whom, what it covers, a preview by section, and what is written."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.screen import Screen
from textual.widgets import Input, Static
from textual.worker import Worker

from store.errors import DocketError, UsageError
from store.workspace import Workspace
from tui.bindings import LEAVE, keys_for, presses
from tui.commands import COMMANDS
from tui.keeping import FormKeeper
from tui.safe_text import content
from tui.screens.form import LineInput
from tui.screens.parts import Heading, Say
from tui.screens.reading import Reading
from tui.screens.record_actions import RecordActions
from tui.screens.record_exports import Export, exports_in
from tui.screens.record_fields import Fields
from tui.screens.record_making import PROFILES, Asked, Made, Profile, make
from tui.screens.record_view import refusal
from tui.screens.rows import Row, RowList
from tui.widgets.hints import Hints
from tui.widgets.lines import LineList

_WIDE = 76
_TALL = 24
_PAUSE = 0.25
_UNREAD = (*LEAVE, "log", "period", *(one.id for one in COMMANDS if one.id.startswith("for-")))
"""The commands that do the same whatever the document says."""


class RecordScreen(RecordActions, Reading, Screen[int | None]):
    """Shows the document as it would be written; `w` writes it.

    Dismissed with the number of an entry to look at, or None. What is typed is kept until it is
    written.
    """

    DEFAULT_CSS = """
    RecordScreen #profiles, RecordScreen #extras { height: auto; padding: 0 1; }
    RecordScreen #covers { height: auto; max-height: 4; padding: 0 1 0 15; }
    RecordScreen #rule { height: auto; max-height: 2; padding: 0 1; text-style: bold; }
    RecordScreen #parts { layout: horizontal; height: 1fr; }
    RecordScreen #sections { width: 33; }
    RecordScreen #preview { width: 1fr; }
    RecordScreen.-narrow #parts { layout: vertical; }
    RecordScreen.-narrow #sections { width: 100%; height: 5; }
    RecordScreen.-narrow #covers { padding: 0 1; }
    RecordScreen.-short #fields { display: none; }
    RecordScreen.-short.-typing #fields { display: block; }
    """
    BINDINGS = keys_for("record")
    PLACE = "record"

    def __init__(self, workspace: Workspace, client: str) -> None:
        super().__init__()
        self.workspace = workspace
        self.client = client
        self.draft = FormKeeper(self, workspace, "record", client)
        self.maker = ThreadPoolExecutor(1)  # one at a time: what waits behind it may be given up
        self.made: Made | None = None
        self.exports: list[Export] = []
        self.asked = Asked("court")
        self.shown: Sequence[Row] | None = None
        self.wrong = ""
        self.refused = False
        self._typed: dict[str, str] = {}
        self._work: Worker[None] | None = None
        kept = self.draft.take_fields()
        self.kept = kept
        self.profile: Profile = next((one for one in PROFILES if one == kept.get("for")), "court")
        self.html, self.sign = bool(kept.get("html")), bool(kept.get("sign"))

    def compose(self) -> ComposeResult:
        """Yield profiles and fields, then the sections beside the one selected."""
        docket = self.workspace.docket(self.client)
        yield Heading(f"Record: {docket.name}", "scores and answers are never in it")
        yield Static(id="profiles")
        yield Static(id="extras")
        yield Fields(self.kept)
        yield Static(id="covers")
        yield Static(id="rule")
        with Container(id="parts"):
            yield RowList(id="sections")
            yield RowList(id="preview")
        yield Say()
        yield Hints("record", self.workspace.config.keys)

    def on_mount(self) -> None:
        """Show the record for a court, the whole docket, or what was typed before."""
        self.sections.focus()
        self._typed = self.fields.typed
        self.remake()
        self.list_exports()
        if self.kept:
            self.query_one(Say).tell("What you typed before is back.")

    def on_resize(self, event: events.Resize) -> None:
        """Put the sections above the preview where it is narrow; show fields only while typing."""
        self.set_class(event.size.width < _WIDE, "-narrow")
        self.set_class(event.size.height < _TALL, "-short")
        self.call_after_refresh(self.draw)

    def on_unmount(self) -> None:
        """Write what was typed."""
        self.draft.end()
        self.maker.shutdown(wait=False, cancel_futures=True)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Make room for the fields while one of them is typed in."""
        self.set_class(isinstance(event.widget, LineInput), "-typing")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep what is typed, and let the document follow it."""
        if not self.is_mounted or self.fields.typed == self._typed:
            return
        self._typed = self.fields.typed
        self.keep_draft()
        if event.input.id == "folder":
            self.list_exports(_PAUSE)
        else:
            self.remake(_PAUSE)

    def on_input_submitted(self) -> None:
        """Go to the next field, from the last one to the sections."""
        self.focus_next()

    def cursor_moved(self, lines: LineList) -> None:
        """Preview what the cursor is on."""
        if lines is self.sections:
            self.shown = None
            self.at = self.sections.current.leads if self.sections.current else self.at
            self.show_preview()

    def on_capture_bar_logged(self) -> None:
        """Take in what was logged from here."""
        self.remake()

    @property
    def sections(self) -> RowList:
        """The list of sections, and of what else can be looked at."""
        return self.query_one("#sections", RowList)

    @property
    def preview(self) -> RowList:
        """What the cursor of the list is on."""
        return self.query_one("#preview", RowList)

    @property
    def reading(self) -> RowList:
        """The list that keys move."""
        return self.preview if self.preview.has_focus else self.sections

    @property
    def fields(self) -> Fields:
        """The inputs."""
        return self.query_one(Fields)

    def keep_draft(self, *, whole: bool = False) -> None:
        """Keep what is typed; with the keys pressed if anything is, or if it is to be `whole`."""
        typed = self.fields.typed
        if whole or any(typed.values()):
            chosen = "" if self.profile == "court" else self.profile
            keys = {"for": chosen, "html": "on" * self.html, "sign": "on" * self.sign}
            typed = {**typed, **keys}
        self.draft.keep_fields(typed)

    def remake(self, wait: float = 0.0) -> None:
        """Read the fields, then make the document anew; `wait` seconds, while keys still come."""
        self.shown = None
        self.query_one(Say).tell("")
        self.fields.show_for(self.profile)
        now = self.workspace.clock()
        self.wrong = ""
        try:
            self.asked = self.fields.asked(self.profile, now, html=self.html, sign=self.sign)
        except UsageError as error:  # beside the fields, so that nothing moves while it is typed
            self.workers.cancel_group(self, "record")
            self.wrong = f"! {error}"
            self.query_one("#covers", Static).update(content(self.wrong))
            return
        self._work = self.run_worker(self._make(self.asked, wait), group="record", exclusive=True)

    def awaits(self, event: events.Key) -> bool:
        """Return whether a key is about the document, which is being made or written."""
        if self.writes:
            return True
        makes = self._work is not None and not self._work.is_finished
        typing = isinstance(self.focused, LineInput)
        return makes and not typing and not presses(event, self.workspace.config.keys, *_UNREAD)

    async def _make(self, asked: Asked, wait: float) -> None:
        await asyncio.sleep(wait)
        try:
            loop, work = asyncio.get_running_loop(), (self.workspace, self.client, asked)
            made, words = await loop.run_in_executor(self.maker, make, *work), ""
        except DocketError as error:
            made, words = None, refusal(error)
        if not self.query(Fields):
            return  # the screen was left meanwhile
        self.made, self.refused = made, made is None
        if made:
            self.fields.unsure = bool(made.unsure)
            self.fields.show_for(self.profile)
        else:
            self.query_one(Say).tell(words, error=True)
        self.draw()

    def list_exports(self, wait: float = 0.0) -> None:
        """Look anew for exports in the folder, in a thread: it may be large, or far."""
        self.run_worker(self._list_exports(wait), group="exports", exclusive=True)

    async def _list_exports(self, wait: float) -> None:
        await asyncio.sleep(wait)
        try:
            folder = self.fields.folder
        except UsageError:  # said when it is written there
            return
        exports = await asyncio.to_thread(exports_in, folder, self.client)
        if exports != self.exports:
            self.exports = exports
            self.draw()
