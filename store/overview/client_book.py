"""All dockets as the main screen needs them: what changed, and how each client stands.

What was worked out before, here or by `docket clients`, is not worked out again while docket,
settings and check-ins are as they were (store/index/summary.py).
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from store.decision import VERDICTS
from store.docket.discretion import is_opened, open_docket
from store.files import Stamp, stamp
from store.index.names import NameIndex
from store.index.summary import Summaries, Summary
from store.journal import JournalError
from store.money import Money, totals
from store.overview.standing import copied_workspace, scene_of
from store.stopping import turn_to
from store.text import fold
from store.workspace import Workspace

if TYPE_CHECKING:
    from store.decision import Assessment
    from store.docket import Docket

_LONG = 500_000  # bytes: about a tenth of a second
_MOMENT = 0.02  # seconds of looking at dockets that were read, before a thread does
_FEW = 500  # entries: one assessment of so many takes a few hundredths of a second


_CLEAR = 3
"""Letters of a name that have to be typed before a client is shown whom nobody chose yet."""


@dataclass(frozen=True, slots=True)
class ClientRow:
    """One line of the clients pane; `summary` is None until it has been worked out.

    `before` is how they stood when that was worked out last: it is never said, and puts them in
    order until then. `trouble` says why the docket cannot be read, if it cannot.
    """

    id: str
    name: str
    overdue: tuple[Money, ...] = ()
    ended: bool = False
    summary: Summary | None = None
    asks: bool = False
    trouble: JournalError | None = None
    before: Summary | None = None

    @property
    def order(self) -> tuple[bool, int, float, str, str]:
        """Those that need looking at first: by verdict, then by strain."""
        known = self.summary or self.before
        verdict, score = (known.verdict, known.score) if known else ("", None)
        grave = VERDICTS.index(verdict) if verdict in VERDICTS else -1
        return (self.ended, -grave, -(score or 0.0), fold(self.name), self.id)


class WorkedOut(NamedTuple):
    """How a client stands, as of the state that the docket was read in."""

    client: str
    state: str
    summary: Summary
    assessed: tuple[tuple[int, date], Assessment] | None


class ClientBook:
    """Reads dockets when their files change and keeps what was made of them.

    `rows` has a line for each client; of `unread` a thread reads the docket, or it was `given_up`.
    """

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.rows: dict[str, ClientRow] = {}
        self.unread, self.given_up = set[str](), set[str]()
        self._stamps: dict[str, Stamp] = {}
        self._private: Stamp | None = None
        self._waiting = self._waits()
        self._assessed: dict[str, tuple[tuple[int, date], Assessment]] = {}
        self._names: dict[str, str] = {}
        self._worked_out: dict[str, Summary] = {}
        self._states: dict[str, str] = {}
        self._summaries = Summaries(workspace.root, self.today)

    @property
    def today(self) -> date:
        """The clock's day."""
        return self.workspace.today

    def changed(self) -> set[str]:
        """Return the clients whose file is new, different or gone since the last call.

        Costs one listing and one stat per client. A changed private file counts for all.
        """
        stamps = {
            client: found
            for client in self.workspace.client_ids()
            if (found := _stamp(self.workspace.path(client)))
        }
        different = {
            client
            for client in stamps.keys() | self._stamps.keys()
            if stamps.get(client) != self._stamps.get(client)
        }
        private = _stamp(self.workspace.places.private)
        if private != self._private:
            self._private = private
            self._assessed.clear()
            different |= stamps.keys()
        waiting = self._waits()
        different |= {client for client, _, _ in waiting ^ self._waiting}
        self._waiting = waiting
        self._stamps = stamps
        if different:  # the states of what it summarises are looked up afresh
            self.save()
            self._summaries = Summaries(self.workspace.root, self.today)
        return different

    def _waits(self) -> frozenset[tuple[str, str, str]]:
        """Return what waits for the server: whose it is, its id, and why it was refused."""
        outbox = self.workspace.journals.outbox
        entries = outbox.entries() if outbox else ()
        return frozenset((one.client, one.id, one.why) for one in entries)

    def take_in(self, changed: Iterable[str]) -> list[str]:
        """Make the rows of the clients in `changed` anew; return those whose docket is too long.

        Nothing is read that was not before: of those a name is all that is told, or the id.
        """
        present, too_long = set(self.clients()), []
        end = time.thread_time() + _MOMENT
        for client in changed:
            if client not in present:
                self.rows.pop(client, None)
            elif known := self.known(client):
                self.rows[client] = known
            elif self.long(client):
                self.rows[client] = self._unknown(client, end)
                too_long.append(client)
            elif client in self._states and time.thread_time() < end:
                before = _as_before(self.rows.get(client), self._stamps[client])
                self.rows[client] = before or self.row(client)
            else:
                self.rows[client] = self._unknown(client, end)
            if (row := self.rows.get(client)) and not row.summary:
                self.rows[client] = replace(row, before=self._summaries.before(client))
        return too_long

    def pending(self) -> list[str]:
        """Return the clients that can be assessed and are not yet, those who stood worst first."""
        return self._summaries.worst_first(
            client
            for client, row in self.rows.items()
            if not (row.summary or row.trouble or client in self.unread | self.given_up)
        )

    def assess_some(self, seconds: float) -> None:
        """Assess short dockets for as many seconds of work, so that few need a thread."""
        end = time.thread_time() + seconds
        for client in self.pending():
            if time.thread_time() > end:
                return
            docket = self.open(client)
            if docket and len(docket.entries) < _FEW:
                self.keep(docket, self.assess(docket), self.state(client))
                self.rows[client] = self.row(client)

    def save(self) -> None:
        """Write down what was worked out, for the next start."""
        self._summaries.save()

    def clients(self) -> list[str]:
        """Return the ids of all clients as of the last look."""
        return sorted(self._stamps)

    def names(self) -> dict[str, str]:
        """Return the name of each client whose docket was read."""
        return {client: self._names.get(client, client) for client in self.clients()}

    def docket(self, client: str) -> Docket:
        """Return the docket of `client` as of today."""
        state = self._summaries.state(client)  # before it is read: what is appended now shows later
        docket = self.workspace.docket(client, self.today)
        self._names[client], self._states[client] = docket.name, state
        return docket

    def open(self, client: str) -> Docket | None:
        """Return the docket of `client`; if it cannot be read, its row says so from now on."""
        try:
            return self.docket(client)
        except JournalError as error:
            self.rows[client] = self._unreadable(client, error)
            return None

    def shown(self, client: str) -> Docket | None:
        """Return the docket of `client` as it may be shown now; None if it cannot be read."""
        docket = self.open(client)
        return open_docket(docket) if docket and self.workspace.discreet else docket

    def long(self, client: str) -> bool:
        """Whether what `client` shows is not read yet, and takes too long for a pause."""
        found = self._stamps.get(client)
        if found is None or found[2] < _LONG:
            return False
        if client in self._states:
            return self.workspace.discreet and not is_opened(self.workspace.docket(client))
        return not self.workspace.places.outline(client).exists()

    def read(self, client: str) -> None:
        """Read a long docket and what is shown of it at once; meant for a thread."""
        try:
            turn_to("Reading", self._stamps[client][2], "MB", 10**6)
            docket = self.docket(client)
            docket = open_docket(docket) if self.workspace.discreet else docket
            _ = docket.log, docket.terms, docket.overdue_totals, docket.ended
        except JournalError as error:
            self.rows[client] = self._unreadable(client, error)

    def known(self, client: str) -> ClientRow | None:
        """Return the line of `client` from what was worked out before, if that still holds."""
        summary = self._summaries.get(client, self._summaries.state(client))
        if summary is None:
            return None
        self._names.setdefault(client, summary.name)
        return self._summarised(client, summary)

    def row(self, client: str) -> ClientRow:
        """Return the line of `client`, and how it stands if that is known already."""
        try:
            docket = self.docket(client)
        except JournalError as error:
            return self._unreadable(client, error)
        if self.assessment(docket) is not None:
            return self._summarised(client, self._worked_out[client])
        return ClientRow(client, docket.name, tuple(docket.overdue_totals), bool(docket.ended))

    def _summarised(self, client: str, summary: Summary) -> ClientRow:
        return ClientRow(
            id=client,
            name=summary.name,
            overdue=tuple(Money(Decimal(amount), code) for amount, code in summary.overdue),
            ended=summary.ended,
            summary=summary,
            asks=summary.asks,
        )

    def _unknown(self, client: str, end: float) -> ClientRow:
        """Return the line of a client whose docket was not read; its name is sought until `end`."""
        long = self._stamps[client][2] > _LONG
        known = self._told.kept_names if long or time.thread_time() > end else self._told.names
        return ClientRow(client, self._names.get(client) or known([client]).get(client) or client)

    @cached_property
    def _told(self) -> NameIndex:
        return NameIndex(self.workspace.root)

    def _unreadable(self, client: str, trouble: JournalError) -> ClientRow:
        return ClientRow(client, self._names.get(client, client), trouble=trouble)

    def assessment(self, docket: Docket) -> Assessment | None:
        """Return what was made of `docket` as it is now, or None if that is not known yet."""
        kept = self._assessed.get(docket.client)
        return kept[1] if kept and kept[0] == _version(docket) else None

    def state(self, client: str) -> str:
        """Return what the docket of `client` was read in, for `keep`: ask before assessing."""
        return self._states.get(client, "")

    def assess(self, docket: Docket) -> Assessment:
        """Work out the assessment of `docket`; safe in a thread, since a docket never changes."""
        from store.decision import assess  # of no use while what was worked out before holds

        private = self.workspace.private.of(docket.client)
        return assess(docket, private, self.workspace.config)

    def keep(self, docket: Docket, assessment: Assessment, state: str) -> None:
        """Keep what `assess` made of `docket`, unless something changed since that `state`."""
        self.take(self._worked(docket, assessment, state))

    def work_out(self, client: str, *, at_hand: bool) -> WorkedOut:
        """Return how a client stands; for a thread. JournalError if the docket cannot be read.

        What was read is let go of again, but for a client who is `at_hand`: all of many dockets at
        once take more room than anybody has.
        """
        state = self._summaries.state(client)  # before it is read: what is appended now shows later
        workspace = self.workspace if at_hand else copied_workspace(self.workspace)
        docket = workspace.docket(client, self.today)
        return self._worked(docket, self.assess(docket), state, at_hand=at_hand)

    def take(self, worked: WorkedOut) -> None:
        """Take in what was worked out, unless something changed meanwhile."""
        client = worked.client
        if worked.state != self._summaries.state(client):
            return
        self._names[client] = worked.summary.name
        self._worked_out[client] = worked.summary
        self._states[client] = worked.state
        if worked.assessed:
            self._assessed[client] = worked.assessed
        self._summaries.put(client, worked.state, worked.summary)
        self.rows[client] = self._summarised(client, worked.summary)

    def fail(self, client: str, error: JournalError) -> None:
        """Take in that a docket cannot be read."""
        self.rows[client] = self._unreadable(client, error)

    def _worked(
        self, docket: Docket, assessment: Assessment, state: str, *, at_hand: bool = True
    ) -> WorkedOut:
        summary = Summary.of(scene_of(docket, self.workspace, assessment))
        assessed = (_version(docket), assessment) if at_hand else None
        return WorkedOut(docket.client, state, summary, assessed)


