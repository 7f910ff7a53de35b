"""Journals in files and on a server, made and opened alike, so that one test asks both."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Any, Protocol

from store.journal import JournalFile
from store.journal.server.address import ServerAddress
from store.journal.server.backend import PostgresBackend
from store.journal.server.schema import init
from store.journal.shared import Shared, SharedJournal
from tests.postgres import Server

_numbers = count()


class Home(Protocol):
    """Where journals are kept."""

    def create(self, path: Path, **how: Any) -> JournalFile:
        """Make a new one."""

    def open(self, path: Path, **how: Any) -> JournalFile:
        """Return another handle on one."""

    def code(self, path: Path) -> str:
        """Return code that sets `journal` to another handle on one."""


class Files:
    """Journals in files."""

    def create(self, path: Path, **how: Any) -> JournalFile:
        return JournalFile.create(path, **how)

    def open(self, path: Path, **how: Any) -> JournalFile:
        return JournalFile(path, **how)

    def code(self, path: Path) -> str:
        return (
            "from pathlib import Path\nfrom store.journal import JournalFile\n"
            f"journal = JournalFile(Path({str(path)!r}), wait=60)\n"
        )


class Served:
    """Journals on a server, each folder a workspace of its own."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._urls: dict[Path, str] = {}
        self._backends: dict[Path, PostgresBackend] = {}

    def _backend(self, folder: Path) -> PostgresBackend:
        if folder not in self._backends:
            url = self._server.url(workspace=f"home{next(_numbers)}")
            init(ServerAddress.parse(url))
            self._urls[folder] = url
            self._backends[folder] = PostgresBackend(ServerAddress.parse(url))
        return self._backends[folder]

    def create(self, path: Path, **how: Any) -> SharedJournal:
        return SharedJournal.begin(path, self._backend(path.parent), **how)

    def open(self, path: Path, **how: Any) -> SharedJournal:
        return SharedJournal(path, self._backend(path.parent), **how)

    def code(self, path: Path) -> str:
        return machine_code(path.parent, self._urls[path.parent]) + (
            f"journal = shared.open(shared.folder / {path.name!r}, wait=60)\n"
        )


def machine(server: Server, workspace: str, folder: Path, user: str = "ann") -> Shared:
    """Return the journals of a workspace on a server as a machine of its own has them."""
    folder.mkdir(exist_ok=True)
    address = ServerAddress.parse(server.url(user, workspace=workspace))
    return Shared(folder, PostgresBackend(address))


def machine_code(folder: Path, url: str) -> str:
    """Return code that sets `shared` to such a machine, once everything is brought there."""
    return f"""
from pathlib import Path
from store.journal.server.address import ServerAddress
from store.journal.server.backend import PostgresBackend
from store.journal.shared import Shared
shared = Shared(Path({str(folder)!r}), PostgresBackend(ServerAddress.parse({url!r})))
while not any(shared.folder.iterdir()):
    shared.bring()
"""
