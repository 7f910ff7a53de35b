"""Custody: every handling is a chained line of its own, whoever writes it at the same time."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import VerificationError
from store.evidence.custody import Custody, CustodyError, CustodyLine, Handling
from store.journal import JournalFile, verify_file
from store.text import clean_line
from store.upkeep.backup import write_backup
from store.upkeep.doctor import examine
from store.upkeep.erase import erase, plan_erasure
from store.upkeep.restore import restore_backup
from store.workspace import Workspace
from tests.store.building import FixedClock, workspace
from tests.store.keeping import mode, python, unzipped

SHA, OTHER = "a" * 64, "b" * 64
WRITER = """
import sys
from pathlib import Path
from store.evidence.custody import Custody, Handling
from store.workspace import Workspace
made = Workspace.open(Path(sys.argv[1]))
print("ready", flush=True)
sys.stdin.readline()
for number in range(25):
    Custody(made, "acme").add([Handling("looked", sys.argv[2] * 64, f"{sys.argv[2]} {number}")])
"""


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def made(tmp_path: Path, clock: FixedClock) -> Workspace:
    return workspace(tmp_path, clock)


def test_the_first_line_begins_a_private_journal_and_later_ones_follow(
    made: Workspace, clock: FixedClock
) -> None:
    custody = Custody(made, "acme")
    assert (custody.lines, custody.chain) == ([], (None, []))
    custody.add([])
    assert not custody.path.exists()
    custody.check_whole()
    custody.add([Handling("added", SHA, "/home/ann/order.pdf", "mail from Jo", 3)])
    clock.move(days=1)
    custody.add([Handling("looked", SHA, "/tmp/copy"), Handling("exported", OTHER, "record")])
    assert custody.path == made.path("acme").with_name("acme.custody")
    assert mode(custody.path) == 0o600
    first, look, export = Custody(made, "acme").lines
    assert first == CustodyLine(
        1, clock.now.replace(day=22), "added", SHA, made.author, "/home/ann/order.pdf",
        "mail from Jo", 3,
    )  # fmt: skip
    assert (look.seq, look.act, look.where, look.obtained, look.entry) == (
        2, "looked", "/tmp/copy", "", 0,
    )  # fmt: skip
    assert (export.act, export.at) == ("exported", clock.now)
    assert custody.of(SHA) == [first, look]
    report = verify_file(custody.path)
    assert (report.ok, report.count, report.name) == (True, 3, "acme")
    assert made.client_ids() == ["acme"]


def test_any_words_fit_on_a_line(tmp_path_factory: pytest.TempPathFactory) -> None:
    made = workspace(tmp_path_factory.mktemp("any"))
    custody = Custody(made, "acme")

    @given(st.text(st.characters(), max_size=50), st.integers(1, 500))
    def fits(text: str, times: int) -> None:
        custody.add([Handling("looked", SHA, text * times, text * times)])
        line = custody.lines[-1]
        assert len(line.where) <= 1000
        assert line.where == clean_line(line.where)

    fits()
    assert verify_file(custody.path).ok


def test_two_processes_write_at_once_and_no_line_is_lost(made: Workspace) -> None:
    writers = [python(WRITER, made.root, name) for name in "ab"]
    for one in writers:
        assert one.stdout
        assert one.stdout.readline() == b"ready\n"
    for one in writers:
        assert one.stdin
        one.stdin.write(b"go\n")
        one.stdin.flush()
    for one in writers:
        _, err = one.communicate(timeout=60)
        assert one.returncode == 0, err
    custody = Custody(made, "acme")
    report = verify_file(custody.path)
    assert (report.ok, report.count) == (True, 50)
    for name in "ab":
        told = [line.where for line in custody.of(name * 64)]
        assert told == [f"{name} {number}" for number in range(25)]


def test_what_a_check_finds_is_written_down_once(made: Workspace) -> None:
    custody = Custody(made, "acme")
    custody.note({SHA: "whole", OTHER: "whole"})
    assert not custody.path.exists()
    custody.note({SHA: "missing", OTHER: "whole"})
    custody.note({SHA: "missing", OTHER: "changed"})
    custody.note({SHA: "whole", OTHER: "changed"})
    custody.note({SHA: "whole", OTHER: "changed"})
    assert [(line.act, line.sha256) for line in custody.lines] == [
        ("missing", SHA),
        ("changed", OTHER),
        ("whole", SHA),
    ]


def test_no_journal_is_begun_for_a_client_that_is_gone(made: Workspace) -> None:
    custody = Custody(made, "acme")
    erase(made, "acme")
    with pytest.raises(CustodyError, match="No custody line was written for acme"):
        custody.add([Handling("looked", SHA)])
    assert not custody.path.exists()


def test_a_line_that_no_version_wrote_is_passed_over(made: Workspace) -> None:
    custody = Custody(made, "acme")
    custody.add([Handling("looked", SHA)])
    JournalFile(custody.path).append({"act": "looked", "sha256": "no hash", "who": "me"})
    JournalFile(custody.path).append({"act": "sealed", "sha256": SHA, "who": "me"})
    assert [line.act for line in custody.lines] == ["looked", "sealed"]


def test_it_goes_and_comes_with_its_docket(made: Workspace, tmp_path: Path) -> None:
    custody = Custody(made, "acme")
    custody.add([Handling("looked", SHA)])
    whole = custody.path.read_bytes()
    with custody.path.open("ab") as file:
        file.write(b'{"fields":{"act":"loo')  # an append that the power cut short
    backup = write_backup(made, tmp_path / "b.zip")
    assert unzipped(backup.path)["clients/acme.custody"] == whole
    assert backup.left_out == ("21 bytes of an unfinished custody line of acme",)
    restored = restore_backup(backup.path, tmp_path / "again", clock=made.clock)
    copy = restored.root / "clients" / "acme.custody"
    assert copy.read_bytes() == whole
    assert mode(copy) == 0o600
    assert restored.damaged == ()
    assert "clients/acme.custody" in plan_erasure(made, "acme").files
    erase(made, "acme")
    assert not custody.path.exists()


def test_a_changed_line_is_found_by_doctor_backup_and_restore(
    made: Workspace, tmp_path: Path
) -> None:
    custody = Custody(made, "acme")
    custody.add([Handling("looked", SHA, "here"), Handling("looked", SHA, "there")])
    assert list(examine(made.root, made.clock, low_disk=0)) == []
    custody.check_whole()
    custody.path.write_bytes(custody.path.read_bytes().replace(b'"here"', b'"hare"'))
    with pytest.raises(VerificationError, match="custody of acme is not whole: line 2: entry 1"):
        custody.check_whole()
    (trouble,) = examine(made.root, made.clock, low_disk=0)
    assert trouble.what.startswith("custody of acme: line 2: entry 1 was changed")
    backup = write_backup(made, tmp_path / "b.zip")
    assert [one.name for one in backup.manifest.damaged] == ["clients/acme.custody"]
    restored = restore_backup(backup.path, tmp_path / "again", with_damaged=True, clock=made.clock)
    assert [one.name for one in restored.damaged] == ["clients/acme.custody"]


def test_doctor_names_custody_whose_docket_is_gone(made: Workspace) -> None:
    custody = Custody(made, "acme")
    custody.add([Handling("looked", SHA)])
    made.path("acme").unlink()
    (trouble,) = examine(made.root, made.clock, low_disk=0)
    assert trouble.what.startswith("The docket of acme is gone, and the custody")


def test_a_line_that_was_broken_off_is_in_no_records_way(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    custody = Custody(made, "acme")
    custody.add([Handling("looked", "a" * 64)])
    with custody.path.open("ab") as file:
        file.write(b'{"fields":{"act":"loo')
    custody.check_whole()
    custody.add([Handling("looked", "b" * 64)])
    assert [line.sha256[0] for line in custody.lines] == ["a", "b"]
    custody.path.write_bytes(custody.path.read_bytes().replace(b"looked", b"locked", 1))
    with pytest.raises(VerificationError, match="not whole"):
        custody.check_whole()
