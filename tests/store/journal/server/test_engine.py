"""The engine itself refuses what a journal is not: tried with SQL, by whoever may write."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import errors

from store.errors import UsageError
from store.journal.errors import ServerError
from store.journal.server.address import ServerAddress
from store.journal.server.backend import PostgresBackend
from store.journal.server.link import connect
from store.journal.server.members import StudioMember, join, leave, members
from store.journal.server.schema import ROLES, init
from store.journal.shared import Shared
from tests.postgres import Server
from tests.store.journal.homes import machine

WRONG = "0" * 64


_numbers = count()


@pytest.fixture(scope="module", params=[0, 3], ids=["whole", "in_parts"])
def database(request: pytest.FixtureRequest, postgres: Server) -> tuple[str, int]:
    """A database whose tables are whole, or in three parts by workspace; its name, and how many."""
    name = f"engine{next(_numbers)}"  # another each time: work that is stolen begins it anew
    with connect(ServerAddress.parse(postgres.url())) as base:
        base.execute(f"CREATE DATABASE {name}".encode())
    return name, request.param


@pytest.fixture
def base(
    database: tuple[str, int], postgres: Server, tmp_path: Path
) -> Iterator[psycopg.Connection[Any]]:
    """Ann's connection, beside a docket of three entries."""
    name, parts = database
    studio = f"engine{next(_numbers)}"
    owner = ServerAddress.parse(postgres.url("root", name, studio))
    init(owner, parts)
    join(owner, "ann", "write")
    address = ServerAddress.parse(postgres.url("ann", name, studio))
    ann = Shared(tmp_path, PostgresBackend(address))
    ann.begin(tmp_path / "acme.jsonl", first=[{"n": number} for number in range(3)])
    with connect(address) as base:
        base.execute("SELECT set_config('my.studio', %s, false)", (studio,))
        yield base


OF = "workspace = current_setting('my.studio')"
INSERT = (
    "INSERT INTO docket.line (workspace, client, part, seq, hash, before, prev, line) "
    f"SELECT workspace, client, part, {{}} FROM docket.line WHERE {OF} AND seq = 3"
)


@pytest.mark.parametrize(
    "text",
    [
        f"UPDATE docket.line SET line = 'x' WHERE {OF}",
        f"UPDATE docket.line SET seq = 4 - seq WHERE {OF} AND seq > 0",
        f"DELETE FROM docket.line WHERE {OF} AND seq = 3",
        "TRUNCATE docket.line",
        "TRUNCATE docket.journal CASCADE",
        f"UPDATE docket.journal SET turn = turn + 1 WHERE {OF}",
        f"UPDATE docket.journal SET client = 'bolt' WHERE {OF}",
        f"DELETE FROM docket.journal WHERE {OF}",
        f"UPDATE docket.seen SET at = now() WHERE {OF}",
        "ALTER TABLE docket.line DISABLE TRIGGER ALL",
        "DROP TABLE docket.line CASCADE",
        "ALTER TABLE docket.line DISABLE ROW LEVEL SECURITY",
        "SET session_replication_role = replica",
        "SET docket.erasing = 'yes'; DELETE FROM docket.line",
        "SELECT docket.erase(current_setting('my.studio'), 'acme')",
        "INSERT INTO docket.member (name, workspace, may) "
        "VALUES ('ann', current_setting('my.studio'), 'own')",
        f"INSERT INTO docket.closed (workspace, client, how) SELECT workspace, client, 'erased' "
        f"FROM docket.journal WHERE {OF}",
        "INSERT INTO docket.journal (workspace, client, part) VALUES ('other', 'acme', 'jsonl')",
        "INSERT INTO docket.line (by) VALUES ('bea')",
    ],
)
def test_who_may_write_may_only_add(base: psycopg.Connection[Any], text: str) -> None:
    with pytest.raises((errors.InsufficientPrivilege, errors.ForeignKeyViolation)):
        base.execute(text.encode())


