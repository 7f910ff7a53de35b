"""The record screen: for whom, what it covers, a preview by section, and what is written."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Literal

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen
from textual.widgets import Input
from textual.worker import Worker

from store.errors import DocketError, UsageError
from store.records import Preview, RecordRequest, Written
from store.records.desk import RecordProfile
from store.records.review.case import OpenPoint
from store.records.review.look_over import Noticed
from store.workspace import Workspace
from tui.bindings import LEAVE, keys_for, presses
from tui.commands import COMMANDS
from tui.screens import record_rows as view
from tui.screens.as_seen import LogSeen
from tui.screens.form import FormKeeper, LineInput
from tui.screens.parts import Heading
from tui.screens.preview import UNFOLD
from tui.screens.record_fields import Asking
from tui.screens.record_parts import Parts
from tui.screens.record_writing import Writer
from tui.screens.rows import ListKeys, RowList
from tui.screens.sides import side_bar
from tui.shell.shell import shell_of
from tui.widgets.hints import Hints
from tui.widgets.lines import LineList
from tui.widgets.message import copy_in

_WIDE = 76
_ROOMY = 110
_TALL = 24
_PAUSE = 0.25
_STILL = "It is laid out anew below; w once more writes it."
_UNREAD = (*LEAVE, "log", "period", *(one.id for one in COMMANDS if one.id.startswith("for-")))
"""The commands that do the same whatever the document says."""


class RecordScreen(ListKeys, Screen[int | None]):
    """Shows the document as it would be written; `w` writes it.

    Dismissed with the number of an entry to look at, or None; what is typed is kept until then.
    """

    DEFAULT_CSS = """
    RecordScreen.-narrow Parts { layout: vertical; }
    RecordScreen.-narrow Parts #left { width: 100%; height: 6; }
    RecordScreen.-narrow Divider { display: none; }
    RecordScreen.-roomy Parts #left { width: 36; }
    RecordScreen #fields { display: none; }
    RecordScreen.-filled #fields { display: block; }
    RecordScreen.-short #fields { display: none; }
    RecordScreen.-typing #fields { display: block; }
    RecordScreen.-zoomed Asking, RecordScreen.-zoomed #left { display: none; }
    RecordScreen.-zoomed Divider { display: none; }
    """
    BINDINGS = keys_for("record")
    PLACE = "record"

    def __init__(self, workspace: Workspace, client: str, first: tuple[int, ...] = ()) -> None:
        """Open on the docket of `client`; the entries `first` are listed first, in that order."""
        super().__init__()
        self.workspace = workspace
        self.client = client
        self.draft = FormKeeper(self, workspace, "record", client)
        self.maker = ThreadPoolExecutor(1)  # one at a time: what waits behind it may be given up
        self.done: Written | None = None
        """What was written last."""
        self.kept = self.draft.take_fields()
        self.asking = Asking(self.kept, workspace.config.keys, first)
        self.parts = Parts(workspace, client, self.asking)
        self._typed: dict[str, str] = {}
        self._work: Worker[None] | None = None
        self._writer = Writer(workspace, client)
        self._seen = LogSeen(workspace, client)
        self._waved: frozenset[Noticed | OpenPoint] = frozenset()

    def compose(self) -> ComposeResult:
        """Yield profiles and fields, then the sections beside the one selected."""
        docket = self.workspace.docket(self.client)
        yield Heading("Record", docket.name, "scores and answers are never in it")
        yield self.asking
        yield self.parts
        yield Hints("record", self.workspace.config.keys)

    def on_mount(self) -> None:
        """Show the record for a court, the whole docket, or what was typed before."""
        self.parts.sections.focus()
        self._typed = self.asking.typed
        self.remake()
        self.parts.list_exports()
        if self.kept:
            self.tell("What you typed before is back.")

    def on_resize(self, event: events.Resize) -> None:
        """Put the sections above the preview where it is narrow; show fields only while typing."""
        self.set_class(event.size.width < _WIDE, "-narrow")
        self.set_class(event.size.width >= _ROOMY, "-roomy")
        self.set_class(event.size.height < _TALL, "-short")
        self.call_after_refresh(self.draw)

    def on_unmount(self) -> None:
        """Write what was typed; what is being written goes no further."""
        self.stop()
        self.draft.end()
        self.maker.shutdown(wait=False, cancel_futures=True)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Make room for the fields while one of them is typed in."""
        self.set_class(isinstance(event.widget, LineInput), "-typing")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep what is typed, and let the document follow it."""
        if not self.is_mounted or self.asking.typed == self._typed:
            return
        self._typed = self.asking.typed
        self.keep_draft()
        if event.input.id == "folder":
            self.parts.list_exports(_PAUSE)
        else:
            self.remake(_PAUSE)

    def on_input_submitted(self) -> None:
        """Go to the next field, from the last one to the sections."""
        self.focus_next()

    def cursor_moved(self, lines: LineList) -> None:
        """Preview what the cursor is on."""
        self.parts.cursor_moved(lines)

    def on_capture_bar_logged(self) -> None:
        """Take in what was logged from here."""
        self.remake()

    @property
    def reading(self) -> RowList:
        """The list that keys move."""
        return self.parts.preview if self.parts.preview.has_focus else self.parts.sections

    def tell(self, words: str, *, error: bool = False) -> None:
        """Say it on the message line."""
        shell_of(self).say(words, error=error)

    def keep_draft(self, *, whole: bool = False) -> None:
        """Keep what is typed, and with it what was chosen."""
        self.draft.keep_fields(self.asking.worth_keeping(whole=whole))

    def draw(self) -> None:
        """Show all that is known by now."""
        self.asking.draw(self.parts.made, self.workspace.today)
        self.parts.draw()

    def stop(self) -> bool:
        """Stop what is being written, before the keys that wait for it; return whether it was."""
        return self._writer.stop()

    def awaits(self, event: events.Key) -> bool:
        """Return whether a key is about the document, which is being made or written."""
        if self._writer.busy:
            return not presses(event, self.workspace.config.keys, "quit")
        makes = self._work is not None and not self._work.is_finished
        typing = isinstance(self.focused, LineInput)
        return makes and not typing and not presses(event, self.workspace.config.keys, *_UNREAD)

    def remake(self, wait: float = 0.0) -> None:
        """Read the fields, then make the document anew; `wait` seconds, while keys still come."""
        self.parts.shown = None
        self.set_class(any(self.asking.typed.values()), "-filled")
        self._seen.seen_anew()
        self.asking.show()
        try:
            asked = self.asking.read(self.workspace.clock())
        except UsageError:
            self.workers.cancel_group(self, "record")
            return
        self._work = self.run_worker(self._make(asked, wait), group="record", exclusive=True)

    async def _make(self, asked: RecordRequest, wait: float) -> None:
        await asyncio.sleep(wait)
        made, words = None, ""
        try:
            work = partial(asked.preview, self.workspace, self.client)
            made = await asyncio.get_running_loop().run_in_executor(self.maker, work)
        except DocketError as error:
            words = view.typed_here(str(error))
        if not self.query(Asking):
            return  # the screen was left meanwhile
        self.parts.made, self.parts.refused = made, made is None
        if made:
            self.asking.unsure = bool(made.unsure)
            self.asking.show()
        else:
            self.tell(words, error=True)
        self.draw()

    def action_make_for(self, profile: RecordProfile) -> None:
        """Make it for somebody else, or make another document."""
        self.asking.profile = profile
        self.keep_draft()
        self.remake()
        self.draw()

    def action_with(self, what: Literal["html", "sign"]) -> None:
        """Have a page to print, or a PDF, written beside it, or have it signed; or not."""
        self.asking.turn(what)
        self.action_make_for(self.asking.profile)

    def action_period(self) -> None:
        """Go to the fields."""
        self.add_class("-typing")
        self.asking.first().focus()

    async def action_open(self) -> None:
        """Read what the line is about, go to the entry of a finding, ask for it, or write it."""
        row = self.reading.current
        if row is None:
            return
        if self.parts.preview.has_focus:
            if row.evidence:
                self._leave(row.evidence[0])
            elif row.leads.startswith(UNFOLD):
                self.parts.unfold(row.leads.removeprefix(UNFOLD))
            elif bar := side_bar(self.workspace, self.client, row.leads, self.remake):
                await shell_of(self).open_bar(bar)
        elif row.leads == view.WRITE:
            self.action_write()
        else:
            self.parts.preview.focus()

    def action_zoom(self) -> None:
        """Give the whole screen to what is read, or give it back."""
        self.parts.zoom()

    def action_write(self) -> None:
        """Write it and verify it; with something to look at again, only the second time."""
        if self._writer.busy:
            return  # the message line says how far it is
        if moved := self._seen.moved("Not written", _STILL, self.size.width):
            self.remake()
            self.tell(moved)
            return
        made = self.parts.made
        found = list(_asked_about(made) if made else ())
        if made and not self._waved.issuperset(found):
            self._waved = frozenset(found)
            self.parts.look()
            self.tell(view.asked_again(len(found), made))
            return
        self.run_worker(self._write(), group="write")

    def action_copy(self) -> None:
        """Copy the path of what was written to the user's own clipboard."""
        if self.done is None:
            self.tell("Nothing is written yet: w writes it.", error=True)
            return
        copy_in(self, str(self.done.path), "The path is")

    def action_back(self) -> None:
        """Stop what is being written; else go back to the sections; then leave."""
        if not (self.stop() or self.parts.back()):
            self._leave(None)

    def _leave(self, entry: int | None) -> None:
        if entry is not None:  # one comes back to go on with it
            self.keep_draft(whole=True)
        if self.draft.closed():
            self.dismiss(entry)

    async def _write(self) -> None:
        """Write what the fields say, and show what came of it; the app stays alive meanwhile."""
        try:
            asked = self.asking.read(self.workspace.clock())
            self._show(await self._writer.write(self, asked, self.asking.folder))
        except DocketError as error:
            self.tell(view.typed_here(str(error)), error=True)

    def _show(self, done: Written) -> None:
        self.done = done
        whole = done.report is None or done.report.ok
        written = "Written and verified." if done.report else "Written."
        words = f"{written} y copies the path." if whole else "It does not verify."
        self.tell(words, error=not whole)
        self.draft.clear()
        self.parts.shown = view.done_rows(done, self.workspace.today, self.parts.preview.room)
        self.draw()
        self.parts.list_exports()


def _asked_about(made: Preview) -> Iterator[Noticed | OpenPoint]:
    """Yield what is asked about before it is written; what is only missing is listed."""
    yield from made.noticed
    yield from (one for one in made.open_points if one.against_me)