def in_their_order(rows: Iterable[ClientRow]) -> bool:
    """Whether it is known of all how they stand, or stood: their order is nearly right."""
    return all(row.summary or row.before or row.trouble for row in rows)


def open_rows(rows: Iterable[ClientRow], client: str | None, wanted: str) -> list[ClientRow]:
    """Return what may be seen of `rows` while somebody looks along: who it is, and no more.

    That is `client` alone, or the one whose name is looked for, once no other is meant.
    """
    rows = list(rows)
    clear = len(rows) == 1 and len(wanted) >= _CLEAR
    return [
        ClientRow(row.id, row.name, trouble=row.trouble)
        for row in rows
        if (clear if wanted else row.id == client)
    ]


def overdue(rows: Iterable[ClientRow]) -> list[Money]:
    """Return what all clients together owe after its due date, one sum per currency."""
    return totals(money for row in rows for money in row.overdue)


def _version(docket: Docket) -> tuple[int, date]:
    return len(docket.entries), docket.today


def _stamp(path: Path) -> Stamp | None:
    try:
        return stamp(path.stat())
    except FileNotFoundError:
        return None


def _as_before(row: ClientRow | None, stamp_: Stamp) -> ClientRow | None:
    """Return the line of a client whose docket grew, where it takes a thread to bring it up.

    What is owed is that of before until then; None where it is at hand soon enough.
    """
    if row is None or row.trouble or stamp_[2] < _LONG:
        return None
    return ClientRow(row.id, row.name, row.overdue, row.ended)
