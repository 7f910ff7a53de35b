"""What a command leaves behind, takes from standard input, and does not write where it may not."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from store.journal import verify_file
from store.upkeep.erase import erase
from store.workspace import Workspace
from tests.store.building import workspace
from tests.store.faults.disks import docket, fill, python, small_disk, started
from tests.tui.cli.conftest import Cli

PAGE = 4096
KILLED = """
import os, signal, sys
from pathlib import Path
from store.files import making
from store.workspace.exports import noted
root, target, client = sys.argv[1:]
with noted(Path(root), Path(target), client), making(Path(target)) as (fd, _):
    os.write(fd, b"SECRET")
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def acme(cli: Cli) -> Cli:
    cli.ok("new", "Acme", "--id", "acme")
    return cli


def test_private_words_are_read_from_standard_input(acme: Cli) -> None:
    acme.ok("checkin", "acme", "8", "3", "--note", "-", stdin=b"not for the history\n")
    acme.ok("decide", "acme", "--choose", "keep", "--why", "-", stdin=b"nor this\n")
    acme.ok("decisions", "acme", "--right", "1", "yes", "--why", "-", stdin=b"nor that\n")
    kept = Workspace.open(acme.root).private.of("acme")
    assert kept.checkins[0].note == "not for the history"
    assert (kept.decisions[0].why, kept.decisions[0].right_why) == ("nor this", "nor that")
    for verb in ("checkin", "decide"):
        assert "history" in acme.ok(verb, "--help")


@pytest.mark.parametrize(
    "words",
    [
        ("statement", "acme", "-o", "{}/s.md"),
        ("statement", "acme", "-o", "{}/clients"),
        ("report", "acme", "--direction", "-o", "{}/r.md", "--html"),
        ("record", "acme", "--for", "own", "-o", "{}"),
        ("record", "acme", "--for", "own", "-o", "{}/anchors"),
        ("record", "acme", "--for", "own", "-o", "{}/new/deep"),
        ("backup", "{}/b.zip"),
        ("exhibits", "acme#2", "--to", "{}/copy.txt"),
    ],
)
def test_nothing_is_handed_over_into_the_workspace(
    acme: Cli, tmp_path: Path, words: tuple[str, ...]
) -> None:
    (tmp_path / "a.txt").write_text("a")
    acme.ok("log", "acme", "note", "x", "--attach", str(tmp_path / "a.txt"))
    made = Workspace.open(acme.root)
    bill = {"number": "A1", "amount": "5.00", "currency": "EUR", "due": "2026-01-05"}
    made.log(made.draft("acme", "invoice", "Work", data=bill))
    (tmp_path / "way").symlink_to(acme.root)
    before = acme.files()
    for place in (acme.root, tmp_path / "way"):
        result = acme(*(word.format(place) for word in words))
        assert (result.status, result.err.count("\n")) == (2, 1), result
        assert "is inside the workspace" in result.err
        assert acme.files() == before


def test_a_record_put_among_the_anchors_is_no_docket_that_is_gone(
    acme: Cli, tmp_path: Path
) -> None:
    acme.ok("anchor", "acme")
    acme.ok("record", "acme", "--for", "own", "-o", str(tmp_path / "out"))
    (record,) = (tmp_path / "out").iterdir()
    there = acme.root / "anchors" / record.name
    record.rename(there)
    assert acme("verify").status == 0
    told = acme("doctor").out
    assert f"{there} is not Docket's. Move it out of the workspace." in told
    assert "is gone" not in told


def test_a_log_that_waits_while_its_client_is_erased_keeps_nothing_of_them(
    tmp_path: Path,
) -> None:
    made = workspace(tmp_path)
    from store.journal.lock import locked_journal

    with locked_journal(made.path("acme")):
        waiting = started(made.root, "log", "acme", "note", "words about them")
        links = Path(f"/proc/{waiting.pid}/fd")
        while waiting.poll() is None and not _holds(links, made.path("acme")):
            os.sched_yield()
        made.path("acme").unlink()  # as erasing does, with the lock in hand
    _, err = waiting.communicate(timeout=30)
    assert waiting.returncode == 1
    assert err.startswith("words about them\n")
    assert "is kept nowhere, as acme was erased" in err
    assert not any(path.read_bytes() for path in made.drafts.folder.glob("*.txt"))


def _holds(links: Path, path: Path) -> bool:
    try:
        return any(one.readlink() == path for one in links.iterdir())
    except OSError:
        return False


