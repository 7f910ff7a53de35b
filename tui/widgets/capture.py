"""Quick capture: one line at the bottom of any screen, said back in words as it is typed."""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from store.capture import NEW_CLIENT, Reading, client_meant, read_capture
from store.capture import complete as complete_line
from store.docket import Docket
from store.entries import Entry
from store.errors import DocketError
from store.text import clean, clean_name
from store.workspace import Workspace
from tui.safe_text import content
from tui.widgets.bar import Bar, Line

if TYPE_CHECKING:
    from collections.abc import Sequence

SLOT = "capture"
_DEBOUNCE = 0.3
_EXAMPLE = "late-payment INV-42 still unpaid !2 @yesterday +0.5h"


class CaptureBar(Bar):
    """Reads the line at every key, keeps it as a draft, and logs it on `enter` once complete.

    A `suggestion` is what Docket typed, not the user: it becomes a draft once it is edited. A
    `draft` is what was kept before; the bar says so, as typing goes on at its end.
    """

    DEFAULT_CSS = """
    CaptureBar > #reading { height: 2; }
    CaptureBar > #reading.-open { text-style: italic; }
    """

    class Logged(Message):
        """Entries were logged from the bar."""

        def __init__(self, entries: Sequence[Entry]) -> None:
            super().__init__()
            self.entries = entries

    def __init__(
        self,
        workspace: Workspace,
        names: Mapping[str, str],
        current: str | None,
        *,
        draft: str = "",
        suggestion: str = "",
        unread: Container[str] = (),
    ) -> None:
        text = draft or suggestion
        super().__init__(_title(draft))
        self.workspace = workspace
        self.names = names
        self.current = current
        self.unread = unread
        self.first, _, self.more = clean(text).partition("\n")
        if text.endswith(" ") and not self.more:
            self.first += " "  # a prefilled word is typed on after, not into
        self.reading = Reading(current, None)
        self._suggestion = "" if draft else self.text
        self._edited = False
        self._choices = ""
        self._timer: Timer | None = None

    def compose(self) -> list[Widget]:
        """Return the line to type on and the reading under it."""
        hint = _EXAMPLE if self.current else f"acme {_EXAMPLE}"
        return [Line(self.first, hint), Static(id="reading")]

    def on_mount(self) -> None:
        """Read what a draft brought."""
        line = self.query_one(Line)
        line.cursor_position = len(line.value)
        self._read()

    @property
    def text(self) -> str:
        """What was typed; lines after the first came from the editor."""
        return f"{self.first}\n{self.more}" if self.more else self.first

    def on_input_changed(self, event: Line.Changed) -> None:
        """Read the line anew, and keep it within half a second."""
        event.stop()
        self.first = event.value
        self._read()
        self._edited = self._edited or self.text != self._suggestion
        if self._edited and self._timer is None:
            self._timer = self.set_timer(_DEBOUNCE, self.flush)

    def flush(self) -> None:
        """Write the draft now; what cannot be written is said once typing goes on."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self.closed or not self._edited:
            return
        try:
            self.workspace.drafts.save(SLOT, "" if self.text == self._suggestion else self.text)
        except DocketError as error:
            self._say(str(error), open_=True)

    def on_unmount(self) -> None:
        """Write the draft if the app goes down with the bar open."""
        if self._timer is not None:
            self.flush()

    def complete(self) -> None:
        """Complete the word before the cursor, or show what it could be."""
        line = self.query_one(Line)
        head, tail = line.value[: line.cursor_position], line.value[line.cursor_position :]
        done, choices = complete_line(
            head,
            clients=self.names,
            current=self.current,
            docket=self._docket(head),
            own=self.workspace.config.kinds,
        )
        self._choices = "  ".join(choices)
        if done != head:
            line.value = done + tail
            line.cursor_position = len(done)
        elif choices:
            self._say(self._choices, open_=True)

    async def cancel(self) -> None:
        """Close; what was typed stays as a draft."""
        self.flush()
        await self.close()

    async def accept(self) -> None:
        """Save what was read if it is complete; otherwise say why not and keep the text."""
        self._read()
        if not self.reading.complete:
            self._say(f"Not saved: {self.reading.problems[0]}", open_=True)
            return
        try:
            entries = self._save(self.reading)
        except DocketError as error:
            self.flush()
            self._say(str(error), open_=True)
            return
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self.workspace.drafts.clear(SLOT)
        self.post_message(self.Logged(entries))
        await self.close()

    def _save(self, reading: Reading) -> list[Entry]:
        if reading.kind != NEW_CLIENT:
            return [self.workspace.log(self.workspace.draft(**reading.draft_fields()))]
        profile = {key: value for key, value in reading.data.items() if key != "terms"}
        profile["name"] = clean_name(str(profile["name"]))
        client = self.workspace.new_id(profile["name"])
        moment: dict[str, Any] = {}
        if when := reading.when:
            moment = {"occurred_at": when.at, "precision": when.precision}
        drafts = [self.workspace.draft(client, "client", data=profile, **moment)]
        if terms := reading.data["terms"]:
            drafts.append(self.workspace.draft(client, "terms", data=terms, **moment))
        return self.workspace.new_client(client, drafts)

    def _read(self) -> None:
        self.reading = read_capture(
            self.text,
            clients=self.names,
            now=self._now(),
            current=self.current,
            docket=self._docket(self.first),
            currency=self.workspace.config.currency,
            own=self.workspace.config.kinds,
        )
        if self._choices:
            self._say(self._choices, open_=True)
            self._choices = ""
            return
        more = f" (and {len(self.more.splitlines())} more lines)" if self.more else ""
        self._say(self.reading.words + more, open_=not self.reading.complete)

    def _docket(self, line: str) -> Docket | None:
        own = self.workspace.config.kinds
        client, _, _ = client_meant(line, self.names, self.current, own)
        if client is None or client in self.unread:
            return None
        try:
            return self.workspace.docket(client)
        except DocketError:  # said once it is to be saved; until then typing goes on
            return None

    def _now(self) -> datetime:
        return self.workspace.clock()

    def _say(self, text: str, *, open_: bool) -> None:
        """Show the reading; an open one is italic and starts with `…`, a complete one with `✓`."""
        shown = self.query_one("#reading", Static)
        shown.set_class(open_, "-open")
        shown.update(content(f"{'…' if open_ else '✓'} {text}"), layout=False)


def _title(draft: str) -> Content:
    """Return what the bar is called; over a draft of one line, with the key that clears that."""
    keys = [("enter", "saves"), ("tab", "completes"), ("esc", "closes")]
    if draft and "\n" not in draft.strip():
        keys[1] = ("ctrl+u", "clears")
    named = "Kept draft" if draft else "Log an entry"
    pieces = (("   ", (key, "bold"), f" {does}") for key, does in keys)
    return Content.assemble(named, *(piece for one in pieces for piece in one))
