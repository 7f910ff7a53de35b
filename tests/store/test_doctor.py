"""The checks behind doctor: each trouble made for real is found, once, with its remedy."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from store.dates import system_clock
from store.journal.lock import locked_journal
from store.upkeep.doctor import Diagnosis, examine, locks, modes, probe, set_mode
from store.workspace import Workspace
from tests.store.building import FixedClock
from tests.store.keeping import attach, files, full, mode, python, write


@pytest.fixture
def made(tmp_path: Path) -> Workspace:
    """A workspace in which nothing is wrong."""
    made = full(tmp_path)
    (made.root / "clients" / "acme.torn-20261122T120000Z").unlink()
    for path in (made.root / "drafts").iterdir():
        path.unlink()
    return made


def _age(path: Path, hours: float = 2) -> None:
    then = system_clock().timestamp() - hours * 3600
    os.utime(path, (then, then), follow_symlinks=False)


def _found(made: Workspace, *, low_disk: int = 0) -> list[Diagnosis]:
    later = max(system_clock(), made.clock()) + timedelta(seconds=1)
    return list(examine(made.root, FixedClock(later), low_disk=low_disk))


def _one(made: Workspace, what: str, remedy: str) -> Diagnosis:
    """Return the one trouble there is, which must say `what` and have `remedy`."""
    found = _found(made)
    assert [what in trouble.what for trouble in found] == [True], found
    assert remedy in found[0].remedy
    return found[0]


def test_nothing_is_found_where_nothing_is_wrong(made: Workspace) -> None:
    before = files(made.root)
    assert _found(made) == []
    after = files(made.root)
    assert {name for name in after if after[name] != before.get(name)} == {
        *("checked/acme.json", "checked/bolt.json")
    }
    assert _found(made) == []


def _damage(made: Workspace) -> None:
    path = made.path("acme")
    write(path, path.read_bytes().replace(b"Acme", b"Zcme", 1))


def _torn_end(made: Workspace) -> None:
    with made.path("acme").open("ab") as file:
        file.write(b'{"fields":{"cli')


def _cut(made: Workspace) -> None:
    raw = made.path("bolt").read_bytes()
    write(made.path("bolt"), raw[: raw[:-1].rindex(b"\n") + 1])


def _newer(made: Workspace) -> None:
    raw = made.path("acme").read_bytes()
    write(made.path("acme"), raw.replace(b'"format":1', b'"format":9', 1))


def _exhibit(made: Workspace) -> Path:
    (sha256,) = attach(made, "bolt", b"a picture")
    return made.root / "exhibits" / sha256


def _missing(made: Workspace) -> None:
    _exhibit(made).unlink()


def _altered(made: Workspace) -> None:
    path = _exhibit(made)
    path.chmod(0o600)
    path.write_bytes(b"another picture")


def _unnamed(made: Workspace) -> None:
    write(made.root / "exhibits" / ("0" * 64), b"")
    _age(made.root / "exhibits" / ("0" * 64))


def _left(name: str, data: bytes = b"half") -> Callable[[Workspace], None]:
    def leave(made: Workspace) -> None:
        write(made.root / name, data)
        _age(made.root / name)

    return leave


def _rehearsal(made: Workspace) -> None:
    (made.root / ".rehearsal-x").mkdir(mode=0o700)
    _age(made.root / ".rehearsal-x")


def _gone(made: Workspace) -> None:
    made.path("acme").unlink()
    for path in (made.root / "exhibits").iterdir():
        if path.read_bytes() == b"only of the first":
            path.unlink()


@pytest.mark.parametrize(
    ("spoil", "what", "remedy"),
    [
        (_damage, "acme: line 2: entry 1 was changed", "from a backup; change nothing"),
        (_torn_end, "never finished", "Nothing that was saved is lost"),
        (_newer, "journal format 9", "Upgrade docket"),
        (_missing, "exhibit bolt.txt of bolt#3: it is missing", "attach the file again"),
        (_altered, "exhibit bolt.txt of bolt#3: its bytes were changed", "from a backup"),
        (_unnamed, "No docket names the exhibit", "delete it"),
        (_gone, "The docket of acme is gone, and its anchors are left", "from a backup"),
        (_left("clients/acme.torn-20261122T120000Z"), "broken off while", "log again what it"),
        (_left("drafts/unsent-acme.txt"), "could not be logged, acme", "`docket drafts`"),
        (_left("drafts/acme--checkin.txt"), "never logged: a check-in, acme", "D in the app"),
        (_left("drafts/amend-3.acme.0123456789ab.txt"), "a correction of #3, acme", "throws it"),
        (_left("drafts/.editor.0123456789ab.txt.swp", b"b0VIM\0"), "by your editor", "vim -r"),
        (_left("drafts/.capture.txt.1a2b.tmp"), "left half-written", "Delete it"),
        (_left(".private.json.1a2b.tmp"), "left half-written", "Delete it"),
        (_left("exhibits/.1a2b.part"), "left half-written", "Delete it"),
        (_left("clients/.acme.jsonl.1a2b.part"), "left half-written", "Delete it"),
        (_rehearsal, "left half-written", "Delete it"),
        (_left(".config.toml.bak.lock"), "locks a file that is not there", "Delete it"),
        (lambda made: write(made.root / "config.toml", b"author ="), "not valid TOML", "line"),
        (lambda made: write(made.root / "config.toml", b"author = 1"), "wrong setting", "remove"),
        (
            lambda made: write(made.root / "config.toml", b"colour = 1"),
            "config.toml, colour: there is no such setting",
            "take it out",
        ),
        (
            lambda made: write(made.places.letters / "fi" / "courtesy.txt", b"subject: a\n\n{no}"),
            "courtesy.txt, line 3: 'no' is no fact",
            "Use me",
        ),
        (lambda made: write(made.root / "private.json", b"{"), "private file", "Move it away"),
        (
            lambda made: write(made.root / "private.json", b'{"format":9,"clients":{}}'),
            "newer Docket",
            "Update Docket",
        ),
        (lambda made: write(made.root / "workspace.json", b"{}"), "is damaged", "put back"),
        (
            lambda made: write(made.root / "workspace.json", b'{"format":9}'),
            "has format 9",
            "Update Docket",
        ),
        (lambda made: made.root.chmod(0o750), "Others can get at", "chmod go="),
        (lambda made: made.path("acme").chmod(0o644), "Others can get at", "chmod go="),
        (lambda made: made.path("acme").chmod(0o400), "You cannot use", "chmod 600"),
    ],
)
def test_each_trouble_is_found_once(
    made: Workspace, spoil: Callable[[Workspace], None], what: str, remedy: str
) -> None:
    spoil(made)
    _one(made, what, remedy)


def test_a_cut_tail_shows_by_the_anchor_and_by_the_last_check(made: Workspace) -> None:
    assert _found(made) == []
    _cut(made)
    found = [trouble for trouble in _found(made) if trouble.what.startswith("bolt: ")]
    assert len(found) == 2
    assert all("from a backup" in trouble.remedy for trouble in found)


def test_what_is_being_written_now_is_not_left_over(made: Workspace) -> None:
    write(made.root / "exhibits" / ".1a2b.part", b"half")
    write(made.root / "exhibits" / ("0" * 64), b"kept, its entry is about to come")
    assert _found(made) == []
    lock = made.root / ".later.lock"
    write(lock, b"")
    _age(lock)
    code = """
