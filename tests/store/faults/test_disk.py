"""A disk that is full or read-only: nothing acknowledged or changed, nothing typed is lost."""

from __future__ import annotations

import os
import resource
from pathlib import Path

import pytest

from store.errors import DocketError
from store.evidence.exhibits import Exhibits
from store.journal import verify_file
from store.private.model import CheckIn
from store.records import RecordOptions, verify_record, write_record
from store.workspace import Workspace
from tests.store.building import NOON, workspace
from tests.store.faults.disks import docket, fill, frozen, python, remount, small_disk

TEXT = "They will pay eventually, they say. " * 150  # more than one page
OPTIONS = RecordOptions(purpose="court", since=None, until=None, prepared_by="Ida")


def contents(root: Path) -> dict[str, bytes]:
    """Return every file of a workspace but its locks and the cache, which can be made again."""
    found = (path for path in root.rglob("*") if path.is_file() and path.suffix != ".lock")
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in found
        if path.parent != root / "cache"
    }


def one_line(error: str, *parts: str) -> None:
    """Check that an error is one line that says these things."""
    assert error.strip().count("\n") == 0, error
    for part in parts:
        assert part in error, error


def furnished(folder: Path) -> Workspace:
    """Return a workspace in which everything that can be written was written once."""
    made = workspace(folder)
    made.log(made.draft("acme", "no-reply", "logo files"))
    made.private.add("acme", CheckIn(at=NOON, dread=4))
    made.drafts.save("capture", "half a sentence")
    return made


def test_a_full_disk_changes_nothing_and_is_said(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "256k") as disk:
        made = furnished(disk)
        source = disk / "mail.txt"
        source.write_text("a mail")
        ballast = fill(disk)
        before = contents(made.root)
        for write in (
            lambda: made.log(made.draft("acme", "pay-later", TEXT)),
            lambda: made.new_client("bolt", [made.draft("bolt", "client", data={"name": "B"})]),
            lambda: made.private.add("acme", CheckIn(at=NOON, note=TEXT)),
            lambda: made.drafts.save("capture", TEXT),
            lambda: Exhibits(made.root / "exhibits").keep(source),
            lambda: write_record(made, "acme", OPTIONS, disk / "out"),
        ):
            with pytest.raises(DocketError) as caught:
                write()
            one_line(str(caught.value), "ree s")
            assert contents(made.root) == before
        assert not [path for path in (disk / "out").rglob("*") if path.is_file()]
        assert not any(made.root.rglob("*.part"))
        ballast.unlink()
        assert made.log(made.draft("acme", "pay-later", TEXT)).seq == 4
        assert made.docket("acme").counted[-1].statement.startswith("They will pay")
        assert verify_file(made.path("acme")).ok
        assert verify_record(write_record(made, "acme", OPTIONS, disk / "out").folder).ok


def test_whatever_room_is_left_an_entry_is_whole_or_not_there(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "512k") as disk:
        made = workspace(disk)
        long = "x" * 40_000
        for pages in range(12):
            ballast = fill(disk, pages * 4096)
            before = made.path("acme").read_bytes()
            count = len(made.entries("acme"))
            try:
                entry = made.log(made.draft("acme", "note", long))
            except DocketError as error:
                one_line(str(error), "the disk is full", "Free some space")
                assert made.path("acme").read_bytes() == before
                assert pages < 11
            else:
                assert entry.seq == count + 1
            ballast.unlink()
            assert verify_file(made.path("acme")).ok
        assert len(made.entries("acme")) > 2


def test_the_command_keeps_the_text_on_a_full_disk_or_prints_it_back(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "256k") as disk:
        made = workspace(disk)
        ballast = fill(disk)
        before = contents(made.root)
        for words in (
            ("log", "acme", "pay-later", TEXT),
            ("checkin", "acme", "--dread", "9", "--note", TEXT),
        ):
            status, out, err = docket(made.root, *words)
            assert (status, out) == (1, "")
            *text, last = err.strip().split("\n")
            assert "\n".join(text).strip() == TEXT.strip()
            one_line(last, "the disk is full", "Free some space", "stands above")
            assert contents(made.root) == before
        status, _, err = docket(made.root, "log", "acme", "pay-later", "-", stdin=TEXT)
        assert (status, TEXT.strip() in err) == (1, True)
        ballast.unlink()


