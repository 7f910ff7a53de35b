"""Erasing a client: nothing of theirs is left in any byte, and nobody else's bytes change."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.anchors import check_workspace
from store.errors import DocketError
from store.journal import JournalMissingError
from store.journal.lock import locked_journal
from store.private.model import Private
from store.upkeep.erase import erase, plan_erasure
from store.workspace import Workspace
from tests.store.building import FixedClock
from tests.store.keeping import attach, files, full, python, write

# Nothing of these is in what other clients have, so any byte left of acme shows.
MARKS = (b"acme", b"Acme", b"M\xc3\xa9dia", b"dread-mark-a", b"draft-mark", b"only of the first")


def _crowded(folder: Path) -> tuple[Workspace, list[str]]:
    """Return a workspace with traces of acme everywhere, and the hashes of acme's exhibits."""
    made = full(folder)
    made.new_client("acm", [made.draft("acm", "client", "", data={"name": "Acm"})])
    keep = attach(made, "bolt", b"of all three")
    hashes = [*attach(made, "acme", b"only of the first, two", b"of all three"), *keep]
    check_workspace(made)  # leaves checked/acme.json
    write(made.root / "drafts" / "acme.txt", b"acme draft")
    write(made.root / "drafts" / "unsent-acme.txt", b"acme unsent")
    write(made.root / "drafts" / ".acme--checkin.txt.1a2b3c4d.tmp", b"acme half a draft")
    write(made.root / "drafts" / "capture.txt", "tell ACME MÉDIA".encode())
    write(made.root / "clients" / ".acme.jsonl.1a2b3c4d.part", b"acme half a journal")
    write(made.root / ".private.json.1a2b3c4d.tmp", b"acme half the private file")
    rehearsal = made.root / ".rehearsal-x" / "copy" / "clients"
    rehearsal.mkdir(parents=True)
    write(rehearsal / "acme.jsonl", made.path("acme").read_bytes())
    write(rehearsal / "bolt.jsonl", made.path("bolt").read_bytes())
    torn = b'{"fields":{"exhibits":[{"name":"x","sha256":"' + b"e" * 64 + b'"}],"stat'
    write(made.root / "clients" / "acme.torn-20261122T130000Z", torn)
    write(made.root / "exhibits" / ("e" * 64), b"acme sent it, and the power went")
    return made, hashes


def test_nothing_of_the_client_is_left_and_all_else_is_as_it_was(tmp_path: Path) -> None:
    made, _ = _crowded(tmp_path)
    before = files(made.root)
    bolt = made.private.of("bolt")
    gone = erase(made, "acme")
    after = files(made.root)
    for name, data in after.items():
        assert "acme" not in name
        for mark in MARKS:
            assert mark not in data, name
    assert not [path for path in made.root.rglob("*") if "acme" in path.name]
    removed = {*gone.files, *(f"exhibits/{name}" for name in gone.exhibits)}
    assert before.keys() - after.keys() == removed | {".private.json.1a2b3c4d.tmp"}
    assert {name for name in after if after[name] != before[name]} == {"private.json"}
    assert made.private.of("bolt") == bolt != Private()
    assert gone.private
    again = Workspace.open(made.root)
    assert again.client_ids() == ["acm", "bolt"]
    assert [one.client for one in check_workspace(again) if not one.ok] == []


def test_exhibits_that_others_have_too_stay(tmp_path: Path) -> None:
    made, _ = _crowded(tmp_path)
    gone = erase(made, "acme")
    left = {(made.root / "exhibits" / name).read_bytes() for name in gone.shared}
    assert left == {b"of both", b"of all three"}
    assert len(gone.exhibits) == 3
    kept = {path.read_bytes() for path in (made.root / "exhibits").iterdir()}
    assert kept == {b"of both", b"of all three", b"only of the second"}


def test_an_exhibit_in_a_torn_end_of_another_docket_stays(tmp_path: Path) -> None:
    made = full(tmp_path)
    sha256 = attach(made, "acme", b"both, but one entry was cut short")[0]
    torn = f'{{"fields":{{"exhibits":[{{"name":"x","sha256":"{sha256}","si'.encode()
    write(made.path("bolt"), made.path("bolt").read_bytes() + torn)
    assert sha256 in plan_erasure(made, "acme").shared