import fcntl, os, sys
fcntl.flock(os.open(sys.argv[1], os.O_RDWR), fcntl.LOCK_EX)
print("held", flush=True)
sys.stdin.read()
"""
    with python(code, lock) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        assert _found(made) == []
        holder.kill()
    _one(made, "locks a file that is not there", "Delete it")


def test_a_session_that_holds_on_to_a_docket_is_named(made: Workspace) -> None:
    with locked_journal(made.path("acme")):
        _one(made, "acme is busy", "look for a stopped docket")


def test_a_full_disk_is_named(made: Workspace) -> None:
    (trouble,) = _found(made, low_disk=2**62)
    assert "MB are free" in trouble.what
    assert "Free some space" in trouble.remedy


def test_a_clock_behind_the_newest_entry_is_named(made: Workspace) -> None:
    now = made.clock()
    for behind, said in [(90, "1 minute"), (7200, "2 hours"), (86_400 * 3, "3 days")]:
        found = list(examine(made.root, FixedClock(now - timedelta(seconds=behind)), low_disk=0))
        assert [f"{said} behind the newest entry" in one.what for one in found] == [True, True]
        assert all("Set the clock" in one.remedy for one in found)
    assert list(examine(made.root, FixedClock(now - timedelta(seconds=2)), low_disk=0)) == []


def test_a_link_is_named_and_left_alone(made: Workspace, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere.toml"
    target.write_bytes(b"")
    target.chmod(0o644)
    (made.root / "config.toml").unlink()
    (made.root / "config.toml").symlink_to(target)
    trouble = _one(made, "config.toml is a symbolic link", "Put the file itself there")
    assert not set_mode(trouble)
    assert mode(target) == 0o644


def test_modes_are_set_right_and_nothing_else(made: Workspace) -> None:
    exhibit = next((made.root / "exhibits").iterdir())
    for path, spoiled in [(made.root, 0o777), (made.path("acme"), 0o066), (exhibit, 0o444)]:
        path.chmod(spoiled)
    before = files(made.root)
    found = list(modes(made.root))
    assert len(found) == 3
    assert all(map(set_mode, found))
    assert list(modes(made.root)) == []
    assert files(made.root) == before
    assert [mode(path) for path in (made.root, made.path("acme"), exhibit)] == [
        *(0o700, 0o600, 0o400)
    ]


def test_modes_are_judged_only_in_a_workspace(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir(mode=0o755)
    (tmp_path / "home" / "mine.txt").write_text("x")
    (trouble,) = examine(tmp_path / "home", system_clock)
    assert "no workspace" in trouble.what
    assert trouble.mode is None


def test_locks_that_work_leave_no_trace(tmp_path: Path) -> None:
    assert list(locks(tmp_path)) == []
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (trouble,) = locks(tmp_path / "gone")
    assert "Nothing can be written" in trouble.what


@pytest.mark.skipif(sys.platform != "linux", reason="needs a file that is another in each process")
def test_locks_that_keep_nobody_out_are_found() -> None:
    assert probe(Path("/proc/self/comm")) == "Locks keep nobody out"


def test_locks_that_are_refused_or_hang_are_found(tmp_path: Path) -> None:
    assert probe(tmp_path / "gone") == "No locks are given"
    os.mkfifo(tmp_path / "file")
    assert probe(tmp_path / "file", wait=0.0) == "Locks do not answer"
