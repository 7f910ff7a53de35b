"""Whoever owns the server rebuilds a chain or cuts its end: every machine that saw it tells."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.anchors import check_client, check_workspace
from store.journal import Head, JournalFile
from store.journal.errors import ContradictedError
from store.journal.served import served_lines
from store.journal.server.address import ServerAddress
from store.journal.server.link import connect
from store.workspace import Workspace
from store.workspace.folder import begin
from tests.postgres import Server


def workspace(postgres: Server, studio: str, root: Path, user: str) -> Workspace:
    """Return a member's workspace, opened anew."""
    if not root.exists():
        begin(root, postgres.url(user, workspace=studio))
    return Workspace.open(root)


@pytest.fixture
def ann(postgres: Server, studio: str, tmp_path: Path) -> Workspace:
    """Ann's workspace: a docket of five entries, which bea has seen and said so."""
    ann = workspace(postgres, studio, tmp_path / "ann", "ann")
    ann.add_client("acme", {"name": "Acme"}, {})
    for number in range(4):
        ann.enter("acme", "note", f"as it was {number}")
    bea = workspace(postgres, studio, tmp_path / "bea", "bea")
    assert [one.ok for one in check_workspace(bea, quick=False)] == [True]
    return ann


def as_superuser(
    postgres: Server, studio: str, *statements: tuple[str, tuple[object, ...]]
) -> None:
    with connect(ServerAddress.parse(postgres.url())) as base:
        base.execute("SET session_replication_role = replica")  # no trigger, no foreign key
        for text, values in statements:
            base.execute(text.encode(), (studio, *values))


CUT = "DELETE FROM docket.line WHERE workspace = %s AND client = 'acme' AND seq > %s"
PUT = """INSERT INTO docket.line (workspace, client, part, seq, hash, before, prev, line)
VALUES (%s, 'acme', 'jsonl', %s, %s, %s, %s, %s)"""


def rebuild(postgres: Server, studio: str, scratch: Path, lines: Path, *, more: int = 0) -> None:
    """Make the whole chain anew from its header on, with other words, and every hash right."""
    raw = lines.read_bytes()
    scratch.mkdir()
    forged = scratch / lines.name
    forged.write_bytes(raw.splitlines(keepends=True)[0])
    journal = JournalFile(forged)
    for number in range(len(raw.splitlines()) - 1 + more):
        journal.append({"kind": "note", "statement": f"as it suits {number}"})
    rows = served_lines(forged.read_bytes())[1:]
    puts = [(PUT, (row.seq, row.hash, row.seq - 1, row.prev, row.raw.decode())) for row in rows]
    as_superuser(postgres, studio, (CUT, (0,)), *puts)


def test_a_cut_end_is_found_and_named(
    postgres: Server, studio: str, tmp_path: Path, ann: Workspace
) -> None:
    as_superuser(postgres, studio, (CUT, (3,)))
    again = workspace(postgres, studio, tmp_path / "ann", "ann")
    found = check_client(again, "acme")
    assert found.count == 5, "the copy is as it was"
    said = " ".join(found.findings)
    assert "The server contradicts what this machine has seen of acme: its chain ends at 3" in said
    assert "this machine saw entry 5" in said
    with pytest.raises(ContradictedError):
        again.enter("acme", "note", "on top of what was cut")
    newcomer = workspace(postgres, studio, tmp_path / "new", "rea")
    (finding,) = check_client(newcomer, "acme").findings
    assert finding.startswith("bea saw entry 5 (")
    assert finding.endswith(", and the chain here ends at 3")


@pytest.mark.parametrize("more", [0, 2])
def test_a_rebuilt_chain_is_found_and_named(
    postgres: Server, studio: str, tmp_path: Path, ann: Workspace, more: int
) -> None:
    rebuild(postgres, studio, tmp_path / "forge", ann.path("acme"), more=more)
    for user in ("ann", "bea"):
        member = workspace(postgres, studio, tmp_path / user, user)
        said = " ".join(check_client(member, "acme").findings)
        assert "its chain has another entry 5" in said
        assert "this machine saw entry 5" in said
        assert "as it was 3" in member.docket("acme").entries[4].statement
    newcomer = workspace(postgres, studio, tmp_path / "new", "rea")
    (finding,) = check_client(newcomer, "acme").findings
    assert finding.startswith("bea saw entry 5 (")
    assert finding.endswith(", and the chain here has another one")


def test_a_docket_that_is_gone_and_a_line_that_is_none_are_named(
    postgres: Server, studio: str, tmp_path: Path, ann: Workspace
) -> None:
    wrong = "UPDATE docket.line SET line = replace(line, 'as it was', 'as it IS') " + (
        "WHERE workspace = %s AND seq = 2"
    )
    as_superuser(postgres, studio, (wrong, ()))
    newcomer = workspace(postgres, studio, tmp_path / "new", "rea")
    assert newcomer.client_ids() == []
    shared = newcomer.journals.shared
    assert shared is not None
    assert "what stands there as entry 2 does not follow" in " ".join(shared.told())
    gone = "DELETE FROM docket.journal WHERE workspace = %s"
    as_superuser(postgres, studio, (CUT, (-1,)), (gone, ()))
    again = workspace(postgres, studio, tmp_path / "ann", "ann")
    said = " ".join(check_client(again, "acme").findings)
    assert "it shows no such docket any more" in said


def test_what_was_found_whole_is_left_word_of(
    postgres: Server, studio: str, ann: Workspace
) -> None:
    assert ann.journals.shared
    (one,) = ann.journals.shared.backend.seen("acme.jsonl")
    assert (one[0], one[2]) == ("bea", Head(5, ann.file("acme").head.hash))
