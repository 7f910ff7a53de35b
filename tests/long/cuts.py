"""The line to a server cut at every byte of an append, either way: kept or not, and known which."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from store.journal.server.address import ServerAddress
from store.journal.server.members import join
from store.journal.server.schema import init
from tests.long.outcome import LongRun, Outcome
from tests.postgres import Server, running
from tests.store.journal.homes import machine
from tests.store.journal.server.test_machines import cut

_BYTES = 1700
"""More than an append sends, or is answered, with all that goes before it."""


def _tried(server: Server, folder: Path, number: int) -> Iterator[str]:
    at, answered = divmod(number, 2)
    try:
        if answered:
            cut(server, "cuts", folder, sent=None, answered=at + 1)
        else:
            cut(server, "cuts", folder, sent=at + 1, answered=None)
    except AssertionError as error:
        yield f"{number}: {error}"


def run(numbers: Sequence[int]) -> Outcome:
    """Cut the line at the bytes of these numbers: even ones on the way there, odd ones back."""
    try:
        with running() as server, tempfile.TemporaryDirectory(prefix="docket-cuts-") as name:
            server.make_roles("ann")
            init(ServerAddress.parse(server.url(workspace="cuts")))
            folder = Path(name) / "ann"
            begun = machine(server, "cuts", folder, "root")
            begun.begin(folder / "acme.jsonl")
            join(ServerAddress.parse(server.url(workspace="cuts")), "ann", "write")
            sent, answered = cut(server, "cuts", folder, sent=None, answered=None)
            failed = [wrong for number in numbers for wrong in _tried(server, folder, number)]
    except pytest.skip.Exception as skipped:
        return Outcome(0, (), str(skipped))
    return Outcome(len(numbers), tuple(failed), f"{sent} bytes there, {answered} back")


LONG = LongRun(2 * _BYTES, run)