def test_a_plan_touches_nothing_and_says_what_erasing_does(tmp_path: Path) -> None:
    made, _ = _crowded(tmp_path)
    before = files(made.root)
    plan = plan_erasure(made, "acme")
    assert files(made.root) == before
    assert erase(made, "acme") == plan


def test_names_that_only_begin_alike_are_somebody_else(tmp_path: Path) -> None:
    made = full(tmp_path)
    for client in ("acme-2", "acme--x", "unsent-acme", "capture"):
        made.new_client(client, [made.draft(client, "client", "", data={"name": "Other"})])
        made.drafts.save("record", "draft of another", client)
    write(made.root / "anchors" / "acme-2" / "1-00000000.json", b"{}")
    write(made.root / "clients" / "acme-2.torn-20261122T120000Z", b"half")
    before = files(made.root)
    gone = erase(made, "acme")
    after = files(made.root)
    kept = {name: data for name, data in before.items() if name not in gone.files}
    kept = {name: data for name, data in kept.items() if Path(name).name not in gone.exhibits}
    kept["private.json"] = after["private.json"]
    assert after == kept
    names = ("acme-2", "acme--x", "unsent-acme", "capture")
    assert [made.drafts.load("record", name) for name in names] == ["draft of another"] * 4


@pytest.mark.parametrize("damaged", ["acme", "bolt"])
def test_a_docket_that_cannot_be_read_keeps_every_exhibit(tmp_path: Path, damaged: str) -> None:
    made = full(tmp_path)
    path = made.path(damaged)
    write(path, path.read_bytes().replace(b'{"fields"', b'{"fie\xffds"', 2))
    before = files(made.root)
    with pytest.raises(DocketError, match=f"{damaged}: line 2 is damaged"):
        erase(made, "acme")
    assert files(made.root) == before
    gone = erase(made, "acme", leave_exhibits=True)
    assert damaged in gone.unknown
    assert gone.exhibits == ()
    after = files(made.root)
    exhibits = {name for name in before if name.startswith("exhibits/")}
    assert {name for name in after if name.startswith("exhibits/")} == exhibits
    assert "clients/acme.jsonl" not in after


def test_entries_of_a_later_docket_still_say_which_exhibits_they_have(tmp_path: Path) -> None:
    made = full(tmp_path)
    (sha256,) = attach(made, "acme", b"shared with a kind to come")
    made.file("bolt").append(
        {
            "kind": "hologram",
            "client": "bolt",
            "exhibits": [{"sha256": sha256, "name": "h", "size": 1}],
        }
    )
    assert sha256 in erase(made, "acme").shared


def test_a_private_file_that_cannot_be_read_stops_it_before_anything_goes(tmp_path: Path) -> None:
    made = full(tmp_path)
    write(made.root / "private.json", b"{")
    before = files(made.root)
    with pytest.raises(DocketError, match="private file"):
        erase(made, "acme")
    assert files(made.root) == before


def test_an_erasure_cut_short_is_taken_up_again(tmp_path: Path) -> None:
    made, _ = _crowded(tmp_path)
    for name in plan_erasure(made, "acme").exhibits:
        (made.root / "exhibits" / name).unlink()
    made.private.erase("acme")
    write(made.root / ".private.json.5e6f7a8b.tmp", b"acme, half written before")
    gone = erase(made, "acme")
    assert (gone.exhibits, gone.private) == ((), False)
    assert not any(mark in data for data in files(made.root).values() for mark in MARKS)


def test_another_session_does_not_bring_it_back(tmp_path: Path) -> None:
    made = full(tmp_path)
    other = Workspace.open(made.root, clock=FixedClock())
    draft = other.draft("acme", "note", "too late")
    other.entries("acme")
    erase(made, "acme")
    with pytest.raises(JournalMissingError):
        other.log(draft)
    assert not made.path("acme").exists()


@pytest.mark.slow
def test_it_waits_its_turn(tmp_path: Path) -> None:
    made = full(tmp_path)
    before = files(made.root)
    code = """
import sys
from pathlib import Path
from store.upkeep.erase import erase
from store.journal import LockTimeoutError
from store.workspace import Workspace
try:
    erase(Workspace.open(Path(sys.argv[1])), "acme")
except LockTimeoutError:
    print("busy")
"""
    with locked_journal(made.path("acme")), python(code, made.root) as run:
        assert run.communicate(timeout=60) == (b"busy\n", b"")
    assert files(made.root) == before
