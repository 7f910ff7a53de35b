"""A docket moves between a folder and a server byte for byte, and its files and records with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.anchors import check_client
from store.errors import DocketError
from store.evidence.at_hand import bring_exhibits
from store.evidence.attach import attach
from store.evidence.custody import Custody
from store.evidence.exhibits import Exhibits
from store.journal import JournalError
from store.records import RecordOptions, verify_record, write_record
from store.upkeep.erase import erase
from store.upkeep.moving import move_docket
from store.workspace import Workspace
from tests.postgres import Server
from tests.store.journal.server.test_witness import workspace

DATA = bytes(range(256)) * 3000
"""More than two pieces."""


@pytest.fixture
def folder(tmp_path: Path) -> Workspace:
    """A workspace in files, with a docket that has an exhibit."""
    made = Workspace.create(tmp_path / "files")
    made.add_client("acme", {"name": "Acme"}, {})
    (tmp_path / "scan.bin").write_bytes(DATA)
    attach(made, made.draft("acme", "note", "see the scan"), [tmp_path / "scan.bin"])
    return made


def state(made: Workspace) -> list[bytes]:
    path = made.path("acme")
    return [path.read_bytes(), Custody(made, "acme").path.read_bytes()]


def test_there_and_back_it_is_the_same(
    postgres: Server, studio: str, tmp_path: Path, folder: Workspace
) -> None:
    before = state(folder)
    ann = workspace(postgres, studio, tmp_path / "ann", "ann")
    moved = move_docket(folder, "acme", ann)
    assert (moved.entries, moved.told) == (2, ())
    assert state(ann) == before
    assert folder.client_ids() == []
    assert sum(".moved-" in path.name for path in folder.places.clients.iterdir()) == 2
    bea = workspace(postgres, studio, tmp_path / "bea", "bea")
    assert state(bea) == before
    record = write_record(bea, "acme", RecordOptions("own", None, None, "Jo"), tmp_path)
    assert verify_record(record.document.parent, bea.clock()).ok
    assert check_client(bea, "acme").ok
    back = Workspace.create(tmp_path / "back")
    bea.enter("acme", "note", "one more")
    now = workspace(postgres, studio, tmp_path / "ann", "ann")
    assert move_docket(now, "acme", back).entries == 3
    assert back.path("acme").read_bytes().startswith(before[0])
    with pytest.raises(JournalError):  # it is closed: no second docket grows from it
        bea.enter("acme", "note", "after it went")
    again = workspace(postgres, studio, tmp_path / "bea", "bea")
    assert again.client_ids() == []
    assert again.journals.shared
    assert not again.journals.shared.trouble
    sha256 = back.docket("acme").entries[1].exhibits[0].sha256
    assert Exhibits(back.places.exhibits).path(sha256).read_bytes() == DATA


def test_what_is_there_already_is_not_moved_over(
    postgres: Server, studio: str, tmp_path: Path, folder: Workspace
) -> None:
    ann = workspace(postgres, studio, tmp_path / "ann", "ann")
    ann.add_client("acme", {"name": "Other"}, {})
    with pytest.raises(DocketError, match="such a client already"):
        move_docket(folder, "acme", ann)
    assert folder.client_ids() == ["acme"]


def test_an_exhibit_is_fetched_whole_or_not_at_all(
    postgres: Server, studio: str, tmp_path: Path, folder: Workspace
) -> None:
    ann = workspace(postgres, studio, tmp_path / "ann", "ann")
    move_docket(folder, "acme", ann)
    bea = workspace(postgres, studio, tmp_path / "bea", "bea")
    sha256 = bea.docket("acme").entries[1].exhibits[0].sha256
    path = bea.places.exhibits / sha256
    assert not path.exists()
    bring_exhibits(bea, ["acme"])
    assert path.read_bytes() == DATA
    assert ann.journals.shared
    assert list(ann.journals.shared.backend.exhibit("acme", "0" * 64)) == []


def test_an_owner_erases_everywhere_he_is(
    postgres: Server, studio: str, tmp_path: Path, folder: Workspace
) -> None:
    ann = workspace(postgres, studio, tmp_path / "ann", "ann")
    move_docket(folder, "acme", ann)
    with pytest.raises(DocketError, match="does not let you"):
        erase(ann, "acme")
    assert ann.path("acme").exists()
    root = workspace(postgres, studio, tmp_path / "root", "root")
    erase(root, "acme")
    assert root.client_ids() == []
    late = workspace(postgres, studio, tmp_path / "ann", "ann")
    assert late.journals.shared
    assert "erased on the server" in " ".join(late.journals.shared.told())
    erase(late, "acme")
    assert late.client_ids() == []