def test_a_read_only_disk_is_read_and_said(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "1m") as disk:
        made = furnished(disk)
        made.drafts.leave()  # its lock is open to be written
        before = contents(made.root)
        remount(disk, "ro")
        try:
            for words in (
                ("log", "acme", "pay-later"),
                ("exit", "acme", "--fear"),
                ("exit", "acme", "--said"),
                ("next", "acme", "--hold", "--until", "+3d", "--why"),
            ):
                status, out, err = docket(made.root, *words, "not this month")
                assert (status, out) == (1, "")
                *text, last = err.strip().split("\n")
                assert text == ["not this month"]
                one_line(last, "the disk is read-only", "workspace elsewhere", "stands above")
            status, _, err = docket(made.root, "checkin", "acme", "--dread", "9")
            assert status == 1
            one_line(err, "private.json was not saved", "the disk is read-only")
            for said in (("new", "Bolt"), ("record", "acme", "--for", "own", "-o", f"{disk}/o")):
                status, _, err = docket(made.root, *said)
                assert status == 1
                one_line(err, "ead-only")
            with pytest.raises(DocketError):
                made.drafts.save("mail", "x")
            with pytest.raises(DocketError):
                made.drafts.discard(made.drafts.kept()[0])
            assert "logo files" in docket(made.root, "show", "acme")[1]
            assert docket(made.root, "verify", str(made.path("acme")))[0] == 0
            assert docket(made.root, "clients")[0] == 0
        finally:
            remount(disk, "rw")
        assert contents(made.root) == before


def test_a_file_or_folder_nobody_may_write_is_said(tmp_path: Path) -> None:
    made = furnished(tmp_path)
    before = contents(made.root)
    with frozen(made.path("acme"), made.root / "private.json"):
        status, _, err = docket(made.root, "log", "acme", "pay-later", "not this month")
        assert status == 1
        one_line(err, "may not do that to this file", "permissions", "unsent.acme.")
        status, _, err = docket(made.root, "checkin", "acme", "--note", "so tired")
        assert status == 1
        one_line(err, "private.json was not saved", "permissions", "unsent.acme.")
    kept = made.drafts.kept("unsent", "acme")
    assert [one.text for one in kept] == ["not this month", "so tired"]
    for one in kept:
        made.drafts.discard(one)
    assert contents(made.root) == before
    with frozen(made.root / "drafts", made.root / "clients", made.root):
        status, _, err = docket(made.root, "new", "Bolt")
        assert status == 1
        one_line(err, "Nothing was saved to bolt", "permissions")
        status, _, err = docket(made.root, "checkin", "acme", "--note", "so tired")
        assert (status, err.startswith("so tired\n")) == (1, True)
        assert docket(made.root, "log", "acme", "pay-later", "next month")[0] == 0
    assert contents(made.root).keys() == before.keys()


AS_NOBODY = """
import os, sys
from tui.__main__ import main
mine, theirs, *words = sys.argv[1:]
assert main(["--workspace", mine, *words]) == 0  # all is imported while root may still read it
os.setgid(65534)
os.setuid(65534)
sys.exit(main(["--workspace", theirs, *words]))
"""


def test_somebody_elses_workspace_is_said(tmp_path: Path) -> None:
    if os.geteuid():
        pytest.skip("only root can become somebody else")
    made, own = furnished(tmp_path), furnished(tmp_path / "own")
    before = contents(made.root)
    for folder in (tmp_path, *tmp_path.parents[:3]):
        folder.chmod(folder.stat().st_mode | 0o011)
    for path in (made.root, *made.root.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    for words in (("log", "acme", "thanks", "a word"), ("checkin", "acme", "--note", "a word")):
        process = python(AS_NOBODY, own.root, made.root, *words)
        out, err = process.communicate(timeout=60)
        assert (process.returncode, out.count("\n")) == (1, 2 if words[0] == "log" else 1), err
        *text, last = err.strip().split("\n")
        assert text == ["a word"]
        one_line(last, "may not do that", "Check who owns it", "stands above")
    assert contents(made.root) == before


@pytest.mark.parametrize("room", [0, 1, 150, 400])
def test_a_file_size_limit_is_said_for_every_file(tmp_path: Path, room: int) -> None:
    made = furnished(tmp_path)
    before = contents(made.root)
    limit = made.path("acme").stat().st_size + room

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    long = "y" * (limit + 1)
    for words in (
        ("log", "acme", "no-reply", long),
        ("checkin", "acme", "--note", long),
    ):
        status, out, err = docket(made.root, *words, preexec_fn=limited)
        assert (status, out) == (1, ""), err
        assert "file-size limit" in err
        assert "Traceback" not in err
        assert long in err
        assert contents(made.root) == before
