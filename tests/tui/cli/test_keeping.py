"""The verbs that look after a workspace: backup, restore, erase and doctor."""

from __future__ import annotations

import stat
from pathlib import Path
from zipfile import ZipFile

import pytest

from store.journal import LIMITS
from store.workspace import Workspace
from tests.tui.cli.conftest import Cli


@pytest.fixture
def two(acme: Cli, tmp_path: Path) -> Cli:
    """A command line on two clients, acme with an exhibit, a check-in and a mark of its own."""
    proof = tmp_path / "proof.txt"
    proof.write_text("exhibit-mark")
    acme.ok("new", "Bolt & Co", "--id", "bolt")
    acme.ok("log", "acme", "abuse", "entry-mark", "--attach", str(proof))
    acme.ok("checkin", "acme", "--dread", "9", "--note", "private-mark")
    acme.ok("log", "bolt", "thanks", "a lot")
    proof.unlink()
    return acme


def test_backup_says_what_it_holds_and_restore_brings_it_back(two: Cli, tmp_path: Path) -> None:
    target, again = tmp_path / "b.zip", tmp_path / "again"
    result = two("backup", str(target))
    assert (result.status, LIMITS in result.err) == (0, True)
    head = Workspace.open(two.root).file("acme").head
    for said in (
        f"{target}: 2 dockets, 5 entries, 1 exhibit, without private things",
        f"acme: 3 entries, head {head.hash}",
        "Left out: what is private (private.json)",
    ):
        assert said in result.out
    assert "not encrypted" in result.err
    before = two.files()
    before.pop("private.json")
    result = two("restore", str(target), "--workspace", str(again))
    assert (result.status, result.err) == (0, "")
    assert f"{again}: 2 dockets, 5 entries, 1 exhibit" in result.out
    assert Cli(again, two.capsys, two.patch).files() == before


def test_backup_and_restore_in_json(two: Cli, tmp_path: Path) -> None:
    target = tmp_path / "b.zip"
    written = two("backup", str(target), "--with-private", "--json").json
    assert (written["file"], written["private"], written["left_out"]) == (str(target), True, [])
    assert [one["client"] for one in written["dockets"]] == ["acme", "bolt"]
    assert written["limits"] == LIMITS
    assert written["size"] == target.stat().st_size
    restored = two("restore", str(target), "--workspace", str(tmp_path / "w"), "--json").json
    assert restored["members"] == written["members"]
    assert Workspace.open(tmp_path / "w").private.of("acme").checkins[0].note == "private-mark"


def test_what_cannot_be_backed_up_or_restored_is_one_line(two: Cli, tmp_path: Path) -> None:
    target = tmp_path / "b.zip"
    two.ok("backup", str(target))
    (tmp_path / "half.zip").write_bytes(target.read_bytes()[:-100])
    for words, status, said in [
        (["backup", str(target)], 2, "nothing is overwritten"),
        (["backup", str(two.root / "b.zip")], 2, "inside the workspace"),
        (["backup"], 2, "FILE"),
        (["restore", str(target)], 1, "is not empty"),
        (["restore", str(tmp_path / "gone.zip")], 1, "is not empty"),
        (["restore", str(tmp_path / "half.zip"), "--workspace", "NEW"], 1, "not a whole backup"),
        (["restore", str(tmp_path / "gone.zip"), "--workspace", "NEW"], 2, "There is no file"),
    ]:
        placed = [word.replace("NEW", str(tmp_path / "new")) for word in words]
        result = two(*placed)
        assert (result.status, result.err.count("\n")) == (status, 1), result
        assert said in result.err
        assert not (tmp_path / "new").exists()


def test_a_damaged_docket_is_backed_up_and_told_with_status_3(two: Cli, tmp_path: Path) -> None:
    path = two.root / "clients" / "acme.jsonl"
    path.write_bytes(path.read_bytes().replace(b"entry-mark", b"entry-mork"))
    result = two("backup", str(tmp_path / "b.zip"))
    assert result.status == 3
    assert "clients/acme.jsonl was not whole" in result.err
    words = ["restore", str(tmp_path / "b.zip"), "--workspace", str(tmp_path / "w")]
    assert "add --with-damaged" in two(*words).err
    assert "Damaged: clients/acme.jsonl" in two.ok(*words, "--with-damaged")


