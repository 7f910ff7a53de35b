"""Many sessions at once: all entries survive, numbered without gaps, and readers see whole ones."""

from __future__ import annotations

import time
from pathlib import Path
from subprocess import Popen

import pytest

from store.journal import verify_file
from store.workspace import Workspace
from tests.store.building import workspace
from tests.store.faults.disks import python

SESSIONS = 8
ENTRIES = 500

WRITE = """
import sys
from pathlib import Path
from store.workspace import Workspace
made = Workspace.open(Path(sys.argv[1]))
client, name = sys.argv[2:4]
print("ready", flush=True)
sys.stdin.readline()
for number in range(int(sys.argv[4])):
    seq = made.log(made.draft(client, "note", f"{name} {number}")).seq
    print(seq, name, number, flush=True)
"""

CHECK_IN = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from store.private.model import CheckIn
from store.workspace import Workspace
private = Workspace.open(Path(sys.argv[1])).private
print("ready", flush=True)
sys.stdin.readline()
for number in range(100):
    at = datetime(2026, 11, 22, tzinfo=UTC)
    private.add(sys.argv[2], CheckIn(at=at, dread=2, note=f"{sys.argv[3]} {number}"))
"""


def let_go(sessions: list[Popen[str]]) -> None:
    """Wait until all are ready, then start them together."""
    for session in sessions:
        assert session.stdout
        assert session.stdout.readline() == "ready\n"
    for session in sessions:
        assert session.stdin
        session.stdin.write("go\n")
        session.stdin.flush()


@pytest.mark.slow
@pytest.mark.parametrize("clients", [1, SESSIONS], ids=["one client", "a client each"])
def test_eight_sessions_of_five_hundred_entries_lose_none(tmp_path: Path, clients: int) -> None:
    made = workspace(tmp_path)
    names = ["acme", *(f"c{number}" for number in range(1, clients))]
    for name in names[1:]:
        made.new_client(name, [made.draft(name, "client", data={"name": name})] * 2)
    sessions = [
        python(WRITE, made.root, names[number % clients], f"s{number}", ENTRIES)
        for number in range(SESSIONS)
    ]
    let_go(sessions)
    reader = Workspace.open(made.root)
    seen = dict.fromkeys(names, 0)
    looks = 0
    while any(session.poll() is None for session in sessions):
        for name in names:
            statements = [line.seq for line in reader.file(name).lines]
            assert statements == list(range(1, len(statements) + 1))
            assert len(statements) >= seen[name]
            seen[name] = len(statements)
            assert reader.file(name).notices == []
        looks += 1
        time.sleep(0.02)
    acknowledged = {}
    for session in sessions:
        out, err = session.communicate(timeout=60)
        assert (session.returncode, err) == (0, "")
        for row in out.splitlines():
            seq, name, number = row.split()
            acknowledged[f"{name} {number}"] = int(seq)
    assert looks > 5
    assert len(acknowledged) == SESSIONS * ENTRIES
    for name in names:
        report = verify_file(made.path(name))
        assert (report.ok, report.count) == (True, 2 + SESSIONS * ENTRIES // clients)
        for line in Workspace.open(made.root).file(name).lines[2:]:
            assert acknowledged.pop(line.fields["statement"]) == line.seq
    assert acknowledged == {}


def test_two_sessions_of_a_hundred_check_ins_lose_none(tmp_path: Path) -> None:
    made = workspace(tmp_path)
    sessions = [
        python(CHECK_IN, made.root, client, name)
        for client, name in (("acme", "a"), ("acme", "b"), ("bolt", "c"))
    ]
    let_go(sessions)
    for session in sessions:
        _, err = session.communicate(timeout=60)
        assert (session.returncode, err) == (0, "")
    notes = [checkin.note for checkin in made.private.of("acme").checkins]
    for name in ("a", "b"):
        own = [note for note in notes if note.startswith(name)]
        assert own == [f"{name} {number}" for number in range(100)]
    assert len(made.private.of("bolt").checkins) == 100
    assert [path.name for path in made.root.glob(".private*")] == [".private.json.lock"]
