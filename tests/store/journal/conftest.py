"""Where journals are kept: in files, or on a PostgreSQL server that the tests share."""

from __future__ import annotations

from itertools import count

import pytest

from store.journal.server.address import ServerAddress
from store.journal.server.members import join
from store.journal.server.schema import init
from tests.postgres import Server
from tests.store.journal.homes import Files, Home, Served

_numbers = count()


@pytest.fixture
def studio(postgres: Server) -> str:
    """The name of a new workspace: ann and bea write, rea reads, carl has acme only."""
    name = f"studio{next(_numbers)}"
    address = ServerAddress.parse(postgres.url(workspace=name))
    init(address)
    for who in ("ann", "bea"):
        join(address, who, "write")
    join(address, "rea", "read")
    join(address, "carl", "write", ["acme"])
    return name


@pytest.fixture(scope="session", params=["file", "server"])
def home(request: pytest.FixtureRequest) -> Home:
    """Where the journals of a test are kept: it has to hold for both."""
    if request.param == "file":
        return Files()
    return Served(request.getfixturevalue("postgres"))
