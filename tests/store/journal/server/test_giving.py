"""A server that lost lines gets them back from a member, and one that tells otherwise gets none."""

from __future__ import annotations

from pathlib import Path

from store.anchors import check_client
from store.evidence.attach import attach
from store.journal.server.address import ServerAddress
from store.journal.server.backend import PostgresBackend
from store.journal.server.members import join
from store.journal.server.schema import init
from store.upkeep.giving import Lack, give_back, lacking
from store.workspace import Workspace
from tests.postgres import Server
from tests.store.journal.server.test_witness import CUT, ann, as_superuser, rebuild, workspace

__all__ = ["ann"]


def backend_of(made: Workspace) -> PostgresBackend:
    assert made.journals.shared
    backend = made.journals.shared.backend
    assert isinstance(backend, PostgresBackend)
    return backend


def test_what_a_server_lost_is_given_back_byte_for_byte(
    postgres: Server, studio: str, tmp_path: Path, ann: Workspace
) -> None:
    (tmp_path / "scan.txt").write_text("a scan")
    attach(ann, ann.draft("acme", "note", "see the scan"), [tmp_path / "scan.txt"])
    ann.add_client("bolt", {"name": "Bolt"}, {})
    before = {path.name: path.read_bytes() for path in ann.places.clients.glob("*.*l*")}
    gone = (
        f"DELETE FROM docket.{table} WHERE workspace = %s{more}"
        for table, more in (
            ("seen", ""),
            ("piece", ""),
            ("exhibit", ""),
            ("line", " AND client = 'bolt'"),
            ("line", " AND part = 'custody'"),
            ("journal", " AND (client = 'bolt' OR part = 'custody')"),
        )
    )
    as_superuser(postgres, studio, (CUT, (3,)), *((one, ()) for one in gone))
    again = workspace(postgres, studio, tmp_path / "ann", "ann")
    backend = backend_of(again)
    wanted = (Lack("acme.jsonl", 3, 6), Lack("acme.custody", -1, 1), Lack("bolt.jsonl", -1, 1))
    assert lacking(again, backend) == (wanted, ())
    assert wanted[0].said == "acme: 3 entries, #4 to #6"
    assert backend.heads()["acme.jsonl"].count == 3
    assert give_back(again, backend).lacking == wanted
    assert lacking(again, backend) == ((), ())
    newcomer = workspace(postgres, studio, tmp_path / "new", "rea")
    for name, raw in before.items():
        assert (newcomer.places.clients / name).read_bytes() == raw
    assert check_client(newcomer, "acme").ok
    sha256 = newcomer.docket("acme").entries[-1].exhibits[0].sha256
    assert b"".join(backend.exhibit("acme", sha256)) == b"a scan"
    assert again.enter("acme", "note", "and on it goes").seq == 7


def test_a_fork_is_refused_by_name_and_a_new_server_takes_the_true_one(
    postgres: Server, studio: str, tmp_path: Path, ann: Workspace
) -> None:
    rebuild(postgres, studio, tmp_path / "forge", ann.path("acme"))
    again = workspace(postgres, studio, tmp_path / "ann", "ann")
    backend = backend_of(again)
    heads = backend.heads()
    given = give_back(again, backend)
    assert given.lacking == ()
    assert given.refused[0].startswith("Two dockets of acme part at entry 1")
    assert backend.heads() == heads
    fresh = ServerAddress.parse(postgres.url(workspace=f"{studio}-new"))
    init(fresh)
    join(fresh, "ann", "write")
    join(fresh, "rea", "read")
    there = PostgresBackend(ServerAddress.parse(postgres.url("ann", workspace=f"{studio}-new")))
    assert give_back(again, there).lacking == (Lack("acme.jsonl", -1, 5),)
    newcomer = workspace(postgres, f"{studio}-new", tmp_path / "new", "rea")
    assert newcomer.path("acme").read_bytes() == ann.path("acme").read_bytes()
