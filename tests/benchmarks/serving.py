"""Appends to a server beside those to a file: by round trip, and by how many write at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from threading import Thread
from time import perf_counter

import pytest

from store.journal import JournalFile
from store.journal.server.address import ServerAddress
from store.journal.server.backend import PostgresBackend
from store.journal.server.schema import init
from store.journal.shared import Shared, SharedJournal
from tests.benchmarks.figures import Claim, Figure, Section
from tests.postgres import Server, running
from tests.store.journal.server.proxy import Proxy

_SAID = {"kind": "note", "statement": "words of an ordinary length about what happened today"}
_TRIPS = (0, 20, 100)
"""Milliseconds there and back."""
_WRITERS = (1, 4, 8)
_FEW = 3
"""Appends of each writer: each waits for the turns of all others, and those for their lines."""


def _times(append: Callable[[], object], rounds: int) -> tuple[float, ...]:
    taken = []
    for _ in range(rounds):
        begun = perf_counter()
        append()
        taken.append((perf_counter() - begun) * 1000)
    return tuple(taken)


def _machine(server: Server, folder: Path, trip: int = 0) -> SharedJournal:
    """Return the journal as a machine has it that is so far from the server."""
    port = Proxy(server.port, delay=trip / 2000).port if trip else server.port
    url = f"postgresql://root@127.0.0.1:{port}/postgres?workspace=bench&sslmode=disable"
    folder.mkdir()
    shared = Shared(folder, PostgresBackend(ServerAddress.parse(url)))
    shared.bring()
    path = folder / "acme.jsonl"
    return shared.open(path, wait=60) if path.exists() else shared.begin(path)


def _at_once(machines: list[SharedJournal], rounds: int) -> tuple[float, ...]:
    """Return how long each append took, where all of these machines append at once."""
    taken: list[float] = []

    def write(journal: SharedJournal) -> None:
        taken.extend(_times(partial(journal.append, _SAID), rounds))

    threads = [Thread(target=write, args=(machine,)) for machine in machines]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return tuple(taken)


def _crowd(server: Server, folder: Path, rounds: int) -> Section:
    """Return how long an append to one docket takes, by how many write and how far they are."""
    figures = {}
    for writers in _WRITERS:
        for trip in (_TRIPS[0], _TRIPS[-1]):
            machines = [
                _machine(server, folder / f"{writers}-{trip}-{one}", trip) for one in range(writers)
            ]
            for machine in machines:  # the line is there by then
                machine.append(_SAID)
            figures[f"{writers} at once, {trip} ms"] = Figure(_at_once(machines, rounds))
    return Section("An append to one docket on a server, by who writes and the round trip", figures)


def serving(folder: Path, rounds: int) -> Iterator[Section]:
    """Yield how long an append takes, acknowledged; nothing where no server can be had."""
    file = JournalFile.create(folder / "acme.jsonl")
    figures = {"a file": Figure(_times(partial(file.append, _SAID), rounds))}
    try:
        with running(durable=True) as server:
            init(ServerAddress.parse(server.url(workspace="bench")))
            for trip in _TRIPS:
                journal = _machine(server, folder / f"trip{trip}", trip)
                journal.append(_SAID)
                named = f"a server, {trip} ms there and back"
                figures[named] = Figure(_times(partial(journal.append, _SAID), rounds))
            far = Claim("a server, 0 ms there and back", "a file", 3)
            yield Section("An append, by where the journal is", figures, (far,))
            yield _crowd(server, folder, min(rounds, _FEW))
    except pytest.skip.Exception as skipped:
        print(f"No server: {skipped}")
