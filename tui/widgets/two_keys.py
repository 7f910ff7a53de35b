"""The two-key check-in: two digits about a client, asked for now and then after an entry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal

from textual import events
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from store.entries import Entry
from store.errors import DocketError
from store.private.checkin_due import checkin_due, dreaded_again, inbound
from store.private.model import CheckIn
from store.workspace import Workspace
from tui.bindings import presses
from tui.commands import BY_ID
from tui.keys import key_shown
from tui.safe_text import content
from tui.widgets.bar import Bar

_TEN = 10
ASKED_IN = frozenset({"main", "decision", "portfolio", "record"})
"""The places that are read, not written in: only there a question may come up."""

Third = Literal["dread", "energy"]
_OFFER = (
    "Two digits, stress from them and from the work itself; any other key goes on",
    "Two digits about them; any other key goes on",
)
_ASKED = (
    "Stress from them? 0 none, 9 as bad as it gets, * is 10",
    "{0} from them. Stress from the work itself? 0-9, * is 10",
)
_THIRD: dict[Third, str] = {
    "dread": "{0} and {1}. enter saves; or dread when they write? 0-9",
    "energy": "{0} and {1}. enter saves; or energy left? 0 none, 9 plenty",
}
_GIVEN = "{0} and {1}, {third} {2}. enter saves"


class TwoKeys(Bar, can_focus=True):
    """Offers a check-in: stress from the client, then from the work (advice 38), then a third.

    That one is dread after a message of theirs (advice 42), otherwise energy (advice 63). It comes
    up by itself, so it takes no key but the one of the check-in, and `esc`: any other closes it
    and does what it always does. Once taken up, it takes digits, and `enter` alone keeps them.
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
        super().__init__("Private check-in", name)
        self.workspace = workspace
        self.client = client
        self.whose = name
        self.third: Third = third
        self.taken_up = False
        self.given: list[int] = []

    def compose(self) -> Sequence[Widget]:
        """Return the question."""
        return [Static(id="asked")]

    def take_focus(self) -> None:
        """Take the focus."""
        self.came_from = self.screen.focused
        self.screen.set_focus(self)

    def on_resize(self) -> None:
        """Lay the question out for the width."""
        super().on_resize()
        self._ask()

    async def take_key(self, event: events.Key) -> bool:
        """Take the question up, or an answer; False for every other key, out of its way by then."""
        if self._is("help", event):
            return False
        if self._is("back", event) or self._is("cancel", event):
            await self.close()
            return True
        if not self.taken_up:
            self.taken_up = self._is("checkin", event)
        elif not await self._answer(event):
            self.taken_up = False
        if self.taken_up:
            self._ask()
        else:
            await self.close()
        return self.taken_up

    async def _answer(self, event: events.Key) -> bool:
        """Take a digit, take one back, or save; return whether the key was meant for this."""
        digit = next((one for one in BY_ID["answer"].keys if one == event.character), None)
        if digit is not None or self._is("ten", event):
            self.given = [*self.given, _TEN if digit is None else int(digit)][:3]
        elif self._is("clear", event):
            self.given = self.given[:-1]
        elif not self._is("keep-checkin", event):
            return False
        elif len(self.given) >= 2:
            await self._save()
        return True

    def _is(self, command: str, event: events.Key) -> bool:
        return presses(event, self.workspace.config.keys, command)

    async def _save(self) -> None:
        try:
            self._keep()
        finally:
            await self.close()

    def _keep(self) -> None:
        named = zip(("stress_client", "stress_work", self.third), self.given, strict=False)
        checkin = CheckIn.model_validate({"at": self.workspace.clock(), **dict(named)})
        private = self.workspace.private
        private.add(self.client, checkin)
        dreaded = dreaded_again(private.of(self.client), checkin)
        self.app.post_message(self.Saved(self.client, self.whose, dreaded=dreaded))

    def _ask(self) -> None:
        if self.closed:
            return
        own = self.workspace.config.keys
        key = {name: key_shown(name, own) for name in ("checkin", "keep-checkin")}
        first = (key["keep-checkin"], "saves") if self.taken_up else (key["checkin"], "answers")
        self.entitle("Private check-in", self.whose, (first, ("esc", "skips")))
        self.query_one("#asked", Static).update(content(self._question()))

    def _question(self) -> str:
        if not self.taken_up:
            return next((one for one in _OFFER if len(one) <= self.size.width - 2), _OFFER[-1])
        asked = (*_ASKED, _THIRD[self.third], _GIVEN)[len(self.given)]
        return asked.format(*self.given, third=self.third)


def two_keys(workspace: Workspace, entry: Entry, name: str) -> TwoKeys | None:
    """Return the question that `entry`, just logged, gives rise to, if it does."""
    if workspace.discreet:
        return None
    try:
        docket = reversed(workspace.docket(entry.client).entries)
        private = workspace.private.of(entry.client)
    except DocketError:  # the entry is logged, and that is to be said, not this
        return None
    before = (one for one in docket if one.seq < entry.seq)
    if not checkin_due(entry, before, private, workspace.clock(), workspace.config):
        return None
    return TwoKeys(workspace, entry.client, name, "dread" if inbound(entry) else "energy")