@pytest.mark.parametrize(
    ("values", "error"),
    [
        ("3, hash, before, prev, line", errors.UniqueViolation),  # again
        (f"3, '{WRONG}', before, prev, line", errors.CheckViolation),  # a fork, with another hash
        ("5, hash, 4, prev, replace(line, '\"seq\":3', '\"seq\":5')", errors.ForeignKeyViolation),
        (f"4, hash, 3, '{WRONG}', line", errors.CheckViolation),  # what the line says is another
        ("4, hash, 2, prev, line", errors.CheckViolation),  # out of order
        ("4, hash, NULL, NULL, line", errors.CheckViolation),  # tied to nothing
        ("-1, hash, NULL, NULL, line", errors.CheckViolation),
        (
            f"4, hash, 3, '{WRONG}', replace(replace(line, prev, '{WRONG}'), "
            "'\"seq\":3', '\"seq\":4')",
            errors.ForeignKeyViolation,  # tied to an entry that is not there
        ),
    ],
)
def test_a_gap_a_fork_and_another_order_are_refused(
    base: psycopg.Connection[Any], values: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        base.execute(INSERT.format(values).encode())


def test_a_superuser_meets_the_trigger_too(postgres: Server, studio: str, tmp_path: Path) -> None:
    ann = machine(postgres, studio, tmp_path)
    ann.begin(tmp_path / "acme.jsonl", first=[{"n": 0}])
    with connect(ServerAddress.parse(postgres.url())) as base:
        for text in (
            "UPDATE docket.line SET line = 'x'",
            "DELETE FROM docket.line",
            "TRUNCATE docket.line CASCADE",
        ):
            with pytest.raises(errors.InsufficientPrivilege, match="never changed or deleted"):
                base.execute(text.encode())


def test_a_part_is_no_way_around_and_their_number_is_chosen_once(
    postgres: Server, tmp_path: Path
) -> None:
    with connect(ServerAddress.parse(postgres.url())) as base:
        base.execute("CREATE DATABASE parts")
    address = ServerAddress.parse(postgres.url(database="parts"))
    assert (init(address, 2), init(address, 2), init(address)) == ((0, 1), (1, 1), (1, 1))
    with pytest.raises(UsageError, match="have 2 partitions, not 3"):
        init(address, 3)
    join(address, "ann", "write")
    own = ServerAddress.parse(postgres.url("ann", "parts"))
    shared = Shared(tmp_path, PostgresBackend(own))
    shared.begin(tmp_path / "acme.jsonl", first=[{"n": 0}])
    for part in range(2):
        for who in (own, address):
            with connect(who) as base, pytest.raises(errors.InsufficientPrivilege):
                base.execute(f"DELETE FROM docket.line_{part}".encode())
        with connect(own) as base, pytest.raises(errors.InsufficientPrivilege):
            base.execute(f"SELECT * FROM docket.line_{part}".encode())
    PostgresBackend(address).erase("acme")
    assert not PostgresBackend(address).heads()


def test_members_are_named_and_may_be_let_go(postgres: Server, studio: str) -> None:
    address = ServerAddress.parse(postgres.url("ann", workspace=studio))
    assert members(address) == [
        StudioMember("ann", "write"),
        StudioMember("bea", "write"),
        StudioMember("carl", "write", ("acme",)),
        StudioMember("rea", "read"),
        StudioMember("root", "own"),
    ]
    owner = ServerAddress.parse(postgres.url(workspace=studio))
    join(owner, "bea", "own")
    bea = ServerAddress.parse(postgres.url("bea", workspace=studio))
    leave(bea, "rea")
    join(bea, "carl", "read", ["acme", "bolt"])
    assert members(bea)[1:3] == [
        StudioMember("bea", "own"),
        StudioMember("carl", "read", ("acme", "bolt")),
    ]
    assert init(owner) == (1, 1)


def test_an_owner_erases_a_client_and_that_stays_known(
    postgres: Server, studio: str, tmp_path: Path
) -> None:
    ann = machine(postgres, studio, tmp_path / "ann")
    ann.begin(ann.folder / "acme.jsonl", first=[{"n": 0}])
    ann.begin(ann.folder / "bolt.jsonl", first=[{"n": 0}])
    root = machine(postgres, studio, tmp_path / "root", "root")
    root.backend.erase("acme")
    assert set(root.backend.heads()) == {"bolt.jsonl"}
    ann.bring()
    assert "erased on the server" in str(ann.trouble["acme.jsonl"])
    assert (ann.folder / "acme.jsonl").exists()
    closed = ann.backend.closed("acme")
    assert closed is not None and (closed.how, closed.who) == ("erased", "root")


def test_whoever_runs_it_need_be_no_superuser(postgres: Server, tmp_path: Path) -> None:
    with connect(ServerAddress.parse(postgres.url())) as base:
        base.execute("CREATE ROLE boss LOGIN CREATEROLE")
        base.execute("CREATE DATABASE theirs OWNER boss")
        for role in ROLES.values():  # from 16 on who made them has to let others give them
            if base.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (role,)).fetchone():
                base.execute(f"GRANT {role} TO boss WITH ADMIN OPTION".encode())
    address = ServerAddress.parse(postgres.url("boss", "theirs"))
    assert init(address) == (0, 1)
    join(address, "ann", "write")
    for name in ("boss", "ann"):
        own = ServerAddress.parse(postgres.url(name, "theirs"))
        (tmp_path / name).mkdir()
        shared = Shared(tmp_path / name, PostgresBackend(own))
        shared.bring()
        shared.begin(tmp_path / name / f"{name}.jsonl", first=[{"n": 0}])
    with connect(address) as base:
        for text in ("UPDATE docket.line SET line = 'x'", "DELETE FROM docket.line"):
            with pytest.raises(errors.InsufficientPrivilege):
                base.execute(text.encode())
    boss = PostgresBackend(address)
    boss.erase("ann")
    assert set(boss.heads()) == {"boss.jsonl"}
    with pytest.raises(ServerError):
        PostgresBackend(ServerAddress.parse(postgres.url("ann", "theirs"))).erase("boss")
