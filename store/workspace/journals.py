"""The journals of a workspace: in its files, or on a server, with a checked copy in the files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from store.entries.words import entry_named
from store.errors import UsageError
from store.journal import Clock, JournalFile
from store.journal.chain import NOT_YET
from store.journal.errors import ServerAwayError
from store.journal.protocol import Journal
from store.places import Places

if TYPE_CHECKING:
    from store.entries import Draft, Entry
    from store.journal.outbox import Begun, Outbox
    from store.journal.shared import Shared
    from store.workspace.begun import Dockets
    from store.workspace.sending import Delivery

_PATIENCE: Final = 0.3
"""Seconds that a line which broke is waited for: what is typed then can wait in the outbox."""
_REST: Final = 30.0
"""Seconds before a server that was away is asked again by whoever does not watch it."""


class Journals:
    """They are opened and begun here, and so told where they are and by which clock they go.

    `shared` are those of a workspace that is on a server; of files there is no more to know.
    """

    def __init__(self, places: Places, clock: Clock, entropy: Callable[[], str]) -> None:
        self.shared: Shared | None = None
        self.told: list[str] = []
        """What came of sending what waited, to be said."""
        self._stale = False
        self._places = places
        self._how: dict[str, Any] = {"clock": clock, "new_id": entropy, "new_seed": entropy}

    def bring_from(self, address: str, dockets: Dockets, *, at_once: bool = True) -> None:
        """From a server fetch what others have logged, and send what waits.

        If not `at_once`, that is done when something of it is asked for.
        """
        if not address:
            return
        from store.journal.outbox import Outbox
        from store.journal.server.address import ServerAddress
        from store.journal.server.backend import PostgresBackend
        from store.journal.shared import Shared

        places, meant = self._places, ServerAddress.parse(address)
        backend = PostgresBackend(meant, patience=_PATIENCE, rest=_REST)
        outbox = Outbox(places.outbox)
        self.shared = Shared(places.clients, backend, outbox, places.reached)
        self._stale = True
        if at_once:
            self.bring()
            self.deliver(dockets)

    def bring(self) -> None:
        """Fetch what others have logged, unless that was done; nothing for dockets in files."""
        if self._stale and self.shared:
            self._stale = False
            self.shared.bring()

    @property
    def outbox(self) -> Outbox | None:
        """What waits for the server; None for dockets in files."""
        return self.shared.outbox if self.shared else None

    def begun_here(self, client: str) -> Begun | None:
        """Return how it stands with a docket begun here that is not known to be on the server."""
        return self.outbox.begun.get(client) if self.outbox else None

    def said(self) -> Iterator[str]:
        """Yield what there is to say of a server: what was sent, what waits, that it is away."""
        self._stale = False  # nothing more is asked for, for the sake of what is said
        if self.shared:
            yield from dict.fromkeys((*self.told, *self.shared.told()))
            yield from self.shared.outbox.told() if self.shared.outbox else ()

    def waiting(self, client: str) -> list[Entry]:
        """Return the entries of `client` that wait in the outbox, in the order of typing."""
        outbox = self.outbox
        if outbox is None or not (lines := [one.line for one in outbox.entries(client)]):
            return []
        from store.docket import read_entry

        return list(map(read_entry, lines))

    def waiting_entry(self, client: str, seq: int) -> Entry | None:
        """Return the one that has this number in the outbox."""
        return next((one for one in self.waiting(client) if one.seq == seq), None)

    def named(self, client: str, fields: dict[str, Any]) -> dict[str, Any]:
        """Return fields whose links have the ids of entries that wait, as nobody else knows their
        numbers; UsageError for one that does not wait."""
        found: list[dict[str, Any]] = []
        for link in fields.get("links") or ():
            if link["seq"] >= NOT_YET and not link.get("id"):
                if (entry := self.waiting_entry(client, link["seq"])) is None:
                    name = entry_named(client, link["seq"])
                    raise UsageError(f"{name} does not wait", "", "See `docket server outbox`")
                link = {**link, "id": entry.id}
            found.append(link)
        return {**fields, "links": found} if found else fields

    def open(self, path: Path, **how: Any) -> Journal:
        """Return the journal at `path`; JournalMissingError where there is none."""
        how = self._how | how
        return self.shared.open(path, **how) if self.shared else JournalFile(path, **how)

    def begin(self, path: Path, **how: Any) -> Journal:
        """Begin the journal at `path`, with its `first` entries; JournalExistsError if it is."""
        how = self._how | how
        return self.shared.begin(path, **how) if self.shared else JournalFile.create(path, **how)

    def deliver(self, dockets: Dockets, *, again: bool = False) -> Delivery | None:
        """Send what waits in the outbox, if anything does; see `store.workspace.sending`."""
        if self.shared is None or self.shared.away or not (self.outbox and self.outbox.holds):
            return None
        from store.workspace.sending import deliver

        done = deliver(dockets, again=again)
        self.told += done.told
        return done

    def ready(self, dockets: Dockets, client: str, drafts: Iterable[Draft]) -> list[Draft]:
        """Return drafts as they are appended, once other machines can have the files they name."""
        if self.shared is None:
            return list(drafts)
        from store.workspace.sending import tied_to_record

        drafts = [tied_to_record(dockets, draft) for draft in drafts]
        self._send_exhibits(client, drafts)
        return drafts

    def _send_exhibits(self, client: str, drafts: Iterable[Draft]) -> None:
        """Send the files of drafts; while the server is away the entry waits, and so do they."""
        if self.shared and not self.shared.keeps(client):
            for sha256 in {one.sha256 for draft in drafts for one in draft.exhibits}:
                try:
                    self.shared.send(client, self._places.exhibits / sha256)
                except ServerAwayError:
                    return
