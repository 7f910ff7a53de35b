"""The journals of a workspace: in its files, or on a server, with a checked copy in the files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.journal import Clock, JournalFile
from store.journal.protocol import Journal
from store.places import Places

if TYPE_CHECKING:
    from store.entries import Draft
    from store.journal.shared import Shared


class Journals:
    """They are opened and begun here, and so told where they are and by which clock they go.

    `shared` are those of a workspace that is on a server; of files there is no more to know.
    """

    def __init__(self, places: Places, clock: Clock, entropy: Callable[[], str]) -> None:
        self.shared: Shared | None = None
        self._places = places
        self._how: dict[str, Any] = {"clock": clock, "new_id": entropy, "new_seed": entropy}

    def bring_from(self, address: str) -> None:
        """Fetch what others have logged, if they are on a server, and it is there."""
        if not address:
            return
        from store.journal.server.address import ServerAddress
        from store.journal.server.backend import PostgresBackend
        from store.journal.shared import Shared

        self.shared = Shared(self._places.clients, PostgresBackend(ServerAddress.parse(address)))
        self.shared.bring()

    def open(self, path: Path, **how: Any) -> Journal:
        """Return the journal at `path`; JournalMissingError where there is none."""
        how = self._how | how
        return self.shared.open(path, **how) if self.shared else JournalFile(path, **how)

    def begin(self, path: Path, **how: Any) -> Journal:
        """Begin the journal at `path`, with its `first` entries; JournalExistsError if it is."""
        how = self._how | how
        return self.shared.begin(path, **how) if self.shared else JournalFile.create(path, **how)

    def send_exhibits(self, client: str, drafts: Iterable[Draft]) -> None:
        """Let other machines have the files of drafts, before an entry says that they are kept."""
        if self.shared:
            for sha256 in {one.sha256 for draft in drafts for one in draft.exhibits}:
                self.shared.send(client, self._places.exhibits / sha256)
