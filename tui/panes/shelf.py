"""All dockets as the main screen needs them: what changed, and each client's assessment, kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from store.decision import Assessment, assess
from store.docket import Docket
from store.journal import JournalError
from store.money import Money, totals
from store.text import fold
from store.workspace import Workspace

_ASKS = frozenset({"set-boundaries", "stop-work", "walk-away"})
_Stamp = tuple[int, int, int, int]
_LONG = 500_000  # bytes: about a tenth of a second


@dataclass(frozen=True, slots=True)
class ClientRow:
    """One line of the clients pane; `assessment` is None until it has been worked out.

    `trouble` says why the docket cannot be read, if it cannot.
    """

    id: str
    name: str
    overdue: tuple[Money, ...] = ()
    ended: bool = False
    assessment: Assessment | None = None
    asks: bool = False
    trouble: JournalError | None = None

    @property
    def order(self) -> tuple[bool, float, str]:
        """Those that need looking at first."""
        score = self.assessment.score if self.assessment else None
        return (self.ended, -(score if score is not None else -1), fold(self.name))


class Shelf:
    """Reads dockets when their files change and keeps what was made of them."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._stamps: dict[str, _Stamp] = {}
        self._private: _Stamp | None = None
        self._assessed: dict[str, tuple[tuple[int, date], Assessment]] = {}
        self._names: dict[str, str] = {}

    @property
    def today(self) -> date:
        """The clock's day."""
        return self.workspace.clock().date()

    def changed(self) -> set[str]:
        """Return the clients whose file is new, different or gone since the last call.

        Costs one listing and one stat per client. A changed private file counts for all.
        """
        stamps = {
            client: stamp
            for client in self.workspace.client_ids()
            if (stamp := _stamp(self.workspace.path(client)))
        }
        different = {
            client
            for client in stamps.keys() | self._stamps.keys()
            if stamps.get(client) != self._stamps.get(client)
        }
        private = _stamp(self.workspace.private.path)
        if private != self._private:
            self._private = private
            self._assessed.clear()
            different |= stamps.keys()
        self._stamps = stamps
        return different

    def clients(self) -> list[str]:
        """Return the ids of all clients as of the last look."""
        return sorted(self._stamps)

    def names(self) -> dict[str, str]:
        """Return the name of each client whose docket was read."""
        return {client: self._names.get(client, client) for client in self.clients()}

    def docket(self, client: str) -> Docket:
        """Return the docket of `client` as of today."""
        docket = self.workspace.docket(client, self.today)
        self._names[client] = docket.name
        return docket

    def long(self, client: str) -> bool:
        """Whether the docket of `client` has not been read yet and takes too long for a pause."""
        stamp = self._stamps.get(client)
        return client not in self._names and stamp is not None and stamp[1] > _LONG

    def read(self, client: str) -> None:
        """Read a long docket and what is shown of it at once; meant for a thread."""
        docket = self.docket(client)
        _ = docket.log, docket.overdue_totals, docket.ended

    def row(self, client: str) -> ClientRow:
        """Return the line of `client`, with its assessment if that is known already."""
        try:
            docket = self.docket(client)
        except JournalError as error:
            return self.unreadable(client, error)
        assessment = self.assessment(docket)
        return ClientRow(
            id=client,
            name=docket.name,
            overdue=tuple(docket.overdue_totals),
            ended=docket.ended is not None,
            assessment=assessment,
            asks=assessment is not None and self._asks(client, assessment),
        )

    def unreadable(self, client: str, trouble: JournalError) -> ClientRow:
        """Return the line of a `client` whose docket cannot be read."""
        return ClientRow(client, self._names.get(client, client), trouble=trouble)

    def assessment(self, docket: Docket) -> Assessment | None:
        """Return what was made of `docket` as it is now, or None if that is not known yet."""
        kept = self._assessed.get(docket.client)
        return kept[1] if kept and kept[0] == _version(docket) else None

    def assess(self, docket: Docket) -> Assessment:
        """Work out the assessment of `docket`; safe in a thread, since a docket never changes."""
        private = self.workspace.private.of(docket.client)
        return assess(docket, private, self.workspace.config)

    def keep(self, docket: Docket, assessment: Assessment) -> None:
        """Keep what `assess` made of `docket`."""
        self._assessed[docket.client] = (_version(docket), assessment)

    def _asks(self, client: str, assessment: Assessment) -> bool:
        """Whether a decision is due: none was made on this verdict, or its review day has come."""
        if assessment.verdict not in _ASKS:
            return False
        made = self.workspace.private.of(client).decisions
        last = made[-1] if made else None
        return (
            last is None
            or last.verdict != assessment.verdict
            or (last.review is not None and last.review <= self.today)
        )


def overdue(rows: Iterable[ClientRow]) -> list[Money]:
    """Return what all clients together owe after its due date, one sum per currency."""
    return totals(money for row in rows for money in row.overdue)


def _version(docket: Docket) -> tuple[int, date]:
    return len(docket.entries), docket.today


def _stamp(path: Path) -> _Stamp | None:
    try:
        info = path.stat()
    except FileNotFoundError:
        return None
    return (info.st_ino, info.st_size, info.st_mtime_ns, info.st_ctime_ns)
