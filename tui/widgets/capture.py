"""Quick capture: one line at the bottom of any screen, said back in words as it is typed."""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static

from store.capture import NEW_CLIENT, Reading, client_meant, log_reading, read_capture
from store.capture import complete as complete_line
from store.docket import Docket
from store.drafts import Kept
from store.entries import KINDS, Entry
from store.errors import DocketError
from store.playbook.guards import question
from store.text import clean, clean_line, plural
from store.tone.implied import implied
from store.workspace import Workspace
from tui.safe_text import content, plain, safe_wrap
from tui.widgets.bar import Bar, BarLine, Keys
from tui.widgets.keeper import Keeper
from tui.widgets.message import say_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.index.summary import Summary

_EXAMPLE = "late-payment INV-42 still unpaid !2 @yesterday +0.5h"
QUESTION = "Your name, as it should stand in records"
ANSWERS = (("enter", "goes on"), ("esc", "back"))
WHY = "Every entry is signed with it; `docket me` changes it later."


class NameQuestion:
    """Puts the question on the line of a bar; `open` while it stands there."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.open = False
        self._answered = False

    def due(self, reading: Reading) -> bool:
        """Return whether to ask before `reading` is saved: it is the first client, and unsigned."""
        if self._answered or reading.kind != NEW_CLIENT or self.workspace.config.author:
            return False
        return not self.workspace.client_ids()

    def ask(self, line: Input) -> None:
        """Empty the line for the answer."""
        self.open = True
        line.value = ""
        line.placeholder = plain(f"leave it empty to sign '{self.workspace.author}'")

    def answer(self, line: Input) -> None:
        """Set the name that was typed, if one was; DocketError if it cannot be set."""
        if name := clean_line(line.value, what="the name"):
            self.workspace.set_texts({"author": name})
        self.open, self._answered = False, True

    def leave(self) -> None:
        """Take the question away unanswered; it comes again."""
        self.open = False


class CaptureBar(Bar):
    """Reads the line at every key, keeps it as a draft, and logs it on `enter` once complete.

    A `suggestion` is what Docket typed, not the user: it becomes a draft once it is edited. What
    was kept before is shown greyed on the empty line, and taken by a key; `taken` is a kept text
    that was asked for already.
    """

    DEFAULT_CSS = """
    CaptureBar > #reading { height: auto; min-height: 2; max-height: 5; }
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
        taken: Kept | None = None,
        suggestion: str = "",
        unread: Container[str] = (),
        standing: Mapping[str, Summary] = {},
    ) -> None:
        self._what, self._keys = _title(kept=False)
        super().__init__(self._what, names.get(current or "", ""), self._keys)
        self.workspace = workspace
        self.names = names
        self.current = current
        self.unread = unread
        self.standing = standing
        self._once = ""
        self.first, self.more = suggestion, ""
        self._suggestion = suggestion
        self._taken = taken
        self.reading = Reading(current, None)
        self._choices = ""
        self._tall = 0
        self.question = NameQuestion(workspace)

    def compose(self) -> list[Widget]:
        """Return the line to type on and the reading under it."""
        self.keeper = Keeper(self, self.workspace, "capture", failed=self._refused)
        if self._taken is not None:
            self._take(self._taken)
        return [BarLine(self.first, self._hint()), Static(id="reading")]

    def on_mount(self) -> None:
        """Read what a draft brought."""
        line = self.query_one(BarLine)
        line.cursor_position = len(line.value)
        self._read()

    @property
    def text(self) -> str:
        """What was typed; lines after the first came from the editor."""
        return f"{self.first}\n{self.more}" if self.more else self.first

    def on_input_changed(self, event: BarLine.Changed) -> None:
        """Read the line anew, and keep it within half a second."""
        event.stop()
        if self.question.open:
            return
        self.first = event.value
        self._read()
        typed = "" if self.text == self._suggestion else self.text
        if typed != self.keeper.text:
            self.keeper.keep(typed)
        if not self.text:
            self._call_it(kept=False)
            self.query_one(BarLine).placeholder = plain(self._hint())

    def on_unmount(self) -> None:
        """Write the draft if the app goes down with the bar open."""
        self.keeper.end()

    def take_kept(self) -> None:
        """Put what was kept before on the empty line."""
        line = self.query_one(BarLine)
        if self.text or self.question.open or not self.keeper.offered:
            return
        self._take(self.keeper.offered[0])
        line.value = self.first
        line.cursor_position = len(self.first)
        self._read()

    def _take(self, kept: Kept) -> None:
        try:
            text = self.keeper.take(kept)
        except DocketError as error:
            say_in(self, str(error), error=True)
            return
        self.first, _, self.more = clean(text).partition("\n")
        self._suggestion = ""
        self._call_it(kept=not self.more)

    def _call_it(self, *, kept: bool) -> None:
        self._what, self._keys = _title(kept=kept)
        self.entitle(self._what, self.names.get(self.reading.client or "", ""), self._keys)

    def _hint(self) -> str:
        """Return what stands greyed on the empty line: what was kept, or an example."""
        if offered := self.keeper.offered:
            more = f" (of {len(offered)})" if len(offered) > 1 else ""
            return f"↑ takes what you typed before{more}: {' '.join(offered[0].line.split())}"
        return _EXAMPLE if self.current else f"acme {_EXAMPLE}"

    def _refused(self, error: DocketError) -> None:
        self._say(str(error), open_=True)

    def complete(self) -> None:
        """Complete the word before the cursor, or show what it could be."""
        line = self.query_one(BarLine)
        if self.question.open:
            return
        if not self.text and self.keeper.offered:
            self.take_kept()
            return
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
        """Close; what was typed stays as a draft, and on screen where it cannot be kept."""
        if self.question.open:
            self.question.leave()
            self._go_on()
            return
        try:
            self.keeper.close()
        except DocketError as error:
            self._say(str(error), open_=True)
        else:
            await self.close()

    async def accept(self) -> None:
        """Save what was read if it is complete; otherwise say why not and keep the text."""
        if self.question.open:
            self.question.answer(self.query_one(BarLine))
            self._go_on()
        self._read()
        if not self.reading.complete:
            self._say(f"Not saved: {self.reading.problems[0]}", open_=True)
            return
        if self.question.due(self.reading):
            self.question.ask(self.query_one(BarLine))
            self.entitle(QUESTION, "", ANSWERS)
            self._say(WHY, open_=True)
            return
        if asked := self._guard():
            self._say(f"{asked} Say it behind the text if you will; enter logs it.", open_=True)
            return
        try:
            entries = log_reading(self.workspace, self.reading)
        except DocketError as error:
            self._say(str(error), open_=True)
            return
        self.keeper.clear()
        self.post_message(self.Logged(entries))
        await self.close()

    def _guard(self) -> str:
        """Return what is to be asked before it is logged, and was not asked yet on this line."""
        read = self.reading
        if read.data.get("by") == "me":
            return ""
        summary, spent = self.standing.get(read.client or ""), read.data.get("spent", "work")
        owing, today = summary and summary.owing, self._now().date()
        asked = question(read.kind or "", owing, today, read.statement, spent)
        before, self._once = self._once, asked
        return asked if asked != before else ""

    def _go_on(self) -> None:
        """Put back on the line what stood there before the question."""
        line = self.query_one(BarLine)
        with self.prevent(BarLine.Changed):
            line.value = self.first
        line.cursor_position = len(line.value)
        self._call_it(kept=False)
        self._read()

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
        self.entitle(self._what, self.names.get(self.reading.client or "", ""), self._keys)
        if self._choices:
            self._say(self._choices, open_=True)
            self._choices = ""
            return
        lines = len(self.more.strip().splitlines())
        more = f" (and {plural(lines, 'more line')})" if lines else ""
        asked = self._asked() if self.reading.complete else ""
        self._say(self.reading.words + more + asked, open_=not self.reading.complete)

    def _asked(self) -> str:
        """Ask about what the words say and the kind does not; only the user can say so."""
        read = self.reading
        if read.kind not in KINDS:
            return ""
        texts = [read.statement, self.more, *read.quotes]
        found = implied(read.kind, KINDS[read.kind].group, texts)
        return f". {found.question} Then its kind is {found.kind}" if found else ""

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
        said = f"{'…' if open_ else '✓'} {text}"
        before, self._tall = self._tall, len(safe_wrap(said, max(1, self.size.width - 2)))
        shown.update(content(said), layout=self._tall != before)


def _title(*, kept: bool) -> tuple[str, Keys]:
    """Return what the bar is called; over a kept line, with the key that clears that."""
    keys = [("enter", "saves"), ("tab", "completes"), ("esc", "closes")]
    if kept:
        keys[1] = ("ctrl+u", "clears")
    return "Kept draft" if kept else "Log an entry", keys