def test_erasing_needs_no_room(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "1m") as disk:
        made = workspace(disk)
        for client, note in (("bolt", "b" * 9000), ("acme", "SECRET")):
            if client == "bolt":
                made.new_client("bolt", [made.draft("bolt", "client", data={"name": "Bolt"})])
            assert docket(made.root, "checkin", client, "3", "3", "--note", note)[0] == 0
        for _ in range(4):
            made.log(made.draft("acme", "note", "SECRET" + "y" * 9000))
        fill(disk)
        status, _, err = docket(made.root, "erase", "acme", "--yes-erase", "acme")
        assert status == 0, err
        there = [path for path in made.root.rglob("*") if path.is_file()]
        assert not any(b"SECRET" in path.read_bytes() for path in there)
        assert Workspace.open(made.root).private.of("bolt").checkins[0].note == "b" * 9000
        assert Workspace.open(made.root).client_ids() == ["bolt"]


def test_where_even_that_is_no_room_it_says_what_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = workspace(tmp_path)
    assert docket(made.root, "checkin", "acme", "3", "3")[0] == 0
    real = os.fsync

    def full(fd: int) -> None:
        if ".private.json." in str(Path(f"/proc/self/fd/{fd}").readlink()):
            raise OSError(28, os.strerror(28))
        real(fd)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(Exception, match=r"only erased in part: private\.json was not saved"):
            erase(made, "acme")
    assert verify_file(made.path("acme")).count == 0  # what was logged is gone
    assert erase(made, "acme").private
    assert made.client_ids() == []
    assert made.private.of("acme").checkins == ()


def test_erasing_takes_or_names_half_made_copies_elsewhere(tmp_path: Path) -> None:
    """They are left by sessions that were killed, which hold no lock on them any more."""
    made = workspace(tmp_path)
    out, stick = tmp_path / "out", tmp_path / "stick"
    for folder in (out, stick):
        folder.mkdir()
    kills = [
        (made.root, out / "s.md", "acme"),
        (made.root, out / "b.zip", "_everybody"),
        (made.root, stick / "r.md", "acme"),
        (made.root, out / "other.md", "bolt"),
    ]
    for root, target, client in kills:
        with python(KILLED, root, target, client) as process:
            assert process.wait(30) == -signal.SIGKILL
        if target.parent == stick:
            stick.rename(tmp_path / "away")
        _unswept(made.root)
    gone = erase(made, "acme")
    assert [Path(one).name.split(".")[1] for one in gone.outside] == ["b", "s"]
    assert gone.unreached == (str(stick / "r.md"),)
    assert [path.name[:7] for path in out.iterdir()] == [".other."]


def _unswept(root: Path) -> None:
    """Keep the notes from the next session, which would clear them away."""
    for note in (root / "outside").glob(".*.tmp"):
        note.rename(note.with_suffix(".kept"))
    if len(list((root / "outside").glob(".*.kept"))) == 4:
        for note in (root / "outside").glob(".*.kept"):
            note.rename(note.with_suffix(".tmp"))


def test_a_copy_that_an_older_docket_left_half_made_goes_with_any_client(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    (made.root / "exhibits").mkdir(mode=0o700)
    part = made.root / "exhibits" / ".7b6f3726fde08300.part"
    part.write_bytes(b"SECRET")
    assert "exhibits/.7b6f3726fde08300.part" in erase(made, "acme").files
    assert not part.exists()


def test_pages_of_zeros_are_told_apart_from_a_change_by_hand(acme: Cli) -> None:
    made = Workspace.open(acme.root)
    path = made.path("acme")
    before = path.stat().st_size
    for letter in "abc":
        made.log(made.draft("acme", "note", letter * 9000))
    whole = path.read_bytes()
    start = (before // PAGE + 1) * PAGE
    path.write_bytes(whole[:start] + bytes(PAGE) + whole[start + PAGE :])
    torn = acme("verify", "acme")
    assert torn.status == 3
    assert f"{PAGE} bytes there are whole pages of zeros: a power cut leaves those" in torn.out
    path.write_bytes(whole.replace(b"b" * 9000, b"B" * 9000))
    changed = acme("verify", "acme")
    assert (changed.status, "zeros" in changed.out) == (3, False)
    path.write_bytes(whole[: start + 7] + bytes(PAGE) + whole[start + 7 + PAGE :])
    changed = acme("verify", "acme")
    assert (changed.status, "zeros" in changed.out) == (3, False)