def test_names_in_a_hostile_backup_do_not_reach_the_terminal(two: Cli, tmp_path: Path) -> None:
    target = tmp_path / "b.zip"
    two.ok("backup", str(target))
    with ZipFile(target, "a") as archive:
        archive.writestr("clients/\x1b[31mred\u202e\n.jsonl", b"x")
    result = two("restore", str(target), "--workspace", str(tmp_path / "w"))
    assert (result.status, result.err.count("\n")) == (1, 1)
    assert not set("\x1b\u202e") & set(result.err)


def test_erase_asks_for_the_id_and_takes_nothing_else(two: Cli) -> None:
    before = two.files()
    for typed in (b"", b"y\n", b"yes\n", b"Acme Media\n", b"bolt\n", b"acme x\n"):
        result = two("erase", "acme", stdin=typed)
        assert (result.status, result.out) == (1, "")
        assert "To be removed: the docket acme (3 entries)" in result.err
        assert result.err.splitlines()[-1].startswith("Nothing was erased: acme was not typed")
        assert two.files() == before
    for wrong in ("bolt", "acm", ""):
        result = two("erase", "acme", "--yes-erase", wrong)
        assert (result.status, result.err.count("\n")) == (2, 1)
        assert two.files() == before


def test_erase_removes_everything_and_says_so(two: Cli) -> None:
    bolt = (two.root / "clients" / "bolt.jsonl").read_bytes()
    result = two("erase", "media", stdin=b"acme\n")
    assert result.status == 0
    for said in ("the docket acme (3 entries)", "check-ins, gut", "1 exhibit that no other"):
        assert f"Removed: {said}" in result.out
    for said in ("Backups, records and anchors", "are not touched", "deleted, not overwritten"):
        assert said in result.err
    for name, data in two.files().items():
        assert b"acme" not in name.encode() + data
        assert b"-mark" not in data
    assert (two.root / "clients" / "bolt.jsonl").read_bytes() == bolt
    assert two.ok("clients", "--ids") == "bolt\n"
    assert two("doctor").status == 0


def test_erase_for_scripts(two: Cli) -> None:
    gone = two("erase", "acme", "--yes-erase", "acme", "--json").json
    assert (gone["client"], gone["entries"], gone["private"]) == ("acme", 3, True)
    assert gone["files"] == ["clients/acme.custody", "clients/acme.jsonl"]
    assert (len(gone["exhibits"]), gone["kept_exhibits"], gone["unknown"]) == (1, [], "")
    assert two("erase", "acme", "--yes-erase", "acme").status == 2


def test_erase_refuses_what_it_cannot_read(two: Cli) -> None:
    path = two.root / "clients" / "acme.jsonl"
    path.write_bytes(path.read_bytes().replace(b'{"fields"', b'{"fie\xffds"'))
    before = two.files()
    result = two("erase", "acme", "--yes-erase", "acme")
    assert (result.status, result.err.count("\n")) == (1, 1)
    assert "line 2 is damaged" in result.err
    assert two.files() == before
    result = two("erase", "acme", "--yes-erase", "acme", "--leave-exhibits")
    assert (result.status, "Kept: all exhibits" in result.out) == (0, True)
    assert len(list((two.root / "exhibits").iterdir())) == 1


def test_doctor_sets_modes_when_asked_and_nothing_else(two: Cli) -> None:
    path = two.root / "clients" / "acme.jsonl"
    path.chmod(0o644)
    (two.root / "config.toml").write_text("[keys]\nnothing = 'x'\n")
    (two.root / "config.toml").chmod(0o600)
    before = two.files()
    result = two("doctor")
    assert (result.status, result.err.count("\n")) == (1, 1)
    assert "Found 2 things" in result.err
    assert "`docket doctor --fix` sets the modes" in result.err
    assert [one["fixable"] for one in two("doctor", "--json").json] == [True, False]
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    result = two("doctor", "--fix")
    assert (result.status, "Found 1 thing " in result.err) == (1, True)
    assert f"Others can get at {path}. Put right." in result.out
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    after = two.files()
    assert {name: after[name] for name in before} == before
    (two.root / "config.toml").unlink()
    path.chmod(0o640)
    assert [one["fixed"] for one in two("doctor", "--fix", "--json").json] == [True]
    assert two("doctor").out == f"{two.root}: nothing to look at\n"
