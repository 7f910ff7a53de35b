"""One server for all tests of a session, and a database of its own for each."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import pytest

from store.journal.server.address import ServerAddress
from store.journal.server.link import connect
from store.journal.server.members import join
from store.journal.server.schema import init
from tests.postgres import Server, running

_numbers = count()


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A server that all tests share."""
    with running() as server:
        base = connect(ServerAddress.parse(server.url()))
        for name in ("ann", "bea", "carl", "rea"):
            base.execute(f"CREATE ROLE {name} LOGIN".encode())
        base.close()
        yield server


@pytest.fixture
def database(postgres: Server) -> str:
    """The name of a new database with dockets: ann and bea write, rea reads, carl has acme."""
    name = f"db{next(_numbers)}"
    base = connect(ServerAddress.parse(postgres.url()))
    base.execute(f"CREATE DATABASE {name}".encode())
    base.close()
    address = ServerAddress.parse(postgres.url(database=name))
    init(address)
    for who in ("ann", "bea"):
        join(address, who, "write")
    join(address, "rea", "read")
    join(address, "carl", "write", ["acme"])
    return name
