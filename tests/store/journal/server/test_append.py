"""A journal on a server keeps what it is given, for all machines alike, as a file does."""

from __future__ import annotations

from pathlib import Path

from store.journal import verify_file
from store.journal.server.address import ServerAddress
from store.journal.server.backend import PostgresBackend
from store.journal.shared import Shared
from tests.postgres import Server


def machine(postgres: Server, database: str, folder: Path, user: str = "ann") -> Shared:
    folder.mkdir(exist_ok=True)
    return Shared(folder, PostgresBackend(ServerAddress.parse(postgres.url(user, database))))


def test_two_machines_have_the_same_bytes(postgres: Server, database: str, tmp_path: Path) -> None:
    ann = machine(postgres, database, tmp_path / "a")
    bea = machine(postgres, database, tmp_path / "b", "bea")
    path = ann.folder / "acme.jsonl"
    one = ann.begin(path, first=[{"kind": "note", "n": 0, "s": "\0 \u2028 \\ %s"}])
    one.append({"kind": "note", "n": 1})
    assert bea.bring() and not bea.trouble
    other = bea.open(bea.folder / "acme.jsonl")
    assert [line.fields["n"] for line in other.lines] == [0, 1]
    other.append({"kind": "note", "n": 2})
    assert one.append({"kind": "note", "n": 3}).seq == 4
    bea.bring()
    assert path.read_bytes() == other.path.read_bytes()
    assert [line.fields["n"] for line in other.lines] == [0, 1, 2, 3]
    assert verify_file(path).ok
