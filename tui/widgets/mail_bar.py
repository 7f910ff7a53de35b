"""The mail bar: the path of a mail, the entry it would make, and `enter` to log that."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from textual import events
from textual.widget import Widget
from textual.widgets import Static

from store.drafts import Kept
from store.entries import KINDS, Kind, kind_named
from store.errors import DocketError, UsageError
from store.files import typed_path
from store.intake.mail_entries import NoClientError, Proposed, client_of
from store.intake.mail_log import Posted, already, fresh, log_mails, proposed_of, read_mails
from store.intake.mbox import sources_of
from store.stopping import Effort, under_way
from store.workspace import Workspace
from tui.safe_text import content, plain, safe_fit
from tui.widgets.aside import aside
from tui.widgets.bar import Bar
from tui.widgets.capture import CaptureBar
from tui.widgets.keeper import Keeper
from tui.widgets.line import BarLine
from tui.widgets.message import say_in

_HINT = "~/mail/late.eml, an mbox or Maildir; a kind before it, such as: pay-later ~/mail/late.eml"
_KEYS = (("enter", "reads, then logs"), ("tab", "completes"), ("esc", "closes"))
_EVERY = 0.5
_Done = TypeVar("_Done")
_SHOWN = 2  # lines of what was written, and mails of several


@dataclass(frozen=True, slots=True)
class MailRead:
    """What came of reading a file: the entries it would make, and what to know about them."""

    client: str
    name: str
    path: Path
    proposed: tuple[tuple[Proposed, Posted], ...]
    numbers: tuple[int, ...]
    by_address: bool
    notes: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """Say it in a few lines."""
        said = [] if self.by_address else [f"No client has its address: it goes to {self.name}."]
        if self.numbers:
            named = ", ".join(f"{self.client}#{number}" for number in self.numbers)
            said.append(f"On the docket already: {named}.")
        said += self.notes[:_SHOWN]
        drafts = [one.draft for one, _ in self.proposed]
        for draft in drafts[:_SHOWN]:
            when = f"{draft.occurred_at:%-d %b %Y %H:%M}"
            said.append(f"{self.name}: {draft.called or draft.kind}, {when}")
            said += [f"  {line}" for line in draft.statement.splitlines()]
            written = [line for quote in draft.quotes for line in quote.text.splitlines()]
            if len(drafts) == 1:
                said += [f"  “{line}" for line in written if line.strip()][:_SHOWN]
        if len(drafts) > _SHOWN:
            said.append(f"and {len(drafts) - _SHOWN} mails more")
        return said


class MailBar(Bar):
    """Reads the mail at the path on the first `enter`, logs it on the second; `tab` completes.

    What is read lies in a temporary file until the bar is closed, so that what was shown is what
    is logged, whatever happens to the file meanwhile.
    """

    DEFAULT_CSS = """
    MailBar > #reading { height: auto; max-height: 9; }
    """

    def __init__(
        self, workspace: Workspace, current: str | None, whose: str, taken: Kept | None = None
    ) -> None:
        super().__init__("Log a mail", whose, _KEYS)
        self.workspace = workspace
        self.current = current
        self.reading: MailRead | None = None
        self._held = ExitStack()
        self._busy = False
        self._work: Effort | None = None
        self._taken = taken

    def compose(self) -> list[Widget]:
        """Return the line to type on and what was read under it."""
        self.keeper = Keeper(self, self.workspace, "mail", failed=self._refused)
        return [BarLine(hint=self._hint()), Static(id="reading")]

    def on_mount(self) -> None:
        """Put a path that was asked for on the line."""
        if self._taken is not None:
            self._take(self._taken)

    def on_unmount(self) -> None:
        """Let go of what was read; keep the path if the app goes down with the bar open."""
        self._held.close()
        self.keeper.end()

    def take_kept(self) -> None:
        """Put the path that was kept before on the empty line."""
        if not self.query_one(BarLine).value and self.keeper.offered:
            self._take(self.keeper.offered[0])

    def _take(self, kept: Kept) -> None:
        line = self.query_one(BarLine)
        line.value = plain(self.keeper.take(kept)).replace("\n", " ")
        line.cursor_position = len(line.value)

    def _hint(self) -> str:
        offered = self.keeper.offered
        return f"↑ takes what you typed before: {offered[0].text}" if offered else _HINT

    def _refused(self, error: DocketError) -> None:
        self._say(f"! {error}", whole=True)

    def on_input_changed(self, event: BarLine.Changed) -> None:
        """Forget what was read: it was another file's."""
        event.stop()
        if event.value != self.keeper.text:
            self.keeper.keep(event.value)
        if self.reading is not None and not self._busy:
            self._forget()
            self._say("")

    def awaits(self, event: events.Key) -> bool:
        """Return whether a key has to wait for what is being read or logged."""
        return self._busy and event.key != "escape"

    def complete(self) -> None:
        """Complete the path as far as it is the same for all files that fit."""
        line = self.query_one(BarLine)
        if not line.value and self.keeper.offered:
            self.take_kept()
            return
        _, path = self._split(line.value)
        whole, found = completed(path)
        if whole != path:
            line.value = line.value.removesuffix(path) + whole
            line.cursor_position = len(line.value)
        elif len(found) > 1:
            self._say("  ".join(found))

    async def cancel(self) -> None:
        """Close, the path is kept; what is under way is given up, and logging leaves the bar."""
        if self._work is not None:
            self._work.stopped = True
        if self._busy and self.reading is not None:
            return
        try:
            self.keeper.close()
        except DocketError as error:
            self._refused(error)
        else:
            await self.close()

    async def accept(self) -> None:
        """Read the mail, or log what was read; both in a thread, as a mail may be long."""
        typed = self.query_one(BarLine).value.strip()
        if self._busy or not typed:
            return
        self._busy = True
        if self.reading is None or not self.reading.proposed:
            self._forget()
            self._say("Reading…")
            self.screen.run_worker(self._read(typed))  # a worker of the bar would die with it
        else:
            self._say("Logging…")
            self.screen.run_worker(self._log(self.reading))

    async def _read(self, typed: str) -> None:
        held = ExitStack()
        try:
            reading = await self._counted(self._found, typed, held)
        except DocketError as error:
            held.close()
            self._say(f"! {error}", whole=True)
            return
        finally:
            self._busy = False
        if self.closed or typed != self.query_one(BarLine).value.strip():
            held.close()
            return
        self._held, self.reading = held, reading
        self.entitle("Log a mail", reading.name, _KEYS)
        lines = reading.lines()
        if reading.proposed:
            lines.append("Press enter again to log it, with the mail as its exhibit.")
        self._say("\n".join(lines))

    def _found(self, typed: str, held: ExitStack) -> MailRead:
        workspace = self.workspace
        kind, named = self._split(typed)
        path = typed_path(named)
        with sources_of(path) as sources:
            box = held.enter_context(read_mails(workspace, sources, path.name))
        posted = box.posted
        try:
            client, by_address = client_of(workspace, [one.mail for one in posted]), True
        except NoClientError as error:
            if self.current is None or (error.clients and self.current not in error.clients):
                raise UsageError(error.what, error.why, "Go to the client first") from None
            client, by_address = self.current, bool(error.clients)
        known = already(workspace, client, posted)
        new = fresh(posted, known)
        made, bad = proposed_of(workspace, client, new, kind.id, called=kind.called)
        if bad and not box.many:
            raise bad[0].error
        notes = [f"Left out: mail {one.number}. {one.error.what}." for one in [*box.bad, *bad]]
        notes += [box.doubt()] if box.doubt() else []
        name = workspace.docket(client).name
        numbers = tuple(sorted(known.values()))
        return MailRead(client, name, path, tuple(made), numbers, by_address, tuple(notes))

    def _split(self, typed: str) -> tuple[Kind, str]:
        """Return the kind, which a first word before the path may be, and the path."""
        first, _, rest = typed.partition(" ")
        if os.path.lexists(typed):  # a file may be called as a kind is
            return KINDS["message"], typed
        kind = kind_named(first, self.workspace.config.kinds) if rest.strip() else None
        return (kind, rest.strip()) if kind else (KINDS["message"], typed)

    async def _log(self, reading: MailRead) -> None:
        origin = os.path.realpath(reading.path)
        try:
            done = await self._counted(log_mails, self.workspace, reading.proposed, [origin])
        except DocketError as error:
            self._say(f"! {error}", whole=True)
            return
        finally:
            self._busy = False
        self.keeper.clear()
        self.app.post_message(CaptureBar.Logged(done.entries))
        for notice in done.notices:
            say_in(self, notice)
        self.call_later(self.close)

    async def _counted(self, work: Callable[..., _Done], *args: Any) -> _Done:
        """Return what `work` returns, in a thread; say how far it is for as long as it takes."""
        self._work = effort = Effort()

        def say() -> None:
            if effort.total:
                self._say(f"{effort.what} {effort.count}   esc stops it")

        saying = self.screen.set_interval(_EVERY, say)
        try:
            with under_way(effort):
                return await aside(work, *args, writes=self.reading is not None)
        finally:
            saying.stop()
            self._work = None

    def _forget(self) -> None:
        self.reading = None
        self._held.close()
        self._held = ExitStack()

    def _say(self, text: str, *, whole: bool = False) -> None:
        """Show `text`, its lines cut to the width of the bar unless it is to be read `whole`."""
        if self.closed:
            return
        room = max(20, self.size.width - 2)
        lines = [line if whole else safe_fit(line, room).rstrip() for line in text.split("\n")]
        self.query_one("#reading", Static).update(content("\n".join(lines)))


def completed(path: str) -> tuple[str, list[str]]:
    """Return `path` completed as far as it is the same for all files that fit, and their names."""
    folder, slash, begun = path.rpartition("/")
    try:
        listed = sorted(one.name for one in typed_path(folder + slash).iterdir())
    except (OSError, ValueError, DocketError):  # no such folder, or no such home
        return path, []
    found = [name for name in listed if name.startswith(begun) and name.isprintable()]
    found = [name for name in found if begun or not name.startswith(".")]
    whole = folder + slash + (_common(found) or begun)
    one = len(found) == 1 and typed_path(whole).is_dir()
    return whole + "/" * one, found


def _common(names: list[str]) -> str:
    """Return what all the names begin with."""
    same = itertools.takewhile(lambda letters: len(set(letters)) == 1, zip(*names, strict=False))
    return "".join(letters[0] for letters in same)
