"""The two-key check-in: two digits about a client, asked for now and then after an entry."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import ClassVar, Literal

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from store.checkin_due import DREAD, checkin_due, dreads_twice, inbound
from store.entries import Entry
from store.errors import DocketError
from store.private import CheckIn
from store.workspace import Workspace
from tui.commands import BY_ID, keys_of
from tui.safe_text import content, fit
from tui.widgets.bar import Bar

_UNREAD = 0.3
"""Seconds that it takes to see a question: a key that comes sooner was not meant for it."""
_TEN = 10
ASKED_IN = frozenset({"main", "decision", "portfolio", "record"})
"""The places that are read, not written in: only there a question may come up."""

Third = Literal["dread", "energy"]
_PAIR = (
    (
        "stress from them? 0-9 (then from the work), esc skips",
        "stress from them? 0-9, esc skips",
    ),
    (
        "{0} from them; and from the work itself? 0-9, esc skips",
        "from the work itself? 0-9, esc skips",
    ),
)
_THIRD: dict[Third, tuple[str, str]] = {
    "dread": (
        "{0} and {1}; dread when they write? 0-9, enter leaves it out",
        "dread when they write? 0-9, enter leaves it out",
    ),
    "energy": (
        "{0} and {1}; energy left? 0 none, 9 plenty, enter leaves it out",
        "energy left? 0 none, enter leaves it out",
    ),
}
"""Each question as it is asked, and where the name leaves no room for all of it."""


class TwoKeys(Bar, can_focus=True):
    """Asks for stress from the client, then from the work (SEEDS row 38), then for a third number.

    That one is dread after a message of theirs (row 42), otherwise energy (row 63). The bar takes
    digits, `*` for 10, `enter` and `esc`, and nothing else: any other key closes it and does what
    it always does, for whoever types on has not come to answer questions.
    """

    PLACE: ClassVar = "two-keys"

    class Saved(Message):
        """A check-in was kept; `dreaded` says that it is the second dread in two weeks."""

        def __init__(self, client: str, name: str, *, dreaded: bool) -> None:
            super().__init__()
            self.client = client
            self.name = name
            self.dreaded = dreaded

    def __init__(self, workspace: Workspace, client: str, name: str, third: Third) -> None:
        title = Content.assemble("Private check-in   ", ("esc", "bold"), " skips   ", ("*", "bold"))
        super().__init__(Content.assemble(title, " is 10   other keys go on"))
        self.workspace = workspace
        self.client = client
        self.whose = name
        self.third: Third = third
        self.given: list[int] = []
        self.read_by = 0.0

    def compose(self) -> Sequence[Widget]:
        """Return the question."""
        return [Static(id="asked")]

    def take_focus(self) -> None:
        """Take the focus."""
        self.came_from = self.screen.focused
        self.screen.set_focus(self)
        self.read_by = time.monotonic() + _UNREAD

    def on_resize(self) -> None:
        """Lay the question out for the width."""
        self._ask()

    async def take_key(self, event: events.Key) -> bool:
        """Take an answer; False for every other key, once the bar is out of its way."""
        typed = {event.key}
        if event.character and not event.key.startswith("alt+"):
            typed.add(event.character)
        if self._is("help", typed):
            return False
        if time.monotonic() < self.read_by:
            await self.close()
            return False
        digit = next((one for one in BY_ID["answer"].keys if one in typed), None)
        if digit is not None:
            await self._give(int(digit))
        elif self._is("ten", typed):
            await self._give(_TEN)
        elif self._is("back", typed):
            await self.close()
        elif not self._is("leave-out", typed):
            await self._finish()
            return False
        elif len(self.given) == 2:
            await self._finish()
        return True

    def _is(self, command: str, typed: set[str]) -> bool:
        return bool(typed & set(keys_of(BY_ID[command], self.workspace.config.keys)))

    async def _give(self, value: int) -> None:
        self.given.append(value)
        if len(self.given) == 3:
            await self._finish()
        else:
            self._ask()

    async def _finish(self) -> None:
        """Close, and keep the check-in if both numbers that count were given."""
        try:
            if len(self.given) >= 2:
                self._keep()
        finally:
            await self.close()

    def _keep(self) -> None:
        named = zip(("stress_client", "stress_work", self.third), self.given, strict=False)
        checkin = CheckIn.model_validate({"at": self.workspace.clock(), **dict(named)})
        private = self.workspace.private
        private.add_checkin(self.client, checkin)
        again = dreads_twice(private.of(self.client), checkin.at.date())
        dreaded = again and checkin.dread is not None and checkin.dread >= DREAD
        self.app.post_message(self.Saved(self.client, self.whose, dreaded=dreaded))

    def _ask(self) -> None:
        room = self.size.width - 2
        asked = (*_PAIR, _THIRD[self.third])[len(self.given)]
        long, short = (text.format(*self.given) for text in asked)
        question = f": {long if cell_len(f'{self.whose}: {long}') <= room else short}"
        left = max(1, room - cell_len(question))
        name = self.whose if cell_len(self.whose) <= left else fit(self.whose, left).rstrip()
        self.query_one("#asked", Static).update(content(f"{name}{question}"))


def two_keys(workspace: Workspace, entry: Entry, name: str) -> TwoKeys | None:
    """Return the question that `entry`, just logged, gives rise to, if it does."""
    try:
        docket = reversed(workspace.docket(entry.client).entries)
        private = workspace.private.of(entry.client)
    except DocketError:  # the entry is logged, and that is to be said, not this
        return None
    before = (one for one in docket if one.seq < entry.seq)
    if not checkin_due(entry, before, private, workspace.clock(), workspace.config):
        return None
    return TwoKeys(workspace, entry.client, name, "dread" if inbound(entry) else "energy")
